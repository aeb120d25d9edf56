"""Documents and their source maps: what cannot be built, and what is mapped where."""

from __future__ import annotations

import pytest

from sos_lint.document import Block, BlockKind, Document, Segment, SourceMap
from sos_lint.text import Position, Range


def segment(at: tuple[int, int], source: tuple[int, int], verbatim: bool = True) -> Segment:
    return Segment(Range(*at), Range(*source), verbatim)


REFUSED = {
    "a gap in the text": ([segment((0, 2), (0, 2)), segment((3, 4), (3, 4))], 4, "do not tile"),
    "an overlap in the text": ([segment((0, 2), (0, 2)), segment((1, 4), (3, 6))], 4, "do not tile"),
    "a late start": ([segment((1, 4), (1, 4))], 4, "do not tile"),
    "an early end": ([segment((0, 2), (0, 2))], 4, "end at 2, the text at 4"),
    "an end past the text": ([segment((0, 6), (0, 6))], 4, "end at 6"),
    "no segment for some text": ([], 1, "end at 0"),
    "disorder in the source": ([segment((0, 2), (5, 7)), segment((2, 4), (0, 2))], 4, "backwards"),
    "an overlap in the source": ([segment((0, 2), (0, 2)), segment((2, 4), (1, 3))], 4, "backwards"),
}


@pytest.mark.parametrize(("segments", "length", "why"), REFUSED.values(), ids=REFUSED)
def test_a_map_refuses(segments: list[Segment], length: int, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        SourceMap(tuple(segments), length)


def test_a_verbatim_segment_has_one_length() -> None:
    with pytest.raises(ValueError, match="unequal lengths"):
        segment((0, 2), (0, 3))
    assert segment((0, 2), (0, 3), verbatim=False)


# The text "Tom & Ann six" of the source "**Tom** &amp; Ann\n six".
SOURCE = "**Tom** &amp; Ann\n six"
MAP = SourceMap(
    (
        segment((0, 3), (2, 5)),
        segment((3, 4), (7, 8)),
        segment((4, 5), (8, 13), verbatim=False),
        segment((5, 9), (13, 17)),
        segment((9, 10), (17, 19), verbatim=False),
        segment((10, 13), (19, 22)),
    ),
    13,
)
MAPPED = {
    "verbatim": ((0, 3), "Tom", True),
    "part of it": ((1, 2), "o", True),
    "across taken-out marks": ((0, 4), "Tom** ", False),
    "changed": ((4, 5), "&amp;", False),
    "beside changed": ((5, 9), " Ann", True),
    "across changed": ((6, 13), "Ann\n six", False),
    "across two verbatim ones that touch": ((3, 9), " &amp; Ann", False),
    "all": ((0, 13), "Tom** &amp; Ann\n six", False),
}


@pytest.mark.parametrize(("at", "words", "verbatim"), MAPPED.values(), ids=MAPPED)
def test_to_source(at: tuple[int, int], words: str, verbatim: bool) -> None:
    assert MAP.to_source(Range(*at)).of(SOURCE) == words
    assert MAP.is_verbatim(Range(*at)) is verbatim


def test_an_empty_range_maps_to_one_place() -> None:
    assert MAP.to_source(Range(6, 6)) == Range(14, 14)
    assert MAP.to_source(Range(13, 13)) == Range(22, 22)
    assert SourceMap((), 0).to_source(Range(0, 0)) == Range(0, 0)


def test_verbatim_segments_that_touch_are_verbatim_together() -> None:
    touching = SourceMap((segment((0, 2), (1, 3)), segment((2, 4), (3, 5))), 4)
    assert touching.is_verbatim(Range(0, 4))
    assert not touching.is_verbatim(Range(2, 2))


def document(
    *blocks: tuple[int, int], text: str = "Tom is six.\nHe hides.", source: str | None = None
) -> Document:
    whole = segment((0, len(text)), (0, len(text)))
    made = tuple(Block(Range(*at), BlockKind.PARAGRAPH) for at in blocks)
    return Document("a.md", text, made, SourceMap((whole,), len(text)), source)


BAD_BLOCKS = {
    "overlapping": [(0, 11), (10, 21)],
    "backwards": [(12, 21), (0, 11)],
    "past the end": [(0, 22)],
    "twice": [(0, 11), (0, 11)],
}


@pytest.mark.parametrize("blocks", BAD_BLOCKS.values(), ids=BAD_BLOCKS)
def test_a_document_refuses_blocks(blocks: list[tuple[int, int]]) -> None:
    with pytest.raises(ValueError, match="blocks overlap, run backwards or overrun"):
        document(*blocks)


def test_block_at() -> None:
    made = document((0, 11), (12, 21))
    assert [made.block_at(offset).at.start for offset in (0, 10, 12, 20)] == [0, 0, 12, 12]
    for outside in (11, 21, 99):
        with pytest.raises(LookupError):
            made.block_at(outside)


def test_places_are_of_the_source_where_people_see_lines() -> None:
    seen = Document("a.md", "Tom & Ann six", (), MAP, SOURCE)
    unseen = Document("a.docx", "Tom & Ann six", (), MAP)
    assert seen.place(Range(10, 13)) == Range(19, 22)
    assert seen.lines().position(19) == Position(2, 2)
    assert unseen.place(Range(10, 13)) == Range(10, 13)
    assert unseen.lines().position(10) == Position(1, 11)
