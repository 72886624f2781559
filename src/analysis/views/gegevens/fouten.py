"""What failed: every broken rule, and under it the rows that were set aside because of it."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN
from analysis.models import quality
from analysis.views.gegevens import wording
from analysis.views.report import Report, in_every_language

#: Of one rule at most this many rows are listed: the quarantine itself holds them all.
LISTED = 10


@in_every_language
def faults(report: Report) -> Figure:
    """Table: the rows in quarantine by broken rule, without any value; one sentence when there are none."""
    words, aside = report.words, report.now.quarantine()
    broken = quality.broken(wording.outcome(report))
    if broken.empty:
        said = words.t("No rule is broken and the quarantine is empty.")
        title = words.t("No row is missing from this report")
        return Figure("gegevens-fouten", "sentences", title=title, sentences=(said,))
    lines: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for _, rule in broken.iterrows():
        groups[len(lines)] = _heading(report, rule)
        lines += _lines(report, rule, aside)
    rows = len(aside.drop_duplicates(["tabel", "bestand", "rij"]))
    return Figure(
        "gegevens-fouten",
        "table",
        title=words.tn("{n} row is missing from this report", "{n} rows are missing from this report", rows),
        subtitle=words.t(
            "Rows in quarantine by broken rule, those with most rows first; the header of a file is row 1"
        ),
        grid=Grid(
            (Column(words.t("File")), Column(words.t("Row"), "number"), Column(words.t("What is wrong"))),
            tuple(lines),
            groups,
        ),
        origins=wording.own_origin(report),
        notes=_notes(report),
    )


def _heading(report: Report, rule: pd.Series) -> str:
    words, table = report.words, wording.title(report, str(rule["tabel"]))
    rows = words.tn("{n} row", "{n} rows", int(rule["rijen"]))
    asked = wording.demand(words, str(rule["regel"]))
    if not rule["kolom"]:
        return words.t("{table}. {rule}: {rows}", table=table, rule=asked, rows=rows)
    return words.t("{table}, column {column}. {rule}: {rows}", table=table, column=rule["kolom"], rule=asked, rows=rows)


def _lines(report: Report, rule: pd.Series, aside: pd.DataFrame) -> list[tuple[str, ...]]:
    words, told = report.words, wording.fault(report.words, str(rule["regel"]))
    own = aside[(aside["tabel"] == rule["tabel"]) & (aside["regel"] == rule["regel"])]
    if rule["kolom"]:
        own = own[own["kolom"] == rule["kolom"]]
    if own.empty:
        return [(UNKNOWN_SIGN, UNKNOWN_SIGN, told)]
    own = own.drop_duplicates(["bestand", "rij"])
    shown: list[tuple[str, ...]] = [
        (str(row["bestand"]), words.number(row["rij"]), told) for _, row in own.head(LISTED).iterrows()
    ]
    more = len(own) - LISTED
    if more > 0:
        shown.append((words.tn("and {n} more row", "and {n} more rows", more), UNKNOWN_SIGN, told))
    return shown


def _notes(report: Report) -> tuple[str, ...]:
    words = report.words
    return (
        words.t(
            "A row in quarantine counts in no figure. It stands with its values and its reason in "
            "data/processed/quarantaine; it returns once it is mended at its source."
        ),
        words.t(
            "The quarantine is that of the whole delivery: of a row that cannot be read nobody can say when it "
            "became known."
        ),
    )
