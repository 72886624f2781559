"""Agreement between raters: the published figures, and what must hold for any scores."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.models.scoring import agreement

NAN = math.nan
#: Four rankings of ten items, with their published W.
RANKS = np.array(
    [
        [1, 3, 4, 5, 2, 8, 6, 7, 10, 9],
        [2, 1, 4, 5, 6, 3, 8, 7, 10, 9],
        [3, 2, 1, 5, 7, 4, 6, 8, 9, 10],
        [4, 2, 3, 1, 6, 7, 5, 9, 8, 10],
    ],
    dtype=float,
)
#: Krippendorff's three coders with missing values.
CODERS = np.array(
    [
        [NAN, NAN, NAN, NAN, NAN, 3, 4, 1, 2, 1, 1, 3, 3, NAN, 3],
        [1, NAN, 2, 1, 3, 3, 4, 3, NAN, NAN, NAN, NAN, NAN, NAN, NAN],
        [NAN, NAN, 2, 1, 3, 4, 4, NAN, 2, 1, 1, 3, 3, NAN, 4],
    ]
)
SCORES = arrays(float, (4, 6), elements=st.integers(1, 5).map(float))


def test_kendall_gives_the_published_figures() -> None:
    """S, W, the statistic and its probability of the four rankings."""
    found = agreement.kendall_w(RANKS)
    assert found.s == 1048
    assert found.w == pytest.approx(0.7939, abs=5e-5)
    assert found.chi2 == pytest.approx(28.58, abs=5e-3)
    assert found.df == 9
    assert found.p == pytest.approx(0.00076, abs=5e-6)


@pytest.mark.parametrize(("level", "alpha"), [("nominal", 0.691358), ("ordinal", 0.806721), ("interval", 0.810845)])
def test_krippendorff_gives_the_published_figures(level: str, alpha: float) -> None:
    """Of the three coders, with what they left out left out."""
    found = agreement.krippendorff_alpha(CODERS, level)
    assert found.alpha == pytest.approx(alpha, abs=5e-7)
    assert found.values == 26


def test_ties_are_corrected() -> None:
    """Raters who tie the same items agree in full; without the correction W would stay below 1."""
    assert agreement.kendall_w(np.array([[1.0, 1, 2, 2], [3, 3, 5, 5]])).w == pytest.approx(1)


@given(SCORES)
def test_the_bounds_hold_whatever_the_scores(scores: np.ndarray) -> None:
    """W lies between 0 and 1, alpha at most at 1; or there is a reason, and no figure."""
    found = agreement.kendall_w(scores)
    assert bool(found.reden) == math.isnan(found.w)
    assert found.reden or -1e-12 <= found.w <= 1 + 1e-12
    for level in ("nominal", "ordinal", "interval"):
        alpha = agreement.krippendorff_alpha(scores, level)
        assert bool(alpha.reden) == math.isnan(alpha.alpha)
        assert alpha.reden or alpha.alpha <= 1 + 1e-12


@given(SCORES, st.permutations(range(4)), st.permutations(range(6)))
def test_order_and_scale_change_nothing(scores: np.ndarray, raters: list[int], items: list[int]) -> None:
    """Neither that of raters nor that of items; nor another unit, for an interval."""
    moved = scores[np.ix_(raters, items)]
    one, other = agreement.kendall_w(scores), agreement.kendall_w(moved * 3 + 1)
    assert one.w == pytest.approx(other.w, nan_ok=True)
    for level in ("nominal", "ordinal", "interval"):
        before, after = (agreement.krippendorff_alpha(each, level).alpha for each in (scores, moved * 3 + 1))
        assert before == pytest.approx(after, nan_ok=True)


@given(arrays(float, 6, elements=st.floats(1, 5), unique=True))
def test_identical_raters_agree_in_full_and_reversed_ones_not_at_all(row: np.ndarray) -> None:
    """W is 1 and 0; alpha 1 and below 0."""
    same, reverse = np.array([row, row]), np.array([np.sort(row), np.sort(row)[::-1]])
    assert agreement.kendall_w(same).w == pytest.approx(1)
    assert agreement.krippendorff_alpha(same, "interval").alpha == pytest.approx(1)
    assert agreement.kendall_w(reverse).w == pytest.approx(0, abs=1e-12)
    assert agreement.krippendorff_alpha(reverse, "ordinal").alpha < 0


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        ([[1, 2, 3]], "te_weinig_beoordelaars"),
        ([[1, NAN, 3], [NAN, 2, NAN]], "te_weinig_items"),
        ([[2, 2, 2], [3, 3, 3]], "geen_verschil"),
    ],
)
def test_w_says_why_there_is_none(scores: list[list[float]], reason: str) -> None:
    """One rater, nothing in common, or all alike."""
    found = agreement.kendall_w(np.array(scores, dtype=float))
    assert (found.reden, math.isnan(found.w)) == (reason, True)


@pytest.mark.parametrize(
    ("scores", "reason"),
    [
        ([[1, 2, 3]], "te_weinig_beoordelaars"),
        ([[1, NAN], [NAN, 2]], "te_weinig_items"),
        ([[2, 2, 2], [2, 2, 2]], "geen_verschil"),
    ],
)
def test_alpha_says_why_there_is_none(scores: list[list[float]], reason: str) -> None:
    """One rater, no unit with two scores, or one score only."""
    found = agreement.krippendorff_alpha(np.array(scores, dtype=float), "ordinal")
    assert (found.reden, math.isnan(found.alpha)) == (reason, True)


def test_an_item_that_a_rater_left_out_does_not_count_for_w() -> None:
    """It is counted as left out, not ranked last."""
    found = agreement.kendall_w(np.array([[1, 2, 3, NAN], [1, 2, 3, 9]]))
    assert (found.items, found.left_out, found.w) == (3, 1, pytest.approx(1))


def test_an_unknown_level_is_refused() -> None:
    """With its name."""
    with pytest.raises(ValueError, match="'ratio'"):
        agreement.krippendorff_alpha(CODERS, "ratio")
