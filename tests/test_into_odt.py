"""Writing into OpenDocument texts: the very bytes of words, comments and changes; files by LibreOffice."""

from __future__ import annotations

import codecs
import re
import shutil
import subprocess
import zipfile
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pytest
from commands import ROOT
from odt_files import DC, body, commented, comments, content, flat, odt_file, settled
from word_files import only_changed, parts, same_places, with_parts

from sos_lint.errors import SosLintError
from sos_lint.finding import Edit
from sos_lint.kinds import Safety
from sos_lint.readers import read_bytes
from sos_lint.rewrite.into_odt import annotate, apply, trackable, with_section
from sos_lint.rewrite.notes import Annotated, Author, Note
from sos_lint.text import Range

US = Author("sos-lint", datetime(2026, 3, 4, 10, 0))
SAID = "<dc:creator>sos-lint</dc:creator><dc:date>2026-03-04T10:00:00</dc:date>"
JO = "<dc:creator>Jo</dc:creator><dc:date>2026-03-04T10:00:00</dc:date>"
FILES = ROOT / "tests" / "files"
BY_LIBREOFFICE = {
    "a zip": (FILES / "libreoffice.odt").read_bytes(),
    "one file of XML": (FILES / "libreoffice.fodt").read_bytes(),
}


def place(data: bytes, words: str) -> Range:
    start = read_bytes(data, "a.odt").text.index(words)
    return Range(start, start + len(words))


def edit(data: bytes, words: str, new: str) -> Edit:
    at = place(data, words)
    return Edit(at, new, Safety.SAFE, at)


def note(data: bytes, words: str, signature: str = "r/a") -> Note:
    return Note(place(data, words), ("What was seen?",), signature)


def noted(data: bytes, *words: str, replace: bool = False) -> Annotated:
    return annotate(data, "a.odt", [note(data, one) for one in words], replace=replace, author=US)


Z = 'text:change-id="z"'
B = '<text:span text:style-name="B">'
# What stands in a paragraph before, what takes the place of "CIN", and what stands there after.
CHANGED = {
    "a whole paragraph": ("CIN", "x", "x"),
    "within words": ("a CIN b", "x y", "a x y b"),
    "signs that XML writes otherwise": ("&lt;CIN&gt; &amp; &#163;5", "x<&",
                                        "&lt;x&lt;&amp;&gt; &amp; &#163;5"),
    "a sign written as a number": ("a C&#73;N b", "x", "a x b"),
    "over spans, like the first": (f"{B}C</text:span>I<text:span>N b</text:span>", "x",
                                   f"{B}x</text:span><text:span> b</text:span>"),
    "over marks, which stay": ('C<text:bookmark text:name="a"/>I<text:soft-page-break/>N', "x",
                               'x<text:bookmark text:name="a"/><text:soft-page-break/>'),
    "space at an end beside a space": ("a CIN b", "x ", "a x<text:s/> b"),
    "space at an end of the paragraph": ("a CIN", "x ", "a x<text:s/>"),
    "several spaces": ("a CIN b", "x  y", "a x<text:s/><text:s/>y b"),
    "a tab": ("a CIN b", "x\ty", "a x<text:tab/>y b"),
    "what XML cannot hold": ("a CIN b", "x\0y", "a xy b"),
    "written as data": ("<![CDATA[a & CIN <b]]>", "x>&", "<![CDATA[a & ]]>x&gt;&amp;<![CDATA[ <b]]>"),
    "with a remark of XML": ("a C<!-- & -->IN", "x", "a x<!-- & -->"),
    "in a link": ('<text:a xlink:href="b">CIN</text:a>', "x", '<text:a xlink:href="b">x</text:a>'),
    "into an insertion": (f'C<text:change-start {Z}/>IN<text:change-end {Z}/>', "x",
                          f'x<text:change-start {Z}/><text:change-end {Z}/>'),
    "nothing for something": ("a CIN b", "", "a  b"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "new", "after"), CHANGED.values(), ids=CHANGED)
def test_words_are_changed_where_they_stand(before: str, new: str, after: str) -> None:
    data = odt_file(f"<text:p>{before}</text:p><text:p>c</text:p>")
    done = apply(data, "a.odt", [edit(data, "CIN", new)])
    assert body(done) == f"<text:p>{after}</text:p><text:p>c</text:p>"
    text = read_bytes(data, "a.odt").text.replace("CIN", new.replace("\0", ""))
    assert read_bytes(done, "a.odt").text.split() == text.split()
    assert only_changed(data, done) == {"content.xml"}


