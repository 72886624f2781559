"""The categories into which delivered staff figures are divided: what may be handed in, and what views name."""

from __future__ import annotations

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
}
