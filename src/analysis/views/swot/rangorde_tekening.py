"""The drawing of the order of the items: a dot per item on its interval, below its name, group after group."""

from __future__ import annotations

from typing import Any, Literal

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.models.scoring.estimate import HIGHEST, LOWEST
from analysis.views import standing
from analysis.views.report import Report
from analysis.views.swot import common, rangorde, scores
from analysis.views.theme import (
    DOT,
    HAIR,
    INK,
    LIGHT,
    OUTLINE,
    PAPER,
    POINT,
    RULE,
    STRONG,
    THICK,
    WHOLE,
    base,
    scale,
)

#: Height of an item (its name above its dot) and of the heading of a group, in pixels: all of it fits on a sheet.
BAND, HEADING = 27, 26
#: How far the name and the dot of an item lie below the top of its band.
NAME, MARK = 8, 20
#: Height of the band behind the name of a group, the gap below it, how far the name stands in; the room of a score.
STRIP, GAP, INDENT, NUMBER = 20, 1, 4, 28
#: What a mark stands for, in the order of the legend: where the score is the only thing known of now, one kind of it.
SURE, UNSURE, ONLY, EARLIER = "zeker", "onzeker", "score", "eerder"
SHAPES = {SURE: "circle", UNSURE: "circle", ONLY: "circle", EARLIER: "diamond"}
FILLS = {SURE: STRONG, UNSURE: LIGHT, ONLY: STRONG, EARLIER: PAPER}
SIZES = {SURE: 2 * POINT, UNSURE: POINT, ONLY: POINT, EARLIER: DOT}


def _placed(known: pd.DataFrame) -> pd.DataFrame:
    """Return the items with ``boven``: how far the top of their band lies below the top of the drawing, in pixels."""
    heads = (~known["groep"].duplicated()).cumsum()
    return known.assign(boven=HEADING * heads + BAND * pd.Series(range(len(known)), index=known.index))


def height(known: pd.DataFrame) -> int:
    """Return the height of the drawing, in pixels."""
    return HEADING * int(known["groep"].nunique()) + BAND * len(known)


def drawing(report: Report, known: pd.DataFrame) -> alt.LayerChart:
    """A dot per item on a line that is its interval, its name above it; a heading above each group.

    Args:
        report: the report.
        known: the items with a score, as :func:`analysis.views.swot.rangorde.scored` returns them, and ``zeker`` (bool:
            whether their place is sure).
    """
    words, placed = report.words, _placed(known)
    x = alt.Scale(domain=[LOWEST, HIGHEST], nice=False, zero=False)
    y = alt.Y("y:Q", scale=alt.Scale(domain=[height(known), 0], nice=False, zero=False), axis=None)
    axis = alt.Axis(
        title=None, orient="top", format=WHOLE, values=[*range(int(LOWEST), int(HIGHEST) + 1)], domain=False
    )
    marks = _marks(report, placed)
    spreads = [
        base(own.assign(y=own["boven"] + MARK))
        .mark_rule(color=INK, strokeWidth=width)
        .encode(x=alt.X("score_onder:Q", scale=x), x2=alt.X2("score_boven:Q"), y=y)
        for own, width in _spreads(placed)
    ]
    dots = base(marks).mark_point(strokeWidth=OUTLINE, opacity=1)
    drawn = dots.encode(
        x=alt.X("score:Q", scale=x, axis=axis), y=y, tooltip=alt.Tooltip("uitleg:N"), **_looks(report, _kinds(placed))
    )
    return alt.LayerChart(layer=[*_headings(report, placed, y), *spreads, drawn, *_names(words, placed, y)])


