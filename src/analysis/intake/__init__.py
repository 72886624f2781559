"""A delivery in ``data/raw`` becomes validated, typed tables in ``data/processed``."""

from __future__ import annotations

from analysis.deliveries import RECEIVED, Which
from analysis.intake.state import Outcome, Progress, in_turn, silent, unchanged, unchanged_set
from analysis.paths import Project

__all__ = ["Outcome", "ensure", "intake"]


def ensure(project: Project, progress: Progress = silent, which: Which = RECEIVED) -> Outcome:
    """Run the intake of what changed since the last one, or whose rules did; tell what became of everything.

    Args:
        project: the project folder.
        progress: is told how far it is.
        which: the set of quarterly deliveries that is taken in beside the tables.
    """
    return _tables(project, progress) + _deliveries(project, progress, which)


def intake(project: Project, progress: Progress = silent, which: Which = RECEIVED) -> Outcome:
    """Run the whole intake, whether anything changed or not; see :func:`analysis.intake.run.intake`."""
    from analysis.intake import run, sets  # loads pandas: only when there is something to take in

    outcome = run.intake(project, progress)
    with in_turn(project, progress):
        return outcome + sets.work(project, which, progress)


def _tables(project: Project, progress: Progress) -> Outcome:
    known = unchanged(project)
    if known is None:
        from analysis.intake import run

        with in_turn(project, progress):
            known = unchanged(project) or run.work(project, progress)  # another run may have done it meanwhile
    return known


def _deliveries(project: Project, progress: Progress, which: Which) -> Outcome:
    known = unchanged_set(project, which)
    if known is None:
        from analysis.intake import sets

        with in_turn(project, progress):
            known = unchanged_set(project, which) or sets.work(project, which, progress)
    return known
