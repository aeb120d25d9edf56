"""Writing into Word files: the very bytes of runs, comments and parts, and files that other programs made."""

from __future__ import annotations

import codecs
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import docx
import pytest
from commands import ROOT
from docx.oxml.ns import nsdecls
from word_files import (
    OTHER,
    commented,
    comments,
    document_of,
    only_changed,
    parts,
    same_places,
    saved,
    settled,
    with_parts,
)

from sos_lint.errors import SosLintError
from sos_lint.finding import Edit
from sos_lint.kinds import Safety
from sos_lint.readers import read_bytes
from sos_lint.rewrite.into_word import annotate, apply
from sos_lint.rewrite.notes import Annotated, Author, Note
from sos_lint.text import Range

US = Author("sos-lint", datetime(2026, 3, 4, 10, 0))
SAID = 'w:author="sos-lint" w:date="2026-03-04T10:00:00Z"'
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
KEPT = '<w:t xml:space="preserve">'
BOLD = "<w:rPr><w:b/></w:rPr>"


def edit(data: bytes, words: str, new: str) -> Edit:
    at = place(data, words)
    return Edit(at, new, Safety.SAFE, at)


def place(data: bytes, words: str) -> Range:
    start = read_bytes(data, "a.docx").text.index(words)
    return Range(start, start + len(words))


def note(data: bytes, words: str, signature: str = "r/a") -> Note:
    return Note(place(data, words), ("What was seen?",), signature)


def noted(data: bytes, *words: str, replace: bool = False) -> Annotated:
    return annotate(data, "a.docx", [note(data, one) for one in words], replace=replace, author=US)


def body(data: bytes) -> str:
    """What stands in the body, as it is written."""
    return (
        parts(data)["word/document.xml"]
        .decode()
        .partition("body>")[2]
        .rpartition("</")[0]
        .rpartition("</")[0]
    )


# The body before, the words to change, what they become, and the body after.
CHANGED = {
    "a whole run": ("<w:r><w:t>CIN</w:t></w:r>", "CIN", "x", "<w:r><w:t>x</w:t></w:r>"),
    "within a run": (
        f'<w:r w:rsidR="1">{BOLD}<w:t>a CIN b</w:t></w:r>',
        "CIN",
        "x y",
        f'<w:r w:rsidR="1">{BOLD}<w:t>a x y b</w:t></w:r>',
    ),
    "signs that XML writes otherwise": (
        "<w:r><w:t>&lt;CIN&gt; &amp; &#163;5</w:t></w:r>",
        "CIN",
        "x<&",
        "<w:r><w:t>&lt;x&lt;&amp;&gt; &amp; £5</w:t></w:r>",
    ),
    "space at an end": (
        "<w:r><w:t>a CIN</w:t></w:r><w:r><w:t>b</w:t></w:r>",
        "CIN",
        "x ",
        f"<w:r>{KEPT}a x </w:t></w:r><w:r><w:t>b</w:t></w:r>",
    ),
    "space that Word does not show": (
        "<w:r><w:t> a CIN </w:t></w:r>",
        "CIN",
        "x",
        "<w:r><w:t>a x</w:t></w:r>",
    ),
    "over runs, like the first": (
        f"<w:r>{BOLD}<w:t>C</w:t></w:r><w:proofErr/><w:r><w:t>I</w:t></w:r><w:r><w:t>N b</w:t></w:r>",
        "CIN",
        "x",
        f"<w:r>{BOLD}<w:t>x</w:t></w:r><w:proofErr/><w:r>{KEPT} b</w:t></w:r>",
    ),
    "over words of one run": (
        "<w:r><w:t>CI</w:t><w:lastRenderedPageBreak/><w:t>N</w:t><w:tab/></w:r>",
        "CIN",
        "x",
        "<w:r><w:t>x</w:t><w:lastRenderedPageBreak/><w:tab/></w:r>",
    ),
    "two in one": ("<w:r><w:t>CIN and CIN</w:t></w:r>", "CIN", "x", "<w:r><w:t>x and x</w:t></w:r>"),
    "into an insertion": (
        f"<w:r><w:t>C</w:t></w:r><w:ins {OTHER}><w:r><w:t>IN</w:t></w:r></w:ins>",
        "CIN",
        "x",
        f"<w:r><w:t>x</w:t></w:r><w:ins {OTHER}></w:ins>",
    ),
    "in a link": (
        '<w:hyperlink w:anchor="a"><w:r><w:t>CIN</w:t></w:r></w:hyperlink>',
        "CIN",
        "x",
        '<w:hyperlink w:anchor="a"><w:r><w:t>x</w:t></w:r></w:hyperlink>',
    ),
    "written as data": (
        "<w:r><w:t><![CDATA[a & CIN]]></w:t></w:r>",
        "CIN",
        "x",
        "<w:r><w:t>a &amp; x</w:t></w:r>",
    ),
    "with remarks of XML": (
        "<w:r><!-- one --><w:t>C<!-- two -->IN</w:t></w:r><!-- three -->",
        "CIN",
        "x",
        "<w:r><w:t>x</w:t></w:r><!-- three -->",
    ),
    "nothing for something": ("<w:r><w:t>a CIN b</w:t></w:r>", " CIN", "", "<w:r><w:t>a b</w:t></w:r>"),
}


