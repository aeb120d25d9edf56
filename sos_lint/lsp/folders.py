"""Which settings hold for which document: those of the editor, by folder, over the configuration on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sos_lint.config import NAMES
from sos_lint.errors import BadOption, SosLintError, nearest
from sos_lint.lint import Linter
from sos_lint.project import Project
from sos_lint.settings import Profile, Settings

DEBOUNCE = 200  # milliseconds from the last change until the draft is looked through
SECTION = "sos-lint"
WATCHED = (*(f"**/{name}" for name in NAMES), "**/pack.yml")

_LISTS = {"select": "select", "with": "also", "ignore": "ignore"}
_WORDS = ("service", "form")
_OTHERS = ("profile", "config", "debounce", "trace")
_PLACE = "the editor's settings of sos-lint"


@dataclass(frozen=True, slots=True)
class Options:
    """What somebody set in the editor."""

    asked: Settings = field(default_factory=Settings)
    config: Path | None = None
    debounce: int = DEBOUNCE

    @classmethod
    def of(cls, said: object) -> Options:
        """The options in what an editor sends; raises BadOption where they cannot be followed."""
        if said is None:
            return cls()
        if not isinstance(said, Mapping):
            raise BadOption(_PLACE, "they should be an object.", 'Such as {"ignore": ["jargon"]}.')
        known = (*_LISTS, *_WORDS, *_OTHERS)
        for key in said:
            if key not in known:
                raise BadOption(_PLACE, f"there is no “{key}”.", nearest(str(key), known) or _those(known))
        asked: dict[str, Any] = {name: _list(said, key) for key, name in _LISTS.items()}
        asked |= {key: _word(said, key) for key in _WORDS}
        profile, config, debounce = _word(said, "profile"), _word(said, "config"), said.get("debounce")
        if profile is not None:
            if profile not in [one.value for one in Profile]:
                names = [one.value for one in Profile]
                raise BadOption(
                    _PLACE, f"no profile is called “{profile}”.", nearest(profile, names) or _those(names)
                )
            asked["profile"] = Profile(profile)
        if debounce is None:
            debounce = DEBOUNCE
        if not isinstance(debounce, int) or not 0 <= debounce <= 10_000:
            raise BadOption(_PLACE, "“debounce” should be a number of milliseconds.", "From 0 to 10000.")
        return cls(Settings(**asked), Path(config) if config else None, debounce)


def _those(names: Sequence[str]) -> str:
    return f"There are {', '.join(names)}."


def _list(said: Mapping[str, object], key: str) -> tuple[str, ...]:
    given = said.get(key)
    if given is None:
        return ()
    if isinstance(given, str):
        return (given,)
    if isinstance(given, list) and all(isinstance(one, str) for one in given):
        return tuple(given)
    raise BadOption(_PLACE, f"“{key}” should be a list of names.", f'Such as "{key}": ["jargon"].')


def _word(said: Mapping[str, object], key: str) -> str | None:
    given = said.get(key)
    if given is None or given == "":
        return None
    if isinstance(given, str):
        return given
    raise BadOption(_PLACE, f"“{key}” should be text.", f'Such as "{key}": "…".')


@dataclass
class _Folder:
    """A folder that is open in the editor."""

    path: Path
    options: Options
    project: Project


class Folders:
    """The folders that are open, each with its own settings; `rest` are for documents outside all of them."""

    def __init__(self) -> None:
        self._shipped = Project()  # whose linter all others share
        self._rest = _Folder(Path(), Options(), self._shipped)
        self._folders: dict[Path, _Folder] = {}
        self.generation = 0  # another one where any setting may have changed

    @property
    def paths(self) -> tuple[Path, ...]:
        """The folders, in order."""
        return tuple(sorted(self._folders))

    def open(self, path: Path) -> None:
        """A folder is opened, with the settings for all until it has its own."""
        options = self._rest.options
        self._folders[path] = _Folder(path, options, self._made(path, options))
        self.generation += 1

    def close(self, path: Path) -> None:
        """A folder is closed."""
        self._folders.pop(path, None)
        self.generation += 1

    def set(self, said: object, path: Path | None = None) -> None:
        """Follow what is set in the editor, for a folder or for all; raises BadOption, and does nothing."""
        options = Options.of(said)
        folders = [self._rest, *self._folders.values()] if path is None else [self._folders[path]]
        made = [self._made(folder.path, options) for folder in folders]
        for folder, project in zip(folders, made, strict=True):
            folder.options, folder.project = options, project
        self.generation += 1

    def read_again(self) -> None:
        """Configurations on disk may have changed. Raises BadOption where one that the editor names cannot be
        followed; the others are read all the same.
        """
        self.generation += 1
        faults = []
        for folder in (self._rest, *self._folders.values()):
            try:
                folder.project = self._made(folder.path, folder.options)
            except BadOption as fault:
                faults.append(fault)
        if faults:
            raise faults[0]

    def choose(self, path: Path | None) -> tuple[Linter, Settings]:
        """The linter and settings for a document; one without a file goes by the first folder.

        Raises SosLintError where a configuration cannot be followed.
        """
        folder = self._holding(path)
        return folder.project.choose(path or folder.path / "untitled")

    def project(self, path: Path) -> Project:
        """What holds in an open folder."""
        return self._holding(path).project

    def debounce(self, path: Path | None) -> float:
        """The seconds from the last change of a document until it is looked through."""
        return self._holding(path).options.debounce / 1000

    def _holding(self, path: Path | None) -> _Folder:
        """The innermost open folder that holds a document."""
        if path is None:
            return next((self._folders[one] for one in self.paths), self._rest)
        holding = (one for one in (path, *path.parents) if one in self._folders)
        return next((self._folders[one] for one in holding), self._rest)

    def _made(self, path: Path, options: Options) -> Project:
        config = None if options.config is None else path / options.config
        try:
            project = Project(options.asked, config=config)
        except SosLintError as fault:
            raise BadOption(_PLACE, str(fault), "") from fault
        return project.sharing(self._shipped)
