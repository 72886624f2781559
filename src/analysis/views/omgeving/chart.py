"""The course of one indicator: a panel per area, Brussels in each of them."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Column, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import indicators
from analysis.views import theme
from analysis.views.facts import period_of, place_name, unit_name

#: With fewer Brussels points a line would suggest a course that nobody measured.
MINIMUM = 3

HEIGHT = 130
_STEP = {"jaar": 1.0, "kwartaal": 0.25}
#: The highest point stays below the top by this share, so that a line never touches the heading.
_ROOM = 1.08


def enough(rows: pd.DataFrame) -> bool:
    """Say whether there are points enough for a line."""
    return int((rows["geo"] == indicators.HOME).sum()) >= MINIMUM


def has_gaps(rows: pd.DataFrame) -> bool:
    """Say whether an area misses a period between two others."""
    wide = _by_area(rows)
    inside = wide.ffill().notna() & wide.bfill().notna()
    return bool((wide.isna() & inside).to_numpy().any())


def spec(rows: pd.DataFrame, words: Words, places: int) -> dict[str, Any]:
    """Draw a panel per area: its own line thick, that of Brussels beside it thin.

    Where a period is missing the line is broken; a measurement between two holes is a dot.

    Args:
        rows: shown facts of one indicator in one precision (``jaar`` or ``kwartaal``).
        words: the language.
        places: decimals of the values in the headings.
    """
    points = _points(rows)
    told = _told(rows, words, places)
    points["uitleg"] = [told.get(key, "") for key in zip(points["geo"], points["x"], strict=True)]
    drawn, order = _panels(points, rows, words, places)
    x, y = _axes(points)
    own = alt.datum.eigen
    colour = alt.Color("geo:N", scale=theme.scale(theme.AREA_COLOURS), legend=None)
    start = alt.Chart().encode(x=x, y=y, color=colour)
    layers = [
        start.transform_filter(~own).mark_line(strokeWidth=theme.HAIR),
        start.transform_filter(own).mark_line(strokeWidth=theme.THICK),
        start.transform_filter(own & alt.datum.stip).mark_point(filled=True, opacity=1, size=theme.DOT),
        start.transform_filter(~own & alt.datum.alleen).mark_point(filled=True, opacity=1, size=theme.SPECK),
        theme.hints(start),
    ]
    return theme.panels(layers, drawn, order, words, HEIGHT)


def _axes(points: pd.DataFrame) -> tuple[alt.X, alt.Y]:
    first, last = float(points["x"].min()), float(points["x"].max())
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first, last], nice=False),
        axis=alt.Axis(values=_years(first, last), format=theme.YEAR, title=None, grid=False),
    )
    lowest, highest = float(points["waarde"].min()), float(points["waarde"].max())
    y = alt.Y(
        "waarde:Q",
        scale=alt.Scale(domain=[min(0.0, lowest * _ROOM), max(0.0, highest * _ROOM)], nice=False),
        axis=alt.Axis(title=None, tickCount=4),
    )
    return x, y


def _panels(points: pd.DataFrame, rows: pd.DataFrame, words: Words, places: int) -> tuple[pd.DataFrame, list[str]]:
    """Return the points once per panel in which they are drawn, and the headings in their order."""
    last = rows.sort_values("periode_tot").drop_duplicates("geo", keep="last")
    dated = last["periode_tot"].nunique() > 1
    said = {row["geo"]: _heading(words, row, places, dated=dated) for _, row in last.iterrows()}
    headings = {area: said[area] for area in theme.AREAS if area in said}
    parts = []
    for area, heading in headings.items():
        part = points[points["geo"].isin([area, indicators.HOME])]
        own = part["geo"] == area
        parts.append(part.assign(paneel=heading, eigen=own))
    return pd.concat(parts), list(headings.values())


def _heading(words: Words, row: pd.Series, places: int, *, dated: bool) -> str:
    """Write an area with its latest value, and its year where the areas are not of one period."""
    name = words.t("area: Brussels, short") if row["geo"] == indicators.HOME else place_name(words, row["geo"])
    said = words.t("{area} {value}", area=name, value=words.number(row["waarde"], places))
    return words.t("{text} ({period})", text=said, period=str(row["periode_van"].year)) if dated else said


def _told(rows: pd.DataFrame, words: Words, places: int) -> dict[tuple[str, float], str]:
    """Return what each point tells to the pointer: area, value and period."""
    told = {}
    for (_, row), x in zip(rows.iterrows(), _position(rows), strict=True):
        name = words.t("area: Brussels, short") if row["geo"] == indicators.HOME else place_name(words, row["geo"])
        said = words.t("{area} {value}", area=name, value=words.number(row["waarde"], places))
        told[(row["geo"], x)] = words.t("{text} ({period})", text=said, period=period_of(words, row))
    return told


def _position(rows: pd.DataFrame) -> pd.Series:
    """Return the year in which each row's period begins, its quarter as a fraction."""
    start = rows["periode_van"]
    years: pd.Series = start.dt.year + (start.dt.month - 1) / 12
    return years.round(2)


