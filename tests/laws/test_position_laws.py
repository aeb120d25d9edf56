"""The law of places: in whatever format, the place of a finding holds its words.

Each format is looked at by another way than our own readers: lines and columns of the file as it stands, and
for Word, e-mail and PDF what was put into the paragraph, row or page that the report names. 1,000 documents
of each are tried by `pytest tests/laws/test_position_laws.py --hypothesis-profile=thorough`.
"""

from __future__ import annotations

import html
import re
import sys
from collections.abc import Iterator
from email.message import EmailMessage
from io import BytesIO

import docx
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msg_files import message as outlook_message
from test_readers_pdf import pdf_file

from sos_lint.errors import UnreadableFile
from sos_lint.finding import Finding
from sos_lint.lint import shared_linter
from sos_lint.readers import read_bytes

# Dense in words that are found without a model.
TERMS = (
    "There is neglect in the home.", "He has a CIN plan.", "The LACs go in s.47 with the EHCP.",
    "She often shouts.", "Tom saw domestic abuse.", "They are hard to reach.", "Mum failed to protect Tom.",
    "Dad is aggressive, at times chaotic.", "Danger statement:", "We are worried about neglect",
)  # fmt: skip
ODD = ("Tom is six.", "café", "😀", "e\u0301", "\u00a0", "A & B < C", "“so”", "x" * 90, "£5", "ﬁ", "1.", "-")
LAW = settings(deadline=None)
SPACES = st.sampled_from([" ", "  ", "\t", " \u2003", ""])
LINE_ENDS = st.sampled_from(["\n", "\r\n", "\r"])
WORDS = st.lists(st.one_of(st.sampled_from(TERMS), st.sampled_from(ODD)), min_size=1, max_size=5)


def findings_in(data: bytes, name: str) -> tuple[Finding, ...]:
    try:
        return shared_linter().lint(read_bytes(data, name), told=True)
    except UnreadableFile:
        assume(False)
        raise


def plain(words: str) -> str:
    """The words as they are compared: in order, without what only sets them."""
    return re.sub(r"[\s\u00ad\u200b]+", " ", words).strip()


def in_lines(finding: Finding, source: str) -> str:
    """What stands in a file between the lines and columns of a finding; offsets say the same."""
    lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", source)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines))]
    start, end = (starts[at.line - 1] + at.column - 1 for at in (finding.start, finding.end))
    assert (start, end) == (finding.start.offset, finding.end.offset)
    return source[start:end]


def words_in_markdown(source: str) -> str:
    """What a reader sees of a run of Markdown in which nothing but emphasis, links and breaks is used."""
    source = re.sub(r"\n[ \t]*>[ \t]?", "\n", source)
    source = re.sub(r"\]\([^)]*\)|\\(?=[!-/:-@\[-`{-~])|\\(?=\n)", "", source)
    return html.unescape(re.sub(r"[*_\[]|<[a-z/][^>]*>", "", source))


def words_in_html(source: str) -> str:
    return html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", " ", source, flags=re.DOTALL))


def without_spaces(words: str) -> str:
    return re.sub(r"[\s\u00ad\u200b]+", "", words)


@st.composite
def texts(draw: st.DrawFn) -> str:
    """Paragraphs, lists and lines, with every line end and kind of space."""
    end = draw(LINE_ENDS)
    lines: list[str] = []
    for _ in range(draw(st.integers(1, 5))):
        space = draw(SPACES)
        mark = draw(st.sampled_from(["", "", "", "- ", "1. ", "  ", "Name: ", "☐ ", "> "]))
        lines.append(mark + (space or " ").join(draw(WORDS)))
        lines += draw(st.sampled_from([[], [""], ["", ""]]))
    return end.join(lines)


@LAW
@given(texts())
def test_in_plain_text(source: str) -> None:
    for finding in findings_in(source.encode(), "a.txt"):
        assert plain(in_lines(finding, source)) == plain(finding.text)


EMPHASIS = st.sampled_from(
    ["{}", "**{}**", "_{}_", "[{}](https://a.example/b)", "{}<br>", "{}\\\n{}", "&amp; {}"]
)


@st.composite
def markdown(draw: st.DrawFn) -> str:
    end = draw(LINE_ENDS)
    blocks = []
    for _ in range(draw(st.integers(1, 4))):
        parts = [draw(EMPHASIS).replace("{}", part.strip() or "a") for part in draw(WORDS)]
        mark = draw(st.sampled_from(["", "", "# ", "- ", "> ", "| a | b |\n|-|-|\n| x | ", "[^1]: ", "1. "]))
        inner = draw(st.sampled_from([" ", "\n"])) if mark in ("", "> ") else " "
        line = inner.join(parts).replace("\n", "\n> " if mark == "> " else "\n" if not mark else " ")
        blocks.append(mark + line)
    return "\n\n".join(blocks).replace("\n", end)


@LAW
@given(markdown())
def test_in_markdown(source: str) -> None:
    for finding in findings_in(source.encode(), "a.md"):
        seen = words_in_markdown(re.sub("\r\n?", "\n", in_lines(finding, source)))
        assert without_spaces(seen) == without_spaces(words_in_markdown(finding.text))


