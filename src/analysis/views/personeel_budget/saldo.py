"""Money: the three concepts of the balance."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.models import money, notions
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name, notion_name, register, series_name
from analysis.views.report import Report

#: Stands at a figure whose note names the notion that it follows.
_SIGN = "†"
#: The plan's own year for a balanced budget, in table ``documentcijfers``.
_BALANCE_YEAR = "plan-begrotingsevenwicht"


def balance(report: Report) -> Figure:
    """Show the balance per year under three concepts, a column per kind of figure."""
    name, words = "personeel_budget-balance", report.words
    facts = facts_of(report, *money.BALANCES)
    if not len(facts):
        return wording.nothing(report, name, words.t("No figure on the balance was found"))
    wide, rows, year = money.per_year(facts), notions.behind(facts), _balance_year(report)
    return Figure(
        name,
        "table",
        title=_balance_title(report, rows),
        subtitle=words.t(
            "Balance of the Region in millions of euro; negative = deficit; * = other values exist; "
            "† = see the notes; estimates as lowest to highest"
        ),
        grid=_balance_grid(report, wide, rows),
        origins=report.origins(facts, year),
        notes=(*_balance_notes(report, rows, year), *report.dating_notes(facts)),
    )


def _balance_title(report: Report, rows: pd.DataFrame) -> str:
    words = report.words
    own = rows[rows["reeks"] == money.BALANCES[0]]
    known = own[own["soort"] == money.REALISED]
    if not len(known):
        return words.t("The realised balance is not known yet")
    last = known.iloc[-1]
    values = {"value": words.number(last["waarde"]), "year": last["jaar"]}
    if last["begrip"]:
        notion = notion_name(report, last["begrip"])
        return words.t("The balance of {year} was {value} million euro ({notion})", notion=notion, **values)
    same = own[own["jaar"] == last["jaar"]]
    initial = same.loc[same["soort"] == money.INITIAL, "waarde"]
    if not len(initial):
        return words.t(
            "The balance of {year} was {value} million euro (ESA); the initial budget of that year is not known",
            **values,
        )
    if not notions.comparable(same):
        return words.t(
            "The balance of {year} was {value} million euro (ESA); the initial budget comes from another "
            "source or counts otherwise, so the two are not compared",
            **values,
        )
    return _gap_title(report, last["waarde"] - initial.iloc[-1], values)


def _gap_title(report: Report, gap: float, values: dict[str, Any]) -> str:
    words = report.words
    values["gap"] = words.number(abs(gap))
    if gap < 0:
        return words.t(
            "The balance of {year} was {value} million euro (ESA), {gap} million worse than the initial budget",
            **values,
        )
    return words.t(
        "The balance of {year} was {value} million euro (ESA), {gap} million better than the initial budget",
        **values,
    )


def _balance_grid(report: Report, wide: pd.DataFrame, facts: pd.DataFrame) -> Grid:
    words = report.words
    named = facts[facts["begrip"] != ""]
    signed = set(zip(named["reeks"], named["jaar"], named["soort"], strict=True))
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for series in money.BALANCES:
        own = wide[wide["reeks"] == series]
        if len(own):
            groups[len(rows)] = series_name(report, series)
        rows += [
            (str(row["jaar"]), *(_cell(report, row, kind, signed) for kind in money.KINDS))
            for row in wording.records(own)
        ]
    numbers = [kind_name(report, kind).capitalize() for kind in money.KINDS]
    return Grid(wording.columns([words.t("Year"), *numbers], numbers), tuple(rows), groups)


def _cell(report: Report, row: dict[str, Any], kind: str, signed: set[tuple[str, int, str]]) -> str:
    words = report.words
    text = wording.amount(words, row[kind])
    if kind == money.ESTIMATE:
        text = wording.span(words, [text, wording.amount(words, row["raming_hoog"])])
    sign = f" {_SIGN}" if (row["reeks"], row["jaar"], kind) in signed else ""
    return text + sign + (" *" if row.get(f"{kind}_conflicten") else "")


def _balance_year(report: Report) -> pd.DataFrame:
    """Return the year in which the plan sees the budget balanced, once the plan is public."""
    figures, plans = report.now.plan("documentcijfers", report.plan_id), report.now.table("plannen")
    published = plans.loc[plans["plan_id"] == report.plan_id, "gepubliceerd_tot"]
    if not (published <= pd.Timestamp(report.as_of)).any():
        return figures.iloc[0:0]
    return figures[figures["cijfer_id"] == _BALANCE_YEAR]


def _balance_notes(report: Report, facts: pd.DataFrame, year: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    notes = [
        words.t(
            "Three concepts, never compared with each other. Within a concept, too, the sources do not "
            "always count alike:"
        ),
        *(
            words.t(
                "{name}: {definition}.",
                name=series_name(report, series),
                # after the semicolon stands what a maker of figures must know, not their reader
                definition=register(report, series)[f"definitie_{report.language}"].split(";")[0].strip(),
            )
            for series in money.BALANCES
        ),
    ]
    planned = [
        words.t("{label}: {year} (the plan).", label=row["label"], year=int(row["waarde"]))
        for row in wording.records(report.labelled(year))
    ]
    return (*notes, *_notion_notes(report, facts), *_plan_notes(report, facts), *planned)


def _notion_notes(report: Report, facts: pd.DataFrame) -> list[str]:
    """Say per concept which of its figures follow a notion of their own, by the note in the data."""
    words, named = report.words, facts[facts["begrip"] != ""]
    return [
        words.t(
            "{sign} {series}, what the note in the data says: {items}.",
            sign=_SIGN,
            series=series_name(report, series),
            items=wording.joined(words, _notion_items(report, named[named["reeks"] == series])),
        )
        for series in money.BALANCES
        if (named["reeks"] == series).any()
    ]


def _notion_items(report: Report, rows: pd.DataFrame) -> list[str]:
    words = report.words
    cells = {
        notion: [
            words.t("{value} ({remark})", value=row["jaar"], remark=kind_name(report, row["soort"]))
            for row in wording.records(same.drop_duplicates(["jaar", "soort"]))
        ]
        for notion, same in rows.groupby("begrip", sort=False)
    }
    return [
        words.t("{name}: {value}", name=notion_name(report, str(notion)), value=words.list(items))
        for notion, items in cells.items()
    ]


def _plan_notes(report: Report, facts: pd.DataFrame) -> list[str]:
    words = report.words
    return [
        words.t(
            "The {value} of {year} is the plan’s; it does not define the concept.",
            value=wording.amount(words, row["waarde"]),
            year=row["jaar"],
        )
        for row in wording.records(facts[facts["plan"] & (facts["soort"] == money.REALISED)])
    ]
