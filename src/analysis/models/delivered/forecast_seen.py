"""What the deliveries until a quarter say of each action, as arrays from which the forecast learns.

Actions are the columns, in the order of their codes; quarters are the rows, from the first delivery (0) to the quarter
of the forecast. A time is a float in quarters on the same scale: the report on quarter 3 looks at time 4.0, its end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.delivered.rollup import LEFT
from analysis.quarter import Quarter

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

DONE = 100.0
#: Planned duration in quarters when no action tells one.
_USUAL = 8.0


@dataclass(frozen=True)
class Grid:
    """Rows of ``voortgang``, with the place of each among quarters and actions.

    Attributes:
        rows: the rows until the quarter of the forecast, in the order of quarter and action.
        row: the quarter of each.
        column: the action of each.
        codes: the codes of the actions, in order.
        quarters: number of quarters from the first delivery to that of the forecast.
        origin: ordinal of the first (see :func:`ordinal`).
    """

    rows: pd.DataFrame
    row: Numbers
    column: Numbers
    codes: tuple[str, ...]
    quarters: int
    origin: int

    def spread(self, values: NDArray[np.generic], empty: float = np.nan) -> Floats:
        """Return values per quarter and action."""
        found = np.full((self.quarters, len(self.codes)), empty)
        found[self.row, self.column] = values
        return found

    def times(self, name: str) -> Floats:
        """Return a column of days as times, per quarter and action."""
        return self.spread(times(self.rows[name], self.origin))


@dataclass(frozen=True)
class Seen:
    """The actions of a plan as their owners reported them.

    Attributes:
        codes: the codes of the actions, in order.
        quarters: see :class:`Grid`.
        origin: see :class:`Grid`.
        deliveries: number of quarters with a delivery.
        progress: reported progress per quarter and action, 0-100; NaN without a number. A later correction downwards
            also lowers what was said before it. Of what was completed or left, nothing after that.
        begun: per quarter and action: reported as begun.
        last: quarter of the last number of each action; -1 without one.
        done: completed, as the last report has it.
        left: stopped or taken over, as the last report has it.
        end: time of the true end as reported; without a day, half a quarter before the report; NaN when unfinished.
        exits: time at which it was first reported as stopped or taken over; NaN when it was not.
        planned_start: planned start as reported first.
        duration: planned duration as reported first, in quarters; that of the median action when it is unknown.
        planned_end: planned end as reported last; NaN unknown.
        expected_end: expected end as reported last; NaN unknown.
    """

    codes: tuple[str, ...]
    quarters: int
    origin: int
    deliveries: int
    progress: Floats
    begun: Flags
    last: Numbers
    done: Flags
    left: Flags
    end: Floats
    exits: Floats
    planned_start: Floats
    duration: Floats
    planned_end: Floats
    expected_end: Floats


def ordinal(quarter: Quarter) -> int:
    """Return the place of a quarter on the line of all quarters.

    >>> ordinal(Quarter(2026, 4)) - ordinal(Quarter(2026, 1))
    3
    """
    return quarter.year * 4 + quarter.number - 1


def quarter_at(place: int) -> Quarter:
    """Return the quarter at a place.

    >>> str(quarter_at(ordinal(Quarter(2026, 3)) + 2))
    '2027Q1'
    """
    return Quarter(place // 4, place % 4 + 1)


def times(days: pd.Series, origin: int) -> Floats:
    """Return days as times in quarters after the beginning of a quarter; the last day of a quarter ends it.

    >>> times(pd.Series(pd.to_datetime(["2026-03-31", None])), ordinal(Quarter(2026, 1)))
    array([ 1., nan])
    """
    day = days.to_numpy(dtype="datetime64[D]")
    month = day.astype("datetime64[M]")
    known = ~np.isnat(day)
    length = ((month + 1).astype("datetime64[D]") - month.astype("datetime64[D]")).astype(float)
    passed = ((day - month.astype("datetime64[D]")).astype(float) + 1) / np.where(known, length, 1.0)
    first = np.datetime64(f"{origin // 4}-{origin % 4 * 3 + 1:02d}", "M")
    return np.where(known, ((month - first).astype(float) + passed) / 3, np.nan)


def grid(history: pd.DataFrame, actions: pd.DataFrame, as_of: Quarter) -> Grid:
    """Place the rows of a history until a quarter.

    Args:
        history: ``voortgang`` with one row per quarter and action (see
            :func:`analysis.models.delivered.latest.history`).
        actions: ``actie_code``; rows of other actions do not count.
        as_of: rows of later quarters do not count.
    """
    codes = tuple(sorted(str(code) for code in actions["actie_code"]))
    place = {code: number for number, code in enumerate(codes)}
    names = {name: ordinal(Quarter.parse(name)) for name in history["kwartaal"].unique()}
    quarter = history["kwartaal"].map(names).to_numpy(dtype=float)
    column = history["actie_code"].map(place).to_numpy(dtype=float)
    used = (quarter <= ordinal(as_of)) & ~np.isnan(column)
    order = np.nonzero(used)[0][np.lexsort((column[used], quarter[used]))]
    origin = int(quarter[order[0]]) if len(order) else ordinal(as_of)
    row, columns = (quarter[order] - origin).astype(np.int64), column[order].astype(np.int64)
    return Grid(history.iloc[order], row, columns, codes, ordinal(as_of) - origin + 1, origin)


def seen(of: Grid) -> Seen:
    """Read what the rows say."""
    status = of.rows["eigen_status"].to_numpy(dtype=object)
    left = of.spread(np.isin(status, LEFT), 0.0) > 0
    ended = of.times("werkelijk_einde")
    ended[ended > of.quarters] = np.nan  # an end in the future is not an end
    said = of.spread(of.rows["voortgang_pct"].to_numpy(dtype=float))
    progress = np.where(left, np.nan, np.where(np.isnan(ended), said, DONE))
    gone = last_known(left.astype(float), of.spread(np.ones(len(status)), 0.0) > 0) > 0
    done = ~gone & (last_known(progress, ~np.isnan(progress)) >= DONE)
    progress = _settled(progress)
    first = np.where(done, np.argmax(progress >= DONE, axis=0), of.quarters)
    day = last_known(ended, ~np.isnan(ended))
    progress[np.arange(of.quarters)[:, None] > first] = np.nan
    known = ~np.isnan(progress)
    start, planned, expected = (of.times(name) for name in ("gepland_start", "gepland_einde", "verwacht_einde"))
    return Seen(
        codes=of.codes,
        quarters=of.quarters,
        origin=of.origin,
        deliveries=len(np.unique(of.row)),
        progress=progress,
        begun=known & ((progress > 0) | ~np.isnan(of.times("werkelijk_start"))),
        last=np.where(known.any(axis=0), of.quarters - 1 - np.argmax(known[::-1], axis=0), -1),
        done=done,
        left=gone,
        end=np.where(done, np.where(np.isnan(day), first + 0.5, day), np.nan),
        exits=np.where(gone, np.argmax(left, axis=0) + 0.5, np.nan),
        planned_start=_first(start),
        duration=_durations(_first(planned) - _first(start)),
        planned_end=last_known(planned, ~np.isnan(planned)),
        expected_end=last_known(expected, ~np.isnan(expected)),
    )


def last_known(values: Floats, known: Flags) -> Floats:
    """Return the last known value of each action; NaN without one."""
    place = values.shape[0] - 1 - np.argmax(known[::-1], axis=0)
    return np.where(known.any(axis=0), values[place, np.arange(values.shape[1])], np.nan)


def _first(values: Floats) -> Floats:
    place = np.argmax(~np.isnan(values), axis=0)
    found: Floats = values[place, np.arange(values.shape[1])]
    return found


def _settled(progress: Floats) -> Floats:
    """Return progress that never falls: a later, lower number corrects those before it."""
    filled = np.where(np.isnan(progress), np.inf, progress)[::-1]
    lowest = np.minimum.accumulate(filled, axis=0)[::-1]
    return np.where(np.isnan(progress), np.nan, np.clip(lowest, 0, DONE))


def _durations(found: Floats) -> Floats:
    """Return planned durations, at least one quarter; where one is unknown, that of the median action."""
    usable = np.where(found > 0, np.maximum(found, 1.0), np.nan)
    known = usable[~np.isnan(usable)]
    return np.where(np.isnan(usable), np.median(known) if len(known) else _USUAL, usable)
