"""Recurring duties of a mandate: what was due, what was done in time, what was done late.

A duty that recurs has a rule of RFC 5545 (``FREQ=MONTHLY;BYMONTHDAY=15``) that gives its due dates. Each due date ends
a window, which begins on the day after the due date before it (the first with the mandate). One execution in its window
meets it. A second one, or one after the last window, makes up, late, for the earliest window before it that was missed.

Executions are reported per quarter. What was due after the last quarter that was delivered on is not known; nor is the
state, when that quarter is older than the one before the last complete one, or when nothing was delivered of the duty.

===================  ==========================================================================
``nagekomen``        all that was due was done in time; of a deadline: it was done by then
``deels``            something of what was due was done, in time or late
``niet_nagekomen``   nothing of what was due was done, though executions are reported
``onbekend``         nothing was delivered, or not of late, or it has no rhythm or date
``termijn_loopt``    nothing was due yet
``termijn_voorbij``  a deadline is over, and nothing was delivered of it
``doorlopend``       without a rhythm: only the last execution can be shown
``gebonden``         bound to events: no calendar tells what was due
===================  ==========================================================================
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from dateutil.rrule import rrulestr

from analysis.quarter import Quarter

STATES: tuple[str, ...] = ("nagekomen", "deels", "niet_nagekomen", "onbekend", "termijn_loopt", "termijn_voorbij")
STATES += ("doorlopend", "gebonden")
OUTCOMES = ("op_tijd", "te_laat", "gemist")
COLUMNS = (
    *("meetpunt_code", "volgnr", "tijdschema_soort", "herhaling", "verwacht", *OUTCOMES, "niet_bekend"),
    *("volgende_termijn", "laatste_uitvoering", "bekend_tot", "stand"),
)
#: How many years ahead the next due date is looked for.
AHEAD = 5

_ANCHOR = re.compile(r"DTSTART(?:;VALUE=DATE)?:(\d{8})(?:T\d{6}Z?)?\s+", re.ASCII)
_NUMBERS = re.compile(r"[+-]?\d{1,4}(?:,[+-]?\d{1,4})*", re.ASCII)
#: The numbers that the parts of a rule may hold, but never 0; and what the other parts are.
_RANGES = {"INTERVAL": (1, 999), "COUNT": (1, 9999), "BYMONTH": (1, 12), "BYMONTHDAY": (-31, 31)}
_RANGES |= {"BYYEARDAY": (-366, 366), "BYWEEKNO": (-53, 53), "BYSETPOS": (-366, 366)}
_TEXTS = {"FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY", "UNTIL": r"[0-9]{8}(T[0-9]{6}Z?)?", "BYDAY": ".+", "WKST": ".+"}

#: What a rule of each frequency may not have.
_YEARLY = frozenset({"BYYEARDAY", "BYWEEKNO"})
_CLASH = {"DAILY": _YEARLY, "MONTHLY": _YEARLY, "WEEKLY": _YEARLY | {"BYMONTHDAY"}}

Row = dict[Hashable, Any]


@dataclass(frozen=True, order=True)
class Window:
    """The days in which something has to be done."""

    start: dt.date
    due: dt.date


@dataclass(frozen=True)
class Outcome:
    """What became of a window: one of :data:`OUTCOMES`, and the day of the execution that made it so."""

    window: Window
    outcome: str
    done: dt.date | None


def rule_of(frequency: float) -> str:
    """Return the rule of so many times a year, with due dates on the ends of equal parts of the calendar year.

    Args:
        frequency: a whole number up to 365; NaN and 0 have no rhythm: "".

    Raises:
        ValueError: no calendar can be made of the number.

    >>> rule_of(4), rule_of(12)
    ('FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=-1', 'FREQ=YEARLY;BYMONTH=1,2,3,4,5,6,7,8,9,10,11,12;BYMONTHDAY=-1')
    """
    if math.isnan(frequency) or frequency == 0:
        return ""
    if not (0 < frequency <= 365 and frequency == int(frequency)):
        raise ValueError(f"'{frequency}' times a year is no calendar: give a rule of recurrence")
    times = int(frequency)
    if 12 % times == 0:
        months = range(12 // times, 13, 12 // times)
        return f"FREQ=YEARLY;BYMONTH={','.join(map(str, months))};BYMONTHDAY=-1"
    days = [round(365 * place / times) for place in range(1, times)]
    return f"FREQ=YEARLY;BYYEARDAY={','.join(map(str, days))},-1"


def expected(rule: str, start: dt.date, end: dt.date) -> list[Window]:
    """Return the windows that are due from ``start`` up to and including ``end``, in time.

    Args:
        rule: a rule of RFC 5545, maybe after a line ``DTSTART:20240101``; without one it counts from ``start``. A day
            that a month lacks is its last day (not so the 29th and 30th every so many years, or among more days).
        start: the first day of the duty.
        end: the last day on which something can be due.

    Raises:
        ValueError: the text is not a rule, or one of less than a day.

    >>> [f"{window.start:%d/%m}-{window.due:%d/%m}" for window in
    ...     expected("FREQ=MONTHLY;BYMONTHDAY=31", dt.date(2024, 1, 1), dt.date(2024, 3, 31))]
    ['01/01-31/01', '01/02-29/02', '01/03-31/03']
    """
    try:
        anchor, parts = _read(rule, start)
        text = ";".join(f"{name}={value}" for name, value in parts.items())
        found = rrulestr(text, dtstart=dt.datetime.combine(anchor, dt.time()), ignoretz=True)
    except ValueError as error:
        raise ValueError(f"'{rule}' is not a rule (RFC 5545) such as FREQ=MONTHLY;BYMONTHDAY=15: {error}") from error
    first, last = (dt.datetime.combine(day, dt.time()) for day in (start, end))
    dues = [day.date() for day in found.between(first, last, inc=True)]
    starts = [max(start, anchor), *(due + dt.timedelta(days=1) for due in dues)]
    return [Window(*days) for days in zip(starts, dues, strict=False)]


def _read(rule: str, start: dt.date) -> tuple[dt.date, dict[str, str]]:
    """Return the day from which a rule counts, and its parts."""
    text = rule.strip().upper()
    anchored = _ANCHOR.match(text)
    anchor = dt.date.fromisoformat(anchored[1]) if anchored else start
    pairs = _ANCHOR.sub("", text).removeprefix("RRULE:").split(";")
    parts = {name: value for name, _, value in (pair.partition("=") for pair in pairs)}
    wrong = [f"{name}={value}" for name, value in parts.items() if not _fits(name, value)]
    wrong += sorted(_CLASH.get(parts.get("FREQ", ""), frozenset()) & set(parts))
    if wrong or len(parts) < len(pairs) or "FREQ" not in parts or {"COUNT", "UNTIL"} <= set(parts):
        raise ValueError(", ".join(wrong) or "a part is missing, or one too many")
    return anchor, _month_ends(parts, anchor)


def _fits(name: str, value: str) -> bool:
    """Say whether a part of a rule may have this value."""
    if name not in _RANGES:
        return re.fullmatch(_TEXTS.get(name, "(?!)"), value) is not None
    numbers = [int(number) for number in value.split(",")] if _NUMBERS.fullmatch(value) else [0]
    return all(_RANGES[name][0] <= number <= _RANGES[name][1] and number != 0 for number in numbers)


def _month_ends(parts: dict[str, str], anchor: dt.date) -> dict[str, str]:
    """Return the parts of a rule in which a day that a month lacks is its last day."""
    if parts["FREQ"] not in ("MONTHLY", "YEARLY") or {"BYDAY", "BYYEARDAY", "BYWEEKNO", "BYSETPOS"} & set(parts):
        return parts
    yearly = parts["FREQ"] == "YEARLY"
    found = {"BYMONTH": str(anchor.month)} | parts if yearly and "BYMONTHDAY" not in parts else dict(parts)
    days = ["-1" if int(day) == 31 else day for day in parts.get("BYMONTHDAY", str(anchor.day)).split(",")]
    found["BYMONTHDAY"] = ",".join(days)
    if len(days) == 1 and int(days[0]) > 28 and not (yearly and int(parts.get("INTERVAL", "1")) > 1):
        # of the days from the 28th to this one, the last that the month has
        last = ",".join(str(day) for day in range(28, int(days[0]) + 1))
        return found | {"FREQ": "MONTHLY", "BYMONTHDAY": last, "BYSETPOS": "-1"}
    return found


def met(windows: Sequence[Window], dates: Iterable[dt.date]) -> list[Outcome]:
    """Return what became of each window.

    Args:
        windows: as :func:`expected` gives them.
        dates: the executions; those before the first window count for nothing.

    >>> windows = expected("FREQ=MONTHLY;BYMONTHDAY=15", dt.date(2024, 1, 1), dt.date(2024, 3, 31))
    >>> days = [dt.date(2024, 2, 1), dt.date(2024, 2, 10)]
    >>> [found.outcome for found in met(windows, days)]
    ['te_laat', 'op_tijd', 'gemist']
    """
    in_time: dict[Window, dt.date] = {}
    surplus: list[dt.date] = []
    for day in sorted(dates):
        own = next((window for window in windows if window.start <= day <= window.due), None)
        if own is None or own in in_time:
            surplus.append(day)
        else:
            in_time[own] = day
    return [_outcome(window, in_time, surplus) for window in windows]


def _outcome(window: Window, in_time: dict[Window, dt.date], surplus: list[dt.date]) -> Outcome:
    """Return what became of a window; a surplus that makes up for it is taken from the rest."""
    if window in in_time:
        return Outcome(window, "op_tijd", in_time[window])
    late = next((day for day in surplus if day > window.due), None)
    if late is None:
        return Outcome(window, "gemist", None)
    surplus.remove(late)
    return Outcome(window, "te_laat", late)


def duty_status(
    streefwaarden: pd.DataFrame, uitvoeringen: pd.DataFrame, start: dt.date, as_of: dt.date, end: dt.date | None = None
) -> pd.DataFrame:
    """Give each duty exactly one state.

    Args:
        streefwaarden: ``meetpunt_code``, ``volgnr``, ``tijdschema_soort``, ``tijdschema_jaar``, ``frequentie_per_jaar``
            (NaN without), and maybe ``herhaling`` ("" without: then the rule is made of the frequency).
        uitvoeringen: all deliveries: ``meetpunt_code``, ``volgnr``, ``datum``, ``kwartaal``, ``bekend_op``. Of a
            quarter that was delivered twice, the dates of a duty that were received last count.
        start: the first day of the mandate.
        as_of: the day on which the report looks.
        end: the last day of the mandate; None where that is not known.

    Returns:
        One row per duty, in the order of the plan: ``herhaling`` (the rule that was followed, "" without), how many
        windows were due (``verwacht``), and of these how many were met ``op_tijd`` or ``te_laat``, ``gemist``, or are
        ``niet_bekend``; ``volgende_termijn`` (due after the as-of date), ``laatste_uitvoering``, ``bekend_tot`` (NaT
        without) and ``stand`` (one of :data:`STATES`).

    Raises:
        ValueError: a rule is not one.
    """
    done = _done(uitvoeringen, as_of)
    last = None if uitvoeringen.empty else Quarter.parse(uitvoeringen["kwartaal"].max()).end
    mandate = _Mandate(start, end, as_of, last and min(last, as_of))
    rules = streefwaarden["herhaling"].fillna("") if "herhaling" in streefwaarden else ""
    numbers = {name: streefwaarden[name].astype(float) for name in ("tijdschema_jaar", "frequentie_per_jaar")}
    duties = streefwaarden.assign(herhaling=rules, **numbers)
    rows = [_row(duty, done, mandate) for duty in duties.to_dict("records")]
    days = dict.fromkeys(("volgende_termijn", "laatste_uitvoering", "bekend_tot"), "datetime64[us]")
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(days)


@dataclass(frozen=True)
class _Mandate:
    """What all duties share: the mandate, the as-of date, and until when executions are reported."""

    start: dt.date
    end: dt.date | None
    as_of: dt.date
    until: dt.date | None

    @property
    def fresh(self) -> bool:
        """Whether what is reported is recent."""
        return self.until is not None and Quarter.of(self.until) >= Quarter.latest_complete(self.as_of).previous()


def _done(uitvoeringen: pd.DataFrame, as_of: dt.date) -> dict[tuple[str, int], set[dt.date]]:
    """Return the days on which each duty was done, as far as known."""
    youngest = uitvoeringen.groupby(["kwartaal", "meetpunt_code", "volgnr"])["bekend_op"].transform("max")
    rows = uitvoeringen[(uitvoeringen["bekend_op"] == youngest) & (uitvoeringen["datum"] <= pd.Timestamp(as_of))]
    found: dict[tuple[str, int], set[dt.date]] = {}
    for code, number, day in zip(rows["meetpunt_code"], rows["volgnr"], rows["datum"], strict=True):
        found.setdefault((str(code), int(number)), set()).add(day.date())
    return found


def _windows(duty: Row, mandate: _Mandate) -> tuple[str, list[Window]]:
    """Return the rule of a duty ("" without), and its windows up to some years ahead; of a deadline its one window."""
    kind, rule = duty["tijdschema_soort"], str(duty["herhaling"])
    if kind == "terugkerend" and not rule:
        rule = rule_of(duty["frequentie_per_jaar"])
    if rule:
        ahead = mandate.as_of + dt.timedelta(days=366 * AHEAD)
        return rule, expected(rule, mandate.start, min(ahead, mandate.end or ahead))
    year = duty["tijdschema_jaar"] if kind == "jaar" else math.nan
    deadline = mandate.end if kind == "einde_mandaat" else None if math.isnan(year) else dt.date(int(year), 12, 31)
    return "", [] if deadline is None else [Window(min(mandate.start, deadline), deadline)]


def _row(duty: Row, done: dict[tuple[str, int], set[dt.date]], mandate: _Mandate) -> dict[str, object]:
    dates = done.get((str(duty["meetpunt_code"]), int(duty["volgnr"])), set())
    rule, windows = _windows(duty, mandate)
    # what has a deadline may be done long before it
    due = [one for one in met(windows, dates) if one.window.due <= mandate.as_of or (one.done and not rule)]
    until = mandate.until if dates and mandate.until and rule else dt.date.min
    known = [one for one in due if one.done or one.window.due <= until]
    counts = {name: sum(one.outcome == name for one in known) for name in OUTCOMES}
    ahead = next((window.due for window in windows if window.due > mandate.as_of), None)
    found = {"herhaling": rule, "verwacht": len(due), **counts, "niet_bekend": len(due) - len(known)}
    found |= {"volgende_termijn": ahead, "laatste_uitvoering": max(dates, default=None), "bekend_tot": mandate.until}
    state = _state(str(duty["tijdschema_soort"]), rule, windows, len(due), counts, mandate)
    return {name: duty[name] for name in ("meetpunt_code", "volgnr", "tijdschema_soort")} | found | {"stand": state}


def _state(kind: str, rule: str, windows: list[Window], due: int, counts: dict[str, int], mandate: _Mandate) -> str:
    """Return the state, by the first test that holds."""
    known = sum(counts.values())
    tests = (
        (not rule and kind in ("doorlopend", "gebonden"), kind),
        (not rule and not windows, "onbekend"),
        (due == 0, "termijn_loopt"),
        (not rule and known == 0, "termijn_voorbij"),
        (known == 0 or (rule != "" and not mandate.fresh), "onbekend"),
        (counts["op_tijd"] == known, "nagekomen"),
        (counts["gemist"] == known, "niet_nagekomen"),
    )
    return next((state for holds, state in tests if holds), "deels")
