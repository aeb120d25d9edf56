"""OpenDocument texts: what the reader of the page sees, in that order."""

from __future__ import annotations

import pytest
from odt_files import MIME, flat, odt_file

from sos_lint.document import BlockKind, Cell, MarkKind
from sos_lint.errors import UnreadableFile
from sos_lint.readers import read_bytes

P, H, L, F = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.FORM_LABEL
C, Q = BlockKind.TABLE_CELL, BlockKind.QUOTATION
SIX = "<text:p>Tom is six.</text:p>"

View = list[tuple[BlockKind, str, str]]


def style(name: str, family: str = "paragraph", inside: str = "", more: str = "") -> str:
    return f'<style:style style:name="{name}" style:family="{family}" {more}>{inside}</style:style>'


def cell(words: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{words}</text:p></table:table-cell>"


def table(*rows: str) -> str:
    return (
        f"<table:table>{''.join(f'<table:table-row>{row}</table:table-row>' for row in rows)}</table:table>"
    )


def note(kind: str, words: str) -> str:
    return (
        f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
        f"<text:note-body><text:p>{words}</text:p></text:note-body></text:note>"
    )


HIDDEN = style("Hide", "text", '<style:text-properties text:display="none"/>')
BOX = f"<draw:frame><draw:text-box>{SIX}</draw:text-box></draw:frame>"

BLOCKS: dict[str, tuple[str, View]] = {
    "a heading": (
        '<text:h text:outline-level="2">Worries</text:h>' + SIX,
        [(H, "paragraph 1", "Worries"), (P, "paragraph 2", "Tom is six.")],
    ),
    "a title": (
        '<text:p text:style-name="P1">Plan</text:p>' + SIX,
        [(H, "paragraph 1", "Plan"), (P, "paragraph 2", "Tom is six.")],
    ),
    "a title in a style that is not told of": (
        '<text:p text:style-name="Title">Plan for him.</text:p>',
        [(H, "paragraph 1", "Plan for him.")],
    ),
    "a quotation": ('<text:p text:style-name="Said">I hide.</text:p>', [(Q, "paragraph 1", "I hide.")]),
    "white space": (
        "<text:p> Tom\n  <text:span>is</text:span><text:s text:c='3'/>six<text:tab/>now </text:p>",
        [(P, "paragraph 1", "Tom is six now")],
    ),
    "lines": (
        "<text:p>Name: Tom<text:line-break/>Age: six</text:p>",
        [(P, "paragraph 1", "Name: Tom"), (P, "paragraph 1", "Age: six")],
    ),
    "inside a word": ("<text:p>ne<text:span>gl</text:span>ect</text:p>", [(P, "paragraph 1", "neglect")]),
    "lists": (
        f"<text:list><text:list-item>{SIX}<text:p>So.</text:p><text:list><text:list-item>{SIX}</text:list-item>"
        "</text:list></text:list-item><text:list-header><text:p>End.</text:p></text:list-header></text:list>",
        [(L, "paragraph 1", "Tom is six."), (P, "paragraph 2", "So."), (L, "paragraph 3", "Tom is six."),
         (P, "paragraph 4", "End.")],
    ),
    "a list without marks": (
        f'<text:list text:style-name="Bare"><text:list-item>{SIX}</text:list-item></text:list>',
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "a table": (
        table(cell("Name") + cell("Age"), cell("Tom") + cell("He is six.")),
        [(F, "table 1, row 1, column 1", "Name"), (F, "table 1, row 1, column 2", "Age"),
         (F, "table 1, row 2, column 1", "Tom"), (C, "table 1, row 2, column 2", "He is six.")],
    ),
    "a table in a table": (
        table(f"<table:table-cell>{SIX}{table(cell('He hides.'))}</table:table-cell>"),
        [(C, "table 1, row 1, column 1", "Tom is six."), (C, "table 2, row 1, column 1", "He hides.")],
    ),
    "notes, after the body": (
        f"<text:p>One.{note('endnote', 'End.')}{note('footnote', 'Foot.')}</text:p>" + SIX,
        [(P, "paragraph 1", "One."), (P, "paragraph 2", "Tom is six."), (P, "footnote 1", "Foot."),
         (P, "endnote 1", "End.")],
    ),
    "a text box": (
        f"<text:p>One.{BOX}</text:p><text:p>Two.</text:p>{BOX}",
        [(P, "paragraph 1", "One."), (P, "text box 1", "Tom is six."), (P, "paragraph 2", "Two."),
         (P, "text box 2", "Tom is six.")],
    ),
    "a section": (f"<text:section>{SIX}</text:section>", [(P, "paragraph 1", "Tom is six.")]),
    "a comment": (
        "<text:p>Tom <office:annotation><text:p>neglect</text:p></office:annotation>is six.</text:p>",
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "hidden words": (
        '<text:p>Tom is <text:span text:style-name="Hide">neglect</text:span>six.</text:p>',
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "a hidden section": (f'<text:section text:display="none">{SIX}</text:section><text:p>One.</text:p>',
                         [(P, "paragraph 1", "One.")]),
    "a hidden paragraph": (
        '<text:p><text:hidden-paragraph text:is-hidden="true"/>neglect</text:p>' + SIX,
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "a deletion": (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>neglect</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes><text:p>Tom <text:change/>is six.</text:p>",
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "an insertion": (
        "<text:p>Tom <text:change-start/>is six<text:change-end/>.</text:p>",
        [(P, "paragraph 1", "Tom is six.")],
    ),
}  # fmt: skip
STYLES = (
    style("Title")
    + style("P1", more='style:parent-style-name="Title"')
    + style("Said", more='style:display-name="Block Text" style:parent-style-name="Said"')
    + HIDDEN
    + '<text:list-style style:name="Bare"><text:list-level-style-number text:level="1" style:num-format=""/>'
    "</text:list-style>"
)


@pytest.mark.parametrize(("body", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(body: str, expected: View) -> None:
    for data in (odt_file(body, STYLES), odt_file(body, styles=STYLES), flat(body, STYLES)):
        document = read_bytes(data, "a.odt")
        assert [(b.kind, b.where, b.at.of(document.text)) for b in document.blocks] == expected
        assert document.source is None


def test_headers_and_footers_come_last_and_the_same_words_once() -> None:
    page = (
        f"<style:master-page><style:header>{SIX}</style:header><style:header-left>{SIX}</style:header-left>"
        f'<style:header-first style:display="false"><text:p>neglect</text:p></style:header-first>'
        "<style:footer><text:p>Page <text:page-number>1</text:page-number></text:p></style:footer>"
        "</style:master-page>"
    )
    document = read_bytes(odt_file("<text:p>One.</text:p>", pages=page), "a.odt")
    assert [(b.where, b.at.of(document.text)) for b in document.blocks] == [
        ("paragraph 1", "One."),
        ("header", "Tom is six."),
        ("footer", "Page"),
    ]


def test_columns_count_what_is_merged_and_repeated() -> None:
    row = (
        cell("a", 'table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>"
        + cell("", 'table:number-columns-repeated="3"')
        + cell("b")
    )
    document = read_bytes(odt_file(table(row)), "a.odt")
    assert [block.cell for block in document.blocks] == [Cell(1, 1, 1), Cell(1, 1, 6)]


def test_links_are_marked() -> None:
    document = read_bytes(
        odt_file('<text:p>See <text:a xlink:href="http://x.org">our page</text:a>.</text:p>'), "a.odt"
    )
    (mark,) = document.marks
    assert (mark.kind, mark.term, mark.value) == (MarkKind.LINK, "our page", "http://x.org")


def test_nothing_in_it_can_be_changed() -> None:
    document = read_bytes(odt_file(SIX), "a.odt")
    assert not document.source_map.is_verbatim(document.blocks[0].at)


DTD = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
FAULTS: dict[str, tuple[bytes, str]] = {
    "a spreadsheet": (odt_file(SIX, mime=MIME.replace("text", "spreadsheet")), "a spreadsheet, not a text"),
    "locked": (
        odt_file(SIX, manifest="<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        "locked with a password",
    ),
    "no words": (odt_file("<text:p/>"), "holds no text"),
    "cut short": (odt_file(SIX)[:-100], "damaged or cut short"),
    "text by another name": (b"Tom is six.", "not an OpenDocument file"),
    "another XML": (b"<a/>", "no OpenDocument text"),
    "entities": (DTD, "a DTD"),
    "broken XML": (flat(SIX)[:-20], "damaged inside"),
}


@pytest.mark.parametrize(("data", "said"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as raised:
        read_bytes(data, "a.odt")
    assert raised.value.hint
