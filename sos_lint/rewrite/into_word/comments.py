"""Comments of a Word file: those that stand in it, new ones beside words, and ours taken out again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sos_lint.rewrite.into_word.package import WordFile
from sos_lint.rewrite.into_word.places import Place, Places
from sos_lint.rewrite.into_word.runs import Mark, Names, highest_id, outside, put_marks, said_of
from sos_lint.rewrite.into_word.wholes import is_first_in_control
from sos_lint.rewrite.notes import Annotated, Author, Note
from sos_lint.rewrite.spliced.part import Node, Part

_MOST = 32_767  # comments with which Word still opens a file: [MS-OI29500] 2.1.315
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_EMPTY = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{}"/>'
_MARKS = ("w:commentRangeStart", "w:commentRangeEnd", "w:commentReference")
# What Word keeps of comments beside them: replies, lasting names, times. Each with the key of its entries.
_BESIDE = {
    "commentsExtended": "?:paraId",
    "commentsIds": "?:paraId",
    "commentsExtensible": "?:durableId",
}
_SMALL = {"color": "7F7F7F", "sz": "14"}


@dataclass(frozen=True, slots=True)
class _Comment:
    """A comment that stands in the file. `thread` are the names of its paragraphs for replies."""

    key: str
    author: str
    last_line: str
    node: Node
    thread: frozenset[str]


def put_notes(word: WordFile, notes: Iterable[Note], author: Author) -> Annotated:
    """The file with the notes as comments by the author, and what became of each."""
    body, places = word.body(), Places(word)
    name = word.related("comments")
    part = word.part(name) if name else None
    held = list(_comments(part)) if part else []
    ours = {comment.key: comment.last_line for comment in held if comment.author == author.name}
    standing = {(runs, ours[key]) for key, runs in places.of_comments(ours)}
    new: list[tuple[Note, Place]] = []
    stood, unplaced = [], []
    for note in sorted(notes, key=lambda note: (note.at.start, note.at.end)):
        place = places.find(note.at)
        if place is None:
            unplaced.append(note)
        elif place.is_by(author.name) or (places.runs(place), note.last_line) in standing:
            stood.append(note)
        elif len(held) + len(new) >= _MOST:
            unplaced.append(note)
        else:
            new.append((note, place))
    if not new:
        return Annotated(word.written(), (), tuple(stood), tuple(unplaced))
    first = 1 + max(highest_id(body), highest_id(part) if part else -1)
    keys = [str(first + number) for number in range(len(new))]
    _mark(body, places, [place for _, place in new], keys)
    if part is None:
        part = Part(_EMPTY.format(body.root.namespace).encode())
        _write(part, new, keys, author)
        word.add("comments", _TYPE, part.written())
    else:
        _write(part, new, keys, author)
    return Annotated(
        word.written(),
        tuple(note for note, _ in new),
        tuple(stood),
        tuple(unplaced),
        sum(is_first_in_control(place.last) for _, place in new),
    )


def _mark(body: Part, places: Places, found: list[Place], keys: list[str]) -> None:
    """Put the marks of comments around their words: of those at one place, ends before starts."""
    starts, ends = [], []
    for place, key in zip(found, keys, strict=True):
        names = Names(body, outside(place.first))
        starts.append(Mark(place.first, place.start, names.element("commentRangeStart", id=key)))
        names = Names(body, outside(place.last))
        reference = names.element("r", names.element("commentReference", id=key))
        ends.append(Mark(place.last, place.end, names.element("commentRangeEnd", id=key) + reference))
    put_marks(body, [*ends, *starts], places.shown)


def _write(part: Part, new: list[tuple[Note, Place]], keys: list[str], author: Author) -> None:
    names, comments = Names(part, part.root, inside=True), []
    for (note, place), key in zip(new, keys, strict=True):
        paragraphs = [*([place.says] if place.says else ()), *note.paragraphs]
        content = [_paragraph(names, words, first=not i) for i, words in enumerate(paragraphs)]
        if note.signature:
            content.append(_paragraph(names, note.signature, first=not content, small=True))
        said = {"id": key, **said_of(author), "initials": author.initials}
        comments.append(names.element("comment", "".join(content), **said))
    part.append(part.root, "".join(comments).encode())


def _paragraph(names: Names, words: str, *, first: bool, small: bool = False) -> str:
    look = "".join(names.element(name, val=value) for name, value in _SMALL.items()) if small else ""
    mark = names.element("r", names.element("annotationRef")) if first else ""
    run = names.element("r", (names.element("rPr", look) if look else "") + names.words(words))
    return names.element("p", mark + run)


def without_comments(word: WordFile, author: str) -> bytes:
    """The file without the comments of an author.

    Those that someone else has replied to stay, and those on the author's tracked changes, which say why.
    """
    name = word.related("comments")
    part = word.part(name) if name else None
    if part is None:
        return word.written()
    comments = list(_comments(part))
    kept = _replied_to(word, [comment for comment in comments if comment.author != author])
    changed = _on_changes(word.body(), author)
    gone = [
        comment
        for comment in comments
        if comment.author == author and not comment.thread & kept and comment.key not in changed
    ]
    for comment in gone:
        part.remove(comment.node)
    _unmark(word.body(), {comment.key for comment in gone})
    _forget(word, {key for comment in gone for key in comment.thread})
    return word.written()


def _comments(part: Part) -> Iterator[_Comment]:
    for node in part.root.children:
        if node.name == "w:comment":
            paragraphs = [inner for inner in part.within(node) if inner.name == "w:p"]
            last = part.within(paragraphs[-1]) if paragraphs else ()
            yield _Comment(
                node.attributes.get("w:id", ""),
                node.attributes.get("w:author", ""),
                "".join(inner.text for inner in last if inner.name == "w:t"),
                node,
                frozenset(key for inner in paragraphs if (key := inner.attributes.get("?:paraId"))),
            )


def _replied_to(word: WordFile, comments: list[_Comment]) -> set[str]:
    """The names of the comments' paragraphs that these comments reply to, however far up."""
    name = word.related("commentsExtended")
    part = word.part(name) if name else None
    parents = {
        node.attributes.get("?:paraId"): node.attributes.get("?:paraIdParent")
        for node in (part.root.children if part else ())
    }
    found: set[str] = set()
    waiting = [key for comment in comments for key in comment.thread]
    while waiting:
        parent = parents.get(waiting.pop())
        if parent and parent not in found:
            found.add(parent)
            waiting.append(parent)
    return found


