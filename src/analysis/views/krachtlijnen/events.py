"""The public events behind the statuses: what is late, and the last four quarters."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import progress
from analysis.models import timeline as model
from analysis.models.changes import within
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.theme import STATUS_SIGNS


@in_every_language
def delays(report: Report) -> Figure:
    """Table: which actions are late or taken over, since when, and by which event."""
    rows, events = standing.statuses(report), standing.events(report)
    if rows.empty:
        return standing.no_actions(report, "krachtlijnen-vertraagd")
    late, taken = progress.late(rows, events), _taken(report, rows, events)
    past = progress.recovered(rows, events)
    shown = pd.concat([late, taken, past])
    words = report.words
    if shown.empty:
        return _nothing_late(report, rows)
    columns = (
        Column(standing.level(report, "actie")),
        Column(words.t("Since")),
        Column(words.t("Certainty")),
        Column(words.t("Published by")),
        Column(words.t("Reason")),
    )
    return Figure(
        id="krachtlijnen-vertraagd",
        kind="table",
        title=standing.how_many_late(report, len(late), len(taken)),
        subtitle=words.t("According to public events; dates as precise as the source"),
        grid=Grid(columns, _late_rows(report, rows, shown), _late_groups(report, late, taken, past)),
        origins=report.origins(shown, _links(taken)),
        notes=(
            _unknown_pace(report),
            *standing.link_notes(report, taken),
            *standing.language_notes(report),
            *standing.dating_notes(report, shown),
        ),
    )


@in_every_language
def recent_events(report: Report) -> Figure:
    """Table: the events of the last four quarters, up to the as-of date."""
    events = standing.events(report)
    words, start = report.words, _year_ago(report)
    recent = model.since(events, start)
    if recent.empty:
        return no_events(report, "krachtlijnen-gebeurtenissen")
    certain = within(recent, start, report.as_of)
    columns = (
        Column(words.t("Date")),
        Column(standing.level(report, "actie")),
        Column(words.t("Kind of event")),
        Column(words.t("Certainty")),
        Column(words.t("Published by")),
        Column(words.t("Event"), language="nl"),  # events are described in Dutch only
    )
    return Figure(
        id="krachtlijnen-gebeurtenissen",
        kind="table",
        title=recent_title(words, certain["zekerheid"].tolist()),
        subtitle=words.t(
            "From {start} to {end}, youngest first; dates as precise as the source",
            start=words.date(start),
            end=words.date(report.as_of),
        ),
        grid=Grid(columns, _event_rows(report, recent)),
        origins=report.origins(recent),
        notes=(
            *_maybe_earlier(report, recent, start),
            *standing.language_notes(report),
            *standing.dating_notes(report, recent),
        ),
    )


def recent_title(words: Words, certainties: list[str]) -> str:
    """Say how many events there were in a year, and how many of them are highly certain.

    Args:
        words: the language.
        certainties: of each event that certainly took place in these four quarters.
    """
    n, sure = len(certainties), certainties.count("hoog")
    if not n:
        return words.t("No public event is known that certainly took place in the last four quarters")
    if not sure:
        return words.tn(
            "{n} public event in the last four quarters, not of high certainty",
            "{n} public events in the last four quarters, none of them of high certainty",
            n,
        )
    if sure == n:
        return words.tn(
            "{n} public event in the last four quarters, of high certainty",
            "{n} public events in the last four quarters, all of high certainty",
            n,
        )
    return words.tn(
        "{n} public event in the last four quarters, {sure} of high certainty",
        "{n} public events in the last four quarters, {sure} of high certainty",
        n,
        sure=words.number(sure),
    )


def _year_ago(report: Report) -> dt.date:
    """Return the first day of the four quarters that end with the report's."""
    return report.quarter.previous().previous().previous().start


def _event_rows(report: Report, events: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    words, publishers = report.words, _publishers(report)
    kinds, certainty = standing.kind_words(words), standing.certainty_words(words)
    return tuple(
        (
            words.period(row.datum_van, row.datum_tot, row.datum_soort),
            row.actie_code,
            kinds[row.soort],
            certainty[row.zekerheid],
            publishers[row.bron_id],
            row.gebeurtenis,
        )
        for row in standing.each(events)
    )


def _maybe_earlier(report: Report, recent: pd.DataFrame, start: dt.date) -> tuple[str, ...]:
    n = model.may_be_earlier(recent, start)
    if not n:
        return ()
    return (
        report.words.tn(
            "{n} event is dated by year or month only and may lie before these four quarters.",
            "{n} events are dated by year or month only and may lie before these four quarters.",
            n,
        ),
    )


def no_events(report: Report, figure: str) -> Figure:
    """Say that there is no event to show."""
    words = report.words
    return Figure(
        id=figure,
        kind="sentences",
        title=words.t("No public events to show"),
        sentences=(
            words.t(
                "For {plan} no such event was known on {date}.",
                plan=standing.plan_name(report),
                date=words.date(report.as_of),
            ),
        ),
        origins=report.origins(report.now.plan("plannen", report.plan_id)),
    )


def _publishers(report: Report) -> dict[str, str]:
    sources = report.now.table("bronnen")
    return dict(zip(sources["bron_id"], sources["uitgever"], strict=True))


# --- late and taken over ---


def _taken(report: Report, rows: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    taken = progress.taken_over(rows, events, standing.reforms(report))
    return taken.assign(reden=taken[f"hervorming_{report.language}"])


def _links(taken: pd.DataFrame) -> pd.DataFrame:
    return taken.assign(bron_id=taken["koppeling_bron_id"])


def _late_rows(report: Report, rows: pd.DataFrame, shown: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    words, publishers = report.words, _publishers(report)
    labels = dict(zip(rows["actie_code"], rows["label"], strict=True))
    certainty = standing.certainty_words(words)
    filled = shown.assign(
        van=shown["sinds_van"].fillna(shown["datum_van"]),
        tot=shown["sinds_tot"].fillna(shown["datum_tot"]),
        precisie=shown["sinds_soort"].fillna(shown["datum_soort"]),
        waarom=shown["reden"].fillna(shown["gebeurtenis"]),
    )
    return tuple(
        (
            f"{row.actie_code} {labels[row.actie_code]}",
            words.period(row.van, row.tot, row.precisie),
            certainty[row.zekerheid],
            publishers[row.bron_id],
            row.waarom,
        )
        for row in standing.each(filled)
    )


def _late_groups(report: Report, late: pd.DataFrame, taken: pd.DataFrame, past: pd.DataFrame) -> dict[int, str]:
    words = report.words
    parts = (
        (len(late), words.t("{sign} Late", sign=STATUS_SIGNS["vertraagd"])),
        (len(taken), words.t("{sign} Taken over by a reform", sign=STATUS_SIGNS["overgenomen"])),
        (len(past), words.t("Late before, with public progress since")),
    )
    groups, place = {}, 0
    for size, heading in parts:
        if size:
            groups[place] = heading
        place += size
    return groups


def _nothing_late(report: Report, rows: pd.DataFrame) -> Figure:
    return Figure(
        id="krachtlijnen-vertraagd",
        kind="sentences",
        title=report.words.t("No action is known to be late or taken over"),
        sentences=(_unknown_pace(report),),
        origins=report.origins(rows, standing.events(report)),
    )


def _unknown_pace(report: Report) -> str:
    return report.words.t("Of an action without public trace it is not known whether it is on schedule.")
