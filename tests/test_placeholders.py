"""What stands in a template for words still to come, and what only looks like it."""

from __future__ import annotations

import pytest

from sos_lint import lint_text
from sos_lint.nlp.placeholders import placeholders

PLACEHOLDERS = {
    "a field": ("Dear {{first name}},", ["{{first name}}"]),
    "a merge field": ("About «Child_Name» of <<school>>", ["«Child_Name»", "<<school>>"]),
    "an instruction": ("Met on [insert date] at [Enter the place]", ["[insert date]", "[Enter the place]"]),
    "a noun": ("Name: [name of child] (<date of birth>)", ["[name of child]", "<date of birth>"]),
    "a scaffold": ("[Who] will, by [which day], [what].", ["[Who]", "[which day]", "[what]"]),
    "ruled lines": ("Signed ____ on __/__ at .......", ["____", "__", "__", "......."]),
    "spaced dots": ("Signed . . . . . here", [". . . . ."]),
    "tick boxes": ("☐ Yes ☒ No [ ] Neglect [x] Other", ["☐", "☒", "[ ]", "[x]"]),
    "Word's prompt": ("Click or tap here to enter text.", ["Click or tap here to enter text."]),
    "Word's list": ("Choose an item.", ["Choose an item."]),
}
PROSE = {
    "a word put in": "He said that [Mum] hit him",
    "sic": "He was their [sic]",
    "an ellipsis": "She waited... and then …",
    "brackets": "Tom (7) and {others}",
    "less than": "1 < 2 and 3 > 2",
    "an order": "He was told to click his fingers to enter",
    "one underscore": "file_name",
    "an initial": "[A] saw it",
    "a box that is told": "He kept it in a box [of shoes]",
}


@pytest.mark.parametrize(("text", "expected"), PLACEHOLDERS.values(), ids=PLACEHOLDERS)
def test_placeholders_are_found(text: str, expected: list[str]) -> None:
    assert [at.of(text) for at in placeholders(text)] == expected


@pytest.mark.parametrize("text", PROSE.values(), ids=PROSE)
def test_prose_is_none(text: str) -> None:
    assert placeholders(text) == ()


@pytest.mark.model
@pytest.mark.parametrize("template", ["There is {}.", "Seen: {} at home."])
def test_words_in_a_placeholder_are_never_flagged(template: str) -> None:
    assert [finding.text for finding in lint_text(template.format("neglect"))] == ["neglect"]
    for held in ("[describe any neglect]", "{{neglect}}", "«neglect»"):
        assert lint_text(template.format(held)) == ()
