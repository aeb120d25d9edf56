"""Changes for people to accept or reject.

What is deleted is kept in front of the text (`text:changed-region`), a mark stands in its place, and what is
inserted stands between two marks. Headers and footers keep their own changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

from sos_lint.rewrite.into_odt.elements import Elements
from sos_lint.rewrite.into_odt.file import Covered, OdtFile
from sos_lint.rewrite.notes import Author
from sos_lint.rewrite.spliced.part import Node, Part, escaped

_STORIES = tuple(f"style:{kind}{page}" for kind in ("header", "footer") for page in ("", "-left", "-first"))


class Surroundings(NamedTuple):
    """The characters on either side of an edit; nothing stands for what is not known."""

    before: str
    after: str


class Tracker:
    """Writes tracked changes into a file, all by one author."""

    def __init__(self, odt: OdtFile, author: Author) -> None:
        self._odt = odt
        self._author = author
        nodes = [node for part in odt.parts() for node in part.nodes]
        taken = {node.attributes.get(key) for node in nodes for key in ("xml:id", "text:id")}
        self._free = (name for number in count(1) if (name := f"sos-lint-{number}") not in taken)
        self._regions: dict[tuple[Part, Node], list[str]] = {}  # what is to be told, by its story

    def put(self, covered: Sequence[Covered], words: str, around: Surroundings) -> None:
        """Put words in before the first of some characters, with its formatting, and delete those.

        In this order: of a deletion at the beginning of a comment, LibreOffice 7.4 takes the words out of it.
        """
        first, last = covered[0], covered[-1]
        for one in covered:
            mark = self._deleted(one)
            if one is first and words:
                mark = self._inserted(one, words, around) + mark
            places = list(one.part.places(one.text, one.within.start, one.within.end))
            one.part.put(places[0], mark)
            for place in places[1:]:
                one.part.put(place, "")
        end = last.within.end
        following = last.text.words[end : end + 1]
        if around.after == following == " " and not (words[-1:] or around.before).strip():
            # Two spaces with nothing but a mark between them would be read as one.
            for place in last.part.places(last.text, end, end + 1):
                last.part.put(place, Elements(last.part, last.text.inside).element("text:s"))

    def finish(self) -> None:
        """Tell of the changes, in front of their stories."""
        for (part, story), regions in self._regions.items():
            content = "".join(regions)
            if (changes := story.child("text:tracked-changes")) is not None:
                part.append(changes, content.encode())
                continue
            forms = story.child("office:forms")
            at = forms.end if forms is not None else story.inner
            told = Elements(part, story).element(
                "text:tracked-changes", content, {"text:track-changes": "false"}
            )
            part.replace(at, at, told.encode())

    def _deleted(self, one: Covered) -> str:
        """The mark of a deletion; what is deleted is kept with what says how it looks."""
        write = Elements(one.part, self._story(one.text.inside))
        content = write.words(one.within.of(one.text.words))
        for style in _styles(one.text.inside):
            content = write.element("text:span", content, {"text:style-name": style})
        name = self._region(one, "text:deletion", write.element("text:p", content))
        return Elements(one.part, one.text.inside).element("text:change", "", {"text:change-id": name})

    def _inserted(self, first: Covered, words: str, around: Surroundings) -> str:
        """Words between the marks of an insertion."""
        name = {"text:change-id": self._region(first, "text:insertion")}
        write = Elements(first.part, first.text.inside)
        start, end = (write.element(f"text:change-{edge}", "", name) for edge in ("start", "end"))
        return start + write.words(words, *around) + end

    def _region(self, one: Covered, kind: str, content: str = "") -> str:
        """Note what is to be told of a change; returns its name."""
        story = self._story(one.text.inside)
        write = Elements(one.part, story)
        said = write.element("dc:creator", escaped(self._author.name))
        said += write.element("dc:date", self._author.at.isoformat(timespec="seconds"))
        change = write.element(kind, write.element("office:change-info", said) + content)
        name = next(self._free)
        region = write.element("text:changed-region", change, {"xml:id": name, "text:id": name})
        self._regions.setdefault((one.part, story), []).append(region)
        return name

    def _story(self, node: Node) -> Node:
        """What keeps the changes of the words in an element."""
        story = node.above("office:text", *_STORIES)
        if story is None:
            raise self._odt.unwritable()
        return story


def _styles(inside: Node) -> list[str]:
    """The styles of the spans around words, innermost first; around a link there may be more."""
    found = []
    node: Node | None = inside
    while node is not None and node.name in ("text:span", "text:a"):
        style = node.attributes.get("text:style-name") if node.name == "text:span" else None
        found += [style] if style else []
        node = node.parent
    return found
