"""Laws of reading OpenDocument texts and writing into them, over drafts with a bit of everything."""

from __future__ import annotations

import random
import re
from datetime import datetime
from html import unescape

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree
from odt_drafts import Made, drafts, made
from odt_files import STORIES, commented, comments, name, settled, without_ours
from word_files import only_changed, parts, same_places

from sos_lint.document import Document
from sos_lint.errors import SosLintError, UnreadableFile
from sos_lint.finding import Edit
from sos_lint.kinds import Safety
from sos_lint.lint import shared_linter
from sos_lint.readers import read_bytes
from sos_lint.readers.build import tidy
from sos_lint.rewrite.apply import chosen, edited
from sos_lint.rewrite.into_odt import annotate, apply, trackable
from sos_lint.rewrite.into_odt.file import OdtFile
from sos_lint.rewrite.notes import Author, Note
from sos_lint.rewrite.spliced.part import Node
from sos_lint.text import Range

US = Author("sos-lint", datetime(2026, 3, 4, 10, 0))
NEW = ["child in need", "x", "“Ruby & Dee”", "<seen> by Nan", "café 😀", "two  spaces"]
EDGED = [*NEW, " before", "after "]

seeds = st.integers(0, 2**32)
readable = drafts.map(made).filter(lambda draft: any(sign.isalnum() for sign in draft.shown))


def read(data: bytes) -> Document:
    return read_bytes(data, "a.odt")


def ranges(document: Document, chance: random.Random) -> list[Range]:
    """Words, or several, anywhere in the document; some overlap."""
    words = [
        Range(match.start() + block.at.start, match.end() + block.at.start)
        for block in document.blocks
        for match in re.finditer(r"\S+(?: \S+){0,2}?(?= |$)", block.at.of(document.text))
    ]
    some = chance.sample(words, min(len(words), 12))
    inner = [Range(at.start, at.start + chance.randint(1, len(at))) for at in some[:4]]
    return sorted({*some, *inner}, key=lambda at: (at.start, at.end))


def notes(document: Document, chance: random.Random) -> list[Note]:
    return [
        Note(at, ("What was <seen> & heard?", "How often?"), f"rule/{number}")
        for number, at in enumerate(ranges(document, chance))
    ]


def edits(document: Document, chance: random.Random, new: list[str] = NEW) -> tuple[Edit, ...]:
    return chosen(
        Edit(at, chance.choice(new), Safety.SAFE, document.place(at))
        for at in ranges(document, chance)
        if document.source_map.is_verbatim(at)
    )


def bytes_of(odt: OdtFile, at: Range) -> str:
    """The characters that the bytes of the XML hold at the place of a range."""
    found = ""
    for part, text, within in odt.covered(at):
        for start, end, raw in part.places(text, within.start, within.end):
            held = part.data[start:end].decode()
            found += held if raw else unescape(held)
    return found


def seen(words: str) -> list[str]:
    return [word for word in words.split() if any(map(str.isalnum, word))]


@settings(deadline=None)
@given(readable)
def test_the_words_are_those_that_are_seen_and_stand_where_they_are_said_to(draft: Made) -> None:
    """The position law: what is verbatim is the same characters in the XML, and nothing unseen is read."""
    odt = OdtFile(draft.data, "a.odt")
    document = odt.document
    assert seen(document.text) == seen(draft.shown)
    for segment in document.source_map.segments:
        if segment.verbatim:
            assert bytes_of(odt, segment.at) == segment.at.of(document.text)
    for finding in shared_linter().lint(document):
        assert finding.text == finding.at.of(document.text) == document.place(finding.at).of(document.text)
        for edit in finding.edits:
            assert bytes_of(odt, edit.at) == edit.at.of(document.text)


