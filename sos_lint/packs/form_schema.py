"""The shape of a form's description in YAML, and the frozen description that it comes to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated

from pydantic import Field

from sos_lint.errors import SosLintError, nearest
from sos_lint.forms import BoxDescription, FormDescription, Need, SectionDescription
from sos_lint.packs.schema import Slug, Strict, Text

Labels = list[Text]


class Named(Strict):
    """What has a label on the page."""

    name: Text = Field(description="Its name in reports.")
    called: Labels = Field(
        default=[],
        description="Word patterns of the labels by which anybody knows it. Numbers, signs and remarks in "
        "brackets around a label need no mention.",
    )
    also: Labels = Field(
        default=[], description="Further labels, that say little where they stand alone (“Strengths”)."
    )


class BoxEntry(Named):
    """A part of a section with a label of its own."""

    apart: bool = Field(default=False, description="The section's `needs` are not asked of what stands here.")


class SectionEntry(Named):
    """A section of a form."""

    question: Text = Field(description="What its reader would come back with where it is missing or empty.")
    prompts: list[Text] = Field(
        default=[], description="Sentences printed in the blank form: by themselves they fill nothing."
    )
    needs: dict[Need, Text] = Field(
        default={}, description="What it must hold, each with the question to ask where that is not told."
    )
    required: bool = Field(default=True, description="Whether the form is incomplete without it.")
    balances: Text | None = Field(
        default=None, description="A section beside which this one must say something good."
    )
    boxes: list[BoxEntry] = Field(default=[], description="Parts of it with labels of their own.")


class FormFile(Strict):
    """A form that documents are read by, alone in its file, which has its name."""

    form: Slug = Field(description="Its name in `--form` and in the configuration.")
    title: Text
    sections: Annotated[list[SectionEntry], Field(min_length=1)]
    enough: Annotated[int, Field(ge=1)] = Field(
        default=3,
        description="How many sections must be seen where fewer than two have a label in `called`; one such "
        "label, all in one table, or a hint must bear it out.",
    )
    hints: list[Text] = Field(
        default=[], description="Word patterns that show a document to be of this kind (“signs of safety”)."
    )
    ends: list[Text] = Field(
        default=[], description="Labels that end a section and belong to none (“Signed”)."
    )
    part_of: Slug | None = Field(
        default=None, description="Another form: only a document that is that one too is looked at for this."
    )
    source: Text | list[Text] = Field(default=[], description="Whose form it is.")


def form_of(file: FormFile, sources: Mapping[str, str], pack: str) -> FormDescription:
    """The description that a form's file says."""
    cited = [file.source] if isinstance(file.source, str) else file.source
    return FormDescription(
        id=file.form,
        title=file.title,
        sections=tuple(map(_section, file.sections)),
        enough=file.enough,
        hints=tuple(file.hints),
        ends=tuple(file.ends),
        part_of=file.part_of,
        sources=tuple(sources.get(name, name) for name in cited),
        pack=pack,
    )


def form_faults(file: FormFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What no reader of the form could go by, as steps to the place and a sentence."""
    names = {section.name for section in file.sections}
    seen: set[str] = set()
    for i, section in enumerate(file.sections):
        if section.name in seen:
            yield ("sections", i), f"there are two sections “{section.name}”."
        seen.add(section.name)
        if section.balances is not None and section.balances not in names:
            yield ("sections", i, "balances"), f"no section is called “{section.balances}”."
        if not any(named.called or named.also for named in (section, *section.boxes)):
            yield ("sections", i), "a section needs a label, in `called` or `also`."


def patterns_in(file: FormFile) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every word pattern of the form, with the steps to it."""
    for key in ("hints", "ends"):
        yield from (((key, i), written) for i, written in enumerate(getattr(file, key)))
    for i, section in enumerate(file.sections):
        named: list[tuple[tuple[str | int, ...], Named]] = [(("sections", i), section)]
        named += [(("sections", i, "boxes", j), box) for j, box in enumerate(section.boxes)]
        for steps, one in named:
            for key in ("called", "also"):
                yield from (((*steps, key, k), written) for k, written in enumerate(getattr(one, key)))


def _section(entry: SectionEntry) -> SectionDescription:
    return SectionDescription(
        name=entry.name,
        question=entry.question,
        called=tuple(entry.called),
        also=tuple(entry.also),
        prompts=tuple(entry.prompts),
        needs=tuple(entry.needs.items()),
        required=entry.required,
        balances=entry.balances,
        boxes=tuple(
            BoxDescription(box.name, tuple(box.called), tuple(box.also), box.apart) for box in entry.boxes
        ),
    )


def part_faults(forms: Mapping[str, tuple[FormDescription, str]]) -> list[SosLintError]:
    """What is wrong with forms that are part of others, once every pack has brought its own, with places."""
    faults = []
    for form, place in forms.values():
        if form.part_of is not None and form.part_of not in forms:
            sentence = f"no form is called “{form.part_of}”."
            faults.append(SosLintError(place, sentence, nearest(form.part_of, forms)))
        elif _is_part_of_itself(form, forms):
            faults.append(SosLintError(place, f"the form “{form.id}” is part of itself."))
    return faults


def _is_part_of_itself(form: FormDescription, forms: Mapping[str, tuple[FormDescription, str]]) -> bool:
    seen: set[str] = set()
    here: FormDescription | None = form
    while here is not None and here.id not in seen:
        seen.add(here.id)
        here = forms[here.part_of][0] if here.part_of is not None and here.part_of in forms else None
    return here is form
