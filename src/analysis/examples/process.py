"""A whole made-up plan, quarter after quarter: what really happened, and what its owners delivered.

The simulation is pure and seeded. It knows three things that a model of real deliveries has to cope with: actions go
slower than planned, come to a stand, are stopped or taken over; owners say more progress than there is, most of all
near the end, and move dates; and some owners fall silent. A quarter's rows hold only what an owner could say at its
end: a plan that is followed for longer begins with the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from analysis.examples.owners import said
from analysis.examples.rows import contribution_rows, milestone_rows, progress_rows
from analysis.examples.truth import course, table
from analysis.examples.world import Calendar, Process, position
from analysis.quarter import Quarter

__all__ = ["Process", "Simulated", "simulate"]

TABLES = ("voortgang", "bijdragen", "mijlpalen")


@dataclass(frozen=True)
class Simulated:
    """A made-up plan.

    Attributes:
        truth: one row per quarter and action, see :func:`analysis.examples.truth.table`.
        tables: the delivered tables that were asked for, with ``kwartaal`` and the contract's own columns.
    """

    truth: pd.DataFrame
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)

    @property
    def voortgang(self) -> pd.DataFrame:
        """The delivered table of progress."""
        return self.tables["voortgang"]


def simulate(
    actions: pd.DataFrame,
    first: Quarter,
    last: Quarter,
    seed: int,
    *,
    process: Process | None = None,
    tables: Sequence[str] = TABLES,
    organisatie_ids: Sequence[str] = (),
) -> Simulated:
    """Simulate a plan.

    Args:
        actions: ``actie_code``; a code may stand there once.
        first: quarter of the first delivery.
        last: quarter of the last delivery.
        seed: same seed, same plan; 0 or more.
        process: how actions and owners behave; by default as in :class:`analysis.examples.world.Process`.
        tables: the delivered tables that are wanted, out of :data:`TABLES`; fewer take less time.
        organisatie_ids: the organisations among which contributors are drawn; none gives no ``bijdragen``.

    Returns:
        The truth of every quarter from the beginning of the plan (or ``first``, when that is earlier) to ``last``, and
        the delivered rows of ``first`` to ``last``.

    Raises:
        ValueError: the last quarter lies before the first or before the plan, or a table is none of ours.

    >>> actions = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2"]})
    >>> plan = simulate(actions, Quarter(2021, 3), Quarter(2022, 2), seed=7)
    >>> sorted(plan.tables), len(plan.truth)
    (['bijdragen', 'mijlpalen', 'voortgang'], 8)
    """
    own = process or Process()
    if last < max(first, own.start):
        raise ValueError(f"{last} lies before {first} or before the plan")
    if unknown := set(tables) - set(TABLES):
        raise ValueError(f"no such tables: {', '.join(sorted(unknown))}")
    calendar = Calendar.between(min(first, own.start), last)
    shown = np.arange(calendar.count) >= position(calendar.first, first)
    true = course(len(actions), calendar, seed, own)
    told = said(true, seed, own)
    makers = {
        "voortgang": lambda: progress_rows(true, told, actions, calendar, shown, seed),
        "bijdragen": lambda: contribution_rows(told, actions, calendar, shown, seed, organisatie_ids),
        "mijlpalen": lambda: milestone_rows(true, told, actions, calendar, shown, seed),
    }
    return Simulated(table(true, actions, calendar), {name: makers[name]() for name in tables})
