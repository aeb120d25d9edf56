"""What a run, or one file in it, is to be checked for: chosen rules, their severities, a profile."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

from sos_lint.kinds import Severity
from sos_lint.limits import Limits
from sos_lint.limits import of as limits_of

if TYPE_CHECKING:
    from sos_lint.rule import Rule

BASELINE = ".sos-lint-baseline.json"  # the usual name of the file that sets old findings aside
SEVERITIES = {severity.label: severity for severity in Severity}


class FailOn(str, Enum):
    """The least severity that fails a run, so that its exit status is 1."""

    ERROR = "error"
    WARNING = "warning"
    SUGGESTION = "suggestion"
    NEVER = "never"

    def reached_by(self, severity: Severity) -> bool:
        """True when a finding of this severity fails the run."""
        return self is not FailOn.NEVER and severity >= SEVERITIES[self.value]


class Profile(str, Enum):
    """How strict to be; `_PROFILES` says what that means."""

    LEARNING = "learning"
    STANDARD = "standard"
    STRICT = "strict"

    @property
    def optional(self) -> bool:
        """True when the packs that are optional are on."""
        return self is Profile.STRICT

    def severity(self, of_rule: Severity) -> Severity:
        """What becomes of a rule's own severity."""
        return _PROFILES[self].get(of_rule, of_rule)


_PROFILES: dict[Profile, dict[Severity, Severity]] = {
    Profile.LEARNING: dict.fromkeys(Severity, Severity.SUGGESTION),
    Profile.STANDARD: {},
    Profile.STRICT: {Severity.SUGGESTION: Severity.WARNING},
}


@dataclass(frozen=True, slots=True)
class IgnoredWords:
    """A phrase in which the rules that these names mean find nothing; without a name, all of them."""

    words: str
    names: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run, or one file in it, is to be checked for. The empty settings say nothing.

    `select` empty means every rule but those of optional packs; `also` adds to it, and so turns those on.
    `fail_on` None means that nobody said; then it is `warning`, as `profile` is `standard`. Where a rule is
    both selected and ignored, the more exact name wins: an id before a file, a file before a pack or kind.
    `service` says whose names for statements and goals hold; `form`, which form the document is.
    `require_reason`: a remark that sets findings aside must say why. `baseline` is a file of old findings.
    `columns` are those of a table that hold notes; without any, a table is not read. `attachments`: what is
    attached to a message is read too. `limits` are those that differ from the usual ones.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    packs: tuple[Path, ...] = ()
    fail_on: FailOn | None = None
    also: tuple[str, ...] = ()
    profile: Profile | None = None
    service: str | None = None
    form: str | None = None
    ignored_words: tuple[IgnoredWords, ...] = ()
    require_reason: bool | None = None
    baseline: Path | None = None
    columns: tuple[str, ...] = ()
    attachments: bool | None = None
    limits: tuple[tuple[str, int], ...] = ()

    def wants(self, rule: Rule) -> bool:
        """True when findings of this rule are to be reported."""
        against = _exactness(self.ignore, rule)
        if not self.select:
            return self.turns_on(rule) and (not against or _exactness(self.also, rule) > against)
        return self.turns_on(rule) and _exactness((*self.select, *self.also), rule) > against

    def turns_on(self, rule: Rule) -> bool:
        """False for a rule of an optional pack that neither its name nor a strict profile asks for.

        Its kind is no such name: whoever selects a kind wants what is on anyway.
        """
        if not rule.optional or self._is_strict:
            return True
        named = {rule.id, rule.group, rule.pack, *rule.aliases}
        return not named.isdisjoint((*self.select, *self.also))

    @property
    def leaves_optional_off(self) -> bool:
        """True when no rule of an optional pack can be on, whatever its name."""
        return not (self._is_strict or self.select or self.also)

    @property
    def _is_strict(self) -> bool:
        return self.profile is not None and self.profile.optional

    def severity(self, rule: Rule) -> Severity:
        """The rule's severity here; of several settings the most exact, then the last; else the profile's."""
        if self.severities:
            names = enumerate(name for name, _ in self.severities)
            best = max((_exactness((name,), rule), number) for number, name in names)
            if best[0]:
                return self.severities[best[1]][1]
        return (self.profile or Profile.STANDARD).severity(rule.severity)

    @property
    def bounds(self) -> Limits:
        """How much of a document is read."""
        return limits_of(self.limits)

    @property
    def threshold(self) -> Severity | None:
        """The least severity that fails the run; None where nothing does."""
        return min((severity for severity in Severity if self.fails(severity)), default=None)

    def fails(self, severity: Severity) -> bool:
        """True when a finding of this severity fails the run."""
        return (self.fail_on or FailOn.WARNING).reached_by(severity)


def _exactness(names: tuple[str, ...], rule: Rule) -> int:
    """How exactly the best of some names means a rule: 3 by id, 2 by file, 1 by pack or kind, else 0."""
    if not names:
        return 0
    if rule.id in names or any(alias in names for alias in rule.aliases):
        return 3
    if rule.group in names:
        return 2
    return int(rule.pack in names or rule.kind.value in names)


def merge(under: Settings, over: Settings) -> Settings:
    """Settings laid over others: lists add up; of what there is but one, the upper wins."""
    return Settings(
        select=over.select or under.select,
        ignore=tuple(dict.fromkeys((*under.ignore, *over.ignore))),
        severities=(*under.severities, *over.severities),
        packs=tuple(dict.fromkeys((*under.packs, *over.packs))),
        fail_on=over.fail_on or under.fail_on,
        also=tuple(dict.fromkeys((*under.also, *over.also))),
        profile=over.profile or under.profile,
        service=over.service or under.service,
        form=over.form or under.form,
        ignored_words=tuple(dict.fromkeys((*under.ignored_words, *over.ignored_words))),
        require_reason=under.require_reason if over.require_reason is None else over.require_reason,
        baseline=over.baseline or under.baseline,
        columns=over.columns or under.columns,
        attachments=under.attachments if over.attachments is None else over.attachments,
        limits=(*under.limits, *over.limits),
    )
