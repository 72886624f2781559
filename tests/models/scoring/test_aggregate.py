"""What the raters together say of each item."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.models.scoring.aggregate import ITEMS, QUESTIONS, RATERS, asked, rated, raters, score
from analysis.models.scoring.estimate import GRAIN, estimate

UNKNOWN = float("nan")


def scored(*rows: tuple[object, ...]) -> pd.DataFrame:
    """Return scores: rater, item, and importance, performance, urgency, probability as far as given."""
    names = ("beoordelaar", "swot_code", *QUESTIONS)
    filled = [(*row, *[UNKNOWN] * (len(names) - len(row))) for row in rows]
    return pd.DataFrame(filled, columns=list(names)).astype(dict.fromkeys(QUESTIONS, float))


def item(rows: pd.DataFrame, code: str, **options: object) -> pd.Series:
    """Return what is said of one item."""
    return score(rows, **options).set_index("swot_code").loc[code]


ANSWERS = st.integers(1, 5).map(float) | st.just(UNKNOWN)
TABLES = st.dictionaries(
    st.tuples(st.sampled_from("abcde"), st.sampled_from(["S1", "S2", "W1", "W10", "O1", "T1", "T2"])),
    st.tuples(ANSWERS, ANSWERS, ANSWERS, ANSWERS),
    min_size=1,
    max_size=25,
).map(lambda found: scored(*((*key, *answers) for key, answers in found.items())))


# --- the mean and its interval ----------------------------------------------------------------------------------------


@given(st.lists(st.integers(1, 5).map(float), min_size=2, max_size=12))
@settings(max_examples=60, deadline=None)
def test_the_interval_is_students(values: list[float]) -> None:
    """As scipy has it, cut off at the ends of the scale; where all give one score, as wide as rounding makes it."""
    found = estimate(values)
    sd = np.std(values, ddof=1)
    low, high = stats.t.interval(0.95, len(values) - 1, np.mean(values), max(sd, GRAIN) / math.sqrt(len(values)))
    assert (found.lower, found.upper) == pytest.approx((max(low, 1), min(high, 5)))
    assert (found.mean, found.median) == pytest.approx((np.mean(values), np.median(values)))
    assert found.se == pytest.approx(sd / math.sqrt(len(values)), abs=1e-12)


def test_one_rater_has_no_spread() -> None:
    """Neither nought nor an interval; nobody has no mean either."""
    one, nobody = estimate([4.0, UNKNOWN]), estimate([UNKNOWN])
    assert (one.n, one.mean, one.median) == (1, 4, 4)
    assert all(math.isnan(value) for value in (one.se, one.lower, one.upper))
    assert nobody.n == 0
    assert math.isnan(nobody.mean)


def test_raters_of_one_opinion_are_not_certain_of_it() -> None:
    """Two who both say 4 may mean anything; ten know it within about a fifth of a point."""
    two, ten = estimate([4.0] * 2), estimate([4.0] * 10)
    assert (two.se, two.lower, two.upper) == (0, pytest.approx(1.406, abs=1e-3), 5)
    assert (ten.upper - ten.mean) == pytest.approx(2.262 * 0.28868 / math.sqrt(10), abs=1e-4)


# --- the combined score -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("code", "answers", "expected"),
    [
        ("S1", (4, 5), math.sqrt(20)),
        ("W1", (4, 1), math.sqrt(20)),  # done badly: heavy
        ("W1", (4, 5), 2),  # done well: light
        ("S1", (4, UNKNOWN, 5), math.sqrt(20)),  # urgency, where performance was not asked
        ("W1", (4, UNKNOWN, 5), math.sqrt(20)),
        ("S1", (4, 5, 1), math.sqrt(20)),  # performance goes before urgency
        ("O1", (4, UNKNOWN, UNKNOWN, 2), math.sqrt(8)),
        ("T1", (4, UNKNOWN, 5, 2), 40 ** (1 / 3)),
        ("T1", (4, 5, UNKNOWN, 2), math.sqrt(8)),  # how well one responds does not make a threat lighter
        ("T1", (4, UNKNOWN, 5), math.sqrt(20)),
        ("O1", (3,), 3),
        ("W1", (3,), 3),
        ("W1", (UNKNOWN, 3, 3), UNKNOWN),  # without importance there is none
        ("S1", (5, 5, 5, 5), 5),
        ("W1", (5, 1, 5, 5), 5),
        ("O1", (1, 1, 1, 1), 1),
    ],
)
def test_what_the_combined_score_is_made_of(code: str, answers: tuple[float, ...], expected: float) -> None:
    """The geometric mean of what counts in the group."""
    found = item(scored(("a", code, *answers)), code)
    assert found["score"] == pytest.approx(expected, nan_ok=True)
    assert found["score_n"] == (0 if math.isnan(expected) else 1)


def test_a_question_counts_where_half_answered_it() -> None:
    """One of three is a slip, two of three is a question; who did not answer it has no score, and is not nought."""
    rows = scored(
        ("a", "T1", 4, UNKNOWN, 4, 4), ("b", "T1", 4, UNKNOWN, UNKNOWN, 4), ("c", "T1", 4, UNKNOWN, UNKNOWN, 4)
    )
    assert asked(rows)["T"] == ("belang", "kans")
    assert item(rows, "T1")["score_n"] == 3
    rows.loc[1, "urgentie"] = 2.0
    assert asked(rows)["T"] == ("belang", "kans", "urgentie")
    found = item(rows, "T1")
    assert (found["score_n"], found["belang_n"], found["urgentie_n"], found["beoordelaars"]) == (2, 3, 2, 3)
    assert found["urgentie"] == 3
    assert found["score"] == pytest.approx((4 + 32 ** (1 / 3)) / 2)


def test_what_is_asked_of_one_group_need_not_be_of_another() -> None:
    """Performance of weaknesses, and of strengths only the importance."""
    assert asked(scored(("a", "S1", 4), ("a", "W1", 4, 2), ("a", "T1", UNKNOWN, 2))) == {
        "S": ("belang",),
        "W": ("belang", "prestatie"),
        "O": (),
        "T": (),
    }


def test_given_questions_go_before_those_that_were_asked() -> None:
    """Such as those asked at two moments; the scores themselves stay."""
    rows = scored(("a", "W1", 4, 1), ("a", "S1", 2, 5))
    found = rated(rows, factors={"W": ("belang",)})
    assert found["score"].tolist() == [4.0, pytest.approx(UNKNOWN, nan_ok=True)]
    assert found["prestatie"].tolist() == [1, 5]


# --- weights of the questions -----------------------------------------------------------------------------------------

WEIGHTS = st.fixed_dictionaries({name: st.just(0.0) | st.floats(0.01, 100) for name in QUESTIONS}).filter(
    lambda found: any(found.values())
)


def test_weights_make_a_weighted_geometric_mean() -> None:
    """Three times importance and once probability, of an item that was given 2 and 4."""
    rows = scored(("a", "T1", 2, UNKNOWN, UNKNOWN, 4), ("a", "W1", 5, 5))
    weights = {"belang": 3, "prestatie": 0, "kans": 1, "urgentie": 7}
    found = rated(rows, weights=weights).set_index("swot_code")["score"]
    assert found["T1"] == pytest.approx((2**3 * 4) ** (1 / 4))
    assert found["W1"] == 5


def test_a_question_without_weight_is_left_out_with_its_gaps() -> None:
    """Who did not answer it then has a score; a group of which nothing weighs has none, the others have theirs."""
    rows = scored(("a", "W1", 4, 2), ("b", "W1", 3), ("c", "W1", 3, 2), ("a", "T1", 4, UNKNOWN, UNKNOWN, 3))
    assert rated(rows)["score"].isna().tolist() == [False, True, False, False]
    weights = {"belang": 1, "prestatie": 0, "kans": 1, "urgentie": 1}
    assert item(rows, "W1", weights=weights)["score"] == pytest.approx(10 / 3)
    found = score(rows, weights=weights | {"belang": 0}).set_index("swot_code")
    assert math.isnan(found.loc["W1", "score"])
    assert found.loc["T1", "score"] == 3


@given(TABLES, st.floats(0.001, 1000))
@settings(max_examples=40, deadline=None)
def test_equal_weights_are_no_weights(rows: pd.DataFrame, weight: float) -> None:
    """Whatever they are, to the last digit."""
    pd.testing.assert_frame_equal(score(rows, weights=dict.fromkeys(QUESTIONS, weight)), score(rows), check_exact=True)


@given(TABLES, WEIGHTS, st.floats(0.001, 1000))
@settings(max_examples=40, deadline=None)
def test_only_the_proportions_of_weights_matter(rows: pd.DataFrame, weights: dict[str, float], times: float) -> None:
    """Scores and places stay when all weights are made larger or smaller alike; scores stay on the scale."""
    found = score(rows, weights=weights)
    scaled = score(rows, weights={name: times * weight for name, weight in weights.items()})
    names = ["swot_code", "score_n", "score", "rang", "rang_groep"]
    pd.testing.assert_frame_equal(found[names], scaled[names], check_exact=False, rtol=1e-9)
    assert found["score"].dropna().between(1 - 1e-9, 5 + 1e-9).all()


@given(TABLES, WEIGHTS, st.sampled_from(QUESTIONS))
@settings(max_examples=40, deadline=None)
def test_a_higher_answer_never_makes_an_item_lighter(rows: pd.DataFrame, weights: dict[str, float], name: str) -> None:
    """Whatever the weights; a higher performance never makes a weakness heavier."""
    higher = rows.assign(**{name: (rows[name] + 1).clip(upper=5)})
    before, after = rated(rows, weights=weights), rated(higher, weights=weights)
    rise = (after["score"] - before["score"]).dropna()
    lighter = before.loc[rise.index, "groep"].eq("W") & (name == "prestatie")
    assert (rise[~lighter] >= -1e-9).all()
    assert (rise[lighter] <= 1e-9).all()


@pytest.mark.parametrize(
    "weights",
    [dict.fromkeys(QUESTIONS, 0), {"belang": 1}, {"belang": -1, "prestatie": 1}, {"belang": 1, "prestatie": UNKNOWN}],
)
def test_weights_that_cannot_be_are_refused(weights: dict[str, float]) -> None:
    """All nought, one that is missing, below nought, or unknown."""
    for way in (score, rated):
        with pytest.raises(ValueError, match="weight"):
            way(scored(("a", "S1", 4, 4)), weights=weights)


# --- ranks, raters ----------------------------------------------------------------------------------------------------


def test_items_are_ranked_over_all_and_within_their_group() -> None:
    """In the order of groups and numbers; equals share the first of their ranks; without a score there is no rank."""
    rows = scored(("a", "T1", 3), ("a", "S10", 5), ("a", "S2", 3), ("a", "W1", UNKNOWN, 4), ("a", "S1", 2))
    found = score(rows)
    assert list(found.columns) == list(ITEMS)
    assert found["swot_code"].tolist() == ["S1", "S2", "S10", "W1", "T1"]
    assert found["rang"].tolist() == [4, 2, 1, pytest.approx(UNKNOWN, nan_ok=True), 2]
    assert found["rang_groep"].tolist() == [3, 2, 1, pytest.approx(UNKNOWN, nan_ok=True), 1]


def test_the_ranking_may_hang_on_how_raters_use_the_scale() -> None:
    """Who spreads the scores decides over two who do not; standardised, each counts as much."""
    rows = scored(
        *(("wide", "S1", 5), ("wide", "S2", 1), ("wide", "S3", 3)),
        *((rater, code, belang) for rater in "mn" for code, belang in (("S1", 3), ("S2", 4), ("S3", 3))),
    )
    found = score(rows).set_index("swot_code")
    assert found["rang"].to_dict() == {"S1": 1, "S2": 2, "S3": 2}
    assert found["rang_z"].to_dict() == {"S1": 2, "S2": 1, "S3": 3}


def test_standard_scores_have_mean_nought_and_spread_one() -> None:
    """Per rater; with one item, or all alike, there are none."""
    rows = scored(
        *(("a", f"S{place}", place) for place in range(1, 6)),
        *(("flat", f"S{place}", 3) for place in range(1, 6)),
        ("once", "S1", 5),
    )
    z = rated(rows).set_index("beoordelaar")["z"]
    assert (z["a"].mean(), z["a"].std()) == (pytest.approx(0), pytest.approx(1))
    assert z["flat"].isna().all()
    assert math.isnan(z["once"])


def test_raters_can_be_left_out() -> None:
    """As if they had not scored, but the items stay, and so do the questions that count; unknown names do nothing."""
    rows = scored(("a", "S1", 5, 5), ("b", "S1", 1, 1), ("b", "S2", 4, 4), ("a", "W1", 4), ("b", "W1", 4, 2))
    found = item(rows, "S1", without=["b", "nobody"])
    assert (found["belang"], found["belang_n"], found["beoordelaars"]) == (5, 1, 1)
    gone = item(rows, "S2", without=["b"])
    assert (gone["beoordelaars"], gone["score_n"]) == (0, 0)
    assert math.isnan(gone["belang"])
    assert item(rows, "W1", without=["b"])["score_n"] == 0
    assert score(rows, without=["a", "b"])["rang"].isna().all()


def test_a_rater_who_scores_all_alike_is_noticed() -> None:
    """On all questions, or on some; with two answers nothing can be said."""
    rows = scored(
        *(("flat", f"S{place}", 3, 4) for place in range(1, 5)),
        *(("half", f"S{place}", 3, place) for place in range(1, 5)),
        *(("few", f"S{place}", 3, 3) for place in range(1, 3)),
    )
    found = raters(rows).set_index("beoordelaar")
    assert found["vlak"].to_dict() == {"flat": True, "half": False, "few": False}
    assert found["vlakke_vragen"].to_dict() == {"flat": ("belang", "prestatie"), "half": ("belang",), "few": ()}
    assert found["items"].to_dict() == {"flat": 4, "half": 4, "few": 2}
    assert found.loc["flat", "spreiding"] == 0
    assert math.isnan(raters(scored(("a", "S1", 3)))["spreiding"].iloc[0])


# --- properties -------------------------------------------------------------------------------------------------------


@given(TABLES, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_rows_changes_nothing(rows: pd.DataFrame, random) -> None:
    """Nor do the raters' names, nor another index."""
    order = random.sample(range(len(rows)), len(rows))
    other = rows.iloc[order].assign(
        beoordelaar=lambda own: own["beoordelaar"].map(dict(zip("abcde", "ecdab", strict=True)))
    )
    pd.testing.assert_frame_equal(score(rows), score(other), check_exact=False, rtol=1e-9)


