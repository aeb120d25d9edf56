"""What each run loads: names of modules, never times. Whoever asks little shall not wait for much."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib import import_module
from io import BytesIO
from pathlib import Path

import docx
import pytest
from commands import PLAIN, run
from msg_files import message
from odt_files import paragraphs
from rtf_files import paragraphs as rtf_paragraphs

import sos_lint.cli
from sos_lint.cli.commands import SUMMARIES
from sos_lint.cli.commands import loaded as loaded_command

HEAVY = frozenset(
    {
        "ahocorasick_rs",
        "charset_normalizer",
        "duckdb",
        "olefile",
        "lxml",
        "markdown_it",
        "mdit_py_plugins",
        "numpy",
        "pathspec",
        "prompt_toolkit",
        "pyarrow",
        "pydantic",
        "pypdfium2",
        "rich",
        "spacy",
        "thinc",
        "turbohtml",
        "typer",
        "yaml",
    }
)
CLEAR = "Odette had tea with her gran."
SHORT_FORM = "Odette has a CIN plan."
PHRASE = "There is neglect in the home."
GRAMMAR = "Odette has contact with her aunt."

CHECK = "from sos_lint.cli import main; assert main(sys.argv[1:]) in (0, 1)"


def word_file(text: str) -> bytes:
    file = BytesIO()
    document = docx.Document()
    document.add_paragraph(text)
    document.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("start")
    for name, text in {"clear": CLEAR, "short": SHORT_FORM, "phrase": PHRASE, "grammar": GRAMMAR}.items():
        (folder / f"{name}.txt").write_text(text)
    (folder / "clear.md").write_text(f"# Tea\n\n{CLEAR}")
    (folder / "marked.md").write_text(f"# Tea\n\n*{CLEAR}*")
    (folder / "clear.html").write_text(f"<p>{CLEAR}")
    (folder / "clear.eml").write_text(f"Subject: Tea\n\n{CLEAR}")
    (folder / "clear.odt").write_bytes(paragraphs([[CLEAR]]))
    (folder / "clear.rtf").write_bytes(rtf_paragraphs([[CLEAR]]))
    (folder / "clear.msg").write_bytes(message("Tea", CLEAR))
    (folder / "clear.docx").write_bytes(word_file(CLEAR))
    (folder / "configured").mkdir()
    (folder / "configured" / ".sos-lint.yml").write_text("fail-on: never")
    (folder / "configured" / "clear.txt").write_text(CLEAR)
    (folder / "toml").mkdir()
    (folder / "toml" / "pyproject.toml").write_text("[tool.sos-lint]\nfail-on = 'never'")
    (folder / "toml" / "clear.txt").write_text(CLEAR)
    (folder / "listed").mkdir()
    (folder / "listed" / ".gitignore").write_text("old/")
    (folder / "listed" / "clear.txt").write_text(CLEAR)
    run("check", folder / "clear.txt")  # compiles the packs, as the first run of all does
    return folder


def loaded(code: str, *arguments: str, cwd: Path | None = None) -> set[str]:
    """The heavy packages that are loaded when the code has run."""
    return HEAVY & {name.partition(".")[0] for name in modules(code, *arguments, cwd=cwd)}


def modules(code: str, *arguments: str, cwd: Path | None = None) -> set[str]:
    """All modules that are loaded when the code has run."""
    tell = "\nimport json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{code}{tell}", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **PLAIN},
        cwd=cwd,
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


# A command, and the heavy packages that it may load.
COMMANDS = {
    "help": ("--help", {"typer"}),
    "version": ("--version", {"typer"}),
    "help of check": ("check --help", {"typer"}),
    "init": ("init configured --force", {"typer"}),
    "clear text": ("check clear.txt", {"typer", "ahocorasick_rs"}),
    "clear text, quiet": ("check clear.txt --quiet", {"typer", "ahocorasick_rs"}),
    "clear text as JSON": ("check clear.txt --format json", {"typer", "ahocorasick_rs"}),
    "clear text in a configured folder": ("check configured/clear.txt", {"typer", "ahocorasick_rs", "yaml"}),
    "clear text in a project of Python": ("check toml/clear.txt", {"typer", "ahocorasick_rs"}),
    "a folder": ("check toml", {"typer", "ahocorasick_rs"}),
    "a folder with a .gitignore": ("check listed", {"typer", "ahocorasick_rs", "pathspec"}),
    "clear Markdown": ("check clear.md", {"typer", "ahocorasick_rs"}),
    "clear Markdown with markup": (
        "check marked.md",
        {"typer", "ahocorasick_rs", "markdown_it", "mdit_py_plugins"},
    ),
    "a clear web page": ("check clear.html", {"typer", "ahocorasick_rs", "turbohtml"}),
    "a clear e-mail": ("check clear.eml", {"typer", "ahocorasick_rs"}),
    "clear RTF": ("check clear.rtf", {"typer", "ahocorasick_rs"}),
    "a clear Outlook message": ("check clear.msg", {"typer", "ahocorasick_rs", "olefile"}),
    "clear OpenDocument": ("check clear.odt", {"typer", "ahocorasick_rs", "lxml"}),
    "clear Word": ("check clear.docx", {"typer", "ahocorasick_rs", "lxml"}),
    "clear Word with comments": (
        "annotate clear.docx -o copy.docx --force --track-changes",
        {"typer", "ahocorasick_rs", "lxml"},
    ),
    "a short form": ("check short.txt", {"typer", "ahocorasick_rs"}),
    "a short form as JSON": ("check short.txt --format json", {"typer", "ahocorasick_rs"}),
    "a phrase": ("check phrase.txt", {"typer", "ahocorasick_rs"}),
    "a phrase as JSON": ("check phrase.txt --format json", {"typer", "ahocorasick_rs"}),
    "a phrase as SARIF": ("check phrase.txt --format sarif", {"typer", "ahocorasick_rs"}),
    "a phrase as XML": ("check phrase.txt --format junit", {"typer", "ahocorasick_rs"}),
    "a phrase in a summary": ("check phrase.txt --format summary", {"typer", "ahocorasick_rs"}),
    "a phrase on a page": ("check phrase.txt --format html", {"typer", "ahocorasick_rs"}),
    "a phrase left out": ("check phrase.txt --ignore broad-term", {"typer", "ahocorasick_rs"}),
    "a fix": ("fix --diff short.txt", {"typer", "ahocorasick_rs"}),
    "help of fix": ("fix --help", {"typer"}),
    "help of rewrite": ("rewrite --help", {"typer"}),
    "questions to fill in": ("rewrite --questions short.txt", {"typer", "ahocorasick_rs", "yaml"}),
    "a rule's page": ("rules explain neglect", {"typer", "ahocorasick_rs"}),
}


@pytest.mark.parametrize(("command", "allowed"), COMMANDS.values(), ids=COMMANDS)
def test_a_command_loads_only_what_it_needs(folder: Path, command: str, allowed: set[str]) -> None:
    assert loaded(CHECK, *command.split(), cwd=folder) <= allowed


# A text, and whether it is read as a form or for statements, scales and names.
READ_AS_A_WHOLE = {
    CLEAR: False,
    "There is neglect in the home.": False,
    "Odette goes to school by bus, and Mum reads to her.": False,
    "Odette stayed at the house of her aunt.": False,
    "The House of Good Things": True,
    "We are worried about Odette.": True,
    "Odette's safety goal": True,
    "Mum said 6/10.": True,
}


@pytest.mark.parametrize(("text", "read"), READ_AS_A_WHOLE.items(), ids=READ_AS_A_WHOLE)
def test_only_what_speaks_of_forms_or_statements_is_read_as_a_whole(
    tmp_path: Path, text: str, read: bool
) -> None:
    (tmp_path / "draft.txt").write_text(text)
    names = modules(CHECK, "check", "draft.txt", cwd=tmp_path)
    assert any(name.startswith("sos_lint.structure") for name in names) is read


# A text, and whether the linguistics are asked about it.
SIEVED = {
    "Odette made soup with her aunt, and they laughed at a film.": False,
    "Decisions were made.": True,
}


@pytest.mark.parametrize(("text", "sieved"), SIEVED.items(), ids=SIEVED)
def test_words_that_nothing_leads_are_not_asked_about(tmp_path: Path, text: str, sieved: bool) -> None:
    (tmp_path / "draft.txt").write_text(text)
    assert ("sos_lint.nlp.sieve" in modules(CHECK, "check", "draft.txt", cwd=tmp_path)) is sieved


# Our own modules that have no part in a note with nothing to ask: those that they load are not cheap either.
IDLE = {
    "sos_lint.explain",
    "sos_lint.finding",
    "sos_lint.judge",
    "sos_lint.nlp.sieve",
    "sos_lint.readers.markdown_walk",
    "sos_lint.readers.message",
    "sos_lint.received",
    "sos_lint.rule",
    "sos_lint.structure",
    "sos_lint.words",
}


def test_a_clear_note_loads_nothing_that_speaks_of_findings(folder: Path) -> None:
    assert not IDLE & modules(CHECK, "check", "clear.md", cwd=folder)
    assert IDLE & modules(CHECK, "check", "phrase.txt", cwd=folder)


def test_importing_the_package_loads_nothing_heavy() -> None:
    assert loaded("import sos_lint") == set()


def test_a_public_name_loads_what_it_needs_and_no_more() -> None:
    assert loaded("from sos_lint import Document, Finding, SosLintError") == set()
    assert loaded("from sos_lint import Linter, lint_text") <= {"ahocorasick_rs"}


@pytest.mark.model
def test_where_a_rule_asks_for_grammar_the_model_comes(folder: Path) -> None:
    """So the tests above can fail."""
    assert loaded(CHECK, "check", "grammar.txt", cwd=folder) >= {"typer", "spacy", "thinc", "numpy"}


def test_where_there_is_colour_rich_comes(folder: Path) -> None:
    code = f"import os; os.environ.update(TTY_COMPATIBLE='1', TERM='xterm'); {CHECK}"
    assert loaded(code, "check", "phrase.txt", cwd=folder) >= {"typer", "rich"}


def test_packs_that_are_not_compiled_yet_load_what_compiles_them(folder: Path, tmp_path: Path) -> None:
    code = f"import os; os.environ['SOS_LINT_CACHE'] = {str(tmp_path)!r}; {CHECK}"
    assert {"pydantic", "yaml"} <= loaded(code, "check", "clear.txt", cwd=folder)


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_list_of_commands_says_what_each_says_of_itself(name: str) -> None:
    assert loaded_command(name).get_short_help_str(1000) == SUMMARIES[name]


def test_every_command_is_in_the_list() -> None:
    here = Path(sos_lint.cli.__file__).parent
    names = {
        path.stem for path in (*here.glob("[!_]*.py"), *(one.parent for one in here.glob("*/__init__.py")))
    }
    assert {name for name in names if hasattr(import_module(f"sos_lint.cli.{name}"), "app")} == set(SUMMARIES)


LIGHT = frozenset({"__future__", "_blake2", "_socket", "array"})


@pytest.mark.skipif(sys.platform != "linux", reason="for Linux alone")
def test_the_client_of_a_resident_process_loads_next_to_nothing() -> None:
    """It is there to be quick: `typing` alone would double its time."""
    code = "from sos_lint.resident import client; client.handed_over(['check'])"
    own = {name for name in modules(code) - modules("") if not name.startswith("sos_lint")}
    assert own <= LIGHT
