"""All the rules in force, compiled: what `packs` makes and everything after it reads.

A catalogue is kept in a store (see `packs.store`). What a run needs of every document, the
surface forms, is decoded at once; rules are decoded when a match or a listing asks for them, because a run
over one draft needs a handful of a thousand.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sos_lint.rule import Lexicon, Pack, Rule
    from sos_lint.surface import Surface


class Catalogue:
    """The rules in force, in the order of their ids, with their packs, lexicon and surface forms.

    `prefixes` are the words after whose hyphen no new word begins ("non-CIN").
    """

    def __init__(self, head: Mapping[str, Any], rules: Callable[[], Sequence[str]]) -> None:
        self._head = head
        self._rules = rules
        self._decoded: dict[int, Rule] = {}

    @classmethod
    def of(cls, packs: Sequence[Pack], lexicon: Lexicon, members: Sequence[Rule]) -> Catalogue:
        """Compile rules; they are put in the order of their ids."""
        from sos_lint.codec import plain
        from sos_lint.surface import surface_of

        ordered = sorted(members, key=lambda member: member.id)
        encoded = [json.dumps(plain(member)) for member in ordered]
        head = {
            "packs": plain(tuple(packs)),
            "lexicon": plain(lexicon),
            "surface": surface_of(ordered).plain(),
            "size": len(ordered),
        }
        return cls(head, lambda: encoded)

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

            self._decoded[number] = build(Rule, json.loads(self._encoded[number]))
        return self._decoded[number]

    def named(self, name: str) -> tuple[Rule, ...]:
        """The rules that a selector means: a rule id, an alias, a file, a pack or a kind."""
        return tuple(member for member in self if member.answers_to(name))

    @cached_property
    def selectors(self) -> frozenset[str]:
        """Every name that a selector may have: an id, a file, a pack, a kind or an alias.

        Rules are not built for it, since a configuration with a name in it would make every run wait.
        """
        return frozenset(
            name
            for member in map(json.loads, self._encoded)
            for name in (
                member["id"],
                member["group"],
                member["pack"],
                member["kind"],
                *member.get("aliases", ()),
            )
        )

    @cached_property
    def packs(self) -> tuple[Pack, ...]:
        """The packs, later ones winning."""
        from sos_lint.codec import build
        from sos_lint.rule import Pack

        return tuple(build(Pack, pack) for pack in self._head["packs"])

    @cached_property
    def lexicon(self) -> Lexicon:
        """The words that guards, word patterns and unpacking go by."""
        from sos_lint.codec import build
        from sos_lint.rule import Lexicon

        built: Lexicon = build(Lexicon, self._head["lexicon"])
        return built

    @cached_property
    def allowed(self) -> frozenset[str]:
        """Short forms that everybody knows."""
        return frozenset(self._head["lexicon"]["allowed"])

    @cached_property
    def prefixes(self) -> tuple[str, ...]:
        """Words whose hyphen makes no new word."""
        return tuple(self._head["lexicon"]["classes"].get("open-prefix", ()))

    @cached_property
    def surface(self) -> Surface:
        """Every literal that can start a match."""
        from sos_lint.surface import Surface

        return Surface.of(self._head["surface"])

    @cached_property
    def _encoded(self) -> Sequence[str]:
        return self._rules()

    @property
    def head(self) -> bytes:
        """What a run needs of every catalogue, as JSON: all but the rules."""
        return json.dumps(self._head, separators=(",", ":")).encode()

    @property
    def encoded(self) -> Sequence[str]:
        """The rules, each as JSON."""
        return self._encoded

    @classmethod
    def from_head(cls, head: bytes, rules: Callable[[], Sequence[str]]) -> Catalogue:
        """The catalogue of a head; `rules` gives the encoded rules when the first is asked for.

        Raises ValueError on anything that is no head.
        """
        plain = json.loads(head)
        if not isinstance(plain, dict) or not {"packs", "lexicon", "surface", "size"} <= plain.keys():
            raise ValueError("not the head of a catalogue")
        return cls(plain, rules)
