"""The public events on a time line.

A third of the events is dated by its source no closer than a year. The time line therefore has one
column per year: the narrowest stretch in which every event can be put without guessing.
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

KINDS = ("start", "mijlpaal", "afgerond", "vertraging", "context")
CERTAINTIES = ("hoog", "middel", "laag")


def placed(events: pd.DataFrame, krachtlijn: dict[str, str], first_year: int) -> pd.DataFrame:
    """Put every event in a cell of krachtlijn by year, and give it a place in that cell.

    Args:
        events: ``actie_code``, ``datum_van``, ``soort``, ``zekerheid``.
        krachtlijn: action code -> krachtlijn code.
        first_year: earlier events share the column ``first_year - 1``.

    Returns:
        The events with ``krachtlijn_code``, ``jaar`` (the column) and ``plaats`` (0, 1, 2 ...
        within the cell: by kind, then by certainty; a place is no date).

    >>> events = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2"], "soort": ["context", "start"],
    ...     "datum_van": pd.to_datetime(["2019-12-01", "2020-01-01"]), "zekerheid": ["hoog"] * 2})
    >>> placed(events, {"1.1.1": "1", "1.1.2": "1"}, 2021)[["actie_code", "jaar", "plaats"]].values
    array([['1.1.2', 2020, 0],
           ['1.1.1', 2020, 1]], dtype=object)
    """
    years = pd.to_datetime(events["datum_van"]).dt.year.clip(lower=first_year - 1)
    rows = events.assign(
        krachtlijn_code=events["actie_code"].map(krachtlijn),
        jaar=years,
        _kind=events["soort"].map({kind: place for place, kind in enumerate(KINDS)}),
        _sure=events["zekerheid"].map({level: place for place, level in enumerate(CERTAINTIES)}),
    ).sort_values(["krachtlijn_code", "jaar", "_kind", "_sure"], kind="stable")
    rows["plaats"] = rows.groupby(["krachtlijn_code", "jaar"]).cumcount()
    return rows.drop(columns=["_kind", "_sure"])


def cells(rows: pd.DataFrame) -> pd.DataFrame:
    """Count placed events per krachtlijn, year and kind, and how many are highly certain.

    Returns:
        ``krachtlijn_code``, ``jaar``, ``soort``, ``aantal``, ``hoog``; only what occurs.
    """
    order = pd.Categorical(rows["soort"], KINDS, ordered=True)
    keyed = rows.assign(soort=order, hoog=rows["zekerheid"] == "hoog")
    grouped = keyed.groupby(["krachtlijn_code", "jaar", "soort"], observed=True)
    counted = grouped.agg(aantal=("hoog", "size"), hoog=("hoog", "sum")).reset_index()
    return counted.assign(soort=counted["soort"].astype(str))


def since(events: pd.DataFrame, start: dt.date) -> pd.DataFrame:
    """Return the events that happened, or may have happened, since a day; youngest first.

    An event dated by year stays in when its year has days since ``start``; it stands below the
    events of that year that have a closer date.
    """
    may = events[pd.to_datetime(events["datum_tot"]) >= pd.Timestamp(start)]
    order = ["datum_van", "datum_tot", "actie_code"]
    return may.sort_values(order, ascending=[False, False, True], kind="stable")


def may_be_earlier(events: pd.DataFrame, start: dt.date) -> int:
    """Count the events that may as well have happened before that day."""
    return int((pd.to_datetime(events["datum_van"]) < pd.Timestamp(start)).sum())
