"""What changed since last quarter: this report's data beside the last one's, as it was known then."""

from analysis.views.veranderingen.actions import evidence, statuses
from analysis.views.veranderingen.figures import figures
from analysis.views.veranderingen.revised import revised
from analysis.views.veranderingen.sources import sources
from analysis.views.veranderingen.targets import targets

__all__ = ["evidence", "figures", "revised", "sources", "statuses", "targets"]
