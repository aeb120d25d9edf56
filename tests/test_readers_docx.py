"""Word files: what a reader of the page sees, where it stands, and files that are broken."""

from __future__ import annotations

import zipfile
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from sos_lint.document import BlockKind, Cell, Document
from sos_lint.errors import UnreadableFile
from sos_lint.limits import Limits, held
from sos_lint.readers import read_bytes
from sos_lint.readers.from_docx import read_with_places
from sos_lint.text import Range

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
REL = "http://schemas.openxmlformats.org/package/2006/relationships"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def saved(document: docx.document.Document) -> Document:
    file = BytesIO()
    document.save(file)
    return read_bytes(file.getvalue(), "a.docx")


def zipped(body: str, namespace: str = W, **parts: str) -> bytes:
    """A Word file with this body, and further parts by kind: `footnotes="<w:footnotes>…"`."""
    spaces = f'xmlns:w="{namespace}" xmlns:mc="{MC}" xmlns:r="{KIND}"'
    relations = "".join(
        f'<Relationship Id="{kind}" Type="{KIND}/{kind}" Target="{kind}.xml"/>' for kind in parts
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f"<w:document {spaces}><w:body>{body}</w:body></w:document>")
        package.writestr(
            "word/_rels/document.xml.rels", f'<Relationships xmlns="{REL}">{relations}</Relationships>'
        )
        for kind, part in parts.items():
            package.writestr(f"word/{kind}.xml", part.replace(">", f" {spaces}>", 1))
    return file.getvalue()


def text_of(body: str, **parts: str) -> str:
    return read_bytes(zipped(body, **parts), "a.docx").text


