"""How hard a document is to read: counts of its prose, taken only where a run asks for statistics.

The reading age comes from the Automated Readability Index, which needs letters, words and sentences and no
syllables: R. J. Senter and E. A. Smith, "Automated Readability Index", AMRL-TR-66-220, Wright-Patterson Air
Force Base 1967. See `report.Readability`; docs/dependencies.md says why no library does this.
"""

from __future__ import annotations

from sos_lint.document import BlockKind, Document
from sos_lint.nlp.sentences import Sentences, words_in
from sos_lint.report import Readability

# https://insidegovuk.blog.gov.uk/2014/08/04/sentence-length-why-25-words-is-our-limit/
LONG = 25  # words of a sentence; what is longer is hard to follow
SHORTEST = 3  # words of a sentence: what is shorter is a label, a date or a name

_PROSE = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.TABLE_CELL, BlockKind.QUOTATION})


def measure(document: Document, sentences: Sentences) -> Readability:
    """The counts of a document's sentences, without headings, labels and tick boxes."""
    ranges = (
        at
        for block in document.blocks
        if block.kind in _PROSE
        for at in sentences.split(document.text, block.at)
    )
    counted = [words for at in ranges if len(words := words_in(at.of(document.text))) >= SHORTEST]
    return Readability(
        sentences=len(counted),
        words=sum(map(len, counted)),
        letters=sum(char.isalnum() for words in counted for word in words for char in word),
        long_sentences=sum(len(words) > LONG for words in counted),
    )
