"""OpenDocument texts with everything that drafts have in them, and the words that their readers see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from hypothesis import strategies as st
from odt_files import odt_file

PROSE = (
    "Ruby told Dee that there is neglect in the CIN plan & contact <2 hours> with Nan's café on Monday 😀 "
    "presents as withdrawn; often EHCP “shouts” co-parent"
)
WORDS = PROSE.split()
STYLES = (
    '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/>'
    '</style:style><style:style style:name="I" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="Hide" style:family="text"><style:text-properties text:display="none"/>'
    "</style:style>"
)
JO = "<dc:creator>Jo</dc:creator><dc:date>2026-03-04T10:00:00</dc:date>"

words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(" ".join)
written = st.sampled_from(["plain", "plain", "plain", "numbers", "data", "remark", "lines"])
leaf = st.one_of(
    st.tuples(st.just("words"), words, written),
    st.tuples(
        st.just("words"), st.sampled_from([" ", " ", "  ", "\n ", "\u00a0", ", ", ""]), st.just("plain")
    ),
    st.tuples(st.sampled_from(["s", "tab", "break", "bookmark", "page-break"]), st.just(""), st.just("")),
    st.tuples(st.sampled_from(["field", "input", "hidden", "deleted", "comment"]), words, st.just("plain")),
)
inline = st.recursive(
    leaf,
    lambda inner: st.tuples(
        st.sampled_from(["span", "span", "italic", "link", "inserted", "commented", "note", "box", "shape"]),
        st.lists(inner, min_size=1, max_size=4),
        st.just(""),
    ),
    max_leaves=8,
)
paragraph = st.tuples(
    st.sampled_from(["p", "p", "p", "h", "item", "cell", "locked"]), st.lists(inline, min_size=1, max_size=6)
)
drafts = st.tuples(
    st.lists(paragraph, min_size=1, max_size=4), st.lists(inline, max_size=3), st.lists(inline, max_size=2)
)


@dataclass
class Made:
    """A draft, and the words of its stories in the order of reading: body with boxes, notes, margins."""

    data: bytes
    shown: str


@dataclass
class _Maker:
    """Writes a draft; what a paragraph has beside its words waits until that is written."""

    count: int = 0
    regions: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    depth: int = 0

    def inline(self, pieces: Sequence[tuple[str, object, str]]) -> tuple[str, str]:
        """Some pieces as XML, and the words of them that are seen in this place."""
        made = [self._piece(*piece) for piece in pieces]
        return "".join(xml for xml, _ in made), "".join(shown for _, shown in made)

    def _piece(self, kind: str, inner: object, how: str) -> tuple[str, str]:
        self.count += 1
        number = self.count
        if isinstance(inner, list):
            return self._around(kind, inner, number)
        said = str(inner)
        match kind:
            case "words":
                return _written(said, how), said
            case "s":
                return '<text:s text:c="2"/>', "  "
            case "tab":
                return "<text:tab/>", "\t"
            case "break":
                return "<text:line-break/>", "\n"
            case "bookmark":
                return f'<text:bookmark text:name="b{number}"/>', ""
            case "page-break":
                return "<text:soft-page-break/>", ""
            case "field":
                return f'<text:user-defined text:name="x">{escape(said)}</text:user-defined>', said
            case "input":
                return f'<text:text-input text:description="x">{escape(said)}</text:text-input>', said
            case "hidden":
                return f'<text:span text:style-name="Hide">{escape(said)}</text:span>', ""
            case "deleted":
                deletion = f"<text:deletion>{_info()}<text:p>{escape(said)}</text:p></text:deletion>"
                return f'<text:change text:change-id="{self._region(deletion)}"/>', ""
            case _:
                return f"<office:annotation>{JO}<text:p>{escape(said)}</text:p></office:annotation>", ""

    def _around(self, kind: str, pieces: list[tuple[str, object, str]], number: int) -> tuple[str, str]:
        if kind in ("note", "box", "shape"):
            return self._beside(kind, pieces, number)
        if kind == "inserted" and self.depth:  # insertions do not stand in each other
            kind = "span"
        self.depth += kind == "inserted"
        xml, shown = self.inline(pieces)
        self.depth -= kind == "inserted"
        match kind:
            case "span" | "italic":
                style = "B" if kind == "span" else "I"
                return f'<text:span text:style-name="{style}">{xml}</text:span>', shown
            case "link":
                return f'<text:a xlink:type="simple" xlink:href="http://x.org/{number}">{xml}</text:a>', shown
            case "inserted":
                key = self._region(f"<text:insertion>{_info()}</text:insertion>")
                start, end = (f'<text:change-{edge} text:change-id="{key}"/>' for edge in ("start", "end"))
                return start + xml + end, shown
            case _:
                key = f"jo-{number}"
                said = f'<office:annotation office:name="{key}">{JO}<text:p>Why?</text:p></office:annotation>'
                return f'{said}{xml}<office:annotation-end office:name="{key}"/>', shown

    def _beside(self, kind: str, pieces: list[tuple[str, object, str]], number: int) -> tuple[str, str]:
        """A note or a box, whose words are seen elsewhere; in one of them there is no other."""
        inner = [piece for piece in pieces if not isinstance(piece[1], list)]
        xml, shown = self.inline(inner)
        paragraph = f"<text:p>{xml}</text:p>"
        if kind == "note":
            self.notes.append(shown)
            citation = f"<text:note-citation>{number}</text:note-citation>"
            body = f"<text:note-body>{paragraph}</text:note-body>"
            return f'<text:note text:note-class="footnote">{citation}{body}</text:note>', ""
        self.boxes.append(shown)
        if kind == "box":
            return f"<draw:frame><draw:text-box>{paragraph}</draw:text-box></draw:frame>", ""
        return f"<draw:custom-shape>{paragraph}</draw:custom-shape>", ""

    def _region(self, change: str) -> str:
        key = f"ct{len(self.regions)}"
        self.regions.append(
            f'<text:changed-region xml:id="{key}" text:id="{key}">{change}</text:changed-region>'
        )
        return key

    def block(self, kind: str, pieces: Sequence[tuple[str, object, str]]) -> tuple[str, str]:
        """A block of the body, and its words with those of its boxes."""
        xml, shown = self.inline(pieces)
        boxes, self.boxes = self.boxes, []
        paragraph = f"<text:p>{xml}</text:p>"
        return {
            "h": f'<text:h text:outline-level="1">{xml}</text:h>',
            "item": f"<text:list><text:list-item>{paragraph}</text:list-item></text:list>",
            "cell": f"<table:table><table:table-row><table:table-cell>{paragraph}</table:table-cell>"
            "</table:table-row></table:table>",
            "locked": f'<text:section text:protected="true">{paragraph}</text:section>',
        }.get(kind, paragraph), "\n".join([shown, *boxes])


def made(tree: tuple[list[tuple[str, list]], list, list]) -> Made:
    """A draft out of such a tree: its blocks, a header and a footer."""
    blocks, *margins = tree
    maker = _Maker()
    body = [maker.block(kind, pieces) for kind, pieces in blocks]
    regions = maker.regions
    maker.regions = []
    pages, margin_words = "", []
    for kind, pieces in zip(("header", "footer"), margins, strict=True):
        leaves = [piece for piece in pieces if not isinstance(piece[1], list) and piece[0] != "deleted"]
        xml, shown = maker.inline(leaves)
        pages += f"<style:{kind}><text:p>{xml}</text:p></style:{kind}>"
        margin_words.append(shown)
    told = "".join(regions)
    changes = (
        f'<text:tracked-changes text:track-changes="false">{told}</text:tracked-changes>' if told else ""
    )
    data = odt_file(
        changes + "".join(xml for xml, _ in body),
        STYLES,
        styles=STYLES,
        pages=f"<style:master-page>{pages}</style:master-page>",
    )
    return Made(data, "\n".join([*(shown for _, shown in body), *maker.notes, *margin_words]))


def _info() -> str:
    return f"<office:change-info>{JO}</office:change-info>"


def _written(said: str, how: str) -> str:
    """Words in one of the ways in which XML can say them."""
    match how:
        case "numbers":
            return "".join(
                f"&#{ord(sign)};" if number % 3 == 0 else escape(sign) for number, sign in enumerate(said)
            )
        case "data":
            return f"<![CDATA[{said}]]>"
        case "remark":
            half = len(said) // 2
            return f"{escape(said[:half])}<!-- & <x> -->{escape(said[half:])}"
        case "lines":
            return escape(said).replace(" ", "\r\n ")
        case _:
            return escape(said)
