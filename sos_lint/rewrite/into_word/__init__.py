"""Writes into Word files: other words in the place of some, tracked changes, and comments beside words.

Everything else stays as it is: parts that are not touched are copied as they are packed, and in the others
only the runs whose words are concerned are written anew. python-docx would write every part that it reads
anew; so the bytes are spliced, at the places that expat tells (`rewrite.spliced`).

`package` is the file, `runs` cuts runs, `changes` puts words in, `comments` and `places` put comments beside
them, `section` puts paragraphs at the end.
"""

from __future__ import annotations

from collections.abc import Iterable

from sos_lint.errors import SosLintError
from sos_lint.finding import Edit
from sos_lint.readers.from_docx import read
from sos_lint.rewrite.into_word.changes import put_edits
from sos_lint.rewrite.into_word.comments import put_notes, without_comments
from sos_lint.rewrite.into_word.package import WordFile
from sos_lint.rewrite.into_word.section import put_section
from sos_lint.rewrite.notes import Annotated, Author, Note


def apply(data: bytes, name: str, edits: Iterable[Edit], *, tracked: Author | None = None) -> bytes:
    """The bytes of a Word file with the edits in it; without edits, the same bytes.

    Words that replace those of several runs take the formatting of the first. `tracked`: the edits become
    changes by this author, for people to accept or reject.

    Raises ValueError for an edit that is not on verbatim words, or that overlaps another.
    """
    word = WordFile(data, name)
    put_edits(word, edits, tracked)
    return word.written()


def trackable(_data: bytes, _name: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that can be put in as changes to accept or reject, which in Word is all."""
    return tuple(edits)


def annotate(data: bytes, name: str, notes: Iterable[Note], *, replace: bool, author: Author) -> Annotated:
    """The bytes of a Word file with each note as a comment beside its words.

    A note that stands at its words already, from an earlier run, is left alone. `replace`: the author's
    earlier comments are taken out first, but for those that someone has replied to.
    """
    if replace:
        data = without_comments(WordFile(data, name), author.name)
    word = WordFile(data, name)
    done = put_notes(word, notes, author)
    if read(done.data, name).text != word.document.text:
        raise SosLintError(
            name, "Comments cannot be put into this file without changing its words.", "It was left as it is."
        )
    return done


def with_section(data: bytes, name: str, title: str, lines: Iterable[str]) -> bytes:
    """The bytes of a Word file with a title and these lines, a paragraph each, at its end."""
    word = WordFile(data, name)
    put_section(word, title, lines)
    return word.written()
