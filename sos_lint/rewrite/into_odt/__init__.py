"""Writes into OpenDocument texts: other words in the place of some, tracked changes, comments beside words.

As in Word files, the bytes are spliced, and everything else stays as it is written (`rewrite.spliced`): a
library that writes the whole XML anew would touch what it does not know. Words stand between the tags of
OpenDocument as in any markup, so that no element is cut for a change, and comments and marks of changes can
stand wherever words are typed: in headers, notes and text boxes too.

`file` is the file, `elements` writes elements, `changes` puts words in, `tracking` for people to accept,
`comments` and `places` put comments beside them, `section` puts paragraphs at the end.
"""

from __future__ import annotations

from collections.abc import Iterable

from sos_lint.errors import SosLintError
from sos_lint.finding import Edit
from sos_lint.readers.from_odt import read
from sos_lint.rewrite.into_odt.changes import put_edits
from sos_lint.rewrite.into_odt.comments import put_notes, without_comments
from sos_lint.rewrite.into_odt.file import OdtFile
from sos_lint.rewrite.into_odt.section import put_section
from sos_lint.rewrite.into_odt.tracking import Tracker
from sos_lint.rewrite.notes import Annotated, Author, Note


def apply(data: bytes, name: str, edits: Iterable[Edit], *, tracked: Author | None = None) -> bytes:
    """The bytes of an OpenDocument text with the edits in it; without edits, the same bytes.

    Words that replace those of several spans take the formatting of the first. `tracked`: the edits become
    changes by this author, for people to accept or reject.

    Raises ValueError for an edit that is not on verbatim words, or that overlaps another.
    """
    odt = OdtFile(data, name)
    put_edits(odt, edits, Tracker(odt, tracked) if tracked else None)
    return odt.written()


def trackable(data: bytes, name: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that can be put in as changes: not of words that are drawn, or that wait to be accepted.

    OpenDocument has no way to say that one person would delete what another would insert, and LibreOffice
    keeps no changes of the words of shapes.
    """
    odt = OdtFile(data, name)
    return tuple(edit for edit in edits if not (odt.inserted(edit.at) or odt.is_drawn(edit.at)))


def annotate(data: bytes, name: str, notes: Iterable[Note], *, replace: bool, author: Author) -> Annotated:
    """The bytes of an OpenDocument text with each note as a comment beside its words.

    A note that stands at its words already, from an earlier run, is left alone. `replace`: the author's
    earlier comments are taken out first, but for those that someone has replied to.
    """
    if replace:
        data = without_comments(OdtFile(data, name), author.name)
    odt = OdtFile(data, name)
    done = put_notes(odt, notes, author)
    if read(done.data, name).text != odt.document.text:
        raise SosLintError(
            name, "Comments cannot be put into this file without changing its words.", "It was left as it is."
        )
    return done


def with_section(data: bytes, name: str, title: str, lines: Iterable[str]) -> bytes:
    """The bytes of an OpenDocument text with a title and these lines, a paragraph each, at its end."""
    odt = OdtFile(data, name)
    put_section(odt, title, lines)
    return odt.written()
