"""People: of whom the delivered staff consists, and what changed of that in a year."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered import staff
from analysis.staff_categories import CATEGORIES
from analysis.views.personeel_budget import mensen, wording
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common

NAME = "personeel_budget-samenstelling"
#: The dimensions shown, each with the series of which it has parts; age has a chart of its own.
SHOWN = {
    "bestuur": staff.STAFF,
    "geslacht": staff.STAFF,
    "statuut": staff.STAFF,
    "niveau": staff.STAFF,
    "taalrol": staff.STAFF,
    "woonplaats": staff.STAFF,
    "regime": staff.TELEWORKERS,
}


@in_every_language
def composition(report: Report) -> Figure:
    """Show the staff by administration, sex, statute, level, language role, residence and telework."""
    if none := mensen.nothing(report, NAME, staff.STAFF, staff.TELEWORKERS):
        return none
    words, found = report.words, mensen.delivered(report)
    rows = parts(report, found.last)
    if rows.empty:
        return mensen.absent(report, NAME)
    return Figure(
        NAME,
        "table",
        title=composition_title(report, rows),
        subtitle=words.t(
            "{name}, number of people at the end of {quarter}, as delivered",
            name=wording.institution_name(report),
            quarter=mensen.quarter_name(report, found.last),
        ),
        grid=_grid(report, rows),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(report, rows)),
    )


def parts(report: Report, quarter: str) -> pd.DataFrame:
    """Return the whole and the parts: ``dimensie``, ``categorie``, ``waarde``, ``vte``, ``aandeel``, ``verandering``.

    What was held back stands there without numbers.
    """
    known = mensen.delivered(report).known
    hidden = report.now.held_back(mensen.TABLE, report.plan_id)
    hidden = hidden[hidden["kwartaal"] == quarter].drop_duplicates(staff.KEY)
    total = mensen.delivered(report).whole[staff.STAFF][quarter]
    whole = {"dimensie": "", "categorie": "", "waarde": total, "aandeel": 100.0}
    found = [pd.DataFrame([] if math.isnan(total) else [whole], columns=list(whole))]
    for dimension, series in SHOWN.items():
        told = staff.composition(known, quarter, series)
        lost = hidden[(hidden["reeks"] == series) & (hidden["dimensie"] == dimension)][["dimensie", "categorie"]]
        own = pd.concat([told[told["dimensie"] == dimension], lost], ignore_index=True)
        names = CATEGORIES.get(dimension, ())
        place = own["categorie"].map({name: place for place, name in enumerate(names)}).fillna(0)
        found.append(own.iloc[place.argsort(kind="stable")])
    rows = pd.concat(found, ignore_index=True)
    keys = pd.MultiIndex.from_frame(rows[["dimensie", "categorie"]])
    return rows.assign(vte=staff.full_time(known, quarter).reindex(keys).to_numpy(dtype=float))


def composition_title(report: Report, rows: pd.DataFrame) -> str:
    """Say which share changed most in a year; without a year before, how the largest part is called.

    Args:
        report: the report.
        rows: from :func:`parts`.
    """
    words = report.words
    changed = rows[rows["verandering"].notna()]
    if changed.empty or not changed["verandering"].round(1).any():
        return words.t("The composition of the staff: no change of a share in a year is known")
    row = changed.sort_values("verandering", key=abs, kind="stable").iloc[-1]
    values = {
        "dimension": dimension_name(words, row["dimensie"]).lower(),
        "name": category_name(report, row["dimensie"], row["categorie"]),
        "share": words.number(row["aandeel"], 1),
        "points": words.number(abs(row["verandering"]), 1),
    }
    if row["verandering"] > 0:
        return words.tn(
            "Largest shift: {name} ({dimension}), now {share} %, {points} point more than a year before",
            "Largest shift: {name} ({dimension}), now {share} %, {points} points more than a year before",
            int(abs(row["verandering"])),
            **values,
        )
    return words.tn(
        "Largest shift: {name} ({dimension}), now {share} %, {points} point less than a year before",
        "Largest shift: {name} ({dimension}), now {share} %, {points} points less than a year before",
        int(abs(row["verandering"])),
        **values,
    )


def dimension_name(words: Words, dimension: str) -> str:
    """Write what the staff is divided by."""
    return {
        "": words.t("The whole staff"),
        "bestuur": words.t("Administration"),
        "geslacht": words.t("Sex"),
        "statuut": words.t("Statute"),
        "niveau": words.t("Level"),
        "taalrol": words.t("Language role"),
        "woonplaats": words.t("Place of residence"),
        "regime": words.t("Telework (share of the teleworkers)"),
    }[dimension]


def category_name(report: Report, dimension: str, category: str) -> str:
    """Write a category; what has no words of its own as it was delivered."""
    words = report.words
    if dimension == "bestuur":
        return common.short_names(report).get(category, category)
    known = {
        ("", ""): words.t("all together"),
        ("geslacht", "vrouw"): words.t("women"),
        ("geslacht", "man"): words.t("men"),
        ("geslacht", "x"): words.t("sex: neither"),
        ("statuut", "statutair"): words.t("statutory staff"),
        ("statuut", "contractueel"): words.t("contractual staff"),
        ("niveau", "A"): words.t("level: A"),
        ("niveau", "B"): words.t("level: B"),
        ("niveau", "C"): words.t("level: C"),
        ("niveau", "D"): words.t("level: D"),
        ("niveau", "E"): words.t("level: E"),
        ("taalrol", "FR"): words.t("language role: French"),
        ("taalrol", "NL"): words.t("language role: Dutch"),
        ("woonplaats", "BHG"): words.t("residence: Brussels-Capital Region"),
        ("woonplaats", "VL"): words.t("residence: Flemish Region"),
        ("woonplaats", "WAL"): words.t("residence: Walloon Region"),
        ("woonplaats", "ander"): words.t("residence: elsewhere"),
        ("regime", "structureel"): words.t("telework: regularly"),
        ("regime", "occasioneel"): words.t("telework: now and then"),
        ("regime", "mobiel"): words.t("telework: on the move"),
    }
    return known.get((dimension, category), category)


def _grid(report: Report, rows: pd.DataFrame) -> Grid:
    words = report.words
    first = rows["dimensie"] != rows["dimensie"].shift(1)
    groups = {int(place): dimension_name(words, rows["dimensie"][place]) for place in rows.index[first]}
    heads = [words.t("People"), words.t("FTE"), words.t("Share (%)"), words.t("Change in a year (points)")]
    columns = (Column(words.t("Part of the staff")), *(Column(head, "number") for head in heads))
    return Grid(columns, tuple(_cells(report, row) for row in wording.records(rows)), groups)


def _cells(report: Report, row: dict[str, Any]) -> tuple[str, ...]:
    words = report.words
    name = category_name(report, row["dimensie"], row["categorie"])
    if math.isnan(row["waarde"]):
        return name, words.t("held back"), *([words.number(math.nan)] * 3)
    return (
        name,
        words.number(row["waarde"]),
        words.number(row["vte"], 1),
        words.number(row["aandeel"], 1),
        words.number(row["verandering"], 1, sign=True),
    )


def _notes(report: Report, rows: pd.DataFrame) -> list[str]:
    words, hidden = report.words, int(rows["waarde"].isna().sum())
    notes = []
    if hidden:
        notes.append(
            words.tn(
                "{n} figure is held back: a group of fewer than five people, or what would tell how many those are.",
                "{n} figures are held back: groups of fewer than five people, or what would tell how many those are.",
                hidden,
            )
        )
    if rows["vte"].isna().any() and rows["vte"].notna().any():
        notes.append(words.t("FTE: full-time equivalents, where they were delivered."))
    return notes
