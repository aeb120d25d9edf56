"""Finds the documents that the user means by some paths."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from sos_lint.errors import UnreadableFile
from sos_lint.readers import ENDINGS, KINDS, TABLES, is_table, shown
from sos_lint.readers.ignored import Ignored

_SKIPPED = frozenset({"node_modules", "__pycache__"})
# A folder of PDF files is no fault of somebody who lacks what reads them.
_NOT_WALKED = {""} if find_spec("pypdfium2") else {"", ".pdf"}
WALKED = frozenset((*ENDINGS, *TABLES)) - _NOT_WALKED

LeavesOut = Callable[[Path, bool], bool]  # whether the configuration leaves out a path; True: it is a folder
Forces = Callable[[Path], bool]  # whether a file that is named has to be one that would be found
ReadsTable = Callable[[Path], bool]  # whether it is said which columns of a table to read


class Found(NamedTuple):
    """A document to read. `name` is the path of its file as given, or as found below a given folder.

    `part` is the number of an attachment in the message that the file is; it is named as if the message were
    a folder.
    """

    path: Path
    name: str
    part: int | None = None

    @property
    def place(self) -> Path:
        """A path that no other document has, to know it by; of an attachment there is no such file."""
        return self.path if self.part is None else self.path / self.name.rpartition("/")[2]


def find_documents(
    paths: Iterable[str],
    leaves_out: LeavesOut | None = None,
    forces: Forces | None = None,
    reads_table: ReadsTable | None = None,
) -> tuple[list[Found], list[UnreadableFile]]:
    """The documents that the paths name, each once and in order, and a fault for each path without any.

    A file is taken as it is; a folder is searched for endings that can be read. Passed over there are hidden
    files, lock files of Word ("~$draft.docx"), linked folders, links that lead out of the folder, what
    `.gitignore` and `.ignore` name, what the configuration leaves out, and tables of which nobody has said
    what columns to read. Where `forces` says so, a file is passed over as it would be there. The order of the
    paths is of no account.
    """
    found: dict[str, Found] = {}
    here = os.getcwd()  # noqa: PTH109 (names as they stand, at speed)
    faults: dict[str, UnreadableFile] = {}
    from_here = _Walk(Path(), leaves_out, reads_table)
    for given in sorted(set(paths)):
        path, name = Path(given), shown(given) or '""'
        documents = [path]
        try:
            if not given or not os.path.lexists(path):
                documents = []
                faults[name] = UnreadableFile(name, "There is no such file or folder.", "Check the spelling.")
            elif path.is_dir():
                walk = _Walk(path, leaves_out, reads_table)
                documents = walk.documents()
                for error in walk.closed:
                    inside = Path(error.filename)
                    inside_name = name if inside == path else shown(_below(given, path, inside))
                    faults[inside_name] = _closed(error, inside_name)
                if not documents and not walk.closed:
                    faults[name] = _nothing_in(name, walk)
            elif forces is not None and forces(path):
                is_here = _absolute(path).is_relative_to(Path.cwd())
                walk = from_here if is_here else _Walk(path.parent, leaves_out, reads_table)
                documents = [] if walk.passes_over(path) else [path]
        except (OSError, ValueError):  # let the reader say what is wrong with it
            documents = [path]
        for document in documents:
            shown_name = name if document is path else shown(_below(given, path, document))
            alike = os.path.normpath(os.path.join(here, document))  # noqa: PTH118
            found.setdefault(alike, Found(document, shown_name))
    ordered = sorted(found.values(), key=lambda document: document.name)
    return ordered, [faults[name] for name in sorted(faults)]


class _Walk:
    """Goes through one folder. `closed` are the folders in it that would not open."""

    def __init__(
        self, folder: Path, leaves_out: LeavesOut | None, reads_table: ReadsTable | None = None
    ) -> None:
        self._folder = folder
        self._leaves_out = leaves_out
        self._reads_table = reads_table
        self._real = os.path.realpath(folder)
        self._rules: dict[Path, Ignored | None] = {}
        self.closed: list[OSError] = []
        self.left_out = 0
        self.tables = 0  # passed over, as nobody has said which of their columns to read

    def documents(self) -> list[Path]:
        """The documents in it. Of several links to one document in the folder, that itself or the first."""
        files: list[Path] = []
        links: dict[str, Path] = {}
        for path in self._files():
            if not os.path.islink(path):  # noqa: PTH114 (thousands of them)
                files.append(path)
                continue
            target = os.path.realpath(path)
            if os.path.commonpath([target, self._real]) == self._real:
                links[target] = min(path, links.get(target, path))
        if links:
            taken = {os.path.realpath(file) for file in files}
            files += [link for target, link in links.items() if target not in taken]
        return files

    def _files(self) -> Iterator[Path]:
        ignored = {str(self._folder): Ignored.above(self._folder)}
        for here, folders, files in os.walk(self._folder, onerror=self.closed.append):
            rules = ignored.pop(here).within(here, frozenset(files))
            kept = []
            for name in sorted(folders):
                path = os.path.join(here, name)  # noqa: PTH118 (as os.walk joins it)
                if os.path.islink(path):  # noqa: PTH114
                    continue
                if not self._is_left_out(path, rules, folder=True):
                    kept.append(name)
                    ignored[path] = rules
            folders[:] = kept
            for name in files:
                if os.path.splitext(name)[1].lower() not in WALKED:  # noqa: PTH122
                    continue
                path = os.path.join(here, name)  # noqa: PTH118
                if not self._is_left_out(path, rules, folder=False) and not self._is_unread(Path(path)):
                    yield Path(path)

    def passes_over(self, file: Path) -> bool:
        """True for a file below the folder that is hidden, left out or unread, or stands in such a folder."""
        below = _absolute(file).relative_to(_absolute(self._folder))
        rules = self._rules_in(below.parent)
        if rules is None or self._is_left_out(str(self._folder / below), rules, folder=False):
            return True
        return self._is_unread(file)

    def _rules_in(self, below: Path) -> Ignored | None:
        """The rules of a folder below this one; None where it is passed over."""
        if below not in self._rules:
            here = str(self._folder / below)
            if not below.parts:
                self._rules[below] = Ignored.above(self._folder).within(here)
            else:
                above = self._rules_in(below.parent)
                out = above is None or self._is_left_out(here, above, folder=True)
                self._rules[below] = None if above is None or out else above.within(here)
        return self._rules[below]

    def _is_unread(self, path: Path) -> bool:
        """True for a table of which nobody has said what columns to read."""
        unread = self._reads_table is not None and is_table(path.name) and not self._reads_table(path)
        self.tables += unread
        return unread

    def _is_left_out(self, path: str, rules: Ignored, *, folder: bool) -> bool:
        if is_hidden(os.path.basename(path), folder=folder):  # noqa: PTH119
            return True
        left_out = rules.leaves_out(path + "/" if folder else path) or (
            self._leaves_out is not None and self._leaves_out(Path(path), folder)
        )
        self.left_out += left_out
        return left_out


def is_hidden(name: str, *, folder: bool = False) -> bool:
    """True for what a program put there for itself, such as the lock file of an open draft."""
    return name.startswith(".") or (name in _SKIPPED if folder else name.startswith("~$"))


def _below(given: str, folder: Path, document: Path) -> str:
    """The path of a document as the user would write it after the folder they gave ("./a" stays "./a")."""
    whole, top = str(document), str(folder)
    below = whole if top == "." else whole[len(top) :].lstrip(os.sep)
    return f"{given.rstrip('/' + os.sep) or given[:1]}/{below}".replace("//", "/")


def _absolute(path: Path) -> Path:
    """The same for two spellings of a path; links are not followed, so each keeps its own name."""
    return Path(os.path.normpath(Path.cwd() / path))


def _closed(error: OSError, name: str) -> UnreadableFile:
    if isinstance(error, PermissionError):
        return UnreadableFile(name, "You may not open this folder.", "Ask who owns it.")
    return UnreadableFile(name, "This folder could not be opened.", "Check whether it is still there.")


def _nothing_in(name: str, walk: _Walk) -> UnreadableFile:
    if walk.tables:
        sentence = "There are only tables here (.csv, .xlsx): which of their columns hold notes?"
        return UnreadableFile(name, sentence, "Name them with --column, once for each.")
    if walk.left_out:
        sentence = "All that is here is left out by .gitignore, .ignore or the configuration."
        return UnreadableFile(name, sentence, "Name the files themselves, or change what leaves them out.")
    return UnreadableFile(name, "There are no documents here.", f"Documents end in {', '.join(KINDS)}.")
