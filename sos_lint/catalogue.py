"""All the rules in force, compiled: what `packs` makes and everything after it reads.

A catalogue is kept in a store (see `packs.store`) as a head, which a run needs for every document, and a
body of pieces, which it needs where something matches: the packs, the lexicon, what is said to readers, and
each rule. Rules are read and decoded one by one when a match or a listing asks for them, because a run over
one draft needs a handful of a thousand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from sos_lint.forms import FormDescription
    from sos_lint.received import Wording, Wordings
    from sos_lint.rule import Lexicon, Pack, Rule
    from sos_lint.services import Service
    from sos_lint.surface import Surface


_HEAD = {"allowed", "forms", "optional", "prefixes", "services", "size", "surface"}
_PACKS, _LEXICON, _RECEIVED, _RULES = 0, 1, 2, 3  # where in the body they are, or begin


class Pieces(Protocol):
    """The body of a catalogue, each piece of it JSON."""

    def __iter__(self) -> Iterator[bytes]: ...
    def __getitem__(self, number: int, /) -> bytes: ...


class Catalogue:
    """The rules in force, in the order of their ids, with their packs, lexicon and surface forms.

    `prefixes` are the words after whose hyphen no new word begins ("non-CIN"). `digest` tells it from every
    other that was loaded; it is empty for one that was not.
    """

    def __init__(self, head: Mapping[str, Any], body: Callable[[], Pieces]) -> None:
        self._head = head
        self._make_body = body
        self._decoded: dict[int, Rule] = {}
        self._places: dict[str, int] = {}
        self.digest = ""

    @classmethod
    def of(
        cls,
        packs: Sequence[Pack],
        lexicon: Lexicon,
        members: Sequence[Rule],
        forms: Sequence[FormDescription] = (),
        services: Sequence[Service] = (),
        received: Sequence[Wording] = (),
    ) -> Catalogue:
        """Compile rules; they are put in the order of their ids."""
        from sos_lint.codec import plain
        from sos_lint.surface import surface_of

        ordered = sorted(members, key=lambda member: member.id)
        head = {
            "size": len(ordered),
            "surface": surface_of(ordered, lexicon.classes).plain(),
            "allowed": sorted(lexicon.allowed),
            "prefixes": list(lexicon.classes.get("open-prefix", ())),
            "forms": plain(tuple(forms)),
            "services": plain(tuple(services)),
            "optional": [number for number, member in enumerate(ordered) if member.optional],
        }
        made = cls(
            head,
            lambda: [_json(plain(piece)) for piece in (tuple(packs), lexicon, tuple(received), *ordered)],
        )
        made._decoded = dict(enumerate(ordered))
        made._places = {member.id: number for number, member in enumerate(ordered)}
        made.__dict__.update(packs=tuple(packs), lexicon=lexicon)  # what is known need not be decoded
        return made

    def __len__(self) -> int:
        size: int = self._head["size"]
        return size

    def __iter__(self) -> Iterator[Rule]:
        return (self.rule(number) for number in range(len(self)))

    def rule(self, number: int) -> Rule:
        """The rule of that number, counted from 0."""
        if number not in self._decoded:
            from sos_lint.codec import build
            from sos_lint.rule import Rule

            self._decoded[number] = build(Rule, json.loads(self.body[_RULES + number]))
            self._places[self._decoded[number].id] = number
        return self._decoded[number]

    def number(self, rule: Rule) -> int:
        """The number of a rule that the catalogue gave out."""
        return self._places[rule.id]

    def named(self, name: str) -> tuple[Rule, ...]:
        """The rules that a selector means: a rule id, an alias, a file, a pack or a kind."""
        return tuple(self.rule(number) for number in self._numbers.get(name, ()))

    def with_ids(self, ids: Collection[str]) -> Iterator[Rule]:
        """The rules of these ids, in order. No other is built for it."""
        for number, member in enumerate(self._plain_rules()):
            if member["id"] in ids:
                yield self.rule(number)

    @cached_property
    def selectors(self) -> frozenset[str]:
        """Every name that a selector may have: an id, a file, a pack, a kind or an alias."""
        return frozenset(self._numbers)

    @cached_property
    def _numbers(self) -> Mapping[str, list[int]]:
        """The numbers of the rules that each selector means.

        Rules are not built for it, since a configuration with a name in it would make every run wait.
        """
        numbers: dict[str, list[int]] = {}
        for number, member in enumerate(self._plain_rules()):
            names = {
                member["id"],
                member["group"],
                member["pack"],
                member["kind"],
                *member.get("aliases", ()),
            }
            for name in names:
                numbers.setdefault(name, []).append(number)
        return numbers

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The packs, later ones winning."""
        from sos_lint.codec import build
        from sos_lint.rule import Pack

        return tuple(build(Pack, pack) for pack in json.loads(self.body[_PACKS]))

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words that guards, word patterns and unpacking go by."""
        from sos_lint.codec import build
        from sos_lint.rule import Lexicon

        built: Lexicon = build(Lexicon, json.loads(self.body[_LEXICON]))
        return built

    @cached_property
    def wordings(self) -> Wordings:
        """What is said to whoever received a document."""
        from sos_lint.codec import build
        from sos_lint.received import Wording, Wordings

        return Wordings(build(Wording, one) for one in json.loads(self.body[_RECEIVED]))

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Short forms that everybody knows."""
        return frozenset(self._head["allowed"])

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """Words whose hyphen makes no new word."""
        return tuple(self._head["prefixes"])

    @cached_property
    def optional(self) -> frozenset[int]:
        """The numbers of the rules that are off unless asked for."""
        return frozenset(self._head["optional"])

    @cached_property
    def forms(self) -> tuple[FormDescription, ...]:
        """The forms that a document may be. They are looked for in every document, so the head holds them."""
        from sos_lint.codec import build
        from sos_lint.forms import FormDescription

        return tuple(build(FormDescription, form) for form in self._head["forms"])

    @cached_property
    def services(self) -> tuple[Service, ...]:
        """The services, each with its own names for statements and goals."""
        from sos_lint.codec import build
        from sos_lint.services import Service

        return tuple(build(Service, service) for service in self._head["services"])

    def choices(self, key: str) -> tuple[str, ...]:
        """The names that may be chosen from: of `service` or of `form`."""
        return tuple(one["id"] for one in self._head[f"{key}s"])

    @cached_property
    def surface(self) -> Surface:
        """Every literal that can start a match."""
        from sos_lint.surface import Surface

        return Surface.of(self._head["surface"])

    def _plain_rules(self) -> Iterator[Mapping[str, Any]]:
        return (json.loads(self.body[_RULES + number]) for number in range(len(self)))

    @cached_property
    def body(self) -> Pieces:
        """The packs, the lexicon and the rules, each a piece of JSON."""
        return self._make_body()

    @property
    def head(self) -> bytes:
        """The surface forms and what else the search for candidates needs, as JSON."""
        return _json(self._head)

    @classmethod
    def from_head(cls, head: bytes, body: Callable[[], Pieces]) -> Catalogue:
        """The catalogue of a head; `body` is read when something matches or is listed.

        Raises ValueError on anything that is no head.
        """
        plain = json.loads(head)
        if not isinstance(plain, dict) or not plain.keys() >= _HEAD:
            raise ValueError("not the head of a catalogue")
        return cls(plain, body)


def _json(plain: Any) -> bytes:
    return json.dumps(plain, separators=(",", ":")).encode()
