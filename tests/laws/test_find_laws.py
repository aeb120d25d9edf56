"""A law of finding documents.

Named one by one, with exclusions forced, the files of a tree are those that are found where it is named.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sos_lint.config import Config
from sos_lint.readers.find import find_documents

NAMES = st.sampled_from(["a", "b", "old", ".c", "~$d", "node_modules"])
PATHS = st.builds(lambda steps: "/".join(steps) + ".md", st.lists(NAMES, min_size=1, max_size=3))
PATTERNS = st.lists(
    st.sampled_from(["old/", "/a", "*.md", "!b.md", "b/", "a/b.md", "!/old/", "**/b/*", "# no", ""]),
    max_size=3,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.sets(PATHS, min_size=1, max_size=6), PATTERNS, PATTERNS, PATTERNS, PATTERNS)
def test_named_and_forced_is_found(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    paths: set[str],
    ignore: list[str],
    below: list[str],
    include: list[str],
    exclude: list[str],
) -> None:
    tree = tmp_path / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    for path in paths:
        (tree / path).parent.mkdir(parents=True, exist_ok=True)
        (tree / path).write_bytes(b"")
    (tree / ".gitignore").write_text("\n".join(ignore))
    if (tree / "old").is_dir():
        (tree / "old" / ".ignore").write_text("\n".join(below))
    monkeypatch.chdir(tree)
    plain = [[line for line in lines if line and not line.startswith("#")] for lines in (include, exclude)]
    config = Config(tree, include=tuple(plain[0]), exclude=tuple(plain[1]))

    def leaves_out(path: Path, folder: bool) -> bool:
        return config.leaves_out(path, folder=folder)

    walked, _ = find_documents(["."], leaves_out)
    named, faults = find_documents(sorted(paths), leaves_out, lambda _: True)
    assert [f"./{document.name}" for document in named] == [document.name for document in walked]
    assert not faults
