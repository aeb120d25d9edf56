"""Laws of finding: the index loses nothing, words stay whole, and the same words give the same findings."""

from __future__ import annotations

import itertools
import pickle
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from small_packs import ACRONYM, QUESTIONS, compiled, rule, write_pack

from sos_lint.catalogue import Catalogue
from sos_lint.finding import Finding
from sos_lint.fold import fold
from sos_lint.lint import Linter, shared_linter
from sos_lint.nlp import candidates
from sos_lint.nlp.candidates import Candidate, Index
from sos_lint.nlp.sentences import Sentences
from sos_lint.readers import read_bytes
from sos_lint.rule import DependencyPatterns, Phrases, ShortForm, TokenPatterns
from sos_lint.surface import Role, lower_spellings, spellings
from sos_lint.text import Range
from sos_lint.words import PatternSet, Ready, parse

NEVER = 10**12  # code points: the automaton is never made


# Folding.

ALIKE = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "Σ": "σς"}
LETTERS = st.text(st.one_of(st.characters(exclude_categories=["Cs"]), st.sampled_from("aAİẞΣ-‐‑’‘“”' \n")))


@given(LETTERS)
@example("ΑΣ-Σ")
@example("İ-İ")
def test_folding_keeps_every_offset(text: str) -> None:
    """What a code point becomes depends on it alone; only a hyphen asks what stands beside it."""
    folded = fold(text)
    assert len(folded) == len(text)
    for before, after in zip(text, folded, strict=True):
        lower = before.lower() if len(before.lower()) == 1 else before
        alike = {"’": "'", "‘": "'", "ʼ": "'", "“": '"', "”": '"', "‐": "-", "‑": "-", "Σ": "σς"}.get(
            before, lower
        )
        assert after in alike or (after == " " and alike == "-")
    assert fold(folded) == folded


# Sentences and word patterns.

PROSE = st.lists(st.sampled_from([*"aB.!?…'”’)(“ ", "Dr.", "e.g. ", " Tom ", "6.5", "J. "]), max_size=30).map(
    "".join
)


@given(PROSE)
def test_sentences_share_out_a_block(text: str) -> None:
    """In order, without overlaps, and nothing but spaces between them."""
    sentences = Sentences(("dr", "e.g")).split(text, Range(0, len(text)))
    here = 0
    for sentence in sentences:
        assert text[here : sentence.start].strip(" ") == ""
        assert sentence.start < sentence.end
        here = sentence.end
    assert here == len(text)


CLASSES = {"child": ("kid", "young kid")}
ITEMS = st.sampled_from(
    ["a", "b|kid", "a?", "b?", "_", "_?", "...", "k*", "<child>", "<number>", "young-kid"]
)
ITEM_EXPRESSIONS = {
    "a": "a", "b": "b", "kid": "kid", "_": r"[\w'/-]+(?![\w'/-])", "k*": r"k[\w']*",
    "<child>": "kid|young kid", "<number>": r"\d+", "young-kid": "young kid",
}  # fmt: skip


