"""Weights from pairwise comparisons, their consistency, and what is missing of them."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.models.scoring.ahp import ACCEPTABLE, RANDOM_INDEX, Judgement, matrix_of, weigh, worst
from analysis.models.scoring.ahp_missing import Floats, completed, parts, principal

UNKNOWN = math.nan
#: Saaty 2008: how much more of one drink than of another is drunk in the United States.
DRINKS = np.array(
    [
        [1, 9, 5, 2, 1, 1, 1 / 2],
        [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
        [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
        [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
        [1, 9, 4, 2, 1, 2, 1 / 2],
        [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
        [2, 9, 9, 3, 2, 3, 1],
    ]
)
#: Bozóki, Fülöp, Rónyai 2010: one comparison is missing.
BOZOKI = np.array([[1, 1, 5, 2], [1, 1, 3, 4], [1 / 5, 1 / 3, 1, UNKNOWN], [1 / 2, 1 / 4, UNKNOWN, 1]])
SCALE = [1 / value for value in range(9, 1, -1)] + [float(value) for value in range(1, 10)]


def reciprocal(size: int, above: dict[tuple[int, int], float]) -> Floats:
    """Return the matrix with these judgements, and NaN where there is none."""
    matrix = np.full((size, size), UNKNOWN)
    np.fill_diagonal(matrix, 1.0)
    for (row, column), value in above.items():
        matrix[row, column], matrix[column, row] = value, 1 / value
    return matrix


def consistent(weights: Floats) -> Floats:
    """Return the matrix of who has these weights in mind."""
    return np.outer(weights, 1 / weights)


@st.composite
def matrices(draw: st.DrawFn, *, missing: bool = False, least: int = 1, most: int = 8) -> Floats:
    """Judgements on the scale; with ``missing`` each pair may be unknown."""
    size = draw(st.integers(least, most))
    values = st.sampled_from([*SCALE, UNKNOWN, UNKNOWN] if missing else SCALE)
    return reciprocal(size, {pair: draw(values) for pair in combinations(range(size), 2)})


weightings = st.lists(st.floats(0.01, 100.0), min_size=1, max_size=12).map(np.array)
trees = st.lists(st.floats(0.01, 100.0), min_size=2, max_size=9).map(np.array)


# --- published --------------------------------------------------------------------------------------------------------


def test_the_published_drinks() -> None:
    """Saaty 2008: weights, eigenvalue and consistency ratio."""
    found = weigh(DRINKS)
    assert found.weights == pytest.approx([0.1775, 0.0191, 0.0418, 0.1164, 0.1896, 0.1288, 0.3268], abs=5e-5)
    assert found.lambda_max == pytest.approx(7.1766, abs=5e-5)
    assert found.cr == pytest.approx(0.022, abs=5e-4)
    assert (found.complete, found.judged, found.acceptable, found.checkable, found.reden) == (True, 21, True, True, "")
    assert (found.matrix == DRINKS).all()


def test_weights_are_no_means_of_rows() -> None:
    """The geometric means of the rows of the published drinks are other weights, and not ours (to .001)."""
    means = np.exp(np.log(DRINKS).mean(axis=1))
    means /= means.sum()
    assert means == pytest.approx([0.179, 0.019, 0.042, 0.117, 0.191, 0.129, 0.324], abs=1e-3)
    assert np.abs(weigh(DRINKS).weights - means).max() > 0.002


def test_the_published_completion() -> None:
    """Bozóki, Fülöp, Rónyai 2010: the missing cell, the weights, and the ratio with Saaty's random index."""
    found = weigh(BOZOKI)
    assert found.matrix[2, 3] == pytest.approx(0.7303, abs=5e-5)
    assert found.weights == pytest.approx([0.3738, 0.3920, 0.0985, 0.1357], abs=5e-5)
    assert found.cr == pytest.approx(0.0346, abs=5e-5)
    assert (found.complete, found.judged, found.checkable) == (False, 5, True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("saaty", [0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49]),
        ("saaty-1980", [0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49]),
    ],
)
def test_the_published_random_indices(name: str, expected: list[float]) -> None:
    """Both tables from 3 to 10 items, and the ratio that follows from each."""
    assert [RANDOM_INDEX[name][size] for size in range(3, 11)] == expected
    found = weigh(DRINKS, random_index=name)
    assert found.cr == pytest.approx(found.ci / expected[4])


