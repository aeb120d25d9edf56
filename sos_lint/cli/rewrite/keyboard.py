"""What the writer types: one line at a time, with her earlier lines at hand, in memory only."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from sos_lint.readers.build import tidy
from sos_lint.reporters.to_terminal.excerpt import wrap
from sos_lint.reporters.to_terminal.page import NARROWEST

if TYPE_CHECKING:
    from prompt_toolkit import PromptSession


class Keyboard:
    """Reads lines from the terminal. Ctrl-C raises KeyboardInterrupt, the end of input EOFError."""

    def __init__(self) -> None:
        # Else a terminal that cannot say where its cursor is gets a warning in the middle of the interview.
        os.environ.setdefault("PROMPT_TOOLKIT_NO_CPR", "1")
        from prompt_toolkit import PromptSession
        from prompt_toolkit.output import ColorDepth

        plain = ColorDepth.DEPTH_1_BIT if os.environ.get("NO_COLOR") else None
        self._session: PromptSession[str] = PromptSession(color_depth=plain)
        self._editor: PromptSession[str] = PromptSession(color_depth=plain)  # its lines are no answers

    def line(self, words: str = "") -> str:
        """A line, which begins as these words."""
        return self._session.prompt("> ", default=words)

    def sentence(self, words: str, cursor: int) -> str:
        """The words as they are changed, from where the cursor is put. Enter ends, as it does everywhere.

        Long words are shown in several lines, broken between words; a break is only a space.
        """
        from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

        keys = KeyBindings()

        @keys.add("enter")
        def _end(event: KeyPressEvent) -> None:
            event.current_buffer.validate_and_handle()

        def put_cursor() -> None:
            self._editor.default_buffer.cursor_position = cursor

        width = max(NARROWEST, self._editor.output.get_size().columns) - len("> ") - 1
        changed = self._editor.prompt(
            "> ",
            default=_broken(words, width),
            multiline=True,
            prompt_continuation="  ",
            key_bindings=keys,
            pre_run=put_cursor,
        )
        return tidy(changed)


def _broken(words: str, width: int) -> str:
    """The words with a line break for the space at each line's end: as many signs as before."""
    signs = list(words)
    for line in wrap(words, width)[:-1]:
        if words[line.end] == " ":
            signs[line.end] = "\n"
    return "".join(signs)
