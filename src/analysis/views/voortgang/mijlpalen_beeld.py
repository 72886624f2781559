"""The drawing of the milestones that slipped: the date first planned, the one now expected, and dashes between them."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.models.money import ESTIMATE
from analysis.views import standing, theme
from analysis.views.report import Report

#: The height of a milestone: a line of text over a line of dates; in pixels.
ROW, TEXT, DATES = 40, 12, 28
#: Half the height of the stroke that marks the day of the report, in pixels.
STROKE = 7
#: The room for the months at the end of a line of text, in pixels.
MONTHS = 106


def picture(report: Report, worst: pd.DataFrame) -> dict[str, Any]:
    """Draw a line per milestone between its two dates, its name above it.

    Args:
        report: its quarter and its language.
        worst: ``actie_code``, ``actie``, ``label``, ``oorspronkelijk``, ``einde``, ``maanden`` and ``uitleg``.
    """
    words, height = report.words, ROW * len(worst)
    now = _year(pd.Timestamp(report.quarter.end))
    rows = pd.DataFrame(
        [
            (
                _year(row.oorspronkelijk),
                _year(row.einde),
                ROW * place + DATES,
                ROW * place + TEXT,
                f"{row.actie_code} {row.label} – {row.actie}",
                words.tn("{n} month later", "{n} months later", int(row.maanden)),
                row.uitleg,
            )
            for place, row in enumerate(standing.each(worst))
        ],
        columns=["van", "tot", "y", "regel", "naam", "later", "uitleg"],
    )
    rows = rows.assign(nu=now, boven=rows["y"] - STROKE, onder=rows["y"] + STROKE)
    first, last = min(rows["van"].min(), now), max(rows["tot"].max(), now)
    room = (last - first) * 0.03 + 0.1
    across = alt.Scale(domain=[first - room, last + room], nice=False, zero=False)
    years = alt.Axis(title=None, format=theme.YEAR, tickMinStep=1, orient="top", grid=False)
    x = alt.X("van:Q", scale=across, axis=years)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=None)
    start = theme.base(rows).encode(x=x, y=y, tooltip=alt.Tooltip("uitleg:N"))
    layers = [_today(rows, alt.X("nu:Q", scale=across, axis=years)), *_lines(report, start), *_texts(rows)]
    return theme.spec(alt.LayerChart(layer=layers), words, height=height)


def _year(day: pd.Timestamp) -> float:
    """Return a day in years, such as 2026.5 for the middle of the year."""
    return float(day.year + (day.day_of_year - 1) / 366)


def _today(rows: pd.DataFrame, x: alt.X) -> alt.Chart:
    """Return a stroke through each line of dates, at the end of the quarter."""
    drawn: alt.Chart = (
        theme.base(rows)
        .mark_rule(color=theme.BESIDE, strokeWidth=theme.THICK)
        .encode(x=x, y=alt.Y("boven:Q", axis=None), y2=alt.Y2("onder:Q"))
    )
    return drawn


def _lines(report: Report, start: alt.Chart) -> list[alt.Chart]:
    """Return the dashes between the dates, the planned date as a square, the expected one as a diamond."""
    names = {theme.PLAN: report.words.t("date first planned"), ESTIMATE: report.words.t("date now expected")}
    shapes = theme.scale({kind: theme.FACTS[kind].shape for kind in names}, names)
    colours = theme.scale({kind: theme.FACTS[kind].line for kind in names}, names)
    legend = alt.Legend(orient="top", symbolFillColor=theme.PAPER, symbolStrokeWidth=theme.OUTLINE)
    points = [
        start.transform_calculate(soort=f"'{names[kind]}'")
        .mark_point(fill=theme.PAPER, strokeWidth=theme.OUTLINE, opacity=1, size=theme.POINT)
        .encode(
            x=alt.X(f"{field}:Q"),
            shape=alt.Shape("soort:N", scale=shapes, legend=legend),
            stroke=alt.Stroke("soort:N", scale=colours, legend=legend),
        )
        for kind, field in ((theme.PLAN, "van"), (ESTIMATE, "tot"))
    ]
    dash = list(theme.FACTS[ESTIMATE].dash)
    return [
        start.mark_rule(color=theme.INK, strokeWidth=theme.THIN, strokeDash=dash).encode(x2=alt.X2("tot:Q")),
        *points,
    ]


def _texts(rows: pd.DataFrame) -> list[alt.Chart]:
    """Return the names on the left and the months on the right, above their line."""
    start = theme.base(rows).encode(y=alt.Y("regel:Q"))
    return [
        start.mark_text(align="left", limit=alt.expr(f"width - {MONTHS}")).encode(
            x=alt.value(0), text=alt.Text("naam:N")
        ),
        start.mark_text(align="right", fontWeight="bold").encode(x=alt.value("width"), text=alt.Text("later:N")),
    ]
