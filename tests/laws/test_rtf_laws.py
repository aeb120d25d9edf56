"""Laws of the reader of RTF."""

from __future__ import annotations

from functools import cache

from hypothesis import example, given, settings
from hypothesis import strategies as st
from rtf_files import by_number, paragraph, row, rtf

from sos_lint import Linter
from sos_lint.document import Document
from sos_lint.errors import UnreadableFile
from sos_lint.readers import read_bytes
from sos_lint.settings import Settings

View = list[tuple[str, str]]

# Ways to write a character, and words that are not seen.
SIGNS = {"–": r"\endash ", "’": r"\rquote ", "“": r"\ldblquote ", "”": r"\rdblquote ", "\u00a0": r"\~"}
UNSEEN = [
    r"{\v neglect}", r"{\deleted CIN }", r"{\*\bkmkstart neglect}", r"{\pict 00ff}", r"{\*\new{CIN}}",
    r"{\xe{\v a}}", r"{\pict\bin4 {{}\}", r"{\field{\*\fldinst neglect}{\fldrslt }}",
    r"{\object{\result CIN}}", r"\v CIN \v0 ", r"{\*\atrfstart 1}", r"{\*\annotation neglect\par CIN}",
    r"{\shp{\*\shprslt CIN}}", "\n", "{}", r"{\b\v0 }",
]  # fmt: skip
WORDS = [
    "neglect",
    "the CIN plan",
    "Tom’s “gran”",
    "Zoë –",
    "😀",
    "кот",
    "six\u00a0times",
    "{so}",
    "a\\b",
    "and so",
]


def _written(draw: st.DrawFn, character: str) -> str:
    ways = [
        by_number(character),
        rf"{{\uc2{by_number(character, '??')}}}",
        rf"{{\uc0{by_number(character, ' ')}}}",
    ]
    if character in "\\{}":
        ways = ["\\" + character]
    elif character.isascii():
        ways += [character] * 20
    if character in SIGNS:
        ways.append(SIGNS[character])
    try:
        ways.append(rf"\'{character.encode('cp1252')[0]:02x}")
    except UnicodeEncodeError:
        ways.append(by_number(character, r"\'3f"))
    return draw(st.sampled_from(ways))


