"""`sos-lint annotate` as people use it: a copy of a draft, with comments that help."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import docx
import odt_files
import pytest
from commands import ROOT, Ran, run
from odt_files import odt_file
from word_files import commented, comments, parts, saved, settled, with_parts

from sos_lint.annotate import annotate_draft
from sos_lint.lint import shared_linter
from sos_lint.readers import read_bytes
from sos_lint.rewrite.notes import Author
from sos_lint.settings import Settings


@cache
def draft() -> bytes:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = "Neglect of CIN plans"
    made.add_paragraph("There is neglect. The CIN plan was late.")
    return saved(made)


def odt_draft() -> bytes:
    header = "<style:header><text:p>Neglect of CIN plans</text:p></style:header>"
    return odt_file(
        "<text:p>There is neglect. The <text:span>CIN</text:span> plan was late.</text:p>",
        pages=f"<style:master-page>{header}</style:master-page>",
    )


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "draft.docx").write_bytes(draft())
    (tmp_path / "draft.md").write_text("There is neglect.")
    (tmp_path / "draft.rtf").write_bytes(rb"{\rtf1 There is neglect.}")
    return tmp_path


def annotated(*arguments: str | Path) -> Ran:
    return run("annotate", "draft.docx", "-o", "copy.docx", "--select", "broad-term,acronyms", *arguments)


def test_each_finding_of_the_example_has_its_comment(tmp_path: Path) -> None:
    data = (ROOT / "examples" / "referral.docx").read_bytes()
    findings = shared_linter().lint(read_bytes(data, "referral.docx"))
    done = annotate_draft(
        data, "referral.docx", shared_linter(), Settings(), Author(), replace=False, track=True
    )
    (tmp_path / "copy.docx").write_bytes(done.data)
    stands = commented(settled(done.data, accept=False))
    said = [(stands[key], lines[-1]) for key, (_, lines) in comments(done.data).items()]
    assert sorted(said) == sorted((finding.text, finding.rule) for finding in findings)
    assert done.edits
    docx.Document(str(tmp_path / "copy.docx"))


def test_the_draft_stays_and_the_copy_has_comments(here: Path) -> None:
    ran = annotated()
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.startswith("Wrote copy.docx: 2 new comments.\nNo comment can stand in the header: ")
    assert (here / "draft.docx").read_bytes() == draft()
    assert sorted(commented((here / "copy.docx").read_bytes()).values()) == ["CIN", "neglect"]


def test_again(here: Path) -> None:
    annotated()
    first = (here / "copy.docx").read_bytes()
    ran = run("annotate", "copy.docx", "-o", "again.docx", "--select", "broad-term,acronyms")
    assert ran.out.startswith("Wrote again.docx: 0 new comments, 2 that were there already.\n")
    assert (here / "again.docx").read_bytes() == first
    ran = run("annotate", "copy.docx", "-o", "again.docx", "--select", "acronyms", "--replace", "--force")
    assert ran.out.startswith("Wrote again.docx: 1 new comment.\n")
    assert list(commented((here / "again.docx").read_bytes()).values()) == ["CIN"]


def test_safe_edits_as_tracked_changes(here: Path) -> None:
    ran = annotated("--track-changes")
    assert "2 new comments, 1 tracked change.\n" in ran.out
    data = (here / "copy.docx").read_bytes()
    accepted, rejected = (read_bytes(settled(data, accept=accept), "a.docx") for accept in (True, False))
    assert rejected.text == read_bytes(draft(), "a.docx").text
    assert accepted.text.startswith("There is neglect. The child in need (CIN) plan was late.")
    ran = run(
        "annotate", "copy.docx", "-o", "again.docx", "--track-changes", "--select", "broad-term,acronyms"
    )
    assert (here / "again.docx").read_bytes() == data


def test_nothing_to_ask(here: Path) -> None:
    ran = run("annotate", "draft.docx", "-o", "copy.docx", "--select", "hidden-actor")
    assert (ran.status, ran.out) == (0, "Wrote copy.docx: 0 new comments.\n")
    assert (here / "copy.docx").read_bytes() == draft()


REFUSED = {
    "the draft itself": (["draft.docx", "-o", "draft.docx"], "draft.docx: this is the draft itself."),
    "the draft by another name": (["draft.docx", "-o", "./sub/../draft.docx"], "this is the draft itself."),
    "a file that is there": (["draft.docx", "-o", "other.docx"], "other.docx: there is such a file already."),
    "a name of OpenDocument": (["draft.docx", "-o", "copy.odt"], "copy.odt: this is no name of a Word file."),
    "a name of Word": (["draft.odt", "-o", "copy.docx"], "copy.docx: this is no name of an OpenDocument"),
    "a PDF called OpenDocument": (["pdf.odt", "-o", "copy.odt"], "pdf.odt: This is not an OpenDocument file"),
    "a name of another kind": (["draft.docx", "-o", "copy.md"], "copy.md: this is no name of a Word file."),
    "a draft of a kind that is only read": (
        ["draft.rtf", "-o", "copy.docx"],
        "draft.rtf: This kind of file is only read: comments cannot be put into it.",
    ),
    "a draft that is no Word file": (
        ["draft.md", "-o", "copy.docx"],
        "draft.md: Only Word and OpenDocument files have comments.",
    ),
    "no such draft": (["gone.docx", "-o", "copy.docx"], "gone.docx: This file does not exist."),
    "no such folder": (["draft.docx", "-o", "gone/copy.docx"], "gone/copy.docx: There is no such folder."),
    "a rule that is not there": (["draft.docx", "-o", "copy.docx", "--select", "x"], "no rule, pack or kind"),
}


@pytest.mark.parametrize(("arguments", "fault"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused(here: Path, arguments: list[str], fault: str) -> None:
    (here / "sub").mkdir()
    (here / "other.docx").write_bytes(b"other")
    (here / "draft.odt").write_bytes(odt_draft())
    (here / "pdf.odt").write_bytes(b"%PDF-1.7 ")
    ran = run("annotate", *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert fault in ran.err
    assert len(ran.err.splitlines()) == 1
    assert (here / "draft.docx").read_bytes() == draft()
    assert (here / "other.docx").read_bytes() == b"other"
    assert not (here / "copy.docx").exists()


def test_into_the_draft_itself_by_force(here: Path) -> None:
    ran = run("annotate", "draft.docx", "-o", "draft.docx", "--force", "--select", "broad-term")
    assert ran.status == 0
    assert list(commented((here / "draft.docx").read_bytes()).values()) == ["neglect"]


def test_form_controls_are_told_of(here: Path) -> None:
    data = parts(draft())["word/document.xml"].decode()
    paragraph = data[data.index("<w:p>") : data.index("</w:p>") + 6]
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{paragraph}</w:sdtContent></w:sdt>"
    changed = with_parts(draft(), {"word/document.xml": data.replace(paragraph, control).encode()})
    (here / "draft.docx").write_bytes(changed)
    assert "Open it in Word: LibreOffice hides words beside comments in form controls.\n" in annotated().out


def test_a_list_of_the_short_forms_at_the_end(here: Path) -> None:
    ran = annotated("--glossary")
    assert "2 new comments, 1 short form explained at the end." in ran.out
    copy = docx.Document(str(here / "copy.docx"))
    assert [p.text for p in copy.paragraphs][:2] == [
        "There is neglect. The CIN plan was late.",
        "What the short forms mean",
    ]
    assert copy.paragraphs[2].text.startswith("CIN: child in need – ")
    assert copy.sections[0].header.paragraphs[0].text == "Neglect of CIN plans"


def test_the_list_is_not_doubled_and_nothing_is_asked_of_it(here: Path) -> None:
    annotated("--glossary")
    (here / "draft.docx").write_bytes((here / "copy.docx").read_bytes())
    ran = annotated("--glossary", "--force")
    assert "0 new comments, 2 that were there already." in ran.out
    one, other = ((here / name).read_bytes() for name in ("draft.docx", "copy.docx"))
    assert parts(one)["word/document.xml"] == parts(other)["word/document.xml"]


def test_no_list_where_there_are_no_short_forms(here: Path) -> None:
    made = docx.Document()
    made.add_paragraph("There is neglect.")
    (here / "draft.docx").write_bytes(saved(made))
    assert "Wrote copy.docx: 1 new comment.\n" in annotated("--glossary").out
    assert [p.text for p in docx.Document(str(here / "copy.docx")).paragraphs] == ["There is neglect."]


def test_the_list_is_written_in_the_prefix_that_the_file_uses(here: Path) -> None:
    whole = parts(draft())["word/document.xml"].decode()
    other = whole.replace("<w:", "<q:").replace("</w:", "</q:").replace("xmlns:w=", "xmlns:q=")
    other = other.replace(" w:", " q:")
    (here / "draft.docx").write_bytes(with_parts(draft(), {"word/document.xml": other.encode()}))
    assert "1 short form explained" in annotated("--glossary").out
    assert docx.Document(str(here / "copy.docx")).paragraphs[-1].text.startswith("CIN: child in need – ")


def test_an_opendocument_draft(here: Path) -> None:
    """Comments in headers too, tracked changes, the list at the end; and a second run adds nothing."""
    draft = odt_draft()
    (here / "draft.odt").write_bytes(draft)
    options = ["--select", "broad-term,acronyms", "--track-changes", "--glossary"]
    ran = run("annotate", "draft.odt", "-o", "copy.odt", *options)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out == (
        "Wrote copy.odt: 4 new comments, 1 short form explained at the end, 1 tracked change.\n"
    )
    assert (here / "draft.odt").read_bytes() == draft
    data = (here / "copy.odt").read_bytes()
    stands = odt_files.commented(odt_files.settled(data, accept=False))
    assert sorted(stands.values()) == ["CIN", "CIN", "Neglect", "neglect"]
    accepted, rejected = (
        read_bytes(odt_files.settled(data, accept=accept), "a.odt").text for accept in (True, False)
    )
    assert accepted.startswith("There is neglect. The child in need (CIN) plan was late.\nWhat the short")
    assert rejected.startswith("There is neglect. The CIN plan was late.\nWhat the short forms mean\nCIN: ")
    ran = run("annotate", "copy.odt", "-o", "again.odt", *options)
    assert (here / "again.odt").read_bytes() == data
    ran = run("annotate", "copy.odt", "-o", "anew.odt", "--replace", "--select", "broad-term")
    left = odt_files.commented((here / "anew.odt").read_bytes())
    assert sorted(left.values()) == ["Neglect", "child in need (CIN)", "neglect"]


def test_one_file_of_opendocument_xml(here: Path) -> None:
    (here / "draft.fodt").write_bytes(odt_files.flat("<text:p>There is neglect.</text:p>"))
    ran = run("annotate", "draft.fodt", "-o", "copy.fodt", "--select", "broad-term")
    assert ran.out == "Wrote copy.fodt: 1 new comment.\n"
    assert b"</office:annotation>neglect<office:annotation-end " in (here / "copy.fodt").read_bytes()
