"""The one visual grammar of the report: what each colour, sign, shape, dash and size stands for, on every chart.

Views take from here by meaning and type no colour and no size of their own (a test holds this). Nothing is told by
colour alone: a status has a sign, an area and a kind of event a shape, a figure that is not realised an outline or
dashes. Titles, sources and notes are not in the drawing: they stand around it as text.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
from altair.utils.schemapi import disable_debug_mode

from analysis.language import Words
from analysis.models.delivered.duties import STATES as DUTIES
from analysis.models.delivered.status import STATUSES as PROGRESS
from analysis.models.delivered.trajectory import STATUSES as GAUGES
from analysis.models.evidence import STATUSES
from analysis.models.money import ADJUSTED, ESTIMATE, INITIAL, REALISED
from analysis.models.timeline import CERTAINTIES, KINDS

# Altair would check every part of a chart against its schema when it is made, and each part again within a larger one.
# `spec` and `panels` have the whole chart checked, once.
disable_debug_mode()

# --- colours ---

#: The Analysis Function palette in its order, three of them a shade darker: 3 to 1 also on the card of the dark.
#: Views use the names by meaning below.
PALETTE = ("#12436D", "#279D93", "#801650", "#EB6120", "#3D3D3D", "#9E7FCE")
#: Text and outlines; what stands behind the message; the sheet, and what is empty.
INK, GREY, PAPER = "#1D2733", "#BFBFBF", "#FFFFFF"
#: Lines that a chart sets off against its message: dark enough (3:1) to be followed on paper.
BESIDE = "#7F8A96"
#: Grid lines and axes.
RULE, AXIS_LINE = "#E3E6EA", "#8A929B"

#: The one series that a chart is about, and what it is compared with.
MAIN, OTHER = PALETTE[0], PALETTE[2]
#: Less of the same: the further or the surer, the darker.
STRONG, MIDDLE, LIGHT = PALETTE[0], "#2F73A8", "#A9C4DE"
#: What asks for attention.
ALERT = PALETTE[3]

# --- sizes ---

FONT = 'Arial, "Liberation Sans", Helvetica, sans-serif'
#: Every text in a drawing. The narrow drawing (340) shrinks to 258 pixels on the smallest phone in the dark:
#: 12 becomes 9.1 there, and nothing in the report may be smaller than 9.
FONT_SIZE = 12
#: The height of a line of text, and the average width of a letter, in pixels.
LINE_HEIGHT, LETTER = 15, 6.3
#: Points, dots on a line, dots on a line behind it.
POINT, DOT, SPECK = 55, 34, 14
#: The line that a chart is about, lines beside it, lines behind it; outlines.
THICK, THIN, HAIR, OUTLINE = 2.75, 1.75, 1.25, 1.5

#: The width of a panel of small multiples before the report fits it, and the room between two.
PANEL, GAP = 140, 14

#: How near the pointer must come to a point, as the size of a mark.
HINT = 400

# --- numbers on axes (the separators are those of the language) ---

WHOLE, TENTHS, YEAR = ",.0f", ",.1f", "d"

# --- marks ---


@dataclass(frozen=True)
class Mark:
    """How one meaning is drawn: ``line`` is its colour in lines and outlines, ``fill`` inside bars and points."""

    line: str
    fill: str
    dash: tuple[int, ...] = (1, 0)
    shape: str = "circle"


#: The plan's own expectation; not a kind of figure in the data, but a source of them.
PLAN = "plan"
#: Realised is solid and dark, a budget solid and lighter, a plan outlined, an estimate outlined with dashes.
FACTS: dict[str, Mark] = {
    REALISED: Mark(PALETTE[0], PALETTE[0]),
    INITIAL: Mark(PALETTE[1], PALETTE[1], shape="triangle-up"),
    ADJUSTED: Mark(PALETTE[1], PALETTE[1], shape="triangle-down"),
    PLAN: Mark(PALETTE[2], PAPER, shape="square"),
    ESTIMATE: Mark(PALETTE[3], PAPER, dash=(4, 3), shape="diamond"),
}

#: Signs of a status that can be told apart without colour.
STATUS_SIGNS = dict(zip(STATUSES, "●◐○▲⇄?", strict=True))
#: One colour per status: the further an action, the darker; what is unknown stays empty.
STATUS_COLOURS = dict(zip(STATUSES, (STRONG, MIDDLE, LIGHT, ALERT, PALETTE[4], PAPER), strict=True))
#: The colour of a number on a status's colour.
STATUS_INKS = dict(zip(STATUSES, (PAPER, PAPER, INK, INK, PAPER, INK), strict=True))

#: The same for the status that a delivery gives: green, orange and red of the palette, told apart by sign and tone too.
PROGRESS_SIGNS = dict(zip(PROGRESS, "●⇄\u00d7▲◆■–?", strict=True))
PROGRESS_COLOURS = dict(
    zip(PROGRESS, (STRONG, PALETTE[4], BESIDE, PALETTE[2], ALERT, PALETTE[1], RULE, PAPER), strict=True)
)
PROGRESS_INKS = dict(zip(PROGRESS, (PAPER, PAPER, INK, PAPER, INK, INK, INK, INK), strict=True))

#: A forecast of a realised figure is the same in dashes, its range lighter.
FORECAST = Mark(PALETTE[0], LIGHT, dash=(4, 3))

#: Where a measured value stands against the path to its target, and a recurring duty against its due dates.
GAUGE_SIGNS = dict(zip(GAUGES, "●■◊▲▼○?", strict=True))
DUTY_SIGNS = dict(zip(DUTIES, "●◊▲?–○…~", strict=True))

#: Brussels is the one that the report is about; the others are what it is compared with.
AREAS = ("BE10", "BE2", "BE3", "BE")
AREA_COLOURS = dict(zip(AREAS, (MAIN, INK, INK, INK), strict=True))

#: The shape says what kind of event, the fill how certain: high is solid, low is empty, the outline is the same.
EVENT_SHAPES = dict(zip(KINDS, ("triangle-right", "circle", "square", "triangle-down", "diamond"), strict=True))
CERTAINTY_FILLS = dict(zip(CERTAINTIES, (STRONG, LIGHT, PAPER), strict=True))

# --- the style of every chart ---

_AXIS = {
    "labelColor": INK,
    "titleColor": INK,
    "labelFontSize": FONT_SIZE,
    "titleFontSize": FONT_SIZE,
    "titleFontWeight": "normal",
    "gridColor": RULE,
    "domainColor": AXIS_LINE,
    "tickColor": AXIS_LINE,
}
_CONFIG: dict[str, Any] = {
    "view": {"continuousWidth": 300, "continuousHeight": 300, "stroke": None},
    "axis": _AXIS,
    "background": PAPER,
    "bar": {"color": MAIN},
    "font": FONT,
    "header": {"title": None, "labelFontSize": FONT_SIZE, "labelColor": INK, "labelFontWeight": "bold"},
    "legend": {
        "orient": "top",
        "title": None,
        "labelFontSize": FONT_SIZE,
        "labelColor": INK,
        "symbolType": "square",
    },
    "line": {"strokeWidth": 2.5},
    "point": {"size": POINT, "filled": True},
    "text": {"color": INK, "fontSize": FONT_SIZE},
}


@alt.theme.register("krachtlijn", enable=True)
def _house_style() -> alt.theme.ThemeConfig:
    """Give every chart the one house style, without a copy of the chart for it."""
    return {"config": _CONFIG}  # type: ignore[typeddict-item]


def base(rows: pd.DataFrame) -> alt.Chart:
    """Start a chart on a small, already aggregated table.

    >>> base(pd.DataFrame({"x": [1]})).mark_bar().encode(x="x:Q").to_dict()["mark"]["type"]
    'bar'
    """
    return alt.Chart(rows)


def hints(start: alt.Chart) -> alt.Chart:
    """Return unseen points that tell their row's ``uitleg`` to the pointer, in the interactive edition.

    A line itself would tell its first row everywhere. The drawing of the static edition leaves unseen marks out.
    """
    drawn: alt.Chart = start.mark_point(filled=True, opacity=0, size=HINT, clip=True).encode(
        tooltip=alt.Tooltip("uitleg:N")
    )
    return drawn


def spec(chart: alt.Chart | alt.LayerChart, words: Words, height: int = 260) -> dict[str, Any]:
    """Finish a chart: no interaction, width left to the report.

    Args:
        chart: a single view or a layer; the report draws it once wide and once narrow.
        words: the language, for separators in axis labels.
        height: in pixels, of the whole drawing area.
    """
    # not as properties of the chart, for which Altair would copy the whole of it once more
    size = {"width": 640, "height": height, "autosize": {"type": "fit-x", "contains": "padding"}}
    return _checked(chart, size, words)


def panels(layers: list[alt.Chart], rows: pd.DataFrame, order: list[str], words: Words, height: int) -> dict[str, Any]:
    """Finish small multiples: the same axes, a panel per part, its heading above it.

    Args:
        layers: drawn over each other in each panel; without data of their own.
        rows: ``paneel`` (the heading) and what the layers draw.
        order: the headings in their order; the report puts all of them side by side where there is room, else two.
        words: the language.
        height: of one panel, in pixels.
    """
    layer = alt.LayerChart(layer=layers, data=rows, width=PANEL, height=height)
    header = alt.Header(labelAnchor="start")
    facet = alt.Facet("paneel:N", sort=order, title=None, header=header)
    return _checked(layer.facet(facet=facet, columns=len(order), spacing=GAP), {}, words)


#: Forms of charts that are valid, whatever their words and data are.
_VALID: set[str] = set()
#: Where any text is valid: the value of a property, or a part of a list.
_WORDS = {"title", "title[]", "text", "text[]", "domain[]", "sort[]", "name"}


def _checked(chart: alt.Chart | alt.LayerChart | alt.FacetChart, size: dict[str, Any], words: Words) -> dict[str, Any]:
    """Return the specification of a chart.

    Checking it against Vega-Lite's rules takes longer than all else: the same chart in other words is not checked
    again.

    Raises:
        altair.utils.schemapi.SchemaValidationError: it is no valid chart.
    """
    content: dict[str, Any] = chart.to_dict(validate=False) | size
    form = {name: part for name, part in content.items() if name not in {"datasets", "config"}}
    mark = json.dumps(_without_words(form))
    if mark not in _VALID:
        try:
            chart.validate(form)
        except Exception:
            chart.to_dict()  # Altair says in its own words what is wrong
            raise
        _VALID.add(mark)
    content["config"]["locale"] = {"number": number_locale(words)}
    return content


def _without_words(part: Any, name: str = "") -> Any:  # noqa: ANN401 - any JSON
    if isinstance(part, dict):
        return {key: _without_words(value, key) for key, value in part.items()}
    if isinstance(part, list):
        return [_without_words(value, f"{name}[]") for value in part]
    return "" if isinstance(part, str) and name in _WORDS else part


def fact_marks(kinds: list[str]) -> dict[str, alt.Scale]:
    """Return the scales of some kinds of figures: ``fill``, ``stroke``, ``strokeDash``, ``shape``.

    >>> fact_marks(["gerealiseerd", "raming"])["shape"].to_dict()
    {'domain': ['gerealiseerd', 'raming'], 'range': ['circle', 'diamond']}
    """
    marks = [FACTS[kind] for kind in kinds]
    ranges: dict[str, list[Any]] = {
        "fill": [mark.fill for mark in marks],
        "stroke": [mark.line for mark in marks],
        "strokeDash": [list(mark.dash) for mark in marks],
        "shape": [mark.shape for mark in marks],
    }
    return {channel: alt.Scale(domain=kinds, range=values) for channel, values in ranges.items()}


def scale(values: dict[str, str], names: dict[str, str] | None = None) -> alt.Scale:
    """Fix which meaning has which colour or shape, so that translated labels never swap them.

    Args:
        values: meaning -> colour or shape, such as :data:`AREA_COLOURS`.
        names: meaning -> the word that stands in the drawn data; by default the meaning itself.
    """
    names = names or {key: key for key in values}
    return alt.Scale(domain=[names[key] for key in values], range=list(values.values()))


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