TAGS = st.sampled_from(
    ["{}", "<b>{}</b>", "<p>{}</p>", "<div>{}<br>", "<li>{}", "<td>{}</td>", "<a href='#'>{}</a>",
     "<!-- x -->{}",
     "<tr><td>{}", "<table><tr><th>{}</table>", "<h2>{}</h2>", "<span hidden>{}</span>",
     "<script>{}</script>"]
)  # fmt: skip


@st.composite
def pages(draw: st.DrawFn) -> str:
    escape = draw(
        st.sampled_from(
            [html.escape, lambda s: "".join(f"&#{ord(c)};" if c in "eS" else c for c in html.escape(s))]
        )
    )
    end = draw(LINE_ENDS)
    pieces = [
        draw(TAGS).format(escape(draw(SPACES).join(draw(WORDS)))) for _ in range(draw(st.integers(1, 6)))
    ]
    return end.join(pieces)


@pytest.mark.skipif(sys.version_info < (3, 11), reason="web pages need Python 3.11")
@LAW
@given(pages())
def test_in_web_pages(source: str) -> None:
    for finding in findings_in(source.encode(), "a.html"):
        seen = words_in_html(in_lines(finding, source))
        assert without_spaces(seen) == without_spaces(finding.text)


def paragraphs_of(draft: docx.document.Document) -> dict[str, str]:
    """By the place that reports name, its words as python-docx reads them."""
    told = {f"paragraph {number}": one.text for number, one in enumerate(filled(draft.paragraphs), 1)}
    for number, table in enumerate(draft.tables, 1):
        for row, cells in enumerate(table.rows, 1):
            for column, cell in enumerate(cells.cells, 1):
                told[f"table {number}, row {row}, column {column}"] = cell.text
    return told


def filled(paragraphs: list[docx.text.paragraph.Paragraph]) -> Iterator[docx.text.paragraph.Paragraph]:
    return (one for one in paragraphs if re.search(r"[^\W_]", one.text))


@LAW
@given(st.lists(WORDS, min_size=1, max_size=5), st.lists(WORDS, max_size=4), st.integers(1, 40))
def test_in_word(paragraphs: list[list[str]], cells: list[list[str]], cut: int) -> None:
    """Whatever runs Word has cut the words into."""
    draft = docx.Document()
    for words in paragraphs:
        line = " ".join(words)
        paragraph = draft.add_paragraph()
        for start in range(0, len(line), cut):
            paragraph.add_run(line[start : start + cut])
    if cells:
        table = draft.add_table(0, 2)
        for words in cells:
            row = table.add_row().cells
            row[0].text, row[1].text = "x", " ".join(words)
    file = BytesIO()
    draft.save(file)
    told = paragraphs_of(draft)
    for finding in findings_in(file.getvalue(), "a.docx"):
        assert finding.where is not None
        assert plain(finding.text) in plain(told[finding.where])


@LAW
@given(
    WORDS, st.lists(WORDS, min_size=1, max_size=4), st.sampled_from(["quoted-printable", "base64", "8bit"])
)
def test_in_e_mail(subject: list[str], paragraphs: list[list[str]], encoding: str) -> None:
    message = EmailMessage()
    message["From"] = "jo@example.org"
    message["Subject"] = " ".join(subject).replace("\t", " ")
    lines = [" ".join(words) for words in paragraphs]
    message.set_content("\n\n".join(lines) + "\n", cte=encoding)
    check_message(bytes(message), "a.eml", subject, lines)


@LAW
@given(WORDS, st.lists(WORDS, min_size=1, max_size=6))
def test_in_outlook(subject: list[str], paragraphs: list[list[str]]) -> None:
    lines = [" ".join(words) for words in paragraphs]
    data = outlook_message(" ".join(subject), "\r\n\r\n".join(lines) + "\r\n")
    check_message(data, "a.msg", subject, lines)


def check_message(data: bytes, name: str, subject: list[str], lines: list[str]) -> None:
    filled = [line for line in lines if re.search(r"\w", line)]
    told = {f"paragraph {number}": line for number, line in enumerate(filled, 1)}
    told["subject"] = " ".join(subject)
    for finding in findings_in(data, name):
        assert finding.where is not None
        assert plain(finding.text) in plain(told[finding.where])


# As much as fits a line: what lies beyond the edge of a page is not shown, and not read.
LETTERS = st.lists(st.sampled_from([term for term in TERMS if term.isascii()]), min_size=1, max_size=2)


@LAW
@given(st.lists(st.lists(LETTERS.map(" ".join), min_size=1, max_size=5), min_size=1, max_size=3))
def test_in_pdf(pages: list[list[str]]) -> None:
    told = {f"page {number}": " ".join(lines) for number, lines in enumerate(pages, 1)}
    for finding in findings_in(pdf_file(*pages), "a.pdf"):
        assert finding.where is not None
        assert plain(finding.text) in plain(told[finding.where])
