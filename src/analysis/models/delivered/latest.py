"""Out of all deliveries: the rows that count now, and those of each quarter.

A delivery reports on one quarter (``kwartaal``) and was received on a day (``bekend_op``). A later delivery on the same
quarter is a correction of it. Nothing is overwritten: the older rows stay in the table.
"""

from __future__ import annotations

import pandas as pd


def history(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return for each quarter the rows that count for it: of each key the one that was received last.

    Args:
        rows: a table of deliveries: ``kwartaal``, ``bekend_op`` and the key.
        key: the columns that name one thing, such as ``actie_code``.

    Returns:
        One row per quarter and key, in the order of quarter and key.

    >>> rows = pd.DataFrame({"kwartaal": ["2026Q1", "2026Q1", "2026Q2"], "actie_code": ["1", "1", "1"],
    ...     "bekend_op": pd.to_datetime(["2026-04-10", "2026-05-02", "2026-07-09"]), "voortgang_pct": [10.0, 15, 30]})
    >>> history(rows, ["actie_code"])["voortgang_pct"].tolist()
    [15.0, 30.0]
    """
    order = ["kwartaal", *key]
    last = rows.sort_values([*order, "bekend_op"], kind="stable").drop_duplicates(order, keep="last")
    return last.reset_index(drop=True)


def latest(rows: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return of each key the row of the youngest quarter, as it was received last.

    Args:
        rows: as for :func:`history`.
        key: the columns that name one thing.

    Returns:
        One row per key, in the order of the key. ``kwartaal`` says how old it is.

    >>> rows = pd.DataFrame({"kwartaal": ["2026Q1", "2026Q2"], "actie_code": ["1", "1"],
    ...     "bekend_op": pd.to_datetime(["2026-09-01", "2026-07-09"]), "voortgang_pct": [15.0, 30.0]})
    >>> latest(rows, ["actie_code"])["voortgang_pct"].tolist()
    [30.0]
    """
    known = history(rows, key)
    return known.drop_duplicates(key, keep="last").sort_values(key, kind="stable").reset_index(drop=True)
