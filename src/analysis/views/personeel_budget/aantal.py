"""People: how many there are, by every way of counting, and where the counts differ."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure, Grid
from analysis.models import people
from analysis.models.sources import conflicts
from analysis.views.personeel_budget import wording
from analysis.views.report import Report
from analysis.views.theme import PALETTE, base, spec

_COLOURS = (PALETTE[4], PALETTE[1], PALETTE[0], PALETTE[2])
_SHAPES = ("square", "triangle-up", "circle", "diamond")
#: Counts whose values stand above their marks; those of the others stand below.
_ABOVE = (people.ANNUAL,)
#: Where a series' name stands: at its first (0) or last (-1) point, and how far from it.
_NAMES: dict[str, dict[str, Any]] = {
    people.FORMER: {"end": 0, "align": "left", "dx": -14, "dy": 29},
    people.RECALCULATED: {"end": 0, "align": "left", "dx": -14, "dy": 29},
    people.ACTUAL: {"end": 0, "align": "left", "dx": -14, "dy": 29},
    people.ANNUAL: {"end": -1, "align": "right", "dx": 14, "dy": -29},
}
#: Differences of more than this share of the staff are no slip: another perimeter was counted.
_PERIMETER_GAP = 0.05


def staff(report: Report) -> Figure:
    """Show the staff in time, each way of counting as a mark of its own."""
    name, words = "personeel_budget-staff", report.words
    totals = people.staff_totals(report.now.table("personeel"), wording.institution(report))
    shown = totals[totals["telling"].isin(people.SERIES)]
    if not len(shown):
        title = words.t("{name}: no series of the staff was found", name=_name(report))
        return wording.nothing(report, name, title)
    title = _staff_title(report, people.latest_count(totals))
    return Figure(
        name,
        "chart",
        title=title,
        subtitle=words.t("{name}, number of people; the axis does not begin at 0", name=_name(report)),
        alt=words.t("Points per year, a shape per count. {title}. All values stand in the table.", title=title),
        grid=_staff_grid(report, shown),
        spec=spec(_staff_chart(report, shown), words, height=300),
        origins=report.origins(shown),
        notes=_staff_notes(report, shown),
    )


def _name(report: Report) -> str:
    return wording.institution_name(report)


def _count_name(report: Report, count: str) -> str:
    words = report.words
    return {
        people.FORMER: words.t("former perimeter"),
        people.RECALCULATED: words.t("recalculated"),
        people.ACTUAL: words.t("actual"),
        people.ANNUAL: words.t("annual reports"),
        people.OTHER: words.t("other count"),
    }[count]


def _staff_title(report: Report, ends: pd.DataFrame) -> str:
    first, last, words = ends.iloc[0], ends.iloc[-1], report.words
    values = {
        "value": words.number(last["waarde"]),
        "year": int(last["jaar"]),
        "count": _count_name(report, last["telling"]),
    }
    if len(ends) == 1:
        return words.t("{value} staff in {year} ({count})", **values)
    change = words.number(last["waarde"] - first["waarde"], sign=True)
    return words.t(
        "{value} staff in {year} ({count}), {change} compared with {first}",
        change=change,
        first=int(first["jaar"]),
        **values,
    )


def _staff_notes(report: Report, shown: pd.DataFrame) -> tuple[str, ...]:
    words, counts = report.words, set(shown["telling"])
    notes = []
    if people.FORMER in counts:
        notes.append(
            words.t(
                "Former perimeter: the staff as it was, before departments left. Recalculated: the "
                "plan's own figure for the same years; how it was calculated, it does not say. "
                "The two perimeters never make one line."
            )
        )
    if people.ANNUAL in counts:
        notes.append(
            words.t("The annual reports do not state their day of counting; they are placed at the end of the year.")
        )
    return (*notes, *report.dating_notes(shown))


def _staff_grid(report: Report, shown: pd.DataFrame) -> Grid:
    words = report.words
    people_column = words.t("People")
    texts = [words.t("Reference date"), words.t("Count"), people_column, words.t("Source of the figure")]
    rows = tuple(_count_row(report, row) for _, row in shown.iterrows())
    return Grid(wording.columns(texts, [people_column]), rows)


def _count_row(report: Report, row: pd.Series) -> tuple[str, ...]:
    words = report.words
    more = "meer dan" in row["opmerking"]
    value = words.number(row["waarde"])
    return (
        wording.when(words, row),
        _count_name(report, row["telling"]),
        words.t("more than {value}", value=value) if more else value,
        wording.source_name(report, row["bron_id"]),
    )


def _staff_chart(report: Report, shown: pd.DataFrame) -> alt.LayerChart:
    columns = ["jaar", "waarde", "telling"]
    rows = shown[columns].assign(tekst=[report.words.number(value) for value in shown["waarde"]])
    domain = list(people.SERIES)
    x = alt.X(
        "jaar:Q",
        title=None,
        axis=alt.Axis(
            format="d", values=sorted(set(rows["jaar"])), grid=False, labelOverlap="parity", labelSeparation=8
        ),
        scale=alt.Scale(zero=False, nice=False, padding=26),
    )
    y = alt.Y("waarde:Q", title=None, scale=alt.Scale(zero=False, padding=34))
    colour = alt.Color("telling:N", legend=None, scale=alt.Scale(domain=domain, range=[*_COLOURS]))
    shape = alt.Shape("telling:N", legend=None, scale=alt.Scale(domain=domain, range=[*_SHAPES]))
    start = base(rows).encode(x=x, y=y, color=colour)
    hollow = alt.datum.telling == people.ANNUAL
    layers = [
        start.mark_line(strokeWidth=2).encode(detail="telling:N"),
        start.transform_filter(~hollow).mark_point(size=70, filled=True, opacity=1).encode(shape=shape),
        start.transform_filter(hollow).mark_point(size=150, filled=False, strokeWidth=2).encode(shape=shape),
        *_staff_texts(report, rows, x, y),
    ]
    return wording.layered(*layers)


def _staff_texts(report: Report, rows: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Write the first and the last value of each series, and its name beside one of them."""
    layers = []
    for count in people.SERIES:
        own = rows[rows["telling"] == count]
        if not len(own):
            continue
        side = -1 if count in _ABOVE else 1
        ends = base(own.iloc[sorted({0, len(own) - 1})]).mark_text(dy=14 * side)
        mark, row = _NAMES[count], own.iloc[[_NAMES[count]["end"]]]
        name = base(row.assign(tekst=_count_name(report, count))).mark_text(
            dy=mark["dy"], dx=mark["dx"], align=mark["align"], fontWeight="bold"
        )
        layers += [text.encode(x=x, y=y, text="tekst:N") for text in (ends, name)]
    return layers