def written_out(items: Sequence[str]) -> Iterator[str]:
    """A pattern as expressions without choices: each optional item in and out, each gap of 0 to 5 words."""
    written: set[tuple[str, ...]] = {()}
    for item in items:
        if item == "...":  # at the start it is no gap: a pattern may begin anywhere
            written = {(*one, *["_"] * count) for one in written for count in range(6 if one else 1)}
        else:
            taken = {(*one, item.removesuffix("?")) for one in written}
            written = taken | written if item.endswith("?") else taken
    for words in written:
        choices = ("|".join(ITEM_EXPRESSIONS[one] for one in word.split("|")) for word in words)
        yield ",? ".join(rf"(?:{choice})(?!\w)" for choice in choices)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(ITEMS, min_size=1, max_size=4),
    st.lists(st.sampled_from(["a", "b", "kid", "kids", "young", "12", "it's", "a,", "b."]), max_size=7).map(
        " ".join
    ),
)
@example(["a?", "kid"], "kid a kid")
@example(["a", "...", "_?", "b"], "a a a b b b")
def test_a_word_pattern_fits_just_where_it_does_when_written_out(items: list[str], text: str) -> None:
    if all(item.endswith("?") or item == "..." for item in items):
        return
    ready = PatternSet([parse(" ".join(items))], CLASSES)
    expressions = [re.compile(one) for one in written_out(items)]
    for word in re.finditer(r"(?<!\w)\w+", text):
        whole = [
            end
            for end in range(word.start() + 1, len(text) + 1)
            if not re.match(r"\w", text[end : end + 1])
            and any(one.fullmatch(text, word.start(), end) for one in expressions)
        ]
        assert ready.fit(text, word.start(), len(text)) == max(whole, default=None)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(ITEMS, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=6),
    st.lists(
        st.lists(st.sampled_from(["a", "b", "kid", "kids", "young", "12", "a,", "b.\n"]), max_size=7).map(
            " ".join
        ),
        min_size=1,
        max_size=3,
    ),
)
def test_sets_that_share_what_they_know_find_what_each_finds_alone(
    patterns: list[str], texts: list[str]
) -> None:
    """Whatever sets were made, and whatever texts were read, before or meanwhile."""
    ready = Ready()
    made: list[tuple[PatternSet, PatternSet]] = []
    for written in patterns:
        if any(not (item.endswith("?") or item == "...") for item in written.split()):
            pattern = parse(written)
            made.append((PatternSet([pattern], CLASSES, ready), PatternSet([pattern], CLASSES)))
        for text in texts:
            for together, alone in made:
                ends = [0, len(text) // 2, len(text)]
                for start, end in ((a, b) for a in ends for b in ends if a <= b):
                    assert list(together.find(text, start, end)) == list(alone.find(text, start, end))
                    assert together.fit(text, start, end) == alone.fit(text, start, end)
                    assert together.fit_until(text, start, end) == alone.fit_until(text, start, end)
                    assert together.may_fit(text, start, end) or not alone.occurs(text, start, end)


# The index.


def is_whole(text: str, at: Range) -> bool:
    """No letter, digit or underscore touches the range from outside."""
    return not re.search(r"\w\Z", text[: at.start]) and not re.match(r"\w", text[at.end :])


class Slow:
    """Looks for every form of every rule, one by one: what the index must find."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._prefixes = {prefix.lower() for prefix in catalogue.prefixes}
        self._folded: list[tuple[str, Role, int]] = []
        self._exact: list[tuple[str, int]] = []  # expressions
        self._dotted: dict[str, list[int]] = {}
        for number, one in enumerate(catalogue):
            if isinstance(one.pattern, Phrases):
                self._folded += [(fold(form), Role.PHRASE, number) for form in one.pattern.forms]
            elif isinstance(one.pattern, TokenPatterns | DependencyPatterns):
                self._folded += [(fold(form), Role.ANCHOR, number) for form in one.pattern.anchors]
            elif isinstance(one.pattern, ShortForm):
                self._folded += [(form, role, number) for form, role in lower_spellings(one.pattern)]
                for form in spellings(one.pattern):
                    self._exact.append((rf"(?<!\w){re.escape(form)}(?=s?(?!\w))", number))
                    self._dotted.setdefault(form, []).append(number)
            self._folded += [(fold(form), Role.EXCEPTION, number) for form in one.conditions.exceptions]

    def phrases(self, text: str, folded: str) -> Iterator[Candidate]:
        for form, role, number in self._folded:
            start = folded.find(form)
            while start >= 0:
                end = start + len(form)
                if role is Role.ANCHOR or self._is_whole(folded, text, Range(start, end)):
                    last = folded.index(" ", start) if role is Role.BESIDE else end
                    yield Candidate(start, last, role, [number])
                start = folded.find(form, start + 1)

    def _is_whole(self, folded: str, text: str, at: Range) -> bool:
        """Not inside a word; nor after a hyphen, unless it follows a prefix that makes no new word."""
        joined = re.search(r"(\w+)[-‐‑]\Z", text[: at.start])
        return is_whole(folded, at) and (not joined or fold(joined.group(1)) in self._prefixes)

    def shorts(self, text: str) -> Iterator[Candidate]:
        found: dict[int, list[tuple[int, int]]] = {}
        for expression, number in self._exact:
            for match in re.finditer(f"(?=({expression}))", text):
                found.setdefault(match.start(), []).append((match.end(1), number))
        for run in dotted_runs(text):
            letters = run.of(text).replace(".", "")
            found.setdefault(run.start, []).extend(
                (run.end, number) for number in self._dotted.get(letters, ())
            )
        for start, hits in sorted((start, hits) for start, hits in found.items() if hits):
            end = max(end for end, _ in hits)
            plural = re.match(r"s(?!\w)", text[end : end + 2]) is not None
            yield Candidate(start, end + plural, Role.SHORT, sorted({n for e, n in hits if e == end}))


def dotted_runs(text: str) -> Iterator[Range]:
    """The longest runs such as C.I.N. or C.I.N that no letter touches, a plural's apart."""
    for match in re.finditer(r"(?<![\w.])[A-Z]\.", text):
        ends = [
            end
            for end in range(match.end(), len(text) + 1)
            if re.fullmatch(r"([A-Z]\.){2,}[A-Z]?", text[match.start() : end])
            and re.match(r"s?(?!\w)" if text[end - 1] == "." else r"(?!\w)", text[end:])
        ]
        if ends:
            yield Range(match.start(), max(ends))


def seen(found: Iterator[Candidate]) -> set[tuple[int, int, Role, int]]:
    return {(one.start, one.end, one.role, number) for one in found for number in one.rules}


def small_catalogue(folder: Path) -> Catalogue:
    """Forms that overlap, hold one another, and begin and end with odd signs."""
    rules = [
        rule(
            "harm",
            phrases=["harm", "self-harm", "self harm risk", "at risk of harm"],
            unless=["negated", "quoted"],
        ),
        rule(
            "risk",
            phrases=["risk", "risk of", "risks"],
            not_after=["no"],
            **{"except": ["risk-free", "at risk"]},
        ),
        rule("of", phrases=["of harm to"], only_near=["tom"]),
        rule("odd", phrases=["a&e", "n/a", "c++", "'s own", "don't"]),
        rule("tokens", tokens=[[{"LOWER": {"REGEX": "^harm"}}, {"LOWER": "done"}]], anchors=["arm"]),
        rule("drift", phrases=["drift"], kind="broad-term", ask=QUESTIONS),
        {
            **ACRONYM,
            "id": "cin",
            "short": "CIN",
            "meanings": ["child in need"],
            "lower": ["plan", "team plan"],
        },
        {**ACRONYM, "id": "ci", "short": "CI", "meanings": ["case inquiry"], "written": ["C-I", "CI/N"]},
        {**ACRONYM, "id": "senco", "short": "SENCo", "meanings": ["special needs"], "lower": True},
        {**ACRONYM, "id": "s47", "short": "S47", "meanings": ["section 47"]},
        {**ACRONYM, "id": "s4", "short": "S4", "meanings": ["section 4"]},
        {**ACRONYM, "id": "unknown", "unknown": {"shortest": 2, "longest": 6}},
    ]
    words = {
        "words": {"open-prefix": ["non", "self"], "service-noun": ["plan", "team"]},
        "cues": {"negation": ["no", "not"], "explanation": ["means"]},
        "evidence": {"impact": ["cried"], "frequency": ["<number> times"]},
    }
    return compiled(write_pack(folder, {**{one["id"]: one for one in rules}, "words": words}))


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Catalogue:
    return small_catalogue(tmp_path_factory.mktemp("laws"))


PIECES = [
    "harm", "self-harm", "Self harm risk", "at risk of harm", "risk", "risks", "of", "to", "at", "RISK-FREE",
    "a&e", "n/a", "c++", "'s own", "don’t", "harm done", "harms", "charm", "drift", "cried", "2 times", "CIN",
    "CINs", "C.I.N.", "C.I.N", "cin", "Cin", "plan", "team plan", "CI", "C-I", "CI/N", "SENCo", "SENCO",
    "senco", "sencos", "S47", "s47", "s. 47", "Section 47", "S4", "s 4", "QZV", "QZ&V", "non", "anti", "no",
    "not", "means", "Tom", "child in need",
]  # fmt: skip
JOINTS = [
    " ", " ", " ", ", ", ". ", "-", "‑", "’s ", "/", "(", ") ", "“", "” ", "_", "é", "s ", "\n\n", "&", ": ",
]  # fmt: skip
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINTS)), min_size=1, max_size=12).map(
    lambda pairs: "".join(itertools.chain(*pairs))
)


