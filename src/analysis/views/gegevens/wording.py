"""What the figures on the data share: the tables as known, the words for rules and for groups of tables."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.errors import KrachtlijnError
from analysis.figure import Column, Origin
from analysis.language import Words
from analysis.models import known as model
from analysis.models import quality
from analysis.schema import Package
from analysis.views.report import Report


def known(report: Report) -> dict[str, pd.DataFrame]:
    """Return every table with the rows that count on the as-of date."""
    return _known(report.now, report.as_of)


@once
def _known(catalog: Catalog, as_of: dt.date) -> dict[str, pd.DataFrame]:
    package = catalog.package
    every = {name: catalog.table(name) for name in package.tables}
    return model.as_known(every, _fact_tables(package), as_of, package.collected)


def fact_tables(report: Report) -> dict[str, str]:
    """Return the tables of dated facts, each with the column that names its series."""
    return _fact_tables(report.now.package)


def _fact_tables(package: Package) -> dict[str, str]:
    return {name: table.series[0] for name, table in package.tables.items() if table.series}


def outcome(report: Report) -> pd.DataFrame:
    """Return every rule with its outcome, see :func:`analysis.models.quality.rules`."""
    return _outcome(report.now)


@once
def _outcome(catalog: Catalog) -> pd.DataFrame:
    return quality.rules(catalog.validation(), catalog.quarantine(), catalog.package.tables)


def title(report: Report, table: str) -> str:
    """Return the name of a table in the report's language."""
    return report.now.package.tables[table].title_in(report.language)


def own_origin(report: Report) -> tuple[Origin, ...]:
    """Return the source of counts over the tables themselves: Krachtlijn's own register."""
    return report.origins(report.now.table("bron_soorten"))


def group(words: Words, code: str) -> str:
    """Return what a group of tables is about (:data:`analysis.schema.GROUPS`)."""
    return _found(
        {
            "plan": words.t("tables: the plans"),
            "bewijs": words.t("tables: public evidence"),
            "omgeving": words.t("tables: environment"),
            "middelen": words.t("tables: people and budget"),
            "registers": words.t("tables: sources and registers"),
        },
        code,
    )


def demand(words: Words, kind: str) -> str:
    """Return what a kind of rule asks (:data:`analysis.models.quality.KINDS`)."""
    return _found(
        {
            "cells": words.t("Each row has as many cells as the table has columns"),
            "rows": words.t("The table holds at least one row"),
            "type": words.t("A number, date or period can be read"),
            "collected": words.t("Nothing was published after the day of collection"),
            "required": words.t("A cell that must be filled in is not empty"),
            "key": words.t("No two rows have the same key"),
            "unique": words.t("No value stands twice in the column"),
            "reference": words.t("A code refers to a row that exists"),
            "enum": words.t("A value is one of the agreed list"),
            "pattern": words.t("A code has the agreed form"),
            "range": words.t("A number lies within the agreed limits"),
            "rating": words.t("A credit rating is an existing grade"),
            "precision": words.t("The stated precision of a date is that of the date itself"),
            "target": words.t("A target holds a number, or is marked as having none"),
        },
        kind,
    )


def fault(words: Words, kind: str) -> str:
    """Return what is wrong with a row that breaks a kind of rule."""
    return _found(
        {
            "cells": words.t("fault: the number of cells is wrong"),
            "rows": words.t("fault: the table has no row"),
            "type": words.t("fault: the number, date or period cannot be read"),
            "collected": words.t("fault: published after the day of collection"),
            "required": words.t("fault: the cell is empty"),
            "key": words.t("fault: an earlier row has the same key"),
            "unique": words.t("fault: an earlier row has the same value"),
            "reference": words.t("fault: the code refers to nothing"),
            "enum": words.t("fault: the value is not in the agreed list"),
            "pattern": words.t("fault: the code does not have the agreed form"),
            "range": words.t("fault: the number lies outside the limits"),
            "rating": words.t("fault: this grade does not exist"),
            "precision": words.t("fault: the stated precision is not that of the date"),
            "target": words.t("fault: the number is missing"),
        },
        kind,
    )


def _found(texts: dict[str, str], code: str) -> str:
    if code not in texts:
        raise KrachtlijnError(
            f"no words for: {code}",
            where="src/analysis/views/gegevens/wording.py",
            do="add words in both languages for this kind",
        )
    return texts[code]


def columns(first: list[str], numbers: list[str], last: list[str] | None = None) -> tuple[Column, ...]:
    """Return column headers: texts, then numbers, then texts."""
    texts, ends = [Column(text) for text in first], [Column(text) for text in last or []]
    return (*texts, *(Column(text, "number") for text in numbers), *ends)
