"""The bars of people and money, drawn by the one visual grammar of the report."""

from __future__ import annotations

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.views.personeel_budget import wording
from analysis.views.theme import AXIS_LINE, OUTLINE, base, fact_marks

#: The axis of names or years beside horizontal bars.
AXIS = alt.Axis(ticks=False, domain=False, labelPadding=8)

#: Room beside the longest bar, as a share of it, for the text at its end.
_ROOM = 0.75
#: The same beside a pair of bars, whose texts are longer.
_PAIR_ROOM = 1.0
#: Two bars of one year together, and the space to the next year, in pixels.
PAIR_HEIGHT = 38


def bars(rows: pd.DataFrame) -> alt.LayerChart:
    """Draw horizontal bars with a text at the end of each, in the order of the rows.

    Args:
        rows: ``naam`` (unique), ``waarde`` (0 for no bar), ``tekst``, ``soort`` (a key of ``theme.FACTS``).
    """
    end = float(rows["waarde"].max()) * (1 + _ROOM)
    y = alt.Y("naam:N", sort=list(rows["naam"]), title=None, axis=AXIS)
    x = alt.X("waarde:Q", axis=None, scale=alt.Scale(domain=[0, end]))
    start = base(rows).encode(y=y, x=x)
    drawn = base(rows[rows["waarde"] > 0]).encode(y=y, x=x)
    drawn = drawn.mark_bar(size=15, strokeWidth=OUTLINE).encode(**_style(rows))
    texts = start.mark_text(align="left", baseline="middle", dx=6).encode(text=alt.Text("tekst:N"))
    return wording.layered(drawn, texts)


def named_bars(rows: pd.DataFrame) -> alt.LayerChart:
    """Draw horizontal bars with the long name above each and its text at the end.

    Args:
        rows: as for :func:`bars`.
    """
    end = float(rows["waarde"].max()) * 1.35
    y = alt.Y("naam:N", sort=None, axis=None)
    x = alt.X("waarde:Q", axis=None, scale=alt.Scale(domain=[0, end]))
    start = base(rows).encode(y=y)
    drawn = start.mark_bar(size=13, yOffset=8, strokeWidth=OUTLINE).encode(x=x, **_style(rows))
    texts = start.mark_text(align="left", baseline="middle", dx=6, dy=8).encode(x=x, text=alt.Text("tekst:N"))
    names = start.mark_text(align="left", baseline="middle", dy=-9).encode(
        x=alt.datum(0, type="quantitative"), text=alt.Text("naam:N")
    )
    return wording.layered(drawn, texts, names)


def pairs(rows: pd.DataFrame, kinds: list[str]) -> alt.LayerChart:
    """Draw two kinds of one figure under each other, per year; each bar has its own text.

    Args:
        rows: ``naam`` (the year), ``soort`` (one of the kinds), ``waarde`` (NaN for a text without a bar), ``tekst``.
        kinds: the two kinds, the upper one first.
    """
    known = rows[rows["waarde"].notna()]
    low, high = min(float(known["waarde"].min()), 0.0), max(float(known["waarde"].max()), 0.0)
    room = max(high - low, 1.0) * _PAIR_ROOM
    scale = alt.Scale(domain=[low, high + room], nice=False)
    y = alt.Y("naam:O", title=None, axis=AXIS, scale=alt.Scale(paddingInner=0.24, paddingOuter=0.1))
    offset = alt.YOffset("soort:N", scale=alt.Scale(domain=kinds, paddingInner=0.15))
    # a deficit runs to the left of nought, so its text stands to the right of it
    ends = rows.assign(einde=rows["waarde"].fillna(0.0).clip(lower=0.0))
    bars = base(known[["naam", "soort", "waarde"]]).mark_bar(strokeWidth=OUTLINE)
    texts = base(ends[["naam", "soort", "einde", "tekst"]]).mark_text(align="left", baseline="middle", dx=6)
    nought = base(pd.DataFrame({"nul": [0]})).mark_rule(color=AXIS_LINE)
    return wording.layered(
        bars.encode(y=y, yOffset=offset, x=alt.X("waarde:Q", axis=None, scale=scale), **_style(rows)),
        nought.encode(x=alt.X("nul:Q", axis=None, scale=scale)),
        texts.encode(y=y, yOffset=offset, x=alt.X("einde:Q", axis=None, scale=scale), text=alt.Text("tekst:N")),
    )


def bars_alt(words: Words, rows: pd.DataFrame) -> str:
    """Describe horizontal bars (``naam``, ``tekst``) for who does not see them; a name stands once."""
    same = rows.groupby("naam", sort=False)["tekst"].agg(list)
    items = [words.t("{name}: {value}", name=name, value=words.list(texts)) for name, texts in same.items()]
    return words.t("Horizontal bars. {items}.", items=words.joined(items))


def _style(rows: pd.DataFrame) -> dict[str, alt.Fill | alt.Stroke | alt.StrokeDash]:
    scales = fact_marks(list(dict.fromkeys(rows["soort"])))
    return {
        "fill": alt.Fill("soort:N", scale=scales["fill"], legend=None),
        "stroke": alt.Stroke("soort:N", scale=scales["stroke"], legend=None),
        "strokeDash": alt.StrokeDash("soort:N", scale=scales["strokeDash"], legend=None),
    }
