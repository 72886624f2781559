"""How much quarters differ for all actions of a plan together: holidays, elections, a budget that is late.

In a quarter with many actions their own luck cancels out. What is left of the difference between all progress and all
that was to be expected, beyond that luck, is shared.
"""

from __future__ import annotations

import numpy as np

from analysis.models.delivered.forecast_seen import Floats, Numbers

#: Relative deviation before there is experience, and the number of quarters that it weighs.
PRIOR, PRIOR_QUARTERS = 0.2, 8.0
LEAST = 0.1
#: A quarter with fewer actions than this says nothing.
ACTIONS = 5


def swings(gained: Floats, expected: Floats, open_: Numbers) -> Floats:
    """Return the relative deviation of a quarter, for each open action as the others show it.

    Args:
        gained: progress per action (row) and quarter (column), 0 where none is known.
        expected: the progress that was to be expected in it; 0 where none is known.
        open_: places of the open actions.

    >>> expected = np.ones((30, 8))
    >>> shared = np.tile([1.5, 0.5], 4) * expected
    >>> swings(shared, expected, np.array([0])).round(2).tolist()
    [0.38]
    >>> swings(expected, expected, np.array([0])).round(2).tolist()
    [0.14]
    """
    total, luck, many = (
        values.sum(axis=0) - values[open_]
        for values in (gained, (gained - expected) ** 2, (expected > 0).astype(float))
    )
    due = np.maximum(expected.sum(axis=0) - expected[open_], 1e-9)
    usual = np.maximum(total.sum(axis=1) / due.sum(axis=1), 0.1)[:, None] * due
    used = many >= ACTIONS
    surplus = np.where(used, (total / usual - 1) ** 2 - luck / usual**2, 0.0).sum(axis=1)
    variance = (surplus + PRIOR**2 * PRIOR_QUARTERS) / (used.sum(axis=1) + PRIOR_QUARTERS)
    found: Floats = np.sqrt(np.maximum(variance, LEAST**2))
    return found
