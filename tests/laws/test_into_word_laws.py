"""Laws of writing into Word files, over drafts with a bit of everything."""

from __future__ import annotations

import random
import re
from datetime import datetime
from io import BytesIO

import docx
import pytest
from word_files import (
    commented,
    comments,
    generated,
    looks,
    only_changed,
    parts,
    same_places,
    settled,
    without_ours,
)

from sos_lint.document import Document
from sos_lint.errors import SosLintError
from sos_lint.finding import Edit
from sos_lint.kinds import Safety
from sos_lint.readers import read_bytes
from sos_lint.readers.build import tidy
from sos_lint.rewrite.apply import chosen, edited
from sos_lint.rewrite.into_word import annotate, apply
from sos_lint.rewrite.notes import Author, Note
from sos_lint.text import Range

US = Author("sos-lint", datetime(2026, 3, 4, 10, 0))
ASKED = {"word/document.xml", "word/comments.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"}
NEW = ["child in need", "x", "“Ruby & Dee”", "<seen> by Nan", "café 😀", "two  spaces"]

STORIES = ("word/document", "word/header", "word/footer", "word/footnotes")

drafts = pytest.mark.parametrize("seed", range(50))
some_drafts = pytest.mark.parametrize("seed", range(0, 50, 7))


def read(data: bytes) -> Document:
    return read_bytes(data, "a.docx")


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


def edits(document: Document, chance: random.Random) -> tuple[Edit, ...]:
    return chosen(
        Edit(at, chance.choice(NEW), Safety.SAFE, document.place(at))
        for at in ranges(document, chance)
        if document.source_map.is_verbatim(at)
    )


@drafts
def test_notes_change_no_words_and_stand_on_theirs(seed: int) -> None:
    """The draft with notes says the same, and each comment stands on exactly its note's words."""
    chance = random.Random(seed)
    data = generated(seed)
    document = read(data)
    wanted = notes(document, chance)
    done = annotate(data, "a.docx", wanted, replace=False, author=US)
    assert same_places(read(done.data), document)
    assert without_ours(done.data, US.name) == without_ours(data, US.name)
    assert only_changed(data, done.data) <= ASKED
    docx.Document(BytesIO(done.data))

    said, stands = comments(done.data), commented(done.data)
    ours = {lines[-1]: key for key, (author, lines) in said.items() if author == US.name}
    assert set(ours) == {note.signature for note in done.placed}
    for note in done.placed:
        words, (_, lines) = note.at.of(document.text), said[ours[note.signature]]
        where = document.block_at(note.at.start).where or ""
        if where.startswith(("footnote", "text box")):
            assert stands[ours[note.signature]] == ("¹" if where.startswith("footnote") else "▭")
            assert lines[:-1] == [f"In {where}: “{words}”", *note.paragraphs]
        else:
            stood = tidy(re.sub("[¹▭]", "", stands[ours[note.signature]]))
            if lines[0] == f"About “{words}”:":  # around a field or control that Word fills
                lines = lines[1:]
                assert words in stood
            else:
                assert words == stood
            assert lines[:-1] == list(note.paragraphs)
    margins = [n for n in wanted if (document.block_at(n.at.start).where or "") in ("header", "footer")]
    assert list(done.unplaced) == margins
    theirs = {key: value for key, value in comments(data).items() if value[0] != US.name}
    assert {key: value for key, value in said.items() if value[0] != US.name} == theirs
    theirs_as_written = parts(data)["word/comments.xml"].removesuffix(b"</w:comments>")
    assert parts(done.data)["word/comments.xml"].startswith(theirs_as_written)