def staff_counts(report: Report) -> Figure:
    """List every count of the staff with its source, and where sources differ."""
    name, words = "personeel_budget-staff_counts", report.words
    totals = people.staff_totals(report.now.table("personeel"), wording.institution(report))
    if not len(totals):
        return wording.nothing(report, name, words.t("{name}: no count of the staff was found", name=_name(report)))
    direct = totals[(totals["telling"] != people.RECALCULATED) & totals["periode_tot"].notna()]
    differing = conflicts(wording.with_rank(report, direct), ["periode_tot"])
    gaps = differing.groupby("periode_tot")["waarde"].agg(lambda values: values.max() - values.min())
    return Figure(
        name,
        "table",
        title=_counts_title(report, gaps),
        subtitle=words.t("Number of people per count and source; * = sources differ for that day"),
        grid=_marked(_staff_grid(report, totals), totals["periode_tot"].isin(set(gaps.index))),
        origins=report.origins(totals),
        notes=(*_gap_notes(report, gaps, differing), *report.dating_notes(totals)),
    )


def _marked(grid: Grid, marks: pd.Series) -> Grid:
    rows = tuple(
        (row[0], row[1], row[2] + " *" if mark else row[2], row[3]) for row, mark in zip(grid.rows, marks, strict=True)
    )
    return Grid(grid.columns, rows, grid.groups)


def _counts_title(report: Report, gaps: pd.Series) -> str:
    words = report.words
    if not len(gaps):
        return words.t("No two sources differ on the number of staff")
    return words.tn(
        "For {n} reference date the sources give different numbers: {gap} people apart, in {year}",
        "For {n} reference dates the sources give different numbers: at most {gap} people apart, in {year}",
        len(gaps),
        gap=words.number(gaps.max()),
        year=pd.Timestamp(str(gaps.idxmax())).year,
    )


def _gap_notes(report: Report, gaps: pd.Series, rows: pd.DataFrame) -> tuple[str, ...]:
    words, notes = report.words, []
    small = [str(pd.Timestamp(str(day)).year) for day, gap in gaps.items() if gap == 1]
    if small:
        notes.append(
            words.t(
                "The difference of one person ({years}) is not explained by the sources.",
                years=words.list(small),
            )
        )
    if len(rows) and (gaps > _PERIMETER_GAP * rows["waarde"].min()).any():
        notes.append(
            words.t("A difference of more than 5 % points to another perimeter; the sources do not say which.")
        )
    return tuple(notes)