def region(number: int, change: str) -> str:
    key = f'xml:id="sos-lint-{number}" text:id="sos-lint-{number}"'
    return f"<text:changed-region {key}>{change}</text:changed-region>"


def gone(number: int, words: str) -> str:
    return region(
        number,
        f"<text:deletion><office:change-info>{SAID}</office:change-info><text:p>{words}</text:p></text:deletion>",
    )


def come(number: int) -> str:
    return region(number, f"<text:insertion><office:change-info>{SAID}</office:change-info></text:insertion>")


def mark(number: int) -> str:
    return f'<text:change text:change-id="sos-lint-{number}"/>'


def new(number: int, words: str) -> str:
    start, end = (f'<text:change-{edge} text:change-id="sos-lint-{number}"/>' for edge in ("start", "end"))
    return start + words + end


# What stands in a paragraph before, the new words, what is told of the changes, and what stands there after.
TRACKED = {
    "a whole paragraph": ("CIN", "x", gone(1, "CIN") + come(2), new(2, "x") + mark(1)),
    "within words": ("a CIN b", "x y", gone(1, "CIN") + come(2), f"a {new(2, 'x y')}{mark(1)} b"),
    "over spans, like the first": (
        f"{B}a C</text:span>IN b",
        "x",
        gone(1, f"{B}C</text:span>") + come(2) + gone(3, "IN"),
        f"{B}a {new(2, 'x')}{mark(1)}</text:span>{mark(3)} b",
    ),
    "of two spaces the second is said": ("a CIN b", "", gone(1, "CIN"), f"a {mark(1)}<text:s/>b"),
    "spaces that are deleted": ("a CIN b", "x", gone(1, "<text:s/>CIN<text:s/>") + come(2),
                                f"a{new(2, 'x')}{mark(1)}b"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "words", "told", "after"), TRACKED.values(), ids=TRACKED)
def test_words_are_changed_for_people_to_accept(before: str, words: str, told: str, after: str) -> None:
    data = odt_file(f"<text:p>{before}</text:p><text:p>c</text:p>")
    wanted = edit(data, " CIN " if "<text:s/>CIN" in told else "CIN", words)
    done = apply(data, "a.odt", [wanted], tracked=US)
    changes = f'<text:tracked-changes text:track-changes="false">{told}</text:tracked-changes>'
    assert body(done) == f"{changes}<text:p>{after}</text:p><text:p>c</text:p>"
    rejected = settled(done, accept=False, author=US.name)
    assert same_places(read_bytes(rejected, "a.odt"), read_bytes(data, "a.odt"))


def test_changes_of_others_stay_and_theirs_are_not_ours_to_change() -> None:
    theirs = region(1, f"<text:insertion><office:change-info>{JO}</office:change-info></text:insertion>")
    data = odt_file(
        f"<office:forms/><text:tracked-changes>{theirs}</text:tracked-changes>"
        f"<text:p>a {new(1, 'CIN')} b EHCP</text:p>"
    )
    wanted = [edit(data, "CIN", "x"), edit(data, "EHCP", "y")]
    assert trackable(data, "a.odt", wanted) == (wanted[1],)
    done = apply(data, "a.odt", wanted[1:], tracked=US)
    assert body(done) == (
        f"<office:forms/><text:tracked-changes>{theirs}{gone(2, 'EHCP')}{come(3)}</text:tracked-changes>"
        f"<text:p>a {new(1, 'CIN')} b {new(3, 'y')}{mark(2)}</text:p>"
    )


def test_changes_follow_the_forms_and_headers_keep_their_own() -> None:
    header = "<style:master-page><style:header><text:p>the CIN</text:p></style:header></style:master-page>"
    data = odt_file("<office:forms/><text:p>the EHCP</text:p>", pages=header)
    done = apply(data, "a.odt", [edit(data, "CIN", "x"), edit(data, "EHCP", "y")], tracked=US)
    assert body(done).startswith("<office:forms/><text:tracked-changes ")
    assert b"<style:header><text:tracked-changes " in parts(done)["styles.xml"]
    assert read_bytes(settled(done, accept=True), "a.odt").text == "the y\nthe x"
    assert read_bytes(settled(done, accept=False), "a.odt").text == "the EHCP\nthe CIN"


def test_words_of_shapes_are_changed_at_once_only() -> None:
    """LibreOffice keeps no tracked changes in shapes; a comment stands around them."""
    shape = "<draw:custom-shape><text:p>the CIN</text:p></draw:custom-shape>"
    data = odt_file(f"<text:p>a{shape}b</text:p>")
    wanted = edit(data, "CIN", "x")
    assert trackable(data, "a.odt", [wanted]) == ()
    assert read_bytes(apply(data, "a.odt", [wanted]), "a.odt").text == "ab\nthe x"
    done = noted(data, "CIN").data
    assert commented(done) == {"sos-lint-1": "▭"}
    assert comments(done)["sos-lint-1"][1] == ["About “CIN”:", "What was seen?", "r/a"]
    assert noted(odt_file(f"{shape}<text:p>a</text:p>"), "CIN").placed == ()


