"""The drawing of the survey panels: per question a dot per panel on its interval, and earlier waves below, hollow."""

from __future__ import annotations

import textwrap
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.models.panels import EXTERNAL, INTERNAL
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.theme import (
    DOT,
    HAIR,
    LINE_HEIGHT,
    MAIN,
    OTHER,
    OUTLINE,
    PAPER,
    POINT,
    RULE,
    THIN,
    WHOLE,
    base,
    scale,
    spec,
)

#: Height of a row of marks, the room between two questions, and that around the text of one, in pixels.
ROW, GAP, MARGIN = 16, 10, 3
#: How far texts stand in from the sides, in pixels.
INDENT = 4
#: How many characters of a question stand on a line of the narrow drawing, and how many lines; the table has it all.
CHARACTERS, LINES = 52, 3
#: How many questions there is room for with so many earlier waves below the last one; with more waves, fewer questions.
ROOM = {2: 7, 1: 8, 0: 10}
#: Room for the wave at the left and for the share at the right of the axis, as a part of the axis.
LEFT, RIGHT = 0.24, 0.18
#: The axis shows at least so many percentage points, in steps of so many.
LEAST, STEP = 40, 10
COLOURS = {INTERNAL: MAIN, EXTERNAL: OTHER}
#: At the share of a panel that is shown to have risen or fallen since the wave before.
SIGNS = {1: "▲", -1: "▼"}
SHAPES = {INTERNAL: "circle", EXTERNAL: "diamond"}


class Room(NamedTuple):
    """What the drawing has room for.

    Attributes:
        earlier: how many waves before the last one of a question.
        questions: how many questions.
    """

    earlier: int
    questions: int


def room(questions: int, waves: int) -> Room:
    """Return how many questions and earlier waves are drawn of so many.

    >>> room(6, 3), room(8, 3), room(30, 1)
    (Room(earlier=2, questions=6), Room(earlier=1, questions=8), Room(earlier=0, questions=10))
    """
    for earlier, most in ROOM.items():
        if questions <= most or not earlier:
            return Room(min(earlier, waves - 1), min(questions, most))
    raise AssertionError("the last of them has no earlier waves")


def picture(words: Words, known: pd.DataFrame, differing: list[str], earlier: int) -> dict[str, Any]:
    """Draw the questions under each other.

    Args:
        words: the language.
        known: of the questions to be drawn ``vraag_code``, ``label``, ``panel``, ``kwartaal``, ``aandeel``, ``onder``
            and ``boven``; ``oordeel`` (1 or -1 where the last wave is shown to differ from the one before, else 0).
        differing: the questions on which the panels are shown to differ; they stand in bold.
        earlier: how many waves before the last one of each question.
    """
    rows, texts, height = _placed(words, known, differing, earlier)
    low, high = _span(rows)
    ends = alt.Scale(domain=[low - LEFT * (high - low), high + RIGHT * (high - low)], nice=False, zero=False)
    ticks = alt.Axis(title=None, orient="top", format=WHOLE, values=list(range(low, high + 1, STEP)), domain=False)
    x, y = {"scale": ends, "axis": ticks}, alt.Y("y:Q", scale=_down(height), axis=None)
    names = {INTERNAL: words.t("internal panel"), EXTERNAL: words.t("external panel")}
    drawn = rows.assign(soort=rows["panel"].map(names))
    layers = [_bands(texts, height), *_marks(drawn, names, x, y), *_texts(texts, y)]
    return spec(alt.LayerChart(layer=layers), words, height=height)


def short(words: Words, wave: object) -> str:
    """Write a wave shortly, such as K2 2026."""
    quarter = Quarter.parse(str(wave))
    return words.t("in short: quarter {number} of {year}", number=quarter.number, year=quarter.year)


