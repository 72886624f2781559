"""How likely each rank of each item is."""

from __future__ import annotations

import math
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from analysis.models.scoring import smaa
from analysis.models.scoring.smaa import Floats, acceptability, from_draws

TWO = np.array([[1.0, 0.0], [0.0, 0.5]])


def error(chance: float, draws: int) -> float:
    """Return four standard errors of a probability."""
    return 4 * math.sqrt(chance * (1 - chance) / draws)


def tables(items: int = 6, criteria: int = 4) -> st.SearchStrategy[Floats]:
    """Scores in halves from 1 to 5: equal values happen."""
    shape = st.tuples(st.integers(1, items), st.integers(1, criteria))
    return arrays(np.float64, shape, elements=st.integers(2, 10).map(lambda number: number / 2))


# --- exact ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(5))
def test_the_exact_example(seed: int) -> None:
    """A=(1,0), B=(0,0.5): A is first where its criterion weighs more than 1/3, so with probability 2/3."""
    found = acceptability(TWO, draws=100_000, seed=seed)
    assert found.ranks[0, 0] == pytest.approx(2 / 3, abs=error(2 / 3, 100_000))
    assert found.ranks == pytest.approx(np.array([[1, 0], [0, 1]]) * (2 * found.ranks[0, 0] - 1) + found.ranks[0, 1])
    assert found.central == pytest.approx(np.array([[2 / 3, 1 / 3], [1 / 6, 5 / 6]]), abs=0.005)
    assert found.confidence.tolist() == [1.0, 1.0]
    assert found.mean_rank == pytest.approx([4 / 3, 5 / 3], abs=0.01)


def test_weights_are_uniform_on_the_simplex() -> None:
    """Each item best at one criterion of three: each has each rank as often, with central weights 11/18, 7/36, 7/36.

    Of three uniform weights the largest is 11/18 on average.
    """
    found = acceptability(np.eye(3), draws=100_000, seed=4)
    assert found.ranks == pytest.approx(np.full((3, 3), 1 / 3), abs=error(1 / 3, 100_000))
    assert found.central == pytest.approx(np.full((3, 3), 7 / 36) + np.eye(3) * 15 / 36, abs=0.005)


@pytest.mark.parametrize("items", [1, 2, 3, 7, 31])
def test_equal_items_have_each_rank(items: int) -> None:
    """Of k equal items each has each rank with probability 1/k, exactly; any weights make each the first."""
    found = acceptability(np.tile([3.3, 1.7, 2.9], (items, 1)), draws=5000, seed=1)
    assert found.ranks == pytest.approx(np.full((items, items), 1 / items), abs=1e-12)
    assert found.confidence == pytest.approx(np.full(items, 1 / items))


def test_equal_items_share_the_ranks_that_they_have() -> None:
    """Two equal items between a better and a worse one have ranks 2 and 3, half each; they are never the first."""
    found = acceptability(np.array([[2.1, 2.3], [5, 5], [2.1, 2.3], [1, 1]]), draws=5000, seed=1)
    assert found.ranks.tolist() == [[0, 0.5, 0.5, 0], [1, 0, 0, 0], [0, 0.5, 0.5, 0], [0, 0, 0, 1]]
    assert np.isnan(found.central[[0, 2, 3]]).all()
    assert found.central[1] == pytest.approx([0.5, 0.5], abs=0.02)
    assert np.array_equal(found.confidence, [math.nan, 1, math.nan, math.nan], equal_nan=True)


# --- weights and scores of raters -------------------------------------------------------------------------------------


def test_the_raters_weights_are_drawn() -> None:
    """Three of four raters' weights prefer A: probability 3/4; weights need not sum to 1."""
    weights = np.array([[1, 0], [2, 2], [3, 2], [0, 1]])
    found = acceptability(TWO, draws=20_000, seed=3, weights=weights)
    assert found.ranks[0, 0] == pytest.approx(3 / 4, abs=error(3 / 4, 20_000))
    assert found.central == pytest.approx(np.array([[2.1 / 3, 0.9 / 3], [0, 1]]), abs=0.01)


def test_one_raters_weights_leave_nothing_to_chance() -> None:
    """One ranking, certain; the central weights are the rater's."""
    found = acceptability(np.array([[1.0, 5], [5, 1], [2, 2]]), draws=500, seed=3, weights=np.array([[1.0, 3]]))
    assert found.ranks.tolist() == [[1, 0, 0], [0, 0.5, 0.5], [0, 0.5, 0.5]]
    assert found.central[0].tolist() == [0.25, 0.75]


def test_the_raters_scores_are_drawn() -> None:
    """Two of three raters put A first whatever the weights: probability 2/3, and that is the confidence."""
    first, second = np.array([[5.0, 5], [1, 1]]), np.array([[1.0, 1], [5, 5]])
    found = acceptability(np.stack([first, first, second]), draws=20_000, seed=3)
    assert found.ranks[0, 0] == pytest.approx(2 / 3, abs=error(2 / 3, 20_000))
    assert found.confidence == pytest.approx([2 / 3, 1 / 3])


# --- what always holds ------------------------------------------------------------------------------------------------


