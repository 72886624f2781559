"""What changed since the previous report."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.models.changes import newly_known, silent, status_changes, within


def test_only_actions_with_another_status_have_moved() -> None:
    """A new event that leaves the status as it was is no move."""
    now = pd.DataFrame({"actie_code": ["1", "2", "3"], "status": ["loopt", "voltooid", "geen_spoor"]})
    before = pd.DataFrame({"actie_code": ["1", "2", "3"], "status": ["loopt", "loopt", "geen_spoor"]})
    moved = status_changes(now, before)
    assert moved[["actie_code", "was", "status"]].to_numpy().tolist() == [["2", "loopt", "voltooid"]]


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
