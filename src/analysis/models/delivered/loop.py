"""The decision loop: from a deviation to its cause, a measure, who does it by when, and what came of it.

The Brussels rules on beheerscontrole (order of 30-05-2024) ask of each report: deviation, cause, corrective measure. A
loop opens with the first quarter in which an action is computed red or orange, and closes with the first in which it is
computed to be anything else that is known; a quarter of which nothing is known closes nothing. The states of a loop, in
the order in which they are tried:

================================  =================================================================================
``gesloten``                      the deviation is gone
``heropend``                      it had gone at most :data:`REOPEN_QUARTERS` quarters before it came back, or in an
                                  earlier quarter its measure was reported as fully effective: it stands again, or
                                  still
``geen_oorzaak``                  no cause is named
``geen_maatregel``                no measure is named, or it was dropped
``uitgevoerd_zonder_effect``      it was carried out, and no effect or none at all is reported: the deviation stands
``maatregel_zonder_rol_of_datum`` nobody is named to carry it out, or no day by which
``te_laat``                       that day is over and it is not reported as carried out
``open``                          all else: it runs, or has had an effect that the next quarter must show
================================  =================================================================================

The board's own decisions (:func:`board_decisions`) run through a loop of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.models.delivered.latest import latest
from analysis.models.delivered.status import quarter_numbers, status_history, until
from analysis.quarter import Quarter

LOOPS = (
    "heropend",
    "te_laat",
    "uitgevoerd_zonder_effect",
    "geen_oorzaak",
    "geen_maatregel",
    "maatregel_zonder_rol_of_datum",
    "open",
    "gesloten",
)
DEVIATIONS = ("rood", "oranje")
#: A deviation that comes back within a year of its end is the same one; later it is a new one.
REOPEN_QUARTERS = 4
DECISIONS = (
    "te_laat",
    "open",
    "zonder_termijn",
    "uitgevoerd_zonder_effect",
    "uitgevoerd_met_effect",
    "ingetrokken",
    "onbekend",
)
_MEASURE = ("oorzaak", "maatregel_nl", "maatregel_fr", "maatregel_rol", "maatregel_datum")
_DONE = ("maatregel_stand", "maatregel_effect")
_DEVIATION = ("afwijking", "regel", "gemeten", "drempel", "achterstand", "uitloop_dagen")
COLUMNS = (
    *("actie_code", "lus", "stap", "sinds", "kwartalen_open", "eerder_goed", "gesloten_in"),
    *(*_DEVIATION, *_MEASURE, *_DONE, "kwartaal"),
)

#: A quarter's row of one action by the names of its columns.
Row = dict[Hashable, Any]


def loops(statuses: pd.DataFrame, voortgang: pd.DataFrame, as_of: dt.date, quarter: Quarter) -> pd.DataFrame:
    """Return the youngest loop of each action that ever deviated.

    Args:
        statuses: :func:`analysis.models.delivered.status.action_status` of the same day and quarter. It tells of an
            action whose youngest row is of an earlier quarter how it stands in this one.
        voortgang: the table of that name, all deliveries.
        as_of: the day of the report.
        quarter: the quarter of the report.

    Returns:
        ``actie_code``, ``lus`` (one of :data:`LOOPS`), ``stap`` (the state without regard to an earlier closing: what a
        reopened loop misses now), ``sinds`` (the quarter in which the deviation began), ``kwartalen_open`` (from that
        quarter to the report's, or to the one before it closed, both counted), ``eerder_goed`` (the quarter in which it
        had closed before, or its measure was reported as effective; "" unless reopened), ``gesloten_in`` ("" while
        open), the deviation as it was last known (``afwijking``, ``regel``, ``gemeten``, ``drempel``, ``achterstand``,
        ``uitloop_dagen``), its cause and measure and what became of them, and ``kwartaal`` of the row that says all
        this. In the order of the codes.

    >>> from analysis.models.delivered.status import DATES, action_status
    >>> none = {**dict.fromkeys(DATES, pd.NaT), **dict.fromkeys((*_MEASURE, *_DONE), ""), "maatregel_datum": pd.NaT}
    >>> row = {**none, "actie_code": "1.1.1", "kwartaal": "2026Q3", "bekend_op": pd.Timestamp("2026-10-09"),
    ...     "eigen_status": "oranje", "voortgang_pct": 90.0, "gewicht": 1.0, "oorzaak": "budget",
    ...     "gepland_einde": pd.Timestamp("2026-08-31")}
    >>> table, day, quarter = pd.DataFrame([row]), dt.date(2026, 9, 30), Quarter(2026, 3)
    >>> found = loops(action_status(table[["actie_code"]], table, day, quarter), table, day, quarter)
    >>> found[["afwijking", "regel", "oorzaak", "lus", "kwartalen_open"]].values.tolist()
    [['rood', 'einde_voorbij', 'budget', 'geen_maatregel', 1]]
    """
    statuses = statuses.assign(actie_code=statuses["actie_code"].astype(str))  # a plan may have no actions
    past = status_history(voortgang, as_of, quarter)
    names = ["actie_code", "kwartaal", "status", *_DEVIATION[1:], *_MEASURE, *_DONE]
    own = past.loc[past["actie_code"].isin(statuses["actie_code"]), names]
    parts = [own.assign(rij_kwartaal=own["kwartaal"]), _today(own, statuses, quarter)]
    known = pd.concat(parts, ignore_index=True)
    known = known[known["status"] != "onbekend"].assign(nummer=quarter_numbers(known["kwartaal"]))
    deviated = known["actie_code"].isin(known.loc[known["status"].isin(DEVIATIONS), "actie_code"])
    rows: dict[str, list[Row]] = {}
    for row in known[deviated].sort_values(["actie_code", "nummer"], kind="stable").to_dict("records"):
        rows.setdefault(str(row["actie_code"]), []).append(row)
    found = [_loop(own, pd.Timestamp(as_of), quarter) for own in rows.values()]
    return pd.DataFrame(found, columns=list(COLUMNS))


def _today(past: pd.DataFrame, statuses: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """Return the youngest rows of earlier quarters as rows of the report's, with the status that they have today."""
    last = past.drop_duplicates("actie_code", keep="last")
    older = last[last["kwartaal"] != str(quarter)]
    plain = older.drop(columns=["status", *_DEVIATION[1:]])
    today = plain.merge(statuses[["actie_code", "status", *_DEVIATION[1:]]], on="actie_code")
    return today.assign(rij_kwartaal=today["kwartaal"], kwartaal=str(quarter))[[*past.columns, "rij_kwartaal"]]


