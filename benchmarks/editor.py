"""How long after a change an editor is told the findings: 200 edits in a draft of 20 pages.

    python benchmarks/editor.py [--edits 200] [--pages 20] [--seed 7] [--pull] [--plain]

The draft has 3,000 letters on a page, made as `corpus.py` does: what is asked about stands as dense as in
real drafts. Each edit changes one line, somewhere: a word put in or taken out, a letter in a word, a
sentence, a new paragraph. It is sent as an editor sends it, and the next follows when the diagnostics of that
version are there. The time is from the message being sent to its answer being parsed, so the pause that the
server waits for (“debounce”) is set to nothing: what is told here is the time after that pause.

With `--pull` the editor asks for the diagnostics; with `--plain` the draft is plain text, not Markdown. At
the end the last diagnostics are compared with those of the same text opened anew.
"""

from __future__ import annotations

import argparse
import itertools
import os
import random
import statistics
import time
from collections.abc import Callable, Iterator
from typing import Any

from corpus import SIZE, dense, notes
from editor_client import Editor

from sos_lint.lint import Linter

WORDS = ("Mum", "neglect", "CIN", "often", "the", "chaotic", "Tom", "engaged", "on 4 May", "TAF")
SENTENCES = (
    "Mum was aggressive towards Tom. ",
    "On 3 May Dad threw a plate at Mum. ",
    "There are concerns about home conditions. ",
)


def edits(chance: random.Random, text: Callable[[], str]) -> Iterator[tuple[int, int, str]]:
    """Changes of one line, for ever: from where, to where, and what is put there."""
    while True:
        lines = text().split("\n")
        number = chance.choice([n for n, line in enumerate(lines) if len(line) > 40])
        start = sum(len(line) + 1 for line in lines[:number])
        here = start + lines[number].index(" ", chance.randrange(len(lines[number]) // 2)) + 1
        what = chance.random()
        if what < 0.4:  # a letter more
            yield here, here, chance.choice("abcdefg ,.")
        elif what < 0.6:
            yield here, here, f"{chance.choice(WORDS)} "
        elif what < 0.75:
            yield here, here + 5, ""
        elif what < 0.9:
            yield here, here, chance.choice(SENTENCES)
        else:
            yield here, here, "\n\n"


def position(text: str, offset: int) -> dict[str, int]:
    line = text.count("\n", 0, offset)
    return {"line": line, "character": offset - (text.rfind("\n", 0, offset) + 1)}


class Desk:
    """A draft that is open in the editor."""

    def __init__(self, editor: Editor, text: str, *, pull: bool, language: str) -> None:
        self.editor, self.text, self.pull = editor, text, pull
        self.version = 1
        self.uri = "file:///drafts/draft.md" if language == "markdown" else "file:///drafts/draft.txt"
        self.language = language

    def open(self) -> list[Any]:
        item = {"uri": self.uri, "languageId": self.language, "version": self.version, "text": self.text}
        self.editor.tell("textDocument/didOpen", {"textDocument": item})
        return self._diagnostics()[1]

    def change(self, start: int, end: int, words: str) -> float:
        """Change the draft: the seconds until the findings are there."""
        self.version += 1
        at = {"start": position(self.text, start), "end": position(self.text, end)}
        self.text = self.text[:start] + words + self.text[end:]
        document = {"uri": self.uri, "version": self.version}
        sent = time.perf_counter()
        self.editor.tell(
            "textDocument/didChange",
            {"textDocument": document, "contentChanges": [{"range": at, "text": words}]},
        )
        return self._diagnostics()[0] - sent

    def close(self) -> None:
        self.editor.tell("textDocument/didClose", {"textDocument": {"uri": self.uri}})

    def _diagnostics(self) -> tuple[float, list[Any]]:
        if self.pull:
            heard = self.editor.ask("textDocument/diagnostic", {"textDocument": {"uri": self.uri}})
            return heard.at, heard.message["result"]["items"]
        heard = self.editor.wait(
            lambda message: (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"].get("version") == self.version
            )
        )
        return heard.at, heard.message["params"]["diagnostics"]

    def again(self) -> list[Any]:
        self.close()
        self.version += 1
        return self.open()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--pages", type=int, default=20)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pull", action="store_true")
    parser.add_argument("--plain", action="store_true")
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    text = "\n".join(notes(dense(Linter.with_packs().catalogue), asked.pages, SIZE))
    editor = Editor(0, pulls=asked.pull)
    language = "plaintext" if asked.plain else "markdown"
    desk = Desk(editor, text, pull=asked.pull, language=language)
    begun = time.perf_counter()
    first = desk.open()
    opened = time.perf_counter() - begun
    print(f"{asked.pages} pages, {len(text):,} letters, {len(first)} findings; opened in {opened:.2f} s")
    before = editor.cpu()
    changes = edits(chance, lambda: desk.text)
    took = [1000 * desk.change(*one) for one in itertools.islice(changes, asked.edits)]
    after = editor.cpu()
    changed = desk._diagnostics()[1] if asked.pull else None
    fresh = desk.again()
    if changed is not None and changed != fresh:
        raise SystemExit("The diagnostics after all edits are not those of the same text opened anew.")
    ordered = sorted(took)
    print(
        f"{len(took)} edits: median {statistics.median(took):.0f} ms, "
        f"95th percentile {ordered[int(len(took) * 0.95)]:.0f} ms, longest {ordered[-1]:.0f} ms"
    )
    if before is not None and after is not None:
        print(f"the server worked {1000 * (after - before) / len(took):.0f} ms for each")
    if hasattr(os, "getloadavg"):
        print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    editor.close()


if __name__ == "__main__":
    main()
