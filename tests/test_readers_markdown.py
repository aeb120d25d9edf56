"""Markdown: what is prose, what each block is, and exact places in the file."""

from __future__ import annotations

import pytest

from sos_lint.document import BlockKind, Cell, Document, MarkKind
from sos_lint.readers.from_markdown import read_text


def blocks(document: Document) -> list[tuple[str, str]]:
    return [(block.kind.value, block.at.of(document.text)) for block in document.blocks]


def prose(source: str) -> list[str]:
    return [text for _, text in blocks(read_text(source, "a.md"))]


PROSE = {
    "emphasis": ("Tom *is* **so __very__** late_d_.", "Tom is so very late_d_."),
    "emphasis in a word": ("un*sup*ervised", "unsupervised"),
    "struck out": ("~~a~~b ~~~c~~", "ab ~c"),
    "escapes": (r"4 \* 5 \a \\ \[x\]", r"4 * 5 \a \ [x]"),
    "entities": ("a &amp; b&nbsp;c &#x27;d&apos; s&shy;ix &bogus;", "a & b c 'd' six &bogus;"),
    "code": ("Run `CIN` now, ``a`b``.", "Run now, ."),
    "lone backticks": ("a `b ``c", "a `b ``c"),
    "links": ("See [the *plan*](x.md 'CIN') and [ref][r].\n\n[r]: http://x", "See the plan and ref ."),
    "no link": ("[Tom] (six)", "[Tom] (six)"),
    "addresses": ("At <http://x.org/a_b_> or <a@b.org>.", "At <http://x.org/a_b_> or <a@b.org>."),
    "images": ("Tom ![CIN](a.png) here", "Tom here"),
    "inline HTML": ("a<!-- CIN -->b <b>c</b> <i class='CIN'>d</i>", "ab c d"),
    "breaks": ("Tom  \nis\\\nlate<br>now", "Tom is late now"),
    "footnote marks": ("Tom[^1] is six.\n\n[^1]:", "Tom is six."),
    "exotic space": ("\u2003Tom\u00a0is\u200b six.", "Tom is six."),
}


@pytest.mark.parametrize(("source", "expected"), PROSE.values(), ids=PROSE)
def test_prose(source: str, expected: str) -> None:
    document = read_text(source, "a.md")
    assert document.text == expected.replace("ref .", "ref.")


NOT_PROSE = {
    "front matter": "---\ntitle: CIN\n---\n",
    "fence": "```\nCIN\n```\n",
    "open fence": "~~~ CIN\nCIN",
    "indented code": "    CIN\n",
    "HTML block": "<div>\nCIN\n</div>\n",
    "comment": "<!-- CIN\n\nCIN -->\n",
    "reference": "[CIN]: http://cin.org 'CIN'\n",
    "rule": "***\n",
    "abbreviation": "*[CIN]: Child in Need\n",
}


@pytest.mark.parametrize("source", NOT_PROSE.values(), ids=NOT_PROSE)
def test_not_prose(source: str) -> None:
    assert prose(source) == []
    assert prose(f"{source}\nTom is six.")[-1:] in ([], ["Tom is six."])


KINDS = {
    "headings": (
        "# One #\nTwo *it*\n===\n###### Six\nTom is six.",
        [("heading", "One"), ("heading", "Two it"), ("heading", "Six"), ("paragraph", "Tom is six.")],
    ),
    "headings by shape": (
        "Danger statement:\n\nTom is six.",
        [("heading", "Danger statement:"), ("paragraph", "Tom is six.")],
    ),
    "quotation": (
        "> I hide.\n> Mum shouts.\nA lot.\n>\n> - so\n\nTom is six.",
        [
            ("quotation", "I hide. Mum shouts. A lot."),
            ("quotation", "so"),
            ("paragraph", "Tom is six."),
        ],
    ),
    "lists": (
        "- one\n  - two\n\n    Tom is six.\n- [ ] three\n\n7) four\n8) five",
        [
            ("list item", "one"),
            ("list item", "two"),
            ("paragraph", "Tom is six."),
            ("tick box", "three"),
            ("list item", "four"),
            ("list item", "five"),
        ],
    ),
    "list marks that Markdown does not know": (
        "Tom needs:\n• one\na) two",
        [("heading", "Tom needs:"), ("list item", "one"), ("list item", "two")],
    ),
    "lines": (
        "Name: Tom\nDate: 4 May\n",
        [("paragraph", "Name: Tom"), ("paragraph", "Date: 4 May")],
    ),
    "footnotes": (
        "Tom[^a] is six.\n\n[^a]: He lives\n    with Nana.\n\nAnn is ten.",
        [("paragraph", "Tom is six."), ("paragraph", "He lives with Nana."), ("paragraph", "Ann is ten.")],
    ),
}


