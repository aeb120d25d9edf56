"""Which rules and settings hold for which file: configurations, packs and the command line, joined."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from sos_lint.config import CHOICES, Config, find_config, plain_path, read_config
from sos_lint.errors import BadConfig, BadOption, SosLintError, nearest
from sos_lint.limits import USUAL, Limits
from sos_lint.lint import Linter
from sos_lint.report import RuleNote
from sos_lint.settings import Settings, merge

Key = TypeVar("Key")
Value = TypeVar("Value")


class Project:
    """Chooses a linter and settings for each file; linters and configurations are made once.

    `asked` is what the user asked for on this run: it lies over the settings of a file's configuration. It
    and the configuration named by `config` are checked at once, so that a slip in them stops the run.
    `force_exclude` None leaves it to the configurations whether exclusions hold for files that are named.
    """

    def __init__(
        self,
        asked: Settings | None = None,
        *,
        config: Path | None = None,
        excerpts: bool = True,
        force_exclude: bool | None = None,
    ) -> None:
        self._made_of = (asked, config, excerpts, force_exclude)
        self._asked = asked or Settings()
        self._excerpts = excerpts
        self._force_exclude = force_exclude
        self._configs: dict[Path, Config | SosLintError] = {}
        self._nearest: dict[str, Path | None] = {}
        self._chosen: dict[str, tuple[Linter, Settings]] = {}
        self._linters: dict[tuple[Path, ...], Linter | SosLintError] = {}
        self._checked: set[object] = set()
        self._given = None if config is None else read_config(config)
        if self._asked.packs:
            self._linter(self._asked.packs)

    def __reduce__(self) -> tuple[Callable[..., Project], tuple[object, ...]]:
        """In another process it is made anew, with the same demands."""
        return _project, self._made_of

    def choose(self, path: Path) -> tuple[Linter, Settings]:
        """The linter and settings for a file.

        Raises BadConfig or BadPack if its configuration cannot be followed, BadOption if what the user
        asked for cannot be.
        """
        folder = _folder(path)
        if folder in self._chosen:
            return self._chosen[folder]
        config = self.config_for(path)
        settings = self._settings_for(path, config)
        linter = self._linter(settings.packs)
        self._check_names(linter, config, settings.packs)
        self._check_choices(linter, config)
        if not config.overrides:  # then it is the same for all files of a folder
            self._chosen[folder] = linter, settings
        return linter, settings

    def sharing(self, other: Project) -> Project:
        """This one, with the linters that another has made of shipped packs alone: those do not change."""
        self._linters |= {packs: linter for packs, linter in other._linters.items() if not packs}
        return self

    def notes(self, ids: Collection[str]) -> tuple[RuleNote, ...]:
        """What there is to say of the rules of these ids, in whichever packs of the run they stand."""
        linters = [linter for linter in self._linters.values() if isinstance(linter, Linter)]
        notes = {
            rule.id: RuleNote(
                rule.id, rule.kind, rule.severity, rule.title, rule.why, rule.advice, rule.sources
            )
            for linter in linters
            for rule in linter.catalogue.with_ids(ids)
        }
        return tuple(notes[id] for id in sorted(notes))

    def config_for(self, path: Path) -> Config:
        """The configuration that holds for a file: the one given, else the nearest, else an empty one."""
        if self._given is not None:
            return self._given
        folder = _folder(path)
        if folder not in self._nearest:
            self._nearest[folder] = find_config(plain_path(path).parent)
        nearest = self._nearest[folder]
        return Config() if nearest is None else _made(self._configs, nearest, read_config)

    def reads_table(self, path: Path) -> bool:
        """True for a table of which it is said, here or in the configuration, what columns to read."""
        try:
            return bool(self._settings_for(path, self.config_for(path)).columns)
        except SosLintError:
            return bool(self._asked.columns)

    def reads_attachments(self, path: Path) -> bool:
        """True for a message of which what is attached to it is read, too."""
        try:
            return bool(self._settings_for(path, self.config_for(path)).attachments)
        except SosLintError:  # the message is not checked, then: `choose` says what is wrong
            return False

    def limits_for(self, path: Path) -> Limits:
        """How much of a file is read."""
        try:
            return self._settings_for(path, self.config_for(path)).bounds
        except SosLintError:  # it is not checked, then: `choose` says what is wrong
            return USUAL

    def leaves_out(self, path: Path, folder: bool) -> bool:
        """True for what the configuration does not want to be found by walking.

        A configuration that cannot be followed leaves nothing out: `choose` says what is wrong with it.
        """
        try:
            return self.config_for(path).leaves_out(path, folder=folder)
        except SosLintError:
            return False

    def forces_exclude(self, path: Path) -> bool:
        """True where a file that is named is to be passed over if a walk would pass it over."""
        if self._force_exclude is not None:
            return self._force_exclude
        try:
            return bool(self.config_for(path).force_exclude)
        except SosLintError:
            return False

    def _settings_for(self, path: Path, config: Config) -> Settings:
        """The settings of a configuration for a file, with what was asked for on this run over them."""
        settings = config.settings_for(path)
        wanted = (*self._asked.select, *self._asked.also)
        kept = tuple(name for name in settings.ignore if name not in wanted)
        return merge(replace(settings, ignore=kept), self._asked)

    def _check_choices(self, linter: Linter, config: Config) -> None:
        """A service or form that no pack names is a fault of whoever wrote it."""
        asked = [(key, getattr(self._asked, key), f"--{key}") for key in CHOICES]
        for key, name, place in (*config.choices, *asked):
            known = linter.catalogue.choices(key)
            if name is not None and name not in known:
                hint = nearest(name, known) or f"There are {', '.join(known)}."
                fault = BadOption if place.startswith("--") else BadConfig
                raise fault(place, f"no {key} is called “{name}”.", hint)

    def _linter(self, packs: tuple[Path, ...]) -> Linter:
        return _made(self._linters, packs, lambda paths: Linter.with_packs(paths, excerpts=self._excerpts))

    def _check_names(self, linter: Linter, config: Config, packs: tuple[Path, ...]) -> None:
        """Selectors that mean no rule are a fault of whoever wrote them; looked up once for each set."""
        if (config.names, packs) in self._checked:
            return
        for name, place in config.names:
            linter.check_names([name], place)
        try:
            linter.check_names(self._asked.select, "--select")
            linter.check_names(self._asked.also, "--with")
            linter.check_names(self._asked.ignore, "--ignore")
        except BadConfig as fault:
            raise BadOption(fault.place, fault.sentence, fault.hint) from fault
        self._checked.add((config.names, packs))


def _folder(path: Path) -> str:
    """What tells the folder of a path from others, by its letters: absolute would be slow."""
    folder, name = os.path.split(path)
    return folder if name not in ("", ".", "..") else os.path.join(path, "")  # noqa: PTH118


def _project(asked: Settings | None, config: Path | None, excerpts: bool, force: bool | None) -> Project:
    return Project(asked, config=config, excerpts=excerpts, force_exclude=force)


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
