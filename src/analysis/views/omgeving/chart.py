"""A line chart of one indicator for Brussels, the other regions and Belgium."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Column, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.views import theme
from analysis.views.omgeving import text
from analysis.views.omgeving.units import unit as unit_text

#: The order of the areas, which fixes their colours.
AREAS = ["BE10", "BE2", "BE3", "BE"]
#: With fewer Brussels points a line would suggest a course that nobody measured.
MINIMUM = 3

HEIGHT = 280
#: In pixels: the mark before a label, and a letter of it.
_MARK_WIDTH, _LETTER_WIDTH = 26, 6.3
_LABEL_HEIGHT = 15
_STEP = {"jaar": 1.0, "kwartaal": 0.25}


def enough(rows: pd.DataFrame) -> bool:
    """Say whether there are points enough for a line."""
    return int((rows["geo"] == "BE10").sum()) >= MINIMUM


def has_gaps(rows: pd.DataFrame) -> bool:
    """Say whether an area misses a period between two others."""
    wide = _points(rows).pivot_table(index="x", columns="geo", values="waarde", dropna=False)
    inside = wide.ffill().notna() & wide.bfill().notna()
    return bool((wide.isna() & inside).to_numpy().any())


def spec(rows: pd.DataFrame, words: Words, places: int) -> dict[str, Any]:
    """Draw the lines; where a period is missing the line is broken.

    Args:
        rows: shown facts of one indicator in one precision (``jaar`` or ``kwartaal``).
        words: the language.
        places: decimals of the labels.
    """
    points = _points(rows)
    top = float(points["waarde"].max()) * 1.12
    labels = _labels(points, rows, words, places, top)
    # the labels stand inside the drawing, right of the lines, in the wide and in the narrow one
    longest = int(labels["tekst"].str.len().max())
    room = {"expr": f"width - {_MARK_WIDTH + _LETTER_WIDTH * longest}"}
    first, last = float(points["x"].min()), float(points["x"].max())
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first, last], nice=False, range=[0, room]),
        axis=alt.Axis(values=_years(first, last), format="d", title=None, grid=False),
    )
    y = alt.Y(
        "waarde:Q",
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(title=None, tickCount=5),
    )
    colour = alt.Color("geo:N", scale=theme.scale(AREAS), legend=None)
    shape = alt.Shape("geo:N", scale=alt.Scale(domain=AREAS, range=_SHAPES), legend=None)
    home = points["geo"] == "BE10"
    start, end = theme.base(points), theme.base(labels)
    drawn = [
        theme.base(points[~home]).mark_line(strokeWidth=1.75).encode(x=x, y=y, color=colour),
        theme.base(points[home]).mark_line(strokeWidth=3.5).encode(x=x, y=y, color=colour),
        start.mark_point(filled=True, opacity=1, size=40).encode(x=x, y=y, color=colour, shape=shape),
        end.mark_point(filled=True, opacity=1, size=40, xOffset=14).encode(
            x=x, y=alt.Y("plaats:Q"), color=colour, shape=shape
        ),
        end.mark_text(align="left", dx=22).encode(x=x, y=alt.Y("plaats:Q"), text="tekst:N"),
    ]
    drawing: alt.LayerChart = alt.LayerChart(layer=drawn)
    return theme.spec(drawing, words, HEIGHT)


_SHAPES = ["circle", "square", "triangle-up", "diamond"]


def _points(rows: pd.DataFrame) -> pd.DataFrame:
    """Put all areas on one grid of periods, with a hole where a period was not measured."""
    start = rows["periode_van"]
    x = start.dt.year + (start.dt.month - 1) / 12
    step = _STEP[str(rows["periode_soort"].iloc[0])]
    count = round((x.max() - x.min()) / step) + 1
    every = [round(x.min() + step * number, 2) for number in range(count)]
    wide = rows.assign(x=x.round(2)).pivot_table(index="x", columns="geo", values="waarde")
    wide = wide.reindex(every).rename_axis(index="x")
    long = wide.reset_index().melt("x", var_name="geo", value_name="waarde")
    return long[["x", "geo", "waarde"]]


def _years(first: float, last: float) -> list[int]:
    """Return about five whole years for the axis."""
    years = range(int(-(-first // 1)), int(last) + 1)
    return list(years)[:: max(1, round(len(years) / 5))]


def _labels(points: pd.DataFrame, rows: pd.DataFrame, words: Words, places: int, top: float) -> pd.DataFrame:
    """Return one label per area right of its last point, pushed apart where they would overlap."""
    last = rows.sort_values("periode_tot").drop_duplicates("geo", keep="last")
    newest = last["periode_tot"].max()
    found = [
        {
            "x": points["x"].max(),
            "geo": row["geo"],
            "plaats": row["waarde"],
            "tekst": _label(words, row, places, late=row["periode_tot"] < newest),
        }
        for _, row in last.sort_values("waarde").iterrows()
    ]
    apart = top * _LABEL_HEIGHT / HEIGHT
    for before, after in pairwise(found):
        after["plaats"] = max(after["plaats"], before["plaats"] + apart)
    return pd.DataFrame(found)


def _label(words: Words, row: pd.Series, places: int, *, late: bool) -> str:
    name = words.t("area: Brussels, short") if row["geo"] == "BE10" else text.geo(words, row["geo"])
    if late:
        return words.t("{text} ({period})", text=name, period=str(row["periode_van"].year))
    return words.t("{area} {value}", area=name, value=words.number(row["waarde"], places))


def grid(rows: pd.DataFrame, words: Words, unit: str, places: int) -> Grid:
    """Return the data behind the chart: a row per period, a column per area."""
    shown = [area for area in AREAS if area in set(rows["geo"])]
    first = words.t("Period ({unit})", unit=unit_text(words, unit))
    columns = [Column(first), *(Column(text.geo(words, area), "number") for area in shown)]
    lines = []
    for _, same in rows.sort_values("periode_tot").groupby("periode", sort=False):
        by_area = same.set_index("geo")["waarde"]
        cells = [_cell(words, by_area, area, places) for area in shown]
        lines.append((text.period(words, same.iloc[0]), *cells))
    return Grid(tuple(columns), tuple(lines))


def _cell(words: Words, by_area: pd.Series, area: str, places: int) -> str:
    return words.number(by_area[area], places) if area in by_area.index else UNKNOWN_SIGN
