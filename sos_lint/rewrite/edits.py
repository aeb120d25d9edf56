"""The edits of a match: a short form spelt out at its first use, and plain swaps that keep the grammar.

An edit that might corrupt a sentence is not made: the finding stands without one.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from sos_lint.document import Block, Document
from sos_lint.finding import Edit
from sos_lint.fold import fold
from sos_lint.kinds import Safety
from sos_lint.memory import Memory
from sos_lint.nlp.acronyms import key_of
from sos_lint.packs.inflect import plural_of
from sos_lint.rewrite.fitting import (
    Around,
    around,
    begins_sentence,
    capitalised,
    has_determiner,
    in_capitals,
    instead,
    repeats,
)
from sos_lint.rule import KnownMeaning, Match, Rule, ShortForm
from sos_lint.text import Range

_JOINED_BEFORE = re.compile(r"[\w/&+\\_'’-]\Z")
_JOINED_AFTER = re.compile(r"[\w/&+\\_-]|['’](?!s\b)|['’]s['’\w]|\.\w")
_POSSESSIVE = re.compile(r"['’]s\b")
_UNFIT = re.compile(r"[()\[\]/;:]")
# After these a noun would want an article: "Tom is CIN" does not become "Tom is child in need".
_IS = re.compile(
    r"\b(?:is|was|are|were|be|been|being|becom\w+|became|remain\w*|now|still|not|currently|previously|as"
    r"|made) \Z"
)
_NOUN_FOLLOWS = re.compile(
    r" (?!(?:and|or|but|if|when|while|since|by|in|on|at|to|of|for|from|with|within|before|after|under|until"
    r"|as|due|about|because|so|then|the|an?|he|she|they|we|you|who|which|that|this|last|next|is|was|are|were"
    r"|has|have|had|will|would|can|could|should|must|may|again|also|too|not|now|soon|yet|today|yesterday"
    r"|tomorrow|regarding)\b)[a-z]"
)
# A body or officer of which a family has one: "told MASH" becomes "told the multi-agency … hub".
_OFFICE = re.compile(
    r"\b(?:hub|team|authority|board|department|officer|court|panel|service|unit|centre|point of contact|act"
    r"|act \d{4}|office|agency)\Z"
)
_WANTS_THE = re.compile(
    r"\b(?:to|from|by|with|at|for|of|via|through|into|under|ring|rang|call|called|tell|told|ask|asked|phone|phoned"
    r"|email|emailed|contact|contacted|inform|informed|notify|notified|consult|consulted|alert|alerted|update"
    r"|updated) \Z",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r" (?:is|was|has|had|have|will|would|can|could|should|must|may|did|does|said|told|asked|agreed|advised"
    r"|confirmed|attended|visited|wrote|called|rang|decided|informed|notified|contacted|also)\b"
)
# Words with a tail ("gap in the evidence") stand only where nothing hangs on them: not before "report".
_TRAILS = re.compile(
    r" (?:of|in|for|with|to|at|by|from|on|under|against|after|before|about|between|who|that|which|where) "
)
_ENDS_THERE = re.compile(
    r"[^\w\s'’-]|\Z|,? (?:[^\w\s]|(?:and|or|but|nor|so|if|because|when|while|since|until|before|after|who"
    r"|which|that|is|was|are|were|has|have|had|will|would|can|could|may|might|must|should|do|does|did|in|on|at"
    r"|by|as|he|she|they|we|I|it|today|yesterday|now|again|twice)\b)"
)
# A short form stands for these words: "child protection conference (CPC)", "CPC (…", "CPC means …".
_SHORT = r"[\"'“‘]?[A-Z][\w&./-]*[A-Z][\w&./-]*[\"'”’]?"
_SHORT_AFTER = re.compile(rf"(?: [\w'’-]+){{0,4}} [(\[](?:or |the )?{_SHORT}[)\]]")
_SHORT_BEFORE = re.compile(
    rf"{_SHORT},? (?:[(\[][^)\]]{{0,60}}|(?:which )?(?:means|stands for) [^.]{{0,60}})\Z"
    rf"|\A{_SHORT} ?[:–—=-] [^.;]{{0,60}}\Z"
)
_BARE = re.compile(r"\b(?:on|in|at|of|for|from|by|with|under|as|during|after|before|since) \Z")
_STOPS = re.compile(r"(?: [\"'“‘(\[]?[A-Z0-9]|[\"'”’)\]]*\Z)")
_FEW = 2  # letters that many a thing may be called by
_NOUN_WORDS = 3  # at the end of a meaning, that may also follow the short form ("CIN plan")


def with_edits(
    matches: Iterable[Match], document: Document, memory: Memory | None = None
) -> Iterator[tuple[Match, tuple[Edit, ...]]]:
    """Each match, which are in order, with its edits; of a short form only the first use has any.

    `memory` is that of the version before.
    """
    seen: set[str] = set()
    for match in matches:
        short = isinstance(match.rule.pattern, ShortForm)
        later = short and match.rule.id in seen
        again = short and not later and used_again(document, match.at)
        yield match, () if later else edits_for(match, document, again, memory)
        seen.add(match.rule.id)


def edits_for(
    match: Match, document: Document, again: bool, memory: Memory | None = None
) -> tuple[Edit, ...]:
    """What may stand in the place of a match; none where nothing surely may.

    For a short form the match is its first use; `again` when it is used later.
    """
    if match.right:  # what the service calls it
        edit: Edit | None = Edit(match.at, match.right, Safety.REVIEW, document.place(match.at))
    else:
        edit = _recalled(match, document, again, memory)
    if edit is None or not document.source_map.is_verbatim(edit.at):
        return ()
    return () if any(sign in edit.replacement for sign in document.barred) else (edit,)


def _recalled(match: Match, document: Document, again: bool, memory: Memory | None) -> Edit | None:
    """The edit of a match: the one of the version before, where nothing that it hangs on has changed."""
    if memory is not None and not isinstance(match.rule.pattern, ShortForm):
        known: tuple[Match, Edit | None] | None = memory.recall(("edit", id(match)))
        if known is not None and known[0] is match:
            return known[1] and _placed(known[1], document)
        edit = _worked_out(match, document, again, memory)
        memory.keep(("edit", id(match)), (match, edit))
        return edit
    return _worked_out(match, document, again, memory)


def _placed(edit: Edit, document: Document) -> Edit:
    """The edit, where its place in the file may have moved."""
    place = document.place(edit.at)
    return edit if place == edit.place else replace(edit, place=place)


def _worked_out(match: Match, document: Document, again: bool, memory: Memory | None) -> Edit | None:
    """The edit of a match, as its rule and the words of its block say."""
    meaning = (
        _told_by_document(match.meanings, match.at.of(document.text), document) if match.meanings else None
    )
    if memory is None:
        return _of_words(match, document, again, meaning)
    block = document.block_at(match.at.start)
    name = (*named("edit", match, block, document), match.meanings, match.by_company, again, meaning)
    known: _Known | None = memory.recall(name)
    if known is None:
        edit = _of_words(match, document, again, meaning)
        memory.keep(name, (edit, block.at.start))
        return edit
    edit, start = known
    if edit is None or start == block.at.start:
        return edit and _placed(edit, document)
    at = edit.at.moved(block.at.start - start)
    return replace(edit, at=at, place=document.place(at))


_Known = tuple[Edit | None, int]  # an edit, and where its block began


def named(what: str, match: Match, block: Block, document: Document) -> tuple[Hashable, ...]:
    """A name for what hangs on a rule, a place in a block and its sentence, and the words of the block."""
    start, at, sentence = block.at.start, match.at, match.sentence
    place = at.start - start, at.end - start, sentence.start - start, sentence.end - start
    return what, match.rule.id, place, block.at.of(document.text), block.at.of(document.folded)


def _of_words(match: Match, document: Document, again: bool, told: KnownMeaning | None) -> Edit | None:
    return (
        _of_short_form(match, match.rule.pattern, document, again, told)
        if isinstance(match.rule.pattern, ShortForm)
        else _of_phrase(match.rule, match.at, document)
    )


def spelt_out(
    document: Document,
    at: Range,
    expansion: str,
    *,
    again: bool,
    short: str = "",
    safety: Safety = Safety.REVIEW,
) -> Edit | None:
    """Put the words for a short form in its place, and the short form in brackets after them if `again`.

    A noun that the words already end with goes ("CIN plan"). None where the sentence would not stay English.
    `short` is what to put in the brackets, else what stands there.
    """
    place = around(document, at)
    if _JOINED_BEFORE.search(place.before) or _JOINED_AFTER.match(place.after) or in_capitals(place):
        return None
    if _UNFIT.search(expansion) or repeats(place._replace(after=""), expansion):
        return None
    short, plural = short or place.words, _is_plural(place.words)
    words = plural_of(expansion) if plural else expansion
    if words is None or not _keeps_grammar(place, words, plural=plural):
        return None
    taken = _noun_taken(place.after, expansion)
    if taken.endswith("s") and not expansion.endswith("s"):
        words = f"{expansion}s"
    if possessive := _POSSESSIVE.match(place.after):
        words, short, taken = words + possessive.group(), short + possessive.group(), possessive.group()
    if not plural and _wants_the(place, words):
        words = f"the {words}"
    if begins_sentence(place.before):
        words = capitalised(words)
    if again and not _is_inside_brackets(place):
        words = f"{words} ({short})"
    if place.words.endswith(".") and _STOPS.match(place.after):
        words += "."
    return instead(document, Range(at.start, at.end + len(taken)), words, safety=safety, leading=False)


def used_again(document: Document, at: Range) -> bool:
    """True when the short form that stands in a place is used later in the document."""
    written, text = at.of(document.text), document.text
    letters = written[:-1] if _is_plural(written) else written
    if letters.islower():
        text = text.lower()
    plain = letters.replace(".", "")
    return any(_stands_after(at.end, form, text) for form in {plain, ".".join(plain), letters})


def _stands_after(start: int, form: str, text: str) -> bool:
    """True when the form, or its plural, is a word of the text after a place."""
    while (start := text.find(form, start)) >= 0:
        end = start + len(form)
        end += text[end : end + 1] == "s"
        if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
            return True
        start = end
    return False


def _of_short_form(
    match: Match, known: ShortForm, document: Document, again: bool, told: KnownMeaning | None
) -> Edit | None:
    """The short form spelt out; `told` is the meaning that the document itself gives."""
    written = match.at.of(document.text)
    if _is_hidden_plural(written, known):
        return None
    meaning = told or _likely(match)
    if meaning is None:
        return None
    lower = written.islower()
    sure = told or (
        not meaning.retired
        and len(match.meanings) == 1  # an old record may mean what is out of use by now
        and len(key_of(written)) - _is_plural(written) > _FEW
        and not lower
    )
    return spelt_out(
        document,
        match.at,
        meaning.expansion,
        again=again,
        short=known.short if lower else "",
        safety=Safety.SAFE if sure else Safety.REVIEW,
    )


def _likely(match: Match) -> KnownMeaning | None:
    """The only meaning that is in use, or the one for which the words near it speak."""
    current = [meaning for meaning in match.meanings if not meaning.retired]
    if len(match.meanings) == 1 or match.by_company:
        return match.meanings[0]
    return current[0] if len(current) == 1 else None


def _told_by_document(
    meanings: tuple[KnownMeaning, ...], written: str, document: Document
) -> KnownMeaning | None:
    """The one meaning that the document gives after this use: “child in need (CIN)”, “CIN (child …)”."""
    if f"({written}" not in document.text and f"{written} (" not in document.text:
        return None  # nearly always, and known at once
    short, text = re.escape(fold(written)), document.folded
    given = [
        meaning
        for meaning in meanings
        if (long := re.escape(fold(meaning.expansion)))
        and re.search(rf"\b{long}s? \({short}s?\)|\b{short} \({long}s?\)", text)
    ]
    return given[0] if len(given) == 1 else None


def _keeps_grammar(place: Around, words: str, *, plural: bool) -> bool:
    """False where the words would want an article, or have one too many."""
    before = place.before.lower()
    article = re.search(r"\ban? \Z", before)
    follows = _NOUN_FOLLOWS.match(place.after) is not None
    if article and not follows and (plural or words.endswith("s")):
        return False
    if not follows and not plural and _IS.search(before):
        return False
    return not (has_determiner(before) and re.match(r"(?:the|an?|in|on|not|to|did|was) ", words.lower()))


def _wants_the(place: Around, words: str) -> bool:
    """True where the short form stood as a name does, without an article, and the words cannot."""
    if not _OFFICE.search(words.lower().removesuffix("'s").removesuffix("’s")):
        return False
    if begins_sentence(place.before):
        return _ACTS.match(place.after) is not None
    return _WANTS_THE.search(place.before) is not None and _NOUN_FOLLOWS.match(place.after) is None


def _noun_taken(after: str, expansion: str) -> str:
    """The words after the short form with which its meaning ends already."""
    ends = fold(expansion).split()
    for count in range(min(_NOUN_WORDS, len(ends) - 1), 0, -1):
        following = re.match(rf"(?: [\w'’-]+){{{count}}}", after)
        if following and fold(following.group()).split() in (
            ends[-count:],
            [*ends[-count:-1], ends[-1] + "s"],
        ):
            return following.group()
    return ""


def _is_plural(written: str) -> bool:
    return written.endswith("s") and len(written) > 2 and written[-2].isupper()


def _is_hidden_plural(written: str, known: ShortForm) -> bool:
    """True of “Hxs”, of which the letters alone do not show that it is more than one Hx."""
    forms = (known.short, *known.written)
    return not _is_plural(written) and written not in forms and written.removesuffix("s") in forms


def _is_inside_brackets(place: Around) -> bool:
    before = place.before
    return before.count("(") > before.count(")") or before.count("[") > before.count("]")


def _of_phrase(rule: Rule, at: Range, document: Document) -> Edit | None:
    """The plain swap of a phrase, with its capital; none for what is written in capitals or as a name."""
    place = around(document, at)
    words = dict(rule.swaps).get(fold(place.words))
    if words is None or place.words[1:] != place.words[1:].lower():
        return None
    if place.words[:1].isupper():
        if not begins_sentence(place.before) and place.before:
            return None
        words = capitalised(words)
    if repeats(place, words) or _SHORT_AFTER.match(place.after) or _SHORT_BEFORE.search(place.before):
        return None
    if (tail := _TRAILS.search(words)) and (
        not _ENDS_THERE.match(place.after)
        or (_BARE.search(place.before) and not words[: tail.start()].endswith(("s", "ing")))
    ):
        return None
    return instead(document, at, words, safety=rule.swap_safety, leading=False)
