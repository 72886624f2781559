"""Where an action stands in the cycle plan, do, check, act, by what it shows, on the scale of CAF 2020.

The bands (EIPA, CAF 2020, scoring of the enablers): 0-10 none, 11-30 plan, 31-50 do, 51-70 check, 71-90 act, 91-100
full cycle. A phase is reached by its evidence, and only when the phases before it are:

============  ==================================================  ====================================================
phase         evidence (one column each)                          reached with
============  ==================================================  ====================================================
``plan``      ``plan_datums``: planned start and end, in order;   both
              ``plan_trekker``: a role that owns it
``do``        ``do_gestart``: a realised start;                   one
              ``do_voortgang``: progress above 0
``check``     ``check_mijlpaal``: a planned milestone of which    one
              is said when it came or is expected;
              ``check_tijdig``: an own status, delivered within
              :data:`REPORT_DAYS`, :data:`REPORT_QUARTERS`
              quarters in a row
``act``       ``act_maatregel``: a measure was carried out, in    both
              any quarter; ``act_effect``: its effect was noted
``volledig``  ``cyclus``: after that, a quarter without deviation  that
============  ==================================================  ====================================================

The score lies in the band of the last phase reached, as far as the share of its evidence: plan gives 30, one of two for
'do' 40.5, both 50. With less than a plan it is 5 per piece of it. An action that never deviated takes no measure, and
is not asked for one: beyond 70 the scale tells of correction, not of merit. A row that is more than one quarter old is
no evidence of today (``onbekend``), unless the action is over.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Hashable
from typing import Any

import pandas as pd

from analysis.models.delivered.latest import latest
from analysis.models.delivered.status import (
    MAX_AGE_QUARTERS,
    quarter_ends,
    quarter_numbers,
    status_history,
    until,
)
from analysis.quarter import Quarter

#: Each band by the score at which it begins.
BANDS = ((91.0, "volledig"), (71.0, "act"), (51.0, "check"), (31.0, "do"), (11.0, "plan"), (0.0, "geen"))
PHASES = ("geen", "plan", "do", "check", "act", "volledig")
#: The phases, each with its evidence and how many pieces of it it takes.
EVIDENCE: tuple[tuple[str, tuple[str, ...], int], ...] = (
    ("plan", ("plan_datums", "plan_trekker"), 2),
    ("do", ("do_gestart", "do_voortgang"), 1),
    ("check", ("check_mijlpaal", "check_tijdig"), 1),
    ("act", ("act_maatregel", "act_effect"), 2),
    ("volledig", ("cyclus",), 1),
)
PIECES = tuple(piece for _, pieces, _ in EVIDENCE for piece in pieces)
#: A delivery is on time within the days that a report waits for it.
REPORT_DAYS = 45
#: Three quarters in a row is a habit; two may be chance.
REPORT_QUARTERS = 3
#: The highest score of each band.
_TOP = {"geen": 10.0, "plan": 30.0, "do": 50.0, "check": 70.0, "act": 90.0, "volledig": 100.0}
_GOOD = ("groen", "voltooid")
_OVER = ("voltooid", "stopgezet", "overgenomen")
_KEY = ["actie_code"]
_ROW = ("status", "pdca_fase", "kwartaal")


def band(score: float | None) -> str:
    """Return the band of a score.

    A band begins at its lower number: what lies between two bands belongs to the lower one, as 10.5 is not yet 11.

    Raises:
        ValueError: a score below 0 or above 100.

    >>> band(10.0), band(10.5), band(11.0), band(None)
    ('geen', 'geen', 'plan', 'onbekend')
    """
    if score is None or math.isnan(score):
        return "onbekend"
    if not 0 <= score <= 100:
        raise ValueError(f"a score lies between 0 and 100, not at {score}")
    return next(name for start, name in BANDS if score >= start)


def positions(
    actions: pd.DataFrame, voortgang: pd.DataFrame, mijlpalen: pd.DataFrame, as_of: dt.date, quarter: Quarter
) -> pd.DataFrame:
    """Return where each action stands, with its evidence.

    Args:
        actions: ``actie_code``; other columns are kept.
        voortgang: the table of that name, all deliveries.
        mijlpalen: the table of that name, all deliveries.
        as_of: the day of the report.
        quarter: the quarter of the report.

    Returns:
        The actions with ``score`` (0-100; NaN without a row that counts, see the module), ``fase`` (its band, or
        ``onbekend``), ``eigen_fase`` (the owner's ``pdca_fase``; ""), ``eigen_hoger`` (the owner claims a later phase
        than the evidence shows; False where either is unknown), a column (bool) per piece of evidence (:data:`PIECES`)
        and ``kwartaal`` of the row.
    """
    past = status_history(voortgang, as_of, quarter)
    rows = latest(past, _KEY)
    shown = rows.assign(
        **_planned_and_done(rows, pd.Timestamp(as_of)),
        check_mijlpaal=rows["actie_code"].isin(_judged_milestones(until(mijlpalen, quarter))),
        check_tijdig=rows["actie_code"].isin(_on_time(until(voortgang, quarter), rows)),
        **_corrected(rows, past),
    )
    own = actions[_KEY].astype(str).merge(shown[[*_KEY, *PIECES, *_ROW]], on="actie_code", how="left")
    own = own.assign(**{name: own[name].fillna("").astype(str) for name in _ROW})
    own = own.assign(**{piece: own[piece].astype("boolean").fillna(False).astype(bool) for piece in PIECES})
    fresh = 4 * quarter.year + quarter.number - quarter_numbers(own["kwartaal"]) <= MAX_AGE_QUARTERS
    counts = fresh | own["status"].isin(_OVER)
    scores = [_score(row) for row in own[list(PIECES)].to_dict("records")]
    score = pd.Series(scores, index=own.index, dtype=float).where(counts)
    phase = pd.Series([band(one) for one in score], index=own.index, dtype=object)
    claims = [_claims_more(*pair) for pair in zip(own["pdca_fase"], phase, strict=True)]
    found = pd.DataFrame({"score": score, "fase": phase, "eigen_fase": own["pdca_fase"], "eigen_hoger": claims})
    return pd.concat([actions.reset_index(drop=True), found, own[[*PIECES, "kwartaal"]]], axis=1)


def objectives(found: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the position of each group: that of its weakest action.

    Args:
        found: the result of :func:`positions`, with the column ``by``.
        by: the column to group on, such as ``doelstelling_code``.

    Returns:
        One row per group, in the order in which they come: ``by``, ``acties``, ``bekend`` (number with a score),
        ``hoogstens`` (the lowest known score: that of the group cannot be higher; NaN without any), ``score`` (the
        same where all are known, or where it is 0; else NaN) and ``fase`` (its band, or ``onbekend``).

    >>> found = pd.DataFrame({"doelstelling_code": ["1.1", "1.1", "1.2"], "score": [50.0, 30.0, None]})
    >>> objectives(found, "doelstelling_code")[["hoogstens", "fase"]].values.tolist()
    [[30.0, 'plan'], [nan, 'onbekend']]
    """
    groups = found.groupby(by, sort=False)["score"]
    table = groups.agg(acties="size", bekend="count", hoogstens="min").reset_index()
    certain = (table["bekend"] == table["acties"]) | (table["hoogstens"] == 0)
    score = table["hoogstens"].astype(float).where(certain)
    return table.assign(score=score, fase=pd.Series([band(one) for one in score], index=table.index, dtype=object))


