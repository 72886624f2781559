"""Made-up scores of a SWOT: their truth can be found again, and they are delivered in both forms."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis import deliveries
from analysis.catalog import Catalog
from analysis.deliveries import EXAMPLES
from analysis.examples import files, scores
from analysis.examples.words import ROLES
from analysis.paths import Project

ITEMS = [f"{group}{number + 1}" for group, many in (("S", 5), ("W", 9), ("O", 7), ("T", 10)) for number in range(many)]
PLAN, SEED = "gob-2021-2026", files.SEED
QUESTIONS = list(scores.QUESTIONS)
MOMENTS = [str(quarter) for quarter in scores.MOMENTS]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """The scores of all moments."""
    return scores.score_rows(ITEMS, SEED)


@pytest.fixture(scope="module")
def true() -> pd.DataFrame:
    """What is true of the items."""
    return scores.truth(ITEMS, SEED)


def test_the_same_seed_gives_the_same_scores(rows: pd.DataFrame) -> None:
    """And another seed gives others."""
    pd.testing.assert_frame_equal(rows, scores.score_rows(ITEMS, SEED))
    assert not rows.equals(scores.score_rows(ITEMS, SEED + 1))
    pd.testing.assert_frame_equal(scores.comparison_rows(ITEMS, SEED), scores.comparison_rows(ITEMS, SEED))


@pytest.mark.parametrize("seed", [SEED, 1, 2, 3])
def test_the_mean_over_raters_finds_the_true_ranking_again(seed: int) -> None:
    """Spearman's correlation with the truth is over .8 for each question at each moment."""
    told, known = scores.score_rows(ITEMS, seed), scores.truth(ITEMS, seed)
    for quarter in MOMENTS:
        mean = told[told["kwartaal"] == quarter].groupby("swot_code")[QUESTIONS].mean()
        own = known[known["kwartaal"] == quarter].set_index("swot_code")[QUESTIONS].loc[mean.index]
        for question in QUESTIONS:
            both = pd.DataFrame({"mean": mean[question], "true": own[question]}).dropna().rank()
            assert both["mean"].corr(both["true"]) > 0.8, (quarter, question)


def test_the_true_ranking_is_known_and_some_items_move(true: pd.DataFrame) -> None:
    """At the first moment no two items are equal; later a few differ from before, and only those."""
    first = true[true["kwartaal"] == MOMENTS[0]]
    assert first["belang"].round(6).is_unique
    assert not first["verschoven"].any()
    for before, now in pairwise(MOMENTS):
        old, new = (true[true["kwartaal"] == quarter].set_index("swot_code") for quarter in (before, now))
        assert new["verschoven"].sum() == scores.MOVERS
        assert ((new["belang"] != old["belang"]) == new["verschoven"]).all()
    assert true[QUESTIONS].min().min() >= 1
    assert true[QUESTIONS].max().max() <= 5


def test_only_opportunities_and_threats_have_a_probability(rows: pd.DataFrame, true: pd.DataFrame) -> None:
    """In the truth and in what is said of it."""
    for table in (rows, true):
        inside = table["swot_code"].str[0].isin(["S", "W"])
        assert table.loc[inside, "kans"].isna().all()
        assert table.loc[~inside, "kans"].notna().mean() > 0.9


def test_strengths_are_done_better_than_weaknesses(rows: pd.DataFrame) -> None:
    """A strength that nobody does well would be none."""
    mean = rows.groupby(rows["swot_code"].str[0])["prestatie"].mean()
    assert mean["S"] > mean["W"] + 1


def test_raters_differ_as_people_do(rows: pd.DataFrame) -> None:
    """Ten of them: some severe, one who scores all alike, some absent at a moment, some cells left empty."""
    assert rows["beoordelaar"].nunique() == 10
    present = rows.groupby("kwartaal")["beoordelaar"].nunique()
    assert present.to_dict() == dict(zip(MOMENTS, (9, 8, 10), strict=True))
    flat = rows[rows["beoordelaar"] == scores.FLAT][QUESTIONS].stack().dropna()
    assert set(flat) == {scores.FLAT_SCORE}
    others = rows[rows["beoordelaar"] != scores.FLAT]
    assert others.groupby("beoordelaar")["belang"].nunique().min() >= 4
    assert others.groupby("beoordelaar")["belang"].mean().std() > 0.2
    assert 0 < rows["belang"].isna().mean() < 0.1
    assert rows[QUESTIONS].notna().any(axis=1).all()
    assert rows[QUESTIONS].stack().dropna().isin([1, 2, 3, 4, 5]).all()


