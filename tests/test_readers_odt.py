"""OpenDocument texts: what the reader of the page sees, in that order."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from odt_files import MIME, flat, odt_file
from word_files import parts, with_parts

from sos_lint.document import BlockKind, Cell, MarkKind
from sos_lint.errors import UnreadableFile
from sos_lint.limits import Limits, held
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


def changeable(body: str) -> list[str]:
    """The runs of a text that may be changed as one."""
    document = read_bytes(odt_file(body, STYLES), "a.odt")
    segments = document.source_map.segments
    joined: list[str] = []
    for i, segment in enumerate(segments):
        words = segment.at.of(document.text) if segment.verbatim else ""
        goes_on = i > 0 and segments[i - 1].verbatim and segments[i - 1].source.end == segment.source.start
        if goes_on and words:
            joined[-1] += words
        else:
            joined += [words] if words.strip() else []
    return joined


HELD: dict[str, tuple[str, list[str]]] = {
    "spans and marks are no border": (
        '<text:p>a <text:span>b</text:span><text:bookmark-start text:name="x"/>c<text:change-start/>d'
        "<office:annotation><text:p>e</text:p></office:annotation><text:soft-page-break/>f</text:p>",
        ["a bcdf"],
    ),
    "links, deletions and hidden words are": (
        "<text:p>a<text:a>b</text:a>c<text:change/>d"
        '<text:span text:style-name="Hide">e</text:span>f</text:p>',
        ["a", "b", "c", "d", "f"],
    ),
    "signs are": ("<text:p>a<text:s/>b<text:tab/>c<text:line-break/>d</text:p>", ["a", "b", "c", "d"]),
    "a field is filled in": ("<text:p>a <text:date>b</text:date> c</text:p>", ["a ", " c"]),
    "a control is typed in": (
        "<text:p>a<loext:content-control>b</loext:content-control></text:p>",
        ["a", "b"],
    ),
    "a locked section": (
        f'<text:section text:protected="true">{SIX}</text:section><text:p>a</text:p>',
        ["a"],
    ),
    "a locked cell": (table(cell("a", 'table:protected="true"') + cell("b")), ["b"]),
    "a note in a locked section": (
        f'<text:section text:protected="true"><text:p>a{note("footnote", "b")}</text:p></text:section>'
        "<text:p>c</text:p>",
        ["c"],
    ),
    "a table of contents": (
        f"<text:table-of-content><text:index-body>{SIX}</text:index-body></text:table-of-content>"
        "<text:p>a</text:p>",
        ["a"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), HELD.values(), ids=HELD)
def test_what_may_be_changed(body: str, expected: list[str]) -> None:
    assert changeable(body) == expected


def test_a_prompt_is_not_read() -> None:
    prompt = '<loext:content-control loext:showing-place-holder="true">neglect</loext:content-control>'
    assert read_bytes(odt_file(f"<text:p>Tom {prompt}is six.</text:p>"), "a.odt").text == "Tom is six."


@pytest.mark.parametrize("name", ["-", "a.txt"])
def test_it_is_known_without_its_name(name: str) -> None:
    assert read_bytes(odt_file(SIX), name).text == "Tom is six."


def marked_at(data: bytes, *, flags: int = 0, method: int | None = None) -> bytes:
    """A zip whose folder and entries say that they are packed in another way."""
    changed = bytearray(data)
    for sign, at_flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(sign)
        while at >= 0:
            changed[at + at_flags] |= flags
            if method is not None:
                changed[at + at_flags + 2] = method
            at = changed.find(sign, at + 4)
    return bytes(changed)


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
    "entities in a part": (with_parts(odt_file(SIX), {"content.xml": DTD}), "a DTD"),
    "entities in the styles": (with_parts(odt_file(SIX), {"styles.xml": DTD}), "a DTD"),
    "a part that is no XML": (with_parts(odt_file(SIX), {"content.xml": b"Tom"}), "damaged inside"),
    "too deep": (odt_file("<text:span>" * 3000 + "</text:span>" * 3000), "nested more than 256"),
    "locked, as LibreOffice does since 24.8": (
        with_parts(odt_file(SIX), {"encrypted-package": b"x"}),
        "locked with a password",
    ),
    "locked by an archiver": (marked_at(odt_file(SIX), flags=1), "locked with a password"),
    "packed in an unknown way": (marked_at(odt_file(SIX), method=99), "damaged or cut short"),
    "without its text": (odt_file(SIX).replace(b"content.xml", b"content.xyz"), "no OpenDocument text"),
    "Word by its name": (odt_file(SIX).replace(b"content.xml", b"documen.xml"), "no OpenDocument text"),
    "a formula": (odt_file(SIX, mime=MIME.replace("text", "formula")), "a formula, not a text"),
}


@pytest.mark.parametrize(("data", "said"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as raised:
        read_bytes(data, "a.odt")
    assert raised.value.hint


def test_what_is_packed_too_tightly_is_refused_before_it_is_unpacked() -> None:
    """30 MB of blanks in 30 KB: nobody's letter."""
    bomb = odt_file(SIX + " " * 30_000_000)
    with pytest.raises(UnreadableFile, match="unpacks to over 150 times its size"):
        read_bytes(bomb, "a.odt")


def test_parts_that_are_too_much_together_are_refused() -> None:
    blanks = " " * 600_000
    data = odt_file(SIX + blanks, styles=f"{STYLES}{blanks}")
    assert read_bytes(data, "a.odt").blocks
    with held(Limits(unpacked=1)), pytest.raises(UnreadableFile, match="unpacks to more than 1 MB"):
        read_bytes(data, "a.odt")


def test_a_part_that_is_larger_than_it_says_is_cut_off_or_refused() -> None:
    """The sizes in the zip's folder may lie: no more is unpacked than they say, and a torso is no text."""
    data = bytearray(odt_file(SIX * 5000))
    at = data.rfind(b"PK\x01\x02", 0, data.rfind(b"content.xml"))
    data[at + 24 : at + 28] = (500).to_bytes(4, "little")
    with pytest.raises(UnreadableFile, match="damaged"):
        read_bytes(bytes(data), "a.odt")


@pytest.mark.parametrize("missing", ["mimetype", "styles.xml", "META-INF/manifest.xml"])
def test_parts_that_may_be_missing(missing: str) -> None:
    kept = {name: part for name, part in parts(odt_file(SIX)).items() if name != missing}
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, part in kept.items():
            package.writestr(name, part)
    assert read_bytes(file.getvalue(), "a.odt").text == "Tom is six."