@drafts
def test_a_second_run_adds_nothing(seed: int) -> None:
    """What stands there stands once, with and without taking the earlier comments out."""
    data = generated(seed)
    wanted = notes(read(data), random.Random(seed))
    first = annotate(data, "a.docx", wanted, replace=False, author=US)
    again = annotate(first.data, "a.docx", wanted, replace=False, author=US)
    assert (again.data, again.placed, again.standing) == (first.data, (), first.placed)
    anew = annotate(first.data, "a.docx", wanted, replace=True, author=US)
    assert (anew.placed, anew.standing, anew.unplaced) == (first.placed, (), first.unplaced)
    assert sorted(comments(anew.data).values()) == sorted(comments(first.data).values())
    assert without_ours(anew.data, US.name) == without_ours(data, US.name)
    none = annotate(first.data, "a.docx", (), replace=True, author=US)
    assert comments(none.data) == comments(data)


@drafts
def test_edits_change_their_words_alone(seed: int) -> None:
    """Words outside the edits stay, each character as it was formatted; new words look like the first."""
    data = generated(seed)
    document = read(data)
    wanted = edits(document, random.Random(seed))
    done = apply(data, "a.docx", wanted)
    if wanted:
        assert all(name.startswith(STORIES) for name in only_changed(data, done))
    after = read(done)
    assert after.text.split() == edited(document.text, wanted).split()
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
    docx.Document(BytesIO(done))


@drafts
def test_tracked_edits_can_be_accepted_or_rejected(seed: int) -> None:
    """Accepted, they are the edits; rejected, they never were, in words and looks."""
    data = generated(seed)
    document = read(data)
    wanted = edits(document, random.Random(seed))
    done = apply(data, "a.docx", wanted, tracked=US)
    meant = edited(document.text, wanted).split()
    assert read(done).text.split() == meant
    assert read(settled(done, accept=True, author=US.name)).text.split() == meant
    rejected = settled(done, accept=False, author=US.name)
    assert same_places(read(rejected), document)
    assert looks(rejected) == looks(data)
    everything = settled(done, accept=False), settled(data, accept=False)
    assert read(everything[0]).text == read(everything[1]).text
    docx.Document(BytesIO(done))


@drafts
def test_notes_and_tracked_edits_go_together(seed: int) -> None:
    """Edits keep their places when notes have been put in, and notes their words' places for the next run."""
    chance = random.Random(seed)
    data = generated(seed)
    document = read(data)
    wanted = edits(document, chance)
    asked = [Note(edit.at, ("Is that so?",), f"rule/{number}") for number, edit in enumerate(wanted)]
    done = annotate(data, "a.docx", asked, replace=False, author=US)
    both = apply(done.data, "a.docx", wanted, tracked=US)
    assert read(both).text.split() == edited(document.text, wanted).split()
    assert same_places(read(settled(both, accept=False, author=US.name)), document)
    stands = commented(settled(both, accept=True, author=US.name))
    new = {f"rule/{number}": edit.replacement for number, edit in enumerate(wanted)}
    for key, (author, lines) in comments(both).items():
        if author == US.name and not lines[0].startswith(("In ", "About ")):
            assert re.sub("[¹▭]", "", stands[key]).split() == new[lines[-1]].split()


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_annotated_or_told_of(seed: int) -> None:
    """Whatever the bytes, our own fault says what is wrong, or the words are what they were."""
    chance = random.Random(seed)
    data = bytearray(generated(seed % 5))
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] = chance.randrange(256)
    fault = None
    try:
        document = read(bytes(data))
        done = annotate(bytes(data), "a.docx", notes(document, chance), replace=True, author=US)
        assert same_places(read(done.data), document)
    except SosLintError as error:
        fault = error
    assert fault is None or fault.sentence


@some_drafts
def test_no_edits_and_no_notes_are_the_same_bytes(seed: int) -> None:
    data = generated(seed)
    assert apply(data, "a.docx", ()) == data
    assert annotate(data, "a.docx", (), replace=False, author=US).data == data


@some_drafts
def test_an_edit_elsewhere_is_a_fault(seed: int) -> None:
    """Words that do not stand verbatim in the runs are not touched."""
    data = generated(seed)
    document = read(data)
    for at in ranges(document, random.Random(seed)):
        if not document.source_map.is_verbatim(at):
            with pytest.raises(ValueError, match="an edit that cannot be put into the file"):
                apply(data, "a.docx", [Edit(at, "x", Safety.SAFE, at)])
