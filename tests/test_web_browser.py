"""The local page in a real browser: typing, dropping, answering, downloading; by everybody, and nothing sent.

Needs axe-playwright-python (`pip install axe-playwright-python`, which brings playwright and axe-core, but no
browser) and a Chromium on the PATH.
"""

from __future__ import annotations

import base64
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import ROOT

sync_api = pytest.importorskip("playwright.sync_api")
pytest.importorskip("starlette")
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")

from web_page import Served, served  # noqa: E402

from sos_lint.readers import read_bytes  # noqa: E402

NOTE = "There is neglect in the home. The CIN plan is in May."


@pytest.fixture(scope="module")
def page() -> Iterator[Served]:
    with served() as one:
        yield one


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with sync_api.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


class Window:
    """A window with the page in it; what it asks for, and what goes wrong in it, is noted."""

    def __init__(self, browser: Any, served: Served, **look: Any) -> None:
        self.context = browser.new_context(accept_downloads=True, **look)
        self.context.set_default_timeout(15_000)
        self.view = self.context.new_page()
        self.asked: list[str] = []
        self.faults: list[str] = []
        self.host = served.host
        self.view.on("request", lambda request: self.asked.append(request.url))
        self.view.on("console", lambda told: self.faults.append(told.text) if told.type == "error" else None)
        self.view.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.view.on("dialog", lambda dialog: self.faults.append(dialog.message))
        self.view.goto(served.url)

    def write(self, text: str) -> None:
        self.view.fill("#text", text)
        self.settle()

    def settle(self) -> None:
        """Until the questions are those of the text."""
        self.view.wait_for_timeout(80)
        self.view.wait_for_selector("#cards:not([aria-busy])", state="attached", timeout=60_000)

    def drop(self, path: Path) -> None:
        data = base64.b64encode(path.read_bytes()).decode()
        self.view.evaluate(
            """([data, name]) => {
              const bytes = Uint8Array.from(atob(data), (sign) => sign.charCodeAt(0));
              const transfer = new DataTransfer();
              transfer.items.add(new File([bytes], name));
              for (const kind of ["dragenter", "dragover", "drop"]) {
                const about = { bubbles: true, cancelable: true, dataTransfer: transfer };
                document.getElementById("paper").dispatchEvent(new DragEvent(kind, about));
              }
            }""",
            [data, path.name],
        )
        self.view.wait_for_selector("#file-name:not([hidden])")
        self.settle()

    @property
    def text(self) -> str:
        return str(self.view.input_value("#text"))

    @property
    def underlined(self) -> list[str]:
        return list(self.view.locator("#mirror mark:not([data-done])").all_text_contents())

    @property
    def status(self) -> str:
        return str(self.view.text_content("#status"))

    @property
    def heard(self) -> str:
        return str(self.view.text_content("#heard"))

    def wait_for_status(self, words: str) -> None:
        self.view.locator("#status", has_text=words).wait_for(timeout=20_000)

    def close(self) -> None:
        """Nothing went wrong, and nothing left this computer."""
        assert {re.split(r"[/?#]", url)[2] for url in self.asked if not url.startswith("blob:")} == {
            self.host
        }
        assert self.faults == []
        self.context.close()


@pytest.fixture
def window(browser: Any, page: Served) -> Iterator[Window]:
    one = Window(browser, page)
    yield one
    one.close()


def test_words_are_underlined_as_they_are_typed(window: Window) -> None:
    window.view.click("#text")
    window.view.keyboard.type("There is neglect in the home.")
    window.settle()
    assert window.underlined == ["neglect"]
    window.view.keyboard.type(" The MASH team came.")
    window.settle()
    assert window.underlined == ["neglect", "MASH"]
    assert window.view.text_content("#found-title") == "2 places to make clearer"
    window.view.keyboard.press("Home")
    window.view.keyboard.type("😀 New. ")
    assert window.underlined == ["neglect", "MASH"]  # they move with the words, before anybody is asked
    window.settle()
    assert window.underlined == ["neglect", "MASH"]