def run(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def para(inner: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


TOM = run("Tom is six. ")
ANN = run("Ann is ten.")
CIN = run("CIN")
BOTH = "Tom is six. Ann is ten."
BOX = f"<w:txbxContent>{para(ANN)}</w:txbxContent>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


CODE = '<w:r><w:instrText> DOCPROPERTY "CIN" </w:instrText></w:r>'

SEEN = {
    "inserted": f"{TOM}<w:ins>{ANN}</w:ins>",
    "moved here": f"{TOM}<w:moveTo>{ANN}</w:moveTo>",
    "deleted": f"{TOM}<w:del><w:r><w:delText>CIN</w:delText></w:r>{CIN}</w:del>{ANN}",
    "moved away": f"{TOM}<w:moveFrom>{CIN}</w:moveFrom>{ANN}",
    "hidden": f"{TOM}{run('CIN', '<w:vanish/>')}{ANN}",
    "not hidden": TOM + run("Ann is ten.", '<w:vanish w:val="0"/>'),
    "content control": f"{TOM}<w:sdt><w:sdtPr/><w:sdtContent>{ANN}</w:sdtContent></w:sdt>",
    "placeholder": TOM
    + f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{CIN}</w:sdtContent></w:sdt>"
    + ANN,
    "field": f"{TOM}{field('begin')}{CODE}{CIN}{field('separate')}{ANN}{field('end')}",
    "field without result": f"{TOM}{field('begin')}{CODE}{field('end')}{ANN}",
    "simple field": f'{TOM}<w:fldSimple w:instr="CIN">{ANN}</w:fldSimple>',
    "link": f'{TOM}<w:hyperlink w:anchor="CIN">{ANN}</w:hyperlink>',
    "tab and break": '<w:r><w:t>Tom</w:t><w:tab/><w:t>is</w:t><w:br/><w:t>six.</w:t><w:cr/></w:r>' + ANN,
    "symbol and soft hyphen": TOM
    + '<w:r><w:sym w:char="F0B7"/><w:t>An</w:t><w:softHyphen/><w:t>n is ten.</w:t></w:r>',
    "comment marks": f'{TOM}<w:commentRangeStart w:id="0"/>{ANN}<w:r><w:commentReference w:id="0"/></w:r>',
    "smart tag": f"{TOM}<w:smartTag>{ANN}</w:smartTag>",
    "mathematics": f'{TOM}<m:t xmlns:m="m">CIN</m:t>{ANN}',
    "choice": f"{TOM}<mc:AlternateContent><mc:Choice>{ANN}</mc:Choice>"
    f"<mc:Fallback>{CIN}</mc:Fallback></mc:AlternateContent>",
    "text trimmed": "<w:r><w:t> Tom is six. </w:t></w:r>" + run(" Ann is ten."),
}  # fmt: skip


@pytest.mark.parametrize("inner", SEEN.values(), ids=SEEN)
def test_seen(inner: str) -> None:
    assert text_of(para(inner)) == BOTH


def test_no_break_hyphen() -> None:
    assert text_of(para("<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>parent</w:t></w:r>")) == "co-parent"


BLOCKS = {
    "paragraphs": (para(TOM) + para("") + para(ANN), ["Tom is six.", "Ann is ten."]),
    "block controls": (
        f"<w:sdt><w:sdtContent>{para(TOM)}</w:sdtContent></w:sdt>{para(ANN)}",
        ["Tom is six.", "Ann is ten."],
    ),
    "a deleted paragraph end": (para(TOM, "<w:rPr><w:del/></w:rPr>") + para(ANN), [BOTH]),
    "a deleted row": (
        f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{para(run('CIN'))}</w:tc></w:tr>"
        f"<w:tr><w:tc>{para(TOM)}</w:tc></w:tr></w:tbl>",
        ["Tom is six."],
    ),
    "a text box once": (
        para(
            "<w:r><mc:AlternateContent>"
            f"<mc:Choice><w:drawing><x>{BOX}</x></w:drawing></mc:Choice>"
            f"<mc:Fallback><w:pict>{BOX}</w:pict></mc:Fallback>"
            f"</mc:AlternateContent></w:r>{TOM}"
        )
        + para(run("Nana is old.")),
        ["Tom is six.", "Ann is ten.", "Nana is old."],
    ),
    "a field over paragraphs": (
        para(field("begin") + CODE + field("separate") + TOM) + para(ANN + field("end")),
        ["Tom is six.", "Ann is ten."],
    ),
    "a field that never ends": (
        para(TOM + field("begin") + CODE) + para(ANN),
        ["Tom is six.", "Ann is ten."],
    ),
    "lines": (
        para("<w:r><w:t>Name: Tom</w:t><w:br/><w:t>Date: 4 May</w:t></w:r>"),
        ["Name: Tom", "Date: 4 May"],
    ),
}


@pytest.mark.parametrize(("body", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(body: str, expected: list[str]) -> None:
    assert text_of(body).split("\n") == expected


def test_strict_files_read_alike() -> None:
    assert read_bytes(zipped(para(TOM + ANN), STRICT), "a.docx").text == BOTH


def test_kinds() -> None:
    document = docx.Document()
    document.add_heading("Referral", 0)
    document.add_heading("Worries", 2)
    document.add_paragraph("one", "List Bullet")
    document.add_paragraph("two", "List Number 2")
    document.add_paragraph("I hide.", "Intense Quote")
    document.add_paragraph("What needs to happen?")
    document.add_paragraph("• three")
    document.add_paragraph("Tom is six.", "List Paragraph")
    read = saved(document)
    assert [(b.kind.value, b.level, b.where, b.at.of(read.text)) for b in read.blocks] == [
        ("heading", 1, "paragraph 1", "Referral"),
        ("heading", 2, "paragraph 2", "Worries"),
        ("list item", 1, "paragraph 3", "one"),
        ("list item", 1, "paragraph 4", "two"),
        ("quotation", 0, "paragraph 5", "I hide."),
        ("heading", 6, "paragraph 6", "What needs to happen?"),
        ("list item", 1, "paragraph 7", "three"),
        ("paragraph", 0, "paragraph 8", "Tom is six."),
    ]
    assert read.source is None
    assert read.place(read.blocks[1].at) == read.blocks[1].at


def test_kinds_by_style_and_number() -> None:
    styles = (
        '<w:styles><w:style w:styleId="A"><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        '<w:style w:styleId="L"><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="3"/></w:numPr></w:pPr>'
        "</w:style>"
        '<w:style w:styleId="H"><w:basedOn w:val="H"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )

    def styled(key: str, more: str = "") -> str:
        return para(TOM, f'<w:pStyle w:val="{key}"/>{more}')

    off = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        styled("B")
        + styled("L")
        + styled("L", off)
        + styled("H")
        + styled("gone", '<w:outlineLvl w:val="0"/>')
    )
    document = read_bytes(zipped(body, styles=styles), "a.docx")
    assert [(block.kind.value, block.level) for block in document.blocks] == [
        ("heading", 2),
        ("list item", 2),
        ("paragraph", 0),
        ("heading", 1),
    ]


def test_tables() -> None:
    document = docx.Document()
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "What are we worried about?"
    table.cell(0, 2).text = "Notes"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "Tom is six."
    table.cell(1, 1).add_table(1, 2).cell(0, 0).text = "Name of child:"
    table.cell(1, 2).text = "What is he afraid of?\nThe dark."
    table.cell(2, 2).add_paragraph("Ann is ten.", "List Bullet")
    read = saved(document)
    assert [(b.kind, b.cell, b.where, b.at.of(read.text)) for b in read.blocks] == [
        (BlockKind.FORM_LABEL, Cell(1, 1, 1), "table 1, row 1, column 1", "What are we worried about?"),
        (BlockKind.FORM_LABEL, Cell(1, 1, 3), "table 1, row 1, column 3", "Notes"),
        (BlockKind.TABLE_CELL, Cell(1, 2, 1), "table 1, row 2, column 1", "Tom is six."),
        (BlockKind.FORM_LABEL, Cell(2, 1, 1), "table 2, row 1, column 1", "Name of child:"),
        (BlockKind.FORM_LABEL, Cell(1, 2, 3), "table 1, row 2, column 3", "What is he afraid of?"),
        (BlockKind.TABLE_CELL, Cell(1, 2, 3), "table 1, row 2, column 3", "The dark."),
        (BlockKind.LIST_ITEM, Cell(1, 3, 3), "table 1, row 3, column 3", "Ann is ten."),
    ]


def test_headers_and_footers_are_read_once() -> None:
    document = docx.Document()
    document.add_paragraph("Tom is six.").add_run().add_break(WD_BREAK.PAGE)
    document.sections[0].header.paragraphs[0].text = "Private"
    document.sections[0].footer.paragraphs[0].text = "Page"
    document.sections[0].first_page_header.paragraphs[0].text = "Not shown"
    document.add_section().header.is_linked_to_previous = False
    document.sections[1].header.paragraphs[0].text = "Private"
    read = saved(document)
    assert [(b.where, b.at.of(read.text)) for b in read.blocks] == [
        ("paragraph 1", "Tom is six."),
        ("header", "Private"),
        ("footer", "Page"),
    ]


def test_notes() -> None:
    def note(key: int, words: str, kind: str = "") -> str:
        return f'<w:footnote w:id="{key}" {kind}>{para(run(words))}</w:footnote>'

    notes = note(0, "x", 'w:type="separator"') + note(1, "Second.") + note(2, "First.") + note(3, "Unused.")
    marks = [f'<w:r><w:footnoteReference w:id="{key}"/></w:r>' for key in (2, 1, 2)]
    end = '<w:r><w:endnoteReference w:id="5"/></w:r>'
    document = read_bytes(
        zipped(
            para(TOM + marks[0]) + para(ANN + marks[1] + marks[2] + end),
            footnotes=f"<w:footnotes>{notes}</w:footnotes>",
            endnotes=f'<w:endnotes><w:endnote w:id="5">{para(run("Last."))}</w:endnote></w:endnotes>',
        ),
        "a.docx",
    )
    assert [(b.where, b.at.of(document.text)) for b in document.blocks[2:]] == [
        ("footnote 1", "First."),
        ("footnote 2", "Second."),
        ("endnote 1", "Last."),
    ]


def test_links() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("See ")
    key = document.part.relate_to("http://x.org", f"{KIND}/hyperlink", is_external=True)
    paragraph._p.append(
        parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{key}">{run("the ")}{run("plan")}</w:hyperlink>')
    )
    paragraph.add_run(".")
    read = saved(document)
    assert [(m.term, m.value, m.at.of(read.text)) for m in read.marks] == [
        ("the plan", "http://x.org", "the plan")
    ]
    code = '<w:r><w:instrText> HYPERLINK "http://y.org" </w:instrText></w:r>'
    body = para(field("begin") + code + field("separate") + TOM + field("end") + ANN)
    read = read_bytes(zipped(body), "a.docx")
    assert [(m.term, m.value) for m in read.marks] == [("Tom is six.", "http://y.org")]


GOOD = zipped(para(TOM))
ENTRY = b"PK\x01\x02\x14\x03\x14\0\0\0\0"  # of the zip's folder: versions, flags, way of packing
BROKEN = {
    "cut short": (GOOD[: len(GOOD) // 2], "damaged or cut short"),
    "no zip": (b"Tom is six.", "not a Word file"),
    "locked, or old": (b"\xd0\xcf\x11\xe0" + bytes(600), "locked with a password, or is an old .doc"),
    "locked zip": (GOOD.replace(ENTRY, ENTRY[:8] + b"\1\0\0"), "locked with a"),
    "unknown packing": (GOOD.replace(ENTRY, ENTRY[:8] + b"\0\0\x63"), "damaged"),
    "another zip": (GOOD.replace(b"word/document.xml", b"word/document.xyz"), "no Word document"),
    "no body": (zipped(para(TOM)).replace(b"w:body", b"w:bode"), "damaged"),
    "no words": (zipped(para("")), "holds no text"),
    "broken XML": (zipped("<w:p>"), "damaged inside"),
    "too deep": (zipped("<w:smartTag>" * 3000), "nested more than 256"),
}  # fmt: skip


@pytest.mark.parametrize(("data", "sentence"), BROKEN.values(), ids=BROKEN)
def test_broken(data: bytes, sentence: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_bytes(data, "a.docx")
    assert sentence in caught.value.sentence
    assert caught.value.hint


def test_hostile_files() -> None:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f'<!DOCTYPE a [<!ENTITY b "c">]><w:document xmlns:w="{W}"/>')
    with pytest.raises(UnreadableFile, match="DTD"):
        read_bytes(file.getvalue(), "a.docx")
    long = zipped(para(TOM) * 20_000)
    assert read_bytes(long, "a.docx").blocks
    with held(Limits(unpacked=1)), pytest.raises(UnreadableFile, match="unpacks to more than 1 MB"):
        read_bytes(long, "a.docx")


def test_a_word_file_is_known_without_its_name() -> None:
    assert read_bytes(GOOD, "-").text == "Tom is six."
    assert read_bytes(GOOD, "a.doc").text == "Tom is six."


def control(properties: str) -> str:
    return f"{TOM}<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{ANN}</w:sdtContent></w:sdt>"


def in_field(code: str) -> str:
    code = f"<w:r><w:instrText> {code} </w:instrText></w:r>"
    return f"{TOM}{field('begin')}{code}{field('separate')}{ANN}{field('end')}"


WHOLE, PARTED, HELD = (True, True), (False, True), (False, False)

# Whether "six. Ann", which lies across, and "Ann" alone can be changed in the file.
CHANGEABLE = {
    "one run": (run(BOTH), WHOLE),
    "two runs": (TOM + ANN, WHOLE),
    "a run within": (run("Tom is ") + run("six. A", "<w:b/>") + run("nn is ten."), WHOLE),
    "a page that ends": (
        '<w:r><w:t xml:space="preserve">Tom is six. </w:t><w:lastRenderedPageBreak/>'
        "<w:t>Ann is ten.</w:t></w:r>",
        WHOLE,
    ),
    "a bookmark": (f'{TOM}<w:bookmarkStart w:id="0" w:name="a"/>{ANN}', WHOLE),
    "a comment": (f'{TOM}<w:commentRangeStart w:id="0"/>{ANN}', WHOLE),
    "inserted": (f"{TOM}<w:ins>{ANN}</w:ins>", WHOLE),
    "moved here": (f"{TOM}<w:moveTo>{ANN}</w:moveTo>", WHOLE),
    "something deleted": (f"{TOM}<w:del>{CIN}</w:del>{ANN}", PARTED),
    "something hidden": (f"{TOM}{run('CIN', '<w:vanish/>')}{ANN}", PARTED),
    "a link": (f'{TOM}<w:hyperlink w:anchor="a">{ANN}</w:hyperlink>', PARTED),
    "a field for a link": (in_field('HYPERLINK "a"'), PARTED),
    "a field to type in": (in_field("FORMTEXT"), PARTED),
    "a field that Word fills": (in_field("DOCPROPERTY a"), HELD),
    "a simple field": (f'{TOM}<w:fldSimple w:instr=" REF a ">{ANN}</w:fldSimple>', HELD),
    "a control": (control(""), PARTED),
    "a locked control": (control('<w:lock w:val="sdtContentLocked"/>'), HELD),
    "a control that cannot be deleted": (control('<w:lock w:val="sdtLocked"/>'), PARTED),
    "a control bound to data": (control("<w:dataBinding/>"), HELD),
    "a list to choose from": (control("<w:dropDownList/>"), HELD),
    "a choice": (
        f"{TOM}<w:r><mc:AlternateContent><mc:Choice><w:t>Ann is ten.</w:t></mc:Choice>"
        "</mc:AlternateContent></w:r>",
        HELD,
    ),
    "a tab": ("<w:r><w:t>Tom is six.</w:t><w:tab/><w:t>Ann is ten.</w:t></w:r>", PARTED),
    "a line break": ("<w:r><w:t>Tom is six.</w:t><w:br/><w:t>Ann is ten.</w:t></w:r>", PARTED),
    "two spaces": (run("Tom is six.  Ann is ten."), PARTED),
    "spaces in two runs": (TOM + run(" Ann is ten."), PARTED),
    "a no-break space": (run("Tom is six.\u00a0Ann is ten."), PARTED),
    "a footnote": (f'{TOM}<w:r><w:footnoteReference w:id="7"/></w:r>{ANN}', PARTED),
    "a soft hyphen": (f"{TOM}<w:r><w:t>A</w:t><w:softHyphen/><w:t>nn is ten.</w:t></w:r>", HELD),
}


@pytest.mark.parametrize(("inner", "expected"), CHANGEABLE.values(), ids=CHANGEABLE)
def test_what_can_be_changed(inner: str, expected: tuple[bool, bool]) -> None:
    document = read_bytes(zipped(para(inner)), "a.docx")
    assert document.text == BOTH
    across, alone = Range(7, 15), Range(12, 15)
    assert (across.of(BOTH), alone.of(BOTH)) == ("six. Ann", "Ann")
    assert tuple(map(document.source_map.is_verbatim, (across, alone))) == expected


def test_what_lies_across_paragraphs_cannot_be_changed() -> None:
    for end, parted in (("", "\n"), ("<w:rPr><w:del/></w:rPr>", " ")):
        document = read_bytes(zipped(para(TOM, end) + para(ANN)), "a.docx")
        assert document.text == parted.join(("Tom is six.", "Ann is ten."))
        assert not document.source_map.is_verbatim(Range(7, 15))
        assert document.source_map.is_verbatim(Range(12, 15))


def test_a_control_around_paragraphs_holds_their_words() -> None:
    locked = '<w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr>'
    document = read_bytes(
        zipped(f"<w:sdt>{locked}<w:sdtContent>{para(TOM)}</w:sdtContent></w:sdt>{para(ANN)}"), "a.docx"
    )
    assert not document.source_map.is_verbatim(Range(0, 3))
    assert document.source_map.is_verbatim(Range(12, 15))


def test_a_text_box_follows_the_paragraph_that_goes_on_after_a_deleted_end() -> None:
    drawing = f"<w:r><w:drawing>{BOX}</w:drawing></w:r>"
    nana = run("Nana is old.")
    assert text_of(para(TOM + drawing, "<w:rPr><w:del/></w:rPr>") + para(nana)).split("\n") == [
        "Tom is six. Nana is old.",
        "Ann is ten.",
    ]


def test_each_word_has_its_place_in_the_file() -> None:
    note = f'<w:footnotes><w:footnote w:id="7">{para(ANN)}</w:footnote></w:footnotes>'
    body = para("<w:r><w:t> Tom </w:t><w:tab/></w:r>" + '<w:r><w:footnoteReference w:id="7"/></w:r>')
    document, stretches = read_with_places(zipped(body, footnotes=note), "a.docx")
    assert document.text == "Tom\nAnn is ten."
    assert [(one.words, one.part, one.skip) for one in stretches] == [
        ("Tom", "word/document.xml", 1),
        ("\t", "word/document.xml", 0),
        ("Ann is ten.", "word/footnotes.xml", 0),
    ]
    starts = [document.source_map.to_source(block.at).start for block in document.blocks]
    assert starts == [stretches[0].start, stretches[2].start]
