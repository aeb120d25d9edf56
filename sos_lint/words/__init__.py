"""Word patterns: how they are written (`language`), where they fit (`sets`), and which to try (`seen`)."""

from sos_lint.words.language import GAP, PARTS_OF_SPEECH, Classes, Item, WordPattern, parse, words_of
from sos_lint.words.sets import PatternSet, Ready

__all__ = [
    "GAP",
    "PARTS_OF_SPEECH",
    "Classes",
    "Item",
    "PatternSet",
    "Ready",
    "WordPattern",
    "parse",
    "words_of",
]
