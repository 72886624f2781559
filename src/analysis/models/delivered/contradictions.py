"""Green outside, red inside: where what an owner says does not agree with what the same owner delivered.

The kinds, the most severe first (:data:`KINDS`), each with the two values that do not agree:

============================  ==================================  =============================================
kind                          said (``gezegd``)                   found (``gevonden``)
============================  ==================================  =============================================
``groen_maar_rood``           own status *groen* or *voltooid*    computed status *rood*
``voltooid_open_mijlpaal``    own status *voltooid*               number of milestones that are not realised
``voltooid_onder_100``        own status *voltooid*               progress (%)
``voltooid_zonder_einde``     own status *voltooid*               no realised end (NaT), or one that has yet to come
``voltooid_zonder_bewijs``    *voltooid*, own or computed         public status *geen_spoor*
``groen_maar_oranje``         own status *groen* or *voltooid*    computed status *oranje*
``teruggevallen``             highest progress ever (%)           progress now (%)
``groen_maar_uitloop``        own status *groen*                  days that its end comes later than first planned
``groen_maar_stilstand``      own status *groen*                  number of quarters with the same progress
``einde_onder_100``           realised end                        progress (%)
``voortgang_voor_start``      progress (%)                        start (else *niet_gestart*) that it came before
``woord_verouderd``           own status, whichever               quarter since which nothing was delivered
============================  ==================================  =============================================

A row that is more than one quarter old says nothing of today: of it only *voltooid* is checked, which needs no news.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.models.delivered.latest import history
from analysis.models.delivered.status import MAX_AGE_QUARTERS, quarter_ends, status_history, until
from analysis.quarter import Quarter

KINDS = (
    "groen_maar_rood",
    "voltooid_open_mijlpaal",
    "voltooid_onder_100",
    "voltooid_zonder_einde",
    "voltooid_zonder_bewijs",
    "groen_maar_oranje",
    "teruggevallen",
    "groen_maar_uitloop",
    "groen_maar_stilstand",
    "einde_onder_100",
    "voortgang_voor_start",
    "woord_verouderd",
)
COLUMNS = ("actie_code", "soort", "gezegd", "gevonden", "sinds", "kwartaal")
#: Two ends within two weeks of each other are mostly one end, dated twice.
SLIP_DAYS = 14
#: A step of five or ten percent may take a quarter, and one quarter may be missed; three without any is a standstill.
STILL_QUARTERS = 3
_GOOD = ("groen", "voltooid")


def contradictions(
    statuses: pd.DataFrame,
    voortgang: pd.DataFrame,
    mijlpalen: pd.DataFrame,
    as_of: dt.date,
    quarter: Quarter,
    evidence: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what contradicts itself now, and since which quarter.

    Args:
        statuses: :func:`analysis.models.delivered.status.action_status` of the same day and quarter.
        voortgang: the table of that name, all deliveries.
        mijlpalen: the table of that name, all deliveries.
        as_of: the day of the report.
        quarter: the quarter of the report.
        evidence: :func:`analysis.models.evidence.action_status`; None where no public evidence is kept. Only an
            action that it names can be without a trace.

    Returns:
        One row per contradiction: ``actie_code``, ``soort`` (one of :data:`KINDS`), ``gezegd`` and ``gevonden``
        (status, number or date, by the kind), ``sinds`` (the first quarter of the unbroken run of delivered quarters
        in which it stands), ``kwartaal`` (of the row that says so). By kind, then in the order of the plan.

    >>> from analysis.models.delivered.status import DATES, action_status
    >>> row = {**dict.fromkeys(DATES, pd.NaT), "actie_code": "1.1.1", "kwartaal": "2026Q3", "eigen_status": "groen",
    ...     "bekend_op": pd.Timestamp("2026-10-09"), "voortgang_pct": 90.0, "gewicht": 1.0,
    ...     "gepland_einde": pd.Timestamp("2026-08-31")}
    >>> none = pd.DataFrame(columns=["actie_code", "mijlpaal_code", "kwartaal", "bekend_op", "gerealiseerd"])
    >>> table, day, quarter = pd.DataFrame([row]), dt.date(2026, 9, 30), Quarter(2026, 3)
    >>> statuses = action_status(table[["actie_code"]], table, day, quarter)
    >>> found = contradictions(statuses, table, none, day, quarter)
    >>> found[["soort", "gezegd", "gevonden", "sinds"]].values.tolist()
    [['groen_maar_rood', 'groen', 'rood', '2026Q3']]
    """
    statuses = statuses.assign(actie_code=statuses["actie_code"].astype(str))  # a plan may have no actions
    past = status_history(voortgang, as_of, quarter)
    own = past[past["actie_code"].isin(statuses["actie_code"])].reset_index(drop=True)
    rows = _facts(own, mijlpalen, as_of, quarter)
    now = _now(rows, statuses, evidence)
    pairs = _pairs(now)
    found = [row for kind in KINDS for row in _of_kind(now, rows, kind, pairs[kind])]
    place = {code: at for at, code in enumerate(statuses["actie_code"])}
    found.sort(key=lambda row: (KINDS.index(str(row[1])), place[row[0]]))
    return pd.DataFrame(found, columns=list(COLUMNS)).astype({"gezegd": object, "gevonden": object})


