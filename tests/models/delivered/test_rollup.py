"""From actions to objective, krachtlijn and plan."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.latest import history
from analysis.models.delivered.rollup import (
    GAINS,
    LEFT,
    LEVELS,
    WHOLE,
    WORST_FIRST,
    all_levels,
    gains,
    over_time,
    roll_up,
    scaled,
)
from analysis.models.delivered.status import STATUSES
from tests.models.delivered.frames import plan, voortgang

NAN = float("nan")
#: Progress, weight, status and points behind of an action.
Child = tuple[float, float, str, float]


def children(*rows: Child) -> pd.DataFrame:
    """Return the actions 1.1.1, 1.1.2 and so on, with their status."""
    table = pd.DataFrame(rows, columns=["voortgang_pct", "gewicht", "status", "achterstand"])
    codes = [f"1.1.{number + 1}" for number in range(len(rows))]
    return table.assign(regel="", actie_code=codes, doelstelling_code="1.1", krachtlijn_code="1")


def group(*rows: Child) -> pd.Series:
    """Return the one row of the objective."""
    return roll_up(children(*rows), "doelstelling_code").iloc[0]


def test_the_average_is_weighted() -> None:
    """Twice 50 and once 20 is 40."""
    row = group((50, 2, "groen", 0), (20, 1, "rood", 40))
    assert row[["acties", "gemiddelde", "onder", "boven", "dekking"]].tolist() == [2, 40, 40, 40, 1]


def test_unknown_progress_counts_in_the_whole() -> None:
    """A quarter of the weight is unknown: the known average stands beside its bounds and its share."""
    row = group((50, 2, "groen", 0), (20, 1, "rood", 40), (NAN, 1, "onbekend", NAN))
    assert row[["gemiddelde", "onder", "boven", "dekking"]].tolist() == [40, 30, 55, 0.75]


def test_what_is_stale_is_unknown_progress() -> None:
    """An action of which nothing was heard lately may be anywhere by now."""
    rows = children((50, 1, "groen", 0), (90, 1, "onbekend", 0)).assign(regel=["op_schema", "stil"])
    row = roll_up(rows, "doelstelling_code").iloc[0]
    assert row[["gemiddelde", "onder", "boven", "dekking"]].tolist() == [50, 25, 75, 0.5]


def test_nothing_known_is_unknown() -> None:
    """The average is unknown, and lies anywhere."""
    row = group((NAN, 1, "onbekend", NAN), (NAN, 0, "onbekend", NAN))
    assert math.isnan(row["gemiddelde"])
    assert row[["onder", "boven", "dekking", "status", "slechtste"]].tolist() == [0, 100, 0, "onbekend", "1.1.1"]


def test_weights_that_are_all_nought_count_alike() -> None:
    """Also where only actions without weight are known; an unknown weight is one."""
    assert group((10, 0, "groen", 0), (40, 0, "groen", 0))["gemiddelde"] == 25
    mixed = group((10, 0, "groen", 0), (40, 0, "groen", 0), (NAN, 1, "onbekend", NAN))
    assert mixed[["gemiddelde", "onder", "boven", "dekking"]].tolist() == [25, 0, 100, 0]
    assert scaled([NAN, 4.0]) == [0.125, 0.5]
    assert scaled([]) == []


@pytest.mark.parametrize(
    ("statuses", "status", "rule"),
    [
        (["voltooid", "voltooid"], "voltooid", "alle_gelijk"),
        (["onbekend"], "onbekend", "alle_gelijk"),
        (["rood", "rood"], "rood", "alle_gelijk"),
        (["stopgezet", "overgenomen"], "stopgezet", "geen_beoordeeld"),
        (["nog_niet_gepland", "overgenomen"], "overgenomen", "geen_beoordeeld"),
        (["rood", "onbekend", "onbekend"], "onbekend", "te_weinig_bekend"),
        (["groen", "onbekend"], "onbekend", "niet_zeker_groen"),
        (["groen", "groen", "groen", "groen", "onbekend"], "groen", "gewogen_score"),
        (["groen", "groen", "groen", "onbekend"], "onbekend", "niet_zeker_groen"),
        (["rood", "onbekend"], "rood", "gewogen_score"),
        (["rood", "groen"], "oranje", "gewogen_score"),
        (["rood", "groen", "groen", "groen", "groen"], "groen", "gewogen_score"),
        (["oranje", "groen"], "oranje", "gewogen_score"),
        (["rood", "oranje"], "rood", "gewogen_score"),
        (["rood", "rood", "rood", "voltooid"], "rood", "gewogen_score"),
        (["groen", "voltooid"], "groen", "gewogen_score"),
        (["voltooid", "nog_niet_gepland"], "groen", "gewogen_score"),
        (["rood", "stopgezet", "nog_niet_gepland"], "rood", "gewogen_score"),
    ],
)
def test_the_status_of_a_group(statuses: list[str], status: str, rule: str) -> None:
    """Silence makes no good news and hides no bad news; halfway is the worse."""
    row = group(*[(50.0, 1.0, one, 0.0) for one in statuses])
    assert (row["status"], row["regel"]) == (status, rule)


def test_the_score_is_weighted() -> None:
    """One red action of weight three among two green ones of weight one: 0.8 of 2, which is orange."""
    row = group((0, 3, "rood", 30), (50, 1, "groen", 0), (50, 1, "groen", 0))
    assert row[["score", "status_dekking", "status"]].tolist() == [0.8, 1, "oranje"]


def test_the_worst_action_stands_beside_the_average() -> None:
    """The worst status, then the furthest behind, then the lowest code; also where the group is green."""
    row = group((80, 20, "groen", 0), (40, 1, "rood", 30), (10, 1, "rood", 60), (10, 1, "rood", 60))
    assert row["status"] == "groen"
    assert row[["slechtste", "slechtste_status", "slechtste_achterstand"]].tolist() == ["1.1.3", "rood", 60]
    assert group((80, 1, "groen", 0), (NAN, 1, "onbekend", NAN))["slechtste"] == "1.1.2"
    assert group((80, 1, "rood", NAN), (90, 1, "rood", 5))["slechtste"] == "1.1.2"


def test_a_level_weighs_what_its_actions_weigh() -> None:
    """The plan is the average of its objectives, each with the weight of its actions; levels come top down."""
    rows = children((10, 1, "groen", 0), (30, 1, "groen", 0), (90, 4, "groen", 0))
    rows["doelstelling_code"] = ["1.1", "1.1", "1.2"]
    table = all_levels(rows)
    assert table["niveau"].tolist() == [WHOLE, "krachtlijn_code", "doelstelling_code", "doelstelling_code"]
    assert tuple(dict.fromkeys(table["niveau"])) == LEVELS
    assert table["code"].tolist() == ["", "1", "1.1", "1.2"]
    assert table["gemiddelde"].round(9).tolist() == [round(400 / 6, 9), round(400 / 6, 9), 20, 90]
    assert all_levels(rows.iloc[:0]).empty


def test_each_quarter_has_its_own_weights() -> None:
    """The weight of 1.1.1 grows; 1.1.2 is missing in the last quarter and keeps the weight that it last had."""
    rows: list[dict[str, Any]] = [
        {"kwartaal": "2026Q1", "actie_code": "1.1.1", "voortgang_pct": 20},
        {"kwartaal": "2026Q1", "actie_code": "1.1.2", "voortgang_pct": 80, "gewicht": 3},
        {"kwartaal": "2026Q2", "actie_code": "1.1.1", "voortgang_pct": 20, "gewicht": 3},
        {"kwartaal": "2026Q2", "actie_code": "1.1.2", "voortgang_pct": 80, "gewicht": 3},
        {"kwartaal": "2026Q3", "actie_code": "1.1.1", "voortgang_pct": 40, "gewicht": 1},
        {"kwartaal": "2026Q3", "actie_code": "9.9.9", "voortgang_pct": 99},
    ]
    table = over_time(history(voortgang(*rows), ["actie_code"]), plan("1.1.1", "1.1.2"), "doelstelling_code")
    assert table["kwartaal"].tolist() == ["2026Q1", "2026Q2", "2026Q3"]
    assert table["gemiddelde"].tolist() == [65, 50, 40]
    assert table[["onder", "boven", "dekking"]].iloc[-1].tolist() == [10, 85, 0.25]
    assert table["slechtste"].tolist() == ["1.1.1", "1.1.1", "1.1.1"]
    assert table["slechtste_voortgang"].tolist() == [20, 20, 40]


def test_of_several_that_are_as_little_advanced_the_number_is_told() -> None:
    """So that a reader does not take the first for the only one; a silent action is none of them."""
    codes = ("1.1.1", "1.1.2", "1.1.3", "1.1.4")
    rows: list[dict[str, Any]] = [
        {"actie_code": code, "voortgang_pct": done} for code, done in zip(codes, (5, 0, 0, NAN), strict=True)
    ]
    row = over_time(history(voortgang(*rows), ["actie_code"]), plan(*codes), WHOLE).iloc[0]
    assert row[["slechtste", "slechtste_voortgang", "slechtste_aantal"]].tolist() == ["1.1.2", 0, 2]


def test_without_deliveries_there_is_no_quarter() -> None:
    """And no worst action where no progress is known."""
    assert over_time(history(voortgang(), ["actie_code"]), plan("1.1.1"), WHOLE).empty
    row = over_time(history(voortgang({}), ["actie_code"]), plan("1.1.1"), WHOLE).iloc[0]
    assert (row["slechtste"], row["boven"]) == ("", 100)


@pytest.mark.parametrize("word", LEFT)
def test_what_left_is_not_the_least_advanced(word: str) -> None:
    """From the quarter on in which it left; in the average it keeps its progress."""
    rows: list[dict[str, Any]] = [
        {"kwartaal": "2026Q1", "actie_code": "1.1.1", "voortgang_pct": 10},
        {"kwartaal": "2026Q1", "actie_code": "1.1.2", "voortgang_pct": 50},
        {"kwartaal": "2026Q2", "actie_code": "1.1.1", "voortgang_pct": 10, "eigen_status": word},
        {"kwartaal": "2026Q2", "actie_code": "1.1.2", "voortgang_pct": 60},
        {"kwartaal": "2026Q3", "actie_code": "1.1.1", "voortgang_pct": 10, "eigen_status": word},
    ]
    table = over_time(history(voortgang(*rows), ["actie_code"]), plan("1.1.1", "1.1.2"), WHOLE)
    assert table["slechtste"].tolist() == ["1.1.1", "1.1.2", ""]
    assert table["slechtste_voortgang"].tolist() == pytest.approx([10, 60, NAN], nan_ok=True)
    assert table["slechtste_aantal"].tolist() == [1, 1, 0]
    assert table["gemiddelde"].tolist() == [30, 35, 10]


# --- how much was advanced -----------------------------------------------------------------------------------------


def advanced(*rows: dict[str, Any], by: str = WHOLE, codes: tuple[str, ...] = ("1.1.1", "1.1.2")) -> pd.DataFrame:
    """Return what a plan of these actions gained."""
    return gains(history(voortgang(*rows), ["actie_code"]), plan(*codes), by)


def test_a_gain_is_of_the_actions_known_then_and_now() -> None:
    """An action that falls silent or speaks up again neither adds nor takes away; the weights are those of now."""
    rows: list[dict[str, Any]] = [
        {"kwartaal": "2025Q3", "actie_code": "1.1.1", "voortgang_pct": 10},
        {"kwartaal": "2025Q3", "actie_code": "1.1.2", "voortgang_pct": 40},
        {"kwartaal": "2025Q3", "actie_code": "1.1.3", "voortgang_pct": 90},
        {"kwartaal": "2026Q3", "actie_code": "1.1.1", "voortgang_pct": 20, "gewicht": 3},
        {"kwartaal": "2026Q3", "actie_code": "1.1.2", "voortgang_pct": 90},
        {"kwartaal": "2026Q3", "actie_code": "1.2.1", "voortgang_pct": 70},
    ]
    codes = ("1.1.1", "1.1.2", "1.1.3", "1.2.1")
    row = advanced(*rows, codes=codes).iloc[0]
    assert row[["van", "tot", "kwartalen"]].tolist() == ["2025Q3", "2026Q3", 4]
    assert (row["winst"], row["aandeel"]) == (pytest.approx((3 * 10 + 50) / 4), pytest.approx(4 / 6))
    own = advanced(*rows, by="doelstelling_code", codes=codes)
    assert own["code"].tolist() == ["1.1", "1.2"]
    assert own["winst"].tolist() == pytest.approx([20, NAN], nan_ok=True)
    assert own["aandeel"].tolist() == pytest.approx([0.8, 0])


@pytest.mark.parametrize(
    ("told", "then", "back"),
    [
        (["2026Q3", "2026Q2"], "2026Q2", 1),
        (["2026Q3", "2025Q4", "2025Q3", "2025Q2"], "2025Q3", 4),
        (["2026Q3", "2025Q4", "2025Q2"], "2025Q4", 3),
        (["2026Q3", "2024Q4", "2024Q1"], "2024Q4", 7),
    ],
)
def test_a_gain_looks_back_at_most_a_year_where_it_can(told: list[str], then: str, back: int) -> None:
    """To the oldest quarter within it, else to the one before, however long ago that is."""
    row = advanced(*[{"kwartaal": quarter, "voortgang_pct": 10} for quarter in told]).iloc[0]
    assert (row["van"], row["kwartalen"], row["winst"]) == (then, back, 0)


def test_one_quarter_gains_nothing_to_tell() -> None:
    """Nor do none; the columns are there."""
    for rows in ([], [{"voortgang_pct": 10}]):
        table = advanced(*rows)
        assert table.empty
        assert tuple(table.columns) == GAINS


def test_an_action_that_was_never_delivered_weighs_one() -> None:
    """It counts in the whole beside one of weight three."""
    known = history(voortgang({"gewicht": 3, "voortgang_pct": 40}), ["actie_code"])
    assert over_time(known, plan("1.1.1", "1.1.2"), WHOLE)["dekking"].tolist() == [0.75]


# --- what holds of any group ---------------------------------------------------------------------------------------

any_child = st.tuples(
    st.one_of(st.just(NAN), st.floats(0, 100)),
    st.one_of(st.just(NAN), st.just(0.0), st.floats(0.001, 1000)),
    st.sampled_from(STATUSES),
    st.one_of(st.just(NAN), st.floats(-100, 100)),
)
any_group = st.lists(any_child, min_size=1, max_size=8)


@given(any_group)
@settings(max_examples=100, deadline=None)
def test_a_roll_up_lies_between_its_worst_and_its_best(rows: list[Child]) -> None:
    """The average between the known progress, within its bounds; the status between the statuses, in their order."""
    row, values = group(*rows), [progress for progress, *_ in rows if not math.isnan(progress)]
    if values:
        assert min(values) <= row["gemiddelde"] <= max(values)
        assert row["onder"] - 1e-9 <= row["gemiddelde"] <= row["boven"] + 1e-9
    else:
        assert math.isnan(row["gemiddelde"])
    places = [WORST_FIRST.index(status) for _, _, status, _ in rows]
    assert min(places) <= WORST_FIRST.index(row["status"]) <= max(places)
    assert WORST_FIRST.index(row["slechtste_status"]) == min(places)


@given(any_group, st.floats(0.001, 1000), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_neither_order_nor_scale_matters(rows: list[Child], scale: float, random: Any) -> None:
    """All weights times something, or the actions in another order: the same row."""
    first = group(*rows)
    larger = group(*[(progress, scale * known(weight), status, late) for progress, weight, status, late in rows])
    shuffled = children(*rows).sample(frac=1, random_state=random.randrange(1000))
    for other in (larger, roll_up(shuffled, "doelstelling_code").iloc[0]):
        pd.testing.assert_series_equal(first, other, check_names=False, rtol=1e-9, atol=1e-9)


def known(weight: float) -> float:
    """Return the weight that an unknown one has."""
    return 1.0 if math.isnan(weight) else weight


@given(any_group)
@settings(max_examples=60, deadline=None)
def test_bounds_hold_whatever_the_unknown_turns_out_to_be(rows: list[Child]) -> None:
    """With the unknown filled in at 0 and at 100, the average is each bound."""
    row = group(*rows)
    for value, bound in ((0.0, "onder"), (100.0, "boven")):
        filled = [
            (value if math.isnan(progress) else progress, weight, status, late)
            for progress, weight, status, late in rows
        ]
        assert group(*filled)["gemiddelde"] == pytest.approx(row[bound], abs=1e-6)
