"""What the judge must know of delivered staff figures: which categories each dimension has, and what a series counts.

A row without dimension and category is the whole. The categories of a dimension are parts of it, so that the intake can
say which of them would give a small group away (:mod:`analysis.intake.small_groups`).
"""

from __future__ import annotations

import pandas as pd

from analysis.staff_categories import CATEGORIES

TABLE = "personeel"
#: Dimensions that only one series has.
_ONLY = {"regime": "telewerkers"}
#: What each series counts.
UNITS = {"vte": "vte", "ziektedagen": "dagen", "werkdagen": "dagen"}
PERSONS = "personen"

#: What a row can be that it may not be.
HALF, STRANGE, ELSEWHERE = "half", "strange", "elsewhere"


def fault_of_category(rows: pd.DataFrame) -> pd.Series:
    """Return what is wrong with the dimension and category of each row; missing where nothing is.

    Args:
        rows: ``reeks``, ``dimensie``, ``categorie``; an empty cell is missing.

    Returns:
        :data:`HALF` (only one of the two), :data:`STRANGE` (the dimension has no such category), :data:`ELSEWHERE` (the
        series has no such dimension), or missing.

    >>> rows = pd.DataFrame({"reeks": ["uitstroom"] * 4, "dimensie": [None, "geslacht", "niveau", "regime"],
    ...     "categorie": [None, "vrouw", "F", "mobiel"]})
    >>> fault_of_category(rows).tolist()
    [nan, nan, 'strange', 'elsewhere']
    """
    named = rows["dimensie"].fillna("").astype(str)
    category = rows["categorie"].fillna("").astype(str)
    found = pd.Series(None, index=rows.index, dtype=object)
    for dimension, known in CATEGORIES.items():
        own = named == dimension
        found[own & ~category.isin(known)] = STRANGE
        found[own & (rows["reeks"] != _ONLY.get(dimension, rows["reeks"]))] = ELSEWHERE
    found[(named == "") != (category == "")] = HALF
    return found


def allowed() -> str:
    """Return the categories of all dimensions, as a user reads them."""
    return "; ".join(f"{name}: {', '.join(known)}" for name, known in CATEGORIES.items())


def unit(series: pd.Series) -> pd.Series:
    """Return what each series counts: ``personen``, ``vte`` or ``dagen``."""
    return series.map(UNITS).fillna(PERSONS)
