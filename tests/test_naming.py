"""Who is meant: the child, the doer, whom a term speaks of; and nobody where it is not plain."""

from __future__ import annotations

import sys
from functools import cache
from types import FrameType

import pytest

from sos_lint.lint import Linter
from sos_lint.nlp.detect import Detector
from sos_lint.nlp.naming import Naming
from sos_lint.readers import read_bytes


@cache
def shipped() -> tuple[Linter, Detector]:
    linter = Linter.with_packs()
    return linter, Detector(linter.catalogue)


def named(text: str, what: str) -> str | None:
    """Whom the first broad term of a text is about."""
    linter, detector = shipped()
    document = read_bytes(text.encode(), "draft.md")
    match = next(match for match in detector.detect(document) if match.rule.ask)
    answer: str | None = getattr(Naming(document, linter.catalogue.lexicon), what)(match)
    return answer


DOERS = {
    "the subject": ("Mum is neglectful.", "Mum"),
    "a name": ("Mr Sample has been abusive.", "Mr Sample"),
    "whose": ("Tom’s mum is neglectful.", "Tom’s mum"),
    "a pronoun": ("He is abusive.", "he"),
    "the verb itself": ("Mum neglects Tom.", "Mum"),
    "by": ("Tom was neglected by his mum.", "his mum"),
    "from": ("Emotional harm from Dad is clear.", "Dad"),
    "a day first": ("On Friday Mum was abusive.", "Mum"),
    "a clause": ("Mum hid, because Dad was abusive.", "Dad"),
    "an age": ("Jay (12) displays challenging behaviour.", "Jay"),
}
NO_DOERS = {
    "done to": "Tom was neglected.",
    "two": "Mum and Dad are neglectful.",
    "an owner may have suffered it": "Mum’s domestic abuse.",
    "a worker": "The teacher was abusive.",
    "a child, of what grown-ups do": "The boys (7 and 9) were neglectful.",
    "inside another": "A friend of Mum is neglectful.",
    "nobody": "There is neglect in the home.",
    "by when": "There was neglect by Friday.",
    "by a worker": "Neglect by staff.",
    "far off": "Mum says that there is neglect.",
}


@pytest.mark.parametrize(("text", "who"), DOERS.values(), ids=DOERS)
def test_doers(text: str, who: str) -> None:
    assert named(text, "doer") == who


@pytest.mark.parametrize("text", NO_DOERS.values(), ids=NO_DOERS)
def test_no_doers(text: str) -> None:
    assert named(text, "doer") is None


PERSONS = {
    "the subject": ("Ruby is withdrawn.", "Ruby"),
    "whose": ("Mum’s alcohol misuse goes on.", "Mum"),
    "with a quality": ("Mum has very poor mental health.", "Mum"),
    "both": ("Both girls were agitated.", "both girls"),
    "in what was found": ("Jay’s challenging behaviour is tiring.", "Jay"),
    "they": ("They were violent.", "they"),
}


@pytest.mark.parametrize(("text", "who"), PERSONS.values(), ids=PERSONS)
def test_persons(text: str, who: str | None) -> None:
    assert named(text, "person") == who


CHILDREN = {
    "in the sentence": ("Sam, aged 9, lives in neglect.", "Sam"),
    "in the document": ("Tom (7) lives here.\n\nThere is neglect.", "Tom"),
    "done to": ("Aisha was neglected.", "Aisha"),
    "theirs": ("Aisha self-harms.", "Aisha"),
    "several": ("The children are neglected.", "the children"),
    "two in the document": ("Tom (7) and Ann (9) live here.\n\nThere is neglect.", None),
    "two in the sentence": ("There is neglect of Tom (7) and Ann (9).", None),
    "another in the sentence": ("Tom (7) lives here.\n\nThere is neglect of Ben.", "Ben"),
    "somebody in the sentence": ("Tom (7) lives here.\n\nThere is neglect, and Ben rang.", None),
    "many in the sentence": ("Tom (7) lives here.\n\nThere is neglect of boys.", None),
    "a pronoun changes": ("He was neglected.", None),
    "none": ("There is neglect.", None),
    "a grown-up": ("Mum was neglected.", None),
    "a place that has a school": ("Ambleford’s school rang.\n\nThere is neglect.", None),
}


@pytest.mark.parametrize(("text", "who"), CHILDREN.values(), ids=CHILDREN)
def test_children(text: str, who: str | None) -> None:
    assert named(text, "child") == who


def test_long_sentence_is_no_riddle() -> None:
    """A dictated note of 10 KB without a full stop kept `check` busy for minutes: each word was compared with
    all the others.
    """
    linter, detector = shipped()

    def steps(times: int) -> int:
        document = read_bytes(
            ("Tansy often shouts at Marlow and there is neglect " * times).encode(), "a.txt"
        )
        match = [match for match in detector.detect(document) if match.rule.ask][-1]
        naming = Naming(document, linter.catalogue.lexicon)
        called = 0

        def count(_frame: FrameType, event: str, _argument: object) -> None:
            nonlocal called
            called += event == "call"

        sys.setprofile(count)
        try:
            naming.subject(match)
        finally:
            sys.setprofile(None)
        return called

    assert steps(20) < 3 * steps(10)
