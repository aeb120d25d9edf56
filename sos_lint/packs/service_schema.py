"""The shape of the services' names in YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Annotated

from pydantic import Field

from sos_lint.fold import fold
from sos_lint.packs.schema import Slug, Strict, Text
from sos_lint.services import Service

_ROLES = ("danger", "goal")
_WORDS = re.compile(r"[\w'&/.+-]+(?: [\w'&/.+-]+)*")  # what a word pattern can say


class ServiceEntry(Strict):
    """What one service calls its statements and goals."""

    title: Text
    names: dict[Slug, Annotated[list[Text], Field(min_length=1)]] = Field(
        description="By role, the names that it accepts; the first is put in the place of a wrong one."
    )
    in_labels: list[Slug] = Field(
        default=[], description="Roles whose names count in headings and labels only."
    )


class ServicesFile(Strict):
    """The services, by the names that `--service` and the configuration give them."""

    services: Annotated[dict[Slug, ServiceEntry], Field(min_length=1)]


def services_of(file: ServicesFile, pack: str) -> dict[str, Service]:
    """The services that a file of a pack describes, by id."""
    return {
        id_: Service(
            id_,
            entry.title,
            tuple((role, tuple(names)) for role, names in entry.names.items()),
            tuple(entry.in_labels),
            pack,
        )
        for id_, entry in file.services.items()
    }


def with_labels(
    cues: Mapping[str, tuple[str, ...]], services: Iterable[Service]
) -> dict[str, tuple[str, ...]]:
    """The cues, those of labels with what services call a statement or a goal, and several of them."""
    joined = dict(cues)
    for one in services:
        for role in _ROLES:
            names = [fold(name) for name in one.called(role)]
            labels = [f"{name}|{name.rpartition(' ')[2]}s" for name in names if _WORDS.fullmatch(name)]
            cue = f"{role}-label"
            joined[cue] = tuple(dict.fromkeys((*joined.get(cue, ()), *labels)))
    return joined
