"""Made-up notes to measure speed on: the same for a seed, on every machine.

    python benchmarks/corpus.py FOLDER [NOTES]

Dense notes are drawn from the sentences that the packs give as examples of what to ask about, and each second
sentence is a clear one: about as much is found in them as in real drafts. Clear notes say where somebody
went, with whom, and what they did, in words that nothing is asked about.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from sos_lint.catalogue import Catalogue
from sos_lint.kinds import Kind
from sos_lint.lint import Linter

SEED = 7
SHARES = {  # how often real drafts hold what is asked about: labels of ../shared/eval/cases.jsonl
    Kind.JARGON: 216,
    Kind.BROAD_TERM: 48,
    Kind.ACRONYM: 32,
    Kind.HIDDEN_ACTOR: 32,
    Kind.VAGUE_FREQUENCY: 11,
    Kind.BLAMING_LANGUAGE: 2,
}
NOTES = 2_000
SIZE = 3_000  # letters of a note

# fmt: off
NAMES = ("Ada", "Ben", "Cleo", "Dev", "Esme", "Finn", "Gita", "Hugo", "Iris", "Jude", "Kit", "Lena", "Milo")
PEOPLE = ("Mum", "Dad", "Gran", "her uncle", "his aunt", "the neighbour", "Miss Plover", "her teacher")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("January", "March", "April", "May", "June", "July", "September", "October", "November")
DID = (
    "walked to school with", "made soup with", "read a story to", "went swimming with", "baked bread with",
    "fed the ducks with", "rang", "had tea with", "played chess with", "sang in the kitchen with",
    "planted beans with", "took the bus to town with", "laughed at a film with", "slept at the house of",
    "drew a map of the garden for", "wrote a card to",
)
THEN = (
    "They were home by six.", "It rained, and they got wet.", "The dog came too.", "It took all morning.",
    "They talked about the holidays.", "Afterwards they ate pancakes.", "They said they would do it again.",
    "The little ones slept in the car.", "Nobody was late.", "They bought apples on the way back.",
    "Everyone was tired in the evening.", "The kitchen smelled of cake.",
)
# fmt: on


def notes(sentences: Iterator[str], count: int, size: int = SIZE) -> Iterator[str]:
    """Notes in paragraphs of five sentences, each of about `size` letters, under a heading."""
    for number in range(1, count + 1):
        lines, letters = [f"# Note {number}", ""], 0
        while letters < size:
            paragraph = " ".join(next(sentences) for _ in range(5))
            lines += [paragraph, ""]
            letters += len(paragraph)
        yield "\n".join(lines)


def dense(catalogue: Catalogue, seed: int = SEED) -> Iterator[str]:
    """Sentences that hold what the rules ask about, kinds in the shares of real drafts, and clear ones."""
    examples: dict[Kind, set[str]] = {kind: set() for kind in SHARES}
    for rule in catalogue:
        if rule.kind in examples and not rule.optional:
            texts = (bad.text.replace("[[", "").replace("]]", "") for bad in rule.examples.bad)
            examples[rule.kind].update(text for text in texts if "\n" not in text)
    pools = {kind: sorted(texts) for kind, texts in examples.items()}
    chance, between = random.Random(seed), clear(seed)
    while True:
        (kind,) = chance.choices(list(SHARES), list(SHARES.values()))
        yield chance.choice(pools[kind])
        yield next(between)


def clear(seed: int = SEED) -> Iterator[str]:
    """Sentences about which nothing is asked."""
    chance = random.Random(seed)
    while True:
        who, other = chance.sample(NAMES, 2)
        with_whom = chance.choice((other, *PEOPLE))
        day = f"On {chance.choice(DAYS)} {chance.randint(1, 28)} {chance.choice(MONTHS)}"
        yield f"{day} {who} {chance.choice(DID)} {with_whom}."
        yield chance.choice(THEN)


def write(folder: Path, texts: Iterator[str]) -> int:
    """One file for each text; the number of bytes that they hold."""
    folder.mkdir(parents=True, exist_ok=True)
    size = 0
    for number, text in enumerate(texts):
        data = text.encode()
        (folder / f"{number:05}.md").write_bytes(data)
        size += len(data)
    return size


def main() -> None:
    folder, count = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else NOTES
    catalogue = Linter.with_packs().catalogue
    for name, sentences in (("dense", dense(catalogue)), ("clear", clear())):
        print(f"{name}: {write(folder / name, notes(sentences, count)):,} bytes")


if __name__ == "__main__":
    main()
