"""Which decisions the public evidence asks of the board: rules over the statuses, the plan's end and its targets.

======================  =====================================================================================
``plan_loopt_af``       the plan ends within :data:`END_QUARTERS` quarters, or is over, with actions that are
                        not completed
``vertraagd``           of an action a delay stands
``overgenomen``         a reform took an action over
``stil``                an action runs or started, but its youngest evidence is over two years old
``geen_spoor``          an action has no public trace
``zonder_meting``       a target of the plan has no measured value
======================  =====================================================================================

They stand in this order: what has a date first, then what is known to go otherwise than planned, then what is unknown.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pandas as pd

from analysis.models.changes import silent

KINDS = ("plan_loopt_af", "vertraagd", "overgenomen", "stil", "geen_spoor", "zonder_meting")
#: From so many quarters before its end on, a plan asks what comes after it.
END_QUARTERS = 4
_DAYS_PER_QUARTER = 365.25 / 4


@dataclass(frozen=True)
class Ask:
    """One decision that is asked.

    Attributes:
        kind: one of :data:`KINDS`.
        actions: the actions that it is about; empty for ``zonder_meting``.
        n: how many actions, or targets, it is about.
    """

    kind: str
    actions: pd.DataFrame
    n: int


def asked(statuses: pd.DataFrame, end: dt.date | None, targets: int, as_of: dt.date) -> list[Ask]:
    """Return the decisions that are asked, in the order of :data:`KINDS`.

    Args:
        statuses: the actions with ``status`` and ``leeftijd_dagen``.
        end: the last day of the plan; None when it is not known.
        targets: how many targets of the plan have no measured value.
        as_of: the day on which the report looks.
    """
    status = statuses["status"]
    ending = end is not None and days_left(end, as_of) <= END_QUARTERS * _DAYS_PER_QUARTER
    rows = {
        "plan_loopt_af": statuses[(status != "voltooid") & ending],
        "vertraagd": statuses[status == "vertraagd"],
        "overgenomen": statuses[status == "overgenomen"],
        "stil": silent(statuses),
        "geen_spoor": statuses[status == "geen_spoor"],
    }
    found = [Ask(kind, own, len(own)) for kind, own in rows.items() if len(own)]
    # the data hold no measurements of targets yet, so that callers count every target of the plan here
    return [*found, Ask("zonder_meting", statuses.iloc[:0], targets)] if targets else found


def days_left(end: dt.date, as_of: dt.date) -> int:
    """Return the days until the plan ends; negative when it is over.

    >>> days_left(dt.date(2026, 12, 31), dt.date(2026, 11, 14))
    47
    """
    return (pd.Timestamp(end) - pd.Timestamp(as_of)).days
