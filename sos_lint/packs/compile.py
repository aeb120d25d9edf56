"""Understands packs: gathers every fault, or makes the catalogue.

Later packs win: a user's rule with the id of a shipped one takes its place, and `switch-off` in a
`pack.yml` turns rules off. What a pack of files holds is decided by their first words; see `schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sos_lint.catalogue import Catalogue
from sos_lint.errors import BadPack, SosLintError, nearest
from sos_lint.forms import FormDescription
from sos_lint.kinds import Kind, Part
from sos_lint.packs import build
from sos_lint.packs.anchors import anchored
from sos_lint.packs.bounded import MOST_CHOICES, word_choices
from sos_lint.packs.check import check
from sos_lint.packs.form_schema import FormFile, form_faults, form_of, part_faults, patterns_in
from sos_lint.packs.received_schema import ReceivedFile, received_faults, wordings_of
from sos_lint.packs.schema import Body, MeaningEntry, PackFile, RuleFile, TableFile, WordsFile
from sos_lint.packs.service_schema import ServicesFile, services_of, with_labels
from sos_lint.packs.sources import PACK_FILE, PackSource
from sos_lint.received import Wording
from sos_lint.rule import ACT_OF, Examples, Lexicon, Pack, Rule
from sos_lint.services import Service
from sos_lint.words import parse
from sos_lint.yaml_lines import Path as Steps
from sos_lint.yaml_lines import read_yaml

BUILT_IN_CLASSES = frozenset({"number"})
MAY_ASK = ("not-before", "not-after", "only-before", "only-after", "not-near", "only-near")
CONDITIONS = ("led-by", *MAY_ASK)
WORDS = ("words", "allow", "cues", "evidence")
FORM = ("form", "sections")
SPOKEN = ("services", "received")  # how services and readers are spoken to


@dataclass
class _Gathered:
    """What the packs read so far come to."""

    packs: list[Pack] = field(default_factory=list)
    rules: dict[str, tuple[Rule, str]] = field(default_factory=dict)  # id: the rule, and its place
    classes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    allowed: set[str] = field(default_factory=set)
    cues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    evidence: dict[Part, tuple[str, ...]] = field(default_factory=dict)
    forms: dict[str, tuple[FormDescription, str]] = field(default_factory=dict)  # by id, with its place
    services: dict[str, Service] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)  # of every rule, those too that a later pack turns off
    received: dict[str, tuple[Wording, str]] = field(default_factory=dict)  # by what they are about
    patterns: list[tuple[str, str, bool]] = field(default_factory=list)  # text, place, may ask for grammar
    faults: list[SosLintError] = field(default_factory=list)


def compile_packs(sources: Sequence[PackSource]) -> Catalogue:
    """The catalogue of these packs, later ones winning; raises BadPack with every fault in them."""
    gathered = _Gathered()
    for source in sources:
        _add_pack(source, gathered)
    _check_patterns(gathered)
    gathered.faults += part_faults(gathered.forms)
    gathered.faults += received_faults(gathered.received, gathered.names)
    gathered.faults += _act_faults(gathered)
    if gathered.faults:
        raise BadPack(_in_order(gathered.faults, sources))
    cues = with_labels(gathered.cues, gathered.services.values())
    lexicon = Lexicon(gathered.classes, frozenset(gathered.allowed), cues, gathered.evidence)
    forms, services = [form for form, _ in gathered.forms.values()], tuple(gathered.services.values())
    members = anchored((rule for rule, _ in gathered.rules.values()), forms, services)
    received = tuple(wording for wording, _ in gathered.received.values())
    return Catalogue.of(gathered.packs, lexicon, members, forms, services, received)


def _in_order(faults: Iterable[SosLintError], sources: Sequence[PackSource]) -> tuple[SosLintError, ...]:
    """The faults in the order of the files and their lines."""
    files = [f"{source.place}/{name}" for source in sources for name, _ in source.files]
    number = {file: i for i, file in reversed(list(enumerate(files)))}

    def key(fault: SosLintError) -> tuple[int, int]:
        file, _, line = fault.place.rpartition(":")
        return number.get(file, len(files)), int(line) if line.isdigit() else 0

    return tuple(sorted(faults, key=key))


def _add_pack(source: PackSource, gathered: _Gathered) -> None:
    parsed: list[tuple[str, str, Any, dict[Steps, int]]] = []
    for name, data in source.files:
        place = f"{source.place}/{name}"
        try:
            parsed.append((name, place, *read_yaml(_decoded(data, place), place)))
        except SosLintError as fault:
            gathered.faults.append(fault)
    about = _about(source, parsed, gathered)
    new: dict[str, tuple[Rule, str]] = {}
    for name, place, data, lines in parsed:
        if name != PACK_FILE:
            _add_file(name, place, data, lines, about, new, gathered)
    _switch_off(about, next((p for p in parsed if p[0] == PACK_FILE), None), gathered)
    gathered.rules.update(new)
    gathered.names.update(name for rule, _ in new.values() for name in rule.names)
    gathered.packs.append(_pack(about, parsed))


def _pack(about: PackFile, parsed: Iterable[tuple[str, str, Any, dict[Steps, int]]]) -> Pack:
    tables = {
        f"{about.id}/{Path(name).stem}": str(data.get("title"))
        for name, _, data, _ in parsed
        if isinstance(data, dict) and "entries" in data
    }
    return Pack(
        about.id,
        about.title,
        about.version,
        about.description,
        about.language,
        tuple((about.sources or {}).items()),
        about.optional,
        tuple(tables.items()),
    )


def _switch_off(
    about: PackFile, parsed: tuple[str, str, Any, dict[Steps, int]] | None, gathered: _Gathered
) -> None:
    before = [rule for rule, _ in gathered.rules.values()]
    kinds = {kind.value for kind in Kind}
    for i, off in enumerate(about.switch_off):
        if parsed and off not in kinds and not any(rule.answers_to(off) for rule in before):
            known = kinds | {
                name for rule in before for name in (rule.id, rule.group, rule.pack, *rule.aliases)
            }
            place = f"{parsed[1]}:{parsed[3]['switch-off', i]}"
            sentence = f"no rule, pack or kind before this pack is called “{off}”."
            gathered.faults.append(SosLintError(place, sentence, nearest(off, known)))
        gathered.rules = {id_: held for id_, held in gathered.rules.items() if not held[0].answers_to(off)}


def _decoded(data: bytes, place: str) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise SosLintError(f"{place}:{line}", "this is not UTF-8 text.", "Save the file as UTF-8.") from error


def _about(
    source: PackSource, parsed: Sequence[tuple[str, str, Any, dict[Steps, int]]], gathered: _Gathered
) -> PackFile:
    if source.lone:
        name = build.slug(Path(source.files[0][0]).stem)
        return PackFile.model_validate({"id": name or "pack", "title": source.files[0][0], "version": "0"})
    for name, place, data, lines in parsed:
        if name == PACK_FILE:
            about = check(PackFile, data, lines, place)
            if isinstance(about, PackFile):
                return about
            gathered.faults += about
            return _salvaged(data)
    return _salvaged(None)


def _salvaged(data: Any) -> PackFile:
    """What can be gone by where `pack.yml` has faults, so that those of the other files are told too."""
    sources = data.get("sources") if isinstance(data, dict) else None
    named = sources if isinstance(sources, dict) else None
    return PackFile.model_construct(
        id="pack", title="", version="", sources=named, switch_off=[], optional=False
    )


def _add_file(
    name: str,
    place: str,
    data: Any,
    lines: Mapping[Steps, int],
    about: PackFile,
    new: dict[str, tuple[Rule, str]],
    gathered: _Gathered,
) -> None:
    group = f"{about.id}/{Path(name).stem}"
    if isinstance(data, dict) and "entries" in data:
        table = check(TableFile, data, lines, place)
        if isinstance(table, TableFile):
            _add_table(table, place, lines, about, group, new, gathered)
            return
        gathered.faults += table
    elif isinstance(data, dict) and set(WORDS) & data.keys():
        words = check(WordsFile, data, lines, place)
        if isinstance(words, WordsFile):
            _add_words(words, place, lines, gathered)
            return
        gathered.faults += words
    elif isinstance(data, dict) and set(FORM) & data.keys():
        form = check(FormFile, data, lines, place)
        if isinstance(form, FormFile):
            _add_form(form, Path(name).stem, place, lines, about, gathered)
            return
        gathered.faults += form
    elif isinstance(data, dict) and set(SPOKEN) & data.keys():
        _add_spoken(place, data, lines, about, gathered)
        return
    else:
        alone = check(RuleFile, data, lines, place, also=("entries", *WORDS, *FORM, *SPOKEN))
        if isinstance(alone, RuleFile):
            _note(alone, (), place, lines, about, gathered)
            body = build.merged(alone, Body())
            if alone.id != Path(name).stem:
                gathered.faults.append(
                    SosLintError(
                        f"{place}:{lines['id',]}",
                        f"the id “{alone.id}” differs from the file's name.",
                        "Make them the same.",
                    )
                )
            _add_rule(body, alone.id, Examples(), f"{place}:1", about, group, new, gathered)
            return
        gathered.faults += alone


def _add_spoken(
    place: str, data: Any, lines: Mapping[Steps, int], about: PackFile, gathered: _Gathered
) -> None:
    """Add what services call things, or what is said to readers."""
    if "services" in data:
        services = check(ServicesFile, data, lines, place)
        if isinstance(services, ServicesFile):
            gathered.services.update(services_of(services, about.id))
        else:
            gathered.faults += services
        return
    received = check(ReceivedFile, data, lines, place)
    if isinstance(received, ReceivedFile):
        told = enumerate(wordings_of(received).items())
        gathered.received |= {name: (one, f"{place}:{lines['received', i]}") for i, (name, one) in told}
    else:
        gathered.faults += received


def _add_table(
    table: TableFile,
    place: str,
    lines: Mapping[Steps, int],
    about: PackFile,
    group: str,
    new: dict[str, tuple[Rule, str]],
    gathered: _Gathered,
) -> None:
    _note(table.defaults, ("defaults",), place, lines, about, gathered)
    for i, entry in enumerate(table.entries):
        _note(entry, ("entries", i), place, lines, about, gathered)
        at = f"{place}:{lines['entries', i]}"
        body = build.merged(entry, table.defaults)
        name = build.entry_id(entry)
        if not name:
            gathered.faults.append(SosLintError(at, "this entry has no name.", "Give it an `id`."))
            continue
        _add_rule(body, name, build.table_examples(table, body), at, about, group, new, gathered)


def _add_rule(
    body: Body,
    name: str,
    shared: Examples,
    at: str,
    about: PackFile,
    group: str,
    new: dict[str, tuple[Rule, str]],
    gathered: _Gathered,
) -> None:
    faults = build.faults_of(body)
    own = body.examples
    if not (own.bad or own.known_misses or shared.bad):
        faults.append("a rule needs `examples` that must be flagged (`bad`).")
    if not (own.good or shared.good):
        faults.append("a rule needs `examples` that must pass (`good`).")
    gathered.faults += [SosLintError(at, fault) for fault in faults]
    if faults:
        return
    rule = build.rule_of(body, about.id, name, group, about.sources or {})
    rule = replace(rule, examples=build.joined(rule.examples, shared), optional=about.optional)
    if rule.id not in new:
        new[rule.id] = rule, at
    elif build.same_short_form(new[rule.id][0], rule):
        new[rule.id] = build.with_meanings(new[rule.id][0], rule), new[rule.id][1]
    else:
        gathered.faults.append(
            SosLintError(
                at,
                f"the id “{rule.id}” is also that of {new[rule.id][1]}.",
                "Give one of them an `id` of its own.",
            )
        )


def _add_words(words: WordsFile, place: str, lines: Mapping[Steps, int], gathered: _Gathered) -> None:
    gathered.allowed.update(words.allow)
    for name, entries in words.words.items():
        known = gathered.classes.get(name, ())
        gathered.classes[name] = tuple(dict.fromkeys((*known, *build.phrase_forms(entries))))
    for kind, told in (("cues", words.cues), ("evidence", words.evidence)):
        for key, listed in told.items():
            name = key.value if isinstance(key, Part) else key
            gathered.patterns += [
                (item, f"{place}:{lines[kind, name, i]}", False) for i, item in enumerate(listed)
            ]
    for cue, listed in words.cues.items():
        gathered.cues[cue] = tuple(dict.fromkeys((*gathered.cues.get(cue, ()), *listed)))
    for part, listed in words.evidence.items():
        gathered.evidence[part] = tuple(dict.fromkeys((*gathered.evidence.get(part, ()), *listed)))


def _add_form(
    form: FormFile, stem: str, place: str, lines: Mapping[Steps, int], about: PackFile, gathered: _Gathered
) -> None:
    """Add a form; one of the same name in an earlier pack gives way."""
    gathered.patterns += [(written, f"{place}:{lines[steps]}", False) for steps, written in patterns_in(form)]
    faults = [SosLintError(f"{place}:{lines[steps]}", fault) for steps, fault in form_faults(form)]
    if form.form != stem:
        sentence = f"the form “{form.form}” differs from the file's name."
        faults.append(SosLintError(f"{place}:{lines['form',]}", sentence, "Make them the same."))
    _note_sources([(("source",), form.source)], place, lines, about, gathered)
    gathered.faults += faults
    gathered.forms[form.form] = form_of(form, about.sources or {}, about.id), f"{place}:{lines['form',]}"


def _note(
    body: Body, path: Steps, place: str, lines: Mapping[Steps, int], about: PackFile, gathered: _Gathered
) -> None:
    """Note what a body says that other files must bear out: its word patterns, and the sources it cites."""
    for key in CONDITIONS:
        gathered.patterns += [
            (written, f"{place}:{lines[(*path, key, i)]}", key in MAY_ASK)
            for i, written in enumerate(getattr(body, key.replace("-", "_")))
        ]
    cited: list[tuple[Steps, str | list[str] | None]] = [((*path, "source"), body.source)]
    cited += [
        ((*path, "meanings", i, "source"), meaning.source)
        for i, meaning in enumerate(body.meanings)
        if isinstance(meaning, MeaningEntry)
    ]
    _note_sources(cited, place, lines, about, gathered)


def _note_sources(
    cited: Iterable[tuple[Steps, str | list[str] | None]],
    place: str,
    lines: Mapping[Steps, int],
    about: PackFile,
    gathered: _Gathered,
) -> None:
    """A cited source must be named in `pack.yml`."""
    for steps, source in cited:
        for i, name in enumerate([source] if isinstance(source, str) else source or []):
            if about.sources is not None and " " not in name and name not in about.sources:
                line = lines[steps if isinstance(source, str) else (*steps, i)]
                hint = nearest(name, about.sources) or f"Add it to `sources` in {PACK_FILE}."
                sentence = f"the source “{name}” is not named in {PACK_FILE}."
                gathered.faults.append(SosLintError(f"{place}:{line}", sentence, hint))


def _check_patterns(gathered: _Gathered) -> None:
    """Word patterns are checked last, when every pack has named its word classes."""
    known = gathered.classes.keys() | BUILT_IN_CLASSES
    for written, place, may_ask in dict.fromkeys(gathered.patterns):
        try:
            pattern = parse(written)
        except ValueError as error:
            gathered.faults.append(SosLintError(place, f"{error}."))
            continue
        if pattern.asks_grammar and not may_ask:
            sentence = f"“{written}” asks for a part of speech, which only a rule's conditions may."
            gathered.faults.append(SosLintError(place, sentence))
        if pattern.asks_grammar and word_choices(pattern, gathered.classes) > MOST_CHOICES:
            sentence = f"“{written}” could take for ever: there are too many ways to read it."
            gathered.faults.append(SosLintError(place, sentence, "Make several patterns of it."))
        unknown = [name for name in pattern.classes if name not in known]
        for name in unknown:
            gathered.faults.append(
                SosLintError(place, f"the word class <{name}> is not known.", nearest(name, known))
            )


def _act_faults(gathered: _Gathered) -> Iterator[SosLintError]:
    """Kinds of acts that a rule names and no pack has a cue for."""
    known = {cue.removeprefix(ACT_OF) for cue in gathered.cues if cue.startswith(ACT_OF)}
    for rule, place in gathered.rules.values():
        for kind in rule.not_told_by:
            if kind not in known:
                sentence = f"no cue is called “{ACT_OF}{kind}”."
                yield SosLintError(place, sentence, nearest(kind, known))
