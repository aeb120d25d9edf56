"""The manual as a web site: it builds without a warning and without a network, its links lead somewhere, and
its pages load nothing from elsewhere.

Addresses outside it are for the reader to follow; whether they answer is not asked here.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
from commands import ROOT

from sos_lint.reporters.markdown import Headings

DOCS = ROOT / "docs"
ELSEWHERE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
IN_CSS = re.compile(r"(?:url\(|@import)\s*[\"']?(?P<address>[^\"')\s;]+)")
# What a page loads by itself, or sends to: a link is only followed by whoever clicks it.
LOADED = {"src", "srcset", "data", "poster", "action", "formaction", "background"}

OFFLINE = """
import sys
def watch(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname"):
        raise SystemExit(f"the network was asked for: {event}")
sys.addaudithook(watch)
from sphinx.cmd.build import main
sys.exit(main(sys.argv[1:]))
"""


class Page(HTMLParser):
    """What a page links to, what it loads, and the places in it that a link may name."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.places = {"", "top"}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in {"id", "name"}:
                self.places.add(value or "")
            elif name == "href" and tag == "a":
                self.links.append(value or "")
            elif name in LOADED or (name == "href" and tag not in {"a", "area"}):
                self.loads.append(value or "")
            elif name == "style":
                self.loads += IN_CSS.findall(value or "")


def pages_of(site: Path) -> list[Path]:
    """The pages; what the theme keeps beside its scripts is none."""
    return [path for path in sorted(site.rglob("*.html")) if "_static" not in path.relative_to(site).parts]


def lost_links(site: Path) -> list[str]:
    """Each link to a page, file or place of the site that is not there."""
    pages = {path.resolve(): Page(path.read_text(encoding="utf-8")) for path in pages_of(site)}
    return [
        f"{path.relative_to(site)}: {link}"
        for path, page in pages.items()
        for link in (*page.links, *page.loads)
        if not re.match(r"[a-z]+:|//", link) and not _leads_somewhere(path, link, pages)
    ]


def _leads_somewhere(path: Path, link: str, pages: dict[Path, Page]) -> bool:
    address, place = urldefrag(link)
    target = (path.parent / unquote(address.partition("?")[0])).resolve() if address else path
    if target in pages:
        return unquote(place) in pages[target].places
    return target.is_file() and not place


def loaded_from_elsewhere(site: Path) -> list[str]:
    """Each address outside the site from which a page or a style sheet takes something."""
    found = []
    for path in pages_of(site):
        found += [
            f"{path.name}: {one}" for one in Page(path.read_text("utf-8")).loads if ELSEWHERE.match(one)
        ]
    for path in site.rglob("*.css"):
        found += [
            f"{path.name}: {one}" for one in IN_CSS.findall(path.read_text("utf-8")) if ELSEWHERE.match(one)
        ]
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site. Whoever has not installed the extra `docs` need not build it; .ci/run does."""
    pytest.importorskip("myst_parser")
    pytest.importorskip("pydata_sphinx_theme")
    folder = tmp_path_factory.mktemp("manual")
    arguments = [
        "-W",
        "--keep-going",
        "-q",
        "-E",
        "-d",
        str(folder / "trees"),
        str(DOCS),
        str(folder / "site"),
    ]
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE, *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return (folder / "site").resolve()


def test_every_page_is_built(site: Path) -> None:
    pages = {path.relative_to(DOCS).with_suffix(".html") for path in DOCS.rglob("*.md")}
    built = {path.relative_to(site) for path in pages_of(site)}
    assert built == {*pages, Path("search.html")}


def test_every_link_leads_somewhere(site: Path) -> None:
    assert lost_links(site) == []


def test_nothing_is_loaded_from_elsewhere(site: Path) -> None:
    assert loaded_from_elsewhere(site) == []


def test_the_search_knows_every_page(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    for path in DOCS.rglob("*.md"):
        assert f'"{path.relative_to(DOCS).with_suffix("").as_posix()}"' in index


def test_every_page_can_be_used_by_keyboard(site: Path) -> None:
    """The first stop of the Tab key jumps over the menu, and what opens a menu or the search is a button."""
    for path in pages_of(site):
        html = path.read_text(encoding="utf-8")
        assert re.search(r"<html[^>]* lang=\"en\"", html)
        assert 'href="#main-content"' in html.partition("<nav")[0]
        assert 'id="main-content"' in html
        for what in ("primary-toggle", "search-button", "theme-switch-button"):
            assert re.search(rf"<button[^>]*class=\"[^\"]*{what}", html), (path.name, what)


def test_the_menu_lists_no_single_rule(site: Path) -> None:
    menu = (
        (site / "rules" / "acronyms.html")
        .read_text("utf-8")
        .partition("bd-docs-nav")[2]
        .partition("</nav>")[0]
    )
    assert 20 < menu.count("<a ") < 60
    assert "acronyms.html#" not in menu


# A page, and what is wrong with it.
WRONG = {
    "a page that is not there": ('<a href="b.html">', "b.html"),
    "a place that is not there": ('<p id="x"><a href="#y">', "#y"),
    "a picture that is not there": ('<img src="b.png">', "b.png"),
    "a place on another page": ('<a href="other.html#y">', "other.html#y"),
}
RIGHT = '<p id="x"><a href="#x"></a><a href="other.html?q#x"></a><a href="https://example.org"></a>'


@pytest.mark.parametrize(("html", "lost"), WRONG.values(), ids=WRONG)
def test_a_lost_link_is_seen(html: str, lost: str, tmp_path: Path) -> None:
    (tmp_path / "other.html").write_text(RIGHT)
    (tmp_path / "a.html").write_text(html)
    assert lost_links(tmp_path) == [f"a.html: {lost}"]


FROM_ELSEWHERE = {
    "a script": '<script src="https://example.org/a.js">',
    "a style sheet": '<link rel="stylesheet" href="//example.org/a.css">',
    "a font": '<p style="background: url(https://example.org/a.png)">',
    "a form": '<form action="https://example.org">',
}


@pytest.mark.parametrize("html", FROM_ELSEWHERE.values(), ids=FROM_ELSEWHERE)
def test_what_is_loaded_from_elsewhere_is_seen(html: str, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(RIGHT + html)
    assert len(loaded_from_elsewhere(tmp_path)) == 1


@pytest.mark.parametrize("css", ["@import 'https://example.org/a.css';", "src: url(//example.org/a.woff2)"])
def test_what_a_style_sheet_loads_from_elsewhere_is_seen(css: str, tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text(css)
    assert len(loaded_from_elsewhere(tmp_path)) == 1


# The pages as they are read on a code host, without being built.


def links(page: Path) -> Iterator[str]:
    text = re.sub(
        r"^```.*?^```$|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL
    )
    yield from re.findall(r"\]\((?![a-z]+:)([^)\s]+)\)", text)


def anchors(page: Path) -> set[str]:
    headings = Headings()
    titles = re.findall(
        r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S), re.M
    )
    return {headings.heading(1, title.replace("`", ""))[1] for title in titles}


@pytest.mark.parametrize("name", ["README.md", *sorted(f"docs/{path.name}" for path in DOCS.glob("*.md"))])
def test_every_link_of_a_page_leads_somewhere_in_the_repository(name: str) -> None:
    page = ROOT / name
    for link in links(page):
        address, place = urldefrag(link)
        target = (page.parent / address) if address else page
        assert target.is_file(), link
        assert not place or place in anchors(target), link