@settings(max_examples=80, deadline=None)
@given(tables(), st.integers(0, 99))
def test_rows_and_columns_sum_to_one(scores: Floats, seed: int) -> None:
    """Each item has some rank and each rank some item; who can be first has weights that say so."""
    found = acceptability(scores, draws=300, seed=seed)
    assert found.ranks.sum(axis=0) == pytest.approx(np.ones(len(scores)))
    assert found.ranks.sum(axis=1) == pytest.approx(np.ones(len(scores)))
    assert (found.ranks >= 0).all()
    assert ((found.ranks[:, 0] > 0) == ~np.isnan(found.central[:, 0])).all()
    ever = found.ranks[:, 0] > 0
    assert found.central[ever].sum(axis=1) == pytest.approx(np.ones(ever.sum()))
    assert (found.confidence[ever] > 0).all()  # certain scores: first with the central weights, or equal to the first


@settings(max_examples=80, deadline=None)
@given(tables(), st.integers(0, 99), st.floats(0.001, 1000), st.floats(-1000, 1000))
def test_unit_and_origin_of_the_scores_change_nothing(scores: Floats, seed: int, factor: float, added: float) -> None:
    """The same factor and the same addition for all scores."""
    found, other = (acceptability(one, draws=200, seed=seed) for one in (scores, scores * factor + added))
    assert other.ranks == pytest.approx(found.ranks, abs=1e-9)
    assert other.central == pytest.approx(found.central, abs=1e-9, nan_ok=True)


@settings(max_examples=80, deadline=None)
@given(tables(), st.integers(0, 99))
def test_the_order_of_items_moves_the_rows(scores: Floats, seed: int) -> None:
    """Nothing hangs on the order in which items are given, equals least of all."""
    order = np.random.default_rng(seed).permutation(len(scores))
    found, moved = (acceptability(one, draws=200, seed=seed) for one in (scores, scores[order]))
    assert moved.ranks == pytest.approx(found.ranks[order], abs=1e-9)
    assert moved.central == pytest.approx(found.central[order], abs=1e-9, nan_ok=True)


@settings(max_examples=80, deadline=None)
@given(tables(), st.integers(0, 99))
def test_the_opposite_scores_turn_the_ranks_around(scores: Floats, seed: int) -> None:
    """The first becomes the last."""
    found, turned = (acceptability(one, draws=200, seed=seed) for one in (scores, -scores))
    assert turned.ranks == pytest.approx(found.ranks[:, ::-1], abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(tables(), st.integers(0, 99))
def test_an_item_that_is_better_at_everything_stays_before(scores: Floats, seed: int) -> None:
    """With a sixth of a point more than all others at each criterion it is the first in every draw."""
    better = np.vstack([scores, scores.max(axis=0) + 1 / 6])
    assert acceptability(better, draws=100, seed=seed).ranks[-1, 0] == 1


def test_the_same_seed_is_the_same_answer() -> None:
    """And another seed another one, within the error of the draws."""
    one, again, other = (acceptability(TWO, draws=1000, seed=seed).ranks for seed in (1, 1, 2))
    assert (one == again).all()
    assert (one != other).any()


def test_chunks_do_not_show(monkeypatch: pytest.MonkeyPatch) -> None:
    """Uniform weights are the same draws, however many are ranked together."""
    scores = np.random.default_rng(1).uniform(1, 5, (8, 3))
    whole = acceptability(scores, draws=1000, seed=1)
    monkeypatch.setattr(smaa, "_CHUNK", 7)
    parted = acceptability(scores, draws=1000, seed=1)
    assert (parted.ranks == whole.ranks).all()
    assert parted.central == pytest.approx(whole.central, nan_ok=True)


# --- given draws ------------------------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(arrays(np.float64, st.tuples(st.integers(1, 30), st.integers(1, 6)), elements=st.integers(1, 4).map(float)))
def test_given_draws_are_ranked_one_by_one(values: Floats) -> None:
    """As by hand: the mean over all orders that do not put a lower value before a higher one."""
    items = values.shape[1]
    expected = np.zeros((items, items))
    for row in values[:6]:
        orders = [order for order in permutations(range(items)) if (np.diff(row[list(order)]) <= 0).all()]
        for order in orders:
            expected[list(order), range(items)] += 1 / len(orders)
    assert from_draws(values[:6]) == pytest.approx(expected / len(values[:6]))


def test_rounding_makes_no_difference() -> None:
    """0.1 + 0.2 is 0.3."""
    assert from_draws(np.array([[0.1 + 0.2, 0.3]])).tolist() == [[0.5, 0.5], [0.5, 0.5]]
    assert from_draws(np.array([[0.3 + 1e-6, 0.3]])).tolist() == [[1, 0], [0, 1]]


@pytest.mark.parametrize("values", [np.array([[1.0, math.nan]]), np.ones(3), np.ones((0, 3)), np.ones((3, 0))])
def test_draws_that_cannot_be_ranked_are_refused(values: Floats) -> None:
    """An unknown value has no rank."""
    with pytest.raises(ValueError, match="all known"):
        from_draws(values)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"scores": np.array([[1.0, math.nan]])}, "all known"),
        ({"scores": np.ones(3)}, "all known"),
        ({"scores": np.ones((0, 2))}, "all known"),
        ({"draws": 0}, "1 or more"),
        ({"weights": np.ones((2, 3))}, "raters x 2"),
        ({"weights": np.ones((0, 2))}, "raters x 2"),
        ({"weights": np.array([[1.0, -1.0]])}, "not all 0"),
        ({"weights": np.array([[0.0, 0.0]])}, "not all 0"),
        ({"weights": np.array([[1.0, math.nan]])}, "not all 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(changed: dict[str, object], words: str) -> None:
    """Each says what is wrong."""
    with pytest.raises(ValueError, match=words):
        acceptability(**{"scores": TWO, "draws": 10, "seed": 1, **changed})
