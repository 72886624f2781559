"""The course of the plan and of each krachtlijn: how far on average, how far at least, and who is least advanced."""

from __future__ import annotations

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered import rollup
from analysis.models.delivered.latest import history
from analysis.models.delivered.rollup import LEFT, WHOLE
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, koers_beeld
from analysis.views.voortgang.koers_tekst import course_title, told

#: Columns of the actions by which the course is told.
_LINE = "krachtlijn_code"


@in_every_language
def course(report: Report) -> Figure:
    """Chart: per quarter the average progress of the plan and its krachtlijnen, its bounds, and the least advanced."""
    if none := common.nothing(report, "voortgang-koers", "voortgang", "plan_acties"):
        return none
    words, rows, gained = report.words, courses(report), gains(report)
    title = course_title(words, told(rows, gained))
    drawn = koers_beeld.shown(rows)
    return Figure(
        id="voortgang-koers",
        kind="chart",
        title=title,
        subtitle=words.t(
            "Progress in %, weighted by action, per quarter; the band is what the actions that a quarter says nothing "
            "of could make of the average, from 0 to 100"
        ),
        alt=words.t("A panel per group with its progress per quarter. {told}", told=" ".join(_said(report, rows))),
        grid=_grid(report, rows),
        spec=koers_beeld.picture(report, drawn, {code: name(report, code) for code in drawn["code"].unique()}),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(report, rows, gained, drawn)),
    )


# --- what the model gives ---


def courses(report: Report) -> pd.DataFrame:
    """Return the plan and each krachtlijn per quarter, see :func:`analysis.models.delivered.rollup.over_time`."""
    return _courses(report.now, report.plan_id, report.quarter).copy(deep=False)


def gains(report: Report) -> pd.DataFrame:
    """Return how much the plan and each krachtlijn advanced, see :func:`analysis.models.delivered.rollup.gains`."""
    return _gains(report.now, report.plan_id, report.quarter).copy(deep=False)


@once
def _courses(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    known, actions = _facts(catalog, plan_id, quarter)
    return pd.concat([rollup.over_time(known, actions, by) for by in _levels(catalog, plan_id)], ignore_index=True)


@once
def _gains(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    known, actions = _facts(catalog, plan_id, quarter)
    return pd.concat([rollup.gains(known, actions, by) for by in _levels(catalog, plan_id)], ignore_index=True)


def _facts(catalog: Catalog, plan_id: str, quarter: Quarter) -> tuple[pd.DataFrame, pd.DataFrame]:
    above = catalog.plan("plan_doelstellingen", plan_id)[["doelstelling_code", _LINE]]
    actions = catalog.plan("plan_acties", plan_id).merge(above, on="doelstelling_code", how="left")
    told = until(catalog.delivered("voortgang", plan_id), quarter)
    return history(told, ["actie_code"]), actions[["actie_code", _LINE]]


def _levels(catalog: Catalog, plan_id: str) -> tuple[str, ...]:
    return (WHOLE, _LINE) if len(catalog.plan("krachtlijnen", plan_id)) else (WHOLE,)


def name(report: Report, code: str) -> str:
    """Return a group as a reader knows it."""
    return standing.named_line(report, code) if code != WHOLE else report.words.t("The whole plan")


# --- what stands beside it ---


def _said(report: Report, rows: pd.DataFrame) -> list[str]:
    """Say of each group where it stands now."""
    words, now = report.words, rows[rows["kwartaal"] == rows["kwartaal"].max()]
    found = []
    for row in standing.each(now):
        group, average = name(report, row.code), common.percent(words, row.gemiddelde)
        low, high = common.percent(words, row.onder), common.percent(words, row.boven)
        said = words.t(
            "{group}: {average} on average, between {low} and {high}.", group=group, average=average, low=low, high=high
        )
        found.append(words.t("{group}: {average} on average.", group=group, average=average) if low == high else said)
    return found


def _notes(report: Report, rows: pd.DataFrame, gained: pd.DataFrame, drawn: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    hidden = rows["code"].nunique() - drawn["code"].nunique()
    weights = words.t(
        "Each quarter is reckoned with the weights of that quarter: a line also moves where weights changed."
    )
    only = words.tn("{n} group is only in the table.", "{n} groups are only in the table.", hidden)
    return (*_compared(report, gained), weights, *_left(report), *((only,) if hidden else ()))


def _left(report: Report) -> tuple[str, ...]:
    """Say what became of the actions that were stopped or taken over."""
    n = int(common.statuses(report)["status"].isin(LEFT).sum())
    if not n:
        return ()
    return (
        report.words.tn(
            "{n} action that was stopped or taken over keeps its progress in the average; it is not named as the least "
            "advanced.",
            "{n} actions that were stopped or taken over keep their progress in the average; they are not named as the "
            "least advanced.",
            n,
        ),
    )


def _compared(report: Report, gained: pd.DataFrame) -> tuple[str, ...]:
    """Say over what an advance is measured, and that of each group."""
    if gained.empty:
        return ()
    words = report.words
    parts = [
        words.t(
            "{group}: {gain} ({share} of the weight)",
            group=words.t("Krachtlijn as a group: {code}", code=row.code) if row.code else words.t("The whole plan"),
            gain=UNKNOWN_SIGN if pd.isna(row.winst) else words.number(round(row.winst), sign=True),
            share=common.percent(words, 100 * row.aandeel),
        )
        for row in standing.each(gained)
    ]
    return (
        words.t(
            "Advance, in points, is that of the actions known in both {first} and {last}, so that silence moves "
            "nothing. {list}.",
            first=words.quarter(Quarter.parse(gained["van"].iloc[0])),
            last=words.quarter(Quarter.parse(gained["tot"].iloc[0])),
            list=words.joined(parts),
        ),
    )


def _least(words: Words, action: str, n: int) -> str:
    """Return the least advanced action, and how many others are no further."""
    if n < 2:
        return action
    return words.tn("{action} and {n} other alike", "{action} and {n} others alike", n - 1, action=action)


def _grid(report: Report, rows: pd.DataFrame) -> Grid:
    words, actions = report.words, standing.actions(report)
    names = {code: f"{code} {label}" for code, label in zip(actions["actie_code"], actions["label"], strict=True)}
    columns = (
        Column(words.t("Quarter")),
        Column(words.t("Average (%)"), "number"),
        Column(words.t("At least (%)"), "number"),
        Column(words.t("At most (%)"), "number"),
        Column(words.t("Known (% of the weight)"), "number"),
        Column(words.t("Least advanced action")),
        Column(words.t("Its progress (%)"), "number"),
    )
    cells = tuple(
        (
            words.quarter(Quarter.parse(row.kwartaal)),
            *(words.number(value, 1) for value in (row.gemiddelde, row.onder, row.boven)),
            words.number(100 * row.dekking),
            _least(words, names.get(row.slechtste, UNKNOWN_SIGN), int(row.slechtste_aantal)),
            words.number(row.slechtste_voortgang),
        )
        for _, own in rows.groupby("code", sort=False)
        for row in standing.each(own)
    )
    return Grid(columns, cells, _headings(report, rows))


def _headings(report: Report, rows: pd.DataFrame) -> dict[int, str]:
    """Return the name of each group above its first quarter."""
    many = rows.groupby("code", sort=False).size()
    firsts = many.cumsum() - many
    return {int(first): name(report, str(code)) for code, first in firsts.items()}
