"""The store of compiled packs: quick where it can be, and never in the way."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from small_packs import findings_in, found, rule, write_pack

import sos_lint
from sos_lint import packs
from sos_lint.catalogue import Catalogue
from sos_lint.codec import plain
from sos_lint.lint import Linter
from sos_lint.packs import store
from sos_lint.packs.sources import find_packs

TEXT = "Tom’s pen is in the quillbox."


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SOS_LINT_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def pack(folder: Path, phrase: str = "pen") -> Path:
    """A pack with a phrase, a short form with everything, and words."""
    short = rule("ab", short="AB", meanings=[{"is": "a b", "gloss": "c", "near": ["d"], "source": "guide"}])
    broad = rule(
        "pen", phrases=[phrase], ask={"worst": "Which?"}, unless=["quoted"], not_near=["<month> NOUN"]
    )
    tokens = rule(
        "ink", tokens=[[{"LOWER": {"IN": ["ink"]}, "OP": "?"}, {"IS_ALPHA": True}]], anchors=["ink"]
    )
    words = {
        "words": {"month": ["may"]},
        "allow": ["UK"],
        "cues": {"negation": ["no"]},
        "evidence": {"worst": ["x"]},
    }
    return write_pack(folder, {"ab": short, "pen": broad, "ink": tokens, "words": words})


def loaded(folder: Path) -> Catalogue:
    return packs.load([folder], shipped=False)


@pytest.fixture
def never_compiles(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Call it, and compiling packs fails the test from then on."""

    def forbid() -> None:
        def fail(_: object) -> None:
            raise AssertionError("packs were compiled")

        monkeypatch.setattr("sos_lint.packs.compile.compile_packs", fail)

    return forbid


def parts(catalogue: Catalogue) -> tuple[object, ...]:
    surface = catalogue.surface.plain()
    return (
        list(catalogue),
        catalogue.packs,
        plain(catalogue.lexicon),
        surface,
        catalogue.allowed,
        catalogue.prefixes,
    )


def test_what_is_stored_is_what_was_compiled(
    cache: Path, tmp_path: Path, never_compiles: Callable[[], None]
) -> None:
    first = loaded(pack(tmp_path / "small"))
    never_compiles()
    second = loaded(tmp_path / "small")
    assert second is not first
    assert parts(second) == parts(first)
    assert [one.examples for one in second] == [one.examples for one in first]
    assert [path.suffix for path in cache.iterdir()] == [".packs"]
    assert cache.stat().st_mode & 0o777 == 0o700


def test_other_content_is_another_file(cache: Path, tmp_path: Path) -> None:
    folder = pack(tmp_path / "small")
    loaded(folder)
    (folder / "pen.yml").write_bytes((folder / "pen.yml").read_bytes() + b"\n")
    loaded(folder)
    (folder / "words.yml").rename(folder / "wordz.yml")
    loaded(folder)
    assert len(list(cache.iterdir())) == 3


def test_the_same_packs_elsewhere_are_the_same_file(cache: Path, tmp_path: Path) -> None:
    loaded(pack(tmp_path / "one"))
    loaded(pack(tmp_path / "two"))
    assert len(list(cache.iterdir())) == 1


def cut(data: bytes, share: float) -> bytes:
    return data[: int(len(data) * share)]


def head_end(data: bytes) -> int:
    line = data.index(b"\n") + 1
    return line + int(data[:line].split()[0])


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "cut in the first line": lambda data: data[:2],
    "cut in the head": lambda data: cut(data, 0.1),
    "cut after the head": lambda data: data[: head_end(data)],
    "cut in the body": lambda data: cut(data, 0.8),
    "cut by one": lambda data: data[:-1],
    "cut at a bracket": lambda data: data[: data.rindex(b"}", 0, -1) + 1],
    "a changed byte in the head": lambda data: data.replace(b"pen", b"pan", 1),
    "a broken byte in the head": lambda data: data.replace(b'"size"', b'"si\xffe"', 1),
    "a changed byte in the body": lambda data: b"w".join(data.rsplit(b"x", 1)),
    "a broken byte in the body": lambda data: b"}".join(data.rsplit(b"{", 1)),
    "more at the end": lambda data: data + b"}",
    "binary": lambda _: bytes(range(256)) * 20,
    "other JSON": lambda _: b"2\n{}{}",
    "text": lambda _: b"hello\n",
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_file_is_ignored_and_written_anew(
    damage: Callable[[bytes], bytes], cache: Path, tmp_path: Path
) -> None:
    whole = parts(loaded(pack(tmp_path / "small")))
    (file,) = cache.iterdir()
    before = file.read_bytes()
    assert damage(before) != before
    file.write_bytes(damage(before))
    again = loaded(tmp_path / "small")
    assert found(Linter(again), TEXT) == ["pen"]
    assert parts(again) == whole
    assert [path.read_bytes() for path in cache.iterdir()] == [before]


