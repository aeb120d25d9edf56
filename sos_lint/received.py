"""What is said to somebody who received a document: what its words mean, and what may be asked about them.

A finding speaks to whoever writes. A reader cannot change the words, but may ask; so the same places are told
in other words, which the packs give (`Wording`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sos_lint.fold import fold
from sos_lint.kinds import Kind, Part
from sos_lint.text import Range

if TYPE_CHECKING:
    from sos_lint.finding import Finding, Meaning, Place


@dataclass(frozen=True, slots=True)
class Wording:
    """What is said to a reader of the places that a selector means (`about`: a kind, pack, file or rule).

    `means` leads to a meaning, `likely` to the one of several for which the words around it speak, `may_mean`
    to several. `ask` are questions about parts that the text leaves open, `questions` are asked in any case.
    `of` are the meanings of single words, folded. What one does not say, the next less exact one does.
    """

    about: str
    says: str = ""
    means: str = ""
    may_mean: str = ""
    ask: tuple[tuple[Part, str], ...] = ()
    questions: tuple[str, ...] = ()
    of: tuple[tuple[str, str], ...] = ()
    likely: str = ""


class Explanation(NamedTuple):
    """A place as it is told to a reader.

    `means` is what the words mean, `lead` what leads to it ("stands for"); both are empty where nobody knows,
    or the words mean no one thing. Then `says` says so. `questions` may be asked. With excerpts off, `text`
    is the rule's own term.
    """

    at: Range
    start: Place
    where: str | None
    kind: Kind
    text: str
    lead: str
    means: tuple[str, ...]
    says: str
    questions: tuple[str, ...]

    @property
    def location(self) -> str:
        """Where it is in its file: `12:4`, or `paragraph 12`."""
        return self.where or f"{self.start.line}:{self.start.column}"

    @property
    def key(self) -> tuple[object, ...]:
        """The same for places of which the same is said."""
        return fold(self.text), self.lead, self.means, self.says, self.questions


class Wordings:
    """What the packs say to readers."""

    def __init__(self, wordings: Iterable[Wording]) -> None:
        self._by_name: Mapping[str, Wording] = {wording.about: wording for wording in wordings}

    @property
    def every(self) -> tuple[Wording, ...]:
        """Each of them."""
        return tuple(self._by_name.values())

    def explain(self, finding: Finding, gloss: str, term: str, names: Sequence[str]) -> Explanation | None:
        """A finding in words for a reader; None where there are none.

        `gloss` is what the rule knows of its `term`, and `names` are those that it answers to, the most exact
        first.
        """
        said = [self._by_name[name] for name in names if name in self._by_name]
        if not said:
            return None
        words = fold(finding.text or term)
        gloss = next((meaning for one in said for word, meaning in one.of if word == words), gloss)
        means = tuple(meant(one) for one in finding.meanings if not one.retired) or (
            (gloss,) if gloss else finding.alternatives if finding.kind is Kind.JARGON else ()
        )
        one = self._told(finding, finding.text or term, means, said)
        return one if one.means or one.questions else None

    def short_form(
        self, at: Range, start: Place, where: str | None, text: str, means: str
    ) -> Explanation | None:
        """A short form that the document itself explains, for where it stands without that."""
        said = self._by_name.get(Kind.ACRONYM.value)
        if said is None:
            return None
        return Explanation(at, start, where, Kind.ACRONYM, text, said.means, (means,), "", ())

    def _told(
        self, finding: Finding, words: str, means: tuple[str, ...], said: Sequence[Wording]
    ) -> Explanation:
        def filled(wording: str) -> str:
            return wording.replace("{text}", words)

        asked = [_question(part, said) for part in finding.missing]
        always = next((one.questions for one in said if one.questions), ())
        clear = len(means) == 1
        questions = () if clear else tuple(map(filled, (*filter(None, asked), *always)))
        lead = "means" if clear else "may_mean"
        if len(means) > 1 and finding.by_company and not finding.meanings[0].retired:
            means, lead = means[:1], "likely"
        return Explanation(
            finding.at,
            finding.start,
            finding.in_words,
            finding.kind,
            words,
            _first(said, lead) if means else "",
            means,
            "" if means else filled(_first(said, "says")),
            questions,
        )


def meant(meaning: Meaning) -> str:
    """A meaning with what it comes to in plain words."""
    return f"{meaning.expansion} – {meaning.gloss}" if meaning.gloss else meaning.expansion


def once(explanations: Iterable[Explanation]) -> list[tuple[Explanation, list[Explanation]]]:
    """Each thing that is said, at its first place, with the later ones."""
    groups: dict[tuple[object, ...], tuple[Explanation, list[Explanation]]] = {}
    for one in explanations:
        _, later = groups.setdefault(one.key, (one, []))
        if groups[one.key][0] is not one:
            later.append(one)
    return list(groups.values())


def _question(part: Part, said: Sequence[Wording]) -> str:
    return next((question for one in said for asked, question in one.ask if asked is part), "")


def _first(said: Sequence[Wording], name: str) -> str:
    return next((str(found) for one in said if (found := getattr(one, name))), "")
