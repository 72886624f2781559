"""The drawing of the course: a panel for the plan and each krachtlijn, on one scale, from 0 to 100 %."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import pandas as pd

from analysis.language import Words
from analysis.models.delivered.rollup import WHOLE
from analysis.models.delivered.status import quarter_numbers
from analysis.quarter import Quarter
from analysis.views import standing, theme
from analysis.views.report import Report
from analysis.views.voortgang import common

#: Panels side by side where there is room, the height of one and about its width, in pixels.
COLUMNS, HEIGHT, WIDTH = 3, 110, 150
#: About how many bytes the panels may take, and how many one takes and a quarter in it, in both drawings together.
BYTES, PANEL, POINT = 21_000, 1_450, 85
#: Characters on a line of a heading, and lines of the name in it.
LINE, LINES = 24, 3
#: The lines behind a panel, in %; a value beside them keeps clear of each by so much, and of the other value.
BEHIND, CLEAR, APART = (0, 50, 100), 7.5, 14
#: Room at the right for the values, and from the line to them, in pixels.
ROOM, BESIDE = 44, 7


def shown(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the groups that fit in the chart, in their order: the plan, and those with the least average."""
    last = rows[rows["kwartaal"] == rows["kwartaal"].max()]
    most = max(2, BYTES // (PANEL + POINT * rows["kwartaal"].nunique()))
    lines = last[last["code"] != WHOLE].sort_values("gemiddelde", kind="stable", na_position="first")
    return rows[rows["code"].isin({WHOLE, *lines["code"].head(most - 1)})]


def picture(report: Report, rows: pd.DataFrame, names: dict[str, str]) -> dict[str, Any]:
    """Draw a panel per group.

    Args:
        report: the report.
        rows: see :func:`analysis.models.delivered.rollup.over_time`.
        names: of each group, by its code.
    """
    words = report.words
    headings = {code: _heading(words, name, rows[rows["code"] == code].iloc[-1]) for code, name in names.items()}
    drawn = _drawn(words, rows, headings)
    first, last = float(drawn["x"].min()) - 0.25, float(drawn["x"].max())
    end = first + (last - first) * WIDTH / (WIDTH - ROOM)
    x = alt.X(
        "x:Q",
        scale=alt.Scale(domain=[first, end], nice=False, zero=False),
        axis=alt.Axis(
            title=None,
            format=theme.YEAR,
            values=[*range(int(-(-first // 1)), int(last) + 1)],
            labelOverlap="greedy",
            labelSeparation=BESIDE,
            grid=False,
            domain=False,
        ),
    )
    y = alt.Y(
        "y:Q",
        scale=alt.Scale(domain=[0, 100], nice=False),
        axis=alt.Axis(title=None, format=theme.WHOLE, values=list(BEHIND), domain=False, ticks=False),
    )
    spec = theme.panels(_layers(words, alt.Chart().encode(x=x, y=y)), drawn, list(headings.values()), words, HEIGHT)
    spec["facet"]["header"]["labelExpr"] = "split(datum.label, '\\n')"
    return spec | {"columns": min(COLUMNS, len(headings))}


def _heading(words: Words, name: str, now: pd.Series) -> str:
    """Return the name over at most a few lines, then the action that is least far."""
    lines = textwrap.wrap(name, LINE, max_lines=LINES, placeholder="…")
    return "\n".join([*lines, words.t("least far: {action}", action=_least(words, now))])


def _least(words: Words, row: Any) -> str:  # noqa: ANN401 - a row
    """Return the code of the least advanced action; of several, how many there are."""
    n = int(row.slechtste_aantal)
    if n == 1:
        return str(row.slechtste)
    return words.tn("{n} action as far", "{n} actions as far", n) if n else words.t("none known")


def _drawn(words: Words, rows: pd.DataFrame, headings: dict[str, str]) -> pd.DataFrame:
    """Return a row per group and quarter, and one per value at its end (``tekst``)."""
    parts = [_panel(words, own, headings[str(code)]) for code, own in rows.groupby("code", sort=False)]
    return pd.concat(parts, ignore_index=True)


def _panel(words: Words, own: pd.DataFrame, heading: str) -> pd.DataFrame:
    quarters = [Quarter.parse(text) for text in own["kwartaal"]]
    facts = pd.DataFrame(
        {
            "paneel": heading,
            "x": [quarter.year + quarter.number / 4 for quarter in quarters],
            "y": own["gemiddelde"].to_numpy(float).round(1),
            "laag": own["onder"].to_numpy(float).round(1),
            "hoog": own["boven"].to_numpy(float).round(1),
            "minst": own["slechtste_voortgang"].to_numpy(float).round(1),
            "tekst": "",
            "uitleg": [_hint(words, quarter, row) for quarter, row in zip(quarters, standing.each(own), strict=True)],
        }
    )
    # a quarter on which nothing was delivered is a hole in the lines
    holes = quarter_numbers(own["kwartaal"]).diff().fillna(1.0).to_numpy() > 1
    pieces = pd.Series(holes).cumsum()
    facts = facts.assign(stuk=pieces, alleen=pieces.map(pieces.value_counts()) == 1)
    return pd.concat([facts, _ends(words, facts.iloc[-1])], ignore_index=True)


def _ends(words: Words, last: pd.Series) -> pd.DataFrame:
    """Return the two values at the end of the lines, apart from each other."""
    average, least = float(last["y"]), float(last["minst"])
    texts = [(average, common.percent(words, average), "bold"), (least, common.percent(words, least), "normal")]
    high = _clear(max(average, APART + CLEAR) if least == least else average)
    low = _clear(min(least, high - APART))
    places = [high, min(low, high - APART)]
    rows = [(place, text, weight) for place, (value, text, weight) in zip(places, texts, strict=True) if value == value]
    ends = pd.DataFrame(rows, columns=["y", "tekst", "gewicht"])
    return ends.assign(paneel=last["paneel"], x=last["x"], uitleg="")


def _clear(value: float) -> float:
    """Return the place nearest to a value at which no line runs through its text."""
    near = next((line for line in BEHIND if abs(value - line) < CLEAR), None)
    if near is None:
        return value
    up = near == BEHIND[0] or (value > near != BEHIND[-1])
    return near + CLEAR if up else near - CLEAR


def _hint(words: Words, quarter: Quarter, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    return words.t(
        "{quarter}: {average} (between {low} and {high}); least far is {action}",
        quarter=words.quarter(quarter),
        average=common.percent(words, row.gemiddelde),
        low=common.percent(words, row.onder),
        high=common.percent(words, row.boven),
        action=words.t(
            "{name}: {value}", name=_least(words, row), value=common.percent(words, row.slechtste_voortgang)
        ),
    )


def _layers(words: Words, start: alt.Chart) -> list[alt.Chart]:
    names = {
        "gemiddelde": words.t("average of what is known"),
        "marge": words.t("what the silent actions can make of it"),
        "minst": words.t("the least advanced action"),
    }
    colours = {"gemiddelde": theme.MAIN, "marge": theme.LIGHT, "minst": theme.ALERT}
    legend = alt.Legend(orient="top", columns=1, labelLimit=0)
    scale = theme.scale(colours, names)

    def of(kind: str, *, alone: bool = False) -> alt.Chart:
        facts = start.transform_filter((alt.datum.tekst == "") & (alt.datum.alleen == alone))
        return facts.transform_calculate(soort=f"'{names[kind]}'")

    fill, stroke = alt.Fill("soort:N", scale=scale, legend=legend), alt.Stroke("soort:N", scale=scale, legend=None)
    ends = start.transform_filter(alt.datum.tekst != "").mark_text(
        align="left", baseline="middle", dx=BESIDE, fontWeight=alt.ExprRef("datum.gewicht")
    )
    low, high, least = alt.Y("laag:Q"), alt.Y2("hoog:Q"), alt.Y("minst:Q")
    return [
        of("marge").mark_area().encode(y=low, y2=high, fill=fill, detail="stuk:N"),
        of("marge", alone=True).mark_rule(strokeWidth=BESIDE).encode(y=low, y2=high, stroke=stroke),
        of("minst").mark_line(strokeWidth=theme.THIN).encode(y=least, stroke=stroke, detail="stuk:N"),
        of("minst", alone=True).mark_point(filled=True, opacity=1, size=theme.SPECK).encode(y=least, fill=fill),
        of("gemiddelde").mark_line(strokeWidth=theme.THICK).encode(stroke=stroke, detail="stuk:N"),
        of("gemiddelde", alone=True).mark_point(filled=True, opacity=1, size=theme.DOT).encode(fill=fill),
        ends.encode(text="tekst:N"),
        theme.hints(start.transform_filter(alt.datum.tekst == "")),
    ]
