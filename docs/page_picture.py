"""Takes docs/page.png: the local page with its example. Run it after a change to it; needs playwright."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from web_page import served  # noqa: E402


def take() -> None:
    """The page with an open question, of which a part is told."""
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    with served() as page, sync_playwright() as started:
        browser = started.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        window = browser.new_page(viewport={"width": 1180, "height": 740}, color_scheme="light")
        window.goto(page.url)
        window.click("#example")
        window.locator(".card .head").first.click()
        answer = window.get_by_label("What did the adult do")
        answer.fill("On four mornings in February there was no breakfast")
        answer.press("Enter")
        window.locator(".card[data-open] .asks .told").nth(1).wait_for()
        window.locator("#questions").evaluate("(panel) => { panel.scrollTop = 0; }")
        window.mouse.move(0, 0)
        window.locator("#status").evaluate("(status) => { status.textContent = ''; }")
        window.screenshot(path=str(ROOT / "docs" / "page.png"))
        browser.close()


if __name__ == "__main__":
    take()
