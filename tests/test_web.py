"""The local page without a browser: who may ask, how much, and what comes of it."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from urllib.parse import unquote

import docx
import pytest
from commands import ROOT, run
from word_files import saved

pytest.importorskip("starlette")
pytest.importorskip("uvicorn")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")

from web_page import Served, served  # noqa: E402

from sos_lint.lint import shared_linter  # noqa: E402
from sos_lint.readers import read_bytes  # noqa: E402

NOTE = "There is neglect in the home. The CIN plan is in May. It is often so: dad hits Tom."


@pytest.fixture(scope="module")
def page() -> Iterator[Served]:
    with served() as one:
        yield one


def test_it_is_reached_from_this_computer_alone(page: Served) -> None:
    assert page.host.startswith("127.0.0.1:")
    port = int(page.host.partition(":")[2])
    others = {info[4][0] for info in socket.getaddrinfo(socket.gethostname(), port, socket.AF_INET)}
    for other in others - {"127.0.0.1"}:
        with socket.socket() as line:
            line.settimeout(2)
            if not str(other).startswith("127."):
                assert line.connect_ex((other, port)) != 0


def test_every_answer_says_what_a_browser_may_not(page: Served) -> None:
    answers = [
        page.send("GET", "/"),
        page.send("GET", "/page/main.js"),
        page.send("GET", "/page/..%2fapp.py"),
        page.send("GET", "/nowhere"),
        page.ask("check", {"text": NOTE}),
        page.ask("check", {"text": NOTE}, X_Sos_Lint="wrong"),
    ]
    assert [answer.status for answer in answers] == [200, 200, 404, 404, 200, 403]
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy and "http" not in policy and "*" not in policy
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "access-control-allow-origin" not in answer.headers
        assert "set-cookie" not in answer.headers and "server" not in answer.headers


def test_the_page_is_whole_and_asks_nobody_else(page: Served) -> None:
    folder = ROOT / "sos_lint" / "web" / "page"
    for file in folder.iterdir():
        answer = page.send("GET", f"/page/{file.name}")
        assert (answer.status, answer.body) == (200, file.read_bytes())
        text = answer.body.decode().replace("http://www.w3.org/2000/svg", "")
        assert "http:" not in text and "https:" not in text and "//cdn" not in text
        for sink in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "localStorage",
        ):
            assert sink not in text
    index = (folder / "index.html").read_text(encoding="utf-8")
    assert "<style" not in index and "style=" not in index and "onclick" not in index
    assert index.count("<script") == index.count('<script type="module" src="/page/')


# A request from elsewhere: what another page, a name that leads here, or another program would send.
FOREIGN = {
    "a name that leads here": {"Host": "evil.example"},
    "a name that leads here, with the port": {"Host": "evil.example:80"},
    "no host": {"Host": ""},
    "another origin": {"Origin": "http://evil.example"},
    "another port": {"Origin": "http://127.0.0.1:1"},
    "an origin without a name": {"Origin": "null"},
    "no origin": {"Origin": ""},
    "another site": {"Sec-Fetch-Site": "cross-site"},
    "another port of this computer": {"Sec-Fetch-Site": "same-site"},
    "a wrong secret": {"X-Sos-Lint": "x" * 43},
    "no secret": {"X-Sos-Lint": ""},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN)
def test_nobody_else_may_ask(page: Served, headers: dict[str, str]) -> None:
    given = {"Host": page.host, "Origin": f"http://{page.host}", "X-Sos-Lint": page.secret, **headers}
    answer = page.send("POST", "/do/check", json.dumps({"text": NOTE}).encode(), **given)
    assert answer.status in (400, 403)
    assert b"neglect" not in answer.body


def test_the_secret_is_another_each_time(page: Served) -> None:
    with served() as other:
        assert other.secret != page.secret and len(other.secret) >= 43
        assert other.ask("check", {"text": NOTE}, X_Sos_Lint=page.secret).status == 403


def test_a_text_is_read(page: Served) -> None:
    told = page.ask("check", {"text": NOTE, "draft": "one"}).told
    assert [card["words"] for card in told["cards"]] == ["neglect", "CIN", "often"]
    neglect, cin, often = told["cards"]
    assert NOTE[slice(*neglect["at"])] == "neglect"
    assert [ask["part"] for ask in neglect["asks"]] == ["behaviour", "frequency", "worst", "impact"]
    assert cin["choices"][0]["words"] == "child in need" and cin["choices"][0]["note"]
    assert often["kind"] == "vague-frequency"
    assert {one["kind"]: one["count"] for one in told["counts"]} == {
        "acronym": 1, "broad-term": 1, "vague-frequency": 1
    }  # fmt: skip


def test_what_is_told_is_ticked(page: Served) -> None:
    text = "Neglect: on four mornings in May Tom came to school without breakfast."
    (card,) = page.ask("check", {"text": text}).told["cards"]
    assert {ask["part"]: bool(ask["told"]) for ask in card["asks"]} == {
        "behaviour": True, "frequency": True, "worst": False, "impact": False
    }  # fmt: skip
    assert "four mornings in May" in card["asks"][1]["told"]


def changed(page: Served, text: str, number: int, decision: dict[str, object]) -> str:
    """The text after a decision on one of its places."""
    card = page.ask("check", {"text": text, "draft": "c"}).told["cards"][number]
    told = page.ask("change", {"text": text, "draft": "c", "id": card["id"], "decision": decision}).told
    units = text.encode("utf-16-le")
    for hunk in reversed(told["hunks"]):
        start, end = (2 * at for at in hunk["at"])
        units = units[:start] + hunk["words"].encode("utf-16-le") + units[end:]
    return units.decode("utf-16-le")


# The text, the number of its place, what is decided, and the text afterwards.
DECISIONS = {
    "an answer": (
        "There is neglect.  It is cold.",
        {"is": "told", "answers": {"behaviour": "Mum left Tom without tea"}},
        "There is neglect. Mum left Tom without tea.  It is cold.",
    ),
    "behind wide signs": (
        "😀😀 There is neglect.\n\n😀 The end.",
        {"is": "told", "answers": {"frequency": "every day since May"}},
        "😀😀 There is neglect. This has happened every day since May.\n\n😀 The end.",
    ),
    "spelt out": (
        "He is on a CIN plan.",
        {"is": "spelt", "words": "child in need"},
        "He is on a child in need plan.",
    ),
    "other words": (
        "Contact with dad is on Fridays.",
        {"is": "instead", "words": "time with my family"},
        "Time with my family with dad is on Fridays.",
    ),
    "no words": ("There is neglect.", {"is": "told", "answers": {"behaviour": " "}}, "There is neglect."),
}


@pytest.mark.parametrize(("text", "decision", "after"), DECISIONS.values(), ids=DECISIONS)
def test_a_decision_is_written_in(page: Served, text: str, decision: dict[str, object], after: str) -> None:
    assert changed(page, text, 0, decision) == after


def test_a_scaffold_is_put_behind_its_sentence(page: Served) -> None:
    after = changed(page, "There is neglect in the home. Tom is 7.", 0, {"is": "scaffold"})
    assert after.startswith("There is neglect in the home. [Who] [did or did not do what] for ")
    assert after.endswith(" Tom is 7.")


def test_a_form_is_shown_in_its_columns(page: Served) -> None:
    told = page.ask("form", {"text": (ROOT / "examples" / "safer-draft.md").read_text(encoding="utf-8")}).told
    assert told["form"]["title"] == "SAFER referral"
    assert [section["state"] for section in told["form"]["sections"]].count("filled") == 4
    assert told["form"]["sections"][0]["pieces"]
    blank = page.ask("form", {"text": "Tom is 7."}).told
    assert blank["form"] is None and "What's working well?" in blank["blank"]
    assert page.ask("form", {"text": blank["blank"]}).told["form"]["columns"] is True


def test_a_reader_is_told_what_words_mean_and_what_to_ask(page: Served) -> None:
    told = page.ask("received", {"text": NOTE}).told
    pieces = [piece for block in told["blocks"] for piece in block["pieces"]]
    assert "".join(piece if isinstance(piece, str) else piece["words"] for piece in pieces) == NOTE
    explained = {piece["words"]: piece for piece in pieces if isinstance(piece, dict)}
    assert explained["CIN"]["lead"] == "stands for" and explained["CIN"]["means"]
    assert explained["neglect"]["questions"] and explained["neglect"]["number"] == 1


def test_the_family_gets_the_words_in_order(page: Served) -> None:
    told = page.ask("family", {"text": "Contact is on Friday. The CIN plan is in May."}).told
    assert [term["words"] for term in told["terms"]] == ["CIN", "Contact"]
    assert all(term["means"] for term in told["terms"])


@pytest.fixture(scope="module")
def word() -> bytes:
    return (ROOT / "examples" / "referral.docx").read_bytes()


def test_a_word_file_is_read_with_what_its_lines_are(page: Served, word: bytes) -> None:
    told = page.ask("open", {"name": "referral.docx"}, word).told
    document = read_bytes(word, "referral.docx")
    assert told["text"] == document.text
    assert len(told["lines"]) == len(document.blocks) == len(told["text"].split("\n"))
    cards = page.ask("check", told).told["cards"]
    found = [finding.text for finding in shared_linter().lint(document)]
    assert [card["words"] for card in cards if not card["done"]] == found


def comments_in(data: bytes) -> int:
    with zipfile.ZipFile(BytesIO(data)) as file:
        return file.read("word/document.xml").count(b"commentReference ")


def test_the_dropped_file_comes_back_with_comments_and_changes(page: Served, word: bytes) -> None:
    told = page.ask("open", {"name": "referral.docx"}, word).told
    plain = page.ask("annotate", {**told, "name": "referral.docx"}, word)
    assert json.loads(unquote(plain.headers["x-about"]))["saved"] == "referral-with-questions.docx"
    assert read_bytes(plain.body, "a.docx").text == told["text"]
    assert comments_in(plain.body) > 5

    mended = told["text"].replace("neglect", "cold")
    copy = page.ask("annotate", {**told, "text": mended, "name": "referral.docx"}, word)
    assert read_bytes(copy.body, "a.docx").text == mended
    assert comments_in(copy.body) == len(shared_linter().lint(read_bytes(copy.body, "a.docx")))
    assert comments_in(copy.body) < comments_in(plain.body)

    longer = told["text"] + "\nA new paragraph."
    fresh = page.ask("annotate", {**told, "text": longer, "name": "referral.docx"}, word)
    assert read_bytes(fresh.body, "a.docx").text == longer
    assert "a new one" in json.loads(unquote(fresh.headers["x-about"]))["says"]


def test_pasted_text_becomes_a_word_file_with_comments(page: Served) -> None:
    copy = page.ask("annotate", {"text": NOTE}, b"")
    assert read_bytes(copy.body, "a.docx").text == NOTE
    assert comments_in(copy.body) == 3
    assert json.loads(unquote(copy.headers["x-about"]))["saved"] == "text-with-questions.docx"


# What cannot be done: the piece of work, what is told, the file, the status, and a word of the answer.
REFUSED = {
    "a paste of 10 MB": ("check", {"text": "a" * 10_500_000}, None, 422, "350 pages"),
    "a request of 17 MB": ("check", {"text": "a" * 17_000_000}, None, 413, "350 pages"),
    "a file of 10 MB": ("open", {"name": "a.docx"}, b"PK" * 5_500_000, 422, "10 MB"),
    "a picture": ("open", {"name": "a.png"}, b"\x89PNG", 422, "cannot be read"),
    "a broken Word file": ("open", {"name": "a.docx"}, b"PK\x03\x04 no", 422, "."),
    "an empty file": ("open", {"name": "a.txt"}, b"", 422, "empty"),
    "a table": ("open", {"name": "notes.csv"}, b"note\nTom", 422, "table"),
    "no text": ("check", {}, None, 422, "sos-lint"),
    "no such place": ("change", {"text": NOTE, "id": "x", "decision": {}}, None, 422, "once more"),
    "nonsense": ("check", ["a"], None, 400, "understood"),
    "a frame that lies": ("open", 7, b"", 400, "understood"),
}


@pytest.mark.parametrize(("name", "told", "file", "status", "says"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_done_is_said_kindly(
    page: Served, name: str, told: object, file: bytes | None, status: int, says: str
) -> None:
    try:
        answer = page.ask(name, told, file)
    except (BrokenPipeError, ConnectionResetError):  # it did not wait for the rest
        assert status == 413
    else:
        assert answer.status == status
        assert says in answer.told["fault"] and "Tom" not in answer.told["fault"]
    assert page.ask("check", {"text": NOTE}).status == 200


HOSTILE = {
    "markup": "<script>alert(1)</script><img src=x onerror=alert(1)> neglect",
    "bidi": "\u202eneglect\u202c \u2066CIN\u2069",
    "half a sign": "\ud800 CIN \udc00",
    "nul": "a\0b CIN\0",
    "a million lines": "a\n" * 500_000,
    "brackets": "[(" * 200_000,
    "one long word": "a" * 900_000,
    "white space": " \t\u00a0\u200b" * 200_000,
    "quotes": "“" * 300_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pastes_are_read_like_any_other(page: Served, text: str) -> None:
    answer = page.ask("check", {"text": text})
    assert answer.status == 200
    for card in answer.told["cards"]:
        assert not set(card["words"] + card["message"]) & set("\u202e\u2066\0\ud800")


def test_fifty_people_paste_at_once(page: Served) -> None:
    def paste(number: int) -> tuple[int, int]:
        answer = page.ask("check", {"text": f"Note {number}. {NOTE}", "draft": f"p{number}"})
        return answer.status, len(answer.told["cards"])

    with ThreadPoolExecutor(50) as people:
        assert set(people.map(paste, range(50))) == {(200, 3)}


def test_ctrl_c_ends_it_and_nothing_is_left(tmp_path: Path) -> None:
    """Neither a word of the text nor a file beside the compiled rules; and no process."""
    home = tmp_path / "home"
    home.mkdir()
    env = {
        "HOME": str(home),
        "TMPDIR": str(home),
        "XDG_CACHE_HOME": str(home),
        "SOS_LINT_CACHE": str(home / "c"),
    }
    with served(cwd=home, env=env) as page:
        assert page.ask("check", {"text": "There is neglect in Zanzibarville."}).status == 200
        assert page.ask("annotate", {"text": "There is neglect in Zanzibarville."}, b"").status == 200
        children = [
            int(path.parent.name)
            for path in Path("/proc").glob("[0-9]*/stat")
            if path.read_text().rpartition(")")[2].split()[1] == str(page.process.pid)
        ]
        status, out, err = page.end()
    assert (status, err) == (0, "")
    assert out.strip() == "Ended. Nothing was kept."
    for _ in range(50):
        if not any(is_running(child) for child in children):
            break
        time.sleep(0.1)
    assert not any(is_running(child) for child in children)
    kept = [path for path in home.rglob("*") if path.is_file()]
    assert all(path.suffix == ".packs" for path in kept)
    assert not any(b"Zanzibarville" in path.read_bytes() for path in kept)


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"


def test_a_port_that_is_taken_is_said(page: Served) -> None:
    ran = run("serve", "--no-browser", "--port", page.host.partition(":")[2])
    assert ran.status == 2
    assert "used by another program" in ran.err


def test_the_settings_of_the_folder_hold(tmp_path: Path) -> None:
    (tmp_path / ".sos-lint.yml").write_text("ignore: [broad-terms/neglect]\nservice: early-help\n")
    with served(cwd=tmp_path) as page:
        assert [card["words"] for card in page.ask("check", {"text": NOTE}).told["cards"]] == ["CIN", "often"]
        assert page.ask("choices", {}).told["service"] == "early-help"


def test_a_word_file_of_headings_and_tables_is_made(page: Served) -> None:
    """What python-docx reads of the file is what stood in the table."""
    draft = docx.Document()
    draft.add_heading("Plan", 1)
    table = draft.add_table(2, 2)
    for number, words in enumerate(("One", "Two", "There is neglect.", "Four")):
        table.cell(number // 2, number % 2).text = words
    told = page.ask("open", {"name": "a.docx"}, saved(draft)).told
    copy = page.ask("annotate", {**told, "name": "a.pdf"}, b"")
    made = docx.Document(BytesIO(copy.body))
    assert made.paragraphs[0].style is not None and made.paragraphs[0].style.name == "Heading 1"
    rows = [[cell.text for cell in row.cells] for row in made.tables[0].rows]
    assert rows == [["One", "Two"], ["There is neglect.", "Four"]]
