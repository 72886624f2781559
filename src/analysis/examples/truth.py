"""What really happens in a made-up plan; no owner, and no model, ever sees it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.examples.world import MONTHS, Calendar, Flags, Floats, Numbers, Process, codes, position, stream

#: From this true progress on, the last part goes at the pace of the tail.
TAIL = 80.0
DONE = 100.0


@dataclass(frozen=True)
class Course:
    """The true course of all actions; arrays over quarters have the quarters as rows, the actions as columns.

    Attributes:
        planned_start: time at which each action is planned to start.
        planned_end: time at which it is planned to end.
        start: time of its true start, also when that lies after the last quarter.
        end: time of its true end; NaN when it is not reached.
        progress: true progress at the end of each quarter, 0-100.
        stalled: the action was at a stand in that quarter.
        taken: at the end of that quarter the reform had taken it over.
        stopped: at the end of that quarter it had been stopped.
    """

    planned_start: Floats
    planned_end: Floats
    start: Floats
    end: Floats
    progress: Floats
    stalled: Flags
    taken: Flags
    stopped: Flags


def course(count: int, calendar: Calendar, seed: int, process: Process) -> Course:
    """Return the true course of so many actions."""
    planned_start, planned_end = _planned(count, calendar, seed, process)
    start = planned_start + _delay(count, seed, process)
    away = _away(count, calendar, seed, process)
    stalled = _stalls(count, calendar.count, seed, process)
    speed = _speeds(planned_end - planned_start, calendar.count, seed, process) * ~stalled
    progress, end = np.zeros((calendar.count, count)), np.full(count, np.nan)
    now = np.zeros(count)
    for step in range(calendar.count):
        running = (now < DONE) & (step < np.minimum(*away))
        share = np.clip(step + 1 - start, 0, 1) * running
        after = _moved(now, speed[step] * share, process.tail)
        done = (after >= DONE) & (now < DONE)
        # the part of the working time that was needed, counted from when work began in this quarter
        begun = np.maximum(step, start)
        needed = (DONE - now) / np.maximum(after - now, 1e-9) * (step + 1 - begun)
        end = np.where(done, begun + needed, end)
        now = np.minimum(after, DONE)
        progress[step] = now
    taken, stopped = (np.arange(calendar.count)[:, None] >= when for when in away)
    open_ = progress < DONE
    return Course(planned_start, planned_end, start, end, progress, stalled, taken & open_, stopped & ~taken & open_)


def table(found: Course, actions: pd.DataFrame, calendar: Calendar) -> pd.DataFrame:
    """Return the truth: one row per quarter and action.

    Returns:
        ``kwartaal``, ``actie_code``, ``voortgang`` (true progress at the end of the quarter, 0-100), ``start`` and
        ``einde`` (true days; NaT when it is not reached in the simulated quarters), ``overgenomen`` and ``stopgezet``.
    """
    quarters, count = found.progress.shape
    beyond = np.where(found.start < quarters, found.start, np.nan)
    return pd.DataFrame(
        {
            "kwartaal": np.repeat(np.array(calendar.names, dtype=object), count),
            "actie_code": np.tile(codes(actions), quarters),
            "voortgang": found.progress.ravel(),
            "start": np.tile(calendar.days(beyond), quarters),
            "einde": np.tile(calendar.days(found.end), quarters),
            "overgenomen": found.taken.ravel(),
            "stopgezet": found.stopped.ravel(),
        }
    )


def _planned(count: int, calendar: Calendar, seed: int, process: Process) -> tuple[Floats, Floats]:
    """Return planned starts and ends, each on the border of a month, spread over the plan."""
    rng = stream(seed, "planned")
    begin = position(calendar.first, process.start)
    length = position(process.start, process.end) + 1
    # many actions start early: a plan is written when its first work is known
    start = np.floor(rng.beta(1.0, 2.0, count) * (length - 2) * MONTHS) / MONTHS
    wanted = process.duration * np.exp(rng.normal(0, 0.5, count))
    duration = np.maximum(np.round(np.minimum(wanted, length - start) * MONTHS) / MONTHS, 2.0)
    return begin + start, begin + np.minimum(start + duration, length)


def _delay(count: int, seed: int, process: Process) -> Floats:
    rng = stream(seed, "delay")
    return rng.exponential(process.late, count) * (rng.random(count) >= process.punctual)


def _away(count: int, calendar: Calendar, seed: int, process: Process) -> tuple[Numbers, Numbers]:
    """Return the quarters from which the reform has each action, and from which it is stopped; far away for most."""
    rng, far = stream(seed, "away"), np.full(count, np.iinfo(np.int64).max)
    reform = position(calendar.first, process.reform) + rng.integers(0, 3, count)
    begin, length = position(calendar.first, process.start), position(process.start, process.end)
    stop = begin + rng.integers(4, max(length, 5), count)
    taken, stopped = rng.random(count) < process.taken, rng.random(count) < process.stopped
    return np.where(taken, reform, far), np.where(stopped, stop, far)


def _stalls(count: int, quarters: int, seed: int, process: Process) -> Flags:
    chance = stream(seed, "stalls").random((quarters, count))
    stalled, now = np.zeros((quarters, count), dtype=bool), np.zeros(count, dtype=bool)
    for step in range(quarters):
        now = np.where(now, chance[step] >= process.resume, chance[step] < process.stall)
        stalled[step] = now
    return stalled


def _speeds(durations: Floats, quarters: int, seed: int, process: Process) -> Floats:
    """Return the progress of each quarter of full work, in percent, at a pace with a mean below the needed one."""
    count = len(durations)
    level = np.log(process.pace) - process.spread**2 / 2
    pace = DONE / durations * np.exp(stream(seed, "pace").normal(level, process.spread, count))
    shape = 1 / process.noise**2
    noise = stream(seed, "noise").gamma(shape, 1 / shape, (quarters, count))
    swing = np.exp(stream(seed, "swing").normal(-(process.swing**2) / 2, process.swing, (quarters, 1)))
    speeds: Floats = pace * noise * swing
    return speeds


def _moved(now: Floats, speed: Floats, tail: float) -> Floats:
    """Return the progress after a quarter; what lies above the tail's border goes slower."""
    plain = now + speed
    over = np.maximum(plain - np.maximum(now, TAIL), 0)
    return plain - over * (1 - tail)
