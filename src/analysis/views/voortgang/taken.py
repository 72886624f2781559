"""The recurring duties of a mandate: what was due, what was met in time, what was missed."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered import duties as model
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views.report import Report, in_every_language
from analysis.views.theme import DUTY_SIGNS
from analysis.views.voortgang import common

#: So many quarters the table looks back.
LOOK_BACK = 4

Row = dict[Hashable, Any]


@dataclass(frozen=True)
class Tally:
    """What became of the due dates of a duty in some quarters, as far as it was delivered.

    Attributes:
        due: due dates.
        counts: how many of them had which outcome, by the model's ``OUTCOMES``.
    """

    due: int
    counts: dict[str, int]

    @property
    def unknown(self) -> int:
        """Due dates of which nothing was delivered."""
        return self.due - sum(self.counts.values())

    @property
    def state(self) -> str:
        """The state, one of the model's ``STATES``."""
        if not self.due:
            return "termijn_loopt"
        counts = self.counts
        if counts["op_tijd"] + self.unknown == self.due:
            return "onbekend" if self.unknown else "nagekomen"
        return "niet_nagekomen" if counts["gemist"] == self.due else "deels"


@dataclass(frozen=True)
class Duty:
    """A recurring duty: its row of ``streefwaarden``, what the model finds, its last year and all since the start."""

    row: Row
    found: Row
    recent: Tally
    whole: Tally

    @property
    def state(self) -> str:
        """Its state over the last year; unknown where the deliveries are too old to say."""
        return "onbekend" if self.found["stand"] == "onbekend" else self.recent.state


@in_every_language
def duties(report: Report) -> Figure:
    """Table: per recurring duty its rhythm, what was met and missed in the last year, and the next due date."""
    if none := common.nothing(report, "voortgang-taken", "uitvoeringen"):
        return none
    words, every = report.words, _duties(report.now, report.plan_id, report.quarter, report.as_of)
    if not every:
        return Figure("voortgang-taken", "absent", words.t("The plan has no recurring duty"))
    start = max(_year_ago(report.quarter), _start(report.now, report.plan_id))
    columns = (
        Column(words.t("Duty")),
        Column(words.t("Rhythm")),
        Column(words.t("Due (number)"), "number"),
        Column(words.t("Met in time"), "number"),
        Column(words.t("Met late"), "number"),
        Column(words.t("Missed"), "number"),
        Column(words.t("In time since the first delivery")),
        Column(words.t("Next due date")),
        Column(words.t("State over the year")),
    )
    return Figure(
        id="voortgang-taken",
        kind="table",
        title=duties_title(
            words, [duty.state for duty in every], sum(one.recent.counts["gemist"] for one in every), start
        ),
        subtitle=words.t(
            "Due dates from {start} to {end}, and what was delivered of them",
            start=words.date(start),
            end=words.date(report.quarter.end),
        ),
        grid=Grid(columns, tuple(_row(report, duty) for duty in every)),
        origins=common.origins(report, report.now.plan("streefwaarden", report.plan_id)),
        notes=common.notes(report, *_notes(report, every)),
    )


def duties_title(words: Words, states: list[str], missed: int, start: dt.date) -> str:
    """Say how many duties were always met in time, and how many due dates were missed.

    Args:
        words: the language.
        states: of each duty.
        missed: due dates of all of them that were missed.
        start: the first day that counts.
    """
    kept, had = states.count("nagekomen"), len(states) - states.count("termijn_loopt")
    if not had:
        return words.t("No due date of a recurring duty has passed since {start}", start=words.date(start))
    said = words.tn(
        "Of the {total} recurring duties that were due, {n} was always met in time since {start}",
        "Of the {total} recurring duties that were due, {n} were always met in time since {start}",
        kept,
        total=words.number(had),
        start=words.date(start),
    )
    if not missed:
        return said
    return words.t(
        "{told}; {text}",
        told=said,
        text=words.tn("{n} due date was missed", "{n} due dates were missed", missed),
    )


def state_words(words: Words) -> dict[str, str]:
    """Return the word for each state of a recurring duty."""
    return {
        "nagekomen": words.t("duty: met in time"),
        "deels": words.t("duty: partly met"),
        "niet_nagekomen": words.t("duty: not met"),
        "onbekend": words.t("duty: unknown"),
        "termijn_loopt": words.t("duty: nothing was due"),
    }


def _year_ago(quarter: Quarter) -> dt.date:
    for _ in range(LOOK_BACK - 1):
        quarter = quarter.previous()
    return quarter.start


