"""One computed status per action, out of what was delivered."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.status import (
    DATES,
    FINDINGS,
    RANK,
    RULES,
    STATUSES,
    action_status,
    expected_pct,
    original_plan,
    status_history,
)
from analysis.quarter import Quarter
from tests.models.delivered.frames import plan, quarters, voortgang

QUARTER = Quarter(2026, 3)
AS_OF = dt.date(2026, 9, 30)
#: A plan of two hundred days of which half are over on the day: it asks for 50 %.
HALFWAY = {"gepland_start": "2026-06-22", "gepland_einde": "2027-01-08"}
FUTURE = {"gepland_start": "2026-10-01", "gepland_einde": "2026-12-31"}
OVER = {"gepland_start": "2026-01-01", "gepland_einde": "2026-09-29"}


def one(*rows: dict[str, Any]) -> pd.Series:
    """Return what is found of action 1.1.1."""
    return action_status(plan("1.1.1"), voortgang(*rows), AS_OF, QUARTER).iloc[0]


CASES: list[tuple[dict[str, Any] | None, str, str]] = [
    (None, "onbekend", "geen_levering"),
    ({"eigen_status": "overgenomen", **OVER, "voortgang_pct": 10}, "overgenomen", "overgenomen"),
    ({"eigen_status": "stopgezet", **OVER, "voortgang_pct": 10}, "stopgezet", "stopgezet"),
    ({"eigen_status": "stopgezet", "werkelijk_einde": "2026-05-01"}, "stopgezet", "stopgezet"),
    ({"werkelijk_einde": "2026-09-30"}, "voltooid", "werkelijk_einde"),
    ({"voortgang_pct": 100, **OVER}, "voltooid", "honderd_procent"),
    ({"voortgang_pct": 60, **HALFWAY, "kwartaal": "2026Q1"}, "onbekend", "stil"),
    ({"eigen_status": "groen"}, "onbekend", "geen_gegevens"),
    (
        {"voortgang_pct": 50, "gepland_start": "2026-09-01", "gepland_einde": "2026-08-31"},
        "onbekend",
        "einde_voor_start",
    ),
    ({"voortgang_pct": 99, **OVER}, "rood", "einde_voorbij"),
    ({"eigen_status": "groen", **OVER}, "rood", "einde_voorbij"),
    ({"voortgang_pct": 60, **HALFWAY, "verwacht_einde": "2027-04-09"}, "rood", "uitloop"),
    ({"voortgang_pct": 0, "gepland_start": "2026-07-01", "gepland_einde": "2030-12-31"}, "rood", "niet_gestart"),
    ({"voortgang_pct": 24.9, **HALFWAY}, "rood", "achterstand"),
    ({"voortgang_pct": 50, "gepland_start": "2026-09-30", "gepland_einde": "2026-09-30"}, "rood", "achterstand"),
    ({"voortgang_pct": 60, **HALFWAY, "verwacht_einde": "2027-02-08"}, "oranje", "uitloop"),
    ({"voortgang_pct": 0, **FUTURE, "verwacht_einde": "2027-02-01"}, "oranje", "uitloop"),
    ({"voortgang_pct": 0, "gepland_start": "2026-09-29", "gepland_einde": "2030-12-31"}, "oranje", "niet_gestart"),
    ({"eigen_status": "niet_gestart", "gepland_start": "2026-09-01"}, "oranje", "niet_gestart"),
    ({"voortgang_pct": 39.9, **HALFWAY}, "oranje", "achterstand"),
    ({"voortgang_pct": 0, **FUTURE}, "nog_niet_gepland", "start_later"),
    (FUTURE, "nog_niet_gepland", "start_later"),
    ({"voortgang_pct": 5, **FUTURE}, "groen", "op_schema"),
    ({"voortgang_pct": 0, "gepland_start": "2026-09-30", "gepland_einde": "2026-12-31"}, "groen", "op_schema"),
    ({"voortgang_pct": 40, **HALFWAY}, "groen", "op_schema"),
    (HALFWAY, "onbekend", "geen_voortgang"),
    ({"eigen_status": "voltooid", **HALFWAY}, "onbekend", "geen_voortgang"),
    ({"eigen_status": "voltooid", **OVER}, "onbekend", "geen_voortgang"),
    ({"voortgang_pct": 50}, "onbekend", "geen_plan"),
    ({"voortgang_pct": 50, "gepland_start": "2026-10-01"}, "onbekend", "geen_plan"),
]


@pytest.mark.parametrize(("row", "status", "rule"), CASES)
def test_the_first_rule_that_applies_gives_the_status(row: dict[str, Any] | None, status: str, rule: str) -> None:
    """Each row of the table of rules, with the cases at its edge."""
    found = one(*([] if row is None else [row]))
    assert (found["status"], found["regel"]) == (status, rule)


def test_every_rule_has_a_case() -> None:
    """No rule stands in the table that nothing can reach, and no status is missing from the list."""
    assert {(rule.status, rule.code) for rule in RULES} == {(status, rule) for _, status, rule in CASES}
    assert {rule.status for rule in RULES} == set(STATUSES)


def test_the_edge_of_a_threshold_still_is_the_better_status() -> None:
    """Exactly ten points, or exactly thirty days: the threshold must be passed."""
    assert one({"voortgang_pct": 40, **HALFWAY})["achterstand"] == 10
    assert one({"voortgang_pct": 25, **HALFWAY})["status"] == "oranje"
    assert one({"voortgang_pct": 50, **HALFWAY, "verwacht_einde": "2027-02-07"})["status"] == "groen"
    assert one({"voortgang_pct": 50, **HALFWAY, "verwacht_einde": "2027-04-08"})["status"] == "oranje"
    assert one({"voortgang_pct": 90, **HALFWAY, "gepland_einde": "2026-09-30"})["regel"] == "op_schema"


def test_a_status_explains_itself() -> None:
    """The rule tells what it compared, with what; a rule that compares nothing says so."""
    late = one({"voortgang_pct": 60, **HALFWAY, "verwacht_einde": "2027-04-09"})
    assert late[["gemeten", "drempel", "uitloop_dagen"]].tolist() == [91, 90, 91]
    assert late[["verwacht_pct", "achterstand", "gewicht", "leeftijd_kwartalen"]].tolist() == [50, -10, 1, 0]
    assert late["einde"] == pd.Timestamp("2027-04-09")
    assert one(HALFWAY)[["gemeten", "drempel"]].isna().all()
    silent = one({"voortgang_pct": 60, "kwartaal": "2025Q4"})
    assert silent[["gemeten", "drempel", "leeftijd_kwartalen"]].tolist() == [3, 1, 3]


def test_re_planning_does_not_make_a_delay_go_away() -> None:
    """The plan that counts is the one that was delivered first, also when that very quarter is corrected later."""
    moved = {"gepland_start": "2026-01-01", "gepland_einde": "2027-12-31", "voortgang_pct": 80}
    first = {**OVER, "voortgang_pct": 10, "bekend_op": "2026-07-10", "kwartaal": "2026Q2"}
    found = one(first, {**first, **moved, "bekend_op": "2026-08-01"}, moved)
    assert found["oorspronkelijk_einde"] == pd.Timestamp("2026-09-29")
    assert (found["status"], found["regel"]) == ("rood", "einde_voorbij")
    assert found["uitloop_dagen"] == 458  # nobody says when it is expected, so the new plan tells


def test_a_plan_that_came_later_is_still_the_first() -> None:
    """What the first delivery left out, the next one that gives it says."""
    rows = voortgang(*quarters("2026Q3", {"gepland_start": "2026-01-01"}, {"gepland_einde": "2026-12-31"}, HALFWAY))
    dates = original_plan(rows, QUARTER).iloc[0]
    assert dates.tolist() == ["1.1.1", pd.Timestamp("2026-01-01"), pd.Timestamp("2026-12-31")]


def test_an_untouched_plan_says_nothing_of_the_expected_end() -> None:
    """Without an expected end the slip is unknown, not nought; an end that is said to be on the day is nought."""
    assert pd.isna(one({"voortgang_pct": 50, **HALFWAY})["uitloop_dagen"])
    assert one({"voortgang_pct": 50, **HALFWAY, "verwacht_einde": "2027-01-08"})["uitloop_dagen"] == 0


def test_the_row_that_counts_is_the_last_word_on_the_youngest_quarter() -> None:
    """A correction replaces; a late delivery on an old quarter does not; one on a quarter to come is not looked at."""
    rows = [
        {"voortgang_pct": 10, **HALFWAY},
        {"voortgang_pct": 50, **HALFWAY, "bekend_op": "2026-11-01"},
        {"voortgang_pct": 1, **HALFWAY, "kwartaal": "2026Q2", "bekend_op": "2026-11-10"},
        {"voortgang_pct": 2, **HALFWAY, "kwartaal": "2026Q4", "bekend_op": "2026-11-12"},
    ]
    assert one(*rows)["voortgang_pct"] == 50


def test_the_row_of_one_quarter_earlier_is_not_stale() -> None:
    """It is judged on the day of the report all the same; the one before it is silence."""
    row = {"voortgang_pct": 60, **HALFWAY}
    assert one({**row, "kwartaal": "2026Q2"})[["status", "leeftijd_kwartalen"]].tolist() == ["groen", 1]
    assert one({**row, "kwartaal": "2026Q1"})["regel"] == "stil"


def test_what_is_over_needs_no_news() -> None:
    """Years later a completed or stopped action still is."""
    assert one({"voortgang_pct": 100, "kwartaal": "2023Q1"})["status"] == "voltooid"
    assert one({"eigen_status": "stopgezet", "kwartaal": "2023Q1"})["status"] == "stopgezet"


def test_a_realised_end_needs_its_progress() -> None:
    """An end beside 80 % completes nothing, nor does one that has yet to come."""
    assert one({"voortgang_pct": 80, "werkelijk_einde": "2026-09-01", **HALFWAY})["status"] == "groen"
    assert one({"werkelijk_einde": "2026-10-01", **HALFWAY})["status"] == "onbekend"
    ended = one({"werkelijk_einde": "2026-09-30", "verwacht_einde": "2026-12-31", **OVER})
    assert ended[["status", "uitloop_dagen"]].tolist() == ["voltooid", 1]


def test_a_realised_start_is_a_start() -> None:
    """At 0 % an action has started when its owner gives a day for it that is not in the future."""
    late = {"voortgang_pct": 0, "gepland_start": "2026-09-01", "gepland_einde": "2030-12-31"}
    assert one({**late, "werkelijk_start": "2026-09-15"})["status"] == "groen"
    assert one({**late, "werkelijk_start": "2026-10-15"})["regel"] == "niet_gestart"


def test_a_plan_of_one_day_asks_for_all_on_that_day() -> None:
    """Before it nothing, on it and after it everything; a plan that ends before it starts asks for nothing."""
    days = pd.Series(pd.to_datetime(["2026-01-09", "2026-01-10", "2026-01-11", "2026-01-10"]))
    start = pd.Series(pd.Timestamp("2026-01-10"), index=days.index)
    end = pd.Series(pd.to_datetime(["2026-01-10", "2026-01-10", "2026-01-10", "2026-01-09"]))
    assert expected_pct(start, end, days).tolist()[:3] == [0, 100, 100]
    assert expected_pct(start, end, days).isna().tolist() == [False, False, False, True]


def test_each_quarter_is_judged_at_its_own_time() -> None:
    """The history asks each row at the end of its quarter, with the plan that was first; the last agrees with today."""
    rows = voortgang(
        *quarters(
            "2026Q3",
            {"voortgang_pct": 0, "gepland_start": "2026-01-01", "gepland_einde": "2026-12-31"},
            {"voortgang_pct": 50},
            {"voortgang_pct": 60},
        )
    )
    past = status_history(rows, AS_OF, QUARTER)
    assert past["kwartaal"].tolist() == ["2026Q1", "2026Q2", "2026Q3"]
    assert past["status"].tolist() == ["oranje", "groen", "oranje"]
    assert past["verwacht_pct"].round(1).tolist() == [24.5, 49.5, 74.7]
    now = action_status(plan("1.1.1"), rows, AS_OF, QUARTER)
    assert past.iloc[-1][list(FINDINGS)].astype(str).tolist() == now.iloc[0][list(FINDINGS)].astype(str).tolist()


def test_the_lag_of_the_report_holds_for_its_history() -> None:
    """A report that looks 45 days later asks each quarter 45 days later."""
    rows = voortgang({"voortgang_pct": 50, **HALFWAY, "kwartaal": "2026Q2"})
    past = status_history(rows, dt.date(2026, 11, 14), QUARTER)
    assert past["verwacht_pct"].tolist() == [26.5]  # 14 August: 53 of 200 days


def test_empty_tables_have_all_columns() -> None:
    """No delivery: all is unknown. No action: no row. Columns of the plan are kept."""
    none = action_status(plan("1.1.1", "1.1.2"), voortgang(), AS_OF, QUARTER)
    assert none["regel"].tolist() == ["geen_levering", "geen_levering"]
    assert none["kwartaal"].tolist() == ["", ""]
    assert {"label", *FINDINGS} <= set(action_status(plan(), voortgang(), AS_OF, QUARTER))
    assert status_history(voortgang(), AS_OF, QUARTER).empty


# --- what holds of any row -----------------------------------------------------------------------------------------

days = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2028, 12, 31))
words = st.sampled_from(["", "niet_gestart", "groen", "oranje", "rood", "voltooid", "stopgezet", "overgenomen"])
any_row = st.fixed_dictionaries(
    {
        "voortgang_pct": st.none() | st.floats(0, 100),
        "eigen_status": words,
        "gewicht": st.none() | st.floats(0, 10),
        "kwartaal": st.sampled_from(["2025Q4", "2026Q1", "2026Q2", "2026Q3"]),
        **dict.fromkeys(DATES, days),
    }
)


def judged(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the status of each row, each being an action of its own."""
    codes = [f"1.1.{number}" for number in range(len(rows))]
    filled = [{**row, "voortgang_pct": float("nan")} if row["voortgang_pct"] is None else row for row in rows]
    own = [{**row, "actie_code": code} for row, code in zip(filled, codes, strict=True)]
    return action_status(plan(*codes), voortgang(*own), AS_OF, QUARTER)


