"""The HTML report in a real browser: shown, printed and gone through by keyboard, with nothing loaded.

Needs playwright (`pip install playwright`, no browser of its own) and a Chromium on the PATH.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import ROOT, run

sync_api = pytest.importorskip("playwright.sync_api")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")

SHOWN = """() => {
  const tip = document.activeElement.closest(".place")?.querySelector(".tip");
  return tip && getComputedStyle(tip).visibility === "visible" ? tip.textContent : "";
}"""


@pytest.fixture(scope="module")
def page_of(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Opens the report of our example in a window of some size and scheme."""
    report = tmp_path_factory.mktemp("report") / "report.html"
    run("check", ROOT / "examples" / "referral.md", "--format", "html", "--output", report)
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])

        def open_(**look: Any) -> tuple[Any, list[str]]:
            page = browser.new_context(**look).new_page()
            asked: list[str] = []
            page.on("request", lambda request: asked.append(request.url))
            page.on("console", lambda told: asked.append(told.text))
            page.on("pageerror", lambda fault: asked.append(str(fault)))
            page.goto(report.as_uri())
            return page, asked

        yield open_
        browser.close()


LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light"},
    "dark": {"color_scheme": "dark"},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True},
}


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_nothing_is_loaded_and_nothing_stands_out(page_of: Any, look: dict[str, Any]) -> None:
    page, asked = page_of(**look)
    assert len(asked) == 1 and asked[0].endswith("report.html")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_dark_is_dark(page_of: Any) -> None:
    seen = {
        page_of(color_scheme=scheme)[0].evaluate("getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    }
    assert len(seen) == 2


def test_a_question_opens_by_keyboard(page_of: Any) -> None:
    page, _ = page_of()
    opened = ""
    for _ in range(30):
        page.keyboard.press("Tab")
        opened = page.evaluate(SHOWN)
        if opened:
            break
    assert "neglect" in opened
    page.keyboard.press("Enter")
    assert "neglect" in page.evaluate("document.querySelector(':target').textContent")


def test_it_prints(page_of: Any, tmp_path: Path) -> None:
    page, _ = page_of()
    page.pdf(path=str(tmp_path / "report.pdf"))
    pdf = pytest.importorskip("pypdfium2").PdfDocument(tmp_path / "report.pdf")
    words = " ".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert "What to ask" in words
