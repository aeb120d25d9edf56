"""The files that `speed.py` measures on, the same each time.

    python benchmarks/speed_files.py FOLDER [NOTES]

In the folder `dense` and `clear` there is a note a file. `clear.md` is one clear note; `draft.md` is a dense
one that no rule needs the model for, and `grammar.md` one that needs it. `mega.md` and `ten.md` are dense,
of 1 and 10 MB; `word.docx` is of 50 pages, and `word.md` has the same text.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import repeat
from pathlib import Path

import docx
from corpus import NOTES, clear, dense, notes, write

from sos_lint.lint import Linter
from sos_lint.nlp.grammar import Model, Need, Reading
from sos_lint.readers import read_bytes
from sos_lint.text import Range

PAGES = 50
PAGE = 1_700  # letters of a page as python-docx makes it: with 2,000, LibreOffice needs 53 pages


class Watched:
    """Our model, and whether it was asked."""

    def __init__(self) -> None:
        self._model = Model()
        self.asked = False

    def read(self, text: str, sentences: Iterable[Range], need: Need) -> Mapping[Range, Reading]:
        """The readings of the model."""
        ranges = list(sentences)
        self.asked = self.asked or bool(ranges)
        return self._model.read(text, ranges, need)


def needs_model(linter: Linter, text: str) -> bool:
    """Whether some rule asks for the grammar of a text."""
    watched = Watched()
    linter.lint(read_bytes(text.encode(), "note.md"), grammar=watched)
    return watched.asked


def without_model(linter: Linter) -> Iterator[str]:
    """Dense sentences whose grammar no rule asks for."""
    return (sentence for sentence in dense(linter.catalogue) if not needs_model(linter, sentence))


def first(texts: Iterator[str], linter: Linter, *, model: bool) -> str:
    """The first of some texts that needs the model, or that does not."""
    return next(text for text in texts if needs_model(linter, text) is model)


def write_word(folder: Path, pages: list[str]) -> None:
    """The pages in a Word file, each begun anew, and the same in Markdown."""
    document = docx.Document()
    for page in pages:
        heading, *paragraphs = page.split("\n\n")
        document.add_heading(heading.lstrip("# "), level=1).paragraph_format.page_break_before = True
        for paragraph in filter(None, paragraphs):
            document.add_paragraph(paragraph.strip())
    document.save(str(folder / "word.docx"))
    (folder / "word.md").write_text("\n".join(pages), encoding="utf-8")


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else NOTES
    linter = Linter.with_packs()
    write(folder / "dense", notes(dense(linter.catalogue), count))
    write(folder / "clear", notes(clear(), count))
    drafts = {
        "clear": next(notes(clear(), 1)),
        "draft": first((next(notes(s, 1)) for s in repeat(without_model(linter))), linter, model=False),
        "grammar": first(notes(dense(linter.catalogue), count), linter, model=True),
        "mega": next(notes(dense(linter.catalogue), 1, 1_000_000)),
        "ten": next(notes(dense(linter.catalogue), 1, 10_000_000)),
    }
    for name, text in drafts.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    write_word(folder, list(notes(dense(linter.catalogue), PAGES, PAGE)))


if __name__ == "__main__":
    main()
