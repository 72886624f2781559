"""The look of all charts: palette, font, axes. Views build on :func:`base` and hand the spec to a figure.

Colours are the Analysis Function palette in its order; a colour never carries a meaning alone. Titles, sources and
notes are not in the drawing: they stand around it as text.
"""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.language import Words

PALETTE = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1")
INK, GREY, PAPER = "#1D2733", "#BFBFBF", "#FFFFFF"
FONT = 'Arial, "Liberation Sans", Helvetica, sans-serif'

_AXIS = {
    "labelColor": INK,
    "titleColor": INK,
    "labelFontSize": 12,
    "titleFontSize": 12,
    "titleFontWeight": "normal",
    "gridColor": "#E3E6EA",
    "domainColor": "#8A929B",
    "tickColor": "#8A929B",
}
_CONFIG: dict[str, Any] = {
    "font": FONT,
    "background": PAPER,
    "view": {"stroke": None},
    "axis": _AXIS,
    "legend": {
        "orient": "top",
        "title": None,
        "labelFontSize": 12,
        "labelColor": INK,
        "symbolType": "square",
    },
    "line": {"strokeWidth": 2.5},
    "point": {"size": 55, "filled": True},
    "bar": {"color": PALETTE[0]},
    "text": {"color": INK, "fontSize": 12},
}


def base(rows: pd.DataFrame) -> alt.Chart:
    """Start a chart on a small, already aggregated table.

    >>> base(pd.DataFrame({"x": [1]})).mark_bar().encode(x="x:Q").to_dict()["mark"]["type"]
    'bar'
    """
    return alt.Chart(rows)


def spec(chart: alt.Chart | alt.LayerChart, words: Words, height: int = 260) -> dict[str, Any]:
    """Finish a chart: one house style, no interaction, width left to the report.

    Args:
        chart: a single view or a layer; the report draws it once wide and once narrow, so facets are not allowed.
        words: the language, for separators in axis labels.
        height: in pixels, of the whole drawing area.
    """
    sized = chart.properties(width=640, height=height, autosize=alt.AutoSizeParams(type="fit-x", contains="padding"))
    content: dict[str, Any] = sized.configure(**_CONFIG).to_dict()
    content["config"]["locale"] = {"number": number_locale(words)}
    return content


def scale(domain: list[str]) -> alt.Scale:
    """Fix which category has which colour, so that translated labels never swap colours."""
    return alt.Scale(domain=domain, range=list(PALETTE[: len(domain)]))


def number_locale(words: Words) -> dict[str, Any]:
    """Return d3's number locale out of Babel's CLDR.

    >>> number_locale(Words("nl"))["decimal"]
    ','
    """
    symbols = words.locale.number_symbols["latn"]
    return {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"].replace("\u202f", "\u00a0"),
        "grouping": [3],
        "currency": ["", "\u00a0€"],
    }