def comment(number: int, words: str, *lines: str) -> str:
    said = "".join(f"<text:p>{line}</text:p>" for line in lines or ("What was seen?",))
    small = '<text:p><text:span text:style-name="sos-lint-small">r/a</text:span></text:p>'
    key = f'office:name="sos-lint-{number}"'
    begin = f"<office:annotation {key}>{SAID}{said}{small}</office:annotation>"
    return f"{begin}{words}<office:annotation-end {key}/>"


FIELD = '<text:user-defined text:name="n">a CIN</text:user-defined>'
LINK = '<text:a xlink:href="b">'
NOTE = '<text:note text:note-class="footnote"><text:note-body><text:p>'
ABOUT = ("About “CIN”:", "What was seen?")
PLACED = {
    "a whole paragraph": ("CIN", comment(1, "CIN")),
    "within words": ("a CIN b", f"a {comment(1, 'CIN')} b"),
    "over spans": (f"{B}a C</text:span>IN b",
                   f"{B}a {comment(1, 'C</text:span>IN')} b"),
    "in a link": (f"{LINK}CIN</text:a>", f"{LINK}{comment(1, 'CIN')}</text:a>"),
    "in a note": (f"a{NOTE}CIN</text:p></text:note-body></text:note>",
                  f"a{NOTE}{comment(1, 'CIN')}</text:p></text:note-body></text:note>"),
    "in a text box": ("a<draw:frame><draw:text-box><text:p>CIN</text:p></draw:text-box></draw:frame>",
                      f"a<draw:frame><draw:text-box><text:p>{comment(1, 'CIN')}</text:p></draw:text-box>"
                      "</draw:frame>"),
    "around a field": (f"b {FIELD} c", f"b {comment(1, FIELD, *ABOUT)} c"),
    "around a field in a span": (f"{B}{FIELD}</text:span>", f"{B}{comment(1, FIELD, *ABOUT)}</text:span>"),
    "written as data": ("<![CDATA[a & CIN]]>",
                        "<![CDATA[a & ]]>" + comment(1, "<![CDATA[CIN]]>") + "<![CDATA[]]>"),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), PLACED.values(), ids=PLACED)
def test_a_comment_stands_on_its_words(before: str, after: str) -> None:
    data = odt_file(f"<text:p>{before}</text:p><text:p>c</text:p>")
    done = noted(data, "CIN")
    assert body(done.data) == f"<text:p>{after}</text:p><text:p>c</text:p>"
    assert same_places(read_bytes(done.data, "a.odt"), read_bytes(data, "a.odt"))
    assert noted(done.data, "CIN").data == done.data
    removed = annotate(done.data, "a.odt", (), replace=True, author=US).data
    assert body(removed).replace("]]><![CDATA[", "").replace("<![CDATA[]]>", "") == body(data)


def test_comments_over_each_other() -> None:
    data = odt_file("<text:p>the CIN plan was late</text:p>")
    wanted = ["the CIN plan", "CIN", "CIN plan was", "plan", "plan was late", "late", "the"]
    done = noted(data, *wanted)
    assert sorted(commented(done.data).values()) == sorted(wanted)
    again = noted(done.data, *wanted)
    assert (again.data, again.placed) == (done.data, ())


def test_two_rules_at_the_same_words_both_stand() -> None:
    data = odt_file("<text:p>CIN</text:p>")
    notes = [note(data, "CIN", "r/a"), note(data, "CIN", "r/b")]
    one = annotate(data, "a.odt", notes[:1], replace=False, author=US)
    both = annotate(one.data, "a.odt", notes, replace=False, author=US)
    assert (both.placed, both.standing) == ((notes[1],), (notes[0],))


THREADS = {
    "that names it": ' loext:parent-name="sos-lint-1"',
    "that stands at its end": "",
    "at other words": None,
}


