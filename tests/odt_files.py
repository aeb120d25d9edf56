"""OpenDocument texts, made of the XML that stands in them."""

from __future__ import annotations

import zipfile
from html import escape
from io import BytesIO

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    [
        *(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "text", "table", "style", "manifest")),
        f'xmlns:draw="{_OASIS}:drawing:1.0"',
        'xmlns:xlink="http://www.w3.org/1999/xlink"',
    ]
)
MIME = "application/vnd.oasis.opendocument.text"


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