@settings(max_examples=100, deadline=None)
@given(readable, seeds)
def test_notes_change_no_words_and_stand_on_theirs(draft: Made, seed: int) -> None:
    """The draft with notes says the same, and each comment stands on exactly its note's words."""
    data, document = draft.data, read(draft.data)
    wanted = notes(document, random.Random(seed))
    done = annotate(data, "a.odt", wanted, replace=False, author=US)
    assert same_places(read(done.data), document)
    assert without_ours(done.data, US.name) == without_ours(data, US.name)
    assert only_changed(data, done.data) <= set(STORIES)
    said, stands = comments(done.data), commented(done.data)
    ours = {lines[-1]: key for key, (author, lines) in said.items() if author == US.name}
    assert set(ours) == {note.signature for note in done.placed}
    for note in done.placed:
        words, (_, lines) = note.at.of(document.text), said[ours[note.signature]]
        stood = tidy(re.sub("[¹▭]", "", stands[ours[note.signature]]))
        if lines[0] == f"About “{words}”:":  # around a field or a shape
            lines = lines[1:]
            assert words in stood or "▭" in stands[ours[note.signature]]
        else:
            assert words == stood
        assert lines[:-1] == list(note.paragraphs)
    assert done.unplaced == ()
    theirs = {key: value for key, value in comments(data).items() if value[0] != US.name}
    assert {key: value for key, value in said.items() if value[0] != US.name} == theirs


@settings(max_examples=80, deadline=None)
@given(readable, seeds)
def test_a_second_run_adds_nothing(draft: Made, seed: int) -> None:
    """What stands there stands once, with and without taking the earlier comments out."""
    data = draft.data
    wanted = notes(read(data), random.Random(seed))
    first = annotate(data, "a.odt", wanted, replace=False, author=US)
    again = annotate(first.data, "a.odt", wanted, replace=False, author=US)
    assert (again.data, again.placed, again.standing) == (first.data, (), first.placed)
    anew = annotate(first.data, "a.odt", wanted, replace=True, author=US)
    assert {*anew.placed, *anew.standing} == set(first.placed)
    assert sorted(comments(anew.data).values()) == sorted(comments(first.data).values())
    assert without_ours(anew.data, US.name) == without_ours(data, US.name)


@settings(max_examples=150, deadline=None)
@given(readable, seeds)
def test_edits_change_their_words_alone(draft: Made, seed: int) -> None:
    """The edit law: no edits, the same bytes; else all tags stay, and of the words all but the edits'."""
    data, document = draft.data, read(draft.data)
    assert apply(data, "a.odt", ()) == data
    wanted = edits(document, random.Random(seed))
    done = apply(data, "a.odt", wanted)
    assert only_changed(data, done) <= set(STORIES)
    after = read(done)
    assert after.text.split() == edited(document.text, wanted).split()
    assert tags(done) == tags(data)
    before_looks, after_looks = looks(data), looks(done)
    moved = end = 0
    for edit in wanted:
        assert after_looks[end + moved : edit.at.start + moved] == before_looks[end : edit.at.start]
        words = " ".join(edit.replacement.split())
        new = after_looks[edit.at.start + moved : edit.at.start + moved + len(words)]
        assert {look for look in new if look is not None} == {before_looks[edit.at.start]}
        moved += len(words) - len(edit.at)
        end = edit.at.end
    assert after_looks[end + moved :] == before_looks[end:]


def looks(data: bytes) -> list[frozenset[str] | None]:
    """How each character of the text is formatted; None for those that only stand for others."""
    odt = OdtFile(data, "a.odt")
    shown: list[frozenset[str] | None] = [None] * len(odt.document.text)
    for segment in odt.document.source_map.segments:
        at = segment.at.start
        for _, text, within in odt.covered(segment.at) if segment.verbatim else ():
            shown[at : at + len(within)] = [_look(text.inside)] * len(within)
            at += len(within)
    return shown


def _look(node: Node | None) -> frozenset[str]:
    if node is None:
        return frozenset()
    own = node.attributes.get("text:style-name", "") or node.attributes.get("xlink:href", "")
    return _look(node.parent) | ({own} if own else frozenset())


def tags(data: bytes) -> list[tuple[str, dict[str, str]]]:
    """The elements of a file, in order, without those that say white space."""
    roots = (etree.fromstring(part) for key, part in parts(data).items() if key in STORIES)
    return [
        (element.tag, dict(element.attrib))
        for root in roots
        for element in root.iter("*")
        if element.tag != name("text:s")
    ]


