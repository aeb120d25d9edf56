"""Rich Text Format: what the reader of the page sees, in that order."""

from __future__ import annotations

from pathlib import Path

import pytest
from rtf_files import by_number, escaped, inner_row, paragraph, paragraphs, row, rtf

from sos_lint.document import BlockKind, Cell, MarkKind
from sos_lint.errors import UnreadableFile
from sos_lint.readers import read_bytes

P, H, L, F = BlockKind.PARAGRAPH, BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.FORM_LABEL
C, Q = BlockKind.TABLE_CELL, BlockKind.QUOTATION
SIX = paragraph("Tom is six.")
PLAN = r"{\field{\*\fldinst{ HYPERLINK \\l \"a\" }}{\fldrslt{\ul the plan}}}".replace(r"\"", '"')
SAMPLE = Path(__file__).parent / "samples" / "libreoffice.rtf"

View = list[tuple[BlockKind, str, str]]

STYLES = (
    r"{\stylesheet{\ql Normal;}{\s1\sbasedon0 heading 1;}{\s2\sbasedon1 Mine;}{\s3 Title;}{\s4 Quote;}"
    r"{\s5\outlinelevel3 Deep;}{\s6 List Bullet 2;}{\s7\sbasedon8 a;}{\s8\sbasedon7 b;}{\*\cs10 Strong;}"
    r"{\s11{\*\keycode \'41}sos-lint ignore jargon;}{\*\cs12 sos-lint: ignore;}}"
)
MARK = r"{\listtext\pard\plain\f1 \'b7\tab}"