def test_the_words_beneath_stand_where_those_above_do(window: Window) -> None:
    for text in (
        NOTE * 40,
        "a\n\nb\n",
        "\n\n\n",
        "long" * 500,
        "One\ttab  and  spaces   \nend ",
        "\u202eabc\nd",
    ):
        window.write(text)
        above, beneath = window.view.evaluate(
            """["text", "mirror"].map((id) => document.getElementById(id)).map((one) => one.scrollHeight)"""
        )
        assert above == beneath
        assert window.view.text_content("#mirror").replace("\u200b", "") == text


def test_what_is_told_is_ticked_and_an_answer_is_written_in(window: Window) -> None:
    window.write("Neglect: on four mornings in May Tom came to school without breakfast.")
    window.view.click(".card .head")
    assert window.view.locator(".asks .told").count() == 2
    assert window.view.locator(".asks .open").count() == 2
    assert "four mornings in May" in window.view.locator(".asks .told").nth(1).text_content()
    worst = window.view.get_by_label("Which time was the worst")
    worst.fill("the worst was 9 May")
    worst.press("Enter")
    window.wait_for_status("Written in")
    window.settle()
    assert window.text.endswith("without breakfast. The worst was 9 May.")
    assert window.view.locator(".asks .told").count() == 3
    window.view.click("#undo")
    assert window.text.endswith("without breakfast.")


def test_a_scaffold_is_put_in_with_its_blank_chosen_and_taken_back(window: Window) -> None:
    window.write(NOTE)
    window.view.click(".card .head")
    window.view.get_by_role("button", name="Put these words in").click()
    window.wait_for_status("brackets")
    assert window.text.startswith("There is neglect in the home. [Who] [did or did not do what]")
    chosen = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert window.view.eval_on_selector("#text", chosen) == "[Who]"
    window.view.keyboard.type("Mum")
    assert "home. Mum [did or did not do what]" in window.text
    for _ in range(10):
        if window.text != NOTE:
            window.view.keyboard.press("Control+z")
    assert window.text == NOTE


def test_a_short_form_is_spelt_out_by_a_click(window: Window) -> None:
    window.write(NOTE)
    window.view.locator('.card[data-kind="acronym"] .head').click()
    window.view.get_by_role("button", name="child in need").click()
    window.wait_for_status("Written in")
    assert "child in need plan" in window.text


def test_kinds_are_counted_hidden_and_shown_again(window: Window) -> None:
    window.write(NOTE)
    box = window.view.get_by_label("1 acronym")
    box.uncheck()
    assert window.underlined == ["neglect"]
    box.check()
    assert window.underlined == ["neglect", "CIN"]
    window.view.locator('.card[data-kind="acronym"] .head').click()
    window.view.get_by_role("button", name="Leave it as it is").click()
    assert window.underlined == ["neglect"]
    assert window.view.text_content("#found-title") == "1 place to make clearer"
    window.view.get_by_role("button", name="Show them again").click()
    assert window.underlined == ["neglect", "CIN"]


def test_everything_goes_by_keyboard(window: Window) -> None:
    window.write(NOTE)
    window.view.focus("#text")
    window.view.keyboard.press("Control+Home")
    window.view.keyboard.press("F8")
    chosen = "(area) => area.value.slice(area.selectionStart, area.selectionEnd)"
    assert window.view.eval_on_selector("#text", chosen) == "neglect"
    assert "“neglect”, broad term, 1 of 2" in window.heard
    window.view.keyboard.press("F8")
    assert window.view.eval_on_selector("#text", chosen) == "CIN"
    window.view.keyboard.press("Shift+F8")
    window.view.keyboard.press("Alt+Enter")
    assert "What did the adult do" in window.view.evaluate("document.activeElement.labels[0].textContent")
    window.view.keyboard.press("Escape")
    assert window.view.evaluate("document.activeElement.id") == "text"
    window.view.focus("#tab-questions")
    window.view.keyboard.press("ArrowRight")
    assert window.view.locator("#form").is_visible() and not window.view.locator("#questions").is_visible()


def comments_in(path: Path) -> int:
    with zipfile.ZipFile(path) as file:
        return file.read("word/document.xml").count(b"commentReference ")


