"""Which rules and settings hold for which file: configurations, packs and the command line, joined."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sos_lint.config import Config, Settings, find_config, read_config
from sos_lint.errors import SosLintError
from sos_lint.lint import Linter

Key = TypeVar("Key")
Value = TypeVar("Value")


class Project:
    """Chooses a linter and settings for each file; linters and configurations are made once.

    `asked` lays what the user asked for on this run over the settings of a file's configuration.
    """

    def __init__(
        self, asked: Callable[[Settings], Settings], *, config: Path | None = None, excerpts: bool = True
    ) -> None:
        self._asked = asked
        self._given = config
        self._excerpts = excerpts
        self._configs: dict[Path, Config | SosLintError] = {}
        self._nearest: dict[Path, Path | None] = {}
        self._linters: dict[tuple[Path, ...], Linter | SosLintError] = {}
        self._checked: set[str] = set()

    def choose(self, path: Path) -> tuple[Linter, Settings]:
        """The linter and settings for a file; raises BadConfig or BadPack if they cannot be followed."""
        config = self.config_for(path)
        settings = self._asked(config.settings_for(path))
        linter = _made(self._linters, settings.packs, self._linter)
        self._check_names(linter, config, settings)
        return linter, settings

    def config_for(self, path: Path) -> Config:
        """The configuration that holds for a file: the one given, else the nearest, else an empty one."""
        folder = path.absolute().parent
        if self._given is None and folder not in self._nearest:
            self._nearest[folder] = find_config(folder)
        nearest = self._given or self._nearest[folder]
        return _made(self._configs, nearest, read_config) if nearest is not None else Config()

    def _linter(self, packs: tuple[Path, ...]) -> Linter:
        return Linter.with_packs(packs, excerpts=self._excerpts)

    def _check_names(self, linter: Linter, config: Config, settings: Settings) -> None:
        """Selectors that mean no rule are a fault of whoever wrote them; looked up once for each set."""
        for place, names in ((config.place, config.names), ("--select, --ignore", settings.names)):
            key = repr((place, names, settings.packs))
            if key not in self._checked:
                linter.check_names(names, place)
                self._checked.add(key)


def _made(kept: dict[Key, Value | SosLintError], key: Key, make: Callable[[Key], Value]) -> Value:
    """What `make` gives, or the fault that it raises, the same each time it is asked."""
    if key not in kept:
        try:
            kept[key] = make(key)
        except SosLintError as fault:
            kept[key] = fault
    value = kept[key]
    if isinstance(value, SosLintError):
        raise value
    return value
