"""`sos-lint-annotate`: drop a draft on it, and a copy with the questions as comments stands beside the draft.

For file managers, which hand over files and show no terminal. It opens nothing: who dropped the draft sees
where the copy is. A window that was opened for it stays until Enter is pressed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sos_lint.errors import SosLintError

ENDING = "-with-questions"
HOW = """\
Drop a Word file (.docx) or an OpenDocument text (.odt) on this, and a copy of it is put beside it, with each
question as a comment. The draft itself stays as it is.

  sos-lint-annotate DRAFT...             make the copies
  sos-lint-annotate --wait DRAFT...      and keep the window open until Enter is pressed
  sos-lint-annotate --desktop-file       print an entry for the menus of Linux file managers
"""
_DESKTOP = """\
[Desktop Entry]
Type=Application
Name=Add the family's questions
Comment=Put a copy beside a draft, with each unclear word's questions as comments
Exec={program} --wait %F
Terminal=true
NoDisplay=true
MimeType=application/vnd.openxmlformats-officedocument.wordprocessingml.document;application/vnd.oasis.opendocument.text;
Categories=Office;
"""


def main(argv: Sequence[str] | None = None) -> int:
    """Make the copies. The exit status is 0, or 2 where one could not be made."""
    from sos_lint.cli import out

    arguments = list(sys.argv[1:] if argv is None else argv)
    out.prepare()
    waits = "--wait" in arguments or _owns_its_window()
    drafts = [argument for argument in arguments if not argument.startswith("--")]
    if "--desktop-file" in arguments:
        with out.printing() as stream:
            stream.write(desktop_file())
        return 0
    if not drafts:
        print(HOW, end="", file=sys.stdout)
    status = max((_annotated(Path(draft)) for draft in drafts), default=0 if "--help" in arguments else 2)
    if waits:
        _wait()
    return status


def beside(draft: Path) -> Path:
    """The name of a copy: one that is not taken yet."""
    names = (f"{draft.stem}{ENDING}{'' if number == 1 else f'-{number}'}" for number in range(1, 1000))
    places = (draft.with_name(f"{name}{draft.suffix}") for name in names)
    return next((place for place in places if not place.exists()), draft.with_name(f"{ENDING}{draft.suffix}"))


def desktop_file() -> str:
    """The entry for file managers that keep to the standard of freedesktop.org."""
    return _DESKTOP.format(program=f"{_quoted(sys.executable)} -m sos_lint.cli.beside")


def _quoted(program: str) -> str:
    """A program's path as the standard quotes it."""
    escaped = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in program).replace("\\", "\\\\")
    return f'"{escaped}"'.replace("%", "%%")


def _annotated(draft: Path) -> int:
    from sos_lint.cli import main as sos_lint
    from sos_lint.cli import out

    if (fault := _unfit(draft)) is not None:
        out.tell(fault)
        return 2
    return sos_lint(["annotate", "--output", str(beside(draft)), "--", str(draft)])


def _unfit(draft: Path) -> SosLintError | None:
    """What is to be told of something that can have no copy with comments, whatever stands in it."""
    from sos_lint.errors import SosLintError
    from sos_lint.readers import is_opendocument, shown

    name = shown(str(draft))
    if draft.is_dir():
        return SosLintError(name, "This is a folder.", "Open it, and drop the drafts that are in it.")
    if draft.suffix.lower() != ".docx" and not is_opendocument(draft.name):
        kinds = "Only Word (.docx) and OpenDocument (.odt) files can hold comments."
        return SosLintError(name, kinds, "Save it as one of these, and drop that file.")
    return None


def _owns_its_window() -> bool:
    """True on Windows where the console was opened for this program alone, and will close with it."""
    if sys.platform != "win32":
        return False
    import ctypes

    processes = (ctypes.c_uint * 4)()
    # The launcher that pip makes and the Python that it starts.
    return 0 < ctypes.windll.kernel32.GetConsoleProcessList(processes, 4) <= 2


def _wait() -> None:
    from contextlib import suppress

    print("\nPress Enter to close this window.", end="", flush=True)
    with suppress(EOFError, OSError, KeyboardInterrupt):
        if sys.stdin:
            sys.stdin.readline()


if __name__ == "__main__":
    raise SystemExit(main())
