"""How much of the plan is done against how much was planned by now, in time: the earned schedule.

Method: Lipke's earned schedule. The *planned value* (PV) of a quarter is the weight of the work that the original
planning has done by its end, the *earned value* (EV) that of the work that was reported as done. The earned schedule
ES is the moment at which the plan had what is earned now: ``ES = C + (EV - PV_C) / (PV_C+1 - PV_C)``, where C is the
number of whole periods earned. ``SV(t) = ES - AT``, ``SPI(t) = ES / AT``, ``IEAC(t) = PD / SPI(t)``: the schedule
variance and performance, and the duration to be expected; AT is the actual time, PD the planned duration, in periods.

What the formula leaves open is decided here:

* A planned pause (a stretch in which PV stands still) answers with all its moments at once. The one nearest to AT is
  taken: who has done what was planned is neither early nor late during the pause.
* The plan ends in the period in which PV reaches its last level. All earned, and more than all, is ES = PD.
* Once all is earned the clock stands still: AT is then the period in which it was, so that a plan that ended two
  periods late stays two periods late.
* Without anything planned, or with an unknown EV, nothing can be said: NaN. With ES = 0 there is no forecast.
* An action that was stopped or taken over (``LEFT``), by its youngest row, is no longer part of the work: neither of
  what was planned nor of what is earned, in no quarter. Where all has left, nothing is planned.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.boordtabel import KNOWN_SHARE, WHOLE
from analysis.models.delivered import status
from analysis.models.delivered.latest import history, latest
from analysis.models.delivered.rollup import LEFT
from analysis.quarter import Quarter

Floats = NDArray[np.float64]

UNKNOWN = "onbekend"
#: What the curves can be drawn for, with the column of the actions that says it.
GROUPS = {"plan": "", "krachtlijn": "krachtlijn_code", "doelstelling": "doelstelling_code"}
#: A forecast further away than this, in quarters from the first, is none: it says only that there is hardly progress.
FARTHEST = 100
#: Why there is no forecast; "" where there is one.
RULES = ("", "te_weinig_bekend", "niets_gepland", "niets_verdiend", "te_ver")

#: Two values that differ by less than this share of the whole are the same: sums of weights are not exact.
_SAME = 1e-9

_SUMS = ("gepland", "verdiend", "gewicht", "gepland_alles", "gewicht_alles", "bekend")
CURVES = ("code", "kwartaal", "periode", *_SUMS[:-1], "bekend_aandeel")
_STANDING = ("at", "es", "sv", "spi", "pd", "ieac")
SCHEDULE = ("code", "kwartaal", *_STANDING, "einde_gepland", "einde_verwacht", "bekend_aandeel", "regel")


@dataclass(frozen=True)
class EarnedSchedule:
    """Where some work stands in time; every figure in periods, but ``spi`` is a ratio. NaN is unknown.

    Attributes:
        at: actual time: the period that is looked at, or the one in which all was earned.
        es: earned schedule.
        sv: ``es - at``; negative is late.
        spi: ``es / at``; NaN at the start.
        pd: planned duration.
        ieac: the duration to be expected; NaN without progress.
    """

    at: float
    es: float
    sv: float
    spi: float
    pd: float
    ieac: float


def earned_schedule(pv: Sequence[float], ev: Sequence[float], at: int) -> EarnedSchedule:
    """Return where the work stands at the end of period ``at``.

    Args:
        pv: planned value at the end of periods 1, 2, ..., cumulative; at the start it is nought.
        ev: earned value at the end of periods 1, 2, ..., cumulative; NaN where it is not known.
        at: the period; 0 is the start, at which nothing is earned.

    Raises:
        ValueError: the planned value falls, is not a number, or ``at`` is negative.

    >>> plan = [100, 350, 650, 1050, 1500, 2000, 2500, 2950, 3350, 3650, 3900, 4000]
    >>> found = earned_schedule(plan, [98, 325, 600, 960, 1360, 1830, 2260], 7)
    >>> round(found.es, 2), round(found.sv, 2), round(found.spi, 4), round(found.ieac, 2)
    (6.52, -0.48, 0.9314, 12.88)
    """
    levels = _levels(pv, at)
    duration, earned = len(levels) - 1, [0.0, *ev]
    value = max(float(earned[at]), 0.0) if at < len(earned) else math.nan
    if duration == 0 or math.isnan(value):
        return EarnedSchedule(float(at), math.nan, math.nan, math.nan, duration or math.nan, math.nan)
    done = _done_in(levels, earned[: at + 1])
    time = at if done is None else done
    es = float(duration) if done is not None else _moment(levels, value, time)
    spi = es / time if time else math.nan
    ieac = duration / spi if spi > 0 else math.nan
    return EarnedSchedule(float(time), es, es - time, spi, float(duration), ieac)


def _levels(pv: Sequence[float], at: int) -> list[float]:
    """Return the planned value from the start until the period in which the last level is reached."""
    levels = [0.0, *(float(value) for value in pv)]
    if at < 0 or any(not before <= later < math.inf for before, later in pairwise(levels)):
        raise ValueError(f"planned value is a sum that never falls, at a period from 0: {levels[1:]}, {at}")
    same = _SAME * levels[-1]
    return levels[: next(place for place, level in enumerate(levels) if level >= levels[-1] - same) + 1]


def _done_in(levels: list[float], earned: Sequence[float]) -> int | None:
    """Return the period from which all is earned, up to the last one; None where that is not so."""
    whole = levels[-1] * (1 - _SAME)
    short = [place for place, value in enumerate(earned) if not value >= whole]
    first = short[-1] + 1 if short else 0
    return first if first < len(earned) else None


def _moment(levels: list[float], value: float, time: int) -> float:
    """Return when the plan had this value; where it did for a while, the moment of that nearest to ``time``."""
    same = _SAME * levels[-1]
    whole = [place for place, level in enumerate(levels) if level <= value + same]
    start = next(place for place, level in enumerate(levels) if level >= levels[whole[-1]] - same)
    if value <= levels[whole[-1]] + same:
        return float(min(max(time, start), whole[-1]))
    before, after = levels[whole[-1]], levels[whole[-1] + 1]
    return whole[-1] + (value - before) / (after - before)


def curves(
    voortgang: pd.DataFrame, acties: pd.DataFrame, by: str, first: Quarter, until: Quarter, last: Quarter
) -> pd.DataFrame:
    """Return planned and earned value per quarter.

    The planning is the original one: the first delivered row of each action with a planned start and end in order;
    between the two the value grows day by day. What is earned in a quarter is what was reported on it, else on the
    quarter before; what is older is unknown. The weight of an action is the first that was delivered, 1 without one.

    Like is compared with like: ``gepland`` and ``verdiend`` are of the actions whose planning is known, and whose
    progress is known in ``until``. In an earlier quarter with a smaller ``bekend_aandeel``, ``verdiend`` is too low.

    Args:
        voortgang: all deliveries: ``actie_code``, ``kwartaal``, ``bekend_op``, ``voortgang_pct`` (0-100), ``gewicht``,
            ``gepland_start``, ``gepland_einde``, ``eigen_status``.
        acties: the actions of the plan: ``actie_code``, ``doelstelling_code``, ``krachtlijn_code``.
        by: one of :data:`GROUPS`.
        first: the first quarter of the plan.
        until: the quarter that is reported on.
        last: the last quarter of the plan.

    Returns:
        One row per group (``code``, in the order of the plan; :data:`~analysis.models.boordtabel.WHOLE` for the plan)
        and quarter, up to the last of ``until``, ``last`` and what is planned (for that at most :data:`FARTHEST`):
        ``kwartaal``, ``periode`` (1 is ``first``), ``gepland``, ``verdiend`` (NaN where unknown) and their ``gewicht``;
        ``gepland_alles`` of all actions with a planning, the weight ``gewicht_alles`` of all actions, and
        ``bekend_aandeel`` (0-1): its known share, in planning and progress (NaN after ``until``; 1 where all has left).

    Raises:
        ValueError: ``by`` is none of the groups.

    >>> rows = pd.DataFrame({"actie_code": ["1"], "kwartaal": ["2026Q1"], "bekend_op": pd.to_datetime(["2026-04-10"]),
    ...     "voortgang_pct": [40.0], "gewicht": [2.0], "gepland_start": pd.to_datetime(["2026-01-01"]),
    ...     "gepland_einde": pd.to_datetime(["2026-06-29"]), "eigen_status": ["groen"]})
    >>> actions = pd.DataFrame({"actie_code": ["1"], "doelstelling_code": ["1.1"], "krachtlijn_code": ["1"]})
    >>> found = curves(rows, actions, "plan", Quarter(2026, 1), Quarter(2026, 1), Quarter(2026, 2))
    >>> found[["gepland", "verdiend", "bekend_aandeel"]].values.tolist()
    [[1.0, 0.8, 1.0], [2.0, nan, nan]]
    """
    if by not in GROUPS:
        raise ValueError(f"'{by}' is none of {', '.join(GROUPS)}")
    actions = _baseline(voortgang, acties, until)
    quarters = _quarters(actions, first, until, last)
    now = max(_period(first, until), 0)
    done = _reported(voortgang, acties, quarters)
    done[:, now:] = np.nan
    dated = actions["gepland_start"].notna().to_numpy()
    known_now = ~np.isnan(done[:, now - 1]) if now else np.zeros(len(actions), dtype=bool)
    code = acties[GROUPS[by]].to_numpy() if GROUPS[by] else WHOLE
    actions = actions.assign(code=code, dated=dated, comparable=dated & known_now)
    cells = _cells(actions, quarters, _planned(actions, quarters), done)
    sums = cells.groupby(["code", "kwartaal", "periode"], sort=False)[list(_SUMS)].sum(min_count=1).reset_index()
    whole = sums["gewicht_alles"].where(sums["gewicht_alles"] > 0, 1.0)
    staying = sums["code"].isin(actions.loc[~actions["left"], "code"])
    known = (sums["bekend"] / whole).where(staying, 1.0).where(sums["periode"] <= now)
    return sums.assign(bekend_aandeel=known)[list(CURVES)]


def _quarter(first: Quarter, period: int) -> Quarter:
    """Return the quarter of a period; period 1 is the first."""
    place = 4 * first.year + first.number - 1 + period - 1
    return Quarter(place // 4, place % 4 + 1)


def _period(first: Quarter, quarter: Quarter) -> int:
    return 4 * (quarter.year - first.year) + quarter.number - first.number + 1


def _baseline(voortgang: pd.DataFrame, acties: pd.DataFrame, until: Quarter) -> pd.DataFrame:
    """Return weight and original planning of each action of the plan; NaT where unknown. What left has none of both."""
    rows = voortgang.sort_values(["bekend_op", "kwartaal"], kind="stable")
    planned = rows[rows["gepland_einde"] >= rows["gepland_start"]].drop_duplicates("actie_code")
    dates = planned.set_index("actie_code")[["gepland_start", "gepland_einde"]]
    weights = rows[rows["gewicht"].notna()].drop_duplicates("actie_code").set_index("actie_code")["gewicht"]
    now = latest(status.until(voortgang, until), ["actie_code"]).set_index("actie_code")["eigen_status"]
    codes = acties["actie_code"]
    left = now.reindex(codes).isin(LEFT)
    weights = weights.reindex(codes).fillna(1.0).astype(float).mask(left, 0.0)
    return dates.reindex(codes).mask(left).assign(gewicht=weights, left=left)


def _quarters(actions: pd.DataFrame, first: Quarter, until: Quarter, last: Quarter) -> list[Quarter]:
    """Return the quarters in which something of the plan is, or is still planned."""
    end = actions["gepland_einde"].max()
    planned = min(_period(first, Quarter.of(end.date())), FARTHEST) if pd.notna(end) else 0
    periods = max(planned, _period(first, last), _period(first, until))
    return [_quarter(first, period) for period in range(1, periods + 1)]


def _planned(actions: pd.DataFrame, quarters: list[Quarter]) -> Floats:
    """Return the share of each action that is planned to be done by the end of each quarter."""
    ends = pd.DatetimeIndex([pd.Timestamp(quarter.end) for quarter in quarters]).to_numpy(dtype="datetime64[D]")
    start, end = (actions[name].to_numpy(dtype="datetime64[D]") for name in ("gepland_start", "gepland_einde"))
    day = np.timedelta64(1, "D")
    # both the first and the last day are days of work
    share: Floats = (ends[None, :] - start[:, None] + day) / (end - start + day)[:, None]
    return np.nan_to_num(np.clip(share, 0.0, 1.0))


def _reported(voortgang: pd.DataFrame, acties: pd.DataFrame, quarters: list[Quarter]) -> Floats:
    """Return the share of each action that was done in each quarter as far as reported; NaN where it is not known."""
    rows = history(voortgang, ["actie_code"])
    table = rows.pivot(index="actie_code", columns="kwartaal", values="voortgang_pct").astype(float)
    names = [str(quarter) for quarter in ([quarters[0].previous(), *quarters] if quarters else [])]
    values = table.reindex(index=acties["actie_code"], columns=names).to_numpy(dtype=float) / 100
    return np.where(np.isnan(values[:, 1:]), values[:, :-1], values[:, 1:])


def _cells(actions: pd.DataFrame, quarters: list[Quarter], planned: Floats, done: Floats) -> pd.DataFrame:
    """Return what each action adds to the sums of each quarter."""
    rows = actions.reset_index(drop=True)
    rows = rows.loc[rows.index.repeat(len(quarters))].reset_index(drop=True)
    weight, share, earned = rows["gewicht"], pd.Series(planned.ravel()), pd.Series(done.ravel())
    return rows.assign(
        kwartaal=[str(quarter) for quarter in quarters] * len(actions),
        periode=[*range(1, len(quarters) + 1)] * len(actions),
        gepland=weight * rows["comparable"] * share,
        verdiend=(weight * earned).where(rows["comparable"]),
        gewicht=weight * rows["comparable"],
        gepland_alles=weight * rows["dated"] * share,
        gewicht_alles=weight,
        bekend=weight * (rows["dated"] & earned.notna()),
    )


def schedule(curves: pd.DataFrame) -> pd.DataFrame:
    """Return per group where it stands in time, and in which quarter its end is to be expected.

    Args:
        curves: the result of :func:`curves`.

    Returns:
        One row per ``code``: ``kwartaal`` (that is reported on; "" before the plan), ``at``, ``es``, ``sv``, ``pd`` and
        ``ieac`` (in quarters), ``spi`` (a ratio), ``einde_gepland`` and ``einde_verwacht`` (a quarter, else
        ``onbekend``), ``bekend_aandeel``, and ``regel``: why no end is expected (one of :data:`RULES`). All is unknown
        where of less than :data:`~analysis.models.boordtabel.KNOWN_SHARE` of the weight something is known.
    """
    groups = curves.groupby("code", sort=False)
    return pd.DataFrame([_standing(str(code), rows) for code, rows in groups], columns=list(SCHEDULE))


def _standing(code: str, rows: pd.DataFrame) -> dict[str, object]:
    past = rows[rows["bekend_aandeel"].notna()]
    at, share = len(past), float(past["bekend_aandeel"].iloc[-1]) if len(past) else 0.0
    known = share >= KNOWN_SHARE
    found = earned_schedule(rows["gepland"].tolist() if known else [], past["verdiend"].tolist(), at)
    first = Quarter.parse(rows["kwartaal"].iloc[0])
    rule = _no_forecast(found) if known else "te_weinig_bekend"
    return {
        "code": code,
        "kwartaal": str(past["kwartaal"].iloc[-1]) if at else "",
        **vars(found),
        "einde_gepland": str(_quarter(first, int(found.pd))) if found.pd > 0 else UNKNOWN,
        "einde_verwacht": UNKNOWN if rule else str(_quarter(first, math.ceil(found.ieac - _SAME))),
        "bekend_aandeel": share,
        "regel": rule,
    }


def _no_forecast(found: EarnedSchedule) -> str:
    """Return why there is no forecast, "" where there is one."""
    if math.isnan(found.es):
        return "niets_gepland"
    if math.isnan(found.ieac):
        return "niets_verdiend"
    return "te_ver" if found.ieac > FARTHEST else ""
