"""What the figures of this chapter share: the two days, the words for series and units, the sentence for no news."""

from __future__ import annotations

import math
from collections.abc import Sequence

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.sources import ranked
from analysis.views.omgeving import text
from analysis.views.omgeving.units import unit as environment_unit
from analysis.views.personeel_budget.wording import source_name
from analysis.views.report import Report

#: A table in the body has at most so many rows; a note says how many others there are.
MOST = 30
#: The tables of dated figures, in the order of the report.
TABLES = ("omgeving", "personeel", "budget")


def between(report: Report) -> str:
    """Return the subtitle: the two days that are compared."""
    words = report.words
    return words.t(
        "As known on {now}, against {before} in the previous report",
        now=words.date(report.as_of),
        before=words.date(report.run.previous_as_of()),
    )


def nothing(report: Report, figure: str, title: str, notes: tuple[str, ...] = ()) -> Figure:
    """Return the one sentence that says that nothing changed."""
    plan = report.now.plan("plannen", report.plan_id)
    return Figure(id=figure, kind="sentences", title=title, origins=report.origins(plan), notes=notes)


def shortened(report: Report, rows: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the first rows, as many as a table holds, and a note on the others."""
    more = len(rows) - MOST
    if more <= 0:
        return rows, ()
    return rows.head(MOST), (report.words.tn("And {n} more row.", "And {n} more rows.", more),)


def with_rank(report: Report, facts: pd.DataFrame) -> pd.DataFrame:
    """Add the rank of each row's source."""
    return ranked(facts, report.now.table("bronnen"), report.now.table("bron_soorten"))


def known_undated(report: Report, n: int) -> tuple[str, ...]:
    """Say of how many rows it is not known whether they are new."""
    if not n:
        return ()
    return (
        report.words.tn(
            "{n} undated row stands here for the first time because the data were then collected; whether it is new "
            "is not known, so it is left out.",
            "{n} undated rows stand here for the first time because the data were then collected; whether they are "
            "new is not known, so they are left out.",
            n,
        ),
    )


def series(report: Report, table: str) -> dict[str, str]:
    """Return the names of the series of a table, by code."""
    known = report.now.table("indicatoren")
    own = report.labelled(known[known["tabel"] == table])
    return dict(zip(own["reeks"], own["label"], strict=True))


def entity(report: Report, row: pd.Series, table: str) -> str:
    """Write whom a figure is about: area, or entity with what it is broken down by, as the data names them."""
    words = report.words
    if table == "omgeving":
        return text.geo(words, str(row["geo"]))
    parts = [row["entiteit"], row.get("categorie", "")]
    told = [_spaced(words, str(part)) for part in parts if isinstance(part, str) and part]
    return ", ".join(told)


def _spaced(words: Words, code: str) -> str:
    return words.t("area: Brussels Region") if code == "BHG" else code.replace("_", " ")


def unit(words: Words, code: str) -> str:
    """Write a unit of any of the three tables; "" for a plain number."""
    own = {
        "EUR_mln": words.t("million euro"),
        "mln_eur": words.t("million euro"),
        "mrd_eur": words.t("billion euro"),
        "EUR": words.t("euro"),
        "eur": words.t("euro"),
        "pct": "%",
        "vte": words.t("full-time equivalents"),
        "aantal": "",
        "rating": "",
    }
    if code in own:
        return own[code]
    return "%" if code.startswith("%") else environment_unit(words, code).replace("_", " ")


def value(words: Words, number: object, code: str, *, sign: bool = False) -> str:
    """Write a value with its unit; a text such as a rating as it is."""
    try:
        known = float(str(number))
    except ValueError:
        return str(number)
    if math.isnan(known):
        return UNKNOWN_SIGN
    written = words.number(known, text.decimals(code, known), sign=sign)
    short = unit(words, code)
    return words.t("{number} {unit}", number=written, unit=short) if short else written


def source(report: Report, bron_id: str) -> str:
    """Return a short name of a source."""
    return source_name(report, bron_id)


def table(report: Report, figure: str, title: str, columns: tuple[Column, ...], cells: Sequence[tuple[str, ...]],
          groups: dict[int, str], origins: tuple[pd.DataFrame, ...], notes: tuple[str, ...]) -> Figure:  # fmt: skip
    """Return a table of this chapter."""
    return Figure(
        id=figure,
        kind="table",
        title=title,
        subtitle=between(report),
        grid=Grid(columns, tuple(cells), groups),
        origins=report.origins(*origins),
        notes=notes,
    )


def headed(rows: pd.DataFrame, by: str, names: dict[str, str]) -> dict[int, str]:
    """Return the heading above the first row of each group of ``by``, for rows in the order shown."""
    firsts = rows.reset_index(drop=True).drop_duplicates(by)
    return {int(place): names[str(group)] for place, group in zip(firsts.index, firsts[by], strict=True)}
