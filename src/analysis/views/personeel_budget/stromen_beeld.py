"""The drawing of yearly amounts: a panel per series, a mark per kind, a line only between realised years in a row."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.models import money
from analysis.models.money import ADJUSTED, ESTIMATE, INITIAL, REALISED
from analysis.views import theme
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import kind_name, series_name
from analysis.views.report import Report

#: Height of a chart of one series, and of a panel of several, in pixels.
ALONE, HEIGHT = 240, 150
#: Amounts are in millions of euro.
BILLION = 1000
#: The kinds, each with a mark of its own.
_KINDS = (REALISED, INITIAL, ADJUSTED, ESTIMATE, theme.PLAN)


def picture(report: Report, rows: pd.DataFrame, series: list[str]) -> dict[str, Any]:
    """Draw a panel per series, on one scale.

    Args:
        report: the report.
        rows: from :func:`analysis.models.flows.drawn`.
        series: in the order of the panels.
    """
    words = report.words
    headings = {one: series_name(report, one) for one in series}
    drawn = pd.concat([_points(report, rows[rows["reeks"] == one], headings[one]) for one in series], ignore_index=True)
    # a series far under a billion is drawn in millions
    unit = "mrd" if float(rows["waarde"].max()) >= BILLION else "mln"
    layers = _layers(drawn, unit)
    if len(series) == 1:
        return theme.spec(alt.LayerChart(layer=layers, data=drawn), words, height=ALONE)
    return theme.panels(layers, drawn, list(headings.values()), words, HEIGHT) | {"columns": 1}


def written(words: Words, rows: pd.DataFrame, value: float) -> str:
    """Write an amount (millions) in the unit in which the rows are drawn."""
    return wording.billions(words, value) if float(rows["waarde"].max()) >= BILLION else wording.amount(words, value)


def _layers(drawn: pd.DataFrame, unit: str) -> list[alt.Chart]:
    marks = theme.fact_marks([kind for kind in _KINDS if kind in set(drawn["merk"])])
    years = list(range(int(drawn["jaar"].min()), int(drawn["jaar"].max()) + 1, 2))
    x = alt.X("jaar:Q", title=None, axis=alt.Axis(format=theme.YEAR, values=years, grid=False, labelOverlap="greedy"))
    # the years are given, as a series without any realised amount has none to find them in
    x = x.scale(domain=[int(drawn["jaar"].min()) - 0.5, int(drawn["jaar"].max()) + 0.5], nice=False)
    top = float(drawn[unit].max()) * 1.18
    y = alt.Y(f"{unit}:Q", title=None, axis=alt.Axis(tickCount=4), scale=alt.Scale(domain=[0, top], nice=False))
    start, stroke = alt.Chart().encode(x=x, y=y), alt.Stroke("merk:N", legend=None, scale=marks["stroke"])
    return [
        start.transform_filter(alt.datum.merk == REALISED)
        .mark_line(strokeWidth=theme.THICK)
        .encode(detail=alt.Detail("deel:N"), stroke=stroke),
        start.mark_point(filled=True, size=1.5 * theme.POINT, strokeWidth=theme.OUTLINE, opacity=1).encode(
            stroke=stroke,
            fill=alt.Fill("merk:N", legend=None, scale=marks["fill"]),
            shape=alt.Shape("merk:N", legend=None, scale=marks["shape"]),
        ),
        start.transform_filter(~alt.datum.onder).mark_text(dy=-13).encode(text=alt.Text("tekst:N")),
        start.transform_filter(alt.datum.onder).mark_text(dy=15).encode(text=alt.Text("tekst:N")),
        theme.hints(start),
    ]


def _points(report: Report, own: pd.DataFrame, heading: str) -> pd.DataFrame:
    """Give each amount its stretch of line and its text; amounts that nearly touch have one."""
    words = report.words
    rows = own.assign(mrd=own["waarde"] / BILLION, mln=own["waarde"], paneel=heading, real=own["merk"] == REALISED)
    rows["deel"] = pd.concat([money.unbroken(part) for _, part in rows.groupby("real")])
    rows["tekst"] = [written(words, own, value) for value in rows["waarde"]]
    # the lower of two amounts of one year has its text below it
    rows["onder"] = rows.groupby("jaar")["mrd"].transform("max") > rows["mrd"]
    rows["uitleg"] = [
        wording.hint(words, kind_name(words, row["merk"]), written(words, own, row["waarde"]), str(row["jaar"]))
        for row in wording.records(rows)
    ]
    return rows[["paneel", "jaar", "mrd", "mln", "merk", "deel", "tekst", "onder", "uitleg"]]
