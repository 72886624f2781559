"""How many quarters a number of items takes, when future quarters are like past ones (a bootstrap of throughput)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analysis.models.delivered.forecast_seen import Floats

#: Fewer quarters than this carry no forecast.
ENOUGH = 4
#: A forecast never looks further than this many quarters.
FURTHEST = 40
LIKELY, SURE = 0.5, 0.85


@dataclass(frozen=True)
class Completion:
    """How many quarters the remaining items take.

    Attributes:
        kansen: chance to be done by the end of quarter 0, 1, 2, ... from now; NaN without a forecast.
        p50: first quarter by which that chance is at least 50 %; NaN when it is not within the horizon.
        p85: the same for 85 %.
        methode: ``exact`` or ``getrokken``; "" without a forecast.
        reden: "" for a forecast; else why there is none, or ``niets_over``.
    """

    kansen: Floats
    p50: float
    p85: float
    methode: str
    reden: str


def completion(
    throughput: Sequence[float], remaining: float, *, horizon: int = FURTHEST, draws: int = 10_000, seed: int = 0
) -> Completion:
    """Return how many quarters the remaining items take, when future quarters are like past ones.

    Args:
        throughput: items, or weights of items, that were completed in each past quarter; NaN (no delivery) is left out.
        remaining: items, or weight, that remain.
        horizon: number of quarters ahead.
        draws: number of draws, where it is not exact.
        seed: same seed, same draws.

    Raises:
        ValueError: a number is negative or infinite, or the rest is unknown.

    >>> found = completion([0, 1, 0, 1], 3)
    >>> found.methode, found.kansen[3:6].tolist(), found.p50
    ('exact', [0.125, 0.3125, 0.5], 5.0)
    """
    past = np.asarray(throughput, dtype=float)
    past = past[~np.isnan(past)]
    if not np.all(np.isfinite([*past, remaining])) or min([*past, remaining]) < 0:
        raise ValueError("throughput and remaining items are numbers of at least 0")
    if remaining == 0:
        return Completion(np.ones(horizon + 1), 0.0, 0.0, "exact", "niets_over")
    if len(past) < ENOUGH or not past.any():
        reason = "te_kort" if len(past) < ENOUGH else "geen_doorstroom"
        return Completion(np.full(horizon + 1, np.nan), np.nan, np.nan, "", reason)
    whole = bool(np.all(past == np.floor(past)))
    chances = _exact(past, remaining, horizon) if whole else _drawn(past, remaining, horizon, draws, seed)
    return Completion(
        chances, _reached(chances, LIKELY), _reached(chances, SURE), "exact" if whole else "getrokken", ""
    )


def _exact(past: Floats, remaining: float, horizon: int) -> Floats:
    """Convolve: the chance of each sum below the rest, quarter after quarter."""
    need = int(np.ceil(remaining))
    gains = np.minimum(past, need).astype(int)
    one = np.bincount(gains, minlength=need + 1) / len(past)
    left = np.zeros(need)
    left[0] = 1.0
    chances = [0.0]
    for _ in range(horizon):
        left = np.convolve(left, one)[:need]
        chances.append(1 - left.sum())
    return np.maximum.accumulate(np.clip(chances, 0, 1))  # rounding may leave a hair


def _drawn(past: Floats, remaining: float, horizon: int, draws: int, seed: int) -> Floats:
    taken = np.random.default_rng(seed).choice(past, (draws, horizon))
    # sums of fractions miss a whole number by a hair
    done = np.cumsum(taken, axis=1) >= remaining - 1e-9
    return np.concatenate([[0.0], done.mean(axis=0)])


def _reached(chances: Floats, share: float) -> float:
    there = chances >= share - 1e-12
    return float(np.argmax(there)) if there.any() else np.nan
