"""Other words in the place of some: at once, or as changes to accept or reject."""

from __future__ import annotations

from collections.abc import Iterable

from sos_lint.finding import Edit
from sos_lint.rewrite.into_odt.elements import Elements
from sos_lint.rewrite.into_odt.file import OdtFile
from sos_lint.rewrite.into_odt.tracking import Surroundings, Tracker
from sos_lint.rewrite.spliced.part import Part, Text
from sos_lint.text import Range


def put_edits(odt: OdtFile, edits: Iterable[Edit], tracker: Tracker | None) -> None:
    """Put edits into the file; raises ValueError for one not on verbatim words, or overlapping another."""
    wanted = sorted(edits, key=lambda edit: (edit.at.start, edit.at.end))
    odt.check(wanted)
    for i, edit in enumerate(wanted):
        source = odt.document.source_map.to_source(edit.at)
        touches_last = i > 0 and wanted[i - 1].at.end == edit.at.start
        touches_next = i + 1 < len(wanted) and wanted[i + 1].at.start == edit.at.end
        around = Surroundings(
            "" if touches_last or not source.start else odt.beside(source.start - 1),
            "" if touches_next else odt.beside(source.end),
        )
        covered = list(odt.covered(edit.at))
        if not covered:
            raise odt.unwritable()
        if tracker is not None:
            tracker.put(covered, edit.replacement, around)
            continue
        for number, (part, text, within) in enumerate(covered):
            words = "" if number else edit.replacement
            _replace(part, text, within, words, around)
    if tracker is not None:
        tracker.finish()


def _replace(part: Part, text: Text, within: Range, words: str, around: Surroundings) -> None:
    """Put words in the place of some characters, the first of which gives them its formatting."""
    for number, place in enumerate(part.places(text, within.start, within.end)):
        content = Elements(part, text.inside).words("" if number else words, *around)
        part.put(place, content if words and not number else "")
