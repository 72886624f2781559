"""When will it be done? Forecasts of completion, from what was really observed per quarter.

Two ways:

- :func:`completion` asks how many quarters a number of items takes, from the items completed per past quarter. A future
  quarter is a draw from the past ones. For whole numbers the distribution is exact, by convolution; otherwise it is
  drawn.
- :func:`per_action` draws for each unfinished action of a plan when it will be completed, from its own quarterly
  progress and that of all others (see :mod:`.forecast_pace` and :mod:`.forecast_draws`). The draws are joint, so
  :func:`roll_up` and :func:`completed` say the same of objectives, krachtlijnen and the plan.

Where the data cannot carry a forecast, a reason says why, and the probability is NaN: never a guess.

=====================  ===================================================================================
``niets_over``         nothing remains (:func:`completion`; it is done with certainty)
``te_kort``            fewer than :data:`ENOUGH` quarters with a delivery
``geen_doorstroom``    nothing was ever completed (:func:`completion`), or no action made any progress
``geen_meting``        the owner never reported a number for this action
``stil``               the last number is :data:`SILENT` quarters old or older
=====================  ===================================================================================
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.delivered.forecast_draws import Finishes, finishes
from analysis.models.delivered.forecast_seen import Flags, Floats, Numbers, Seen, grid, ordinal, quarter_at, seen
from analysis.models.delivered.forecast_throughput import ENOUGH, LIKELY, SURE, Completion, completion
from analysis.quarter import Quarter

__all__ = [
    "ENOUGH",
    "Completion",
    "Forecast",
    "carried",
    "completed",
    "completion",
    "numbers",
    "per_action",
    "quantile",
    "roll_up",
]

#: An action whose last number is so many quarters old has no forecast of its own.
SILENT = 4
REASONS = ("niets_over", "te_kort", "geen_doorstroom", "geen_meting", "stil")


@dataclass(frozen=True)
class Forecast:
    """A forecast of a plan's actions.

    Attributes:
        as_of: the quarter that it looks from.
        acties: one row per unfinished action, see :func:`per_action`.
        gezien: what was reported.
        plaatsen: places in ``gezien`` of the unfinished actions that are drawn, those that are silent among them.
        tijden: draws as rows, those actions as columns: quarters until completion; infinite beyond the horizon.
        einde: the last quarter that :attr:`acties` asks about.
        horizon: number of quarters ahead.
    """

    as_of: Quarter
    acties: pd.DataFrame
    gezien: Seen
    plaatsen: Numbers
    tijden: Floats
    einde: Quarter
    horizon: int


def per_action(
    history: pd.DataFrame,
    actions: pd.DataFrame,
    as_of: Quarter,
    *,
    end: Quarter,
    horizon: int = 12,
    furthest: int = 24,
    draws: int = 1000,
    seed: int = 0,
) -> Forecast:
    """Forecast the completion of each unfinished action.

    An action is completed when its last report says 100 % or gives the day of its true end. Actions that are stopped or
    taken over leave the set; that others will, is part of the forecast.

    Args:
        history: ``voortgang`` with one row per quarter and action (:func:`analysis.models.delivered.latest.history`).
        actions: ``actie_code``. Their order changes nothing.
        as_of: rows of later quarters do not count.
        end: the quarter by whose end ``kans_einde`` asks whether it is done.
        horizon: number of quarters ahead.
        furthest: looks so many quarters ahead where an end that is asked about lies beyond the horizon.
        draws: number of draws.
        seed: same seed, same draws.

    Returns:
        In ``acties`` a row per unfinished action: ``actie_code``, ``gemeld_pct`` (last number), ``gemeld_op`` (its
        quarter), ``stil`` (quarters since then), ``p50`` and ``p85`` (first quarter by whose end it is done with that
        chance; "" when not within the horizon, or without a forecast), ``kans_gepland`` and ``kans_verwacht`` (chance
        to be done by its planned end and by its expected end, as they are reported now; NaN when there is none, or it
        is too far away), ``kans_einde`` and ``reden`` ("" when there is a forecast).

    >>> names = ["2025Q1", "2025Q2", "2025Q3", "2025Q4"]
    >>> rows = pd.DataFrame({"kwartaal": names, "actie_code": "1", "voortgang_pct": [20.0, 40.0, 60.0, 80.0],
    ...     "eigen_status": "groen"})
    >>> days = ["gepland_start", "gepland_einde", "verwacht_einde", "werkelijk_start", "werkelijk_einde"]
    >>> rows[days] = pd.to_datetime(["2025-01-01", "2026-06-30", "2026-06-30", "2025-01-06", None])
    >>> found = per_action(rows, pd.DataFrame({"actie_code": ["1"]}), Quarter(2025, 4), end=Quarter(2026, 4)).acties
    >>> found["p50"].item() < found["p85"].item(), bool(found["kans_einde"].item() > 0.5)
    (True, True)
    """
    known = seen(grid(history, actions, as_of))
    dates = np.concatenate([known.planned_end, known.expected_end]) - known.quarters
    near = dates[dates <= max(furthest, horizon)]
    steps = int(np.max([*np.ceil(near), horizon, _ahead(as_of, end)]))
    found = finishes(known, horizon=steps, draws=draws, seed=seed)
    rows = _rows(known, found, steps, as_of, end)
    order = {str(code): place for place, code in enumerate(actions["actie_code"])}
    rows = rows.sort_values("actie_code", key=lambda codes: codes.map(order)).reset_index(drop=True)
    return Forecast(as_of, rows, known, found.places, found.times, end, horizon)


def roll_up(found: Forecast, by: Mapping[str, str]) -> pd.DataFrame:
    """Forecast when groups of actions will all be completed.

    Args:
        found: the result of :func:`per_action`.
        by: the group of each action, such as its objective; the same word for all gives the whole plan.

    Returns:
        One row per group, in the order of ``by``: ``groep``, ``acties`` (without those that left), ``voltooid``,
        ``zonder`` (unfinished, but without a forecast), ``kans`` (that all are done by ``einde``; NaN when one has no
        forecast), ``kans_hoogstens`` (the same for those that have one: it cannot be more), ``p50`` and ``p85`` (""
        beyond the horizon or without a forecast).
    """
    codes = np.array(found.gezien.codes, dtype=object)
    groups = np.array([by.get(code) for code in codes], dtype=object)
    rows = [_group(found, group, groups == group) for group in dict.fromkeys(by.values())]
    columns = ["groep", "acties", "voltooid", "zonder", "kans", "kans_hoogstens", "p50", "p85"]
    return pd.DataFrame(rows, columns=columns)


def completed(found: Forecast) -> pd.DataFrame:
    """Forecast how many actions will have been completed by each coming quarter.

    Returns:
        One row per quarter of the horizon: ``kwartaal``, ``vooruit`` (quarters ahead), ``p10``, ``p50``, ``p85``,
        ``p90`` and ``gemiddelde``; NaN when the data cannot carry a forecast. Numbers of actions are few, and plain
        quantiles of few would make an 80 % interval hold more than 80 %: quantiles are of the mid-distribution, which
        counts half of the number itself (Parzen 2004).
    """
    rows = []
    for ahead in range(1, found.horizon + 1):
        many = numbers(found, ahead)
        told = [quantile(many, share) for share in (0.1, LIKELY, SURE, 0.9)] + [float(many.mean())]
        rows.append((str(quarter_at(ordinal(found.as_of) + ahead)), ahead, *(told if carried(found) else [np.nan] * 5)))
    return pd.DataFrame(rows, columns=["kwartaal", "vooruit", "p10", "p50", "p85", "p90", "gemiddelde"])


def numbers(found: Forecast, ahead: int, *, among: Collection[str] | None = None) -> Numbers:
    """Return per draw how many actions have been completed so many quarters ahead.

    Actions that are silent count with what the others teach; those without any number, and those that left, never.

    Args:
        found: the result of :func:`per_action`.
        ahead: number of quarters.
        among: the codes of the actions that are counted; all of the plan by default.
    """
    codes = np.array(found.gezien.codes, dtype=object)
    counted = np.ones(len(codes), dtype=bool) if among is None else np.isin(codes, list(among))
    already = int((found.gezien.done & counted).sum())
    many: Numbers = already + (found.tijden[:, counted[found.plaatsen]] <= ahead).sum(axis=1)
    return many


def carried(found: Forecast) -> bool:
    """Say whether the plan's data can carry a forecast at all."""
    return not found.acties["reden"].isin(["te_kort", "geen_doorstroom"]).any()


