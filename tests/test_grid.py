"""A table as its reader sees it: rows that belong together, heads, and forms of labels and values."""

from __future__ import annotations

from sos_lint.document import Document
from sos_lint.nlp.grid import FORM_ROWS, Grid
from sos_lint.readers import read_bytes


def grid(text: str) -> tuple[Grid, Document]:
    document = read_bytes(text.encode(), "draft.md")
    return Grid([block for block in document.blocks if block.cell is not None]), document


def words(document: Document, blocks: list[str] | object) -> list[str]:
    return [block.at.of(document.text) for block in blocks]  # type: ignore[attr-defined]


LIST = """| Worry | Seen |
|--|--|
| neglect | no coat today |
| | no food today |
| aggression | hit Tom today |"""


def test_rows_beneath_with_an_empty_first_column_go_with_the_row_above() -> None:
    table, document = grid(LIST)
    assert words(document, table.group(3)) == ["neglect", "no coat today", "no food today"]
    assert words(document, table.group(4)) == ["aggression", "hit Tom today"]


def test_a_cell_is_headed_by_its_column() -> None:
    table, document = grid(LIST)
    cell = next(block for block in table.blocks if block.at.of(document.text) == "no food today")
    assert words(document, table.heads(cell)) == ["Seen"]


def test_a_value_is_headed_by_its_label() -> None:
    table, document = grid("| Worry | Neglect |\n|--|--|\n| How often | twice since May |")
    cell = next(block for block in table.blocks if block.at.of(document.text) == "twice since May")
    assert words(document, table.heads(cell)) == ["Neglect", "How often"]
    assert table.is_form


def test_a_long_table_of_two_columns_is_a_list_of_cases() -> None:
    rows = "\n".join("| How often | twice since May |" for _ in range(FORM_ROWS + 1))
    assert not grid("| Worry | Neglect |\n|--|--|\n" + rows)[0].is_form
