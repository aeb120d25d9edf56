"""Measures the local page through a real browser: how long after an edit the findings stand there.

    python benchmarks/page.py              # 60 edits of a text of 20 pages, then 50 pastes at once
    python benchmarks/page.py --edits 200

Needs playwright (`pip install playwright`) and a Chromium on the PATH. Each edit is typed by the browser's
own keyboard into another line; the time runs from the event of the key until the list of questions is that of
the new text, the pause after the last key included. The pastes are requests over the loopback, all at once.
"""

from __future__ import annotations

import argparse
import json
import shutil
import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from corpus import SIZE, dense, notes
from playwright.sync_api import Page, sync_playwright

from sos_lint.lint import Linter

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from web_page import Served, served  # noqa: E402

PAGES = 20
WATCH = """() => {
  const area = document.getElementById("text"), list = document.getElementById("cards");
  window.taken = [];
  let begun = 0;
  area.addEventListener("input", () => { begun = performance.now(); }, true);
  new MutationObserver(() => {
    if (!list.hasAttribute("aria-busy") && begun) { window.taken.push(performance.now() - begun); begun = 0; }
  }).observe(list, { attributes: true, attributeFilter: ["aria-busy"] });
}"""
# The caret goes to the end of a line in the middle of the text, each time another.
GO = """(number) => {
  const area = document.getElementById("text"), lines = area.value.split("\\n");
  const filled = lines.map((line, n) => [line, n]).filter(([line]) => line.length > 40).map(([, n]) => n);
  const line = filled[(number * 7) % filled.length];
  const end = lines.slice(0, line + 1).join("\\n").length;
  area.focus();
  area.setSelectionRange(end, end);
}"""


def twenty_pages(example: str | None) -> str:
    """Made-up notes as `editor.py` has them; or one of our examples again and again, as long."""
    if example is None:
        return "\n".join(notes(dense(Linter.with_packs().catalogue), PAGES, SIZE))
    paragraphs = (ROOT / "examples" / example).read_text(encoding="utf-8").split("\n\n")
    out: list[str] = []
    while sum(map(len, out)) < PAGES * SIZE:
        out += [one.replace("March", f"March {2000 + len(out) % 26}") for one in paragraphs if one.strip()]
    return "\n\n".join(out)


def edits(page: Served, text: str, count: int) -> list[float]:
    """The milliseconds that each of so many edits took."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        window = browser.new_page()
        window.goto(page.url)
        window.evaluate(WATCH)
        window.fill("#text", text)
        _wait(window, 1)
        print(f"first look: {window.evaluate('window.taken[0]'):.0f} ms", flush=True)
        window.evaluate("window.taken = []")
        for number in range(count):
            window.evaluate(GO, number)
            window.keyboard.type(" x"[number % 2])
            _wait(window, number + 1)
        taken: list[float] = window.evaluate("window.taken")
        print(f"findings: {window.evaluate('document.querySelectorAll(`.card`).length')}")
        browser.close()
    return taken


def _wait(window: Page, count: int) -> None:
    """Until so many looks were taken; asked from outside, as the page forbids to make code of text."""
    until = time.monotonic() + 60
    while window.evaluate("window.taken.length") < count:
        if time.monotonic() > until:
            raise TimeoutError
        time.sleep(0.02)


def pastes(page: Served, people: int) -> tuple[float, list[float], set[int]]:
    """The seconds that so many pastes at once took, together and each, and what they were answered."""
    text = (ROOT / "sos_lint" / "web" / "page" / "example.txt").read_text(encoding="utf-8") * 3

    def paste(number: int) -> tuple[float, int]:
        begun = time.perf_counter()
        answer = page.ask("check", {"text": f"Note {number}. {text}", "draft": f"p{number}"})
        assert answer.status != 200 or json.loads(answer.body)["cards"]
        return time.perf_counter() - begun, answer.status

    begun = time.perf_counter()
    with ThreadPoolExecutor(people) as crowd:
        answers = list(crowd.map(paste, range(people)))
    return time.perf_counter() - begun, [one for one, _ in answers], {status for _, status in answers}


def main() -> None:
    """Measure, and say what came of it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--edits", type=int, default=60)
    asked.add_argument("--example", help="a file of examples/ again and again, in place of made-up notes")
    asked.add_argument("--people", type=int, default=50)
    given = asked.parse_args()
    with served() as page:
        page.ask("choices", {})
        taken = sorted(edits(page, twenty_pages(given.example), given.edits))
        print(f"{len(taken)} edits of 20 pages of {given.example or 'notes'}: ", end="")
        print(f"median {statistics.median(taken):.0f} ms, ", end="")
        print(f"nine of ten within {taken[len(taken) * 9 // 10]:.0f} ms, slowest {taken[-1]:.0f} ms")
        whole, each, answered = pastes(page, given.people)
        print(
            f"{given.people} pastes at once: all in {whole:.1f} s, median {statistics.median(each):.2f} s, "
            f"slowest {max(each):.2f} s, answered {sorted(answered)}"
        )


if __name__ == "__main__":
    main()
