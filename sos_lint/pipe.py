"""sos-lint as a spaCy component: `nlp.add_pipe("sos_lint")`, results in `doc.spans["sos_lint"]`.

spaCy finds the factory through the entry point `spacy_factories` and loads this module whenever any pipeline
is made: so nothing else of ours is imported at the top.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

if TYPE_CHECKING:
    from sos_lint.document import Document
    from sos_lint.lint import Linter

KEY = "sos_lint"


@Language.factory(KEY, default_config={"packs": [], "select": [], "ignore": []}, retokenizes=False)
def create(nlp: Language, name: str, packs: list[str], select: list[str], ignore: list[str]) -> SosLint:  # noqa: ARG001
    """The component, for `nlp.add_pipe("sos_lint", config={...})`; see `SosLint`."""
    return SosLint(packs, select, ignore)


class SosLint:
    """Marks what is not yet clear in `doc.spans["sos_lint"]`.

    Each span has the finding's kind as `label_` and its rule as `id_`; the whole findings, as plain data in
    the form of the JSON report, are in `doc.spans["sos_lint"].attrs["findings"]`, one for each span.
    Where the pipeline has tagged and parsed the Doc before, rules that ask for grammar read that; else our
    own model reads the few sentences that they need. Lines of the Doc's text are taken for paragraphs.
    """

    def __init__(
        self, packs: Sequence[str] = (), select: Sequence[str] = (), ignore: Sequence[str] = ()
    ) -> None:
        self.packs = tuple(packs)
        self.select = tuple(select)
        self.ignore = tuple(ignore)
        self._linter: Linter | None = None

    def __reduce__(self) -> tuple[type[SosLint], tuple[Any, ...]]:
        return SosLint, (self.packs, self.select, self.ignore)  # another process makes its own linter

    def __call__(self, doc: Doc) -> Doc:
        """The same Doc, with the findings as spans."""
        from sos_lint.nlp.grammar import Borrowed
        from sos_lint.reporters.to_json import plain
        from sos_lint.settings import Settings

        document = _document(doc)
        grammar = Borrowed(doc) if doc.has_annotation("TAG") and doc.has_annotation("DEP") else None
        settings = Settings(select=self.select, ignore=self.ignore)
        findings = self._ready().lint(document, settings, grammar) if document.blocks else ()
        spans: list[Span] = []
        for finding in findings:
            start, end = finding.start.offset, finding.end.offset
            span = doc.char_span(
                start, end, label=finding.kind.value, span_id=finding.rule, alignment_mode="expand"
            )
            if span is not None:
                spans.append(span)
        doc.spans[KEY] = SpanGroup(
            doc, name=KEY, attrs={"findings": [plain(f) for f in findings]}, spans=spans
        )
        return doc

    def _ready(self) -> Linter:
        if self._linter is None:
            from sos_lint.lint import Linter

            self._linter = Linter.with_packs(map(Path, self.packs))
            self._linter.check_names((*self.select, *self.ignore), "the component sos_lint")
        return self._linter


def _document(doc: Doc) -> Document:
    """The Doc's text as a document, read as plain text is."""
    from sos_lint.readers.from_text import read_text

    return read_text(doc.text, "doc")