@settings(max_examples=400, deadline=None)
@given(text=TEXTS)
@example(text="C.I.N.s C.I.N.C.I. x.C.I.N")
@example(text="self-harm-risk non-CIN anti-harm")
def test_the_index_sees_what_a_slow_search_sees(small: Catalogue, text: str) -> None:
    slow, folded = Slow(small), fold(text)
    for few in (NEVER, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(candidates, "FEW", few)
            index = Index(small.surface, small.prefixes)
            assert seen(index.phrases(text, folded)) == seen(slow.phrases(text, folded))
            assert seen(index.shorts(text)) == seen(slow.shorts(text))


def linter_with(index: Index | Slow, catalogue: Catalogue) -> Linter:
    linter = Linter(catalogue)
    linter._detector._index = index  # type: ignore[assignment]
    return linter


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
def test_findings_are_the_same_with_and_without_the_index(small: Catalogue, text: str) -> None:
    document = read_bytes(text.encode(), "a.txt")
    slow = linter_with(Slow(small), small).lint(document)
    for few in (NEVER, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(candidates, "FEW", few)
            assert Linter(small).lint(document) == slow


def shipped_forms() -> list[str]:
    """Words that the shipped packs look for, every so many of them."""
    forms: list[str] = []
    for one in shared_linter().catalogue:
        if isinstance(one.pattern, Phrases):
            forms += one.pattern.forms
        elif isinstance(one.pattern, ShortForm):
            forms += [*spellings(one.pattern), *(form for form, _ in lower_spellings(one.pattern))]
        forms += one.conditions.exceptions
    return sorted(set(forms))[::29]


def test_the_index_sees_all_of_the_shipped_packs() -> None:
    """Every form, alone, in capitals, and inside a longer word."""
    catalogue, text = shared_linter().catalogue, ""
    for number, form in enumerate(shipped_forms()):
        text += [f"{form}. ", f"{form.upper()}, ", f"non-{form} ", f"x{form} {form}x ", f"{form}s/"][
            number % 5
        ]
    slow, folded = Slow(catalogue), fold(text)
    phrases, shorts = seen(slow.phrases(text, folded)), seen(slow.shorts(text))
    assert len(phrases) > 100
    for few in (NEVER, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(candidates, "FEW", few)
            index = Index(catalogue.surface, catalogue.prefixes)
            assert seen(index.phrases(text, folded)) == phrases
            assert seen(index.shorts(text)) == shorts


# Findings.


@settings(max_examples=200, deadline=None)
@given(text=TEXTS)
@example(text="harm done_")
def test_a_match_never_starts_or_ends_inside_a_word(small: Catalogue, text: str) -> None:
    document = read_bytes(text.encode(), "a.txt")
    for finding in Linter(small).lint(document):
        if finding.rule == "small/odd":  # "'s own" begins with an apostrophe, where a word may well end
            continue
        assert is_whole(document.text, finding.at)


@settings(max_examples=150, deadline=None)
@given(text=TEXTS)
def test_a_finding_shows_the_words_of_the_text(small: Catalogue, text: str) -> None:
    document = read_bytes(text.encode(), "a.txt")
    for finding in Linter(small).lint(document):
        assert finding.at.of(document.text) == finding.text
        assert " ".join(text[finding.start.offset : finding.end.offset].split()) == finding.text
        assert finding.text.startswith(finding.in_sentence.of(finding.sentence))
        assert finding.sentence in document.text
        lines = re.split(r"\r\n|\n|\r", text)
        assert lines[finding.start.line - 1][finding.start.column - 1] == finding.text[0]


@settings(max_examples=100, deadline=None)
@given(text=TEXTS)
def test_findings_are_plain_and_pickle(small: Catalogue, text: str) -> None:
    findings = Linter(small).lint(read_bytes(text.encode(), "a.txt"))
    again = pickle.loads(pickle.dumps(findings))
    assert again == findings
    assert hash(again) == hash(findings)
    assert [type(one) for one in again] == [Finding] * len(findings)
    assert [one.sort_key for one in findings] == sorted({one.sort_key for one in findings})


@settings(max_examples=60, deadline=None)
@given(texts=st.lists(TEXTS, min_size=2, max_size=3), number=st.integers(0, 5))
def test_a_documents_findings_do_not_depend_on_what_came_before(
    small: Catalogue, texts: list[str], number: int
) -> None:
    documents = [read_bytes(text.encode(), "a.txt") for text in texts]
    alone = {id(document): Linter(small).lint(document) for document in documents}
    orders = list(itertools.permutations(documents))
    one = Linter(small)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "FEW", 60)  # somewhere on the way the automaton is made
        for document in (*orders[number % len(orders)], *documents):
            assert one.lint(document) == alone[id(document)]


@pytest.mark.model
def test_nor_with_the_model() -> None:
    texts = [
        "They neglected to phone. The neglect goes on, and she neglects him.",
        "There is no contact. They contact him daily. The contact was good.",
        "Tom was hit. Dad hit Tom. Concerns were raised about the placement and the contact.",
        "The plan was agreed. His presentation is poor, and he presents as sad.",
    ]
    documents = [read_bytes(text.encode(), "a.md") for text in texts]
    alone = [Linter(shared_linter().catalogue).lint(document) for document in documents]
    assert all(alone)
    one = Linter(shared_linter().catalogue)
    for order in itertools.permutations(range(len(documents)), 3):
        assert [one.lint(documents[i]) for i in order] == [alone[i] for i in order]


# Formats.


def word_file(paragraphs: Sequence[str]) -> bytes:
    file, word = BytesIO(), docx.Document()
    for paragraph in paragraphs:
        word.add_paragraph(paragraph)
    word.save(file)
    return file.getvalue()


FILLER = st.sampled_from(
    [
        "Tom went to school", "the nurse came", "with his mum", "on 4 May", "and", "but", "so", "was told",
        "no",
        "not", "three times", "said, “I hide”,", "cried", "every night", "(in York)", "for two weeks",
    ]
)  # fmt: skip
FORMS = st.deferred(lambda: st.sampled_from(shipped_forms()))
SENTENCES = st.lists(st.one_of(FILLER, FORMS), min_size=2, max_size=6).map(
    lambda parts: f"Then {' '.join(parts)}."
)
PARAGRAPHS = st.lists(st.lists(SENTENCES, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=4)


def view(findings: Sequence[Finding]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.rule, one.text, tuple(part.value for part in one.missing)) for one in findings]


@pytest.mark.model
@settings(max_examples=40, deadline=None)
@given(PARAGRAPHS)
def test_the_same_paragraphs_give_the_same_findings_in_every_format(paragraphs: list[str]) -> None:
    linter, source = shared_linter(), "\n\n".join(paragraphs)
    text, markdown, word = (
        view(linter.lint(read_bytes(data, name)))
        for data, name in (
            (source.encode(), "a.txt"),
            (re.sub(r"([*_`\[\]<>\\&#])", r"\\\1", source).encode(), "a.md"),
            (word_file(paragraphs), "a.docx"),
        )
    )
    assert text == markdown == word
