"""`sos-lint rewrite` as people use it: in a terminal, with files of answers, and when things go wrong."""

from __future__ import annotations

import os
import signal
import stat
import sys
import time
from collections.abc import Callable
from io import BytesIO, StringIO
from pathlib import Path

import docx
import pytest
from commands import run
from interviews import about, write_small_pack
from msg_files import message
from odt_files import body, odt_file
from rich.console import Console
from terminal import Terminal

from sos_lint.cli.rewrite.screen import Screen
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.rewrite.interview import Stage

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no pseudo-terminal")

DRAFT = "There is neglect at home.\n\nOdette has a CIN plan. The CIN plan ends.\n\nContact is on Monday.\n"
TOLD = DRAFT.replace("at home.", "at home. He left them. This happened twice in May.")
SPELT = DRAFT.replace("a CIN", "a child in need (CIN)")

# Lines typed one after the other, and the draft afterwards.
TALKS = {
    "everything answered": (
        ["he left them", "twice in May", "", "", "", "1", "", "2", "", ""],
        TOLD.replace("a CIN", "a child in need (CIN)").replace("Contact", "A visit"),
    ),
    "nothing but Enter": (["", "", "", "", "", ""], DRAFT),
    "skipped by key": (["s", "s", "s"], DRAFT),
    "stopped, and what was done is kept": (["he left them", "twice in May", "", "", "", "q", ""], TOLD),
    "stopped, and left as it was": (["he left them", "", "", "", "", "q", "no"], DRAFT),
    "stopped, and gone on": (["s", "1", "", "q", "b", "s", ""], SPELT),
    "stopped before anything was changed": (["he left", "q", ""], DRAFT),
    "help": (["?", "s", "?", "1", "?", "", "?", "", ""], SPELT),
    "back from a question": (
        ["he went", "b", "\x15he left them", "twice in May", "", "", "", "q", ""],
        TOLD,
    ),
    "back from a decision": (["s", "b", "he left them", "twice in May", "", "", "", "q", ""], TOLD),
    "back from what was accepted": (["s", "1", "", "b", "b", "s", "q", ""], DRAFT),
    "back at the end": (["s", "1", "", "", "b", "tea", "", ""], SPELT.replace("Contact", "Tea")),
    "back at the start": (["b", "s", "s", "s"], DRAFT),
    "in place of the sentence": (
        ["he left them", "", "", "", "r", "", "q", ""],
        DRAFT.replace("There is neglect at home.", "He left them."),
    ),
    "changed in place": (
        ["he left them", "", "", "", "e", "\x05 Bye.", "q", ""],
        DRAFT.replace("at home.", "at home. He left them. Bye."),
    ),
    "a sentence changed at once": (
        ["s", "s", "e", "\x15\x0bWe meet on Monday.", ""],
        DRAFT.replace("Contact is on Monday.", "We meet on Monday."),
    ),
    "a key that is none here is no answer": (
        ["r", "he left them", "x", "twice in May", "", "", "", "q", ""],
        TOLD,
    ),
    "a choice that is none": (["s", "x", "1", "", "q", ""], SPELT),
    "the sentence changed between answers": (
        ["he left them", "e", "\x05 Bye.", "q", ""],
        DRAFT.replace("at home.", "at home. He left them. Bye."),
    ),
    "own words": (["s", "s", "seeing Mum", "", ""], DRAFT.replace("Contact", "Seeing Mum")),
    "no such number": (["s", "7", "s", "s"], DRAFT),
    "no such key": (["s", "1", "x", "", "q", ""], SPELT),
    "the end of input": (["s", "1", "", "\x04", ""], SPELT),
    "all of a sort": (["a", "a", "a"], DRAFT),
}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write_small_pack(tmp_path_factory.mktemp("interview") / "pack")
    draft = folder.parent / "draft.txt"
    draft.write_text(DRAFT)
    run("check", draft, "--pack", folder)  # compiles it, as the first run of all does
    return folder


