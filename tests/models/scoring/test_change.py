"""What changed between two moments, and whether that can be said."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.models.scoring.aggregate import QUESTIONS
from analysis.models.scoring.change import CHANGES, METHODS, VERDICTS, asked_at_both, since, unpaired

UNKNOWN = float("nan")


def moment(code: str = "W1", **belang: float) -> pd.DataFrame:
    """Return what each rater says of the importance of one item."""
    return pd.DataFrame({"beoordelaar": [*belang], "swot_code": code, "belang": [float(v) for v in belang.values()]})


def change(earlier: pd.DataFrame, now: pd.DataFrame, **options: object) -> pd.Series:
    """Return what changed in the one item."""
    (found,) = [own for _, own in since(earlier, now, **options).iterrows()]
    return found


def named(values: list[float], prefix: str = "r") -> dict[str, float]:
    """Return scores by rater."""
    return {f"{prefix}{place}": value for place, value in enumerate(values)}


LISTS = st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), min_size=2, max_size=10)


@given(LISTS)
@settings(max_examples=60, deadline=None)
def test_the_paired_interval_is_students(pairs: list[tuple[int, int]]) -> None:
    """As scipy has it of the differences; at least as wide as rounding makes it, and within what can be."""
    then, later = ([float(value) for value in own] for own in zip(*pairs, strict=True))
    found = change(moment(**named(then)), moment(**named(later)))
    own = np.subtract(later, then)
    spread = max(own.std(ddof=1), math.sqrt(1 / 6)) / math.sqrt(len(own))
    low, high = stats.t.interval(0.95, len(own) - 1, own.mean(), spread)
    assert (found["gepaard_onder"], found["gepaard_boven"]) == pytest.approx((max(low, -4), min(high, 4)))
    assert (found["gepaard_verschil"], found["n_gepaard"], found["methode"]) == (
        *(pytest.approx(own.mean()), len(own)),
        "gepaard",
    )


@given(LISTS)
@settings(max_examples=60, deadline=None)
def test_the_unpaired_interval_is_welchs(pairs: list[tuple[int, int]]) -> None:
    """As scipy has it, where both sides vary by more than rounding."""
    then, later = ([float(value) for value in own] for own in zip(*pairs, strict=True))
    difference, low, high = unpaired(then, later)
    assert difference == pytest.approx(np.mean(later) - np.mean(then))
    assert -4 <= low <= difference + 1e-9
    assert difference - 1e-9 <= high <= 4
    if min(np.std(own, ddof=1) for own in (then, later)) > 0.29:
        interval = stats.ttest_ind(later, then, equal_var=False).confidence_interval(0.95)
        assert (low, high) == pytest.approx((max(interval.low, -4), min(interval.high, 4)))


@pytest.mark.parametrize(
    ("then", "later", "verdict"),
    [
        ([2, 3, 2, 3, 2], [4, 4, 4, 5, 4], "gestegen"),
        ([4, 4, 4, 5, 4], [2, 3, 2, 3, 2], "gedaald"),
        ([3, 3, 3, 3], [3, 3, 3, 3], "kan_niet_gezegd"),
        ([2, 3, 4, 3], [4, 2, 3, 4], "kan_niet_gezegd"),
        ([2], [5], "kan_niet_gezegd"),  # one rater
        ([2, 2], [3, 3], "kan_niet_gezegd"),  # two who both go up a point
        ([2, 2, 2], [3, 3, 3], "kan_niet_gezegd"),
        ([2, 2, 2, 2], [3, 3, 3, 3], "gestegen"),
    ],
)
def test_what_can_be_said(then: list[float], later: list[float], verdict: str) -> None:
    """Only what the interval, rounding included, keeps away from nought."""
    found = change(moment(**named(then)), moment(**named(later)))
    assert (found["oordeel"], found["methode"]) == (verdict, "gepaard")
    assert found["verschil"] == pytest.approx(np.mean(later) - np.mean(then))


def test_one_rater_has_a_difference_but_no_interval() -> None:
    """It is told, with what it rests on."""
    found = change(moment(a=2), moment(a=5))
    assert (found["verschil"], found["n_gepaard"], found["methode"]) == (3, 1, "gepaard")
    assert math.isnan(found["onder"])
    assert math.isnan(found["ongepaard_onder"])


def test_raters_who_scored_twice_go_before_the_means() -> None:
    """A strict rater joins: the mean falls, but nobody changed downwards."""
    then = moment(a=4, b=4, c=4, d=4)
    later = moment(a=5, b=5, c=5, d=5, e=1, f=1)
    found = change(then, later)
    assert found["ongepaard_verschil"] < 0 < found["gepaard_verschil"]
    assert (found["methode"], found["oordeel"]) == ("gepaard", "gestegen")
    assert (found["n_eerder"], found["n_nu"], found["n_gepaard"]) == (4, 6, 4)


@pytest.mark.parametrize(("shared", "method"), [(0, "ongepaard"), (1, "ongepaard"), (2, "gepaard"), (4, "gepaard")])
def test_too_few_who_scored_twice_do_not_decide(shared: int, method: str) -> None:
    """From half of the four up; both differences stay told."""
    then, later = named([2.0, 3, 2, 3]), named([4.0, 5, 5, 4], "new")
    later = {**dict([*named([4.0, 5, 5, 4]).items()][:shared]), **dict([*later.items()][shared:])}
    found = change(moment(**then), moment(**later))
    assert (found["methode"], found["n_gepaard"]) == (method, shared)
    assert found["verschil"] == found[f"{method}_verschil"]
    assert found["onder"] == found[f"{method}_onder"]
    assert not math.isnan(found["ongepaard_onder"])


def test_an_item_of_one_moment_has_no_change() -> None:
    """Nor one that nobody scored; the rows are there, in the order of the items."""
    then = pd.concat([moment("T1", a=3), moment("S10", a=3), moment("S2", a=3)])
    later = pd.concat([moment("T1", a=UNKNOWN), moment("W1", a=4), moment("S2", a=4)])
    found = since(then, later)
    assert list(found.columns) == list(CHANGES)
    assert found["swot_code"].tolist() == ["S2", "S10", "W1", "T1"]
    assert found["methode"].tolist() == ["gepaard", "", "", ""]
    assert found["verschil"].tolist() == pytest.approx([1, UNKNOWN, UNKNOWN, UNKNOWN], nan_ok=True)
    assert found["oordeel"].tolist() == ["kan_niet_gezegd"] * 4
    assert found["rang_nu"].tolist() == pytest.approx([1, UNKNOWN, UNKNOWN, UNKNOWN], nan_ok=True)


def test_ranks_are_among_the_items_of_both_moments() -> None:
    """A new item on top pushes nobody down; equals share the first of their ranks."""
    then = pd.concat([moment("S1", a=5), moment("W1", a=3), moment("T1", a=3)])
    later = pd.concat([moment("S1", a=2), moment("W1", a=4), moment("T1", a=3), moment("O1", a=5)])
    found = since(then, later).set_index("swot_code")
    assert found["rang_eerder"].dropna().to_dict() == {"S1": 1, "W1": 2, "T1": 2}
    assert found["rang_nu"].dropna().to_dict() == {"S1": 3, "W1": 1, "T1": 2}
    assert found["rang_verschil"].dropna().to_dict() == {"S1": -2, "W1": 1, "T1": 0}


def test_the_combined_score_is_of_what_was_asked_twice() -> None:
    """A question that is new, or no longer asked, makes no change."""
    then = moment("W1", a=4, b=4).assign(prestatie=1.0)
    later = moment("W1", a=4, b=4).assign(urgentie=5.0)
    assert asked_at_both(then, later)["W"] == ("belang",)
    assert change(then, later)["verschil"] == 0
    worse = change(then, then.assign(prestatie=5.0))
    assert worse["eerder"] == pytest.approx(math.sqrt(20))
    assert worse["nu"] == 2  # done well now: a weakness that weighs less


def test_a_question_on_its_own() -> None:
    """And a rater left out at both moments; another name is refused."""
    then = moment("W1", a=2, b=2).assign(prestatie=[1.0, 5])
    later = moment("W1", a=2, b=2).assign(prestatie=[4.0, 5])
    assert change(then, later, question="prestatie")["verschil"] == 1.5
    assert change(then, later, question="prestatie", without=["b"])["verschil"] == 3
    assert change(then, later, without=["a", "b"])["methode"] == ""
    with pytest.raises(ValueError, match="'gewicht' is none of"):
        since(then, later, question="gewicht")


def test_a_known_change_is_found_and_no_other() -> None:
    """Ten raters, thirty items of which three rise two points, with noise of a point: the three are found.

    Of the others about one in twenty seems to have changed.
    """
    rng = np.random.default_rng(3)
    codes = [f"W{n}" for n in range(1, 31)]

    def scored(rise: float) -> pd.DataFrame:
        rows = [
            (f"r{rater}", code, np.clip(np.round(2 + rise * (place < 3) + rng.normal(0, 0.7)), 1, 5))
            for rater in range(10)
            for place, code in enumerate(codes)
        ]
        return pd.DataFrame(rows, columns=["beoordelaar", "swot_code", "belang"])

    found = since(scored(0), scored(2)).set_index("swot_code")["oordeel"]
    assert found[codes[:3]].tolist() == ["gestegen"] * 3
    assert (found[codes[3:]] != "kan_niet_gezegd").sum() <= 4


TABLES = st.dictionaries(
    st.tuples(st.sampled_from("abcd"), st.sampled_from(["S1", "W1", "O1", "T2"])),
    st.tuples(*[st.integers(1, 5).map(float) | st.just(UNKNOWN)] * 4),
    min_size=1,
    max_size=14,
).map(
    lambda found: pd.DataFrame(
        [(*key, *answers) for key, answers in found.items()], columns=["beoordelaar", "swot_code", *QUESTIONS]
    )
)


@given(TABLES, TABLES, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_back_in_time_every_change_turns(earlier: pd.DataFrame, now: pd.DataFrame, random) -> None:
    """In any order of the rows; nothing said has an interval that holds nought."""
    there = since(earlier, now)
    back = since(now.iloc[random.sample(range(len(now)), len(now))], earlier)
    assert there["verschil"].tolist() == pytest.approx((-back["verschil"]).tolist(), nan_ok=True)
    assert there["onder"].tolist() == pytest.approx((-back["boven"]).tolist(), nan_ok=True)
    turned = {"gestegen": "gedaald", "gedaald": "gestegen", "kan_niet_gezegd": "kan_niet_gezegd"}
    assert there["oordeel"].map(turned).tolist() == back["oordeel"].tolist()
    assert there["rang_verschil"].tolist() == pytest.approx((-back["rang_verschil"]).tolist(), nan_ok=True)
    for row in there.to_dict("records"):
        assert row["oordeel"] in VERDICTS
        assert row["methode"] in METHODS
        assert (row["oordeel"] == "kan_niet_gezegd") == (not (row["onder"] > 0 or row["boven"] < 0))


@given(TABLES)
@settings(max_examples=30, deadline=None)
def test_the_same_scores_again_are_no_change(rows: pd.DataFrame) -> None:
    """Nought, and nothing that can be said."""
    found = since(rows, rows)
    assert (found["verschil"].dropna().abs() < 1e-12).all()
    assert set(found["oordeel"]) <= {"kan_niet_gezegd"}
    assert set(found["rang_verschil"].dropna()) <= {0}
