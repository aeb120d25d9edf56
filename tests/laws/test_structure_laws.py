"""Laws of statements and scales, whatever the draft."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from statements import around, cues

from sos_lint.errors import UnreadableFile
from sos_lint.structure.scaling import scales_in
from sos_lint.structure.statements import statements_in

PIECES = [
    "## Danger statement\n\n",
    "## Safety goals\n\n",
    "Scaling question: ",
    "Safety goal 2: ",
    "Danger statement:\n\n",
    "| Danger statement | Safety goal |\n|-|-|\n",
    "| ",
    " |\n",
    "\n\n",
    "- ",
    "\n  - ",
    "? ",
    ". ",
    ", ",
    ": ",
    " – ",
    "Nan is worried that ",
    "Dad hit Tom",
    "if nothing changes ",
    "Tom could be hurt",
    "Everyone will need to see ",
    "Mum will read ",
    "for six weeks",
    "On a scale of 0 to 10",
    "10 is that ",
    "0 (",
    ")",
    "Mum said 5",
    " because ",
    "Who is worried? ",
    "School",
    "[insert]",
    "______",
    "6/10",
    "“",
    "”",
    "Mum does not agree",
    "again",
    "who",
    "not",
]
DRAFTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join)


@settings(deadline=None)
@given(DRAFTS, st.sampled_from(["draft.md", "draft.txt"]))
def test_what_tells_a_part_lies_in_the_words_of_its_statement(text: str, name: str) -> None:
    try:
        draft = around(text, name)
    except UnreadableFile:  # nothing but marks and blanks
        return
    for one in [*statements_in(draft, cues()), *scales_in(draft, cues())]:
        assert (one.at.start, one.at.end) == (one.pieces[0].start, one.pieces[-1].end)
        assert all(draft.block(piece).at.contains(piece) for piece in one.pieces)
        for ranges in one.told.values():
            assert all(any(piece.contains(at) for piece in one.pieces) for at in ranges)


@settings(deadline=None)
@given(DRAFTS)
def test_no_word_belongs_to_two_statements(text: str) -> None:
    try:
        draft = around(text)
    except UnreadableFile:
        return
    for found in (statements_in(draft, cues()), scales_in(draft, cues())):
        pieces = sorted((piece for one in found for piece in one.pieces), key=lambda at: (at.start, at.end))
        assert all(a.end <= b.start for a, b in pairwise(pieces))