@pytest.fixture
def here(tmp_path: Path, pack: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a draft in it, in which only the small pack is in force."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".sos-lint.yml").write_text(f"packs: {pack}")
    (tmp_path / "draft.txt").write_text(DRAFT)
    return tmp_path


def draft(here: Path) -> str:
    return (here / "draft.txt").read_text()


def names(here: Path) -> list[str]:
    return sorted(path.name for path in here.iterdir() if path.name != ".sos-lint.yml")


@pytest.mark.parametrize(("lines", "after"), TALKS.values(), ids=TALKS)
def test_talks(here: Path, lines: list[str], after: str) -> None:
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        terminal.type(*lines)
        assert terminal.end() == 0
    assert draft(here) == after
    assert names(here) == ["draft.txt"]


def test_a_narrow_plain_terminal(here: Path) -> None:
    with Terminal("rewrite", "draft.txt", cwd=here, columns=40, env={"TERM": "dumb"}) as terminal:
        for line in ["he left them", "twice in May", "", "", "", "q", ""]:
            while "> " not in terminal.seen[-12:]:
                terminal._read()
            os.write(terminal._handle, f"{line}\r".encode())
            terminal._read()
        assert terminal.end() == 0
    assert draft(here) == TOLD


def test_what_was_typed_is_at_hand_again(here: Path) -> None:
    up = "\x1b[A"
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        terminal.type("he left", up, "", "", "", "q", "")
        assert terminal.end() == 0
    assert "He left. He left." in draft(here)


INTERRUPTS = {
    "kept": (["he left them", "twice in May", "", "", ""], [""], TOLD),
    "left": (["he left them", "", "", "", ""], ["no"], DRAFT),
    "gone on": (["s", "1", ""], ["b", "s", ""], SPELT),
    "in an answer": (["s", "1", "", "Cont"], [""], SPELT),
    "in a sentence": (["s", "1", "", "e"], [""], SPELT),
}


@pytest.mark.parametrize(("before", "then", "after"), INTERRUPTS.values(), ids=INTERRUPTS)
def test_interrupts(here: Path, before: list[str], then: list[str], after: str) -> None:
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        terminal.type(*before)
        terminal.press("\x03")
        terminal.type(*then)
        assert terminal.end() == 0
    assert draft(here) == after
    assert names(here) == ["draft.txt"]


def test_two_interrupts_leave_the_file_as_it_was(here: Path) -> None:
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        terminal.type("s", "1", "")
        terminal.press("\x03")
        terminal.press("\x03")
        assert terminal.end() == 0
    assert draft(here) == DRAFT
    assert "Nothing was written: draft.txt is as it was." in terminal.seen


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_window_that_closes_leaves_the_file_and_keeps_the_answers_asked_for(
    here: Path, number: signal.Signals
) -> None:
    with Terminal("rewrite", "draft.txt", "--save-answers", "mine.yml", cwd=here) as terminal:
        terminal.type("s", "1", "")
        terminal.wait()
        os.kill(terminal.pid, number)
        assert terminal.end() == 128 + number
    assert draft(here) == DRAFT
    assert names(here) == ["draft.txt", "mine.yml"]
    assert 'meaning: "child in need"' in (here / "mine.yml").read_text()


def test_a_file_that_changed_meanwhile_is_left_and_nothing_is_lost(here: Path) -> None:
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        terminal.type("s", "1", "")
        (here / "draft.txt").write_text("Another draft.\n")
        terminal.type("q", "", "")
        assert terminal.end() == 0
    assert "This file has changed since it was read." in terminal.seen
    assert draft(here) == "Another draft.\n"
    assert (here / "draft-clearer.txt").read_text() == SPELT


def test_another_name_must_be_free_and_of_the_same_kind(here: Path) -> None:
    (here / "there.txt").write_text("Oh.")
    clear = "\x15\x0b"
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        terminal.type("s", "1", "")
        (here / "draft.txt").unlink()
        others = ["there.txt", "new.docx", "gone/new.txt", "new.txt"]
        terminal.type("q", "", *(clear + name for name in others))
        assert terminal.end() == 0
    assert "there.txt is there already." in terminal.seen
    assert "Let the name end in .txt." in terminal.seen
    assert "There is no such folder." in terminal.seen
    assert names(here) == ["new.txt", "there.txt"]
    assert (here / "new.txt").read_text() == SPELT
    assert (here / "there.txt").read_text() == "Oh."


@pytest.mark.parametrize("last", ["yes", "\x03"])
def test_it_can_be_given_up(here: Path, last: str) -> None:
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        terminal.type("s", "1", "")
        (here / "draft.txt").unlink()
        terminal.type("q", "", "\x15\x0b", "", "\x15\x0b")
        if last == "yes":
            terminal.type(last)
        else:
            terminal.press(last)
        assert terminal.end() == 2
    assert names(here) == []


def test_a_full_disk_leaves_the_file_and_asks_for_another_place(here: Path) -> None:
    def no_room() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))

    env = {"PYTHONDONTWRITEBYTECODE": "1"}
    with Terminal("rewrite", "draft.txt", cwd=here, env=env, before=no_room) as terminal:
        terminal.type("s", "1", "", "q", "")
        terminal.press("\x03")
        assert terminal.end() == 2
    assert "There is no room left on the disk." in terminal.seen
    assert "Your changes are not lost." in terminal.seen
    assert draft(here) == DRAFT
    assert names(here) == ["draft.txt"]


