"""Where a finding is, as build servers and editors are told: a path from where the run was, and a line."""

from __future__ import annotations

import os
import re
from urllib.parse import quote

_WITH_LINE = re.compile(r"(.+):(\d+)")


def from_here(path: str) -> str:
    """The path from the current folder, where it lies below it, with forward slashes and no `./`."""
    plain = os.path.normpath(path)
    here = os.path.join(os.getcwd(), "")  # noqa: PTH109, PTH118 (these are names, never opened)
    return plain.removeprefix(here).replace(os.sep, "/")


def uri(path: str) -> str:
    """The same as a reference that a program can follow."""
    plain = from_here(path)
    start = "file://" if plain.startswith("/") else ""
    return start + quote(plain, safe="/", errors="surrogatepass")


def place_and_line(place: str) -> tuple[str, int | None]:
    """The path, and the line where one is told, of the place of a fault ("packs/a.yml:3")."""
    found = _WITH_LINE.fullmatch(place)
    return (found[1], int(found[2])) if found else (place, None)