@pytest.mark.parametrize(("before", "words", "new", "after"), CHANGED.values(), ids=CHANGED)
def test_words_are_changed_in_their_runs(before: str, words: str, new: str, after: str) -> None:
    data = document_of(f"<w:p>{before}</w:p>")
    text = read_bytes(data, "a.docx").text
    edits = [
        Edit(Range(*match.span()), new, Safety.SAFE, Range(*match.span()))
        for match in re.finditer(words, text)
    ]
    done = apply(data, "a.docx", edits)
    assert body(done) == f"<w:p>{after}</w:p>"
    assert read_bytes(done, "a.docx").text == text.replace(words, new)


def gone(number: int, words: str, look: str = "") -> str:
    space = "" if words.strip() == words else ' xml:space="preserve"'
    return f'<w:del w:id="{number}" {SAID}><w:r>{look}<w:delText{space}>{words}</w:delText></w:r></w:del>'


def come(number: int, words: str, look: str = "") -> str:
    return f'<w:ins w:id="{number}" {SAID}><w:r>{look}<w:t>{words}</w:t></w:r></w:ins>'


TRACKED = {
    "a whole run": ("<w:r><w:t>CIN</w:t></w:r>", gone(1, "CIN") + come(2, "x")),
    "within a run": (
        f'<w:bookmarkStart w:id="7" w:name="a"/><w:r>{BOLD}<w:t>a CIN b</w:t></w:r>',
        f'<w:bookmarkStart w:id="7" w:name="a"/><w:r>{BOLD}{KEPT}a </w:t></w:r>'
        f"{gone(8, 'CIN', BOLD)}{come(9, 'x', BOLD)}<w:r>{BOLD}{KEPT} b</w:t></w:r>",
    ),
    "over runs": (
        f"<w:r>{BOLD}<w:t>a C</w:t></w:r><w:r><w:t>IN</w:t></w:r>",
        f"<w:r>{BOLD}{KEPT}a </w:t></w:r>{gone(1, 'C', BOLD)}{gone(2, 'IN')}{come(3, 'x', BOLD)}",
    ),
    "in what another inserted": (
        f"<w:ins {OTHER}><w:r><w:t>a CIN b</w:t></w:r></w:ins>",
        f"<w:ins {OTHER}><w:r>{KEPT}a </w:t></w:r>{gone(901, 'CIN')}</w:ins>{come(902, 'x')}"
        f"<w:ins {OTHER.replace('900', '903')}><w:r>{KEPT} b</w:t></w:r></w:ins>",
    ),
    "beside a sign": (
        "<w:r><w:t>CIN</w:t><w:tab/></w:r>",
        gone(1, "CIN") + come(2, "x") + "<w:r><w:tab/></w:r>",
    ),
}


