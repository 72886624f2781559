"""How far raters agree."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from analysis.models.scoring.agreement import (
    LEVELS,
    REASONS_ALPHA,
    REASONS_W,
    Floats,
    kendall_w,
    krippendorff_alpha,
    verdict,
    w_verdict,
    wide,
)

UNKNOWN = float("nan")
RANKED = [
    [1, 3, 4, 5, 2, 8, 6, 7, 10, 9],
    [2, 1, 4, 5, 6, 3, 8, 7, 10, 9],
    [3, 2, 1, 5, 7, 4, 6, 8, 9, 10],
    [4, 2, 3, 1, 6, 7, 5, 9, 8, 10],
]
CODED = ["* * * * * 3 4 1 2 1 1 3 3 * 3", "1 * 2 1 3 3 4 3 * * * * * * *", "* * 2 1 3 4 4 * 2 1 1 3 3 * 4"]


def coded() -> Floats:
    """Krippendorff's example: three raters, fifteen units."""
    return np.array([[UNKNOWN if value == "*" else float(value) for value in own.split()] for own in CODED])


def tables(raters: int = 5, items: int = 7, *, least: int = 2, gaps: bool = False) -> st.SearchStrategy[Floats]:
    """Scores of 1 to 5; with gaps some are missing."""
    scores = st.integers(1, 5).map(float)
    shape = st.tuples(st.integers(least, raters), st.integers(2, items))
    return arrays(np.float64, shape, elements=scores | st.just(UNKNOWN) if gaps else scores)


# --- Kendall's W ------------------------------------------------------------------------------------------------------


def test_the_published_concordance() -> None:
    """Ten items ranked by four raters (methods.md, Kendall's W): S, W, chi2 and p."""
    found = kendall_w(RANKED)
    assert (found.s, found.df, found.raters, found.items, found.left_out) == (1048, 9, 4, 10, 0)
    assert (found.w, found.chi2, found.p) == pytest.approx((0.7939, 28.58, 0.00076), abs=5e-3, rel=1e-3)
    assert (round(found.w, 4), round(found.chi2, 2), round(found.p, 5)) == (0.7939, 28.58, 0.00076)
    assert (w_verdict(found), found.reden) == ("sterk", "")


@given(tables(least=3))
@settings(max_examples=60, deadline=None)
def test_the_statistic_is_friedmans(scores: Floats) -> None:
    """Another road to the same: Friedman's test, ties corrected, is m (n - 1) W."""
    assume(scores.shape[1] >= 3)
    found = kendall_w(scores)
    assume(not found.reden)
    statistic, p = stats.friedmanchisquare(*scores.T)
    assert (found.chi2, found.p) == pytest.approx((statistic, p), abs=1e-9)


@given(tables(least=3))
@settings(max_examples=60, deadline=None)
def test_without_ties_w_follows_from_the_mean_rank_correlation(scores: Floats) -> None:
    """Mean Spearman's rho of the pairs of raters is (m W - 1) / (m - 1)."""
    ranks = np.argsort(np.argsort(scores, axis=1, kind="stable"), axis=1).astype(float)
    raters = len(ranks)
    rho = np.corrcoef(ranks)[np.triu_indices(raters, 1)].mean()
    assert (raters * kendall_w(ranks).w - 1) / (raters - 1) == pytest.approx(rho)


@given(arrays(np.float64, st.integers(2, 9), elements=st.integers(1, 5).map(float)), st.integers(2, 6))
@settings(max_examples=50, deadline=None)
def test_raters_with_one_order_agree_wholly(scores: Floats, raters: int) -> None:
    """W is 1, ties or not; where nobody sees a difference there is no W."""
    found = kendall_w(np.tile(scores, (raters, 1)))
    if np.ptp(scores):
        assert found.w == pytest.approx(1)
        assert found.chi2 == pytest.approx(raters * (len(scores) - 1))
    else:
        assert math.isnan(found.w)
        assert found.reden == "zonder_verschil"


@given(arrays(np.float64, st.integers(2, 9), elements=st.integers(1, 5).map(float)))
@settings(max_examples=50, deadline=None)
def test_two_reversed_raters_do_not_agree_at_all(scores: Floats) -> None:
    """W is 0 and p 1; their scores are further apart than by chance."""
    assume(np.ptp(scores))
    both = np.array([scores, 6 - scores])
    found = kendall_w(both)
    assert (found.w, found.p, w_verdict(found)) == (pytest.approx(0, abs=1e-12), pytest.approx(1), "toeval")
    mirrored = np.array([scores, scores.min() + scores.max() - scores])
    for level in ("ordinal", "interval"):
        assert krippendorff_alpha(mirrored, level).alpha < 0