def _facts(past: pd.DataFrame, milestones: pd.DataFrame, as_of: dt.date, quarter: Quarter) -> pd.DataFrame:
    """Return each quarter's row with what the kinds ask about; one column per kind that says whether it stands."""
    highest = past.groupby("actie_code")["voortgang_pct"].cummax()
    youngest = ~past.duplicated("actie_code", keep="last")
    then = quarter_ends(past["kwartaal"]) + (pd.Timestamp(as_of) - pd.Timestamp(quarter.end))
    day = then.mask(youngest, pd.Timestamp(as_of))  # what counts now is asked now
    rows = past.assign(
        dag=day,
        hoogste=highest.groupby(past["actie_code"]).ffill(),
        open_mijlpalen=_open_milestones(past, until(milestones, quarter), day, quarter),
        begin=past["werkelijk_start"].fillna(past["verwacht_start"]).fillna(past["gepland_start"]),
    )
    still = _still(rows)
    return _with_kinds(rows.assign(stil_sinds=still["sinds"], stil_aantal=still["aantal"]))


def _with_kinds(rows: pd.DataFrame) -> pd.DataFrame:
    own, found, progress = rows["eigen_status"], rows["status"], rows["voortgang_pct"]
    done, green = own == "voltooid", own == "groen"
    late_start = (rows["begin"] > quarter_ends(rows["kwartaal"])) | (own == "niet_gestart")
    standing = (rows["stil_aantal"] >= STILL_QUARTERS) & (progress < 100) & (found != "nog_niet_gepland")
    kinds = {
        "groen_maar_rood": own.isin(_GOOD) & (found == "rood"),
        "voltooid_open_mijlpaal": done & (rows["open_mijlpalen"] > 0),
        "voltooid_onder_100": done & (progress < 100),
        "voltooid_zonder_einde": done & ~(rows["werkelijk_einde"] <= rows["dag"]),
        "voltooid_zonder_bewijs": done | (found == "voltooid"),
        "groen_maar_oranje": own.isin(_GOOD) & (found == "oranje"),
        "teruggevallen": progress < rows["hoogste"],
        "groen_maar_uitloop": green & (rows["uitloop_dagen"] > SLIP_DAYS),
        "groen_maar_stilstand": green & standing,
        "einde_onder_100": (rows["werkelijk_einde"] <= rows["dag"]) & (progress < 100) & ~done,
        "voortgang_voor_start": (progress > 0) & late_start,
        "woord_verouderd": own != "",
    }
    return rows.assign(**kinds)


def _now(rows: pd.DataFrame, statuses: pd.DataFrame, evidence: pd.DataFrame | None) -> pd.DataFrame:
    """Return the youngest row of each action, its kinds corrected by what is known today."""
    last = rows.drop_duplicates("actie_code", keep="last").reset_index(drop=True)
    today = last[["actie_code"]].merge(statuses[["actie_code", "status", "regel", "leeftijd_kwartalen"]], how="left")
    public = {} if evidence is None else dict(zip(evidence["actie_code"], evidence["status"], strict=True))
    stale = today["regel"] == "stil"
    last = last.assign(status=today["status"], openbaar=last["actie_code"].map(public))
    last["groen_maar_rood"] = last["eigen_status"].isin(_GOOD) & (today["status"] == "rood")
    last["groen_maar_oranje"] = last["eigen_status"].isin(_GOOD) & (today["status"] == "oranje")
    last["voltooid_zonder_bewijs"] &= last["openbaar"] == "geen_spoor"
    last["woord_verouderd"] &= stale
    for kind in KINDS:
        if not kind.startswith(("voltooid", "woord")):
            last[kind] &= ~(today["leeftijd_kwartalen"] > MAX_AGE_QUARTERS)
    return last


