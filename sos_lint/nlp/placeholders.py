"""What stands in a template for words that are still to come. It is never prose."""

from __future__ import annotations

import re

from sos_lint.text import Range

_PLACEHOLDER = re.compile(
    r"""
    \{\{[^{}\n]{0,80}\}\}                        # {{name}}
    | <<[^<>\n]{1,80}>>                           # <<name>>
    | \u00ab[^\u00ab\u00bb\n]{1,80}\u00bb         # a merge field of Word
    | \[(?:please\ )?(?:                        # [insert date], and the blanks of scaffolds
        insert|enter|add|type|write|complete|fill|click|tap|select|choose|delete|give|describe|list|state
        |specify|say|who|whom|whose|what|when|where|which|why|how
      )\b[^\[\]\n]{0,120}\]
    | \[[^\[\]\n]{0,60}\b(?:
        names?|date|address|number|initials|details|role|signature|d\.?o\.?b|time|text|here
      )\b[^\[\]\n]{0,60}\]
    | \[(?:
        child|person|parent|worker|agency|service|school|place|day|month|year|reason|x{1,5}|\.{1,3}|\u2026
      )\]
    | <(?:insert|enter|add|type|please|click|name|date|child|your)\b[^<>\n]{0,80}>
    | _{2,} | \.{4,} | \u2026{2,} | (?:\.\ ){3,}\.            # ruled lines
    | [\u2610\u2611\u2612\u25a1\u25a0\u25fb\u25fc] | \[[\ xX\u2713\u2714]?\]  # tick boxes
    | (?:click|tap)\ (?:or\ (?:click|tap)\ )?(?:here\ )?to\ (?:enter|add|type|insert)\ [a-z]+(?:\ [a-z]+)?\.?
    | (?:enter|type)\ (?:your\ )?text\ here\.? | (?:choose|select)\ an\ item\.?
    """,
    re.VERBOSE | re.IGNORECASE,
)


def placeholders(text: str) -> tuple[Range, ...]:
    """Where a text has placeholders, in order: fields to fill, ruled lines, tick boxes, prompts of Word."""
    return tuple(Range(*found.span()) for found in _PLACEHOLDER.finditer(text))
