"""The chapter on the SWOT: which objectives answer which item, and which items none answers."""

from analysis.views.swot.groups import per_group
from analysis.views.swot.tables import items, objectives, unanswered

__all__ = ["items", "objectives", "per_group", "unanswered"]
