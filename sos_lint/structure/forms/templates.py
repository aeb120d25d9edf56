"""Blank templates, and the prompts that they print: what they teach their writers to write."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sos_lint.document import BlockKind
from sos_lint.nlp.surroundings import Cues, Surroundings
from sos_lint.structure.forms import Form
from sos_lint.structure.forms.filling import begins_as_prompt
from sos_lint.text import Range

_ENOUGH = 3  # blocks with a placeholder


def is_template(around: Surroundings, forms: Sequence[Form] = ()) -> bool:
    """True of a document that waits to be filled in: a form with nothing in it, or one of many blanks."""
    if any(form.is_blank for form in forms):
        return True
    blank = {around.block(place).at.start for place in around.placeholders.all}
    return len(blank) >= _ENOUGH


def prompts_in(around: Surroundings, cues: Cues, forms: Sequence[Form] = ()) -> tuple[Range, ...]:
    """The sentences of a template that tell its writers what to write, in order; none of a document that is
    no template. Lists of boxes to tick only count harms, and are none.
    """
    return tuple(_prompts(around, cues)) if is_template(around, forms) else ()


def _prompts(around: Surroundings, cues: Cues) -> Iterator[Range]:
    for block in around.document.blocks:
        if block.kind is BlockKind.TICK_BOX:
            continue
        for sentence in around.sentences(block):
            if around.text[sentence.end - 1] == "?" or begins_as_prompt(sentence, around, cues):
                yield sentence