def test_a_folder_in_the_files_place(cache: Path, tmp_path: Path) -> None:
    loaded(pack(tmp_path / "small"))
    (file,) = cache.iterdir()
    file.unlink()
    file.mkdir()
    assert found(Linter(loaded(tmp_path / "small")), TEXT) == ["pen"]
    assert [path for path in cache.iterdir() if path != file] == []


def test_a_file_that_goes_while_it_is_read(cache: Path, tmp_path: Path) -> None:
    loaded(pack(tmp_path / "small"))
    stored = loaded(tmp_path / "small")
    (file,) = cache.iterdir()
    file.unlink()
    assert found(Linter(stored), TEXT) == ["pen"]


def test_another_version_stores_for_itself(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded(pack(tmp_path / "small"))
    monkeypatch.setattr(sos_lint, "__version__", "99.0")
    store._program.cache_clear()
    loaded(tmp_path / "small")
    store._program.cache_clear()
    assert len(list(cache.iterdir())) == 2


def test_every_module_that_compiles_packs_makes_the_store_stale(tmp_path: Path) -> None:
    """A change to one of them may change what is compiled."""
    code = (
        "import sys, pathlib; from sos_lint.packs.compile import compile_packs; "
        "from sos_lint.packs.sources import find_packs; "
        f"list(compile_packs(find_packs([pathlib.Path({str(pack(tmp_path / 'small'))!r})]))); "
        "print(*[m.__file__ for n, m in sys.modules.items() if n.startswith('sos_lint.')], sep='\\n')"
    )
    listed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
    modules = [Path(line) for line in listed.splitlines()]
    assert "compile.py" in [path.name for path in modules]
    say_nothing_of_rules = {"cache_place.py", "digest.py", "errors.py", "text.py"}
    program = store._program()
    stale = [p.name for p in modules if p.name not in say_nothing_of_rules and p.read_bytes() not in program]
    assert stale == []


def test_a_folder_that_cannot_be_written_is_fine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    monkeypatch.setenv("SOS_LINT_CACHE", str(tmp_path / "file" / "cache"))
    assert found(Linter(loaded(pack(tmp_path / "small"))), TEXT) == ["pen"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder_is_fine(cache: Path, tmp_path: Path) -> None:
    cache.mkdir(mode=0o500)
    assert found(Linter(loaded(pack(tmp_path / "small"))), TEXT) == ["pen"]
    assert list(cache.iterdir()) == []


def test_a_full_disk_leaves_nothing_behind(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    assert found(Linter(loaded(pack(tmp_path / "small"))), TEXT) == ["pen"]
    assert list(cache.iterdir()) == []


def test_a_bounded_number_is_kept(cache: Path, tmp_path: Path) -> None:
    for number in range(store.KEPT + 4):
        loaded(pack(tmp_path / "small", f"pen number {number}"))
        for path in cache.iterdir():  # the clock may be coarser than the loop
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10))
    assert len(list(cache.iterdir())) == store.KEPT
    newest = max(cache.iterdir(), key=lambda path: path.stat().st_mtime)
    assert b"pen number 11" in newest.read_bytes()


def test_what_is_used_is_kept_however_much_is_new(cache: Path, tmp_path: Path) -> None:
    """Whoever writes a pack compiles it again and again; the shipped packs were thrown out after eight."""
    used = find_packs([pack(tmp_path / "used")])
    loaded(tmp_path / "used")
    for number in range(store.KEPT + 4):
        loaded(pack(tmp_path / "new", f"pen number {number}"))
        for path in cache.iterdir():  # the clock may be coarser than the loop
            os.utime(path, (path.stat().st_atime, path.stat().st_mtime - 10))
        assert store.stored(used) is not None


def test_the_store_holds_no_words_of_a_document(cache: Path, tmp_path: Path) -> None:
    linter = Linter(loaded(pack(tmp_path / "small")))
    assert findings_in(linter, TEXT)
    Linter(loaded(tmp_path / "small"))
    assert all(b"quillbox" not in path.read_bytes() for path in cache.rglob("*"))
