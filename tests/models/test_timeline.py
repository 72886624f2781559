"""Events in the cells of a time line."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.models import timeline


def events() -> pd.DataFrame:
    """One event before the plan, one of which only the year is known, one dated to the day."""
    return pd.DataFrame(
        {
            "actie_code": ["1.1.1", "1.1.2", "1.1.2"],
            "datum_van": pd.to_datetime(["2019-12-01", "2021-01-01", "2021-11-05"]),
            "datum_tot": pd.to_datetime(["2019-12-31", "2021-12-31", "2021-11-05"]),
            "soort": ["context", "mijlpaal", "start"],
            "zekerheid": ["hoog", "laag", "hoog"],
        }
    )


LINES = {"1.1.1": "1", "1.1.2": "1"}


def test_every_event_has_its_own_place() -> None:
    """Places count within a cell, by kind; no event is lost."""
    rows = timeline.placed(events(), LINES, first_year=2021)
    assert rows[["jaar", "soort", "plaats"]].to_numpy().tolist() == [
        [2020, "context", 0],
        [2021, "start", 0],
        [2021, "mijlpaal", 1],
    ]


def test_cells_count_every_event_once() -> None:
    """And say how many are highly certain."""
    cells = timeline.cells(timeline.placed(events(), LINES, first_year=2021))
    assert cells["aantal"].sum() == 3
    assert cells.loc[cells["soort"] == "mijlpaal", "hoog"].tolist() == [0]


def test_an_event_dated_by_year_may_belong_to_the_last_quarters() -> None:
    """It stays in, below the events with a closer date, and is counted as doubtful."""
    since = dt.date(2021, 7, 1)
    recent = timeline.since(events(), since)
    assert recent["soort"].tolist() == ["start", "mijlpaal"]
    assert timeline.may_be_earlier(recent, since) == 1
