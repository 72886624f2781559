"""What public evidence says about each action: one status, its rule, inputs and age.

The statuses, in the order in which they are tried; the first that applies is the one:

================  =================================================================================
``voltooid``      an event that is more than context has the effect *voltooid*
``overgenomen``   an event shows that a later reform took over the action's subject (table
                  ``bewijs_hervorming``)
``vertraagd``     a delay stands: nothing that is more than context certainly came after it
``loopt``         such an event has the effect *loopt* or *grotendeels*
``gestart``       such an event has the effect *gestart*
``geen_spoor``    no event, or only context and events whose effect is unknown: silence is unknown,
                  never 'not started'
================  =================================================================================

Only events that had begun on or before the as-of date, and were known by then, count.

A date that its source gives as a month or a year is a stretch of days. Whether an event came
*after* another is certain only when its stretch begins after the other's ends; in doubt, a delay
stands. The age of evidence counts from the last day of the stretch: it is never overstated.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import Any

import pandas as pd

STATUSES = ("voltooid", "loopt", "gestart", "vertraagd", "overgenomen", "geen_spoor")
EFFECTS = ("onbekend", "gestart", "loopt", "grotendeels", "voltooid")
FINDINGS = (
    "status",
    "regel",
    "bewijzen",
    "laatste",
    "laatste_van",
    "laatste_soort",
    "leeftijd_dagen",
    "zekerheid",
    "bron_ids",
)

#: An event by the names of its columns: going through these is many times faster than through tables per action.
Event = dict[Hashable, Any]


def action_status(
    actions: pd.DataFrame, evidence: pd.DataFrame, takeovers: pd.DataFrame, as_of: dt.date
) -> pd.DataFrame:
    """Give each action exactly one status.

    Args:
        actions: ``actie_code``, ``doelstelling_code``; other columns are kept.
        evidence: table ``bewijs_acties`` as known on ``as_of``.
        takeovers: table ``bewijs_hervorming``.
        as_of: the day on which the report looks.

    Returns:
        The actions with ``status``, ``regel`` (``voltooid``, ``overgenomen``, ``vertraagd``,
        ``grotendeels``, ``loopt``, ``gestart``, ``enkel_context``, ``geen_bewijs``), ``bewijzen``
        (number of events), ``laatste`` (last day of the youngest event, at most ``as_of``; NaT
        without one), ``laatste_van`` and ``laatste_soort`` (its first day, and how precisely its
        source dates it), ``leeftijd_dagen``, ``zekerheid`` of the event that decided ("" without
        one) and ``bron_ids`` (tuple).

    >>> actions = pd.DataFrame({"actie_code": ["1.1.1"], "doelstelling_code": ["1.1"]})
    >>> none = pd.DataFrame(columns=["actie_code", "datum", "datum_van", "datum_tot",
    ...     "datum_soort", "soort", "effect_op_voortgang", "zekerheid", "bron_id"])
    >>> no_reform = pd.DataFrame(columns=["actie_code", "datum", "bewijs_bron_id"])
    >>> found = action_status(actions, none, no_reform, dt.date(2026, 11, 14))
    >>> found[["status", "regel"]].iloc[0].tolist()
    ['geen_spoor', 'geen_bewijs']
    """
    events: dict[str, list[Event]] = {str(code): [] for code in actions["actie_code"]}
    for event in events_until(evidence, takeovers, as_of).to_dict("records"):
        events.setdefault(str(event["actie_code"]), []).append(event)
    found = [_one(events[str(code)], pd.Timestamp(as_of)) for code in actions["actie_code"]]
    findings = pd.DataFrame(found, columns=list(FINDINGS))
    return pd.concat([actions.reset_index(drop=True), findings], axis=1)


def events_until(evidence: pd.DataFrame, takeovers: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Return the events begun by ``as_of``, in time, with ``overname`` (one shows a take-over)."""
    begun = evidence[pd.to_datetime(evidence["datum_van"]) <= pd.Timestamp(as_of)]
    columns = (takeovers[name] for name in ("actie_code", "datum", "bewijs_bron_id"))
    keys = set(zip(*columns, strict=True))
    own = zip(begun["actie_code"], begun["datum"], begun["bron_id"], strict=True)
    shows = pd.Series([key in keys for key in own], index=begun.index, dtype=bool)
    # of two events on one day the delay comes last, so that it is never hidden by good news
    marked = begun.assign(overname=shows, _delay=begun["soort"] == "vertraging")
    order = ["datum_tot", "datum_van", "_delay"]
    return marked.sort_values(order, kind="stable").drop(columns="_delay")


def standing_delay(events: pd.DataFrame) -> pd.DataFrame:
    """Return the delays of one action that nothing certainly came after; empty when it is not late.

    Args:
        events: the events of one action, in time (see :func:`events_until`).

    Returns:
        The delay events since the last progress: the first says since when, the last what is known.
    """
    rows = events.to_dict("records")
    return events[pd.Series([_stands(event, rows) for event in rows], index=events.index, dtype=bool)]


def _stands(event: Event, events: list[Event]) -> bool:
    """Say whether an event is a delay, and no progress certainly came after it."""
    progress = (other for other in events if other["soort"] not in ("vertraging", "context"))
    return event["soort"] == "vertraging" and not any(other["datum_van"] > event["datum_tot"] for other in progress)


def _one(events: list[Event], as_of: pd.Timestamp) -> dict[str, object]:
    status, rule, deciding = _decide(events)
    return {
        "status": status,
        "regel": rule,
        "bewijzen": len(events),
        **_youngest(events, as_of),
        "zekerheid": str(deciding[-1]["zekerheid"]) if deciding else "",
        "bron_ids": tuple(dict.fromkeys(event["bron_id"] for event in events)),
    }


def _youngest(events: list[Event], as_of: pd.Timestamp) -> dict[str, object]:
    """Return when the youngest event was, as far as its source says, and its age in days."""
    if not events:
        unknown = dict.fromkeys(("laatste", "laatste_van"), pd.NaT)
        return {**unknown, "laatste_soort": "", "leeftijd_dagen": None}
    event = events[-1]
    last = min(event["datum_tot"], as_of)
    return {
        "laatste": last,
        "laatste_van": event["datum_van"],
        "laatste_soort": str(event["datum_soort"]),
        "leeftijd_dagen": (as_of - last).days,
    }


def _decide(events: list[Event]) -> tuple[str, str, list[Event]]:
    """Return the status, the rule that gave it, and the events that decided."""
    taken = [event for event in events if event["overname"]]
    late = [event for event in events if _stands(event, events)]
    tried = (
        ("voltooid", "voltooid", _with_effect(events, "voltooid")),
        ("overgenomen", "overgenomen", taken),
        ("vertraagd", "vertraagd", late),
        ("loopt", "grotendeels", _with_effect(events, "grotendeels")),
        ("loopt", "loopt", _with_effect(events, "loopt")),
        ("gestart", "gestart", _with_effect(events, "gestart")),
    )
    return next((one for one in tried if one[2]), ("geen_spoor", "enkel_context" if events else "geen_bewijs", []))


def _with_effect(events: list[Event], effect: str) -> list[Event]:
    """Context tells of the surroundings of an action: whatever it suggests, it carries no status."""
    return [event for event in events if event["effect_op_voortgang"] == effect and event["soort"] != "context"]
