"""Absence by illness of several employers: each in its own measure, and which of them may stand beside each other.

A rate counts everybody: it has no sampling error. What it can be told apart from is its own usual variation, which an
XmR chart gives where there are enough years (:mod:`analysis.models.delivered.xmr`). A small service has an interval all
the same: next year others may be ill. As long as the days of each person are not known, that of Wilson on the number of
persons is the widest that it can be: a share of the days of each person varies at most as much as a yes or a no.
"""

from __future__ import annotations

import math

import pandas as pd

from analysis.models import people
from analysis.models.delivered import xmr
from analysis.models.intervals import wilson

#: How absence is measured: sick days per 100 working days, per available days, or in a way that the source leaves open.
WORKING, AVAILABLE, UNSTATED = "werkdagen", "beschikbare_dagen", "niet_gezegd"
MEASURES = (WORKING, AVAILABLE, UNSTATED)
#: The measure of employers that say how they measure.
MEASURED = {"FED": WORKING, "VL": AVAILABLE}
#: The usual range is that of the last ten years, where at least five of them are known.
WINDOW, ENOUGH = 10, 5


def rates(staff: pd.DataFrame) -> pd.DataFrame:
    """Return the yearly absence of whole employers, with how it was measured.

    Args:
        staff: table ``personeel``.

    Returns:
        The rows with ``jaar`` and ``maat`` (one of :data:`MEASURES`), by measure, employer and year.
    """
    yearly = people.absence(staff, tuple(staff["entiteit"].unique()))
    measured = yearly["entiteit"].map(MEASURED).fillna(UNSTATED)
    found = yearly.assign(maat=pd.Categorical(measured, MEASURES, ordered=True))
    return found.sort_values(["maat", "entiteit", "jaar"], kind="stable").reset_index(drop=True)


def usual(rows: pd.DataFrame) -> tuple[float, float]:
    """Return the natural limits (XmR) of the yearly rates of one employer, as far back as :data:`WINDOW` years.

    Args:
        rows: ``jaar``, ``waarde`` (%) and ``maat``, one row per year, in time.

    Returns:
        Both limits, in %; NaN where fewer than :data:`ENOUGH` years are known, or how they were measured is not.

    >>> usual(pd.DataFrame({"jaar": range(2019, 2024), "waarde": [6.0, 6.2, 6.0, 6.2, 6.0], "maat": WORKING}))
    (5.548, 6.612)
    """
    own = rows[(rows["jaar"] > rows["jaar"].max() - WINDOW) & (rows["maat"] != UNSTATED)]
    if len(own) < ENOUGH:
        return math.nan, math.nan
    found = xmr.limits(own["waarde"].tolist())
    return round(max(found.lower, 0.0), 6), round(found.upper, 6)


def widest(rate: float, persons: float) -> tuple[float, float]:
    """Return the widest interval (95 %) that a rate of absence of so many persons can have, in %.

    Args:
        rate: days lost in % of the days to be worked.
        persons: how many there were; NaN is unknown.

    >>> tuple(round(bound, 1) for bound in widest(30.8, 263))
    (25.5, 36.6)
    """
    if math.isnan(rate) or math.isnan(persons):
        return math.nan, math.nan
    low, high = wilson(rate * persons / 100, persons)
    return 100 * low, 100 * high
