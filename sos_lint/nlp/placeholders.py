"""What stands in a template for words that are still to come. It is never prose."""

from __future__ import annotations

import re
from functools import lru_cache

from sos_lint.text import Range

# Each begins with a sign, which is looked for quickly: hence case is open only inside.
_SIGNS = re.compile(
    r"""
    \{\{[^{}\n]{0,80}\}\}                        # {{name}}
    | <<[^<>\n]{1,80}>>                           # <<name>>
    | \u00ab[^\u00ab\u00bb\n]{1,80}\u00bb         # a merge field of Word
    | \[(?i:(?:please\ )?(?:                    # [insert date], and the blanks of scaffolds
        insert|enter|add|type|write|complete|fill|click|tap|select|choose|delete|give|describe|list|state
        |specify|say|who|whom|whose|what|when|where|which|why|how
      )\b[^\[\]\n]{0,120}\])
    | \[(?i:[^\[\]\n]{0,60}\b(?:
        names?|date|address|number|initials|details|role|signature|d\.?o\.?b|time|text|here
      )\b[^\[\]\n]{0,60}\])
    | \[(?i:(?:
        child|person|parent|worker|agency|service|school|place|day|month|year|reason|x{1,5}|\.{1,3}|\u2026
      )\])
    | <(?i:(?:insert|enter|add|type|please|click|name|date|child|your)\b[^<>\n]{0,80}>)
    | __+ | \.\.\.\.+ | \u2026\u2026+ | \.\ \.\ \.\ (?:\.\ )*\.            # ruled lines
    | [\u2610\u2611\u2612\u25a1\u25a0\u25fb\u25fc] | \[[\ xX\u2713\u2714]?\]  # tick boxes
    """,
    re.VERBOSE,
)
_SIGN = re.compile(
    r"[\[{<\u00ab_\u2026\u2610-\u2612\u25a1\u25a0\u25fb\u25fc]|\.\.\.\.|\. \. "
)  # how each begins
_WORDS = re.compile(  # the prompts of Word
    r"(?:click|tap) (?:or (?:click|tap) )?(?:here )?to (?:enter|add|type|insert) [a-z]+(?: [a-z]+)?\.?"
    r"|(?:enter|type) (?:your )?text here\.?|(?:choose|select) an item\.?",
    re.IGNORECASE,
)
_OF_WORDS = ("click", "tap", "text here", "an item")  # one of which stands in each


@lru_cache(maxsize=2)
def placeholders(text: str) -> tuple[Range, ...]:
    """Where a text has placeholders, in order: fields to fill, ruled lines, tick boxes, prompts of Word."""
    signs = [Range(*found.span()) for found in _SIGNS.finditer(text)] if _SIGN.search(text) else []
    lower = text.lower()
    if not any(word in lower for word in _OF_WORDS):
        return tuple(signs)
    prompts = (Range(*found.span()) for found in _WORDS.finditer(text))
    outside = [at for at in prompts if not any(sign.start <= at.start < sign.end for sign in signs)]
    return tuple(sorted([*signs, *outside], key=lambda at: at.start))
