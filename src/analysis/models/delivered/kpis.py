"""The three indicators of OPTIris, as the mandate of Actiris words them ('Transversale doelstelling 5').

=====================  ============================================================================
``1_voorstellen``      number of proposals for optimisation that were submitted to the government
``1_kwaliteit``        share of them that is SMART, in %
``1_besparingen``      savings that were realised, in the unit of the meetpunt
``2_op_tijd``          percentage of actions that were realised on time
``3_tevredenheid``     percentage of the representatives of the government who are satisfied
=====================  ============================================================================

**KPI 2** is computed. On time: realised on the original planned end or before it. What counts in the whole: every
action whose original planned end is over on the day, and every completed one. A stopped or taken-over action whose end
is over was not realised on time. Unknown (``onbekend``), in the whole and not in the numerator: a completed action of
which no day or no original end is known, and one whose status is unknown. So the percentage is that which is *known* to
be on time; ``hoogstens`` is what it would be if all the unknown were.

**KPI 1 and 3** are measured: of each meetpunt counts the youngest period that was over on the day, as it was delivered
last.

Shares have the interval of Wilson at 95 % (:mod:`analysis.models.intervals`). For KPI 2, a count of all actions, it
says how much a few actions weigh.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass

import pandas as pd

from analysis.models.delivered.latest import latest
from analysis.models.delivered.status import action_status, until
from analysis.models.intervals import wilson
from analysis.quarter import Quarter

KPIS = ("1_voorstellen", "1_kwaliteit", "1_besparingen", "2_op_tijd", "3_tevredenheid")
COLUMNS = ("kpi", "stand", "waarde", "teller", "noemer", "onder", "boven", "onbekend", "hoogstens", "periode")


@dataclass(frozen=True)
class Codes:
    """Which meetpunt measures what; "" where none does.

    Attributes:
        proposals: number of proposals submitted.
        smart: percentage of them that is SMART.
        savings: savings realised.
        satisfied: percentage that is satisfied.
        asked: number of people who answered; without it a percentage has no interval.
    """

    proposals: str = ""
    smart: str = ""
    savings: str = ""
    satisfied: str = ""
    asked: str = ""


def kpis(
    actions: pd.DataFrame,
    voortgang: pd.DataFrame,
    metingen: pd.DataFrame,
    codes: Codes,
    as_of: dt.date,
    quarter: Quarter,
) -> pd.DataFrame:
    """Return the indicators.

    Args:
        actions: ``actie_code``, all actions of the plan.
        voortgang: the table of that name, all deliveries.
        metingen: the table of that name, all deliveries.
        codes: which meetpunt measures what.
        as_of: the day of the report.
        quarter: the quarter of the report.

    Returns:
        One row per indicator, in the order of :data:`KPIS`: ``kpi``, ``stand`` (``bekend`` or ``onbekend``), ``waarde``
        (% for shares), ``teller`` and ``noemer`` (numbers; NaN where there are none), ``onder`` and ``boven`` (Wilson,
        in %), ``onbekend`` (a number) and ``hoogstens`` (%; both of KPI 2, see the module), ``periode`` (that was
        measured; the quarter for KPI 2).
    """
    known = _youngest(until(metingen, quarter), pd.Timestamp(as_of))
    rows = [
        _number(known, codes.proposals),
        _percentage(known, codes.smart, codes.proposals),
        _number(known, codes.savings),
        on_time(actions, voortgang, as_of, quarter),
        _percentage(known, codes.satisfied, codes.asked),
    ]
    named = [{**_UNKNOWN, **row, "kpi": name} for name, row in zip(KPIS, rows, strict=True)]
    return pd.DataFrame(named, columns=list(COLUMNS))


def on_time(actions: pd.DataFrame, voortgang: pd.DataFrame, as_of: dt.date, quarter: Quarter) -> dict[str, object]:
    """Return KPI 2; see the module and :func:`kpis`."""
    found = action_status(actions, voortgang, as_of, quarter)
    day, planned, realised = pd.Timestamp(as_of), found["oorspronkelijk_einde"], found["werkelijk_einde"]
    completed = found["status"] == "voltooid"
    counted = found[(planned < day) | completed]
    good = (completed & (realised <= planned) & (realised <= day))[counted.index]
    undated = completed & (planned.isna() | ~(realised <= day))
    unheard = found["status"] == "onbekend"
    unknown = int((undated | unheard)[counted.index].sum())
    hits, n = int(good.sum()), len(counted)
    most = 100.0 * (hits + unknown) / n if n else math.nan
    return {**_share(hits, n), "onbekend": float(unknown), "hoogstens": most, "periode": str(quarter)}


_UNKNOWN: dict[str, object] = {
    "stand": "onbekend",
    **dict.fromkeys(("waarde", "teller", "noemer", "onder", "boven", "onbekend", "hoogstens"), math.nan),
    "periode": "",
}


def _share(hits: float, n: float) -> dict[str, object]:
    """Return a share in %, with its parts and its interval; unknown where there is nothing to count."""
    low, high = wilson(hits, n)
    parts = {"teller": float(hits), "noemer": float(n), "onder": 100.0 * low, "boven": 100.0 * high}
    return {**parts, "stand": "bekend", "waarde": 100.0 * hits / n} if n else {**_UNKNOWN, "teller": 0.0, "noemer": 0.0}


def _youngest(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    """Return of each meetpunt the youngest period that was over on the day and has a value, with the periods before."""
    own = latest(rows, ["meetpunt_code", "periode"])
    ends = pd.to_datetime(own["periode_tot"])
    measured = own[(ends <= day) & own["waarde"].notna()]
    return measured.assign(periode_tot=ends).sort_values("periode_tot", kind="stable")


def _number(known: pd.DataFrame, code: str) -> dict[str, object]:
    own = known[known["meetpunt_code"] == code]
    if not code or own.empty:
        return _UNKNOWN
    return {**_UNKNOWN, "stand": "bekend", "waarde": float(own["waarde"].iloc[-1]), "periode": own["periode"].iloc[-1]}


def _percentage(known: pd.DataFrame, code: str, code_n: str) -> dict[str, object]:
    """Return a measured percentage; with its interval where the same period says of how many it is one."""
    found = _number(known, code)
    value = float(str(found["waarde"]))
    if not 0 <= value <= 100:  # unknown, or no percentage
        return _UNKNOWN
    same = known[(known["meetpunt_code"] == code_n) & (known["periode"] == found["periode"])]["waarde"]
    if not code_n or same.empty or not same.iloc[-1] >= 1:
        return found
    n = float(same.iloc[-1])
    return {**found, **_share(round(value * n / 100.0), n), "waarde": value}
