"""The page: documents with their unclear words marked, and nothing in them that a browser would run."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser

import pytest
from docx import Document as WordDocument
from reports import HOSTILE, hostile, only, report, short_report, to_html
from word_files import saved

from sos_lint.document import Document
from sos_lint.finding import Finding, Place
from sos_lint.kinds import Kind, Severity
from sos_lint.lint import shared_linter
from sos_lint.readers import read_bytes
from sos_lint.report import FileReport, Report
from sos_lint.reporters.to_html import places
from sos_lint.reporters.to_html.document import document
from sos_lint.text import Range

VOID = {"meta", "input"}
ELEMENTS = {
    *("html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "h3", "fieldset", "legend"),
    *("label", "input", "nav", "section", "article", "p", "a", "b", "ol", "ul", "li", "small", "strong"),
    *("span", "mark", "blockquote", "table", "tr", "td"),
}
ATTRIBUTES = {
    *("lang", "charset", "http-equiv", "content", "name", "id", "class", "href", "type", "checked", "value"),
    *("role", "aria-label", "aria-labelledby", "aria-describedby", "aria-level", "data-kind"),
}


class Page(HTMLParser):
    """What stands on a page: its elements are closed in order, its attributes are by name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.marks: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "mark":
            self.marks.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.text += data
        if "mark" in self.open:
            self.marks[-1] += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] for _, attributes in self.tags if name in attributes]


def page_of(told: Report) -> Page:
    """The page, of which every link leads somewhere on it and no two names are the same."""
    page = Page(to_html(told))
    assert {tag for tag, _ in page.tags} <= ELEMENTS
    assert {name for _, attributes in page.tags for name in attributes} <= ATTRIBUTES
    names = page.values("id")
    assert len(names) == len(set(names))
    assert {link[:1] for link in page.values("href")} <= {"#"}
    assert {link[1:] for link in page.values("href")} <= set(names)
    assert set(page.values("aria-describedby")) | set(page.values("aria-labelledby")) <= set(names)
    return page


def linted(data: bytes, name: str) -> FileReport:
    read = read_bytes(data, name)
    return FileReport(name, shared_linter().lint(read), document=read)


DRAFT = """\
# Worries

There is neglect in the home & <b>more</b>.

> She said it is *fine*.

- Mum has a CIN plan.
"""


def test_the_page_is_the_golden_one(check_golden: Callable[[str, str], None]) -> None:
    told = Report((linted(DRAFT.encode(), "draft.md"), *report().files[:1]))
    page_of(told)
    check_golden("report.html", to_html(told))


@pytest.mark.parametrize("told", [report(), short_report(excerpts=False), Report(), only()], ids=range(4))
def test_every_report_is_a_page(told: Report) -> None:
    page = page_of(told)
    assert page.values("data-kind").count(Kind.ACRONYM.value) == sum(
        finding.kind is Kind.ACRONYM for finding in told.findings
    )


def test_each_place_marks_its_words_and_leads_to_its_note() -> None:
    file = linted(DRAFT.encode(), "draft.md")
    page = page_of(Report((file,)))
    assert page.marks == [finding.text for finding in file.findings] == ["neglect", "CIN"]
    assert {"wf1-1", "tf1-1", "nf1-1", "wf1-2", "tf1-2", "nf1-2"} <= set(page.values("id"))
    assert "There is neglect1" in page.text
    assert page.text.count("On how many days, and since when?") == 2  # beside the words, and in the list


REMARKS = {
    "after the words": "Tea.\n\n<!-- sos-lint: ignor -->\n",
    "before the words": "<!-- sos-lint: ignor -->\n\nTea.\n",
    "between": "Tea.\n\n<!-- sos-lint: ignor -->\n\nMilk.\n",
}


@pytest.mark.parametrize("draft", REMARKS.values(), ids=REMARKS)
def test_a_place_outside_every_block_has_its_number_too(draft: str) -> None:
    """A remark that could not be followed ended the run with a traceback."""
    file = linted(draft.encode(), "draft.md")
    page = page_of(Report((file,)))
    assert len(file.findings) == 1
    assert page.values("href").count("#nf1-1") == 1


def test_the_cells_of_a_word_table_stand_in_a_table() -> None:
    word = WordDocument()
    table = word.add_table(rows=2, cols=2)
    for number, words in enumerate(["Worry", "Well", "There is neglect.", "Gran cooks."]):
        table.rows[number // 2].cells[number % 2].text = words
    page = page_of(Report((linted(saved(word), "plan.docx"),)))
    tags = [tag for tag, _ in page.tags]
    assert (tags.count("table"), tags.count("tr"), tags.count("td")) == (1, 2, 4)
    assert page.marks == ["neglect"]


def test_places_within_places_and_across_them_keep_every_word_once() -> None:
    for ranges in ([(0, 10), (2, 4)], [(1, 5), (3, 8)], [(2, 2)], [(0, 3), (0, 3)], [(0, 1), (1, 2)]):
        text = "abcdefghij"
        read = read_bytes(text.encode(), "a.txt")
        place = Place(0, 1, 1)
        found = [
            Finding("a.txt", Range(*at), "a/b", Kind.JARGON, Severity.ERROR, "", "", place, place)
            for at in ranges
        ]
        page = Page(document(read, places("f1", found)))
        shown = re.sub(r"\d", "", page.text)
        assert shown == text
        assert page.values("href") and sorted(page.values("href")) == [
            f"#nf1-{number}" for number in range(1, len(ranges) + 1)
        ]


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_words_stay_inert(words: str) -> None:
    told = hostile(words)
    inside = read_bytes(b"The gull said so to Odette.", "a.txt")
    bad = replace(inside, text=f"{words.splitlines()[0]} and more words than that, twice over.")
    block = inside.blocks[0]._replace(at=Range(0, len(bad.text)))
    shown = Document("a", bad.text, (block,), inside.source_map, None)
    file = replace(told.files[0], document=shown)
    for each in (told, Report((file, *told.files[1:]), rules=told.rules)):
        page = page_of(each)
        html = to_html(each)
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066\ud800-\udfff]", html)
        assert "##[" not in html
        assert not [line for line in html.splitlines() if line.lstrip().startswith("::")]
        assert not any(link.startswith("http") for link in page.values("href"))


def test_the_policy_lets_nothing_in_but_its_own_style() -> None:
    html = to_html(report())
    style = re.findall("<style>(.*?)</style>", html, re.DOTALL)
    assert len(style) == 1
    hash_ = b64encode(sha256(style[0].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{hash_}'" in html
    assert not re.search(r"url\(|@import|https?:|<script|javascript:", html)


def test_without_excerpts_the_document_is_not_on_the_page() -> None:
    file = linted(DRAFT.encode(), "draft.md")
    assert "She said" in to_html(Report((file,)))
    assert "She said" not in to_html(Report((file,), excerpts=False))


def test_every_kind_that_was_found_can_be_left_out() -> None:
    html = to_html(report())
    for kind in {finding.kind.value for finding in report().findings}:
        assert f'id="show-{kind}"' in html
        assert f'#show-{kind}:not(:checked)) [data-kind="{kind}"] > mark' in html