def editor(here: Path, script: str) -> dict[str, str]:
    """An editor that does what a shell script says, and what it saw in `saw`; `$1` is the file."""
    path = here.parent / "editor"
    saw = here.parent / "saw"
    path.write_text(f'#!/bin/sh\nstat -c %a "$1" "${{1%/*}}" > {saw}\necho "$1" >> {saw}\n{script}\n')
    path.chmod(0o700)
    return {"VISUAL": "", "EDITOR": str(path), "XDG_RUNTIME_DIR": ""}


EDITORS = {
    "changed": ('sed -i "s/neglect/no tea/" "$1"', "There is no tea at home.", None),
    "as it was": ("true", "There is neglect at home.", None),
    "one that fails": ('echo x > "$1"; exit 1', "There is neglect at home.", "did not work"),
    "no words": (': > "$1"', "There is neglect at home.", None),
    "no text": ('printf "\\377" > "$1"', "There is neglect at home.", "did not work"),
    "several lines": ('printf "There is\\nno tea.\\n" > "$1"', "There is no tea.", None),
    "copies left beside it": (
        'cp "$1" "$1~"; sed -i "s/neglect/no tea/" "$1"',
        "There is no tea at home.",
        None,
    ),
}


@pytest.mark.parametrize(("script", "now", "said"), EDITORS.values(), ids=EDITORS)
def test_editors(here: Path, script: str, now: str, said: str | None) -> None:
    with Terminal("rewrite", "draft.txt", cwd=here, env=editor(here, script)) as terminal:
        terminal.type("E", "q")
        terminal.type("no" if now == "There is neglect at home." else "")
        assert terminal.end() == 0
    assert draft(here) == DRAFT.replace("There is neglect at home.", now)
    assert said is None or said in terminal.seen
    mode, folder_mode, path = (here.parent / "saw").read_text().split()
    assert (mode, folder_mode) == ("600", "700")
    assert not Path(path).parent.exists()


def test_a_window_that_closes_takes_the_editor_and_its_file_along(here: Path) -> None:
    env = editor(here, f"echo $$ > {here.parent}/pid; exec sleep 60")
    with Terminal("rewrite", "draft.txt", cwd=here, env=env) as terminal:
        terminal.type("E")
        pid = here.parent / "pid"
        while not pid.exists() or not pid.read_text():
            time.sleep(0.01)
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
    *_, path = (here.parent / "saw").read_text().split()
    assert not Path(path).parent.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(pid.read_text()), 0)


