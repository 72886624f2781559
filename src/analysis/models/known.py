"""Which rows of the registers count on the as-of date.

Dated facts have a day on which they became known. The rows of a register have none: one counts as soon as what it is
about is known. So a source counts from the first known row that rests on it, a break in a series from the figure that
it marks, a correction from the row that it mends; and a report stays the same when later facts come with sources,
series and corrections of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from analysis.models import official_targets

Tables = Mapping[str, pd.DataFrame]
#: Tables that are about the others, so that their own rows say nothing of which sources are in use.
_ABOUT_OTHERS = ("bronnen", "licenties")


def as_known(tables: Tables, facts: Mapping[str, str], as_of: dt.date, collected: dt.date) -> dict[str, pd.DataFrame]:
    """Return each table with the rows that count on the as-of date.

    Args:
        tables: all tables of the data package by name; dated facts as known on ``as_of``.
        facts: the tables of dated facts, each with the column that names its series.
        as_of: the day on which the report looks.
        collected: the day on which the data were collected.
    """
    known = {name: _of_known_plans(rows, tables["plannen"], as_of) for name, rows in tables.items()}
    targets = official_targets.known(known["omgeving_doelen"], known["doelen_datering"], as_of, collected)
    known["omgeving_doelen"] = targets
    dating = known["doelen_datering"].assign(doeljaar=lambda rows: rows["doeljaar"].fillna(0).astype(int))
    known["doelen_datering"] = _of(dating, targets, ["indicator", "doeljaar"], "doel_bron_id")
    known["bewijs_hervorming"] = _of(
        known["bewijs_hervorming"], known["bewijs_acties"], ["actie_code", "datum"], "bewijs_bron_id"
    )
    known["reeksbreuken"] = _breaks(known["reeksbreuken"], known, facts)
    known["indicatoren"] = _series(known["indicatoren"], known, facts)
    known["bronnen"] = _sources(known)
    known["licenties"] = known["licenties"][known["licenties"]["licentie"].isin(known["bronnen"]["licentie"])]
    known["correcties"] = _corrections(known["correcties"], known)
    return known


def _of_known_plans(rows: pd.DataFrame, plans: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """A plan whose day of publication is unknown counts as known."""
    if "plan_id" not in rows:
        return rows
    later = plans.loc[plans["gepubliceerd_tot"] > pd.Timestamp(as_of), "plan_id"]
    return rows[~rows["plan_id"].isin(later)]


def _of(rows: pd.DataFrame, others: pd.DataFrame, shared: list[str], source: str) -> pd.DataFrame:
    """Return the rows that are about one of the others: same ``shared``, and its ``bron_id`` in ``source``."""
    keys = set(zip(*(others[name] for name in (*shared, "bron_id")), strict=True))
    own = zip(*(rows[name] for name in (*shared, source)), strict=True)
    return rows[pd.Series([key in keys for key in own], index=rows.index, dtype=bool)]


def _breaks(breaks: pd.DataFrame, known: Tables, facts: Mapping[str, str]) -> pd.DataFrame:
    keys: set[tuple[str, ...]] = set()
    for name, series in facts.items():
        rows = known[name]
        area = rows["geo"] if "geo" in rows else pd.Series("", index=rows.index)
        periods = rows.get("periode", pd.Series("", index=rows.index))
        keys |= {(name, *key) for key in zip(rows[series], area, periods, strict=True)}
    own = zip(*(breaks[name] for name in ("tabel", "reeks", "geo", "periode")), strict=True)
    return breaks[pd.Series([key in keys for key in own], index=breaks.index, dtype=bool)]


def _series(register: pd.DataFrame, known: Tables, facts: Mapping[str, str]) -> pd.DataFrame:
    """Return the series with a known figure or target, and the rows that are about a table as a whole."""
    keys = {(name, code) for name, series in facts.items() for code in known[name][series]}
    keys |= {("omgeving", code) for code in known["omgeving_doelen"]["indicator"]} | {(name, name) for name in facts}
    own = zip(register["tabel"], register["reeks"], strict=True)
    return register[pd.Series([key in keys for key in own], index=register.index, dtype=bool)]


def _sources(known: Tables) -> pd.DataFrame:
    used: set[str] = set()
    for name, rows in known.items():
        if name not in _ABOUT_OTHERS:
            used |= {str(code) for column in rows if str(column).endswith("bron_id") for code in rows[column]}
    return known["bronnen"][known["bronnen"]["bron_id"].isin(used)]


def _corrections(corrections: pd.DataFrame, known: Tables) -> pd.DataFrame:
    keys = zip(corrections["tabel"], corrections["sleutel"], strict=True)
    kept = [_points_at(key, known[table]) for table, key in keys]
    return corrections[pd.Series(kept, index=corrections.index, dtype=bool)]


def _points_at(key: str, rows: pd.DataFrame) -> bool:
    """Say whether a row has the key: ``column=value`` pairs joined by ``;``."""
    match = pd.Series(True, index=rows.index)
    for part in key.split(";"):
        column, _, value = part.partition("=")
        match &= rows[column].astype(str) == value
    return bool(match.any())
