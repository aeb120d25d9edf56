"""Configuration: found upward from each file, the nearest wins, and nothing in it is guessed.

A project has `.sos-lint.yml`, or `[tool.sos-lint]` in `pyproject.toml`. A file further up is followed only
through `extend`. `source` reads a file, `check` what stands under its keys; which keys there are, and what
each may hold, is the table in `sos_lint.settings.keys`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

from sos_lint.config.check import (
    as_list,
    check_reasons,
    extended,
    overrides,
    patterns,
    project_settings,
    switch,
)
from sos_lint.config.source import Source, bytes_of, plain_path, read_source, shown_path
from sos_lint.errors import BadConfig
from sos_lint.globs import Globs
from sos_lint.settings import Settings, merge

__all__ = [
    "CHOICES",
    "Config",
    "Override",
    "Settings",
    "find_config",
    "plain_path",
    "read_config",
    "shown_path",
]

NAMES = (".sos-lint.yml", ".sos-lint.yaml", "pyproject.toml")
CHOICES = ("service", "form")  # of what the packs name; which names there are is asked of them later
LONGEST_CHAIN = 10  # files that may extend one another


class Override(NamedTuple):
    """Settings for the files that match one of the patterns, which are relative to the configuration."""

    files: tuple[str, ...]
    settings: Settings

    def covers(self, relative: str) -> bool:
        """True for a path, with forward slashes, that matches; a pattern without a slash fits any folder."""
        name = relative.rpartition("/")[2]
        return any(fnmatchcase(relative if "/" in pattern else name, pattern) for pattern in self.files)


class Config(NamedTuple):
    """One configuration file, with those that it extends merged in.

    `names` are the selectors in all of them, each with the file and line where it stands; `choices` are
    the services and forms: the key, the name and where it stands. `include` and `exclude` say which files
    are found where a folder is named, by patterns from the folder of the configuration; without `include`,
    all. With `force_exclude` they hold for a file that is named as well.
    """

    folder: Path = Path()
    settings: Settings = Settings()
    overrides: tuple[Override, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    choices: tuple[tuple[str, str, str], ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    force_exclude: bool | None = None

    def settings_for(self, path: Path) -> Settings:
        """The settings for a file: those of the project, then of each override that covers it, in order."""
        settings = self.settings
        try:
            relative = plain_path(path).relative_to(self.folder).as_posix()
        except ValueError:
            relative = path.name
        for override in self.overrides:
            if override.covers(relative):
                settings = merge(settings, override.settings)
        return settings

    def leaves_out(self, path: Path, *, folder: bool) -> bool:
        """True for a path below the configuration's folder that is not to be found by walking there."""
        if not (self.include or self.exclude):
            return False
        try:
            relative = plain_path(path).relative_to(self.folder).as_posix() + ("/" if folder else "")
        except ValueError:
            return False
        excluded = bool(self.exclude) and _globs(self.exclude).fits(relative)
        return bool(excluded or (self.include and not folder and not _globs(self.include).fits(relative)))


@cache
def _globs(patterns: tuple[str, ...]) -> Globs:
    """The patterns, compiled once."""
    return Globs(patterns)


def find_config(start: Path) -> Path | None:
    """The nearest configuration in a folder or one above it."""
    for folder in (start, *start.parents):
        for name in NAMES:
            path = folder / name
            # Not Path.is_file, which raises in a folder that one may not enter.
            if os.path.isfile(path) and (name != "pyproject.toml" or b"[tool.sos-lint" in bytes_of(path)):  # noqa: PTH113
                return path
    return None


def read_config(path: Path, chain: tuple[Path, ...] = ()) -> Config:
    """Read a configuration and what it extends; raises BadConfig with file, place and mend."""
    path = plain_path(path)
    file = read_source(path)
    config = Config(path.parent)
    for parent, place in extended(file):
        if parent in (path, *chain) or len(chain) >= LONGEST_CHAIN:
            raise BadConfig(
                place, "the files that extend one another go round in a circle.", "Take one `extend` out."
            )
        base = read_config(parent, (*chain, path))
        config = config._replace(
            settings=merge(config.settings, base.settings),
            overrides=(*config.overrides, *base.overrides),
            names=(*config.names, *base.names),
            choices=(*config.choices, *base.choices),
            include=base.include or config.include,
            exclude=(*config.exclude, *base.exclude),
            force_exclude=config.force_exclude if base.force_exclude is None else base.force_exclude,
        )
    own = project_settings(file)
    own_overrides = tuple(Override(files, settings) for files, settings in overrides(file))
    include, exclude = patterns(file, "include"), patterns(file, "exclude")
    force_exclude = switch(file, "force-exclude")
    if own.require_reason or (own.require_reason is None and config.settings.require_reason):
        check_reasons(file)
    return config._replace(
        settings=merge(config.settings, own),
        overrides=(*config.overrides, *own_overrides),
        names=(*config.names, *_names(file)),
        choices=(*config.choices, *_choices(file)),
        include=include or config.include,
        exclude=(*config.exclude, *exclude),
        force_exclude=config.force_exclude if force_exclude is None else force_exclude,
    )


def _names(file: Source) -> Iterator[tuple[str, str]]:
    """Every selector in a file that has been found in order, and where it stands."""
    for at, data in file.parts():
        for key in ("select", "with", "ignore"):
            for number, name in enumerate(as_list(data.get(key))):
                yield name, file.place(*at, key, number)
        for name in data.get("severity") or {}:
            yield name, file.place(*at, "severity", name)
        for number, one in enumerate(as_list(data.get("ignore-words"))):
            for name in as_list(one.get("rules")) if isinstance(one, dict) else ():
                yield name, file.place(*at, "ignore-words", number, "rules")


def _choices(file: Source) -> Iterator[tuple[str, str, str]]:
    """Every service and form that a file names, and where it does."""
    for at, data in file.parts():
        for key in CHOICES:
            if data.get(key) is not None:
                yield key, data[key], file.place(*at, key)
