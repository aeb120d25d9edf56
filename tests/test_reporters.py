"""The report for people: golden files, what is never printed, what is gathered, how it closes."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import ONCE, SECTION, asks, finding, only, report, short_report
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sos_lint.errors import BadConfig
from sos_lint.finding import Ask, Finding, Meaning, Place
from sos_lint.kinds import Part
from sos_lint.report import Failure, FileReport, Report
from sos_lint.reporters import FORMATS, write, writer
from sos_lint.reporters.packed import Packed
from sos_lint.reporters.to_terminal import console_on, to_terminal
from sos_lint.reporters.to_terminal.page import Page


def printed(report: Report, width: int = 80, **options: bool) -> str:
    out = io.StringIO()
    to_terminal(report, Console(file=out, width=width, color_system=None), **options)
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 200])
def test_the_terminal_report_is_the_golden_one(width: int, check_golden: Callable[[str, str], None]) -> None:
    check_golden(f"report-{width}.txt", printed(report(), width))


@pytest.mark.parametrize(
    ("name", "changes", "options"),
    [
        ("verbose", {}, {"verbose": True}),
        ("quiet", {}, {"quiet": True}),
        ("no-excerpts", {"excerpts": False}, {}),
        ("statistics", {"statistics": True}, {}),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_option_gives_the_golden_report(
    name: str, changes: dict[str, bool], options: dict[str, bool], check_golden: Callable[[str, str], None]
) -> None:
    check_golden(f"report-{name}.txt", printed(short_report(**changes), **options))


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_prose_keeps_to_the_measure_and_places_are_never_cut(width: int) -> None:
    too_long = [line for line in printed(report(), width).splitlines() if cell_len(line) > min(width, 100)]
    assert all(line.startswith(("draft.md:", "plan.docx:", "notes/", "broken.docx:")) for line in too_long)
    assert not [line for line in printed(report(), width).splitlines() if line != line.rstrip()]


HOSTILE = [
    ("[bold]x[/]", "[bold]x[/]"),
    ("[/] [link=http://a.example]b[/link]", "[/] [link=http://a.example]b[/link]"),
    (":lighthouse: :smile:", ":lighthouse: :smile:"),
    ("a\x1b[31mb", "a␛[31mb"),
    ("a\x1b]8;;http://a.example\x1b\\b", "a␛]8;;http://a.example␛\\b"),
    ("a\x07\x08b", "a␇␈b"),
    ("a\x9b31mb", "a�31mb"),
    ("a\u202eb\u2066c", "a�b�c"),
    ("half \udcff pair", "half � pair"),
]


@pytest.mark.parametrize(("words", "shown"), HOSTILE, ids=[ascii(words) for words, _ in HOSTILE])
def test_words_never_steer_the_terminal(words: str, shown: str) -> None:
    everywhere = finding(
        f"The gull said [[{words}]] to Odette.",
        path=words,
        where=words,
        rule=words,
        message=f"Message {words}",
        meanings=(Meaning(words, words),),
        alternatives=(words,),
        advice=f"Advice {words}",
        asks=(Ask(Part.WORST, words),),
        scaffold=f"Scaffold {words}",
    )
    again = replace(everywhere, where=f"again {words}")
    failed = FileReport(f"failed {words}", failure=Failure(words, words))
    out = io.StringIO()
    console = Console(file=out, width=200, force_terminal=True, color_system="truecolor")
    to_terminal(
        Report((FileReport(words, (everywhere, again)), failed), statistics=True), console, verbose=True
    )
    plain = re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue())
    assert not re.findall("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e\u2066\ud800-\udfff]", plain)
    for start in ("The gull said ", "Message ", "Advice ", "Scaffold ", "again ", "failed "):
        assert f"{start}{shown}" in plain


def test_a_line_break_in_a_sentence_is_a_space_and_in_a_file_name_a_picture() -> None:
    out = printed(only(finding("A\tgull\nhad [[no\nsupper]].", path="a\nb.md")))
    assert "a␊b.md:1:" in out
    assert "A gull had no supper." in out


def test_without_unicode_the_signs_are_typed() -> None:
    told = finding("It is “[[neglect]]” – 界.", asks=asks(Part.IMPACT))
    raw = io.BytesIO()
    with io.TextIOWrapper(raw, encoding="ascii", newline="\n") as stream:
        write(only(told), "text", stream, width=80)
        stream.flush()
        out = raw.getvalue().decode("ascii")
    assert '    It is "neglect" - ?.\n           ^^^^^^^\n' in out
    assert "    [x] What was it like for the child?" in out
    assert "    [ ] How often, and since when?" in out


def test_colour_is_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    out = io.StringIO()
    write(report(), "text", out, width=80)
    assert "\x1b" not in out.getvalue()
    assert out.getvalue() == printed(report())


def test_no_color_keeps_the_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    out = io.StringIO()
    to_terminal(report(), Console(file=out, width=80, force_terminal=True))
    assert not re.search(r"\x1b\[[0-9;]*3[0-9]", out.getvalue())
    assert re.sub(r"\x1b\[[0-9;]*m", "", out.getvalue()) == printed(report())


REPEATS = [
    ("the same word in other letters", replace(ONCE, text="neglect"), 1),
    ("another word", replace(ONCE, text="neglectful"), 2),
    ("another rule", replace(ONCE, rule="broad-terms/other"), 2),
    ("other answers", replace(ONCE, asks=asks(Part.WORST)), 2),
    ("other meanings", replace(ONCE, meanings=(SECTION,)), 2),
]


@pytest.mark.parametrize(
    ("second", "blocks"), [case[1:] for case in REPEATS], ids=[case[0] for case in REPEATS]
)
def test_repeats_of_the_same_are_gathered(second: Finding, blocks: int) -> None:
    out = printed(only(ONCE, replace(second, start=Place(900, 12, 4))))
    assert out.count("Say what happened.") == blocks
    assert ("Also at 12:4\n" in out) == (blocks == 1)


def test_repeats_of_different_files_stay_apart() -> None:
    both = (
        FileReport("a.md", (replace(ONCE, path="a.md"),)),
        FileReport("b.md", (replace(ONCE, path="b.md"),)),
    )
    out = printed(Report(both))
    assert "a.md:1:1" in out
    assert "b.md:1:1" in out


CLOSINGS = [
    ("nothing", (), "No file was read.\n"),
    ("clean", (FileReport("a.md"),), "Nothing to ask: 1 file reads clearly.\n"),
    ("clean files", (FileReport("a.md"), FileReport("b.md")), "Nothing to ask: 2 files read clearly.\n"),
    ("one", (FileReport("a.md", (ONCE,)),), "1 place to make clearer in 1 file: 1 broad term.\n"),
    (
        "unreadable",
        (FileReport("a.md", failure=Failure("It is empty.")),),
        "a.md: It is empty.\n\n1 file could not be read.\n",
    ),
    (
        "two faults of one pack",
        tuple(FileReport(f"p.yml:{line}", failure=Failure("It is odd.")) for line in (3, 10)),
        "p.yml:3: It is odd.\np.yml:10: It is odd.\n\n1 file could not be read.\n",
    ),
]


@pytest.mark.parametrize(("files", "closing"), [c[1:] for c in CLOSINGS], ids=[c[0] for c in CLOSINGS])
def test_the_report_closes_with_a_sentence(files: tuple[FileReport, ...], closing: str) -> None:
    assert printed(Report(files)).endswith(closing)


def test_quiet_gives_one_line_each() -> None:
    out = printed(report(), width=40, quiet=True)
    assert out.count("\n") == len(report().findings) + len(report().failures)


def test_quiet_says_nothing_of_clean_files() -> None:
    assert printed(Report((FileReport("a.md"),)), quiet=True) == ""


def test_an_unknown_format_names_the_known_ones() -> None:
    with pytest.raises(BadConfig, match=" or ".join(FORMATS)):
        write(report(), "pdf", io.StringIO())


@pytest.mark.parametrize(
    ("columns", "compatible", "coloured"),
    [
        ("", None, None),
        ("63", None, None),
        ("no", "0", None),
        ("63", "1", None),
        ("0", None, ""),
        ("63", None, "1"),
    ],
)
def test_a_plain_sheet_is_as_wide_as_rich_says_and_there_where_rich_shows_no_style(
    monkeypatch: pytest.MonkeyPatch, columns: str, compatible: str | None, coloured: str | None
) -> None:
    for name, value in {"COLUMNS": columns, "TTY_COMPATIBLE": compatible, "FORCE_COLOR": coloured}.items():
        if value is None:
            monkeypatch.delenv(name, raising=False)
        else:
            monkeypatch.setenv(name, value)
    monkeypatch.setenv("TERM", "xterm")
    ours, theirs = console_on(io.StringIO()), Console(file=io.StringIO())
    assert (ours.width, ours.is_terminal, ours.encoding) == (theirs.width, theirs.is_terminal, "utf-8")
    assert isinstance(ours, Console) is theirs.is_terminal


def test_words_are_the_same_with_colour_and_without() -> None:
    out = io.StringIO()
    for told in (report(), short_report(statistics=True)):
        to_terminal(
            told, Console(file=out, width=80, force_terminal=True, color_system="standard"), verbose=True
        )
    plain = "".join(printed(told, verbose=True) for told in (report(), short_report(statistics=True)))
    assert out.getvalue() != plain
    assert re.sub(r"\x1b\[[\d;]*m", "", out.getvalue()) == plain


def test_what_rich_would_write_for_each_style_is_what_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    out, theirs = io.StringIO(), io.StringIO()
    options: dict[str, Any] = {"width": 80, "force_terminal": True, "color_system": "truecolor"}
    page = Page(Console(file=out, **options))
    pieces = [page.text(style or "plain", style) for style in ("bold", "", "dim", "bold magenta", "green")]
    page.put(*pieces, page.text("::error::"))
    console = Console(file=theirs, **options)
    console.print(
        Text.assemble(*((one.plain, one.styles[0].name if one.styles else "") for one in pieces)), end=""
    )
    console.print("::error::", markup=False, highlight=False)
    assert out.getvalue() == theirs.getvalue()


def test_a_window_of_old_windows_is_coloured_by_rich(monkeypatch: pytest.MonkeyPatch) -> None:
    """It obeys no codes in what is written: rich colours it by calls."""
    seen: list[Text] = []
    monkeypatch.setattr(Console, "print", lambda _, text, **__: seen.append(text))
    console = Console(file=io.StringIO(), width=80, force_terminal=True, legacy_windows=True)
    monkeypatch.setattr(Page, "_ink", lambda _, style: {"bold": ("\x1b[1m", "\x1b[0m")}[style])
    page = Page(console)
    page.put(page.text("a "), page.text("b", "bold"))
    page.put()
    assert [text.plain for text in seen] == ["a b", ""]
    assert [(start, end, str(style)) for start, end, style in seen[0].spans] == [(2, 3, "bold")]


# Reports that are written as they go.


@pytest.mark.parametrize("format", ["text", "json", "gitlab", "checkstyle"])
def test_what_was_found_in_a_file_is_written_before_the_next_is_known(format: str) -> None:
    out = io.StringIO()
    writing = writer(Report(), format, out)
    for number in range(3):
        before = len(out.getvalue())
        writing.add(FileReport(f"{number}.md", (replace(ONCE, path=f"{number}.md", text=f"word {number}"),)))
        assert ONCE.rule.rpartition("/")[2] in out.getvalue()[before:]
    writing.end(Report())


class Nowhere(io.TextIOBase):
    """A stream that keeps nothing."""

    encoding = "utf-8"

    def write(self, text: str) -> int:
        return len(text)


@pytest.mark.parametrize("format", FORMATS)
def test_no_report_keeps_findings(format: str) -> None:
    """They are counted and written, or packed as words; the largest part of a run is never held at once."""
    writing = writer(Report(), format, Nowhere())  # type: ignore[arg-type]
    for number in range(20):
        writing.add(FileReport(f"{number}.md", tuple(replace(ONCE, path=f"{number}.md") for _ in range(20))))
    held = [one for one in gc.get_objects() if isinstance(one, Finding) and one.path.endswith(".md")]
    assert not [one for one in held if one.path.removesuffix(".md").isdecimal()]
    writing.end(Report())


@given(st.lists(st.text(), max_size=30))
def test_what_is_packed_comes_out_as_it_was(pieces: list[str]) -> None:
    packed = Packed()
    packed.writelines(pieces)
    assert "".join(packed) == "".join(pieces)
    packed.write("\n")
    assert list(packed.lines()) == "".join(pieces).split("\n")
