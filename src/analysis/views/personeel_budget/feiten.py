"""Money: the rows that a figure shows, and how their kind is called."""

from __future__ import annotations

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Grid
from analysis.language import Words
from analysis.models import money, notions
from analysis.models.sources import best
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.report import Report, ranked
from analysis.views.theme import PLAN


def facts_of(report: Report, *series: str) -> pd.DataFrame:
    """Return the amounts of these series with the rank of their sources."""
    known = ranked(report.now, "budget")
    return money.amounts(known, series, wording.plan_source(report))


def shown_rows(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows shown, with ``merk``: their kind, or ``plan`` for the plan's own figures.

    Of what was realised or budgeted, the best source is shown. Estimates and the plan's figures are
    all shown: two estimates of one year need not contradict each other, they are made on two days.
    """
    marked = facts.assign(merk=facts["soort"].where(~facts["plan"], PLAN))
    free = marked["plan"] | (marked["soort"] == money.ESTIMATE)
    chosen = best(marked[~free], money.KEY)
    rows = pd.concat([chosen, marked[free].assign(conflicten=0)])
    return rows.sort_values("periode_tot", kind="stable")


def kind_name(words: Words, kind: str) -> str:
    """Return the word for a kind of figure."""
    return {
        money.REALISED: words.t("realised"),
        money.ESTIMATE: words.t("estimate"),
        money.INITIAL: words.t("initial budget"),
        money.ADJUSTED: words.t("adjusted budget"),
        PLAN: words.t("plan"),
    }[kind]


def register(report: Report, series: str) -> pd.Series:
    """Return what the register of indicators says about a series."""
    known = _register(report.now)
    return known[known["reeks"] == series].iloc[0]


@once
def _register(catalog: Catalog) -> pd.DataFrame:
    known = catalog.table("indicatoren")
    return known[known["tabel"] == "budget"]


def series_name(report: Report, series: str) -> str:
    """Return the name of a series in the report's language."""
    return report.label(register(report, series))


def notion_name(words: Words, notion: str) -> str:
    """Return the words for a notion of :data:`notions.NOTIONS`."""
    return {
        "voor_correcties": words.t("before corrections"),
        "na_neutralisering": words.t("after neutralisation"),
        "na_correcties": words.t("after corrections"),
        "met_strategisch": words.t("with strategic investments"),
        "zonder_strategisch": words.t("without strategic investments"),
        "zonder_verrichtingen": words.t("without certain operations"),
        notions.UNSTATED: words.t("concept not stated"),
    }[notion]


def debt_grid(report: Report, shown: pd.DataFrame) -> Grid:
    """Return the data behind a chart of a debt, in billions."""
    words = report.words
    value = words.t("Billion euro")
    texts = [words.t("Position at"), words.t("Kind"), value, words.t("Known since")]
    rows = tuple(
        (
            period_of(words, row),
            kind_name(words, row["merk"]),
            words.number(row["waarde"] / 1000, 2),
            words.month(row["bekend_op"]),
            wording.source_name(report, row["bron_id"]),
        )
        for _, row in shown.iterrows()
    )
    return Grid(wording.columns([*texts, words.t("Source of the figure")], [value]), rows)
