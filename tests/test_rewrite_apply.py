"""Edits in the bytes of a file: which are made, what stays as it is, and what is refused."""

from __future__ import annotations

import codecs

import pytest

from sos_lint.errors import SosLintError
from sos_lint.finding import Edit
from sos_lint.kinds import Safety
from sos_lint.readers import read_bytes
from sos_lint.rewrite.apply import applied, chosen, edited
from sos_lint.text import Range


def edit(start: int, end: int, words: str = "x", safety: Safety = Safety.SAFE) -> Edit:
    return Edit(Range(start, end), words, safety, Range(start, end))


CHOICES = {
    "in order": ([edit(5, 6), edit(0, 1)], [edit(0, 1), edit(5, 6)]),
    "those that touch": ([edit(0, 2), edit(2, 4)], [edit(0, 2), edit(2, 4)]),
    "the first of two that overlap": ([edit(2, 4), edit(0, 3)], [edit(0, 3)]),
    "the longer": ([edit(0, 3), edit(0, 9)], [edit(0, 9)]),
    "the safer": ([edit(0, 3, "a", Safety.REVIEW), edit(0, 3, "z")], [edit(0, 3, "z")]),
    "one of two alike": ([edit(0, 3), edit(0, 3)], [edit(0, 3)]),
    "one that is put in before another": ([edit(3, 5), edit(3, 3)], [edit(3, 5)]),
    "one that is put in once": ([edit(3, 3), edit(3, 3)], [edit(3, 3)]),
    "one that no longer overlaps": ([edit(0, 3), edit(2, 6), edit(5, 8)], [edit(0, 3), edit(5, 8)]),
    "none": ([], []),
}


@pytest.mark.parametrize(("edits", "kept"), CHOICES.values(), ids=CHOICES)
def test_chosen(edits: list[Edit], kept: list[Edit]) -> None:
    assert list(chosen(edits)) == kept


@pytest.mark.parametrize("words", ["a\nb", "a\r\nb", "a\r", "a\n", "a\u2028b"])
def test_an_edit_stays_in_its_block(words: str) -> None:
    with pytest.raises(ValueError, match="one block"):
        edit(0, 1, words)


def change(data: bytes, name: str, old: str, new: str) -> bytes:
    """The bytes with each `old` in the document's text made `new`, read again to see that it is so."""
    document = read_bytes(data, name)
    at, edits = document.text.find(old), []
    while at >= 0:
        here = Range(at, at + len(old))
        edits.append(Edit(here, new, Safety.SAFE, document.place(here)))
        at = document.text.find(old, here.end)
    assert edits
    result = applied(data, document, edits)
    assert read_bytes(result, name).text == edited(document.text, edits)
    return result


MAC = "Tom’s café".encode("mac_roman")
FILES = {
    "plain": (b"Tom has a CIN plan.", "a.txt", b"Tom has a child in need plan."),
    "final line break": (b"a CIN plan.\n", "a.txt", b"a child in need plan.\n"),
    "blank lines at the end": (b"a CIN plan.\n\n\n", "a.txt", b"a child in need plan.\n\n\n"),
    "Windows line ends": (b"One.\r\n\r\nCIN\r\n", "a.txt", b"One.\r\n\r\nchild in need\r\n"),
    "old Mac line ends": (b"One.\r\rCIN\r", "a.txt", b"One.\r\rchild in need\r"),
    "mixed line ends": (b"One.\r\n\nCIN\rTwo.\n", "a.txt", b"One.\r\n\nchild in need\rTwo.\n"),
    "odd spaces": (b"  One\t CIN \xc2\xa0two  ", "a.txt", b"  One\t child in need \xc2\xa0two  "),
    "twice": (b"CIN, CIN", "a.txt", b"child in need, child in need"),
    "no ending": (b"CIN", "a", b"child in need"),
    "Markdown": (b"# A **CIN** plan\n\n- CIN\n", "a.md", b"# A **child in need** plan\n\n- child in need\n"),
    "a link": (b"[CIN plan](https://CIN.org)", "a.md", b"[child in need plan](https://CIN.org)"),
    "a table": (b"|a|b|\n|-|-|\n|CIN|x|\n", "a.md", b"|a|b|\n|-|-|\n|child in need|x|\n"),
    "what no reader sees": (b"One <!-- CIN --> CIN", "a.md", b"One <!-- CIN --> child in need"),
}


