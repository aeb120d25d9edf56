"""Interviews about small drafts, by a small pack, for tests of the interview and of its terminal."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from small_packs import ACRONYM, PACK, RULE, compiled, write_pack

from sos_lint.lint import Linter
from sos_lint.rewrite.draft import Draft
from sos_lint.rewrite.interview import Interview

ASK = {
    "behaviour": "What did the adult do?",
    "frequency": "How many times, and since when?",
    "worst": "Which time was the worst?",
    "impact": "What was it like for the child?",
}
FRAMES = {
    "behaviour": "{who} [did what].",
    "frequency": "This has happened [how many times] {since}.",
    "worst": "The worst time was [when], when [what happened].",
    "impact": "For {child} it meant [what].",
}
RULES = {
    "neglect": {
        **RULE,
        "id": "neglect",
        "kind": "broad-term",
        "phrases": ["neglect"],
        "ask": ASK,
        "scaffold": FRAMES,
    },
    "contact": {
        **RULE,
        "id": "contact",
        "phrases": ["contact"],
        "alternatives": ["time together", "a visit"],
        "advice": "Ask the child for their word.",
    },
    "visit": {**RULE, "id": "visit", "phrases": ["visit"]},
    "engage": {
        **RULE,
        "id": "engage",
        "kind": "blaming-language",
        "phrases": ["does not engage"],
        "alternatives": ["did not come to (what)"],
    },
    "cin": {
        **ACRONYM,
        "id": "cin",
        "short": "CIN",
        "meanings": [{"is": "child in need", "gloss": "a child who gets help"}, "cat in nest"],
    },
    "child-in-need": {**RULE, "id": "child-in-need", "phrases": ["child in need"]},
}
WORDS = {"words": {"evidence": {"frequency": ["twice"], "impact": ["cried"]}}}
KINDS = ["acronym", "jargon", "broad-term", "vague-frequency", "blaming-language", "hidden-actor"]


def write_small_pack(folder: Path) -> Path:
    """The pack of these tests, in which no shipped rule is on."""
    return write_pack(folder, {**RULES, **WORDS}, {**PACK, "switch-off": KINDS})


@cache
def linter() -> Linter:
    """A linter with the small pack alone."""
    with TemporaryDirectory() as folder:
        return Linter(compiled(write_pack(Path(folder) / "small", {**RULES, **WORDS})))


def about(text: str | bytes, name: str = "draft.txt") -> Interview:
    """An interview about a draft."""
    data = text.encode() if isinstance(text, str) else text
    return Interview(Draft.of(data, name, linter().lint), linter().lint)
