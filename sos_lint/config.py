"""Configuration: found upward from each file, the nearest wins, and nothing in it is guessed.

A project has `.sos-lint.yml`, or `[tool.sos-lint]` in `pyproject.toml`. A file further up is followed only
through `extend`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sos_lint.errors import BadConfig, SosLintError, nearest
from sos_lint.globs import Globs
from sos_lint.settings import SEVERITIES, FailOn, IgnoredWords, Profile, Settings, merge

NAMES = (".sos-lint.yml", ".sos-lint.yaml", "pyproject.toml")
LONGEST_CHAIN = 10  # files that may extend one another
FAIL_ON = tuple(one.value for one in FailOn)
PROFILES = tuple(one.value for one in Profile)


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


def plain_path(path: Path) -> Path:
    """The absolute path without `..`, by its letters alone: a linked folder keeps its own name."""
    return Path(os.path.normpath(path.absolute()))


def find_config(start: Path) -> Path | None:
    """The nearest configuration in a folder or one above it."""
    for folder in (start, *start.parents):
        for name in NAMES:
            path = folder / name
            # Not Path.is_file, which raises in a folder that one may not enter.
            if os.path.isfile(path) and (name != "pyproject.toml" or b"[tool.sos-lint" in _bytes(path)):  # noqa: PTH113
                return path
    return None


def read_config(path: Path, chain: tuple[Path, ...] = ()) -> Config:
    """Read a configuration and what it extends; raises BadConfig with file, place and mend."""
    path = plain_path(path)
    file = _read(path)
    config = Config(path.parent)
    for parent, place in _parents(file):
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
    own = _settings(file, file.data, (), (*_KEYS, "extend", "overrides"))
    overrides = tuple(_overrides(file))
    include, exclude = _patterns(file, "include"), _patterns(file, "exclude")
    force_exclude = _yes_or_no(file, file.data, (), "force-exclude")
    if own.require_reason or (own.require_reason is None and config.settings.require_reason):
        _check_reasons(file)
    return config._replace(
        settings=merge(config.settings, own),
        overrides=(*config.overrides, *overrides),
        names=(*config.names, *_names(file)),
        choices=(*config.choices, *_choices(file)),
        include=include or config.include,
        exclude=(*config.exclude, *exclude),
        force_exclude=config.force_exclude if force_exclude is None else force_exclude,
    )


def _check_reasons(file: _File) -> None:
    """Raise BadConfig where reasons are required and a phrase has none."""
    for at, data in _parts(file):
        for number, one in enumerate(_ignored_words(file, data, at)):
            if not one.reason:
                raise file.fault(
                    (*at, "ignore-words", number),
                    "this phrase has no reason, and `require-reason` asks for one.",
                    "Write it with `words:` and `reason:`.",
                )


Steps = tuple[str | int, ...]


class _File(NamedTuple):
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


def _read(path: Path) -> _File:
    text = _text(path)
    if path.suffix == ".toml":
        return _File(path, _toml(text, path), _toml_lines(text))
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
    return _File(path, data or {}, lines)


def _text(path: Path) -> str:
    data = _bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        place = f"{shown_path(path)}:{line}"
        raise BadConfig(place, "this is not UTF-8 text.", "Save the file as UTF-8.") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        why = (error.strerror or "unknown fault").lower()
        hint = "Check its name and whether you may read it."
        raise BadConfig(shown_path(path), f"the configuration cannot be read: {why}.", hint) from error


def shown_path(path: Path) -> str:
    """The path as a person here would write it."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else str(path)


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


def _patterns(file: _File, key: str) -> tuple[str, ...]:
    """The patterns under a key."""
    patterns = _as_list(file.data.get(key))
    if not all(isinstance(pattern, str) for pattern in patterns):
        hint = 'For example ["letters/", "*.docx"].'
        raise file.fault((key,), f"“{key}” should be a list of patterns.", hint)
    for number in Globs(patterns).faults if patterns else ():
        raise file.fault(
            (key, number), f"“{patterns[number]}” is no pattern.", "Patterns are written as in a .gitignore."
        )
    return tuple(patterns)


def _parents(file: _File) -> Iterator[tuple[Path, str]]:
    """The configurations that this one extends, and where it says so."""
    for number, parent in enumerate(_as_list(file.data.get("extend"))):
        if not isinstance(parent, str):
            raise file.fault(("extend",), "“extend” should be a path or a list of paths.")
        path = plain_path(file.path.parent / parent)
        if not path.is_file():
            raise file.fault(
                ("extend", number), f"there is no file “{parent}” to extend.", "A path starts from this file."
            )
        yield path, file.place("extend", number)


_KEYS = (
    "select",
    "ignore",
    "severity",
    "packs",
    "fail-on",
    "profile",
    "with",
    "service",
    "form",
    "include",
    "exclude",
    "force-exclude",
    "ignore-words",
    "require-reason",
    "baseline",
)
_OF_PROJECT = (
    "packs",
    "fail-on",
    "extend",
    "include",
    "exclude",
    "force-exclude",
    "require-reason",
    "baseline",
)
_OVERRIDE_KEYS = ("files", *(key for key in _KEYS if key not in _OF_PROJECT))
_WORDS_KEYS = ("words", "rules", "reason")
CHOICES = ("service", "form")  # of what the packs name; which names there are is asked of them later


