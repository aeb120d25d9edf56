"""Laws of edits: what is not edited stays, byte for byte; what is edited is read again as it was meant."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st
from laws.test_readers_laws import SOURCES

from sos_lint.document import Document
from sos_lint.errors import SosLintError, UnreadableFile
from sos_lint.finding import Edit
from sos_lint.kinds import Safety
from sos_lint.readers import read_bytes
from sos_lint.readers.decode import decoded
from sos_lint.rewrite.apply import applied, chosen, edited
from sos_lint.text import Range

WORDS = st.text("ab Z.(’é", min_size=1, max_size=6).filter(lambda words: words.strip() == words)
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "cp1252", "mac_roman"]
PROSE = st.lists(
    st.sampled_from(
        ["Tom", "CIN", "café", "’s ", " ", "\n", "\r\n", "\r\n\r\n", ". ", "- ", "| ", "**", "# "]
    ),
    min_size=1,
    max_size=30,
).map("".join)


def read(data: bytes, name: str) -> Document:
    try:
        return read_bytes(data, name)
    except UnreadableFile:
        assume(False)
        raise


@st.composite
def edits_of(draw: st.DrawFn, document: Document) -> list[Edit]:
    """Edits of verbatim words of a document, some of them overlapping."""
    edits = []
    for _ in range(draw(st.integers(0, 3)) if document.text else 0):
        start = draw(st.integers(0, len(document.text) - 1))
        at = Range(start, draw(st.integers(start + 1, min(len(document.text), start + 8))))
        if document.source_map.is_verbatim(at) and at.of(document.text).strip() == at.of(document.text):
            edits.append(Edit(at, draw(WORDS), Safety.SAFE, document.place(at)))
    return edits


@given(st.data(), PROSE, st.sampled_from(ENCODINGS), st.sampled_from(["a.txt", "a.md"]))
def test_only_what_is_edited_changes(data: st.DataObject, prose: str, encoding: str, name: str) -> None:
    """The source outside the edits is the same, in the encoding in which the file came."""
    before = prose.encode(encoding)
    document = read(before, name)
    assume(document.source is not None and document.source == prose)
    edits = chosen(data.draw(edits_of(document)))
    try:
        after = applied(before, document, edits)
    except SosLintError:
        assume(False)
    expected, end = "", 0
    for edit in edits:
        expected += re.escape(prose[end : edit.place.start]) + spelt(edit.replacement)
        end = edit.place.end
    written = decoded(before, name)
    assert after.startswith(written.mark)
    result = after.removeprefix(written.mark).decode(written.encoding)
    assert re.fullmatch(expected + re.escape(prose[end:]), result)


def spelt(words: str) -> str:
    """A regular expression of the words, in which any sign may be marked as no markup."""
    return "".join(rf"\\?{re.escape(sign)}" for sign in words)


@given(SOURCES, st.sampled_from(["a.txt", "a.md"]))
def test_no_edits_are_the_same_bytes(source: str, name: str) -> None:
    data = source.encode()
    assert applied(data, read(data, name), ()) == data


@given(st.data(), SOURCES, st.sampled_from(["a.txt", "a.md"]))
def test_the_result_is_read_as_it_was_meant(data: st.DataObject, source: str, name: str) -> None:
    """Whatever markup stands around the edits; or they are refused."""
    before = source.encode()
    document = read(before, name)
    edits = chosen(data.draw(edits_of(document)))
    try:
        after = applied(before, document, edits)
    except SosLintError:
        assume(False)
    assert read_bytes(after, name).text.split() == edited(document.text, edits).split()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 6), WORDS, st.sampled_from(Safety)), max_size=8))
def test_chosen_edits_do_not_overlap_and_none_is_left_without_a_reason(
    drawn: list[tuple[int, int, str, Safety]],
) -> None:
    edits = [Edit(at := Range(a, a + n), words, safety, at) for a, n, words, safety in drawn]
    kept = chosen(edits)
    assert all(one.at.end <= two.at.start and one.at != two.at for one, two in pairwise(kept))
    assert chosen(kept) == kept
    for edit in set(edits) - set(kept):
        assert any(
            edit.at.overlaps(one.at) or edit.at.start == one.at.start or edit.at.end == one.at.start
            for one in kept
        )
