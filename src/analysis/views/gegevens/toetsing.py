"""What was validated: the sums per kind of data, per table and per kind of rule."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.models import quality
from analysis.schema import GROUPS
from analysis.views.gegevens import wording
from analysis.views.report import Report, in_every_language

_SUMS = ["rijen", "regels", "geschonden", "quarantaine", "verbeterd"]


@in_every_language
def overview(report: Report) -> Figure:
    """Table: the message on the data as a whole, one row per kind of data."""
    words, counts = report.words, _counts(report)
    sizes = counts.groupby("groep").agg(tabellen=("tabel", "size"), **{name: (name, "sum") for name in _SUMS})
    shown = [code for code in GROUPS if code in sizes.index]
    rows = [(wording.group(words, str(code)), *_numbers(report, row)) for code, row in sizes.reindex(shown).iterrows()]
    rows.append((words.t("Together"), *_numbers(report, sizes.sum())))
    heads = [words.t("Tables"), *_heads(report)]
    return Figure(
        "gegevens-overzicht",
        "table",
        title=verdict(report, counts),
        subtitle=words.t(
            "Rows and corrected cells as known on {date}; rules and rows set aside of the whole delivery",
            date=words.date(report.as_of),
        ),
        grid=Grid(wording.columns([words.t("Kind of data")], heads), tuple(rows)),
        origins=wording.own_origin(report),
        notes=(
            words.t(
                "The rules look at the form and at the links between tables. That a row keeps them all does not "
                "say that its source is right."
            ),
            *_small_groups(report),
        ),
    )


def _small_groups(report: Report) -> tuple[str, ...]:
    """Say of how many rows on staff the number was taken out."""
    hidden = len(report.now.suppressed("personeel"))
    if not hidden:
        return ()
    return (
        report.words.tn(
            "{n} figure on staff is left out: it is about fewer than five persons, or would give such a number away.",
            "{n} figures on staff are left out: they are about fewer than five persons, or would give such a number "
            "away.",
            hidden,
        ),
    )


def verdict(report: Report, counts: pd.DataFrame) -> str:
    """Say in one sentence how the data stand.

    Args:
        report: the report.
        counts: the result of :func:`analysis.models.quality.per_table`.
    """
    words, broken, aside = report.words, int(counts["geschonden"].sum()), int(counts["quarantaine"].sum())
    total = words.number(int(counts["regels"].sum()))
    if not broken and not aside:
        return words.t("All {total} rules hold and no row is in quarantine", total=total)
    rows = words.tn("{n} row is in quarantine", "{n} rows are in quarantine", aside)
    return words.tn(
        "{n} of the {total} rules is broken: {rows}",
        "{n} of the {total} rules are broken: {rows}",
        broken,
        total=total,
        rows=rows,
    )


@in_every_language
def tables(report: Report) -> Figure:
    """Table: every table of the data package, by kind of data."""
    words, counts = report.words, _counts(report)
    lines: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for code in GROUPS:
        own = counts[counts["groep"] == code]
        if len(own):
            groups[len(lines)] = wording.group(words, code)
        lines += [(wording.title(report, str(row["tabel"])), *_numbers(report, row)) for _, row in own.iterrows()]
    clean = int(((counts["geschonden"] == 0) & (counts["quarantaine"] == 0)).sum())
    return Figure(
        "gegevens-tabellen",
        "table",
        title=_clean(report, clean, len(counts)),
        subtitle=words.t("Every table of the data package; rows as known on {date}", date=words.date(report.as_of)),
        grid=Grid(wording.columns([words.t("Table")], _heads(report)), tuple(lines), groups),
        origins=wording.own_origin(report),
        notes=(
            words.t(
                "A row of a register counts as soon as what it is about is known: a source from the first known "
                "row that rests on it, a series from its first figure."
            ),
        ),
        reference=True,
    )


@in_every_language
def rules(report: Report) -> Figure:
    """Table: how many rules of each kind were judged, and how many are broken."""
    words, outcome = report.words, wording.outcome(report)
    kinds = quality.per_kind(outcome)
    lines = tuple(
        (
            wording.demand(words, str(row["regel"])),
            words.number(row["regels"]),
            words.number(row["geschonden"]),
        )
        for _, row in kinds.iterrows()
    )
    return Figure(
        "gegevens-regels",
        "table",
        title=_held(report, int((kinds["geschonden"] == 0).sum()), len(kinds)),
        subtitle=words.t("Number of rules; one rule is about one column or one key of one table"),
        grid=Grid(
            wording.columns([words.t("What the rule asks")], [words.t("Rules judged"), words.t("Rules broken")]), lines
        ),
        origins=wording.own_origin(report),
        reference=not (kinds["geschonden"] > 0).any(),  # what all holds need not be read
    )


def _held(report: Report, held: int, total: int) -> str:
    words = report.words
    if held == total:
        return words.t("All {total} kinds of rules hold", total=words.number(total))
    return words.t(
        "Of {held} of the {total} kinds of rules none is broken", held=words.number(held), total=words.number(total)
    )


def _clean(report: Report, clean: int, total: int) -> str:
    words = report.words
    if clean == total:
        return words.t("All {total} tables keep all their rules", total=words.number(total))
    return words.t(
        "{clean} of the {total} tables keep all their rules", clean=words.number(clean), total=words.number(total)
    )


def _counts(report: Report) -> pd.DataFrame:
    aside, package = report.now.quarantine(), report.now.package.tables
    return quality.per_table(wording.outcome(report), aside, wording.known(report), package)


def _heads(report: Report) -> list[str]:
    words = report.words
    return [
        words.t("Known rows"),
        words.t("Rules judged"),
        words.t("Rules broken"),
        words.t("Rows in quarantine"),
        words.t("Cells corrected"),
    ]


def _numbers(report: Report, row: pd.Series) -> tuple[str, ...]:
    return tuple(report.words.number(row[name]) for name in ("tabellen", *_SUMS) if name in row)
