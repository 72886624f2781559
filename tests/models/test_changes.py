"""What changed since the previous report."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from analysis.models.changes import MOVES, causes, new_rows, newly_known, silent, status_changes, undated, within


def test_only_actions_with_another_status_have_moved() -> None:
    """A new event that leaves the status as it was is no move."""
    now = pd.DataFrame({"actie_code": ["1", "2", "3"], "status": ["loopt", "voltooid", "geen_spoor"]})
    before = pd.DataFrame({"actie_code": ["1", "2", "3"], "status": ["loopt", "loopt", "geen_spoor"]})
    moved = status_changes(now, before)
    assert moved[["actie_code", "was", "status"]].to_numpy().tolist() == [["2", "loopt", "voltooid"]]


@pytest.mark.parametrize(
    ("was", "status", "move"),
    [
        ("gestart", "loopt", "vooruit"),
        ("loopt", "voltooid", "vooruit"),
        ("loopt", "gestart", "terug"),
        ("loopt", "geen_spoor", "terug"),
        ("geen_spoor", "loopt", "zichtbaar"),
        ("loopt", "vertraagd", "vertraagd"),
        ("geen_spoor", "overgenomen", "overgenomen"),
        ("vertraagd", "loopt", "hersteld"),
    ],
)
def test_each_change_of_status_is_one_move(was: str, status: str, move: str) -> None:
    """Up and down exist between started, running and completed only; silence, delay and take-over are their own."""
    now, before = (pd.DataFrame({"actie_code": ["1"], "status": [value]}) for value in (status, was))
    assert status_changes(now, before)["beweging"].tolist() == [move]
    assert move in MOVES


def test_a_plan_without_moves_gives_an_empty_table() -> None:
    """No change: the columns are there, no row is."""
    same = pd.DataFrame({"actie_code": ["1"], "status": ["loopt"]})
    assert list(status_changes(same, same)["beweging"]) == []


def fresh_events() -> pd.DataFrame:
    """Three new events on action 1, in time, and one on action 2."""
    return pd.DataFrame(
        {
            "actie_code": ["1", "1", "1", "2"],
            "gebeurtenis": ["first step", "done", "afterthought", "announced"],
            "soort": ["mijlpaal", "afgerond", "mijlpaal", "context"],
            "effect_op_voortgang": ["loopt", "voltooid", "loopt", "onbekend"],
            "overname": [False, False, False, True],
        },
        index=[4, 5, 6, 7],
    )


def test_the_event_that_did_it_is_the_one_that_gives_the_status() -> None:
    """Not simply the youngest: a later milestone does not complete an action."""
    changed = pd.DataFrame({"actie_code": ["1", "2"], "status": ["voltooid", "overgenomen"]})
    assert causes(changed, fresh_events())["gebeurtenis"].tolist() == ["done", "announced"]


def test_without_a_new_event_no_cause_is_invented() -> None:
    """An action without new events, or with context only, has an empty row."""
    changed = pd.DataFrame({"actie_code": ["3", "2"], "status": ["loopt", "gestart"]})
    assert causes(changed, fresh_events())["gebeurtenis"].isna().tolist() == [True, True]


def test_new_rows_are_those_whose_key_was_not_there() -> None:
    """Two empty cells are the same key; another column does not make a row new."""
    now = pd.DataFrame({"a": ["x", "x", "y"], "b": [1.0, float("nan"), 1.0], "note": ["new", "new", "new"]})
    before = pd.DataFrame({"a": ["x", "x"], "b": [1.0, float("nan")], "note": ["old", "old"]})
    assert new_rows(now, before, ["a", "b"])["a"].tolist() == ["y"]
    assert new_rows(now.iloc[:0], before, ["a", "b"]).empty


def test_undated_is_what_only_the_collection_dates() -> None:
    """A fact that was published on the day of collection has a date of its own."""
    facts = pd.DataFrame(
        {"bekend_op": pd.to_datetime(["2026-10-08"] * 2), "bekend_regel": ["levering", "gepubliceerd"]}
    )
    assert undated(facts, dt.date(2026, 10, 8)).tolist() == [True, False]


def test_new_is_what_became_known_after_the_previous_report() -> None:
    """A fact of the previous as-of date itself was in that report already."""
    days = pd.to_datetime(["2026-08-13", "2026-08-14", "2026-08-15"])
    facts = pd.DataFrame({"bekend_op": days, "bekend_regel": "gepubliceerd"})
    assert newly_known(facts, dt.date(2026, 8, 14), dt.date(2026, 10, 8)).index.tolist() == [2]


def test_an_undated_fact_is_not_news() -> None:
    """It counts as known from the day of collection only because nobody knows better."""
    facts = pd.DataFrame(
        {
            "bekend_op": pd.to_datetime(["2026-10-08", "2026-10-08", "2026-09-01"]),
            "bekend_regel": ["levering", "gepubliceerd", "afgeleid"],
        }
    )
    assert newly_known(facts, dt.date(2026, 8, 14), dt.date(2026, 10, 8)).index.tolist() == [1, 2]


def test_an_event_is_of_a_quarter_only_when_its_date_says_so() -> None:
    """An event dated by year is not certainly of any quarter."""
    events = pd.DataFrame(
        {
            "datum_van": pd.to_datetime(["2026-07-01", "2026-01-01", "2026-06-30"]),
            "datum_tot": pd.to_datetime(["2026-07-31", "2026-12-31", "2026-06-30"]),
        }
    )
    assert within(events, dt.date(2026, 7, 1), dt.date(2026, 9, 30)).index.tolist() == [0]


def test_silent_actions_run_without_news_for_two_years() -> None:
    """Two years to the day is not yet silent; a finished action is never silent."""
    actions = pd.DataFrame({"status": ["loopt", "gestart", "voltooid"], "leeftijd_dagen": [730, 731, 2000]})
    assert silent(actions).index.tolist() == [1]
