"""A new Word file with the words of a document: its headings, its lists and its tables, and no other look.

It has the fewest parts that Word opens without a question. Whoever changes a Word file that is there already
never comes here.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from itertools import groupby
from xml.sax.saxutils import escape

from sos_lint.document import Block, BlockKind, Document

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)  # so that the same words make the same bytes
_BARRED = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # that XML cannot hold
_DEEPEST = 6

_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>'
    "</Types>"
)


def word_file(document: Document) -> bytes:
    """The bytes of a Word file that holds the blocks of a document."""
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _relations("officeDocument", "word/document.xml"),
        "word/_rels/document.xml.rels": _relations("styles", "styles.xml"),
        "word/styles.xml": _styles(),
        "word/document.xml": _body(document),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, xml in parts.items():
            file.writestr(zipfile.ZipInfo(name, _LONG_AGO), _HEAD + xml, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _relations(kind: str, target: str) -> str:
    entry = f'<Relationship Id="rId1" Type="{_OFFICE}/{kind}" Target="{target}"/>'
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{entry}</Relationships>'


def _styles() -> str:
    headings = "".join(
        f'<w:style w:type="paragraph" w:styleId="Heading{level}"><w:name w:val="heading {level}"/>'
        '<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:pPr><w:keepNext/>'
        f'<w:spacing w:before="240"/><w:outlineLvl w:val="{level - 1}"/></w:pPr>'
        f'<w:rPr><w:b/><w:sz w:val="{max(34 - 3 * level, 22)}"/></w:rPr></w:style>'
        for level in range(1, _DEEPEST + 1)
    )
    return (
        f'<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:sz w:val="22"/><w:lang w:val="en-GB"/>'
        "</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"
        '<w:spacing w:after="120" w:line="276" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        f"{headings}"
        '<w:style w:type="paragraph" w:styleId="ListParagraph"><w:name w:val="List Paragraph"/>'
        '<w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="567"/></w:pPr></w:style>'
        "</w:styles>"
    )


def _body(document: Document) -> str:
    tables = groupby(document.blocks, key=lambda block: block.cell.table if block.cell else None)
    told = "".join(
        _table(blocks, document.text)
        if table is not None
        else "".join(_paragraph(block, document.text) for block in blocks)
        for table, blocks in tables
    )
    page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1304" w:right="1304" w:bottom="1304" '
    page += 'w:left="1304" w:header="680" w:footer="680" w:gutter="0"/></w:sectPr>'
    return f'<w:document xmlns:w="{_WORD}"><w:body>{told}{page}</w:body></w:document>'


def _paragraph(block: Block, text: str) -> str:
    style = ""
    if block.kind is BlockKind.HEADING:
        style = f"Heading{min(max(block.level, 1), _DEEPEST)}"
    elif block.kind in (BlockKind.LIST_ITEM, BlockKind.TICK_BOX):
        style = "ListParagraph"
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    words = escape(_BARRED.sub("�", block.at.of(text)))
    return f'<w:p>{about}<w:r><w:t xml:space="preserve">{words}</w:t></w:r></w:p>'


def _table(blocks: Iterable[Block], text: str) -> str:
    """A table, every row of as many cells as the widest, and the paragraph that Word wants after it."""
    rows = [
        {
            column: list(cells)
            for column, cells in groupby(row, key=lambda block: block.cell and block.cell.column)
        }
        for _, row in groupby(blocks, key=lambda block: block.cell and block.cell.row)
    ]
    widest = max(column or 1 for row in rows for column in row)
    grid = "<w:gridCol/>" * widest
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    about = f'<w:tblPr><w:tblW w:w="5000" w:type="pct"/><w:tblBorders>{borders}</w:tblBorders></w:tblPr>'
    told = "".join(f"<w:tr>{''.join(_cells(row, widest, text))}</w:tr>" for row in rows)
    return f"<w:tbl>{about}<w:tblGrid>{grid}</w:tblGrid>{told}</w:tbl><w:p/>"


def _cells(row: dict[int | None, list[Block]], widest: int, text: str) -> Iterator[str]:
    for column in range(1, widest + 1):
        inner = "".join(_paragraph(block, text) for block in row.get(column, ()))
        yield f"<w:tc><w:tcPr/>{inner or '<w:p/>'}</w:tc>"
