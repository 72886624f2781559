"""Money: what the Region receives and spends in a year, and the interest that it pays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import flows
from analysis.models.money import REALISED
from analysis.views.facts import period_of, place_name
from analysis.views.personeel_budget import rente, stromen_beeld, wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name, series_name, shown_rows
from analysis.views.report import Report, in_every_language

NAMES = {"flows": "personeel_budget-income_and_spending", "interest": "personeel_budget-interest"}


@in_every_language
def income_and_spending(report: Report) -> Figure:
    """Show revenue and expenditure of the Region by year: realised, budgeted and estimated apart."""
    words = report.words
    subtitle = words.t(
        "The Brussels-Capital Region, in billions of euro by year. "
        "Dot: realised; triangle: budgeted (downwards: adjusted); diamond: estimated"
    )
    title = words.t("No revenue or expenditure of the Region was found")
    series = (flows.REVENUE, flows.EXPENDITURE)
    return _figure(report, NAMES["flows"], series, flows_title, subtitle, title, others=flows.DEFINITIONS)


@in_every_language
def interest(report: Report) -> Figure:
    """Show what the Region pays in interest by year: realised and estimated apart."""
    words = report.words
    subtitle = words.t(
        "Interest paid by the Region, in millions of euro by year. "
        "Dot: realised; triangle: budgeted; diamond: estimated"
    )
    title = words.t("No interest of the Region was found")
    figure = _figure(report, NAMES["interest"], (flows.INTEREST,), interest_title, subtitle, title)
    return figure if figure.kind == "absent" else rente.with_shares(report, figure)


def _figure(
    report: Report,
    name: str,
    series: tuple[str, ...],
    message: Callable[[Words, pd.DataFrame], str],
    subtitle: str,
    none: str,
    others: tuple[str, ...] = (),
) -> Figure:
    """Return the figure of some series; ``others`` are definitions that stand in the table only."""
    words = report.words
    shown = shown_rows(facts_of(report, *series, *others))
    rows = flows.drawn(shown)
    if not len(rows):
        return Figure(name, "absent", title=none)
    content: dict[str, Any] = {
        "title": message(words, rows),
        "subtitle": subtitle,
        "grid": _grid(report, rows, flows.aside(shown)),
        "origins": report.origins(shown),
        "notes": (*_notes(words, shown), *report.dating_notes(shown)),
    }
    if rows["jaar"].nunique() < 2:
        return Figure(name, "table", **content)
    return Figure(
        name,
        "chart",
        alt=words.t("Points by year. {items}.", items=_items(report, rows)),
        spec=stromen_beeld.picture(report, rows, [one for one in series if one in set(rows["reeks"])]),
        **content,
    )


def interest_title(words: Words, rows: pd.DataFrame) -> str:
    """Say how much interest was paid last, how that compares with the first year, and what is expected.

    Args:
        words: the language.
        rows: from :func:`analysis.models.flows.drawn`.
    """
    said = []
    if pair := flows.multiple(rows):
        first, last = pair
        said.append(
            words.t(
                "Interest of {year}: {value} million euro, {times} times that of {first}",
                year=last["jaar"],
                value=words.number(last["waarde"]),
                times=words.number(last["waarde"] / first["waarde"], 1),
                first=first["jaar"],
            )
        )
    elif (only := flows.last_of(rows, flows.INTEREST, REALISED)) is not None:
        said.append(
            words.t("Interest of {year}: {value} million euro", year=only["jaar"], value=words.number(only["waarde"]))
        )
    if (ahead := flows.furthest_estimate(rows)) is not None:
        values = {"year": ahead["jaar"], "value": words.number(ahead["waarde"])}
        said.append(
            words.t("{value} million is estimated for {year}", **values)
            if said
            else words.t("Interest: {value} million euro is estimated for {year}", **values)
        )
    return words.joined(said) if said else words.t("Interest: only budgets are known")


def flows_title(words: Words, rows: pd.DataFrame) -> str:
    """Say what was budgeted last, and how far back the last realised figure lies.

    Args:
        words: the language.
        rows: from :func:`analysis.models.flows.drawn`.
    """
    said = []
    if pair := flows.last_budget(rows):
        revenue, expenditure = pair
        said.append(
            words.t(
                "Budgeted for {year}: {revenue} billion euro of revenue, {expenditure} billion of expenditure",
                year=revenue["jaar"],
                revenue=wording.billions(words, revenue["waarde"]),
                expenditure=wording.billions(words, expenditure["waarde"]),
            )
        )
    realised = rows[rows["merk"] == REALISED]
    if not len(realised):
        return words.joined([*said, words.t("no realised revenue or expenditure was found")])
    last = words.t("realised, counted alike: nothing found since {year}", year=int(realised["jaar"].max()))
    return words.joined([*said, last])


def _items(report: Report, rows: pd.DataFrame) -> str:
    words = report.words
    return words.joined(
        [
            words.t(
                "{name} {year}: {value} ({kind})",
                name=series_name(report, row["reeks"]),
                year=row["jaar"],
                value=stromen_beeld.written(words, rows, row["waarde"]),
                kind=kind_name(words, row["merk"]),
            )
            for row in wording.records(rows)
        ]
    )


def _grid(report: Report, rows: pd.DataFrame, aside: pd.DataFrame) -> Grid:
    words = report.words
    cells: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for part in (rows, aside):
        for (series, entity), same in part.groupby(["reeks", "entiteit"], sort=False):
            name = series_name(report, str(series))
            groups[len(cells)] = words.t("{name}, {area}", name=name, area=perimeter(words, str(entity)))
            cells += [_cells(report, row) for row in wording.records(same)]
    amount = words.t("Million euro")
    heads = [words.t("Year"), words.t("Kind"), amount, words.t("Known since"), words.t("Source of the figure")]
    return Grid(wording.columns(heads, [amount]), tuple(cells), groups)


def _cells(report: Report, row: dict[str, Any]) -> tuple[str, ...]:
    words = report.words
    return (
        period_of(words, pd.Series(row)),
        kind_name(words, row["merk"]),
        wording.amount(words, row["waarde"]),
        words.month(row["bekend_op"]),
        wording.source_name(report, row["bron_id"]),
    )


def perimeter(words: Words, entity: str) -> str:
    """Write over whom an amount is counted."""
    known = {
        "BHG-DBHR": words.t("perimeter: services of the government alone"),
        "BHG+GGC+VGC+Cocof": words.t("perimeter: with the community commissions"),
    }
    return known.get(entity) or place_name(words, entity)


def _notes(words: Words, shown: pd.DataFrame) -> list[str]:
    notes = [words.t("No line is drawn between years that are not both realised and consecutive.")]
    disputed = shown[shown["conflicten"] > 0]
    if len(disputed):
        years = [str(year) for year in sorted(disputed["jaar"].unique())]
        notes.append(
            words.t(
                "For {years} other sources give another amount; the best ranked one is shown, the table of differing "
                "values names the others.",
                years=words.list(years),
            )
        )
    if len(flows.aside(shown)):
        notes.append(
            words.t("Other perimeters and definitions stand in the table only: they are no part of the same series.")
        )
    return notes
