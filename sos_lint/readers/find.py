"""Finds the documents that the user means by some paths."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from sos_lint.errors import UnreadableFile
from sos_lint.readers import ENDINGS, shown

_SKIPPED = frozenset({"node_modules", "__pycache__"})
_WALKED = frozenset(ENDINGS) - {""}


class Found(NamedTuple):
    """A file to read. `name` is its path as given, or as found below a given folder."""

    path: Path
    name: str


def find_documents(paths: Iterable[str]) -> tuple[list[Found], list[UnreadableFile]]:
    """The documents that the paths name, each once and in order, and a fault for each path without any.

    A file is taken as it is; a folder is searched for endings that can be read. Hidden files, lock files of
    Word ("~$draft.docx") and linked folders are passed over.
    """
    found: dict[Path, Found] = {}
    faults: dict[str, UnreadableFile] = {}
    for given in sorted(set(paths)):
        path, name = Path(given), shown(given) or '""'
        documents = [path]
        try:
            if not given or not os.path.lexists(path):
                documents = []
                faults[name] = UnreadableFile(name, "There is no such file or folder.", "Check the spelling.")
            elif path.is_dir():
                closed: list[OSError] = []
                documents = list(_walk(path, closed.append))
                for error in closed:
                    inside = Path(error.filename)
                    inside_name = name if inside == path else shown(_below(given, path, inside))
                    faults[inside_name] = _closed(error, inside_name)
                if not documents and not closed:
                    faults[name] = _nothing_in(name)
        except (OSError, ValueError):  # let the reader say what is wrong with it
            documents = [path]
        for document in documents:
            shown_name = name if document is path else shown(_below(given, path, document))
            found.setdefault(_absolute(document), Found(document, shown_name))
    ordered = sorted(found.values(), key=lambda document: document.name)
    return ordered, [faults[name] for name in sorted(faults)]


def _walk(folder: Path, on_error: Callable[[OSError], None]) -> Iterator[Path]:
    for here, folders, files in os.walk(folder, onerror=on_error):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for name in files:
            path = Path(here) / name
            if not name.startswith((".", "~$")) and path.suffix.lower() in _WALKED:
                yield path


def _below(given: str, folder: Path, document: Path) -> str:
    """The path of a document as the user would write it after the folder they gave ("./a" stays "./a")."""
    return f"{given.rstrip('/' + os.sep) or given[:1]}/{document.relative_to(folder)}".replace("//", "/")


def _absolute(path: Path) -> Path:
    """The same for two spellings of a path; links are not followed, so each keeps its own name."""
    return Path(os.path.normpath(Path.cwd() / path))


def _closed(error: OSError, name: str) -> UnreadableFile:
    if isinstance(error, PermissionError):
        return UnreadableFile(name, "You may not open this folder.", "Ask who owns it.")
    return UnreadableFile(name, "This folder could not be opened.", "Check whether it is still there.")


def _nothing_in(name: str) -> UnreadableFile:
    return UnreadableFile(name, "There are no documents here.", "Documents end in .txt, .md or .docx.")
