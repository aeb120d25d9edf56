"""The law of memory: what is found in a text that changes is what a fresh look at it would find."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePosixPath

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from sos_lint.document import Document
from sos_lint.errors import SosLintError
from sos_lint.lint import Linter, shared_linter
from sos_lint.lsp.drafts import Draft, Snapshot
from sos_lint.lsp.drafts import look as look_as_an_editor
from sos_lint.lsp.texts import Units
from sos_lint.memory import Memory
from sos_lint.nlp import detect, sieve, surroundings
from sos_lint.nlp import pieces as nlp_pieces
from sos_lint.readers import read_bytes
from sos_lint.settings import Settings

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
DRAFTS = {
    path.name: path.read_text(encoding="utf-8")
    for path in (
        *sorted(EXAMPLES.glob("*.md")),
        *sorted((EXAMPLES / "template-library").rglob("*.md")),
        *sorted((EXAMPLES / "template-library").rglob("*.txt")),
        *sorted((EXAMPLES / "template-library").rglob("*.html")),
        *sorted((EXAMPLES / "template-library").rglob("*.csv")),
    )
}
# What speaks across a document: names, ages, short forms, labels, lists, tables, remarks, statements.
PIECES = (
    "Tom, aged 7, hid.",
    "Tom's school rang.",
    "Then Aisha hit him.",
    "aisha",
    "CIN",
    "child in need (CIN)",
    "CIN: child in need",
    "cin",
    "AB's mum said so.",
    "the AB team",
    "TAF meeting",
    "He was neglected.",
    "There is neglect:",
    "The incident was on 3 May.",
    "He was aggressive.",
    "She shouted at Tom every night.",
    "\n\n",
    "\n",
    "\n- ",
    "\n\n## Danger statement\n\n",
    "\n\nWhat are we worried about?\n\n",
    "\n\n| Abbreviation | Meaning |\n|---|---|\n| CIN | child in need |\n\n",
    "Injuries: ",
    "\n\n<!-- sos-lint: ignore jargon -- from the court -->\n\n",
    "<!-- sos-lint: ignore-start -->",
    "Safety goal: ",
    "On a scale of 0 to 10, Mum said 11.",
    "“He is chaotic”",
    "Children who live with abuse ",
    "\U0001f9e1 ",
    "e\u0301",
    "İ",
    "ΟΔΟΣ ",
    ".",
    ": ",
    "|",
    "(",
)


@st.composite
def versions(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A draft by its name, and how it goes on from edit to edit, with a step back now and then."""
    name = draw(st.sampled_from(sorted(DRAFTS)))
    texts = [DRAFTS[name]]
    for _ in range(draw(st.integers(1, 8))):
        text = texts[-1]
        if len(texts) > 1 and draw(st.booleans()) and draw(st.booleans()):
            texts.append(texts[-2])
            continue
        start = draw(st.integers(0, len(text)))
        end = draw(st.sampled_from([start, start, min(len(text), start + draw(st.integers(0, 200)))]))
        texts.append(text[:start] + draw(st.sampled_from(PIECES)) + text[end:])
    return name, texts


def look(linter: Linter, document: Document, wanted: Settings, memory: Memory | None = None) -> object:
    return linter.lint(document, wanted, told=True, set_aside=True, memory=memory)


@pytest.mark.model
@given(versions(), st.sampled_from([Settings(), Settings(also=("recording",)), Settings(form="safer")]))
@settings(max_examples=60, deadline=None)
def test_a_version_is_found_to_say_what_a_fresh_look_finds(
    drafts: tuple[str, list[str]], wanted: Settings
) -> None:
    name, texts = drafts
    linter, memory = shared_linter(), Memory()
    for text in texts:
        try:
            document = read_bytes(text.encode(), name)
        except SosLintError:  # half a tag may leave a page without a word
            continue
        assert look(linter, document, wanted, memory) == look(linter, document, wanted)


@pytest.mark.model
@given(versions())
@example(("a.md", ["There is domestic abuse.", "There is domestic\nabuse."]))  # the same words, on two lines
@settings(max_examples=40, deadline=None)
def test_what_an_editor_underlines_is_what_a_whole_look_finds(drafts: tuple[str, list[str]]) -> None:
    name, texts = drafts
    linter, known = shared_linter(), Draft("", name, None, "", "")
    for text in texts:
        snapshot = Snapshot(None, text, PurePosixPath(name).suffix)
        found = look_as_an_editor(snapshot, name, linter, Settings(), Units.UTF_16, known)
        alone = look_as_an_editor(snapshot, name, linter, Settings(), Units.UTF_16)
        assert (found.at_once, found.every) == (alone.at_once, alone.every)
        for one, whole in zip(found.at_once, found.every, strict=True):
            asks = tuple(replace(ask, start_from="") for ask in whole.asks)
            assert one == replace(whole, asks=asks, edits=(), scaffold=None, fingerprint="")


@pytest.mark.model
@given(st.lists(st.sampled_from(PIECES), min_size=2, max_size=14), st.data())
@settings(max_examples=150, deadline=None)
def test_small_drafts_of_what_speaks_across_a_document(pieces: list[str], data: st.DataObject) -> None:
    linter, memory = shared_linter(), Memory()
    for _ in range(4):
        document = read_bytes(" ".join(["Note.", *pieces]).encode(), "draft.md")
        assert look(linter, document, Settings(), memory) == look(linter, document, Settings())
        where = data.draw(st.integers(0, len(pieces) - 1))
        pieces = [
            *pieces[:where],
            data.draw(st.sampled_from(PIECES)),
            *pieces[where + data.draw(st.integers(0, 2)) :],
        ]


@pytest.mark.model
@given(
    st.sampled_from([draft for draft in DRAFTS.items() if not draft[0].endswith(".csv")])
    | st.lists(st.sampled_from(PIECES), max_size=14).map(lambda some: ("a.md", " ".join(["Note.", *some]))),
    st.sampled_from([1, 40, 200]),
)
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_long_text_may_be_read_in_windows_of_any_length(
    monkeypatch: pytest.MonkeyPatch, draft: tuple[str, str], length: int
) -> None:
    """What is known of a window is let go before the next, and what is known of passages at any time."""
    name, text = draft
    linter = shared_linter()
    whole = look(linter, read_bytes(text.encode(), name), Settings())
    with monkeypatch.context() as small:
        for module in (detect, nlp_pieces, sieve):
            small.setattr(module, "LONG", length)
        small.setattr(surroundings, "MOST_KEPT", 2)
        assert look(linter, read_bytes(text.encode(), name), Settings()) == whole


@pytest.mark.model
def test_a_memory_holds_no_more_than_two_versions_do() -> None:
    linter, memory = shared_linter(), Memory()
    sizes = []
    for number in range(6):
        text = "\n\n".join(f"Note {number}: Tom was neglected on day {day}." for day in range(20))
        look(linter, read_bytes(text.encode(), "draft.md"), Settings(), memory)
        sizes.append(len(memory))
    assert max(sizes[2:]) == min(sizes[2:])


@pytest.mark.model
def test_other_settings_forget_what_was_found() -> None:
    linter, memory = shared_linter(), Memory()
    document = read_bytes(b"Tom was neglected. CIN.", "draft.md")
    assert look(linter, document, Settings(), memory)
    quiet = Settings(ignore=("broad-terms", "acronyms"))
    assert look(linter, document, quiet, memory) == look(linter, document, quiet)
