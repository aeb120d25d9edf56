"""The table of `speed.py`: each job's tools, how long they took, and sos-lint's time as a ratio of theirs.

The goals are data. One asks that sos-lint takes at most so many times as long as another tool for the same
job, or that it stays under so many seconds or megabytes.
"""

from __future__ import annotations

import math
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

    @property
    def best(self) -> float:
        """The round that was disturbed least."""
        return min(self.seconds)


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
    """sos-lint stays under so many seconds or so much memory. `notes`: for that many of them."""

    job: str
    seconds: float = math.inf
    megabytes: float = math.inf
    notes: int = 0

    def __str__(self) -> str:
        return f"under {self.seconds} s" if self.seconds < math.inf else f"under {self.megabytes} MB"

    def is_broken_by(self, run: Run) -> bool:
        """Whether a run took too much."""
        return run.median >= self.seconds or run.memory >= self.megabytes * MEGABYTE


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
    Limit(DENSE_WARM, seconds=0.5, notes=NOTES_OF_THE_GOALS),
    Limit(CLEAR_WARM, seconds=0.5, notes=NOTES_OF_THE_GOALS),
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
    open_goals, before = {place(goal): goal for goal in goals}, ""
    for (job, tool), run in runs.items():
        goal = open_goals.pop((job, tool), None)
        found = None if tool == OURS else ratios(goal if isinstance(goal, Goal) else Goal(job, tool, 1), runs)
        yield LAYOUT.format(
            job if job != before else "",
            tool,
            f"{run.median:.3f} s",
            f"{run.best:.3f} s",
            f"{run.memory / MEGABYTE:.0f} MB",
            *(f"{one:.2f}" for one in found) if found else ("", ""),
            str(goal) if goal else "",
            verdict(goal, runs, notes) if goal else "",
        ).rstrip()
        before = job
    for at, goal in open_goals.items():
        yield LAYOUT.format(*at, "", "", "", "", "", str(goal), verdict(goal, runs, notes))


def place(goal: Goal | Limit) -> tuple[str, str]:
    """The job and the tool in whose line a goal stands."""
    return goal.job, goal.against if isinstance(goal, Goal) else OURS


def ratios(goal: Goal, runs: Runs) -> tuple[float, float] | None:
    """How many times as long sos-lint takes, by the medians and by the best rounds."""
    start = runs.get((goal.beyond, OURS), Run((0.0,), 0) if not goal.beyond else None)
    ours, theirs = runs.get((goal.job, OURS)), runs.get(place(goal))
    if start is None or ours is None or theirs is None:
        return None
    median = (ours.median - start.median) / (goal.times * (theirs.median - start.median))
    return median, (ours.best - start.best) / (goal.times * (theirs.best - start.best))


def verdict(goal: Goal | Limit, runs: Runs, notes: int) -> str:
    """Whether a goal is met; fewer notes than it speaks of can show only that it is not."""
    if isinstance(goal, Goal):
        found = ratios(goal, runs)
        return "not measured" if found is None else "met" if found[0] <= goal.at_most else "not met"
    run = runs.get((goal.job, OURS))
    if run is None:
        return "not measured"
    if goal.is_broken_by(run):
        return "not met"
    return "met" if notes >= goal.notes else f"only {notes:,} notes"
