"""From raters to the score of an item: the definition, its interval, its change and its rank."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.models.scoring import aggregate

NAN = math.nan


def rows(*scores: tuple[object, ...]) -> pd.DataFrame:
    """Rows of ``swot_scores``: rater, item, importance, performance, urgency, probability."""
    return pd.DataFrame(list(scores), columns=["beoordelaar", "swot_code", *aggregate.DIMENSIONS])


@pytest.mark.parametrize(
    ("row", "score"),
    [
        (("a", "S1", 4, 4, NAN, NAN), 4),
        (("a", "W1", 4, 2, NAN, NAN), 4),
        (("a", "W1", 5, 5, NAN, NAN), math.sqrt(5)),
        (("a", "O1", 4, NAN, 2, 1), 2),
        (("a", "T1", 4, NAN, NAN, 4), 4),
    ],
)
def test_a_score_is_the_geometric_mean_of_what_matters(row: tuple[object, ...], score: float) -> None:
    """A weakness matters more the less is performed; urgency that nobody gave is no factor."""
    assert aggregate.per_rater(rows(row))["score"].tolist() == [pytest.approx(score)]


def test_what_is_missing_is_not_made_up() -> None:
    """The one who gave no performance has no score; nor does one without importance."""
    found = aggregate.per_rater(
        rows(("a", "S1", 4, 4, NAN, NAN), ("b", "S1", 4, NAN, NAN, NAN), ("c", "S1", NAN, 4, NAN, NAN))
    )
    assert found["beoordelaar"].tolist() == ["a"]


def test_a_rater_can_be_left_out() -> None:
    """All rows of that rater go."""
    own = rows(("a", "S1", 4, 4, NAN, NAN), ("b", "S1", 2, 2, NAN, NAN))
    assert aggregate.per_rater(own, without=["b"])["beoordelaar"].tolist() == ["a"]


def test_the_interval_is_that_of_student() -> None:
    """1, 2 and 3: 2 with 4.303 times the standard error on each side; one rater has none."""
    scores = pd.DataFrame({"beoordelaar": list("abca"), "swot_code": ["S1"] * 3 + ["S2"], "score": [1.0, 2, 3, 4]})
    found = aggregate.per_item(scores).set_index("swot_code")
    assert found.loc["S1", "boven"] == pytest.approx(2 + 4.3027 / math.sqrt(3), abs=1e-4)
    assert found.loc["S1", "onder"] == pytest.approx(2 - 4.3027 / math.sqrt(3), abs=1e-4)
    assert found.loc["S2", ["onder", "boven"]].isna().all()


def test_a_change_is_that_of_raters_who_scored_at_both_moments() -> None:
    """Two of them say one more: it changed; the third one's own level does not matter. One alone says nothing."""
    earlier = pd.DataFrame({"beoordelaar": list("aba"), "swot_code": ["S1", "S1", "S2"], "score": [1.0, 3, 2]})
    now = pd.DataFrame(
        {"beoordelaar": list("abca"), "swot_code": ["S1", "S1", "S1", "S2"], "score": [2.0, 4.0001, 5, 5]}
    )
    found = aggregate.since(earlier, now).set_index("swot_code")
    assert found.loc["S1", "beide"] == 2
    assert found.loc["S1", "verschil"] == pytest.approx(1, abs=1e-3)
    assert found.loc["S1", "gewijzigd"]
    assert found.loc["S2", "verschil"] == 3
    assert not found.loc["S2", "gewijzigd"]


def test_who_scores_all_alike_is_noticed() -> None:
    """In every dimension; one different score is enough not to be."""
    own = rows(("a", "S1", 3, 3, NAN, NAN), ("a", "S2", 3, 3, NAN, NAN), ("b", "S1", 3, 3, NAN, NAN))
    own = pd.concat([own, rows(("b", "S2", 3, 4, NAN, NAN))])
    assert aggregate.flat(own) == ["a"]


@given(st.lists(st.tuples(*[st.integers(1, 5)] * 3), min_size=2, max_size=6))
def test_ranks_are_shared_out_and_never_lost(scores: list[tuple[int, int, int]]) -> None:
    """Rows and columns sum to 1; what every rater puts first is first for certain."""
    table = pd.DataFrame(
        [
            (str(rater), f"S{place + 1}", float(score))
            for rater, own in enumerate(scores)
            for place, score in enumerate(own)
        ],
        columns=["beoordelaar", "swot_code", "score"],
    )
    found = aggregate.acceptability(table, ["S1", "S2", "S3"], draws=200)
    assert np.allclose(found.sum(axis=0), 1)
    assert np.allclose(found.sum(axis=1), 1)
    if all(own[0] > max(own[1:]) for own in scores):
        assert found[0, 0] == pytest.approx(1)


@given(st.permutations(range(4)))
def test_the_order_of_raters_changes_no_score(order: list[int]) -> None:
    """Scores, intervals and changes are those of a set of raters."""
    scores = pd.DataFrame({"beoordelaar": list("abcd"), "swot_code": "S1", "score": [1.0, 2.5, 3.5, 4.0]})
    one, other = aggregate.per_item(scores), aggregate.per_item(scores.iloc[order])
    pd.testing.assert_frame_equal(one, other)
