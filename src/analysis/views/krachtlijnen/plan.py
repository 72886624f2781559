"""What the plan says of itself: its frame, whom it names, its targets."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.models import commitments
from analysis.views import standing
from analysis.views.report import Report, in_every_language


@in_every_language
def frame(report: Report) -> Figure:
    """Sentences: the themes of the board's seminars and the values under the plan."""
    words = report.words
    themes, values = _of_plan(report, "seminariethemas"), _of_plan(report, "waarden")
    if themes.empty and values.empty:
        text = words.t("{plan} names no themes or values", plan=standing.plan_name(report))
        return _absent(report, "krachtlijnen-kader", text)
    return Figure(
        id="krachtlijnen-kader",
        kind="sentences",
        title=words.t(
            "The plan rests on {themes} themes and {values} values",
            themes=words.number(len(themes)),
            values=words.number(len(values)),
        ),
        subtitle=standing.plan_name(report),
        sentences=(
            words.t("Themes of the board’s seminars: {list}.", list=_listed(report, themes)),
            words.t("Values: {list}.", list=_listed(report, values)),
        ),
        origins=report.origins(themes, values),
    )


@in_every_language
def named(report: Report) -> Figure:
    """Table: for how many actions the plan names each organisation."""
    words = report.words
    actions = standing.actions(report)
    own = report.now.plan("actie_betrokkenen", report.plan_id)
    parties = commitments.named_for_actions(own)
    if parties.empty:
        name = standing.plan_name(report)
        text = words.t("{plan} names no organisation for any action", plan=name)
        return _absent(report, "krachtlijnen-betrokkenen", text)
    organisations = report.labelled(report.now.table("organisaties"))
    table = commitments.per_organisation(parties, organisations)
    columns = (
        Column(words.t("Organisation")),
        Column(standing.level(report, "actie", 2), "number"),
        Column(words.t("Of which it leads"), "number"),
    )
    led = parties[parties["rol"] == "trekker"]
    cells, groups = _named_rows(report, table)
    return Figure(
        id="krachtlijnen-betrokkenen",
        kind="table",
        title=words.t(
            "For {n} of the {total} actions the plan names a leader; {none} actions name no organisation",
            n=words.number(led["actie_code"].nunique()),
            total=words.number(len(actions)),
            none=words.number(len(actions) - parties["actie_code"].nunique()),
        ),
        subtitle=words.t("Number of actions for which the plan names the organisation"),
        grid=Grid(columns, cells, groups),
        reference=True,
        origins=report.origins(parties),
        notes=(
            words.t(
                "An organisation that stands only in the title of an objective is not counted. "
                "An organisation may be leader, executor, partner, target group or decision maker."
            ),
        ),
    )


@in_every_language
def targets(report: Report) -> Figure:
    """Table: the plan's indicators with their targets, or a sentence that it has none."""
    words, as_of = report.words, report.as_of
    indicators = report.now.plan("meetpunten", report.plan_id)
    values = report.now.plan("streefwaarden", report.plan_id)
    rows = commitments.targets(indicators, values, as_of)
    if rows.empty:
        return _without_targets(report)
    columns = (
        Column(standing.level(report, "meetpunt")),
        Column(words.t("Target")),
        Column(words.t("Target in numbers"), "number"),
        Column(words.t("Schedule")),
    )
    return Figure(
        id="krachtlijnen-meetpunten",
        kind="table",
        title=words.tn(
            "{n} target for {indicators} indicators: {numbers} in numbers, {over} past its year",
            "{n} targets for {indicators} indicators: {numbers} in numbers, {over} past their year",
            len(rows),
            indicators=words.number(indicators["meetpunt_code"].nunique()),
            numbers=words.number(int(rows["becijferd"].sum())),
            over=words.number(int(rows["verstreken"].sum())),
        ),
        subtitle=words.t(
            "{plan}: indicators and targets per objective, schedules as seen on the day of this report",
            plan=standing.plan_name(report),
        ),
        grid=Grid(columns, _target_rows(report, rows), _target_groups(report, rows)),
        origins=report.origins(indicators, values),
        notes=(words.t("Whether a target was reached is not known from public sources."),),
    )


def _of_plan(report: Report, table: str) -> pd.DataFrame:
    """Return the rows that come from the plan's own document."""
    document = report.now.plan("plannen", report.plan_id)["bron_id"].iloc[0]
    rows = report.labelled(report.now.table(table))
    own: pd.DataFrame = rows[rows["bron_id"] == document].sort_values("volgnr")
    return own