@st.composite
def _sentences(draw: st.DrawFn) -> tuple[str, str]:
    """A sentence, and how it may stand in RTF: its signs in any way, among what is not seen, in groups."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=3))
    sentence = f"On Monday {' and '.join(words)} came up."
    written = ""
    for word in sentence.split(" "):
        inside = "".join(_written(draw, character) for character in word)
        form = draw(st.sampled_from(["{}", "{}", "{{\\b {}}}", "{{\\revised {}}}", "{{{{\\i {}}}}}"]))
        unseen = draw(st.sampled_from([*[""] * 8, *UNSEEN]))
        written += form.format(inside) + unseen + " "
    return " ".join(sentence.split()), written


@st.composite
def _files(draw: st.DrawFn) -> tuple[bytes, View]:
    """A file of RTF, and what should be read of it: where, and which words."""
    body, view, notes, margins = "", View(), View(), {}
    count = tables = 0
    kinds = st.lists(st.sampled_from(["paragraph", "table", "note", "header", "footer"]), max_size=4)
    for kind in ["paragraph", *draw(kinds)]:
        sentence, written = draw(_sentences())
        if kind == "table":
            tables += 1
            shape = draw(st.lists(st.integers(1, 3), min_size=1, max_size=2))
            for number, width in enumerate(shape, 1):
                body += row(*[written] * width)
                places = (f"table {tables}, row {number}, column {column + 1}" for column in range(width))
                view += [(place, sentence) for place in places]
            body += r"\pard\plain\par"
        elif kind in ("header", "footer"):
            if kind not in margins:
                body += rf"{{\{kind}\pard {written}\par}}"
                margins[kind] = sentence
        else:
            count += 1
            view.append((f"paragraph {count}", sentence))
            if kind == "note":
                noted, inside = draw(_sentences())
                notes.append((f"footnote {len(notes) + 1}", noted))
                written += rf"{{\footnote\pard\plain {inside}}}"
            body += paragraph(written, draw(st.sampled_from(["", r"\s1", r"\ls1", r"\outlinelevel0"])))
    margins_in_order = [(kind, margins[kind]) for kind in ("header", "footer") if kind in margins]
    return rtf(body, r"{\stylesheet{\s1 heading 1;}}"), [*view, *notes, *margins_in_order]


@cache
def _linter() -> Linter:
    return Linter.with_packs()


def _where(document: Document, view: View) -> None:
    """Each block stands where it was written, and so does what is found in it."""
    assert [(block.where, block.at.of(document.text)) for block in document.blocks] == view
    for finding in _linter().lint(document, Settings(select=("broad-terms/neglect", "acronyms/cin"))):
        assert finding.text in ("neglect", "CIN")
        assert finding.at.of(document.text) == finding.text
        words = document.block_at(finding.at.start).at.of(document.text)
        assert finding.text in words
        assert (finding.where, words) in view


@settings(deadline=None)
@given(_files())
def test_every_place_holds_its_words(file: tuple[bytes, View]) -> None:
    data, view = file
    _where(read_bytes(data, "a.rtf"), view)


def test_the_law_finds_something() -> None:
    """In what the law tries, there is something to be found."""
    document = read_bytes(rtf(paragraph("On Monday neglect came up.") + paragraph("The CIN plan.")), "a.rtf")
    _where(document, [("paragraph 1", "On Monday neglect came up."), ("paragraph 2", "The CIN plan.")])
    found = _linter().lint(document, Settings(select=("broad-terms/neglect", "acronyms/cin")))
    assert [finding.text for finding in found] == ["neglect", "CIN"]


PARTS = [
    *"ab Z1.?{}\\'\n", "{", "}", "{", "}", "Tom is six. ", "Label: ", r"\par ", r"\pard ", r"\line ",
    r"\cell ", r"\row ", r"\nestcell ", r"\nestrow ", r"\trowd ", r"\cellx100 ", r"\clvmrg ", r"\intbl ",
    r"\itap2 ", r"\itap99 ", r"{\*\nesttableprops ", r"{\footnote ", r"{\header ", r"{\field ",
    r"{\*\fldinst ", r"{\fldrslt ", r"\sect ", r"{\shp ", r"{\*\shpinst ", r"{\shptxt ", r"{\listtext ",
    r"{\*\atrfstart 1}", r"{\*\atrfend 1}", r"\ftnalt ", r"{\*\annotation ", r"{\*\atnref 1}",
    r"{\stylesheet ", r"\s1 ", r"\cs1 ", r"{\fonttbl ", r"\f1 ", r"\fcharset128 ", r"\u8217?", r"\u-10179 ",
    r"\uc9 ", r"\'e9", r"\v ", r"\v0 ", r"\deleted ", r"\plain ", r"\bin3 ", r"{\pict ", r"\* ",
    "sos-lint ignore;", "sos-lint: ignore", r"\htmlrtf ", r"{\*\htmltag <p>}",
]  # fmt: skip


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
@example(r"{\footnote \field a}b\par ")
@example(r"{\field \footnote a}b\par ")
@example(r"{\stylesheet {\s1 sos-lint ignore;}}\s1 a\par ")
def test_any_words_and_groups_are_a_document_or_unreadable(body: str) -> None:
    fault = None
    try:
        document = read_bytes(b"{\\rtf1 " + body.encode() + b"}", "a.rtf")
        texts = [block.at.of(document.text) for block in document.blocks]
        assert document.text == "\n".join(texts)
        assert all(text and text == " ".join(text.split()) for text in texts)
        assert all(mark.at.of(document.text) == mark.term for mark in document.marks)
    except UnreadableFile as error:
        fault = error
    assert fault is None or (fault.sentence and fault.hint)


@given(st.lists(st.sampled_from(["Tom is six.", "He hides.", "So."]), min_size=1, max_size=5))
def test_no_word_is_lost(words: list[str]) -> None:
    """What stands in no group that is known is seen, in whatever order paragraphs, cells and rows end."""
    ends = [r"\par ", r"\cell ", r"\row ", r"\intbl\par ", r"\itap3\nestcell ", r"\sect "]
    body = "".join(one + ends[number % len(ends)] for number, one in enumerate(words))
    assert read_bytes(rtf(body), "a.rtf").text.split("\n") == words
