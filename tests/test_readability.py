"""How hard a document is to read: what is counted, and the age that comes of it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run

from sos_lint.nlp.readability import measure
from sos_lint.nlp.sentences import Sentences, words_in
from sos_lint.readers import read_bytes
from sos_lint.report import FEWEST_WORDS, Readability

SENTENCES = Sentences(("mr", "e.g"))
LONG = " ".join(["Odette", *["sat"] * 25]) + "."

COUNTED = {
    "nothing but a name": ("Odette", 0, 0, 0),
    "a sentence": ("Odette had tea.", 1, 3, 0),
    "two": ("Odette had tea. Wilbur had none.", 2, 6, 0),
    "two paragraphs without stops": ("Odette had tea\n\nWilbur had none", 2, 6, 0),
    "an abbreviation": ("Mr. Pennyfeather rang her gran.", 1, 5, 0),
    "one word more than is easy": (LONG, 1, 26, 1),
    "as many as are easy": (LONG.replace(" sat", "", 1), 1, 25, 0),
    "two lines of a paragraph": ("Odette had\ntea with gran.", 1, 5, 0),
    "a list": ("- Odette had tea.\n- Wilbur had none.", 2, 6, 0),
    "a heading": ("# About the family\n\nOdette had tea.", 1, 3, 0),
    "a tick box": ("- [ ] Odette had tea.", 0, 0, 0),
    "a label": ("Tea:\n\nOdette had tea.", 1, 3, 0),
    "a table": ("| When | What |\n|---|---|\n| May | Odette had tea. |", 1, 3, 0),
}


@pytest.mark.parametrize(("text", "sentences", "words", "long"), COUNTED.values(), ids=COUNTED)
def test_what_is_counted(text: str, sentences: int, words: int, long: int) -> None:
    counts = measure(read_bytes(text.encode(), "draft.md"), SENTENCES)
    assert (counts.sentences, counts.words, counts.long_sentences) == (sentences, words, long)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Odette doesn't eat.", ["Odette", "doesn't", "eat"]),
        ("Odette doesn’t eat.", ["Odette", "doesn’t", "eat"]),
        ("Her step-mum rang.", ["Her", "step-mum", "rang"]),
        (
            "At 3.30pm – or 15:30 – she rang (twice).",
            ["At", "3.30pm", "or", "15", "30", "she", "rang", "twice"],
        ),
        ("On 3/5/2026 …", ["On", "3/5/2026"]),
        ("", []),
    ],
)
def test_words(sentence: str, words: list[str]) -> None:
    assert words_in(sentence) == words


AGES = {
    "nothing": (Readability(), None),
    "too little": (Readability(10, FEWEST_WORDS - 1, 400), None),
    "just enough": (Readability(10, FEWEST_WORDS, 400), 7),  # 4 letters, 10 words: grade 2.4
    "plain": (Readability(100, 1200, 4.3 * 1200), 10),  # 4.3 letters, 12 words: grade 4.8
    "a report": (Readability(100, 2500, 5 * 2500), 20),  # 5 letters, 25 words: grade 14.6
    "for the smallest": (Readability(100, 300, 3 * 300), 5),
}


@pytest.mark.parametrize(("counts", "age"), AGES.values(), ids=AGES)
def test_the_reading_age(counts: Readability, age: int | None) -> None:
    assert counts.reading_age == age


def test_counts_add_up() -> None:
    both = Readability(1, 10, 40, 0).plus(Readability(1, 30, 160, 1))
    assert both == Readability(2, 40, 200, 1)
    assert both.mean_sentence_length == 20.0
    assert Readability().mean_sentence_length is None


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Odette had tea with her gran. " * 20)
    (tmp_path / "b.txt").write_text(LONG)
    return tmp_path


def test_the_terminal_says_it_of_each_and_of_all() -> None:
    out = run("check", "a.txt", "b.txt", "--statistics").out
    assert [line.split() for line in out.splitlines() if line.startswith("  ")] == [
        ["words", "a", "sentence", "reading", "age"],
        ["a.txt", "6.0", "5"],
        ["b.txt", "26.0", "·"],
    ]
    assert (
        "Reading age about 5; aim for 9 to 11. 7.0 words a sentence; 1 sentence is over\n25 words.\n" in out
    )


def test_of_one_short_draft_the_terminal_says_that_it_is_too_short() -> None:
    out = run("check", "b.txt", "--statistics").out
    assert "Too short to tell a reading age" in out
    assert "reading age\n" not in out


def test_json_has_it_for_each_and_for_all() -> None:
    told = json.loads(run("check", "a.txt", "b.txt", "--statistics", "-f", "json").out)["statistics"]
    assert told["readability"] == {
        "sentences": 21,
        "mean_sentence_length": 7.0,
        "long_sentences": 1,
        "reading_age": 5,
        "families_read_at": [9, 11],
        "by_file": {
            "a.txt": {
                "sentences": 20,
                "mean_sentence_length": 6.0,
                "long_sentences": 0,
                "reading_age": 5,
            },
            "b.txt": {
                "sentences": 1,
                "mean_sentence_length": 26.0,
                "long_sentences": 1,
                "reading_age": None,
            },
        },
    }


@pytest.mark.parametrize(("options", "loaded"), [((), False), (("--statistics",), True)])
def test_nothing_is_measured_unless_it_is_asked_for(options: tuple[str, ...], loaded: bool) -> None:
    code = (
        "import sys; from sos_lint.cli import main; main(sys.argv[1:]); "
        "print('sos_lint.nlp.readability' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "check", "a.txt", *options], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == str(loaded)
