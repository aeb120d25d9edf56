"""What a draft, or its configuration, says may stay as it is; and what is wrong with how it says so."""

from __future__ import annotations

import sys
from pathlib import Path

import docx
import pytest
import spacy
from docx.enum.style import WD_STYLE_TYPE
from odt_files import odt_file
from word_files import saved

from sos_lint.annotate import annotate_draft
from sos_lint.errors import BadConfig
from sos_lint.fix import fix
from sos_lint.kinds import Safety
from sos_lint.lint import Linter, shared_linter
from sos_lint.project import Project
from sos_lint.readers import read_bytes
from sos_lint.readers.remarks import comments_in
from sos_lint.rewrite.notes import Author
from sos_lint.settings import IgnoredWords, Settings

NEGLECT = "There is neglect in the home."
ON_WHY = Settings(require_reason=True)


def lines_of(text: str, settings: Settings | None = None, name: str = "draft.md") -> list[tuple[int, str]]:
    """The line and the rule of each finding."""
    document = read_bytes(text.encode(), name)
    return [(one.start.line, one.rule) for one in shared_linter().lint(document, settings)]


ALL = (1, "broad-terms/neglect")

# What is left: the text, and the lines on which neglect is still found.
SET_ASIDE = {
    "nothing said": (NEGLECT, [1]),
    "the next block": (f"<!-- sos-lint: ignore broad-terms/neglect -- why -->\n{NEGLECT}\n\n{NEGLECT}", [4]),
    "the next block, after a blank line": (
        f"<!-- sos-lint: ignore broad-terms/neglect -->\n\n{NEGLECT}\n\n{NEGLECT}",
        [5],
    ),
    "the whole block, not its line": (
        f"<!-- sos-lint: ignore broad-terms -->\nTom is at\nschool. {NEGLECT}",
        [],
    ),
    "the block that it ends": (f"{NEGLECT} <!-- sos-lint: ignore broad-terms -->\n\n{NEGLECT}", [3]),
    "a table of rules": (f"<!-- sos-lint: ignore broad-terms -->\n{NEGLECT}", []),
    "a kind": (f"<!-- sos-lint: ignore broad-term -->\n{NEGLECT}", []),
    "several": (f"<!-- sos-lint: ignore acronyms, broad-term -->\nThe CIN plan. {NEGLECT}", []),
    "several, parted by spaces": (
        f"<!-- sos-lint: ignore acronyms broad-term -->\nThe CIN plan. {NEGLECT}",
        [],
    ),
    "everything": (f"<!-- sos-lint: ignore -->\nThe CIN plan. {NEGLECT}", []),
    "capitals": (f"<!-- SOS-Lint: Ignore broad-terms -->\n{NEGLECT}", []),
    "its own line": (f"{NEGLECT} <!-- sos-lint: ignore-line broad-terms -->\nAnd {NEGLECT}", [2]),
    "the next line": (f"<!-- sos-lint: ignore-line broad-terms -->\n{NEGLECT}\nAnd {NEGLECT}", [3]),
    "from start to end": (
        f"{NEGLECT}\n\n<!-- sos-lint: ignore-start broad-terms -->\n\n{NEGLECT}\n\n{NEGLECT}\n\n"
        f"<!-- sos-lint: ignore-end -->\n\n{NEGLECT}",
        [1, 11],
    ),
    "one start inside another": (
        "<!-- sos-lint: ignore-start broad-terms -->\n\n<!-- sos-lint: ignore-start acronyms -->\n\n"
        f"The CIN plan. {NEGLECT}\n\n<!-- sos-lint: ignore-end broad-terms -->\n\n{NEGLECT} The LAC plan.\n\n"
        "<!-- sos-lint: ignore-end acronyms -->",
        [9],
    ),
    "the file": (f"{NEGLECT}\n\n{NEGLECT}\n\n<!-- sos-lint: ignore-file broad-terms -->", []),
    "windows": (f"{NEGLECT}\r\n\r\n<!-- sos-lint: ignore broad-terms -->\r\n{NEGLECT}\r\n", [1]),
    "beyond the basic plane": (f"😀 {NEGLECT}\n\n<!-- sos-lint: ignore broad-terms -->\n😀 {NEGLECT}", [1]),
}


