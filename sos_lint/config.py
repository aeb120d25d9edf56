"""Configuration: found upward from each file, the nearest wins, and nothing in it is guessed.

A project has `.sos-lint.yml`, or `[tool.sos-lint]` in `pyproject.toml`. A file further up is followed only
through `extend`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sos_lint.errors import BadConfig, SosLintError, nearest
from sos_lint.kinds import Severity

if TYPE_CHECKING:
    from sos_lint.rule import Rule

NAMES = (".sos-lint.yml", ".sos-lint.yaml", "pyproject.toml")
LONGEST_CHAIN = 10  # files that may extend one another

_SEVERITY = {severity.label: severity for severity in Severity}
_NEVER = "never"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a run, or one file in it, is to be checked for.

    `select` empty means every rule. `fail_on` None means that findings never fail the run. Where a rule
    is both selected and ignored, the more exact name wins: an id before a file, a file before a pack or
    kind.
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severities: tuple[tuple[str, Severity], ...] = ()
    packs: tuple[Path, ...] = ()
    fail_on: Severity | None = Severity.WARNING

    def wants(self, rule: Rule) -> bool:
        """True when findings of this rule are to be reported."""
        against = _exactness(self.ignore, rule)
        if not self.select:
            return not against
        return _exactness(self.select, rule) > against

    def severity(self, rule: Rule) -> Severity:
        """The rule's severity here; of several settings the most exact, then the last."""
        best = max(
            ((_exactness((name,), rule), number) for number, (name, _) in enumerate(self.severities)),
            default=(0, 0),
        )
        return self.severities[best[1]][1] if best[0] else rule.severity

    @property
    def names(self) -> tuple[str, ...]:
        """Every selector that is used, for checking that it means something."""
        return (*self.select, *self.ignore, *(name for name, _ in self.severities))


@dataclass(frozen=True, slots=True)
class Override:
    """Settings for the files that match one of the patterns, which are relative to the configuration."""

    files: tuple[str, ...]
    settings: Settings

    def covers(self, relative: str) -> bool:
        """True for a path, with forward slashes, that matches; a pattern without a slash fits any folder."""
        name = relative.rpartition("/")[2]
        return any(fnmatchcase(relative if "/" in pattern else name, pattern) for pattern in self.files)


@dataclass(frozen=True, slots=True)
class Config:
    """One configuration file, with those that it extends merged in. `place` names it in messages."""

    place: str = ""
    folder: Path = Path()
    settings: Settings = Settings()
    overrides: tuple[Override, ...] = ()

    def settings_for(self, path: Path) -> Settings:
        """The settings for a file: those of the project, then of each override that covers it, in order."""
        settings = self.settings
        try:
            relative = path.absolute().relative_to(self.folder).as_posix()
        except ValueError:
            return settings
        for override in self.overrides:
            if override.covers(relative):
                settings = replace(merge(settings, override.settings), fail_on=settings.fail_on)
        return settings

    @property
    def names(self) -> tuple[str, ...]:
        """Every selector in the configuration."""
        return (
            *self.settings.names,
            *(name for override in self.overrides for name in override.settings.names),
        )


def _exactness(names: tuple[str, ...], rule: Rule) -> int:
    """How exactly the best of some names means a rule: 3 by id, 2 by file, 1 by pack or kind, else 0."""
    if rule.id in names or any(alias in names for alias in rule.aliases):
        return 3
    if rule.group in names:
        return 2
    return int(rule.pack in names or rule.kind.value in names)


def merge(under: Settings, over: Settings) -> Settings:
    """Settings laid over others: lists add up, `select` and `fail-on` of the upper one win where given."""
    return Settings(
        select=over.select or under.select,
        ignore=tuple(dict.fromkeys((*under.ignore, *over.ignore))),
        severities=(*under.severities, *over.severities),
        packs=tuple(dict.fromkeys((*under.packs, *over.packs))),
        fail_on=over.fail_on,
    )


def find_config(start: Path) -> Path | None:
    """The nearest configuration in a folder or one above it."""
    for folder in (start, *start.parents):
        for name in NAMES:
            path = folder / name
            if path.is_file() and (name != "pyproject.toml" or b"[tool.sos-lint" in path.read_bytes()):
                return path
    return None


def read_config(path: Path, chain: tuple[Path, ...] = ()) -> Config:
    """Read a configuration and what it extends; raises BadConfig with file, place and mend."""
    path = path.absolute()
    if path in chain or len(chain) >= LONGEST_CHAIN:
        raise BadConfig(
            str(path), "the files that extend one another go round in a circle.", "Take one `extend` out."
        )
    data, lines = _read(path)
    config = Config(str(path), path.parent)
    for parent in _as_list(data.get("extend", [])):
        if not isinstance(parent, str):
            raise BadConfig(_at(path, lines, "extend"), "“extend” should be a path or a list of paths.")
        base = read_config(path.parent / parent, (*chain, path))
        config = replace(
            config,
            settings=merge(config.settings, base.settings),
            overrides=(*config.overrides, *base.overrides),
        )
    own = _settings(data, path, lines, (), fail_on=config.settings.fail_on, extra=("extend", "overrides"))
    return replace(
        config,
        settings=merge(config.settings, own),
        overrides=(*config.overrides, *_overrides(data, path, lines)),
    )


