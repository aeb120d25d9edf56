"""Plain text: bytes to characters, lines to blocks, and files that cannot be read."""

from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest

from sos_lint.document import BlockKind, Document
from sos_lint.errors import UnreadableFile
from sos_lint.limits import Limits, held
from sos_lint.readers import read, read_bytes, shown
from sos_lint.readers.from_text import read_text
from sos_lint.readers.shape import is_label, is_question, looks_like_heading

LONG = "Tom came to school on Monday with a bruise on the left side of his"  # 67 characters
WIDE = "Tom is six. " + "He lives with his mum and his nana in a flat over the shop. " * 2


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.at.of(document.text)) for block in document.blocks]


def words(*texts: str) -> list[tuple[str, str]]:
    return [("paragraph", text) for text in texts]


SHAPES = {
    "blank lines part paragraphs": ("Tom is six.\n\nHe is well.", words("Tom is six.", "He is well.")),
    "carriage returns": ("Tom is six.\r\rHe is well.", words("Tom is six.", "He is well.")),
    "mixed line ends": ("Tom is six.\r\n \nHe is well.\r", words("Tom is six.", "He is well.")),
    "a small letter goes on": ("Tom is\nsix.", words("Tom is six.")),
    "a sentence ends and another follows": ("Mum hits Tom.\nHe hides.", words("Mum hits Tom. He hides.")),
    "a full line goes on": (f"{LONG}\nNana's old house.", words(f"{LONG} Nana's old house.")),
    "a short line without an end": ("Tom Smith\n5 High Street", words("Tom Smith", "5 High Street")),
    "a comma goes on": ("5 High Street,\nRedcar", words("5 High Street, Redcar")),
    "labels with values": (
        "Name of child: Tom\nDate: 4 May",
        words("Name of child: Tom", "Date: 4 May"),
    ),
    "a label after a sentence": ("Tom is six.\nSchool: St Hild's", words("Tom is six.", "School: St Hild's")),
    "speech is no label": ("Tom cried.\nMum said: “Go.”", words("Tom cried. Mum said: “Go.”")),
    "lines too wide to be wrapped": (
        f"{WIDE}\nAnn is ten.\nShe is well.",
        words(WIDE.strip(), "Ann is ten. She is well."),
    ),
    "a label alone over its words": (
        "Danger statement:\nMum hits Tom.",
        [("form label", "Danger statement:"), ("paragraph", "Mum hits Tom.")],
    ),
    "a question over its words": (
        "What's working well?\nNana helps.",
        [("form label", "What's working well?"), ("paragraph", "Nana helps.")],
    ),
    "lists": (
        "Worries:\n- aa\n* bb\n• cc\n– dd\no\tee\n1. ff\n2) gg\n(c) hh\n☐ ii\n- [x] jj\niv. kk",
        [
            ("heading", "Worries:"),
            *(("tick box" if letter in "ij" else "list item", letter * 2) for letter in "abcdefghijk"),
        ],
    ),
    "an item goes on": ("- Tom is\n  late.\n- Ann", [("list item", "Tom is late."), ("list item", "Ann")]),
    "no list in mid-sentence": (f"{LONG}\n11. May was wet.", words(f"{LONG} 11. May was wet.")),
    "no list of initials": ("A. Smith came.\nJ. Jones left.", words("A. Smith came. J. Jones left.")),
    "quotation": ("> I hide.\n> Mum shouts.", [("quotation", "I hide. Mum shouts.")]),
    "headings by marks": (
        "# One\nTom is six.\n\nTwo\n---\nAnn is ten.",
        [("heading", "One"), ("paragraph", "Tom is six."), ("heading", "Two"), ("paragraph", "Ann is ten.")],
    ),
    "drawn lines say nothing": ("Tom is six.\n_____\nAnn is ten.", words("Tom is six.", "Ann is ten.")),
    "white space": ("Tom\u00a0 is\t\tsix.\u2003", words("Tom is six.")),
    "invisible characters": ("neg\u00adlect\u200b, \ufeffsix", words("neglect, six")),
    "links": (
        "See [our guide](https://x.org/a).\nAsk [Tom](aged 6).",
        words("See our guide. Ask [Tom](aged 6)."),
    ),
}


