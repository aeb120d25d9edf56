"""How much the page takes: enough for any document that people write, too little to stop a computer."""

from __future__ import annotations

MAX_BODY = 16 * 1024 * 1024  # bytes of one request: a file with the words that were changed in it
MAX_FILE = 10 * 1024 * 1024  # bytes of a file
MAX_TEXT = 1_000_000  # characters of a text, some 350 pages
MAX_LINES = 20_000  # of a file: with more, a browser takes long over a text field
MAX_SHOWN = 3_000  # findings that are sent to the page
WAITING = 128  # pieces of work that may wait
SECONDS = 60  # that a piece of work may take once it has begun
SECONDS_TO_SEND = 20  # that a browser on this computer may take over sending a request