def test_nobody_is_named() -> None:
    """A rater is a role with a number."""
    for rater in scores.RATERS:
        role, _, number = rater.rpartition("-")
        assert role in ROLES
        assert re.fullmatch(r"\d", number)
    assert {scores.FLAT, scores.INCONSISTENT, *scores.COMPARE} <= set(scores.RATERS)
    assert set().union(*scores.ABSENT.values()) <= set(scores.RATERS)


def ratio(rows: pd.DataFrame, own: list[str]) -> float | None:
    """Return the consistency ratio of a rater's comparisons of these (Saaty's index 0.89 of 4, 1.45 of 9)."""
    matrix = np.eye(len(own))
    for row in rows[rows["links"].isin(own)].to_dict("records"):
        left, right, value = own.index(row["links"]), own.index(row["rechts"]), float(Fraction(row["waarde"]))
        matrix[left, right], matrix[right, left] = value, 1 / value
    if not matrix.all():
        return None
    most = float(np.linalg.eigvals(matrix).real.max())
    return (most - len(own)) / (len(own) - 1) / {4: 0.89, 9: 1.45}[len(own)]


def test_three_raters_compare_consistently_and_one_does_not() -> None:
    """The groups, and the weaknesses; one of the three leaves some comparisons out."""
    pairs = scores.comparison_rows(ITEMS, SEED)
    assert set(pairs["kwartaal"]) == {MOMENTS[-1]}
    assert pairs.groupby("beoordelaar").size().sort_values().tolist() == [39, 42, 42, 42]
    for rater, rows in pairs.groupby("beoordelaar"):
        found = [ratio(rows, own) for own in (list("SWOT"), [code for code in ITEMS if code[0] == "W"])]
        if rater == scores.INCONSISTENT:
            assert all(value is not None and value > 0.2 for value in found)
        else:
            assert all(value is None or value < 0.1 for value in found)


def test_comparisons_follow_the_true_weights() -> None:
    """The geometric mean of the consistent raters puts the pairs on their true side."""
    pairs, heavy = scores.comparison_rows(ITEMS, SEED), scores.weights(ITEMS, SEED)
    assert sum(heavy[group] for group in scores.GROUPS) == pytest.approx(1)
    own = pairs[pairs["beoordelaar"] != scores.INCONSISTENT]
    said = own["waarde"].map(lambda value: np.log(float(Fraction(value))))
    known = np.log(own["links"].map(heavy) / own["rechts"].map(heavy))
    assert np.corrcoef(said, known)[0, 1] > 0.9


def test_both_forms_are_taken_in_as_they_were_made(examples: Project) -> None:
    """Two moments in the long form, one as a poll tool exports it: the tables hold every score of all three."""
    told = Catalog(examples, None, EXAMPLES)
    items = told.plan("swot", PLAN)["swot_code"].tolist()
    made = scores.score_rows(items, SEED)
    found = told.delivered("swot_scores", PLAN)
    key = ["kwartaal", "beoordelaar", "swot_code"]
    both = [table.set_index(key)[QUESTIONS].sort_index() for table in (found, made)]
    assert both[0].index.tolist() == both[1].index.tolist()
    np.testing.assert_array_equal(both[0].to_numpy(), both[1].to_numpy())
    sheets = found.groupby("kwartaal")["blad"].agg(set)
    assert sheets[MOMENTS[0]] == sheets[MOMENTS[2]] == {"swot_scores"}
    assert "swot_belang" in sheets[MOMENTS[1]]
    pairs = told.delivered("swot_vergelijkingen", PLAN)
    written = [float(Fraction(value)) for value in scores.comparison_rows(items, SEED)["waarde"]]
    assert pairs["waarde"].tolist() == pytest.approx(written)


def test_the_poll_is_what_a_poll_tool_exports(examples: Project) -> None:
    """A sheet per question, whose headers hold the items in full; that of probability has opportunities and threats."""
    deliver = (one for one in deliveries.found(examples, EXAMPLES) if (one.plan, one.quarter) == (PLAN, scores.WIDE))
    book = load_workbook(next(deliver).folder / files.NAME, read_only=True)
    heads = {name: next(book[name].iter_rows(values_only=True)) for name in book.sheetnames if name in poll_names()}
    assert heads.keys() == poll_names()
    assert heads["swot_belang"][:2] == ("beoordelaar", "S1 Kwaliteit van de menselijke middelen")
    assert len(heads["swot_belang"]) == 32
    assert {str(name)[0] for name in heads["swot_kans"][1:]} == {"O", "T"}


def poll_names() -> set[str]:
    """Return the names of the sheets of a poll."""
    return {f"swot_{question}" for question in QUESTIONS}
