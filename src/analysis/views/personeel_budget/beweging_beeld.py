"""The drawing of staff series: a panel each, with the mean and the natural limits behind it, and its signals marked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from analysis.models.delivered.staff_signals import Signals
from analysis.quarter import Quarter
from analysis.views import theme
from analysis.views.personeel_budget import mensen
from analysis.views.report import Report

#: Height of a panel and about its width, in pixels; room at the right for the last value, and from the line to it.
HEIGHT, WIDTH, ROOM, BESIDE = 120, 190, 34, 7
#: How far a panel reaches beyond its values, as a share of them.
BEYOND = 0.12

_NAMES = ["paneel", "soort", "x", "y", "x2", "stuk", "tekst", "uitleg"]


def picture(
    report: Report, series: Mapping[str, Signals], headings: Mapping[str, str], places: Mapping[str, int]
) -> dict[str, Any]:
    """Draw a panel per series.

    Args:
        report: the report.
        series: by name, each with at least two known values.
        headings: of each series.
        places: decimals of each series.
    """
    rows = [row for name, own in series.items() for row in _panel(report, own, headings[name], places[name])]
    drawn = pd.DataFrame(rows, columns=_NAMES)
    first, last = float(drawn["x"].min()) - 0.15, float(drawn["x"].max())
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first, first + (last - first) * WIDTH / (WIDTH - ROOM)], nice=False, zero=False),
        axis=alt.Axis(
            title=None,
            format=theme.YEAR,
            values=list(range(int(-(-first // 1)), int(last) + 1)),
            labelOverlap="greedy",
            labelSeparation=BESIDE,
            grid=False,
            domain=False,
        ),
    )
    layers = _layers(alt.Chart().encode(x=x, y=_height("y")))
    return theme.panels(layers, drawn, list(headings.values()), report.words, HEIGHT)


def _height(name: str) -> alt.Y:
    """Return heights as they are: each panel has its own scale, worked out beforehand."""
    return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, HEIGHT], nice=False), axis=None)


def _layers(start: alt.Chart) -> list[alt.Chart]:
    def of(kind: str) -> alt.Chart:
        return start.transform_filter(alt.datum.soort == kind)

    return [
        of("grens").mark_rule(stroke=theme.AXIS_LINE, strokeDash=theme.FORECAST.dash).encode(x2="x2:Q"),
        of("midden").mark_rule(stroke=theme.AXIS_LINE).encode(x2="x2:Q"),
        start.transform_filter(alt.datum.stuk >= 0)
        .mark_line(strokeWidth=theme.THIN, color=theme.MAIN)
        .encode(detail="stuk:N"),
        of("waarde").mark_point(color=theme.MAIN, filled=True, opacity=1, size=theme.SPECK),
        of("teken").mark_point(color=theme.ALERT, filled=True, opacity=1, size=theme.DOT, shape="diamond"),
        of("tekst").mark_text(align="left", baseline="middle", dx=BESIDE, fontWeight="bold").encode(text="tekst:N"),
        of("hoogte").mark_text(align="left", baseline="middle", dx=BESIDE).encode(text="tekst:N"),
        theme.hints(start.transform_filter(alt.datum.uitleg != "")),
    ]


def _panel(report: Report, own: Signals, heading: str, places: int) -> list[tuple[object, ...]]:
    """Return what is drawn of a series: its values (in whole pixels of height), limits, and texts."""
    points = own.points[own.points["zonder_seizoen"].notna()]
    low, high = _range(points)

    def height(value: float) -> int:
        return round((value - low) / (high - low) * HEIGHT)

    x = [Quarter.parse(str(name)).year + Quarter.parse(str(name)).number / 4 for name in points.index]
    pieces = _pieces(own.points["zonder_seizoen"])
    rows: list[tuple[object, ...]] = []
    for at, (name, point), piece in zip(x, points.iterrows(), pieces, strict=True):
        said = _said(report, str(name), point, places)
        rows.append(
            ("teken" if point["teken"] else "waarde", at, height(point["zonder_seizoen"]), None, piece, "", said)
        )
    rows += _lines(points, x, height)
    rows += _texts(report, points, x[-1], height, places)
    return [(heading, *row) for row in rows]


def _range(points: pd.DataFrame) -> tuple[float, float]:
    ends = [points[name].agg(end) for name in ("zonder_seizoen", "ondergrens", "bovengrens") for end in ("min", "max")]
    low, high = float(min(ends)), float(max(ends))
    margin = BEYOND * (high - low or 1.0)
    return low - margin, high + margin


def _pieces(values: pd.Series) -> list[int]:
    """Number the pieces of the line: a quarter without a value ends one."""
    return [int(number) for number in values.isna().cumsum()[values.notna()]]


def _lines(points: pd.DataFrame, x: list[float], height: Any) -> list[tuple[object, ...]]:  # noqa: ANN401 - a function
    last = points.iloc[-1]
    kinds = {"ondergrens": "grens", "gemiddelde": "midden", "bovengrens": "grens"}
    return [(kind, x[0], height(last[name]), x[-1], -1, "", "") for name, kind in kinds.items()]


def _texts(report: Report, points: pd.DataFrame, x: float, height: Any, places: int) -> list[tuple[object, ...]]:  # noqa: ANN401
    """Return the texts at the right: the last value, and the limits where they keep clear of it."""
    last = points.iloc[-1]
    at = height(last["zonder_seizoen"])
    shown = {"zonder_seizoen": "tekst"}
    shown |= {name: "hoogte" for name in ("ondergrens", "bovengrens") if abs(height(last[name]) - at) > 2 * BESIDE}
    return [
        (kind, x, height(last[name]), None, -1, report.words.number(float(last[name]), places), "")
        for name, kind in shown.items()
    ]


def _said(report: Report, quarter: str, point: pd.Series, places: int) -> str:
    words = report.words
    value = words.number(float(point["waarde"]), places)
    return words.t("{value} ({remark})", value=value, remark=mensen.quarter_name(report, quarter))
