"""Small packs for tests, written to a folder and compiled without the store."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sos_lint.catalogue import Catalogue
from sos_lint.finding import Finding
from sos_lint.lint import Linter
from sos_lint.packs.compile import compile_packs
from sos_lint.packs.sources import find_packs
from sos_lint.readers import read_bytes

PACK = {"id": "small", "title": "Small", "version": "1", "sources": {"guide": "A guide"}}
RULE = {
    "kind": "jargon",
    "severity": "warning",
    "message": "What does “{text}” mean here?",
    "why": "Everybody can picture the same thing.",
    "source": "guide",
    "examples": {"bad": ["[[x]]"], "good": ["y"]},
}
FRAMES = {
    "behaviour": "On [when], {who} [did what].",
    "frequency": "This was [how often].",
    "worst": "The worst was [when].",
    "impact": "For {child} it meant [what].",
}
QUESTIONS = {
    "behaviour": "What was done?",
    "frequency": "How often?",
    "worst": "Which time was the worst?",
    "impact": "What was it like for the child?",
}
ACRONYM = {**RULE, "kind": "acronym", "unless": ["explained", "quoted", "capitals", "initials", "reference"]}

Data = Mapping[str, Any]


def rule(name: str, **body: Any) -> dict[str, Any]:
    """A whole rule of that name; keys with hyphens are written with underscores."""
    return {"id": name, **RULE, **{key.replace("_", "-"): value for key, value in body.items()}}


def write_pack(folder: Path, files: Mapping[str, Data | str], pack: Data = PACK) -> Path:
    """A pack of these files, by name without ending: data, or text as it is to stand there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in {"pack": pack, **files}.items():
        text = data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)
        (folder / f"{name}.yml").write_text(text, encoding="utf-8")
    return folder


def compiled(*packs: Path) -> Catalogue:
    """The catalogue of packs, later ones winning."""
    return compile_packs(find_packs(packs))


def linter_for(folder: Path, *rules: Data, words: Data | None = None) -> Linter:
    """A linter with a pack of these rules, each in its own file, and these words."""
    files = {one["id"]: one for one in rules}
    return Linter(compiled(write_pack(folder, {**files, **({"words": words} if words else {})})))


def findings_in(linter: Linter, text: str, name: str = "draft.md") -> tuple[Finding, ...]:
    """The findings in some Markdown, or in what the name says."""
    return linter.lint(read_bytes(text.encode(), name))


def found(linter: Linter, text: str, name: str = "draft.md") -> list[str]:
    """The words that are found, in order."""
    return [finding.text for finding in findings_in(linter, text, name)]
