"""The chapter on the SWOT: what answers each item, how raters score it, what figures say, and the red thread."""

from analysis.views.swot.bewijs import evidence
from analysis.views.swot.bewijs_reeksen import series
from analysis.views.swot.eensgezind import agreed
from analysis.views.swot.gewogen import evaluations, tows
from analysis.views.swot.groups import per_group
from analysis.views.swot.paren import pairs
from analysis.views.swot.rangorde import ranking
from analysis.views.swot.rangorde_beeld import order
from analysis.views.swot.rode_draad import challenges, loose, thread
from analysis.views.swot.scores import scored
from analysis.views.swot.tables import items, objectives, unanswered

__all__ = [
    "agreed",
    "challenges",
    "evaluations",
    "evidence",
    "items",
    "loose",
    "objectives",
    "order",
    "pairs",
    "per_group",
    "ranking",
    "scored",
    "series",
    "thread",
    "tows",
    "unanswered",
]
