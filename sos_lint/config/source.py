"""A configuration file as it is written: its data, whether YAML or TOML, and the line of each value."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from sos_lint.errors import BadConfig, SosLintError
from sos_lint.files import bytes_in
from sos_lint.limits import MB

Steps = tuple[str | int, ...]
MOST = 4 * MB  # of a configuration: thousands of times the longest that anybody writes


class Source(NamedTuple):
    """What a configuration file says, and on which line."""

    path: Path
    data: Mapping[str, Any]
    lines: Mapping[Steps, int]

    def place(self, *steps: str | int) -> str:
        """The file and the line of a value, or of the nearest one around it."""
        while steps and steps not in self.lines:
            steps = steps[:-1]
        return f"{shown_path(self.path)}:{self.lines[steps]}" if steps else shown_path(self.path)

    def fault(self, steps: Steps, sentence: str, hint: str = "") -> BadConfig:
        """A fault at a value."""
        return BadConfig(self.place(*steps), sentence, hint)

    def parts(self) -> list[tuple[Steps, Mapping[str, Any]]]:
        """The file, and each of its overrides."""
        overrides = enumerate(self.data.get("overrides") or [])
        return [((), self.data), *((("overrides", number), one) for number, one in overrides)]


def plain_path(path: Path) -> Path:
    """The absolute path without `..`, by its letters alone: a linked folder keeps its own name."""
    return Path(os.path.normpath(path.absolute()))


def shown_path(path: Path) -> str:
    """The path as a person here would write it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


def read_source(path: Path) -> Source:
    """What stands in a file; raises BadConfig where it is neither YAML nor TOML, or not keys with values."""
    text = _text(path)
    if path.suffix == ".toml":
        return Source(path, _toml(text, path), _toml_lines(text))
    from sos_lint.yaml_lines import read_yaml

    try:
        data, lines = read_yaml(text, shown_path(path))
    except SosLintError as fault:
        raise BadConfig(fault.place, fault.sentence, fault.hint) from fault
    if data is not None and not isinstance(data, dict):
        raise BadConfig(
            f"{shown_path(path)}:1",
            "this file should be keys with values.",
            "`sos-lint init` writes an example.",
        )
    return Source(path, data or {}, lines)


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; raises BadConfig where they cannot be read."""
    try:
        return bytes_in(path, MOST)
    except OSError as error:
        why = (error.strerror or "unknown fault").lower()
        hint = "Check its name and whether you may read it."
        raise BadConfig(shown_path(path), f"the configuration cannot be read: {why}.", hint) from error


def _text(path: Path) -> str:
    data = bytes_of(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"{shown_path(path)}:{line}"
        raise BadConfig(place, "this is not UTF-8 text.", "Save the file as UTF-8.") from error


def _toml(text: str, path: Path) -> dict[str, Any]:
    try:
        import tomllib
    except ModuleNotFoundError:  # Python 3.10
        import tomli as tomllib  # type: ignore[no-redef, import-not-found, unused-ignore]

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"\(at line (\d+)", str(error))
        place = shown_path(path) + (f":{line[1]}" if line else "")
        raise BadConfig(place, f"this is not TOML: {error}.", "Look for a missing quote.") from error
    tool = data.get("tool", {})
    table = tool.get("sos-lint", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise BadConfig(shown_path(path), "“tool.sos-lint” should be a table.", "Write `[tool.sos-lint]`.")
    return table


_TABLE = re.compile(r"\s*\[{1,2}\s*tool\.sos-lint(?:\.(severity|overrides))?\s*\]")
_KEY = re.compile(r"""\s*["']?([\w/-]+)["']?\s*=""")


def _toml_lines(text: str) -> dict[Steps, int]:
    """The lines of our keys: what reads TOML does not tell them."""
    lines: dict[Steps, int] = {}
    under: Steps | None = None
    overrides = 0
    for number, line in enumerate(text.split("\n"), 1):
        table, key = _TABLE.match(line), _KEY.match(line)
        if table is not None:
            under = (table[1],) if table[1] else ()
            if table[1] == "overrides":
                under = ("overrides", overrides)
                overrides += 1
            lines[under] = number
        elif line.startswith("["):
            under = None
        elif key is not None and under is not None:
            lines.setdefault((*under, key[1]), number)
    return lines