@pytest.mark.parametrize("name", ["draft.md", "draft.txt"])
@pytest.mark.parametrize(("text", "left"), SET_ASIDE.values(), ids=SET_ASIDE.keys())
def test_a_draft_says_what_may_stay(text: str, left: list[int], name: str) -> None:
    """And of what was asked for, nothing else is found: the remarks are all needed."""
    assert lines_of(text, name=name) == [(line, "broad-terms/neglect") for line in left]


PAGES = {
    "the next block": (f"<p>{NEGLECT}</p>\n<!-- sos-lint: ignore broad-terms -->\n<p>{NEGLECT}</p>", [1]),
    "the block it begins": (f"<p><!-- sos-lint: ignore broad-terms -->{NEGLECT}</p>\n<p>{NEGLECT}</p>", [2]),
    "the block it ends": (f"<p>{NEGLECT}<!-- sos-lint: ignore broad-terms --></p>\n<p>{NEGLECT}</p>", [2]),
    "the file": (f"<p>{NEGLECT}</p>\n<!-- sos-lint: ignore-file broad-terms -->", []),
}


@pytest.mark.skipif(sys.version_info < (3, 11), reason="web pages need Python 3.11")
@pytest.mark.parametrize(("text", "left"), PAGES.values(), ids=PAGES.keys())
def test_a_web_page_says_what_may_stay(text: str, left: list[int]) -> None:
    assert lines_of(text, name="page.html") == [(line, "broad-terms/neglect") for line in left]


NOT_FOR_US = {
    "another's comment": f"<!-- ignore broad-terms -->\n{NEGLECT}",
    "no colon": f"<!-- sos-lint ignore broad-terms -->\n{NEGLECT}",
    "in code": f"```\n<!-- sos-lint: ignore broad-terms -->\n```\n\n{NEGLECT}",
}


@pytest.mark.parametrize("text", NOT_FOR_US.values(), ids=NOT_FOR_US.keys())
def test_only_remarks_to_sos_lint_are_followed(text: str) -> None:
    assert [rule for _, rule in lines_of(text)] == ["broad-terms/neglect"]


def test_the_words_of_a_remark_are_no_prose() -> None:
    for name in ("draft.md", "draft.txt"):
        text = f"{NEGLECT} <!-- sos-lint: ignore-line broad-terms -- CIN and chaotic -->"
        assert lines_of(text, name=name) == []


# What is wrong with a remark, and what is said of it.
FAULTS = {
    "unused": (
        "<!-- sos-lint: ignore acronyms -->\nTom is 8.",
        "sos-lint/unused-suppression",
        "Nothing is set aside here by “acronyms”: take it out.",
    ),
    "one of two unused": (
        f"<!-- sos-lint: ignore broad-terms, acronyms -->\n{NEGLECT}",
        "sos-lint/unused-suppression",
        "Nothing is set aside here by “acronyms”: take it out.",
    ),
    "nothing after it": (
        "Tom is 8.\n\n<!-- sos-lint: ignore -->",
        "sos-lint/unused-suppression",
        "Nothing is set aside here by this remark: take it out.",
    ),
    "unknown": (
        "Tom is 8.\n\n<!-- sos-lint: ignore broad-terms/neglct -->",
        "sos-lint/unknown-rule",
        "No rule, pack or kind is called “broad-terms/neglct”. Did you mean “broad-terms/neglect”?",
    ),
    "never ended": (
        f"<!-- sos-lint: ignore-start broad-terms -->\n\n{NEGLECT}",
        "sos-lint/unclear-suppression",
        "This remark cannot be followed",
    ),
    "never begun": (
        "Tom is 8.\n\n<!-- sos-lint: ignore-end broad-terms -->",
        "sos-lint/unclear-suppression",
        "This remark cannot be followed",
    ),
    "another word": (
        "<!-- sos-lint: disable broad-terms -->\nTom is 8.",
        "sos-lint/unclear-suppression",
        "This remark cannot be followed",
    ),
}


