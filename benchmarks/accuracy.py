"""What sos-lint finds on labelled text, beside a plain dictionary of the same words, in one table.

    python benchmarks/accuracy.py [FILE.jsonl ...]

The dictionary has every word, phrase and short form of the packs, with their kinds and meanings, and flags
each wherever it stands as whole words: no guards, no conditions, no neighbours, no grammar. Two sorts of
rule are not in it: those without words of their own (short forms that no list knows, long sentences,
grammar), and those whose words count only with others before them (`led-by`: the "made" of "a decision was
made"). With the second sort it would find the hidden actors too, and raise three times as many false
alarms.

A file has one JSON object a line: `id`, `text`, perhaps `format` (`txt`, `md`), and `flags`, each with
`span`, `type`, for acronyms `expected`, and perhaps `optional`. An item with `unpacked` (which parts of
each broad term are told) is a case: its labels should be found. In one without, nothing but its flags may
be found, and every other finding is a false alarm. A finding matches a label of its kind that it overlaps
anywhere in the text. Optional labels, and broad terms that tell everything, may be found but need not be.
Without files, those of `../shared/eval` are read. They are for measuring only: nothing of them stands in
this repository.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from ahocorasick_rs import AhoCorasick

from sos_lint.catalogue import Catalogue
from sos_lint.fold import fold
from sos_lint.lint import Linter
from sos_lint.readers import read_bytes
from sos_lint.rule import Phrases, Rule, ShortForm
from sos_lint.surface import lower_spellings, spellings

LABELLED = Path(__file__).parent.parent.parent / "shared" / "eval"
KINDS = {
    "acronym": "acronym",
    "jargon": "jargon",
    "broad-term": "broad-term",
    "vague-frequency": "vague-frequency",
    "victim-blaming": "blaming-language",
    "agentless-passive": "hidden-actor",
}
PARTS = ("behaviour", "frequency", "worst", "impact")
ALL = "all kinds"

Item = dict[str, Any]
Spot = tuple[int, int]


class Found(NamedTuple):
    """One finding: where, what kind, what a short form may mean, and which parts of a broad term are told."""

    at: Spot
    kind: str
    expansions: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()


Finder = Callable[[Item], list[Found]]


# What finds


def sos_lint(linter: Linter) -> Finder:
    """sos-lint as it comes."""

    def find(item: Item) -> list[Found]:
        name = f"{item['id']}.{item.get('format', 'txt')}"
        return [
            Found(
                (finding.start.offset, finding.end.offset),
                finding.kind.value,
                tuple(meaning.expansion for meaning in finding.meanings),
                frozenset(ask.part.value for ask in finding.asks if ask.told),
            )
            for finding in linter.lint(read_bytes(item["text"].encode(), name))
        ]

    return find


def dictionary(catalogue: Catalogue) -> Finder:
    """The words of the same packs, found wherever they stand; of words inside longer ones only the longer."""
    folded, exact = {}, {}
    for rule in catalogue:
        if not rule.optional:
            folded.update(dict.fromkeys(_folded_forms(rule), rule))
            exact.update(dict.fromkeys(_exact_forms(rule), rule))
    searches = [(AhoCorasick(list(forms)), list(forms.items())) for forms in (folded, exact)]

    def find(item: Item) -> list[Found]:
        text = item["text"]
        spots = {
            (start, end): forms[number][1]
            for (search, forms), where in zip(searches, (fold(text), text), strict=True)
            for number, start, end in search.find_matches_as_indexes(where, overlapping=True)
            if _whole(where, start, end)
        }
        return [
            Found((start, end), rule.kind.value, _expansions(rule))
            for (start, end), rule in sorted(spots.items())
            if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in spots)
        ]

    return find


def _folded_forms(rule: Rule) -> Iterator[str]:
    """The forms that count in any case."""
    if isinstance(rule.pattern, Phrases) and not rule.conditions.led_by:
        yield from map(fold, rule.pattern.forms)
    if isinstance(rule.pattern, ShortForm):
        yield from (form for form, _ in lower_spellings(rule.pattern))


def _exact_forms(rule: Rule) -> Iterator[str]:
    """The forms that count as they are written, with their plurals."""
    if isinstance(rule.pattern, ShortForm):
        for form in spellings(rule.pattern):
            yield from (form, f"{form}s")


def _expansions(rule: Rule) -> tuple[str, ...]:
    if not isinstance(rule.pattern, ShortForm):
        return ()
    return tuple(meaning.expansion for meaning in rule.pattern.meanings)


def _whole(text: str, start: int, end: int) -> bool:
    return not (re.match(r"\w", text[start - 1 : start]) or re.match(r"\w", text[end : end + 1]))


# How it is scored


@dataclass
class Score:
    """Counts over all items; by kind, and for the parts of broad terms by part."""

    found: Counter[str] = field(default_factory=Counter)  # labels that had to be found and were
    missed: Counter[str] = field(default_factory=Counter)
    flags: Counter[str] = field(default_factory=Counter)  # findings in cases
    right: Counter[str] = field(default_factory=Counter)  # of those, on a label of the same kind
    near: Counter[str] = field(default_factory=Counter)  # of those, on any label
    parts: Counter[str] = field(default_factory=Counter)
    parts_right: Counter[str] = field(default_factory=Counter)
    expansions: int = 0
    expansions_right: int = 0
    words: int = 0  # of plain text
    alarms: int = 0

    def recall(self, kind: str) -> float:
        """How many of the labels are found."""
        return _ratio(_of(self.found, kind), _of(self.found, kind) + _of(self.missed, kind))

    def precision(self, kind: str) -> float:
        """How many of the findings stand on a label of their kind."""
        return _ratio(_of(self.right, kind), _of(self.flags, kind))

    def any_kind(self, kind: str) -> float:
        """How many of the findings stand on a label of any kind."""
        return _ratio(_of(self.near, kind), _of(self.flags, kind))

    def f1(self, kind: str) -> float:
        """The harmonic mean of recall and precision."""
        recall, precision = self.recall(kind), self.precision(kind)
        return _ratio(2 * recall * precision, recall + precision)


def _of(counts: Counter[str], kind: str) -> int:
    return counts.total() if kind == ALL else counts[kind]


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def score(items: Iterable[Item], find: Finder) -> Score:
    """How well the labels of some items are found."""
    total = Score()
    for item in items:
        findings = [found for found in find(item) if found.kind in KINDS.values()]
        if "unpacked" in item:
            _score_case(item, findings, total)
        else:
            spots = [spot for flag in item.get("flags") or () for spot in _places(item["text"], flag["span"])]
            total.words += len(item["text"].split())
            total.alarms += sum(not _touches(found, spots) for found in findings)
    return total


def _score_case(item: Item, findings: Sequence[Found], total: Score) -> None:
    labels = []
    for flag in item["flags"]:
        kind, spots = KINDS[flag["type"]], _places(item["text"], flag["span"])
        labels.append((kind, spots))
        parts = item["unpacked"].get(flag["span"], {}) if kind == "broad-term" else {}
        optional = flag.get("optional", False) or (bool(parts) and all(parts.values()))
        hits = [found for found in findings if found.kind == kind and _touches(found, spots)]
        if not optional:
            (total.found if hits else total.missed)[kind] += 1
        if kind == "acronym" and flag.get("expected"):
            meant = [words for hit in hits for words in hit.expansions]
            total.expansions += 1
            total.expansions_right += any(_alike(flag["expected"], words) for words in meant)
        if hits or optional:  # silence about a broad term says that every part is there
            told = hits[0].told if hits else frozenset(PARTS)
            total.parts.update(parts.keys())
            total.parts_right.update(part for part, is_told in parts.items() if (part in told) == is_told)
    for found in findings:
        total.flags[found.kind] += 1
        total.right[found.kind] += any(_touches(found, spots) for kind, spots in labels if kind == found.kind)
        total.near[found.kind] += any(_touches(found, spots) for _, spots in labels)


def _places(text: str, span: str) -> list[Spot]:
    return [match.span() for match in re.finditer(re.escape(span), text, re.IGNORECASE)]


def _touches(found: Found, spots: Iterable[Spot]) -> bool:
    return any(found.at[0] < end and start < found.at[1] for start, end in spots)


def _alike(one: str, other: str) -> bool:
    one, other = one.lower(), other.lower()
    return one in other or other in one


# What is shown


def table(ours: Score, plain: Score) -> str:
    """Both scores side by side."""
    columns = ("recall", "precision", "any kind", "F1")
    names = "".join(f"{name:>11}" for name in columns)
    lines = [
        f"{'':26}{'sos-lint':^44}  {'plain dictionary':^44}",
        f"{'kind':18}{'labels':>8}{names}  {names}",
    ]
    for kind in (*KINDS.values(), ALL):
        cells = [
            f"{of(kind):11.3f}"
            for one in (ours, plain)
            for of in (one.recall, one.precision, one.any_kind, one.f1)
        ]
        labels = _of(ours.found, kind) + _of(ours.missed, kind)
        lines.append(f"{kind:18}{labels:8}{''.join(cells[:4])}  {''.join(cells[4:])}")
    lines += ["", f"{'':44}{'sos-lint':>14}{'plain dictionary':>20}"]
    rows = {
        "right expansions of acronyms": [f"{one.expansions_right}/{one.expansions}" for one in (ours, plain)],
        **{
            f"parts of broad terms judged right: {part}": [
                f"{one.parts_right[part]}/{one.parts[part]}" for one in (ours, plain)
            ]
            for part in PARTS
        },
        "false alarms in plain text": [f"{one.alarms}" for one in (ours, plain)],
        f"false alarms per 1,000 of its {ours.words:,} words": [
            f"{_ratio(1000 * one.alarms, one.words):.2f}" for one in (ours, plain)
        ],
    }
    lines += [f"{name:44}{mine:>14}{other:>20}" for name, (mine, other) in rows.items()]
    return "\n".join(lines)


def read(paths: Iterable[Path]) -> list[Item]:
    """The items of some files."""
    return [
        json.loads(line)
        for path in paths
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]


def main() -> None:
    given = [Path(name) for name in sys.argv[1:]]
    paths = given or [LABELLED / "cases.jsonl", LABELLED / "plain.jsonl"]
    absent = [str(path) for path in paths if not path.is_file()]
    if absent:
        sys.exit(f"no labelled text at {', '.join(absent)}: name the files that have it")
    items, linter = read(paths), Linter.with_packs()
    print(table(score(items, sos_lint(linter)), score(items, dictionary(linter.catalogue))))


if __name__ == "__main__":
    main()
