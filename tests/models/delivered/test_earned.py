"""Where the work stands in time: earned schedule, its curves, and the end that is to be expected."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.boordtabel import WHOLE
from analysis.models.delivered.earned import CURVES, FARTHEST, RULES, SCHEDULE, curves, earned_schedule, schedule
from analysis.quarter import Quarter

PLAN = [100, 350, 650, 1050, 1500, 2000, 2500, 2950, 3350, 3650, 3900, 4000]
EARNED = [98, 325, 600, 960, 1360, 1830, 2260]
FIRST, LAST = Quarter(2025, 1), Quarter(2025, 4)
ACTIONS = pd.DataFrame(
    {
        "actie_code": ["1.1.1", "1.1.2", "2.1.1"],
        "doelstelling_code": ["1.1", "1.1", "2.1"],
        "krachtlijn_code": ["1", "1", "2"],
    }
)
UNKNOWN = float("nan")
#: A delivered row: see :func:`delivered`.
Row = tuple[Any, ...]


def delivered(*rows: Row) -> pd.DataFrame:
    """Build a table out of action, quarter, progress, weight, planned start and end, day of reception, own status."""
    names = ["actie_code", "kwartaal", "voortgang_pct", "gewicht", "gepland_start", "gepland_einde", "bekend_op"]
    usual = ("2025-12-31", "groen")
    frame = pd.DataFrame([(*row, *usual[len(row) - 6 :]) for row in rows], columns=[*names, "eigen_status"])
    days = {name: pd.to_datetime(frame[name]) for name in names[4:]}
    return frame.assign(**days).astype({"voortgang_pct": float, "gewicht": float, "actie_code": str, "kwartaal": str})


def year(code: str, quarter: str, done: float, weight: float = 1.0, known: str = "2025-12-31") -> Row:
    """Return a row of an action that is planned for the whole of 2025."""
    return (code, quarter, done, weight, "2025-01-01", "2025-12-31", known)


def plan(rows: pd.DataFrame, until: Quarter, by: str = "plan", actions: pd.DataFrame = ACTIONS) -> pd.DataFrame:
    """Return the curves of a plan for 2025."""
    return curves(rows, actions, by, FIRST, until, LAST)


def test_the_published_example() -> None:
    """Lipke's figures at period 7."""
    found = earned_schedule(PLAN, EARNED, 7)
    assert found.es == pytest.approx(6.52)
    assert found.sv == pytest.approx(-0.48)
    assert found.spi == pytest.approx(0.9314, abs=5e-5)
    assert found.ieac == pytest.approx(12.883, abs=1e-3)
    assert found.pd == 12


@pytest.mark.parametrize(
    ("ev", "at", "es"),
    [
        (EARNED, 0, 0),  # nothing is earned at the start
        (EARNED, 1, 0.98),  # within the first period
        ([350], 1, 2),  # exactly the value of period 2
        ([0], 1, 0),
        ([-5], 1, 0),  # less than nothing is nothing
        ([5000], 1, 12),  # more than all is all
        ([math.inf], 1, 12),
    ],
)
def test_the_moment_at_which_the_plan_had_what_is_earned(ev: list[float], at: int, es: float) -> None:
    """It lies between the start and the planned end, whatever is earned."""
    assert earned_schedule(PLAN, ev, at).es == pytest.approx(es)


@pytest.mark.parametrize(("at", "es"), [(1, 2), (2, 2), (3, 3), (4, 4), (5, 4), (9, 4)])
def test_nobody_is_early_or_late_in_a_planned_pause(at: int, es: float) -> None:
    """Plan: half by period 2, a pause until 4, the rest by 6. Who has half is where the pause comes nearest to now."""
    assert earned_schedule([25, 50, 50, 50, 75, 100], [50] * at, at).es == es


def test_a_pause_does_not_move_what_lies_beside_it() -> None:
    """Just less than half is before the pause, just more is after it."""
    pause = [25, 50, 50, 50, 75, 100]
    assert earned_schedule(pause, [0, 0, 45], 3).es == pytest.approx(1.8)
    assert earned_schedule(pause, [0, 0, 55], 3).es == pytest.approx(4.2)


