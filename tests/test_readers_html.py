"""Web pages: what is seen of them, as blocks, with places in the source."""

from __future__ import annotations

import pytest

from sos_lint.document import BlockKind, Cell, Mark, MarkKind
from sos_lint.errors import UnreadableFile
from sos_lint.readers import read_bytes
from sos_lint.readers.from_html import read_text
from sos_lint.text import Range

P, H, L, F = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.FORM_LABEL
C, Q, T = BlockKind.TABLE_CELL, BlockKind.QUOTATION, BlockKind.TICK_BOX

View = list[tuple[BlockKind, str]]

BLOCKS: dict[str, tuple[str, View]] = {
    "a page": ("<!doctype html><html><body><p>Tom is six.</p></body></html>", [(P, "Tom is six.")]),
    "bare words": ("Tom is six.", [(P, "Tom is six.")]),
    "paragraphs that are not closed": ("<p>Tom is six.<p>He hides.", [(P, "Tom is six."), (P, "He hides.")]),
    "a heading": ("<h2>Worries</h2><p>He hides.", [(H, "Worries"), (P, "He hides.")]),
    "a division ends a paragraph": (
        "He hides.<div>Mum shouts.</div>",
        [(P, "He hides."), (P, "Mum shouts.")],
    ),
    "lines": ("<p>Name: Tom<br>Age: six</p>", [(P, "Name: Tom"), (P, "Age: six")]),
    "white space": ("<p>\n  Tom\r\n\tis   six.\n</p>", [(P, "Tom is six.")]),
    "words as they stand": ("<pre>Name: Tom\nAge: six</pre>", [(P, "Name: Tom"), (P, "Age: six")]),
    "lists": (
        "<ul><li>one<ol><li>deep</ol><li><p>two<p>and more</ul>",
        [(L, "one"), (L, "deep"), (L, "two"), (P, "and more")],
    ),
    "terms": ("<dl><dt>What next?<dd>Nana comes.</dl>", [(H, "What next?"), (P, "Nana comes.")]),
    "a quotation": (
        "<blockquote><p>I hide.<p>Mum shouts.</blockquote>",
        [(Q, "I hide."), (Q, "Mum shouts.")],
    ),
    "quotation marks": ("<p>She said <q>go</q>.", [(P, "She said “go”.")]),
    "a table": (
        "<table><tr><th>Name<th>Age<tr><td>Tom<td>He is six.</table>",
        [(F, "Name"), (F, "Age"), (F, "Tom"), (C, "He is six.")],
    ),
    "a table in a table": (
        "<table><tr><td>He hides.<table><tr><td>Mum shouts.</table>Nana comes.<td>End.</table>",
        [(C, "He hides."), (C, "Mum shouts."), (C, "Nana comes."), (C, "End.")],
    ),
    "rows in cells that are not closed": (
        "<table><td>He hides.<tr><td>Mum shouts.<tr>End.<tbody><td>Nana comes.</table>",
        [(C, "He hides."), (C, "Mum shouts."), (P, "End."), (C, "Nana comes.")],
    ),
    "a table that lays out the page": (
        "<table role=presentation><tr><td><h1>Plan</h1><p>He hides.</table>",
        [(H, "Plan"), (P, "He hides.")],
    ),
    "words between cells": (
        "<table><tr><td>He hides.</td>Mum shouts.<td>End.</table>",
        [(C, "He hides."), (P, "Mum shouts."), (C, "End.")],
    ),
    "boxes to tick": (
        "<ul><li><input type=checkbox> one<li><input type=checkbox checked>two</ul>"
        "<input type=checkbox> three",
        [(T, "one"), (T, "two"), (T, "three")],
    ),
    "character references": ("<p>Tom &amp; Ann&#39;s &pound;5&nbsp;note", [(P, "Tom & Ann's £5 note")]),
    "inside a word": ("<p>ne<b>gl</b>ect", [(P, "neglect")]),
    "what is crossed": (
        "<p><b>Tom <i>is</b> six</i>. <u>Now</p><p>he</u> hides.",
        [(P, "Tom is six. Now"), (P, "he hides.")],
    ),
    "a link": ("<p>See <a href='#x'>our page</a>.", [(P, "See our page.")]),
    "an end without a beginning": ("</div><p>Tom</b> is</td> six.</p></p>", [(P, "Tom is six.")]),
    "a picture parts words": ("<p>Tom<img src=a.png alt=house>hides.", [(P, "Tom hides.")]),
    "code is no prose": ("<p>Set <code>neglect</code> off.", [(P, "Set off.")]),
    "the sign of a footnote": ("<p>Tom hides<sup><a href='#n1'>1</a></sup>.", [(P, "Tom hides.")]),
    "a less-than sign": ("<p>He is < 6 & well.", [(P, "He is < 6 & well.")]),
    "line ends of Windows": ("<p>Tom\r\nis</p>\r\n<p>six.</p>", [(P, "Tom is"), (P, "six.")]),
}


