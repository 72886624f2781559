"""The as-of rule: when did each fact become known?"""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from analysis.asof import known_on
from analysis.period import Period

COLLECTED = dt.date(2026, 10, 8)


def facts(rows: list[tuple[str, str]], soort: str | None = None) -> pd.DataFrame:
    """Make facts out of (period, published)."""
    frame = pd.DataFrame([{"reeks": "r", "periode": period, "gepubliceerd": published} for period, published in rows])
    for name in ("periode", "gepubliceerd"):
        parsed = frame[name].map(Period.parse)
        frame[f"{name}_van"] = pd.to_datetime(parsed.map(lambda period: period.start if period else None))
        frame[f"{name}_tot"] = pd.to_datetime(parsed.map(lambda period: period.end if period else None))
        frame[f"{name}_soort"] = parsed.map(lambda period: period.precision if period else "")
    return frame if soort is None else frame.assign(soort=soort)


def dated(rows: list[tuple[str, str]], lag: int = 90, soort: str | None = None) -> list[tuple[str, str]]:
    """Return (day, rule) per fact."""
    frame = facts(rows, soort)
    found = known_on(frame, pd.Series([lag] * len(frame)), ["reeks"], COLLECTED)
    return [(str(day.date()), rule) for day, rule in zip(found["bekend_op"], found["bekend_regel"], strict=True)]


@pytest.mark.parametrize(
    ("period", "published", "day", "rule"),
    [
        ("2023", "2024-02-10", "2024-02-10", "gepubliceerd"),
        ("2023", "2024-02", "2024-02-29", "gepubliceerd"),
        ("2023", "2024", "2024-03-30", "jaar_bekend"),
        ("2023", "", "2024-03-30", "afgeleid"),
        ("", "", "2026-10-08", "levering"),
        ("2026", "", "2026-10-08", "afgeleid"),
        ("2023", "2025", "2025-01-01", "jaar_bekend"),
        ("2023", "2023", "2023-12-31", "jaar_bekend"),
    ],
)
def test_each_fact_gets_a_day_and_the_rule_that_gave_it(period: str, published: str, day: str, rule: str) -> None:
    """A known day is taken as it is; a month counts from its end; only a year is narrowed by the usual lag."""
    assert dated([(period, published)]) == [(day, rule)]


def test_a_snapshot_of_a_series_is_not_its_first_publication() -> None:
    """Three periods with one publication date: each became known after its own period, and is marked as revised."""
    rows = [("2018", "2026-01-18"), ("2019", "2026-01-18"), ("2020", "2026-01-18")]
    assert dated(rows) == [
        (f"{year}-03-31" if year != 2020 else "2020-03-30", "herziene_reeks") for year in (2019, 2020)
    ] + [("2021-03-31", "herziene_reeks")]


def test_two_periods_with_one_date_are_a_publication() -> None:
    """A press article that names this year and last year is no snapshot."""
    assert {rule for _, rule in dated([("2022", "2024-05-01"), ("2023", "2024-05-01")])} == {"gepubliceerd"}


def test_a_measured_figure_is_not_published_before_its_period() -> None:
    """An impossible publication date is not believed; a forecast may be that early."""
    assert dated([("2020", "2018-01-05")]) == [("2021-03-31", "afgeleid")]
    assert dated([("2020", "2018-01-05")], soort="raming") == [("2018-01-05", "gepubliceerd")]


def test_an_initial_budget_without_a_date_is_known_when_its_year_begins() -> None:
    """A budget is voted before its year; an undated estimate waits for the end of its period."""
    assert dated([("2022", "")], lag=300, soort="begroot_initieel") == [("2022-01-01", "afgeleid")]
    assert dated([("2022", "")], lag=300, soort="raming") == [("2023-10-27", "afgeleid")]
