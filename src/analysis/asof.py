"""The as-of rule: on which day did each fact become known?

A report looks at the world as it was known on its as-of date. For every dated fact ``known_on`` derives that day and
names the rule by which it did:

====================  =======================================================================================
``gepubliceerd``      the source's publication day (for a month: its last day)
``jaar_bekend``       only the year of publication is known: period end + usual lag, kept within that year
``herziene_reeks``    the publication date is that of a later snapshot of a whole series: period end + usual lag;
                      the value may have been revised since, so figures mark it
``afgeleid``          no publication date: period end + usual lag
``levering``          neither a publication date nor a period: the day on which the data were collected
====================  =======================================================================================

The usual lag is stated per series in the table ``indicatoren``. A derived day is never later than the day on which the
data were collected: by then the fact was in hand. What was published after that day came with a refresh, which notes on
which day it found each figure: it is no snapshot, however many periods share the day, and counts from then.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

#: As many periods of one series with one publication date make a snapshot, not a publication per period.
SNAPSHOT_PERIODS = 3
#: Rules under which the day itself is our derivation, so that a figure must say so.
DERIVED_RULES = ("jaar_bekend", "herziene_reeks", "afgeleid", "levering")


def known_on(facts: pd.DataFrame, lag_days: pd.Series, series: list[str], collected: dt.date) -> pd.DataFrame:
    """Add ``bekend_op`` (date) and ``bekend_regel`` (see the module) to a table of dated facts.

    Args:
        facts: rows with ``periode_van``, ``periode_tot``, ``gepubliceerd``, ``gepubliceerd_van``, ``gepubliceerd_tot``
            (dates as datetime64, NaT where unknown), ``gepubliceerd_soort``, and maybe ``soort``.
        lag_days: usual days between the end of the period and publication, on the index of ``facts``; 0 for what is
            known before its period ends (budgets, forecasts, elections).
        series: the columns that together name one series of one source.
        collected: no derived day is later than this one; what was published after it came with a refresh.

    >>> facts = pd.DataFrame({"reeks": ["a"], "periode_van": [pd.Timestamp("2023-01-01")],
    ...     "periode_tot": [pd.Timestamp("2023-12-31")], "gepubliceerd": [""], "gepubliceerd_van": [pd.NaT],
    ...     "gepubliceerd_tot": [pd.NaT], "gepubliceerd_soort": [""]})
    >>> found = known_on(facts, pd.Series([90]), ["reeks"], dt.date(2026, 11, 1)).iloc[0]
    >>> str(found["bekend_op"].date()), found["bekend_regel"]
    ('2024-03-30', 'afgeleid')
    """
    expected = _expected(facts, lag_days)
    possible = ~_impossible(facts, lag_days)
    first, last = (
        facts["gepubliceerd_van"].where(possible),
        facts["gepubliceerd_tot"].where(possible),
    )
    size = facts.groupby([*series, "gepubliceerd"], dropna=False)["periode_tot"].transform("nunique")
    gathered = first <= pd.Timestamp(collected)
    snapshot = (size >= SNAPSHOT_PERIODS) & (first > expected) & gathered
    year_only = (facts["gepubliceerd_soort"] == "jaar") & first.notna() & expected.notna() & ~snapshot

    rule = pd.Series("gepubliceerd", index=facts.index, dtype=object)
    rule = rule.where(~year_only, "jaar_bekend").where(~snapshot, "herziene_reeks")
    rule = rule.where(last.notna(), "afgeleid").where(last.notna() | expected.notna(), "levering")
    latest = pd.Series(pd.Timestamp(collected), index=facts.index)
    derived = _earliest(expected.fillna(latest), latest)
    within_year = _earliest(expected.where(~(expected < first), first), _earliest(last, latest))
    known = last.where(rule == "gepubliceerd", derived).where(rule != "jaar_bekend", within_year)
    return facts.assign(bekend_op=known, bekend_regel=rule)


def _expected(facts: pd.DataFrame, lag_days: pd.Series) -> pd.Series:
    """Period end + usual lag; an initial budget is known when its period begins."""
    usual = facts["periode_tot"] + pd.to_timedelta(lag_days, unit="D")
    return usual.where(_kind(facts) != "begroot_initieel", facts["periode_van"])


def _impossible(facts: pd.DataFrame, lag_days: pd.Series) -> pd.Series:
    """A measured figure cannot be published before its period began: such a date is not believed."""
    measured = _kind(facts).isin(["gerealiseerd"]) if "soort" in facts else lag_days > 0
    return measured & (facts["gepubliceerd_tot"] < facts["periode_van"])


def _kind(facts: pd.DataFrame) -> pd.Series:
    return facts["soort"] if "soort" in facts else pd.Series("", index=facts.index)


def _earliest(one: pd.Series, other: pd.Series) -> pd.Series:
    return one.where(~(other < one), other)
