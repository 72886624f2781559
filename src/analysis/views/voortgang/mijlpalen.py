"""The milestones: from the date that was first planned to the one on which they are now expected, or came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered.status import RED_SLIP_DAYS
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, mijlpalen_beeld, steering

#: Not realised, and known to come later than first planned, or overdue.
OPEN = ("te_laat", "verschuift")
#: How many milestones the chart holds.
DRAWN = 12
#: Days in a month, on average.
DAYS = 365.25 / 12


@dataclass(frozen=True)
class Tally:
    """What the title says: all milestones, those a quarter or more later than first planned, and those overdue."""

    total: int
    slipped: int
    overdue: int


@in_every_language
def milestones(report: Report) -> Figure:
    """Chart: the milestones to come that slipped most; the table has all that slipped or are overdue."""
    if none := common.nothing(report, "voortgang-mijlpalen", "mijlpalen", "plan_acties"):
        return none
    words, (rows, lapsed) = report.words, _milestones(report)
    title = milestones_title(words, _tally(rows))
    worst, notes = _worst(rows), (*_lapsed_note(words, lapsed), *_unknown_note(words, rows))
    shown: dict[str, Any] = {
        "id": "voortgang-mijlpalen",
        "title": title,
        "grid": _grid(report, rows),
        "origins": common.origins(report),
    }
    if worst.empty:
        return _without_chart(report, notes, shown)
    told = [_said(report, row) for row in standing.each(worst)]
    return Figure(
        kind="chart",
        subtitle=words.tn(
            "The milestone to come with the longest delay, from the date first planned to the one now expected; the "
            "grey stroke is {today}",
            "The {n} milestones to come with the longest delay, from the date first planned to the one now expected; "
            "the grey stroke is {today}",
            len(worst),
            today=words.date(report.quarter.end),
        ),
        alt=words.t("A line per milestone. {told}", told=" ".join(told)),
        spec=mijlpalen_beeld.picture(report, worst.assign(uitleg=told)),
        notes=common.notes(report, *notes, _measured(report)),
        **shown,
    )


def _without_chart(report: Report, notes: tuple[str, ...], shown: dict[str, Any]) -> Figure:
    """Return the table alone, or a sentence where that is empty."""
    all_notes = common.notes(report, *notes)
    if shown["grid"].rows:
        return Figure(kind="table", subtitle=_measured(report), notes=all_notes, **shown)
    return Figure(kind="sentences", sentences=(_measured(report),), notes=all_notes, **(shown | {"grid": None}))


def _milestones(report: Report) -> tuple[pd.DataFrame, int]:
    """Return the milestones of the plan's actions at the end of the quarter, and how many have lapsed."""
    rows = report.labelled(steering.milestones(report))
    own = standing.actions(report)[["actie_code", "label"]].rename(columns={"label": "actie"})
    known = rows.merge(own.assign(plaats=range(len(own))), on="actie_code")
    lapsed = known["stand"] == "vervallen"
    known = known[~lapsed].reset_index(drop=True)
    late = known["uitloop_dagen"].where(known["uitloop_dagen"] > 0)
    ends = known["oorspronkelijk"] + pd.to_timedelta(known["uitloop_dagen"], unit="D")
    return known.assign(einde=ends, maanden=(late / DAYS).round()), int(lapsed.sum())


def _tally(rows: pd.DataFrame) -> Tally:
    return Tally(len(rows), int((rows["uitloop_dagen"] > RED_SLIP_DAYS).sum()), int((rows["stand"] == "te_laat").sum()))


def milestones_title(words: Words, found: Tally) -> str:
    """Say how many milestones slipped more than a quarter, and how many are overdue."""
    total = words.number(found.total)
    said = words.t("None of the {total} milestones slipped by more than a quarter", total=total)
    if found.slipped:
        said = words.tn(
            "{n} of the {total} milestones came or is expected over a quarter late",
            "{n} of the {total} milestones came or are expected over a quarter late",
            found.slipped,
            total=total,
        )
    late = words.t("none is overdue now")
    if found.overdue:
        late = words.tn("{n} is overdue now", "{n} are overdue now", found.overdue)
    return words.t("{said}; {more}", said=said, more=late)


def _measured(report: Report) -> str:
    return report.words.t(
        "Overdue: not realised on {date} and past the date first planned. Months are rounded; planning anew does not "
        "make a delay go away.",
        date=report.words.date(report.quarter.end),
    )


def _lapsed_note(words: Words, n: int) -> tuple[str, ...]:
    if not n:
        return ()
    return (
        words.tn(
            "{n} milestone not realised has lapsed, because its action was stopped or taken over; it does not count.",
            "{n} milestones not realised have lapsed, because their actions were stopped or taken over; they do not "
            "count.",
            n,
        ),
    )


def _unknown_note(words: Words, rows: pd.DataFrame) -> tuple[str, ...]:
    n = int((rows["stand"] == "onbekend").sum())
    if not n:
        return ()
    return (
        words.tn(
            "Of {n} milestone too little is known: too long ago delivered, or without a planned date.",
            "Of {n} milestones too little is known: too long ago delivered, or without a planned date.",
            n,
        ),
    )


def _worst(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the milestones to come that slipped most, the worst first."""
    to_come = rows[rows["stand"].isin(OPEN) & (rows["uitloop_dagen"] > 0)]
    order = to_come.sort_values(["uitloop_dagen", "plaats"], ascending=[False, True], kind="stable")
    return order.head(DRAWN).reset_index(drop=True)


def _said(report: Report, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    words = report.words
    return words.t(
        "{milestone}: planned {planned}, expected {expected}.",
        milestone=f"{row.actie_code} {row.label}",
        planned=words.date(row.oorspronkelijk.date()),
        expected=words.date(row.einde.date()),
    )


# --- the table ---


def _grid(report: Report, rows: pd.DataFrame) -> Grid:
    """Return all that slipped or are overdue: first those that are still to come, the worst of them first."""
    words = report.words
    heads = {
        "te_laat": words.t("Overdue"),
        "verschuift": words.t("To come, later than first planned"),
        "gerealiseerd_laat": words.t("Realised more than a quarter late"),
    }
    columns = (
        Column(words.t("Milestone")),
        Column(words.t("First planned")),
        Column(words.t("Now expected")),
        Column(words.t("Realised on")),
        Column(words.t("Later than first planned (months)"), "number"),
    )
    cells: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for state, head in heads.items():
        own = rows[rows["stand"] == state].sort_values(["uitloop_dagen", "plaats"], ascending=[False, True])
        if state == "gerealiseerd_laat":
            own = own[own["uitloop_dagen"] > RED_SLIP_DAYS]
        if len(own):
            groups[len(cells)] = words.t("{name} ({n})", name=head, n=words.number(len(own)))
        cells.extend(_row(words, row) for row in standing.each(own))
    return Grid(columns, tuple(cells), groups)


def _row(words: Words, row: Any) -> tuple[str, ...]:  # noqa: ANN401
    return (
        words.t("{name}: {value}", name=f"{row.actie_code} {row.actie}", value=row.label),
        _day(words, row.oorspronkelijk),
        _day(words, row.verwacht),
        _day(words, row.gerealiseerd),
        words.number(row.maanden),
    )


def _day(words: Words, day: Any) -> str:  # noqa: ANN401 - a date, or NaT
    return UNKNOWN_SIGN if pd.isna(day) else words.date(day.date())
