"""Draws of the times at which open actions will be completed, from what a plan's past teaches.

In each draw an action has a pace: its own history, shrunk to the pool (gamma progress, inverse gamma pace, so the
posterior is closed). Its quarters are gamma distributed around that pace, some of them stand still, and a good or bad
quarter is shared by all actions. What is left to do is priced by level: the last percents cost more, more for one
action than for another, and never less than those before.

Random numbers belong to a place in the plan, and are turned into progress by functions that only rise. So in the same
draw, more reported progress never ends later.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.models.delivered.forecast_pace import LEVELS, Learned, in_levels, learn
from analysis.models.delivered.forecast_seen import DONE, Floats, Numbers, Seen

#: Draws of what is learned; each serves for several draws of the future.
LEARNED_DRAWS = 100
#: Relative deviation of the whole future for all actions together: it need not be like the past.
DRIFT = 0.12
#: How much the price of the tail differs between actions (shape of a gamma distribution with mean 1).
TAIL_SHAPE = 3.0
#: What a quarter in the tail teaches about an action's own price of it: little, for reports creep there anyway.
TAIL_TRUST = 0.5
#: Owners speak in steps of so many percents.
SPOKEN = 5.0


@dataclass(frozen=True)
class Finishes:
    """Times at which open actions are completed.

    Attributes:
        places: places of the open actions in the plan.
        times: quarters after the quarter of the forecast, draws as rows, actions as columns; infinite when not within
            the horizon. Not above zero: it was already completed in the time without a report.
    """

    places: Numbers
    times: Floats


@dataclass(frozen=True)
class _Chance:
    """Random numbers: one per draw and action of the plan, of which the open ones are used."""

    rng: np.random.Generator
    shape: tuple[int, int]
    open: Numbers

    def uniform(self) -> Floats:
        """Return numbers above 0, up to 1."""
        found: Floats = 1 - self.rng.random(self.shape)[:, self.open]
        return found

    def normal(self) -> Floats:
        """Return standard normal numbers."""
        found: Floats = self.rng.normal(size=self.shape)[:, self.open]
        return found

    def gamma(self, shape: Floats) -> Floats:
        """Return gamma distributed numbers."""
        return gamma(shape, self.normal(), self.uniform())


@dataclass(frozen=True)
class _Runs:
    """What a draw holds of each open action.

    Attributes:
        speed: percents per quarter.
        work: what is left to do, in percents at the price of the first level.
        begin: quarters after the last report until the work begins; 0 when it has begun.
        gap: quarters without a report, until now.
    """

    speed: Floats
    work: Floats
    begin: Floats
    gap: Floats


def finishes(of: Seen, *, horizon: int, draws: int, seed: int) -> Finishes:
    """Draw when the unfinished actions with at least one number will be completed.

    Args:
        of: what was reported.
        horizon: number of quarters ahead.
        draws: number of draws.
        seed: same seed, same draws.
    """
    rng = np.random.default_rng(seed)
    count, rounds = len(of.codes), min(draws, LEARNED_DRAWS)
    open_ = np.nonzero(~of.done & ~of.left & (of.last >= 0))[0]
    weights, normal = rng.exponential(1.0, (rounds, count)), rng.normal(size=(rounds, len(LEVELS) - 2))
    learned = learn(of, open_, weights, normal).repeated(draws)
    chance = _Chance(rng, (draws, count), open_)
    runs = _runs(of, learned, chance)
    stays = np.floor(np.log(chance.uniform()) / np.log1p(-learned.leave))
    times = _run(runs, learned, chance, horizon)
    return Finishes(open_, np.where(times > stays + 0.5, np.inf, times))


def gamma(shape: Floats, normal: Floats, uniform: Floats) -> Floats:
    """Return gamma distributed numbers (scale 1) that rise with the shape and with both random numbers.

    Wilson and Hilferty's approximation for the shape plus one, brought back to the shape itself; shape 0 gives 0.

    >>> rng = np.random.default_rng(1)
    >>> found = gamma(np.full(100_000, 0.7), rng.normal(size=100_000), rng.random(100_000))
    >>> round(float(found.mean()), 2), round(float(found.var()), 2)
    (0.7, 0.69)
    """
    above = shape + 1
    cube = np.maximum(1 - 1 / (9 * above) + normal / (3 * np.sqrt(above)), 0.0)
    found: Floats = above * cube**3 * uniform ** (1 / np.maximum(shape, 1e-3))
    return np.where(shape > 0, found, 0.0)


def _runs(of: Seen, learned: Learned, chance: _Chance) -> _Runs:
    """Return pace, remaining work and beginning of each open action."""
    paces = _paces(of, learned, chance)
    dear = _dearness(of, learned, chance, paces)
    begun = of.begun[of.last[chance.open], chance.open]
    reported = of.progress[of.last[chance.open], chance.open]
    meant = np.clip(reported + (chance.uniform() - 0.5) * SPOKEN, 0, DONE - 0.5)
    left = np.diff(LEVELS) - in_levels(np.where(begun, meant, reported))
    price = np.maximum(learned.price * dear[..., None], 1.0)
    return _Runs(
        speed=paces * DONE / of.duration[chance.open],
        work=left[..., 0] + (price * left[..., 1:]).sum(axis=-1),
        begin=np.where(begun, 0.0, _waits(of, learned, chance) + 0.5),
        gap=(of.quarters - 1 - of.last[chance.open]).astype(float),
    )


def _paces(of: Seen, learned: Learned, chance: _Chance) -> Floats:
    """Return paces relative to the plan: what each action did, shrunk to how paces differ in the pool."""
    own, open_ = learned.own, chance.open
    done = own.gained[open_, 0] * of.duration[open_] / DONE
    shape = learned.paces.shape + learned.weight * own.took[open_, 0]
    scale = learned.paces.scale + learned.weight * done
    found: Floats = np.maximum(scale / np.maximum(chance.gamma(shape), 1e-6), 0.02)
    return found


def _dearness(of: Seen, learned: Learned, chance: _Chance, paces: Floats) -> Floats:
    """Return how dear the tail is to each action: around 1, more when it has been there for long."""
    own, open_ = learned.own, chance.open
    weight = np.minimum(learned.weight, TAIL_TRUST)
    done = (learned.price * own.gained[open_, 1:]).sum(axis=-1) * of.duration[open_] / DONE
    spent = own.took[open_, 1:].sum(axis=-1)
    found: Floats = chance.gamma(TAIL_SHAPE + weight * spent) / (TAIL_SHAPE + weight * done / paces)
    return found


def _waits(of: Seen, learned: Learned, chance: _Chance) -> Floats:
    """Return how many whole quarters pass after the last report before the work begins."""
    planned = np.floor(np.nan_to_num(of.planned_start[chance.open], nan=-1.0))
    ahead = np.maximum(planned - (of.last[chance.open] + 1), 0.0)
    patient = (1 - learned.early) ** ahead  # the chance that it does not begin before its planned start
    uniform = chance.uniform()
    soon = np.floor(np.log(uniform) / np.log1p(-learned.early))
    after = ahead + np.floor(np.log(np.minimum(uniform / patient, 1.0)) / np.log1p(-learned.late))
    return np.where(uniform > patient, np.minimum(soon, ahead), after)


def _run(runs: _Runs, learned: Learned, chance: _Chance, horizon: int) -> Floats:
    """Let the work go on, first through the time without a report, then quarter after quarter."""
    silent = np.maximum(runs.gap - runs.begin, 0.0)
    done = chance.gamma(learned.weight * silent) / learned.weight * runs.speed
    times = np.where(done >= runs.work, -runs.gap * (1 - runs.work / np.maximum(done, 1e-9)), np.inf)
    moving = (1 - learned.stay) / (1 - learned.stay + learned.stall)
    standing = np.where(runs.gap > 0, chance.uniform() > moving, learned.standing)
    drift = np.exp(DRIFT * chance.rng.normal(size=(len(done), 1)) - DRIFT**2 / 2)
    for quarter in range(horizon):
        standing = chance.uniform() <= np.where(standing, learned.stay, learned.stall)
        swing = np.exp(learned.swing * chance.rng.normal(size=(len(done), 1)) - learned.swing**2 / 2)
        length = np.clip(runs.gap + quarter + 1 - runs.begin, 0, 1)
        gain = (
            chance.gamma(learned.regular * length) / learned.regular * runs.speed * drift * swing * ~standing / moving
        )
        reached = np.isinf(times) & (done + gain >= runs.work)
        part = (runs.work - done) / np.maximum(gain, 1e-9)
        times = np.where(reached, quarter + 1 - length * (1 - part), times)
        done = done + gain
    return times
