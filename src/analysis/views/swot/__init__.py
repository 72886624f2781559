"""The chapter on the SWOT: which objectives answer which item, and which items none answers."""

from analysis.views.swot.groups import per_group
from analysis.views.swot.tables import items, objectives, unanswered
from analysis.views.swot.thread import challenges, loose, thread

__all__ = ["challenges", "items", "loose", "objectives", "per_group", "thread", "unanswered"]