def quantile(many: Numbers, share: float) -> float:
    """Return a quantile of whole numbers: the median, or the outermost number inside, by the mid-distribution.

    >>> quantile(np.array([1, 2, 2, 3]), 0.1), quantile(np.array([1, 2, 2, 3]), 0.9)
    (1.0, 3.0)
    >>> quantile(np.repeat([4, 5, 6], [3, 50, 47]), 0.1)
    5.0
    """
    values, counts = np.unique(many, return_counts=True)
    upto = np.cumsum(counts) / len(many)
    middle = upto - counts / len(many) / 2
    if share > LIKELY:
        return float(values[middle <= max(share, middle[0])][-1])
    return float(values[np.argmax((upto if share == LIKELY else middle) >= share)])


def _ahead(as_of: Quarter, end: Quarter) -> int:
    return ordinal(end) - ordinal(as_of)


def _reasons(known: Seen) -> NDArray[np.object_]:
    """Return for each action why there is no forecast of it; "" when there is."""
    moved = bool(np.nansum(known.progress) > 0)
    silent = np.where(known.quarters - 1 - known.last >= SILENT, "stil", "")
    own = np.where(known.last < 0, "geen_meting", silent).astype(object)
    if known.deliveries < ENOUGH:
        own[:] = "te_kort"
    elif not moved:
        own[:] = "geen_doorstroom"
    return own


