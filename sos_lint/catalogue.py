"""All the rules in force, compiled: what `packs` makes and everything after it reads.

A catalogue is written to and read from bytes (see `packs.store`). Rules are decoded when a match or a
listing asks for them, because a run over one draft needs a handful of a thousand.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from sos_lint import rule as rules
from sos_lint.rule import (
    DependencyPatterns,
    Lexicon,
    Pack,
    Phrases,
    Rule,
    ShortForm,
    TokenPatterns,
    UnknownShortForm,
)
from sos_lint.words import fold


class Role(str, Enum):
    """What a surface form does when it is seen."""

    PHRASE = "phrase"  # a match, if it stands as whole words
    EXCEPTION = "exception"  # swallows the matches inside it
    SHORT = "short"  # a short form, in exact case
    LOWER = "lower"  # a short form in small letters
    BESIDE = "beside"  # a short form in small letters and the neighbour that makes it sure
    ANCHOR = "anchor"  # calls for the token or dependency patterns of a rule


@dataclasses.dataclass(frozen=True, slots=True)
class Surface:
    """Every literal that can start a match: its form, what it does, and the numbers of its rules.

    `folded` are looked up in folded text, `exact` in the text as it is.
    """

    folded: tuple[tuple[str, Role, tuple[int, ...]], ...]
    exact: tuple[tuple[str, Role, tuple[int, ...]], ...]
    unknown: int | None = None  # the rule that reports short forms nobody knows


class Catalogue:
    """The rules in force, in the order of their ids, with their packs, lexicon and surface forms."""

    def __init__(
        self, packs: Sequence[Pack], lexicon: Lexicon, surface: Surface, encoded: Sequence[str]
    ) -> None:
        self.packs = tuple(packs)
        self.lexicon = lexicon
        self.surface = surface
        self._encoded = encoded
        self._decoded: dict[int, Rule] = {}

    @classmethod
    def of(cls, packs: Sequence[Pack], lexicon: Lexicon, members: Sequence[Rule]) -> Catalogue:
        """Compile rules; they are put in the order of their ids."""
        ordered = sorted(members, key=lambda member: member.id)
        return cls(packs, lexicon, _surface(ordered), [json.dumps(_plain(member)) for member in ordered])

    def __len__(self) -> int:
        return len(self._encoded)

    def __iter__(self) -> Iterator[Rule]:
        return (self.rule(number) for number in range(len(self)))

    def rule(self, number: int) -> Rule:
        """The rule of that number, counted from 0."""
        if number not in self._decoded:
            self._decoded[number] = _build(Rule, json.loads(self._encoded[number]))
        return self._decoded[number]

    def named(self, name: str) -> tuple[Rule, ...]:
        """The rules that a selector means: a rule id, an alias, a file, a pack or a kind."""
        return tuple(member for member in self if member.answers_to(name))

    def to_bytes(self) -> bytes:
        """The catalogue as JSON; `from_bytes` reads it back."""
        head = {"packs": _plain(self.packs), "lexicon": _plain(self.lexicon), "surface": _plain(self.surface)}
        return json.dumps({**head, "rules": list(self._encoded)}, separators=(",", ":")).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Catalogue:
        """Read what `to_bytes` wrote; raises ValueError, KeyError or TypeError on anything else."""
        plain = json.loads(data)
        surface = plain["surface"]
        return cls(
            [_build(Pack, pack) for pack in plain["packs"]],
            _build(Lexicon, plain["lexicon"]),
            Surface(_rows(surface["folded"]), _rows(surface["exact"]), surface.get("unknown")),
            plain["rules"],
        )


def _rows(plain: list[list[Any]]) -> tuple[tuple[str, Role, tuple[int, ...]], ...]:
    role = {member.value: member for member in Role}
    return tuple((form, role[name], tuple(numbers)) for form, name, numbers in plain)


def _surface(ordered: Sequence[Rule]) -> Surface:
    folded: dict[tuple[str, Role], list[int]] = {}
    exact: dict[tuple[str, Role], list[int]] = {}
    unknown = None
    for number, member in enumerate(ordered):
        match member.pattern:
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
        for form in member.conditions.exceptions:
            folded.setdefault((fold(form), Role.EXCEPTION), []).append(number)
    return Surface(_sorted(folded), _sorted(exact), unknown)


def _sorted(forms: Mapping[tuple[str, Role], list[int]]) -> tuple[tuple[str, Role, tuple[int, ...]], ...]:
    return tuple(
        (form, role, tuple(dict.fromkeys(numbers))) for (form, role), numbers in sorted(forms.items())
    )


def spellings(short: ShortForm) -> tuple[str, ...]:
    """Every way in which a short form is written, in exact case, plurals and possessives apart.

    `CIN` is also `C.I.N.` and `C.I.N`; `S47` is also `s.47`, `s 47` and `Section 47`; `Reg 44` is also
    `Regulation 44`.
    """
    forms = [short.short, *short.written]
    numbered = _numbered(short.short)
    if numbered:
        forms += numbered
    elif short.short.isalpha():
        if len(short.short) > 2:
            forms.append(short.short.upper())
        if short.short.isupper():
            dotted = ".".join(short.short)
            forms += [dotted + ".", dotted]
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


# One codec for all the frozen types of `rule`: fields by name, enums by value, patterns by class name.


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        fields = {
            f.name: _plain(getattr(value, f.name))
            for f in dataclasses.fields(value)
            if f.default is dataclasses.MISSING or getattr(value, f.name) != f.default or not f.compare
        }
        return {"": type(value).__name__, **fields} if isinstance(value, rules.Pattern) else fields
    if isinstance(value, Mapping):
        return {_plain(key): _plain(item) for key, item in value.items()}
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return value


@cache
def _fields(type_: type) -> dict[str, Any]:
    return get_type_hints(type_)


def _build(wanted: Any, plain: Any) -> Any:
    origin, arguments = get_origin(wanted), get_args(wanted)
    if origin in (Union, types.UnionType):
        if isinstance(plain, dict):
            name = plain[""]
            return _build(next(t for t in arguments if t.__name__ == name), plain)
        return None if plain is None else _build(next(t for t in arguments if t is not type(None)), plain)
    if origin is tuple:
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(_build(arguments[0], item) for item in plain)
        return tuple(_build(t, item) for t, item in zip(arguments, plain, strict=True))
    if origin is frozenset:
        return frozenset(_build(arguments[0], item) for item in plain)
    if origin is not None:  # a mapping
        return {_build(arguments[0], key): _build(arguments[1], item) for key, item in plain.items()}
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(plain)
    if dataclasses.is_dataclass(wanted) and isinstance(wanted, type):
        hints = _fields(wanted)
        return wanted(**{name: _build(hints[name], item) for name, item in plain.items() if name})
    return plain
