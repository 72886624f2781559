"""The drawing of all actions: two blocks side by side, a row per action, a cell per quarter.

Each status is one layer of thick lines, for which the report needs a tenth of the bytes of as many bars.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd

from analysis.quarter import Quarter
from analysis.views import standing, theme
from analysis.views.report import Report
from analysis.views.voortgang import beloop, common
from analysis.views.voortgang.beloop import UNKNOWN, Course

#: A row, the cell in it, the heading of a krachtlijn, the room before an objective, the years above: in pixels.
ROW, CELL, HEAD, APART, YEARS = 13, 9, 20, 5, 16
#: Right of the cells: the sign and the code of the action. Between the blocks. In pixels.
LABEL, BETWEEN = 58, 8
#: With fewer actions than this one block is enough.
ONE_BLOCK = 16
#: What a page can hold; of more actions the worst are drawn.
MOST_ACTIONS = 130
#: What a chart may hold, in pieces of equal cells; with more of them it begins later.
MOST_PIECES = 470
#: With fewer quarters a cell would be as wide as a year.
FEWEST_QUARTERS = 8
#: Where the second block begins on the scale: anything beyond the last quarter.
SECOND = 1000
#: Drawings narrower than this show every other year.
NARROW = 450


@dataclass(frozen=True)
class Place:
    """Where something stands: in which block, and how far from the top, in pixels."""

    block: int
    y: float


def drawn(courses: dict[str, Course], order: Sequence[str], most: int = MOST_ACTIONS) -> list[str]:
    """Return the actions that are drawn: all of them, or else the worst, in the order of the plan.

    Args:
        courses: of all actions.
        order: the statuses, worst first.
        most: how many there is room for.
    """
    worst = sorted(courses, key=lambda code: (order.index(courses[code].now), -courses[code].length))[:most]
    return [code for code in courses if code in set(worst)]


def since(courses: Sequence[Course], most: int = MOST_PIECES) -> int:
    """Return at which quarter the drawing begins, so that it does not hold more pieces than it may.

    >>> since([beloop.course(["groen", "rood", "groen", "rood"], "rood")], most=2)
    2
    """
    length = max((len(each.seen) for each in courses), default=0)
    starts = range(max(length, 1))
    return next((start for start in starts if sum(_pieces(each, start) for each in courses) <= most), starts[-1])


def _pieces(course: Course, start: int) -> int:
    """Count the pieces of a row: those that are drawn, and one for its label when the last is not."""
    parts = beloop.runs(course.seen[start:])
    return sum(status != UNKNOWN for status, _, _ in parts) + (course.seen[-1] == UNKNOWN)


@dataclass(frozen=True)
class Layout:
    """Where the rows stand: the place of each action, the headings with theirs, and the height of the whole."""

    places: dict[str, Place]
    heads: list[tuple[str, Place]]
    height: float

    @property
    def blocks(self) -> int:
        """Return how many blocks there are."""
        return 1 + max((place.block for place in self.places.values()), default=0)


def placed(rows: pd.DataFrame) -> Layout:
    """Place actions and headings; a krachtlijn that goes on in the second block has a heading there too.

    Args:
        rows: ``actie_code``, ``doelstelling_code``, ``krachtlijn_code`` in the order of the plan.
    """
    if len(rows) < ONE_BLOCK:
        return _block(rows, 0)
    cuts = [(_block(rows[:place], 0), _block(rows[place:], 1)) for place in _breaks(rows)]
    left, right = min(cuts, key=lambda cut: max(cut[0].height, cut[1].height))
    return Layout(left.places | right.places, left.heads + right.heads, max(left.height, right.height))


def _breaks(rows: pd.DataFrame) -> list[int]:
    """Return where the second block may begin: at an objective, or anywhere in a plan with one objective."""
    codes = rows["doelstelling_code"].tolist()
    starts = [place for place in range(1, len(codes)) if codes[place] != codes[place - 1]]
    return starts or list(range(1, len(codes)))


def _block(rows: pd.DataFrame, block: int) -> Layout:
    found = Layout({}, [], float(YEARS))
    y, line, objective = float(YEARS), None, None
    for row in standing.each(rows):
        if row.krachtlijn_code != line:
            y += 0 if line is None else APART
            found.heads.append((str(row.krachtlijn_code), Place(block, y + HEAD / 2)))
            y += HEAD
        elif row.doelstelling_code != objective:
            y += APART
        found.places[str(row.actie_code)] = Place(block, y + ROW // 2)
        line, objective, y = row.krachtlijn_code, row.doelstelling_code, y + ROW
    return Layout(found.places, found.heads, y)


def pieces(report: Report, courses: dict[str, Course], layout: Layout, quarters: Sequence[Quarter]) -> pd.DataFrame:
    """Return the drawn pieces of each row through the last of these quarters; its last piece carries the label."""
    words, labels = report.words, common.statuses(report).set_index("actie_code")["label"]
    names, rows = common.status_words(words), []
    for code, place in layout.places.items():
        course, left = courses[code], SECOND * place.block
        for status, begin, end in beloop.runs(course.seen[-len(quarters) :]):
            last = end == len(quarters)
            label = f"{theme.PROGRESS_SIGNS[course.now]} {code}" if last else ""
            period = f"{quarters[begin]}–{quarters[end - 1]}" if end - begin > 1 else str(quarters[begin])
            hint = words.t("{name}: {value}", name=f"{code} {labels[code]}, {period}", value=names[status])
            if status != UNKNOWN or last:
                rows.append((left + begin, left + end, place.y, status, common.signed(words, status), label, hint))
    return pd.DataFrame(rows, columns=["van", "tot", "y", "status", "stand", "naam", "uitleg"])


def picture(
    report: Report, courses: dict[str, Course], codes: Sequence[str], quarters: Sequence[Quarter]
) -> dict[str, Any]:
    """Draw the courses of some actions through some quarters, the last of them that of the report."""
    actions = common.statuses(report)
    layout = placed(actions[actions["actie_code"].isin(codes)])
    rows = pieces(report, courses, layout, quarters)
    x = alt.X("van:Q", scale=_across(max(len(quarters), FEWEST_QUARTERS), layout.blocks), axis=None)
    down = alt.Scale(domain=[0, layout.height], range=[0, layout.height], nice=False)
    y = alt.Y("y:Q", scale=down, axis=None)
    years = _years(quarters, layout.blocks)
    layers = [
        theme.base(years).mark_rule(color=theme.RULE).encode(x=x),
        *_cells(report, rows, x, y),
        theme.base(rows)
        .transform_filter(alt.datum.naam != "")
        .mark_text(align="left", dx=5)
        .encode(x=alt.X("tot:Q", axis=None), y=y, text=alt.Text("naam:N")),
        theme.base(_heads(report, layout))
        .mark_text(align="left", fontWeight="bold", limit=alt.expr(f"width / {layout.blocks} - {BETWEEN}"))
        .encode(x=x, y=y, text=alt.Text("naam:N")),
        theme.base(years).mark_text(align="left").encode(x=x, y=y, text=_where_there_is_room()),
    ]
    return theme.spec(alt.LayerChart(layer=layers), report.words, height=round(layout.height))


def _across(quarters: int, blocks: int) -> alt.Scale:
    """Return the scale from left to right: a whole number of pixels per quarter, whatever the width is."""
    width = f"floor((width / {blocks} - {LABEL}) / {quarters}) * {quarters}"
    second = f"ceil(width / 2) + {BETWEEN}"
    domain, ends = [0, quarters], [{"expr": "0"}, {"expr": width}]
    if blocks > 1:
        domain += [SECOND, SECOND + quarters]
        ends += [{"expr": second}, {"expr": f"{second} + {width}"}]
    return alt.Scale(domain=domain, range=ends, nice=False, zero=False)


def _cells(report: Report, rows: pd.DataFrame, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Return a layer of thick lines per status."""
    names = {code: common.signed(report.words, code) for code in theme.PROGRESS_COLOURS}
    there = [code for code in theme.PROGRESS_COLOURS if code in set(rows["status"])]
    legend = alt.Legend(
        values=[names[code] for code in there],
        symbolType="stroke",
        symbolStrokeWidth=CELL,
        symbolSize=CELL * CELL,
        columns=alt.expr(f"width > {NARROW} ? 4 : 2"),
    )
    scale = theme.scale(theme.PROGRESS_COLOURS, names)
    return [
        theme.base(rows)
        .transform_filter(alt.datum.status == code)
        .mark_rule(strokeWidth=CELL)
        .encode(
            x=x,
            x2=alt.X2("tot:Q"),
            y=y,
            color=alt.Color("stand:N", scale=scale, legend=legend),
            tooltip=alt.Tooltip("uitleg:N"),
        )
        for code in there
        if code != UNKNOWN
    ]


def _heads(report: Report, layout: Layout) -> pd.DataFrame:
    lines = standing.krachtlijnen(report).set_index("krachtlijn_code")["label"]
    rows = [(SECOND * place.block, place.y, f"{code} {lines[code]}".strip()) for code, place in layout.heads]
    return pd.DataFrame(rows, columns=["van", "y", "naam"])


def _years(quarters: Sequence[Quarter], blocks: int) -> pd.DataFrame:
    """Return where each year begins, in each block; ``altijd`` also where there is room for every other year only."""
    starts = [(place, quarter.year) for place, quarter in enumerate(quarters) if quarter.number == 1 or place == 0]
    if len(starts) > 1 and starts[1][0] < starts[0][0] + 3:
        starts = starts[1:]  # too little of the first year for its name
    few = len(starts) < 4
    rows = [
        (SECOND * block + place, YEARS / 2, str(year), few or year % 2 == 0)
        for block in range(blocks)
        for place, year in starts
    ]
    return pd.DataFrame(rows, columns=["van", "y", "naam", "altijd"])


def _where_there_is_room() -> Any:  # noqa: ANN401 - a condition has no type of its own
    return alt.condition(f"width > {NARROW} || datum.altijd", alt.Text("naam:N"), alt.value(""))
