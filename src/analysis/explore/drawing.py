"""The picture of a panel: the items of a group by their score, with its interval and where they stood in the report."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from functools import cache
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from analysis.explore.scoring import TOP
from analysis.explore.wording import moved, named
from analysis.language import Words
from analysis.models.scoring.estimate import HIGHEST, LOWEST
from analysis.views import theme

#: The width of the drawing, of its labels, and how many letters these hold.
WIDTH, LABELS, LETTERS = 540, 232, 36
#: The height of an item, of the axis with its title, and the room around.
ROW, AXIS, ROOM = 32, 42, 6
#: From this likelihood on, of other raters and of other weights, an item is surely among the first.
SURE = 0.8
#: Where the places that an item moved stand, right of the scale.
BESIDE = HIGHEST + 0.15
END = HIGHEST + 1.25


def picture(words: Words, items: pd.DataFrame, labels: Mapping[str, str]) -> str:
    """Return the drawing of one group as SVG; empty where nothing has a score.

    Args:
        words: the language.
        items: of one group, as :class:`analysis.explore.scoring.Outcome` has them.
        labels: the label of each item by its code.
    """
    scored = items[items["score"].notna()]
    if scored.empty:
        return ""
    drawn: str = vl_convert.vegalite_to_svg(chart(words, scored, labels), format_locale=theme.number_locale(words))
    return drawn


def chart(words: Words, scored: pd.DataFrame, labels: Mapping[str, str]) -> dict[str, Any]:
    """Return the specification of the drawing: a dot and its interval per item, the highest score first."""
    rows = _rows(words, scored, labels)
    return _form(words.language) | {"datasets": {_DATA: rows.to_dict("records")}, "height": ROW * len(rows)}


@cache
def _form(language: str) -> dict[str, Any]:
    """Return the drawing without its items: made once, as Altair takes longer for it than for all else."""
    words, start = Words(language), alt.Chart()
    y = alt.Y("item:N", sort=None, title=None, axis=_NAMES)
    x = alt.X("score:Q", title=words.t("Score (1 to 5)"), axis=_AXIS, scale=_SCALE)
    was = start.mark_point(filled=False, size=2 * theme.POINT, stroke=theme.BESIDE, strokeWidth=theme.THIN, opacity=1)
    dots = start.mark_point(filled=True, size=2 * theme.POINT, stroke=theme.MAIN, strokeWidth=theme.OUTLINE, opacity=1)
    rule = start.mark_rule(color=theme.MAIN, strokeWidth=theme.THIN)
    layers = [
        rule.encode(y=y, x=alt.X("score_onder:Q"), x2="score_boven:Q"),
        was.encode(y=y, x=alt.X("score_vroeger:Q")),
        dots.encode(y=y, x=x, fill=alt.Fill("vulling:N", scale=None)),
        start.mark_text(align="left").encode(y=y, x=alt.datum(BESIDE), text="verschuiving:N"),
    ]
    spec = theme.spec(alt.LayerChart(layer=layers, data=alt.NamedData(_DATA)), words)
    # a drawing that need not find out how much room its labels take, nor describes itself, is made twice as fast
    spec["config"]["aria"] = False
    padding = {"left": LABELS, "top": ROOM, "right": ROOM, "bottom": AXIS}
    return spec | {"width": WIDTH - LABELS - ROOM, "autosize": "none", "padding": padding}


def told(words: Words, items: pd.DataFrame, labels: Mapping[str, str], group: str) -> str:
    """Say in words what the drawing of a group shows, for who cannot see it."""
    first = items.sort_values("plaats", kind="stable").iloc[0]
    return words.t(
        "{group}: a dot per item at its score, from high to low, with its interval; first {item} with {score}.",
        group=group,
        item=named(words, str(first["swot_code"]), labels),
        score=words.number(float(first["score"]), 1),
    )


_DATA = "items"
_BROKEN = {"condition": {"test": "indexof(datum.label, '\\n') > 0", "value": -theme.LINE_HEIGHT / 2}, "value": 0}
_NAMES = alt.Axis(
    labelExpr="split(datum.label, '\\n')", labelOffset=_BROKEN, labelLimit=0, labelPadding=10, domain=False, ticks=False
)
_AXIS = alt.Axis(values=[*range(int(LOWEST), int(HIGHEST) + 1)], format=theme.WHOLE, grid=True)
_SCALE = alt.Scale(domain=[LOWEST, END], zero=False, nice=False)


def _rows(words: Words, scored: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return what is drawn: only what the drawing needs, under names that the chart asks for."""
    sure = (scored["top"] >= SURE) & (scored["gewogen"] >= SURE) & (scored["plaats"] <= TOP)
    return pd.DataFrame(
        {
            "item": [
                "\n".join(textwrap.wrap(f"{code} {labels.get(code, '')}", LETTERS)) for code in scored["swot_code"]
            ],
            **{name: scored[name].to_numpy() for name in ("score", "score_onder", "score_boven", "score_vroeger")},
            "vulling": [theme.MAIN if one else theme.LIGHT for one in sure],
            "verschuiving": [
                moved(words, places, before)
                for places, before in zip(scored["verschoven"], scored["vroeger"], strict=True)
            ],
        }
    )