@pytest.mark.parametrize(("text", "rule", "message"), FAULTS.values(), ids=FAULTS.keys())
def test_what_is_wrong_with_a_remark_is_found_at_its_place(text: str, rule: str, message: str) -> None:
    document = read_bytes(text.encode(), "draft.md")
    (finding,) = shared_linter().lint(document)
    assert (finding.rule, finding.message[: len(message)]) == (rule, message)
    begin = text.index("<!--")
    assert (finding.start.offset, finding.end.offset) == (begin, text.index("-->") + 3)
    assert finding.text == text[begin : text.index("-->") + 3]


def test_a_misspelt_name_is_not_shown_where_excerpts_are_off() -> None:
    document = read_bytes(b"<!-- sos-lint: ignore Walburga -->\nTom is 8.", "draft.md")
    (finding,) = Linter(shared_linter().catalogue, excerpts=False).lint(document)
    assert "Walburga" not in repr(finding)
    assert finding.message == "No rule, pack or kind is called what stands here."


REMARK = "<!-- sos-lint: ignore broad-terms -->\nTom is 8."
ASKED = {
    "selected by its pack": (Settings(select=("sos-lint", "broad-terms")), 1),
    "something else is selected": (Settings(select=("broad-terms",)), 0),
    "the rule is off in this run": (Settings(ignore=("broad-terms",)), 0),
    "ignored": (Settings(ignore=("sos-lint/unused-suppression",)), 0),
}


@pytest.mark.parametrize(("settings", "count"), ASKED.values(), ids=ASKED.keys())
def test_an_unused_remark_is_told_only_where_it_could_be_used(settings: Settings, count: int) -> None:
    assert len(lines_of(REMARK, settings)) == count


def test_a_fault_is_told_whatever_is_selected() -> None:
    text = "<!-- sos-lint: ignore neglct -->\nTom is 8."
    assert lines_of(text, Settings(select=("acronyms",))) == [(1, "sos-lint/unknown-rule")]


REASONS = {
    "none": ("ignore broad-terms", 1),
    "two hyphens": ("ignore broad-terms -- from the court order", 0),
    "a dash, as Word makes it": ("ignore broad-terms – from the court order", 0),
    "two hyphens and nothing": ("ignore broad-terms --", 1),
    "of everything": ("ignore -- from the court order", 0),
}


@pytest.mark.parametrize(("words", "count"), REASONS.values(), ids=REASONS.keys())
def test_a_reason_can_be_demanded(words: str, count: int) -> None:
    text = f"<!-- sos-lint: {words} -->\n{NEGLECT}"
    assert lines_of(text, ON_WHY) == [(1, "sos-lint/suppression-without-reason")] * count
    assert lines_of(text) == []


def test_what_a_text_tells_in_full_needs_no_remark() -> None:
    """The remark is unused whether or not the report shows what is told."""
    told = (
        "Mum neglected Tom. On 3, 5 and 9 May she gave him no food; "
        "the 9th was the worst: he was so hungry that he cried."
    )
    text = f"<!-- sos-lint: ignore-file broad-terms/neglect -->\n\n{told}"
    document = read_bytes(text.encode(), "draft.md")
    assert [one.is_told for one in shared_linter().lint(read_bytes(told.encode(), "a.md"), told=True)] == [
        True
    ]
    for shown in (False, True):
        assert [one.rule for one in shared_linter().lint(document, told=shown)] == [
            "sos-lint/unused-suppression"
        ]


def word_draft() -> bytes:
    """Neglect five times: under a comment, in two styles, under another's comment, and as it is."""
    draft = docx.Document()
    draft.styles.add_style("sos-lint ignore", WD_STYLE_TYPE.CHARACTER)
    draft.styles.add_style("SOS-lint ignore broad-terms", WD_STYLE_TYPE.PARAGRAPH)
    first = draft.add_paragraph("There is ")
    draft.add_comment(first.add_run("neglect"), text="sos-lint: ignore broad-terms – quoted", author="Jo")
    first.add_run(" in the home. ")
    first.add_run("There is neglect at school.", style="sos-lint ignore")
    draft.add_paragraph("There is neglect at home.", style="SOS-lint ignore broad-terms")
    other = draft.add_paragraph("There is ")
    draft.add_comment(other.add_run("neglect"), text="Who saw this?", author="Jo")
    other.add_run(" each day, and neglect each night.")
    return saved(draft)


