"""The time line of the public events: one sign per event."""

from __future__ import annotations

from collections import Counter
from typing import Literal

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import timeline as model
from analysis.views import standing
from analysis.views.krachtlijnen.events import no_events
from analysis.views.report import Report, in_every_language
from analysis.views.theme import CERTAINTY_FILLS, EVENT_SHAPES, MAIN, base, scale, spec

#: Events beside each other in one cell of the time line: what fits in the narrow drawing.
PER_ROW = 4


@in_every_language
def timeline(report: Report) -> Figure:
    """Chart: every public event by krachtlijn and year, with its kind and certainty."""
    actions, events = standing.actions(report), standing.events(report)
    if actions.empty:
        return standing.no_actions(report, "krachtlijnen-tijdlijn")
    if events.empty:
        return no_events(report, "krachtlijnen-tijdlijn")
    words = report.words
    lines = dict(zip(actions["actie_code"], actions["krachtlijn_code"], strict=True))
    first = _first_year(report, events)
    placed = model.placed(events, lines, first)
    told = _per_year(report, placed, first)
    return Figure(
        id="krachtlijnen-tijdlijn",
        kind="chart",
        title=course_of_events(words, events["datum_van"].dt.year.tolist(), report.quarter.year),
        subtitle=words.t(
            "Public events per krachtlijn (KL) and year, one sign per event: its shape is the kind, its fill the "
            "certainty"
        ),
        alt=words.t("One sign per event, in rows per krachtlijn and columns per year. {years}", years=told),
        grid=_timeline_grid(report, placed, first),
        spec=spec(_signs(report, placed, first), words, height=_height(placed)),
        origins=report.origins(events),
        notes=(
            words.t(
                "The columns are years, because many sources give no closer date. Within a cell the "
                "place of a sign has no meaning."
            ),
            *standing.dating_notes(report, events),
        ),
    )


def _first_year(report: Report, events: pd.DataFrame) -> int:
    """Return the plan's first year; events before it share one column."""
    start = report.now.plan("plannen", report.plan_id)["van_van"].iloc[0]
    return int(events["datum_van"].min().year if pd.isna(start) else start.year)


def _column(year: int, first: int) -> str:
    return f"≤{year}" if year < first else str(year)


def course_of_events(words: Words, years: list[int], year: int) -> str:
    """Say which year has the most events, and how many are known of the report's own year.

    Args:
        words: the language.
        years: the year of each event; at least one.
        year: the report's own.
    """
    count = Counter(years)
    most = max(count.values())
    peaks = sorted(each for each, n in count.items() if n == most)
    said = words.tn(
        "{years} has the most public events ({most} of {total})",
        "{years} have the most public events (each {most} of {total})",
        len(peaks),
        years=words.list([str(each) for each in peaks]),
        most=words.number(most),
        total=words.number(len(years)),
    )
    if year in peaks:
        return said
    if not count[year]:
        return words.t("{said}; of {year} none is known", said=said, year=year)
    return words.t("{said}; {year} has {own}", said=said, year=year, own=words.number(count[year]))


def _per_year(report: Report, placed: pd.DataFrame, first: int) -> str:
    words, counts = report.words, placed["jaar"].value_counts().sort_index()
    parts = [
        words.t("{year}: {n}", year=_column(int(str(year)), first), n=words.number(int(n)))
        for year, n in counts.items()
    ]
    return words.t("Events per year: {years}.", years=", ".join(parts))


def _timeline_grid(report: Report, placed: pd.DataFrame, first: int) -> Grid:
    words, kinds = report.words, standing.kind_words(report.words)
    columns = (
        Column(standing.line_head(report)),
        Column(words.t("Calendar year")),
        Column(words.t("Kind of event")),
        Column(words.t("Events"), "number"),
        Column(words.t("Of high certainty"), "number"),
    )
    cells = tuple(
        (
            str(row.krachtlijn_code),
            _column(int(row.jaar), first),
            kinds[row.soort],
            words.number(row.aantal),
            words.number(row.hoog),
        )
        for row in standing.each(model.cells(placed))
    )
    return Grid(columns, cells)


def _height(placed: pd.DataFrame) -> int:
    rows = int(placed["plaats"].max()) // PER_ROW + 1
    return max(rows * 13, 30) * placed["krachtlijn_code"].nunique()


def _signs(report: Report, placed: pd.DataFrame, first: int) -> alt.Chart:
    """One sign per event: shape for its kind, fill for its certainty."""
    words = report.words
    kinds, sure = standing.kind_words(words), _levels(report)
    years = [_column(year, first) for year in range(int(placed["jaar"].min()), report.as_of.year + 1)]
    rows = pd.DataFrame(
        [
            (
                words.t("KL {code}", code=row.krachtlijn_code) if row.krachtlijn_code else words.t("Plan"),
                _column(int(row.jaar), first),
                int(row.plaats) % PER_ROW,
                int(row.plaats) // PER_ROW,
                kinds[row.soort],
                sure[row.zekerheid],
                words.t("{name}: {value}", name=row.actie_code, value=row.gebeurtenis),
            )
            for row in standing.each(placed)
        ],
        columns=["lijn", "jaar", "kolom", "rij", "soort", "zekerheid", "uitleg"],
    )
    return _drawn(rows, years, scale(EVENT_SHAPES, kinds), scale(CERTAINTY_FILLS, sure))


def _drawn(rows: pd.DataFrame, years: list[str], shape: alt.Scale, fill: alt.Scale) -> alt.Chart:
    bands = alt.Scale(domain=years, paddingInner=0.12, paddingOuter=0)
    lines = alt.Scale(paddingInner=0.12, paddingOuter=0)
    depth = alt.Scale(domain=list(range(int(rows["rij"].max()) + 1)))
    signs = base(rows).mark_point(filled=True, stroke=MAIN, strokeWidth=1.2, size=48, opacity=1)
    drawn: alt.Chart = signs.encode(
        x=alt.X("jaar:O", scale=bands, axis=_axis("top")),
        xOffset=alt.XOffset("kolom:O", scale=alt.Scale(domain=list(range(PER_ROW)))),
        y=alt.Y("lijn:N", scale=lines, axis=_axis("left")),
        yOffset=alt.YOffset("rij:O", scale=depth),
        shape=alt.Shape("soort:N", scale=shape, legend=_legend("top")),
        fill=alt.Fill("zekerheid:N", scale=fill, legend=_legend("bottom")),
        tooltip=alt.Tooltip("uitleg:N"),
    )
    return drawn


def _axis(orient: Literal["top", "left"]) -> alt.Axis:
    """Lines stand between the cells, not through them."""
    return alt.Axis(title=None, domain=False, ticks=False, grid=True, tickBand="extent", labelAngle=0, orient=orient)


def _legend(orient: Literal["top", "bottom"]) -> alt.Legend:
    """One legend above and one below: side by side they do not fit the narrow drawing."""
    kind = "circle" if orient == "bottom" else alt.Undefined
    fill = MAIN if orient == "top" else alt.Undefined
    return alt.Legend(
        orient=orient,
        columns=3,
        symbolType=kind,
        symbolFillColor=fill,
        symbolStrokeColor=MAIN,
        symbolSize=60,
    )


def _levels(report: Report) -> dict[str, str]:
    words = report.words
    return {
        "hoog": words.t("highly certain"),
        "middel": words.t("fairly certain"),
        "laag": words.t("hardly certain"),
    }
