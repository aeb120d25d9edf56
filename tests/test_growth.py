"""Large drafts: the work grows with the text, whatever it is made of. It is counted; nothing is timed."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import CodeType, FrameType

import pytest

from sos_lint.lint import shared_linter
from sos_lint.readers import read_bytes
from sos_lint.text import Range, Ranges

HEADS = (
    "Danger statement:\n\nMum shouts and there is neglect.\n\nSafety goal:\n\nEveryone will need to see Mum "
    "stay calm.\n\nOn a scale of 0 to 10, where 0 is bad and 10 is good: 5.\n\n"
)

# What a draft holds over and over.
SHAPES = {
    "one line": "There was neglect on 3 May. He hides. The incident was often seen, and the CIN plan. ",
    "paragraphs": "There was neglect. She said “neglect”, and Tom hid. A CIN plan: www.a.example.\n\n",
    "a list": "- CIN - neglect on 3 May, often\n",
    "fields": "Note: neglect. He hides.\n",
    "statements": HEADS,
    "pronouns": "He hides. She is chaotic. ",
    "remarks": "There is neglect. <!-- sos-lint: ignore-line broad-terms -- why -->\n\n",
    "remarks on one line": "There is neglect. <!-- sos-lint: ignore broad-terms -- why --> ",
    "rows": "| | what | neglect by Tuesday, CIN |\n",
    "hyphens": "non-CIN neglect-CIN ",
    "abbreviations": "Mr. Smith e.g. Dr. Neglect ",
}


def turns(work: Callable[[], object]) -> Counter[CodeType]:
    """How often each function of ours is called, and each generator goes on."""
    counted: Counter[CodeType] = Counter()

    def step(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and "sos_lint" in frame.f_code.co_filename:
            counted[frame.f_code] += 1

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def lint(text: str) -> None:
    shared_linter().lint(read_bytes(text.encode(), "a.md"))


def faster_than_the_text(unit: str) -> dict[str, tuple[int, int]]:
    """What four times the text makes work far more than four times; each against each would be 16 times."""
    head = "| a | what | when |\n|-|-|-|\n" if unit.startswith("|") else ""
    few = 2000 // len(unit)
    lint(head + unit * few)  # loads what all need
    one, four = (turns(lambda times=times: lint(head + unit * times)) for times in (few, 4 * few))
    return {
        f"{Path(code.co_filename).name}:{code.co_firstlineno}": (one[code], count)
        for code, count in four.items()
        if count > 7 * one[code] + 1500
    }


@pytest.mark.parametrize("unit", SHAPES.values(), ids=SHAPES)
def test_the_work_grows_with_the_text(unit: str) -> None:
    assert faster_than_the_text(unit) == {}


SPANS = [Range(0, 9), Range(2, 4), Range(5, 6), Range(12, 12), Range(15, 20)]


@pytest.mark.parametrize("start", range(22))
@pytest.mark.parametrize("length", range(8))
def test_ranges_say_what_each_of_them_would(start: int, length: int) -> None:
    at, ranges = Range(start, start + length), Ranges(reversed(SPANS))
    assert ranges.hold(at) == any(one.contains(at) for one in SPANS)
    assert ranges.touch(at) == any(one.overlaps(at) for one in SPANS)
    assert list(ranges.touching(at)) == [one for one in SPANS if one.overlaps(at)]