@given(TABLES)
@settings(max_examples=50, deadline=None)
def test_a_score_lies_on_the_scale_and_nothing_missing_counts(rows: pd.DataFrame) -> None:
    """Every mean lies in its interval and on the scale; n counts what was answered."""
    found = score(rows).set_index("swot_code")
    for name in (*QUESTIONS, "score"):
        known = found[found[f"{name}_n"] > 0]
        assert known[name].between(1 - 1e-9, 5 + 1e-9).all()
        assert found.loc[found[f"{name}_n"] == 0, name].isna().all()
        assert (found[f"{name}_onder"].notna() == (found[f"{name}_n"] >= 2)).all()
        assert not (known[f"{name}_onder"] > known[name] + 1e-9).any()
        assert not (known[f"{name}_boven"] < known[name] - 1e-9).any()
    for name in QUESTIONS:
        assert found[f"{name}_n"].to_dict() == rows.groupby("swot_code")[name].count().to_dict()


@given(TABLES)
@settings(max_examples=30, deadline=None)
def test_a_rater_with_only_gaps_changes_nothing(rows: pd.DataFrame) -> None:
    """Missing scores are no scores of nought."""
    gaps = scored(*(("silent", code) for code in rows["swot_code"].unique()))
    pd.testing.assert_frame_equal(score(rows), score(pd.concat([rows, gaps])))


