"""What is fuzzed: each door by which bytes come in, with its law, its seeds and how they are changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from random import Random
from typing import NamedTuple

from fuzz import laws, seeds
from fuzz.mutation import (
    AnyBytes,
    Mutation,
    after_first,
    mutated_compound,
    mutated_mail,
    mutated_pdf,
    mutated_text,
    mutated_xml,
    mutated_zip,
)


class Target(NamedTuple):
    """One door. `longest` is how many bytes an input has at most; `words` names its dictionary."""

    law: laws.Law
    seeds: Callable[[], Iterable[bytes]]
    mutation: Mutation
    longest: int = 8_000
    words: str = ""


_READERS: Mapping[str, Target] = {
    "txt": Target(laws.reads(".txt"), seeds.texts, mutated_text, words="text"),
    "md": Target(laws.reads(".md"), seeds.texts, mutated_text, words="text"),
    "html": Target(laws.reads(".html"), seeds.pages, mutated_text, words="html"),
    "docx": Target(laws.reads(".docx"), seeds.word_files, mutated_zip, 60_000, "docx"),
    "odt": Target(laws.reads(".odt"), seeds.odt_files, mutated_zip, 60_000, "odt"),
    "fodt": Target(laws.reads(".fodt"), seeds.flat_odt_files, mutated_xml, 40_000, "odt"),
    "eml": Target(laws.reads(".eml"), seeds.messages, mutated_mail, words="mail"),
    "msg": Target(laws.reads(".msg"), seeds.outlook_messages, mutated_compound, 40_000, "rtf"),
    "pdf": Target(laws.reads(".pdf"), seeds.pdf_files, mutated_pdf, words="pdf"),
    "rtf": Target(laws.reads(".rtf"), seeds.rtf_files, mutated_text, 40_000, "rtf"),
    "csv": Target(laws.reads(".csv", laws.COLUMNS), seeds.csv_files, mutated_text, words="csv"),
    "tsv": Target(laws.reads(".tsv", laws.COLUMNS), seeds.csv_files, mutated_text, words="csv"),
    "xlsx": Target(laws.reads(".xlsx", laws.COLUMNS), seeds.workbooks, mutated_zip, 60_000, "xlsx"),
    "attachments": Target(laws.attached, seeds.attachments, mutated_mail, 40_000, "mail"),
}

_OTHERS: Mapping[str, Target] = {
    "pack": Target(laws.compiles, seeds.packs, mutated_text, 10_000, words="pack"),
    "config": Target(laws.configures, seeds.configurations, after_first(mutated_text), words="config"),
    "answers": Target(laws.answers, seeds.answer_files, mutated_text, words="answers"),
    "baseline": Target(laws.baselines, seeds.baselines, mutated_text, words="json"),
    "results": Target(laws.keeps_results, seeds.results, mutated_text, words="json"),
    "store": Target(laws.keeps_packs, seeds.compiled, mutated_text, 40_000, "json"),
}


def _by_kind(data: bytes, chance: Random, any_bytes: AnyBytes) -> bytes:
    """As the kind of file is changed that the first byte says."""
    if not data:
        return any_bytes(data)
    kind = laws.KINDS[data[0] % len(laws.KINDS)].lstrip(".")
    return after_first(_READERS[kind].mutation)(data, chance, any_bytes)


TARGETS: Mapping[str, Target] = {
    **_READERS,
    **_OTHERS,
    "readers": Target(laws.reads_any, seeds.whole, _by_kind, 60_000, "text"),
    "whole": Target(laws.goes_through, seeds.whole, _by_kind, 60_000, "text"),
}