def _on_changes(body: Part, author: str) -> set[str]:
    """The comments around tracked changes of an author."""
    open_: set[str] = set()
    found: set[str] = set()
    for node in body.nodes:
        key = node.attributes.get("w:id", "")
        if node.name == "w:commentRangeStart":
            open_.add(key)
        elif node.name == "w:commentRangeEnd":
            open_.discard(key)
        elif node.name in ("w:ins", "w:del") and node.attributes.get("w:author") == author:
            found |= open_
    return found


def _unmark(body: Part, keys: set[str]) -> None:
    for node in body.nodes:
        if node.name in _MARKS and node.attributes.get("w:id") in keys:
            run = node.parent
            alone = run is not None and not [
                one for one in run.children if one.name != "w:rPr" and one is not node
            ]
            body.remove(run if run is not None and run.name == "w:r" and alone else node)


def _forget(word: WordFile, thread: set[str]) -> None:
    """Take out what stands beside the comments with these paragraphs."""
    lasting: set[str] = set()
    for kind, key in _BESIDE.items():
        name = word.related(kind)
        part = word.part(name) if name else None
        for node in part.root.children if part else ():
            said = node.attributes.get(key, "")
            if said and said in (thread if key == "?:paraId" else lasting):
                lasting.add(node.attributes.get("?:durableId", ""))
                if part:
                    part.remove(node)
