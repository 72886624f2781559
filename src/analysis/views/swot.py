"""The chapter on the SWOT: which objectives answer which item, and which items none answers."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.models import swot as model
from analysis.views import standing
from analysis.views.report import Report
from analysis.views.theme import INK, PALETTE, PAPER, base, spec


def items(report: Report) -> Figure:
    """Table: every item with the objectives that answer it and the progress of their actions."""
    actions = standing.statuses(report)
    found = _answers(report, actions)
    if found.empty:
        return _absent(report, "swot-items")
    words = report.words
    columns = (
        Column(words.t("Item")),
        Column(words.t("Actions with public progress"), "number"),
        Column(words.t("Answered by")),
    )
    answered = found[found["beantwoord"]]
    weak = answered[2 * answered["vooruit"] < answered["acties"]]
    return Figure(
        id="swot-items",
        kind="table",
        title=words.t(
            "{answered} of the {total} items have an answer in the plan; at {weak} of these, "
            "fewer than half of the actions show public progress",
            answered=words.number(len(answered)),
            total=words.number(len(found)),
            weak=words.number(len(weak)),
        ),
        subtitle=words.t(
            "Items of the SWOT, the objectives that answer them, and how many of the actions of "
            "these objectives are started, running or completed on {date}",
            date=words.date(report.as_of),
        ),
        grid=Grid(columns, _item_rows(report, found), _group_rows(report, found)),
        origins=report.origins(found, _links(report), actions, standing.events(report)),
        notes=(
            _own_links(report),
            words.t(
                "One action may count for several items. Progress of the actions does not say that "
                "the item itself has changed."
            ),
            *standing.silence(report, actions),
        ),
    )


def per_group(report: Report) -> Figure:
    """Chart: per group the items with and without an answer."""
    found = _answers(report, standing.statuses(report))
    if found.empty:
        return _absent(report, "swot-groepen")
    words, counts = report.words, model.per_group(found)
    names, (yes, no) = _group_words(report), _answer_words(report)
    said = [
        words.t(
            "{group}: {yes} of {total} answered",
            group=names[row.groep],
            yes=words.number(row.beantwoord),
            total=words.number(row.items),
        )
        for row in standing.each(counts)
    ]
    heads = (Column(words.t("Group")), *(Column(head, "number") for head in (yes, no)))
    cells = tuple(
        (names[row.groep], words.number(row.beantwoord), words.number(row.onbeantwoord))
        for row in standing.each(counts)
    )
    return Figure(
        id="swot-groepen",
        kind="chart",
        title=_best_group(report, counts),
        subtitle=words.t("Items of the SWOT per group, in numbers"),
        alt=words.t("Stacked bars, one per group. {lines}.", lines=", ".join(said)),
        grid=Grid(heads, cells),
        spec=spec(_bars(report, counts), words, height=56 * len(counts)),
        origins=report.origins(found, _links(report)),
        notes=(_own_links(report),),
    )


def unanswered(report: Report) -> Figure:
    """Table: the items that no objective answers."""
    found = _answers(report, standing.statuses(report))
    if found.empty:
        return _absent(report, "swot-onbeantwoord")
    words, open_items = report.words, found[~found["beantwoord"]]
    if open_items.empty:
        title = words.t("An objective of the plan answers every item")
    else:
        title = words.tn(
            "{n} of the {total} items is answered by no objective: {codes}",
            "{n} of the {total} items are answered by no objective: {codes}",
            len(open_items),
            total=words.number(len(found)),
            codes=words.list(list(open_items["swot_code"])),
        )
    names = _group_words(report)
    cells = tuple((f"{row.swot_code} {report.label(row)}", names[row.groep]) for row in standing.each(open_items))
    return Figure(
        id="swot-onbeantwoord",
        kind="table",
        title=title,
        subtitle=words.t("Items of the SWOT without an objective that works on them"),
        grid=Grid((Column(words.t("Item")), Column(words.t("Group"))), cells),
        origins=report.origins(found, _links(report)),
        notes=(
            _own_links(report),
            words.t("Whether such an item needs an objective is for the board to decide."),
        ),
    )


def objectives(report: Report) -> Figure:
    """Table: every objective with the items that it answers."""
    words = report.words
    plan = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id))
    if report.now.plan("swot", report.plan_id).empty:
        return _absent(report, "swot-doelstellingen")
    rows = model.objectives(plan, _links(report))
    idle = rows[rows["items"].map(len) == 0]
    cells = tuple(
        (f"{row.doelstelling_code} {row.label}", words.number(len(row.items)), _codes(report, row))
        for row in standing.each(rows)
    )
    columns = (
        Column(words.t("Objective")),
        Column(words.t("Items"), "number"),
        Column(words.t("Which")),
    )
    title = words.t("Every objective answers at least one item of the SWOT")
    if len(idle):
        title = words.tn(
            "{n} of the {total} objectives answers no item of the SWOT: {codes}",
            "{n} of the {total} objectives answer no item of the SWOT: {codes}",
            len(idle),
            total=words.number(len(rows)),
            codes=words.list(list(idle["doelstelling_code"])),
        )
    return Figure(
        id="swot-doelstellingen",
        kind="table",
        title=title,
        subtitle=words.t("Objectives of the plan and the items that they answer"),
        grid=Grid(columns, cells),
        origins=report.origins(rows, _links(report)),
        notes=(
            _own_links(report),
            words.t("An objective may have another ground than the SWOT, such as the law."),
        ),
    )


def _answers(report: Report, actions: pd.DataFrame) -> pd.DataFrame:
    found = report.now.plan("swot", report.plan_id)
    return model.answers(found, _links(report), actions)


def _links(report: Report) -> pd.DataFrame:
    return report.now.plan("swot_doelstellingen", report.plan_id)


def _own_links(report: Report) -> str:
    return report.words.t("Which objective answers which item is Krachtlijn’s own reading; the plan does not say it.")


def _group_words(report: Report) -> dict[str, str]:
    words = report.words
    return {
        "S": words.t("Strengths"),
        "W": words.t("Weaknesses"),
        "O": words.t("Opportunities"),
        "T": words.t("Threats"),
    }


def _answer_words(report: Report) -> tuple[str, str]:
    return report.words.t("with an objective"), report.words.t("without an objective")


def _best_group(report: Report, counts: pd.DataFrame) -> str:
    """Say which groups the plan answers in full; else how many items it answers."""
    words, names = report.words, _group_words(report)
    filled = counts[counts["items"] > 0]
    whole = filled[filled["onbeantwoord"] == 0]
    gaps = int(filled["onbeantwoord"].sum())
    if len(whole) == len(filled):
        return words.t("An objective answers every item of each group")
    if whole.empty:
        return words.t("In each group some items have no objective, {gaps} in all", gaps=words.number(gaps))
    return words.tn(
        "All {groups} have an objective; of the other groups {n} item has none",
        "All {groups} have an objective; of the other groups {n} items have none",
        gaps,
        groups=words.list([names[group].lower() for group in whole["groep"]]),
    )


def _item_rows(report: Report, found: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    words = report.words
    plan = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id))
    labels = dict(zip(plan["doelstelling_code"], plan["label"], strict=True))
    return tuple(
        (
            f"{row.swot_code} {report.label(row)}",
            words.t("{some} of {all}", some=words.number(row.vooruit), all=words.number(row.acties))
            if row.beantwoord
            else words.number(None),
            " · ".join(f"{code} {labels[code]}" for code in row.doelstellingen) or words.t("no objective"),
        )
        for row in standing.each(found)
    )


def _group_rows(report: Report, found: pd.DataFrame) -> dict[int, str]:
    names, firsts = _group_words(report), found.drop_duplicates("groep")
    return {int(place): names[group] for place, group in zip(firsts.index, firsts["groep"], strict=True)}


def _codes(report: Report, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    return ", ".join(row.items) or report.words.t("no item")


def _bars(report: Report, counts: pd.DataFrame) -> alt.LayerChart:
    """A solid bar for what is answered, an empty one behind it for what is not."""
    names, (yes, no) = _group_words(report), _answer_words(report)
    rows = [
        (names[row.groep], word, start, start + n, start + n / 2, n, ink)
        for row in standing.each(counts)
        for word, start, n, ink in (
            (yes, 0, row.beantwoord, PAPER),
            (no, row.beantwoord, row.onbeantwoord, INK),
        )
        if n
    ]
    table = pd.DataFrame(rows, columns=["groep", "antwoord", "van", "tot", "midden", "aantal", "inkt"])
    wide = alt.Scale(domain=[0, int(counts["items"].max())], nice=False)
    axis = alt.Axis(title=None, domain=False, ticks=False)
    y = alt.Y("groep:N", sort=list(names.values()), axis=axis)
    colours = alt.Scale(domain=[yes, no], range=[PALETTE[0], PAPER])
    legend = alt.Legend(columns=1, symbolStrokeColor=INK, symbolStrokeWidth=1)
    bars = base(table).mark_bar(height=28, stroke=INK, strokeWidth=1)
    numbers = base(table).mark_text(fontWeight="bold")
    return alt.LayerChart(
        layer=[
            bars.encode(
                x=alt.X("van:Q", scale=wide, axis=None),
                x2="tot:Q",
                y=y,
                color=alt.Color("antwoord:N", scale=colours, legend=legend),
            ),
            numbers.encode(
                x=alt.X("midden:Q", scale=wide),
                y=y,
                text="aantal:N",
                color=alt.Color("inkt:N", scale=None),
            ),
        ]
    )


def _absent(report: Report, figure: str) -> Figure:
    words, name = report.words, standing.plan_name(report)
    return Figure(
        id=figure,
        kind="sentences",
        title=words.t("{plan} has no SWOT", plan=name),
        sentences=(words.t("This part compares a plan with its own SWOT."),),
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )
