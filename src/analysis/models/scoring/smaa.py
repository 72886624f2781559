"""Rank acceptability: how likely each rank of each item is, when the weights or the scores are not certain.

Method: SMAA-2 (Lahdelma and Salminen 2001, *SMAA-2: stochastic multicriteria acceptability analysis for group decision
making*). The value of an item is the sum of its scores, each times the weight of its criterion; weights are 0 or more
and their sum is 1. Nobody knows the one true weighting, so many are drawn, and the items are ranked for each. An item
has three figures:

* its *acceptability* per rank is the share of draws in which it has that rank;
* its *central weights* are the mean of the weights that make it the first: what one has to find important to prefer it;
* its *confidence* is the probability that it is the first with these weights, over the scores that it may have. A low
  one says that the scores are too uncertain to prefer it with any weights.

What the method leaves open is decided here:

* Higher is better, and rank 1 is the best. Scores of criteria in another unit are the caller's to make comparable.
* Items of equal value share their ranks equally: two at the top have each half of rank 1 and half of rank 2. So each
  row and each column of the acceptabilities sums to 1, and k equal items have each rank 1/k. What does not differ by
  more than rounding is equal.
* Weights are drawn uniformly from all there are, or from the raters': then each draw takes the weights of one rater.
* Scores of several raters are uncertain scores: each draw takes those of one rater, whoever's the weights are.
* An unknown score cannot be ranked: that is an error. The caller leaves the item or the rater out, and says so.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

#: Values that differ by less than this share of the largest are equal.
_SAME = 1e-12
#: So many draws are ranked together: what fits in a processor's own memory is ranked faster.
_CHUNK = 4096


@dataclass(frozen=True, eq=False)
class Acceptability:
    """How likely each rank is.

    Attributes:
        ranks: items x ranks: the probability of each rank, the best first; rows and columns sum to 1.
        central: items x criteria: the mean of the weights that make the item the first, sum 1; NaN where none does.
        confidence: per item the probability that it is the first with its central weights; NaN where none does.
        draws: number of draws.
    """

    ranks: Floats
    central: Floats
    confidence: Floats
    draws: int

    @property
    def mean_rank(self) -> Floats:
        """The mean rank of each item; 1 is the best."""
        mean: Floats = self.ranks @ np.arange(1.0, len(self.ranks) + 1)
        return mean


def acceptability(scores: Floats, *, draws: int, seed: int, weights: Floats | None = None) -> Acceptability:
    """Return how likely each rank of each item is, over uncertain weights and, with several raters, scores.

    Args:
        scores: items x criteria, or raters x items x criteria.
        draws: number of draws; a probability p is known with a standard error of ``sqrt(p (1 - p) / draws)``.
        seed: same seed, same draws.
        weights: raters x criteria, 0 or more, not all 0 in a row; each row is made to sum to 1. None is uniform.

    Raises:
        ValueError: scores or weights are unknown, endless, or of another shape; or there are no draws.

    >>> found = acceptability(np.array([[1.0, 0.0], [0.0, 0.5]]), draws=100_000, seed=2)
    >>> found.ranks.round(2).tolist(), found.central.round(2).tolist()
    ([[0.67, 0.33], [0.33, 0.67]], [[0.67, 0.33], [0.17, 0.83]])
    """
    layers = _layers(scores)
    rows = None if weights is None else _normal(weights, layers.shape[2])
    if draws < 1:
        raise ValueError(f"a number of draws is 1 or more: {draws}")
    rng, runs, first = np.random.default_rng(seed), _runs(layers.shape[1]), np.zeros(layers.shape[1:])
    for start in range(0, draws, _CHUNK):
        drawn = _drawn(rng, min(_CHUNK, draws - start), rows, layers.shape[2])
        values = _values(rng, layers, drawn)
        _count(values, runs)
        first += _first(values).T @ drawn
    chance = first.sum(axis=1, keepdims=True)
    central = np.divide(first, chance, out=np.full_like(first, np.nan), where=chance > 0)
    return Acceptability(_shared(runs) / draws, central, _confidence(layers, central), draws)


def from_draws(values: Floats) -> Floats:
    """Return how likely each rank of each item is, from given draws: items x ranks, as :attr:`Acceptability.ranks`.

    Args:
        values: draws x items: the value of each item in each draw; higher is better.

    Raises:
        ValueError: a value is unknown or endless, or there is none.

    >>> from_draws(np.array([[3.0, 1.0, 1.0], [3.0, 2.0, 5.0]])).tolist()
    [[0.5, 0.5, 0.0], [0.0, 0.25, 0.75], [0.5, 0.25, 0.25]]
    """
    known = np.asarray(values, dtype=np.float64)
    if known.ndim != 2 or not known.size or not np.isfinite(known).all():
        raise ValueError(f"draws x items, all known: {known.shape}")
    runs = _runs(known.shape[1])
    for start in range(0, len(known), _CHUNK):
        _count(known[start : start + _CHUNK], runs)
    return _shared(runs) / len(known)


def _layers(scores: Floats) -> Floats:
    """Return the scores as raters x items x criteria, from 0 for the lowest score of each criterion.

    As weights sum to 1 that changes no rank, and rounding stays in proportion to the differences.
    """
    known = np.asarray(scores, dtype=np.float64)
    layers = known[None] if known.ndim == 2 else known
    if layers.ndim != 3 or not layers.size or not np.isfinite(layers).all():
        raise ValueError(f"items x criteria, or raters x items x criteria, all known: {known.shape}")
    lifted: Floats = layers - layers.min(axis=(0, 1))
    return lifted


def _normal(weights: Floats, criteria: int) -> Floats:
    """Return each rater's weights with sum 1."""
    known = np.asarray(weights, dtype=np.float64)
    if known.ndim != 2 or not len(known) or known.shape[1] != criteria:
        raise ValueError(f"raters x {criteria} criteria: {known.shape}")
    if not np.isfinite(known).all() or (known < 0).any() or not known.any(axis=1).all():
        raise ValueError("weights are known, 0 or more, and not all 0")
    shares: Floats = known / known.sum(axis=1, keepdims=True)
    return shares