def board_decisions(beslissingen: pd.DataFrame, as_of: dt.date, quarter: Quarter) -> pd.DataFrame:
    """Return what became of each of the board's decisions.

    Args:
        beslissingen: the table of that name, all deliveries.
        as_of: the day of the report.
        quarter: the quarter of the report; rows of later ones do not count.

    Returns:
        The youngest row of each decision taken by the day, in the order of the codes, with ``lus`` (one of
        :data:`DECISIONS`: open with its deadline over is ``te_laat``, open without one ``zonder_termijn``; carried out
        with or without a reported effect), ``dagen_te_laat`` (days from the deadline to the day on which it was carried
        out, or to the report's while it is open; at most 0 is in time, NaN is unknown) and ``kwartalen_open``
        (quarters since the decision, both counted; NaN when it is not open or has no date).

    >>> row = {"beslissing_code": "B1", "kwartaal": "2026Q3", "bekend_op": pd.Timestamp("2026-10-09"), "stand": "open",
    ...     "datum": pd.Timestamp("2026-02-03"), "tegen": pd.Timestamp("2026-06-30"), "uitgevoerd_op": pd.NaT}
    >>> found = board_decisions(pd.DataFrame([row]), dt.date(2026, 9, 30), Quarter(2026, 3))
    >>> found[["lus", "dagen_te_laat", "kwartalen_open"]].values.tolist()
    [['te_laat', 92.0, 3.0]]
    """
    rows = latest(until(beslissingen, quarter), ["beslissing_code"])
    rows = rows.assign(**{name: pd.to_datetime(rows[name]) for name in ("datum", "tegen", "uitgevoerd_op")})
    day = pd.Timestamp(as_of)
    rows = rows[~(rows["datum"] > day)].reset_index(drop=True)
    states = [_decision(row, day) for row in rows.to_dict("records")]
    rows = rows.assign(lus=pd.Series(states, index=rows.index, dtype=object))
    pending, done = rows["lus"].isin(DECISIONS[:3]), rows["lus"].isin(DECISIONS[3:5])
    end = rows["uitgevoerd_op"].where(done).mask(pending, day)
    began = 4 * rows["datum"].dt.year + rows["datum"].dt.quarter
    waits = (4 * quarter.year + quarter.number - began + 1).astype(float)
    return rows.assign(
        dagen_te_laat=(end - rows["tegen"]).dt.days.astype(float), kwartalen_open=waits.where(pending).clip(lower=1)
    )


