"""A document for whoever received it: meanings where words stand, and a number where there is more to ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from sos_lint.document import Document
from sos_lint.received import Explanation, once
from sos_lint.report import FileReport
from sos_lint.reporters.received import CLEAR, MAY_ASK, means
from sos_lint.reporters.to_html.document import Place, document
from sos_lint.reporters.to_html.tags import tag, words

Told = tuple[Explanation, Sequence[Explanation]]


def explained(file: FileReport, id: str, shown: Document | None) -> Iterator[str]:
    """The parts of a file's section; without `shown`, the document itself is not among them."""
    told = once(file.explained or ())
    if shown is not None:
        yield tag("article", document(shown, _places(told, id)), aria_label="The document")
    asked = [(number, one) for number, one in _numbered(told).items() if one.questions]
    if asked:
        yield tag("h3", words(MAY_ASK.rstrip(":")))
        yield tag("ol", *(_question(one, id, number) for number, one in asked), class_="notes")
    meanings = [one for one, _ in told if one.means]
    if meanings:
        yield tag("h3", "What the words mean")
        yield tag("ul", *(tag("li", words(means(one))) for one in meanings), class_="meanings")
    if not told:
        yield tag("p", words(CLEAR))


def _numbered(told: Sequence[Told]) -> Mapping[int, Explanation]:
    asked = (one for one, _ in told if one.questions)
    return dict(enumerate(asked, start=1))


def _places(told: Sequence[Told], id: str) -> list[Place]:
    numbers = {one.key: number for number, one in _numbered(told).items()}
    return [
        Place(one.at, partial(_around, one, id, numbers.get(one.key), place == 0))
        for first, later in told
        for place, one in enumerate((first, *later))
    ]


def _around(one: Explanation, id: str, number: int | None, is_first: bool, inner: str) -> str:
    """The words; at the first place what they mean; and the number of their questions."""
    parts = [tag("mark", inner, class_="suggestion" if one.means else "warning")]
    if is_first and one.means:
        listed = "; or: ".join(meaning.rstrip(".") for meaning in one.means)
        parts.append(tag("span", words(f" ({one.lead}: {listed})"), class_="meaning"))
    if number is not None:
        name = f"What to ask, number {number}"
        anchor = {"href": f"#n{id}-{number}", "class_": "number", "aria_label": name}
        if is_first:
            anchor["id"] = f"w{id}-{number}"
        parts.append(tag("a", str(number), **anchor))
    return tag("span", *parts, class_="place", data_kind=one.kind.value)


def _question(one: Explanation, id: str, number: int) -> str:
    lead = tag("p", words(means(one)), " ", tag("small", words(one.location)))
    asked = tag("ul", *(tag("li", words(question)) for question in one.questions), class_="questions")
    return tag("li", lead, asked, id=f"n{id}-{number}", value=str(number), data_kind=one.kind.value)
