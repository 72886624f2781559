"""The boordtabel: one row per krachtlijn and one for the whole plan."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN
from analysis.models import boordtabel as model
from analysis.models.boordtabel import WHOLE
from analysis.views import standing
from analysis.views.directieraad.picture import Picture, look, moves, without_actions
from analysis.views.report import Report, in_every_language
from analysis.views.theme import STATUS_SIGNS

#: One sign per roll-up: those of the statuses, where they mean the same.
SIGNS = {
    "vertraagd": STATUS_SIGNS["vertraagd"],
    "te_weinig": STATUS_SIGNS["geen_spoor"],
    "stil": STATUS_SIGNS["geen_spoor"],
    "voltooid": STATUS_SIGNS["voltooid"],
    "overgenomen": STATUS_SIGNS["overgenomen"],
    "beweging": STATUS_SIGNS["loopt"],
}


@in_every_language
def boordtabel(report: Report) -> Figure:
    """Return per krachtlijn its status and reason, trend, what is new, what is unknown, and the age of the evidence.

    The roll-up is that of :mod:`analysis.models.boordtabel`: a known delay first, then too little known; silence is
    never good news, and the worst actions are named beside the average.
    """
    words, picture = report.words, look(report)
    if picture.now.empty:
        return _absent(report)
    rows = model.board(picture.now, picture.before, picture.year_ago)
    columns = (
        Column(standing.line_head(report)),
        Column(words.t("Status and reason"), lead=True),
        Column(words.t("Actions with progress, trend")),
        Column(words.t("New since last quarter")),
        Column(words.t("No trace")),
        Column(words.t("Age of the evidence")),
    )
    return Figure(
        id="directieraad-boordtabel",
        kind="table",
        title=_title(report, rows),
        grid=Grid(columns, tuple(_row(report, picture, row) for row in standing.each(rows))),
        origins=standing.origins(report, picture.now),
        notes=(_legend(report),),
    )


def _absent(report: Report) -> Figure:
    return Figure(
        id="directieraad-boordtabel",
        kind="sentences",
        title=without_actions(report),
        sentences=(report.words.t("Only for a plan with actions can their status be shown."),),
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )


def _title(report: Report, rows: pd.DataFrame) -> str:
    words = report.words
    lines = rows[rows["krachtlijn_code"] != WHOLE]
    n = lines["oordeel"].value_counts()
    phrases = {
        "vertraagd": words.tn("{n} with a known delay", "{n} with a known delay (lines)", int(n.get("vertraagd", 0))),
        "te_weinig": words.tn(
            "{n} of which too little is known", "{n} of which too little is known (lines)", int(n.get("te_weinig", 0))
        ),
        "stil": words.tn("{n} long silent", "{n} long silent (lines)", int(n.get("stil", 0))),
        "beweging": words.tn("{n} on the move", "{n} on the move (lines)", int(n.get("beweging", 0))),
        "overgenomen": words.tn("{n} taken over", "{n} taken over (lines)", int(n.get("overgenomen", 0))),
        "voltooid": words.tn("{n} completed", "{n} completed (lines)", int(n.get("voltooid", 0))),
    }
    told = words.list([text for verdict, text in phrases.items() if n.get(verdict, 0)])
    if lines.empty:  # a plan without krachtlijnen
        return words.t("Board table of the plan")
    return words.tn(
        "Board table: {n} krachtlijn, {parts}", "Board table: {n} krachtlijnen, {parts}", len(lines), parts=told
    )


def _row(report: Report, picture: Picture, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    words = report.words
    return (
        _name(report, row.krachtlijn_code),
        _status(report, row),
        _trend(report, row),
        _new(report, picture, row.krachtlijn_code),
        words.t("{n} of {total}", n=words.number(row.onbekend), total=words.number(row.acties)),
        _age(report, row),
    )


def _name(report: Report, code: str) -> str:
    if code == WHOLE:
        return report.words.t("Whole plan")
    return standing.named_line(report, code)


def _status(report: Report, row: Any) -> str:  # noqa: ANN401
    """Write the verdict with its sign, and the actions that go worst."""
    words = report.words
    verdicts = {
        "vertraagd": words.t("a delay is known"),
        "te_weinig": words.t("too little is known"),
        "stil": words.t("long silent"),
        "beweging": words.t("on the move"),
        "overgenomen": words.tn("taken over", "taken over (actions)", len(row.overgenomen)),
        "voltooid": words.t("completed"),
    }
    codes = {"vertraagd": row.laat, "overgenomen": row.overgenomen}
    parts = [_marked(report, row.oordeel, verdicts[row.oordeel], codes.get(row.oordeel, ()))]
    if row.overgenomen and row.oordeel != "overgenomen":
        parts.append(_marked(report, "overgenomen", verdicts["overgenomen"], row.overgenomen))
    return words.joined(parts)


def _marked(report: Report, verdict: str, text: str, codes: tuple[str, ...]) -> str:
    told = report.words.t("{sign} {text}", sign=SIGNS[verdict], text=text)
    return report.words.t("{text}: {codes}", text=told, codes=", ".join(codes)) if codes else told


def _trend(report: Report, row: Any) -> str:  # noqa: ANN401
    """Write how many actions show progress, against the previous report and four quarters ago."""
    words = report.words
    quarter = words.t("{change} this quarter", change=_change(report, row.vooruit - row.vorig))
    told = [words.t("{n} of {total}", n=words.number(row.vooruit), total=words.number(row.acties)), quarter]
    if not math.isnan(row.jaar):
        told.append(words.t("{change} in a year", change=_change(report, row.vooruit - row.jaar)))
    return ", ".join(told)


def _change(report: Report, difference: float) -> str:
    """Write a difference with its arrow; the sign of the number says the same."""
    if difference == 0:
        return report.words.t("unchanged")
    number = report.words.number(difference, sign=True)
    return f"↑\u00a0{number}" if difference > 0 else f"↓\u00a0{number}"  # the arrow stays with its number


def _new(report: Report, picture: Picture, code: str) -> str:
    words = report.words
    changed, fresh = picture.changed, picture.fresh
    if code != WHOLE:
        own = picture.now.loc[picture.now["krachtlijn_code"] == code, "actie_code"]
        changed, fresh = (rows[rows["actie_code"].isin(own)] for rows in (changed, fresh))
    told = moves(report, changed, codes=code != WHOLE)
    if len(fresh):
        told.append(words.tn("{n} new event", "{n} new events", len(fresh)))
    return ", ".join(told) if told else words.t("nothing new")


def _age(report: Report, row: Any) -> str:  # noqa: ANN401
    """Write the median age of the youngest evidence, and of how many actions it is over two years old."""
    words = report.words
    if math.isnan(row.maanden):
        return UNKNOWN_SIGN
    months = words.tn("{n} month", "{n} months", int(row.maanden))
    return words.t("{months} ({old})", months=months, old=words.number(row.oud))


def _legend(report: Report) -> str:
    return report.words.t(
        "{late} at least one known delay. {unknown} less than half of the actions with a public trace, or with one of "
        "the last two years. {moving} all else. Age: median of the youngest evidence per action, in brackets of how "
        "many actions that is over two years old. No trace does not mean that nothing happened.",
        late=SIGNS["vertraagd"],
        unknown=SIGNS["stil"],
        moving=SIGNS["beweging"],
    )
