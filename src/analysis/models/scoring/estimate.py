"""A mean over raters, and how far it is certain.

**The interval** is Student's t at :data:`CONFIDENCE`, with n - 1 degrees of freedom: where the mean would be if others
in the same roles had scored. One rater has no spread and no interval. As people score in whole points, raters who give
the same score do not have the same opinion to the last digit: the standard deviation behind an interval is taken to be
at least that of rounding to whole points, 1/sqrt(12) (:data:`GRAIN`); ``se`` is as it was observed. An interval stays
within the scale.
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from scipy import special

#: The scale of each question.
LOWEST, HIGHEST = 1.0, 5.0
#: How often an interval holds the mean.
CONFIDENCE = 0.95
#: Standard deviation of rounding to whole points.
GRAIN = 1 / math.sqrt(12)


@dataclass(frozen=True)
class Estimate:
    """A mean over raters.

    Attributes:
        n: how many raters.
        mean: NaN without any.
        median: NaN without any.
        se: standard error of the mean, as observed; NaN with fewer than two.
        lower: lower end of the interval; NaN with fewer than two.
        upper: its upper end.
    """

    n: int
    mean: float
    median: float
    se: float
    lower: float
    upper: float


def estimate(
    values: Collection[float], *, grain: float = GRAIN, scale: tuple[float, float] = (LOWEST, HIGHEST)
) -> Estimate:
    """Return the mean of some raters' scores with its t-interval.

    Args:
        values: a score per rater; NaN is not scored.
        grain: the least standard deviation behind the interval.
        scale: the least and the largest mean that can be.

    >>> found = estimate([4, 5, 3, float("nan")])
    >>> found.n, found.mean, round(found.se, 3), round(found.lower, 3), found.upper
    (3, 4.0, 0.577, 1.516, 5.0)
    """
    known = np.asarray([value for value in values if not math.isnan(value)], dtype=np.float64)
    n = len(known)
    if n < 2:
        only = float(known[0]) if n else math.nan
        return Estimate(n, only, only, math.nan, math.nan, math.nan)
    mean, sd = float(known.mean()), float(known.std(ddof=1)) if np.ptp(known) else 0.0
    half = quantile(n - 1) * max(sd, grain) / math.sqrt(n)
    lower, upper = max(mean - half, scale[0]), min(mean + half, scale[1])
    return Estimate(n, mean, float(np.median(known)), sd / math.sqrt(n), lower, upper)


def quantile(df: float) -> float:
    """Return how many standard errors an interval reaches to each side.

    >>> round(quantile(9), 3)
    2.262
    """
    return float(special.stdtrit(df, (1 + CONFIDENCE) / 2))
