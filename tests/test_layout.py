"""A document that is had again from its file and its layout is the one that was read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_lint.layout import Layout
from sos_lint.readers import characters, read_bytes
from sos_lint.text import Range

TEXTS = {
    "paragraphs.txt": "Zephyrine had tea.\nThen she slept.\n\nHer gran  came\tlate.\n",
    "marked.md": "# Tea\n\nShe *had* tea,\r\nand **two** cakes.\n\n- one\n- two\n\n> “No,” she said.\n",
    "table.md": "| who | what |\n|---|---|\n| Gran | had tea |\n\nThat was *all*.\n",
    "wide.txt": "Zephyrine’s gran – 界 – had tea.",
    "page.html": "<h1>Tea</h1><p>She <b>had</b>\n tea.</p><ul><li>one<li>two</ul>",
}


def again(text: str, name: str) -> tuple[object, object] | None:
    """The document as it is read, and as its layout gives it, which was kept as JSON; None without one."""
    data = text.encode()
    document, source = read_bytes(data, name), characters(data)
    assert source is not None
    layout = Layout.of(document, source)
    if layout is None:
        return None
    kept = Layout(*json.loads(json.dumps(layout)))
    made = kept.document(name, source)
    ranges = [Range(i, j) for i in range(0, len(document.text), 3) for j in (i, i + 1, len(document.text))]
    assert [made.place(at) for at in ranges] == [document.place(at) for at in ranges]
    assert [made.source_map.is_verbatim(at) for at in ranges] == [
        document.source_map.is_verbatim(at) for at in ranges
    ]
    assert made.folded == document.folded
    assert made.source_map.segments == document.source_map.segments
    first, second = ((one.name, one.text, one.blocks, one.source, one.marks) for one in (document, made))
    return first, second


@pytest.mark.parametrize(("name", "text"), TEXTS.items(), ids=TEXTS)
def test_a_document_is_had_again(name: str, text: str) -> None:
    pair = again(text, name)
    assert pair is not None
    assert pair[0] == pair[1]


@given(st.text("ab *_#>|-`&<\n\t\u00a0é", max_size=60), st.sampled_from(["a.md", "a.txt"]))
def test_what_has_a_layout_is_had_again(text: str, name: str) -> None:
    pair = again(f"x {text}", name)
    assert pair is None or pair[0] == pair[1]


WITHOUT = {
    "a link": ("a.md", "She had [tea](http://tea.example)."),
    "an entity": ("a.md", "Tea &amp; cake."),
    "a remark": ("a.md", "Tea. <!-- sos-lint: ignore jargon -- quoted -->"),
    "an abbreviation": ("a.md", "The CIN plan.\n\n*[CIN]: Child in Need\n"),
}


@pytest.mark.parametrize(("name", "text"), WITHOUT.values(), ids=WITHOUT)
def test_what_could_only_be_told_with_words_has_none(name: str, text: str) -> None:
    assert again(text, name) is None


def test_bytes_that_are_no_text_have_no_characters() -> None:
    assert characters(b"\x00\x01\x02\x03" * 9) is None


def test_a_layout_holds_numbers_alone() -> None:
    for name, text in TEXTS.items():
        layout = Layout.of(read_bytes(text.encode(), name), text)
        assert layout is not None
        kept = json.dumps(layout)
        assert not set(kept) - set("0123456789[], ")