@pytest.mark.parametrize(("source", "expected"), SHAPES.values(), ids=SHAPES)
def test_shapes(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(read_text(source, "a.txt")) == expected


HEADINGS = [
    "What are we worried about?",
    "What's working well",
    "Danger statement:",
    "Neglect",
    "Neglect in the home",
    "Your Questions Answered",
    "1.2 Family history",
]
NOT_HEADINGS = [
    "Mum is neglectful.",
    "Mum is neglectful",
    "Mum refused the visit",
    "He hits her",
    "and so on",
    "Tom came late; Ann did not",
    "Mum said:",
    "Is it? Yes.",
    "5 High Street,",
    "The list of all the things that the family would like help with",
]


@pytest.mark.parametrize("line", HEADINGS)
def test_a_short_line_before_others_is_a_heading(line: str) -> None:
    assert read_text(f"{line}\n\nTom is six.", "a").blocks[0].kind is BlockKind.HEADING
    assert read_text(line, "a").blocks[0].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize("line", NOT_HEADINGS)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert not looks_like_heading(line)


def test_labels_and_questions() -> None:
    assert is_label("Name of child:")
    assert not is_label("Mum came in. She was upset:")
    assert is_question("What needs to happen?")
    assert not is_question("Tom, what needs to happen?")


def test_places_are_of_the_file() -> None:
    source = "# One\r\n\r\n- Tom\u00a0 is\r\n  s\u00adix."
    document = read_text(source, "a.txt")
    assert document.source == source
    at = document.text.index("Tom")
    assert document.place(document.blocks[1].at).of(source) == "Tom\u00a0 is\r\n  s\u00adix."
    assert document.lines().position(document.source_map.to_source(document.blocks[1].at).start).column == 3
    assert document.text[at:] == "Tom is six."


DECODED = {
    "UTF-8": ("Mum’s “CIN”", "utf-8", b""),
    "UTF-8, marked": ("Mum’s", "utf-8", codecs.BOM_UTF8),
    "UTF-16 LE": ("Mum’s", "utf-16-le", codecs.BOM_UTF16_LE),
    "UTF-16 BE": ("Mum’s", "utf-16-be", codecs.BOM_UTF16_BE),
    "UTF-32": ("Mum’s", "utf-32-le", codecs.BOM_UTF32_LE),
    "UTF-16 without a mark": ("Mum went home on Monday", "utf-16-le", b""),
    "UTF-16 BE without a mark": ("Mum went home on Monday’s bus", "utf-16-be", b""),
    "Windows": ("Mum’s “plan” – £5", "cp1252", b""),
    "Macintosh": ("Mum’s “CIN” plan and the boys’ school", "mac_roman", b""),
    "Windows, short": ("It’s café", "cp1252", b""),
}


@pytest.mark.parametrize(("text", "encoding", "mark"), DECODED.values(), ids=DECODED)
def test_encodings(text: str, encoding: str, mark: bytes) -> None:
    document = read_bytes(mark + text.encode(encoding), "a.txt")
    assert document.source == text


UNREADABLE = {
    "empty": (b"", "a.txt", "is empty"),
    "white space": (b" \r\n\t", "a.md", "is empty"),
    "only a mark": (codecs.BOM_UTF16_LE, "a.txt", "is empty"),
    "binary": (bytes(range(256)) * 8, "a.txt", "is not text"),
    "a zero byte": (b"Tom is\0six and more", "a.txt", "is not text"),
    "damaged UTF-8": (codecs.BOM_UTF8 + b"\xff\xfe\xfa", "a.txt", "is damaged"),
    "damaged UTF-16": (codecs.BOM_UTF16_LE + b"a\0\0", "a.txt", "is damaged"),
    "old Word": (b"\xd0\xcf\x11\xe0", "a.doc", "old Word file"),
    "unknown": (b"x", "a.png", ".png cannot be read"),
    "locked": (b"\xd0\xcf\x11\xe0", "a.docx", "locked with a password"),
}


@pytest.mark.parametrize(("data", "name", "sentence"), UNREADABLE.values(), ids=UNREADABLE)
def test_unreadable_bytes(data: bytes, name: str, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, name)
    assert sentence in caught.value.sentence
    assert caught.value.hint
    assert caught.value.place == name


def test_the_kind_may_be_given() -> None:
    assert blocks(read_bytes(b"**Tom** is six.", "-")) == words("**Tom** is six.")
    assert blocks(read_bytes(b"**Tom** is six.", "-", ".md")) == words("Tom is six.")


def test_unreadable_paths(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "round.txt").symlink_to("round.txt")
    (tmp_path / "folder.txt").mkdir()
    for name in ("gone.txt", "pipe.txt", "round.txt", "folder.txt", "x" * 400, "nul\0.txt"):
        with pytest.raises(UnreadableFile) as caught:
            read(tmp_path / name, name)
        assert caught.value.hint


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user whom permissions bind")
def test_no_permission(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Tom")
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="may not read"):
        read(path, "a.txt")


def test_a_file_may_be_too_big(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    data = b"Tom is six.\n" * 100_000
    path.write_bytes(data)
    assert read(path, "a.txt").blocks
    with held(Limits(size=1)):
        with pytest.raises(UnreadableFile, match="over 1 MB"):
            read(path, "a.txt")
        with pytest.raises(UnreadableFile, match="over 1 MB"):
            read_bytes(data, "-")


def test_names_are_shown_safely() -> None:
    assert shown("a/b.txt") == "a/b.txt"
    assert shown("na\u00efve 😀.txt") == "na\u00efve 😀.txt"
    assert shown("a\udcff\x1b\u202e.txt") == "a\\xff\\x1b\\u202e.txt"