@settings(max_examples=150, deadline=None)
@given(readable, seeds)
def test_tracked_edits_can_be_accepted_or_rejected(draft: Made, seed: int) -> None:
    """Accepted, they are the edits; rejected, they never were, in words and looks."""
    data, document = draft.data, read(draft.data)
    wanted = trackable(data, "a.odt", edits(document, random.Random(seed), [*EDGED, ""]))
    done = apply(data, "a.odt", wanted, tracked=US)
    assert only_changed(data, done) <= set(STORIES)
    meant = edited(document.text, wanted).split()
    assert read_words(done) == meant
    assert read_words(settled(done, accept=True, author=US.name)) == meant
    rejected = settled(done, accept=False, author=US.name)
    assert same_places(read(rejected), document)
    pairs = zip(looks(rejected), looks(data), strict=True)  # a space may be one that an element says
    assert all(one == other or one is None for one, other in pairs)
    everything = settled(done, accept=False), settled(data, accept=False)
    assert read_words(everything[0]) == read_words(everything[1])


def read_words(data: bytes) -> list[str]:
    try:
        return read(data).text.split()
    except UnreadableFile:  # where no words are left
        return []


@settings(max_examples=80, deadline=None)
@given(readable, seeds)
def test_notes_and_tracked_edits_go_together(draft: Made, seed: int) -> None:
    """Edits keep their places when notes have been put in, and notes their words' places for the next run."""
    data, document = draft.data, read(draft.data)
    wanted = trackable(data, "a.odt", edits(document, random.Random(seed)))
    asked = [Note(edit.at, ("Is that so?",), f"rule/{number}") for number, edit in enumerate(wanted)]
    done = annotate(data, "a.odt", asked, replace=False, author=US)
    both = apply(done.data, "a.odt", wanted, tracked=US)
    assert read(both).text.split() == edited(document.text, wanted).split()
    assert same_places(read(settled(both, accept=False, author=US.name)), document)
    stands = commented(settled(both, accept=True, author=US.name))
    for key, (author, lines) in comments(both).items():
        if author == US.name:
            edit = wanted[int(lines[-1].removeprefix("rule/"))]
            assert re.sub("[¹▭]", "", stands[key]).split() == edit.replacement.split()
    kept = annotate(both, "a.odt", (), replace=True, author=US)
    assert len(comments(kept.data)) == len(comments(both)), "those on our changes say why"


@settings(max_examples=60, deadline=None)
@given(readable, seeds)
def test_an_edit_elsewhere_is_a_fault(draft: Made, seed: int) -> None:
    """Words that do not stand verbatim in the file are not touched."""
    document = read(draft.data)
    for at in ranges(document, random.Random(seed)):
        if not document.source_map.is_verbatim(at):
            with pytest.raises(ValueError, match="an edit that cannot be put into the file"):
                apply(draft.data, "a.odt", [Edit(at, "x", Safety.SAFE, at)])


@settings(max_examples=80, deadline=None)
@given(
    readable, st.lists(st.tuples(st.integers(0, 2**31), st.integers(0, 255)), min_size=1, max_size=4), seeds
)
def test_a_damaged_file_is_annotated_or_told_of(draft: Made, harm: list[tuple[int, int]], seed: int) -> None:
    """Whatever the bytes, our own fault says what is wrong, or the words are what they were."""
    data = bytearray(draft.data)
    for at, byte in harm:
        data[at % len(data)] = byte
    fault = None
    try:
        document = read(bytes(data))
        done = annotate(bytes(data), "a.odt", notes(document, random.Random(seed)), replace=True, author=US)
        assert same_places(read(done.data), document)
    except SosLintError as error:
        fault = error
    assert fault is None or fault.sentence


@settings(max_examples=50, deadline=None)
@given(readable)
def test_one_file_of_xml_is_written_into_as_a_zip_is(draft: Made) -> None:
    """The same text as .fodt gets the same words."""
    xml = parts(draft.data)["content.xml"].replace(b"office:document-content", b"office:document")
    assume(read_words(xml))  # there may be words in the margins alone, which stand in another part
    document = read(xml)
    wanted = edits(document, random.Random(1))
    assert read(apply(xml, "a.fodt", wanted)).text.split() == edited(document.text, wanted).split()