@pytest.mark.parametrize("reply", THREADS.values(), ids=THREADS)
def test_a_comment_with_a_reply_is_not_taken_out(reply: str | None) -> None:
    data = noted(odt_file("<text:p>the CIN plan</text:p>"), "CIN").data
    theirs = f"<office:annotation{reply or ''}>{JO}<text:p>No.</text:p></office:annotation>"
    beside = "plan" if reply is None else '<office:annotation-end office:name="sos-lint-1"/>'
    part = parts(data)["content.xml"].decode().replace(beside, beside + theirs)
    done = annotate(with_parts(data, {"content.xml": part.encode()}), "a.odt", (), replace=True, author=US)
    assert list(comments(done.data).values()) == [
        *([] if reply is None else [("sos-lint", ["What was seen?", "r/a"])]),
        ("Jo", ["No."]),
    ]


def test_a_comment_on_a_tracked_change_of_ours_is_not_taken_out() -> None:
    """Its finding is gone with the words, but the change still waits, and the comment says why."""
    data = odt_file("<text:p>the CIN plan</text:p>")
    done = apply(noted(data, "CIN", "plan").data, "a.odt", [edit(data, "CIN", "x")], tracked=US)
    left = annotate(done, "a.odt", (), replace=True, author=US)
    assert commented(left.data) == {"sos-lint-1": "x"}
    assert noted(left.data, "x").placed == ()


FAULTS = {
    "over paragraphs": "<text:p>C</text:p><text:p>IN</text:p>",
    "over something deleted": '<text:p>C<text:change text:change-id="z"/>IN</text:p>',
    "in a field": f"<text:p>{FIELD}</text:p>",
    "in a locked section": '<text:section text:protected="true"><text:p>CIN</text:p></text:section>',
    "in a table of contents": "<text:table-of-content><text:index-body><text:p>CIN</text:p></text:index-body>"
    "</text:table-of-content>",
    "from another file": "<text:section><text:section-source/><text:p>CIN</text:p></text:section>",
    "over a space that an element says": "<text:p>C<text:s/>N</text:p>",
    "over a no-break space": "<text:p>C\u00a0N</text:p>",
    "over the border of a link": '<text:p>C<text:a xlink:href="b">IN</text:a></text:p>',
}


@pytest.mark.parametrize("inner", FAULTS.values(), ids=FAULTS)
def test_an_edit_that_would_change_more_is_a_fault(inner: str) -> None:
    data = odt_file(inner)
    at = Range(0, len(read_bytes(data, "a.odt").text))
    with pytest.raises(ValueError, match="cannot be put into the file"):
        apply(data, "a.odt", [Edit(at, "x", Safety.SAFE, at)])


def test_edits_that_overlap_are_a_fault() -> None:
    data = odt_file("<text:p>the CIN plan</text:p>")
    with pytest.raises(ValueError, match="cannot be put into the file"):
        apply(data, "a.odt", [edit(data, "the CIN", "x"), edit(data, "CIN plan", "y")])


def test_other_prefixes_and_names_that_only_an_element_declares() -> None:
    """Ours are written with the prefixes that are known where they stand, or declare their own."""
    data = odt_file("<text:p>the CIN plan</text:p>")
    part = parts(data)["content.xml"].decode()
    other = re.sub(r"(</?| )(text|office)(?=:)", r"\1q\2", part)
    for prefix in ("text", "office"):
        other = other.replace(f"xmlns:{prefix}=", f"xmlns:q{prefix}=")
    other = other.replace(f' xmlns:dc="{DC}"', "")
    data = with_parts(data, {"content.xml": other.encode()})
    done = apply(noted(data, "CIN").data, "a.odt", [edit(data, "plan", "x")], tracked=US)
    assert commented(done) == {"sos-lint-1": "CIN"}
    assert read_bytes(settled(done, accept=False), "a.odt").text == "the CIN plan"