@given(TABLES)
@settings(max_examples=30, deadline=None)
def test_identical_raters_say_what_one_says(rows: pd.DataFrame) -> None:
    """Means and ranks of three are those of one."""
    one = rows[rows["beoordelaar"] == rows["beoordelaar"].iloc[0]]
    three = pd.concat([one.assign(beoordelaar=name) for name in "xyz"])
    names = ["swot_code", *QUESTIONS, "score", "score_z", "rang", "rang_groep", "rang_z"]
    pd.testing.assert_frame_equal(score(one)[names], score(three)[names])


def test_nothing_scored_gives_no_rows() -> None:
    """The columns are there; a table without a column that nobody asked will do."""
    assert list(score(scored()).columns) == list(ITEMS)
    assert list(raters(scored()).columns) == list(RATERS)
    assert item(scored(("a", "S1", 4)).drop(columns="kans"), "S1")["kans_n"] == 0


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", "S1", 4), ("a", "S1", 5)], "once"),
        ([("a", "X1", 4)], "begins with its group"),
        ([("a", "S1", 6)], "between 1.0 and 5.0"),
        ([("a", "S1", 4, 0)], "between 1.0 and 5.0"),
        ([("a", "S1", math.inf)], "between 1.0 and 5.0"),
    ],
)
def test_scores_that_cannot_be_are_refused(rows: list[tuple[object, ...]], message: str) -> None:
    """A rater twice (such as rows of two moments), an item of no group, a score off the scale."""
    for way in (score, rated, asked, raters):
        with pytest.raises(ValueError, match=message):
            way(scored(*rows))