@pytest.mark.parametrize(("data", "name", "after"), FILES.values(), ids=FILES)
def test_all_else_stays_as_it_is(data: bytes, name: str, after: bytes) -> None:
    assert change(data, name, "CIN", "child in need") == after


MARKED = {
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
}
UNMARKED = ["utf-8", "utf-16-le", "utf-16-be", "cp1252", "mac_roman", "cp850"]
ENCODED = [(mark, encoding) for encoding, mark in MARKED.items()] + [(b"", encoding) for encoding in UNMARKED]


@pytest.mark.parametrize(("mark", "encoding"), ENCODED)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_the_encoding_and_its_mark_are_kept(mark: bytes, encoding: str, name: str) -> None:
    text = (
        "Zoë’s mum has a CIN plan.\r\n\r\nThe café on St Élise’s street was shut; naïve “Renée” was late.\r\n"
    )
    if encoding == "cp850":
        text = text.translate({ord("’"): "'", ord("“"): '"', ord("”"): '"'})
    data = mark + text.encode(encoding)
    expected = mark + text.replace("CIN", "child in need").encode(encoding)
    assert change(data, name, "CIN", "child in need") == expected


def refused(data: bytes, name: str, old: str, new: str) -> SosLintError:
    with pytest.raises(SosLintError) as fault:
        change(data, name, old, new)
    assert fault.value.hint
    assert new not in str(fault.value)
    return fault.value


@pytest.mark.parametrize(("encoding", "called"), [("cp1252", "Windows-1252"), ("mac_roman", "Mac OS Roman")])
def test_a_sign_that_the_encoding_lacks_is_refused(encoding: str, called: str) -> None:
    data = "Renée’s café, CIN".encode(encoding)
    assert called in refused(data, "a.txt", "CIN", "dziecko w potrzebie: łza").sentence


MARKUP = {
    "stars": ("**kind**", rb"\*\*kind\*\*"),
    "a link": ("[Tom](a.b)", rb"\[Tom\](a.b)"),
    "a tag": ("<b>", rb"\<b\>"),
    "an entity": ("&amp;", rb"\&amp;"),
    "code": ("`x`", rb"\`x\`"),
}


@pytest.mark.parametrize(("new", "written"), MARKUP.values(), ids=MARKUP)
def test_signs_of_markup_are_put_in_as_words(new: str, written: bytes) -> None:
    assert change(b"Tom: CIN.", "a.md", "CIN", new) == b"Tom: " + written + b"."


def test_a_bar_in_a_table_stays_in_its_cell() -> None:
    assert change(b"|a|b|\n|-|-|\n|CIN|x|\n", "a.md", "CIN", "y|z") == b"|a|b|\n|-|-|\n|y\\|z|x|\n"


def test_plain_signs_stay_plain() -> None:
    assert change(b"Tom: CIN.", "a.md", "CIN", "3 * 4 [who], (CIN) a_b") == b"Tom: 3 * 4 [who], (CIN) a_b."
    assert change(b"Tom: CIN.", "a.txt", "CIN", "**[x]**") == b"Tom: **[x]**."


REFUSED = {
    "the number of an item": (b"CIN plan", "a.md", "CIN", "1."),
    "no words left": (b"CIN", "a.txt", "CIN", ""),
    "signs that cannot be seen": (b"CIN", "a.txt", "CIN", "a\u200bb"),
}


@pytest.mark.parametrize(("data", "name", "old", "new"), REFUSED.values(), ids=REFUSED)
def test_what_would_change_more_than_words_is_refused(data: bytes, name: str, old: str, new: str) -> None:
    with pytest.raises(SosLintError, match="without changing others"):
        change(data, name, old, new)


def test_without_edits_the_bytes_are_the_same() -> None:
    data = "Renée".encode("mac_roman")
    assert applied(data, read_bytes(data, "a.txt"), []) is data
