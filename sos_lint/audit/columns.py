"""Which columns of a table hold what, and what the values in them come to."""

from __future__ import annotations

import datetime
import re
from typing import NamedTuple


class Columns(NamedTuple):
    """The names of the columns: the notes themselves, and what is known of each.

    Without `id` a row is known by its number, from 1. `date_format` is how a date that is written in words
    is read (as `strptime` takes it); without it only 2024-05-31 is one, as 05/06/2024 says two things.
    """

    text: str
    id: str | None = None
    group: str | None = None
    date: str | None = None
    date_format: str | None = None

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that is named, each once."""
        return tuple(dict.fromkeys(name for name in self[:4] if name is not None))


# What may be wrong with a row, in the words of the lists that people read.
NO_TEXT = "no text"
EMPTY = "only blanks"
NOT_TEXT = "not text but another kind of value"
NOT_UTF8 = "text that is not UTF-8"
TOO_LONG = "over 2 MB of text"
NO_COLUMN = "no such column"
NO_DATE = "a date that cannot be read"
BROKEN_ROW = "a row that cannot be cut into columns"
NO_ID = "no id"
TWICE = "an id that other rows have too"
LOST = "the process that read this row was ended, perhaps for want of memory"

MAX_NOTE = 2_000_000  # bytes of one note: some 300,000 words, for which a process needs about 400 MB

_DAY = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]|$)", re.ASCII)  # Python 3.11 takes others, 3.10 does not


class Row(NamedTuple):
    """One row as it is to be linted. `text` None: it cannot be, and `problems` say why."""

    id: str | None
    group: str | None
    date: datetime.date | None
    text: bytes | None
    problems: tuple[str, ...] = ()


def row_of(id: object, group: object, date: object, text: object, date_format: str | None) -> Row:
    """The row that these values make, whatever they are."""
    words, problem = words_of(text)
    day, dateless = day_of(date, date_format)
    problems = tuple(one for one in (problem, dateless) if one)
    return Row(name_of(id), name_of(group), day, words, problems)


def words_of(value: object) -> tuple[bytes | None, str | None]:
    """The bytes of a note, or what is wrong with it."""
    if value is None:
        return None, NO_TEXT
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape" if _has_bytes(value) else "surrogatepass")
    if not isinstance(value, bytes):
        return None, NOT_TEXT
    if len(value) > MAX_NOTE:
        return None, TOO_LONG
    return (value, None) if value.strip() else (None, EMPTY)


def day_of(value: object, date_format: str | None = None) -> tuple[datetime.date | None, str | None]:
    """The day of a value, or that it cannot be read as one. Nothing at all is no fault."""
    if isinstance(value, datetime.datetime):
        return value.date(), None
    if isinstance(value, datetime.date):
        return value, None
    written = name_of(value)
    if written is None:
        return None, None
    try:
        if date_format is not None:
            return datetime.datetime.strptime(written, date_format).date(), None
        return (datetime.date.fromisoformat(written[:10]), None) if _DAY.match(written) else (None, NO_DATE)
    except ValueError:
        return None, NO_DATE


def name_of(value: object) -> str | None:
    """An id or the name of a group as words; a blank one is none."""
    if value is None:
        return None
    if isinstance(value, bytes):
        value = value.decode("utf-8", "backslashreplace")
    if isinstance(value, float) and value.is_integer():  # Excel and JSON have no other numbers
        value = int(value)
    written = str(value).strip()
    return written.encode("utf-8", "backslashreplace").decode("utf-8") or None


def _has_bytes(text: str) -> bool:
    """True for text with bytes in it that were not UTF-8 (PEP 383)."""
    return any("\udc80" <= sign <= "\udcff" for sign in text) if not text.isascii() else False