def _settings(file: _File, data: Mapping[str, Any], at: Steps, known: tuple[str, ...]) -> Settings:
    """The settings at some place in a file; a key without a value says nothing."""
    for key in data:
        if key not in known:
            hint = nearest(key, known) or f"The keys are {', '.join(known)}."
            raise file.fault((*at, key), f"the key “{key}” is not known here.", hint)

    def words(key: str) -> tuple[str, ...]:
        value = _as_list(data.get(key))
        if not all(isinstance(word, str) for word in value):
            raise file.fault((*at, key), f"“{key}” should be a list of words.")
        return tuple(value)

    def word(key: str) -> str | None:
        value = data.get(key)
        if value is not None and not isinstance(value, str):
            raise file.fault((*at, key), f"“{key}” should be one word.")
        return value

    severities = data.get("severity") or {}
    if not isinstance(severities, dict):
        raise file.fault(
            (*at, "severity"),
            "“severity” should be rules with a severity each.",
            "For example `jargon: suggestion`, on a line of its own.",
        )
    fail_on, profile = data.get("fail-on"), data.get("profile")
    return Settings(
        select=words("select"),
        ignore=words("ignore"),
        severities=tuple(
            (name, SEVERITIES[_one_of(SEVERITIES, value, file, (*at, "severity", name))])
            for name, value in severities.items()
        ),
        packs=tuple(_pack(file, number, pack) for number, pack in enumerate(words("packs"))),
        fail_on=None if fail_on is None else FailOn(_one_of(FAIL_ON, fail_on, file, (*at, "fail-on"))),
        also=words("with"),
        profile=None
        if profile is None
        else Profile(_one_of(PROFILES, profile, file, (*at, "profile"), "profile")),
        service=word("service"),
        form=word("form"),
        ignored_words=tuple(_ignored_words(file, data, at)),
        require_reason=_yes_or_no(file, data, at, "require-reason"),
        baseline=None if word("baseline") is None else file.path.parent / str(word("baseline")),
    )


def _yes_or_no(file: _File, data: Mapping[str, Any], at: Steps, key: str) -> bool | None:
    value = data.get(key)
    if value is not None and not isinstance(value, bool):
        raise file.fault((*at, key), f"“{key}” should be true or false.")
    return value


def _ignored_words(file: _File, data: Mapping[str, Any], at: Steps) -> Iterator[IgnoredWords]:
    """The phrases that may stand as they are: each a phrase, or one with `rules` and a `reason`."""
    at = (*at, "ignore-words")
    for number, given in enumerate(_as_list(data.get("ignore-words"))):
        here = (*at, number)
        one = {"words": given} if isinstance(given, str) else given
        if not isinstance(one, dict):
            raise file.fault(
                here, "“ignore-words” should be a list of phrases.", 'For example "the Neglect Toolkit".'
            )
        for key in one:
            if key not in _WORDS_KEYS:
                hint = nearest(str(key), _WORDS_KEYS) or f"The keys are {', '.join(_WORDS_KEYS)}."
                raise file.fault((*here, key), f"the key “{key}” is not known here.", hint)
        words, names, reason = one.get("words"), _as_list(one.get("rules")), one.get("reason") or ""
        if not isinstance(words, str) or not words.strip():
            raise file.fault(here, "this needs `words`: the phrase that may stand as it is.")
        if not all(isinstance(name, str) for name in names):
            raise file.fault((*here, "rules"), "“rules” should be a list of rules, packs or kinds.")
        if not isinstance(reason, str):
            raise file.fault((*here, "reason"), "“reason” should be words.")
        yield IgnoredWords(words, tuple(names), reason.strip())


def _pack(file: _File, number: int, pack: str) -> Path:
    path = file.path.parent / pack
    if not path.exists():
        raise file.fault(("packs", number), f"there is no pack “{pack}”.", "A path starts from this file.")
    return path


def _overrides(file: _File) -> Iterator[Override]:
    listed = file.data.get("overrides") or []
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise file.fault(
            ("overrides",),
            "“overrides” should be a list of settings with `files`.",
            "Start each with “- files:”.",
        )
    for number, one in enumerate(listed):
        at = ("overrides", number)
        for key in _OF_PROJECT:
            if key in one:
                raise file.fault(
                    (*at, key),
                    f"“{key}” is for the whole project.",
                    "Move it out of `overrides`, to the start of a line.",
                )
        settings = _settings(file, one, at, _OVERRIDE_KEYS)
        files = _as_list(one.get("files"))
        if not files or not all(isinstance(pattern, str) for pattern in files):
            raise file.fault(
                at, "an override needs `files`: one pattern or a list of them.", 'For example "letters/*".'
            )
        yield Override(tuple(files), settings)


def _names(file: _File) -> Iterator[tuple[str, str]]:
    """Every selector in a file that has been found in order, and where it stands."""
    for at, data in _parts(file):
        for key in ("select", "with", "ignore"):
            for number, name in enumerate(_as_list(data.get(key))):
                yield name, file.place(*at, key, number)
        for name in data.get("severity") or {}:
            yield name, file.place(*at, "severity", name)
        for number, one in enumerate(_as_list(data.get("ignore-words"))):
            for name in _as_list(one.get("rules")) if isinstance(one, dict) else ():
                yield name, file.place(*at, "ignore-words", number, "rules")


def _choices(file: _File) -> Iterator[tuple[str, str, str]]:
    """Every service and form that a file names, and where it does."""
    for at, data in _parts(file):
        for key in CHOICES:
            if data.get(key) is not None:
                yield key, data[key], file.place(*at, key)


def _parts(file: _File) -> list[tuple[Steps, Mapping[str, Any]]]:
    """The file, and each of its overrides."""
    overrides = enumerate(file.data.get("overrides") or [])
    return [((), file.data), *((("overrides", number), one) for number, one in overrides)]


def _one_of(known: Iterable[str], value: Any, file: _File, at: Steps, what: str = "severity") -> str:
    known = tuple(known)
    if value not in known:
        hint = nearest(str(value), known) or f"Use one of: {', '.join(known)}."
        raise file.fault(at, f"“{value}” is not a {what}.", hint)
    return str(value)


def _as_list(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
