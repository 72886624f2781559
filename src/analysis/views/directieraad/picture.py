"""What page one looks at: the actions now, in the previous report and four quarters ago."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.models import changes
from analysis.views import standing
from analysis.views.report import Report


@dataclass(frozen=True)
class Picture:
    """The plan's actions on three days.

    Attributes:
        now: the actions with their status on the as-of date.
        before: the same on the previous report's as-of date.
        year_ago: the same four quarters ago; None where the plan had not been published by then.
        changed: those whose status changed since the previous report, with ``was`` and ``beweging``.
        fresh: the public events that became known since the previous report.
    """

    now: pd.DataFrame
    before: pd.DataFrame
    year_ago: pd.DataFrame | None
    changed: pd.DataFrame
    fresh: pd.DataFrame


def look(report: Report) -> Picture:
    """Return the picture of a report."""
    now, before = standing.statuses(report), standing.statuses(report.earlier())
    then = report.ago(4)
    plan = report.now.plan("plannen", report.plan_id).iloc[0]
    unborn = plan["gepubliceerd_tot"] > pd.Timestamp(then.as_of)
    events = standing.events(report)
    return Picture(
        now,
        before,
        None if unborn else standing.statuses(then),
        changes.status_changes(now, before),
        changes.newly_known(events, report.run.previous_as_of(), report.now.package.collected),
    )


def moves(report: Report, changed: pd.DataFrame, *, codes: bool = False) -> list[str]:
    """Say how many actions made each move, what a board must hear first in front; with their codes if asked."""
    told = []
    for move in changes.MOVES:
        own = changed[changed["beweging"] == move]
        if len(own):
            text = standing.moved(report.words, move, len(own))
            named = ", ".join(own["actie_code"])
            told.append(report.words.t("{moves} ({codes})", moves=text, codes=named) if codes else text)
    return told


def without_actions(report: Report) -> str:
    """Return the title of a figure about a plan that lists no actions."""
    return report.words.t("The plan '{plan}' lists no actions", plan=standing.plan_name(report))
