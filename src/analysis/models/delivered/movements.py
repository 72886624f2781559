"""Quarter against quarter: everything that a delivery changed, said aloud or in silence.

The kinds, in the order in which they are returned (:data:`KINDS`):

========================  ===========================================================================================
``stil_gewijzigd``        what was reported for an *earlier* quarter, or period, is no longer what it was on the day of
                          the previous report
``status_slechter``       computed (``status``) or own (``eigen_status``) status, worse
``status_beter``          better
``status_anders``         from or to a status without rank, such as *onbekend* or *stopgezet*
``herpland``              a planned or expected date of an action moved
``datum_gewist``          such a date was known and no longer is
``datum_ingevuld``        such a date is known for the first time
``doel_gewijzigd``        a target, a base or the good direction of a meetpunt
``mijlpaal_verschoven``   the planned date of a milestone (a date may also have been added or wiped)
``mijlpaal_verdwenen``    a milestone that the last delivery of its action had; the action is delivered, it is not
``mijlpaal_verschenen``   a milestone that no delivery before had
``gewicht``               the weight of an action (unknown is 1)
``trekker``               the role that owns an action
``voortgang``             progress, in %
``verdwenen``             an action that the delivery before had
``verschenen``            an action that the delivery before did not have
========================  ===========================================================================================

What is compared is the row of the quarter with the youngest row before it, as both are now known. A quarter of which
nothing at all was delivered is silence and no movement, and so is what the first delivery brings.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Iterator
from typing import Any

import pandas as pd

from analysis.models.delivered.latest import history
from analysis.models.delivered.status import DATES, RANK, status_history, until
from analysis.quarter import Quarter

KINDS = (
    "stil_gewijzigd",
    "status_slechter",
    "status_beter",
    "status_anders",
    "herpland",
    "datum_gewist",
    "datum_ingevuld",
    "doel_gewijzigd",
    "mijlpaal_verschoven",
    "mijlpaal_verdwenen",
    "mijlpaal_verschenen",
    "gewicht",
    "trekker",
    "voortgang",
    "verdwenen",
    "verschenen",
)
COLUMNS = ("soort", "code", "onderdeel", "veld", "was", "nu", "kwartaal_was", "kwartaal_nu")
PLANNED = ("gepland_start", "gepland_einde", "verwacht_start", "verwacht_einde")
TARGETS = (
    "richting",
    "basis_waarde",
    "basis_periode",
    "streef_waarde",
    "streef_onder",
    "streef_boven",
    "streef_periode",
)
#: What must not change in silence. A date that a later quarter moves is a re-planning, which is said aloud.
REPORTED = ("voortgang_pct", "eigen_status", "gewicht", "trekker_rol", *DATES)
#: The columns of an action of which every change is one kind of movement.
_PLAIN = {"gewicht": "gewicht", "trekker_rol": "trekker", "voortgang_pct": "voortgang"}

#: A row by the names of its columns.
Row = dict[Hashable, Any]
#: Kind, part and field of a movement.
Field = tuple[str, str, str]


def movements(
    voortgang: pd.DataFrame,
    mijlpalen: pd.DataFrame,
    meetpunten: pd.DataFrame,
    metingen: pd.DataFrame,
    as_of: dt.date,
    quarter: Quarter,
) -> pd.DataFrame:
    """Return what the quarter's deliveries changed.

    Args:
        voortgang: the table of that name, all deliveries; so are ``mijlpalen``, ``meetpunten`` and ``metingen``.
        mijlpalen: see above.
        meetpunten: see above.
        metingen: see above.
        as_of: the day of the report. The previous report looked as many days after its own quarter.
        quarter: the quarter of the report.

    Returns:
        One row per change: ``soort`` (one of :data:`KINDS`), ``code`` (of the action or meetpunt), ``onderdeel``
        (code of the milestone, or period of the measurement, else ""), ``veld`` (the column), ``was`` and ``nu``
        (number, text or date by the column; NaN, "" or NaT is unknown), ``kwartaal_was`` and ``kwartaal_nu`` (of the
        two rows; "" where there is none). By kind, then by code.
    """
    past = status_history(voortgang, as_of, quarter)
    previous = pd.Timestamp(quarter.previous().end) + (pd.Timestamp(as_of) - pd.Timestamp(quarter.end))
    found = [
        *_silent(voortgang, quarter, previous),
        *_remeasured(metingen, quarter, previous),
        *_actions(past, quarter),
        *_milestones(until(mijlpalen, quarter), past, quarter),
        *_targets(until(meetpunten, quarter), quarter),
    ]
    found.sort(key=lambda row: (KINDS.index(str(row["soort"])), row["code"], row["onderdeel"]))
    return pd.DataFrame(found, columns=list(COLUMNS)).astype({"was": object, "nu": object})


def _actions(past: pd.DataFrame, quarter: Quarter) -> Iterator[Row]:
    names = ["actie_code", "kwartaal", "bekend_op", "status", "eigen_status", *PLANNED, *_PLAIN]
    pairs, base = _both(past[names], ["actie_code"], quarter)
    for (code,), (was, now) in pairs.items():
        if was is not None and now is not None:
            yield from _status_changes(code, was, now)
            yield from _replanned(code, was, now)
            for name, kind in _PLAIN.items():
                yield from _change(was, now, code, (kind, "", name))
        yield from _come_or_gone(was, now, base, code, ("verschenen", "verdwenen", "", "actie_code"))


def _milestones(rows: pd.DataFrame, past: pd.DataFrame, quarter: Quarter) -> Iterator[Row]:
    """Return what moved, came and went; what an action that was silent for a while had before is not new."""
    own = rows[["actie_code", "mijlpaal_code", "kwartaal", "bekend_op", "gepland"]]
    named = set(past.loc[past["kwartaal"] == str(quarter), "actie_code"])
    told = past[(past["kwartaal"] < str(quarter)) & past["kwartaal"].isin(own["kwartaal"])]
    last = told.groupby("actie_code")["kwartaal"].max().to_dict()
    for (action, code), (was, now) in _both(own, ["actie_code", "mijlpaal_code"], quarter)[0].items():
        if was is not None and now is not None:
            yield from _change(was, now, action, ("mijlpaal_verschoven", code, "gepland"))
        elif action in named:
            field = ("mijlpaal_verschenen", "mijlpaal_verdwenen", code, "mijlpaal_code")
            yield from _come_or_gone(was, now, last.get(action), action, field)


def _targets(rows: pd.DataFrame, quarter: Quarter) -> Iterator[Row]:
    own = rows[["meetpunt_code", "kwartaal", "bekend_op", *TARGETS]]
    for (code,), (was, now) in _both(own, ["meetpunt_code"], quarter)[0].items():
        if was is not None and now is not None:
            for name in TARGETS:
                yield from _change(was, now, code, ("doel_gewijzigd", "", name))


def _silent(rows: pd.DataFrame, quarter: Quarter, previous: pd.Timestamp) -> Iterator[Row]:
    """Return what the rows of earlier quarters say now and did not say on the day of the previous report."""
    own = rows[["kwartaal", "actie_code", "bekend_op", *REPORTED]]
    earlier = own[own["kwartaal"] < str(quarter)]
    for was, now in _restated(earlier, ["kwartaal", "actie_code"], previous):
        for name in REPORTED:
            yield from _change(was, now, str(now["actie_code"]), ("stil_gewijzigd", "", name))


def _remeasured(rows: pd.DataFrame, quarter: Quarter, previous: pd.Timestamp) -> Iterator[Row]:
    """Return the measurements of which another value was known on the day of the previous report."""
    for was, now in _restated(until(rows, quarter), ["meetpunt_code", "periode"], previous):
        yield from _change(was, now, str(now["meetpunt_code"]), ("stil_gewijzigd", str(now["periode"]), "waarde"))


def _restated(rows: pd.DataFrame, key: list[str], previous: pd.Timestamp) -> Iterator[tuple[Row, Row]]:
    """Return of each key the row that counted on that day and the one that counts now, where these are two."""
    order = rows.sort_values(["kwartaal", "bekend_op"], kind="stable")  # as in latest()
    now = order.drop_duplicates(key, keep="last")
    fresh = now[now["bekend_op"] > previous]
    known = order[order["bekend_op"] <= previous].drop_duplicates(key, keep="last").merge(fresh[key], on=key)
    was = {_key(row, key): row for row in known.to_dict("records")}
    for row in fresh.to_dict("records"):
        if _key(row, key) in was:
            yield was[_key(row, key)], row


def _both(
    rows: pd.DataFrame, key: list[str], quarter: Quarter
) -> tuple[dict[tuple[str, ...], tuple[Row | None, Row | None]], str]:
    """Return of each key its youngest row before the quarter and its row of the quarter, and the quarter before.

    Without any row of the quarter, or any before it, there is nothing to compare. The quarter before is the last that
    has rows.
    """
    known = history(rows, key)
    now, before = known[known["kwartaal"] == str(quarter)], known[known["kwartaal"] < str(quarter)]
    if now.empty or before.empty:
        return {}, ""
    pairs: dict[tuple[str, ...], tuple[Row | None, Row | None]] = {}
    for row in before.drop_duplicates(key, keep="last").to_dict("records"):
        pairs[_key(row, key)] = (row, None)
    for row in now.to_dict("records"):
        pairs[_key(row, key)] = (pairs.get(_key(row, key), (None, None))[0], row)
    return pairs, str(before["kwartaal"].max())


def _key(row: Row, key: list[str]) -> tuple[str, ...]:
    return tuple(str(row[name]) for name in key)


def _status_changes(code: str, was: Row, now: Row) -> Iterator[Row]:
    for name in ("status", "eigen_status"):
        ranks = [RANK.get(str(row[name])) for row in (was, now)]
        yield from _change(was, now, code, (_direction(*ranks), "", name))


def _direction(was: int | None, now: int | None) -> str:
    if was is None or now is None:
        return "status_anders"
    return "status_beter" if now > was else "status_slechter"


def _replanned(code: str, was: Row, now: Row) -> Iterator[Row]:
    for name in PLANNED:
        kind = "datum_ingevuld" if _unknown(was[name]) else "datum_gewist" if _unknown(now[name]) else "herpland"
        yield from _change(was, now, code, (kind, "", name))


def _change(was: Row, now: Row, code: str, field: Field) -> Iterator[Row]:
    """Return the movement of one field, if it moved; two unknown values are the same."""
    kind, part, name = field
    before, after = _value(was, name), _value(now, name)
    if before != after and not (_unknown(before) and _unknown(after)):
        values = (kind, code, part, name, before, after, was["kwartaal"], now["kwartaal"])
        yield dict(zip(COLUMNS, values, strict=True))


def _value(row: Row, name: str) -> object:
    """Return what a row says; a weight that it does not give is 1."""
    return 1.0 if name == "gewicht" and _unknown(row[name]) else row[name]


def _unknown(value: object) -> bool:
    return value == "" or value is None or value is pd.NaT or value != value


def _come_or_gone(
    was: Row | None, now: Row | None, base: str | None, code: str, field: tuple[str, str, str, str]
) -> Iterator[Row]:
    """Return the movement of what the quarter before (``base``) did not have, or was the last to have."""
    come, gone, part, name = field
    last = "" if was is None else str(was["kwartaal"])
    if now is not None and last != base:
        yield dict(zip(COLUMNS, (come, code, part, name, "", now[name], last, now["kwartaal"]), strict=True))
    if now is None and was is not None and last == base:
        yield dict(zip(COLUMNS, (gone, code, part, name, was[name], "", last, ""), strict=True))
