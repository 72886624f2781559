"""The red thread: from challenge over item and objective to the progress of the actions, and back."""

from __future__ import annotations

import textwrap
from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import thread as model
from analysis.models.evidence import STATUSES
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.swot import common
from analysis.views.theme import INK, STATUS_COLOURS, STATUS_INKS, base, scale, spec

#: Height of a bar, and of the band of an item with its name above the bar, in pixels: all of it fits on a sheet.
BAR, BAND = 13, 29
#: The status that the rest of a bar has: it goes without a number, so that the drawing stays light.
REST = STATUSES[-1]
#: Characters of a name that fit in the narrow drawing.
LINE = 46
#: More codes than this are counted in a title, not named.
NAMED = 6


@in_every_language
def thread(report: Report) -> Figure:
    """Chart: behind each item the actions of the objectives that answer it, by status."""
    actions, found = standing.statuses(report), _items(report)
    if found.empty:
        return common.absent(report, "swot-rode-draad")
    words, loose = report.words, model.loose(actions, common.links(report))
    title = thread_title(words, model.untouched(found, "W"), int((found["groep"] == "W").sum()), len(loose))
    return Figure(
        id="swot-rode-draad",
        kind="chart",
        title=title,
        subtitle=words.t(
            "Number of actions behind each item of the SWOT, by what public evidence shows of them; in brackets how "
            "many challenges come back in the item"
        ),
        alt=words.t("A stacked bar per item. {title}.", title=title),
        grid=_grid(report, found),
        spec=spec(_bars(report, found), words, height=BAND * len(found)),
        origins=report.origins(found, common.links(report), common.raised(report), actions, standing.events(report)),
        notes=(
            common.own_links(report),
            words.t("One action may stand behind several items; the numbers do not add up to the actions of the plan."),
            *standing.silence(report, actions),
        ),
    )


def thread_title(words: Words, untouched: list[str], weaknesses: int, loose: int) -> str:
    """Say which weaknesses no completed action touches, and how many actions answer no item.

    Args:
        words: the language.
        untouched: codes of the weaknesses without a completed action.
        weaknesses: how many weaknesses there are.
        loose: how many actions answer no item.
    """
    said = words.t("Each weakness is touched by an action of which the public saw the end")
    if untouched:
        said = words.tn(
            "{n} of the {total} weaknesses is touched by no publicly completed action ({codes})",
            "{n} of the {total} weaknesses are touched by no publicly completed action ({codes})",
            len(untouched),
            total=words.number(weaknesses),
            codes=standing.short_list(words, untouched, NAMED),
        )
    if not loose:
        return words.t("{said}; every action answers an item", said=said)
    return words.tn("{said}; {n} action answers no item", "{said}; {n} actions answer no item", loose, said=said)


@in_every_language
def challenges(report: Report) -> Figure:
    """Table: per challenge the items in which it comes back, the objectives that answer them, and their progress."""
    actions, links = standing.statuses(report), common.raised(report)
    if common.answers(report, actions).empty:
        return common.absent(report, "swot-uitdagingen")
    words, names = report.words, _origins(report.words)
    known = report.labelled(report.now.table("uitdagingen"))
    found = model.of_challenges(known, links, common.links(report), actions)
    without = int((found["items"].map(len) == 0).sum())
    columns = (
        Column(words.t("Challenge")),
        Column(words.t("Items of the SWOT")),
        Column(words.t("Objectives (thread)")),
        Column(words.t("Actions (number)"), "number"),
        Column(words.t("Of which completed"), "number"),
    )
    firsts = found.reset_index(drop=True).drop_duplicates("herkomst")["herkomst"]
    return Figure(
        id="swot-uitdagingen",
        kind="table",
        title=challenges_title(words, len(found), without),
        subtitle=words.t(
            "Challenges of the plan, the items of the SWOT in which they come back, the objectives that answer these, "
            "and how many of their actions the public saw completed"
        ),
        grid=Grid(
            columns,
            tuple(_challenge(words, row) for row in standing.each(found)),
            {int(str(place)): names[code] for place, code in firsts.items()},
        ),
        reference=True,
        origins=report.origins(found, links, common.links(report), actions, standing.events(report)),
        notes=(
            words.t("In which item a challenge comes back is Krachtlijn’s own reading; the plan does not say it."),
            words.t("A challenge without an item may still be met by an objective that answers no item."),
            common.own_links(report),
        ),
    )


def challenges_title(words: Words, total: int, without: int) -> str:
    """Say how many challenges come back in no item."""
    if not without:
        return words.t("Every challenge comes back in the SWOT")
    return words.tn(
        "{n} of the {total} challenges comes back in no item of the SWOT",
        "{n} of the {total} challenges come back in no item of the SWOT",
        without,
        total=words.number(total),
    )


