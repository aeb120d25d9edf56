"""What is attached to messages: read by choice, each attachment as a document of its own."""

from __future__ import annotations

import io
import json
import subprocess
from collections.abc import Callable, Iterable
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import docx
import pytest
from commands import run
from msg_files import Folder, message

NOTE = b"There is neglect.\n\nTom has a CIN plan.\n"
Attachment = tuple[str, bytes]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder that one stands in, and a cache of its own."""
    monkeypatch.setenv("SOS_LINT_CACHE", str(tmp_path / "cache"))
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    monkeypatch.chdir(drafts)
    return drafts


def word_file(*paragraphs: str) -> bytes:
    document = docx.Document()
    for words in paragraphs:
        document.add_paragraph(words)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


PLAN = word_file("Tom is well.", "There is neglect, and an EHCP.")


def mail(*attachments: Attachment, words: str = "The plan is attached.") -> EmailMessage:
    sent = EmailMessage()
    sent["Subject"] = "Visit"
    sent["From"] = "Odette <o@example.org>"
    sent.set_content(f"{words}\n")
    for name, data in attachments:
        sent.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return sent


def eml(attachments: Iterable[Attachment]) -> bytes:
    return mail(*attachments).as_bytes()


def msg(attachments: Iterable[Attachment]) -> bytes:
    return outlook(
        {"__substg1.0_3707001F": name.encode("utf-16-le"), "__substg1.0_37010102": data}
        for name, data in attachments
    )


def outlook(folders: Iterable[Folder]) -> bytes:
    fixed = {"__properties_version1.0": bytes(8)}
    more = {f"__attach_version1.0_#{n:08X}": {**fixed, **folder} for n, folder in enumerate(folders)}
    return message("Visit", "The plan is attached.", more=more)


MESSAGES = {"message.eml": eml, "message.msg": msg}
Make = Callable[[Iterable[Attachment]], bytes]
both = pytest.mark.parametrize(("name", "make"), MESSAGES.items(), ids=MESSAGES)


def files(*options: str) -> dict[str, dict[str, Any]]:
    """What the report says of each file."""
    ran = run("check", "--format", "json", *options)
    assert ran.out, ran.err
    return {file["path"]: file for file in json.loads(ran.out)["files"]}


def told(file: dict[str, Any]) -> list[tuple[Any, ...]]:
    return [
        (one["rule"], one["start"], one["end"], one["where"], one["fingerprint"]) for one in file["findings"]
    ]


@both
def test_they_are_left_out_unless_asked_for(name: str, make: Make) -> None:
    Path(name).write_bytes(make([("plan.docx", PLAN)]))
    assert list(files(name)) == [name]
    assert not files(name)[name]["findings"]
    assert list(files(name, "--attachments")) == [name, f"{name}/plan.docx"]


@both
def test_what_is_found_in_them_is_what_is_found_in_the_file_alone(name: str, make: Make) -> None:
    given = {"plan.docx": PLAN, "note.txt": NOTE, "page.html": b"<p>There is neglect.", "notes.md": NOTE}
    Path(name).write_bytes(make(given.items()))
    inside = files(name, "--attachments")
    for alone, data in given.items():
        Path(alone).write_bytes(data)
        assert told(files(alone)[alone])
        assert told(inside[f"{name}/{alone}"]) == told(files(alone)[alone])


@both
def test_the_configuration_asks_for_them_by_file(name: str, make: Make) -> None:
    Path("a").mkdir()
    Path("b").mkdir()
    for folder in "ab":
        Path(folder, name).write_bytes(make([("plan.docx", PLAN)]))
    Path(".sos-lint.yml").write_text('overrides:\n  - files: "b/*"\n    attachments: true\n')
    assert list(files(".")) == [f"./a/{name}", f"./b/{name}", f"./b/{name}/plan.docx"]
    assert list(files(".", "--no-attachments")) == [f"./a/{name}", f"./b/{name}"]


def test_an_ignored_word_of_the_messages_settings_holds_in_them() -> None:
    Path("message.eml").write_bytes(eml([("note.txt", NOTE)]))
    Path(".sos-lint.yml").write_text(
        'attachments: true\noverrides:\n  - files: "*.eml"\n    ignore: [broad-terms/neglect]\n'
    )
    assert [one[0] for one in told(files(".")["./message.eml/note.txt"])] == ["acronyms/cin"]


# The name that an attachment has in its message, and that in the report; None: it is passed over.
NAMES = {
    "two of one name": (["plan.txt", "plan.txt"], ["plan (2).txt", "plan.txt"]),
    "a number that is taken": (["a.txt", "a (2).txt", "a.txt"], ["a (2).txt", "a (3).txt", "a.txt"]),
    "a way out": (["../../plan.txt"], ["plan.txt"]),
    "a way out on Windows": (["C:\\Windows\\plan.txt"], ["plan.txt"]),
    "an absolute way": (["/etc/plan.txt"], ["plan.txt"]),
    "other letters": (["Zoë’s plan.TXT"], ["Zoë’s plan.TXT"]),
    "words turned round": (["plan\u202etxt.txt"], ["plan\\u202etxt.txt"]),
    "pictures and programs": (["logo.png", "run.exe", "smime.p7s", "plan"], []),
    "an open draft": (["~$plan.docx", "._plan.docx"], []),
    "a table whose columns nobody named": (["notes.csv"], []),
    "no name": ([".", "..", "a/"], []),
}


@both
@pytest.mark.parametrize(("given", "shown"), NAMES.values(), ids=NAMES)
def test_names(name: str, make: Make, given: list[str], shown: list[str]) -> None:
    Path(name).write_bytes(make([(one, NOTE) for one in given]))
    assert sorted(files(name, "--attachments")) == [name, *(f"{name}/{one}" for one in shown)]


def test_control_characters_are_shown_as_such() -> None:
    Path("message.msg").write_bytes(msg([("pl\x1b[31man\n.txt", NOTE)]))
    ran = run("check", "-q", "message.msg", "--attachments")
    assert "message.msg/pl\\x1b[31man\\x0a.txt:1:10" in ran.out
    assert "\x1b" not in ran.out


@pytest.mark.parametrize(
    ("header", "shown"),
    [
        ("=?utf-8?b?Wm/Dqy50eHQ=?=", "Zoë.txt"),  # as Outlook sends it, against RFC 2231
        ('"plan =?.txt"', "plan =?.txt"),
        ("plan.txt; x=1", "plan.txt"),
    ],
)
def test_names_as_they_are_sent(header: str, shown: str) -> None:
    head = f"Subject: Visit\nContent-Disposition: attachment; filename={header}\n\n"
    Path("m.eml").write_bytes(head.encode() + NOTE)
    assert f"m.eml/{shown}" in files("m.eml", "--attachments")


def test_a_table_of_which_the_columns_are_named() -> None:
    Path("message.eml").write_bytes(eml([("notes.csv", b"id,note\n1,There is neglect.\n")]))
    (one,) = files("message.eml", "--attachments", "--column", "note")["message.eml/notes.csv"]["findings"]
    assert one["where"] == "row 2, column “note”"


def test_one_that_was_put_between_the_words_is_read_too() -> None:
    """As Apple's Mail sends a document."""
    sent = mail(("plan.docx", PLAN))
    for part in sent.iter_attachments():
        part.replace_header("Content-Disposition", 'inline; filename="plan.docx"')
    Path("message.eml").write_bytes(sent.as_bytes())
    assert told(files("message.eml", "--attachments")["message.eml/plan.docx"])


