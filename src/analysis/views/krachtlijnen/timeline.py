"""The time line of the public events: one sign per event."""

from __future__ import annotations

from typing import Literal

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.models import timeline as model
from analysis.views import standing
from analysis.views.krachtlijnen.events import no_events
from analysis.views.report import Report
from analysis.views.theme import PALETTE, PAPER, base, spec

#: Events beside each other in one cell of the time line: what fits in the narrow drawing.
PER_ROW = 4
SHAPES = dict(zip(model.KINDS, ("triangle-right", "circle", "square", "triangle-down", "diamond"), strict=True))
#: High certainty is solid, low is empty; the outline is the same for all.
FILLS = dict(zip(model.CERTAINTIES, (PALETTE[0], "#9DB4CC", PAPER), strict=True))


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
        title=_how_many_events(report, events),
        subtitle=words.t(
            "Public events per krachtlijn (KL) and year, one sign per event, known on {date}",
            date=words.date(report.as_of),
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


def _how_many_events(report: Report, events: pd.DataFrame) -> str:
    words, year = report.words, report.quarter.year
    return words.tn(
        "{n} public event, {sure} of high certainty; {now} of it in {year}",
        "{n} public events, {sure} of high certainty; {now} of them in {year}",
        len(events),
        sure=words.number(int((events["zekerheid"] == "hoog").sum())),
        now=words.number(int((events["datum_van"].dt.year == year).sum())),
        year=year,
    )


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
        Column(words.t("Krachtlijn")),
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
                words.t("KL {code}", code=row.krachtlijn_code),
                _column(int(row.jaar), first),
                int(row.plaats) % PER_ROW,
                int(row.plaats) // PER_ROW,
                kinds[row.soort],
                sure[row.zekerheid],
            )
            for row in standing.each(placed)
        ],
        columns=["lijn", "jaar", "kolom", "rij", "soort", "zekerheid"],
    )
    return _drawn(rows, years, list(kinds.values()), list(sure.values()))


def _drawn(rows: pd.DataFrame, years: list[str], kinds: list[str], levels: list[str]) -> alt.Chart:
    shape = alt.Scale(domain=kinds, range=list(SHAPES.values()))
    fill = alt.Scale(domain=levels, range=list(FILLS.values()))
    bands = alt.Scale(domain=years, paddingInner=0.12, paddingOuter=0)
    lines = alt.Scale(paddingInner=0.12, paddingOuter=0)
    depth = alt.Scale(domain=list(range(int(rows["rij"].max()) + 1)))
    signs = base(rows).mark_point(filled=True, stroke=PALETTE[0], strokeWidth=1.2, size=48, opacity=1)
    drawn: alt.Chart = signs.encode(
        x=alt.X("jaar:O", scale=bands, axis=_axis("top")),
        xOffset=alt.XOffset("kolom:O", scale=alt.Scale(domain=list(range(PER_ROW)))),
        y=alt.Y("lijn:N", scale=lines, axis=_axis("left")),
        yOffset=alt.YOffset("rij:O", scale=depth),
        shape=alt.Shape("soort:N", scale=shape, legend=_legend("top")),
        fill=alt.Fill("zekerheid:N", scale=fill, legend=_legend("bottom")),
    )
    return drawn


def _axis(orient: Literal["top", "left"]) -> alt.Axis:
    """Lines stand between the cells, not through them."""
    return alt.Axis(title=None, domain=False, ticks=False, grid=True, tickBand="extent", labelAngle=0, orient=orient)


def _legend(orient: Literal["top", "bottom"]) -> alt.Legend:
    """One legend above and one below: side by side they do not fit the narrow drawing."""
    kind = "circle" if orient == "bottom" else alt.Undefined
    fill = PALETTE[0] if orient == "top" else alt.Undefined
    return alt.Legend(
        orient=orient,
        columns=3,
        symbolType=kind,
        symbolFillColor=fill,
        symbolStrokeColor=PALETTE[0],
        symbolSize=60,
    )


def _levels(report: Report) -> dict[str, str]:
    words = report.words
    return {
        "hoog": words.t("highly certain"),
        "middel": words.t("fairly certain"),
        "laag": words.t("hardly certain"),
    }