def test_a_word_draft_says_so_by_comments_and_styles() -> None:
    findings = shared_linter().lint(read_bytes(word_draft(), "draft.docx"))
    assert [(one.where, one.text) for one in findings] == [("paragraph 3", "neglect")] * 2


def odt_draft() -> bytes:
    """The same as an OpenDocument text."""

    def on(words: str, said: str, key: str) -> str:
        begin = f'<office:annotation office:name="{key}"><text:p>{said}</text:p></office:annotation>'
        return f'{begin}{words}<office:annotation-end office:name="{key}"/>'

    styles = (
        '<style:style style:name="sos-lint_20_ignore" style:family="text"/><style:style style:name="P1"'
        ' style:display-name="SOS-lint ignore broad-terms" style:family="paragraph"/>'
    )
    quoted = on("neglect", "sos-lint: <text:span>ig</text:span>nore broad-terms – quoted", "a")
    by_style = '<text:span text:style-name="sos-lint_20_ignore">There is neglect at school.</text:span>'
    return odt_file(
        f"<text:p>There is {quoted} in the home. {by_style}</text:p>"
        '<text:p text:style-name="P1">There is neglect at home.</text:p>'
        f"<text:p>There is {on('neglect', 'Who saw this?', 'b')} each day, and neglect each night.</text:p>",
        styles=styles,
    )


def test_an_opendocument_draft_says_so_by_comments_and_styles() -> None:
    findings = shared_linter().lint(read_bytes(odt_draft(), "draft.odt"))
    assert [(one.where, one.text) for one in findings] == [("paragraph 3", "neglect")] * 2


NOTE = '<text:note text:note-class="footnote"><text:note-body><text:p>'
NOTE_ENDS = "</text:p></text:note-body></text:note>"
# What stands in an OpenDocument text between the marks of a remark, and where neglect is found all the same.
ODT_REMARKS = {
    "over paragraphs and tables": (
        "<text:p>{begin}neglect a</text:p><table:table><table:table-row><table:table-cell><text:p>neglect b"
        "</text:p></table:table-cell></table:table-row></table:table><text:p>neglect c{end}</text:p>"
        "<text:p>neglect d</text:p>",
        ["paragraph 3"],
    ),
    "with no choice of words, on its paragraph": (
        "<text:p>neglect a</text:p><text:p>neglect b {begin}and neglect</text:p><text:p>neglect c</text:p>",
        ["paragraph 1", "paragraph 3"],
    ),
    "over a note, not on its words": (
        f"<text:p>{{begin}}neglect a{NOTE}neglect b{NOTE_ENDS} neglect c{{end}}</text:p>",
        ["footnote 1"],
    ),
    "in a note": (
        f"<text:p>neglect a{NOTE}{{begin}}neglect b{{end}}{NOTE_ENDS} neglect c</text:p>",
        ["paragraph 1", "paragraph 1"],
    ),
    "in a paragraph around a text box": (
        "<text:p>neglect a {begin}<draw:frame><draw:text-box><text:p>neglect b</text:p></draw:text-box>"
        "</draw:frame></text:p>",
        ["text box 1"],
    ),
}


@pytest.mark.parametrize(("written", "left"), ODT_REMARKS.values(), ids=ODT_REMARKS)
def test_where_a_comment_of_opendocument_holds(written: str, left: list[str]) -> None:
    said = "<text:p>sos-lint: ignore<text:s/>broad-terms</text:p>"
    body = written.format(
        begin=f'<office:annotation office:name="a">{said}</office:annotation>',
        end='<office:annotation-end office:name="a"/>',
    )
    findings = shared_linter().lint(read_bytes(odt_file(body), "draft.odt"), Settings(select=("broad-term",)))
    assert [one.where for one in findings] == left


def test_a_comment_of_opendocument_on_the_whole_file() -> None:
    said = "<office:annotation><text:p>sos-lint: ignore-file broad-terms</text:p></office:annotation>"
    header = "<style:master-page><style:header><text:p>Of neglect</text:p></style:header></style:master-page>"
    data = odt_file(f"<text:p>Oh.{said}</text:p><text:p>There is neglect.</text:p>", pages=header)
    assert shared_linter().lint(read_bytes(data, "draft.odt")) == ()