@pytest.mark.parametrize(("before", "after"), TRACKED.values(), ids=TRACKED)
def test_words_are_changed_for_people_to_accept(before: str, after: str) -> None:
    data = document_of(f"<w:p>{before}</w:p>")
    done = apply(data, "a.docx", [edit(data, "CIN", "x")], tracked=US)
    assert body(done) == f"<w:p>{after}</w:p>"
    assert same_places(
        read_bytes(settled(done, accept=False, author=US.name), "a.docx"), read_bytes(data, "a.docx")
    )


def test_words_deleted_for_people_to_accept() -> None:
    data = document_of("<w:p><w:r><w:t>a CIN b</w:t></w:r></w:p>")
    done = apply(data, "a.docx", [edit(data, "CIN ", "")], tracked=US)
    assert body(done).count("w:ins") == 0
    assert read_bytes(done, "a.docx").text == "a b"


def marked(number: int, words: str, look: str = "") -> str:
    return (
        f'<w:commentRangeStart w:id="{number}"/><w:r>{look}{words}</w:r><w:commentRangeEnd w:id="{number}"/>'
        f'<w:r><w:commentReference w:id="{number}"/></w:r>'
    )


SDT = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> {} </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
PLACED = {
    "a whole run": ("<w:r><w:t>CIN</w:t></w:r>", marked(1, "<w:t>CIN</w:t>")),
    "within a run": (
        f'<w:r w:rsidR="1">{BOLD}<w:t>a CIN b</w:t></w:r>',
        f'<w:r w:rsidR="1">{BOLD}{KEPT}a </w:t></w:r>'
        + marked(1, "<w:t>CIN</w:t>", BOLD).replace("<w:r>", '<w:r w:rsidR="1">', 1)
        + f'<w:r w:rsidR="1">{BOLD}{KEPT} b</w:t></w:r>',
    ),
    "beside a picture in one run": (
        "<w:r><w:drawing/><w:t>CIN</w:t><w:tab/></w:r>",
        "<w:r><w:drawing/></w:r>" + marked(1, "<w:t>CIN</w:t>") + "<w:r><w:tab/></w:r>",
    ),
    "in a link": (
        '<w:hyperlink w:anchor="a"><w:r><w:t>CIN</w:t></w:r></w:hyperlink>',
        f'<w:hyperlink w:anchor="a">{marked(1, "<w:t>CIN</w:t>")}</w:hyperlink>',
    ),
    "in an insertion": (
        "<w:ins><w:r><w:t>CIN</w:t></w:r></w:ins>",
        f"<w:ins>{marked(1, '<w:t>CIN</w:t>')}</w:ins>",
    ),
    "in a control": (
        SDT.format("", "<w:r><w:t>CIN</w:t></w:r>"),
        SDT.format("", marked(1, "<w:t>CIN</w:t>")),
    ),
    "in a field for a link": (
        FIELD.format("HYPERLINK", "<w:r><w:t>CIN</w:t></w:r>"),
        FIELD.format("HYPERLINK", marked(1, "<w:t>CIN</w:t>")),
    ),
    "with a sign between": (
        "<w:r><w:t>C</w:t><w:noBreakHyphen/><w:t>N a</w:t></w:r>",
        '<w:commentRangeStart w:id="1"/><w:r><w:t>C</w:t><w:noBreakHyphen/><w:t>N</w:t></w:r>'
        '<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r>'
        f"<w:r>{KEPT} a</w:t></w:r>",
    ),
    "with something inside its words": (
        "<w:r><w:t>CIN<w:x/>a</w:t></w:r>",
        marked(1, "<w:t>CIN<w:x/>a</w:t>"),
    ),
    "in a choice": (
        "<w:r><w:t>a</w:t><mc:AlternateContent xmlns:mc="
        '"http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice><w:t>CIN</w:t></mc:Choice>'
        "</mc:AlternateContent></w:r>",
        "<w:r><w:t>a</w:t></w:r>"
        + marked(
            1,
            '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            "<mc:Choice><w:t>CIN</w:t></mc:Choice></mc:AlternateContent>",
        ),
    ),
}