def test_no_editor(here: Path) -> None:
    with Terminal("rewrite", "draft.txt", cwd=here, env={"VISUAL": "", "EDITOR": ""}) as terminal:
        terminal.type("E", "s", "q", "")
        assert terminal.end() == 0
    assert "No editor is set." in terminal.seen


def test_a_draft_is_asked_about_on_from_answers_kept_earlier(here: Path) -> None:
    with Terminal("rewrite", "draft.txt", "--save-answers", "mine.yml", cwd=here) as terminal:
        terminal.type("he left them", "twice in May", "", "", "", "q", "")
        assert terminal.end() == 0
    assert draft(here) == TOLD
    assert stat.S_IMODE((here / "mine.yml").stat().st_mode) == 0o600
    with Terminal("rewrite", "draft.txt", "--resume", "mine.yml", cwd=here) as terminal:
        assert "CIN" in terminal.wait()
        os.write(terminal._handle, b"1\r")
        terminal.type("", "q", "")
        assert terminal.end() == 0
    assert draft(here) == TOLD.replace("a CIN", "a child in need (CIN)")
    (here / "again.txt").write_text(DRAFT)
    assert run("rewrite", "again.txt", "--answers", "mine.yml").status == 0
    assert (here / "again.txt").read_text() == draft(here)


def test_answers_can_be_kept_from_the_first_run_on(here: Path) -> None:
    with Terminal("rewrite", "draft.txt", "--resume", "mine.yml", cwd=here) as terminal:
        terminal.type("s", "q", "")
        assert terminal.end() == 0
    assert "skip: true" in (here / "mine.yml").read_text()


def test_nothing_to_ask(here: Path) -> None:
    (here / "draft.txt").write_text("Odette had tea.\n")
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        assert terminal.end() == 0
    assert terminal.seen.strip() == "Nothing to ask: draft.txt reads clearly."


ANSWERS = (
    "- rule: small/cin\n  meaning: 1\n"
    "- rule: small/neglect\n  answers: {behaviour: he left them, frequency: twice in May}\n"
)


def test_answers_from_a_file(here: Path) -> None:
    (here / "answers.yml").write_text(ANSWERS)
    ran = run("rewrite", "draft.txt", "--answers", "answers.yml")
    assert (ran.status, ran.out, ran.err) == (0, "draft.txt: 2 places are changed.\n", "")
    after = draft(here)
    assert after == TOLD.replace("a CIN", "a child in need (CIN)")
    ran = run("rewrite", "draft.txt", "--answers", "answers.yml")
    assert (ran.status, ran.out) == (1, "draft.txt: 0 places are changed.\n")
    assert ran.err == (
        "answers.yml:1: nothing of “small/cin” is found there in the draft; perhaps it is done already.\n"
    )
    assert draft(here) == after


def test_the_new_draft_goes_to_another_file(here: Path) -> None:
    (here / "answers.yml").write_text(ANSWERS)
    for _ in range(2):
        assert run("rewrite", "draft.txt", "--answers", "answers.yml", "-o", "new.txt").status == 0
    assert draft(here) == DRAFT
    assert "child in need (CIN)" in (here / "new.txt").read_text()


def test_questions_are_printed_and_taken_back_filled_in(here: Path) -> None:
    ran = run("rewrite", "draft.txt", "--questions", "--select", "small/cin")
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.count("- rule: ") == 1
    (here / "answers.yml").write_text(ran.out.replace("meaning:", "meaning: cake in Nice"))
    assert run("rewrite", "draft.txt", "--answers", "answers.yml").status == 0
    assert "a cake in Nice (CIN) plan" in draft(here)


