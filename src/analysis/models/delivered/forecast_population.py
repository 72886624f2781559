"""How the paces of a plan's actions differ: an inverse gamma distribution, fitted to what each has done so far.

Progress in a time is taken as gamma distributed, with a mean of pace times time. An action's pace then has an inverse
gamma posterior, and what it has done tells of the population by a closed likelihood. The fit is the mean over a grid of
that likelihood times a weak prior; it holds whatever stopped the clock, so fast actions that are completed, and thus
have little time behind them, do not bend it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analysis.models.delivered.forecast_seen import Floats, Numbers

SHAPES = np.array([0.25, 0.4, 0.6, 1.0, 1.6, 2.5, 4.0, 6.0])
MEANS = np.exp(np.linspace(np.log(0.12), np.log(2.2), 10))
ALPHAS = np.array([2.4, 3.2, 5.0, 9.0, 20.0])
#: Prior of the mean pace, relative to the plan: median, lognormal deviation.
MEAN_PRIOR = (0.7, 0.4)
#: Prior of ``alpha - 2`` (the smaller, the more paces differ): median, lognormal deviation.
ALPHA_PRIOR = (3.0, 1.0)


@dataclass(frozen=True)
class Population:
    """An inverse gamma distribution of paces, per draw and open action.

    Attributes:
        shape: its shape.
        scale: its scale; the mean is scale / (shape - 1).
    """

    shape: Floats
    scale: Floats


@dataclass(frozen=True)
class Shape:
    """The shape of a gamma distribution, as a place on the grid.

    Attributes:
        place: place in :data:`SHAPES`.
        shape: the shape itself.
    """

    place: Numbers
    shape: Floats


def nearest_shape(wanted: Floats) -> Shape:
    """Return the places on the grid that are nearest to shapes.

    >>> nearest_shape(np.array([0.9, 100.0])).shape.tolist()
    [1.0, 6.0]
    """
    borders = np.sqrt(SHAPES[1:] * SHAPES[:-1])
    place = np.searchsorted(borders, wanted)
    return Shape(place, SHAPES[place])


def population(time: Floats, work: Floats, noise: Numbers, weights: Floats, open_: Numbers) -> Population:
    """Fit the population of paces, for each open action to the others.

    Args:
        time: quarters of work behind each action.
        work: what it did in them, in quarters of the plan's own pace.
        noise: per draw and open action: place in :data:`SHAPES` of the shape of a quarter's progress.
        weights: per draw and action: its weight.
        open_: places of the open actions.
    """
    each = _likelihood(time, work)
    draws = np.arange(len(weights))[:, None]
    total = np.tensordot(weights, each, axes=1)[draws, noise] - weights[:, open_, None] * each[open_[None, :], noise]
    mean, alpha = (grid.ravel() for grid in np.meshgrid(MEANS, ALPHAS, indexing="ij"))
    total += _normal(mean, *MEAN_PRIOR) + _normal(alpha - 2, *ALPHA_PRIOR)
    chance = np.exp(total - total.max(axis=-1, keepdims=True))
    chance /= chance.sum(axis=-1, keepdims=True)
    shape = 2 + np.exp(chance @ np.log(alpha - 2))
    return Population(shape, np.exp(chance @ np.log(mean)) * (shape - 1))


def _likelihood(time: Floats, work: Floats) -> Floats:
    """Return the log likelihood of each action (rows), for each shape of the noise, on the grid (last axis)."""
    shape, mean, alpha = SHAPES[:, None, None], MEANS[None, :, None], ALPHAS[None, None, :]
    beta, known = mean * (alpha - 1), np.nonzero(time > 0)[0]
    passed, done = time[known, None, None, None], work[known, None, None, None]
    after = alpha + shape * passed
    found = alpha * np.log(beta) - log_gamma(alpha) + log_gamma(after) - after * np.log(beta + shape * done)
    each = np.zeros((len(time), len(SHAPES), len(MEANS) * len(ALPHAS)))
    each[known] = found.reshape(len(known), len(SHAPES), len(MEANS) * len(ALPHAS))
    return each


def log_gamma(values: Floats) -> Floats:
    """Return the logarithm of the gamma function, for positive numbers (Stirling's series, shifted by three).

    >>> log_gamma(np.array([3.0, 5.0])).round(5).tolist()
    [0.69315, 3.17805]
    """
    far = values + 3
    series = (far - 0.5) * np.log(far) - far + 0.5 * np.log(2 * np.pi) + 1 / (12 * far) - 1 / (360 * far**3)
    found: Floats = series - np.log(values * (values + 1) * (values + 2))
    return found


def _normal(values: Floats, median: float, deviation: float) -> Floats:
    found: Floats = -0.5 * (np.log(values / median) / deviation) ** 2
    return found
