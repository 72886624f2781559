"""What is paid of the credits of the year, per objective, beside how far the objective has come."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered import credits as model
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, kredieten_beeld, kredieten_tekst, steering

NAME, CHART = "voortgang-kredieten", "voortgang-kredieten-beeld"
#: Stands at a credit that rests on an initial one; before an amount of which a part is unknown.
INITIAL, AT_LEAST = "†", "≥"
_THOUSAND = 1000


class Found(NamedTuple):
    """What the model finds: the parts of the total, and the quarter that they tell of."""

    rows: pd.DataFrame
    told: Quarter
    passed: float


@in_every_language
def credits(report: Report) -> Figure:  # noqa: A001 - the name by which a notebook asks for it
    """Table: per objective its credit, what is committed and paid of it, its progress, and whether they go together."""
    if none := common.nothing(report, NAME, "kredieten"):
        return none
    found = _found(report.now, report.plan_id, report.quarter)
    if found is None:
        return _no_credits(report, NAME)
    words = report.words
    columns = (
        Column(standing.level(report, "doelstelling")),
        Column(words.t("Credit (EUR 1,000)"), "number"),
        Column(words.t("Committed (EUR 1,000)"), "number"),
        Column(words.t("Paid (EUR 1,000)"), "number"),
        Column(words.t("Paid (% of the credit)"), "number"),
        Column(words.t("Progress (%; points on its planning)"), "number"),
        Column(words.t("Payment beside progress"), lead=True),
    )
    rows = _in_order(report, found.rows)
    return Figure(
        id=NAME,
        kind="table",
        title=_title(report, found),
        subtitle=_subtitle(report, found),
        grid=Grid(columns, tuple(_cells(report, row) for row in standing.each(rows)), _groups(report, rows)),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(report, found, rows)),
    )


@in_every_language
def credits_chart(report: Report) -> Figure:
    """Chart: per objective what is paid in % of its credit, and in a panel of its own its progress."""
    if none := common.nothing(report, CHART, "kredieten"):
        return none
    found = _found(report.now, report.plan_id, report.quarter)
    if found is None:
        return _no_credits(report, CHART)
    rows = _in_order(report, found.rows)
    own = rows[rows["deel"] == model.OBJECTIVE]
    if own["graad"].isna().all():
        return Figure(id=CHART, kind="absent", title=report.words.t("Of no objective is it known what is paid"))
    words, names = report.words, steering.names(report)
    known = [row for row in standing.each(own) if row.graad == row.graad]
    items = [
        words.t(
            "{code}: {paid} paid, {progress} done",
            code=row.code,
            paid=common.percent(words, row.graad),
            progress=common.percent(words, row.voortgang),
        )
        for row in known
    ]
    return Figure(
        id=CHART,
        kind="chart",
        title=kredieten_tekst.chart_title(words, own, found.passed, _paid(found)),
        subtitle=words.t(
            "Per objective, in %: what is paid of the credit of {year} until the end of {quarter}, and its progress at "
            "that time. A tick is what is expected: the share of the year that has passed, and what the original "
            "planning asks for",
            year=found.told.year,
            quarter=words.quarter(found.told),
        ),
        alt=words.t("Horizontal bars in two panels. {items}.", items=words.joined(items)),
        grid=_chart_grid(report, own, names, found.passed),
        spec=kredieten_beeld.picture(words, own, found.passed),
        origins=common.origins(report),
        notes=common.notes(report, *kredieten_tekst.rule(words)),
    )


@once
def _found(catalog: Catalog, plan_id: str, quarter: Quarter) -> Found | None:
    """Return the credits of the report's year beside progress; None where none were delivered for it."""
    known = model.of_year(catalog.delivered("kredieten", plan_id), quarter)
    if known.empty:
        return None
    told = Quarter.parse(str(known["kwartaal"].iloc[0]))
    passed = model.elapsed(str(told), quarter.year)
    parts = model.divided(known, until(catalog.delivered("verbanden", plan_id), told))
    actions = catalog.plan("plan_acties", plan_id)[["doelstelling_code"]]
    findings = pd.concat([actions, common.findings(catalog, plan_id, told)], axis=1)
    return Found(model.beside(parts, model.progress(findings), passed), told, passed)


def _no_credits(report: Report, name: str) -> Figure:
    words = report.words
    return Figure(
        id=name, kind="absent", title=words.t("No credits of {year} were delivered", year=report.quarter.year)
    )


def _title(report: Report, found: Found) -> str:
    return kredieten_tekst.title(report.words, report.quarter.year, _paid(found), model.counted(found.rows))


def _paid(found: Found) -> float:
    """Return what is paid of all credits, in %; NaN where that is not wholly known."""
    return float(found.rows.loc[found.rows["deel"] == model.TOTAL, "graad"].iloc[0])


def _subtitle(report: Report, found: Found) -> str:
    words = report.words
    return words.t(
        "Credits of {year} by the shares of the basisallocaties, paid from 1 January to the end of {quarter} ({share} "
        "of the year); progress at that time",
        year=report.quarter.year,
        quarter=words.quarter(found.told),
        share=common.percent(words, 100 * found.passed),
    )


