"""What the owners of a made-up plan say of it each quarter: late, rosy, rounded, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.examples.truth import DONE, Course
from analysis.examples.world import Flags, Floats, Numbers, Process, stream

#: What an owner says when the true progress is at the tipping point: from there on it creeps.
SAID = 90.0
#: Progress that an owner says is rounded to this.
STEP = 5.0
STATUSES = ("niet_gestart", "groen", "oranje", "rood", "voltooid", "stopgezet", "overgenomen")
_GREEN, _AMBER, _RED = 1, 2, 3


@dataclass(frozen=True)
class Said:
    """What the owners say, also in the quarters in which they do not report; quarters as rows, actions as columns.

    Attributes:
        silent: no row was delivered.
        progress: progress as the owner puts it, 0-100.
        status: place in :data:`STATUSES`.
        planned_end: planned end as it stands, some of them moved.
        expected_start: expected start; the true one once the action has started.
        expected_end: expected end; the true one once it is completed.
        late: the owner says that the action is late.
        since: quarter since which it is late without a break; -1 when it is not.
    """

    silent: Flags
    progress: Floats
    status: Numbers
    planned_end: Floats
    expected_start: Floats
    expected_end: Floats
    late: Flags
    since: Numbers


def said(true: Course, seed: int, process: Process) -> Said:
    """Return what the owners say of a true course."""
    progress = _progress(true, seed, process)
    silent = _silence(true, seed, process)
    planned, expected_start, expected_end, lateness = _dates(true, progress, silent, seed, process)
    status = _status(true, progress, lateness, seed)
    quarters, count = progress.shape
    now = np.arange(1, quarters + 1)[:, None]
    late = (status == _AMBER) | (status == _RED) | ((status == 0) & (now > true.planned_start + 0.5))
    since, running = np.full((quarters, count), -1), np.full(count, -1)
    for step in range(quarters):
        running = np.where(late[step], np.where(running < 0, step, running), -1)
        since[step] = running
    return Said(silent, progress, status, planned, expected_start, expected_end, late, since)


def _progress(true: Course, seed: int, process: Process) -> Floats:
    """Return the progress that owners say: ahead of the truth, most of all near the end, in steps, seldom less."""
    quarters, count = true.progress.shape
    rng, chance = stream(seed, "owner"), stream(seed, "said")
    tipping = np.clip(SAID - np.abs(rng.normal(0, process.optimism, count)), 50, SAID)
    most = np.where(rng.random(count) < process.premature, DONE, DONE - STEP)
    told, before = np.zeros((quarters, count)), np.zeros(count)
    for step in range(quarters):
        real = true.progress[step]
        creeping = SAID + (real - tipping) / (DONE - tipping) * (DONE - SAID)
        rosy = np.where(real < tipping, real * SAID / tipping, creeping)
        vague = rosy + chance.normal(0, 3.0, count)
        less = chance.random(count) < 0.05
        rounded = np.round(np.where(less, vague, np.maximum(vague, before)) / STEP) * STEP
        now = np.where(real >= DONE, DONE, np.clip(rounded, STEP * (real > 2), most))
        frozen = true.taken[step] | true.stopped[step]
        before = np.where(frozen, before, np.where(real > 0, now, 0.0))
        told[step] = before
    return told


def _silence(true: Course, seed: int, process: Process) -> Flags:
    """Return who says nothing: for a while, more so when the action is at a stand, or for good."""
    quarters, count = true.progress.shape
    chance = stream(seed, "silence")
    silent, gone = np.zeros(count, dtype=bool), np.zeros(count, dtype=bool)
    found = np.zeros((quarters, count), dtype=bool)
    for step in range(quarters):
        draws = chance.random((2, count))
        stop = process.silent * (1 + true.stalled[step])
        silent = np.where(silent, draws[0] >= process.speak, draws[0] < stop)
        gone |= draws[1] < process.gone
        found[step] = silent | gone
    return found


def _dates(
    true: Course, progress: Floats, silent: Flags, seed: int, process: Process
) -> tuple[Floats, Floats, Floats, Floats]:
    """Return planned end, expected start, expected end, and how late the owner thinks to be, per quarter."""
    quarters, count = progress.shape
    rng, chance = stream(seed, "dates"), stream(seed, "updates")
    rosy, mover = rng.uniform(0.5, 1.0, count), rng.random(count) < process.movers
    updater = rng.random(count) < process.updaters
    needed = DONE / (true.planned_end - true.planned_start)
    planned, expected = true.planned_end.copy(), true.planned_end.copy()
    rows: list[tuple[Floats, ...]] = []
    for step in range(quarters):
        now = step + 1.0
        begin = np.where(true.start < now, true.start, np.maximum(true.planned_start, now + 0.5))
        # the plan's own pace weighs like two quarters of experience
        pace = (progress[step] + 2 * needed) / (np.maximum(now - begin, 0) + 2)
        reckoned = np.maximum(now, begin) + rosy * (DONE - progress[step]) / pace
        tells = ~silent[step] & updater & (chance.random(count) < 0.7)
        expected = np.where(tells, np.maximum(reckoned, now + 1 / 3), expected)
        lateness = reckoned - planned
        moves = mover & ~silent[step] & (lateness > 1) & (planned - now < 1) & (progress[step] < DONE)
        planned = np.where(moves, planned + np.ceil(np.clip(lateness, 1, 6)), planned)
        ended = np.where(true.end < now, true.end, expected)
        rows.append((planned, begin, ended, lateness))
    return tuple(np.stack(column) for column in zip(*rows, strict=True))  # type: ignore[return-value]


def _status(true: Course, progress: Floats, lateness: Floats, seed: int) -> Numbers:
    """Return the statuses; an owner bears some lateness before a status turns."""
    quarters, count = progress.shape
    borne = stream(seed, "borne").uniform(0.5, 3.0, count)
    now = np.arange(1, quarters + 1)[:, None]
    running = np.where(lateness <= borne, _GREEN, np.where(lateness <= borne + 2, _AMBER, _RED))
    status = np.where(true.start >= now, 0, running)
    status = np.where(progress >= DONE, STATUSES.index("voltooid"), status)
    status = np.where(true.stopped, STATUSES.index("stopgezet"), status)
    found: Numbers = np.where(true.taken, STATUSES.index("overgenomen"), status)
    return found
