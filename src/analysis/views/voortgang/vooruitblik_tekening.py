"""The drawing of the forecast: what was completed, what was planned, what is to come."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.quarter import Quarter
from analysis.views import theme
from analysis.views.voortgang.chances import Outlook, ending

HEIGHT = 300
#: Room above the highest line, as a share.
_ROOM = 1.12
#: Below this share of all actions a line is too near the axis for a text under it.
_LOW = 0.15
#: Two lines that are nearer to each other than this share leave no room for a text.
_CLOSE = 0.1
#: Where the first plan has come this far, its name stands.
_SHARE = 0.6


def spec(words: Words, course: pd.DataFrame, likely: Outlook) -> dict[str, Any]:
    """Draw the course of the number of completed actions.

    Args:
        words: the language.
        course: a row per quarter: ``kwartaal``, ``voltooid``, ``gepland``, ``p10``, ``p50`` and ``p90``.
        likely: the number to point out.
    """
    rows = course.assign(x=[_place(quarter) for quarter in course["kwartaal"]]).drop(columns="kwartaal")
    scale = alt.Scale(domain=[float(rows["x"].min()), float(rows["x"].max())], nice=False)
    years = list(range(int(rows["x"].min()) + 1, int(rows["x"].max()) + 1))
    x = alt.X("x:Q", scale=scale, axis=alt.Axis(values=years, format=theme.YEAR, title=None, grid=False))
    top = alt.Scale(domain=[0, likely.total * _ROOM], nice=False)
    axis = alt.Axis(title=None, tickCount=5, format=theme.WHOLE)

    def y(name: str) -> alt.Y:
        return alt.Y(f"{name}:Q", scale=top, axis=axis)

    done, planned, ahead = (theme.base(rows[rows[name].notna()]) for name in ("voltooid", "gepland", "p50"))
    mark = theme.FORECAST
    layers = [
        ahead.mark_area(color=mark.fill).encode(x=x, y=y("p10"), y2="p90:Q"),
        *(
            ahead.mark_line(color=mark.line, strokeDash=mark.dash, strokeWidth=width).encode(x=x, y=y(name))
            for name, width in (("p10", theme.HAIR), ("p50", theme.THICK), ("p90", theme.HAIR))
        ),
        planned.mark_line(color=theme.FACTS[theme.PLAN].line, strokeWidth=theme.HAIR).encode(x=x, y=y("gepland")),
        done.mark_line(color=theme.MAIN, strokeWidth=theme.THICK).encode(x=x, y=y("voltooid")),
        *_rules(rows, likely, x, y("y")),
        *_labels(words, rows, likely, x, y("y")),
    ]
    return theme.spec(alt.LayerChart(layer=layers), words, height=HEIGHT)


def _place(quarter: Quarter) -> float:
    """Return the end of a quarter as a year with its fraction."""
    return quarter.year + quarter.number / 4


def _rules(rows: pd.DataFrame, likely: Outlook, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw how many actions there are, and the end that is asked about with its most likely number."""
    start, end = float(rows["x"].min()), _place(likely.end)
    ends = {"x": [start, end], "y": [likely.total, 0], "x2": [float(rows["x"].max()), end], "y2": 2 * [likely.total]}
    rules = theme.base(pd.DataFrame(ends)).mark_rule(color=theme.AXIS_LINE, strokeWidth=theme.HAIR)
    point = theme.base(pd.DataFrame({"x": [end], "y": [likely.likely]}))
    mark = theme.FORECAST
    return [
        rules.encode(x=x, x2="x2:Q", y=y, y2="y2:Q"),
        point.mark_point(fill=theme.PAPER, stroke=mark.line, opacity=1, size=theme.POINT).encode(x=x, y=y),
    ]


def _labels(words: Words, rows: pd.DataFrame, likely: Outlook, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Write beside each line what it is."""
    start, low = float(rows["x"].min()), _LOW * likely.total
    now = rows[rows["voltooid"].notna()].iloc[-1]
    actions, count = words.tn("{n} action in all", "{n} actions in all", likely.total), words.number(now["voltooid"])
    labels = [
        _text(actions, start, likely.total, x, y, align="left", dx=2, dy=-6),
        _ahead(words, rows, likely, x, y),
    ]
    if not 0 < now["gepland"] - now["voltooid"] < _CLOSE * likely.total:
        labels.append(_text(count, now["x"], now["voltooid"], x, y, align="right", dx=-3, dy=-9, bold=True))
    planned = rows[rows["gepland"] >= _SHARE * rows["gepland"].max()].iloc[0]
    if planned["gepland"] > low:
        first = words.t("first planned")
        labels.append(_text(first, planned["x"], planned["gepland"], x, y, align="right", dx=-7, dy=-3))
    return labels


def _ahead(words: Words, rows: pd.DataFrame, likely: Outlook, x: alt.X, y: alt.Y) -> alt.Chart:
    """Write the forecast beside the end that it is for: where the band leaves room, and on the side that has more."""
    place, first, last = _place(likely.end), float(rows["x"].min()), float(rows["x"].max())
    own = rows[rows["x"] == place].iloc[0]
    height = _LOW * likely.total / 2 if likely.low > _LOW * likely.total else (likely.high + own["gepland"]) / 2
    numbers = words.number(likely.likely)
    if likely.low < likely.high:
        numbers = words.t("{n} ({low}–{high})", n=numbers, low=words.number(likely.low), high=words.number(likely.high))
    told = words.t("{name}: {value}", name=ending(words, likely.end), value=numbers)
    right = place - first > (last - first) * 2 / 3
    return _text(told, place, height, x, y, align="right" if right else "left", dx=-5 if right else 5, dy=0, bold=True)


def _text(told: str, place: float, value: float, x: alt.X, y: alt.Y, *, bold: bool = False, **shift: Any) -> alt.Chart:  # noqa: ANN401
    """Write a text at a point, moved by ``dx`` and ``dy`` pixels."""
    own = theme.base(pd.DataFrame({"x": [place], "y": [value], "naam": [told]}))
    weight: Literal["bold", "normal"] = "bold" if bold else "normal"
    drawn: alt.Chart = own.mark_text(baseline="middle", fontWeight=weight, **shift).encode(x=x, y=y, text="naam:N")
    return drawn