def test_a_sum_that_differs_by_rounding_is_the_same() -> None:
    """0.1 + 0.2 is a bit more than 0.3: it is in the pause all the same, and a bit less than all is all."""
    assert earned_schedule([0.3, 0.3, 0.3, 0.6], [0.1 + 0.2], 1).es == 1
    assert earned_schedule([0.1 + 0.2, 0.3 + 1e-16, 0.6], [0.0, 0.3], 2).es == 2
    assert earned_schedule([0.1, 0.1 + 0.2], [0.3], 1).sv == 1


def test_what_is_earned_later_does_not_count() -> None:
    """At period 1 half was earned, whatever is known by now of period 2."""
    assert earned_schedule([10, 20], [10, 20], 1).es == 1
    assert earned_schedule([10, 20], [20, 10], 1).es == 2


def test_a_plan_that_starts_later_is_not_late_before() -> None:
    """Nothing is planned in the first two periods: having nothing is on time then, and late from the third."""
    assert [earned_schedule([0, 0, 50, 100], [0] * at, at).sv for at in (1, 2, 3)] == [0, 0, -1]


def test_lateness_stays_what_it_was_at_the_end() -> None:
    """A plan of 3 periods was done in 5: at 5 and at 9 it was two periods late, and its duration is the real one."""
    earned = [10, 20, 25, 28, 30, 30, 30, 30, 30]
    for at in (5, 9):
        found = earned_schedule([10, 20, 30], earned, at)
        assert (found.at, found.es, found.sv, found.ieac) == (5, 3, -2, 5)
        assert found.spi == pytest.approx(0.6)


def test_what_was_taken_back_is_not_done() -> None:
    """All was reported as earned in period 2, less in period 3: the clock runs again."""
    found = earned_schedule([10, 20], [10, 20, 15], 3)
    assert (found.at, found.es) == (3, 1.5)


def test_the_end_of_the_plan_is_where_its_value_ends() -> None:
    """Periods after that add nothing to the planned duration."""
    assert earned_schedule([50, 100, 100, 100], [50], 1) == earned_schedule([50, 100], [50], 1)


@pytest.mark.parametrize("plan_values", [[], [0, 0, 0]])
def test_without_anything_planned_nothing_can_be_said(plan_values: list[float]) -> None:
    """Not even that there is no delay."""
    found = earned_schedule(plan_values, [0, 5], 2)
    assert found.at == 2
    assert all(math.isnan(value) for value in (found.es, found.sv, found.spi, found.pd, found.ieac))


@pytest.mark.parametrize("ev", [[], [10], [10, UNKNOWN]])
def test_an_unknown_earned_value_stays_unknown(ev: list[float]) -> None:
    """The planned duration is known; where the work stands is not."""
    found = earned_schedule([10, 20], ev, 2)
    assert found.pd == 2
    assert math.isnan(found.es)
    assert math.isnan(found.ieac)


def test_without_progress_there_is_no_forecast() -> None:
    """Nor at the start, where there is no pace yet."""
    assert math.isnan(earned_schedule(PLAN, [0, 0], 2).ieac)
    assert earned_schedule(PLAN, [0, 0], 2).spi == 0
    start = earned_schedule(PLAN, EARNED, 0)
    assert (start.es, start.sv) == (0, 0)
    assert math.isnan(start.spi)


@pytest.mark.parametrize(("pv", "at"), [([10, 5], 1), ([-1, 5], 1), ([UNKNOWN], 1), ([1, math.inf], 1), ([1], -1)])
def test_a_planned_value_that_is_no_sum_is_refused(pv: list[float], at: int) -> None:
    """It can only rise, and periods count from nought."""
    with pytest.raises(ValueError, match="never falls"):
        earned_schedule(pv, [1], at)


STEPS = st.lists(st.integers(0, 50), min_size=1, max_size=12)


