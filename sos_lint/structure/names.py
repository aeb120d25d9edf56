"""Statements and goals under the name of another service, or under two names in one document.

Child protection speaks of danger statements and safety goals, early help and children in care of others
(Signs of Safety, Your Questions Answered, Redcar & Cleveland). Which service calls what is data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sos_lint.document import BlockKind
from sos_lint.fold import fold
from sos_lint.nlp.surroundings import Surroundings
from sos_lint.services import Service
from sos_lint.text import Range

_LABEL_END = re.compile(r"(?: (?:no\.? ?)?\d+)? ?(?::|[-\u2013\u2014] |\Z)")


class Misnamed(NamedTuple):
    """A name that is not this service's, and the right one in the same number and case."""

    at: Range
    right: str


class _Use(NamedTuple):
    at: Range
    role: str
    name: str
    plural: bool


def misnamed(around: Surroundings, services: Sequence[Service], service: str | None) -> list[Misnamed]:
    """The wrong names in a document, in order.

    With a service, every name that only others have. Without one, where labels use the names of two
    services, those that are not the first's. Words in quotation marks only mention a name, and names of some
    roles count in labels alone.
    """
    uses = [use for use in _uses(around, services) if not around.is_quoted(use.at)]
    own = next((one for one in services if one.id == service), None)
    if own is None:
        uses = [use for use in uses if _is_label(use, around)]
        own = _first_service(uses, services)
    if own is None:
        return []
    return [
        Misnamed(use.at, _like(own.called(use.role)[0], use, around))
        for use in uses
        if own.called(use.role)
        and use.name not in map(fold, own.called(use.role))
        and (use.role not in own.in_labels or _is_label(use, around))
    ]


def _uses(around: Surroundings, services: Sequence[Service]) -> Iterator[_Use]:
    roles = {fold(name): role for one in services for role, names in one.names for name in names}
    if not roles:
        return
    ordered = sorted(roles, key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, ordered))})(s?)(?!\w)")
    for found in pattern.finditer(around.folded):
        yield _Use(Range(*found.span()), roles[found.group(1)], found.group(1), bool(found.group(2)))


def _is_label(use: _Use, around: Surroundings) -> bool:
    block = around.block(use.at)
    if block.kind in (BlockKind.HEADING, BlockKind.FORM_LABEL):
        return True
    return use.at.start == block.at.start and bool(_LABEL_END.match(around.text, use.at.end, block.at.end))


def _first_service(uses: Sequence[_Use], services: Sequence[Service]) -> Service | None:
    """The service that has the most of the first names used, role by role."""
    first = {use.role: use.name for use in reversed(uses)}
    fits = [sum(name in map(fold, one.called(role)) for role, name in first.items()) for one in services]
    return services[fits.index(max(fits))] if any(fits) else None


def _like(name: str, use: _Use, around: Surroundings) -> str:
    """The name in the number and case of what it stands for."""
    written = use.at.of(around.text)
    right = f"{name}s" if use.plural else name
    if written.isupper():
        return right.upper()
    if written[0].islower():
        return right.lower()
    titled = all(word[0].isupper() for word in written.split() if len(word) > 3)
    return right if titled else right.capitalize()
