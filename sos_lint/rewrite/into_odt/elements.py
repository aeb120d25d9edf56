"""Writes elements of OpenDocument, and words as they stand in them."""

from __future__ import annotations

from collections.abc import Mapping
from xml.sax.saxutils import quoteattr

from sos_lint.rewrite.spliced.part import Node, Part, escaped

_OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
_NAMESPACES = {
    **{name: f"{_OASIS}{name}:1.0" for name in ("office", "text", "style")},
    "fo": f"{_OASIS}xsl-fo-compatible:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    "xml": "http://www.w3.org/XML/1998/namespace",
}


class Elements:
    """Writes elements to stand inside one of a part, with the prefixes that are known there."""

    def __init__(self, part: Part, inside: Node) -> None:
        self._part = part
        self._inside = inside
        self._prefixes: dict[str, str | None] = {"xml": "xml"}

    def element(self, name: str, content: str = "", attributes: Mapping[str, str] | None = None) -> str:
        """An element, around its content as it is written."""
        declared: dict[str, None] = {}
        tag = self._name(name, declared)
        said = "".join(
            f" {self._name(key, declared)}={quoteattr(value)}" for key, value in (attributes or {}).items()
        )
        names = "".join(f' xmlns:{prefix}="{_NAMESPACES[prefix]}"' for prefix in declared)
        return f"<{tag}{names}{said}>{content}</{tag}>" if content else f"<{tag}{names}{said}/>"

    def words(self, words: str, before: str = "", after: str = "") -> str:
        """Words beside a character `before` and one `after` them; nothing stands for what is not known.

        Of several spaces, and of those at the ends of a paragraph, no reader sees more than elements say.
        """
        written = ""
        for number, sign in enumerate(words):
            if sign == "\t":
                written += self.element("text:tab")
            elif sign in " \r\n":
                last = words[number - 1] if number else before
                following = words[number + 1] if number + 1 < len(words) else after
                alone = last.strip() and following.strip()
                written += " " if alone else self.element("text:s")
            else:
                written += escaped(sign)
        return written

    def _name(self, name: str, declared: dict[str, None]) -> str:
        """A name as it is written here; its namespace is declared by the element that needs it."""
        prefix, _, local = name.partition(":")
        if prefix not in self._prefixes:
            self._prefixes[prefix] = self._part.prefix(_NAMESPACES[prefix], self._inside)
        known = self._prefixes[prefix]
        if known is None:
            declared[prefix] = None
        return f"{known or prefix}:{local}"


def put_style(part: Part, name: str, family: str, looks: Mapping[str, Mapping[str, str]]) -> None:
    """Give a part an automatic style, where it has none of that name.

    `looks` are what it says of "text" and "paragraph".
    """
    if any(n.name == "style:style" and n.attributes.get("style:name") == name for n in part.nodes):
        return
    group = part.root.child("office:automatic-styles")
    write = Elements(part, group or part.root)
    said = "".join(write.element(f"style:{kind}-properties", "", look) for kind, look in looks.items())
    style = write.element("style:style", said, {"style:name": name, "style:family": family})
    if group is not None:
        part.append(group, style.encode())
    else:
        following = part.root.child("office:master-styles") or part.root.child("office:body") or part.root
        content = write.element("office:automatic-styles", style).encode()
        part.replace(following.start, following.start, content)
