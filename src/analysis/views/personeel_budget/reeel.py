"""Money: nominal amounts beside the same in the prices of one year."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import deflate, money, vintages
from analysis.models.money import REALISED
from analysis.models.sources import best
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of
from analysis.views.personeel_budget.raming_fouten import definition_name, heading
from analysis.views.report import Report, in_every_language, ranked

SERIES = (money.DIRECT, money.CONSOLIDATED, *money.BALANCES, "rente_uitgaven", "ontvangsten", "uitgaven")


@in_every_language
def real_terms(report: Report) -> Figure:
    """Set each realised amount beside its worth in the prices of the last year with a whole price index."""
    name, words = "personeel_budget-real_terms", report.words
    rows, index = realised(report), prices(report.now)
    if not len(rows) or not len(index):
        title = words.t("No amounts can be written in the prices of one year: figures or a price index are missing")
        return Figure(name, "absent", title=title)
    priced = in_prices(rows, index)
    base = int(index.index.max())
    return Figure(
        name,
        "table",
        title=real_title(words, priced, base),
        subtitle=words.t(
            "Realised amounts in millions of euro: as they were, and in prices of {base} by the health index",
            base=base,
        ),
        grid=_grid(report, priced, base),
        origins=report.origins(rows, price_rows(report.now)),
        notes=(*_notes(report, priced, index), *report.dating_notes(rows)),
    )


def realised(report: Report) -> pd.DataFrame:
    """Return what was realised of each series, the best source per period and notion."""
    facts = vintages.with_definition(facts_of(report, *SERIES))
    rows = best(facts[facts["soort"] == REALISED], [*money.KEY, "begrip"])
    order = rows["reeks"].map({series: place for place, series in enumerate(SERIES)})
    rows = rows.assign(volgorde=order).sort_values(["volgorde", "entiteit", "periode_tot"], kind="stable")
    return rows.drop(columns="volgorde")


@once
def price_rows(catalog: Catalog) -> pd.DataFrame:
    """Return the figures behind the health index, one per month or year: that of the best source."""
    rows = deflate.price_rows(ranked(catalog, "omgeving"))
    return best(rows, ["indicator", "periode_tot"])


@once
def prices(catalog: Catalog) -> pd.DataFrame:
    """Return the health index per year, see :func:`deflate.yearly`."""
    return deflate.yearly(price_rows(catalog))


def in_prices(rows: pd.DataFrame, index: pd.DataFrame) -> pd.DataFrame:
    """Add ``prijs`` (index of the year, last year = 100) and ``reeel`` (millions, prices of that last year).

    Args:
        rows: from :func:`realised`.
        index: from :func:`prices`.

    Returns:
        The rows; NaN where the year has no index, or where the figure is not about a whole year or its end.
    """
    base = int(index.index.max())
    years = rows["jaar"].where(vintages.whole_years(rows))
    price = years.map(deflate.rebase(index["index"], base)).astype(float)
    return rows.assign(prijs=price, reeel=deflate.deflate(rows["waarde"], years, index["index"], base))


def real_title(words: Words, priced: pd.DataFrame, base: int) -> str:
    """Say what the last direct debt with a price index is worth, else how many amounts can be converted.

    Args:
        words: the language.
        priced: from :func:`in_prices`.
        base: the year whose prices count.
    """
    known = priced[priced["reeel"].notna()]
    debt = known[known["reeks"] == money.DIRECT]
    if not len(debt):
        return words.t(
            "In prices of {base}: {n} of the {total} amounts can be converted",
            base=base,
            n=words.number(len(known)),
            total=words.number(len(priced)),
        )
    last = debt.iloc[-1]
    values = {"year": last["jaar"], "value": wording.billions(words, last["waarde"]), "base": base}
    if last["jaar"] == base:
        return words.t("The direct debt of {year}, {value} billion euro, is already in the prices of {base}", **values)
    return words.t(
        "The direct debt of {year}, {value} billion euro then, is {real} billion in the prices of {base}",
        real=words.number(last["reeel"] / 1000, 2),
        **values,
    )


def _grid(report: Report, priced: pd.DataFrame, base: int) -> Grid:
    words = report.words
    numbers = [
        words.t("Amount (million euro)"),
        words.t("Price index ({base} = 100)", base=base),
        words.t("In prices of {base} (million euro)", base=base),
    ]
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for _, same in priced.groupby(["reeks", "entiteit"], sort=False):
        groups[len(rows)] = heading(report, same.iloc[0])
        rows += [_cells(words, row) for row in wording.records(same)]
    texts = [words.t("money: year or position"), *numbers, words.t("money: counted as")]
    return Grid(wording.columns(texts, numbers), tuple(rows), groups)


def _cells(words: Words, row: dict[str, Any]) -> tuple[str, ...]:
    end = row["periode_soort"] == "dag" and (row["periode_tot"].month, row["periode_tot"].day) == (12, 31)
    return (
        str(row["jaar"]) if end else period_of(words, row),
        wording.amount(words, row["waarde"]) + (" *" if row["conflicten"] else ""),
        words.number(row["prijs"], 1),
        words.number(row["reeel"]),
        definition_name(words, row["begrip"]),
    )


def _notes(report: Report, priced: pd.DataFrame, index: pd.DataFrame) -> list[str]:
    words = report.words
    notes = [
        words.t(
            "A real amount is the amount times the average index of {base} over that of its own year. The health index "
            "is national; a debt is a position at the end of a year, converted by the average of that year.",
            base=int(index.index.max()),
        )
    ]
    without = priced[vintages.whole_years(priced) & priced["reeel"].isna()]
    if len(without):
        years = words.list([str(year) for year in sorted(set(without["jaar"]))])
        notes.append(
            words.t(
                "Not converted: {years}, because neither the twelve months of the index nor its yearly growth "
                "are known for them.",
                years=years,
            )
        )
    if (~vintages.whole_years(priced)).any():
        notes.append(words.t("A figure within a year is not converted either."))
    grown = sorted(set(index.index[index["uit"] == deflate.FROM_GROWTH]) & set(priced["jaar"]))
    if grown:
        years = words.list([str(year) for year in grown])
        notes.append(
            words.t("The index of {years} follows from the published growth over the year before.", years=years)
        )
    if priced["conflicten"].any():
        notes.append(words.t("* Other sources give other values; they stand at the end of this chapter."))
    return notes
