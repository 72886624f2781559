"""Statuses rolled up: a chart per krachtlijn and a table per objective."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.models import progress
from analysis.models.changes import SILENT_DAYS
from analysis.models.evidence import STATUSES
from analysis.views import levels, standing
from analysis.views.report import Report, in_every_language
from analysis.views.theme import INK, LINE_HEIGHT, STATUS_COLOURS, STATUS_INKS, base, scale, spec

#: Characters that fit on a line of the narrow drawing.
NARROW_LINE = 44
#: Height of a bar, of the room between a bar and its texts, and between two bars, in pixels.
BAR, ROOM, BETWEEN = 26, 5, 8
_TEXT: dict[str, Any] = {"align": "left", "lineBreak": "\n", "lineHeight": LINE_HEIGHT}


@in_every_language
def status_per_krachtlijn(report: Report) -> Figure:
    """Chart: the actions of each krachtlijn by status."""
    rows = standing.statuses(report)
    if rows.empty:
        return standing.no_actions(report, "krachtlijnen-status")
    words, events = report.words, standing.events(report)
    lines = standing.krachtlijnen(report)
    counts = progress.count(rows, "krachtlijn_code").merge(lines[["krachtlijn_code", "label"]], on="krachtlijn_code")
    told = [_told(report, row) for row in standing.each(counts)]
    return Figure(
        id="krachtlijnen-status",
        kind="chart",
        title=standing.overall(report, rows),
        subtitle=words.t(
            "Number of actions per krachtlijn and status, as public evidence shows it; the words under a bar stand in "
            "the order of its parts"
        ),
        alt=words.t("Stacked bars, one per krachtlijn. {lines}", lines=" ".join(told)),
        grid=_status_grid(report, counts),
        spec=spec(_bars(report, counts), words, height=_height(report, counts)),
        origins=standing.origins(report, rows),
        notes=(
            *standing.silence(report, rows),
            *standing.limits(report, rows),
            *standing.dating_notes(report, events),
            *levels.notes(report),
        ),
    )


@in_every_language
def status_per_objective(report: Report) -> Figure:
    """Table: each objective's actions by status, with its youngest evidence."""
    rows = standing.statuses(report)
    if rows.empty:
        return standing.no_actions(report, "krachtlijnen-doelstellingen")
    words, table = report.words, progress.objectives(rows)
    above = rows.drop_duplicates("doelstelling_code")[["doelstelling_code", "krachtlijn_code", "doelstelling"]]
    table = table.merge(above, on="doelstelling_code")
    columns = (
        Column(standing.level(report, "doelstelling")),
        Column(standing.level(report, "actie", 2), "number"),
        Column(words.t("Without trace"), "number"),
        Column(words.t("The others")),
        Column(words.t("Youngest evidence")),
    )
    cells = tuple(_objective_row(report, row) for row in standing.each(table))
    return Figure(
        id="krachtlijnen-doelstellingen",
        kind="table",
        title=silent_objectives(report, table) if rows["bewijzen"].any() else standing.all_silent(report, rows),
        subtitle=words.t("Number of actions per objective and status, with the date of the youngest public evidence"),
        grid=Grid(columns, cells, _line_groups(report, table)),
        origins=standing.origins(report, rows),
    )


