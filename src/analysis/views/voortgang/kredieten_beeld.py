"""The drawing of payment beside progress: two panels that are never one, with a tick at what is expected of each."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.models.money import REALISED
from analysis.views import theme
from analysis.views.theme import FACTS, PLAN
from analysis.views.voortgang import common

#: Height of an objective's bar with the room around it, and of the bar, in pixels.
ROW, BAR = 22, 11
#: Room at the right for the number, as a share of the scale.
ROOM = 0.42


def picture(words: Words, rows: pd.DataFrame, passed: float) -> dict[str, Any]:
    """Draw a bar per objective in each panel, and a tick at what is expected.

    Args:
        words: the language.
        rows: objectives, from :func:`analysis.models.delivered.credits.beside`, in their order.
        passed: the share of the year that has passed.
    """
    headings = [words.t("Paid of the credit"), words.t("Progress of the actions")]
    paid = rows.assign(paneel=headings[0], waarde=rows["graad"], verwacht=100 * passed)
    done = rows.assign(paneel=headings[1], waarde=rows["voortgang"], verwacht=rows["gevraagd"])
    drawn = pd.concat([paid, done], ignore_index=True)[["paneel", "code", "waarde", "verwacht"]]
    drawn["tekst"] = [common.percent(words, value) for value in drawn["waarde"]]
    end = max(100.0, float(drawn["waarde"].max())) * (1 + ROOM)
    drawn["rand"] = end
    y = alt.Y("code:N", sort=list(rows["code"]), title=None, axis=alt.Axis(ticks=False, domain=False, labelPadding=6))
    scale = alt.Scale(domain=[0, end], nice=False)
    axis = alt.Axis(values=[0, 50, 100], grid=True)
    value, asked, edge = (
        alt.X(f"{name}:Q", title=None, axis=axis, scale=scale) for name in ("waarde", "verwacht", "rand")
    )
    start = alt.Chart().encode(y=y)
    layers = [
        start.mark_bar(size=BAR, color=FACTS[REALISED].fill).encode(x=value),
        start.mark_tick(size=BAR + 6, thickness=theme.THICK, color=FACTS[PLAN].line).encode(x=asked),
        start.mark_text(align="right").encode(x=edge, text=alt.Text("tekst:N")),
    ]
    return theme.panels(layers, drawn, headings, words, ROW * len(rows))