@in_every_language
def loose(report: Report) -> Figure:
    """Table: the actions that answer no item of the SWOT, with their status."""
    actions = standing.statuses(report)
    if common.answers(report, actions).empty:
        return common.absent(report, "swot-losse-acties")
    words, found = report.words, model.loose(actions, common.links(report))
    status = standing.status_words(words)
    firsts = found.drop_duplicates("doelstelling_code")
    heads = {
        int(str(place)): f"{row.doelstelling_code} {row.doelstelling}"
        for place, row in zip(firsts.index, standing.each(firsts), strict=True)
    }
    return Figure(
        id="swot-losse-acties",
        kind="table",
        title=words.tn(
            "{n} of the {total} actions answers no item of the SWOT",
            "{n} of the {total} actions answer no item of the SWOT",
            len(found),
            total=words.number(len(actions)),
        )
        if len(found)
        else words.t("Every action answers an item of the SWOT"),
        subtitle=words.t("Actions of objectives that answer no item, and what public evidence shows of them"),
        grid=Grid(
            (Column(standing.level(report, "actie")), Column(words.t("Status"))),
            tuple((f"{row.actie_code} {row.label}", status[row.status]) for row in standing.each(found)),
            heads,
        ),
        reference=True,
        origins=report.origins(common.answers(report, actions), common.links(report), actions, standing.events(report)),
        notes=(
            common.own_links(report),
            words.t("An action may have good reasons that no SWOT names, such as a duty by law."),
        ),
    )


def _items(report: Report) -> pd.DataFrame:
    items = report.labelled(report.now.plan("swot", report.plan_id))
    return model.of_items(items, common.links(report), common.raised(report), standing.statuses(report))


def _origins(words: Words) -> dict[str, str]:
    """Return the name of each origin of challenges."""
    return {
        "perspective": words.t("Challenges according to perspective.brussels"),
        "innoviris": words.t("Challenges according to Innoviris"),
        "begroting": words.t("Challenges of budget and institutions"),
        "ambtenarij": words.t("Challenges of the civil service"),
    }


def _challenge(words: Words, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    return (
        str(row.label),
        ", ".join(row.items) or words.t("thread: none"),
        ", ".join(row.doelstellingen) or UNKNOWN_SIGN,
        words.number(row.acties),
        words.number(row.voltooid),
    )


def _grid(report: Report, found: pd.DataFrame) -> Grid:
    words, named = report.words, standing.status_words(report.words)
    columns = (
        Column(words.t("Item")),
        Column(words.t("Challenges (number)"), "number"),
        Column(words.t("Objectives (thread)")),
        Column(words.t("Actions by status")),
    )
    cells = tuple(
        (
            f"{row.swot_code} {row.label}",
            words.number(len(row.uitdagingen)),
            ", ".join(row.doelstellingen) or words.t("thread: none"),
            ", ".join(
                words.t("{name}: {value}", name=named[code], value=words.number(int(getattr(row, code))))
                for code in STATUSES
                if getattr(row, code)
            )
            or UNKNOWN_SIGN,
        )
        for row in standing.each(found)
    )
    firsts, names = found.drop_duplicates("groep")["groep"], common.group_words(report)
    return Grid(columns, cells, {int(str(place)): names[code] for place, code in firsts.items()})


def _bars(report: Report, found: pd.DataFrame) -> alt.LayerChart:
    """A bar per item with its name above it; what has no objective says so in place of a bar."""
    words, named = report.words, standing.status_words(report.words)
    segments, texts = _segments(words, found), _names(words, found)
    y = alt.Y("code:N", sort=found["swot_code"].tolist(), axis=None)
    wide = alt.Scale(domain=[0, max(1, int(found["acties"].max()))], nice=False)
    legend = alt.Legend(columns=1, labelLimit=0, symbolStrokeColor=INK, symbolStrokeWidth=1)
    colour = alt.Color("status:N", scale=scale(STATUS_COLOURS, named), legend=legend)
    hint = alt.Tooltip("uitleg:N")
    bars = base(segments).mark_bar(height=BAR, stroke=INK, strokeWidth=1, yOffset=BAR / 2)
    numbers = base(segments[segments["status"] != named[REST]]).mark_text(fontWeight="bold", dy=BAR / 2)
    names = base(texts).mark_text(align="left", baseline="bottom", fontWeight="bold", dy=-1)
    nothing = base(texts[texts["acties"] == 0]).mark_text(align="left", dy=BAR / 2)
    return alt.LayerChart(
        layer=[
            bars.encode(x=alt.X("van:Q", scale=wide, axis=None), x2=alt.X2("tot:Q"), y=y, color=colour, tooltip=hint),
            numbers.encode(
                x=alt.X("midden:Q", scale=wide),
                y=y,
                text=alt.Text("aantal:N"),
                color=alt.Color("inkt:N", scale=None),
                tooltip=hint,
            ),
            names.encode(x=alt.value(0), y=y, text=alt.Text("naam:N")),
            nothing.encode(x=alt.value(0), y=y, text=alt.Text("zonder:N")),
        ]
    )


def _segments(words: Words, found: pd.DataFrame) -> pd.DataFrame:
    named, rows = standing.status_words(words), []
    for row in standing.each(found):
        start = 0
        for status in STATUSES:
            n = int(getattr(row, status))
            if n:
                told, middle = words.number(n), start + n / 2
                hint = words.t("{name}: {value}", name=named[status], value=told)
                rows.append((row.swot_code, named[status], start, start + n, middle, told, STATUS_INKS[status], hint))
            start += n
    return pd.DataFrame(rows, columns=["code", "status", "van", "tot", "midden", "aantal", "inkt", "uitleg"])


def _names(words: Words, found: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for row in standing.each(found):
        raised = words.number(len(row.uitdagingen))
        room = LINE - len(raised) - len(row.swot_code) - 4
        label = textwrap.shorten(row.label, room, placeholder="…")
        name = words.t("{code} {label} ({raised})", code=row.swot_code, label=label, raised=raised)
        rows.append((row.swot_code, name, int(row.acties), words.t("no objective answers it")))
    return pd.DataFrame(rows, columns=["code", "naam", "acties", "zonder"])
