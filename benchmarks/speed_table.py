"""The table of `speed.py`: each job's tools, how long they took, and sos-lint's time as a ratio of theirs.

The goals are data. One asks that sos-lint takes at most so many times as long as another tool for the same
job, or that it stays under so many seconds or megabytes.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

OURS = "sos-lint"
TYPER, SPACY = "import typer", "import spacy"
MEGABYTE = 1_000_000
NOTES_OF_THE_GOALS = 2_000


@dataclass(frozen=True, slots=True)
class Run:
    """What a tool took for a job: the seconds of each round, and the most memory of one of its processes."""

    seconds: tuple[float, ...]
    memory: int

    @property
    def median(self) -> float:
        """The round in the middle."""
        return statistics.median(self.seconds)


@dataclass(frozen=True, slots=True)
class Goal:
    """sos-lint takes at most so many times as long as another tool for the same job.

    `times`: the other has this much less to do, and its time counts so many times over. `beyond`: what
    sos-lint takes for this job is taken off both sides first, so that starting up makes no ratio better.
    """

    job: str
    against: str
    at_most: float
    times: int = 1
    beyond: str = ""

    def __str__(self) -> str:
        if self.at_most < 1:
            return f"{1 / self.at_most:.3g} × faster"
        return f"at most {self.at_most:.3g} ×"


@dataclass(frozen=True, slots=True)
class Limit:
    """sos-lint stays under so many seconds or so much memory. `notes`: for 2,000 notes."""

    job: str
    seconds: float | None = None
    megabytes: int | None = None
    notes: bool = False

    def __str__(self) -> str:
        return f"under {self.seconds} s" if self.seconds is not None else f"under {self.megabytes} MB"


HELP, CLEAR, DRAFT, GRAMMAR = "--help", "one clear 3 KB file", "3 KB draft, no grammar", "3 KB draft, grammar"
RESIDENT = "the same, resident"
DENSE_COLD, CLEAR_COLD = "dense notes, cold", "clear notes, cold"
DENSE_WARM, CLEAR_WARM = "dense notes, unchanged", "clear notes, unchanged"
MEGA, TEN = "one file of 1 MB", "one file of 10 MB"
PROCESSES, WORD = "dense notes, 2 processes", "Word file of 50 pages"
TENTH, SINGLE, AS_TEXT = "sos-lint, 1 MB", "sos-lint --jobs 1", "sos-lint, as text"

GOALS: tuple[Goal | Limit, ...] = (
    Goal(HELP, TYPER, 1.3),
    Goal(CLEAR, "proselint", 1.3),
    Goal(CLEAR, "alex", 1),
    Goal(CLEAR, "textlint", 1),
    Goal(DRAFT, SPACY, 1.2),
    Goal(GRAMMAR, SPACY, 1.7),
    Goal(RESIDENT, "codespell", 1),
    Goal(DENSE_COLD, "retext-simplify", 1 / 2),
    Goal(DENSE_COLD, "proselint", 1 / 8),
    Goal(DENSE_COLD, "alex", 1 / 15),
    Goal(CLEAR_COLD, "codespell", 1),
    Limit(DENSE_WARM, seconds=0.5, notes=True),
    Limit(CLEAR_WARM, seconds=0.5, notes=True),
    Goal(TEN, TENTH, 1.2, times=10, beyond=GRAMMAR),
    Limit(TEN, megabytes=400),
    Goal(PROCESSES, SINGLE, 1 / 1.7),
)

Runs = Mapping[tuple[str, str], Run]
HEADER = ("job", "tool", "median", "best", "peak", "ours/it", "of best", "goal", "")
LAYOUT = "{:<26}{:<19}{:>10}{:>10}{:>9}{:>9}{:>9}  {:<15}{}"


def table(runs: Runs, notes: int, goals: Sequence[Goal | Limit] = GOALS) -> Iterator[str]:
    """A line for each tool of each job, in the order they were run; then the goals without a measure."""
    yield LAYOUT.format(*HEADER).rstrip()
    before, told = "", set()
    for (job, tool), run in runs.items():
        cells, more = _times(job, tool, run, runs), []
        for goal in (one for one in goals if _at(one) == (job, tool)):
            told.add(goal)
            more.append((*_ratios(goal, runs), str(goal), _verdict(goal, runs, notes)))
        first, *others = more or [(*cells[3:], "", "")]
        line = ("" if job == before else job, tool, *cells[:3], *_filled(first, cells))
        yield LAYOUT.format(*line).rstrip()
        for other in others:
            yield LAYOUT.format("", "", "", "", "", *other).rstrip()
        before = job
    for goal in goals:
        if goal not in told:
            job, tool = _at(goal)
            yield LAYOUT.format(job, tool, "", "", "", "", "", str(goal), "not measured").rstrip()


def ratio(goal: Goal, runs: Runs, *, best: bool = False) -> float:
    """How many times as long sos-lint takes, by the medians or by the best rounds."""

    def seconds(job: str, tool: str) -> float:
        run = runs[job, tool]
        return min(run.seconds) if best else run.median

    start = seconds(goal.beyond, OURS) if goal.beyond else 0.0
    ours, theirs = seconds(goal.job, OURS), seconds(goal.job, goal.against)
    return (ours - start) / (goal.times * (theirs - start))


def _at(goal: Goal | Limit) -> tuple[str, str]:
    return goal.job, goal.against if isinstance(goal, Goal) else OURS


def _times(job: str, tool: str, run: Run, runs: Runs) -> tuple[str, ...]:
    plain = ("", "")
    if tool != OURS and (job, OURS) in runs:
        plain = _ratios(Goal(job, tool, 1), runs)
    return f"{run.median:.3f} s", f"{min(run.seconds):.3f} s", f"{run.memory / MEGABYTE:.0f} MB", *plain


def _ratios(goal: Goal | Limit, runs: Runs) -> tuple[str, str]:
    if (
        isinstance(goal, Limit)
        or (goal.job, OURS) not in runs
        or (goal.beyond and (goal.beyond, OURS) not in runs)
    ):
        return "", ""
    return f"{ratio(goal, runs):.2f}", f"{ratio(goal, runs, best=True):.2f}"


def _filled(first: Sequence[str], cells: Sequence[str]) -> tuple[str, ...]:
    return (first[0] or cells[3], first[1] or cells[4], *first[2:])


def _verdict(goal: Goal | Limit, runs: Runs, notes: int) -> str:
    if isinstance(goal, Goal):
        if not _ratios(goal, runs)[0]:
            return "not measured"
        return "met" if ratio(goal, runs) <= goal.at_most else "not met"
    run = runs[goal.job, OURS]
    if goal.seconds is not None:
        under = run.median < goal.seconds
    else:
        under = run.memory < (goal.megabytes or 0) * MEGABYTE
    if under and goal.notes and notes < NOTES_OF_THE_GOALS:
        return f"only {notes:,} notes"
    return "met" if under else "not met"