def _decision(row: Row, day: pd.Timestamp) -> str:
    done = row["stand"] == "uitgevoerd" and not row["uitgevoerd_op"] > day
    if done:
        return "uitgevoerd_met_effect" if row["effect_nl"] or row["effect_fr"] else "uitgevoerd_zonder_effect"
    if row["stand"] not in ("open", "uitgevoerd"):
        return "ingetrokken" if row["stand"] == "ingetrokken" else "onbekend"
    if pd.isna(row["tegen"]):
        return "zonder_termijn"
    return "te_laat" if row["tegen"] < day else "open"


def _loop(rows: list[Row], day: pd.Timestamp, quarter: Quarter) -> Row:
    """Return the youngest loop out of the quarters of one action of which a status is known, in time."""
    end = max(at for at, row in enumerate(rows) if row["status"] in DEVIATIONS)
    start = next((at + 1 for at in range(end, -1, -1) if rows[at]["status"] not in DEVIATIONS), 0)
    closing = rows[end + 1] if end + 1 < len(rows) else None
    good = _good_before(rows, start, end)
    step = "gesloten" if closing is not None else _step(rows[end], day)
    last = 4 * quarter.year + quarter.number if closing is None else int(closing["nummer"]) - 1
    return {
        **rows[end],
        "afwijking": rows[end]["status"],
        "lus": "heropend" if good and closing is None else step,
        "stap": step,
        "sinds": rows[start]["kwartaal"],
        "kwartalen_open": last - int(rows[start]["nummer"]) + 1,
        "eerder_goed": good if closing is None else "",
        "gesloten_in": "" if closing is None else closing["kwartaal"],
        "kwartaal": rows[end]["rij_kwartaal"],
    }


def _good_before(rows: list[Row], start: int, end: int) -> str:
    """Return the quarter in which an open loop had closed, or its measure was reported as effective; "" for none."""
    effective = [row for row in rows[start:end] if _effective(row)]
    if effective:
        return str(effective[-1]["kwartaal"])
    earlier = [at for at in range(start) if rows[at]["status"] in DEVIATIONS]
    if not earlier:
        return ""
    closing = rows[earlier[-1] + 1]
    return str(closing["kwartaal"]) if rows[start]["nummer"] - closing["nummer"] <= REOPEN_QUARTERS else ""


def _effective(row: Row) -> bool:
    return bool(row["maatregel_stand"] == "uitgevoerd" and row["maatregel_effect"] == "volledig")


def _step(row: Row, day: pd.Timestamp) -> str:
    """Return the state of an open loop by what its row says (see the module)."""
    measure = bool(row["maatregel_nl"] or row["maatregel_fr"]) and row["maatregel_stand"] != "vervallen"
    done = row["maatregel_stand"] == "uitgevoerd"
    tried = (
        ("geen_oorzaak", not row["oorzaak"]),
        ("geen_maatregel", not measure),
        ("uitgevoerd_zonder_effect", done and row["maatregel_effect"] in ("", "geen")),
        ("open", done),
        ("maatregel_zonder_rol_of_datum", not row["maatregel_rol"] or pd.isna(row["maatregel_datum"])),
        ("te_laat", row["maatregel_datum"] < day),
    )
    return next((state for state, applies in tried if applies), "open")