@both
def test_a_broken_one_is_one_line_and_the_others_are_checked(name: str, make: Make) -> None:
    Path(name).write_bytes(make([("a.docx", PLAN[:400]), ("b.docx", PLAN), ("c.txt", b" "), ("d.txt", NOTE)]))
    Path("alone.docx").write_bytes(PLAN[:400])
    found = files(".", "--attachments")
    inside = f"./{name}"
    assert found[f"{inside}/a.docx"]["failure"] == found["./alone.docx"]["failure"]
    assert found[f"{inside}/c.txt"]["failure"]["message"] == "This file is empty."
    assert found[f"{inside}/b.docx"]["findings"]
    assert found[f"{inside}/d.txt"]["findings"]
    assert run("check", name, "--attachments").status == 2


@pytest.mark.parametrize("name", MESSAGES)
def test_a_message_that_cannot_be_read_is_told_once(name: str) -> None:
    whole = MESSAGES[name]([("plan.docx", PLAN)])
    Path(name).write_bytes(b"\0" * 100 if name.endswith("eml") else whole[:1000])
    assert list(files(name, "--attachments")) == [name]


@both
def test_a_message_with_too_many(name: str, make: Make) -> None:
    Path(".sos-lint.yml").write_text("limits: {attachments: 2}")
    Path(name).write_bytes(make([("a.txt", NOTE)] * 2))
    assert len(files(name, "--attachments")) == 3
    Path(name).write_bytes(make([("a.txt", NOTE)] * 3))
    found = files(name, "--attachments")
    assert list(found) == [name, f"{name}/attachments"]
    assert found[f"{name}/attachments"]["failure"]["message"] == "This message has more than 2 attachments."


@both
def test_one_that_is_too_big(name: str, make: Make) -> None:
    Path(".sos-lint.yml").write_text("limits: {text: 1}")
    Path(name).write_bytes(make([("note.txt", NOTE * 100_000)]))
    assert "failure" in files(name, "--attachments")[f"{name}/note.txt"]


def attached_message() -> EmailMessage:
    words = "From here on there is neglect.\n\n> There is neglect."
    return mail(("deep.docx", PLAN), words=words)


