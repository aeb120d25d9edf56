"""A draft in memory: what changes for words to stand elsewhere, and that all else stays."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from interviews import linter

from sos_lint.errors import SosLintError
from sos_lint.readers import read_bytes
from sos_lint.rewrite.draft import Draft, Hunk, hunks_between, moved
from sos_lint.text import Range


def hunk(start: int, end: int, words: str) -> Hunk:
    return Hunk(Range(start, end), words)


BETWEEN = {
    "the same": ("He left.", "He left.", []),
    "one word": ("He left at six.", "He came at six.", [hunk(3, 7, "came")]),
    "two words": ("He left at six.", "She left at ten.", [hunk(0, 2, "She"), hunk(11, 14, "ten")]),
    "more behind": ("He left.", "He left. She cried.", [hunk(8, 8, " She cried.")]),
    "more before": ("He left.", "Then He left.", [hunk(0, 0, "Then ")]),
    "less": ("He left at six.", "He left.", [hunk(7, 14, "")]),
    "two words side by side": ("a b c d e f", "a x y d e f", [hunk(2, 5, "x y")]),
    "another sentence": ("There is neglect.", "Odette had no tea.", [hunk(0, 16, "Odette had no tea")]),
}


@pytest.mark.parametrize(("old", "new", "hunks"), BETWEEN.values(), ids=BETWEEN)
def test_hunks(old: str, new: str, hunks: list[Hunk]) -> None:
    assert list(hunks_between(old, Range(0, len(old)), new)) == hunks


def test_hunks_of_a_place_in_a_text() -> None:
    assert hunks_between("Oh. He left.", Range(4, 12), "He came.") == (hunk(7, 11, "came"),)


MOVED = {
    "after a change": ((10, 12), [hunk(0, 2, "four")], (12, 14)),
    "before it": ((0, 2), [hunk(5, 6, "x"), hunk(8, 9, "")], (0, 2)),
    "between two": ((4, 6), [hunk(0, 2, ""), hunk(6, 8, "xx")], (2, 4)),
    "put in just before": ((4, 6), [hunk(4, 4, "xx")], (6, 8)),
    "put in just behind": ((4, 6), [hunk(6, 6, "xx")], (4, 6)),
    "put in the middle": ((4, 6), [hunk(5, 5, "xx")], None),
    "changed": ((4, 6), [hunk(5, 7, "xx")], None),
}


@pytest.mark.parametrize(("at", "hunks", "now"), MOVED.values(), ids=MOVED)
def test_moved(at: tuple[int, int], hunks: list[Hunk], now: tuple[int, int] | None) -> None:
    assert moved(Range(*at), hunks) == (None if now is None else Range(*now))


def changed(source: bytes, name: str, old: str, new: str) -> bytes:
    """The file with other words in the place of some of its text."""
    draft = Draft.of(source, name, linter().lint)
    start = draft.document.text.index(old)
    hunks = hunks_between(draft.document.text, Range(start, start + len(old)), new)
    return draft.changed(hunks, linter().lint).data


# A file, words in it, what comes in their place, and the file afterwards.
FILES = {
    "line ends and all": (
        b"\xef\xbb\xbfHe left.\r\n\r\nBye.\r\n",
        "left",
        "came",
        b"\xef\xbb\xbfHe came.\r\n\r\nBye.\r\n",
    ),
    "more behind the last word": (b"He left", "left", "left. Bye.", b"He left. Bye."),
    "more before the first word": (b"- He left", "He left", "Oh, He left", b"- Oh, He left"),
    "in bold": (b"A **bold** word.", "bold word", "bold sign", b"A **bold** sign."),
    "across lines, which become one": (
        b"There is neglect in the home. The people of the shop asked about their fish: on 12 May\n"
        b"Wilbur threw a fish. It was the third fish since Easter, which nobody had asked for.\n",
        "There is neglect in the home.",
        "Odette left.",
        b"Odette left. The people of the shop asked about their fish: on 12 May "
        b"Wilbur threw a fish. It was the third fish since Easter, which nobody had asked for.\n",
    ),
    "a sign of markup": (b"He left.", "left", "left *at six*", b"He left \\*at six\\*."),
}


@pytest.mark.parametrize(("source", "old", "new", "after"), FILES.values(), ids=FILES)
def test_files(source: bytes, old: str, new: str, after: bytes) -> None:
    assert changed(source, "draft.md", old, new) == after


def test_lines_stay_apart_where_the_paragraph_stays_whole() -> None:
    """Only a paragraph that would fall apart is put on one line."""
    source = b"The man who sold the fish on Monday left the house\nat six, and he came back for his fish.\n"
    assert changed(source, "draft.md", "six", "ten") == source.replace(b"six", b"ten")


def test_words_that_would_be_something_else_are_refused() -> None:
    with pytest.raises(SosLintError, match="without changing others"):
        changed(b"He left.\n\nBye.\n", "draft.md", "He left.", "# He left.")


def test_a_sign_that_the_file_cannot_hold_is_refused() -> None:
    with pytest.raises(SosLintError, match="lacks a sign"):
        changed("Zoë left.".encode("cp1252"), "draft.txt", "left", "left → home")


def test_word_files_keep_their_formatting() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("There is ")
    paragraph.add_run("neglect").bold = True
    paragraph.add_run(" at home. Bye.")
    file = BytesIO()
    document.save(file)
    data = changed(file.getvalue(), "draft.docx", "at home.", "at home. Odette had no tea.")
    (after,) = docx.Document(BytesIO(data)).paragraphs
    assert after.text == "There is neglect at home. Odette had no tea. Bye."
    assert [(run.text, run.bold) for run in after.runs if run.bold] == [("neglect", True)]
    assert read_bytes(data, "draft.docx").text == after.text