@pytest.mark.parametrize(("source", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(source: str, expected: View) -> None:
    document = read_text(source, "a.html")
    assert [(block.kind, block.at.of(document.text)) for block in document.blocks] == expected


HIDDEN_AND_NOT_CLOSED = {
    "a paragraph": ("<p hidden>neglect<p>seen", "seen"),
    "an item": ("<ul><li hidden>neglect<li>seen</ul>", "seen"),
    "a deletion": ("<p>seen <del>neglect<p>too", "seen too"),
    "a cell": ("<table><tr><td hidden>neglect<td>seen</table>", "seen"),
}


@pytest.mark.parametrize(("source", "seen"), HIDDEN_AND_NOT_CLOSED.values(), ids=HIDDEN_AND_NOT_CLOSED)
def test_what_ends_by_itself_hides_no_more_than_itself(source: str, seen: str) -> None:
    assert read_text(source, "a.html").text.split() == seen.split()


UNSEEN = {
    "the head": "<head><title>neglect</title></head>",
    "a style sheet": "<style>neglect</style>",
    "a program": "<script>if (a < b) neglect()</script>",
    "a comment": "<!-- neglect -->",
    "a comment for Word": "<!--[if gte mso 9]><xml>neglect</xml><![endif]-->",
    "hidden": "<div hidden><p>neglect</div>",
    "not displayed": "<span style='color:red; DISPLAY : none'>neglect<b>s</b></span>",
    "not visible": "<p style='visibility:hidden'>neglect</p>",
    "a template": "<template><p>neglect</template>",
    "without programs": "<noscript>neglect</noscript>",
    "deleted": "<del>neglect</del>",
    "a choice": "<select><option>neglect<option>b</select>",
    "a picture": "<svg><text>neglect</text></svg>",
    "an attribute": "<p title=neglect data-x='<p>neglect</p>'></p>",
    "hidden, with a table that is not closed": "<div hidden><table><tr><td>neglect</div></table></div>",
}


@pytest.mark.parametrize("unseen", UNSEEN.values(), ids=UNSEEN)
def test_what_is_not_seen_is_left_out(unseen: str) -> None:
    document = read_text(f"<p>Tom is {unseen} six.</p>", "a.html")
    assert "neglect" not in document.text
    assert document.text.split() == ["Tom", "is", "six."]


def test_places_are_of_the_source() -> None:
    source = "<p>Tom &amp; <b>Ann</b>\r\n <i>hide</i>.</p>"
    document = read_text(source, "a.html")
    at = Range(document.text.index("hide"), document.text.index("hide") + 4)
    assert document.place(at).of(source) == "hide"
    assert document.source_map.is_verbatim(at)
    whole = document.blocks[0].at
    assert document.place(whole).of(source) == "Tom &amp; <b>Ann</b>\r\n <i>hide</i>."
    assert not document.source_map.is_verbatim(whole)


def test_cells_know_their_columns() -> None:
    source = "<table><tr><td rowspan=2>a<td colspan=2>b<td>c<tr><td>d<td>e</table><table><td>f</table>"
    cells = [block.cell for block in read_text(source, "a.html").blocks]
    expected = [(1, 1, 1), (1, 1, 2), (1, 1, 4), (1, 2, 2), (1, 2, 3), (2, 1, 1)]
    assert cells == [Cell(*numbers) for numbers in expected]


def test_cells_reach_down_in_as_many_columns_as_browsers_have() -> None:
    """With no end to them, a table of 100 KB took minutes: each row had a thousand more to pass by."""
    wide = "<td colspan=1000 rowspan=9>"
    cells = [block.cell for block in read_text(f"<table><tr>{wide}a{wide}b<tr><td>c", "a.html").blocks]
    assert cells == [Cell(1, 1, 1), Cell(1, 1, 1001), Cell(1, 2, 1001)]


def test_marks() -> None:
    document = read_text('<p>A <abbr title="Child in Need">CIN</abbr> <a href="x.html">plan</a>', "a.html")
    assert document.marks == (
        Mark(Range(2, 5), MarkKind.ABBREVIATION, "CIN", "Child in Need"),
        Mark(Range(6, 10), MarkKind.LINK, "plan", "x.html"),
    )


@pytest.mark.parametrize("source", ["<p></p>", "<script>neglect()</script>", "<img src=a.png>"])
def test_a_page_without_words(source: str) -> None:
    with pytest.raises(UnreadableFile, match="shows no words"):
        read_bytes(source.encode(), "a.htm")


@pytest.mark.parametrize(
    "tag", ["<div>", "<b>", "<table><tr><td>", "<ul><li>", "</p>", "<p><b><i>", "&", "<!--"]
)
def test_a_page_nested_without_end_is_read(tag: str) -> None:
    document = read_text(f"<p>Tom is six.{tag * 20_000}", "a.html")
    assert document.text.startswith("Tom is six.")
