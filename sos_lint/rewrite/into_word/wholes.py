"""What a comment can stand around, but not inside: fields that Word fills, and controls for plain words.

Word writes their words anew and would lose what stands between them. LibreOffice 7.4 shows the text of a
comment inside a REF field as if it were the draft's, and no words before one inside a control for plain text.
"""

from __future__ import annotations

from collections.abc import Iterator

from sos_lint.readers.from_docx.runs import keeps_what_is_typed
from sos_lint.rewrite.spliced.part import Node, Part

_FILLED = frozenset(
    {"w:text", "w:dataBinding", "?:dataBinding", "w:dropDownList", "w:comboBox", "w:date", "w:citation"}
)

Whole = tuple[Node, Node]


class Wholes:
    """Knows them in one part."""

    def __init__(self, part: Part) -> None:
        self._fields = list(_fields(part))

    def around(self, node: Node) -> Whole | None:
        """The first and last element of the outermost that an element stands in, if any."""
        found: list[Whole] = [
            (first, last) for first, last in self._fields if first.start < node.start < last.start
        ]
        inline = node.above("w:sdt", "w:fldSimple", "w:p")
        while inline is not None and inline.name != "w:p":
            if _is_filled(inline):
                found.append((inline, inline))
            inline = inline.above("w:sdt", "w:fldSimple", "w:p")
        return min(found, key=lambda whole: whole[0].start, default=None)


def is_first_in_control(node: Node) -> bool:
    """True in the first paragraph of a control around paragraphs.

    LibreOffice 7.4 shows no words of that paragraph that stand before the end of a comment.
    """
    paragraph = node.above("w:p")
    while paragraph is not None:
        parent = paragraph.parent
        if parent is not None and parent.name == "w:sdtContent" and parent.children[0] is paragraph:
            return True
        if parent is None or parent.name not in ("w:sdtContent", "w:tc", "w:sdt"):
            return False
        paragraph = parent
    return False


def _is_filled(element: Node) -> bool:
    if element.name == "w:fldSimple":
        return not keeps_what_is_typed(element.attributes.get("w:instr", ""))
    said = element.child("w:sdtPr")
    return said is not None and any(one.name in _FILLED for one in said.children)


def _fields(part: Part) -> Iterator[Whole]:
    """The fields of several runs that Word fills, where they begin and end in one paragraph."""
    open_: list[tuple[Node, list[str]]] = []
    for node in part.nodes:
        if node.name == "w:instrText" and open_:
            open_[-1][1].append(node.text)
        elif node.name == "w:fldChar" and node.attributes.get("w:fldCharType") == "begin":
            open_.append((node, []))
        elif node.name == "w:fldChar" and node.attributes.get("w:fldCharType") == "end" and open_:
            begin, code = open_.pop()
            is_filled = not keeps_what_is_typed("".join(code))
            if is_filled and begin.above("w:p") is node.above("w:p"):
                yield begin, node
