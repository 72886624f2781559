"""How sure an order is: ranks over raters drawn anew."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.models.scoring import stability

ITEMS = ["W1", "W2", "W3"]


def table(scores: list[tuple[float, float, float]]) -> pd.DataFrame:
    """What each rater gives each of three items."""
    rows = [
        (str(rater), code, score) for rater, own in enumerate(scores) for code, score in zip(ITEMS, own, strict=True)
    ]
    return pd.DataFrame(rows, columns=["beoordelaar", "swot_code", "score"])


@given(st.lists(st.tuples(*[st.integers(1, 5).map(float)] * 3), min_size=1, max_size=6))
def test_ranks_are_shared_out_and_never_lost(scores: list[tuple[float, float, float]]) -> None:
    """Rows and columns sum to 1; what every rater puts first is first for certain."""
    found = stability.rank_acceptability(table(scores), ITEMS, draws=200)
    assert np.allclose(found.sum(axis=0), 1)
    assert np.allclose(found.sum(axis=1), 1)
    if all(own[0] > max(own[1:]) for own in scores):
        assert found[0, 0] == pytest.approx(1)


def test_two_raters_who_contradict_each_other_leave_it_open() -> None:
    """Of two raters one draw in four is the one twice, one the other twice; in the rest the items are equal."""
    found = stability.rank_acceptability(table([(5, 1, 1), (1, 5, 1)]), ITEMS, draws=20_000)
    assert found[0, 0] == pytest.approx(0.5, abs=0.02)
    assert found[1, 0] == pytest.approx(0.5, abs=0.02)
    assert found[2, 0] == 0


def test_what_one_rater_left_out_keeps_its_own_mean() -> None:
    """W1 was scored by one of three, as the highest: no draw makes it less than that."""
    rows = table([(5, 1, 2), (5, 2, 1), (5, 1, 2)])
    rows = rows[(rows["swot_code"] != "W1") | (rows["beoordelaar"] == "0")]
    assert stability.rank_acceptability(rows, ITEMS, draws=500)[0, 0] == pytest.approx(1)


def test_an_item_that_nobody_scored_is_refused() -> None:
    """It has no rank to be told."""
    with pytest.raises(ValueError, match="nobody scored"):
        stability.rank_acceptability(table([(1, 2, 3)]), [*ITEMS, "W4"])


def test_an_order_that_hangs_on_the_weights_shows_as_such() -> None:
    """A=(1,0) and B=(0,0.5) beside it: A is first with probability 2/3 (published)."""
    rows = pd.DataFrame({"swot_code": ["S1", "S2"], "groep": "S", "belang": [2.0, 1.0], "kans": [1.0, 1.5]})
    found = stability.weight_acceptability(rows, ["belang", "kans"], draws=100_000)
    assert found.loc["S1", 1] == pytest.approx(2 / 3, abs=0.006)


def test_an_item_without_an_answer_is_not_ranked_by_weights() -> None:
    """The others are; nothing is made up for it."""
    rows = pd.DataFrame({"swot_code": ["S1", "S2"], "groep": "S", "belang": [2.0, 1.0], "prestatie": [1.0, None]})
    found = stability.weight_acceptability(rows, ["belang", "prestatie"], draws=100)
    assert found.index.tolist() == ["S1"]
    assert stability.weight_acceptability(rows, [], draws=100).empty
