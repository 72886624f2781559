"""The drawing of the meetpunten: a panel each, with its own scale, its path to the target and its target."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from analysis.views import theme
from analysis.views.facts import period_of
from analysis.views.report import Report
from analysis.views.voortgang.meetpunten_reeks import Gauge

#: Panels and measurements that a chart can hold; of more the youngest are drawn.
PANELS, POINTS = 16, 340
#: About how many bytes a drawing may take, and how many a panel, a measurement and a piece of its line do.
ROOM, PANEL, POINT, PIECE = 12_000, 520, 10, 75
#: Panels side by side where there is room, and the height and the width of one, in pixels: on paper four rows of them
#: are still large enough to read.
COLUMNS, HEIGHT, WIDTH = 4, 70, 158
#: Characters on a line of a heading, and lines.
LINE, LINES = 24, 3
#: Pixels between two texts at the right of a panel, and from a mark to its text; the width of a figure in bold.
APART, BESIDE, DIGIT = 14, 6, 7

_NAMES = ["paneel", "soort", "x", "y", "x2", "y2", "naam", "gewicht", "uitleg"]


def shown(gauges: Sequence[Gauge], order: Sequence[str]) -> list[Gauge]:
    """Return the meetpunten that fit in the chart, in their order: with too many, those of the worst status.

    Args:
        gauges: those with a measurement.
        order: statuses, the best first.
    """
    worst = sorted(gauges, key=lambda gauge: -order.index(gauge.status))[:PANELS]
    while len(worst) > 1 and sum(_weight(gauge, kept(worst)) for gauge in worst) > ROOM:
        worst.pop()
    codes = {gauge.code for gauge in worst}
    return [gauge for gauge in gauges if gauge.code in codes]


def kept(gauges: Sequence[Gauge]) -> int:
    """Return how many measurements of each meetpunt fit in the chart."""
    return POINTS // max(len(gauges), COLUMNS)


def _weight(gauge: Gauge, most: int) -> int:
    """Return about how many bytes the panel of a meetpunt takes."""
    points = gauge.points.tail(most)
    return PANEL + POINT * len(points) + PIECE * int(_pieces(points).nunique())


def _pieces(points: pd.DataFrame) -> pd.Series:
    """Number the pieces of a line that has a hole where a period was not measured."""
    holes = points["periode_van"] - points["periode_tot"].shift(1)
    return (holes.dt.days.fillna(0) > 1).cumsum()


def spec(report: Report, gauges: Sequence[Gauge]) -> dict[str, Any]:
    """Draw a panel per meetpunt.

    Args:
        report: the report.
        gauges: those to draw, each with a measurement.
    """
    panels = [_Panel(report, gauge, kept(gauges)) for gauge in gauges]
    for panel in panels:
        # two of the same name would become one panel
        if sum(other.heading == panel.heading for other in panels) > 1:
            panel.heading = f"{panel.heading} {panel.gauge.code}"
    first, last = min(panel.first for panel in panels), max(panel.last for panel in panels)
    longest = max(len(text) for panel in panels for text in (panel.now, panel.target))
    # room at the right for the texts
    end = first + (last - first) * WIDTH / (WIDTH - BESIDE - DIGIT * longest)
    pixel = (end - first) / WIDTH
    rows = pd.DataFrame([row for panel in panels for row in panel.rows(pixel)], columns=_NAMES)
    years = sorted({int(-(-first // 1)), int(last)})
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first, end], nice=False),
        axis=alt.Axis(values=years, format=theme.YEAR, title=None, grid=False, domain=False),
    )
    layers = _layers(alt.Chart().encode(x=x, y=_height("y")))
    drawn = theme.panels(layers, rows, [panel.heading for panel in panels], report.words, HEIGHT)
    drawn["facet"]["header"]["labelExpr"] = "split(datum.label, '\\n')"
    return drawn | {"columns": min(COLUMNS, len(panels))}


def _height(name: str) -> alt.Y:
    """Return heights as they are: each panel has its own scale, worked out beforehand."""
    return alt.Y(f"{name}:Q", scale=alt.Scale(domain=[0, HEIGHT], nice=False), axis=None)


def _layers(start: alt.Chart) -> list[alt.Chart]:
    plan = theme.FACTS[theme.PLAN]

    def of(kind: str) -> alt.Chart:
        return start.transform_filter(alt.datum.soort == kind)

    target: dict[str, Any] = {"fill": plan.fill, "stroke": plan.line, "opacity": 1, "strokeWidth": theme.OUTLINE}
    return [
        of("pad").mark_rule(stroke=plan.line, strokeDash=theme.FORECAST.dash).encode(x2="x2:Q", y2="y2:Q"),
        of("band").mark_rule(stroke=plan.line, strokeWidth=theme.THICK).encode(y2="y2:Q"),
        of("meting").mark_line(strokeWidth=theme.THIN, color=theme.MAIN).encode(detail="x2:N"),
        of("alleen").mark_point(color=theme.MAIN, filled=True, opacity=1, size=theme.SPECK),
        of("doel").mark_point(shape=plan.shape, size=theme.DOT, **target),
        of("tekst")
        .mark_text(align="left", baseline="middle", dx=BESIDE, fontWeight=alt.ExprRef("datum.gewicht"))
        .encode(text="naam:N"),
        theme.hints(start.transform_filter(alt.datum.uitleg != "")),
    ]


def _year(day: dt.date) -> float:
    return round(day.year + (day.timetuple().tm_yday - 1) / 366, 2)


class _Panel:
    """One meetpunt, ready to be drawn: days as years, values as pixels."""

    def __init__(self, report: Report, gauge: Gauge, most: int) -> None:
        self.report, self.gauge = report, gauge
        self.points = gauge.points.tail(most)
        row = gauge.row
        self.now = gauge.written(report.words, self.points["waarde"].iloc[-1])
        self.target = gauge.target(report.words)
        ends = [row[name] for name in ("basis_periode_tot", "streef_periode_tot")]
        self.base, self.goal = (None if pd.isna(end) else _year(end) for end in ends)
        self.x = [_year(day) for day in self.points["periode_tot"]]
        days = [day for day in (self.base, self.goal, *self.x) if day is not None]
        self.first, self.last = min(days), max(days)
        edges = [row["streef_onder"], row["streef_boven"]] if gauge.band else []
        values = [float(value) for value in (*self.points["waarde"], row["basis_waarde"], gauge.goal, *edges)]
        known = [value for value in values if value == value]  # only NaN is unlike itself
        self.low, self.high = min(known), max(known)
        self.heading = self._heading()

    def _heading(self) -> str:
        """Return its status, name and unit, over a few lines."""
        # a unit does not stand on a line of its own
        label = self.gauge.label(self.report).replace(" (", "\u00a0(")
        name = f"{theme.GAUGE_SIGNS[self.gauge.status]} {label}"
        return "\n".join(textwrap.wrap(name, LINE, max_lines=LINES, placeholder="…"))

    def y(self, value: float) -> int:
        """Return the height of a value, in whole pixels, which take less to write."""
        return round((float(value) - self.low) / ((self.high - self.low) or 1.0) * HEIGHT)

    def rows(self, pixel: float) -> list[tuple[object, ...]]:
        """Return what is drawn; ``pixel`` is how long one takes, in years."""
        return [(self.heading, *row) for row in (*self._series(), *self._path(), *self._texts(pixel))]

    def _series(self) -> list[tuple[object, ...]]:
        """Return the measurements: pieces of a line without a hole, and points on their own."""
        words = self.report.words
        rows: list[tuple[object, ...]] = []
        pieces = _pieces(self.points)
        sizes = pieces.map(pieces.value_counts())
        told = (
            words.t(
                "{text} ({period})",
                text=self.gauge.written(words, point["waarde"]),
                period=period_of(words, point),
            )
            for _, point in self.points.iterrows()
        )
        for x, value, piece, size, said in zip(self.x, self.points["waarde"], pieces, sizes, told, strict=True):
            kind = "meting" if size > 1 else "alleen"
            # the end of a path is nothing to a measurement: there stands the number of its piece
            rows.append((kind, x, self.y(value), int(piece), None, "", "", said))
        return rows

    def _path(self) -> list[tuple[object, ...]]:
        """Return the straight path from base to target, and the target."""
        gauge = self.gauge
        rows: list[tuple[object, ...]] = []
        if gauge.goal != gauge.goal:
            return []
        base, end = float(gauge.row["basis_waarde"]), self.goal if self.goal is not None else self.last
        if self.base is not None and self.goal is not None and base == base:
            rows.append(("pad", self.base, self.y(base), self.goal, self.y(gauge.goal), "", "", ""))
        low, high = float(gauge.row["streef_onder"]), float(gauge.row["streef_boven"])
        if gauge.band and low < high:
            rows.append(("band", end, self.y(low), None, self.y(high), "", "", ""))
        else:
            rows.append(("doel", end, self.y(gauge.goal), None, None, "", "", ""))
        return rows

    def _texts(self, pixel: float) -> list[tuple[object, ...]]:
        """Return the last value, in bold, and the target; apart from each other where they would overlap."""
        x, y = self.x[-1], float(self.y(self.points["waarde"].iloc[-1]))
        end = self.goal if self.goal is not None else self.last
        if self.gauge.goal != self.gauge.goal:
            return [("tekst", x, y, None, None, self.now, "bold", "")]
        goal, wide = float(self.y(self.gauge.goal)), pixel * DIGIT * len(self.now)
        if end - x < wide + 2 * BESIDE * pixel:
            x, lack = end, APART - abs(y - goal)
            if lack > 0:
                side = 1 if y >= goal else -1
                y, goal = y + side * lack / 2, goal - side * lack / 2
        else:
            y = self._beside_path(x + wide / 2, y)
        return [
            ("tekst", x, round(y), None, None, self.now, "bold", ""),
            ("tekst", end, round(goal), None, None, self.target, "normal", ""),
        ]

    def _beside_path(self, x: float, y: float) -> float:
        """Return the height of a text at a place, moved away from the path that would cross it."""
        base = float(self.gauge.row["basis_waarde"])
        if self.base is None or self.goal is None or base != base or self.goal <= self.base:
            return y
        share = (x - self.base) / (self.goal - self.base)
        path = self.y(base) + share * (self.y(self.gauge.goal) - self.y(base))
        if abs(y - path) >= APART:
            return y
        return path + (APART if y >= path else -APART)
