"""Dates as sources write them."""

from __future__ import annotations

import datetime as dt

import pytest

from analysis.period import Period


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2022", "2022-01-01", "2022-12-31", "jaar"),
        ("2022-10", "2022-10-01", "2022-10-31", "maand"),
        ("2024-02", "2024-02-01", "2024-02-29", "maand"),
        ("2025Q3", "2025-07-01", "2025-09-30", "kwartaal"),
        ("2024H1", "2024-01-01", "2024-06-30", "halfjaar"),
        ("2024-04-12", "2024-04-12", "2024-04-12", "dag"),
        ("2017/2021", "2017-01-01", "2021-12-31", "interval"),
        ("2014-01-01/2020-08-31", "2014-01-01", "2020-08-31", "interval"),
        ("2019-07/2024-06", "2019-07-01", "2024-06-30", "interval"),
    ],
)
def test_every_shape_is_two_days_and_a_precision(text: str, start: str, end: str, precision: str) -> None:
    """A partial date keeps both its ends; nothing is rounded to one day."""
    expected = Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end), precision)
    assert Period.parse(text) == expected


@pytest.mark.parametrize("text", ["", "onbekend", "  "])
def test_unknown_stays_unknown(text: str) -> None:
    """No date is no period, not a guess."""
    assert Period.parse(text) is None


@pytest.mark.parametrize(
    "text", ["2022-13", "2022-02-30", "2022Q5", "2024H3", "22", "10/2022", "2021/2017", "mei 2022"]
)
def test_impossible_dates_are_refused(text: str) -> None:
    """A day that does not exist, or another notation, is an error."""
    with pytest.raises(ValueError, match=r"\w"):
        Period.parse(text)