@given(STEPS, st.lists(st.floats(-10, 700), min_size=1, max_size=15))
@settings(max_examples=100, deadline=None)
def test_the_earned_schedule_lies_within_the_plan(steps: list[int], ev: list[float]) -> None:
    """From 0 to the planned duration, and who has not ended is not expected to end before now."""
    pv = [sum(steps[: place + 1]) for place in range(len(steps))]
    found = earned_schedule(pv, ev, len(ev))
    if sum(steps) == 0:
        assert math.isnan(found.es)
        return
    assert 0 <= found.es <= found.pd <= len(pv)
    assert math.isnan(found.ieac) or found.ieac >= found.at - 1e-9


@given(STEPS, st.floats(0, 600), st.floats(0, 600), st.integers(1, 15))
@settings(max_examples=100, deadline=None)
def test_more_earned_is_never_less_far(steps: list[int], one: float, other: float, at: int) -> None:
    """In the same period, with pauses in the plan too."""
    pv = [1 + sum(steps[: place + 1]) for place in range(len(steps))]
    less, more = (earned_schedule(pv, [0] * (at - 1) + [value], at).es for value in sorted((one, other)))
    assert less <= more + 1e-6


@given(STEPS, st.integers(1, 12))
@settings(max_examples=100, deadline=None)
def test_who_does_what_is_planned_is_on_time(steps: list[int], at: int) -> None:
    """In every period of every plan, before, in and after its pauses."""
    pv = [1 + sum(steps[: place + 1]) for place in range(len(steps))]
    ev = (pv + [pv[-1]] * 12)[:at]
    assert earned_schedule(pv, ev, at).sv == pytest.approx(0)


def test_the_planned_value_grows_day_by_day() -> None:
    """The year has 365 days, of which 90, 181, 273 and 365 have passed at the ends of the quarters; weight 2."""
    found = plan(delivered(year("1.1.1", "2025Q1", 10.0, 2.0)), FIRST)
    assert found["kwartaal"].tolist() == ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    assert found["gepland"].tolist() == pytest.approx([2 * days / 365 for days in (90, 181, 273, 365)])
    assert found["verdiend"].tolist() == pytest.approx([0.2, UNKNOWN, UNKNOWN, UNKNOWN], nan_ok=True)


def test_work_of_one_day_is_planned_on_that_day() -> None:
    """On the last day of a quarter it is in that quarter."""
    found = plan(delivered(("1.1.1", "2025Q1", 0.0, 1.0, "2025-06-30", "2025-06-30")), FIRST)
    assert found["gepland"].tolist() == [0, 1, 1, 1]


def test_the_planning_that_counts_is_the_first_that_was_delivered() -> None:
    """Later dates and weights do not move the plan; nor does a row that was received later about an earlier quarter."""
    late = ("1.1.1", "2025Q2", 50.0, 9.0, "2025-01-01", "2025-12-31", "2025-07-10")
    backfill = ("1.1.1", "2025Q1", 20.0, 9.0, "2025-01-01", "2025-12-31", "2025-08-01")
    first = ("1.1.1", "2025Q1", 30.0, 2.0, "2025-01-01", "2025-03-31", "2025-04-10")
    found = plan(delivered(late, backfill, first), Quarter(2025, 2))
    assert found["gepland"].tolist() == [2, 2, 2, 2]
    assert found["verdiend"].tolist()[:2] == pytest.approx([0.4, 1.0])


def test_a_first_row_without_planning_leaves_it_to_the_next() -> None:
    """Dates that are missing, or in the wrong order, are no planning."""
    none = ("1.1.1", "2025Q1", 10.0, UNKNOWN, None, None, "2025-04-10")
    wrong = ("1.1.1", "2025Q2", 10.0, UNKNOWN, "2025-06-30", "2025-04-01", "2025-07-10")
    good = ("1.1.1", "2025Q3", 10.0, UNKNOWN, "2025-01-01", "2025-03-31", "2025-10-10")
    assert plan(delivered(none, wrong, good), Quarter(2025, 3))["gepland"].tolist() == [1, 1, 1, 1]
    assert plan(delivered(none, wrong), Quarter(2025, 2))["bekend_aandeel"].tolist()[:2] == [0, 0]


