"""The items of the SWOT and the objectives of the plan, in tables."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import swot as model
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.swot import common

#: More items than this are counted in a title, not named.
_NAMED = 3


@in_every_language
def items(report: Report) -> Figure:
    """Table: every item with the objectives that answer it and the progress of their actions."""
    actions = standing.statuses(report)
    found = common.answers(report, actions)
    if found.empty:
        return common.absent(report, "swot-items")
    words = report.words
    columns = (
        Column(words.t("Item")),
        Column(words.t("Actions with public progress"), "number"),
        Column(words.t("Answered by")),
    )
    return Figure(
        id="swot-items",
        kind="table",
        title=items_title(words, found),
        subtitle=words.t(
            "Items of the SWOT, the objectives that answer them (the next table names them), and how many of their "
            "actions are started, running or completed"
        ),
        grid=Grid(columns, _item_rows(report, found), _group_rows(report, found)),
        reference=True,
        origins=report.origins(found, common.links(report), actions, standing.events(report)),
        notes=(
            common.own_links(report),
            words.t(
                "One action may count for several items. Progress of the actions does not say that "
                "the item itself has changed."
            ),
            *standing.silence(report, actions),
        ),
    )


def items_title(words: Words, found: pd.DataFrame) -> str:
    """Say at which items the actions show most public progress, and at which least.

    Args:
        words: the language.
        found: the items with ``swot_code``, ``beantwoord``, ``acties`` and ``vooruit``.
    """
    rows = found[found["beantwoord"] & (found["acties"] > 0)]
    if not rows["vooruit"].any():
        return words.t("At no item of the SWOT does an action show public progress")
    share = (100 * rows["vooruit"] / rows["acties"]).round().astype(int)
    high, low = int(share.max()), int(share.min())
    if high == low:
        return words.t("At each answered item {share} % of the actions show public progress", share=words.number(high))
    return words.t(
        "Most public progress at {high} ({much} % of the actions), least at {low} ({little} %)",
        high=_at(words, rows.loc[share == high, "swot_code"].tolist()),
        much=words.number(high),
        low=_at(words, rows.loc[share == low, "swot_code"].tolist()),
        little=words.number(low),
    )


def _at(words: Words, codes: list[str]) -> str:
    """Name a few items, or say how many they are."""
    if len(codes) <= _NAMED:
        return words.list(codes)
    return words.tn("{n} item (SWOT)", "{n} items (SWOT)", len(codes))


@in_every_language
def unanswered(report: Report) -> Figure:
    """Table: the items that no objective answers."""
    found = common.answers(report, standing.statuses(report))
    if found.empty:
        return common.absent(report, "swot-onbeantwoord")
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
    names = common.group_words(report)
    cells = tuple((f"{row.swot_code} {report.label(row)}", names[row.groep]) for row in standing.each(open_items))
    return Figure(
        id="swot-onbeantwoord",
        kind="table",
        title=title,
        subtitle=words.t("Items of the SWOT without an objective that works on them"),
        grid=Grid((Column(words.t("Item")), Column(words.t("Group"))), cells),
        origins=report.origins(found, common.links(report)),
        notes=(
            common.own_links(report),
            words.t("Whether such an item needs an objective is for the board to decide."),
        ),
    )


@in_every_language
def objectives(report: Report) -> Figure:
    """Table: every objective with the items that it answers."""
    words = report.words
    plan = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id))
    if report.now.plan("swot", report.plan_id).empty:
        return common.absent(report, "swot-doelstellingen")
    rows = model.objectives(plan, common.links(report))
    idle = rows[rows["items"].map(len) == 0]
    cells = tuple(
        (f"{row.doelstelling_code} {row.label}", words.number(len(row.items)), _codes(report, row))
        for row in standing.each(rows)
    )
    columns = (
        Column(standing.level(report, "doelstelling")),
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
        reference=True,
        origins=report.origins(rows, common.links(report)),
        notes=(
            common.own_links(report),
            words.t("An objective may have another ground than the SWOT, such as the law."),
        ),
    )


def _item_rows(report: Report, found: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    words = report.words
    return tuple(
        (
            f"{row.swot_code} {report.label(row)}",
            words.t("{some} of {all}", some=words.number(row.vooruit), all=words.number(row.acties))
            if row.beantwoord
            else words.number(None),
            ", ".join(row.doelstellingen) or words.t("no objective"),
        )
        for row in standing.each(found)
    )


def _group_rows(report: Report, found: pd.DataFrame) -> dict[int, str]:
    names, firsts = common.group_words(report), found.drop_duplicates("groep")
    return {int(place): names[group] for place, group in zip(firsts.index, firsts["groep"], strict=True)}


def _codes(report: Report, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    return ", ".join(row.items) or report.words.t("no item")