def _read(path: Path) -> tuple[dict[str, Any], Mapping[tuple[str | int, ...], int]]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadConfig(str(path), "this is not UTF-8 text.", "Save the file as UTF-8.") from error
    except OSError as error:
        why = (error.strerror or "unknown fault").lower()
        raise BadConfig(str(path), f"the configuration cannot be read: {why}.", "Check its name.") from error
    if path.suffix == ".toml":
        return _toml(text, path), {}
    from sos_lint.yaml_lines import read_yaml

    try:
        data, lines = read_yaml(text, str(path))
    except SosLintError as fault:
        raise BadConfig(fault.place, fault.sentence, fault.hint) from fault
    if data is not None and not isinstance(data, dict):
        raise BadConfig(
            f"{path}:1", "this file should be keys with values.", "`sos-lint init` writes an example."
        )
    return data or {}, lines


def _toml(text: str, path: Path) -> dict[str, Any]:
    try:
        import tomllib
    except ModuleNotFoundError:  # Python 3.10
        import tomli as tomllib  # type: ignore[no-redef, import-not-found, unused-ignore]

    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadConfig(str(path), f"this is not TOML: {error}.", "Look for a missing quote.") from error
    table = data.get("tool", {}).get("sos-lint", {})
    if not isinstance(table, dict):
        raise BadConfig(str(path), "“tool.sos-lint” should be a table.", "Write `[tool.sos-lint]`.")
    return table


_KEYS = ("select", "ignore", "severity", "packs", "fail-on")


def _settings(
    data: Mapping[str, Any],
    path: Path,
    lines: Mapping[tuple[str | int, ...], int],
    at: tuple[str | int, ...],
    *,
    fail_on: Severity | None,
    extra: tuple[str, ...] = (),
) -> Settings:
    for key in data:
        if key not in (*_KEYS, *extra):
            hint = nearest(key, (*_KEYS, *extra)) or f"The keys are {', '.join((*_KEYS, *extra))}."
            raise BadConfig(_at(path, lines, *at, key), f"the key “{key}” is not known here.", hint)

    def words(key: str) -> tuple[str, ...]:
        value = _as_list(data.get(key, []))
        if not all(isinstance(word, str) for word in value):
            raise BadConfig(_at(path, lines, *at, key), f"“{key}” should be a list of words.")
        return tuple(value)

    severities = data.get("severity", {})
    if not isinstance(severities, dict):
        raise BadConfig(_at(path, lines, *at, "severity"), "“severity” should be rules with a severity each.")
    return Settings(
        words("select"),
        words("ignore"),
        tuple(
            (name, _level(value, _SEVERITY.get, tuple(_SEVERITY), _at(path, lines, *at, "severity", name)))
            for name, value in severities.items()
        ),
        tuple(path.parent / pack for pack in words("packs")),
        parse_fail_on(data["fail-on"], _at(path, lines, *at, "fail-on")) if "fail-on" in data else fail_on,
    )


def _overrides(
    data: Mapping[str, Any], path: Path, lines: Mapping[tuple[str | int, ...], int]
) -> tuple[Override, ...]:
    listed = data.get("overrides", [])
    if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
        raise BadConfig(
            _at(path, lines, "overrides"), "“overrides” should be a list of settings with `files`."
        )
    overrides = []
    for number, one in enumerate(listed):
        at = ("overrides", number)
        files = _as_list(one.get("files", []))
        if not files or not all(isinstance(pattern, str) for pattern in files):
            raise BadConfig(
                _at(path, lines, *at), "an override needs `files`: one pattern or a list of them."
            )
        for key in ("packs", "fail-on"):
            if key in one:
                raise BadConfig(
                    _at(path, lines, *at, key), f"“{key}” is for the whole project.", "Move it up."
                )
        settings = _settings(one, path, lines, at, fail_on=None, extra=("files",))
        overrides.append(Override(tuple(files), settings))
    return tuple(overrides)


def parse_fail_on(value: Any, place: str) -> Severity | None:
    """A threshold by its name; None for `never`. Raises BadConfig on anything else."""
    if value == _NEVER:
        return None
    return _level(value, _SEVERITY.get, (*_SEVERITY, _NEVER), place)


def _level(value: Any, get: Callable[[Any], Severity | None], known: tuple[str, ...], place: str) -> Severity:
    found = get(value) if isinstance(value, str) else None
    if found is None:
        hint = nearest(str(value), known) or f"Use one of: {', '.join(known)}."
        raise BadConfig(place, f"“{value}” is not a severity.", hint)
    return found


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _at(path: Path, lines: Mapping[tuple[str | int, ...], int], *steps: str | int) -> str:
    line = lines.get(steps)
    return f"{path}:{line}" if line else str(path)