def _drawn(rng: np.random.Generator, draws: int, rows: Floats | None, criteria: int) -> Floats:
    """Return weights, draws x criteria: those of a rater, or any (exponentials over their sum are uniform)."""
    if rows is not None:
        return rows[rng.integers(len(rows), size=draws)]
    return _normal(rng.standard_exponential((draws, criteria)), criteria)


def _values(rng: np.random.Generator, layers: Floats, drawn: Floats) -> Floats:
    """Return the value of each item in each draw, each with the scores of one rater."""
    if len(layers) == 1:
        certain: Floats = drawn @ layers[0].T
        return certain
    values, raters = np.empty((len(drawn), layers.shape[1])), rng.integers(len(layers), size=len(drawn))
    for rater, scores in enumerate(layers):
        own = raters == rater
        values[own] = drawn[own] @ scores.T
    return values


def _runs(items: int) -> Counts:
    """Return counts of nothing: item x first rank of a run of equals x one less than its length."""
    return np.zeros((items, items, items), dtype=np.int64)


def _count(values: Floats, runs: Counts) -> None:
    """Rank each draw, and count for each item at which rank its run of equals begins, and how long that is.

    Args:
        values: draws x items.
        runs: the counts, to which these are added. Counts are exact, so that the shares of equals are.
    """
    items = values.shape[1]
    order = np.argsort(-values, axis=1)
    ordered = np.take_along_axis(values, order, axis=1)
    same = _SAME * np.abs(ordered[:, [0, -1]]).max(axis=1, keepdims=True)
    begins = np.ones(values.shape, dtype=bool)
    np.greater(ordered[:, :-1] - ordered[:, 1:], same, out=begins[:, 1:])
    starts = np.flatnonzero(begins)
    lengths = np.diff(starts, append=begins.size)
    place = (starts % items) * items + lengths - 1
    found = order.ravel() * items**2 + np.repeat(place, lengths)
    runs += np.bincount(found, minlength=runs.size).reshape(runs.shape)


def _shared(runs: Counts) -> Floats:
    """Return items x ranks: in how many draws each item has each rank; equals share theirs."""
    items = len(runs)
    ranks = np.zeros((items, items))
    for length in range(1, items + 1):
        share = runs[:, :, length - 1] / length
        if share.any():
            for shift in range(length):
                ranks[:, shift:] += share[:, : items - shift]
    return ranks


def _first(values: Floats) -> Floats:
    """Return draws x items: the share of each item in the first rank."""
    best = values.max(axis=1, keepdims=True)
    first = values >= best - _SAME * np.abs(best)
    shares: Floats = first / first.sum(axis=1, keepdims=True)
    return shares


def _confidence(layers: Floats, central: Floats) -> Floats:
    """Return the probability that each item is the first with its central weights: its mean share over the raters."""
    found = np.full(len(central), np.nan)
    for item in np.flatnonzero(~np.isnan(central[:, 0])):
        found[item] = _first(layers @ central[item])[:, item].mean()
    return found
