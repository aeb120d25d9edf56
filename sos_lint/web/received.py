"""A document as the page shows it to whoever received it, and as it is printed for a family."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sos_lint.document import Block, Document
from sos_lint.received import Explanation
from sos_lint.text import Range
from sos_lint.web.cards import plain
from sos_lint.web.texts import Line

_ASK = "You have the right to understand what is written about you. You may ask the writer:"
_CLEAR = "We found no words here that could mean many things. You may ask about anything all the same."


def reading_of(document: Document, explanations: Sequence[Explanation]) -> dict[str, Any]:
    """The blocks of a text, each in pieces: words as they stand, and words that are explained.

    A piece is `first` where its explanation is told first; its `number` is that of its questions.
    """
    numbers: dict[object, int] = {}
    for one in explanations:
        if one.questions:
            numbers.setdefault(one.key, len(numbers) + 1)
    by_block: dict[int, list[Explanation]] = {}
    for one in explanations:
        by_block.setdefault(document.block_number(one.at.start), []).append(one)
    seen: set[object] = set()
    blocks = [
        {**_block(block), "pieces": list(_pieces(document, block, by_block.get(number, ()), numbers, seen))}
        for number, block in enumerate(document.blocks)
    ]
    return {"blocks": blocks, "intro": _ASK if numbers else _CLEAR}


def family_of(document: Document, explanations: Sequence[Explanation]) -> dict[str, Any]:
    """The text as it is printed, and what its short forms and working words mean, in alphabetical order."""
    terms = {one.text.casefold(): (one.text, "; or ".join(one.means)) for one in explanations if one.means}
    return {
        "blocks": [
            {**_block(block), "words": plain(block.at.of(document.text))} for block in document.blocks
        ],
        "terms": [
            {"words": plain(words), "means": plain(means)} for _, (words, means) in sorted(terms.items())
        ],
    }


def _block(block: Block) -> dict[str, Any]:
    kind, level, cell, _ = Line.of(block).plain
    return {"kind": kind, "level": level, "cell": cell}


def _pieces(
    document: Document,
    block: Block,
    here: Sequence[Explanation],
    numbers: Mapping[object, int],
    seen: set[object],
) -> Iterator[str | dict[str, Any]]:
    """The pieces of a block. What is said of words with others in it that are explained follows the last."""
    apart: list[Explanation] = []
    for one in sorted(here, key=lambda one: len(one.at)):
        if not any(one.at.overlaps(other.at) for other in apart):
            apart.append(one)
    places = [(one.at, one) for one in apart]
    for one in here:
        if one not in apart and one.questions:
            cut = next((other.at for other in apart if other.at.start < one.at.end < other.at.end), one.at)
            places.append((Range(cut.end, cut.end), one))
    end = block.at.start
    for at, one in sorted(places, key=lambda place: (place[0].start, place[0].end)):
        if at.start > end:
            yield plain(document.text[end : at.start])
        yield _piece(one, at.of(document.text), numbers, seen)
        end = at.end
    if end < block.at.end:
        yield plain(document.text[end : block.at.end])


def _piece(one: Explanation, words: str, numbers: Mapping[object, int], seen: set[object]) -> dict[str, Any]:
    first = one.key not in seen
    seen.add(one.key)
    return {
        "words": plain(words),
        "kind": one.kind.value,
        "lead": one.lead,
        "means": [plain(each) for each in one.means],
        "says": plain(one.says or _of_meanings(one)),
        "questions": [plain(each) for each in one.questions],
        "number": numbers.get(one.key, 0),
        "first": first,
    }


def _of_meanings(one: Explanation) -> str:
    """What is said over the questions about words that may mean several things."""
    means = f": {one.means[0].rstrip('.')}." if len(one.means) == 1 else " more than one thing."
    return f"“{one.text}” {one.lead}{means}"
