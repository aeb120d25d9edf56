"""Settings: what a profile makes of a severity, what an optional pack waits for, and what wins over what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sos_lint.kinds import Kind, Severity
from sos_lint.rule import Phrases, Rule
from sos_lint.settings import FailOn, Profile, Settings, merge

SUGGESTION, WARNING, ERROR = Severity
LEARNING, STANDARD, STRICT = Profile
NEGLECT = Rule(
    id="broad-terms/neglect",
    pack="broad-terms",
    group="broad-terms/harm",
    kind=Kind.BROAD_TERM,
    severity=WARNING,
    title="Neglect",
    message="What happened?",
    why="Everybody can picture the same thing.",
    sources=("A guide",),
    pattern=Phrases(("neglect",)),
    term="neglect",
    aliases=("broad-terms/old-name",),
)
SEEMED = replace(
    NEGLECT, id="recording/seemed", pack="recording", group="recording/opinions", aliases=(), optional=True
)


@pytest.mark.parametrize(
    ("profile", "rules", "shown"),
    [
        (None, ERROR, ERROR),
        (None, WARNING, WARNING),
        (None, SUGGESTION, SUGGESTION),
        (STANDARD, ERROR, ERROR),
        (STANDARD, WARNING, WARNING),
        (STANDARD, SUGGESTION, SUGGESTION),
        (LEARNING, ERROR, SUGGESTION),
        (LEARNING, WARNING, SUGGESTION),
        (LEARNING, SUGGESTION, SUGGESTION),
        (STRICT, ERROR, ERROR),
        (STRICT, WARNING, WARNING),
        (STRICT, SUGGESTION, WARNING),
    ],
)
def test_a_profile_sets_the_severities(profile: Profile | None, rules: Severity, shown: Severity) -> None:
    assert Settings(profile=profile).severity(replace(NEGLECT, severity=rules)) is shown


@pytest.mark.parametrize("profile", Profile)
@pytest.mark.parametrize("named", ["broad-terms/neglect", "broad-terms/harm", "broad-terms", "broad-term"])
@pytest.mark.parametrize("wished", Severity)
def test_a_severity_that_the_user_sets_wins_over_the_profile(
    profile: Profile, named: str, wished: Severity
) -> None:
    assert Settings(severities=((named, wished),), profile=profile).severity(NEGLECT) is wished


def test_learning_fails_no_run_unless_it_is_told_to() -> None:
    learning = Settings(profile=LEARNING)
    shown = [learning.severity(replace(NEGLECT, severity=severity)) for severity in Severity]
    assert not any(map(learning.fails, shown))
    assert all(map(replace(learning, fail_on=FailOn.SUGGESTION).fails, shown))


NAMES = ("recording/seemed", "recording/opinions", "recording")
ON = {
    "strict": Settings(profile=STRICT),
    **{f"with {name}": Settings(also=(name,)) for name in NAMES},
    **{f"select {name}": Settings(select=(name,)) for name in NAMES},
    "selected beside another": Settings(select=("jargon",), also=("recording",)),
    "with an id, the pack ignored": Settings(ignore=("recording",), also=("recording/seemed",)),
    "learning, with it": Settings(profile=LEARNING, also=("recording",)),
}
OFF = {
    "nothing said": Settings(),
    "standard": Settings(profile=STANDARD),
    "learning": Settings(profile=LEARNING),
    "only its kind selected": Settings(select=("broad-term",)),
    "with its kind": Settings(also=("broad-term",)),
    "with another": Settings(also=("broad-terms",)),
    "strict and another selected": Settings(select=("jargon",), profile=STRICT),
    "strict and ignored": Settings(ignore=("recording",), profile=STRICT),
    "with it and ignored": Settings(ignore=("recording",), also=("recording",)),
    "its severity set": Settings(severities=(("recording", ERROR),)),
}


@pytest.mark.parametrize("settings", ON.values(), ids=ON)
def test_an_optional_rule_is_on(settings: Settings) -> None:
    assert settings.wants(SEEMED)
    assert not settings.leaves_optional_off


@pytest.mark.parametrize("settings", OFF.values(), ids=OFF)
def test_an_optional_rule_is_off(settings: Settings) -> None:
    assert not settings.wants(SEEMED)


ADDED = {
    "with another": (Settings(also=("recording",)), True),
    "with itself, no more than before": (Settings(also=("broad-terms",)), True),
    "selected beside": (Settings(select=("jargon",), also=("broad-terms",)), True),
    "not selected": (Settings(select=("jargon",), also=("recording",)), False),
    "ignored": (Settings(ignore=("broad-terms",), also=("recording",)), False),
}


@pytest.mark.parametrize(("settings", "wanted"), ADDED.values(), ids=ADDED)
def test_what_with_means_for_the_other_rules(settings: Settings, wanted: bool) -> None:
    assert settings.wants(NEGLECT) is wanted


@pytest.mark.parametrize(
    ("under", "over", "merged"),
    [
        (Settings(profile=STRICT), Settings(), Settings(profile=STRICT)),
        (Settings(profile=STRICT), Settings(profile=LEARNING), Settings(profile=LEARNING)),
        (Settings(also=("a",)), Settings(also=("b", "a")), Settings(also=("a", "b"))),
    ],
)
def test_merged(under: Settings, over: Settings, merged: Settings) -> None:
    assert merge(under, over) == merged


WANTED = [
    ((), (), True),
    ((), ("jargon",), True),
    ((), ("broad-terms",), False),
    ((), ("broad-terms/neglect",), False),
    (("broad-terms/neglect",), (), True),
    (("broad-terms/old-name",), (), True),
    (("broad-terms/harm",), (), True),
    (("broad-terms",), (), True),
    (("broad-term",), (), True),
    (("jargon",), (), False),
    (("broad-terms",), ("broad-terms/neglect",), False),
    (("broad-terms/neglect",), ("broad-terms",), True),
    (("broad-terms/neglect",), ("broad-terms/harm",), True),
    (("broad-terms/harm",), ("broad-term",), True),
    (("broad-terms/harm",), ("broad-terms/old-name",), False),
    (("broad-terms",), ("broad-term",), False),
]


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"), WANTED, ids=[f"{'+'.join(s)}-{'-'.join(i)}" for s, i, _ in WANTED]
)
def test_the_more_exact_name_wins(select: tuple[str, ...], ignore: tuple[str, ...], wanted: bool) -> None:
    assert Settings(select, ignore).wants(NEGLECT) is wanted


SEVERITIES = [
    ((), WARNING),
    ((("jargon", ERROR),), WARNING),
    ((("broad-term", ERROR),), ERROR),
    ((("broad-terms/neglect", SUGGESTION), ("broad-terms", ERROR)), SUGGESTION),
    ((("broad-terms/harm", SUGGESTION), ("broad-term", ERROR)), SUGGESTION),
    ((("broad-terms", SUGGESTION), ("broad-terms", ERROR)), ERROR),
    ((("broad-terms/old-name", ERROR),), ERROR),
]


@pytest.mark.parametrize(("severities", "expected"), SEVERITIES)
def test_severities(severities: tuple[tuple[str, Severity], ...], expected: Severity) -> None:
    assert Settings(severities=severities).severity(NEGLECT) is expected


FAILS = [
    (None, {WARNING, ERROR}),
    (FailOn.ERROR, {ERROR}),
    (FailOn.WARNING, {WARNING, ERROR}),
    (FailOn.SUGGESTION, set(Severity)),
    (FailOn.NEVER, set()),
]


@pytest.mark.parametrize(("fail_on", "expected"), FAILS)
def test_what_fails_a_run(fail_on: FailOn | None, expected: set[Severity]) -> None:
    assert {severity for severity in Severity if Settings(fail_on=fail_on).fails(severity)} == expected
