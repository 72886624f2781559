"""What the figures on the SWOT share: its items with their answers, their words, and what to say without one."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure
from analysis.models import swot as model
from analysis.views import standing
from analysis.views.report import Report


def answers(report: Report, actions: pd.DataFrame) -> pd.DataFrame:
    """Return the items of the plan's SWOT with the objectives that answer them and the progress of their actions."""
    found = report.now.plan("swot", report.plan_id)
    return model.answers(found, links(report), actions)


def links(report: Report) -> pd.DataFrame:
    """Return which objective answers which item."""
    return report.now.plan("swot_doelstellingen", report.plan_id)


def raised(report: Report) -> pd.DataFrame:
    """Return which challenge comes back in which item."""
    return report.now.plan("swot_uitdagingen", report.plan_id)


def own_links(report: Report) -> str:
    """Say that these links are Krachtlijn's own."""
    return report.words.t("Which objective answers which item is Krachtlijn’s own reading; the plan does not say it.")


def group_words(report: Report) -> dict[str, str]:
    """Return the names of the four groups."""
    words = report.words
    return {
        "S": words.t("Strengths"),
        "W": words.t("Weaknesses"),
        "O": words.t("Opportunities"),
        "T": words.t("Threats"),
    }


def absent(report: Report, figure: str) -> Figure:
    """Say that the plan has no SWOT."""
    words, name = report.words, standing.plan_name(report)
    return Figure(
        id=figure,
        kind="sentences",
        title=words.t("{plan} has no SWOT", plan=name),
        sentences=(words.t("This part compares a plan with its own SWOT."),),
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )
