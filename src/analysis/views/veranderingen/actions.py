"""Actions: which changed their status, by which event, and which public evidence became known."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure
from analysis.language import UNKNOWN_SIGN
from analysis.models import changes
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.theme import STATUS_SIGNS
from analysis.views.veranderingen import wording

EVENT = ["actie_code", "datum", "bron_id", "gebeurtenis"]


@in_every_language
def statuses(report: Report) -> Figure:
    """Return the actions whose status changed: from what to what, and the event that did it."""
    now = standing.statuses(report)
    if now.empty:
        return standing.no_actions(report, "veranderingen-status")
    words = report.words
    changed = changes.status_changes(now, standing.statuses(report.earlier()))
    if changed.empty:
        return wording.nothing(
            report, "veranderingen-status", words.t("No action has another status than last quarter")
        )
    order = changed["beweging"].map({move: place for place, move in enumerate(changes.MOVES)})
    changed = changed.assign(_order=order).sort_values("_order", kind="stable").reset_index(drop=True)
    causes = changes.causes(changed, _fresh(report))
    columns = (
        Column(standing.level(report, "actie")),
        Column(words.t("From")),
        Column(words.t("To")),
        Column(words.t("When")),
        Column(words.t("Event that changed it"), language="nl"),
    )
    cells = [_moved(report, row, causes.loc[row.Index]) for row in standing.each(changed)]
    known = causes[causes["bron_id"].notna()]
    links = standing.reforms(report)
    taken = changed.loc[changed["beweging"] == "overgenomen", "actie_code"]
    return wording.table(
        report,
        "veranderingen-status",
        _moved_title(report, changed, len(now)),
        columns,
        cells,
        wording.headed(changed, "beweging", _headings(report)),
        (now.head(1), known, links[links["actie_code"].isin(taken)]),
        (*standing.link_notes(report, taken.to_frame()), *standing.language_notes(report)),
    )


def _fresh(report: Report) -> pd.DataFrame:
    """Return the events that count now and did not on the previous as-of date."""
    return changes.new_rows(standing.events(report), standing.events(report.earlier()), EVENT)


def _moved(report: Report, row: Any, cause: pd.Series) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    words, names = report.words, standing.status_words(report.words)
    explained = isinstance(cause["gebeurtenis"], str)
    return (
        f"{row.actie_code} {row.label}",
        words.t("{sign} {text}", sign=STATUS_SIGNS[row.was], text=names[row.was]),
        words.t("{sign} {text}", sign=STATUS_SIGNS[row.status], text=names[row.status]),
        words.period(cause["datum_van"], cause["datum_tot"], cause["datum_soort"]) if explained else UNKNOWN_SIGN,
        str(cause["gebeurtenis"]) if explained else UNKNOWN_SIGN,
    )


def _headings(report: Report) -> dict[str, str]:
    """Name the moves: only from started over running to completed there is an up and a down."""
    words = report.words
    return {
        "vertraagd": words.t("Now late"),
        "overgenomen": words.t("Now taken over by a reform: neither progress nor decline"),
        "terug": words.t("Back"),
        "vooruit": words.t("Forward (started, running, completed)"),
        "zichtbaar": words.t("First public trace: until now it was unknown whether these actions had begun"),
        "hersteld": words.t("Progress after a delay"),
    }


def _moved_title(report: Report, changed: pd.DataFrame, total: int) -> str:
    words = report.words
    counts = changed["beweging"].value_counts()
    kinds = [standing.moved(words, move, int(counts[move])) for move in changes.MOVES if move in counts]
    return words.tn(
        "{n} of the {total} actions has another status: {kinds}",
        "{n} of the {total} actions have another status: {kinds}",
        len(changed),
        total=words.number(total),
        kinds=words.list(kinds),
    )


@in_every_language
def evidence(report: Report) -> Figure:
    """Return the public events that became known since the previous report, per krachtlijn."""
    words, actions = report.words, standing.actions(report)
    if actions.empty:
        return standing.no_actions(report, "veranderingen-bewijs")
    every = standing.events(report)
    since, collected = report.run.previous_as_of(), report.now.package.collected
    fresh = changes.newly_known(every, since, collected)
    later = (every["bekend_op"] > pd.Timestamp(since)) & changes.undated(every, collected)
    notes = wording.known_undated(report, int(later.sum()))
    if fresh.empty:
        title = words.t("No public event on the plan’s actions became known since the previous report")
        return wording.nothing(report, "veranderingen-bewijs", title, notes)
    named = actions[["actie_code", "krachtlijn_code", "label"]]
    rows = fresh.merge(named, on="actie_code", how="left")
    rows = rows.sort_values(["krachtlijn_code", "datum_tot"], ascending=[True, False], kind="stable")
    shown, more = wording.shortened(report, rows)
    columns = (
        Column(standing.level(report, "actie")),
        Column(words.t("Date")),
        Column(words.t("Kind of event")),
        Column(words.t("Certainty")),
        Column(words.t("Event"), language="nl"),
    )
    return wording.table(
        report,
        "veranderingen-bewijs",
        _evidence_title(report, fresh),
        columns,
        [_event(report, row) for row in standing.each(shown)],
        wording.headed(shown, "krachtlijn_code", _lines(report)),
        (fresh,),
        (*more, *notes, *standing.language_notes(report), *standing.dating_notes(report, fresh)),
    )


def _lines(report: Report) -> dict[str, str]:
    return {str(code): standing.named_line(report, code) for code in standing.krachtlijnen(report)["krachtlijn_code"]}


def _event(report: Report, row: Any) -> tuple[str, ...]:  # noqa: ANN401
    words = report.words
    return (
        f"{row.actie_code} {row.label}",
        words.period(row.datum_van, row.datum_tot, row.datum_soort),
        standing.kind_words(words)[row.soort],
        standing.certainty_words(words)[row.zekerheid],
        row.gebeurtenis,
    )


def _evidence_title(report: Report, fresh: pd.DataFrame) -> str:
    """Say how many events became known, and how many of them certainly took place in the quarter itself."""
    words = report.words
    own = len(changes.within(fresh, report.quarter.start, report.quarter.end))
    known = words.tn(
        "{n} public event became known",
        "{n} public events became known",
        len(fresh),
    )
    if not own:
        return words.t("{known}; none of them certainly took place in this quarter", known=known)
    took = words.tn("{n} certainly took place in this quarter", "{n} certainly took place in this quarter (more)", own)
    return words.t("{known}; {took}", known=known, took=took)
