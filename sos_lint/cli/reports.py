"""Several reports of one run: which format goes where, by the order in which the options were given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from typer.core import TyperCommand

from sos_lint.cli import out
from sos_lint.errors import BadOption

if TYPE_CHECKING:
    import typer

_ORDER = "sos_lint.order"


class Format(str, Enum):
    """How to report."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"
    GITLAB = "gitlab"
    JUNIT = "junit"
    CHECKSTYLE = "checkstyle"
    SUMMARY = "summary"
    HTML = "html"


# These show no edits, and know findings by their places alone; a sentence to start from is --verbose.
SHOW_LITTLE = frozenset({Format.TEXT, Format.CHECKSTYLE, Format.SUMMARY})


class Ordered(TyperCommand):
    """A command that remembers in which order its options were given."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments as ever, and keep the names of the options, one for each time it is given."""
        _, _, order = self.make_parser(ctx).parse_args(args=list(args))
        ctx.meta[_ORDER] = [option.name for option in order]
        return super().parse_args(ctx, args)


def pairs(
    context: typer.Context, formats: Sequence[Format], outputs: Sequence[Path]
) -> list[tuple[Format, Path | None]]:
    """Each format with the file it goes to, None for the one that is printed.

    An output belongs to the format before it; of one format and one output the order does not matter.
    Raises BadOption where it is not plain what is to go where.
    """
    if len(formats) <= 1 and len(outputs) <= 1:
        return [((*formats, Format.TEXT)[0], (*outputs, None)[0])]
    paired: list[tuple[Format, Path | None]] = []
    for given in _given(context.meta[_ORDER], formats, outputs):
        if isinstance(given, Format):
            paired.append((given, None))
        elif paired and paired[-1][1] is None:
            paired[-1] = (paired[-1][0], given)
        else:
            raise BadOption(str(given), "this --output has no --format of its own before it.", _HINT)
    _check(paired)
    return paired


_HINT = "Give each its own, such as: --format sarif --output a.sarif --format text"


def _given(
    order: Sequence[str], formats: Sequence[Format], outputs: Sequence[Path]
) -> Iterator[Format | Path]:
    values: dict[str, Iterator[Format | Path]] = {"format": iter(formats), "output": iter(outputs)}
    for name in order:
        if name in values:
            yield next(values[name])


def _check(paired: Sequence[tuple[Format, Path | None]]) -> None:
    printed = [format.value for format, output in paired if output is None]
    if len(printed) > 1:
        told = " and ".join((", ".join(printed[:-1]), printed[-1]))
        raise BadOption("--format", f"{told} cannot all be printed: only one can.", _HINT)
    seen: set[Path] = set()
    for _, output in paired:
        if output is not None and output.resolve() in seen:
            raise BadOption(str(output), "two reports cannot go to one file.", "Choose another name.")
        if output is not None:
            seen.add(output.resolve())


def check_places(paired: Sequence[tuple[Format, Path | None]], drafts: list[str]) -> list[Path]:
    """The files that are to be written, of which none is a draft (see `out.check_place`)."""
    outputs = [output for _, output in paired if output is not None]
    for output in outputs:
        out.check_place(output, drafts)
    return outputs