@pytest.mark.parametrize(("source", "expected"), KINDS.values(), ids=KINDS)
def test_kinds(source: str, expected: list[tuple[str, str]]) -> None:
    assert blocks(read_text(source, "a.md")) == expected


def test_levels() -> None:
    document = read_text("## Two\n\n- one\n  1. two\n", "a.md")
    assert [block.level for block in document.blocks] == [2, 1, 2]


def test_tables() -> None:
    source = (
        "| What are we worried about? | Notes |\n|:--|--:|\n"
        "| Name: | a \\| *b* |\n| `x` | <br>Tom is six. |\n| only |\n\nx | y\n-|-\n1 | 2 | 3\n"
    )
    document = read_text(source, "a.md")
    assert [(b.kind, b.cell, b.at.of(document.text)) for b in document.blocks] == [
        (BlockKind.FORM_LABEL, Cell(1, 1, 1), "What are we worried about?"),
        (BlockKind.FORM_LABEL, Cell(1, 1, 2), "Notes"),
        (BlockKind.FORM_LABEL, Cell(1, 2, 1), "Name:"),
        (BlockKind.TABLE_CELL, Cell(1, 2, 2), "a | b"),
        (BlockKind.TABLE_CELL, Cell(1, 3, 2), "Tom is six."),
        (BlockKind.TABLE_CELL, Cell(1, 4, 1), "only"),
        (BlockKind.TABLE_CELL, Cell(2, 1, 1), "x"),
        (BlockKind.TABLE_CELL, Cell(2, 1, 2), "y"),
        (BlockKind.TABLE_CELL, Cell(2, 2, 1), "1"),
        (BlockKind.TABLE_CELL, Cell(2, 2, 2), "2"),
    ]


MARKS = {
    "link": ("See [the *plan* ](x.md).", [("link", "the plan", "x.md", "the plan")]),
    "address": ("At <http://x.org>.", [("link", "http://x.org", "http://x.org", "http://x.org")]),
    "title": (
        'The <abbr title="Child in Need">CIN</abbr> plan.',
        [("abbreviation", "CIN", "Child in Need", "CIN")],
    ),
    "definition": (
        "CIN plan.\n*[CIN]: Child in Need\n\nMore.",
        [("abbreviation", "CIN", "Child in Need", "")],
    ),
}


@pytest.mark.parametrize(("source", "expected"), MARKS.values(), ids=MARKS)
def test_marks(source: str, expected: list[tuple[str, str, str, str]]) -> None:
    document = read_text(source, "a.md")
    found = [(m.kind.value, m.term, m.value, m.at.of(document.text)) for m in document.marks]
    assert found == expected


def test_a_definition_takes_effect_where_it_stands() -> None:
    document = read_text("CIN plan.\n\n*[CIN]: Child in Need\n\nMore.", "a.md")
    (mark,) = document.marks
    assert (mark.kind, mark.at.start) == (MarkKind.ABBREVIATION, len("CIN plan."))


PLACES = {
    "after emphasis": "# *One* **MARK**",
    "in a quotation in a list": "- a\n  > b\n  > c *d* MARK",
    "after a tab": "-\tTom\n\n\tMARK is",
    "in a lazy line": "> Tom is\nMARK",
    "with carriage returns": "a\r\n\r\nb\r\nc &amp; MARK\r\n",
    "with old line ends": "a\r\rb\rc \\* MARK\r",
    "in a cell": "| a | b |\r\n|--|--|\r\n| x \\| `y` | \\| MARK |\r\n",
    "in a quoted cell": "> | a |\n> |--|\n> | MARK |",
    "in a link": "[a\n*b* MARK](<x y> 'MARX')",
    "in a footnote": "a[^x]\n\n[^x]: b\n\n    c MARK",
    "after a zero": "a\0b MARK",
    "after the sky": "😀 *😀* MARK",
}


@pytest.mark.parametrize("source", PLACES.values(), ids=PLACES)
def test_places(source: str) -> None:
    document = read_text(source, "a.md")
    at = document.text.index("MARK")
    block = document.block_at(at)
    place = document.place(type(block.at)(at, at + 4))
    assert (place.start, place.of(source)) == (source.index("MARK"), "MARK")