@given(tables(gaps=True), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_scale_of_what_is_given_matters(scores: Floats, random) -> None:
    """Raters and items in any order; each rater's scores stretched, and all turned upside down."""
    found = kendall_w(scores)
    rows, columns = (random.sample(range(size), size) for size in scores.shape)
    stretch = np.array([[random.choice([0.25, 1.0, 8.0])] for _ in rows])
    other = kendall_w(-(scores * stretch + 3)[rows][:, columns])
    assert (found.raters, found.items, found.left_out, found.reden) == (
        *(other.raters, other.items, other.left_out),
        other.reden,
    )
    assert (found.w, found.p) == pytest.approx((other.w, other.p), abs=1e-9, nan_ok=True)
    assert math.isnan(found.w) == (found.reden != "")
    assert found.reden in REASONS_W
    assert math.isnan(found.w) or -1e-9 <= found.w <= 1 + 1e-9


def test_an_item_that_one_rater_left_out_is_left_out() -> None:
    """It is told; W is that of the other items, whose ranks close up. Who scored nothing is no rater."""
    gaps = np.array(RANKED, dtype=float)
    gaps[1, 3] = gaps[2, 7] = gaps[3, 7] = UNKNOWN
    found = kendall_w(np.vstack([gaps, np.full(10, UNKNOWN)]))
    assert (found.raters, found.items, found.left_out, found.df) == (4, 8, 2, 7)
    assert found.w == pytest.approx(kendall_w(np.delete(gaps, [3, 7], axis=1)).w)


@pytest.mark.parametrize(
    ("scores", "reason", "raters", "items", "left_out"),
    [
        ([[1, 2, 3]], "te_weinig_beoordelaars", 1, 3, 0),
        ([[1, 2, 3], [UNKNOWN] * 3], "te_weinig_beoordelaars", 1, 3, 0),
        (np.empty((0, 0)), "te_weinig_beoordelaars", 0, 0, 0),
        (np.full((3, 2), UNKNOWN), "te_weinig_beoordelaars", 0, 0, 2),
        ([[1], [2]], "te_weinig_items", 2, 1, 0),
        ([[1, UNKNOWN], [UNKNOWN, 2]], "te_weinig_items", 2, 0, 2),
        ([[1, 2, UNKNOWN], [2, UNKNOWN, 1]], "te_weinig_items", 2, 1, 2),
        ([[3, 3, 3], [4, 4, 4]], "zonder_verschil", 2, 3, 0),
    ],
)
def test_why_there_is_no_concordance(scores, reason: str, raters: int, items: int, left_out: int) -> None:
    """Nothing is guessed: all is NaN, with the reason."""
    found = kendall_w(scores)
    assert (found.reden, found.raters, found.items, found.left_out) == (reason, raters, items, left_out)
    assert all(math.isnan(value) for value in (found.w, found.s, found.chi2, found.p))
    assert w_verdict(found) == "onbekend"


def test_random_raters_are_told_from_agreeing_ones() -> None:
    """The W of two raters at random is high (1/m on average), but it is not worded as agreement."""
    rng = np.random.default_rng(5)
    found = [kendall_w(rng.permuted(np.tile(np.arange(8.0), (2, 1)), axis=1)) for _ in range(400)]
    assert np.mean([one.w for one in found]) == pytest.approx(0.5, abs=0.03)
    assert np.mean([w_verdict(one) == "toeval" for one in found]) > 0.9


@pytest.mark.parametrize(
    ("w", "word"),
    [(0.95, "zeer_sterk"), (0.9, "zeer_sterk"), (0.89, "sterk"), (0.7, "sterk"), (0.5, "matig"), (0.3, "zwak")],
)
def test_the_words_for_w(w: float, word: str) -> None:
    """Schmidt's: each from its value up; only what is told from chance has one."""
    found = kendall_w(RANKED)
    assert w_verdict(replace(found, w=w, p=0.049)) == word
    assert w_verdict(replace(found, w=0.29, p=0.049)) == "zeer_zwak"
    assert w_verdict(replace(found, w=w, p=0.05)) == "toeval"


# --- Krippendorff's alpha ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.691358), ("ordinal", 0.806721), ("interval", 0.810845)])
def test_the_published_reliability(level: str, alpha: float) -> None:
    """Three raters, fifteen units, with gaps (methods.md, Krippendorff), at three levels."""
    found = krippendorff_alpha(coded(), level)
    assert found.alpha == pytest.approx(alpha, abs=5e-7)
    assert (found.pairable, found.units, found.raters, found.level, found.reden) == (26, 12, 3, level, "")


@pytest.mark.parametrize(
    ("level", "apart"), [("nominal", lambda a, b: float(a != b)), ("interval", lambda a, b: (a - b) ** 2)]
)
@given(scores=tables(raters=4, items=5, gaps=True))
@settings(max_examples=40, deadline=None)
def test_alpha_is_one_minus_observed_over_expected_disagreement(level: str, apart, scores: Floats) -> None:
    """Counted pair by pair: within units, each unit in proportion to its values, over all values together."""
    found = krippendorff_alpha(scores, level)
    units = [own[~np.isnan(own)].tolist() for own in scores.T]
    units = [own for own in units if len(own) > 1]
    values = [value for own in units for value in own]
    expected = sum(apart(*pair) for pair in permutations(values, 2))
    assume(expected)
    observed = sum(sum(apart(*pair) for pair in permutations(own, 2)) / (len(own) - 1) for own in units)
    assert found.alpha == pytest.approx(1 - (len(values) - 1) * observed / expected, abs=1e-9)


@given(tables(gaps=True), st.sampled_from(LEVELS), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_level_says_what_may_change(scores: Floats, level: str, random) -> None:
    """Other names, another order-keeping scale, another unit; raters and units in any order."""
    found = krippendorff_alpha(scores, level)
    rows, columns = (random.sample(range(size), size) for size in scores.shape)
    named = {1.0: 7.0, 2.0: 1.0, 3.0: 3.0, 4.0: 9.0, 5.0: 2.0}
    ways = {
        "nominal": np.vectorize(lambda value: named.get(value, UNKNOWN), otypes=[float]),
        "ordinal": np.exp,
        "interval": lambda values: 40 - 12.5 * values,
    }
    other = krippendorff_alpha(ways[level](scores)[rows][:, columns], level)
    assert found.alpha == pytest.approx(other.alpha, abs=1e-9, nan_ok=True)
    assert (found.pairable, found.units, found.raters, found.reden) == (
        *(other.pairable, other.units, other.raters),
        other.reden,
    )
    assert found.reden in REASONS_ALPHA
    assert math.isnan(found.alpha) == (found.reden != "")
    assert math.isnan(found.alpha) or found.alpha <= 1 + 1e-9


@given(arrays(np.float64, st.integers(2, 9), elements=st.integers(1, 5).map(float)), st.sampled_from(LEVELS))
@settings(max_examples=50, deadline=None)
def test_raters_with_the_same_scores_are_reliable(scores: Floats, level: str) -> None:
    """Alpha is 1, gaps or not; without variation it says nothing."""
    assume(len(np.unique(scores[1:])) > 1)
    table = np.tile(scores, (3, 1))
    table[:2, 0] = UNKNOWN
    found = krippendorff_alpha(table, level)
    assert found.alpha == pytest.approx(1)
    assert found.pairable == 3 * (len(scores) - 1)
    assert verdict(found.alpha) == "betrouwbaar"


def test_the_same_order_is_not_the_same_scores() -> None:
    """One rater a point above the other: the order is the same, the scores are not."""
    shifted = [[1, 2, 3, 4], [2, 3, 4, 5]]
    assert kendall_w(shifted).w == 1
    assert krippendorff_alpha(shifted, "interval").alpha < 0.8


@pytest.mark.parametrize(
    ("values", "reason", "pairable"),
    [
        ([[1, 2, 3]], "geen_paar", 0),
        (np.empty((0, 0)), "geen_paar", 0),
        ([[1, UNKNOWN], [UNKNOWN, 2]], "geen_paar", 0),
        ([[3, 3], [3, 3]], "zonder_verschil", 4),
        ([[3, 3, 1], [3, 3, UNKNOWN]], "zonder_verschil", 4),  # the 1 has nothing to be compared with
    ],
)
@pytest.mark.parametrize("level", LEVELS)
def test_why_there_is_no_reliability(values, reason: str, pairable: int, level: str) -> None:
    """NaN with the reason: never 1 because nobody disagreed."""
    found = krippendorff_alpha(values, level)
    assert (found.reden, found.pairable) == (reason, pairable)
    assert math.isnan(found.alpha)
    assert verdict(found.alpha) == "onbekend"


@pytest.mark.parametrize(
    ("alpha", "word"),
    [(1, "betrouwbaar"), (0.8, "betrouwbaar"), (0.799, "voorlopig"), (0.667, "voorlopig"), (0.666, "onbetrouwbaar")],
)
def test_krippendorffs_bounds(alpha: float, word: str) -> None:
    """What lies on a bound belongs to the better side."""
    assert verdict(alpha) == word


def test_what_cannot_be_judged_is_refused() -> None:
    """Another level, no table, a score without end."""
    with pytest.raises(ValueError, match="ratio"):
        krippendorff_alpha([[1, 2], [1, 2]], "ratio")
    for wrong in ([1, 2, 3], [[1, math.inf], [2, 3]]):
        with pytest.raises(ValueError, match="raters x items"):
            kendall_w(wrong)
        with pytest.raises(ValueError, match="raters x items"):
            krippendorff_alpha(wrong, "nominal")


def test_rows_of_a_delivery_become_a_table() -> None:
    """Both measures take it as it is."""
    long = pd.DataFrame(
        [
            {"beoordelaar": rater, "swot_code": f"S{place}", "belang": float(rank)}
            for rater, own in zip("ABCD", RANKED, strict=True)
            for place, rank in enumerate(own, start=1)
        ]
    )
    table = wide(long.drop(index=39), "belang")
    assert table.shape == (4, 10)
    assert np.isnan(table.loc["D", "S10"])
    assert kendall_w(wide(long, "belang")).s == 1048
    assert kendall_w(table).left_out == 1