BLOCKS: dict[str, tuple[str, View]] = {
    "a heading by its level": (
        paragraph("Worries for him.", r"\outlinelevel1") + SIX,
        [(H, "paragraph 1", "Worries for him."), (P, "paragraph 2", "Tom is six.")],
    ),
    "headings by their styles": (
        "".join(paragraph("Worries for him.", rf"\s{number}") for number in (1, 2, 3, 5)),
        [(H, f"paragraph {number}", "Worries for him.") for number in (1, 2, 3, 4)],
    ),
    "a style of a heading for what is none": (
        paragraph("Tom is six.", r"\s1\outlinelevel9"),
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "styles that stand on one another": (paragraph("He hides.", r"\s7"), [(P, "paragraph 1", "He hides.")]),
    "a quotation": (paragraph("I hide.", r"\s4"), [(Q, "paragraph 1", "I hide.")]),
    "items": (
        paragraph(MARK + "One.", r"\ls1") + paragraph(MARK + "Two.", r"\ls1") + paragraph("Six.", r"\s6"),
        [(L, "paragraph 1", "One."), (L, "paragraph 2", "Two."), (L, "paragraph 3", "Six.")],
    ),
    "items as Word 6 wrote them": (
        paragraph(r"{\pntext\f1\'b7\tab}{\*\pn\pnlvlblt{\pntxtb\'b7}}One."),
        [(L, "paragraph 1", "One.")],
    ),
    "an item by its list alone": (paragraph("One.", r"\ls2"), [(L, "paragraph 1", "One.")]),
    "an item without a mark": (
        paragraph(r"{\listtext\tab}Tom is six.", r"\ls2"),
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "lines": (
        paragraph(r"Name: Tom\line Age: six"),
        [(P, "paragraph 1", "Name: Tom"), (P, "paragraph 1", "Age: six")],
    ),
    "paragraphs as a Mac ends them": (
        "Tom is six.\\\nHe hides.\\\n",
        [(P, "paragraph 1", "Tom is six."), (P, "paragraph 2", "He hides.")],
    ),
    "a paragraph without an end": ("Tom is six.", [(P, "paragraph 1", "Tom is six.")]),
    "sections": (
        r"Tom is six.\sect\sectd He hides.\par",
        [(P, "paragraph 1", "Tom is six."), (P, "paragraph 2", "He hides.")],
    ),
    "white space": (
        paragraph("Tom\n  is\\tab six\\~now"),
        [(P, "paragraph 1", "Tom is six now")],
    ),
    "inside a word": (paragraph(r"ne{\b gl}e\-ct"), [(P, "paragraph 1", "neglect")]),
    "a table": (
        row("Name", "Age") + row("Tom", "He is six."),
        [(F, "table 1, row 1, column 1", "Name"), (F, "table 1, row 1, column 2", "Age"),
         (F, "table 1, row 2, column 1", "Tom"), (C, "table 1, row 2, column 2", "He is six.")],
    ),
    "two tables": (
        row("Tom is six.") + SIX + row("He hides."),
        [(C, "table 1, row 1, column 1", "Tom is six."), (P, "paragraph 1", "Tom is six."),
         (C, "table 2, row 1, column 1", "He hides.")],
    ),
    "two tables with nothing between, of Word": (
        row("Tom is six.", more=r"\irow0") + row("He hides.", more=r"\irow0"),
        [(C, "table 1, row 1, column 1", "Tom is six."), (C, "table 2, row 1, column 1", "He hides.")],
    ),
    "a row said at its end, as Word does": (
        r"\trowd\cellx9\pard\intbl Tom is six.\cell He hides.\cell{\trowd\cellx1000\clvmrg\cellx2000\row}",
        [(C, "table 1, row 1, column 1", "Tom is six.")],
    ),
    "merged cells": (
        row("Worry.", "So.", "Now.", borders=[1000, 2000, r"\clmrg", 3000])
        + row("Tom is six.", "He hides.", borders=[r"\clvmgf", 1000, 3010])
        + row("", "So.", borders=[r"\clvmrg", 1000, 3000])
        + row("He hides.", borders=[1000], more=r"\trleft990"),
        [(C, "table 1, row 1, column 1", "Worry."), (C, "table 1, row 1, column 2", "So."),
         (C, "table 1, row 2, column 1", "Tom is six."), (C, "table 1, row 2, column 2", "He hides."),
         (C, "table 1, row 3, column 2", "So."), (C, "table 1, row 4, column 2", "He hides.")],
    ),
    "a deleted cell": (
        row("Tom is six.", "neglect", borders=[1000, r"\cldel", 2000]),
        [(C, "table 1, row 1, column 1", "Tom is six.")],
    ),
    "paragraphs in a cell": (
        row(r"Name:\par Tom is six."),
        [(F, "table 1, row 1, column 1", "Name:"), (C, "table 1, row 1, column 1", "Tom is six.")],
    ),
    "a table in a table": (
        row(r"Tom is six.\par " + inner_row("So.", "He hides.") + r"\pard\intbl Now."),
        [(C, "table 1, row 1, column 1", "Tom is six."), (C, "table 2, row 1, column 1", "So."),
         (C, "table 2, row 1, column 2", "He hides."), (C, "table 1, row 1, column 1", "Now.")],
    ),
    "a row without its end": (
        r"\trowd\cellx1000\cellx2000\pard\intbl Tom is six.\cell He hides.\par\pard So.\par",
        [(C, "table 1, row 1, column 1", "Tom is six."), (C, "table 1, row 1, column 2", "He hides."),
         (P, "paragraph 1", "So.")],
    ),
    "notes, after the body": (
        paragraph(r"One.{\super\chftn{\*\footnote\ftnalt\pard\plain{\super\chftn} End.}}"
                  r"{\footnote\pard\plain{\chftn}Foot.\par So.}") + SIX,
        [(P, "paragraph 1", "One."), (P, "paragraph 2", "Tom is six."), (P, "footnote 1", "Foot."),
         (P, "footnote 1", "So."), (P, "endnote 1", "End.")],
    ),
    "a note in a table": (
        row(r"Tom is six.{\footnote Foot.}"),
        [(C, "table 1, row 1, column 1", "Tom is six."), (P, "footnote 1", "Foot.")],
    ),
    "a text box": (
        paragraph(r"One.{\shp{\*\shpinst{\sp{\sn a}{\sv neglect}}{\shptxt\pard Tom is six.\par}}"
                  r"{\shprslt{\*\do{\dptxbxtext neglect}}}} Two."),
        [(P, "paragraph 1", "One. Two."), (P, "text box 1", "Tom is six.")],
    ),
    "a text box in a text box": (
        paragraph(r"One.{\shp{\*\shpinst{\shptxt So.{\shp{\*\shpinst{\shptxt He hides.}}}\par Now.}}}"),
        [(P, "paragraph 1", "One."), (P, "text box 1", "So."), (P, "text box 1", "Now."),
         (P, "text box 2", "He hides.")],
    ),
    "a text box of old": (
        paragraph(r"One.{\*\do\dobxpage{\dptxbxtext\pard Tom is six.\par}}"),
        [(P, "paragraph 1", "One."), (P, "text box 1", "Tom is six.")],
    ),
    "hidden words": (
        paragraph(r"Tom is {\v neglect {\b neglect}}\v neglect\v0 six\v neglect\plain ."),
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "a hidden note and box": (
        paragraph(r"Tom is {\v\footnote neglect}{\v\shp{\*\shpinst{\shptxt neglect}}}six."),
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "changes": (
        paragraph(r"Tom is {\deleted neglect}{\revised six}{\mvf neglect}{\mvt .}"),
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "a deleted end": (
        paragraph(r"Tom is {\deleted neglect\par}") .replace("\\par\n", "") + r"\pard six.\par",
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "what is not seen": (
        paragraph(r"{\*\bkmkstart neglect}{\*\bkmkend neglect}{\xe neglect}{\tc neglect}{\pict neglect}"
                  r"{\object{\*\objdata 00}{\result neglect}}{\*\new neglect}{\info neglect}Tom is six."),
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "fields": (
        paragraph(r"Tom is {\field{\*\fldinst MERGEFIELD {\field{\*\fldinst neglect}{\fldrslt neglect}}}"
                  r"{\fldrslt six}}{\field{\*\fldinst FORMTEXT{\*\formfield neglect}}{\fldrslt .}}"),
        [(P, "paragraph 1", "Tom is six.")],
    ),
    "a comment": (
        paragraph(r"{\*\atrfstart 1}Tom{\*\atrfend 1}{\*\atnid neglect}{\*\atnauthor neglect}\chatn"
                  r"{\*\annotation{\*\atnref 1}\pard neglect} is six."),
        [(P, "paragraph 1", "Tom is six.")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(body: str, expected: View) -> None:
    document = read_bytes(rtf(body, STYLES), "a.rtf")
    assert [(b.kind, b.where, b.at.of(document.text)) for b in document.blocks] == expected
    assert document.source is None
    assert not document.can_change


def test_levels_and_cells() -> None:
    body = paragraph("One.", r"\outlinelevel2") + paragraph(MARK + "Two.", r"\ls1\ilvl3") + row("So.", "Now.")
    document = read_bytes(rtf(body), "a.rtf")
    assert [block.level for block in document.blocks] == [3, 4, 0, 0]
    assert [block.cell for block in document.blocks[2:]] == [Cell(1, 1, 1), Cell(1, 1, 2)]


def test_headers_and_footers_come_last_and_the_same_words_once() -> None:
    body = (
        r"\sectd{\header\pard Odette.\par}{\headerl Odette.}{\headerf neglect}{\footer Page 1}One.\sect"
        r"\sectd\titlepg{\headerf First.}{\footerr{\field{\*\fldinst PAGE}{\fldrslt 2}}}Two.\par"
    )
    document = read_bytes(rtf(body), "a.rtf")
    assert [(b.where, b.at.of(document.text)) for b in document.blocks] == [
        ("paragraph 1", "One."),
        ("paragraph 2", "Two."),
        ("header", "Odette."),
        ("header", "First."),
        ("footer", "Page 1"),
        ("footer", "2"),
    ]


def test_links() -> None:
    words = paragraph(
        r'See {\field{\*\fldinst{HYPERLINK "https://a.org"}}{\fldrslt our page}} and ' + PLAN + "."
    )
    document = read_bytes(rtf(words), "a.rtf")
    assert document.text == "See our page and the plan."
    assert [(mark.kind, mark.term, mark.value) for mark in document.marks] == [
        (MarkKind.LINK, "our page", "https://a.org"),
        (MarkKind.LINK, "the plan", "a"),
    ]


def test_what_it_says_to_us() -> None:
    body = (
        paragraph(r"{\*\atrfstart 1}Tom is", r"")
        + paragraph(r"six{\*\atrfend 1}{\*\annotation{\*\atnref 1}sos-lint: ignore jargon -- quoted}.")
        + paragraph(r"{\*\atrfstart 2}So{\*\annotation{\*\atnref 2}sos-lint: ignore} it goes on.")
        + paragraph("All of it.", r"\s11")
        + paragraph(r"Only {\cs12 this}.")
    )
    document = read_bytes(rtf(body, STYLES), "a.rtf")
    assert [(r.words, [at.of(document.text) for at in r.at]) for r in document.remarks] == [
        ("ignore jargon -- quoted", ["Tom is", "six"]),
        ("ignore jargon", ["All of it."]),
        ("ignore", ["this"]),
    ]


CHARACTERS = {
    "of Windows": (r"Zo\'eb said \'93so\'94 \'96 yes.", "Zoë said “so” – yes."),
    "bytes as they are": ("Zoë said so.".encode("cp1252"), "Zoë said so."),
    "by number": (r"Zo\u235?, \uc0 Zo\u235 , \uc2 Zo\u235\'ef\'eb.", "Zoë, Zoë, Zoë."),
    "a fallback that is a sign": (r"He hid \u8211\endash  so.", "He hid – so."),
    "a fallback that its group cuts short": (r"{\uc3 Zo\u235 ?}e is six.", "Zoëe is six."),
    "by two numbers": (r"Tom \u-10179?\u-8704? is six.", "Tom 😀 is six."),
    "half of two numbers": (r"Tom \u-10179? is six.", "Tom � is six."),
    "a number that is none": (r"Tom \u9999999999? is six.", "Tom is six."),
    "signs": (r"\ldblquote so\rdblquote  \lquote a\rquote \endash\emdash\_\{\}\\", "“so” ‘a’–—-{}\\"),
    "of a font": (r"{\f2\'ea\'ee\'f2} is six.", "кот is six."),
    "of a font of signs": (r"{\f1\'a8} Tom is six.", "\uf0a8 Tom is six."),
    "in two bytes, one a letter": (r"{\f3\'83A} is six.", "ア is six."),
    "of an unknown font": (r"{\f77 Zo\'eb} is six.", "Zoë is six."),
}


@pytest.mark.parametrize(("words", "expected"), CHARACTERS.values(), ids=CHARACTERS)
def test_characters(words: str | bytes, expected: str) -> None:
    inside = words if isinstance(words, bytes) else words.encode()
    data = rtf("", r"{\fonttbl\f3\fcharset128 Gothic;}")[:-1] + inside + b"}"
    assert read_bytes(data, "a.rtf").text == expected


PAGES = {
    r"\ansi\ansicpg1251": r"\'ea\'ee\'f2",
    r"\ansi\ansicpg65001": r"\'d0\'ba\'d0\'be\'d1\'82",
    r"\ansi\ansicpg10000": r"Zo\'91",
    r"\mac": r"Zo\'91",
    r"\pc": r"Zo\'89",
    r"\pca": r"Zo\'89",
    r"\ansi\ansicpg99999": r"Zo\'eb",
    r"\ansi": r"Zo\'eb",
}


@pytest.mark.parametrize(("head", "words"), PAGES.items(), ids=PAGES)
def test_code_pages(head: str, words: str) -> None:
    assert read_bytes(rf"{{\rtf1{head} {words}}}".encode(), "a.rtf").text in {"кот", "Zoë"}


def test_a_file_of_libreoffice() -> None:
    """Made by LibreOffice 7.4 of an OpenDocument text with a bit of everything."""
    document = read_bytes(SAMPLE.read_bytes(), "libreoffice.rtf")
    assert [(b.kind, b.where, b.at.of(document.text)) for b in document.blocks] == [
        (H, "paragraph 1", "What are we worried about?"),
        (P, "paragraph 2", "Tom is six. He hides – “often”, Zoë said 😀."),
        (P, "paragraph 3", "Mum said little."),
        (L, "paragraph 4", "She shouts."),
        (L, "paragraph 5", "Then he hides."),
        (F, "table 1, row 1, column 1", "Worry"),
        (C, "table 1, row 1, column 2", "Who saw it"),
        (C, "table 1, row 2, column 1", "Tom hides when Mum shouts."),
        (C, "table 1, row 2, column 2", "Nan"),
        (C, "table 1, row 2, column 3", "His teacher"),
        (F, "table 1, row 3, column 2", "Nobody else"),
        (F, "table 2, row 1, column 1", "Monday"),
        (C, "table 2, row 1, column 2", "He hid under the bed."),
        (P, "paragraph 6", "Name: Tom"),
        (P, "paragraph 6", "Age: six"),
        (P, "paragraph 7", "See the plan."),
        (P, "text box 1", "Nan was at the door."),
        (P, "paragraph 8", "It is neglect, they wrote."),
        (P, "footnote 1", "On two Mondays."),
        (P, "endnote 1", "From the visit in May."),
        (P, "header", "Visit of 4 May"),
        (P, "footer", "In confidence"),
    ]
    assert [(mark.term, mark.value) for mark in document.marks] == [("the plan", "https://example.org/plan")]
    (remark,) = document.remarks
    assert (remark.words, remark.at[0].of(document.text)) == (
        "ignore broad-terms/neglect -- from the court",
        "It is neglect",
    )


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "a.txt", "-"])
def test_it_is_known_by_its_bytes(name: str) -> None:
    assert read_bytes(paragraphs([["Tom is six."]]), name).text == "Tom is six."


def test_what_people_type_is_read_as_it_stands() -> None:
    lines = ["{Tom} \\ Zoë’s 😀", "50\t%"]
    document = read_bytes(paragraphs([lines]), "a.rtf")
    assert document.text == "{Tom} \\ Zoë’s 😀\n50 %"
    assert escaped("é") == by_number("é") == r"\u233?"


DEEP = b"{" * 1_000_000
# A file that is no document, and words of what must be said.
FAULTS = {
    "text by another name": (b"Tom is six.", "not an RTF file"),
    "no text": (rtf(r"\pard\par"), "holds no text"),
    "only what is hidden": (rtf(r"{\v Tom is six.}"), "holds no text"),
    "cut short": (paragraphs([["Tom is six."]])[:-1], "damaged or cut short"),
    "cut short after a backslash": (rb"{\rtf1 Tom is six.\\"[:-1], "damaged or cut short"),
    "cut short in a picture": (rb"{\rtf1 Tom is six.{\pict 00", "damaged or cut short"),
    "bytes that are not there": (rb"{\rtf1 Tom is six.\bin99999999 a}", "damaged or cut short"),
    "bytes that are not there, in a picture": (
        rb"{\rtf1 Tom is six.{\pict\bin9999 a}}",
        "damaged or cut short",
    ),
    "nested too deeply": (rb"{\rtf1 Tom is six." + DEEP, "nested too deeply"),
    "a million marks": (rb"{\rtf1 Tom is six." + rb"\b" * 2_100_000 + b"}", "more markup than any"),
}


@pytest.mark.parametrize(("data", "said"), FAULTS.values(), ids=FAULTS)
def test_what_cannot_be_read(data: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile, match=said) as raised:
        read_bytes(data, "a.rtf")
    assert raised.value.hint


MANY = 20_000
# Files that are meant to do harm, and what is read of them.
HARMFUL = {
    "open groups that are not seen": (rb"{\*\x " + DEEP + b"}" * 1_000_000 + b"}Tom is six.", 1),
    "ends of groups": (b"Tom is six." + b"}" * 1_000_000, 1),
    "a picture of raw braces": (rb"Tom{\pict\bin9 {{{{{{{{{} is six.", 1),
    "characters by number": (rb"\u8217?" * MANY + b"Tom is six.", 1),
    "characters by half a number": (rb"\u-10179" * MANY + b"Tom is six.", 1),
    "a word without end": (b"\\" + b"a" * 1_000_000 + b" Tom is six.", 1),
    "a number without end": (rb"\u" + b"9" * 1_000_000 + b" Tom is six.", 1),
    "cells": (rb"\trowd" + rb"\cellx9" * MANY + rb"\intbl" + rb"\cell" * MANY + rb"Tom is six.\row", 1),
    "tables in tables": (b"".join(rb"\intbl\itap%d Tom.\par" % n for n in range(1, 100)), 99),
    "notes in notes": (rb"{\footnote Tom." * 900 + b"}" * 900, 900),
    "notes in one group": (b"{" + rb"\footnote Tom." * MANY + b"}", MANY),
    "boxes in boxes": (rb"{\do{\dptxbxtext Tom." * 490 + b"}}" * 490, 490),
    "boxes in one group": (rb"{\do " + rb"\dptxbxtext Tom." * MANY + b"}", MANY),
    "fields in fields": (rb"{\field{\*\fldinst a}{\fldrslt Tom " * 400 + b"is six." + b"}}" * 400, 1),
    "comments over one another": (
        b"".join(rb"{\*\atrfstart %d}Tom " % n for n in range(MANY)) + b"is six.",
        1,
    ),
    "styles on styles": (b"{\\stylesheet" + rb"{\s1\sbasedon1 a;}" * MANY + rb"}\s1 Tom is six.", 1),
}


@pytest.mark.parametrize(("body", "blocks"), HARMFUL.values(), ids=HARMFUL)
def test_what_is_meant_to_do_harm_is_read(body: bytes, blocks: int) -> None:
    document = read_bytes(rb"{\rtf1 " + body + b"}", "a.rtf")
    assert len(document.blocks) == blocks
    assert document.text.endswith(("is six.", "Tom."))