@pytest.mark.parametrize("size", [3, 7, 11, 12, 13, 14, 15])
def test_the_random_index_is_that_of_random_judgements(size: int) -> None:
    """The mean consistency index of 3,000 random matrices is the one in the table, within .03 (3 items) or .01."""
    rng = np.random.default_rng(size)
    above = np.triu(np.log(rng.choice(SCALE, (3000, size, size))), 1)
    values = np.linalg.eigvals(np.exp(above - above.transpose(0, 2, 1))).real.max(axis=1)
    mean = float((values - size).mean() / (size - 1))
    assert mean == pytest.approx(RANDOM_INDEX["saaty"][size], abs=0.03 if size < 5 else 0.012)


# --- what always holds ------------------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(weightings)
def test_who_is_consistent_gets_the_weights_in_mind(weights: Floats) -> None:
    """Then lambda is n, the ratio 0 (none beyond 15 items), and no judgement is the worst."""
    matrix = consistent(weights)
    found = weigh(matrix)
    assert found.weights == pytest.approx(weights / weights.sum(), rel=1e-9)
    assert found.lambda_max == pytest.approx(len(weights), abs=1e-9)
    assert (found.ci, found.cr) == pytest.approx((0, 0), abs=1e-9)
    assert found.acceptable
    assert worst(matrix, found) is None


