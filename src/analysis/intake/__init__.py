"""A delivery in ``data/raw`` becomes validated, typed tables in ``data/processed``."""

from __future__ import annotations

from analysis.intake.state import Outcome, Progress, in_turn, silent, unchanged
from analysis.paths import Project

__all__ = ["Outcome", "ensure", "intake"]


def ensure(project: Project, progress: Progress = silent) -> Outcome:
    """Run the intake if the raw data or its rules changed since the last one; else report that one's outcome."""
    known = unchanged(project)
    if known is None:
        from analysis.intake import run

        with in_turn(project, progress):
            known = unchanged(project) or run.work(project, progress)  # another run may have done it meanwhile
    return known


def intake(project: Project, progress: Progress = silent) -> Outcome:
    """Validate all raw tables and publish them to ``data/processed``; see :func:`analysis.intake.run.intake`."""
    from analysis.intake import run  # loads pandas: only when there is something to take in

    return run.intake(project, progress)
