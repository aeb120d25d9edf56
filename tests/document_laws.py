"""Laws of every document, whatever bytes it was read from: for the tests and for the fuzzer."""

from __future__ import annotations

from collections.abc import Sequence

from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers import from_docx, from_odt, is_opendocument, read_bytes
from sos_lint.readers.build import tidy


def check(document: Document, source: str) -> None:
    """The text is its blocks, parted by line breaks; words by single spaces; what is verbatim is so."""
    texts = [block.at.of(document.text) for block in document.blocks]
    assert document.text == "\n".join(texts)
    assert all(text and text == tidy(text) for text in texts)
    for segment in document.source_map.segments:
        assert segment.source.end <= len(source)
        if segment.verbatim:
            assert segment.at.of(document.text) == segment.source.of(source)
    for mark in document.marks:
        assert mark.at.end <= len(document.text)
        assert mark.at.of(document.text) in (mark.term, "")


def words_of_runs(data: bytes, document: Document) -> str:
    """The source that only its reader knows. The stretches hold the words of their elements."""
    reader = from_odt if is_opendocument(document.name, data) else from_docx
    again, stretches = reader.read_with_places(data, document.name)
    assert (again.text, again.source_map.segments) == (document.text, document.source_map.segments)
    if reader is from_odt:
        opened = from_odt.Package(data, document.name).opened
        elements = {part: list(root.iter("*")) for part, root in opened.items()}
    else:
        package = from_docx.Package(data, document.name)
        elements = {part: list(package.part(part).iter("*")) for part in {one.part for one in stretches}}
    source = ""
    for one in stretches:
        element = elements[one.part][one.number]
        source = source.ljust(one.start, "\0") + one.words
        held = element.tail if one.after else element.text
        # An element that stands for a space may hold anything, against all rules: it is none of the text.
        assert held is None or one.words.isspace() or held.startswith(one.words, one.skip)
    return source


def source_of(data: bytes, document: Document) -> str:
    """What the document's map leads to: the file, a word processor's elements, or nothing at all."""
    if document.source is not None:
        return document.source
    leads = any(segment.source.end for segment in document.source_map.segments)
    return words_of_runs(data, document) if leads else ""


def check_bytes(data: bytes, name: str, columns: Sequence[str] = ()) -> Document | None:
    """The bytes are a document that keeps the laws, or an `UnreadableFile` with a hint; nothing else."""
    fault = None
    try:
        document = read_bytes(data, name, columns=columns)
    except UnreadableFile as error:
        fault = error
    if fault is None:
        check(document, source_of(data, document))
        return document
    assert fault.sentence and fault.hint and len(str(fault).splitlines()) == 1
    return None
