"""The keys of a configuration: what each may hold, what it says, and how it is written.

This table is the one place where a key is described. What reads a configuration is made from it, as are the
JSON Schema that editors use (`config/schema.py`) and the page for people (`reporters/to_pages/keys.py`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from sos_lint.limits import HIGHEST, NAMES, USUAL
from sos_lint.settings import BASELINE, SEVERITIES, FailOn, Profile


class Shape(Enum):
    """What a key may hold, in words for the person who writes it."""

    NAMES = "a name, or a list of names"
    PACKS = "a path, or a list of paths, from the folder of the configuration"
    CONFIGURATIONS = "a path, or a list of paths, from the folder of this configuration"
    PATTERNS = "a pattern, or a list of patterns"
    GRADES = "names, with a severity each"
    ONE_OF = "one word of these"
    NAME = "one word"
    FILE = "a path, from the folder of the configuration"
    SWITCH = "`true` or `false`"
    PHRASES = "a phrase, or a list of phrases, each alone or with `words`, `rules` and `reason`"
    SENTENCE = "words"
    AMOUNTS = "names, with a whole number each"
    AMOUNT = "a whole number"
    OVERRIDES = "a list of settings, each with `files`"


class Joined(Enum):
    """What becomes of a value that lies over another: in `overrides`, through `extend`, by an option."""

    ADDS = "Adds to what was said before."
    REPLACES = "Takes the place of what was said before."


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `meaning` and `usual` are for people, in plain words; `example` is YAML to be used as it is.

    `field` is what it fills of `Settings`. `words` are those that may be chosen from, `known` those that
    sos-lint ships, to which a pack may add. `option` does the same for one run of `check`.
    """

    name: str
    shape: Shape
    meaning: str
    usual: str = ""
    example: str = ""
    field: str = ""
    joined: Joined = Joined.ADDS
    words: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    option: str = ""
    of_project: bool = False  # stands for the whole project, so never in `overrides`