def _placed(
    words: Words, known: pd.DataFrame, differing: list[str], earlier: int
) -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Return the marks and the texts with their distance from the top, and the height of it all, in pixels."""
    marks: list[tuple[object, ...]] = []
    texts: list[tuple[object, ...]] = []
    top = 0
    for code, own in known.groupby("vraag_code", sort=False):
        lines = textwrap.wrap(str(own["label"].iloc[-1]), CHARACTERS, max_lines=LINES, placeholder=" …")
        below = top + LINE_HEIGHT * len(lines) + 2 * MARGIN
        texts.append((top + 2 * MARGIN, "zeker" if code in differing else "vraag", "\n".join(lines), top, below))
        top = below + MARGIN
        for number, wave in enumerate(sorted(own["kwartaal"].unique(), reverse=True)[: earlier + 1]):
            asked = list(standing.each(own[own["kwartaal"] == wave]))
            each = 0 if number else ROW  # the marks of earlier waves share a row
            texts.append((top + each * (len(asked) - 1) // 2 + ROW // 2, "golf", short(words, wave), 0, 0))
            for place, row in enumerate(asked):
                at = top + each * place + ROW // 2
                marks.append((at, row.panel, number == 0, row.aandeel, row.onder, row.boven, _said(words, row)))
                if not number:
                    texts.append((at, "aandeel", _share(words, row), 0, 0))
            top += each * (len(asked) - 1) + ROW
        top += GAP
    rows = pd.DataFrame(marks, columns=["y", "panel", "nu", "aandeel", "onder", "boven", "uitleg"])
    return rows.round(1), pd.DataFrame(texts, columns=["y", "soort", "tekst", "boven", "onder"]), top


def _share(words: Words, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    told = words.t("{n} %", n=words.number(row.aandeel))
    return f"{SIGNS[row.oordeel]} {told}" if row.oordeel else told


def _said(words: Words, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    n = words.number(row.antwoorden)
    value = words.t("{share} % of {n} answers", share=words.number(row.aandeel), n=n)
    return words.t("{text} ({mark})", text=value, mark=short(words, row.kwartaal))


def _span(rows: pd.DataFrame) -> tuple[int, int]:
    """Return the ends of the axis: whole tens around all intervals of the last wave and all marks."""
    now = rows[rows["nu"]]
    low = int(min(now["onder"].min(), rows["aandeel"].min()) // STEP * STEP)
    high = int(-(-max(now["boven"].max(), rows["aandeel"].max()) // STEP) * STEP)
    while high - low < LEAST:
        low, high = max(0, low - STEP), min(100, high + STEP)
    return low, high


def _down(height: int) -> alt.Scale:
    return alt.Scale(domain=[height, 0], nice=False, zero=False)


def _marks(rows: pd.DataFrame, names: dict[str, str], x: dict[str, Any], y: alt.Y) -> list[alt.Chart]:
    """Return the intervals of the last wave, and the marks: filled ones of the last wave, hollow ones before it."""
    colour, shape = scale(COLOURS, names), scale(SHAPES, names)
    now, before = rows[rows["nu"]].drop(columns="nu"), rows[~rows["nu"]].drop(columns="nu")
    spread = base(now).mark_rule(strokeWidth=THIN)
    filled = base(now).mark_point(filled=True, opacity=1, size=2 * POINT)
    hollow = base(before).mark_point(fill=PAPER, opacity=1, size=DOT, strokeWidth=HAIR)
    tip = alt.Tooltip("uitleg:N")
    legend = alt.Legend(symbolStrokeWidth=OUTLINE, labelLimit=0)
    plain = alt.Color("soort:N", scale=colour, legend=legend)
    layers = [
        spread.encode(x=alt.X("onder:Q", **x), x2=alt.X2("boven:Q"), y=y, color=plain),
        filled.encode(
            x=alt.X("aandeel:Q", **x),
            y=y,
            tooltip=tip,
            color=plain,
            shape=alt.Shape("soort:N", scale=shape, legend=legend),
        ),
    ]
    if len(before):
        outline = alt.Stroke("soort:N", scale=colour, legend=None)
        layers.append(
            hollow.encode(
                x=alt.X("aandeel:Q", **x),
                y=y,
                tooltip=tip,
                stroke=outline,
                shape=alt.Shape("soort:N", scale=shape, legend=None),
            )
        )
    return layers


def _bands(texts: pd.DataFrame, height: int) -> alt.Chart:
    """Return the band behind each question, which keeps the lines of the axis out of its text."""
    rows = texts.loc[texts["onder"] > 0, ["boven", "onder"]]
    y = alt.Y("boven:Q", scale=_down(height), axis=None)
    drawn: alt.Chart = base(rows).mark_rect(color=RULE)
    return drawn.encode(x=alt.value(0), x2=alt.value("width"), y=y, y2=alt.Y2("onder:Q"))


def _texts(texts: pd.DataFrame, y: alt.Y) -> list[alt.Chart]:
    """Return the questions and the waves at the left, and the shares of the last wave at the right."""

    def of(kind: str) -> alt.Chart:
        return base(texts.loc[texts["soort"] == kind, ["y", "tekst"]])

    text = alt.Text("tekst:N")
    left, right = (
        {"x": alt.value(INDENT), "y": y, "text": text},
        {"x": alt.value(alt.ExprRef(f"width - {INDENT}")), "y": y, "text": text},
    )
    return [
        of("vraag").mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE_HEIGHT).encode(**left),
        of("zeker")
        .mark_text(align="left", baseline="top", lineBreak="\n", lineHeight=LINE_HEIGHT, fontWeight="bold")
        .encode(**left),
        of("golf").mark_text(align="left", baseline="middle").encode(**left),
        of("aandeel").mark_text(align="right", baseline="middle").encode(**right),
    ]
