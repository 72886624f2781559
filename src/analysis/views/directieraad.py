"""The first chapter, at most one screen: what moved this quarter, what is late, what is unknown.

Every sentence is computed; the chapters behind it show the figures on which it rests.
"""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure
from analysis.models import evidence
from analysis.models.changes import newly_known, silent, status_changes, within
from analysis.views import standing
from analysis.views.report import Report

#: More names than this do not fit on the first screen; the register has them all.
NAMED = 6


def moved(report: Report) -> Figure:
    """What moved: changes of status, new events and new figures since the previous report."""
    now, before = standing.statuses(report), standing.statuses(report.earlier())
    changed = status_changes(now, before) if len(now) else now
    events = _new(report, _events(report))
    return Figure(
        id="directieraad-beweging",
        kind="sentences",
        title=_moved_title(report, now, changed),
        sentences=(*_moves(report, changed), *_new_events(report, events), _new_figures(report)),
        origins=report.origins(events, now.head(1)) if len(now) else (),
        notes=standing.dating_notes(report, events),
    )


def late(report: Report) -> Figure:
    """What is late, and what a reform has taken over."""
    words, now = report.words, standing.statuses(report)
    delayed, taken = (now[now["status"] == status] for status in ("vertraagd", "overgenomen"))
    quiet = silent(now)
    sentences = []
    if len(delayed):
        sentences.append(words.t("Late: {actions}.", actions=_names(report, delayed, since=True)))
    if len(taken):
        sentences.append(words.t("Taken over by a reform: {actions}.", actions=_names(report, taken)))
    if len(quiet):
        sentences.append(
            words.tn(
                "Of {n} action that runs or started, the youngest public evidence is over two years old.",
                "Of {n} actions that run or started, the youngest public evidence is over two years old.",
                len(quiet),
            )
        )
    return Figure(
        id="directieraad-laat",
        kind="sentences",
        title=standing.how_many_late(report, len(delayed), len(taken)) if len(now) else _no_actions(report),
        sentences=tuple(sentences),
        origins=report.origins(_behind(report, pd.concat([delayed, taken]))),
        notes=standing.link_notes(report, taken),
    )


def unknown(report: Report) -> Figure:
    """What is not known: actions without a public trace, per krachtlijn, and how old the evidence is."""
    words, now = report.words, standing.statuses(report)
    without = now[now["status"] == "geen_spoor"]
    lines = report.labelled(report.now.plan("krachtlijnen", report.plan_id))
    shares = [
        words.t(
            "{line} ({n} of {total})",
            line=str(line.label),
            n=words.number((without["krachtlijn_code"] == line.krachtlijn_code).sum()),
            total=words.number((now["krachtlijn_code"] == line.krachtlijn_code).sum()),
        )
        for line in lines.itertuples()
        if (now["krachtlijn_code"] == line.krachtlijn_code).any()
    ]
    sentences = []
    if len(without):
        sentences.append(words.t("Without public trace per krachtlijn: {shares}.", shares=words.list(shares)))
        sentences.append(words.t("No public trace does not mean that nothing happened: the public sources do not say."))
    return Figure(
        id="directieraad-onbekend",
        kind="sentences",
        title=_unknown_title(report, len(without), len(now)),
        sentences=tuple(sentences),
        origins=report.origins(now.head(1)) if len(now) else (),
    )


def _events(report: Report) -> pd.DataFrame:
    events = report.now.table("bewijs_acties")
    return events[events["plan_id"] == report.plan_id]


def _behind(report: Report, actions: pd.DataFrame) -> pd.DataFrame:
    """Return the events on which the status of these actions rests."""
    events = _events(report)
    return events[events["actie_code"].isin(actions["actie_code"])]


def _moves(report: Report, changed: pd.DataFrame) -> list[str]:
    """Say from what to what, the actions with the same move together."""
    names = standing.status_words(report.words)
    sentences = []
    for was in evidence.STATUSES:
        for status in evidence.STATUSES:
            same = changed[(changed["was"] == was) & (changed["status"] == status)] if len(changed) else changed
            if len(same):
                sentences.append(
                    report.words.t(
                        "From '{was}' to '{status}': {actions}.",
                        was=names[was],
                        status=names[status],
                        actions=_names(report, same),
                    )
                )
    return sentences


def _names(report: Report, actions: pd.DataFrame, *, since: bool = False) -> str:
    shown = [f"{row.actie_code} {row.label}" for row in actions.head(NAMED).itertuples()]
    if since:
        days = [_since(report, code) for code in actions.head(NAMED)["actie_code"]]
        shown = [
            report.words.t("{action} (since {day})", action=name, day=day)
            for name, day in zip(shown, days, strict=True)
        ]
    more = len(actions) - len(shown)
    if more:
        shown.append(report.words.tn("{n} other", "{n} others", more))
    return report.words.list(shown)


def _since(report: Report, code: str) -> str:
    """Return the day of the delay that still stands, as precisely as its source."""
    events = standing.events(report)
    first = evidence.standing_delay(events[events["actie_code"] == code]).iloc[0]
    return standing.as_written(report.words, first["datum_van"], first["datum_soort"])


def _new(report: Report, facts: pd.DataFrame) -> pd.DataFrame:
    return newly_known(facts, report.run.previous_as_of(), report.now.package.collected)


def _new_events(report: Report, events: pd.DataFrame) -> tuple[str, ...]:
    """Say how many events became known, and how many of them are of this quarter."""
    words = report.words
    known = words.tn(
        "Since the previous report (as known on {since}) {n} public event became known.",
        "Since the previous report (as known on {since}) {n} public events became known.",
        len(events),
        since=words.date(report.run.previous_as_of()),
    )
    if events.empty:
        return (known,)
    own = len(within(events, report.quarter.start, report.quarter.end))
    if not own:
        return (known, words.t("None of them certainly took place in this quarter: they are older."))
    return (
        known,
        words.tn(
            "Of these {n} certainly took place in this quarter.", "Of these {n} certainly took place this quarter.", own
        ),
    )


def _new_figures(report: Report) -> str:
    fresh = {name: len(_new(report, report.now.table(name))) for name in ("omgeving", "personeel", "budget")}
    return report.words.t(
        "New figures: {environment} on the environment, {staff} on staff, {budget} on the budget.",
        environment=report.words.number(fresh["omgeving"]),
        staff=report.words.number(fresh["personeel"]),
        budget=report.words.number(fresh["budget"]),
    )


def _moved_title(report: Report, now: pd.DataFrame, changed: pd.DataFrame) -> str:
    if now.empty:
        return _no_actions(report)
    if changed.empty:
        return report.words.t("No action changed its status in the public evidence")
    return report.words.tn(
        "{n} of {total} actions changed its status in the public evidence",
        "{n} of {total} actions changed their status in the public evidence",
        len(changed),
        total=report.words.number(len(now)),
    )


def _unknown_title(report: Report, without: int, total: int) -> str:
    if not total:
        return _no_actions(report)
    return report.words.tn(
        "Of {n} of the {total} actions there is no public trace of progress",
        "Of {n} of the {total} actions there is no public trace of progress at all",
        without,
        total=report.words.number(total),
    )


def _no_actions(report: Report) -> str:
    return report.words.t("The plan '{plan}' lists no actions", plan=standing.plan_name(report))
