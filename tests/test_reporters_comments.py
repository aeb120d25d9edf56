"""Comments beside words, as the writer of the draft reads them in Word."""

from __future__ import annotations

from collections.abc import Callable

from reports import draft

from sos_lint.reporters.to_comments import comment_on


def test_comments_are_as_in_the_golden_file(check_golden: Callable[[str, str], None]) -> None:
    """Only what is still open is asked; what would help comes after."""
    said = [
        f"{one.text}\n" + "".join(f"    {line}\n" for line in comment_on(one)) for one in draft().findings
    ]
    check_golden("comments.txt", "\n".join(dict.fromkeys(said)))
