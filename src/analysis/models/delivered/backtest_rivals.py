"""What simpler forecasters would have said: shares of past cases that turned out well, as they were known then.

A case is an action that was unfinished at the end of a quarter, with a deadline after it. A past case has an answer
when its deadline has passed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.models.delivered.forecast_seen import Flags, Floats, Grid, Seen

Words = NDArray[np.object_]

#: A share of few cases is drawn to the share of all, as if there were so many cases more.
_MORE = 2.0
IN_TIME = ("nee", "ja")


@dataclass(frozen=True)
class Case:
    """All that a rival looks at: per quarter and action, the last that its owner had said by then.

    Attributes:
        seen: what was reported until now.
        status: own status.
        planned: planned end, as a time.
        expected: expected end, as a time.
        open: reported on, and not completed, stopped or taken over by the end of that quarter.
    """

    seen: Seen
    status: Words
    planned: Floats
    expected: Floats
    open: Flags

    @classmethod
    def of(cls, now: Grid, found: Seen) -> Case:
        """Read the rows that are known now, and what was seen in them."""
        ends = np.arange(1, now.quarters + 1)[:, None]
        words = now.rows["eigen_status"].to_numpy(dtype=object)
        names = np.array(["", *sorted({word for word in words if word})], dtype=object)
        places = now.spread(np.searchsorted(names, words).astype(float))
        told = _carried(places)
        stays = (np.isnan(found.end) | (found.end > ends)) & (np.isnan(found.exits) | (found.exits > ends))
        return cls(
            seen=found,
            status=names[np.nan_to_num(told).astype(np.int64)],
            planned=_carried(now.times("gepland_einde")),
            expected=_carried(now.times("verwacht_einde")),
            open=stays & ~np.isnan(told),
        )

    @property
    def ends(self) -> Floats:
        """The time of each quarter's end, per action."""
        return np.broadcast_to(np.arange(1.0, self.seen.quarters + 1)[:, None], self.planned.shape)


def rivals(case: Case, deadlines: Floats) -> dict[str, NDArray[np.generic]]:
    """Return for each action, as it stands now, what the rivals say of its deadline.

    Returns:
        ``einde`` (the deadline as a time; NaN without one), ``eigen_status``, ``in_tijd`` (the owner expects to be done
        by then), and the chances ``basis``, ``status`` and ``verwachting``.
    """
    expects = np.where(
        np.isnan(case.expected), "", np.array(IN_TIME, dtype=object)[(case.expected <= deadlines + 1e-9).astype(int)]
    )
    answered = case.open & (deadlines <= case.seen.quarters)
    good = answered & (case.seen.end <= deadlines + 1e-9)
    base = (good.sum() + 0.5) / (answered.sum() + 1.0) if answered.any() else np.nan
    return {
        "einde": deadlines[-1],
        "eigen_status": case.status[-1],
        "in_tijd": expects[-1],
        "basis": np.full(len(case.seen.codes), base),
        "status": _share(case.status, answered, good, base),
        "verwachting": _share(expects, answered, good, base),
    }


def _share(words: Words, answered: Flags, good: Flags, base: float) -> Floats:
    """Return per action the share of good answers among the past cases with the same word as now."""
    now, found = words[-1], np.zeros(words.shape[1])
    for word in set(now):
        same = words == word
        found[now == word] = ((good & same).sum() + _MORE * base) / ((answered & same).sum() + _MORE)
    return found


def _carried(values: Floats) -> Floats:
    """Return values carried forward through quarters without one."""
    row = np.where(np.isnan(values), 0, np.arange(len(values))[:, None])
    last = np.maximum.accumulate(row, axis=0)
    found: Floats = values[last, np.arange(values.shape[1])]
    return found
