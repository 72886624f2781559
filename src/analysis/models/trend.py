"""Does a series rise or fall over the years, and how fast: a test and a slope that no single figure decides.

Method: the Mann-Kendall test (Mann 1945, *Nonparametric tests against trend*; Kendall 1975, *Rank correlation methods*)
counts of how many pairs of figures the later one is higher, and lower; the slope is the median of the slopes of all
pairs, with its interval (Sen 1968, *Estimates of the regression coefficient based on Kendall's tau*). Months and
quarters are only paired with the same season of another year (Hirsch, Slack and Smith 1982, *Techniques of trend
analysis for monthly water quality data*), so that a season is never called a trend.

* There is a trend where a series without one would give so many pairs that agree in less than :data:`LEVEL` of cases.
* With at most :data:`EXACT` figures of one season and no ties that chance is counted exactly, else by the normal
  distribution with the correction for ties.
* With fewer than :data:`LEAST` figures (pairs of at least so many of each season) nothing is said: four figures that
  all rise do so by chance one time in twelve.
* Figures that follow on each other are taken to be independent. Where a high year tends to be followed by a high one,
  a trend is seen too soon.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, pairwise

from scipy import special

#: Chance, two-sided, under which pairs that agree are no chance; the interval of the slope is of the rest.
LEVEL = 0.05
LEAST = 5
EXACT = 10
VERDICTS = ("stijgt", "daalt", "geen_trend", "te_weinig")

#: A figure: the year (a part of it after the point), its value, and the season (such as the month; 0 of a whole year).
Point = tuple[float, float, int]


@dataclass(frozen=True)
class Trend:
    """What a series does.

    Attributes:
        verdict: one of :data:`VERDICTS`.
        n: how many figures.
        p: chance of as many pairs that agree, or more, in a series without a trend; NaN with too few figures.
        slope: change per year, in the unit; NaN with too few figures.
        lower: lower end of the interval of the slope.
        upper: its upper end.
    """

    verdict: str
    n: int
    p: float = math.nan
    slope: float = math.nan
    lower: float = math.nan
    upper: float = math.nan


def trend(points: Sequence[Point]) -> Trend:
    """Return the trend of a series.

    Args:
        points: the figures, in any order; two of one moment are refused.

    Raises:
        ValueError: two figures of one moment.

    >>> found = trend([(2018.0 + year, value, 0) for year, value in enumerate([5.0, 6, 8, 9, 11])])
    >>> found.verdict, found.slope, round(found.p, 4)
    ('stijgt', 1.5, 0.0167)
    """
    ordered = sorted(points)
    if any(first[0] == second[0] for first, second in pairwise(ordered)):
        raise ValueError("two figures of one moment have no order")
    seasons = [[point for point in ordered if point[2] == season] for season in sorted({one[2] for one in points})]
    whole = [own for own in seasons if len(own) >= LEAST]
    n = sum(map(len, whole))
    if not whole:
        return Trend("te_weinig", len(points))
    slopes = sorted(
        (late[1] - early[1]) / (late[0] - early[0]) for own in whole for early, late in combinations(own, 2)
    )
    s = sum(_score([value for _, value, _ in own]) for own in whole)
    variance = sum(_variance([value for _, value, _ in own]) for own in whole)
    p = _chance(s, variance, [value for _, value, _ in whole[0]] if len(whole) == 1 else [])
    verdict = "geen_trend" if p >= LEVEL else ("stijgt" if s > 0 else "daalt")
    return Trend(verdict, n, p, _median(slopes), *_interval(slopes, variance))


def _score(values: Sequence[float]) -> int:
    """Return how many more pairs rise than fall, of figures in time."""
    return sum((late > early) - (late < early) for early, late in combinations(values, 2))


def _variance(values: Sequence[float]) -> float:
    """Return the variance of the score in a series without a trend, with ties."""
    n, ties = len(values), Counter(values).values()
    return (n * (n - 1) * (2 * n + 5) - sum(t * (t - 1) * (2 * t + 5) for t in ties)) / 18


def _chance(s: int, variance: float, single: Sequence[float]) -> float:
    """Return how likely a score as far from nought is by chance.

    Args:
        s: the score of all seasons.
        variance: its variance.
        single: the values where there is one season only.
    """
    if variance == 0:
        return 1.0
    if single and len(single) <= EXACT and len(set(single)) == len(single):
        ways = _ways(len(single))
        far = sum(count for score, count in ways.items() if abs(score) >= abs(s))
        return far / math.factorial(len(single))
    z = max(abs(s) - 1, 0) / math.sqrt(variance)
    return float(2 * special.ndtr(-z))


@cache
def _ways(n: int) -> dict[int, int]:
    """Return in how many orders of n different values each score comes out.

    >>> _ways(3)
    {3: 1, 1: 2, -1: 2, -3: 1}
    """
    if n == 1:
        return {0: 1}
    found: dict[int, int] = {}
    for score, count in _ways(n - 1).items():  # the last value is higher than all, than all but one, ...
        for higher in range(n):
            found[score + n - 1 - 2 * higher] = found.get(score + n - 1 - 2 * higher, 0) + count
    return dict(sorted(found.items(), reverse=True))


def _median(ordered: Sequence[float]) -> float:
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def _interval(slopes: Sequence[float], variance: float) -> tuple[float, float]:
    """Return the ends of the interval of the slope: two of the slopes in order, or the outermost ones."""
    reach = float(special.ndtri(1 - LEVEL / 2)) * math.sqrt(variance)
    low = math.floor((len(slopes) - reach) / 2) - 1
    high = math.ceil((len(slopes) + reach) / 2)
    return slopes[max(low, 0)], slopes[min(high, len(slopes) - 1)]
