"""Laws of the readers, whatever the bytes."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from html import escape
from io import BytesIO

import docx
from document_laws import check, check_bytes
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msg_files import message
from odt_files import odt_file, paragraphs
from rtf_files import paragraphs as rtf_paragraphs

from sos_lint.errors import UnreadableFile
from sos_lint.memory import Memory
from sos_lint.readers import ENDINGS, read_bytes
from sos_lint.readers.build import Builder
from sos_lint.readers.from_html import read_text as read_html
from sos_lint.readers.from_markdown import read_text as read_markdown
from sos_lint.readers.from_text import read_text
from sos_lint.readers.markdown_places import AT, ORIGIN, parser
from sos_lint.readers.markdown_walk import walk
from sos_lint.readers.plain_markdown import paragraphs as plain_paragraphs

MARKUP = [
    *"ab Z1.:?!-+*_~`#>|\\&;<>[]()^\"'=/\t\n\r\0\u00a0\u00ad\u200b\ufeff\u2003é’😀",
    "\r\n", "\n\n", "\n- ", "\n  ", "\n    ", "\n> ", "\n1. ",
    "\n---\n", "\n|-|-|\n", "| ", "\\|", "**", "~~",
    "&amp;", "&nbsp;", "[a](b)", "[^1]", "\n[^1]: ", "<http://a.b>", "<abbr title='x'>", "</abbr>", "<br>",
    "<!-- ", " -->", "*[CIN]: ", "```", "Label: ", "Tom is six. ", "What next?\n", "<div>", "![", "[x]: y\n",
]  # fmt: skip
SOURCES = st.lists(st.sampled_from(MARKUP), max_size=40).map("".join)


ENDS = (
    "p div b i q h1 ul li table tr td th pre template select del code aside blockquote caption a abbr"
    " textarea svg script dl dt dd"
)
STARTS = [
    "br", "td rowspan=2", "td colspan=3", "p hidden", "div style='display:none'", "a href=x", "abbr title=y",
    "input type=checkbox", "table role=none", "!--", "![CDATA[", "!doctype html",
]  # fmt: skip
TAGS = [
    *"ab Z1.:?!-&;<>/='\"\n\r\té😀\0", "\r\n", "Tom is six. ", "Label: ", "What next?", "&amp;", "&nbsp",
    "&#0;", "-->", "]]>", "[a](http://b)", "- ", "> ",
    *(f"<{name}>" for name in ENDS.split() + STARTS),
    *(f"</{name}>" for name in ENDS.split()),
]  # fmt: skip
TAGGED = st.lists(st.sampled_from(TAGS), max_size=40).map("".join)


@given(SOURCES)
def test_text_keeps_its_places(source: str) -> None:
    check(read_text(source, "a.txt"), source)


# What is nearly markup, in and between words: some of it is, at the beginning of a line or the end of one.
NEARLY = [
    *"aé1.:#-=+(\"'“_?!/^$ \t\u0301１²😀", "\n", "\n\n", "  \n", "\n# ", "\n## ", "\n---\n", "\n===\n",
    "\n12. ", "\n1) ", "\ni. ", "Tom is six. ", "Label: ", "\nWhat next?\n", "http://a.b", ":-",
    "[^1]:", "&amp;", "~~~", "\r",
]  # fmt: skip


@settings(max_examples=1_000)
@given(st.lists(st.sampled_from(NEARLY), max_size=20).map("".join))
@example("Tom is six.\nHe goes to school.\n\n# What next?\nLabel: a\n")
@example("# Tom #")
@example("Tom\n# Label:\nTom is six.")
def test_plain_markdown_is_read_as_its_parser_would_read_it(source: str) -> None:
    parsed = Builder("a.md", source)
    walk(parsed, source)
    document, expected = read_markdown(source, "a.md"), parsed.document()
    assert document.source_map.segments == expected.source_map.segments
    assert (document.text, document.blocks, document.marks) == (
        expected.text,
        expected.blocks,
        expected.marks,
    )


def test_plain_words_are_read_without_the_parser() -> None:
    """So the law above can fail."""
    assert [one.level for one in plain_paragraphs("# Tom\nis six,\nand well.\n\n## 2 goals") or ()] == [
        1,
        0,
        2,
    ]
    assert plain_paragraphs("Tom is *six*.") is None


@settings(max_examples=400)
@given(SOURCES)
@example("> |a\\|b|\r\n> |-|\r\n>|c\\||")
@example("-\t\tTom\n\n\t is\n")
@example("~~~~~a~~")
@example("a <abbr title='x'> b")
@example("a\n*[b]: c\n===")
def test_markdown_keeps_its_places(source: str) -> None:
    check(read_markdown(source, "a.md"), source)


def apart(*sources: str) -> str:
    return "\n\n".join(sources)


@settings(max_examples=600, deadline=None)
@given(st.lists(SOURCES, min_size=1, max_size=4).map(lambda parts: apart(*parts)))
@example("- Tom\n\nTom's mum\n\n  more\n\nLast")
@example("<!-- sos-lint: ignore -->\n\nTom <!-- sos-lint: ignore --> is six.")
@example("| a | b |\n|-|-|\n| c | d |\n\nTom\n\n| e | f |\n|-|-|\n| g | h |\n\nTom")
@example("What next?\n\n\u200b\n\nLabel:\n\n> a\n\nTom")
@example("a\r\n\r\nTom \r\n\r\n\r\n# b\r\nc\r\n\r\n")
def test_a_text_read_by_passages_is_read_as_a_whole(source: str) -> None:
    for read in (read_markdown, read_text):
        memory = Memory()
        whole = read(source, "a.md")
        for _ in range(2):  # the second time from memory
            memory.begin("a.md")
            one = read(source, "a.md", memory)
            assert one.source_map.segments == whole.source_map.segments
            assert replace(one, source_map=whole.source_map) == whole


@settings(max_examples=1000, deadline=None)
@given(TAGGED)
@example("<table><td>a</td>b<td>c")
@example("<table><td>a<table><td>b</table>c<td>d")
@example("<code><table></code></table><p>a")
def test_a_web_page_keeps_its_places(source: str) -> None:
    try:
        document = read_html(source, "a.html")
    except UnreadableFile:
        return
    check(document, source)


@settings(max_examples=400)
@given(SOURCES)
@example("> \u2003\n> a")
def test_what_markdown_it_reads_is_what_stands_there(source: str) -> None:
    """The characters of every text token are those at its place."""
    source = re.sub("\r\n?", "\n", source).replace("\0", "\ufffd")
    for token in parser().parse(source):
        for child in token.children or ():
            if child.type != "text":
                continue
            at, origin = child.meta[AT], token.meta[ORIGIN]
            address = source.startswith("<", origin.at(at))
            if child.content and not address:
                spans = origin.spans(at, at + len(child.content))
                assert "".join(source[start:end] for start, end in spans) == child.content


@settings(max_examples=300)
@given(st.one_of(st.binary(), SOURCES.map(str.encode)), st.sampled_from(sorted(ENDINGS)))
def test_any_bytes_are_a_document_or_unreadable(data: bytes, ending: str) -> None:
    check_bytes(data, f"a{ending}")


def word_file(paragraphs: list[str]) -> bytes:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def element(name: str, inner: list[str]) -> str:
    return f"<{name}>{''.join(inner)}</{name}>"


WHOLE = {
    "a.docx": word_file(["Tom is six.", "Danger statement:"]),
    "a.odt": paragraphs([["Tom is six."], ["Danger statement:"]]),
    "a.rtf": rtf_paragraphs([["Tom is six."], ["Danger statement:"]]),
    "a.msg": message("Visit", "Tom is six.\r\n" * 400),
}


@given(
    st.sampled_from(sorted(WHOLE)),
    st.lists(st.tuples(st.integers(0), st.integers(0, 255)), max_size=6),
    st.integers(0),
)
def test_a_damaged_file_is_a_document_or_unreadable(
    name: str, changes: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(WHOLE[name])
    for at, byte in changes:
        data[at % len(data)] = byte
    check_bytes(bytes(data[: cut or None]), name)


ODT_NAMES = (
    "text:p text:h text:list text:list-item text:span text:section text:note text:note-body draw:frame"
    " draw:text-box table:table table:table-row table:table-cell table:covered-table-cell office:annotation"
    " text:a text:line-break"
)
ODT = st.recursive(
    st.sampled_from(["Tom is six.", "<text:s/>", "<text:tab/>", "Label:", " \n "]),
    lambda inner: st.builds(element, st.sampled_from(ODT_NAMES.split()), st.lists(inner, max_size=4)),
    max_leaves=30,
)


@given(st.lists(ODT, max_size=5))
def test_any_elements_of_opendocument_are_a_document_or_unreadable(body: list[str]) -> None:
    check_bytes(odt_file("".join(body)), "a.odt")


NAMES = (
    "w:p w:r w:t w:tbl w:tr w:tc w:sdt w:sdtContent w:ins w:del w:hyperlink w:br w:drawing w:txbxContent"
    " mc:AlternateContent mc:Choice mc:Fallback"
)


LOCKED = '<w:sdtPr><w:lock w:val="contentLocked"/></w:sdtPr>'


XML = st.recursive(
    st.sampled_from(
        ["Tom is six.", "<w:br/>", '<w:fldChar w:fldCharType="begin"/>', "<w:vanish/>", "Label:", LOCKED]
    ),
    lambda inner: st.builds(element, st.sampled_from(NAMES.split()), st.lists(inner, max_size=4)),
    max_leaves=30,
)


@given(st.lists(XML, max_size=5))
def test_any_elements_are_a_document_or_unreadable(body: list[str]) -> None:
    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        package.writestr("word/document.xml", f"<w:document {spaces}>{element('w:body', body)}</w:document>")
    check_bytes(file.getvalue(), "a.docx")


PLAIN = st.sampled_from(
    [
        "Tom is six.", "He hides", "mum shouts", "Name: Tom", "Danger statement:", "What needs to happen?",
        "- one", "* two", "1. three", "2) four", "• five", "a) six", "- [ ] seven", "– eight", "+ nine",
        "iv. ten", "# Worries", "_____", "5 High Street,", "Neglect: on four mornings in May", "CIN",
        "Mum said:", "Your Questions Answered", "“Go,” she said.", "(continued)", "See <http://x.org>.",
        "a long line " * 12,
        "Tom came to school on Monday with a bruise on the left side of his face and", "11. May was wet",
        "\u00a0Tom\u00a0 is\tsix", "See [our page](https://x.org/a).",
    ]
)  # fmt: skip
QUOTED = st.sampled_from(["> I hide.", "> when mum shouts", ">Nana: Tom hides"])
# A line without ">" below a quotation still belongs to it in Markdown: there, markup says more.
PAGE = st.builds(list.__add__, st.lists(PLAIN, max_size=5), st.lists(QUOTED, max_size=2)).filter(bool)
PAGES = st.lists(PAGE, min_size=1, max_size=6)


def web_page(pages: list[list[str]]) -> bytes:
    return "".join(f"<p>{'<br>'.join(map(escape, lines))}</p>\n" for lines in pages).encode()


def files_of(pages: list[list[str]]) -> dict[str, bytes]:
    """The same paragraphs of lines in the formats that nobody types."""
    return {
        "docx": word_file(["\n".join(lines) for lines in pages]),
        "html": web_page(pages),
        "odt": paragraphs(pages),
        "rtf": rtf_paragraphs(pages),
    }


@settings(max_examples=150, deadline=None)
@given(PAGES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_the_same_words_read_the_same_in_every_format(pages: list[list[str]], line_end: str) -> None:
    """Where no markup says more, blocks and their kinds are the same in text, Markdown and Word."""
    source = (line_end * 2).join(line_end.join(lines) for lines in pages)
    documents = [
        read_text(source, "a.txt"),
        read_markdown(source, "a.md"),
        *(read_bytes(data, f"a.{kind}") for kind, data in files_of(pages).items() if _has_words(source)),
    ]
    if ">" not in source and _has_words(source):  # in an e-mail, that is somebody else's
        documents.append(read_bytes(f"From: a@example.org\r\n\r\n{source}".encode(), "a.eml"))
        documents.append(read_bytes(message(None, source), "a.msg"))
    views = [
        [(block.kind, block.at.of(document.text)) for block in document.blocks] for document in documents
    ]
    assert all(view == views[0] for view in views)


def _has_words(source: str) -> bool:
    return bool(re.search(r"[^\W_]", source))
