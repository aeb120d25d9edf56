"""What the words end in that may lead a match ("has been" of "has been moved").

Most words that must be led are not ("they moved house"). Whoever knows these endings sees that at once, with
no sentence read; whether what ends so does lead is for `nlp.conditions` to say.
"""

from __future__ import annotations

from collections.abc import Iterable

from sos_lint.fold import fold
from sos_lint.words import Classes, Item, parse, words_of
from sos_lint.words.language import NUMBER


def endings(written: Iterable[str], classes: Classes) -> tuple[str, ...]:
    """Of which folded text must end in one for any of these word patterns to end with it; none at all where
    that cannot be said.
    """
    found: set[str] = set()
    for one in written:
        for item in reversed(parse(one).items):
            if _is_loose(item):
                return ()
            found |= {*item.literals, *map(fold, words_of(item, classes))}
            if not item.optional:
                break
    return tuple(
        sorted(word for word in found if not any(word != end and word.endswith(end) for end in found))
    )


def _is_loose(item: Item) -> bool:
    """True where more fits than can be listed."""
    loose = item.gap or item.anything or item.starts or item.parts_of_speech
    return bool(loose) or NUMBER in item.classes
