"""Whether the codes of a row lead to a row of another table, as a column that the judge can read.

Great Expectations copies the values of a set many times for each rule: given all codes of another table, an intake
takes a third longer.
"""

from __future__ import annotations

import pandas as pd

from analysis.intake import swot
from analysis.schema import ForeignKey, Table

#: Between the parts of a key of several columns.
JOINT = " | "
#: What a reference is: it leads to a row, or it does not.
FOUND, LOST = "found", "lost"


def column(key: ForeignKey) -> str:
    """Return the name of the helper column that says whether a reference leads to a row."""
    return "_" + "_".join(("ref", *key.fields))


def found(table: Table, key: ForeignKey, rows: pd.DataFrame, target: pd.DataFrame) -> pd.Series:
    """Say of each row whether its reference leads to a row: :data:`FOUND` or :data:`LOST`; missing where it has none.

    Args:
        table: the declaration.
        key: one of its references.
        rows: its rows.
        target: the rows to which they may refer.
    """
    values = joined(rows, key.fields)
    if table.name == "swot_vergelijkingen":
        # a group is no item, so that its letter refers to none
        values = values.mask(rows[key.fields[-1]].isin(swot.GROUPS))
    known = set(joined(target, key.reference).dropna())
    return values.map(lambda value: FOUND if value in known else LOST, na_action="ignore")


def joined(rows: pd.DataFrame, fields: tuple[str, ...]) -> pd.Series:
    """Return the value of a key, its parts joined; missing where any part is missing.

    >>> joined(pd.DataFrame({"a": ["x", "y"], "b": ["1", None]}), ("a", "b")).fillna("").tolist()
    ['x | 1', '']
    """
    if len(fields) == 1:
        return rows[fields[0]]
    parts = rows[list(fields)]
    text = parts.fillna("").astype(str).agg(JOINT.join, axis=1) if len(rows) else pd.Series(dtype=object)
    return text.where(parts.notna().all(axis=1), None)
