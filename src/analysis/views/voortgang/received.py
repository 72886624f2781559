"""What was delivered: the first thing that a reader of the chapter must know."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure
from analysis.quarter import Quarter
from analysis.views import levels
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common


@in_every_language
def received(report: Report) -> Figure:
    """Sentences: which deliveries the chapter rests on, how complete the last one is; or that none has come."""
    known = common.rows(report, "leveringen")
    if known.empty:
        return _none(report)
    words, last = report.words, known.sort_values(["kwartaal", "bekend_op"]).iloc[-1]
    quarters = known["kwartaal"].nunique()
    return Figure(
        id="voortgang-leveringen",
        kind="sentences",
        title=_title(report, str(last["kwartaal"])),
        sentences=(
            words.tn(
                "{n} quarter was reported on, in {deliveries}; the last delivery came on {date}.",
                "{n} quarters were reported on, in {deliveries}; the last delivery came on {date}.",
                quarters,
                deliveries=words.tn("{n} delivery", "{n} deliveries", len(known)),
                date=words.date(known["bekend_op"].max().date()),
            ),
            *_coverage(report),
            *_aside(report, known),
        ),
        origins=common.origins(report),
        notes=common.notes(report, *levels.notes(report)),
    )


def _none(report: Report) -> Figure:
    words = report.words
    return Figure(
        id="voortgang-leveringen",
        kind="sentences",
        title=words.t("No quarterly delivery has been received"),
        sentences=(
            words.t(
                "What the owners of the plan know of its progress had not been handed in by {date}. The state of the "
                "plan is told from public evidence alone.",
                date=words.date(report.as_of),
            ),
        ),
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )


def _title(report: Report, last: str) -> str:
    words, quarter = report.words, Quarter.parse(last)
    if quarter < report.quarter:
        return words.t(
            "No delivery on {quarter}: the last one is on {last}",
            quarter=words.quarter(report.quarter),
            last=words.quarter(quarter),
        )
    return words.t("What was delivered on {quarter}", quarter=words.quarter(quarter))


def _coverage(report: Report) -> tuple[str, ...]:
    """Say of how many actions the last delivery says nothing."""
    told = common.rows(report, "voortgang")
    actions = report.now.plan("plan_acties", report.plan_id)
    if told.empty or actions.empty:
        return ()
    own = told.loc[told["kwartaal"] == str(report.quarter), "actie_code"]
    missing = len(actions) - actions["actie_code"].isin(own).sum()
    if not missing:
        return (report.words.t("It reports on every action of the plan."),)
    return (
        report.words.tn(
            "Of {n} of the {total} actions it says nothing: silence counts as unknown, never as good news.",
            "Of {n} of the {total} actions it says nothing: silence counts as unknown, never as good news (actions).",
            int(missing),
            total=report.words.number(len(actions)),
        ),
    )


def _aside(report: Report, known: pd.DataFrame) -> tuple[str, ...]:
    aside = int(known["apart"].sum())
    if not aside:
        return ()
    return (
        report.words.tn(
            "{n} delivered row was set aside because of a fault and is missing here.",
            "{n} delivered rows were set aside because of a fault and are missing here.",
            aside,
        ),
    )