def _pairs(now: pd.DataFrame) -> dict[str, tuple[pd.Series, pd.Series]]:
    """Return what was said and what was found, per kind."""
    own, progress, end = now["eigen_status"], now["voortgang_pct"], now["werkelijk_einde"]
    start = now["begin"].astype(object).where(own != "niet_gestart", "niet_gestart")
    return {
        "groen_maar_rood": (own, now["status"]),
        "voltooid_open_mijlpaal": (own, now["open_mijlpalen"]),
        "voltooid_onder_100": (own, progress),
        "voltooid_zonder_einde": (own, end),
        "voltooid_zonder_bewijs": (own.where(own == "voltooid", now["status"]), now["openbaar"]),
        "groen_maar_oranje": (own, now["status"]),
        "teruggevallen": (now["hoogste"], progress),
        "groen_maar_uitloop": (own, now["uitloop_dagen"]),
        "groen_maar_stilstand": (own, now["stil_aantal"]),
        "einde_onder_100": (end, progress),
        "voortgang_voor_start": (progress, start),
        "woord_verouderd": (own, now["kwartaal"]),
    }


def _of_kind(now: pd.DataFrame, rows: pd.DataFrame, kind: str, pair: Sequence[pd.Series]) -> list[tuple[object, ...]]:
    """Return the rows of one kind, in the order of :data:`COLUMNS`; many small tables would take far longer."""
    own = {"groen_maar_stilstand": "stil_sinds", "woord_verouderd": "kwartaal"}.get(kind)
    since = now[own] if own else _since(rows, kind)
    columns = (now["actie_code"], *pair, since, now["kwartaal"])
    code, said, found, first, quarter = (list(column[now[kind].to_numpy(bool)]) for column in columns)
    return list(zip(code, [kind] * len(code), said, found, first, quarter, strict=True))


def _since(rows: pd.DataFrame, kind: str) -> pd.Series:
    """Return per action, in their order, the first quarter of the run that ends with its youngest row.

    Where the kind does not stand in that row as it was judged then, it stands since that row.
    """
    place = np.arange(len(rows))
    first = place[~rows.duplicated("actie_code").to_numpy()]
    last = place[~rows.duplicated("actie_code", keep="last").to_numpy()]
    last_without = np.maximum.accumulate(np.where(rows[kind].to_numpy(bool), -1, place))[last]
    start = np.minimum(np.maximum(first, last_without + 1), last)
    return pd.Series(rows["kwartaal"].to_numpy()[start], dtype=object)


def _still(rows: pd.DataFrame) -> pd.DataFrame:
    """Return for each row how many delivered quarters gave the same progress until then, and since which quarter."""
    known = rows[rows["voortgang_pct"].notna()]
    moved = known["voortgang_pct"] != known.groupby("actie_code")["voortgang_pct"].shift()
    run = known.groupby(["actie_code", moved.groupby(known["actie_code"]).cumsum()])
    still = pd.DataFrame({"sinds": run["kwartaal"].transform("first"), "aantal": run.cumcount() + 1})
    return still.reindex(rows.index)


def _open_milestones(past: pd.DataFrame, milestones: pd.DataFrame, day: pd.Series, quarter: Quarter) -> pd.Series:
    """Return of each row that says *voltooid* how many milestones were open then; of the youngest row, now."""
    youngest = ~past.duplicated("actie_code", keep="last")
    asked = past.assign(tot=past["kwartaal"].mask(youngest, str(quarter)), dag=day, rij_nr=past.index)
    done = asked.loc[asked["eigen_status"] == "voltooid", ["actie_code", "tot", "dag", "rij_nr"]]
    own = milestones[milestones["actie_code"].isin(done["actie_code"])]
    known = history(own, ["actie_code", "mijlpaal_code"])
    both = done.merge(known[["actie_code", "mijlpaal_code", "kwartaal", "gerealiseerd"]], on="actie_code")
    state = both[both["kwartaal"] <= both["tot"]].drop_duplicates(["rij_nr", "mijlpaal_code"], keep="last")
    unrealised = state[~(pd.to_datetime(state["gerealiseerd"]) <= state["dag"])]
    return unrealised.groupby("rij_nr").size().reindex(past.index, fill_value=0).astype(float)
