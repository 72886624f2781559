"""People: how many there are, by every way of counting, and where the counts differ."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import people
from analysis.models.sources import conflicts
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.report import Report, in_every_language
from analysis.views.theme import BESIDE, MAIN, OTHER, OUTLINE, PAPER, POINT, THIN, WHOLE, YEAR, base, hints, spec

#: Every count is of people who were there: the colour sets off the two that reach today, the shape tells all apart.
_COLOURS = (BESIDE, BESIDE, MAIN, OTHER)
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
PERIMETER_GAP = 0.05


@in_every_language
def staff(report: Report) -> Figure:
    """Show the staff in time, each way of counting as a mark of its own; the table holds every count."""
    name, words = "personeel_budget-staff", report.words
    totals = people.staff_totals(report.now.table("personeel"), wording.institution(report))
    if not len(totals):
        return wording.nothing(report, name, words.t("{name}: no count of the staff was found", name=_name(report)))
    shown = totals[totals["telling"].isin(people.SERIES)]
    title = staff_title(words, people.latest_count(totals))
    gaps = _gaps(report, totals)
    content: dict[str, Any] = {
        "title": title,
        "grid": _marked(_staff_grid(report, totals), totals["periode_tot"].isin(set(gaps.index))),
        "origins": report.origins(totals),
        "notes": (
            *_staff_notes(words, shown),
            *_other_notes(report, totals),
            *_gap_notes(words, gaps, totals),
            *report.dating_notes(totals),
        ),
    }
    if not len(shown):
        return Figure(name, "table", subtitle=words.t("{name}, number of people", name=_name(report)), **content)
    return Figure(
        name,
        "chart",
        subtitle=words.t("{name}, number of people; the axis does not begin at 0", name=_name(report)),
        alt=words.t("Points per year, a shape per count. {title}. All values stand in the table.", title=title),
        spec=spec(_staff_chart(report, shown), words, height=270),
        **content,
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


def _by(words: Words, count: str) -> str:
    return {
        people.FORMER: words.t("By the plan (former perimeter)"),
        people.RECALCULATED: words.t("By the plan’s recalculation"),
        people.ACTUAL: words.t("By the plan"),
        people.ANNUAL: words.t("By the annual reports"),
    }[count]


def staff_title(words: Words, ends: pd.DataFrame) -> str:
    """Say whether the staff grew, and by whose count.

    Args:
        words: the language.
        ends: from :func:`people.latest_count`: the first and the last row of one series, or fewer.
    """
    if not len(ends):
        return words.t("No series of the staff was found, only single counts")
    first, last = ends.iloc[0], ends.iloc[-1]
    values = {
        "source": _by(words, last["telling"]),
        "value": words.number(last["waarde"]),
        "year": int(last["jaar"]),
        "start": words.number(first["waarde"]),
        "first": int(first["jaar"]),
    }
    if len(ends) == 1:
        return words.t("{source} there were {value} staff in {year}", **values)
    if last["waarde"] == first["waarde"]:
        return words.t("{source} there were {value} staff in {year}, as many as in {first}", **values)
    if last["waarde"] > first["waarde"]:
        return words.t("{source} the staff grew to {value} in {year}, from {start} in {first}", **values)
    return words.t("{source} the staff shrank to {value} in {year}, from {start} in {first}", **values)


def _staff_notes(words: Words, shown: pd.DataFrame) -> list[str]:
    counts, notes = set(shown["telling"]), []
    if people.FORMER in counts:
        notes.append(
            words.t(
                "Former perimeter: the staff as it was, before departments left. Recalculated: the "
                "plan's own figure for the same years; how it was calculated, it does not say."
            )
        )
    if people.ANNUAL in counts:
        notes.append(
            words.t("The annual reports do not state their day of counting; they are placed at the end of the year.")
        )
    return notes


def _other_notes(report: Report, totals: pd.DataFrame) -> list[str]:
    """Name the counts that make no series: they stand in the table, which is not printed behind a chart."""
    words, others = report.words, totals[totals["telling"] == people.OTHER]
    if not len(others) or len(others) == len(totals):
        return []
    items = [
        words.t("{value} ({remark})", value=_value(words, row), remark=_day(words, row)) for _, row in others.iterrows()
    ]
    return [words.t("Other counts, not drawn: {items}.", items=words.list(items))]


def _day(words: Words, row: pd.Series) -> str:
    return words.t("without a date") if pd.isna(row["periode_tot"]) else period_of(words, row)


def _value(words: Words, row: pd.Series) -> str:
    value = words.number(row["waarde"])
    return words.t("more than {value}", value=value) if "meer dan" in row["opmerking"] else value


def _staff_grid(report: Report, shown: pd.DataFrame) -> Grid:
    words = report.words
    people_column = words.t("People")
    texts = [words.t("Reference date"), words.t("Count"), people_column, words.t("Source of the figure")]
    rows = tuple(_count_row(report, row) for _, row in shown.iterrows())
    return Grid(wording.columns(texts, [people_column]), rows)


def _count_row(report: Report, row: pd.Series) -> tuple[str, ...]:
    words = report.words
    return (
        period_of(words, row),
        _count_name(report, row["telling"]),
        _value(words, row),
        wording.source_name(report, row["bron_id"]),
    )


def _staff_chart(report: Report, shown: pd.DataFrame) -> alt.LayerChart:
    columns = ["jaar", "waarde", "telling"]
    rows = shown[columns].assign(tekst=[report.words.number(value) for value in shown["waarde"]])
    rows["uitleg"] = [
        wording.hint(report.words, _count_name(report, row["telling"]), row["tekst"], str(int(row["jaar"])))
        for row in wording.records(rows)
    ]
    domain = list(people.SERIES)
    x = alt.X(
        "jaar:Q",
        title=None,
        axis=alt.Axis(
            format=YEAR, values=sorted(set(rows["jaar"])), grid=False, labelOverlap="parity", labelSeparation=8
        ),
        scale=alt.Scale(zero=False, nice=False, padding=26),
    )
    y = alt.Y("waarde:Q", title=None, axis=alt.Axis(format=WHOLE), scale=alt.Scale(zero=False, padding=34))
    colour = alt.Color("telling:N", legend=None, scale=alt.Scale(domain=domain, range=[*_COLOURS]))
    shape = alt.Shape("telling:N", legend=None, scale=alt.Scale(domain=domain, range=[*_SHAPES]))
    start = base(rows).encode(x=x, y=y, color=colour)
    layers = [
        start.mark_line(strokeWidth=THIN).encode(detail=alt.Detail("telling:N")),
        # two counts of one day nearly cover each other: the annual reports' mark stands on top, and is smaller
        *(_staff_points(start.transform_filter(alt.datum.telling == count), shape, count) for count in people.SERIES),
        *_staff_texts(report, rows.drop(columns="uitleg"), x, y),
        hints(start),
    ]
    return wording.layered(*layers)


def _staff_points(start: alt.Chart, shape: alt.Shape, count: str) -> alt.Chart:
    size = (1.4 if count == people.ANNUAL else 2.4) * POINT
    mark: dict[str, Any] = {"size": size, "filled": True, "opacity": 1, "stroke": PAPER, "strokeWidth": OUTLINE}
    drawn: alt.Chart = start.mark_point(**mark).encode(shape=shape)
    return drawn


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
        layers += [text.encode(x=x, y=y, text=alt.Text("tekst:N")) for text in (ends, name)]
    return layers


def _gaps(report: Report, totals: pd.DataFrame) -> pd.Series:
    """Return per day on which sources differ how many people they are apart."""
    direct = totals[(totals["telling"] != people.RECALCULATED) & totals["periode_tot"].notna()]
    differing = conflicts(report.ranked(direct), ["periode_tot"])
    gaps: pd.Series = differing.groupby("periode_tot")["waarde"].agg(lambda values: values.max() - values.min())
    return gaps


def _marked(grid: Grid, marks: pd.Series) -> Grid:
    rows = tuple(
        (row[0], row[1], row[2] + " *" if mark else row[2], row[3]) for row, mark in zip(grid.rows, marks, strict=True)
    )
    return Grid(grid.columns, rows, grid.groups)


def _gap_notes(words: Words, gaps: pd.Series, totals: pd.DataFrame) -> list[str]:
    if not len(gaps):
        return []
    notes = [
        words.tn(
            "* For {n} reference date the sources differ, by {gap} people ({year}); why, they do not say.",
            "* For {n} reference dates the sources differ, at most by {gap} people ({year}); why, they do not say.",
            len(gaps),
            gap=words.number(gaps.max()),
            year=pd.Timestamp(str(gaps.idxmax())).year,
        )
    ]
    if (gaps > PERIMETER_GAP * totals["waarde"].min()).any():
        notes.append(
            words.t(
                "A difference of more than {share} % may come from another perimeter; the sources do not say so.",
                share=words.number(100 * PERIMETER_GAP),
            )
        )
    return notes
