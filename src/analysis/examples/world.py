"""The world of a made-up plan: how its actions and their owners behave, its calendar, its streams of chance.

Times are floats, in quarters since the beginning of the calendar: 2.0 is the end of its second quarter.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.quarter import Quarter

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]

MONTHS = 3
_START, _END, _REFORM = Quarter(2021, 3), Quarter(2026, 4), Quarter(2026, 1)


@dataclass(frozen=True)
class Process:
    """How the actions of a plan go, and what their owners say of it.

    Attributes:
        start: first quarter in which an action may be planned to start.
        end: last quarter in which one may be planned to end.
        reform: from this quarter a reform takes actions over.
        duration: median planned duration, in quarters.
        late: mean delay of a late start, in quarters; ``punctual`` is the share that starts in time.
        punctual: see ``late``.
        pace: mean true pace, as a share of the pace that the plan needs; ``spread`` is its lognormal deviation.
        spread: see ``pace``.
        noise: relative deviation of an action's progress between quarters.
        swing: relative deviation of a quarter for all actions together.
        stall: chance per quarter that an action comes to a stand; ``resume`` that it goes on again.
        resume: see ``stall``.
        tail: pace of the last fifth, as a share of the pace before.
        taken: share of the actions that the reform takes over, when they still run.
        stopped: share that is stopped some day, when they still run.
        silent: chance per quarter that an owner stops reporting; twice that when the action is at a stand.
        speak: chance per quarter that a silent owner reports again.
        gone: chance per quarter that an owner never reports again.
        optimism: deviation of the true progress at which an owner says 90 %, below 90.
        premature: share of the owners who may say 100 % before it is.
        movers: share of the owners who silently move a planned end.
        updaters: share of the owners who keep the expected end up to date.
    """

    start: Quarter = _START
    end: Quarter = _END
    reform: Quarter = _REFORM
    duration: float = 7.5
    late: float = 1.6
    punctual: float = 0.35
    pace: float = 0.82
    spread: float = 0.35
    noise: float = 0.5
    swing: float = 0.15
    stall: float = 0.05
    resume: float = 0.35
    tail: float = 0.8
    taken: float = 0.12
    stopped: float = 0.03
    silent: float = 0.04
    speak: float = 0.4
    gone: float = 0.005
    optimism: float = 15.0
    premature: float = 0.1
    movers: float = 0.2
    updaters: float = 0.85


@dataclass(frozen=True)
class Calendar:
    """The quarters from the beginning of the plan to the last delivery.

    >>> Calendar(Quarter(2021, 3), 2).names
    ['2021Q3', '2021Q4']
    """

    first: Quarter
    count: int

    @classmethod
    def between(cls, first: Quarter, last: Quarter) -> Calendar:
        """Return the calendar from one quarter to another."""
        return cls(first, position(first, last) + 1)

    @property
    def names(self) -> list[str]:
        """The quarters, as ``2026Q3``."""
        ordinals = [self.first.year * 4 + self.first.number - 1 + step for step in range(self.count)]
        return [f"{ordinal // 4}Q{ordinal % 4 + 1}" for ordinal in ordinals]

    def days(self, times: Floats) -> NDArray[np.datetime64]:
        """Return the days on which times fall; NaT for NaN.

        >>> Calendar(Quarter(2021, 3), 2).days(np.array([0.5, np.nan])).astype("datetime64[D]")
        array(['2021-08-16',        'NaT'], dtype='datetime64[D]')
        """
        months = np.floor(np.nan_to_num(times) * MONTHS + 1e-9)
        first = self._month(months)
        length = (self._month(months + 1) - first).astype(float)
        inside = np.clip(np.nan_to_num(times) * MONTHS - months, 0, 0.999)
        return _known(first + np.floor(inside * length).astype("timedelta64[D]"), times)

    def month_ends(self, times: Floats) -> NDArray[np.datetime64]:
        """Return the last day of the month in which times fall; a time on a border is the end of the month before.

        >>> Calendar(Quarter(2021, 3), 2).month_ends(np.array([0.5, 1.0])).astype("datetime64[D]")
        array(['2021-08-31', '2021-09-30'], dtype='datetime64[D]')
        """
        after = self._month(np.ceil(np.nan_to_num(times) * MONTHS - 1e-9))
        return _known(after - np.timedelta64(1, "D"), times)

    def _month(self, months: Floats) -> NDArray[np.datetime64]:
        first = np.datetime64(f"{self.first.year}-{self.first.number * MONTHS - 2:02d}", "M")
        return (first + months.astype(np.int64)).astype("datetime64[D]")


def position(origin: Quarter, quarter: Quarter) -> int:
    """Return the number of quarters from one to another.

    >>> position(Quarter(2021, 3), Quarter(2022, 1))
    2
    """
    return (quarter.year - origin.year) * 4 + quarter.number - origin.number


def stream(seed: int, name: str) -> np.random.Generator:
    """Return a stream of chance of its own for one purpose.

    Each purpose has one, and draws quarter after quarter from it: a plan that is followed for longer then begins with
    the same quarters.
    """
    return np.random.default_rng([seed, zlib.crc32(name.encode())])


def codes(actions: pd.DataFrame) -> NDArray[np.object_]:
    """Return the codes of the actions."""
    return actions["actie_code"].to_numpy(dtype=object)


def _known(days: NDArray[np.datetime64], times: Floats) -> NDArray[np.datetime64]:
    return np.where(np.isnan(times), np.datetime64("NaT"), days).astype("datetime64[us]")