def _in_order(report: Report, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the objectives in the order of the plan, then the other parts; what shares leave only where it shows."""
    codes = list(report.now.plan("plan_doelstellingen", report.plan_id)["doelstelling_code"])
    place = rows["code"].map({code: place for place, code in enumerate(codes)}).fillna(len(codes))
    rows = rows.assign(_place=place).sort_values("_place", kind="stable").drop(columns="_place")
    rounding = (rows["deel"] == model.REST) & (rows["codes"].map(len) == 0)
    return rows[~rounding].reset_index(drop=True)


def _cells(report: Report, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    words = report.words
    sign = "" if row.aangepast or row.krediet != row.krediet else f" {INITIAL}"
    amounts = [_amount(words, row, name) for name in ("krediet", "vastgelegd", "vereffend")]
    return (
        _name(report, row),
        amounts[0] + sign,
        *amounts[1:],
        words.number(row.graad),
        _progress(words, row),
        _verdict(words, row),
    )


def _name(report: Report, row: Any) -> str:  # noqa: ANN401
    words, codes = report.words, report.words.list(list(row.codes))
    if row.deel == model.OBJECTIVE:
        return steering.names(report)[row.code]
    return {
        model.OUTSIDE: words.t("Not tied to an objective"),
        model.UNLINKED: words.t("Without a link: {codes}", codes=codes),
        model.REST: words.t("Left over or counted twice by shares that are not 100 %: {codes}", codes=codes),
        model.TOTAL: words.t("All credits"),
    }[row.deel]


def _amount(words: Words, row: Any, name: str) -> str:  # noqa: ANN401
    told = words.number(getattr(row, name) / _THOUSAND)
    return f"{AT_LEAST}\N{NO-BREAK SPACE}{told}" if name in row.deels and told != UNKNOWN_SIGN else told


def _progress(words: Words, row: Any) -> str:  # noqa: ANN401
    if not row.oordeel or row.voortgang != row.voortgang:
        return UNKNOWN_SIGN
    points = words.number(round(row.voortgang - row.gevraagd), sign=True)
    return f"{words.number(row.voortgang)} ({points})"


def _verdict(words: Words, row: Any) -> str:  # noqa: ANN401
    if not row.oordeel:
        return UNKNOWN_SIGN
    told = {
        model.AHEAD: words.t("payment far ahead"),
        model.BEHIND: words.t("payment far behind"),
        model.EVEN: words.t("payment: goes together"),
        model.EARLY: words.t("too early to tell"),
        model.UNKNOWN: common.status_words(words)["onbekend"],
    }[row.oordeel]
    if row.oordeel not in (model.AHEAD, model.BEHIND):
        return told
    points = words.tn("{n} point apart", "{n} points apart", round(abs(row.verschil)))
    return words.t("{verdict}: {reason}", verdict=told, reason=points)


def _groups(report: Report, rows: pd.DataFrame) -> dict[int, str]:
    own = rows[rows["deel"] == model.OBJECTIVE]
    groups = steering.line_groups(report, own["code"].tolist())
    if len(own) < len(rows):
        groups[len(own)] = report.words.t("Outside the plan, and in all")
    return groups


def _notes(report: Report, found: Found, rows: pd.DataFrame) -> list[str]:
    words, notes = report.words, list(kredieten_tekst.rule(report.words))
    if not rows["aangepast"].all():
        notes.append(
            words.t("{sign} Rests wholly or in part on initial credits: no adjusted one is known.", sign=INITIAL)
        )
    silent = sorted({code for codes in rows["onbekend"] for code in codes})
    if silent:
        notes.append(
            words.t(
                "{sign} At least so much: amounts or shares are unknown of {codes}.",
                sign=AT_LEAST,
                codes=words.list(silent),
            )
        )
    if found.told != report.quarter:
        notes.append(
            words.t("Nothing was delivered on the credits since {quarter}.", quarter=words.quarter(found.told))
        )
    objectives = report.now.plan("plan_doelstellingen", report.plan_id)["doelstelling_code"]
    without = int((~objectives.isin(rows["code"])).sum())
    if without:
        said = words.tn(
            "{n} objective has no credit linked to it.", "{n} objectives have no credit linked to them.", without
        )
        notes.append(said)
    return notes


def _chart_grid(report: Report, own: pd.DataFrame, names: Mapping[str, str], passed: float) -> Grid:
    words = report.words
    columns = (
        Column(standing.level(report, "doelstelling")),
        Column(words.t("Paid (% of the credit)"), "number"),
        Column(words.t("Year passed (%)"), "number"),
        Column(words.t("Progress (%)"), "number"),
        Column(words.t("Planned (%)"), "number"),
    )
    cells = tuple(
        (names[row.code], *(words.number(value) for value in (row.graad, 100 * passed, row.voortgang, row.gevraagd)))
        for row in standing.each(own)
    )
    return Grid(columns, cells)