def test_a_report_is_carried_one_quarter_and_no_further() -> None:
    """Reported on Q1: known in Q2, unknown in Q3."""
    found = plan(delivered(year("1.1.1", "2025Q1", 40.0)), Quarter(2025, 2), actions=ACTIONS.head(1))
    assert found["verdiend"].tolist()[:2] == [0.4, 0.4]
    assert found["bekend_aandeel"].tolist() == pytest.approx([1, 1, UNKNOWN, UNKNOWN], nan_ok=True)
    third = plan(delivered(year("1.1.1", "2025Q1", 40.0)), Quarter(2025, 3), actions=ACTIONS.head(1))
    assert third["bekend_aandeel"].tolist()[:3] == [1, 1, 0]
    assert third["verdiend"].isna().all()


def test_a_report_on_the_quarter_before_the_plan_is_carried_into_it() -> None:
    """As any other is."""
    assert plan(delivered(year("1.1.1", "2024Q4", 40.0)), FIRST)["verdiend"].iloc[0] == pytest.approx(0.4)
    assert plan(delivered(year("1.1.1", "2024Q3", 40.0)), FIRST)["verdiend"].isna().all()


def test_a_correction_replaces_what_was_reported_on_the_quarter() -> None:
    """The row that was received last counts, in whichever order the rows stand."""
    rows = delivered(
        year("1.1.1", "2025Q1", 15.0, known="2025-05-02"), year("1.1.1", "2025Q1", 90.0, known="2025-04-10")
    )
    assert plan(rows, FIRST)["verdiend"].iloc[0] == pytest.approx(0.15)


def test_the_share_that_is_known_is_of_the_weight_of_all_actions() -> None:
    """One of three actions is known and weighs 4; of the others nothing was delivered, so they weigh 1 each."""
    found = plan(delivered(year("1.1.1", "2025Q1", 50.0, 4.0)), FIRST).iloc[0]
    assert found["bekend_aandeel"] == pytest.approx(4 / 6)
    assert (found["gewicht"], found["gewicht_alles"]) == (4, 6)


def test_weights_may_be_small() -> None:
    """All of a weight of a tenth is all."""
    found = plan(delivered(year("1.1.1", "2025Q1", 50.0, 0.1)), FIRST, actions=ACTIONS.head(1)).iloc[0]
    assert (found["bekend_aandeel"], found["verdiend"]) == (1, pytest.approx(0.05))


def test_like_is_compared_with_like() -> None:
    """Of the second action the progress is unknown: it counts neither as planned nor as earned, but is in ``alles``."""
    found = plan(delivered(year("1.1.1", "2025Q1", 50.0), year("1.1.2", "2025Q1", UNKNOWN, 3.0)), FIRST).iloc[0]
    assert found["gepland"] == pytest.approx(90 / 365)
    assert found["gepland_alles"] == pytest.approx(4 * 90 / 365)
    assert found["verdiend"] == 0.5


def left(code: str, quarter: str, done: float, weight: float = 1.0, word: str = "stopgezet") -> Row:
    """Return a row of an action that is planned for the whole of 2025 and is no longer part of the work."""
    return (*year(code, quarter, done, weight), word)


@pytest.mark.parametrize("word", ["stopgezet", "overgenomen"])
def test_what_left_the_plan_is_part_of_no_quarter(word: str) -> None:
    """Neither its planning nor what was earned on it, also before it left: as if it had never been in the plan."""
    stays = [year("1.1.1", f"2025Q{number}", 10.0 * number) for number in (1, 2)]
    rows = delivered(*stays, year("1.1.2", "2025Q1", 90.0, 3.0), left("1.1.2", "2025Q2", 90.0, 3.0, word))
    two = ACTIONS.head(2)
    for by in ("plan", "doelstelling"):
        found = plan(rows, Quarter(2025, 2), by, two)
        pd.testing.assert_frame_equal(found, plan(delivered(*stays), Quarter(2025, 2), by, two.head(1)))
    before = plan(rows, FIRST, actions=two).iloc[0]
    assert (before["gewicht"], before["verdiend"]) == (4, pytest.approx(0.1 + 2.7))  # it was still there