@pytest.mark.parametrize(("before", "after"), PLACED.values(), ids=PLACED)
def test_a_comment_stands_on_its_words(before: str, after: str) -> None:
    data = document_of(f"<w:p>{before}</w:p>")
    done = noted(data, "C-N" if "noBreak" in before else "CIN")
    assert body(done.data) == f"<w:p>{after}</w:p>"
    assert comments(done.data) == {"1": ("sos-lint", ["What was seen?", "r/a"])}


AROUND = {
    "a field that Word fills": FIELD.format("REF a", "<w:r><w:t>a CIN</w:t></w:r>"),
    "a simple field": '<w:fldSimple w:instr=" REF a "><w:r><w:t>a CIN</w:t></w:r></w:fldSimple>',
    "a control for plain text": SDT.format("<w:text/>", "<w:r><w:t>a CIN</w:t></w:r>"),
    "a list to choose from": SDT.format("<w:dropDownList/>", "<w:r><w:t>a CIN</w:t></w:r>"),
    "a control in such a control": SDT.format("<w:text/>", SDT.format("", "<w:r><w:t>a CIN</w:t></w:r>")),
}


@pytest.mark.parametrize("inner", AROUND.values(), ids=AROUND)
def test_a_comment_goes_around_what_word_fills(inner: str) -> None:
    """And says which words it is about, as that is not seen."""
    data = document_of(f"<w:p><w:r>{KEPT}b </w:t></w:r>{inner}<w:r><w:t>c</w:t></w:r></w:p>")
    done = noted(data, "CIN")
    assert inner in body(done.data).replace('<w:r><w:commentReference w:id="1"/></w:r>', "").replace(
        '<w:commentRangeStart w:id="1"/>', ""
    ).replace('<w:commentRangeEnd w:id="1"/>', "")
    assert commented(done.data) == {"1": "a CIN"}
    assert comments(done.data)["1"][1] == ["About “CIN”:", "What was seen?", "r/a"]
    assert noted(done.data, "CIN").data == done.data


def test_comments_over_each_other() -> None:
    data = document_of("<w:p><w:r><w:t>the CIN plan was late</w:t></w:r></w:p>")
    done = noted(data, "the CIN plan", "CIN", "CIN plan was", "plan", "plan was late", "late", "the")
    assert sorted(commented(done.data).values()) == sorted(
        ["the CIN plan", "CIN", "CIN plan was", "plan", "plan was late", "late", "the"]
    )
    again = noted(done.data, "the CIN plan", "CIN", "CIN plan was", "plan", "plan was late", "late", "the")
    assert (again.data, again.placed) == (done.data, ())


def test_two_rules_at_the_same_words_both_stand() -> None:
    data = document_of("<w:p><w:r><w:t>CIN</w:t></w:r></w:p>")
    notes = [note(data, "CIN", "r/a"), note(data, "CIN", "r/b")]
    one = annotate(data, "a.docx", notes[:1], replace=False, author=US)
    both = annotate(one.data, "a.docx", notes, replace=False, author=US)
    assert (both.placed, both.standing) == ((notes[1],), (notes[0],))
    assert [said[1][-1] for said in comments(both.data).values()] == ["r/a", "r/b"]


FAULTS = {
    "over paragraphs": "<w:p><w:r><w:t>C</w:t></w:r></w:p><w:p><w:r><w:t>IN</w:t></w:r></w:p>",
    "over something deleted": f"<w:p><w:r><w:t>C</w:t></w:r><w:del {OTHER}><w:r><w:delText>a</w:delText>"
    "</w:r></w:del><w:r><w:t>IN</w:t></w:r></w:p>",
    "in a field": f"<w:p>{FIELD.format('REF a', '<w:r><w:t>CIN</w:t></w:r>')}</w:p>",
    "over a no-break space": "<w:p><w:r><w:t>C\u00a0N</w:t></w:r></w:p>",
}