def _rows(known: Seen, found: Finishes, steps: int, as_of: Quarter, end: Quarter) -> pd.DataFrame:
    """Return a row per unfinished action."""
    full = np.full((len(found.times), len(known.codes)), np.nan)
    full[:, found.places] = found.times
    reasons = _reasons(known)
    without = reasons != ""
    open_ = np.nonzero(~known.done & ~known.left)[0]
    now, reported = known.quarters, np.maximum(known.last, 0)
    pct = np.where(known.last < 0, np.nan, known.progress[reported, np.arange(len(known.codes))])
    quarters = [str(quarter_at(known.origin + last)) if last >= 0 else "" for last in known.last]
    rows = pd.DataFrame(
        {
            "actie_code": np.array(known.codes, dtype=object),
            "gemeld_pct": pct,
            "gemeld_op": quarters,
            "stil": np.where(known.last < 0, np.nan, now - 1.0 - known.last),
            "p50": _quarters(full, LIKELY, without, as_of),
            "p85": _quarters(full, SURE, without, as_of),
            "kans_gepland": _chance(full, known.planned_end - now, steps, without),
            "kans_verwacht": _chance(full, known.expected_end - now, steps, without),
            "kans_einde": _chance(full, np.full(len(known.codes), float(_ahead(as_of, end))), steps, without),
            "reden": reasons,
        }
    )
    return rows.iloc[open_].astype({"actie_code": str, "reden": str})


def _chance(times: Floats, until: Floats, steps: int, without: Flags) -> Floats:
    asked = until <= steps + 1e-9
    return np.where(without | ~asked, np.nan, (times <= until + 1e-9).mean(axis=0))


def _quarters(times: Floats, share: float, without: Flags, as_of: Quarter) -> list[str]:
    """Return the first quarters by which a share of the draws is done; "" when there is none."""
    place = np.sort(np.ceil(times), axis=0)[max(int(np.ceil(share * len(times) - 1e-9)) - 1, 0)]
    known = np.isfinite(place) & ~without
    return [
        str(quarter_at(ordinal(as_of) + int(step))) if there else "" for step, there in zip(place, known, strict=True)
    ]


def _group(found: Forecast, group: str, inside: Flags) -> tuple[object, ...]:
    known = found.gezien
    set_ = inside & ~known.left
    codes = {known.codes[place] for place in np.nonzero(set_ & ~known.done)[0]}
    rows = found.acties[found.acties["actie_code"].isin(codes)]
    without = set(rows.loc[rows["reden"] != "", "actie_code"])
    used = [number for number, place in enumerate(found.plaatsen) if known.codes[place] in codes - without]
    last = found.tijden[:, used].max(axis=1, initial=-np.inf)
    most = float((last <= _ahead(found.as_of, found.einde)).mean()) if set_.any() else np.nan
    certain = not without and bool(set_.any())
    last = np.where(np.isneginf(last), 0.0, last)[:, None]
    dates = [_quarters(last, share, np.array([not certain]), found.as_of)[0] for share in (LIKELY, SURE)]
    done = int((set_ & known.done).sum())
    return (group, int(set_.sum()), done, len(without), most if certain else np.nan, most, *dates)
