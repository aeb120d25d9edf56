"""Rule packs: found, checked against the schema, compiled, and kept compiled.

Reading YAML and checking it is slow, so a run normally meets only `sources` and `store`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from sos_lint.catalogue import Catalogue
from sos_lint.packs.sources import find_packs, shipped_packs
from sos_lint.packs.store import keep, mark_of, stored


def load(
    extra: Iterable[Path] = (), *, shipped: bool = True, ready: Mapping[str, Catalogue] | None = None
) -> Catalogue:
    """The rules in force: the shipped packs, then those at the extra paths, later ones winning.

    `ready` are catalogues by their digest: if one is of these packs as they stand, it is taken.
    Raises BadPack with every fault of every pack.
    """
    sources = find_packs([*([shipped_packs()] if shipped else []), *extra])
    if ready and (found := ready.get(mark_of(sources))):
        return found
    catalogue = stored(sources)
    if catalogue is None:
        from sos_lint.packs.compile import compile_packs

        catalogue = compile_packs(sources)
        keep(sources, catalogue)
    return catalogue