@pytest.mark.parametrize("inner", FAULTS.values(), ids=FAULTS)
def test_an_edit_that_would_change_more_is_a_fault(inner: str) -> None:
    data = document_of(inner)
    at = Range(0, len(read_bytes(data, "a.docx").text))
    with pytest.raises(ValueError, match="cannot be put into the file"):
        apply(data, "a.docx", [Edit(at, "x", Safety.SAFE, at)])


def test_edits_that_overlap_are_a_fault() -> None:
    data = document_of("<w:p><w:r><w:t>the CIN plan</w:t></w:r></w:p>")
    with pytest.raises(ValueError, match="cannot be put into the file"):
        apply(data, "a.docx", [edit(data, "the CIN", "x"), edit(data, "CIN plan", "y")])


@pytest.mark.parametrize(
    ("at", "said"), [(Range(0, 0), ("a",)), (Range(0, 1), ())], ids=["nowhere", "nothing"]
)
def test_a_note_says_something_of_some_words(at: Range, said: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="something of some words"):
        Note(at, said)


NAMES = {
    "another prefix": ('xmlns:x="{}"', "x:"),
    "no prefix": ('xmlns="{}" xmlns:w="{}"', ""),
}


@pytest.mark.parametrize(("names", "prefix"), NAMES.values(), ids=NAMES)
def test_other_ways_to_write_names(names: str, prefix: str) -> None:
    namespace = re.search('"(.+)"', nsdecls("w")).group(1)  # type: ignore[union-attr]
    inner = f"<{prefix}p><{prefix}r><{prefix}t>a CIN b</{prefix}t></{prefix}r></{prefix}p>"
    data = document_of(inner, names.replace("{}", namespace), prefix)
    done = noted(data, "CIN")
    assert commented(done.data) == {"1": "CIN"}
    changed = apply(done.data, "a.docx", [edit(data, "CIN", "x")], tracked=US)
    assert read_bytes(changed, "a.docx").text == "a x b"
    assert read_bytes(settled(changed, accept=False), "a.docx").text == "a CIN b"


def test_names_that_only_a_run_declares() -> None:
    namespace = nsdecls("w")
    data = document_of(f"<w:p><y:r {namespace.replace('xmlns:w', 'xmlns:y')}><y:t>a CIN b</y:t></y:r></w:p>")
    assert commented(noted(data, "CIN").data) == {"1": "CIN"}


