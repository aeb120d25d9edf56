"""OpenDocument texts, made of the XML that stands in them, and looked at as LibreOffice would."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from html import escape
from io import BytesIO

from lxml import etree
from word_files import parts, with_parts

from sos_lint.readers.build import tidy

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
DC = "http://purl.org/dc/elements/1.1/"
NAMESPACES = {
    **{name: f"{_OASIS}:{name}:1.0" for name in ("office", "text", "table", "style", "manifest")},
    "draw": f"{_OASIS}:drawing:1.0",
    "fo": f"{_OASIS}:xsl-fo-compatible:1.0",
    "xlink": "http://www.w3.org/1999/xlink",
    "dc": DC,
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_SPACES = " ".join(f'xmlns:{prefix}="{namespace}"' for prefix, namespace in NAMESPACES.items())
MIME = "application/vnd.oasis.opendocument.text"
STORIES = ("content.xml", "styles.xml")


def content(body: str, automatic: str = "") -> str:
    return (
        f"<office:document-content {_SPACES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )


def flat(body: str, styles: str = "") -> bytes:
    """The same in one file of XML (.fodt)."""
    text = content(body, styles).replace("office:document-content", "office:document")
    return f"<?xml version='1.0' encoding='UTF-8'?>\n{text}".encode()


def odt_file(
    body: str, automatic: str = "", *, styles: str = "", pages: str = "", manifest: str = "", mime: str = MIME
) -> bytes:
    """An OpenDocument text with this body; `styles` are its named ones, `pages` its master pages."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", mime, zipfile.ZIP_STORED)
        archive.writestr("content.xml", content(body, automatic))
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {_SPACES}><office:styles>{styles}</office:styles>"
            f"<office:master-styles>{pages}</office:master-styles></office:document-styles>",
        )
        archive.writestr(
            "META-INF/manifest.xml", f"<manifest:manifest {_SPACES}>{manifest}</manifest:manifest>"
        )
    return file.getvalue()


def paragraphs(pages: list[list[str]]) -> bytes:
    """Paragraphs of lines."""
    return odt_file(
        "".join(f"<text:p>{'<text:line-break/>'.join(map(written, lines))}</text:p>" for lines in pages)
    )


def written(words: str) -> str:
    """The words as XML, with the white space that counts."""
    return escape(words).replace("\t", "<text:tab/>")


def body(data: bytes) -> str:
    """What stands in the body, as it is written."""
    part = parts(data)["content.xml"].decode()
    return part[part.index("<office:text>") + 13 : part.rindex("</office:text>")]


def name(short: str) -> str:
    """The name of an element or an attribute as lxml has it."""
    prefix, _, local = short.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def comments(data: bytes) -> dict[str, tuple[str, list[str]]]:
    """The comments of a file by their names: author and paragraphs."""
    found = {}
    for root in _roots(data):
        for comment in root.iter(name("office:annotation")):
            lines = ["".join(paragraph.itertext()) for paragraph in comment.iter(name("text:p"))]
            found[comment.get(name("office:name"), "")] = (comment.findtext(f"{{{DC}}}creator"), lines)
    return found


def commented(data: bytes) -> dict[str, str]:
    """The words that each comment stands on, as a reader of the page sees them. ¹ is a note, ▭ a box."""
    found: dict[str, str] = {}
    for root in _roots(data):
        open_: dict[str, tuple[etree._Element, list[str]]] = {}
        for kind, element, words, story in _shown(root, root):
            key = element.get(name("office:name"), "")
            if kind == "begin":
                open_[key] = story, []
            elif kind == "end" and key in open_:
                found[key] = tidy("".join(open_.pop(key)[1]))
            for around, held in open_.values():
                held.append(words if around is story else "")
    return found


def _shown(
    element: etree._Element, story: etree._Element
) -> Iterator[tuple[str, etree._Element, str, etree._Element]]:
    """The words in an element, in order, with their story, and the comments that begin and end in them."""
    yield "words", element, element.text or "", story
    for inner in element:
        if inner.tag == name("office:annotation"):
            yield "begin", inner, "", story
        elif inner.tag == name("office:annotation-end"):
            yield "end", inner, "", story
        elif inner.tag in map(name, ("text:s", "text:tab", "text:line-break")):
            yield "words", inner, " ", story
        elif inner.tag in map(name, ("text:note", "draw:frame", "draw:custom-shape")):
            yield "words", inner, "¹" if inner.tag == name("text:note") else "▭", story
            yield from _shown(inner, inner)
        elif inner.tag != name("text:tracked-changes") and inner.get(name("text:style-name")) != "Hide":
            yield from _shown(inner, story)
        yield "words", inner, inner.tail or "", story


def settled(data: bytes, *, accept: bool, author: str | None = None) -> bytes:
    """The file after all tracked changes (of one author) are accepted or rejected, as LibreOffice does."""
    changed = {}
    for key in STORIES:
        root = _root(parts(data)[key])
        for region in list(root.iter(name("text:changed-region"))):
            (change,) = region
            if author in (None, change.findtext(f".//{{{DC}}}creator")):
                _settle(root, region.get(name("text:id")), change, accept=accept)
                region.getparent().remove(region)
        for changes in list(root.iter(name("text:tracked-changes"))):
            if not len(changes):
                _take_out(changes)
        changed[key] = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return with_parts(data, changed)


def _settle(root: etree._Element, key: str | None, change: etree._Element, *, accept: bool) -> None:
    marks = [e for e in root.iter("*") if e.get(name("text:change-id")) == key]
    if change.tag == name("text:deletion"):
        (mark,) = marks
        if not accept:
            _put_before(mark, change.find(name("text:p")))
    elif change.tag == name("text:insertion") and not accept:
        start, end = marks
        following = start.getnext()
        start.tail = None
        while following is not end:  # ours, and those of the tests, stand in one element
            goes, following = following, following.getnext()
            goes.getparent().remove(goes)
    for mark in marks:
        _take_out(mark)


def _put_before(mark: etree._Element, paragraph: etree._Element | None) -> None:
    """Put what was deleted in its place again."""
    assert paragraph is not None
    _add_before(mark, paragraph.text or "")
    for inner in list(paragraph):
        mark.addprevious(inner)  # with its tail


def _take_out(element: etree._Element) -> None:
    _add_before(element, element.tail or "")
    element.tail = None
    element.getparent().remove(element)


def _add_before(element: etree._Element, words: str) -> None:
    before = element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        parent = element.getparent()
        parent.text = (parent.text or "") + words


def without_ours(data: bytes, author: str) -> list[bytes]:
    """The parts as they were before an author's comments."""
    found = []
    for root in _roots(data):
        ours = [
            comment
            for comment in root.iter(name("office:annotation"))
            if comment.findtext(f"{{{DC}}}creator") == author
        ]
        keys = {comment.get(name("office:name")) for comment in ours}
        ends = [
            end for end in root.iter(name("office:annotation-end")) if end.get(name("office:name")) in keys
        ]
        styles = [s for s in root.iter(name("style:style")) if s.get(name("style:name")) == "sos-lint-small"]
        for element in (*ours, *ends, *styles):
            _take_out(element)
        for group in list(root.iter(name("office:automatic-styles"))):
            if not len(group):
                _take_out(group)
        found.append(etree.tostring(root, method="c14n"))
    return found


def _roots(data: bytes) -> list[etree._Element]:
    return [_root(part) for key, part in parts(data).items() if key in STORIES]


def _root(part: bytes) -> etree._Element:
    return etree.fromstring(part, etree.XMLParser(remove_comments=True))
