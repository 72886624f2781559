"""The register of actions: every action with its status, the rule behind it and its youngest evidence."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.models import progress
from analysis.models.changes import SILENT_DAYS
from analysis.views import standing
from analysis.views.report import Report


def register(report: Report) -> Figure:
    """Table: every action with its status, the rule behind it and its youngest evidence."""
    rows = standing.statuses(report)
    if rows.empty:
        return standing.no_actions(report, "krachtlijnen-register")
    words, events = report.words, standing.events(report)
    columns = (
        Column(words.t("Action")),
        Column(words.t("Status")),
        Column(words.t("Because")),
        Column(words.t("Youngest evidence")),
        Column(words.t("Certainty of the status")),
    )
    return Figure(
        id="krachtlijnen-register",
        kind="table",
        title=_evidence_age(report, rows),
        subtitle=words.t(
            "{plan}: all actions per objective, on {date}",
            plan=standing.plan_name(report),
            date=words.date(report.as_of),
        ),
        grid=Grid(columns, _register_rows(report, rows), _objective_groups(rows)),
        origins=standing.origins(report, rows),
        notes=(*standing.silence(report, rows), *standing.dating_notes(report, events)),
    )


def _register_rows(report: Report, rows: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    status = standing.status_words(report.words)
    certainty = standing.certainty_words(report.words)
    because = _rules(report)
    return tuple(
        (
            f"{row.actie_code} {row.label}",
            f"{standing.SIGNS[row.status]} {status[row.status]}",
            because[row.regel],
            standing.as_written(report.words, row.laatste_van, row.laatste_soort),
            certainty[row.zekerheid],
        )
        for row in standing.each(rows)
    )


def _rules(report: Report) -> dict[str, str]:
    words = report.words
    return {
        "voltooid": words.t("an event shows that the action is completed"),
        "overgenomen": words.t("a later reform took over its subject"),
        "vertraagd": words.t("nothing certainly came after the last delay"),
        "grotendeels": words.t("an event shows that the action is mostly done"),
        "loopt": words.t("an event shows that the action is running"),
        "gestart": words.t("an event shows that the action has started"),
        "enkel_context": words.t("only context, which says nothing of progress"),
        "geen_bewijs": words.t("no event found"),
    }


def _evidence_age(report: Report, rows: pd.DataFrame) -> str:
    shown = rows[rows["bewijzen"] > 0]
    if shown.empty:
        return standing.all_silent(report, rows)
    n, total = report.words.number(len(shown)), report.words.number(len(rows))
    old = progress.older_than(rows, SILENT_DAYS)
    if not old:
        return report.words.t(
            "Of {n} of the {total} actions there is public evidence, of at most two years ago", n=n, total=total
        )
    return report.words.t(
        "Of {n} of the {total} actions there is public evidence; at {old} the youngest is more than two years old",
        n=n,
        total=total,
        old=report.words.number(old),
    )


def _objective_groups(rows: pd.DataFrame) -> dict[int, str]:
    firsts = rows.drop_duplicates("doelstelling_code")
    pairs = zip(firsts.index, firsts["doelstelling_code"], firsts["doelstelling"], strict=True)
    return {int(place): f"{code} {label}" for place, code, label in pairs}
