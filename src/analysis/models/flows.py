"""Revenue, expenditure and interest of the Region: one figure per year and kind, of one perimeter.

The sources count over several perimeters: the Region, its budget without other institutions (``BHG-DBHR``), the Region
with the community commissions. They are never set in one series. What the plan itself names is no kind of its own here.
"""

from __future__ import annotations

import pandas as pd

from analysis.models.money import ESTIMATE, INITIAL, REALISED
from analysis.models.vintages import whole_years

REVENUE, EXPENDITURE, INTEREST = "ontvangsten", "uitgaven", "rente_uitgaven"
#: The same counted by another definition (with loans, committed, paid): series of their own, never drawn with these.
DEFINITIONS = ("ontvangsten_incl_leningen", "uitgaven_vastlegging", "uitgaven_vereffening", "uitgaven_vereffend")
#: Interest as a share of revenue or expenditure, as sources publish it.
SHARES = ("rente_aandeel_ontvangsten", "rente_aandeel_uitgaven")
#: The perimeter that most figures have.
REGION = "BHG"


def drawn(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of whole years of the Region itself, by series and year; none by another definition.

    Args:
        shown: rows with ``merk``, of which each but an estimate is the best one of its year.
    """
    own = shown[(shown["entiteit"] == REGION) & whole_years(shown) & ~shown["reeks"].isin(DEFINITIONS)]
    return own.sort_values(["reeks", "jaar", "waarde"], kind="stable")


def aside(shown: pd.DataFrame) -> pd.DataFrame:
    """Return the figures of other perimeters and definitions, and of parts of a year."""
    return shown.drop(index=drawn(shown).index).sort_values(["reeks", "entiteit", "periode_tot"], kind="stable")


def last_of(rows: pd.DataFrame, series: str, kind: str) -> pd.Series | None:
    """Return the last figure of a series and kind; None where there is none.

    Args:
        rows: from :func:`drawn`.
        series: value of ``reeks``.
        kind: value of ``merk``.
    """
    own = rows[(rows["reeks"] == series) & (rows["merk"] == kind)]
    return own.iloc[-1] if len(own) else None


def multiple(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """Return the first and the last realised interest of the source that gives the last one; None without two years.

    Another source may count another debt: of no source does the data say which.

    Args:
        rows: from :func:`drawn`.
    """
    realised = rows[(rows["reeks"] == INTEREST) & (rows["merk"] == REALISED)]
    own = realised[realised["bron_id"] == realised["bron_id"].iloc[-1]] if len(realised) else realised
    if own["jaar"].nunique() < 2:
        return None
    return own.iloc[0], own.iloc[-1]


def furthest_estimate(rows: pd.DataFrame) -> pd.Series | None:
    """Return the estimate of interest that looks furthest ahead; None where none goes beyond what is realised."""
    estimate, realised = last_of(rows, INTEREST, ESTIMATE), last_of(rows, INTEREST, REALISED)
    if estimate is None or (realised is not None and estimate["jaar"] <= realised["jaar"]):
        return None
    return estimate


def last_budget(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series] | None:
    """Return revenue and expenditure of the last year for which both were budgeted at first; None where none was.

    Args:
        rows: from :func:`drawn`.

    >>> rows = pd.DataFrame({"reeks": [REVENUE, EXPENDITURE, EXPENDITURE], "merk": INITIAL, "jaar": [2024, 2024, 2026],
    ...     "waarde": [5.7, 7.0, 7.6]})
    >>> [int(row["jaar"]) for row in last_budget(rows)]
    [2024, 2024]
    """
    own = rows[rows["merk"] == INITIAL]
    years = set(own.loc[own["reeks"] == REVENUE, "jaar"]) & set(own.loc[own["reeks"] == EXPENDITURE, "jaar"])
    if not years:
        return None
    year = own[own["jaar"] == max(years)].set_index("reeks")
    return year.loc[REVENUE], year.loc[EXPENDITURE]


def share_of_revenue(shown: pd.DataFrame) -> pd.DataFrame:
    """Return interest in % of revenue, where both were realised in the same year and perimeter.

    Args:
        shown: rows of both series with ``merk``, ``entiteit``, ``jaar`` and ``waarde``.

    Returns:
        ``entiteit``, ``jaar`` and ``aandeel`` (%); no rows where the two never meet.

    >>> rows = pd.DataFrame({"reeks": [INTEREST, REVENUE, REVENUE], "merk": [REALISED, REALISED, INITIAL],
    ...     "entiteit": ["BHG", "BHG", "BHG"], "jaar": [2024, 2024, 2022], "waarde": [400.0, 5000.0, 5000.0]})
    >>> share_of_revenue(rows).values.tolist()
    [['BHG', 2024, 8.0]]
    """
    own = shown[(shown["merk"] == REALISED) & shown["reeks"].isin((INTEREST, REVENUE))]
    wide = own.pivot_table(index=["entiteit", "jaar"], columns="reeks", values="waarde", aggfunc="last")
    wide = wide.reindex(columns=[INTEREST, REVENUE]).dropna()
    return (100 * wide[INTEREST] / wide[REVENUE]).rename("aandeel").reset_index()
