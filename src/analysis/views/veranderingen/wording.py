"""What the figures of this chapter share: the two days, the words for series and units, the sentence for no news."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.views.facts import place_name
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
    if table == "omgeving":
        return place_name(report.words, str(row["geo"]))
    parts = [row["entiteit"], row.get("categorie", "")]
    return ", ".join(place_name(report.words, part) for part in parts if isinstance(part, str) and part)


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
