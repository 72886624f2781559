"""Money: the three concepts of the balance, every year and kind, to look up."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import money, notions
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name, notion_name, register, series_name
from analysis.views.report import Report, in_every_language

#: Stands at a figure whose note names the notion that it follows.
SIGN = "†"
#: The plan's own year for a balanced budget, in table ``documentcijfers``.
_BALANCE_YEAR = "plan-begrotingsevenwicht"


@in_every_language
def balances(report: Report) -> Figure:
    """List the balance per year under three concepts, a column per kind of figure."""
    name, words = "personeel_budget-balances", report.words
    facts = facts_of(report, *money.BALANCES)
    if not len(facts):
        return wording.nothing(report, name, balances_title(words, facts))
    rows, year = notions.behind(facts), _balance_year(report)
    return Figure(
        name,
        "table",
        title=balances_title(words, facts),
        subtitle=words.t(
            "Balance of the Region in millions of euro; negative = deficit; * = other values exist; "
            "† = see the notes; estimates as lowest to highest"
        ),
        grid=balance_grid(report, facts, money.BALANCES),
        origins=report.origins(facts, year),
        reference=True,
        notes=(*_concept_notes(report, year), *notion_notes(report, rows), *report.dating_notes(facts)),
    )


def balances_title(words: Words, facts: pd.DataFrame) -> str:
    """Say in how many senses the sources speak of the balance.

    Args:
        words: the language.
        facts: the figures on the balance, with ``reeks``.
    """
    if not len(facts):
        return words.t("No figure on the balance was found")
    return words.tn(
        "Sources speak of the balance in {n} sense",
        "Sources speak of the balance in {n} senses: they cannot be compared with each other",
        facts["reeks"].nunique(),
    )


def balance_grid(report: Report, facts: pd.DataFrame, names: tuple[str, ...]) -> Grid:
    """Return the years of these series with a column per kind; a heading per series when there are several."""
    words, wide, known = report.words, money.per_year(facts), notions.behind(facts)
    named = known[known["begrip"] != ""]
    signed = set(zip(named["reeks"], named["jaar"], named["soort"], strict=True))
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for series in names:
        own = wide[wide["reeks"] == series]
        if len(own) and len(names) > 1:
            groups[len(rows)] = series_name(report, series)
        rows += [
            (str(row["jaar"]), *(_cell(report, row, kind, signed) for kind in money.KINDS))
            for row in wording.records(own)
        ]
    numbers = [kind_name(words, kind).capitalize() for kind in money.KINDS]
    return Grid(wording.columns([words.t("Year"), *numbers], numbers), tuple(rows), groups)


def _cell(report: Report, row: dict[str, Any], kind: str, signed: set[tuple[str, int, str]]) -> str:
    words = report.words
    text = wording.amount(words, row[kind])
    if kind == money.ESTIMATE:
        text = wording.span(words, [text, wording.amount(words, row["raming_hoog"])])
    sign = f" {SIGN}" if (row["reeks"], row["jaar"], kind) in signed else ""
    return text + sign + (" *" if row.get(f"{kind}_conflicten") else "")


def _balance_year(report: Report) -> pd.DataFrame:
    """Return the year in which the plan sees the budget balanced, once the plan is public."""
    figures, plans = report.now.plan("documentcijfers", report.plan_id), report.now.table("plannen")
    published = plans.loc[plans["plan_id"] == report.plan_id, "gepubliceerd_tot"]
    if not (published <= pd.Timestamp(report.as_of)).any():
        return figures.iloc[0:0]
    return figures[figures["cijfer_id"] == _BALANCE_YEAR]


def _concept_notes(report: Report, year: pd.DataFrame) -> list[str]:
    words = report.words
    defined = [
        words.t(
            "{name}: {definition}.",
            name=series_name(report, series),
            # after the semicolon stands what a maker of figures must know, not their reader
            definition=register(report, series)[f"definitie_{report.language}"].split(";")[0].strip(),
        )
        for series in money.BALANCES
    ]
    planned = [
        words.t("{label}: {year} (the plan).", label=row["label"], year=int(row["waarde"]))
        for row in wording.records(report.labelled(year))
    ]
    return [*defined, *planned]


def notion_notes(report: Report, facts: pd.DataFrame) -> list[str]:
    """Say per concept which of its figures follow a notion of their own, and which is the plan's own figure."""
    words, named = report.words, facts[facts["begrip"] != ""]
    noted = [
        words.t(
            "{sign} {series}, what the note in the data says: {items}.",
            sign=SIGN,
            series=series_name(report, series),
            items=words.joined(_notion_items(report, named[named["reeks"] == series])),
        )
        for series in money.BALANCES
        if (named["reeks"] == series).any()
    ]
    return [*noted, *_plan_notes(report, facts)]


def _notion_items(report: Report, rows: pd.DataFrame) -> list[str]:
    words = report.words
    cells = {
        notion: [
            words.t("{value} ({remark})", value=row["jaar"], remark=kind_name(words, row["soort"]))
            for row in wording.records(same.drop_duplicates(["jaar", "soort"]))
        ]
        for notion, same in rows.groupby("begrip", sort=False)
    }
    return [
        words.t("{name}: {value}", name=notion_name(words, str(notion)), value=words.list(items))
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
