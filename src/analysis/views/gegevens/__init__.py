"""The chapter on the quality of the data; a notebook finds all its views here."""

from analysis.views.gegevens.aannames import choices, reasons, thresholds
from analysis.views.gegevens.datering import dating
from analysis.views.gegevens.fouten import faults
from analysis.views.gegevens.ouderdom import ages
from analysis.views.gegevens.tegenspraak import conflicts, differences
from analysis.views.gegevens.toetsing import overview, rules, tables

__all__ = [
    "ages",
    "choices",
    "conflicts",
    "dating",
    "differences",
    "faults",
    "overview",
    "reasons",
    "rules",
    "tables",
    "thresholds",
]
