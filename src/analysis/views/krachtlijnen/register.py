"""The register of actions: every action with its status and its youngest evidence."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.models import progress
from analysis.models.changes import SILENT_DAYS
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.theme import STATUS_SIGNS


@in_every_language
def register(report: Report) -> Figure:
    """Table: every action with its status and its youngest evidence."""
    rows = standing.statuses(report)
    if rows.empty:
        return standing.no_actions(report, "krachtlijnen-register")
    words, events = report.words, standing.events(report)
    columns = (
        Column(standing.level(report, "actie")),
        Column(words.t("Status")),
        Column(words.t("Youngest evidence (certainty of the status)")),
    )
    return Figure(
        id="krachtlijnen-register",
        kind="table",
        title=evidence_age(report, rows),
        subtitle=words.t(
            "{plan}: all actions per objective, with their status and the date of their youngest public evidence",
            plan=standing.plan_name(report),
        ),
        grid=Grid(columns, _register_rows(report, rows), _objective_groups(rows)),
        reference=True,
        origins=standing.origins(report, rows),
        notes=(_rule(report), *standing.silence(report, rows), *standing.dating_notes(report, events)),
    )


def _register_rows(report: Report, rows: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (f"{row.actie_code} {row.label}", _status(report, row), _youngest(report, row)) for row in standing.each(rows)
    )


def _status(report: Report, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    """Write the status with its sign, and its rule where the status alone does not say it."""
    words = report.words
    said = f"{STATUS_SIGNS[row.status]} {standing.status_words(words)[row.status]}"
    rules = {
        "grotendeels": words.t("{status}, mostly done", status=said),
        "enkel_context": words.t("{status}, only context", status=said),
    }
    return rules.get(row.regel, said)


def _youngest(report: Report, row: Any) -> str:  # noqa: ANN401
    words = report.words
    date = words.period(row.laatste_van, row.laatste, row.laatste_soort)
    if not row.zekerheid:
        return date
    sure = standing.certainty_words(words)[row.zekerheid]
    return words.t("{date} ({certainty})", date=date, certainty=sure)


def _rule(report: Report) -> str:
    return report.words.t(
        "The status follows the public events: the furthest progress that one shows. Late: nothing certain came after "
        "the last delay. Taken over: a later reform took over the subject. Only context: what is found says nothing of "
        "progress."
    )


def evidence_age(report: Report, rows: pd.DataFrame) -> str:
    """Say of how many actions there is public evidence, and how old that is."""
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
