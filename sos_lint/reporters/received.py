"""How a place is told to whoever received a document, in every report that people read."""

from __future__ import annotations

from sos_lint.received import Explanation

MAY_ASK = "You may ask:"
CLEAR = "We found no words that need explaining. You may ask about anything all the same."


def heading(path: str) -> str:
    """What stands over a document's explanations."""
    return f"{path}: what the words mean, and what you may ask"


def means(one: Explanation) -> str:
    """What the words mean, or why that is not clear."""
    if one.means:
        listed = "; or: ".join(meaning.rstrip(".") for meaning in one.means)
        return f"“{one.text}” {one.lead}: {listed}."
    return one.says
