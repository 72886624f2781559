"""The internal and external factor evaluation, and the rules that they break."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.scoring.matrices import BOUNDS, MATRICES, RULES, Broken, evaluate, ratings

UNKNOWN = float("nan")
STRENGTHS = [(0.05, 3), (0.07, 4), (0.10, 3), (0.05, 3), (0.02, 3), (0.15, 3), (0.05, 4), (0.03, 3), (0.02, 3)]
WEAKNESSES = [(0.10, 2), (0.15, 2), (0.02, 1), (0.02, 1), (0.04, 1), (0.05, 2), (0.03, 1), (0.05, 1)]


def items(**groups: list[tuple[float, float]]) -> pd.DataFrame:
    """Return the weights and ratings of the items of some groups."""
    rows = [(f"{group}{n}", group, *pair) for group, own in groups.items() for n, pair in enumerate(own, start=1)]
    return pd.DataFrame(rows, columns=["swot_code", "groep", "weight", "rating"]).astype(
        {"weight": float, "rating": float}
    )


def scores(*rows: tuple[str, float, float]) -> pd.DataFrame:
    """Return mean importance and performance of items."""
    found = pd.DataFrame(rows, columns=["swot_code", "belang", "prestatie"])
    return found.assign(groep=found["swot_code"].str[:1])


def test_the_published_total() -> None:
    """David, table 4-10 (methods.md, IFE / EFE): 2.50, which is average, and no rule is broken."""
    found = evaluate(items(S=STRENGTHS, W=WEAKNESSES))
    assert found.total == pytest.approx(2.50, abs=1e-9)
    assert (found.soort, found.items, found.left_out, found.broken, found.stand) == ("IFE", 17, 0, (), "gemiddeld")


@pytest.mark.parametrize(
    ("ratings_given", "total", "stand"),
    [((4, 4), 4, "boven"), ((1, 1), 1, "onder"), ((2, 3), 2.5, "gemiddeld"), ((2, 3.02), 2.51, "boven")],
)
def test_the_total_against_the_average(ratings_given: tuple[float, float], total: float, stand: str) -> None:
    """To two decimals, as it is read."""
    found = evaluate(items(O=[(0.5, ratings_given[0])], T=[(0.5, ratings_given[1])]))
    assert (found.soort, found.stand) == ("EFE", stand)
    assert found.total == pytest.approx(total)


@pytest.mark.parametrize(
    ("rows", "broken"),
    [
        (items(S=[(0.5, 2)], W=[(0.5, 1)]), [("waardering_sterkte", "S1", 2)]),
        (items(S=[(0.5, 3)], W=[(0.5, 3)]), [("waardering_zwakte", "W1", 3)]),
        (items(O=[(0.5, 0)], T=[(0.5, 5)]), [("waardering_bereik", "O1", 0), ("waardering_bereik", "T1", 5)]),
        (items(S=[(0.5, 3)], W=[(0.4, 1)]), [("som_gewichten", "", 0.9)]),
        (items(O=[(1.5, 1)], T=[(-0.5, 1)]), [("gewicht_bereik", "O1", 1.5), ("gewicht_bereik", "T1", -0.5)]),
        (items(S=[(0.5, 5)]), [("som_gewichten", "", 0.5), ("waardering_sterkte", "S1", 5)]),
        (items(S=[(0.5, 3)], W=[(0.505, 1)]), []),  # rounding
        (items(S=[(0.5, 3.4)], W=[(0.5, 1.6)]), []),  # a mean
        (items(S=[(0.5, 2.9)], W=[(0.5, 2.1)]), [("waardering_sterkte", "S1", 2.9), ("waardering_zwakte", "W1", 2.1)]),
    ],
)
def test_broken_rules_are_told_by_item(rows: pd.DataFrame, broken: list[tuple[str, str, float]]) -> None:
    """The whole first; the total is told all the same, of what was given."""
    found = evaluate(rows)
    assert [(one.regel, one.swot_code, pytest.approx(one.waarde)) for one in found.broken] == broken
    assert {one.regel for one in found.broken} <= set(RULES)
    assert found.total == pytest.approx((rows["weight"] * rows["rating"]).sum())


def test_what_is_unknown_is_left_out_and_told() -> None:
    """The weights of the rest then sum to 1; an unknown rating is no rating of nought."""
    found = evaluate(items(S=[(0.5, 4), (0.3, UNKNOWN)], W=[(0.2, 1)]))
    assert found.total == pytest.approx((0.5 * 4 + 0.2) / 0.7)
    assert (found.items, found.left_out) == (2, 1)
    assert [(one.regel, one.swot_code) for one in found.broken] == [("onbekend", "S2")]
    assert math.isnan(found.broken[0].waarde)


@pytest.mark.parametrize("rows", [items(), items(S=[(UNKNOWN, UNKNOWN)]), items(S=[(1.0, UNKNOWN)])])
def test_of_nothing_there_is_no_total(rows: pd.DataFrame) -> None:
    """It is unknown; without items there is not even a matrix."""
    found = evaluate(rows)
    assert math.isnan(found.total)
    assert (found.items, found.left_out, found.stand) == (0, len(rows), "onbekend")
    assert found.soort == ("IFE" if len(rows) else "")


def test_items_of_two_matrices_have_no_total_together() -> None:
    """Weights sum to 1 in each."""
    with pytest.raises(ValueError, match=r"one matrix.*\['O', 'S'\]"):
        evaluate(items(S=[(0.5, 3)], O=[(0.5, 3)]))


# --- out of scores ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        ("S", [3, 3, 3, 3, 3, 4, 4]),
        ("W", [1, 1, 2, 2, 2, 2, 2]),
        ("O", [1, 1, 2, 2, 3, 4, 4]),
        ("T", [1, 1, 2, 2, 3, 4, 4]),
    ],
)
def test_the_rating_that_a_performance_gives(group: str, expected: list[float]) -> None:
    """For means of 1, 2, just above 2, 3, 3.9, 4 and 5."""
    rows = scores(*((f"{group}{n}", 3, mean) for n, mean in enumerate((1, 2, 2.1, 3, 3.9, 4, 5), start=1)))
    assert ratings(rows)["rating"].tolist() == expected


def test_a_mean_on_a_bound_is_on_it_despite_rounding() -> None:
    """Such as the mean of scores with decimals."""
    rows = scores(("S1", 3, 4 - 1e-15), ("W1", 3, 2 + 4e-16), ("O1", 3, 3 + 4e-16))
    assert ratings(rows)["rating"].tolist() == [4, 1, 2]


def test_weights_are_those_of_importance_in_each_matrix() -> None:
    """Without what is unknown, which stays in the table; the evaluation tells how many."""
    rows = scores(("S1", 4, 5), ("S2", 3, UNKNOWN), ("W1", 1, 2), ("W2", UNKNOWN, 2), ("T1", 2, 3), ("O1", 2, 4))
    found = ratings(rows)
    assert found["weight"].tolist() == pytest.approx([0.8, UNKNOWN, 0.2, UNKNOWN, 0.5, 0.5], nan_ok=True)
    assert found["rating"].tolist() == pytest.approx([4, UNKNOWN, 1, UNKNOWN, 2, 4], nan_ok=True)
    inside, outside = (evaluate(found[found["matrix"] == name]) for name in MATRICES)
    assert (inside.total, inside.items, inside.left_out) == (pytest.approx(3.4), 2, 2)
    assert inside.broken == (Broken("onbekend", "S2", pytest.approx(UNKNOWN, nan_ok=True)), inside.broken[1])
    assert (outside.total, outside.items, outside.left_out, outside.broken) == (3, 2, 0, ())


MEANS = st.floats(1, 5) | st.just(UNKNOWN)


@given(st.lists(st.tuples(st.sampled_from("SWOT"), MEANS, MEANS), max_size=20), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_ratings_out_of_scores_break_no_rule(means: list[tuple[str, float, float]], random) -> None:
    """Weights sum to 1, ratings fit the group, the total lies between 1 and 4; the order of items does not matter."""
    rows = scores(*((f"{group}{n}", *pair) for n, (group, *pair) in enumerate(means))).astype(
        {"belang": float, "prestatie": float}
    )
    found = ratings(rows)
    mixed = found.iloc[random.sample(range(len(found)), len(found))]
    for name, groups in MATRICES.items():
        one = evaluate(found[found["matrix"] == name])
        known = rows["groep"].isin(groups) & rows[["belang", "prestatie"]].notna().all(axis=1)
        assert one.items == known.sum()
        assert {broken.regel for broken in one.broken} <= {"onbekend"}
        assert not one.items or 1 - 1e-9 <= one.total <= 4 + 1e-9
        assert evaluate(mixed[mixed["matrix"] == name]).total == pytest.approx(one.total, nan_ok=True)
    for group, (least, most) in BOUNDS.items():
        assert found.loc[found["groep"] == group, "rating"].dropna().between(least, most).all()
