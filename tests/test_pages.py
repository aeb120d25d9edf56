"""The catalogue as pages: current, whole, and read on GitHub as it was written in the packs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from commands import ROOT, run
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from small_packs import ACRONYM, FRAMES, PACK, QUESTIONS, RULE, compiled, rule, write_pack

from sos_lint.catalogue import Catalogue
from sos_lint.lint import shared_linter
from sos_lint.reporters.markdown import Headings, code, escaped, example, table
from sos_lint.reporters.to_pages import pages_of
from sos_lint.rule import Guard, ShortForm

FOLDER = ROOT / "docs" / "rules"
REFRESH = "run `sos-lint rules pages docs/rules` and commit what it changes"
MARKDOWN = MarkdownIt("commonmark").enable("table")


def written(catalogue: Catalogue) -> dict[str, str]:
    return pages_of(catalogue, catalogue.packs, catalogue.lexicon)


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return written(shared_linter().catalogue)


def shown(markdown: str) -> str:
    """What a reader sees of some Markdown: its words, a space for the end of a line."""
    words = []
    for token in MARKDOWN.parse(markdown):
        for child in token.children or ():
            words.append(" " if child.type == "softbreak" else child.content)
    return "".join(words)


# The committed pages


def test_the_pages_are_those_that_the_packs_make_now(pages: dict[str, str]) -> None:
    there = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*")}
    stale = sorted(name for name in pages if there.get(name) != pages[name])
    assert not stale, f"{', '.join(stale)} in docs/rules: {REFRESH}"
    left = sorted(there.keys() - pages.keys())
    assert not left, f"{', '.join(left)} in docs/rules: no pack makes this any more, so delete it"


def test_every_rule_and_meaning_stands_on_its_page(pages: dict[str, str]) -> None:
    for one in shared_linter().catalogue:
        page = pages[f"{one.pack}.md"]
        assert escaped(one.term) in page, one.id
        if isinstance(one.pattern, ShortForm):
            lost = [m.expansion for m in one.pattern.meanings if escaped(m.expansion) not in page]
            assert not lost, one.id
        lost = [question for _, question in one.ask if escaped(question) not in page]
        lost += [words for words in one.alternatives if escaped(words) not in page]
        assert not lost, one.id


def test_every_link_leads_somewhere(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        headings = Headings()
        titles = re.findall(r"^(#+) (.*)$", page, re.MULTILINE)
        anchors = {headings.heading(len(signs), shown(title) or title)[1] for signs, title in titles}
        links = re.findall(r"\]\(([^)]*)\)", page)
        lost = [link for link in links if link.removeprefix("#") not in anchors and link not in pages]
        assert not lost, f"{name}: {lost}"
        cited = set(re.findall(r"(?<=[ \]\n])\[(\d+)\]", page))
        assert cited <= set(re.findall(r"^(\d+)\. ", page, re.MULTILINE)), name


def test_the_tables_are_tables_and_nothing_is_taken_for_html(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        rows = 0
        for token in MARKDOWN.parse(page):
            assert token.type != "html_block" or re.match(r"<!--|</?details>", token.content), (name, token)
            inside = [child.content for child in token.children or () if child.type == "html_inline"]
            assert not inside, (name, inside)
            rows += token.type == "tr_open"
        lines = len(re.findall(r"^\|", page, re.MULTILINE))
        assert rows == lines - len(re.findall(r"^\| ---", page, re.MULTILINE)), name


def test_a_page_is_small_enough_for_github_to_show(pages: dict[str, str]) -> None:
    """Markdown of more than 512 KB is shown as a file to download."""
    assert max(len(page.encode()) for page in pages.values()) < 500_000


# Signs of Markdown in words


ESCAPED = {
    "a pipe": ("mum | dad", r"mum \| dad"),
    "angle brackets": ("<b>", r"\<b\>"),
    "stars and underscores": ("*a* _b_", r"\*a\* \_b\_"),
    "square brackets": ("[who]", r"\[who\]"),
    "an entity": ("&lt; & &#38;", r"\&lt; & \&#38;"),
    "a heading": ("# Neglect", r"\# Neglect"),
    "a list": ("- one", r"\- one"),
    "a number": ("1. one", r"1\. one"),
    "a year": ("2021 was dry", "2021 was dry"),
    "a hyphen inside": ("de-escalate", "de-escalate"),
    "two lines": ("one\n\n two", "one two"),
    "mathematics": ("$5 and $6", r"\$5 and \$6"),
}


@pytest.mark.parametrize(("text", "expected"), ESCAPED.values(), ids=ESCAPED)
def test_signs_are_escaped(text: str, expected: str) -> None:
    assert escaped(text) == expected


SIGNS = st.text(st.sampled_from("ab 1.)#*_`[]()<>|~\\&;-+=!:'\"$"), max_size=12)


@given(SIGNS)
def test_what_is_read_is_what_was_written(text: str) -> None:
    plain = " ".join(text.split())
    assert shown(escaped(text)) == plain
    assert shown(f"- {escaped(text)}") == plain


@given(SIGNS, SIGNS)
def test_a_cell_holds_what_was_put_into_it(one: str, other: str) -> None:
    lines = table(["one", "other"], [[escaped(f"x{one}"), escaped(f"x{other}")]])
    cells = [token.content for token in MARKDOWN.parse("\n".join(lines)) if token.type == "inline"]
    assert [shown(cell) for cell in cells[2:]] == [" ".join(f"x{text}".split()) for text in (one, other)]


@given(SIGNS)
def test_code_holds_what_was_put_into_it(text: str) -> None:
    plain = f"x{' '.join(text.split())}"
    assert shown(f"- {code(plain)}") == plain


EXAMPLES = {
    "words in bold": ("There is [[neglect]] here.", "There is **neglect** here."),
    "at the start": ("[[Neglect]]: he came hungry.", "**Neglect**: he came hungry."),
    "two of them": ("[[CIN]] and [[CP]].", "**CIN** and **CP**."),
    "a heading": ("# Neglect\n\nTom had no coat.", r"\# Neglect ↵ Tom had no coat."),
    "a tick box": ("- [ ] neglect", r"\- \[ \] neglect"),
}


@pytest.mark.parametrize(("marked", "expected"), EXAMPLES.values(), ids=EXAMPLES)
def test_an_example_shows_its_words_in_bold(marked: str, expected: str) -> None:
    assert example(marked) == expected


def test_empty_columns_are_left_out() -> None:
    rows = [["a", "", "1"], ["b", "", ""]]
    assert table(["x", "y", "z"], rows) == ["| x | z |", "| --- | --- |", "| a | 1 |", "| b |  |"]


def test_a_second_heading_of_the_same_words_has_a_number() -> None:
    headings = Headings()
    given = [headings.heading(2, title) for title in ("Harm", "harm", "Step up, step down")]
    assert given == [
        ("## Harm", "harm"),
        ("## harm", "harm-1"),
        ("## Step up, step down", "step-up-step-down"),
    ]


# A small pack, whole


MARRAM = rule(
    "marram",
    title="Marram <grass>",
    phrases=["marram", "marram | grass"],
    ask=QUESTIONS,
    scaffold=FRAMES,
    alternatives=["beach grass", "dune grass"],
    advice="Point to it.",
    gloss="Grass that holds dunes together.",
    unless=["quoted"],
    except_=["marram beetle"],
    not_before=["a|the dune"],
    examples={
        "bad": [{"text": "The [[marram]] is high.", "missing": ["impact"]}],
        "good": ["Odette said “marram”."],
    },
)
TABLE = {
    "title": "Short forms: the shore",
    "defaults": {key: value for key, value in ACRONYM.items() if key != "examples"},
    "entries": [
        {
            "short": "NNR",
            "meanings": [
                {"is": "national nature reserve", "gloss": "Land kept wild."},
                {"is": "new net rules", "near": ["nets", "boats"], "retired": True, "source": "rules"},
            ],
        },
        {"short": "SPA", "severity": "suggestion", "meanings": ["special protection area"]},
        {"short": "TWT", "why": "Nobody knows it.", "meanings": ["the wild trust"]},
    ],
    "examples": {"bad": ["An [[{short}]] form came."], "good": ["The {meaning} ({short}) form came."]},
}
SOURCES = {"guide": "A guide to dunes, https://dunes.example/guide", "rules": "The rules of nets, 1901"}


@pytest.fixture
def small(tmp_path: Path) -> dict[str, str]:
    marram = {("except" if key == "except-" else key): value for key, value in MARRAM.items()}
    about = {**PACK, "description": "Words of the shore.", "sources": SOURCES}
    return written(compiled(write_pack(tmp_path / "ours", {"marram": marram, "shore": TABLE}, about)))


def test_a_page_tells_all_of_a_pack(small: dict[str, str]) -> None:
    assert small["small.md"].split("\n") == [
        "<!-- Made by `sos-lint rules pages`, from the packs: change those, not this page. -->",
        "",
        "# Small",
        "",
        "Words of the shore. 4 rules. [All packs](README.md)",
        "",
        "## Contents",
        "",
        "- [Short forms: the shore](#short-forms-the-shore) (3)",
        r"- [Marram \<grass\>](#marram-grass)",
        "- [Sources](#sources)",
        "",
        "## Short forms: the shore",
        "",
        "`small/shore` · warning",
        "",
        "> What does “…” mean here?",
        "",
        "**Why:** Everybody can picture the same thing.",
        "",
        "**Silent where it is:** explained in the document; quoted as someone’s own words; in a line of "
        "capitals; a person’s initials; part of a number, a code or a postcode",
        "",
        "**Flagged:**",
        "",
        "- An **NNR** form came.",
        "",
        "**Passes:**",
        "",
        "- The national nature reserve (NNR) form came.",
        "",
        "| letters | stand for | in plain words | sources |",
        "| --- | --- | --- | --- |",
        "| NNR | national nature reserve | Land kept wild. | [1] |",
        "|  | new net rules *(no longer used)* *(beside: nets, boats)* |  | [2] |",
        "| SPA *(suggestion)* | special protection area |  | [1] |",
        "",
        "### TWT",
        "",
        "`small/twt`",
        "",
        "**Why:** Nobody knows it.",
        "",
        "**Finds:** TWT",
        "",
        "- the wild trust",
        "",
        "**Sources:** [1]",
        "",
        r"## Marram \<grass\>",
        "",
        "`small/marram` · warning",
        "",
        "> What does “marram” mean here?",
        "",
        "**Why:** Everybody can picture the same thing.",
        "",
        r"**Finds:** marram, marram \| grass",
        "",
        "- *What was done:* What was done?",
        "- *How often:* How often?",
        "- *The worst time:* Which time was the worst?",
        "- *What it meant for the child:* What was it like for the child?",
        "",
        r"**To fill in:** On \[when\], \[who\] \[did what\]. This was \[how often\]. The worst was \[when\]."
        r" For \[child\] it meant \[what\].",
        "",
        "**Say instead:** beach grass / dune grass. Point to it.",
        "",
        "**In plain words:** Grass that holds dunes together.",
        "",
        "**Silent where it is:** quoted as someone’s own words",
        "",
        "**Silent in:** marram beetle",
        "",
        "<details><summary>The words around it count too</summary>",
        "",
        "- passes directly before: `a|the dune`",
        "",
        "</details>",
        "",
        "**Flagged:**",
        "",
        "- The **marram** is high. *(still asks: what it meant for the child)*",
        "",
        "**Passes:**",
        "",
        "- Odette said “marram”.",
        "",
        "**Sources:** [1]",
        "",
        "## Sources",
        "",
        "1. [A guide to dunes][1]",
        "2. The rules of nets, 1901",
        "",
        "[1]: <https://dunes.example/guide>",
        "",
    ]


def test_the_index_names_each_pack_with_rules(small: dict[str, str]) -> None:
    assert sorted(small) == ["README.md", "small.md"]
    assert "## [Small](small.md)\n\nWords of the shore. 4 rules." in small["README.md"]


def test_word_lists_that_rules_go_by_are_told(tmp_path: Path) -> None:
    files = {
        "marram": rule("marram", phrases=["marram"], not_after=["<shore> _"]),
        "words": {"words": {"shore": ["dune", "<wet>"], "wet": ["pool"], "dry": ["sand"]}},
    }
    lists = written(compiled(write_pack(tmp_path / "ours", files)))["word-lists.md"]
    assert "## `<shore>`\n\n\\<wet\\>, dune\n\n## `<wet>`\n\npool\n" in lists
    assert "dry" not in lists


def test_a_pack_that_replaces_rules_of_another_has_no_page_of_its_own(tmp_path: Path) -> None:
    first = write_pack(tmp_path / "first", {"marram": rule("marram", phrases=["marram"])})
    body = rule("marram", phrases=["marram"], message="Which “{text}”?")
    second = write_pack(tmp_path / "second", {"marram": body}, {**PACK, "title": "Ours"})
    both = written(compiled(first, second))
    assert both["README.md"].count("(small.md)") == 1
    assert "Which “marram”?" in both["small.md"]


def test_every_guard_is_put_into_words() -> None:
    from sos_lint.reporters.silence import GUARDS

    assert set(GUARDS) == set(Guard)


# The command


def test_the_command_writes_the_pages_with_ones_own_pack(tmp_path: Path) -> None:
    pack = write_pack(tmp_path / "ours", {"marram": {**RULE, "id": "marram", "phrases": ["marram"]}})
    folder = tmp_path / "new" / "pages"
    ran = run("rules", "pages", folder, "--pack", pack)
    names = sorted(path.name for path in folder.iterdir())
    assert (ran.status, ran.err, ran.out) == (0, "", f"Wrote {len(names)} pages to {folder}.\n")
    assert {"README.md", "acronyms.md", "small.md"} <= set(names)


def test_a_folder_that_cannot_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ran = run("rules", "pages", tmp_path / "file")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith(f"{tmp_path / 'file'}: the page cannot be written: ")
    assert ran.err.endswith(". Choose another folder.\n")
