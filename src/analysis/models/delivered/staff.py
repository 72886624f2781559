"""The delivered staff figures of an institution: how many, who they are, who came and went, how many days were lost.

Stocks are those of the last day of a quarter; what came, went and was lost is that of the quarter. What the intake held
back (fewer than five persons) is not in the rows, and makes every sum that it is part of unknown.
"""

from __future__ import annotations

import math

import pandas as pd

from analysis.models.delivered.latest import history
from analysis.quarter import Quarter

STAFF, FTE, TELEWORKERS = "personeelsbestand", "vte", "telewerkers"
CAME, WENT, ILL, WORKED = "instroom", "uitstroom", "ziektedagen", "werkdagen"
#: What names one figure.
KEY = ["reeks", "dimensie", "categorie"]
#: Quarters of a year.
YEAR = 4
#: 97.5 %: both sides of an interval of 95 %.
_SIDE = 0.975


def counted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that count: of each quarter and figure the one that was received last.

    Args:
        rows: all deliveries of ``personeel``: ``kwartaal``, ``bekend_op``, ``reeks``, ``dimensie``, ``categorie``,
            ``waarde``.
    """
    return history(rows, KEY)


def wholes(known: pd.DataFrame) -> pd.DataFrame:
    """Return the figures on the whole staff, a row per quarter and a column per series; NaN is unknown.

    Every quarter from the first to the last has a row: one that was not delivered is unknown, not passed over.

    Args:
        known: from :func:`counted`.

    >>> known = pd.DataFrame({"kwartaal": ["2025Q1", "2025Q3"], "reeks": STAFF, "dimensie": "", "categorie": "",
    ...     "waarde": [10.0, 12.0]})
    >>> wholes(known)[STAFF].tolist()
    [10.0, nan, 12.0]
    """
    own = known[known["dimensie"] == ""]
    found = own.pivot(index="kwartaal", columns="reeks", values="waarde")
    columns = [STAFF, FTE, TELEWORKERS, CAME, WENT, ILL, WORKED]
    return found.reindex(index=_quarters(found.index), columns=columns).astype(float)


def _quarters(known: pd.Index) -> list[str]:
    """Return all quarters from the first to the last."""
    found = [Quarter.parse(str(known.min()))] if len(known) else []
    while found and str(found[-1]) < str(known.max()):
        found.append(found[-1].next())
    return [str(quarter) for quarter in found]


def flows(whole: pd.DataFrame) -> pd.DataFrame:
    """Return how the number of persons came about, quarter by quarter.

    Args:
        whole: from :func:`wholes`.

    Returns:
        By quarter ``begin`` (persons at the end of the quarter before), ``instroom``, ``uitstroom``, ``einde``, and
        ``onverklaard``: what the two do not explain of the change (persons; NaN where any is unknown).

    >>> whole = pd.DataFrame({STAFF: [10.0, 12.0], CAME: [1.0, 5.0], WENT: [0.0, 2.0]}, index=["2025Q1", "2025Q2"])
    >>> flows(whole).loc["2025Q2"].tolist()
    [10.0, 5.0, 2.0, 12.0, -1.0]
    """
    begin = whole[STAFF].shift(1)
    found = pd.DataFrame({"begin": begin, CAME: whole[CAME], WENT: whole[WENT], "einde": whole[STAFF]})
    return found.assign(onverklaard=found["einde"] - begin - found[CAME] + found[WENT])


def turnover(whole: pd.DataFrame) -> pd.DataFrame:
    """Return at each quarter who left in the four quarters up to it, as a share of the mean number of persons.

    The mean is that of the five ends of quarters that bound the four. The interval is the exact one of Poisson (Garwood
    1936) on the number that left, as if each left by itself; where people leave together it is too narrow.

    Args:
        whole: from :func:`wholes`.

    Returns:
        By quarter ``vertrokken``, ``gemiddeld`` (persons), ``verloop``, ``onder``, ``boven`` (% per year); NaN where
        one of the four quarters is unknown.

    >>> whole = pd.DataFrame({STAFF: [100.0] * 5, WENT: [0.0, 1, 2, 3, 4]}, index=list("abcde"))
    >>> turnover(whole).iloc[-1].round(2).tolist()
    [10.0, 100.0, 10.0, 4.8, 18.39]
    """
    left, mean = whole[WENT].rolling(YEAR).sum(), whole[STAFF].rolling(YEAR + 1).mean()
    bounds = pd.DataFrame([poisson(number) for number in left], index=whole.index, columns=["onder", "boven"])
    found = pd.DataFrame({"vertrokken": left, "gemiddeld": mean, "verloop": 100 * left / mean})
    return found.join(bounds.mul(100 / mean, axis=0)).where(mean.notna() & left.notna())


def poisson(count: float) -> tuple[float, float]:
    """Return the exact interval (95 %) of a number of events, after Garwood 1936; NaN where it is unknown.

    >>> [tuple(round(bound, 4) for bound in poisson(count)) for count in (0, 10)]
    [(0.0, 3.6889), (4.7954, 18.3904)]
    """
    if math.isnan(count):
        return math.nan, math.nan
    from scipy.stats import chi2  # takes a third of a second

    low = chi2.ppf(1 - _SIDE, 2 * count) / 2 if count else 0.0
    return float(low), float(chi2.ppf(_SIDE, 2 * count + 2) / 2)


def absence(whole: pd.DataFrame) -> pd.DataFrame:
    """Return the days lost by illness as a share (%) of the days to be worked: of each quarter, and of four together.

    Args:
        whole: from :func:`wholes`.

    Returns:
        By quarter ``verzuim`` and ``verzuim_jaar``; NaN where a quarter is unknown or had no days.

    >>> whole = pd.DataFrame({ILL: [4.0, 6, 5, 5], WORKED: [100.0, 100, 100, 100]}, index=list("abcd"))
    >>> absence(whole).iloc[-1].tolist()
    [5.0, 5.0]
    """
    days = whole[WORKED].where(whole[WORKED] > 0)
    year = whole[ILL].rolling(YEAR).sum() / days.rolling(YEAR).sum()
    return pd.DataFrame({"verzuim": 100 * whole[ILL] / days, "verzuim_jaar": 100 * year})


def composition(known: pd.DataFrame, quarter: str, series: str = STAFF) -> pd.DataFrame:
    """Return the parts of the staff at the end of a quarter, with their share and its change in a year.

    Args:
        known: from :func:`counted`.
        quarter: of which the parts are asked.
        series: of which the categories are the parts.

    Returns:
        ``dimensie``, ``categorie``, ``waarde`` (persons), ``aandeel`` (% of the whole of the series; NaN where that is
        unknown) and ``verandering`` (percentage points since the same quarter a year before; NaN where unknown), as
        delivered.

    >>> rows = pd.DataFrame({"kwartaal": "2025Q1", "reeks": STAFF, "dimensie": ["", "niveau"],
    ...     "categorie": ["", "A"], "waarde": [40.0, 10.0]})
    >>> composition(rows, "2025Q1")[["categorie", "aandeel"]].values.tolist()
    [['A', 25.0]]
    """
    now, before = (_shares(known, name, series) for name in (quarter, a_year_before(quarter)))
    earlier = before.set_index(["dimensie", "categorie"])["aandeel"]
    keys = pd.MultiIndex.from_frame(now[["dimensie", "categorie"]])
    return now.assign(verandering=now["aandeel"].to_numpy() - earlier.reindex(keys).to_numpy(dtype=float))


def full_time(known: pd.DataFrame, quarter: str) -> pd.Series:
    """Return the full-time equivalents at the end of a quarter, by ``dimensie`` and ``categorie``.

    Args:
        known: from :func:`counted`.
        quarter: of which they are asked.

    >>> rows = pd.DataFrame({"kwartaal": "2025Q1", "reeks": FTE, "dimensie": "", "categorie": "", "waarde": [9.5]})
    >>> full_time(rows, "2025Q1").to_dict()
    {('', ''): 9.5}
    """
    own = known[(known["kwartaal"] == quarter) & (known["reeks"] == FTE)]
    return own.set_index(["dimensie", "categorie"])["waarde"]


def _shares(known: pd.DataFrame, quarter: str, series: str) -> pd.DataFrame:
    rows = known[(known["kwartaal"] == quarter) & (known["reeks"] == series)]
    whole = rows.loc[rows["dimensie"] == "", "waarde"]
    total = float(whole.iloc[0]) if len(whole) else math.nan
    parts = rows.loc[rows["dimensie"] != "", ["dimensie", "categorie", "waarde"]].reset_index(drop=True)
    return parts.assign(aandeel=100 * parts["waarde"] / total if total else math.nan)


def a_year_before(quarter: str) -> str:
    """Return the same quarter of the year before.

    >>> a_year_before("2026Q3")
    '2025Q3'
    """
    own = Quarter.parse(quarter)
    return str(Quarter(own.year - 1, own.number))
