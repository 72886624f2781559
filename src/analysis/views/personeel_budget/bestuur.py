"""People: in which administration they work."""

from __future__ import annotations

import re

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import people
from analysis.models.money import REALISED
from analysis.views.facts import period_of
from analysis.views.personeel_budget import staven, wording
from analysis.views.report import Report, in_every_language
from analysis.views.theme import spec

#: How the plan's notes say that people whom another institution pays are left out.
_LEFT_OUT = re.compile(r"zonder personeel van (?:de )?(\w+)")


@in_every_language
def administrations(report: Report) -> Figure:
    """Show the staff per administration on the last day for which it is known."""
    name, words = "personeel_budget-administrations", report.words
    known, own = report.now.table("personeel"), wording.institution(report)
    rows = people.administrations(known, own, report.now.table("organisaties"))
    if not len(rows):
        who = wording.institution_name(report)
        title = words.t("{name}: no staff per administration was found", name=who)
        return wording.nothing(report, name, title)
    rows = report.labelled(rows)
    drawn = _bars(report, rows)
    return Figure(
        name,
        "chart",
        title=administration_title(words, rows),
        subtitle=words.t("Number of people on the payroll, {date}", date=period_of(words, rows.iloc[0])),
        alt=staven.bars_alt(words, drawn),
        grid=_grid(report, rows),
        spec=spec(staven.named_bars(drawn), words, height=36 * len(drawn)),
        origins=report.origins(rows),
        notes=(*_notes(report, rows), *report.dating_notes(rows)),
    )


def administration_title(words: Words, rows: pd.DataFrame) -> str:
    """Name the largest administration, or all that are equally large, with the day of counting."""
    largest = rows[rows["waarde"] == rows["waarde"].max()]
    values = {
        "names": words.list(list(largest["label"])),
        "date": period_of(words, rows.iloc[0]),
        "value": words.number(rows["waarde"].max()),
        "total": words.number(rows["waarde"].sum()),
        "share": words.number(largest["aandeel"].iloc[0], 1),
    }
    if len(largest) > 1:
        return words.t("{names} were equally large ({date}): {value} of {total} staff each ({share} %)", **values)
    return words.t("{names} was the largest administration ({date}): {value} of {total} staff ({share} %)", **values)


def _bars(report: Report, rows: pd.DataFrame) -> pd.DataFrame:
    texts = [report.words.number(value) for value in rows["waarde"]]
    return rows[["waarde"]].assign(naam=rows["label"], tekst=texts, soort=REALISED)


def _grid(report: Report, rows: pd.DataFrame) -> Grid:
    words = report.words
    numbers = [words.t("People"), words.t("Share (%)")]
    cells = [
        (row["label"], words.number(row["waarde"]), words.number(row["aandeel"], 1)) for row in wording.records(rows)
    ]
    total = (words.t("Total"), words.number(rows["waarde"].sum()), words.number(100.0, 1))
    return Grid(wording.columns([words.t("Administration"), *numbers], numbers), (*cells, total))


def _notes(report: Report, rows: pd.DataFrame) -> list[str]:
    words = report.words
    notes = [*_sum_notes(report, rows), *_left_out_notes(report, rows)]
    older = people.older_structures(report.now.table("personeel"), wording.institution(report))
    for _, group in older.groupby("periode_tot"):
        notes.append(
            words.tn(
                "For {date} another source gives {n} administration, together {total} people: "
                "another division, so it does not stand beside this one.",
                "For {date} another source gives {n} administrations, together {total} people: "
                "another division, so it does not stand beside this one.",
                len(group),
                date=period_of(words, group.iloc[0]),
                total=words.number(group["waarde"].sum()),
            )
        )
    return notes


def _sum_notes(report: Report, rows: pd.DataFrame) -> list[str]:
    words = report.words
    totals = people.staff_totals(report.now.table("personeel"), wording.institution(report))
    same_day = totals["periode_tot"] == rows["periode_tot"].iloc[0]
    total = totals[same_day & (totals["telling"] == people.ACTUAL)]["waarde"]
    if not len(total):
        return []
    gap = total.iloc[0] - rows["waarde"].sum()
    if gap == 0:
        return [words.t("Their sum equals the total that the plan gives for that day.")]
    return [
        words.t(
            "Their sum differs by {gap} from the total that the plan gives for that day.",
            gap=words.number(gap, sign=True),
        )
    ]


def _left_out_notes(report: Report, rows: pd.DataFrame) -> list[str]:
    words = report.words
    found = zip(rows["label"], rows["opmerking"].map(_LEFT_OUT.search), strict=True)
    pairs = [(label, match[1]) for label, match in found if match]
    if not pairs:
        return []
    whose = {"MIVB": words.t("of MIVB"), "Iristeam": words.t("of Iristeam")}
    items = [
        words.t(
            "{whose} ({administration})",
            administration=label,
            whose=whose.get(name) or words.t("of {name}", name=name),
        )
        for label, name in pairs
    ]
    return [words.t("Without the staff {items}.", items=words.list(items))]