def test_a_dropped_word_file_comes_back_with_comments(window: Window, tmp_path: Path) -> None:
    path = ROOT / "examples" / "referral.docx"
    window.drop(path)
    assert window.text == read_bytes(path.read_bytes(), "referral.docx").text
    assert "referral.docx" in window.view.text_content("#file-name")
    window.view.focus("#text")
    window.view.keyboard.press("Control+Home")
    window.view.keyboard.press("End")
    window.view.keyboard.type(", MASH")
    window.settle()
    with window.view.expect_download() as waited:
        window.view.click("#download")
    copy = tmp_path / waited.value.suggested_filename
    waited.value.save_as(copy)
    assert copy.name == "referral-with-questions.docx"
    assert read_bytes(copy.read_bytes(), copy.name).text == window.text
    assert comments_in(copy) > 5
    window.wait_for_status("Saved with")


def test_pasted_text_is_downloaded_as_a_new_word_file(window: Window, tmp_path: Path) -> None:
    window.write(NOTE)
    with window.view.expect_download() as waited:
        window.view.click("#download")
    waited.value.save_as(tmp_path / "new.docx")
    assert read_bytes((tmp_path / "new.docx").read_bytes(), "new.docx").text == NOTE
    assert comments_in(tmp_path / "new.docx") == 2


def test_a_form_shows_its_three_columns(window: Window) -> None:
    window.view.click("#tab-form")
    window.view.get_by_role("button", name="Put its headings in").click()
    window.view.locator(".columns.three .column").nth(2).wait_for()
    names = window.view.locator(".column h3").all_text_contents()
    assert names == ["What are we worried about?", "What's working well?", "What needs to happen?"]
    assert "0 of 3 parts are written" in window.view.text_content("#form-view")
    end = window.text.index("well?") + len("well?")
    window.view.eval_on_selector("#text", f"(area) => area.setSelectionRange({end}, {end})")
    window.view.focus("#text")
    window.view.keyboard.type("\nNan has Tom to stay every Friday, and he sleeps there.")
    window.view.locator(".column", has_text="Nan has Tom to stay").wait_for()
    assert "1 of 3 parts are written" in window.view.text_content("#form-view")


def test_it_is_printed_for_the_family_with_what_the_words_mean(window: Window, tmp_path: Path) -> None:
    window.view.evaluate("window.print = () => {}")
    window.write(NOTE)
    window.view.click("#print")
    window.view.locator("#family-view dt").wait_for(state="attached")
    window.view.pdf(path=str(tmp_path / "a.pdf"))
    pdf = pytest.importorskip("pypdfium2").PdfDocument(tmp_path / "a.pdf")
    words = " ".join(one.get_textpage().get_text_bounded() for one in pdf)
    assert "There is neglect" in words and "What the words mean" in words and "child in need" in words
    assert "Download" not in words and "Questions" not in words


def test_a_reader_sees_what_words_mean_where_they_stand(window: Window) -> None:
    window.view.click("#mode-read")
    window.view.fill("#text", f"{NOTE} CIN again.")
    window.view.locator("#reading .meaning").first.wait_for()
    reading = window.view.text_content("#reading")
    assert "CIN (stands for: child in need" in reading
    assert "you wrote" not in (reading + window.view.text_content("#asking")).lower()
    again = window.view.get_by_role("button", name="CIN", exact=True)
    assert again.get_attribute("aria-expanded") == "false"
    again.click()
    assert again.get_attribute("aria-expanded") == "true"
    window.view.get_by_role("button", name="What to ask about “neglect”").click()
    focused = window.view.evaluate("document.activeElement.textContent")
    assert "can mean anything" in focused and "On which days" in focused


def test_clean_text_is_copied(browser: Any, page: Served) -> None:
    window = Window(browser, page)
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    window.write(f"{NOTE} [when]")
    window.view.click("#copy")
    window.wait_for_status("[brackets] still waits")
    assert window.view.evaluate("navigator.clipboard.readText()") == f"{NOTE} [when]"
    window.close()


LOOKS: dict[str, dict[str, Any]] = {
    "light": {"color_scheme": "light", "viewport": {"width": 1280, "height": 800}},
    "dark": {"color_scheme": "dark", "viewport": {"width": 1280, "height": 800}},
    "narrow": {"color_scheme": "light", "viewport": {"width": 320, "height": 640}},
    "narrow and dark": {"color_scheme": "dark", "viewport": {"width": 320, "height": 640}},
    "forced colours": {"forced_colors": "active", "viewport": {"width": 1280, "height": 800}},
    "still": {"reduced_motion": "reduce", "viewport": {"width": 800, "height": 800}},
}


