"""Was the forecast right? Each past quarter is forecast again with what was known then, and held against what came.

Two kinds of forecasts are judged:

- how many actions will have been completed 1, 2, ... quarters later: does the interval from P10 to P90 hold the number
  in 80 % of the cases (``coverage``)?
- whether an action will be completed within four quarters, and by its own planned end as it stood then: the Brier score
  (mean squared error of the chance; lower is better), and whether chances mean what they say (``calibration``).

A score says little alone. The same questions are put to three rivals, with the same rows:

===================  ===================================================================================================
``basis``            the share of such cases known then that turned out well; nothing is scored before there is one
``status``           the same among the cases in which the owner gave the action the same own status as now
``verwachting``      the same among the cases in which the owner also expected (or did not expect) to be done in time
===================  ===================================================================================================

What came is not always known: an action whose owner has fallen silent may be completed, or not. It is not counted as
unfinished, but left out, of the forecast as well.

For the last two rivals there is a second, unfair version, ``_achteraf``: it knows the true share of each status over
all that is judged. No chance that depends on the status alone can have a better Brier score; who beats it, beats any
reading of the statuses.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.delivered.backtest_rivals import Case, rivals
from analysis.models.delivered.forecast import ENOUGH, Forecast, carried, numbers, per_action, quantile
from analysis.models.delivered.forecast_seen import Floats, Grid, grid, ordinal, quarter_at, seen
from analysis.models.delivered.latest import history
from analysis.quarter import Quarter

#: Quarters ahead of the question whether an action will be completed soon.
SOON = 4
QUESTIONS = ("vier_kwartalen", "gepland_einde")
RIVALS = ("basis", "status", "verwachting")

_COUNTS = ("kwartaal", "vooruit", "doel", "geteld", "nu", "p10", "p50", "p90", "werkelijk", "binnen")
_CHANCES = ("kwartaal", "actie_code", "vraag", "einde", "eigen_status", "in_tijd", "kans", *RIVALS)


@dataclass(frozen=True)
class Past:
    """Forecasts as they would have been made at past quarters.

    Attributes:
        voorspellingen: the forecast at each past quarter.
        horizon: numbers of actions are judged for so many quarters ahead.
        kansen: one row per past quarter, unfinished action and question: ``kwartaal``, ``actie_code``, ``vraag`` (one
            of :data:`QUESTIONS`), ``einde`` (the day until which it asks), ``eigen_status``, ``in_tijd`` (the owner
            expects to be done by then: ja, nee or ""), ``kans``, and the chances of the rivals ``basis``, ``status``
            and ``verwachting`` (NaN before the first answer). Actions without a forecast have no row.
    """

    voorspellingen: tuple[Forecast, ...]
    horizon: int
    kansen: pd.DataFrame


@dataclass(frozen=True)
class Judged:
    """Past forecasts against what came.

    Attributes:
        aantallen: one row per past quarter and number of quarters ahead: ``kwartaal``, ``vooruit``, ``doel`` (the
            quarter that is forecast), ``geteld`` (actions whose fate by then is known), and of these ``nu`` (completed
            then, as reported), ``p10``, ``p50``, ``p90``, ``werkelijk`` (completed in truth) and ``binnen`` (in the
            interval).
        kansen: as in :class:`Past`, where the answer is known, with ``uitkomst`` (1 done in time, 0 not) and the
            chances of the unfair rivals ``status_achteraf`` and ``verwachting_achteraf``.
        samenvatting: ``maat`` (``dekking`` or ``brier``), ``over`` (quarters ahead as text, ``alle``, or the question),
            ``van`` (``voorspelling`` or a rival), ``waarde`` and ``aantal`` (forecasts judged).
        ijking: per question and tenth of chance: ``vraag``, ``van``, ``tot``, ``kans`` (mean), ``uitkomst`` (share that
            was done) and ``aantal``.
    """

    aantallen: pd.DataFrame
    kansen: pd.DataFrame
    samenvatting: pd.DataFrame
    ijking: pd.DataFrame


def backtest(
    voortgang: pd.DataFrame,
    actions: pd.DataFrame,
    last: Quarter,
    *,
    lag_days: int = 45,
    horizon: int = 8,
    draws: int = 250,
    seed: int = 0,
) -> Judged:
    """Forecast again at each past quarter, and judge it by what is reported until the last.

    Args:
        voortgang: all rows known now, with ``kwartaal`` and ``bekend_op``.
        actions: ``actie_code``.
        last: the youngest quarter.
        lag_days: a past report looked at the world so many days after its quarter.
        horizon: numbers of actions are forecast for so many quarters ahead.
        draws: draws per forecast.
        seed: same seed, same result.
    """
    past = reforecast(voortgang, actions, last, lag_days=lag_days, horizon=horizon, draws=draws, seed=seed)
    return judge(past, reported_ends(history(voortgang, ["actie_code"]), actions, last))


def reforecast(
    voortgang: pd.DataFrame,
    actions: pd.DataFrame,
    last: Quarter,
    *,
    lag_days: int = 45,
    horizon: int = 8,
    draws: int = 250,
    seed: int = 0,
) -> Past:
    """Forecast at each past quarter with only what was known then; see :func:`backtest`.

    Only questions of which the answer is known by the end of the last quarter are put.
    """
    found, chances = [], []
    for quarter in _past(voortgang, last):
        known = _known(voortgang, quarter, lag_days)
        until = ordinal(last) - ordinal(quarter)
        soon, ahead = quarter_at(ordinal(quarter) + SOON), max(until, SOON)
        steps = min(horizon, until)
        forecast = per_action(known, actions, quarter, end=soon, horizon=steps, furthest=ahead, draws=draws, seed=seed)
        found.append(forecast)
        chances.append(_questions(grid(known, actions, quarter), forecast, last))
    return Past(tuple(found), horizon, _table(chances, _CHANCES))


def reported_ends(rows: pd.DataFrame, actions: pd.DataFrame, last: Quarter) -> pd.DataFrame:
    """Return what is reported now of the fate of each action.

    Args:
        rows: one per quarter and action (:func:`analysis.models.delivered.latest.history`).
        actions: ``actie_code``.
        last: the youngest quarter.

    Returns:
        Per ``actie_code`` (the index): ``einde``, the day of its completion (NaT when it is not; where no day is
        reported, the middle of the quarter of the report that says 100 %), and ``bekend_tot``, the day until which its
        owner told that it was not completed.
    """
    known = seen(grid(rows, actions, last))
    # what left the set will never be completed
    until = np.where(known.left, known.quarters, np.where(known.last < 0, np.nan, known.last + 1.0))
    ends = {"einde": _days(known.end, known.origin), "bekend_tot": _days(until, known.origin)}
    return pd.DataFrame(ends, index=pd.Index(list(known.codes), name="actie_code"))


def judge(past: Past, ends: pd.DataFrame) -> Judged:
    """Hold forecasts against what came.

    Args:
        past: the result of :func:`reforecast`.
        ends: ``einde`` and ``bekend_tot`` per action, as from :func:`reported_ends`.
    """
    rows = [row for one in past.voorspellingen if carried(one) for row in _counts(one, past.horizon, ends)]
    counts = pd.DataFrame(rows, columns=list(_COUNTS))
    own = ends.reindex(past.kansen["actie_code"])
    ended, until = (pd.Series(own[name].to_numpy()) for name in ("einde", "bekend_tot"))
    known = ended.notna() | (until >= past.kansen["einde"])
    chances = past.kansen.assign(uitkomst=(ended <= past.kansen["einde"]).astype(float))[known].reset_index(drop=True)
    scored = chances[chances["basis"].notna()]
    for name, column in (("status_achteraf", "eigen_status"), ("verwachting_achteraf", "in_tijd")):
        chances[name] = scored.groupby(["vraag", column])["uitkomst"].transform("mean")
    return Judged(counts, chances, _summary(counts, chances), calibration(chances))


def _counts(forecast: Forecast, horizon: int, ends: pd.DataFrame) -> Iterator[dict[str, object]]:
    """Return the rows on numbers of actions of one forecast."""
    done = [code for code, there in zip(forecast.gezien.codes, forecast.gezien.done, strict=True) if there]
    for ahead in range(1, min(horizon, forecast.horizon) + 1):
        target = quarter_at(ordinal(forecast.as_of) + ahead)
        day = pd.Timestamp(target.end)
        known = ends[ends["einde"].notna() | (ends["bekend_tot"] >= day)]
        many = numbers(forecast, ahead, among=known.index)
        real = int((known["einde"] <= day).sum())
        places = {name: quantile(many, share) for name, share in (("p10", 0.1), ("p50", 0.5), ("p90", 0.9))}
        yield {
            "kwartaal": str(forecast.as_of),
            "vooruit": ahead,
            "doel": str(target),
            "geteld": len(known),
            "nu": len(known.index.intersection(done)),
            **places,
            "werkelijk": real,
            "binnen": places["p10"] <= real <= places["p90"],
        }


def calibration(chances: pd.DataFrame) -> pd.DataFrame:
    """Return per question and tenth of chance what was forecast and what came; see :class:`Judged`.

    >>> chances = pd.DataFrame({"vraag": "vier_kwartalen", "kans": [0.1, 0.15, 1.0], "uitkomst": [0.0, 1.0, 1.0]})
    >>> calibration(chances)[["van", "kans", "uitkomst", "aantal"]].values.tolist()
    [[0.1, 0.125, 0.5, 2.0], [0.9, 1.0, 1.0, 1.0]]
    """
    # a hair more, so that 0.3 does not fall below its own border
    tenth = np.clip(np.floor(chances["kans"] * 10 + 1e-9), 0, 9) / 10
    groups = chances.assign(van=tenth).groupby(["vraag", "van"])
    found = groups.agg(kans=("kans", "mean"), uitkomst=("uitkomst", "mean"), aantal=("kans", "size")).reset_index()
    found.insert(2, "tot", found["van"] + 0.1)
    return found


def _past(voortgang: pd.DataFrame, last: Quarter) -> list[Quarter]:
    """Return the quarters at which a forecast was possible: enough before them, at least one after."""
    names = sorted(name for name in voortgang["kwartaal"].unique() if name <= str(last))
    if not names:
        return []
    first = ordinal(Quarter.parse(names[0])) + ENOUGH - 1
    return [quarter_at(place) for place in range(first, ordinal(last))]


def _known(voortgang: pd.DataFrame, quarter: Quarter, lag_days: int) -> pd.DataFrame:
    """Return the rows that counted on the as-of date of a past quarter."""
    day: dt.date = quarter.as_of(lag_days)
    rows = voortgang[(voortgang["kwartaal"] <= str(quarter)) & (voortgang["bekend_op"] <= pd.Timestamp(day))]
    return history(rows, ["actie_code"])


def _questions(now: Grid, forecast: Forecast, last: Quarter) -> pd.DataFrame:
    """Return the questions on each action with a forecast, and the chances that the rivals give."""
    rows = forecast.acties[forecast.acties["reden"] == ""]
    case = Case.of(now, forecast.gezien)
    until = now.quarters + ordinal(last) - ordinal(forecast.as_of)
    asked = []
    for name, chance, deadlines in (
        (QUESTIONS[0], "kans_einde", case.ends + SOON),
        (QUESTIONS[1], "kans_gepland", np.where(case.planned > case.ends, case.planned, np.nan)),
    ):
        found = rivals(case, deadlines)
        place = np.searchsorted(np.array(now.codes, dtype=object), rows["actie_code"].to_numpy(dtype=object))
        table = pd.DataFrame({key: values[place] for key, values in found.items()})
        deadline = table.pop("einde").to_numpy(dtype=float)
        table = table.assign(vraag=name, actie_code=rows["actie_code"].to_numpy(), kans=rows[chance].to_numpy())
        table["einde"] = _days(deadline, now.origin)
        answered = (deadline > now.quarters) & (deadline <= until)
        asked.append(table[answered])
    return pd.concat(asked, ignore_index=True).assign(kwartaal=str(forecast.as_of))


def _days(found: Floats, origin: int) -> NDArray[np.datetime64]:
    """Return times as days; the end of a quarter is its last day."""
    whole = np.nan_to_num(np.ceil(found * 3 - 1e-6) - 1)
    first = np.datetime64(f"{origin // 4}-{origin % 4 * 3 + 1:02d}", "M") + whole.astype(np.int64)
    start, after = first.astype("datetime64[D]"), (first + 1).astype("datetime64[D]")
    part = np.nan_to_num(found * 3) - whole
    passed = np.maximum(np.ceil(part * (after - start).astype(float) - 1e-3) - 1, 0)
    days = start + passed.astype("timedelta64[D]")
    return np.where(np.isnan(found), np.datetime64("NaT"), days).astype("datetime64[us]")


def _table(frames: list[pd.DataFrame], columns: tuple[str, ...]) -> pd.DataFrame:
    filled = [frame[list(columns)] for frame in frames if len(frame)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=list(columns))


def _summary(counts: pd.DataFrame, chances: pd.DataFrame) -> pd.DataFrame:
    rows: list[tuple[str, str, str, float, int]] = []
    for name, group in [*counts.groupby("vooruit"), ("alle", counts)]:
        if len(group):
            rows.append(("dekking", str(name), "voorspelling", float(group["binnen"].mean()), len(group)))
    names = {"voorspelling": "kans"} | {
        name: name for name in (*RIVALS, *(f"{rival}_achteraf" for rival in RIVALS[1:]))
    }
    for question, group in chances[chances["basis"].notna()].groupby("vraag"):
        for who, column in names.items():
            error = (group[column] - group["uitkomst"]) ** 2
            rows.append(("brier", str(question), who, float(error.mean()), len(group)))
    return pd.DataFrame(rows, columns=["maat", "over", "van", "waarde", "aantal"])
