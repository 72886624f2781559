"""Which quarters of a staff series are a signal: an XmR chart, after its seasons are taken out where it has any.

Illness takes more days in winter. An XmR chart of such a series calls each winter worse and each summer better, or
widens its limits until it sees nothing. Where the four quarters differ by more than chance (Kruskal and Wallis 1952, on
at least three values each), each value is therefore lowered by what its quarter lies above the mean on average.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.models.delivered import xmr
from analysis.quarter import Quarter

#: Fewer values of a quarter say nothing of its season.
YEARS = 3
#: A difference between the quarters that chance makes more often than this is none.
CHANCE = 0.05
#: What the sign of a series of which more is better says of its way.
_WAYS = {"": "", "verbetering": "hoger", "verslechtering": "lager"}


class Signals(NamedTuple):
    """A series with its signals.

    Attributes:
        points: by quarter ``waarde`` (as delivered), ``zonder_seizoen``, what :func:`xmr.chart` says of that, and
            ``teken``: ``hoger``, ``lager`` or "" (no signal).
        seasonal: whether a season was taken out.
        chance: how often chance makes such a difference between the quarters; NaN where there are too few values.
    """

    points: pd.DataFrame
    seasonal: bool
    chance: float


def signals(values: pd.Series) -> Signals:
    """Say of each quarter of a series whether it is a signal.

    Args:
        values: by quarter (``2026Q3``), in time; NaN is unknown.

    >>> names = [f"{year}Q{number}" for year in range(2021, 2025) for number in range(1, 5)]
    >>> found = signals(pd.Series([9.0, 5, 5, 9, 9.1, 5.1, 5, 9, 9, 5, 5, 9.1, 9, 5.1, 5, 9], index=names))
    >>> found.seasonal, found.points["teken"].unique().tolist()
    (True, [''])
    """
    chance = _chance(values)
    seasonal = chance < CHANCE
    number = _numbers(values.index)
    above = values.groupby(number).transform("mean") - values.mean() if seasonal else 0.0
    frame = pd.DataFrame({"waarde": values - above})
    found = xmr.chart(frame, "hoger").rename(columns={"waarde": "zonder_seizoen"})
    way = found["teken"].map(_WAYS)
    return Signals(found.assign(waarde=values, teken=way), seasonal, chance)


def latest(points: pd.DataFrame) -> str:
    """Return what the last known quarter of a series is: ``hoger``, ``lager``, or "" (no signal).

    Args:
        points: of :func:`signals`.
    """
    known = points[points["waarde"].notna()]
    return str(known["teken"].iloc[-1]) if len(known) else ""


def since(points: pd.DataFrame) -> str:
    """Return the first quarter of the stretch of equal signals that lasts up to the last known one; "" without."""
    known = points[points["waarde"].notna()]
    sign = latest(points)
    if not sign:
        return ""
    other = np.flatnonzero((known["teken"] != sign).to_numpy())
    return str(known.index[other[-1] + 1 if len(other) else 0])


def _numbers(quarters: pd.Index) -> list[int]:
    return [Quarter.parse(str(name)).number for name in quarters]


def _chance(values: pd.Series) -> float:
    groups = [own.dropna().to_numpy() for _, own in values.groupby(_numbers(values.index))]
    if len(groups) < 4 or min(map(len, groups)) < YEARS or values.nunique() < 2:
        return float("nan")
    from scipy.stats import kruskal  # takes a third of a second

    return float(kruskal(*groups).pvalue)
