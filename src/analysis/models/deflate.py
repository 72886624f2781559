"""Amounts in the prices of one year: what a nominal amount would be had prices stood still.

A year has a price index only when all its twelve months are known, or when the year before has one and the growth of
the yearly average was published. Nothing is filled in between: an amount of a year without an index has no real value.
The real value is the nominal amount times the index of the base year over that of its own year (Paasche's fixed-price
form with one price index for all, as in the national accounts: ESA 2010, chapter 10).
"""

from __future__ import annotations

import pandas as pd

MONTHLY, GROWTH = "gezondheidsindex", "gezondheidsindex_jaargroei"
#: One base of the published index, so that a later rebasing by its maker is never mixed in.
UNIT, AREA = "index (2013=100)", "BE"
MONTHS_IN_A_YEAR = 12
FROM_MONTHS, FROM_GROWTH = "maanden", "jaargroei"


def price_rows(environment: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that make the health index of Belgium: its months, and the growth of its yearly average.

    Args:
        environment: table ``omgeving``, one row per figure.
    """
    own = environment[environment["geo"] == AREA]
    months = (own["indicator"] == MONTHLY) & (own["eenheid"] == UNIT) & (own["periode_soort"] == "maand")
    growth = (own["indicator"] == GROWTH) & (own["eenheid"] == "%") & (own["periode_soort"] == "jaar")
    rows = own[months | growth]
    return rows.assign(jaar=rows["periode_tot"].dt.year)


def yearly(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the average index of each year of which it can be known.

    Args:
        rows: from :func:`price_rows`, one per month or year: ``indicator``, ``jaar``, ``periode_tot``, ``waarde``.

    Returns:
        On the index ``jaar``: ``index`` (in the unit of the months) and ``uit`` (:data:`FROM_MONTHS`,
        :data:`FROM_GROWTH`); in time.
    """
    months = rows[rows["indicator"] == MONTHLY]
    by_year = months.groupby("jaar")
    full = by_year["periode_tot"].nunique() == MONTHS_IN_A_YEAR
    averages = by_year["waarde"].mean()[full]
    known = dict(zip(averages.index.astype(int).tolist(), averages.tolist(), strict=True))
    origin = dict.fromkeys(known, FROM_MONTHS)
    growth = rows[rows["indicator"] == GROWTH].sort_values("jaar")
    # in time, so that one year carried forward can carry the next
    for year, rise in zip(growth["jaar"], growth["waarde"], strict=True):
        if year not in known and year - 1 in known:
            known[year], origin[year] = known[year - 1] * (1 + rise / 100), FROM_GROWTH
    years = sorted(known)
    columns = {"index": [known[year] for year in years], "uit": [origin[year] for year in years]}
    return pd.DataFrame(columns, index=pd.Index(years, name="jaar", dtype=int))


def rebase(index: pd.Series, base: int) -> pd.Series:
    """Return an index per year with 100 in the base year.

    Raises:
        ValueError: the base year has no index, or none above nought.

    >>> rebase(pd.Series({2020: 110.0, 2021: 121.0}), 2021).round(3).to_dict()
    {2020: 90.909, 2021: 100.0}
    """
    if base not in index.index or not index[base] > 0:
        raise ValueError(f"no price index for the base year {base}")
    rebased: pd.Series = 100 * index / index[base]
    return rebased


def deflate(amounts: pd.Series, years: pd.Series, index: pd.Series, base: int) -> pd.Series:
    """Return amounts in the prices of the base year, in the unit of the amounts; NaN where a year has no index.

    Args:
        amounts: nominal.
        years: the year of each amount, on the same index.
        index: price index per year, of any base.
        base: the year whose prices count.

    Raises:
        ValueError: the base year has no index.

    >>> deflate(pd.Series([110.0, 50.0]), pd.Series([2020, 2019]), pd.Series({2020: 110.0, 2021: 121.0}), 2021).tolist()
    [121.0, nan]
    """
    prices = years.map(rebase(index, base)).astype(float)
    real: pd.Series = amounts * 100 / prices.where(prices > 0)
    return real
