"""The drawing of planned and earned value: the planning outlined, what is done solid, what would follow in dashes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, Literal

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.models.money import ESTIMATE
from analysis.quarter import Quarter
from analysis.views import theme
from analysis.views.voortgang import common

HEIGHT = 270
#: An end further than this after the planned one, in years, lies outside the drawing.
BEYOND = 4
#: The top of the scale, in %: room for a line of text above the end.
TOP = 114
#: The lowest and the highest line of text, in %.
LOWEST, TOPMOST = 4.0, 107.0
#: A name keeps clear of what its line does over its own height (in %), and stands off by so many pixels.
CLEAR, SIDE = 4.0, 9
#: The names of the lines stand beside them at these heights, in %: clear of the distance between the two.
HIGH, LOW = 88, 55
#: With less done than this, in %, the name stands in the corner, where no line comes.
LITTLE = 30
#: A distance that begins further to the left than this share of the drawing has no room for its words.
LEFT = 0.3


def moment(quarter: Quarter) -> float:
    """Return the end of a quarter in years, such as 2026.75 for the third one of 2026."""
    return quarter.year + quarter.number / 4


def picture(words: Words, rows: pd.DataFrame, now: pd.Series, gap: str) -> dict[str, Any]:
    """Draw the two lines.

    Args:
        words: the language.
        rows: ``kwartaal``, ``gepland_pct``, ``verdiend_pct``, ``bekend_aandeel`` per quarter.
        now: where the plan stands, see :func:`analysis.models.delivered.earned.schedule`.
        gap: the words for the distance between the lines; "" for none.
    """
    points = _points(words, rows)
    course = _Course(words, points, now, gap)
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[course.start, course.end], nice=False, zero=False),
        axis=alt.Axis(title=None, format=theme.YEAR, tickMinStep=1, grid=False),
    )
    y = alt.Y(
        "pct:Q",
        scale=alt.Scale(domain=[0, TOP], nice=False),
        axis=alt.Axis(title=None, format=theme.WHOLE, values=[0, 25, 50, 75, 100]),
    )
    start = theme.base(points).encode(x=x, y=y)
    plan, solid = theme.FACTS[theme.PLAN], theme.MAIN
    planned, done = (start.transform_filter(alt.datum.lijn == name) for name in ("gepland", "verdiend"))
    layers = [
        planned.mark_line(color=plan.line, strokeWidth=theme.THIN),
        planned.transform_filter(alt.datum.x % 1 == 0).mark_point(
            shape=plan.shape, fill=plan.fill, stroke=plan.line, strokeWidth=theme.OUTLINE, opacity=1, size=theme.DOT
        ),
        *course.beyond(x, y),
        done.mark_line(color=solid, strokeWidth=theme.THICK),
        done.transform_filter(alt.datum.laatste).mark_point(filled=True, color=solid, opacity=1, size=theme.POINT),
        *course.distance(x, y),
        *course.names(x, y),
        theme.hints(start),
    ]
    return theme.spec(alt.LayerChart(layer=layers), words, height=HEIGHT)


def _points(words: Words, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the points of both lines, long; each starts at nought or where it is first known."""
    names = {"gepland": words.t("planned"), "verdiend": words.t("done so far")}
    found = []
    for name, told in names.items():
        known = rows[rows[f"{name}_pct"].notna()]
        quarters = [Quarter.parse(text) for text in known["kwartaal"]]
        values = known[f"{name}_pct"].tolist()
        for quarter, value in zip(quarters, values, strict=True):
            hint = f"{words.quarter(quarter)}, {told}"
            value_told = common.percent(words, value)
            last = quarter == quarters[-1]
            found.append((name, moment(quarter), value, last, words.t("{name}: {value}", name=hint, value=value_told)))
    return pd.DataFrame(found, columns=["lijn", "x", "pct", "laatste", "uitleg"])


