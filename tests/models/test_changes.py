"""What changed since the previous report."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.models.changes import newly_known, silent, status_changes


def test_only_actions_with_another_status_have_moved() -> None:
    """A new event that leaves the status as it was is no move."""
    now = pd.DataFrame({"actie_code": ["1", "2", "3"], "status": ["loopt", "voltooid", "geen_spoor"]})
    before = pd.DataFrame({"actie_code": ["1", "2", "3"], "status": ["loopt", "loopt", "geen_spoor"]})
    moved = status_changes(now, before)
    assert moved[["actie_code", "was", "status"]].to_numpy().tolist() == [["2", "loopt", "voltooid"]]


def test_new_is_what_became_known_after_the_previous_report() -> None:
    """A fact of the previous as-of date itself was in that report already."""
    facts = pd.DataFrame({"bekend_op": pd.to_datetime(["2026-08-13", "2026-08-14", "2026-08-15"])})
    assert newly_known(facts, dt.date(2026, 8, 14)).index.tolist() == [2]


def test_silent_actions_run_without_news_for_two_years() -> None:
    """Two years to the day is not yet silent; a finished action is never silent."""
    actions = pd.DataFrame({"status": ["loopt", "gestart", "voltooid"], "leeftijd_dagen": [730, 731, 2000]})
    assert silent(actions).index.tolist() == [1]
