"""Draws docs/terminal.svg: what `sos-lint check` shows on an example. Run it after a change to the report."""

from __future__ import annotations

import os
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import MONOKAI

from sos_lint.batch import lint_files
from sos_lint.project import Project
from sos_lint.readers.find import Found
from sos_lint.report import Report
from sos_lint.reporters.to_terminal import to_terminal

ROOT = Path(__file__).parent.parent
NOTE = "examples/note.md"
WIDTH = 88


def without_fonts(svg_format: str) -> str:
    """rich's frame, with the reader's own fonts: a picture should fetch nothing."""
    start = svg_format.index("@font-face")
    end = svg_format.index(".{unique_id}-matrix")
    return svg_format[:start] + svg_format[end:].replace("Fira Code, ", "")


def draw() -> str:
    """The picture as SVG."""
    (file,) = lint_files([Found(ROOT / NOTE, NOTE)], Project().choose)
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere:
        console = Console(record=True, width=WIDTH, file=nowhere, force_terminal=True, highlight=False)
        console.print(f"$ sos-lint check {NOTE}\n", markup=False)
        to_terminal(Report((file,)), console)
    svg = console.export_svg(
        title="sos-lint", theme=MONOKAI, code_format=without_fonts(CONSOLE_SVG_FORMAT), unique_id="sos-lint"
    )
    return svg.replace("<text ", '<text xml:space="preserve" ')


if __name__ == "__main__":
    (ROOT / "docs" / "terminal.svg").write_text(draw(), encoding="utf-8")
