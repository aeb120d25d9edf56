"""Opens an OpenDocument text: a zip of XML parts, or one file of XML."""

from __future__ import annotations

from lxml import etree

from sos_lint.errors import UnreadableFile
from sos_lint.readers.archive import Archive, parsed
from sos_lint.readers.xml_names import child, name_of

CONTENT, STYLES = "content.xml", "styles.xml"
_KIND, _AGAIN = "OpenDocument", "Open it in LibreOffice and save it again as .odt, or ask for another copy."
_OTHERS = {  # what else is saved in such a zip
    b"spreadsheet": "a spreadsheet",
    b"presentation": "a presentation",
    b"graphics": "a drawing",
    b"formula": "a formula",
}


class Package:
    """An OpenDocument text. Whatever is wrong with it is an `UnreadableFile`.

    `text` is its `office:text`, `pages` the root that holds its styles and pages, `opened` the roots of its
    parts by their names. One file of XML counts as one part, by the name of that with the text.
    """

    def __init__(self, data: bytes, name: str) -> None:
        self._data = data
        self._archive: Archive | None = None
        self.pages: etree._Element | None
        if is_flat(data):
            root = self.pages = parsed(data, name, kind=_KIND, again=_AGAIN)
            self.opened = {CONTENT: root}
            self.text = _text(root, name)
            return
        self._archive = archive = Archive(data, name, kind=_KIND, ending=".odt", again=_AGAIN)
        kind = archive.bytes_of("mimetype") or b""
        for other, called in _OTHERS.items():
            if other in kind:
                raise UnreadableFile(
                    name, f"This is {called}, not a text.", "Save its words as .odt or .docx."
                )
        manifest = archive.part("META-INF/manifest.xml")
        locked = any(name_of(element) == "manifest:encryption-data" for element in _all(manifest))
        if locked or archive.bytes_of("encrypted-package") is not None:
            raise UnreadableFile(
                name, "This file is locked with a password.", "Remove the password and save it as .odt."
            )
        content = archive.part(CONTENT)
        if content is None:
            raise UnreadableFile(name, "This file has no OpenDocument text in it.", _AGAIN)
        self.text = _text(content, name)
        self.pages = archive.part(STYLES)
        self.opened = archive.opened

    def bytes_of(self, part: str) -> bytes | None:
        """A part as it stands in the file, or None where the file has no such part."""
        if self._archive is None:
            return self._data if part == CONTENT else None
        return self._archive.bytes_of(part)


def is_flat(data: bytes) -> bool:
    """True for a document that is one file of XML."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


def _text(root: etree._Element, name: str) -> etree._Element:
    text = child(root, "office:body", "office:text")
    if text is None:
        raise UnreadableFile(name, "This file has no OpenDocument text in it.", _AGAIN)
    return text


def _all(root: etree._Element | None) -> list[etree._Element]:
    return [] if root is None else list(root.iter("*"))