def test_only_the_youngest_row_that_counts_says_that_an_action_left() -> None:
    """Silence after it changes nothing; a later row that says otherwise, or a correction, brings it back."""
    gone = left("1.1.1", "2025Q1", 50.0)
    assert plan(delivered(gone), Quarter(2025, 4), actions=ACTIONS.head(1))["gewicht_alles"].tolist() == [0] * 4
    again = delivered(gone, year("1.1.1", "2025Q2", 50.0))
    assert plan(again, Quarter(2025, 2), actions=ACTIONS.head(1))["gewicht"].tolist() == [1] * 4
    corrected = delivered(gone, year("1.1.1", "2025Q1", 50.0, known="2026-01-31"))
    assert plan(corrected, FIRST, actions=ACTIONS.head(1))["gewicht"].tolist() == [1] * 4


def test_a_plan_is_not_longer_than_what_is_left_of_it() -> None:
    """An action until the end of 2026 that was stopped asks for no quarters after the plan."""
    long = ("1.1.1", "2025Q1", 0.0, 1.0, "2025-01-01", "2026-12-31", "2025-12-31", "stopgezet")
    assert plan(delivered(long, year("1.1.2", "2025Q1", 0.0)), FIRST)["kwartaal"].iloc[-1] == "2025Q4"


def test_of_a_group_of_which_all_has_left_nothing_is_planned() -> None:
    """That is known, and is not that too little is known; the other groups have their own curves."""
    rows = delivered(*(left(code, "2025Q1", 50.0) for code in ("1.1.1", "1.1.2")), year("2.1.1", "2025Q1", 25.0))
    curve = plan(rows, FIRST, "doelstelling")
    own = curve[curve["code"] == "1.1"]
    assert own[["gepland", "gewicht", "gepland_alles", "gewicht_alles"]].eq(0).all(axis=None)
    assert own["verdiend"].isna().all()
    found = schedule(curve).set_index("code")
    assert found["regel"].tolist() == ["niets_gepland", ""]
    assert found.loc["1.1", ["einde_gepland", "einde_verwacht"]].tolist() == ["onbekend", "onbekend"]
    assert found.loc["1.1", ["es", "sv", "spi", "pd"]].isna().all()


@pytest.mark.parametrize(
    ("by", "codes", "values"),
    [("plan", [WHOLE], [1.5]), ("krachtlijn", ["1", "2"], [0.5, 1.0]), ("doelstelling", ["1.1", "2.1"], [0.5, 1.0])],
)
def test_each_group_has_its_own_curves(by: str, codes: list[str], values: list[float]) -> None:
    """In the order of the plan; actions of another plan are left out."""
    rows = delivered(*(year(code, "2025Q1", done) for code, done in (("1.1.1", 50), ("2.1.1", 100), ("9.9.9", 100))))
    found = plan(rows, FIRST, by)
    assert found["code"].drop_duplicates().tolist() == codes
    assert found.loc[found["periode"] == 1, "verdiend"].tolist() == values


def test_another_group_is_refused() -> None:
    """With its name."""
    with pytest.raises(ValueError, match="'actie'"):
        plan(delivered(), FIRST, "actie")


def test_what_is_planned_after_the_plan_is_shown() -> None:
    """An action until the end of 2026 has all its quarters, so that the plan is not done before; a typo has few."""
    long = ("1.1.1", "2025Q1", 0.0, 1.0, "2025-01-01", "2026-12-31")
    after = plan(delivered(long, year("1.1.2", "2025Q1", 0.0)), FIRST)
    assert after["kwartaal"].iloc[-1] == "2026Q4"
    typo = plan(delivered(("1.1.1", "2025Q1", 0.0, 1.0, "2025-01-01", "2205-12-31")), FIRST)
    assert len(typo) == FARTHEST


