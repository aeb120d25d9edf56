"""Opens a Word file: which of its parts is the main one, and what each refers to."""

from __future__ import annotations

from lxml import etree

from sos_lint.errors import UnreadableFile
from sos_lint.readers.archive import Archive
from sos_lint.readers.from_docx.names import REL_ID
from sos_lint.readers.xml_names import short

_COMPOUND = b"\xd0\xcf\x11\xe0"  # an OLE file: a .doc, or an encrypted .docx
_AGAIN = "Open it in Word and save it again as .docx, or ask for another copy."


class Package(Archive):
    """The XML parts of one Word file. Whatever is wrong with them is an `UnreadableFile`."""

    def __init__(self, data: bytes, name: str) -> None:
        if data.startswith(_COMPOUND):
            raise UnreadableFile(
                name,
                "This file is locked with a password, or is an old .doc.",
                "Open it in Word, remove the password and save it as .docx.",
            )
        super().__init__(data, name, kind="Word", ending=".docx", again=_AGAIN)
        main = self.main_part("word/document.xml")
        if main is None:
            raise UnreadableFile(name, "This file has no Word document in it.", _AGAIN)
        self.main = main


def target_of(element: etree._Element, related: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """What an element's `r:id` names, or two empty strings."""
    for key, value in element.attrib.items():
        if short(str(key)) == REL_ID:
            return related.get(str(value), ("", ""))
    return "", ""