def _points(rows: pd.DataFrame) -> pd.DataFrame:
    """Put all areas on one grid of periods, with a hole where a period was not measured.

    Returns:
        ``x`` (the year, with its quarter as a fraction), ``geo``, ``waarde``, ``alleen``: whether no line
        reaches the point, ``stip``: whether it needs a dot for that, or because it is the area's last.
    """
    wide = _by_area(rows)
    alone = wide.notna() & wide.shift(1).isna() & wide.shift(-1).isna()
    last = wide.notna() & wide[::-1].notna().cumsum()[::-1].eq(1)
    long = wide.reset_index().melt("x", var_name="geo", value_name="waarde")
    lonely, dots = (marks.reset_index().melt("x", value_name="ja")["ja"] for marks in (alone, alone | last))
    return long.assign(alleen=lonely, stip=dots)


def _by_area(rows: pd.DataFrame) -> pd.DataFrame:
    """Return a column per area and a row per period from the first to the last, NaN where nothing was measured."""
    x = _position(rows)
    step = _STEP[str(rows["periode_soort"].iloc[0])]
    count = round((x.max() - x.min()) / step) + 1
    every = [round(x.min() + step * number, 2) for number in range(count)]
    wide = rows.assign(x=x).pivot(index="x", columns="geo", values="waarde")
    return wide.reindex(every).rename_axis(index="x")


def _years(first: float, last: float) -> list[int]:
    """Return the whole years for a narrow axis: the ends, and the one half-way where there is one.

    >>> _years(2010, 2024), _years(2021.75, 2025), _years(2023, 2023.75)
    ([2010, 2017, 2024], [2022, 2025], [2023])
    """
    start, end = int(-(-first // 1)), int(last)
    if (end - start) % 2 or end - start < 4:
        return sorted({start, end}) if start <= end else []
    return [start, (start + end) // 2, end]


def grid(rows: pd.DataFrame, words: Words, unit: str, places: int) -> Grid:
    """Return the data behind the chart: a row per period, a column per area."""
    shown = [area for area in theme.AREAS if area in set(rows["geo"])]
    first = words.t("Period ({unit})", unit=unit_name(words, unit))
    columns = [Column(first), *(Column(place_name(words, area), "number") for area in shown)]
    lines = []
    for _, same in rows.sort_values("periode_tot").groupby("periode", sort=False):
        by_area = dict(zip(same["geo"], same["waarde"], strict=True))
        cells = [_cell(words, by_area, area, places) for area in shown]
        lines.append((period_of(words, same.iloc[0]), *cells))
    return Grid(tuple(columns), tuple(lines))


def _cell(words: Words, by_area: dict[str, float], area: str, places: int) -> str:
    return words.number(by_area[area], places) if area in by_area else UNKNOWN_SIGN