class _Course:
    """What is derived from the two lines: where the drawing ends, the distance, the names."""

    def __init__(self, words: Words, points: pd.DataFrame, now: pd.Series, gap: str) -> None:
        self.words, self.now = words, now
        self.plan, self.done = (points[points["lijn"] == name] for name in ("gepland", "verdiend"))
        self.at, self.level = (float(self.done[name].iloc[-1]) for name in ("x", "pct"))
        self.start = float(math.floor(min(self.plan["x"].min(), self.done["x"].min()) - 0.01))
        self.first = float(self.plan["x"].min()) - 0.25
        last = max(float(self.plan["x"].max()), self.at)
        told = "" if now["klaar"] or now["vroeg"] or now["regel"] else str(now["einde_verwacht"])
        self.finish = moment(Quarter.parse(told)) if told else None
        self.end = max(last, min(self.finish or last, last + BEYOND)) + 0.1
        self.earlier = self.first + float(now["es"]) / 4
        shown = (min(self.earlier, self.at) - self.start) / (self.end - self.start) > LEFT
        self.gap = gap if shown and not now["klaar"] else ""

    def beyond(self, x: alt.X, y: alt.Y) -> list[alt.Chart]:
        """Return the dashes from now to the end at this pace."""
        if self.finish is None:
            return []
        rows = pd.DataFrame({"x": [self.at, self.finish], "pct": [self.level, 100.0], "einde": [False, True]})
        forecast = theme.FACTS[ESTIMATE]
        start = theme.base(rows).encode(x=x, y=y)
        return [
            start.mark_line(color=theme.MAIN, strokeWidth=theme.THIN, strokeDash=list(forecast.dash), clip=True),
            start.transform_filter(alt.datum.einde).mark_point(
                shape=forecast.shape, fill=forecast.fill, stroke=theme.MAIN, opacity=1, size=theme.POINT, clip=True
            ),
        ]

    def distance(self, x: alt.X, y: alt.Y) -> list[alt.Chart]:
        """Return the line from the moment at which this much was planned to now, with its words."""
        if not self.gap:
            return []
        rows = pd.DataFrame({"x": [self.earlier], "tot": [self.at], "pct": [self.level], "naam": [self.gap]})
        behind = self.earlier < self.at
        start = theme.base(rows).encode(x=x, y=y)
        return [
            start.mark_rule(color=theme.ALERT, strokeWidth=theme.THICK).encode(x2=alt.X2("tot:Q")),
            start.mark_text(
                align="right" if behind else "left", dx=-SIDE if behind else SIDE, fontWeight="bold"
            ).encode(text=alt.Text("naam:N")),
        ]

    def names(self, x: alt.X, y: alt.Y) -> list[alt.Chart]:
        """Return the names of the lines, each on the side of its line where the other is not."""
        words, ahead = self.words, bool(self.now["sv"] > 0)
        high, half = LOW if self.level > (HIGH + LOW) / 2 else HIGH, self.level / 2
        plan, done = words.t("planned"), words.t("done so far")
        rows = [_beside(self.plan, high, plan, theme.FACTS[theme.PLAN].line, left=not ahead)]
        if self.level < LITTLE:
            rows.append(_Name(self.end, LOWEST, done, theme.MAIN, "right"))
        else:
            rows.append(_beside(self.done, half, done, theme.MAIN, left=ahead))
        if self.finish is not None:
            end = words.quarter(Quarter.parse(str(self.now["einde_verwacht"])))
            rows.append(
                _Name(self.end, TOPMOST, words.t("done at this pace: {quarter}", quarter=end), theme.MAIN, "right")
            )
        return [_name(row, x, y) for row in rows]


@dataclass(frozen=True)
class _Name:
    """A text in the drawing: where, in which colour, and on which side of its place."""

    x: float
    pct: float
    text: str
    colour: str
    align: Literal["left", "right"]
    shift: int = 0


def _beside(line: pd.DataFrame, level: float, text: str, colour: str, *, left: bool) -> _Name:
    """Return a name on one side of a line, clear of it over the height of the text."""
    if left:
        place = line.loc[line["pct"] >= level - CLEAR, "x"].min()
        return _Name(float(place), level, text, colour, "right", -SIDE)
    place = line.loc[line["pct"] <= level + CLEAR, "x"].max()
    return _Name(float(place), level, text, colour, "left", SIDE)


def _name(row: _Name, x: alt.X, y: alt.Y) -> alt.Chart:
    rows = pd.DataFrame({"x": [row.x], "pct": [row.pct], "naam": [row.text]})
    texts = theme.base(rows).mark_text(align=row.align, dx=row.shift, color=row.colour, fontWeight="bold")
    drawn: alt.Chart = texts.encode(x=x, y=y, text=alt.Text("naam:N"))
    return drawn