def _headings(report: Report, placed: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return a band with the name of each group, above its first item."""
    names = common.group_words(report)
    firsts = placed.drop_duplicates("groep")
    below = firsts["boven"] - GAP
    rows = base(pd.DataFrame({"y": below - STRIP, "onder": below, "naam": firsts["groep"].map(names)}))
    place = {"x": alt.value(0), "x2": alt.value("width"), "y": y, "y2": alt.Y2("onder:Q")}
    band = rows.mark_rect(color=RULE).encode(**place)
    name = rows.mark_text(align="left", fontWeight="bold", dy=STRIP / 2)
    name = name.encode(x=alt.value(INDENT), y=y, text=alt.Text("naam:N"))
    return [band, name]


def _names(words: Words, placed: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return the names of the items, in bold where their place is sure, and their scores at the end of the line."""
    rows = pd.DataFrame(
        {
            "y": placed["boven"] + NAME,
            "naam": placed["swot_code"] + " " + placed["label"],
            "score": [words.number(score, 1) for score in placed["score"]],
            "zeker": placed["zeker"],
        }
    )
    return [layer for sure in (True, False) for layer in _written(rows[rows["zeker"] == sure], y, sure=sure)]


def _written(rows: pd.DataFrame, y: alt.Y, *, sure: bool) -> list[alt.Chart]:
    """Return the text of some names, cut off where there is no room, and of their scores."""
    if rows.empty:
        return []
    told = base(rows.drop(columns="zeker"))
    weight: Literal["bold", "normal"] = "bold" if sure else "normal"
    left = told.mark_text(align="left", fontWeight=weight, limit=alt.ExprRef(f"width - {NUMBER}"))
    right = told.mark_text(align="right", fontWeight=weight)
    return [
        left.encode(x=alt.value(0), y=y, text=alt.Text("naam:N")),
        right.encode(x=alt.value("width"), y=y, text=alt.Text("score:N")),
    ]


def _spreads(placed: pd.DataFrame) -> list[tuple[pd.DataFrame, float]]:
    """Return the intervals, those of sure places apart, with how thick their line is."""
    known = placed[placed["score_onder"].notna()][["boven", "score_onder", "score_boven", "zeker"]]
    parts = ((known[known["zeker"]], THICK), (known[~known["zeker"]], HAIR))
    return [(own.drop(columns="zeker"), width) for own, width in parts if len(own)]


def _marks(report: Report, placed: pd.DataFrame) -> pd.DataFrame:
    """Return the marks: the score of each item, and over it the one of the moment before."""
    words, kinds, names = report.words, _kinds(placed), kind_words(report)
    now = pd.Series(ONLY, index=placed.index)
    if SURE in kinds:
        now = placed["zeker"].map({True: SURE, False: UNSURE})
    rows = [
        *(
            (row.boven + MARK, row.score, names[kind], f"{row.swot_code} {row.label}")
            for row, kind in zip(standing.each(placed), now, strict=True)
        ),
        *(
            (row.boven + MARK, row.eerder, names[EARLIER], f"{row.swot_code} {names[EARLIER]}")
            for row in standing.each(placed[placed["eerder"].notna()])
        ),
    ]
    told = [(*row[:3], words.t("{name}: {value}", name=row[3], value=words.number(row[1], 1))) for row in rows]
    return pd.DataFrame(told, columns=["y", "score", "soort", "uitleg"])


def _kinds(placed: pd.DataFrame) -> list[str]:
    """Return the marks that there are, in the order of the legend."""
    now = [SURE, UNSURE] if placed["top"].notna().any() else [ONLY]
    return now + ([EARLIER] if placed["eerder"].notna().any() else [])


def _looks(report: Report, kinds: list[str]) -> dict[str, Any]:
    """Return shape, fill and size of the marks, with one legend for the three; one kind of mark needs none."""
    names = kind_words(report)
    legend = alt.Legend(columns=1, labelLimit=0, symbolStrokeWidth=OUTLINE) if len(kinds) > 1 else None
    field = "soort:N"
    size = alt.Scale(domain=[names[kind] for kind in kinds], range=[SIZES[kind] for kind in kinds])
    return {
        "shape": alt.Shape(field, scale=scale({kind: SHAPES[kind] for kind in kinds}, names), legend=legend),
        "stroke": alt.Stroke(field, scale=scale(dict.fromkeys(kinds, INK), names), legend=legend),
        "fill": alt.Fill(field, scale=scale({kind: FILLS[kind] for kind in kinds}, names), legend=legend),
        # a scale of sizes with one size draws nothing at all
        "size": alt.Size(field, scale=size, legend=legend) if len(kinds) > 1 else alt.value(SIZES[kinds[0]]),
    }


def kind_words(report: Report) -> dict[str, str]:
    """Return what each mark stands for, in the legend."""
    words, moments = report.words, scores.moments(report, rangorde.TABLE)
    top = words.number(rangorde.TOP)
    before = words.quarter(moments[-2]) if len(moments) > 1 else ""
    return {
        SURE: words.t("surely among the first {top} of its group", top=top),
        UNSURE: words.t("not surely among the first {top}", top=top),
        ONLY: words.t("score"),
        EARLIER: words.t("score in {quarter}", quarter=before),
    }
