"""The series behind each item of the SWOT: from which figure to which, and what that is to the organisation."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.views import standing
from analysis.views.facts import period_of, with_unit
from analysis.views.report import Report, in_every_language
from analysis.views.swot import bewijs_cijfers, common
from analysis.views.swot.bewijs import side_words, strength_words


@in_every_language
def series(report: Report) -> Figure:
    """Table: per item its series, their first and last figure since the plan began, and the strength of the link."""
    if report.now.plan("swot", report.plan_id).empty:
        return common.absent(report, "swot-reeksen")
    words, found = report.words, bewijs_cijfers.movements(report)
    if found.empty:
        return Figure(id="swot-reeksen", kind="absent", title=words.t("Nothing of this was delivered"))
    figures, shown = bewijs_cijfers.figures(report), bewijs_cijfers.compared(report)
    eve = words.date(bewijs_cijfers.eve(report).date())
    columns = (
        Column(words.t("Series of figures")),
        Column(words.t("First since {date}", date=eve)),
        Column(words.t("Last known")),
        Column(words.t("For the organisation")),
        Column(words.t("Link")),
    )
    return Figure(
        id="swot-reeksen",
        kind="table",
        title=series_title(words, len(found), int((found["reden"] == "").sum())),
        subtitle=words.t("Figures that are counted alike, behind each item to which a series was linked"),
        grid=Grid(
            columns,
            tuple(_row(words, row, figures) for row in standing.each(found)),
            _headings(report, found),
        ),
        reference=True,
        origins=report.origins(bewijs_cijfers.links(report), shown),
        notes=(
            words.t("Why a series was linked to an item stands in the data, in the table swot_reeksen (in Dutch)."),
            words.t("Staff and budget: what was realised, or budgeted where the name says so. Rating: steps of S&P."),
            *report.dating_notes(shown),
        ),
    )


def series_title(words: Words, total: int, moved: int) -> str:
    """Say of how many linked series a movement is known.

    Args:
        words: the language.
        total: the links.
        moved: those with two figures that may be compared.
    """
    return words.tn(
        "Of {n} of the {total} linked series it is known how it moved since the plan began",
        "Of {n} of the {total} linked series it is known how they moved since the plan began",
        moved,
        total=words.number(total),
    )


def _row(words: Words, row: Any, figures: pd.DataFrame) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    return (
        str(row.label),
        _figure(words, figures, row.eerste),
        _figure(words, figures, row.laatste),
        side_words(words).get(row.kant) or _reason(words, row.reden),
        strength_words(words)[row.kracht],
    )


def _figure(words: Words, figures: pd.DataFrame, place: int) -> str:
    """Write a figure with its period."""
    if place < 0:
        return UNKNOWN_SIGN
    row = figures.iloc[place]
    value = row["getoond"] or with_unit(words, row["waarde"], str(row["eenheid"]))
    return words.t("{value} ({period})", value=value, period=period_of(words, row))


def _reason(words: Words, reason: str) -> str:
    return {
        "geen_cijfer": words.t("unknown: no figure found"),
        "een_meting": words.t("unknown: one figure only"),
        "seizoen": words.t("unknown: different seasons"),
    }[reason]


def _headings(report: Report, found: pd.DataFrame) -> dict[int, str]:
    """Return each item above its first series."""
    rows = report.labelled(report.now.plan("swot", report.plan_id)).set_index("swot_code")["label"]
    firsts = found.drop_duplicates("swot_code")["swot_code"]
    return {int(str(place)): f"{code} {rows[code]}" for place, code in firsts.items()}
