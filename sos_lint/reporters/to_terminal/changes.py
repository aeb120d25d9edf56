"""What `fix` changed, for people: the words before and after, file by file, and what is left to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sos_lint.report import Change, FileReport
from sos_lint.reporters.names import counted
from sos_lint.reporters.to_terminal.page import Page
from sos_lint.reporters.to_terminal.summary import write_failure


def write_changes(page: Page, name: str, changes: Sequence[Change]) -> None:
    """The changes to one file: each once, with the number of times and the rule."""
    page.put(page.text(name, "bold"))
    for change, count in Counter(changes).items():
        times = f" ({count} times)" if count > 1 else ""
        became = page.prose(f"“{change.old}” is now “{change.new}”{times}  ")
        page.write(became, page.text(change.rule, "dim"))


def write_outcome(
    page: Page,
    changed: Sequence[int],
    failed: Sequence[FileReport],
    *,
    for_review: int,
    for_writer: int,
    only_read: Sequence[str],
    only_shown: bool,
) -> None:
    """The failures, and in words what was done and what is left. `changed` counts each file's changes.

    `only_read` are the files that have findings, but are of a kind that we do not write.
    """
    for file in failed:
        assert file.failure is not None
        write_failure(page, file.path, file.failure)
    files = counted(sum(1 for count in changed if count), "file", "files")
    places = counted(sum(changed), "place", "places")
    if any(changed):
        made = f"{places} {'would change' if only_shown else 'changed'} in {files}."
        page.write(page.text(made, "bold"), indent=0)
    elif changed:
        page.write(page.text("Nothing to change.", "bold"), indent=0)
    elif not failed:
        page.write(page.text("No file was read.", "bold"), indent=0)
    if only_read:
        them = f"{only_read[0]} is" if len(only_read) == 1 else f"{len(only_read)} files are"
        page.write(page.text(f"{them} of a kind that is only read: nothing was changed there."), indent=0)
    if for_review:
        look = counted(for_review, "place needs a look", "places need a look")
        them = "it" if for_review == 1 else "them"
        page.write(page.text(f"{look}: --review changes {them} too."), indent=0)
    if for_writer:
        left = counted(for_writer, "place is", "places are")
        page.write(page.text(f"{left} left to you: `sos-lint check` says what to ask."), indent=0)
    if failed:
        page.write(page.text(f"{counted(len(failed), 'file', 'files')} could not be changed."), indent=0)