ENCODED = {
    "UTF-16": (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    "UTF-8 with a mark": (codecs.BOM_UTF8, "utf-8", "UTF-8"),
    "Latin-1": (b"", "latin-1", "ISO-8859-1"),
}


@pytest.mark.parametrize(("mark", "encoding", "name"), ENCODED.values(), ids=ENCODED)
def test_a_part_keeps_its_encoding(mark: bytes, encoding: str, name: str) -> None:
    declared = f'<?xml version="1.0" encoding="{name}"?><!-- é -->'
    part = declared + content("<text:p>café CIN b</text:p>")
    data = with_parts(odt_file(""), {"content.xml": mark + part.encode(encoding)})
    done = apply(data, "a.odt", [edit(data, "CIN", "ü—")])
    assert parts(done)["content.xml"].startswith(mark + declared.encode(encoding))
    assert read_bytes(done, "a.odt").text == "café ü— b"


def test_the_kind_of_file_comes_first_and_as_it_is() -> None:
    """The very first bytes say what it is, to programs that look no further; the list of parts stays."""
    for data in (odt_file("<text:p>CIN</text:p>"), BY_LIBREOFFICE["a zip"]):
        done = with_section(noted(data, "CIN").data, "a.odt", "T", ["a"])
        assert done[:77] == data[:77]
        with zipfile.ZipFile(BytesIO(done)) as package:
            first = package.infolist()[0]
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert parts(done)["META-INF/manifest.xml"] == parts(data)["META-INF/manifest.xml"]


def test_a_list_at_the_end_goes_before_what_is_said_of_tables() -> None:
    data = odt_file("<text:p>CIN</text:p><table:named-expressions/>")
    done = with_section(data, "a.odt", "T & T", ["a", "b"])
    assert body(done) == (
        '<text:p>CIN</text:p><text:p text:style-name="sos-lint-title">T &amp; T</text:p>'
        "<text:p>a</text:p><text:p>b</text:p><table:named-expressions/>"
    )
    assert b'<style:text-properties fo:font-weight="bold"/>' in parts(done)["content.xml"]
    again = with_section(done, "a.odt", "T", [])
    assert parts(again)["content.xml"].count(b'style:name="sos-lint-title"') == 1


def test_a_file_that_is_broken_elsewhere_is_left_alone() -> None:
    data = with_parts(odt_file("<text:p>CIN</text:p>"), {"Pictures/cafXX.png": b"picture"})
    old = data.replace(b"cafXX", b"caf\x82x")  # code page 437, without the sign for UTF-8
    assert parts(noted(old, "CIN").data)["Pictures/caféx.png"] == b"picture"
    broken = old.replace(b"caf\x82x", b"caf\x83x", 1)  # only in the one of two places
    with pytest.raises(SosLintError) as fault:
        noted(broken, "CIN")
    assert fault.value.sentence == "This OpenDocument file is built in a way that cannot be changed here."
    assert fault.value.hint == "Open it in LibreOffice, save it again, and use that copy."


@pytest.mark.parametrize("data", BY_LIBREOFFICE.values(), ids=BY_LIBREOFFICE)
def test_files_that_libreoffice_made(data: bytes) -> None:
    text = read_bytes(data, "a.odt").text
    wanted = ["neglect", "CIN", "hide", "EHCP", "LAC", "CPP", "FGC"]
    done = annotate(data, "a.odt", [note(data, one) for one in wanted], replace=False, author=US)
    zipped = data.startswith(b"PK")
    if zipped:
        assert only_changed(data, done.data) == {"content.xml"}
        stands = {key: words for key, words in commented(done.data).items() if not key.startswith("jo")}
        assert sorted(stands.values()) == sorted(wanted)
        assert {who for who, _ in comments(done.data).values()} == {"Jo", "sos-lint"}
    assert same_places(read_bytes(done.data, "a.odt"), read_bytes(data, "a.odt"))
    edits = [edit(data, words, "x y") for words in wanted]
    tracked = apply(done.data, "a.odt", edits, tracked=US)
    for words in wanted:
        text = text.replace(words, "x y", 1)
    assert read_bytes(tracked, "a.odt").text == text
    if zipped:
        assert same_places(
            read_bytes(settled(tracked, accept=False, author=US.name), "a.odt"), read_bytes(data, "a.odt")
        )
        assert b">Jo</dc:creator>" in parts(tracked)["content.xml"]


def test_one_file_of_xml() -> None:
    data = flat("<text:p>the CIN plan</text:p>")
    assert apply(data, "a.fodt", ()) == data
    assert apply(data, "a.fodt", [edit(data, "CIN", "x")]) == data.replace(b"CIN", b"x")


needs_soffice = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")


@needs_soffice
def test_libreoffice_reads_the_same_words_and_comments(tmp_path: Path) -> None:
    data = BY_LIBREOFFICE["a zip"]
    done = apply(noted(data, "neglect", "CIN", "EHCP").data, "a.odt", [edit(data, "FGC", "x")], tracked=US)
    (tmp_path / "noted.odt").write_bytes(done)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    out = tmp_path / "out"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "odt",
        "--outdir",
        out,
        tmp_path / "noted.odt",
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    again = (out / "noted.odt").read_bytes()
    assert sorted(words for key, words in commented(again).items() if not key.startswith("jo")) == [
        "CIN", "EHCP", "neglect",
    ]  # fmt: skip
    before, after = (read_bytes(one, "a.odt").text for one in (done, again))
    assert re.sub(r"\d+/\d+/\d+", "", after) == re.sub(r"\d+/\d+/\d+", "", before)
    ours = sorted(words for who, words in comments(again).values() if who == "sos-lint")
    assert ours == [["What was seen?", "r/a"]] * 3
