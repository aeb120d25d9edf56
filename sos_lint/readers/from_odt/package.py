"""Opens an OpenDocument text: a zip of XML parts, or one file of XML."""

from __future__ import annotations

from lxml import etree

from sos_lint.errors import UnreadableFile
from sos_lint.readers.archive import Archive, parsed
from sos_lint.readers.xml_names import child, name_of

_KIND, _AGAIN = "OpenDocument", "Open it in LibreOffice and save it again as .odt, or ask for another copy."
_OTHERS = {  # what else is saved in such a zip
    b"spreadsheet": "a spreadsheet",
    b"presentation": "a presentation",
    b"graphics": "a drawing",
    b"formula": "a formula",
}


def opened(data: bytes, name: str) -> tuple[etree._Element, etree._Element | None]:
    """The text of the file (`office:text`), and the part that holds its styles and pages."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        root = parsed(data, name, kind=_KIND, again=_AGAIN)
        return _text(root, name), root
    archive = Archive(data, name, kind=_KIND, ending=".odt", again=_AGAIN)
    kind = archive.bytes_of("mimetype") or b""
    for other, called in _OTHERS.items():
        if other in kind:
            raise UnreadableFile(name, f"This is {called}, not a text.", "Save its words as .odt or .docx.")
    manifest = archive.part("META-INF/manifest.xml")
    locked = any(name_of(element) == "manifest:encryption-data" for element in _all(manifest))
    if locked or archive.bytes_of("encrypted-package") is not None:
        raise UnreadableFile(
            name, "This file is locked with a password.", "Remove the password and save it as .odt."
        )
    content = archive.part("content.xml")
    if content is None:
        raise UnreadableFile(name, "This file has no OpenDocument text in it.", _AGAIN)
    return _text(content, name), archive.part("styles.xml")


def _text(root: etree._Element, name: str) -> etree._Element:
    text = child(root, "office:body", "office:text")
    if text is None:
        raise UnreadableFile(name, "This file has no OpenDocument text in it.", _AGAIN)
    return text


def _all(root: etree._Element | None) -> list[etree._Element]:
    return [] if root is None else list(root.iter("*"))
