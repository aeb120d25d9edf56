"""Token and dependency patterns, run by spaCy's own matchers over the sentences that hold an anchor."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sos_lint.fold import fold
from sos_lint.nlp.grammar import Need, Reading, blank
from sos_lint.rule import DependencyPatterns, Rule, TokenPatterns
from sos_lint.text import Range
from sos_lint.words import GAP, Item, WordPattern, words_of

if TYPE_CHECKING:
    from spacy.matcher import DependencyMatcher, Matcher
    from spacy.tokens import Span
    from spacy.vocab import Vocab

_ASKS_TAGS = frozenset({"POS", "TAG", "MORPH"})
_ASKS_TREES = frozenset({"DEP", "LEMMA"})
_TAGS = {
    "noun": frozenset({"NOUN", "PROPN"}),
    "verb": frozenset({"VERB", "AUX"}),
    "adjective": frozenset({"ADJ"}),
    "adverb": frozenset({"ADV"}),
}


def need_of(rule: Rule) -> Need | None:
    """The grammar that a rule's own pattern needs, if any (its conditions are asked elsewhere)."""
    if isinstance(rule.pattern, DependencyPatterns):
        return Need.TREES
    tokens = rule.pattern.patterns if isinstance(rule.pattern, TokenPatterns) else ()
    keys = {key for pattern in tokens for token in pattern for key in token}
    if keys & _ASKS_TREES:
        return Need.TREES
    return Need.TAGS if keys & _ASKS_TAGS else None


def tokenized(text: str, sentence: Range) -> Reading:
    """A sentence as tokens without grammar."""
    return Reading(blank()(sentence.of(text)), sentence.start)


def has_part_of_speech(wanted: str, reading: Reading, at: Range) -> bool:
    """True when the deciding word of a match is of that part of speech.

    That word is the last of a noun, adjective or adverb phrase and the first of a verb phrase.
    """
    span = reading.span(at)
    if span is None:
        return False
    return span[0 if wanted == "verb" else -1].pos_ in _TAGS[wanted]


def _tokens(word: str) -> list[dict[str, Any]]:
    """A folded word or phrase as spaCy cuts it, with either apostrophe and with or without hyphens."""
    tokens: list[dict[str, Any]] = []
    for token in blank()(word):
        tokens.append({"LOWER": {"IN": [token.text, token.text.replace("'", "\u2019")]}})
        if token.whitespace_:
            tokens.append({"ORTH": {"IN": ["-", "\u2010", "\u2011"]}, "OP": "?"})
    return tokens


class Matchers:
    """spaCy's matchers for rules and word patterns, made when first needed, one for each vocabulary."""

    def __init__(self, classes: Mapping[str, tuple[str, ...]]) -> None:
        self._classes = classes
        self._made: dict[tuple[str, Vocab], Matcher] = {}
        self._made_for_trees: dict[tuple[str, Vocab], DependencyMatcher] = {}

    def places(self, rule: Rule, reading: Reading, sentence: Range) -> Iterator[Range]:
        """Where a rule's token or dependency patterns hold in a sentence; of overlapping ones the longest."""
        from spacy.util import filter_spans

        inside = reading.span(sentence)
        if inside is None:
            return
        spans: list[Span] = []
        if isinstance(rule.pattern, TokenPatterns):
            spans = [
                inside[start:end]
                for _, start, end in self._token_matcher(rule, rule.pattern, inside.vocab)(inside)
            ]
        elif isinstance(rule.pattern, DependencyPatterns):
            # The matcher reads a whole Doc; nodes outside the sentence are another sentence's business.
            found = self._dependency_matcher(rule, rule.pattern, inside.vocab)(inside.doc)
            heads = [nodes[0] for _, nodes in found if inside.start <= nodes[0] < inside.end]
            spans = [inside.doc[head : head + 1] for head in heads]
        for span in filter_spans(spans):
            yield Range(reading.start + span.start_char, reading.start + span.end_char)

    def stands_before(self, pattern: WordPattern, reading: Reading, at: Range, sentence: Range) -> bool:
        """True when the pattern fits the tokens that follow a match directly."""
        span, inside = reading.span(at), reading.span(sentence)
        after = span.doc[span.end : inside.end] if span is not None and inside is not None else None
        return bool(after) and any(start == 0 for start, _ in self._words(pattern, after))

    def stands_after(self, pattern: WordPattern, reading: Reading, at: Range, sentence: Range) -> bool:
        """True when the pattern fits the tokens directly before a match."""
        span, inside = reading.span(at), reading.span(sentence)
        before = span.doc[inside.start : span.start] if span is not None and inside is not None else None
        return bool(before) and any(end == len(before or ()) for _, end in self._words(pattern, before))

    def stands_near(self, pattern: WordPattern, reading: Reading, at: Range, sentence: Range) -> bool:
        """True when the pattern fits somewhere in the sentence beside a match."""
        span, inside = reading.span(at), reading.span(sentence)
        if span is None or inside is None:
            return False
        doc = span.doc
        return any(
            self._words(pattern, part)
            for part in (doc[inside.start : span.start], doc[span.end : inside.end])
        )

    def _words(self, pattern: WordPattern, span: Span | None) -> list[tuple[int, int]]:
        if span is None:
            return []
        from spacy.matcher import Matcher

        key = (pattern.written, span.vocab)
        if key not in self._made:
            made = Matcher(span.vocab)
            choices = itertools.product(*map(self._choices, pattern.items))
            made.add("words", [list(itertools.chain(*chosen)) for chosen in choices])
            self._made[key] = made
        return [(start, end) for _, start, end in self._made[key](span)]

    def _choices(self, item: Item) -> list[list[dict[str, Any]]]:
        """What may stand in the place of an item: each choice is a run of tokens."""
        if item.gap:
            return [[{"OP": f"{{0,{GAP}}}"}]]
        words = [*item.literals, *(fold(word) for word in words_of(item, self._classes))]
        choices = [_tokens(word) for word in words]
        choices += [[{"LOWER": {"REGEX": f"^{re.escape(start)}"}}] for start in item.starts]
        if item.parts_of_speech:
            choices.append([{"POS": {"IN": list(item.parts_of_speech)}}])
        if "number" in item.classes:
            choices.append([{"IS_DIGIT": True}])
        if item.anything:
            choices.append([{"IS_PUNCT": False}])
        return [*choices, []] if item.optional else choices

    def _token_matcher(self, rule: Rule, pattern: TokenPatterns, vocab: Vocab) -> Matcher:
        from spacy.matcher import Matcher

        key = (rule.id, vocab)
        if key not in self._made:
            made = Matcher(vocab)
            made.add(rule.id, [[dict(token) for token in one] for one in pattern.patterns], greedy="LONGEST")
            self._made[key] = made
        return self._made[key]

    def _dependency_matcher(self, rule: Rule, pattern: DependencyPatterns, vocab: Vocab) -> DependencyMatcher:
        from spacy.matcher import DependencyMatcher

        key = (rule.id, vocab)
        if key not in self._made_for_trees:
            made = DependencyMatcher(vocab)
            made.add(rule.id, [[dict(node) for node in one] for one in pattern.patterns])
            self._made_for_trees[key] = made
        return self._made_for_trees[key]
