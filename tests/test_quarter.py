"""Quarters: what is accepted, and how they follow each other."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.errors import KrachtlijnError
from analysis.quarter import Quarter


@pytest.mark.parametrize("text", ["2026Q5", "2026-Q3", "2026q3", "26Q3", "2026Q", "", "2026Q33", " 2026Q3"])
def test_anything_but_a_quarter_is_refused(text: str) -> None:
    """A malformed quarter is an error that says how to write it."""
    with pytest.raises(KrachtlijnError, match="not a quarter") as fault:
        Quarter.parse(text)
    assert fault.value.do == "write it as 2026Q3"


def test_quarters_follow_each_other_over_the_year() -> None:
    """Previous and next cross the year, and undo each other."""
    assert str(Quarter.parse("2025Q4").next()) == "2026Q1"
    assert Quarter.parse("2026Q1").previous().next() == Quarter(2026, 1)
    assert Quarter(2025, 4) < Quarter(2026, 1)


@pytest.mark.parametrize(
    ("quarter", "start", "end"),
    [
        ("2024Q1", dt.date(2024, 1, 1), dt.date(2024, 3, 31)),
        ("2024Q4", dt.date(2024, 10, 1), dt.date(2024, 12, 31)),
    ],
)
def test_a_quarter_knows_its_first_and_last_day(quarter: str, start: dt.date, end: dt.date) -> None:
    """The days are those of the calendar quarter."""
    assert (Quarter.parse(quarter).start, Quarter.parse(quarter).end) == (start, end)


def test_the_latest_complete_quarter_is_over() -> None:
    """On the last day of a quarter that quarter is not over yet; on the next day it is."""
    assert str(Quarter.latest_complete(dt.date(2026, 12, 31))) == "2026Q3"
    assert str(Quarter.latest_complete(dt.date(2027, 1, 1))) == "2026Q4"
