"""sos-lint as a spaCy component: `nlp.add_pipe("sos_lint")`, results in `doc.spans["sos_lint"]`.

The factory is found through the entry point `spacy_factories`, which spaCy loads whenever any pipeline is
made: so this module imports nothing else at the top.
"""

from __future__ import annotations

from spacy.language import Language


@Language.factory("sos_lint")
def create(nlp: Language, name: str) -> object:
    """Placeholder until the linter stands."""
    raise NotImplementedError