@given(st.lists(any_row, min_size=1, max_size=10))
@settings(max_examples=25, deadline=None)
def test_every_row_has_one_status_and_silence_is_never_green(rows: list[dict[str, Any]]) -> None:
    """Whatever is missing or contradicts itself: one status of the list, by a rule of the table; green is earned."""
    found = judged(rows)
    assert len(found) == len(rows)
    assert set(zip(found["status"], found["regel"], strict=True)) <= {(rule.status, rule.code) for rule in RULES}
    green = found[found["status"] == "groen"]
    known = ["voortgang_pct", "oorspronkelijk_start", "oorspronkelijk_einde", "achterstand"]
    assert green[known].notna().all(axis=None)
    assert (green["achterstand"] <= 10).all()
    assert (green["leeftijd_kwartalen"] <= 1).all()


@given(st.lists(st.tuples(any_row, st.floats(0, 100), st.floats(0, 100)), min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_more_progress_is_never_worse(pairs: list[tuple[dict[str, Any], float, float]]) -> None:
    """Of two rows that differ in progress alone, the one with more has the better status, where the two compare."""
    less = [{**row, "voortgang_pct": min(one, two)} for row, one, two in pairs]
    more = [{**row, "voortgang_pct": max(one, two)} for row, one, two in pairs]
    ranks = judged([*less, *more])["status"].map(RANK).to_numpy()
    assert not (ranks[len(pairs) :] < ranks[: len(pairs)]).any()


@given(st.lists(any_row, min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_what_becomes_unknown_never_becomes_green(rows: list[dict[str, Any]]) -> None:
    """Without its progress, or without its planned dates, no row is green."""
    unmeasured = [{**row, "voortgang_pct": None} for row in rows]
    undated = [{**row, "gepland_start": None, "gepland_einde": None} for row in rows]
    assert "groen" not in set(judged([*unmeasured, *undated])["status"])
