"""The board's own decisions, and what became of them."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered.loop import DECISIONS
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, steering

#: A table with more rows than this is one to look things up in.
MOST = 25
#: The states of a decision that was carried out.
DONE = ("uitgevoerd_zonder_effect", "uitgevoerd_met_effect")


@in_every_language
def decisions(report: Report) -> Figure:
    """Table: the board's decisions with what became of them, those over their deadline first."""
    if none := common.nothing(report, "voortgang-beslissingen", "beslissingen"):
        return none
    words, found = report.words, _ordered(steering.decisions(report))
    counts = found["lus"].value_counts()
    done = found["lus"].isin(DONE)
    late, unseen = (int(counts.get(state, 0)) for state in ("te_laat", "uitgevoerd_zonder_effect"))
    message = decisions_title(words, len(found), late, int(done.sum()), unseen)
    if found.empty:
        return Figure("voortgang-beslissingen", "sentences", message, origins=common.origins(report))
    columns = (
        Column(words.t("Decision of the board")),
        Column(words.t("About")),
        Column(words.t("Role concerned")),
        Column(words.t("Taken on")),
        Column(words.t("Deadline")),
        Column(words.t("What became of it")),
    )
    names = steering.names(report)
    return Figure(
        id="voortgang-beslissingen",
        kind="table",
        title=message,
        subtitle=words.t(
            "Decisions of the board as the deliveries tell them, at the end of {quarter}",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, tuple(_decided(report, row, names) for row in standing.each(found)), _states(words, found)),
        origins=common.origins(report),
        notes=common.notes(report),
        reference=len(found) > MOST,
    )


def _ordered(found: pd.DataFrame) -> pd.DataFrame:
    keys = {"_lus": found["lus"].map(DECISIONS.index), "_laat": -found["dagen_te_laat"].fillna(0.0)}
    order = found.assign(**keys).sort_values(["_lus", "_laat", "datum"], kind="stable")
    return order.reset_index(drop=True)


def decisions_title(words: Words, total: int, late: int, done: int, unseen: int) -> str:
    """Say how many decisions were taken, carried out, and are over their deadline.

    Args:
        words: the language.
        total: all decisions.
        late: open after their deadline.
        done: carried out.
        unseen: of these, without a reported effect.
    """
    if not total:
        return words.t("No decision of the board had been taken by then")
    parts = [
        words.tn("{n} is over its deadline", "{n} are over their deadline", late)
        if late
        else words.t("none is over its deadline")
    ]
    if done:
        told = words.tn("{n} is carried out", "{n} are carried out", done)
        if unseen:
            told = words.t("{told}, {n} of them without a told effect", told=told, n=words.number(unseen))
        parts.append(told)
    return words.tn(
        "{n} decision of the board: {parts}", "{n} decisions of the board: {parts}", total, parts=words.list(parts)
    )


def _decided(report: Report, row: Any, names: dict[str, str]) -> tuple[str, ...]:  # noqa: ANN401
    words, about = report.words, row.actie_code or row.doelstelling_code
    return (
        steering.told_in(report, row, "label"),
        names.get(about, about) or UNKNOWN_SIGN,
        steering.role(words, row.rol) or UNKNOWN_SIGN,
        steering.day(words, row.datum),
        steering.day(words, row.tegen),
        _became(report, row),
    )


def _became(report: Report, row: Any) -> str:  # noqa: ANN401
    """Say what became of a decision, and how late."""
    words = report.words
    late = steering.lasting(words, row.dagen_te_laat) if row.dagen_te_laat > 0 else ""
    if row.lus in DONE:
        done = words.t("carried out on {date}", date=steering.day(words, row.uitgevoerd_op))
        done = words.t("{done}, {time} late", done=done, time=late) if late else done
        effect = steering.told_in(report, row, "effect")
        return words.joined([done, effect]) if effect else done
    if row.lus == "te_laat":
        return words.t("open, {time} over its deadline", time=late)
    return {
        "open": words.t("decision: open"),
        "zonder_termijn": words.t("decision: open"),
        "ingetrokken": words.t("decision: withdrawn"),
        "onbekend": words.t("decision: unknown"),
    }[row.lus]


def _states(words: Words, found: pd.DataFrame) -> dict[int, str]:
    headings = {
        "te_laat": words.t("Open, over the deadline"),
        "open": words.t("Open, within the deadline"),
        "zonder_termijn": words.t("Open, without a deadline"),
        "uitgevoerd_zonder_effect": words.t("Carried out, no effect told"),
        "uitgevoerd_met_effect": words.t("Carried out, with its effect"),
        "ingetrokken": words.t("Withdrawn"),
        "onbekend": words.t("State unknown"),
    }
    return steering.headed(words, found["lus"], headings)
