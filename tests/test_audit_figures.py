"""Intervals against published values, and laws that hold for any counts."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sos_lint.audit.figures import (
    PER,
    Sums,
    among,
    change,
    design_effect,
    dispersion,
    gamma_quantile,
    rate,
    share,
    share_change,
    wilson,
)

# K. Ulm, American Journal of Epidemiology 131 (1990): 95% limits of a Poisson count.
POISSON = {0: (0, 3.689), 1: (0.0253, 5.572), 5: (1.623, 11.668), 10: (4.795, 18.390), 100: (81.364, 121.627)}


@pytest.mark.parametrize(("count", "limits"), POISSON.items())
def test_a_rate_has_the_exact_limits(count: int, limits: tuple[float, float]) -> None:
    value = rate(Sums(1, PER, count))
    assert value is not None
    assert (value.low, value.value, value.high) == pytest.approx((limits[0], count, limits[1]), abs=0.001)


# R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3.
WILSON = {
    (81, 263): (0.2553, 0.3662),
    (15, 148): (0.0624, 0.1605),
    (0, 20): (0, 0.1611),
    (1, 29): (0.0061, 0.1718),
}


@pytest.mark.parametrize(("counts", "limits"), WILSON.items())
def test_a_share_has_wilsons_limits(counts: tuple[int, int], limits: tuple[float, float]) -> None:
    value = wilson(counts[0] / counts[1], counts[1])
    assert (value.low, value.high) == pytest.approx(limits, abs=0.0001)


def test_a_difference_of_shares_has_newcombes_limits() -> None:
    # R. G. Newcombe, Statistics in Medicine 17 (1998) 873, table II: 56/70 - 48/80, method 10.
    value = share_change(Sums(words=80, found=48), Sums(words=70, found=56))
    assert value is not None
    assert (value.low, value.high) == pytest.approx((0.0524, 0.3339), abs=0.0001)


def poisson_below(count: int, mean: float) -> float:
    return sum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(count))


@given(st.integers(1, 400), st.sampled_from([0.001, 0.025, 0.5, 0.975, 0.999]))
def test_a_gamma_quantile_is_where_the_poisson_tail_says(shape: int, p: float) -> None:
    """P(gamma of whole shape n < x) is P(Poisson of mean x >= n)."""
    assert 1 - poisson_below(shape, gamma_quantile(p, shape)) == pytest.approx(p, abs=1e-9)


def test_large_counts_go_on_where_exact_ones_end() -> None:
    below, above = gamma_quantile(0.975, 99_999.0), gamma_quantile(0.975, 100_001.0)
    assert above - below == pytest.approx(2, abs=0.1)


PILES = st.lists(
    st.lists(st.tuples(st.integers(1, 300), st.integers(0, 9)), min_size=2, max_size=30),
    min_size=1,
    max_size=4,
)


def pile(notes: list[tuple[int, int]]) -> Sums:
    return Sums(
        len(notes),
        sum(w for w, _ in notes),
        sum(x for _, x in notes),
        sum(x * x for _, x in notes),
        sum(x * w for w, x in notes),
        sum(w * w for w, _ in notes),
    )


@given(PILES)
def test_an_interval_holds_its_figure_and_a_spread_widens_it(notes: list[list[tuple[int, int]]]) -> None:
    piles = [pile(each) for each in notes]
    spread = dispersion(piles)
    assert spread >= 1
    for one in piles:
        wide, narrow = rate(one, spread), rate(one)
        assert wide is not None and narrow is not None
        assert wide.low <= narrow.low + 1e-9 and narrow.high <= wide.high + 1e-9
        assert 0 <= wide.low <= wide.value <= wide.high


@given(PILES)
def test_a_change_turned_round_is_its_inverse(notes: list[list[tuple[int, int]]]) -> None:
    one, two = pile(notes[0]), pile(notes[-1])
    there, back = change(one, two), change(two, one)
    if there is not None and back is not None and there.low > 0 and there.high < math.inf:
        assert there.low * back.high == pytest.approx(1)
        assert there.low <= there.value <= there.high


def test_nothing_to_divide_by_is_no_figure() -> None:
    assert rate(Sums()) is None and share(Sums()) is None
    assert change(Sums(1, 100, 0), Sums(1, 100, 0)) is None
    assert share_change(Sums(), Sums(words=3, found=1)) is None
    assert dispersion([]) == dispersion([Sums(1, 10, 3, 9, 30, 100)]) == design_effect([]) == 1


def clustered(chance: random.Random, notes: int) -> Sums:
    """Notes some of which have a run of places, in 10 of 1,000 words on the whole."""
    made = []
    for _ in range(notes):
        words = chance.randint(20, 400)
        made.append(
            (words, sum(chance.random() < words / 100 / 5 for _ in range(1)) * 5 if words < 300 else 0)
        )
    return pile(made)


def test_intervals_of_clustered_counts_hold_the_truth_as_often_as_they_say() -> None:
    """Of 300 archives with one true rate, about 95 in 100 intervals hold it; without the spread far fewer."""
    chance = random.Random(1)
    truth = rate(clustered(chance, 200_000))
    assert truth is not None
    held = naive = 0
    for _ in range(300):
        one = clustered(chance, 60)
        with_spread, without = rate(one, dispersion([one])), rate(one)
        assert with_spread is not None and without is not None
        held += with_spread.low <= truth.value <= with_spread.high
        naive += without.low <= truth.value <= without.high
    assert held >= 0.92 * 300 > 0.8 * 300 > naive


def test_many_intervals_are_wider_so_that_all_hold() -> None:
    assert among(1) == pytest.approx(0.95) and among(10) == pytest.approx(0.995)
