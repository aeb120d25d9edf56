"""The page of a rule as a file, for an editor to open. It holds words of the packs alone."""

from __future__ import annotations

import os
from pathlib import Path

from sos_lint.catalogue import Catalogue
from sos_lint.packs.store import folder
from sos_lint.reporters.to_pages import pages_of


def write_page(catalogue: Catalogue, id: str) -> tuple[Path, int]:
    """Write the page of a rule's pack beside the compiled packs: its path, and the line on which the rule
    is first named, from 0.
    """
    (rule,) = catalogue.with_ids({id})
    pack = next(one for one in catalogue.packs if one.id == rule.pack)
    rules = [one for one in catalogue if one.pack == pack.id]
    text = pages_of(rules, [pack], catalogue.lexicon)[f"{pack.id}.md"]
    place = folder() / "pages" / f"{pack.id}.md"
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = place.with_suffix(f".{os.urandom(8).hex()}.new")
    try:
        new.write_text(text, encoding="utf-8")
        new.replace(place)
    finally:
        new.unlink(missing_ok=True)
    lines = text.splitlines()
    named = (number for number, line in enumerate(lines) if id in line or rule.title in line)
    return place, next(named, 0)
