"""What changed between the previous report and this one.

A changed status is one of these moves (:data:`MOVES`); only between *gestart*, *loopt* and *voltooid* is there an up
and a down. Silence is unknown and thus not below them; a delay or a take-over by a reform is a move of its own:

===============  ==================================================================================
``vertraagd``    a delay now stands
``overgenomen``  a reform now has taken the action over
``terug``        down, or what was known is no longer
``vooruit``      up
``zichtbaar``    the first public trace of progress
``hersteld``     a delay no longer stands, or a take-over no longer holds
===============  ==================================================================================
"""

from __future__ import annotations

import datetime as dt

import pandas as pd

#: An action that runs, but of which nothing was heard for longer than this, is silent.
SILENT_DAYS = 730
#: The statuses that can be compared, from low to high.
STEPS = ("gestart", "loopt", "voltooid")
#: The moves, what a board must hear first in front.
MOVES = ("vertraagd", "overgenomen", "terug", "vooruit", "zichtbaar", "hersteld")
#: The effects of an event that give a status.
_GIVES = {"voltooid": ("voltooid",), "loopt": ("grotendeels", "loopt"), "gestart": ("gestart",)}


def status_changes(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the actions whose status differs from that in the previous report.

    Args:
        now: the result of :func:`analysis.models.evidence.action_status` on the as-of date.
        before: the same on the previous report's as-of date.

    Returns:
        The rows of ``now`` whose status changed, with ``was`` (the former status) and ``beweging`` (one of
        :data:`MOVES`), in the order of the plan.

    >>> now = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2"], "status": ["loopt", "gestart"]})
    >>> before = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2"], "status": ["gestart", "gestart"]})
    >>> status_changes(now, before)[["actie_code", "was", "status", "beweging"]].values.tolist()
    [['1.1.1', 'gestart', 'loopt', 'vooruit']]
    """
    former = before.set_index("actie_code")["status"]
    with_former = now.assign(was=now["actie_code"].map(former))
    changed = with_former[with_former["was"] != with_former["status"]].reset_index(drop=True)
    moves = [_move(str(was), str(status)) for was, status in zip(changed["was"], changed["status"], strict=True)]
    return changed.assign(beweging=pd.Series(moves, index=changed.index, dtype=object))


def _move(was: str, status: str) -> str:
    if status in ("vertraagd", "overgenomen"):
        return status
    if status not in STEPS:
        return "terug"
    if was in ("vertraagd", "overgenomen"):
        return "hersteld"
    if was not in STEPS:
        return "zichtbaar"
    return "vooruit" if STEPS.index(status) > STEPS.index(was) else "terug"


def causes(changed: pd.DataFrame, fresh: pd.DataFrame) -> pd.DataFrame:
    """Return for each changed status the event that did it.

    Args:
        changed: the result of :func:`status_changes`.
        fresh: the events that count now and did not in the previous report, in time, with ``overname``.

    Returns:
        One row of ``fresh`` per row of ``changed``, on its index: the last event that by itself gives the new status,
        else the last that is more than context. Empty cells (NaN) where no new event explains the change.
    """
    rows = [_cause(row.actie_code, row.status, fresh) for row in changed.itertuples()]
    return pd.DataFrame(rows, columns=fresh.columns).set_axis(changed.index, axis=0)


def _cause(code: object, status: object, fresh: pd.DataFrame) -> pd.Series:
    """Return the event; an empty series where there is none."""
    own = fresh[fresh["actie_code"] == code]
    if status == "overgenomen":
        gives = own["overname"].astype(bool)
    elif status == "vertraagd":
        gives = own["soort"] == "vertraging"
    else:
        gives = own["effect_op_voortgang"].isin(_GIVES.get(str(status), ())) & (own["soort"] != "context")
    for rows in (own[gives], own[own["soort"] != "context"]):
        if len(rows):
            event: pd.Series = rows.iloc[-1]
            return event
    return pd.Series(dtype=object)


def undated(facts: pd.DataFrame, collected: dt.date) -> pd.Series:
    """Say of each fact whether it counts as known from the day of collection only because nobody knows better.

    Args:
        facts: ``bekend_op`` and ``bekend_regel``.
        collected: the day on which the data were collected.
    """
    late = facts["bekend_op"] == pd.Timestamp(collected)
    return facts["bekend_regel"].isin(["afgeleid", "levering"]) & late


def newly_known(facts: pd.DataFrame, since: dt.date, collected: dt.date) -> pd.DataFrame:
    """Return the facts that became known after the previous report's as-of date.

    Args:
        facts: a table as known now, with ``bekend_op`` and ``bekend_regel``.
        since: the previous report's as-of date.
        collected: the day on which the data were collected. Of an undated fact it is not known whether it is new, so
            it is left out.
    """
    return facts[(facts["bekend_op"] > pd.Timestamp(since)) & ~undated(facts, collected)]


def new_rows(now: pd.DataFrame, before: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the rows of ``now`` whose key does not stand in ``before``; two empty cells are equal.

    >>> now, before = pd.DataFrame({"code": ["a", "b"]}), pd.DataFrame({"code": ["a"]})
    >>> new_rows(now, before, ["code"])["code"].tolist()
    ['b']
    """
    known = set(_keys(before, key))
    return now[pd.Series([own not in known for own in _keys(now, key)], index=now.index, dtype=bool)]


def _keys(rows: pd.DataFrame, key: list[str]) -> list[tuple[str, ...]]:
    return [tuple(values) for values in rows[key].astype(str).to_numpy(object)]


def silent(actions: pd.DataFrame) -> pd.DataFrame:
    """Return the actions that run or started, but whose youngest evidence is older than two years."""
    under_way = actions["status"].isin(["loopt", "gestart"])
    return actions[under_way & (actions["leeftijd_dagen"] > SILENT_DAYS)]


def within(events: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    """Return the events that certainly took place from ``start`` to ``end``, as precisely as their dates say."""
    return events[(events["datum_van"] >= pd.Timestamp(start)) & (events["datum_tot"] <= pd.Timestamp(end))]
