"""When will each objective be done, and how likely is it by its own first plan and by the end of the plan?"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common
from analysis.views.voortgang.chances import EDGE, PLAN_REASONS, chances, end_of, ending, furthest, likelihood

LEVEL, ABOVE = "doelstelling_code", "krachtlijn_code"
#: From this likelihood on something is rather to be expected than not.
RATHER = 0.5


@in_every_language
def chances_table(report: Report) -> Figure:
    """Table: per objective the quarters by which it is done with a likelihood of 50 and of 85 %."""
    if none := common.nothing(report, "voortgang-kansen", "voortgang", "plan_acties"):
        return none
    words, table = report.words, chances(report, LEVEL)
    if table["reden"].isin(PLAN_REASONS).any():
        return Figure("voortgang-kansen", "absent", words.t("The deliveries cannot carry a forecast yet"))
    end = end_of(report.now, report.plan_id, report.quarter)
    columns = (
        Column(standing.level(report, "doelstelling")),
        Column(words.t("Actions completed")),
        Column(words.t("Done with 50 % likelihood")),
        Column(words.t("Done with 85 % likelihood")),
        Column(words.t("First planned end")),
        Column(words.t("Likelihood by then (%)"), "number"),
        Column(words.t("Likelihood by {end} (%)", end=ending(words, end)), "number"),
    )
    labels = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id)).set_index(LEVEL)["label"]
    cells = tuple((f"{row.code} {labels[row.code]}", *_cells(report, row)) for row in standing.each(table))
    return Figure(
        id="voortgang-kansen",
        kind="table",
        title=chances_title(words, table, end),
        subtitle=words.t(
            "An objective is done when all its actions are, those that were stopped or taken over left out; likelihood "
            "as forecast from the pace up to the end of {quarter}",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, cells, _groups(report, table)),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(report, table)),
    )


def chances_title(words: Words, table: pd.DataFrame, end: Quarter) -> str:
    """Count the objectives that are done, will probably be done in time or not, or have no forecast.

    Args:
        words: the language.
        table: ``acties``, ``voltooid``, ``kans`` and ``reden``, see :func:`analysis.views.voortgang.chances.chances`.
        end: the quarter by whose end ``kans`` asks.
    """
    done = (table["acties"] > 0) & (table["voltooid"] == table["acties"])
    likely, unlikely = (table["kans"] >= RATHER) & ~done, table["kans"] < RATHER
    without = ~(done | likely | unlikely)
    when = ending(words, end)
    found = [int(one.sum()) for one in (done, likely, unlikely, without)]
    told = (
        words.tn("{n} is done", "{n} are done", found[0]),
        words.tn("{n} is likely to be done by {end}", "{n} are likely to be done by {end}", found[1], end=when),
        words.tn("{n} is not likely to be done by {end}", "{n} are not likely to be done by {end}", found[2], end=when),
        words.tn("{n} has no forecast", "{n} have no forecast", found[3]),
    )
    parts = [text for text, n in zip(told, found, strict=True) if n]
    return words.tn("Of {n} objective: {parts}", "Of {n} objectives: {parts}", len(table), parts=words.list(parts))


def short(words: Words, quarter: str) -> str:
    """Write a quarter such as 2029Q2 shortly; a dash where there is none."""
    if not quarter:
        return UNKNOWN_SIGN
    known = Quarter.parse(quarter)
    return words.t("in short: quarter {number} of {year}", number=known.number, year=known.year)


def _cells(report: Report, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    """Return what stands behind an objective."""
    words = report.words
    count = words.t("{n} of {total}", n=words.number(row.voltooid), total=words.number(row.acties))
    planned = short(words, row.gepland)
    if row.acties and row.voltooid == row.acties:
        return count, words.t("objective: done"), UNKNOWN_SIGN, planned, UNKNOWN_SIGN, words.number(100)
    if row.reden:
        return count, _why(words, row), UNKNOWN_SIGN, planned, UNKNOWN_SIGN, _at_most(words, row)
    dates = (_by(report, quarter) for quarter in (row.p50, row.p85))
    over = row.gepland and row.gepland <= str(report.quarter)
    own = words.t("is over") if over else likelihood(words, row.kans_gepland)
    return count, *dates, planned, own, likelihood(words, row.kans)


def _at_most(words: Words, row: Any) -> str:  # noqa: ANN401
    """Return what the actions with a forecast leave possible."""
    if row.reden != "zonder" or row.hoogstens > 1 - EDGE:
        return UNKNOWN_SIGN
    told = likelihood(words, row.hoogstens)
    return told if row.hoogstens < EDGE else words.t("at most {n}", n=told)


def _by(report: Report, quarter: str) -> str:
    """Write the quarter by whose end something is done; beyond the forecast only that it is later."""
    if quarter:
        return short(report.words, quarter)
    last = furthest(report.now, report.plan_id, report.quarter)
    return report.words.t("after {quarter}", quarter=short(report.words, str(last)))


def _why(words: Words, row: Any) -> str:  # noqa: ANN401
    reasons = {
        "zonder": words.tn(
            "{n} action without a recent number", "{n} actions without a recent number", int(row.zonder)
        ),
        "geen_acties": words.t("no action is left"),
    }
    return words.t("The data cannot carry a forecast: {why}", why=reasons[row.reden])


def _groups(report: Report, table: pd.DataFrame) -> dict[int, str]:
    """Return the heading above the first objective of each krachtlijn, with its own forecast."""
    above = report.now.plan("plan_doelstellingen", report.plan_id).set_index(LEVEL)[ABOVE]
    own = {row.code: row for row in standing.each(chances(report, ABOVE))}
    firsts = table["code"].map(above).reset_index(drop=True).drop_duplicates()
    return {
        int(str(place)): _heading(report, standing.named_line(report, code), own[code])
        for place, code in firsts.items()
    }


def _heading(report: Report, name: str, row: Any) -> str:  # noqa: ANN401
    words = report.words
    count, p50, p85, *_, chance = _cells(report, row)
    if row.voltooid == row.acties:
        return words.t("{name} – {status}", name=name, status=words.t("actions completed: {n}", n=count))
    if row.reden:
        told = words.t("actions completed: {n}", n=count), words.t("likelihood in time: {n} %", n=chance)
    else:
        told = words.t("actions completed: {n}", n=count), words.t("50 %: {p50}, 85 %: {p85}", p50=p50, p85=p85)
    return words.t("{name} – {status}", name=name, status=words.joined(told))


def _notes(report: Report, table: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    told = (
        (
            (table["reden"] == "zonder").any(),
            words.t(
                "Without a recent number (none for a year or longer) an action has no forecast, and so has all that it "
                "is part of; “at most” is what the other actions leave possible."
            ),
        ),
        (
            (table["reden"] == "").any(),
            words.t("The likelihood that all actions are done is smaller than that of each of them."),
        ),
    )
    return tuple(text for holds, text in told if holds)
