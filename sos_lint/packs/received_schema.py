"""The shape in YAML of what is said to the readers of a document (see `sos_lint.received`)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Annotated

from pydantic import Field

from sos_lint.errors import SosLintError, nearest
from sos_lint.fold import fold
from sos_lint.kinds import Kind, Part
from sos_lint.packs.schema import Strict, Text
from sos_lint.received import Wording


class WordingEntry(Strict):
    """What is said to a reader of some rules' places; what it leaves out, the less exact entries say."""

    for_: Text = Field(description="A kind, a pack, a file of rules or a rule.")
    says: str = Field(
        default="", description="What is said where nobody knows one meaning; {text} is the words."
    )
    means: str = Field(default="", description="What leads to a meaning, such as “stands for”.")
    likely: str = Field(
        default="", description="What leads to the one of several meanings that is the likeliest here."
    )
    may_mean: str = Field(default="", description="What leads to several meanings.")
    ask: dict[Part, Text] = Field(default={}, description="The question for each part that is left open.")
    questions: list[Text] = Field(default=[], description="Questions that are asked in any case.")
    of: dict[Text, Text] = Field(
        default={},
        description="What single words mean, where the rule's own gloss does not fit.",
    )


class ReceivedFile(Strict):
    """Words for whoever received a document."""

    received: Annotated[list[WordingEntry], Field(min_length=1)]


def wordings_of(file: ReceivedFile) -> dict[str, Wording]:
    """The wordings of a file, by what they are about."""
    return {
        entry.for_: Wording(
            entry.for_,
            entry.says,
            entry.means,
            entry.may_mean,
            tuple(entry.ask.items()),
            tuple(entry.questions),
            tuple((fold(words), meaning) for words, meaning in entry.of.items()),
            entry.likely,
        )
        for entry in file.received
    }


def received_faults(
    received: Mapping[str, tuple[Wording, str]], names: Collection[str]
) -> list[SosLintError]:
    """Wordings, with their places, that are about none of these names of rules, nor about a kind."""
    known = {*names, *(kind.value for kind in Kind)}
    return [
        SosLintError(place, f"no rule, file, pack or kind is called “{name}”.", nearest(name, known))
        for name, (_, place) in received.items()
        if name not in known
    ]
