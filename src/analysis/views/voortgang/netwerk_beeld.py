"""The drawing of the contributions: a row per objective, a column per organisation, a circle per number.

A circle is the round end of a line without length: those of one size are one path, which takes a tenth of the bytes.
"""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.views import theme

#: The height of a row, the largest circle, the room before the next krachtlijn, in pixels.
ROW, LARGEST, APART = 24, 23, 7
#: The lines above the rows, in pixels from the top: two for the name, one for the actions, one for the red ones.
NAME, ACTIONS, RED, FIRST = 8, 42, 59, 72
#: The room for the names of the rows in the wide and in the narrow drawing, in pixels.
WIDE_ROOM, NARROW_ROOM = 280, 38
#: Drawings narrower than this have room for the codes only.
NARROW = 450
#: How far the name of a column may reach over its sides, in pixels.
SPILL = 8
#: Letters on a line of the name of a column.
LETTERS = 7
#: A length that is nothing to the eye, but enough to be drawn.
SPECK = 0.001


@dataclass(frozen=True)
class Head:
    """A column: the short name of an organisation, its actions, and how many of them are red."""

    name: str
    actions: int
    red: int


@dataclass(frozen=True)
class Line:
    """A row: the code and label of an objective, and the krachtlijn that it belongs to."""

    code: str
    label: str
    group: str


def picture(words: Words, heads: Sequence[Head], lines: Sequence[Line], counts: pd.DataFrame) -> dict[str, Any]:
    """Draw the matrix.

    Args:
        words: the language.
        heads: the columns.
        lines: the rows.
        counts: ``rij``, ``kolom`` and ``aantal`` of each cell that is not empty.
    """
    tops, height = _tops(lines)
    room = f"width > {NARROW} ? {WIDE_ROOM} : {NARROW_ROOM}"
    across = alt.Scale(domain=[0, len(heads)], range=[{"expr": room}, {"expr": "width"}], nice=False, zero=False)
    x = alt.X("x:Q", scale=across, axis=None)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[0, height], range=[0, height], nice=False), axis=None)
    layers = [
        _rules(tops, len(heads), x, y),
        *_circles(_cells(words, heads, lines, counts, tops), x, y),
        *_row_names(words, lines, tops, y),
        _column_names(heads, room, x, y),
        _column_counts(words, heads, x, y),
    ]
    return theme.spec(alt.LayerChart(layer=layers), words, height=height)


def _tops(lines: Sequence[Line]) -> tuple[list[int], int]:
    """Return the middle of each row, and the height of the whole."""
    found, y = [], FIRST
    for place, line in enumerate(lines):
        y += APART if place and line.group != lines[place - 1].group else 0
        found.append(y + ROW // 2)
        y += ROW
    return found, y


def _cells(
    words: Words, heads: Sequence[Head], lines: Sequence[Line], counts: pd.DataFrame, tops: Sequence[int]
) -> pd.DataFrame:
    rows = [
        (
            column + 0.5,
            column + 0.5 + SPECK,
            tops[row],
            int(n),
            words.number(int(n)),
            words.t("{name}: {value}", name=f"{heads[column].name}, {lines[row].code}", value=words.number(int(n))),
        )
        for row, column, n in counts[["rij", "kolom", "aantal"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=["x", "tot", "y", "aantal", "tekst", "uitleg"])


def _rules(tops: Sequence[int], columns: int, x: alt.X, y: alt.Y) -> alt.Chart:
    """Return a fine line through the cells of each row."""
    rows = pd.DataFrame({"x": 0, "tot": columns, "y": list(tops)})
    drawn: alt.Chart = theme.base(rows).mark_rule(color=theme.RULE).encode(x=x, x2=alt.X2("tot:Q"), y=y)
    return drawn


def _circles(cells: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return a layer of circles per number, whose area is the number, and the numbers over them."""
    most = int(cells["aantal"].max())
    sizes = {n: LARGEST * math.sqrt(n / most) for n in sorted(cells["aantal"].unique().tolist())}
    start = theme.base(cells).encode(x=x, y=y, tooltip=alt.Tooltip("uitleg:N"))
    circles = [
        start.transform_filter(alt.datum.aantal == n)
        .mark_rule(color=theme.LIGHT, strokeWidth=round(size, 1), strokeCap="round")
        .encode(x2=alt.X2("tot:Q"))
        for n, size in sizes.items()
    ]
    return [*circles, start.mark_text().encode(text=alt.Text("tekst:N"))]


def _row_names(words: Words, lines: Sequence[Line], tops: Sequence[int], y: alt.Y) -> list[alt.Chart]:
    """Return the code and label of each row, and what the numbers above are; where it is narrow the code."""
    told = [(f"{line.code} {line.label}", line.code, top) for line, top in zip(lines, tops, strict=True)]
    heads = [(words.t("actions"), "", ACTIONS), (words.t("of which red"), theme.PROGRESS_SIGNS["rood"], RED)]
    rows = pd.DataFrame([*heads, *told], columns=["lang", "kort", "y"])
    start = theme.base(rows).encode(x=alt.value(0), y=y)
    drawn = (("lang", f"width > {NARROW}", WIDE_ROOM - 8), ("kort", f"width <= {NARROW}", NARROW_ROOM))
    return [
        start.mark_text(align="left", limit=room).encode(
            text=alt.condition(asked, alt.Text(f"{field}:N"), alt.value(""))
        )
        for field, asked, room in drawn
    ]


def _column_names(heads: Sequence[Head], room: str, x: alt.X, y: alt.Y) -> alt.Chart:
    names = ["\n".join(textwrap.wrap(head.name, LETTERS, max_lines=2, placeholder="…")) for head in heads]
    rows = pd.DataFrame({"x": [place + 0.5 for place in range(len(heads))], "y": NAME, "naam": names})
    drawn: alt.Chart = (
        theme.base(rows)
        .mark_text(
            fontWeight="bold",
            lineBreak="\n",
            lineHeight=theme.LINE_HEIGHT,
            limit=alt.expr(f"(width - ({room})) / {len(heads)} + {SPILL}"),
        )
        .encode(x=x, y=y, text=alt.Text("naam:N"))
    )
    return drawn


def _column_counts(words: Words, heads: Sequence[Head], x: alt.X, y: alt.Y) -> alt.Chart:
    sign = theme.PROGRESS_SIGNS["rood"]
    rows = [
        (place + 0.5, top, text)
        for place, head in enumerate(heads)
        for top, text in ((ACTIONS, words.number(head.actions)), (RED, f"{sign} {words.number(head.red)}"))
    ]
    drawn: alt.Chart = (
        theme.base(pd.DataFrame(rows, columns=["x", "y", "tekst"]))
        .mark_text(fontWeight="bold")
        .encode(x=x, y=y, text=alt.Text("tekst:N"))
    )
    return drawn
