"""Comments of an OpenDocument text: those that stand in it, new ones at words, and ours taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

from sos_lint.readers.from_odt.names import PARAGRAPHS
from sos_lint.rewrite.into_odt.elements import Elements, put_style
from sos_lint.rewrite.into_odt.file import OdtFile
from sos_lint.rewrite.into_odt.places import Counts, Place, find
from sos_lint.rewrite.notes import Annotated, Author, Note
from sos_lint.rewrite.spliced.part import Node, Part, escaped

_SMALL = "sos-lint-small"
_LOOK = {"text": {"fo:color": "#7f7f7f", "fo:font-size": "8pt"}}

_Standing = tuple[Part, int, int]  # how many characters stand before its first, and before its end


@dataclass(frozen=True, slots=True, eq=False)
class _Comment:
    """A comment that stands in a part. `end` marks where the words end that it is on, if it is on some."""

    part: Part
    node: Node
    end: Node | None
    author: str

    @property
    def name(self) -> str:
        """By which its end, and the replies to it, know it."""
        return self.node.attributes.get("office:name", "")

    def last_line(self) -> str:
        """Its last paragraph."""
        paragraphs = [inner for inner in self.part.within(self.node) if inner.name in PARAGRAPHS]
        return _words(self.part, paragraphs[-1]) if paragraphs else ""


def put_notes(odt: OdtFile, notes: Iterable[Note], author: Author) -> Annotated:
    """The file with the notes as comments by the author, and what became of each."""
    held = [comment for part in odt.parts() for comment in _comments(odt, part)]
    counts = {part: Counts(part) for part in odt.parts()}
    standing = {
        (_standing(counts, comment), comment.last_line()) for comment in held if comment.author == author.name
    }
    taken = {comment.name for comment in held}
    free = (name for number in count(1) if (name := f"sos-lint-{number}") not in taken)
    new: list[tuple[Note, Place]] = []
    stood, unplaced = [], []
    for note in sorted(notes, key=lambda note: (note.at.start, note.at.end)):
        place = find(odt, note.at)
        if place is None:
            unplaced.append(note)
        elif author.name in odt.inserted(note.at) or (_at(counts, place), note.last_line) in standing:
            stood.append(note)
        else:
            new.append((note, place))
    names = [next(free) for _ in new]
    for (_, place), name in zip(new, names, strict=True):  # of those at one place, ends before starts
        mark = Elements(place.part, place.last).element("office:annotation-end", "", {"office:name": name})
        place.part.put(place.end, mark)
    for (note, place), name in zip(new, names, strict=True):
        place.part.put(place.start, _written(note, place, name, author))
    for part in {place.part: None for note, place in new if note.signature}:
        put_style(part, _SMALL, "text", _LOOK)
    return Annotated(odt.written(), tuple(note for note, _ in new), tuple(stood), tuple(unplaced))


def _written(note: Note, place: Place, name: str, author: Author) -> str:
    write = Elements(place.part, place.inside)
    content = write.element("dc:creator", escaped(author.name))
    content += write.element("dc:date", author.at.isoformat(timespec="seconds"))
    for line in (*((place.says,) if place.says else ()), *note.paragraphs):
        content += write.element("text:p", write.words(line))
    if note.signature:
        small = write.element("text:span", write.words(note.signature), {"text:style-name": _SMALL})
        content += write.element("text:p", small)
    return write.element("office:annotation", content, {"office:name": name})


def without_comments(odt: OdtFile, author: str) -> bytes:
    """The file without the comments of an author.

    Those that someone else has replied to stay, and those on the author's tracked changes, which say why.
    """
    for part in odt.parts():
        comments, counts = list(_comments(odt, part)), Counts(part)
        others = [comment for comment in comments if comment.author != author]
        changed = _changes_of(odt, part, author)
        for comment in comments:
            if comment.author != author or _has_reply(counts, comment, others):
                continue
            end = comment.end.start if comment.end is not None else comment.node.end
            if any(comment.node.end <= at <= end for at in changed):
                continue
            part.remove(comment.node)
            if comment.end is not None:
                part.remove(comment.end)
    return odt.written()


def _comments(odt: OdtFile, part: Part) -> Iterator[_Comment]:
    ends = {
        node.attributes.get("office:name"): node
        for node in part.nodes
        if node.name == "office:annotation-end"
    }
    for node in part.nodes:
        if node.name == "office:annotation":
            name = node.attributes.get("office:name")
            end = ends.get(name) if name else None
            yield _Comment(part, node, end, odt.author_of(node))


def _has_reply(counts: Counts, comment: _Comment, others: Iterable[_Comment]) -> bool:
    """True where one of these comments names another, or stands directly at it, on no words of its own.

    LibreOffice tells what a comment replies to only since 7.6; before, a reply stands beside it.
    """
    beside = {counts.before(comment.node.end), counts.before((comment.end or comment.node).start)}
    for other in others:
        named = other.node.attributes.get("?:parent-name")
        if named and named == comment.name:
            return True
        if not named and other.end is None and counts.before(other.node.end) in beside:
            return True
    return False


def _changes_of(odt: OdtFile, part: Part, author: str) -> list[int]:
    """Where the marks of an author's tracked changes stand."""
    ours = {key for key, change in odt.changes().items() if odt.author_of(change) == author}
    return [node.start for node in part.nodes if node.attributes.get("text:change-id") in ours]


def _standing(counts: dict[Part, Counts], comment: _Comment) -> _Standing | None:
    if comment.end is None:
        return None
    before = counts[comment.part].before
    return comment.part, before(comment.node.end), before(comment.end.start)


def _at(counts: dict[Part, Counts], place: Place) -> _Standing:
    before = counts[place.part].before
    return place.part, before(place.start.start), before(place.end.end)


def _words(part: Part, node: Node) -> str:
    """The words in an element."""
    text = part.texts.get((node, False))
    words = text.words if text else ""
    for child in node.children:
        words += " " if child.name == "text:s" else _words(part, child)
        following = part.texts.get((child, True))
        words += following.words if following else ""
    return words
