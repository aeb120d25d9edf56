"""Word files for tests: made with everything that drafts have in them, and looked at as Word would."""

from __future__ import annotations

import base64
import random
import zipfile
from collections.abc import Iterable, Mapping
from functools import cache
from io import BytesIO

import docx
from docx.document import Document as Draft
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

from sos_lint.document import Document
from sos_lint.readers.build import tidy
from sos_lint.readers.from_docx import read_with_places
from sos_lint.readers.from_docx.package import Package

PROSE = (
    "Ruby told Dee that there is neglect in the CIN plan & contact <2 hours> with Nan's café on Monday 😀 "
    "presents as withdrawn; often EHCP “shouts” co-parent"
)
WORDS = PROSE.split()
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
OTHER = 'w:id="900" w:author="Jo" w:date="2026-03-04T10:00:00Z"'
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
BOX = (
    '<w:r {}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><a:graphic>'
    '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
    "<wps:txbx><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback>"
    "</mc:AlternateContent></w:r>"
)
BOX_NAMES = (
    nsdecls("w", "wp", "a")
    + ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    + ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def saved(draft: Draft) -> bytes:
    """The bytes of a draft made with python-docx."""
    file = BytesIO()
    draft.save(file)
    return file.getvalue()


@cache
def generated(seed: int) -> bytes:
    """A draft with a bit of everything; the same for the same seed."""
    return _Maker(random.Random(seed)).made()


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._draft = docx.Document()
        self._notes: list[str] = []

    def made(self) -> bytes:
        """The bytes of the draft."""
        self._draft.add_heading("What are we worried about?", 1)
        for _ in range(self._chance.randint(2, 5)):
            self._paragraph(self._draft.add_paragraph(style=self._chance.choice([None, "List Bullet"])))
        table = self._draft.add_table(2, 2)
        for cell in (*table.rows[0].cells, *table.rows[1].cells):
            self._paragraph(cell.paragraphs[0])
        section = self._draft.sections[0]
        section.header.paragraphs[0].text = "CIN review " + self._words()
        section.footer.paragraphs[0].text = self._words()
        runs = [run for paragraph in self._draft.paragraphs for run in paragraph.runs if run.text.strip()]
        for run in self._chance.sample(runs, min(2, len(runs))):
            self._draft.add_comment(run, text="Who saw this?", author="Jo", initials="J")
        data = saved(self._draft)
        return _with_footnotes(data, self._notes) if self._notes else data

    def _words(self) -> str:
        return " ".join(self._chance.choices(WORDS, k=self._chance.randint(1, 7)))

    def _paragraph(self, paragraph: Paragraph) -> None:
        for _ in range(self._chance.randint(2, 7)):
            add = self._chance.choices(
                [self._runs, self._link, self._control, self._change, self._note, self._field, self._box],
                [8, 1, 1, 2, 1, 1, 0.5],
            )[0]
            add(paragraph)
            paragraph.add_run(self._chance.choice([" ", " ", "  ", "\u00a0", "\t", "\n", ", "]))

    def _runs(self, paragraph: Paragraph) -> None:
        """Words in runs that are cut anywhere, in the middle of words too."""
        words = self._words()
        while words:
            cut = self._chance.randint(1, max(1, len(words) // 2 + 3))
            self._look(paragraph.add_run(words[:cut]))
            words = words[cut:]
            if self._chance.random() < 0.1:
                paragraph._p.append(parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="77" w:name="a"/>'))
            if self._chance.random() < 0.05:
                paragraph.add_run().add_picture(BytesIO(PNG))

    def _look(self, run: Run) -> None:
        run.bold = self._chance.choice([None, None, True])
        run.italic = self._chance.choice([None, None, True])
        if self._chance.random() < 0.1:
            run._r.append(parse_xml(f"<w:lastRenderedPageBreak {nsdecls('w')}/>"))
            run.add_text(" " + self._words())

    def _xml(self, paragraph: Paragraph, inner: str) -> None:
        names = nsdecls("w", "r")
        holder = parse_xml(f"<w:p {names}>{inner}</w:p>")
        for element in list(holder):
            paragraph._p.append(element)

    def _run(self, tag: str = "t", words: str | None = None) -> str:
        look = self._chance.choice(["", "<w:rPr><w:b/></w:rPr>"])
        shown = _escaped(self._words() if words is None else words)
        return f'<w:r>{look}<w:{tag} xml:space="preserve">{shown}</w:{tag}></w:r>'

    def _link(self, paragraph: Paragraph) -> None:
        self._xml(paragraph, f'<w:hyperlink w:anchor="a">{self._run()}{self._run()}</w:hyperlink>')

    def _control(self, paragraph: Paragraph) -> None:
        kind = self._chance.choice(["<w:text/>", '<w:lock w:val="contentLocked"/>', "<w:dropDownList/>", ""])
        inner = f"<w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{self._run()}</w:sdtContent>"
        self._xml(paragraph, f"<w:sdt>{inner}</w:sdt>")

    def _change(self, paragraph: Paragraph) -> None:
        inserted = f"<w:ins {OTHER}>{self._run()}{self._run()}</w:ins>"
        deleted = f"<w:del {OTHER}>{self._run('delText')}</w:del>"
        self._xml(paragraph, self._chance.choice([inserted, deleted, self._run() + inserted + deleted]))

    def _note(self, paragraph: Paragraph) -> None:
        self._notes.append(self._run())
        self._xml(paragraph, f'<w:r><w:footnoteReference w:id="{len(self._notes)}"/></w:r>')

    def _field(self, paragraph: Paragraph) -> None:
        code = self._chance.choice([' HYPERLINK "a" ', " REF b "])
        begin, parted, end = (
            f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")
        )
        self._xml(
            paragraph,
            f"{begin}<w:r><w:instrText>{_escaped(code)}</w:instrText></w:r>{parted}{self._run()}{end}",
        )

    def _box(self, paragraph: Paragraph) -> None:
        paragraph._p.append(parse_xml(BOX.format(BOX_NAMES, _escaped(self._words()))))


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def _with_footnotes(data: bytes, notes: list[str]) -> bytes:
    root = "".join(
        f'<w:footnote w:id="{number}"><w:p>{note}</w:p></w:footnote>' for number, note in enumerate(notes, 1)
    )
    file = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "[Content_Types].xml":
                entry = f'<Override PartName="/word/footnotes.xml" ContentType="{FOOTNOTES}"/></Types>'
                part = part.replace(b"</Types>", entry.encode())
            if info.filename == "word/_rels/document.xml.rels":
                entry = f'<Relationship Id="rId99" Type="{OFFICE}/footnotes" Target="footnotes.xml"/>'
                part = part.replace(b"</Relationships>", entry.encode() + b"</Relationships>")
            new.writestr(info, part)
        new.writestr("word/footnotes.xml", f"<w:footnotes {nsdecls('w')}>{root}</w:footnotes>")
    return file.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of a file by name, in their order."""
    with zipfile.ZipFile(BytesIO(data)) as package:
        return {info.filename: package.read(info) for info in package.infolist()}


def with_parts(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The file with other content in some parts."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in {**parts(data), **changed}.items():
            package.writestr(name, part)
    return file.getvalue()


def looks(data: bytes) -> list[str | None]:
    """How each character of the text is formatted; None for those that only stand for others."""
    document, stretches = read_with_places(data, "a.docx")
    package = Package(data, "a.docx")
    elements = {part: list(package.part(part).iter("*")) for part in {one.part for one in stretches}}
    by_place: dict[int, str] = {}
    for one in stretches:
        run = elements[one.part][one.number].getparent()
        properties = run.find(qn("w:rPr"))
        look = (
            "" if properties is None else etree.tostring(properties, method="c14n", exclusive=True).decode()
        )
        by_place.update(dict.fromkeys(range(one.start, one.end), look))
    shown: list[str | None] = [None] * len(document.text)
    for segment in document.source_map.segments:
        if segment.verbatim:
            for at, source in zip(
                range(segment.at.start, segment.at.end),
                range(segment.source.start, segment.source.end),
                strict=True,
            ):
                shown[at] = by_place[source]
    return shown


def settled(data: bytes, *, accept: bool, author: str | None = None) -> bytes:
    """The file after all tracked changes (of one author) are accepted, or rejected, as Word does it."""
    kept, gone = ("w:ins", "w:del") if accept else ("w:del", "w:ins")
    changed = {}
    for name, part in parts(data).items():
        if name.startswith("word/") and name.endswith(".xml"):
            root = etree.fromstring(part)
            for element in list(root.iter(qn(kept), qn(gone))):
                if element.getparent() is not None and author in (None, element.get(qn("w:author"))):
                    if element.tag == qn(gone):
                        element.getparent().remove(element)
                    else:
                        _unwrap(element)
            changed[name] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return with_parts(data, changed)


def _unwrap(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    for deleted in element.iter(qn("w:delText")):
        deleted.tag = qn("w:t")
    at = parent.index(element)
    parent[at : at + 1] = list(element)


def comments(data: bytes) -> dict[str, tuple[str, list[str]]]:
    """The comments of a file by id: author and paragraphs."""
    part = parts(data).get("word/comments.xml")
    root = etree.fromstring(part) if part else ()
    return {
        comment.get(qn("w:id")): (
            comment.get(qn("w:author")),
            ["".join(text.text or "" for text in p.iter(qn("w:t"))) for p in comment.iter(qn("w:p"))],
        )
        for comment in root
    }


def commented(data: bytes) -> dict[str, str]:
    """The words that each comment stands on, as a reader of the page sees them. ¹ is a note, ▭ a text box."""
    root = etree.fromstring(parts(data)["word/document.xml"])
    open_: dict[str, list[str]] = {}
    found = {}
    references = set()
    for element in root.iter("*"):
        key = element.get(qn("w:id"))
        if element.tag == qn("w:commentRangeStart"):
            open_[key] = []
        elif element.tag == qn("w:commentRangeEnd"):
            found[key] = tidy("".join(open_.pop(key)))
        elif element.tag == qn("w:commentReference"):
            references.add(key)
        for words in open_.values():
            words.append(_shown(element))
    assert not open_
    assert references == set(found)
    return found


def _shown(element: etree._Element) -> str:
    around = {ancestor.tag for ancestor in element.iterancestors()}
    if qn("w:del") in around or qn("w:txbxContent") in around:
        return ""
    signs = {"tab": "\t", "br": " ", "footnoteReference": "¹", "drawing": "▭"}
    if element.tag == qn("w:t"):
        return element.text or ""
    return next((sign for name, sign in signs.items() if element.tag == qn(f"w:{name}")), "")


def document_of(body: str, namespace: str | None = None, prefix: str = "w:") -> bytes:
    """A Word file with these paragraphs, written as they are."""
    data = saved(docx.Document())
    names = namespace or nsdecls("w")
    part = f"<{prefix}document {names}><{prefix}body>{body}</{prefix}body></{prefix}document>"
    return with_parts(data, {"word/document.xml": part.encode()})


def only_changed(before: bytes, after: bytes) -> set[str]:
    """The names of the parts that differ, or that are new; what stays keeps order, dates and packed bytes."""
    with zipfile.ZipFile(BytesIO(before)) as old, zipfile.ZipFile(BytesIO(after)) as new:
        assert new.testzip() is None
        names = [info.filename for info in old.infolist()]
        assert [info.filename for info in new.infolist()][: len(names)] == names
        changed = set(new.namelist()) - set(names)
        for one, other in zip(old.infolist(), new.infolist(), strict=False):
            assert (one.date_time, one.compress_type) == (other.date_time, other.compress_type)
            if _packed(before, one) != _packed(after, other):
                changed.add(one.filename)
    return changed


def _packed(data: bytes, info: zipfile.ZipInfo) -> bytes:
    start = info.header_offset
    name, extra = (int.from_bytes(data[start + at : start + at + 2], "little") for at in (26, 28))
    begin = start + 30 + name + extra
    return data[begin : begin + info.compress_size]


def same_places(one: Document, other: Document) -> bool:
    """True where two documents say the same, block by block."""
    return (one.text, one.blocks, one.marks) == (other.text, other.blocks, other.marks)


def without_ours(data: bytes, author: str) -> list[bytes]:
    """The body as it was before an author's comments: their marks away, runs of one formatting joined."""
    keys = {key for key, (who, _) in comments(data).items() if who == author}
    root = etree.fromstring(parts(data)["word/document.xml"])
    marks = (qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference"))
    for mark in list(root.iter(*marks)):
        if mark.get(qn("w:id")) in keys:
            run = mark.getparent()
            gone = run if run.tag == qn("w:r") and len(run) == 1 else mark
            gone.getparent().remove(gone)
    for text in root.iter(qn("w:t")):
        if text.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            text.text = (text.text or "").strip(" \t\r\n")
        text.attrib.clear()
    for run in list(root.iter(qn("w:r"))):
        _join(run)
    return [etree.tostring(element, method="c14n") for element in root[0]]


def _join(run: etree._Element) -> None:
    before = run.getprevious()
    if before is not None and before.tag == run.tag and _said(before) == _said(run):
        for child in run:
            if child.tag != qn("w:rPr"):
                before.append(child)
        run.getparent().remove(run)
        run = before
    texts: Iterable[etree._Element] = list(run.iterchildren(qn("w:t")))
    for text in texts:
        last = text.getprevious()
        if last is not None and last.tag == text.tag:
            last.text = (last.text or "") + (text.text or "")
            run.remove(text)


def _said(run: etree._Element) -> tuple[bytes, dict[str, str]]:
    properties = run.find(qn("w:rPr"))
    return (b"" if properties is None else etree.tostring(properties, method="c14n"), dict(run.attrib))