@settings(max_examples=100, deadline=None)
@given(matrices(), st.randoms(use_true_random=False))
def test_the_order_of_items_changes_nothing_else(matrix: Floats, random: np.random.Generator) -> None:
    """The weights move with the items; eigenvalue and ratio stay."""
    order = list(range(len(matrix)))
    random.shuffle(order)
    found, moved = weigh(matrix), weigh(matrix[np.ix_(order, order)])
    assert moved.weights == pytest.approx(found.weights[order], abs=1e-9)
    assert (moved.lambda_max, moved.cr) == pytest.approx((found.lambda_max, found.cr), abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(matrices(least=2), st.floats(0.1, 10.0))
def test_an_item_in_another_unit_changes_its_own_weight_only(matrix: Floats, factor: float) -> None:
    """All judgements of the first item times a factor: its weight too, against the others; the ratio stays."""
    scale = np.ones(len(matrix))
    scale[0] = factor
    found, scaled = weigh(matrix), weigh(matrix * np.outer(scale, 1 / scale))
    expected = found.weights * scale
    assert scaled.weights == pytest.approx(expected / expected.sum(), abs=1e-9)
    assert scaled.cr == pytest.approx(found.cr, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(matrices())
def test_the_weights_are_an_eigenvector(matrix: Floats) -> None:
    """The matrix makes lambda times the weights of them; all are positive, their sum is 1, and lambda is n or more."""
    found = weigh(matrix)
    assert matrix @ found.weights == pytest.approx(found.lambda_max * found.weights, abs=1e-9)
    assert (found.weights > 0).all()
    assert found.weights.sum() == pytest.approx(1)
    assert found.lambda_max >= len(matrix)


@settings(max_examples=50, deadline=None)
@given(matrices())
def test_the_opposite_judgements_turn_a_pair_around(matrix: Floats) -> None:
    """Reversed judgements are as consistent, and of two items the other is the more important."""
    found, turned = weigh(matrix), weigh(matrix.T)
    assert turned.cr == pytest.approx(found.cr, abs=1e-9)
    if len(matrix) == 2:
        assert turned.weights == pytest.approx(found.weights[::-1])


# --- what is missing --------------------------------------------------------------------------------------------------


@settings(max_examples=100, deadline=None)
@given(trees, st.data())
def test_the_holes_of_who_is_consistent_are_filled(weights: Floats, data: st.DataObject) -> None:
    """However few comparisons are left, as long as they connect all items: weights and cells are those in mind."""
    whole, matrix = consistent(weights), np.full((len(weights), len(weights)), UNKNOWN)
    np.fill_diagonal(matrix, 1.0)
    for later in range(1, len(weights)):
        earlier = data.draw(st.integers(0, later - 1))
        matrix[earlier, later], matrix[later, earlier] = whole[earlier, later], whole[later, earlier]
    found = weigh(matrix)
    assert found.matrix == pytest.approx(whole, rel=1e-8)
    assert found.weights == pytest.approx(weights / weights.sum(), rel=1e-8)
    assert found.cr == pytest.approx(0, abs=1e-9)
    assert found.judged == len(weights) - 1
    assert not found.checkable


@settings(max_examples=100, deadline=None)
@given(matrices(missing=True, least=3, most=10))
def test_no_other_completion_is_less_inconsistent(matrix: Floats) -> None:
    """The eigenvalue has no slope in any missing cell (it is convex in their logarithms); what was given stays."""
    assume(len(parts(matrix)) == 1)
    whole = completed(matrix)
    known = ~np.isnan(matrix)
    assert (whole[known] == matrix[known]).all()
    assert whole * whole.T == pytest.approx(np.ones_like(whole))
    found = principal(whole)
    share = np.outer(found.left, found.right) * whole
    assert np.abs(share - share.T)[~known].max(initial=0) < 1e-9


@settings(max_examples=30, deadline=None)
@given(matrices(missing=True, least=3, most=6), st.integers(0, 1000))
def test_a_moved_completion_is_more_inconsistent(matrix: Floats, seed: int) -> None:
    """Any other values in the missing cells make the eigenvalue larger."""
    assume(len(parts(matrix)) == 1 and np.isnan(matrix).any())
    whole = completed(matrix)
    moved = np.triu(np.where(np.isnan(matrix), np.random.default_rng(seed).normal(0, 0.5, matrix.shape), 0.0), 1)
    assert principal(whole * np.exp(moved - moved.T)).value > principal(whole).value


@pytest.mark.parametrize("step", [1, 2, 7])
def test_a_ring_of_contradictions_is_completed(step: int) -> None:
    """15 items, each 9 times as important as the next, around: nobody is more important, and little consistent."""
    found = weigh(reciprocal(15, {(place, (place + step) % 15): 9.0 for place in range(15)}))
    assert found.weights == pytest.approx(np.full(15, 1 / 15), abs=1e-8)
    assert not found.acceptable
    assert found.checkable


def test_what_is_not_connected_has_no_weights() -> None:
    """Two pairs that nobody compared with each other: the reason, no figures, no error; and what hangs together."""
    matrix = reciprocal(5, {(0, 2): 3.0, (1, 3): 2.0})
    found = weigh(matrix)
    assert found.reden == "niet_verbonden"
    assert np.isnan([*found.weights, found.lambda_max, found.ci, found.cr]).all()
    assert (found.complete, found.acceptable, found.checkable) == (False, False, False)
    assert worst(matrix, found) is None
    assert parts(matrix) == [[0, 2], [1, 3], [4]]
    with pytest.raises(ValueError, match="connect"):
        completed(matrix)


def test_a_pair_may_stand_in_one_cell() -> None:
    """The other cell follows from it."""
    half = BOZOKI.copy()
    half[np.tril_indices(4, -1)] = UNKNOWN
    assert weigh(half).weights == pytest.approx(weigh(BOZOKI).weights)
    assert parts(np.array([[1, UNKNOWN], [2, 1]])) == [[0, 1]]


# --- small, large and wrong -------------------------------------------------------------------------------------------


def test_one_and_two_items_cannot_contradict() -> None:
    """Their ratio is 0."""
    one, two = weigh(np.array([[1.0]])), weigh(reciprocal(2, {(0, 1): 9.0}))
    assert (one.weights.tolist(), one.lambda_max, one.ci, one.cr, one.complete) == ([1.0], 1.0, 0.0, 0.0, True)
    assert two.weights == pytest.approx([0.9, 0.1])
    assert (two.ci, two.cr, two.acceptable, two.checkable) == (0.0, 0.0, True, False)


def test_beyond_the_table_there_is_no_ratio() -> None:
    """16 items: weights and index, but no ratio; and what is unknown is not accepted."""
    found = weigh(consistent(np.arange(1.0, 17.0)))
    assert found.weights == pytest.approx(np.arange(1, 17) / 136)
    assert found.ci == pytest.approx(0, abs=1e-9)
    assert math.isnan(found.cr)
    assert not found.acceptable
    assert {max(table) for table in RANDOM_INDEX.values()} == {15}


@pytest.mark.parametrize(
    ("matrix", "words"),
    [
        (np.ones((2, 3)), "square"),
        (np.ones((0, 0)), "square"),
        (np.array([[1.0, 2.0], [2.0, 1.0]]), r"reciprocal at \(0, 1\)"),
        (np.array([[1.0, 2.0], [0.5, 3.0]]), "diagonal"),
        (np.array([[UNKNOWN, 2.0], [0.5, 1.0]]), "diagonal"),
        (np.array([[1.0, 0.0], [math.inf, 1.0]]), "more than 0"),
        (np.array([[1.0, -2.0], [-0.5, 1.0]]), "more than 0"),
    ],
)
def test_what_is_no_matrix_of_comparisons_is_refused(matrix: Floats, words: str) -> None:
    """Each says what is wrong."""
    with pytest.raises(ValueError, match=words):
        weigh(matrix)


def test_a_random_index_has_a_name() -> None:
    """Another name is refused, and told the names that there are."""
    with pytest.raises(ValueError, match="saaty, saaty-1980"):
        weigh(DRINKS, random_index="alonso")


# --- the worst judgement ----------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([1.0, 2.0, 4.0, 8.0]), min_size=4, max_size=8), st.data())
def test_the_one_wrong_judgement_is_found(weights: list[float], data: st.DataObject) -> None:
    """Of who is consistent but for one judgement, that is the worst; the others suggest what it should have been."""
    matrix = consistent(np.array(weights))
    row, column = data.draw(st.sampled_from([*combinations(range(len(weights)), 2)]))
    right, factor = matrix[row, column], data.draw(st.sampled_from([1 / 8, 1 / 3, 3, 8]))
    matrix[row, column], matrix[column, row] = right * factor, 1 / (right * factor)
    found = worst(matrix, weigh(matrix))
    assert found is not None
    turned = (found.left, found.right) != (row, column)
    assert (found.left, found.right) == ((column, row) if turned else (row, column))
    assert found.suggested == pytest.approx(1 / right if turned else right)
    assert found.given == pytest.approx(1 / (right * factor) if turned else right * factor)
    assert found.given >= 1 < found.deviation
    assert found.cr == pytest.approx(0, abs=1e-9)


@settings(max_examples=100, deadline=None)
@given(matrices(missing=True, least=3, most=7))
def test_no_judgement_deviates_more_than_the_worst(matrix: Floats) -> None:
    """Of those that others say something about; what they suggest makes the whole more consistent."""
    found = weigh(matrix)
    assume(not found.reden)
    named = worst(matrix, found)
    ratios = np.log(matrix * np.outer(1 / found.weights, found.weights))
    if named is None:
        assert found.cr == pytest.approx(0, abs=1e-9)
        return
    assert math.log(named.deviation) == pytest.approx(abs(ratios[named.left, named.right]))
    for row, column in zip(*np.nonzero(np.abs(np.nan_to_num(ratios)) > math.log(named.deviation) + 1e-6), strict=True):
        without = matrix.copy()
        without[row, column] = without[column, row] = UNKNOWN
        assert len(parts(without)) > 1
    assert named.cr <= found.cr + 1e-9
    assert matrix[named.left, named.right] == named.given >= 1


def test_a_judgement_that_stands_alone_is_not_the_worst() -> None:
    """The last item is compared once: nobody says otherwise. The contradiction is among the first three."""
    matrix = reciprocal(4, {(0, 1): 2.0, (1, 2): 2.0, (0, 2): 1 / 9, (2, 3): 9.0})
    found = worst(matrix, weigh(matrix))
    assert found is not None
    assert 3 not in (found.left, found.right)


def test_the_worst_of_the_drinks() -> None:
    """Water is judged 9 times wine, the end of the scale; all other judgements together say 23 times."""
    found = worst(DRINKS, weigh(DRINKS))
    assert isinstance(found, Judgement)
    assert (found.left, found.right, found.given, round(found.suggested)) == (6, 1, 9.0, 23)
    assert found.cr < weigh(DRINKS).cr < ACCEPTABLE


# --- from rows to a matrix --------------------------------------------------------------------------------------------


def rows(*values: tuple[str, str, float, str]) -> pd.DataFrame:
    """Return comparisons as they are delivered."""
    return pd.DataFrame(values, columns=["links", "rechts", "waarde", "beoordelaar"])


def test_a_pair_may_be_given_both_ways() -> None:
    """Once, both ways, or twice: a reciprocal judgement is the same judgement."""
    once, both = rows(("S1", "S2", 4.0, "a")), rows(("S1", "S2", 4.0, "a"), ("S2", "S1", 0.25, "a"))
    for given_ in (once, both, once.drop(columns="beoordelaar"), rows(("S2", "S1", 0.25, "a"))):
        assert matrix_of(given_, ["S1", "S2"]) == pytest.approx(np.array([[1, 4], [0.25, 1]]))


def test_raters_count_once_each() -> None:
    """The geometric mean per pair over who compared it: a rater who said it twice weighs no more."""
    found = matrix_of(
        rows(("S1", "S2", 9.0, "a"), ("S2", "S1", 1 / 9, "a"), ("S1", "S2", 1.0, "b"), ("S3", "S1", 5.0, "b")),
        ["S1", "S2", "S3"],
    )
    assert (found[0, 1], found[0, 2]) == pytest.approx((3.0, 0.2))
    assert np.isnan(found[1, 2])
    assert weigh(found).weights == pytest.approx(np.array([3, 1, 15]) / 19)


@settings(max_examples=50, deadline=None)
@given(matrices(missing=True, least=2, most=6), matrices(missing=True, least=2, most=6), st.integers(0, 99))
def test_two_raters_are_the_geometric_mean_of_each(one: Floats, other: Floats, seed: int) -> None:
    """In any order of rows, and with either item on the left."""
    rng, size = np.random.default_rng(seed), min(len(one), len(other))
    items, said = [f"W{place}" for place in range(size)], []
    for rater, matrix in (("a", one), ("b", other)):
        for pair in combinations(range(size), 2):
            left, right = pair if rng.random() < 0.5 else pair[::-1]
            said.append((items[left], items[right], matrix[left, right], rater))
    both = np.stack([one[:size, :size], other[:size, :size]])
    logs = np.where(np.isnan(both), 0.0, np.log(both)).sum(axis=0) / np.maximum((~np.isnan(both)).sum(axis=0), 1)
    expected = np.where(np.isnan(both).all(axis=0), UNKNOWN, np.exp(logs))
    assert matrix_of(rows(*said).sample(frac=1, random_state=seed), items) == pytest.approx(expected, nan_ok=True)


def test_rows_that_say_nothing_here_are_passed_over() -> None:
    """Other items, an item with itself, no value; and no rows at all."""
    nothing = rows(("S1", "W1", 3.0, "a"), ("S1", "S1", 3.0, "a"), ("S1", "S2", UNKNOWN, "a"))
    for given_ in (nothing, nothing.iloc[:0]):
        found = matrix_of(given_, ["S1", "S2"])
        assert np.isnan(found[0, 1])
        assert weigh(found).reden == "niet_verbonden"


@pytest.mark.parametrize("value", [0.0, -3.0, math.inf])
def test_what_is_no_judgement_is_refused(value: float) -> None:
    """Its logarithm is no number."""
    with pytest.raises(ValueError, match="more than 0"):
        matrix_of(rows(("S1", "S2", value, "a")), ["S1", "S2"])


def test_an_item_stands_once() -> None:
    """Else it would have two weights."""
    with pytest.raises(ValueError, match="twice"):
        matrix_of(rows(), ["S1", "S1"])
