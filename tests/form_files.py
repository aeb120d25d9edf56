"""Forms for tests, said once and written as Markdown, plain text or Word.

A form is a list of elements: `h(level, words)` a heading, `p(words)` a paragraph, `li(words)` an item of a
list, `table(rows)` a table of cells, each with its paragraphs parted by line breaks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import NamedTuple

import docx

WIDEST = 6  # levels of headings


class Element(NamedTuple):
    kind: str
    words: str = ""
    level: int = 0
    rows: Sequence[Sequence[str]] = ()


def h(level: int, words: str) -> Element:
    return Element("h", words, level)


def p(words: str) -> Element:
    return Element("p", words)


def li(words: str) -> Element:
    return Element("li", words)


def table(*rows: Sequence[str]) -> Element:
    return Element("table", rows=rows)


def to_markdown(form: Iterable[Element]) -> bytes:
    written = []
    for element in form:
        if element.kind == "h":
            written.append("#" * min(element.level, WIDEST) + " " + element.words)
        elif element.kind == "table":
            width = max(map(len, element.rows))
            rows = [
                [cell.replace("\n", "<br>") for cell in row] + [""] * (width - len(row))
                for row in element.rows
            ]
            lines = ["| " + " | ".join(row) + " |" for row in rows]
            written.append("\n".join([lines[0], "|" + "---|" * width, *lines[1:]]))
        else:
            written.append(("- " if element.kind == "li" else "") + element.words)
    return "\n\n".join(written).encode()


def to_text(form: Iterable[Element]) -> bytes:
    written = []
    for element in form:
        if element.kind == "table":
            written += ["\n".join(cell for row in element.rows for cell in row if cell)]
        else:
            written.append(("- " if element.kind == "li" else "") + element.words)
    return "\n\n".join(written).encode()


def to_word(form: Iterable[Element]) -> bytes:
    draft = docx.Document()
    for element in form:
        if element.kind == "h":
            draft.add_heading(element.words, element.level)
        elif element.kind == "table":
            width = max(map(len, element.rows))
            made = draft.add_table(0, width)
            for row in element.rows:
                cells = made.add_row().cells
                if len(row) == 1 and width > 1:
                    cells[0].merge(cells[-1])
                for cell, words in zip(cells, row, strict=False):
                    first, *more = words.split("\n")
                    cell.paragraphs[0].text = first
                    for line in more:
                        cell.add_paragraph(line)
        else:
            draft.add_paragraph(element.words, style="List Bullet" if element.kind == "li" else None)
    file = BytesIO()
    draft.save(file)
    return file.getvalue()


FORMATS: dict[str, Callable[[Iterable[Element]], bytes]] = {"md": to_markdown, "docx": to_word}