def _score(shown: dict[Hashable, Any]) -> float:
    reached, score = "geen", 0.0
    for phase, pieces, needed in EVIDENCE:
        have = sum(shown[piece] for piece in pieces)
        if have < needed:
            # without a plan its pieces are all that there is to see; later phases count when they are reached
            return 10.0 * have / len(pieces) if reached == "geen" else score
        begin = next(start for start, name in BANDS if name == phase)
        reached, score = phase, begin + (_TOP[phase] - begin) * have / len(pieces)
    return score


def _claims_more(own: str, shown: str) -> bool:
    return own in PHASES and shown in PHASES and PHASES.index(own) > PHASES.index(shown)


def _planned_and_done(rows: pd.DataFrame, day: pd.Timestamp) -> dict[str, pd.Series]:
    return {
        "plan_datums": rows["gepland_start"] <= rows["gepland_einde"],
        "plan_trekker": rows["trekker_rol"] != "",
        "do_gestart": rows["werkelijk_start"] <= day,
        "do_voortgang": rows["voortgang_pct"] > 0,
    }


def _judged_milestones(milestones: pd.DataFrame) -> pd.Series:
    """Return the actions with a planned milestone of which is said when it came or is expected."""
    rows = latest(milestones, ["actie_code", "mijlpaal_code"])
    judged = rows["gepland"].notna() & (rows["verwacht"].notna() | rows["gerealiseerd"].notna())
    return rows.loc[judged, "actie_code"]


def _on_time(voortgang: pd.DataFrame, last: pd.DataFrame) -> list[str]:
    """Return the actions whose last quarters all had an own status in time; what counts is what came first."""
    first = voortgang.sort_values("bekend_op", kind="stable").drop_duplicates(["actie_code", "kwartaal"])
    late = first["bekend_op"] > quarter_ends(first["kwartaal"]) + pd.Timedelta(days=REPORT_DAYS)
    good = first.loc[~late & (first["eigen_status"] != ""), ["actie_code", "kwartaal"]]
    own = good.merge(last[["actie_code", "kwartaal"]], on="actie_code", suffixes=("", "_laatste"))
    age = quarter_numbers(own["kwartaal_laatste"]) - quarter_numbers(own["kwartaal"])
    count = own[age < REPORT_QUARTERS].groupby("actie_code").size()
    return [str(code) for code in count[count == REPORT_QUARTERS].index]


def _corrected(rows: pd.DataFrame, past: pd.DataFrame) -> dict[str, pd.Series]:
    """Return whether a measure was carried out, its effect noted, and no deviation seen since."""
    done = past[past["maatregel_stand"] == "uitgevoerd"]
    noted = done[done["maatregel_effect"] != ""]
    first = noted.drop_duplicates("actie_code")[["actie_code", "kwartaal"]]
    later = past.merge(first, on="actie_code", suffixes=("", "_effect"))
    well = later[(later["kwartaal"] > later["kwartaal_effect"]) & later["status"].isin(_GOOD)]
    parts = {"act_maatregel": done, "act_effect": noted, "cyclus": well}
    return {name: rows["actie_code"].isin(part["actie_code"]) for name, part in parts.items()}
