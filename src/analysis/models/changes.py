"""What changed between the previous report and this one."""

from __future__ import annotations

import datetime as dt

import pandas as pd

#: An action that runs, but of which nothing was heard for longer than this, is silent.
SILENT_DAYS = 730


def status_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the actions whose status differs from that in the previous report.

    Args:
        now: the result of :func:`analysis.models.evidence.action_status` on the as-of date.
        before: the same on the previous report's as-of date.

    Returns:
        The rows of ``now`` whose status changed, with ``was`` (the former status), in the order of the plan.

    >>> now = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2"], "status": ["loopt", "gestart"]})
    >>> before = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2"], "status": ["gestart", "gestart"]})
    >>> status_changes(now, before)[["actie_code", "was", "status"]].values.tolist()
    [['1.1.1', 'gestart', 'loopt']]
    """
    former = before.set_index("actie_code")["status"]
    with_former = now.assign(was=now["actie_code"].map(former))
    return with_former[with_former["was"] != with_former["status"]].reset_index(drop=True)


def newly_known(facts: pd.DataFrame, since: dt.date, collected: dt.date) -> pd.DataFrame:
    """Return the facts that became known after the previous report's as-of date.

    Args:
        facts: a table as known now, with ``bekend_op`` and ``bekend_regel``.
        since: the previous report's as-of date.
        collected: the day on which the data were collected. An undated fact counts as known from then; that it is
            new is not known, so it is left out.
    """
    undated = facts["bekend_regel"].isin(["afgeleid", "levering"]) & (facts["bekend_op"] == pd.Timestamp(collected))
    return facts[(facts["bekend_op"] > pd.Timestamp(since)) & ~undated]


def within(events: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    """Return the events that certainly took place from ``start`` to ``end``, as precisely as their dates say."""
    return events[(events["datum_van"] >= pd.Timestamp(start)) & (events["datum_tot"] <= pd.Timestamp(end))]


def silent(actions: pd.DataFrame) -> pd.DataFrame:
    """Return the actions that run or started, but whose youngest evidence is older than two years."""
    under_way = actions["status"].isin(["loopt", "gestart"])
    return actions[under_way & (actions["leeftijd_dagen"] > SILENT_DAYS)]