def test_a_message_attached_to_an_email() -> None:
    """Its quotations are left out, as is what is attached to it."""
    sent = mail()
    sent.add_attachment(attached_message())
    sent.add_attachment(attached_message(), filename="Visit")
    Path("m.eml").write_bytes(sent.as_bytes())
    found = files("m.eml", "--attachments")
    assert list(found) == ["m.eml", "m.eml/Visit.eml", "m.eml/message.eml"]
    Path("alone.eml").write_bytes(attached_message().as_bytes())
    alone = told(files("alone.eml")["alone.eml"])
    assert [one[0] for one in alone] == ["broad-terms/neglect"]
    assert told(found["m.eml/message.eml"]) == told(found["m.eml/Visit.eml"]) == alone


@pytest.mark.parametrize(
    "body",
    [
        {"__substg1.0_1000001F": "There is neglect.\r\n\r\n> neglect".encode("utf-16-le")},
        {"__substg1.0_10130102": b"<p>There is neglect.</p><blockquote type=cite>neglect</blockquote>"},
    ],
    ids=["plain", "a web page"],
)
def test_a_message_attached_to_one_of_outlook(body: dict[str, bytes]) -> None:
    inner: Folder = {
        "__properties_version1.0": bytes(24),
        "__substg1.0_0037001F": "Zoë".encode("utf-16-le"),
        **body,
    }
    Path("m.msg").write_bytes(outlook([{"__substg1.0_3701000D": inner}]))
    (one,) = files("m.msg", "--attachments")["m.msg/message.eml"]["findings"]
    assert (one["rule"], one["where"]) == ("broad-terms/neglect", "paragraph 1")


@both
def test_the_report_is_the_same_by_two_processes_and_of_unchanged_messages(name: str, make: Make) -> None:
    Path(name).write_bytes(
        make([("plan.docx", PLAN), ("plan.docx", word_file("Mum is chaotic.")), ("n.txt", NOTE)])
    )
    Path("n.md").write_bytes(NOTE)
    first = run("check", ".", "--attachments", "--format", "json")
    assert first.status == 1
    for options in ((), ("--no-cache",), ("--jobs", "2"), ("--jobs", "2", "--no-cache")):
        assert run("check", ".", "--attachments", "--format", "json", *options) == first


def test_other_standing_documents_do_not_hide_them() -> None:
    """With a draft on standard input, too."""
    Path("message.eml").write_bytes(eml([("note.txt", NOTE)]))
    ran = run("check", "-", "message.eml", "--attachments", "-q", stdin=NOTE)
    assert "message.eml/note.txt:1:10" in ran.out


def test_a_report_for_programs_names_them() -> None:
    Path("message.eml").write_bytes(eml([("plan.docx", PLAN)]))
    log = json.loads(run("check", "message.eml", "--attachments", "--format", "sarif").out)
    places = {
        result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
    }
    assert places == {"message.eml/plan.docx"}


def test_a_baseline_tells_them_apart() -> None:
    Path("a.eml").write_bytes(eml([("note.txt", NOTE), ("note.txt", b"Mum is chaotic.\n")]))
    Path("b.eml").write_bytes(eml([("note.txt", NOTE)]))
    Path(".sos-lint.yml").write_text("attachments: true\n")
    assert run("baseline", "write").status == 0
    assert run("check", "--baseline").status == 0
    Path("b.eml").write_bytes(eml([("note.txt", NOTE + b"\nMum is chaotic.\n")]))
    new = {path: [one[0] for one in told(file)] for path, file in files("--baseline").items()}
    assert new == {
        "./a.eml": [],
        "./a.eml/note (2).txt": [],
        "./a.eml/note.txt": [],
        "./b.eml": [],
        "./b.eml/note.txt": ["broad-terms/chaotic"],
    }
    held = Path(".sos-lint-baseline.json").read_text()
    assert run("baseline", "write", "a.eml").status == 0
    assert Path(".sos-lint-baseline.json").read_text() == held, "that of the other message stays"


def test_one_of_a_changed_message_is_told_whole() -> None:
    """The lines that git knows are those of the message."""
    git = ("git", "-c", "user.name=Jo", "-c", "user.email=jo@example.org")
    for name in ("old.eml", "new.eml"):
        Path(name).write_bytes(eml([("note.txt", NOTE)]))
    for command in (("init", "-q"), ("add", "-A"), ("commit", "-qm", "before")):
        subprocess.run([*git, *command], check=True, capture_output=True)
    Path("new.eml").write_bytes(eml([("note.txt", b"Tom.\n\n" + NOTE)]))
    found = files(".", "--attachments", "--changed-since", "HEAD")
    assert list(found) == ["./new.eml", "./new.eml/note.txt"]
    assert len(found["./new.eml/note.txt"]["findings"]) == 2


def test_nothing_is_written_beside_them(here: Path) -> None:
    Path("message.eml").write_bytes(eml([("../../plan.docx", PLAN), ("note.txt", NOTE)]))
    before = {path: path.read_bytes() for path in here.parent.rglob("*.*") if "cache" not in path.parts}
    run("check", "message.eml", "--attachments")
    run("fix", "message.eml")
    after = {path: path.read_bytes() for path in here.parent.rglob("*.*") if "cache" not in path.parts}
    assert after == before
