"""The shape of a pack in YAML. The published JSON Schema is made from these models.

A file of a pack is one of: `pack.yml`; a rule (it has `id` and a pattern); a table of like rules
(`entries`); a list of words (`words`, `allow`, `cues`, `evidence`); a form (`form`, see `form_schema`); the
names of services; or what is said to readers (`received`).
Everything that a person writes in a pack is described here, so that an editor can complete and check it.
"""

from __future__ import annotations

import json
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from sos_lint.kinds import Kind, Part, Whose
from sos_lint.packs.token_schema import TokenPattern, Tree
from sos_lint.rule import Check, Guard

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
SeverityName = Literal["suggestion", "warning", "error"]
PartOfSpeech = Literal["noun", "verb", "adjective", "adverb"]


class Strict(BaseModel):
    """Unknown keys are faults; keys are written with hyphens."""

    model_config = ConfigDict(
        extra="forbid", populate_by_name=False, alias_generator=lambda name: name.strip("_").replace("_", "-")
    )


class PackFile(Strict):
    """`pack.yml`: what the pack is."""

    id: Slug = Field(description="The first half of every rule id in this pack.")
    title: Text
    version: Text
    description: str = ""
    language: str = "en-GB"
    sources: dict[Slug, Text] = Field(
        default={}, description="Short names for the sources that rules cite: name, then title and address."
    )
    optional: bool = Field(
        default=False, description="Off unless asked for: `with: [<pack>]`, `select`, or `profile: strict`."
    )
    switch_off: list[Text] = Field(
        default=[], description="Rules, files, packs or kinds that this pack turns off, its own excepted."
    )


class Noun(Strict):
    """A noun phrase: its plural is matched too (the last word changes)."""

    noun: Text


class Verb(Strict):
    """A verb phrase: its -s, -ed and -ing forms are matched too (the first word changes)."""

    verb: Text


class MeaningEntry(Strict):
    """One meaning of a short form."""

    is_: Text = Field(description="The short form in full.")
    gloss: str = Field(default="", description="What that means for a family, in plain words.")
    near: list[Text] = Field(default=[], description="Words whose company makes this meaning the likely one.")
    retired: bool = Field(default=False, description="No longer in use, but standing in old records.")
    source: Text | list[Text] = []


class BadExampleEntry(Strict):
    """A text that must be flagged, and what the finding must say."""

    text: Text = Field(description="The words to be flagged stand in [[double brackets]].")
    missing: list[Part] | None = Field(default=None, description="The parts that must still be asked for.")
    expansion: str | None = Field(default=None, description="The meaning that must come first.")
    fixed: Text | None = Field(
        default=None, description="The text after the rule's own edits; the rule is then silent."
    )


class ExampleLists(Strict):
    """A rule's own test."""

    bad: list[Text | BadExampleEntry] = Field(default=[], description="Flagged exactly at the [[brackets]].")
    good: list[Text] = Field(
        default=[], description="Silent; at least one only thanks to a guard or condition."
    )
    known_misses: list[Text] = Field(default=[], description="Should be flagged, and are not yet.")


class Unknown(Strict):
    """Report short forms that no table knows."""

    shortest: Annotated[int, Field(ge=2)]
    longest: Annotated[int, Field(le=12)]


class LongSentenceEntry(Strict):
    """Report sentences of more than so many words."""

    words: Annotated[int, Field(ge=10, le=100)]


