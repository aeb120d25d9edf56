"""Many documents in one process: memory stays flat, time too, and results are those of a fresh process.

    python benchmarks/soak.py [DOCUMENTS]

Each document is short and like no other: made-up names, numbers and short forms make sure that whatever is
kept for each word that was ever seen would show. One in a few needs the model. They go through `lint_files`,
as those of a folder do, but for the disk. A sample is linted again by fresh processes.
"""

from __future__ import annotations

import hashlib
import json
import random
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from io import BytesIO
from itertools import islice
from pathlib import Path

from corpus import clear, dense

from sos_lint.batch import lint_files
from sos_lint.document import Document
from sos_lint.lint import Linter, shared_linter
from sos_lint.readers import read_bytes
from sos_lint.readers.find import Found
from sos_lint.report import FileReport
from sos_lint.settings import Settings

DOCUMENTS = 200_000
KINDS = (".txt", ".txt", ".md", ".md", ".html", ".eml", ".rtf", ".csv", ".docx", ".fodt")
SETTINGS = Settings(columns=("note",))
SAMPLE, PROCESSES = 200, 10
POOL = 3_000  # sentences of the packs' examples to choose from
GROWTH = 1.10  # memory at the end may be so much of what it was at a tenth of the way
SLOWER = 1.25  # the last tenth may take so much of the time of the second
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"


@cache
def sentences() -> Sequence[str]:
    """Sentences with and without what rules ask about."""
    catalogue = shared_linter().catalogue
    return [*islice(dense(catalogue), POOL), *islice(clear(), POOL // 3)]


def words(number: int) -> list[str]:
    """The paragraphs of the document of a number: the same in every process."""
    chance = random.Random(number)
    name = (
        "".join(chance.choices("bdfgklmnprstvz", k=3)).title()
        + "".join(chance.choices("aeiou", k=2))
        + str(number)
    )
    short = "".join(chance.choices("BCDFGHJKLMNPQRSTVWXZ", k=4))
    paragraphs = [
        " ".join(chance.choices(sentences(), k=chance.randint(1, 2))) for _ in range(chance.randint(1, 2))
    ]
    return [
        *paragraphs,
        f"{name} met the {short} worker on {chance.randint(1, 28)} May {chance.randint(1950, 2050)}.",
    ]


def document(number: int) -> tuple[str, bytes]:
    """The name and the bytes of the document of a number."""
    ending = KINDS[number % len(KINDS)]
    paragraphs = words(number)
    return f"{number}{ending}", _as(ending, paragraphs)


def _as(ending: str, paragraphs: Sequence[str]) -> bytes:
    text = "\n\n".join(paragraphs)
    if ending == ".html":
        text = "".join(f"<p>{escape(one)}</p>\n" for one in paragraphs)
    elif ending == ".eml":
        text = (
            f"From: a@example.org\r\nSubject: Visit\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{text}"
        )
    elif ending == ".rtf":
        text = "".join(rf"\pard {_rtf(one)}\par " for one in paragraphs)
        text = rf"{{\rtf1\ansi {text}}}"
    elif ending == ".csv":
        quoted = text.replace('"', '""')
        text = f'id,note\r\n1,"{quoted}"\r\n'
    elif ending == ".fodt":
        inside = "".join(f"<text:p>{escape(one)}</text:p>" for one in paragraphs)
        text = (
            f'<office:document xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0">'
            f"<office:body><office:text>{inside}</office:text></office:body></office:document>"
        )
    elif ending == ".docx":
        return _word_file(paragraphs)
    return text.encode()


def _rtf(words: str) -> str:
    return "".join(c if c.isascii() else rf"\u{ord(c)}?" for c in words)


def _word_file(paragraphs: Sequence[str]) -> bytes:
    inside = "".join(f"<w:p><w:r><w:t>{escape(one)}</w:t></w:r></w:p>" for one in paragraphs)
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{_WORD}"><w:body>{inside}</w:body></w:document>'
        )
    return file.getvalue()


def linted(numbers: Iterable[int]) -> Iterator[FileReport]:
    """The report of each document, by the path that a folder's documents take."""
    linter = Linter.with_packs()

    def opened(found: Found, settings: Settings) -> Document:
        name, data = document(int(found.path.stem))
        return read_bytes(data, name, columns=settings.columns)

    found = (Found(Path(str(number)), str(number)) for number in numbers)
    yield from lint_files(found, lambda _: (linter, SETTINGS), opened)


def digest(report: FileReport) -> str:
    """What tells a report from any other."""
    return hashlib.sha256(repr((report.findings, report.failure, report.words)).encode()).hexdigest()


def memory() -> int:
    """The bytes of memory that this process holds now; at most, where that is all that is told."""
    status = Path("/proc/self/statm")
    if status.is_file():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def fresh(numbers: Sequence[int]) -> dict[str, str]:
    """The digests of some documents, by a process of its own."""
    command = [sys.executable, __file__, "--only", *map(str, numbers)]
    return dict(json.loads(subprocess.run(command, capture_output=True, check=True).stdout))


def soak(count: int) -> bool:
    """Lint so many documents, print what it took, and say whether it stayed flat."""
    chosen = set(random.Random(count).sample(range(count), min(SAMPLE, count)))
    kept: dict[str, str] = {}
    sizes, times = [], []
    findings = failures = 0
    begun = time.process_time()
    print(f"{'documents':>10} {'memory':>9} {'ms each':>8} {'findings':>10}")
    for number, report in enumerate(linted(range(count))):
        findings += len(report.findings)
        failures += report.failure is not None
        if number in chosen:
            kept[str(number)] = digest(report)
        if (number + 1) % max(1, count // 20) == 0:
            now = time.process_time()
            sizes.append(memory())
            times.append((now - begun) / (count // 20) * 1000)
            begun = now
            print(
                f"{number + 1:>10,} {sizes[-1] / 1e6:>6.0f} MB {times[-1]:>8.2f} {findings:>10,}", flush=True
            )
    ordered = sorted(map(int, kept))
    again: dict[str, str] = {}
    for start in range(PROCESSES):
        again |= fresh(ordered[start::PROCESSES])
    same = sum(kept[key] == again.get(key) for key in kept)
    print(
        f"{failures} could not be read; {same} of {len(kept)} are the same from {PROCESSES} fresh processes"
    )
    tenth = len(sizes) // 10
    growth, slower = sizes[-1] / sizes[tenth - 1], sum(times[-2:]) / sum(times[2:4])
    print(
        f"memory at the end: {growth:.2f} of that at 10 %; time of the last tenth: {slower:.2f} of the second"
    )
    return not failures and same == len(kept) and growth <= GROWTH and slower <= SLOWER


def main(arguments: Sequence[str]) -> int:
    """Soak, or lint some documents for a run that does."""
    if arguments[:1] == ["--only"]:
        numbers = [int(number) for number in arguments[1:]]
        print(
            json.dumps(
                [
                    [str(number), digest(report)]
                    for number, report in zip(numbers, linted(numbers), strict=True)
                ]
            )
        )
        return 0
    return int(not soak(int(arguments[0]) if arguments else DOCUMENTS))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