def test_word_files(here: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Oh.").runs[0].italic = True
    document.add_paragraph("There is ").add_run("neglect").bold = True
    document.save(str(here / "draft.docx"))
    with Terminal("rewrite", "draft.docx", cwd=here) as terminal:
        terminal.type("he left them", "", "", "", "", "")
        assert terminal.end() == 0
    assert "Paragraph 2" in terminal.seen
    first, second = docx.Document(BytesIO((here / "draft.docx").read_bytes())).paragraphs
    assert first.runs[0].italic
    assert second.text == "There is neglect. He left them."
    assert second.runs[1].bold


# What is typed, and the one line on standard error. The draft stays as it is.
SLIPS = {
    "no terminal": ([], "rewrite: there is no terminal to ask in. --questions"),
    "no such draft": (["gone.txt"], "gone.txt: This file does not exist."),
    "a folder": (["."], ".: This is a folder"),
    "another kind of file": (
        ["draft.txt", "-o", "new.docx"],
        "new.docx: the new draft is a file of the same kind",
    ),
    "a folder to write": (["draft.txt", "-o", "."], ".: this is a folder."),
    "no folder to write in": (
        ["draft.txt", "-o", "gone/new.txt"],
        "gone/new.txt: there is no folder “gone”.",
    ),
    "no answers": (["draft.txt", "--answers", "gone.yml"], "gone.yml: This file does not exist."),
    "bad answers": (
        ["draft.txt", "--answers", "bad.yml"],
        "bad.yml:2: the key “meanin” is not known here. Did you mean “meaning”?",
    ),
    "no such rule": (["draft.txt", "--answers", "rule.yml"], "rule.yml:1: no rule is called “small/cn”."),
    "no such number": (
        ["draft.txt", "--answers", "number.yml"],
        "number.yml:3: there is no number 9 to choose.",
    ),
    "not UTF-8": (["draft.txt", "--answers", "latin.yml"], "latin.yml:2: this is not UTF-8 text."),
    "an unknown rule selected": (["draft.txt", "--select", "nglect"], "--select: no rule, pack or kind"),
    "answers and questions": (
        ["draft.txt", "--questions", "--answers", "bad.yml"],
        "rewrite: --questions, --answers and --resume",
    ),
    "questions and a file": (
        ["draft.txt", "--questions", "-o", "new.txt"],
        "rewrite: --questions, --answers and --resume",
    ),
    "answers kept twice": (
        ["draft.txt", "--resume", "a.yml", "--save-answers", "b.yml"],
        "--save-answers: --resume keeps",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), SLIPS.values(), ids=SLIPS)
def test_slips(here: Path, arguments: list[str], said: str) -> None:
    (here / "bad.yml").write_text("- rule: small/cin\n  meanin: x\n")
    (here / "rule.yml").write_text("- rule: small/cn\n  meaning: x\n")
    (here / "number.yml").write_text(
        "- rule: small/neglect\n  answers: {impact: x}\n- rule: small/cin\n  meaning: 9\n"
    )
    (here / "latin.yml").write_bytes(b"- rule: small/cin\n  meaning: caf\xe9\n")
    before = names(here)
    ran = run("rewrite", *(arguments or ["draft.txt"]))
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(said)
    assert ran.err.count("\n") == 1
    assert draft(here) == DRAFT
    assert names(here) == before


TERMINAL_SLIPS = {
    "a file that is there": (["--save-answers", "there.yml"], "there.yml: this file is there already."),
    "the draft itself": (["--save-answers", "draft.txt"], "draft.txt: this file is there already."),
    "no folder": (["--save-answers", "gone/mine.yml"], "gone/mine.yml: no file can be made there."),
    "answers that are none": (
        ["--resume", "there.yml"],
        "there.yml:1: this file should be a list of answers.",
    ),
}


@pytest.mark.parametrize(("arguments", "said"), TERMINAL_SLIPS.values(), ids=TERMINAL_SLIPS)
def test_slips_before_an_interview(here: Path, arguments: list[str], said: str) -> None:
    (here / "there.yml").write_text("Oh.")
    with Terminal("rewrite", "draft.txt", *arguments, cwd=here) as terminal:
        assert terminal.end() == 2
    assert terminal.seen.strip().startswith(said)
    assert (here / "there.yml").read_text() == "Oh."
    assert draft(here) == DRAFT


def test_a_draft_that_may_not_be_written_is_said_before_any_question(here: Path) -> None:
    (here / "draft.txt").chmod(0o444)
    with Terminal("rewrite", "draft.txt", cwd=here) as terminal:
        assert terminal.end() == 2
    assert terminal.seen == "draft.txt: this may not be written to. Name another file with -o.\n"


@pytest.mark.parametrize(("width", "encoding"), [(80, "utf-8"), (40, "utf-8"), (80, "ascii")])
def test_the_screen_is_the_golden_one(
    width: int, encoding: str, check_golden: Callable[[str, str], None]
) -> None:
    class Stream(StringIO):
        @property
        def encoding(self) -> str:  # type: ignore[override]
            return encoding

    stream = Stream()
    screen = Screen(Page(Console(file=stream, width=width, markup=False, highlight=False, emoji=False)))
    interview = about(
        "There is neglect at home: twice she cried at Zoë’s.\n\nThe CIN plan. The CIN.\n\nA contact.\n"
    )
    screen.welcome(interview)
    while (finding := interview.finding) is not None:
        before = interview
        screen.place(interview, finding)
        if interview.stage is Stage.ANSWER:
            while interview.stage is Stage.ANSWER:
                screen.question(interview)
                interview = interview.answer("He left them with a bag of crisps and a note.")
        else:
            screen.choices(interview, finding)
            interview = interview.choose(0)
        screen.review(interview)
        screen.review(interview.switch())
        interview = interview.accept() if len(interview.open) > 1 else interview.skip()
        screen.moved(before, interview)
        screen.finished(interview, "draft.txt")
    for stage in (Stage.ANSWER, Stage.CHOICE, Stage.REVIEW):
        screen.help(stage)
    check_golden(f"interview-{width}{'' if encoding == 'utf-8' else '-ascii'}.txt", stream.getvalue())


ONLY_READ = {
    "draft.eml": b"From: jo@example.org\r\n\r\nThere is neglect in the home.\r\n",
    "draft.rtf": rb"{\rtf1 There is neglect in the home.}",
    "draft.msg": message(body="There is neglect in the home."),
}


@pytest.mark.parametrize(("name", "data"), ONLY_READ.items(), ids=ONLY_READ)
def test_a_kind_of_file_that_is_only_read_is_refused_before_the_first_question(
    here: Path, name: str, data: bytes
) -> None:
    (here / name).write_bytes(data)
    ran = run("rewrite", name, "--questions")
    assert ran.status == 2
    assert f"{name}: This kind of file is only read" in ran.err


def test_opendocument_files(here: Path) -> None:
    data = odt_file(
        "<text:p><text:span>Oh.</text:span></text:p><text:p>There is <text:a>neglect</text:a></text:p>"
    )
    (here / "draft.odt").write_bytes(data)
    ran = run("rewrite", "draft.odt", "--questions", "--select", "small/neglect")
    (here / "answers.yml").write_text(ran.out.replace("behaviour:", "behaviour: he left them", 1))
    ran = run("rewrite", "draft.odt", "--answers", "answers.yml", "-o", "new.odt")
    assert (ran.status, ran.err) == (0, "")
    assert (here / "draft.odt").read_bytes() == data
    assert body((here / "new.odt").read_bytes()) == (
        "<text:p><text:span>Oh.</text:span></text:p>"
        "<text:p>There is <text:a>neglect. He left them.</text:a></text:p>"
    )
    assert "same kind" in run("rewrite", "draft.odt", "--answers", "answers.yml", "-o", "new.fodt").err
