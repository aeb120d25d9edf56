"""The literal forms that can start a match: what the automaton looks for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from sos_lint.fold import fold

if TYPE_CHECKING:
    from sos_lint.rule import Rule, ShortForm


FIRST_WORD = re.compile(r"\w+")


class Role(str, Enum):
    """What a surface form does when it is seen."""

    PHRASE = "p"  # a match, if it stands as whole words
    EXCEPTION = "e"  # swallows the matches inside it
    SHORT = "s"  # a short form, in exact case
    LOWER = "l"  # a short form in small letters
    BESIDE = "b"  # a short form in small letters and the neighbour that makes it sure
    ANCHOR = "a"  # calls for the token or dependency patterns of a rule


class Table:
    """Forms, and for each what it does and the numbers of its rules: three rows of equal length.

    The rows are kept as text until they are asked for: thousands of small lists take long to read.
    """

    __slots__ = ("_firsts", "_known", "_rules", "forms", "roles")

    def __init__(
        self, forms: Sequence[str], roles: str, rules: Sequence[str], firsts: Mapping[str, str]
    ) -> None:
        self.forms = forms
        self.roles = roles
        self._rules = rules
        self._firsts = firsts
        self._known: dict[int, list[int]] = {}

    def rules(self, row: int) -> list[int]:
        """The numbers of the rules of a form."""
        known = self._known.get(row)
        if known is None:
            known = self._known[row] = [int(number) for number in self._rules[row].split()]
        return known

    def beginning(self, word: str) -> list[int]:
        """The rows of the forms that begin with this word; with "", of those that may stand anywhere."""
        return [int(row) for row in self._firsts.get(word, "").split()]

    def plain(self) -> list[Any]:
        """The rows as plain data; `of` reads them back."""
        return ["\n".join(self.forms), self.roles, "\n".join(self._rules), self._firsts]

    @classmethod
    def of(cls, plain: Sequence[Any]) -> Table:
        """The table from plain data."""
        forms, roles, rules, firsts = plain
        return cls(forms.split("\n"), roles, rules.split("\n"), firsts) if roles else cls((), "", (), {})

    @classmethod
    def sorted(cls, rows: Mapping[tuple[str, Role], Iterable[int]]) -> Table:
        """A table in the order of the forms."""
        ordered = sorted(rows.items(), key=lambda row: (row[0][0], row[0][1].value))
        firsts: dict[str, list[str]] = {}
        for number, ((form, role), _) in enumerate(ordered):
            word = FIRST_WORD.match(form)
            anywhere = role is Role.ANCHOR or word is None
            firsts.setdefault("" if anywhere or word is None else word.group(), []).append(str(number))
        return cls(
            [form for (form, _), _ in ordered],
            "".join(role.value for (_, role), _ in ordered),
            [" ".join(map(str, dict.fromkeys(numbers))) for _, numbers in ordered],
            {word: " ".join(rows) for word, rows in firsts.items()},
        )


class Surface:
    """Two tables: `folded` for folded text, `exact` for text as it is; `unknown` is the rule for the rest.

    `long` are the rules on long sentences, each with the words that it allows; `structure` those that ask
    of the document as a whole, each with the words of which it must hold one. `led` are groups of rules whose
    words must be led, by number, each with what the text before them must end in (see `leads`).
    """

    __slots__ = ("exact", "folded", "led", "long", "structure", "unknown")

    def __init__(
        self,
        folded: Table,
        exact: Table,
        unknown: int | None,
        long: Sequence[Sequence[int]] = (),
        structure: Sequence[tuple[int, Sequence[str]]] = (),
        led: Sequence[tuple[Sequence[int], Sequence[str]]] = (),
    ) -> None:
        self.folded = folded
        self.exact = exact
        self.unknown = unknown
        self.long = long
        self.structure = structure
        self.led = led

    def endings(self) -> dict[int, tuple[str, ...]]:
        """Of each rule whose words must be led, what the text before them must end in."""
        return {number: tuple(ends) for numbers, ends in self.led for number in numbers}

    def plain(self) -> dict[str, Any]:
        """The tables as plain data; `of` reads it back."""
        return {
            "folded": self.folded.plain(),
            "exact": self.exact.plain(),
            "unknown": self.unknown,
            "long": self.long,
            "structure": self.structure,
            "led": self.led,
        }

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Surface:
        """The surface from plain data."""
        tables = Table.of(plain["folded"]), Table.of(plain["exact"])
        return cls(*tables, plain["unknown"], plain["long"], plain["structure"], plain["led"])


def surface_of(rules: Sequence[Rule], classes: Mapping[str, tuple[str, ...]]) -> Surface:
    """The surface forms of rules, which are told apart by their place in the sequence. `classes` are the
    named lists of words that their patterns speak of.
    """
    from sos_lint.rule import (
        DependencyPatterns,
        LongSentence,
        Phrases,
        ShortForm,
        Structural,
        TokenPatterns,
        UnknownShortForm,
    )

    folded: dict[tuple[str, Role], list[int]] = {}
    exact: dict[tuple[str, Role], list[int]] = {}
    unknown = None
    long: list[tuple[int, int]] = []
    structure: list[tuple[int, list[str]]] = []
    for number, rule in enumerate(rules):
        match rule.pattern:
            case Phrases(forms):
                for form in forms:
                    folded.setdefault((fold(form), Role.PHRASE), []).append(number)
            case TokenPatterns(_, anchors) | DependencyPatterns(_, anchors):
                for anchor in anchors:
                    folded.setdefault((fold(anchor), Role.ANCHOR), []).append(number)
            case ShortForm() as short:
                for form in spellings(short):
                    exact.setdefault((form, Role.SHORT), []).append(number)
                for form, role in lower_spellings(short):
                    folded.setdefault((form, role), []).append(number)
            case UnknownShortForm():
                unknown = number
            case LongSentence(words):
                long.append((number, words))
            case Structural(_, anchors):
                structure.append((number, [fold(anchor) for anchor in anchors]))
        for form in rule.conditions.exceptions:
            folded.setdefault((fold(form), Role.EXCEPTION), []).append(number)
    return Surface(
        Table.sorted(folded),
        Table.sorted(exact),
        unknown,
        long,
        structure,
        _led(rules, classes),
    )


def _led(
    rules: Sequence[Rule], classes: Mapping[str, tuple[str, ...]]
) -> list[tuple[Sequence[int], Sequence[str]]]:
    """The rules whose words must be led, and what the text before them must end in."""
    from sos_lint.leads import endings

    led: dict[tuple[str, ...], list[int]] = {}
    for number, rule in enumerate(rules):
        if ends := endings(rule.conditions.led_by, classes):
            led.setdefault(ends, []).append(number)
    return [(numbers, ends) for ends, numbers in led.items()]


def spellings(short: ShortForm) -> tuple[str, ...]:
    """Every way in which a short form is written, in exact case, plurals and possessives apart.

    `S47` is also `s.47`, `s 47` and `Section 47`; `Reg 44` is also `Regulation 44`. Full stops between the
    letters ("C.I.N.") are the business of whoever looks the forms up.
    """
    forms = [short.short, *short.written]
    numbered = _numbered(short.short)
    if numbered:
        forms += numbered
    elif short.short.isalpha() and len(short.short) > 2:
        forms.append(short.short.upper())
    return tuple(dict.fromkeys(forms))


def _numbered(short: str) -> list[str]:
    for letter, full in (("S", "section"), ("Reg ", "regulation")):
        number = short.removeprefix(letter)
        if number != short and number[:1].isdigit():
            brief = letter.strip()
            starts = [
                brief,
                brief.lower(),
                f"{brief}.",
                f"{brief.lower()}.",
                f"{brief} ",
                f"{brief.lower()} ",
            ]
            starts += [f"{brief}. ", f"{brief.lower()}. ", f"{full} ", f"{full.capitalize()} "]
            return [start + number for start in starts]
    return []


def lower_spellings(short: ShortForm) -> list[tuple[str, Role]]:
    """The small-letter ways in which a short form counts, folded."""
    plain = fold(short.short)
    rows = [(plain, Role.LOWER), (plain + "s", Role.LOWER)] if short.lower else []
    return rows + [(f"{plain} {fold(word)}", Role.BESIDE) for word in short.lower_with]
