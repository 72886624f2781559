"""Where a panel has its scores from: a report on the deliveries that were chosen, with both languages at hand.

Tables that are not there yet are taken in first, and the fictitious examples made: who opens a notebook in JupyterLab
should not have to run a command for it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis import deliveries
from analysis.deliveries import EXAMPLES, Which
from analysis.languages import LANGUAGES
from analysis.params import settle
from analysis.paths import Project
from analysis.processed import SUMMARY
from analysis.views import Report
from analysis.views.swot import scores

TABLE = "swot_scores"


@dataclass(frozen=True)
class Asked:
    """The parameters of the notebook, see :class:`analysis.views.report.Report`."""

    quarter: str
    plan: str | None = None
    as_of: str | dt.date | None = None
    project: Project | None = None

    def report(self, which: str | None) -> Report:
        """Return the report on one set of deliveries (by default that of the parameters), in all languages.

        Raises:
            KrachtlijnError: a parameter is not accepted, or the tables cannot be made.
        """
        project = self.project or Project.find()
        run = settle(project, self.quarter, plan=self.plan, as_of=self.as_of, deliveries=which)
        if not is_there(project, run.deliveries):
            supply(project, run.deliveries)
        return Report(self.quarter, "+".join(LANGUAGES), self.plan, self.as_of, run.deliveries, project)


def is_there(project: Project, which: Which) -> bool:
    """Say whether the tables were made, and those of the deliveries."""
    scored = deliveries.room(project, which) / f"{TABLE}.parquet"
    return (project.processed / SUMMARY).is_file() and scored.is_file()


def supply(project: Project, which: Which) -> None:
    """Take in what was received; make the fictitious examples first where these are asked for.

    Raises:
        KrachtlijnError: the delivered files cannot be taken in.
    """
    from analysis.examples import files  # only where there is something to take in
    from analysis.intake import ensure

    if which == EXAMPLES:
        files.ensure(project, lambda *_: None)
    ensure(project, which=which)


def moments(report: Report) -> dict[str, pd.DataFrame]:
    """Return the scores of each moment up to the report's quarter, the youngest first; by its code."""
    rows = scores.rows(report, TABLE)
    return {str(code): own.reset_index(drop=True) for code, own in sorted(rows.groupby("kwartaal"), reverse=True)}


def labels(report: Report) -> dict[str, str]:
    """Return the label of each item by its code, in the report's language."""
    items = report.labelled(report.now.plan("swot", report.plan_id))
    return dict(zip(items["swot_code"], items["label"], strict=True))