def test_empty_tables_give_empty_ends() -> None:
    """Without a delivery the plan is there and nothing is known of it; without actions there is nothing."""
    found = plan(delivered(), FIRST)
    assert found["bekend_aandeel"].tolist() == pytest.approx([0, UNKNOWN, UNKNOWN, UNKNOWN], nan_ok=True)
    standing = schedule(found).iloc[0]
    assert (standing["regel"], standing["einde_verwacht"]) == ("te_weinig_bekend", "onbekend")
    nothing = plan(delivered(), FIRST, "krachtlijn", ACTIONS.iloc[:0])
    assert nothing.columns.tolist() == list(CURVES)
    assert schedule(nothing).columns.tolist() == list(SCHEDULE)


def test_the_expected_end_is_the_quarter_in_which_the_expected_duration_ends() -> None:
    """Half of what was planned for the first half year is done: twice as long, so until the end of 2026."""
    half = 100 * 181 / 365 / 2
    standing = schedule(plan(delivered(year("1.1.1", "2025Q2", half)), Quarter(2025, 2), actions=ACTIONS.head(1))).iloc[
        0
    ]
    assert standing["kwartaal"] == "2025Q2"
    assert standing["es"] == pytest.approx(1 + (half / 100 * 365 - 90) / 91)
    assert standing["ieac"] == pytest.approx(4 / standing["spi"])
    assert (standing["einde_gepland"], standing["einde_verwacht"], standing["regel"]) == ("2025Q4", "2026Q4", "")


def test_a_plan_that_is_done_ended_when_it_did() -> None:
    """All was done in the third quarter; the fourth changes nothing."""
    rows = [year("1.1.1", f"2025Q{number}", done) for number, done in enumerate((20, 60, 100, 100), 1)]
    standing = schedule(plan(delivered(*rows), LAST, actions=ACTIONS.head(1))).iloc[0]
    assert (standing["at"], standing["sv"], standing["einde_verwacht"]) == (3, 1, "2025Q3")


@pytest.mark.parametrize(
    ("rows", "rule"),
    [
        ([year("1.1.1", "2025Q1", 50.0)], "te_weinig_bekend"),  # one of three
        ([year(code, "2025Q1", 0.0) for code in ACTIONS["actie_code"]], "niets_verdiend"),
        ([year(code, "2025Q1", 0.5) for code in ACTIONS["actie_code"]], "te_ver"),
        ([year(code, "2025Q1", 25.0) for code in ACTIONS["actie_code"][:2]], ""),  # two of three
        ([year("1.1.1", "2025Q1", 25.0, 2.0)], ""),  # half of the weight
        ([year(code, "2025Q1", 50.0, 0.0) for code in ACTIONS["actie_code"]], "te_weinig_bekend"),
    ],
)
def test_without_a_forecast_the_end_is_unknown_and_says_why(rows: list[Row], rule: str) -> None:
    """Too little known, no progress, or so little that the forecast says nothing."""
    standing = schedule(plan(delivered(*rows), FIRST)).iloc[0]
    assert standing["regel"] == rule
    assert rule in RULES
    assert (standing["einde_verwacht"] == "onbekend") == (rule != "")


def test_a_plan_of_one_quarter_has_an_end() -> None:
    """It was planned for the first quarter, and half is done by then."""
    rows = delivered(("1.1.1", "2025Q1", 50.0, 1.0, "2025-01-01", "2025-03-31"))
    standing = schedule(plan(rows, FIRST, actions=ACTIONS.head(1))).iloc[0]
    assert (standing["einde_gepland"], standing["einde_verwacht"]) == ("2025Q1", "2025Q2")


def test_before_the_plan_nothing_is_known() -> None:
    """A report on the quarter before the first has no rows of its own."""
    standing = schedule(plan(delivered(year("1.1.1", "2025Q1", 50.0)), Quarter(2024, 4))).iloc[0]
    assert (standing["kwartaal"], standing["at"], standing["regel"]) == ("", 0, "te_weinig_bekend")
