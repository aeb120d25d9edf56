"""Rates, shares and their intervals: how far a figure could be off by chance alone.

Findings come in clusters: a note with one unclear word often has several. So counts are more uneven than if
each word were drawn by itself, and an interval that forgets it is too narrow. Each is therefore made as if
there were fewer findings (by the dispersion, or design effect), and then exact or nearly so for small
numbers:

- a rate: the exact Poisson interval (F. Garwood, Biometrika 28, 1936), of the count divided by the
  dispersion (quasi-Poisson: R. W. M. Wedderburn, Biometrika 61, 1974), which is estimated note by note as the
  variance of a ratio is (W. G. Cochran, Sampling Techniques, 1977, chapter 6);
- a share: Wilson's interval (E. B. Wilson, JASA 22, 1927; recommended for small numbers by L. D. Brown,
  T. T. Cai and A. DasGupta, Statistical Science 16, 2001), of numbers divided by the design effect (L. Kish,
  Survey Sampling, 1965);
- a difference of two shares: R. G. Newcombe's, of Wilson's two (Statistics in Medicine 17, 1998);
- a change between two rates: Wilson's interval of the later period's share of all findings.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import NormalDist
from typing import NamedTuple

CONFIDENCE = 0.95
PER = 1_000  # words


class Interval(NamedTuple):
    """A figure, and between what it could lie if only chance were at work."""

    low: float
    value: float
    high: float


class Sums(NamedTuple):
    """What is known of a pile of notes: how many, their words, what was found, and the sums of products.

    `found` is counted in `words` of exposure; for a share, the exposure is the places that could be told.
    `xx`, `xw` and `ww` are the sums over notes of found², found x words and words².
    """

    notes: int = 0
    words: int = 0
    found: int = 0
    xx: int = 0
    xw: int = 0
    ww: int = 0

    def plus(self, other: Sums) -> Sums:
        """Both piles as one."""
        return Sums(*(one + two for one, two in zip(self, other, strict=True)))


def total(piles: Iterable[Sums]) -> Sums:
    """All piles as one."""
    whole = Sums()
    for pile in piles:
        whole = whole.plus(pile)
    return whole


def dispersion(piles: Iterable[Sums]) -> float:
    """How many times more uneven the counts of notes are than by chance alone, within piles; at least 1."""
    squares = found = 0.0
    notes = kept = 0
    for pile in piles:
        if pile.words and pile.notes:
            rate = pile.found / pile.words
            squares += pile.xx - 2 * rate * pile.xw + rate * rate * pile.ww
            found += pile.found
            notes, kept = notes + pile.notes, kept + 1
    if not found or notes <= kept:
        return 1.0
    return max(1.0, squares / found * notes / (notes - kept))


def design_effect(piles: Iterable[Sums]) -> float:
    """The same for shares: against the unevenness of so many separate draws."""
    squares = expected = 0.0
    notes = kept = 0
    for pile in piles:
        if pile.words and pile.notes:
            share = pile.found / pile.words
            squares += pile.xx - 2 * share * pile.xw + share * share * pile.ww
            expected += pile.words * share * (1 - share)
            notes, kept = notes + pile.notes, kept + 1
    if not expected or notes <= kept:
        return 1.0
    return max(1.0, squares / expected * notes / (notes - kept))


def rate(pile: Sums, spread: float = 1.0, confidence: float = CONFIDENCE) -> Interval | None:
    """Findings in 1,000 words; None where there are no words."""
    if not pile.words:
        return None
    tail = (1 - confidence) / 2
    count, per = pile.found / spread, PER * spread / pile.words
    low = gamma_quantile(tail, count) if count else 0.0
    return Interval(low * per, pile.found * PER / pile.words, gamma_quantile(1 - tail, count + 1) * per)


def share(pile: Sums, spread: float = 1.0, confidence: float = CONFIDENCE) -> Interval | None:
    """The part of `words` that is `found`; None where there is nothing to have a part of."""
    if not pile.words:
        return None
    return wilson(pile.found / pile.words, pile.words / spread, confidence)


def wilson(part: float, of: float, confidence: float = CONFIDENCE) -> Interval:
    """Wilson's interval for a part of so many."""
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    middle = part + z * z / (2 * of)
    half = z * math.sqrt(part * (1 - part) / of + z * z / (4 * of * of))
    whole = 1 + z * z / of
    low = max(0.0, (middle - half) / whole) if part > 0 else 0.0  # exactly, whatever the rounding
    return Interval(low, part, min(1.0, (middle + half) / whole) if part < 1 else 1.0)


def change(before: Sums, after: Sums, spread: float = 1.0, confidence: float = CONFIDENCE) -> Interval | None:
    """How many times the rate before the rate after is; None where there is nothing to compare."""
    found = before.found + after.found
    if not (found and before.words and after.words):
        return None
    later = wilson(after.found / found, found / spread, confidence)
    by = before.words / after.words
    low, value, high = (_odds(part) * by for part in later)
    return Interval(low, value, high)


def share_change(
    before: Sums, after: Sums, spread: float = 1.0, confidence: float = CONFIDENCE
) -> Interval | None:
    """By how much the share after is more than the share before."""
    one, two = share(before, spread, confidence), share(after, spread, confidence)
    if one is None or two is None:
        return None
    value = two.value - one.value
    low = value - math.hypot(two.value - two.low, one.high - one.value)
    high = value + math.hypot(two.high - two.value, one.value - one.low)
    return Interval(low, value, high)


def among(many: int, confidence: float = CONFIDENCE) -> float:
    """The confidence that each of many intervals needs, so that all of them hold together (Bonferroni)."""
    return 1 - (1 - confidence) / max(1, many)


def _odds(part: float) -> float:
    return part / (1 - part) if part < 1 else math.inf


def gamma_quantile(p: float, shape: float) -> float:
    """Where a gamma distribution of this shape (and scale 1) has `p` of its weight below."""
    z = NormalDist().inv_cdf(p)
    guess = shape * (1 - 1 / (9 * shape) + z / (3 * math.sqrt(shape))) ** 3  # Wilson and Hilferty, 1931
    if shape > 1e5 and guess > 0:  # there it is off by less than one in a million
        return guess
    low, high = 0.0, max(shape, guess) * 2 + 10
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if _gamma_below(shape, middle) < p else (low, middle)
    return (low + high) / 2


def _gamma_below(shape: float, x: float) -> float:
    """The weight of that distribution below `x` (Abramowitz and Stegun, 6.5.29 and 6.5.31)."""
    if x <= 0:
        return 0.0
    scale = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        term = added = 1 / shape
        n = shape
        while term > added * 1e-16:
            n += 1
            term *= x / n
            added += term
        return scale * added
    tiny = 1e-300  # the continued fraction, by W. J. Lentz's method
    b = x + 1 - shape
    c, d = 1 / tiny, 1 / b
    fraction = d
    for i in range(1, 100_000):
        a = i * (shape - i)
        b += 2
        d = 1 / ((a * d + b) or tiny)
        c = b + a / c or tiny
        step = c * d
        fraction *= step
        if abs(step - 1) < 1e-15:
            break
    return 1 - scale * fraction
