"""How old the data are: the youngest fact and the youngest publication of a table, and how many series grow old."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis.models.indicators import OLD_YEARS
from analysis.models.progress import DAYS_PER_MONTH

#: A table whose youngest fact ended longer ago than this many months is no longer recent.
RECENT_MONTHS = 12
VERDICTS = ("recent", "ouder", "oud", "onbekend")


@dataclass(frozen=True)
class Age:
    """The age of one table of dated facts.

    Attributes:
        facts: number of known facts.
        oldest: first day of the oldest period; None when no fact has one.
        youngest: last day of the youngest period that was over; None when there is none.
        published: youngest day of publication that a source itself gives; None when there is none. Where
            ``year_only`` holds, the first day of the year that is all that is known.
        months: months between ``youngest`` (else ``published``) and the as-of date.
        ahead: number of facts about a period that was not over (plans, budgets, estimates).
        series: number of series with a period that was over.
        old_series: how many of these have a latest figure that is older than ``OLD_YEARS`` years.
        year_only: of ``published`` only the year is known.
    """

    facts: int
    oldest: pd.Timestamp | None
    youngest: pd.Timestamp | None
    published: pd.Timestamp | None
    months: float | None
    ahead: int
    series: int
    old_series: int
    year_only: bool = False


def of_facts(facts: pd.DataFrame, series: list[str], period: str, as_of: dt.date) -> Age:
    """Return the age of a table of dated facts.

    Args:
        facts: the rows known on ``as_of``, with ``<period>_van``, ``<period>_tot``, ``gepubliceerd_tot``,
            ``gepubliceerd_afgeleid`` and ``bekend_regel``.
        series: the columns that name one series.
        period: the column that says what period a fact is about.
        as_of: the day on which the report looks.

    >>> facts = pd.DataFrame({"reeks": ["a", "b"], "p_van": pd.to_datetime(["2019-01-01", "2025-01-01"]),
    ...     "p_tot": pd.to_datetime(["2019-12-31", "2025-12-31"]), "gepubliceerd_tot": pd.NaT,
    ...     "gepubliceerd_afgeleid": "nee", "bekend_regel": "afgeleid"})
    >>> age = of_facts(facts, ["reeks"], "p", dt.date(2026, 3, 31))
    >>> round(age.months), age.series, age.old_series, age.published
    (3, 2, 1, None)
    """
    day, end = pd.Timestamp(as_of), facts[f"{period}_tot"]
    over = facts[end <= day]
    last = over.groupby(series, dropna=False)[f"{period}_tot"].max()
    youngest = _day(over[f"{period}_tot"].max())
    exact = facts[(facts["bekend_regel"] == "gepubliceerd") & (facts["gepubliceerd_afgeleid"] != "ja")]
    return Age(
        facts=len(facts),
        oldest=_day(facts[f"{period}_van"].min()),
        youngest=youngest,
        published=_day(exact["gepubliceerd_tot"].max()),
        months=None if youngest is None else (day - youngest).days / DAYS_PER_MONTH,
        ahead=int((end > day).sum()),
        series=len(last),
        old_series=int((last + pd.DateOffset(years=OLD_YEARS) < day).sum()) if len(last) else 0,
    )


def of_publication(rows: pd.DataFrame, as_of: dt.date) -> Age:
    """Return the age of a table whose rows have no period, by the youngest publication up to the as-of date.

    Of a month or a year of publication the first day counts, so that the age is never understated.

    Args:
        rows: ``gepubliceerd_van`` and ``gepubliceerd_soort``.
        as_of: the day on which the report looks.
    """
    day = pd.Timestamp(as_of)
    known = rows[rows["gepubliceerd_van"] <= day].sort_values("gepubliceerd_van", kind="stable")
    if known.empty:
        return Age(len(rows), None, None, None, None, 0, 0, 0)
    youngest, year_only = known["gepubliceerd_van"].iloc[-1], known["gepubliceerd_soort"].iloc[-1] == "jaar"
    months = (day - youngest).days / DAYS_PER_MONTH
    return Age(len(rows), None, None, _day(youngest), months, 0, 0, 0, bool(year_only))


def verdict(months: float | None) -> str:
    """Return one of :data:`VERDICTS` for an age.

    >>> [verdict(months) for months in (3, 13, 37, None)]
    ['recent', 'ouder', 'oud', 'onbekend']
    """
    if months is None:
        return "onbekend"
    if months > 12 * OLD_YEARS:
        return "oud"
    return "ouder" if months > RECENT_MONTHS else "recent"


def _day(value: object) -> pd.Timestamp | None:
    return value if isinstance(value, pd.Timestamp) else None