def _told(report: Report, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    counts = [(status, getattr(row, status)) for status in STATUSES]
    return report.words.t(
        "{code}, {label}, {total} actions: {counts}.",
        code=row.krachtlijn_code,
        label=row.label,
        total=report.words.number(row.acties),
        counts=", ".join(standing.counted(report.words, status, n) for status, n in counts if n),
    )


def _status_grid(report: Report, counts: pd.DataFrame) -> Grid:
    words = report.words
    heads = [*standing.status_words(words).values(), standing.level(report, "actie", 2)]
    columns = (Column(standing.line_head(report)), *(Column(head, "number") for head in heads))
    cells = tuple(
        (
            f"{row.krachtlijn_code} {row.label}".strip(),
            *(words.number(getattr(row, name)) for name in (*STATUSES, "acties")),
        )
        for row in standing.each(counts)
    )
    return Grid(columns, cells)


def _bars(report: Report, counts: pd.DataFrame) -> alt.LayerChart:
    """One bar per krachtlijn: its name above, its counts in the segments and in words below.

    The words stand in the order of the segments, so that no legend is needed.
    """
    named = standing.status_words(report.words)
    segments, texts = _segments(report, counts), _texts(report, counts)
    y = alt.Y("code:N", sort=[str(code) for code in counts["krachtlijn_code"]], axis=None)
    wide = alt.Scale(domain=[0, int(counts["acties"].max())], nice=False)
    colours = scale(STATUS_COLOURS, named)
    above, below = _lines(texts)
    # a bar leaves the middle of its band for the side with the longer text
    shift = LINE_HEIGHT * (above - below) / 2
    bars = base(segments).mark_bar(height=BAR, stroke=INK, strokeWidth=1, yOffset=shift)
    numbers = base(segments).mark_text(fontWeight="bold", dy=shift)
    layers = [
        bars.encode(
            x=alt.X("van:Q", scale=wide, axis=None),
            x2=alt.X2("tot:Q"),
            y=y,
            color=alt.Color("status:N", scale=colours, legend=None),
            tooltip=alt.Tooltip("uitleg:N"),
        ),
        # the number lies over the bar, so it tells the same
        numbers.encode(
            x=alt.X("midden:Q", scale=wide),
            y=y,
            text=alt.Text("aantal:N"),
            color=alt.Color("inkt:N", scale=None),
            tooltip=alt.Tooltip("uitleg:N"),
        ),
    ]
    for lines, own in texts.groupby("regels"):
        # a text of several lines grows downwards, so it must start higher
        start = shift - BAR / 2 - ROOM - LINE_HEIGHT * (int(str(lines)) - 1)
        name = base(own).mark_text(fontWeight="bold", baseline="bottom", dy=start, **_TEXT)
        layers.append(name.encode(x=alt.value(0), y=y, text=alt.Text("naam:N")))
    told = base(texts).mark_text(baseline="top", dy=shift + BAR / 2 + ROOM + 1, **_TEXT)
    layers.append(told.encode(x=alt.value(0), y=y, text=alt.Text("telling:N")))
    return alt.LayerChart(layer=layers)


def _lines(texts: pd.DataFrame) -> tuple[int, int]:
    """Return how many lines the longest text above and below a bar has."""
    return int(texts["regels"].max()), int(texts["telling"].str.count("\n").max()) + 1


def _height(report: Report, counts: pd.DataFrame) -> int:
    """Return the height of the drawing, in which each bar has room for the longest texts."""
    return len(counts) * (BAR + BETWEEN + 2 * ROOM + LINE_HEIGHT * sum(_lines(_texts(report, counts))))


def _segments(report: Report, counts: pd.DataFrame) -> pd.DataFrame:
    named, rows = standing.status_words(report.words), []
    for row in standing.each(counts):
        start = 0
        for status in STATUSES:
            n = int(getattr(row, status))
            if n:
                ink = STATUS_INKS[status]
                told = report.words.number(n)
                hint = report.words.t("{name}: {value}", name=named[status], value=told)
                cell = (row.krachtlijn_code, named[status], start, start + n, start + n / 2, told, ink, hint)
                rows.append(cell)
            start += n
    names = ["code", "status", "van", "tot", "midden", "aantal", "inkt", "uitleg"]
    return pd.DataFrame(rows, columns=names)


def _title_of(row: Any) -> str:  # noqa: ANN401
    return f"{row.krachtlijn_code}. {row.label}" if row.krachtlijn_code else str(row.label)


def _texts(report: Report, counts: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in standing.each(counts):
        found = [(status, int(getattr(row, status))) for status in STATUSES]
        phrases = [standing.counted(report.words, status, n) for status, n in found if n]
        # a line breaks between two counts, never within one
        said = ", ".join(phrase.replace(" ", "\u00a0") for phrase in phrases)
        name = textwrap.wrap(_title_of(row), NARROW_LINE, max_lines=3, placeholder="…")
        below = textwrap.wrap(said, NARROW_LINE, break_long_words=False)
        rows.append((row.krachtlijn_code, "\n".join(name), "\n".join(below), len(name)))
    return pd.DataFrame(rows, columns=["code", "naam", "telling", "regels"])


def _objective_row(report: Report, row: Any) -> tuple[str, ...]:  # noqa: ANN401
    words = report.words
    found = [(status, int(getattr(row, status))) for status in STATUSES if status != "geen_spoor"]
    said = ", ".join(standing.counted(words, status, n) for status, n in found if n)
    return (
        f"{row.doelstelling_code} {row.doelstelling}",
        words.number(row.acties),
        words.number(row.geen_spoor),
        said or words.t("none of the others"),
        words.period(row.laatste_van, row.laatste, row.laatste_soort),
    )


def silent_objectives(report: Report, table: pd.DataFrame) -> str:
    """Name the objectives of which no action shows anything."""
    silent = table[table["geen_spoor"] == table["acties"]]
    if silent.empty:
        old = progress.older_than(table, SILENT_DAYS)
        return report.words.t(
            "Every objective has an action with a public trace; at {old} of the {total} the youngest "
            "evidence is more than two years old",
            old=report.words.number(old),
            total=report.words.number(len(table)),
        )
    return report.words.t(
        "At {n} of the {total} objectives no action has a public trace: {codes}",
        n=report.words.number(len(silent)),
        total=report.words.number(len(table)),
        codes=report.words.list(list(silent["doelstelling_code"])),
    )


def _line_groups(report: Report, table: pd.DataFrame) -> dict[int, str]:
    firsts = table.reset_index(drop=True).drop_duplicates("krachtlijn_code")
    return {
        int(place): standing.named_line(report, code)
        for place, code in zip(firsts.index, firsts["krachtlijn_code"], strict=True)
    }