def test_a_comment_over_paragraphs_and_tables_is_on_all_of_it() -> None:
    draft = docx.Document()
    first = draft.add_paragraph().add_run("There is neglect here.")
    draft.add_table(1, 1).rows[0].cells[0].text = "There is neglect there."
    last = draft.add_paragraph().add_run("There is neglect at school.")
    draft.add_comment([first, last], text="sos-lint: ignore broad-terms", author="Jo")
    draft.add_paragraph("There is neglect at home.")
    findings = shared_linter().lint(read_bytes(saved(draft), "draft.docx"))
    assert [one.where for one in findings] == ["paragraph 3"]


def test_a_style_leaves_the_words_between_as_they_are() -> None:
    draft = docx.Document()
    draft.styles.add_style("sos-lint ignore", WD_STYLE_TYPE.CHARACTER)
    paragraph = draft.add_paragraph()
    for words, style in (("There is neglect. ", "sos-lint ignore"), ("There is neglect. ", None)) * 2:
        paragraph.add_run(words, style=style)
    findings = shared_linter().lint(read_bytes(saved(draft), "draft.docx"))
    assert [one.start.column for one in findings] == [28, 64]


def test_an_unused_word_comment_is_found_on_its_words() -> None:
    draft = docx.Document()
    draft.add_comment(
        draft.add_paragraph().add_run("Tom is 8."), text="sos-lint: ignore acronyms", author="Jo"
    )
    (finding,) = shared_linter().lint(read_bytes(saved(draft), "draft.docx"))
    assert (finding.rule, finding.where, finding.text) == (
        "sos-lint/unused-suppression",
        "paragraph 1",
        "Tom is 8.",
    )


SPARED = {
    "in the phrase": (IgnoredWords("the Neglect Checklist"), "We used the neglect-checklist.", 0),
    "elsewhere": (IgnoredWords("the Neglect Checklist"), NEGLECT, 1),
    "for these rules": (IgnoredWords("neglect in", ("broad-terms",)), NEGLECT, 0),
    "for others": (IgnoredWords("neglect in", ("acronyms",)), NEGLECT, 1),
    "part of a word": (IgnoredWords("is neg"), NEGLECT, 1),
    "a sign at its end": (IgnoredWords("neglect in the home."), NEGLECT, 0),
}


@pytest.mark.parametrize(("words", "text", "count"), SPARED.values(), ids=SPARED.keys())
def test_phrases_of_the_configuration_are_spared(words: IgnoredWords, text: str, count: int) -> None:
    found = lines_of(text, Settings(select=("broad-terms",), ignored_words=(words,)))
    assert len(found) == count


def test_fix_leaves_what_is_set_aside() -> None:
    words = b"Tom has an SGO.\n"
    done = [
        fix(data, "draft.md", shared_linter(), Settings(), Safety.SAFE).data
        for data in (words, b"<!-- sos-lint: ignore acronyms -->\n" + words)
    ]
    assert done == [
        b"Tom has a special guardianship order.\n",
        b"<!-- sos-lint: ignore acronyms -->\n" + words,
    ]


def test_annotate_leaves_what_is_set_aside() -> None:
    done = annotate_draft(
        word_draft(), "draft.docx", shared_linter(), Settings(), Author(), replace=False, track=False
    )
    assert done.placed == 2


def test_the_component_leaves_what_is_set_aside() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sos_lint")
    doc = nlp(f"{NEGLECT}\n\n<!-- sos-lint: ignore broad-terms -->\n{NEGLECT}")
    assert [span.start_char for span in doc.spans["sos_lint"]] == [9]


def test_names_in_the_configuration_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path(".sos-lint.yml").write_text("ignore-words:\n  - words: a\n    rules: [jargn]\n", encoding="utf-8")
    with pytest.raises(BadConfig) as caught:
        Project().choose(Path("draft.md"))
    assert (caught.value.place, caught.value.hint) == (".sos-lint.yml:3", "Did you mean “jargon”?")


def test_comments_that_never_end_cost_no_time() -> None:
    """A quadratic search would take minutes here."""
    text = f"{NEGLECT} <!-- sos-lint: ignore-line broad-terms -->\n" + "<!-- " * 200_000
    assert next(iter(comments_in(text))).words == "ignore-line broad-terms"
    assert lines_of(text, Settings(select=("broad-terms",)), name="draft.txt") == []