class Body(Strict):
    """What a rule may say. In a table, `defaults` say it for every entry that does not."""

    kind: Kind | None = None
    severity: SeverityName | None = None
    title: Text | None = None
    message: Text | None = Field(
        default=None,
        description="One kind sentence; {text} is the words found, {lacks} the sections that are not there.",
    )
    why: Text | None = Field(default=None, description="What the reader gains.")
    source: Text | list[Text] | None = Field(
        default=None, description="Who gave the advice. No source, no rule."
    )
    aliases: list[Text] = Field(default=[], description="Earlier ids of this rule.")

    phrases: Annotated[list[Text | Noun | Verb], Field(min_length=1)] | None = Field(
        default=None, description="Whole words, in any case."
    )
    short: Text | None = Field(default=None, description="A short form, as it is mostly written.")
    written: list[Text] = Field(default=[], description="Further spellings of the short form, in exact case.")
    lower: bool | list[Text] = Field(
        default=False, description="Small letters count: always (true), or beside one of these words."
    )
    meanings: list[Text | MeaningEntry] = Field(default=[], description="Of a short form, likeliest first.")
    tokens: Annotated[list[TokenPattern], Field(min_length=1)] | None = Field(
        default=None, description="spaCy Matcher patterns."
    )
    dependencies: Annotated[list[Tree], Field(min_length=1)] | None = Field(
        default=None, description="spaCy DependencyMatcher patterns; the first node is reported."
    )
    anchors: list[Text] = Field(
        default=[],
        description="For tokens, dependencies and checks: letters, one of which a match must hold.",
    )
    check: Check | None = Field(default=None, description="A question about the document as a whole.")
    unknown: Unknown | None = None
    long_sentence: LongSentenceEntry | None = None

    except_: list[Text | Noun | Verb] = Field(
        default=[], description="Longer phrases in which the match does not count."
    )
    led_by: list[Text] = Field(
        default=[],
        description="Of phrases: one of these must stand directly before, and is reported with them.",
    )
    part_of_speech: PartOfSpeech | None = Field(default=None, description="Asked of the language model.")
    not_before: list[Text] = Field(default=[], description="Word patterns that must not follow directly.")
    not_after: list[Text] = Field(
        default=[], description="Word patterns that must not stand directly before."
    )
    only_before: list[Text] = Field(default=[], description="One of these must follow directly.")
    only_after: list[Text] = Field(default=[], description="One of these must stand directly before.")
    not_near: list[Text] = Field(default=[], description="Must not stand in the same sentence.")
    only_near: list[Text] = Field(default=[], description="One of these must stand in the same sentence.")
    unless: list[Guard] | None = Field(default=None, description="Reasons to stay silent.")

    ask: dict[Part, Text] = Field(default={}, description="The question for each part of what happened.")
    alternatives: list[Text] = Field(default=[], description="Plainer words that may stand in its place.")
    swap: Text | dict[Text, Text] | None = Field(
        default=None,
        description=(
            "Words that `fix` may put in the place of the phrases, in the same form; or those for some of "
            "them, by phrase. Only where they keep the grammar of every sentence that the rule flags."
        ),
    )
    swap_safety: Literal["safe", "review"] = Field(
        default="review", description="`safe` only where any reader would agree that nothing is lost."
    )
    advice: str = Field(default="", description="What to do where no swap fits.")
    gloss: str = Field(default="", description="What the term means for a family, in plain words.")
    scaffold: dict[Part, Text | Annotated[list[Text], Field(min_length=1)]] = Field(
        default={},
        description=(
            "A sentence to start from for each part, with blanks in [square brackets] and slots in {braces}; "
            "or several, of which the first is taken whose slots can be filled."
        ),
    )
    whose: Whose = Field(default=Whose.ANYONE, description="Whose acts the term is about.")
    echo: bool = Field(
        default=False, description="The term names what another one names, so that what is told serves both."
    )
    not_told_by: list[Slug] = Field(
        default=[],
        description="Kinds of acts (cues `act-of-KIND`) that tell nothing of the term: of neglect, a blow.",
    )
    examples: ExampleLists = ExampleLists()


class RuleFile(Body):
    """One rule, alone in its file, which has its name."""

    id: Slug


class Entry(Body):
    """One rule of a table. Its id is made from its short form or first phrase unless it gives one."""

    id: Slug | None = None


class TableFile(Strict):
    """A table of like rules, such as a sector's acronyms.

    The table's `examples` are tried for every entry, with {short}, {meaning}, {phrase} or {swap}
    filled in.
    """

    title: Text
    defaults: Body = Body()
    entries: list[Entry]
    examples: ExampleLists = ExampleLists()


class WordsFile(Strict):
    """Words that are not rules: named classes for patterns, allow-lists, cues for guards, evidence."""

    words: dict[Slug, list[Text | Noun | Verb]] = Field(
        default={}, description="Named word lists, used in patterns as <name>."
    )
    allow: list[Text] = Field(
        default=[], description="Short forms that everyone knows; never reported as unknown."
    )
    cues: dict[Slug, list[Text]] = Field(default={}, description="Word patterns that guards go by.")
    evidence: dict[Part, list[Text]] = Field(
        default={}, description="Word patterns that tell a part of what happened."
    )


def json_schema() -> str:
    """The JSON Schema of any file of a pack, as text."""
    from sos_lint.packs.form_schema import FormFile
    from sos_lint.packs.received_schema import ReceivedFile
    from sos_lint.packs.service_schema import ServicesFile

    files = PackFile | RuleFile | TableFile | WordsFile | FormFile | ServicesFile | ReceivedFile
    shape = TypeAdapter(files).json_schema(by_alias=True)
    head = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A file of a sos-lint rule pack",
    }
    return json.dumps({**head, **shape}, indent=2, ensure_ascii=False)