def _listed(report: Report, rows: pd.DataFrame) -> str:
    return report.words.list([str(label) for label in rows["label"]])


def _absent(report: Report, figure: str, text: str) -> Figure:
    return Figure(
        id=figure,
        kind="sentences",
        title=text,
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )


def _without_targets(report: Report) -> Figure:
    words, goals = report.words, _goals(report)
    return Figure(
        id="krachtlijnen-meetpunten",
        kind="sentences",
        title=words.t("The plan sets no targets"),
        sentences=(
            words.t(
                "{plan} names no indicators with a target. Whether the plan reaches its goals "
                "cannot be measured against figures of its own.",
                plan=standing.plan_name(report),
            ),
            *((words.t("It does name as goal: {goals}.", goals=words.list(goals)),) if goals else ()),
        ),
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )


def _goals(report: Report) -> list[str]:
    """Return the goals with a figure or a year that stand loose in the plan's text."""
    rows = report.labelled(report.now.plan("documentcijfers", report.plan_id))
    return [
        report.words.t("{label}: {value}", label=str(row.label), value=_goal(report, row))
        for row in standing.each(rows[rows["soort"] == "streefwaarde"])
    ]


def _goal(report: Report, row: Any) -> str:  # noqa: ANN401
    if row.eenheid == "jaartal":
        return str(int(row.waarde))
    return report.words.t("{n} percent", n=report.words.number(row.waarde))


def _named_rows(report: Report, table: pd.DataFrame) -> tuple[tuple[tuple[str, ...], ...], dict[int, str]]:
    """Return the rows and headings; whoever outside the GOB is named once is counted in one row."""
    words = report.words
    own = table["soort"].isin(["bestuur", "dienst_van_gob"]) | (table["organisatie_id"] == "gob")
    inside, once = table[own], table[~own & (table["acties"] == 1)]
    outside = table[~own & (table["acties"] > 1)]
    parts = (
        (inside[inside["soort"] == "bestuur"], words.t("Administrations of the GOB")),
        (inside[inside["soort"] != "bestuur"], words.t("The GOB as a whole and its services")),
        (outside.sort_values("acties", ascending=False, kind="stable"), words.t("Others")),
    )
    cells: list[tuple[str, ...]] = []
    groups = {}
    for rows, heading in parts:
        if len(rows):
            groups[len(cells)] = heading
        cells += [_named_row(report, row) for row in standing.each(rows)]
    if len(once):
        text = words.tn("{n} other, named once", "{n} others, each named once", len(once))
        cells.append((text, words.number(once["acties"].sum()), words.number(once["trekker"].sum())))
    return tuple(cells), groups


def _named_row(report: Report, row: Any) -> tuple[str, ...]:  # noqa: ANN401
    return (row.label, report.words.number(row.acties), report.words.number(row.trekker))


def _target_rows(report: Report, rows: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    language = report.language
    return tuple(
        (
            f"{row.meetpunt_code} {getattr(row, f'meetpunt_{language}')}",
            report.label(row),
            _number(report, row),
            str(getattr(row, f"tijdschema_{language}")),
        )
        for row in standing.each(rows)
    )


def _number(report: Report, row: Any) -> str:  # noqa: ANN401
    """Write a target's number with its unit, such as '≥ 90 %'."""
    words = report.words
    if not row.becijferd:
        return words.number(None)
    signs = {">=": "≥ ", "<=": "≤ "}
    n = signs.get(row.vergelijking, "") + words.number(row.waarde)
    told = {
        "%": words.t("{n} percent", n=n),
        "EUR": words.t("{n} euros", n=n),
        "niveau": words.t("level {n}", n=n),
        "personen": words.t("{n} (persons)", n=n),
    }
    return told.get(row.eenheid, n)


def _target_groups(report: Report, rows: pd.DataFrame) -> dict[int, str]:
    plan = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id))
    labels = dict(zip(plan["doelstelling_code"], plan["label"], strict=True))
    firsts = rows.reset_index(drop=True).drop_duplicates("doelstelling_code")
    pairs = zip(firsts.index, firsts["doelstelling_code"], strict=True)
    return {int(place): f"{code} {labels[code]}" for place, code in pairs}
