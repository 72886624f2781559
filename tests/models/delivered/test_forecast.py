"""When will it be done: the published example, what must hold of any forecast, and when there is none."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.examples.process import Process, simulate
from analysis.models.delivered.forecast import (
    SILENT,
    Forecast,
    completed,
    completion,
    numbers,
    per_action,
    quantile,
    roll_up,
)
from analysis.models.delivered.forecast_draws import gamma
from analysis.models.delivered.forecast_population import log_gamma
from analysis.models.delivered.forecast_seen import grid, ordinal, quarter_at, seen, times
from analysis.models.delivered.forecast_swing import swings
from analysis.models.delivered.latest import history
from analysis.quarter import Quarter
from tests.models.delivered.frames import plan, quarters, voortgang

FIRST, NOW, END = Quarter(2021, 3), Quarter(2024, 4), Quarter(2026, 4)
ACTIONS = plan(*(f"{line}.{place}.{one}" for line in (1, 2, 3) for place in (1, 2, 3) for one in range(1, 6)))
CHANCES = ["kans_gepland", "kans_verwacht", "kans_einde"]
#: An action that is planned for two years from the beginning of 2024.
TWO_YEARS = {"gepland_start": "2024-01-01", "gepland_einde": "2025-12-31", "verwacht_einde": "2026-03-31"}


@pytest.fixture(scope="module")
def known() -> pd.DataFrame:
    """What was delivered on a plan of 45 actions until NOW."""
    made = simulate(ACTIONS, FIRST, NOW, 11, tables=("voortgang",)).voortgang
    return history(made.assign(bekend_op=pd.Timestamp("2025-01-30")), ["actie_code"])


@pytest.fixture(scope="module")
def forecast(known: pd.DataFrame) -> Forecast:
    """The forecast of that plan."""
    return per_action(known, ACTIONS, NOW, end=END, draws=400)


def at_pace(code: str, *progress: float, last: str = "2024Q4", **cells: Any) -> list[dict[str, Any]]:
    """Return rows of one action, its last number in ``last``."""
    return quarters(last, *({"actie_code": code, "voortgang_pct": one, **TWO_YEARS, **cells} for one in progress))


def asked(*rows: dict[str, Any], codes: tuple[str, ...] = ("1", "2"), draws: int = 400, seed: int = 0) -> pd.DataFrame:
    """Return the forecast of a small plan at the end of 2024, by action."""
    found = per_action(voortgang(*rows), plan(*codes), NOW, end=Quarter(2025, 4), draws=draws, seed=seed)
    return found.acties.set_index("actie_code")


# --- items per quarter ------------------------------------------------------------------------------------------------


def test_the_published_example() -> None:
    """Nought or one item per quarter, each as likely, and three to go."""
    found = completion([0, 1, 0, 1], 3)
    assert found.methode == "exact"
    assert found.kansen[:3].tolist() == [0, 0, 0]
    assert found.kansen[3:9] == pytest.approx([0.125, 0.3125, 0.5, 0.65625, 0.7734, 0.8555], abs=5e-5)
    assert (found.p50, found.p85) == (5, 8)


@pytest.mark.parametrize(("each", "remaining", "wanted"), [(1, 1, 1), (3, 7, 3), (3, 9, 3), (5, 1, 1), (2, 41, 21)])
def test_a_constant_throughput_takes_the_rest_divided_by_it(each: int, remaining: int, wanted: int) -> None:
    """Rounded up, without doubt: the last quarter before it has chance 0."""
    found = completion([each] * 6, remaining)
    assert found.p50 == found.p85 == wanted == math.ceil(remaining / each)
    assert found.kansen[wanted - 1] == pytest.approx(0)
    assert found.kansen[wanted] == pytest.approx(1)


def test_drawing_comes_near_to_the_exact_distribution() -> None:
    """Half items are drawn; twice as many wholes are the same question."""
    exact, drawn = completion([0, 1, 3, 4], 9), completion([0, 0.5, 1.5, 2], 4.5, draws=40_000, seed=3)
    assert (exact.methode, drawn.methode) == ("exact", "getrokken")
    assert drawn.kansen == pytest.approx(exact.kansen, abs=0.012)
    again = completion([0, 0.5, 1.5, 2], 4.5, draws=40_000, seed=3)
    assert again.kansen.tolist() == drawn.kansen.tolist()


def test_sums_of_fractions_reach_a_whole() -> None:
    """Ten tenths are one."""
    assert completion([0.1] * 4, 1).p50 == 10


@pytest.mark.parametrize(
    ("past", "remaining", "reason"),
    [
        ([1, 2, 1, 3], 0, "niets_over"),
        ([], 0, "niets_over"),
        ([1, 2, 3], 5, "te_kort"),
        ([1, 2, 3, float("nan")], 5, "te_kort"),
        ([], 5, "te_kort"),
        ([0, 0, 0, 0, 0], 5, "geen_doorstroom"),
    ],
)
def test_what_cannot_carry_a_forecast_says_why(past: list[float], remaining: int, reason: str) -> None:
    """Nothing left is certain; too few quarters, or none with a result, give no number at all."""
    found = completion(past, remaining)
    assert found.reden == reason
    if reason == "niets_over":
        assert (found.p50, found.p85, set(found.kansen)) == (0, 0, {1.0})
    else:
        assert math.isnan(found.p50)
        assert np.isnan(found.kansen).all()


def test_what_lies_beyond_the_horizon_is_unknown() -> None:
    """A chance that is not reached has no quarter."""
    found = completion([0, 0, 0, 1], 10, horizon=30)
    assert math.isnan(found.p85)
    assert found.kansen[-1] < 0.5


@pytest.mark.parametrize(("past", "remaining"), [([1, -1, 2, 3], 4), ([1, 2, 3, 4], -1), ([1, 2, 3, 4], float("nan"))])
def test_impossible_numbers_are_refused(past: list[float], remaining: float) -> None:
    """A negative or unknown number is a fault of the caller."""
    with pytest.raises(ValueError, match="at least 0"):
        completion(past, remaining)


@given(past=st.lists(st.integers(0, 6), min_size=4, max_size=12).filter(any), remaining=st.integers(1, 25))
@settings(max_examples=60, deadline=None)
def test_chances_rise_with_time_and_fall_with_work(past: list[int], remaining: int) -> None:
    """Between 0 and 1, never less a quarter later, never more with one more item to do; order does not matter."""
    found, more = completion(past, remaining).kansen, completion(past, remaining + 1).kansen
    assert found.min() >= 0
    assert found.max() <= 1 + 1e-12
    assert (np.diff(found) >= -1e-12).all()
    assert (more <= found + 1e-12).all()
    assert completion(sorted(past), remaining).kansen == pytest.approx(found)


# --- actions ----------------------------------------------------------------------------------------------------------


def test_every_unfinished_action_has_one_row(known: pd.DataFrame, forecast: Forecast) -> None:
    """Those that are completed or left have none; chances lie between 0 and 1, and a reason means no chance."""
    last = known.drop_duplicates("actie_code", keep="last").set_index("actie_code")
    settled = (last["voortgang_pct"] >= 100) | last["eigen_status"].isin(["stopgezet", "overgenomen"])
    rows = forecast.acties
    assert set(rows["actie_code"]) == set(ACTIONS["actie_code"]) - set(last.index[settled])
    given_ = rows["reden"] == ""
    assert given_.sum() > 10
    assert rows.loc[given_, CHANCES].stack().between(0, 1).all()
    assert rows.loc[~given_, CHANCES].isna().all(axis=None)
    assert (rows.loc[~given_, ["p50", "p85"]] == "").all(axis=None)


def test_the_rows_come_in_the_order_of_the_plan(known: pd.DataFrame, forecast: Forecast) -> None:
    """And in another order they are the same."""
    turned = ACTIONS.sample(frac=1, random_state=3)
    found = per_action(known.sample(frac=1, random_state=4), turned, NOW, end=END, draws=400)
    assert found.acties["actie_code"].tolist() == [
        code for code in turned["actie_code"] if code in set(forecast.acties["actie_code"])
    ]
    columns = ["actie_code", *forecast.acties.columns[1:]]
    pd.testing.assert_frame_equal(
        found.acties.sort_values("actie_code")[columns].reset_index(drop=True),
        forecast.acties.sort_values("actie_code")[columns].reset_index(drop=True),
    )


def test_the_same_seed_is_the_same_forecast(known: pd.DataFrame, forecast: Forecast) -> None:
    """Another seed moves it only a little."""
    again = per_action(known, ACTIONS, NOW, end=END, draws=400)
    pd.testing.assert_frame_equal(again.acties, forecast.acties)
    other = per_action(known, ACTIONS, NOW, end=END, draws=400, seed=1)
    assert not np.array_equal(other.tijden, forecast.tijden)
    assert (other.acties["kans_einde"] - forecast.acties["kans_einde"]).abs().max() < 0.15


def test_later_quarters_do_not_count(known: pd.DataFrame, forecast: Forecast) -> None:
    """A forecast for the past sees only the past; rows of other plans do not count either."""
    later = simulate(ACTIONS, FIRST, Quarter(2026, 2), 11, tables=("voortgang",)).voortgang
    other = later.assign(actie_code="9." + later["actie_code"])
    found = per_action(pd.concat([later, other]), ACTIONS, NOW, end=END, draws=400)
    pd.testing.assert_frame_equal(found.acties, forecast.acties)


def test_a_later_end_is_at_least_as_likely(known: pd.DataFrame) -> None:
    """Chances rise with the quarter that is asked about; the quarters of 50 % and 85 % agree with them."""
    ends = [quarter_at(ordinal(NOW) + ahead) for ahead in range(1, 11, 2)]
    found = [per_action(known, ACTIONS, NOW, end=end, draws=300).acties for end in ends]
    table = pd.concat([one["kans_einde"] for one in found], axis=1).dropna()
    assert len(table) > 10
    assert (table.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    for rows, end in zip(found, ends, strict=True):
        told = rows[rows["reden"] == ""]
        for name, share in (("p50", 0.5), ("p85", 0.85)):
            reached = (told[name] != "") & (told[name] <= str(end))
            assert ((told["kans_einde"] >= share - 1e-9) == reached).all()


@given(place=st.integers(0, 10_000), more=st.sampled_from([5, 10, 20, 40]), seed=st.integers(1, 6))
@settings(max_examples=15, deadline=None)
def test_more_progress_never_makes_it_later(place: int, more: int, seed: int) -> None:
    """In each draw: whatever the last number of an action was, a higher one ends no later."""
    rows = simulate(ACTIONS, FIRST, NOW, seed, tables=("voortgang",)).voortgang
    before = per_action(rows, ACTIONS, NOW, end=END, draws=100)
    code = before.gezien.codes[before.plaatsen[place % len(before.plaatsen)]]
    row = before.acties.set_index("actie_code").loc[code]
    told = (rows["actie_code"] == code) & (rows["kwartaal"] == row["gemeld_op"])
    raised = rows.assign(voortgang_pct=rows["voortgang_pct"].where(~told, min(row["gemeld_pct"] + more, 99)))
    after = per_action(raised, ACTIONS, NOW, end=END, draws=100)
    column = [list(one.plaatsen).index(one.gezien.codes.index(code)) for one in (before, after)]
    assert (after.tijden[:, column[1]] <= before.tijden[:, column[0]] + 1e-9).all()
    better = after.acties.set_index("actie_code").loc[code, CHANCES].astype(float)
    assert (better.fillna(1) >= row[CHANCES].astype(float).fillna(0)).all()


def test_who_went_faster_is_expected_sooner() -> None:
    """Two actions with the same plan and the same last number, one of which took half the time."""
    rows = [*at_pace("1", 10, 25, 40, 60), *at_pace("2", 10, 15, 20, 25, 35, 40, 50, 60)]
    found = asked(*rows)
    assert found.loc["1", "kans_einde"] > found.loc["2", "kans_einde"] + 0.05
    assert found.loc["1", "p50"] < found.loc["2", "p50"]


def test_the_last_percents_take_longer() -> None:
    """Where reports creep at 90 %, another action at 85 % is expected later than where they do not."""
    creeping = [row for code in "34567" for row in at_pace(code, 40, 60, 80, 90, 90, 95, 95, 95, 95, 95, 95)]
    smooth = [row for code in "34567" for row in at_pace(code, 40, 50, 60, 80, 90, last="2024Q3")]
    smooth += [row for code in "34567" for row in at_pace(code, 100, werkelijk_einde="2024-12-31")]
    own = at_pace("1", 40, 55, 70, 85)
    codes = ("1", *"34567")
    slow, fast = asked(*creeping, *own, codes=codes), asked(*smooth, *own, codes=codes)
    assert slow.loc["1", "kans_einde"] < fast.loc["1", "kans_einde"] - 0.1


def test_a_stand_weighs() -> None:
    """An action that came to a stand is less likely to be done soon than one that just moved to the same number."""
    others = [row for code in "345" for row in at_pace(code, 10, 20, 20, 20, 20, 30, 40, 40, 40, 50)]
    moved, stood = at_pace("1", 20, 30, 50, 70), at_pace("1", 20, 50, 70, 70)
    codes = ("1", *"345")
    assert (
        asked(*others, *stood, codes=codes).loc["1", "kans_einde"]
        < asked(*others, *moved, codes=codes).loc["1", "kans_einde"]
    )


def test_what_has_not_begun_starts_from_its_planned_start() -> None:
    """It is expected after one that is under way with the same plan, and not before its planned start."""
    rows = [*at_pace("1", 0, 0, 10, 30), *at_pace("2", 0, 0, 0, 0)]
    later = at_pace("3", 0, 0, 0, 0, gepland_start="2026-01-01", gepland_einde="2027-12-31")
    found = per_action(voortgang(*rows, *later), plan("1", "2", "3"), NOW, end=Quarter(2025, 4), draws=400)
    chances = found.acties.set_index("actie_code")["kans_einde"]
    assert chances["1"] > chances["2"] > chances["3"]
    assert chances["3"] < 0.02


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (at_pace("1", 10, 20, 30), "te_kort"),
        (at_pace("1", 0, 0, 0, 0, 0), "geen_doorstroom"),
        (at_pace("2", 10, 20, 30, 40, 50), "geen_meting"),
        ([*at_pace("1", 10, 20, 30, last="2023Q4"), *at_pace("2", 10, 20, 30, 40)], "stil"),
        ([*at_pace("1", 10, 20, 30, last="2024Q1"), *at_pace("2", 10, 20, 30, 40)], ""),
    ],
)
def test_a_forecast_that_cannot_be_made_says_why(rows: list[dict[str, Any]], reason: str) -> None:
    """Chances are then unknown, never a guess."""
    row = asked(*rows).loc["1"]
    assert row["reden"] == reason
    assert row[CHANCES].isna().all() == (reason != "")
    assert (row["p50"] == "") or reason == ""


def test_silence_is_counted_from_the_last_number() -> None:
    """A row without a number is no number."""
    unknown = [{"actie_code": "1", "kwartaal": "2024Q4", **TWO_YEARS}]
    rows = [*at_pace("1", 10, 20, 30, 40, last="2024Q2"), *unknown, *at_pace("2", 10, 20, 30, 40)]
    row = asked(*rows).loc["1"]
    assert (row["gemeld_pct"], row["gemeld_op"], row["stil"], row["reden"]) == (40, "2024Q2", 2, "")
    assert SILENT == 4


def test_unknown_dates_give_unknown_chances() -> None:
    """Without a planned end nothing can be said about it; the rest is forecast."""
    row = asked(*at_pace("1", 10, 30, 50, 70, gepland_einde=None, verwacht_einde=None), *at_pace("2", 5, 10, 20, 40))
    assert np.isnan(row.loc["1", ["kans_gepland", "kans_verwacht"]].astype(float)).all()
    assert 0 < row.loc["1", "kans_einde"] <= 1


def test_an_end_that_has_passed_is_missed() -> None:
    """An action that is not done by its planned end will not have been."""
    row = asked(*at_pace("1", 10, 30, 50, 70, gepland_einde="2024-09-30"), *at_pace("2", 5, 10, 20, 40)).loc["1"]
    assert row["kans_gepland"] == 0


def test_an_end_beyond_all_sight_has_no_chance() -> None:
    """A planned end in forty years is a slip of the pen, not a certainty."""
    row = asked(*at_pace("1", 10, 30, 50, 70, gepland_einde="2064-09-30"), *at_pace("2", 5, 10, 20, 40)).loc["1"]
    assert np.isnan(row["kans_gepland"])
    assert row["kans_einde"] > 0


def test_the_last_report_decides_what_is_completed() -> None:
    """A number, or the day of the true end, completes an action; a later, lower number opens it again."""
    rows = [
        *at_pace("1", 60, 80, 90, 100),
        *at_pace("2", 20, 40, 60, last="2024Q3"),
        {"actie_code": "2", "kwartaal": "2024Q4", "werkelijk_einde": "2024-11-30"},
        *at_pace("3", 60, 100, 100, 90),
        *at_pace("4", 10, 20, 30, 30, eigen_status="stopgezet"),
        {"actie_code": "5", "kwartaal": "2024Q4", "voortgang_pct": 50, "werkelijk_einde": "2031-01-01"},
    ]
    found = per_action(voortgang(*rows), plan("1", "2", "3", "4", "5"), NOW, end=END, draws=50)
    codes = found.gezien.codes
    assert [code for code, done in zip(codes, found.gezien.done, strict=True) if done] == ["1", "2"]
    assert [code for code, left in zip(codes, found.gezien.left, strict=True) if left] == ["4"]
    assert found.acties["actie_code"].tolist() == ["3", "5"]


def test_an_empty_table_has_no_forecast() -> None:
    """Nothing was delivered: every action is named, with the reason."""
    found = per_action(voortgang(), plan("1", "2"), NOW, end=END, draws=20)
    assert found.acties["reden"].tolist() == ["te_kort", "te_kort"]
    assert completed(found)["p50"].isna().all()
    assert roll_up(found, {"1": "", "2": ""})[["kans", "p50"]].isna().iloc[0].tolist() == [True, False]
    none = per_action(voortgang(), plan(), NOW, end=END, draws=20)
    assert none.acties.empty


# --- groups -----------------------------------------------------------------------------------------------------------


def test_a_group_is_done_when_its_last_action_is(forecast: Forecast) -> None:
    """All children in the same draw: at most the chance of each child, and of each part of the group."""
    rows = forecast.acties.set_index("actie_code")
    above = dict(zip(ACTIONS["actie_code"], ACTIONS["doelstelling_code"], strict=True))
    line = dict(zip(ACTIONS["actie_code"], ACTIONS["krachtlijn_code"], strict=True))
    objectives = roll_up(forecast, above).set_index("groep")
    assert objectives.index.tolist() == list(dict.fromkeys(ACTIONS["doelstelling_code"]))
    for group, one in objectives.iterrows():
        children = rows[rows.index.map(above) == group]
        assert one["acties"] - one["voltooid"] == len(children)
        assert one["zonder"] == (children["reden"] != "").sum()
        if len(children):
            assert one["kans_hoogstens"] <= children["kans_einde"].min() + 1e-9 or children["kans_einde"].isna().all()
        assert np.isnan(one["kans"]) == (one["zonder"] > 0)
    assert objectives["zonder"].gt(0).any()
    assert objectives["zonder"].eq(0).any()
    for group, one in roll_up(forecast, line).set_index("groep").iterrows():
        parts = objectives[objectives.index.str.startswith(f"{group}.")]
        assert one["kans_hoogstens"] <= parts["kans_hoogstens"].min() + 1e-9
        assert one["acties"] == parts["acties"].sum()


def test_a_group_that_is_done_is_done() -> None:
    """For certain, as of now; one that has only actions that left has no chance; and unknown stays unknown."""
    rows = [
        *at_pace("1", 60, 80, 90, 100),
        *at_pace("2", 10, 20, 30, 30, eigen_status="overgenomen"),
        *at_pace("3", 10, 30, 40, 60),
    ]
    found = per_action(voortgang(*rows), plan("1", "2", "3", "4"), NOW, end=END, draws=100)
    groups = roll_up(found, {"1": "a", "2": "b", "3": "c", "4": "d"}).set_index("groep")
    assert groups.loc["a", ["kans", "p50", "p85"]].tolist() == [1, "2024Q4", "2024Q4"]
    assert groups.loc["b", "acties"] == 0
    assert np.isnan(groups.loc["b", "kans_hoogstens"])
    assert 0 < groups.loc["c", "kans"] == found.acties.set_index("actie_code").loc["3", "kans_einde"]
    assert np.isnan(groups.loc["d", "kans"])
    assert groups.loc["d", "zonder"] == 1


def test_numbers_of_actions_rise_and_are_in_order(forecast: Forecast) -> None:
    """From what is completed now to at most all; P10 to P90 in order, and none falls from quarter to quarter."""
    rows = completed(forecast)
    assert rows["kwartaal"].tolist()[:2] == ["2025Q1", "2025Q2"]
    assert rows["vooruit"].tolist() == list(range(1, 13))
    places = rows[["p10", "p50", "p85", "p90"]]
    assert (places.diff(axis=1).iloc[:, 1:] >= 0).all(axis=None)
    assert (rows[["p10", "p50", "p85", "p90", "gemiddelde"]].diff().iloc[1:] >= 0).all(axis=None)
    now = int(forecast.gezien.done.sum())
    assert rows["p10"].min() >= now
    assert rows["p90"].max() <= len(ACTIONS) - forecast.gezien.left.sum()
    # the mean number is the sum of the chances
    ahead = (forecast.tijden <= 4).mean(axis=0).sum()
    assert rows.loc[3, "gemiddelde"] == pytest.approx(now + ahead)


def test_a_number_among_some_counts_only_those(forecast: Forecast) -> None:
    """Of two halves of the plan, the numbers add up in each draw."""
    codes = list(ACTIONS["actie_code"])
    halves = [numbers(forecast, 6, among=codes[:20]), numbers(forecast, 6, among=codes[20:])]
    assert (halves[0] + halves[1]).tolist() == numbers(forecast, 6).tolist()


@given(st.lists(st.integers(0, 30), min_size=1, max_size=200))
@settings(max_examples=100, deadline=None)
def test_an_interval_of_whole_numbers_is_never_empty(drawn: list[int]) -> None:
    """Its ends are numbers that were drawn, around the median; outside each lies at most the tenth, and half an end."""
    many = np.array(drawn)
    low, middle, high = (quantile(many, share) for share in (0.1, 0.5, 0.9))
    assert low <= middle <= high
    assert {low, middle, high} <= set(drawn)
    assert (many < low).mean() + (many == low).mean() / 2 >= 0.1 - 1e-9
    assert (many > high).mean() + (many == high).mean() / 2 >= 0.1 - 1e-9


# --- what it is built of ----------------------------------------------------------------------------------------------


def test_days_become_times() -> None:
    """The last day of a quarter is its end, the first is just after its beginning; unknown stays unknown."""
    days = pd.Series(pd.to_datetime(["2024-12-31", "2025-01-01", "2025-02-14", "2023-12-31", None]))
    found = times(days, ordinal(Quarter(2025, 1)))
    assert found == pytest.approx([0, 1 / 93, 0.5, -4, np.nan], nan_ok=True)


def test_a_lower_number_corrects_those_before_it() -> None:
    """What was gained between reports is never negative."""
    found = seen(grid(voortgang(*at_pace("1", 10, 40, 30, 50)), plan("1"), NOW))
    assert found.progress[:, 0].tolist() == [10, 30, 30, 50]


@pytest.mark.parametrize("shape", [0.3, 1.0, 2.5, 20.0])
def test_gamma_numbers_have_their_mean_and_variance(shape: float) -> None:
    """Both are the shape."""
    rng = np.random.default_rng(5)
    found = gamma(np.full(200_000, shape), rng.normal(size=200_000), 1 - rng.random(200_000))
    assert found.mean() == pytest.approx(shape, rel=0.01)
    assert found.var() == pytest.approx(shape, rel=0.04)


@given(st.floats(0.05, 200))
@settings(max_examples=100, deadline=None)
def test_the_log_gamma_function(value: float) -> None:
    """As the standard library has it."""
    assert log_gamma(np.array([value]))[0] == pytest.approx(math.lgamma(value), abs=2e-5)


def test_quarters_that_differ_for_all_are_told_from_luck() -> None:
    """Independent luck of many actions is no swing; a common factor is."""
    rng = np.random.default_rng(2)
    expected = np.ones((60, 20))
    luck = rng.gamma(2.0, 0.5, (60, 20))
    shared = luck * np.exp(rng.normal(0, 0.5, (1, 20)))
    calm, wild = (swings(gained, expected, np.array([0]))[0] for gained in (luck, shared))
    assert calm < 0.2 < 0.3 < wild < 0.6


def test_a_plan_that_goes_as_planned_is_forecast_so() -> None:
    """Actions that keep to their plan, reported honestly, are expected around their planned end: prudence stays."""
    calm = Process(late=0.01, pace=1.0, spread=0.01, noise=0.05, swing=0.01, stall=1e-6, tail=1.0, taken=0.0,
                   stopped=0.0, silent=0.0, gone=0.0, optimism=0.01, premature=0.0)  # fmt: skip
    now = Quarter(2023, 4)
    rows = simulate(ACTIONS, FIRST, now, 4, process=calm, tables=("voortgang",)).voortgang
    found = per_action(rows, ACTIONS, now, end=END, draws=300).acties.set_index("actie_code")
    planned = rows.groupby("actie_code")["gepland_einde"].last().reindex(found.index)
    near = found["gemeld_pct"].between(30, 99) & (planned <= "2025-03-31")
    late = [
        ordinal(Quarter.parse(name)) - ordinal(Quarter.of(day.date()))
        for name, day in zip(found.loc[near, "p50"], planned[near], strict=True)
    ]
    assert len(late) > 8
    assert min(late) >= 0
    assert max(late) <= 2
    assert np.median(late) <= 1