ENCODED = {
    "UTF-16, little end first": (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    "UTF-16, big end first": (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
    "UTF-8 with a mark": (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    "Latin-1": (b"", "latin-1", "ISO-8859-1"),
}


@pytest.mark.parametrize(("mark", "encoding", "name"), ENCODED.values(), ids=ENCODED)
def test_a_part_keeps_its_encoding(mark: bytes, encoding: str, name: str) -> None:
    declared = f'<?xml version="1.0" encoding="{name}"?><!-- é -->'
    inner = "<w:body><w:p><w:r><w:t>café CIN b</w:t></w:r></w:p></w:body>"
    part = f"{declared}<w:document {nsdecls('w')}>{inner}</w:document>"
    data = with_parts(document_of(""), {"word/document.xml": mark + part.encode(encoding)})
    done = apply(data, "a.docx", [edit(data, "CIN", "ü—")])
    written = parts(done)["word/document.xml"]
    assert written.startswith(mark + declared.encode(encoding))
    assert read_bytes(done, "a.docx").text == "café ü— b"
    assert "ü—".encode(encoding, "xmlcharrefreplace") in written


def test_words_that_xml_cannot_hold_are_left_out() -> None:
    data = document_of("<w:p><w:r><w:t>CIN</w:t></w:r></w:p>")
    done = annotate(data, "a.docx", [Note(Range(0, 3), ("a\0b\x1b\ufffe",), "r/a")], replace=False, author=US)
    assert comments(done.data)["1"][1] == ["ab", "r/a"]


def test_nothing_else_is_touched() -> None:
    """Parts keep order, dates and packed bytes; of the body, all but the run keeps its bytes."""
    data = (ROOT / "examples" / "referral.docx").read_bytes()
    done = noted(data, "CIN").data
    assert only_changed(data, done) == {
        "word/document.xml",
        "word/comments.xml",
        "word/_rels/document.xml.rels",
        "[Content_Types].xml",
    }
    before, after = (parts(one)["word/document.xml"] for one in (data, done))
    start = next(i for i, (old, new) in enumerate(zip(before, after, strict=False)) if old != new)
    tail = next(i for i in range(1, len(before)) if before[-i] != after[-i])
    assert len(before) - start - tail < 200
    assert only_changed(done, apply(done, "a.docx", [edit(done, "CIN", "x")])) == {"word/document.xml"}


def test_a_new_part_of_comments_has_a_name_of_its_own() -> None:
    base = with_parts(document_of("<w:p><w:r><w:t>CIN</w:t></w:r></w:p>"), {"word/comments.xml": b"<lost/>"})
    done = noted(base, "CIN")
    assert parts(done.data)["word/comments.xml"] == b"<lost/>"
    assert b'Target="comments2.xml"' in parts(done.data)["word/_rels/document.xml.rels"]
    assert b'PartName="/word/comments2.xml"' in parts(done.data)["[Content_Types].xml"]
    assert len(list(docx.Document(BytesIO(done.data)).comments)) == 1


def test_a_body_without_relations_gets_some() -> None:
    data = document_of("<w:p><w:r><w:t>CIN</w:t></w:r></w:p>")
    bare = {name: part for name, part in parts(data).items() if name != "word/_rels/document.xml.rels"}
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        for name, part in bare.items():
            package.writestr(name, part)
    done = noted(file.getvalue(), "CIN")
    assert [comment.text for comment in docx.Document(BytesIO(done.data)).comments] == ["What was seen?\nr/a"]


def test_a_strict_file_gets_strict_comments() -> None:
    data = document_of("<w:p><w:r><w:t>CIN</w:t></w:r></w:p>", f'xmlns:w="{STRICT}"')
    done = noted(data, "CIN")
    assert STRICT.encode() in parts(done.data)["word/comments.xml"]
    assert (
        b"purl.oclc.org/ooxml/officeDocument/relationships/comments"
        in (parts(done.data)["word/_rels/document.xml.rels"])
    )


def test_the_comments_of_others_stay_as_they_are() -> None:
    draft = docx.Document()
    run = draft.add_paragraph().add_run("There is a CIN plan.")
    draft.add_comment(run, text="Who says so?", author="Jo", initials="J")
    data = saved(draft)
    before = parts(data)["word/comments.xml"]
    done = noted(data, "CIN")
    assert parts(done.data)["word/comments.xml"].startswith(before.removesuffix(b"</w:comments>"))
    assert commented(done.data) == {"0": "There is a CIN plan.", "1": "CIN"}
    assert {key: who for key, (who, _) in comments(done.data).items()} == {"0": "Jo", "1": "sos-lint"}
    assert comments(noted(done.data, "plan", replace=True).data) == {
        "0": ("Jo", ["Who says so?"]),
        "1": ("sos-lint", ["What was seen?", "r/a"]),
    }


THREADS = {
    "a reply": (f'<w15:commentEx xmlns:w15="{W15}" w15:paraId="B" w15:paraIdParent="A"/>', ["1", "2", "3"]),
    "none": ("", ["2", "3"]),
}


@pytest.mark.parametrize(("reply", "left"), THREADS.values(), ids=THREADS)
def test_a_comment_with_a_reply_is_not_taken_out(reply: str, left: list[str]) -> None:
    """What stands beside the comments that go (in Word's further parts) goes with them."""
    data = noted(document_of("<w:p><w:r><w:t>the CIN plan</w:t></w:r></w:p>"), "CIN").data
    said = parts(data)["word/comments.xml"].decode()
    ours = said.replace("<w:p>", f'<w:p xmlns:w14="{W14}" w14:paraId="A">', 1)
    theirs = (
        f'<w:comment w:id="2" w:author="Jo"><w:p xmlns:w14="{W14}" w14:paraId="B"><w:r><w:t>No.</w:t></w:r>'
        '</w:p></w:comment><w:comment w:id="3" w:author="Jo"/></w:comments>'
    )
    extended = (
        f'<w15:commentsEx xmlns:w15="{W15}"><w15:commentEx w15:paraId="A"/>'
        f'<w15:commentEx w15:paraId="C"/>{reply}</w15:commentsEx>'
    )
    related = parts(data)["word/_rels/document.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="z" Type="x/commentsExtended" Target="ex.xml"/></Relationships>',
    )
    data = with_parts(
        data,
        {
            "word/comments.xml": ours.replace("</w:comments>", theirs).encode(),
            "word/ex.xml": extended.encode(),
            "word/_rels/document.xml.rels": related,
        },
    )
    done = annotate(data, "a.docx", (), replace=True, author=US).data
    assert list(comments(done)) == left
    assert (b'w15:paraId="A"' in parts(done)["word/ex.xml"]) == bool(reply)
    assert b'w15:paraId="C"' in parts(done)["word/ex.xml"]


def test_a_comment_on_a_tracked_change_of_ours_is_not_taken_out() -> None:
    """Its finding is gone with the words, but the change still waits, and the comment says why."""
    data = document_of("<w:p><w:r><w:t>the CIN plan</w:t></w:r></w:p>")
    done = apply(noted(data, "CIN", "plan").data, "a.docx", [edit(data, "CIN", "x")], tracked=US)
    left = annotate(done, "a.docx", (), replace=True, author=US)
    assert commented(left.data) == {"1": "x"}
    assert noted(left.data, "x").placed == ()


def test_word_opens_no_more_comments_than_it_can() -> None:
    data = document_of("<w:p><w:r><w:t>the CIN plan</w:t></w:r></w:p>")
    first = noted(data, "the")
    many = "".join(f'<w:comment w:id="{number}" w:author="Jo"/>' for number in range(2, 32_767))
    full = parts(first.data)["word/comments.xml"].replace(b"</w:comments>", many.encode() + b"</w:comments>")
    done = noted(with_parts(first.data, {"word/comments.xml": full}), "the", "CIN", "plan")
    assert [len(notes) for notes in (done.standing, done.placed, done.unplaced)] == [1, 1, 1]


def test_words_in_the_margins_are_handed_back() -> None:
    draft = docx.Document()
    draft.add_paragraph("There is a plan.")
    draft.sections[0].header.paragraphs[0].text = "CIN review"
    done = noted(saved(draft), "CIN", "plan")
    assert [len(notes) for notes in (done.placed, done.unplaced)] == [1, 1]


def test_comments_in_controls_around_paragraphs_are_counted() -> None:
    paragraph = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    inner = paragraph.format("the CIN plan") + paragraph.format("the EHCP")
    data = document_of(SDT.format("", inner) + paragraph.format("a CPP"))
    assert noted(data, "CIN", "EHCP", "CPP").in_controls == 1
    cell = f"<w:tc><w:tcPr/>{paragraph.format('the CIN plan')}</w:tc>"
    table = f"<w:tbl><w:tr>{SDT.format('', cell)}</w:tr></w:tbl>"
    assert noted(document_of(table), "CIN").in_controls == 1
    assert noted(document_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>"), "CIN").in_controls == 0


def test_a_part_whose_name_is_in_an_old_encoding_is_kept() -> None:
    data = with_parts(
        document_of("<w:p><w:r><w:t>CIN</w:t></w:r></w:p>"), {"word/media/cafXX.png": b"picture"}
    )
    old = data.replace(b"cafXX", b"caf\x82x")  # code page 437, without the sign for UTF-8
    assert parts(noted(old, "CIN").data)["word/media/caféx.png"] == b"picture"
    damaged = old.replace(b"caf\x82x", b"caf\x83x", 1)  # only in the one of two places
    with pytest.raises(SosLintError):
        noted(damaged, "CIN")


def test_a_file_that_is_broken_elsewhere_is_left_alone() -> None:
    data = with_parts(
        document_of("<w:p><w:r><w:t>CIN</w:t></w:r></w:p>"), {"[Content_Types].xml": b"<Types>"}
    )
    with pytest.raises(SosLintError) as fault:
        noted(data, "CIN")
    assert fault.value.sentence == "This Word file is built in a way that cannot be changed here."
    assert fault.value.hint


DRAFT = """\
# What are we worried about?

There is **neg***lect* in the CIN plan.[^1]

- Ruby said, “I *hide* under the table.”

| Who  | When |
|------|------|
| Dee  | the EHCP review |

[^1]: The FGC is late.
"""
RICH = r"""{\rtf1\ansi What are we worried about?\par There is {\b neg}{\i lect} in the CIN plan.\par
Ruby said, "I {\i hide} under the table."\par
\trowd\cellx3000\cellx6000\intbl Dee\cell the EHCP review\cell\row}"""
needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
needs_pandoc = pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")


def office(folder: Path, kind: str, file: Path) -> Path:
    """The file as another kind, as LibreOffice writes it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        kind,
        "--outdir",
        str(folder / "out"),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder / "out" / file.with_suffix("." + kind.partition(":")[0]).name


def by_pandoc(folder: Path) -> bytes:
    source, made = folder / "draft.md", folder / "draft.docx"
    source.write_text(DRAFT, encoding="utf-8")
    subprocess.run(["pandoc", str(source), "-o", str(made)], check=True)
    return made.read_bytes()


def by_libreoffice(folder: Path) -> bytes:
    source = folder / "draft.rtf"
    source.write_text(RICH, encoding="ascii")
    return office(folder, "docx", source).read_bytes()


MAKERS = {
    "pandoc": pytest.param(by_pandoc, marks=needs_pandoc),
    "LibreOffice": pytest.param(by_libreoffice, marks=needs_soffice),
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_files_that_other_programs_made(make: Callable[[Path], bytes], tmp_path: Path) -> None:
    data = make(tmp_path)
    wanted = ["neglect", "CIN", "hide", "EHCP"]
    done = noted(data, *wanted)
    assert sorted(commented(done.data).values()) == sorted(wanted)
    assert same_places(read_bytes(done.data, "a.docx"), read_bytes(data, "a.docx"))
    tracked = apply(done.data, "a.docx", [edit(data, word, "x y") for word in wanted], tracked=US)
    assert sorted(commented(tracked).values()) == ["x y"] * 4
    rejected = settled(tracked, accept=False)
    assert same_places(read_bytes(rejected, "a.docx"), read_bytes(data, "a.docx"))
    docx.Document(BytesIO(tracked))


@needs_soffice
def test_libreoffice_reads_the_same_words_and_can_reject_what_is_tracked(tmp_path: Path) -> None:
    data = (ROOT / "examples" / "referral.docx").read_bytes()
    done = noted(data, "neglect", "CIN", "EHCP")
    tracked = apply(done.data, "a.docx", [edit(data, "CIN", "child in need")], tracked=US)
    for name, content in {"before": data, "noted": done.data, "tracked": tracked}.items():
        (tmp_path / f"{name}.docx").write_bytes(content)
    before, after = (office(tmp_path, "txt:Text", tmp_path / f"{name}.docx") for name in ("before", "noted"))
    assert after.read_bytes() == before.read_bytes()
    again = office(tmp_path, "docx", tmp_path / "tracked.docx").read_bytes()
    assert sorted(commented(again).values()) == ["EHCP", "child in need", "neglect"]
    words = read_bytes(data, "a.docx").text.split()
    assert read_bytes(settled(again, accept=False), "a.docx").text.split() == words
    assert "child in need plan" in read_bytes(settled(again, accept=True), "a.docx").text