@once
def _duties(catalog: Catalog, plan_id: str, quarter: Quarter, as_of: dt.date) -> tuple[Duty, ...]:
    """Return the duties with a rhythm, in the order of the plan."""
    told = until(catalog.delivered("uitvoeringen", plan_id), quarter)
    plan, targets = catalog.plan("plannen", plan_id).iloc[0], catalog.plan("streefwaarden", plan_id)
    if told.empty or targets.empty:
        return ()
    start, end = _start(catalog, plan_id), None if pd.isna(plan["tot_tot"]) else plan["tot_tot"].date()
    found = model.duty_status(targets, told, start, as_of, end)
    every = []
    for row, one in zip(targets.to_dict("records"), found.to_dict("records"), strict=True):
        if one["herhaling"]:
            outcomes = _outcomes(told, one, start, min(quarter.end, end or quarter.end), as_of)
            recent = [outcome for outcome in outcomes if outcome.window.due >= _year_ago(quarter)]
            every.append(Duty(row, one, _tally(recent, one), _tally(outcomes, one)))
    return tuple(every)


def _start(catalog: Catalog, plan_id: str) -> dt.date:
    """Return the first day of the plan, or of the first quarter that was delivered on where that is later."""
    start = catalog.plan("plannen", plan_id)["van_van"].iloc[0]
    first = Quarter.parse(catalog.delivered("leveringen", plan_id)["kwartaal"].min()).start
    return first if pd.isna(start) else max(start.date(), first)


def _outcomes(told: pd.DataFrame, found: Row, start: dt.date, end: dt.date, as_of: dt.date) -> list[model.Outcome]:
    """Return what became of each due date up to ``end``.

    Of a quarter that was delivered twice the last delivery counts. What was done ahead of a later due date is for that
    one: so it must be among them.
    """
    own = told[(told["meetpunt_code"] == found["meetpunt_code"]) & (told["volgnr"] == found["volgnr"])]
    last = own["bekend_op"] == own.groupby("kwartaal")["bekend_op"].transform("max")
    days = [day.date() for day in own.loc[last & (own["datum"] <= pd.Timestamp(as_of)), "datum"]]
    windows = model.expected(str(found["herhaling"]), start, end + dt.timedelta(days=366 * model.AHEAD))
    return [one for one in model.met(windows, days) if one.window.due <= end]


def _tally(outcomes: list[model.Outcome], found: Row) -> Tally:
    """Count outcomes; of what was due after the last quarter that was delivered on nothing is known."""
    days = [found[name] for name in ("bekend_tot", "laatste_uitvoering")]
    last = dt.date.min if any(pd.isna(day) for day in days) else days[0].date()
    known = Counter(one.outcome for one in outcomes if one.done or one.window.due <= last)
    return Tally(len(outcomes), {name: known[name] for name in model.OUTCOMES})


def _row(report: Report, duty: Duty) -> tuple[str, ...]:
    words, recent, whole = report.words, duty.recent, duty.whole
    due = duty.found["volgende_termijn"]
    next_due = words.date(due.date()) if isinstance(due, pd.Timestamp) else UNKNOWN_SIGN
    missed = words.number(recent.counts["gemist"])
    if recent.unknown:
        missed = words.t("{n} ({unknown} not known)", n=missed, unknown=words.number(recent.unknown))
    return (
        f"{duty.row['meetpunt_code']} {duty.row[f'label_{report.language}']}",
        str(duty.row[f"tijdschema_{report.language}"] or duty.found["herhaling"]),
        words.number(recent.due),
        words.number(recent.counts["op_tijd"]),
        words.number(recent.counts["te_laat"]),
        missed,
        words.t("{n} of {total}", n=words.number(whole.counts["op_tijd"]), total=words.number(whole.due))
        if whole.due
        else UNKNOWN_SIGN,
        next_due,
        f"{DUTY_SIGNS[duty.state]} {state_words(words)[duty.state]}",
    )


def _notes(report: Report, every: tuple[Duty, ...]) -> tuple[str, ...]:
    """Say how due dates are counted, and what is not in the table."""
    words, targets = report.words, report.now.plan("streefwaarden", report.plan_id)
    kinds = Counter(targets["tijdschema_soort"])
    bound, ongoing = kinds["gebonden"], kinds["doorlopend"]
    once_only = len(targets) - bound - ongoing - len(every)
    told = (
        (
            1,
            words.t(
                "The due dates are Krachtlijn’s own reading of the rhythm. Met in time: done between the due date "
                "before it and the due date itself; late: made up afterwards."
            ),
        ),
        (
            bound,
            words.tn(
                "{n} duty is bound to events: no calendar tells whether it was met.",
                "{n} duties are bound to events: no calendar tells whether they were met.",
                bound,
            ),
        ),
        (
            ongoing,
            words.tn(
                "{n} duty is ongoing and has no due date: whether it was met cannot be told.",
                "{n} duties are ongoing and have no due date: whether they were met cannot be told.",
                ongoing,
            ),
        ),
        (
            once_only,
            words.tn("{n} target has one deadline only.", "{n} targets have one deadline only.", once_only),
        ),
    )
    return tuple(text for n, text in told if n)
