"""People: absence by illness, the delivered one beside that of other employers, as far as it is measured alike."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import absence as model
from analysis.models.delivered import staff
from analysis.models.sources import best
from analysis.views.facts import employer_name
from analysis.views.personeel_budget import mensen, wording
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common

NAME = "personeel_budget-absence_elsewhere"
#: How many years are shown of an employer who says how absence is measured, and of another.
YEARS, YEARS_UNSTATED = 4, 1
#: The employers that the title names.
_NAMED = ("FED", "VL")


@in_every_language
def absence_elsewhere(report: Report) -> Figure:
    """Show absence of the institution, where it is delivered, and of other employers, each in its own measure."""
    words = report.words
    known = model.rates(report.now.table("personeel"))
    rows = best(report.ranked(known), ["entiteit", "jaar", "eenheid"]).sort_values(["maat", "entiteit", "jaar"])
    own, shown = _own(report), _shown(rows)
    if not len(shown) and own is None:
        return wording.nothing(report, NAME, absence_title(words, shown))
    origins = report.origins(shown) if own is None else common.origins(report, shown)
    notes = (*_notes(words), *report.dating_notes(shown))
    return Figure(
        NAME,
        "table",
        title=absence_title(words, shown) if own is None else own_title(words, own, shown),
        subtitle=words.t("Absence through illness in %, the last years known"),
        grid=_grid(report, shown, rows, own),
        origins=origins,
        reference=own is None,
        notes=notes if own is None else common.notes(report, *notes),
    )


def _own(report: Report) -> dict[str, Any] | None:
    """Return the absence of the institution in the last four quarters, with its widest interval; None if unknown."""
    if mensen.nothing(report, NAME, staff.ILL):
        return None
    found = mensen.delivered(report)
    year = staff.absence(found.whole)["verzuim_jaar"].dropna()
    if year.empty:
        return None
    quarter, rate = str(year.index[-1]), float(year.iloc[-1])
    low, high = model.widest(rate, float(found.whole[staff.STAFF][quarter]))
    who = wording.institution_name(report)
    return {"wie": who, "kwartaal": mensen.quarter_name(report, quarter), "waarde": rate, "onder": low, "boven": high}


def _shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the last years of each employer."""
    back = rows.groupby("entiteit").cumcount(ascending=False)
    most = rows["maat"].map({model.UNSTATED: YEARS_UNSTATED}).astype(float).fillna(YEARS)
    return rows[back < most]


def own_title(words: Words, own: dict[str, Any], shown: pd.DataFrame) -> str:
    """Say how high the institution's own absence is, and what may stand beside it.

    Args:
        words: the language.
        own: ``wie``, ``kwartaal``, ``waarde``, ``onder``, ``boven``.
        shown: rates of other employers: ``entiteit``, ``maat``, ``jaar``, ``waarde``.
    """
    share = words.number(own["waarde"], 1)
    said = words.t("Absence {share} % in the four quarters to {quarter}", share=share, quarter=own["kwartaal"])
    alike = shown[shown["maat"] == model.WORKING]
    if alike.empty:
        return words.joined([said, words.t("no other employer with the same measure was found")])
    last = alike.iloc[-1]
    beside = words.t(
        "by the same measure {employer} {share} % in {year}",
        employer=employer_name(words, last["entiteit"]),
        share=words.number(last["waarde"], 1),
        year=last["jaar"],
    )
    return words.joined([said, beside])


def absence_title(words: Words, shown: pd.DataFrame) -> str:
    """Say how high absence was at each other government in the last year known.

    Args:
        words: the language.
        shown: ``entiteit``, ``jaar`` and ``waarde``; per employer in time.
    """
    last = shown[shown["entiteit"].isin(_NAMED)].drop_duplicates("entiteit", keep="last")
    if not len(last):
        return words.t("No absence figures of other governments")
    latest = [
        words.t(
            "{employer} {share} % in {year}",
            employer=employer_name(words, row["entiteit"]),
            share=words.number(row["waarde"], 1),
            year=row["jaar"],
        )
        for row in wording.records(last)
    ]
    return words.t("Absence elsewhere: {items}. It says nothing about the institution itself", items=words.list(latest))


def _grid(report: Report, shown: pd.DataFrame, rows: pd.DataFrame, own: dict[str, Any] | None) -> Grid:
    words = report.words
    cells: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    if own is not None:
        groups[0] = words.t("Delivered: sick days per 100 working days")
        cells.append(
            (
                own["wie"],
                own["kwartaal"],
                words.number(own["waarde"], 2),
                _range(words, own["onder"], own["boven"]),
                words.t("the deliveries"),
            )
        )
    for measure, alike in shown.groupby("maat", observed=True):
        groups[len(cells)] = _measure(words, str(measure), compared=own is not None)
        cells += [_cells(report, row, rows) for row in wording.records(alike)]
    share, interval = words.t("Absence (%)"), words.t("Usual range or interval (%)")
    heads = [words.t("Employer"), words.t("Year"), share, interval, words.t("Source of the figure")]
    return Grid(
        tuple(Column(head, "number" if head in (share, interval) else "text") for head in heads), tuple(cells), groups
    )


def _cells(report: Report, row: dict[str, Any], rows: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    return (
        wording.employer(report, row["entiteit"]),
        str(row["jaar"]),
        words.number(row["waarde"], 2),
        _range(words, *model.usual(rows[rows["entiteit"] == row["entiteit"]])),
        wording.source_name(report, row["bron_id"]),
    )


def _range(words: Words, low: float, high: float) -> str:
    if math.isnan(low):
        return words.number(math.nan)
    return words.t("{low} to {high}", low=words.number(low, 1), high=words.number(high, 1))


def _measure(words: Words, measure: str, *, compared: bool) -> str:
    """Name a measure, and say whether it may be compared with the delivered figure."""
    if measure == model.WORKING:
        return (
            words.t("Sick days per 100 working days: the same measure as the delivered figure")
            if compared
            else words.t("Sick days per 100 working days")
        )
    if measure == model.AVAILABLE:
        return words.t("Sick days per available days: not comparable")
    return words.t("Measure not stated by the source: not comparable")


def _notes(words: Words) -> list[str]:
    return [
        words.t(
            "Each employer measures in its own way: federal sick days per 100 working days (Medex), Flemish sick days "
            "per available days. Between measures the levels cannot be ranked."
        ),
        words.t(
            "Usual range: the natural limits (XmR) of an employer of whose last {years} years at least {n} are "
            "known; a year within it differs by no more than the years always did. Interval of a delivered figure: "
            "the widest that its number of people allows (Wilson).",
            n=words.number(model.ENOUGH),
            years=words.number(model.WINDOW),
        ),
    ]