KEYS = (
    Key(
        "select",
        Shape.NAMES,
        "Only these rules, files of rules, packs or kinds are looked at. `sos-lint rules list` names them "
        "all.",
        "everything but the optional packs",
        "select: [acronyms, broad-terms]",
        "select",
        Joined.REPLACES,
        option="--select",
    ),
    Key(
        "ignore",
        Shape.NAMES,
        "All but these rules, files of rules, packs or kinds. Where a rule is both selected and ignored, the "
        "more exact name wins: a rule before a file of rules, a file before a pack or a kind.",
        "nothing",
        "ignore: [acronyms/unknown]",
        "ignore",
        option="--ignore",
    ),
    Key(
        "with",
        Shape.NAMES,
        "A pack that is off unless it is asked for, or a rule or a file of rules of one, as well.",
        "nothing",
        "with: [recording]",
        "also",
        option="--with",
    ),
    Key(
        "severity",
        Shape.GRADES,
        "Another severity for a rule, a file of rules, a pack or a kind. The most exact name wins, then the "
        "last. It also wins over the profile.",
        "as the rule says, and the profile",
        "severity:\n  jargon: suggestion\n  broad-terms/neglect: error",
        "severities",
        words=tuple(SEVERITIES),
    ),
    Key(
        "profile",
        Shape.ONE_OF,
        "How strict to be. `learning` makes every finding a suggestion, so that nothing fails; `standard` "
        "leaves the rules as they are; `strict` makes suggestions warnings, and turns the optional packs on.",
        "standard",
        "profile: learning",
        "profile",
        Joined.REPLACES,
        words=tuple(one.value for one in Profile),
        option="--profile",
    ),
    Key(
        "fail-on",
        Shape.ONE_OF,
        "The least severity that makes `sos-lint check` end with the exit status 1, and so stops a commit or "
        "a job of CI.",
        "warning",
        "fail-on: error",
        "fail_on",
        Joined.REPLACES,
        words=tuple(one.value for one in FailOn),
        option="--fail-on",
        of_project=True,
    ),
    Key(
        "packs",
        Shape.PACKS,
        "Rule packs of your own: their folders or files.",
        "only those that sos-lint brings",
        "packs: [our-words.yml]",
        "packs",
        option="--pack",
        of_project=True,
    ),
    Key(
        "service",
        Shape.NAME,
        "Whose names for statements and goals hold. A pack may bring others.",
        "none: only the names of two services in one document are told",
        "service: early-help",
        "service",
        Joined.REPLACES,
        known=("child-protection", "children-in-care", "early-help"),
        option="--service",
    ),
    Key(
        "form",
        Shape.NAME,
        "Which form the documents are, for those whose headings do not show it. A pack may bring others.",
        "what the headings show",
        "form: safer",
        "form",
        Joined.REPLACES,
        known=("meeting-record", "safer", "three-columns"),
        option="--form",
    ),
    Key(
        "column",
        Shape.NAMES,
        "The columns of tables (`.csv`, `.tsv`, `.xlsx`) that hold notes, by their names in the table. Each "
        "cell in them is a text of its own.",
        "none: tables in a folder are passed over",
        "column: [note]",
        "columns",
        Joined.REPLACES,
        option="--column",
    ),
    Key(
        "attachments",
        Shape.SWITCH,
        "What is attached to a message (`.eml`, `.msg`) is read as well, each attachment as a document of "
        "its own, under these settings of the message. Tables among them need `column`. Attachments of kinds "
        "that cannot be read, such as pictures, are passed over.",
        "false",
        "attachments: true",
        "attachments",
        Joined.REPLACES,
        option="--attachments",
    ),
    Key(
        "ignore-words",
        Shape.PHRASES,
        "Phrases that may stand as they are. What is found inside one is set aside; the same word elsewhere "
        "is not.",
        "nothing",
        "ignore-words:\n  - words: Neglect Toolkit\n    rules: [broad-terms]\n    reason: the name of a form",
        "ignored_words",
    ),
    Key(
        "require-reason",
        Shape.SWITCH,
        "Whoever sets a finding aside must say why. A remark in a draft without a reason becomes a warning, "
        "and a phrase under `ignore-words` without one is an error.",
        "false",
        "require-reason: true",
        "require_reason",
        Joined.REPLACES,
        of_project=True,
    ),
    Key(
        "baseline",
        Shape.FILE,
        "A file of old findings, made by `sos-lint baseline write`. Only what is new to it is told.",
        "none: everything is told",
        f"baseline: {BASELINE}",
        "baseline",
        Joined.REPLACES,
        option="--baseline",
        of_project=True,
    ),
    Key(
        "limits",
        Shape.AMOUNTS,
        "How much of a document is read: one that has more is refused in one line, and the others are still "
        "checked. The usual limits are far beyond any draft; they are for files made to take all memory or "
        "time.",
        "each as in the table below",
        "limits:\n  size: 200\n  seconds: 60",
        "limits",
        words=NAMES,
    ),
    Key(
        "include",
        Shape.PATTERNS,
        "Which files are found where a folder is named. Patterns are written as in a `.gitignore`, from the "
        "folder of the configuration. A file that you name yourself is checked all the same, unless "
        "`force-exclude` says otherwise.",
        "every file that can be read",
        'include: ["letters/", "*.docx"]',
        joined=Joined.REPLACES,
        of_project=True,
    ),
    Key(
        "exclude",
        Shape.PATTERNS,
        "Which files are left out where a folder is named, beside those that a `.gitignore` or `.ignore` "
        "leaves out.",
        "none",
        "exclude: [letters/archive/]",
        of_project=True,
    ),
    Key(
        "force-exclude",
        Shape.SWITCH,
        "A file that you name yourself is passed over, too, where its folder would not give it: what "
        "`include`, `exclude`, `.gitignore` and `.ignore` leave out. It is for programs that name files, "
        "such as editors.",
        "false",
        "force-exclude: true",
        joined=Joined.REPLACES,
        option="--force-exclude",
        of_project=True,
    ),
    Key(
        "extend",
        Shape.CONFIGURATIONS,
        "Other configurations that this one builds on. Of several, the last wins; this file wins over all of "
        "them. Paths in a file start from its own folder.",
        "none",
        "extend: ../shared/.sos-lint.yml",
        of_project=True,
    ),
    Key(
        "overrides",
        Shape.OVERRIDES,
        "Other settings for some files. Each entry has `files`, and any of the keys that are not for the "
        "whole project. All entries that fit a file count, in order.",
        "none",
        'overrides:\n  - files: "templates/*"\n    ignore: [acronyms/unknown]\n'
        '  - files: ["early-help/*", "family-hubs/*"]\n    service: early-help',
    ),
)
FILES = Key(
    "files",
    Shape.PATTERNS,
    "Which files an entry of `overrides` is for. `*` stands for anything, `?` for one letter. A pattern with "
    "a slash is for the path from the folder of the configuration; one without is for the name, anywhere.",
    example='files: "templates/*"',
)
OF_SOME_FILES = (FILES, *(key for key in KEYS if key.field and not key.of_project))
OF_A_PHRASE = (
    Key("words", Shape.SENTENCE, "The phrase: whole words, in any case.", example="words: Neglect Toolkit"),
    Key(
        "rules",
        Shape.NAMES,
        "The rules, files of rules, packs or kinds that find nothing in it.",
        "all",
        "rules: [broad-terms]",
    ),
    Key(
        "reason",
        Shape.SENTENCE,
        "Why it may stand. `require-reason` asks for one.",
        "none",
        "reason: the name of a form",
    ),
)

_MEANINGS = {
    "size": "MB of a file.",
    "text": "MB of words in a document.",
    "unpacked": "MB that the parts of a Word, OpenDocument or Excel file, or the words of a message of "
    "Outlook, come to when they are unpacked.",
    "ratio": "How many times its packed size a part of over 20 MB may be.",
    "parts": "Entries of such a file, and parts of an e-mail.",
    "depth": "Elements inside one another in Word, OpenDocument and Excel files.",
    "rows": "Rows of a table of notes.",
    "cells": "Cells in one row of it.",
    "pages": "Pages of a PDF file.",
    "attachments": "Attachments of one message.",
    "seconds": "Time of the processor for one document. Not on Windows.",
    "memory": "MB of memory that the work on one document takes. Not on Windows.",
}
OF_LIMITS = tuple(
    Key(
        name,
        Shape.AMOUNT,
        f"{_MEANINGS[name]} At most {getattr(HIGHEST, name):,}.",
        f"{getattr(USUAL, name):,}",
        f"{name}: {getattr(USUAL, name)}",
    )
    for name in NAMES
)


def names(keys: tuple[Key, ...]) -> tuple[str, ...]:
    """What the keys are called."""
    return tuple(key.name for key in keys)
