"""The chapter on the plan's krachtlijnen; a notebook finds all its views here."""

from analysis.views.krachtlijnen.events import delays, recent_events
from analysis.views.krachtlijnen.plan import frame, named, targets
from analysis.views.krachtlijnen.register import register
from analysis.views.krachtlijnen.status import status_per_krachtlijn, status_per_objective
from analysis.views.krachtlijnen.timeline import timeline

__all__ = [
    "delays",
    "frame",
    "named",
    "recent_events",
    "register",
    "status_per_krachtlijn",
    "status_per_objective",
    "targets",
    "timeline",
]
