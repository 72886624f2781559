"""What was delivered: the first thing that a reader of the chapter must know."""

from __future__ import annotations

import pandas as pd

from analysis import deliveries
from analysis.figure import Figure
from analysis.quarter import Quarter
from analysis.views import levels
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common

#: The tables of a delivery that say nothing of progress: the chapter on the SWOT reads them.
SCORES = ("swot_scores", "swot_vergelijkingen")


@in_every_language
def received(report: Report) -> Figure:
    """Sentences: which deliveries the chapter rests on, how complete the last one is; or that none has come."""
    known = common.rows(report, "leveringen")
    if known.empty:
        return _none(report)
    last = str(known["kwartaal"].max())
    return Figure(
        id="voortgang-leveringen",
        kind="sentences",
        title=_title(report, last),
        sentences=(
            *_counted(report, known),
            *_only_scores(report, last),
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
    if last in only_scored(report):
        return words.t(
            "On {quarter} only scores of the SWOT were delivered, nothing on progress", quarter=words.quarter(quarter)
        )
    return words.t("What was delivered on {quarter}", quarter=words.quarter(quarter))


def only_scored(report: Report) -> set[str]:
    """Return the quarters on which scores of the SWOT were delivered and nothing else."""
    return _quarters(report, *SCORES) - _told(report)


def _told(report: Report) -> set[str]:
    """Return the quarters on which anything but scores of the SWOT was delivered."""
    return _quarters(report, *(name for name in deliveries.names(report.now.project) if name not in SCORES))


def _quarters(report: Report, *tables: str) -> set[str]:
    return {str(quarter) for name in tables for quarter in common.rows(report, name)["kwartaal"].unique()}


def _counted(report: Report, known: pd.DataFrame) -> tuple[str, ...]:
    """Say on how many quarters was reported, in how many deliveries; those with scores alone report on none."""
    words, scored = report.words, only_scored(report)
    own = known[~known["kwartaal"].isin(scored)]
    if own.empty:
        return ()
    return (
        words.tn(
            "{n} quarter was reported on, in {deliveries}; the last delivery came on {date}.",
            "{n} quarters were reported on, in {deliveries}; the last delivery came on {date}.",
            own["kwartaal"].nunique(),
            deliveries=words.tn("{n} delivery", "{n} deliveries", len(own)),
            date=words.date(own["bekend_op"].max().date()),
        ),
    )


def _only_scores(report: Report, last: str) -> tuple[str, ...]:
    """Say on how many quarters only scores came, and which delivery then is the last one on progress."""
    words, scored, told = report.words, only_scored(report), _told(report)
    if not scored:
        return ()
    said = words.tn(
        "On {n} quarter only scores of the SWOT were delivered, which the chapter on the SWOT shows.",
        "On {n} quarters only scores of the SWOT were delivered, which the chapter on the SWOT shows.",
        len(scored),
    )
    if not told:
        return (said, words.t("Nothing has been delivered on the progress of the plan: it counts as unknown."))
    if last not in scored:
        return (said,)
    before = words.quarter(Quarter.parse(max(told)))
    return (said, words.t("The last delivery on progress is that on {quarter}.", quarter=before))


def _coverage(report: Report) -> tuple[str, ...]:
    """Say of how many actions the last delivery on progress says nothing."""
    told = common.rows(report, "voortgang")
    actions = report.now.plan("plan_acties", report.plan_id)
    if told.empty or actions.empty:
        return ()
    own = told.loc[told["kwartaal"] == max(_told(report)), "actie_code"]
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
