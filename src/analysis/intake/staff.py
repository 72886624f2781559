"""What the judge must know of delivered staff figures: which categories each dimension has, and what a series counts.

A row without dimension and category is the whole. The categories of a dimension are parts of it, so that the intake can
say which of them would give a small group away (:mod:`analysis.intake.small_groups`).
"""

from __future__ import annotations

import pandas as pd

TABLE = "personeel"
#: Five-year bands of age; a category of ``leeftijd`` is one of them.
AGES = ("tot_24", *(f"{low}-{low + 4}" for low in range(25, 65, 5)), "65_plus")
#: The categories of each dimension; an administration is called by its code in ``organisaties``.
CATEGORIES: dict[str, tuple[str, ...]] = {
    "geslacht": ("vrouw", "man", "x"),
    "statuut": ("statutair", "contractueel"),
    "niveau": ("A", "B", "C", "D", "E"),
    "leeftijd": AGES,
    "taalrol": ("FR", "NL"),
    "woonplaats": ("BHG", "VL", "WAL", "ander"),
    "regime": ("structureel", "occasioneel", "mobiel"),
    "reden": ("pensioen", "ontslag_door_lid", "ontslag_door_dienst", "einde_contract", "mobiliteit", "ander"),
}
#: Dimensions that only one series has.
_ONLY = {"regime": "telewerkers", "reden": "uitstroom"}
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

    >>> rows = pd.DataFrame({"reeks": ["uitstroom"] * 4, "dimensie": [None, "reden", "niveau", "regime"],
    ...     "categorie": [None, "pensioen", "F", "mobiel"]})
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