def faults_by_axe(window: Window) -> list[str]:
    """What axe-core finds; its moderate and minor findings too."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(window.view).response["violations"]
    return [f"{one['impact']} {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_everybody_can_use_it(browser: Any, page: Served, look: dict[str, Any]) -> None:
    window = Window(browser, page, **look)
    faults = {"at the start": faults_by_axe(window)}
    window.view.click("#example")
    window.settle()
    for number in range(3):
        window.view.locator(".card .head").nth(number).click()
    faults["a card"] = faults_by_axe(window)
    window.view.click("#tab-form")
    window.view.wait_for_selector("#form-view p")
    faults["no form"] = faults_by_axe(window)
    window.view.get_by_role("button", name="Put its headings in").click()
    window.view.wait_for_selector(".column")
    faults["a form"] = faults_by_axe(window)
    window.view.click("#tab-family")
    window.view.wait_for_selector("#family-view dt")
    faults["for the family"] = faults_by_axe(window)
    window.view.click("#mode-read")
    window.view.wait_for_selector("#asking li")
    faults["for a reader"] = faults_by_axe(window)
    assert {view: found for view, found in faults.items() if found} == {}
    assert window.view.evaluate("document.documentElement.scrollWidth <= innerWidth")
    window.close()


HOSTILE = {
    "markup": '<img src=x onerror="alert(1)"><script>alert(1)</script> neglect </textarea><b>CIN',
    "a link": "[neglect](javascript:alert(1)) <a href='javascript:alert(1)'>CIN</a>",
    "bidi": "\u202eThere is neglect\u202c and \u2067CIN\u2069 here",
    "an answer of its own": '{"cards": []}\n\nThere is neglect and a CIN plan.',
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pastes_do_not_run(window: Window, text: str) -> None:
    window.write(text)
    assert window.text == text
    assert set(window.underlined) == {"neglect", "CIN"}
    for card in range(window.view.locator(".card .head").count()):
        window.view.locator(".card .head").nth(card).click()
    window.view.click("#tab-family")
    window.view.wait_for_selector("#family-view p")
    window.view.click("#mode-read")
    window.view.wait_for_selector("#asking li")
    assert window.view.locator("main img, main script, main a, main b b").count() == 0


def paste(window: Window, made: str) -> None:
    """Paste what a piece of code gives, as a clipboard would."""
    window.view.evaluate(f"navigator.clipboard.writeText({made})")
    window.view.focus("#text")
    window.view.keyboard.press("Control+v")


def test_pastes_without_end_do_not_hang(browser: Any, page: Served) -> None:
    window = Window(browser, page)
    window.context.grant_permissions(["clipboard-read", "clipboard-write"])
    paste(window, '"a".repeat(10_500_000)')
    window.wait_for_status("350 pages")
    assert window.text == ""
    paste(window, '"a\\n".repeat(1_000_000)')
    window.wait_for_status("350 pages")
    assert window.text == ""
    paste(window, '"x\\n".repeat(200_000)')
    window.wait_for_status("350 pages")
    assert window.text == ""
    paste(window, '"x\\n".repeat(4_000) + "neglect"')
    window.settle()
    assert window.underlined == ["neglect"]
    window.write(NOTE)
    assert window.underlined == ["neglect", "CIN"]
    window.close()


def test_a_file_that_is_too_big_is_refused_kindly(window: Window, tmp_path: Path) -> None:
    (tmp_path / "big.docx").write_bytes(b"PK" * 5_500_000)
    window.view.set_input_files("#file", tmp_path / "big.docx")
    window.wait_for_status("over 10 MB")


def test_a_page_without_the_secret_is_told_so(browser: Any, page: Served) -> None:
    context = browser.new_context()
    view = context.new_page()
    view.goto(f"http://{page.host}/#wrong")
    view.locator("#status", has_text="Open the one in your terminal").wait_for()
    context.close()


def test_the_address_is_told_to_nobody(window: Window, page: Served) -> None:
    assert not any(page.secret in url for url in window.asked[1:])
    assert window.view.evaluate("[document.cookie, localStorage.length, sessionStorage.length]") == ["", 0, 0]
