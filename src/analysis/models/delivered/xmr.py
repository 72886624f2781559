"""XmR chart: which points of a series are a signal, and which are the noise that it always has.

Method: Making Data Count. The limits are the mean, plus and minus 2.66 times the mean moving range (the difference
between a point and the one before). Moving ranges above 3.267 times their mean are left out once, so that one odd point
does not widen the limits that it is judged by. Four rules make a signal:

==========  ====================================================  ===============
rule        comes true                                            its points
==========  ====================================================  ===============
``buiten``  a point is outside the limits                         that point
``trend``   7 points are each higher, or each lower, than before  these 7
``nabij``   2 of 3 points are in the outer third, near one limit  these 2
``kant``    7 points in a row are on one side of the mean         these 7
==========  ====================================================  ===============

A rule comes true at the last of its points: nobody knew before. In a longer stretch it is true at each point after it.

What the method leaves open is decided here:

* A point *on* a limit is not outside, one *on* the line of the outer third is not in it, and one *on* the mean is on
  neither side and ends the row of 7. Two equal values in a row end a trend.
* A point outside the limits is not in the outer third; the third point of ``nabij`` may be anywhere.
* A series without variation has limits on its mean, and no signal. If leaving out ranges would leave no variation at
  all (a flat series with one step), they stay in.
* Points without a value are passed over: they neither make nor end a row. Below two values there are no limits.
* What does not differ by more than rounding is equal.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Signs = NDArray[np.int64]

#: From mean moving range to limit, and to the moving range above which a range is left out.
LIMIT, SCREEN = 2.66, 3.267
#: Points in a row that make a trend, or a shift to one side.
RUN = 7
#: With fewer points the limits are provisional.
ENOUGH = 12
#: The rules, the one that decides on the sign of a point first.
RULES = ("buiten", "trend", "nabij", "kant")
#: What a signal means: better, worse, or a change of a series that has no good direction; "" is no signal.
SIGNS = ("", "verbetering", "verslechtering", "verandering")
#: Will the target be met, as things go on?
ASSURANCES = ("haalt", "haalt_niet", "wisselend", "onbekend")

_DIRECTIONS = {"hoger": 1, "lager": -1}
_SAME = 1e-9


@dataclass(frozen=True)
class Limits:
    """The mean of a series and its natural limits, in its unit; NaN where there are too few values.

    Attributes:
        mean: the mean of all values.
        lower: lower limit.
        upper: upper limit.
        moving_range: the mean moving range behind the limits.
        points: how many values there are.
    """

    mean: float
    lower: float
    upper: float
    moving_range: float
    points: int

    @property
    def provisional(self) -> bool:
        """Whether there are too few values for limits that stay."""
        return self.points < ENOUGH


def limits(values: Sequence[float], *, screen: bool = True) -> Limits:
    """Return the limits of a series, in time; NaN is passed over.

    Args:
        values: the series.
        screen: leave out the largest moving ranges, once.

    >>> found = limits([1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1])
    >>> round(found.mean, 3), round(found.lower, 3), round(found.upper, 3)
    (1.944, -0.716, 4.604)
    """
    known = _known(values)
    known = known[~np.isnan(known)]
    mean = float(known.mean()) if len(known) else math.nan
    if len(known) < 2:
        return Limits(mean, math.nan, math.nan, math.nan, len(known))
    ranges = np.abs(np.diff(known))
    kept = ranges[ranges <= SCREEN * ranges.mean()]
    used = kept if screen and kept.sum() > 0 else ranges
    width = float(used.mean())
    return Limits(mean, mean - LIMIT * width, mean + LIMIT * width, width, len(known))


def chart(rows: pd.DataFrame, direction: str = "") -> pd.DataFrame:
    """Say of each point of one series whether it is a signal, and of what.

    Args:
        rows: one series in time: ``waarde`` (NaN is unknown); other columns are kept.
        direction: ``hoger`` or ``lager`` is better; anything else has no good direction.

    Returns:
        The rows with ``gemiddelde``, ``ondergrens``, ``bovengrens`` (NaN below two values), ``voorlopig`` (bool: fewer
        than :data:`ENOUGH` values), per rule a column ``buiten``, ``trend``, ``nabij``, ``kant``: 1 where it comes true
        upward, -1 downward, 0 where it does not; ``regels`` (tuple: the rules of which the point is one of the points)
        and ``teken`` (one of :data:`SIGNS`): what the first of these says.

    >>> found = chart(pd.DataFrame({"waarde": [1.0, 2, 3, 4, 5, 6, 7]}), "hoger")
    >>> found["trend"].tolist(), found["regels"].iloc[3], found["teken"].iloc[3]
    ([0, 0, 0, 0, 0, 0, 1], ('trend',), 'verbetering')
    """
    values = _known(rows["waarde"])
    found = limits(values.tolist())
    known = ~np.isnan(values)
    true, parts = _rules(values[known], found)
    spread = {name: _spread(signs, known) for name, signs in true.items()}
    of_rule = {name: _spread(signs, known).tolist() for name, signs in parts.items()}
    points = [{name: signs[place] for name, signs in of_rule.items() if signs[place]} for place in range(len(rows))]
    marks = pd.Series([tuple(point) for point in points], index=rows.index, dtype=object)
    signs = pd.Series([_sign(next(iter(point.values()), 0), direction) for point in points], rows.index, dtype=object)
    lines = {"gemiddelde": found.mean, "ondergrens": found.lower, "bovengrens": found.upper}
    return rows.assign(**lines, voorlopig=found.provisional, **spread, regels=marks, teken=signs)


def _known(values: Sequence[float] | pd.Series) -> Floats:
    """Return the values as numbers; what is unknown or endless is NaN."""
    numbers = np.asarray(values, dtype=np.float64)
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _spread(signs: Signs, known: NDArray[np.bool_]) -> Signs:
    """Return the signs at the places of the known values, 0 at the others."""
    every = np.zeros(len(known), dtype=np.int64)
    every[known] = signs
    return every


def _sign(way: int, direction: str) -> str:
    if way == 0:
        return ""
    if direction not in _DIRECTIONS:
        return "verandering"
    return "verbetering" if way == _DIRECTIONS[direction] else "verslechtering"


def _rules(values: Floats, found: Limits) -> tuple[dict[str, Signs], dict[str, Signs]]:
    """Return per rule the sign at each point where it comes true, and at each of the points that make it so."""
    same = _SAME * float(np.abs(values).max(initial=0.0))
    third = 2 / 3 * LIMIT * found.moving_range
    outside = _side(values, found.lower, found.upper, same)
    near = np.where(outside == 0, _side(values, found.mean - third, found.mean + third, same), 0)
    side = _side(values, found.mean, found.mean, same)
    steps = _side(np.diff(values), 0.0, 0.0, same)
    pairs = _pairs(near)
    true = {"buiten": outside, "trend": np.append(0, _run(steps, RUN - 1))[: len(values)]}
    true |= {"nabij": np.where(pairs[0], near, 0), "kant": _run(side, RUN)}
    parts = true | {"trend": _stretch(true["trend"], RUN), "kant": _stretch(true["kant"], RUN)}
    return true, parts | {"nabij": np.where(pairs[0] | pairs[1], near, 0)}


def _side(values: Floats, lower: float, upper: float, same: float) -> Signs:
    """Return 1 above the upper line, -1 below the lower, 0 between, on the line, or without one."""
    return (values > upper + same).astype(np.int64) - (values < lower - same).astype(np.int64)


def _run(signs: Signs, length: int) -> Signs:
    """Return the sign where it stands for at least the ``length``-th time in a row."""
    found, count = np.zeros(len(signs), dtype=np.int64), 0
    for place, sign in enumerate(signs):
        count = count + 1 if place and sign == signs[place - 1] else 1
        found[place] = sign if count >= length else 0
    return found


def _stretch(true: Signs, length: int) -> Signs:
    """Return the sign at each of the ``length`` points up to one where the rule is true; the last stretch wins."""
    found = np.zeros(len(true), dtype=np.int64)
    for place in np.flatnonzero(true):
        found[place - length + 1 : place + 1] = true[place]
    return found


def _pairs(near: Signs) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Say of each point whether it is the second, and whether the first, of two near one limit among three points."""
    second, first = np.zeros(len(near), dtype=bool), np.zeros(len(near), dtype=bool)
    for apart in (1, 2):
        pair = (near[apart:] != 0) & (near[apart:] == near[:-apart])
        second[apart:] |= pair
        first[: len(near) - apart] |= pair
    return second, first


def assurance(lower: float, upper: float, direction: str, target: float) -> str:
    """Say whether a series will meet its target as things go on.

    A value on the target meets it: so does a whole series that has a limit on it at the good side.

    Args:
        lower: lower limit, in the unit of the target; NaN is unknown.
        upper: upper limit.
        direction: ``hoger`` or ``lager`` is better; anything else is unknown (see :func:`band_assurance`).
        target: the target; NaN is unknown.

    Returns:
        One of :data:`ASSURANCES`: both limits meet the target, neither does, only one does.

    >>> [assurance(lower, upper, "hoger", 4) for lower, upper in ((1, 3), (5, 7), (1, 5))]
    ['haalt_niet', 'haalt', 'wisselend']
    """
    good = {"hoger": (target, math.inf), "lager": (-math.inf, target)}.get(direction, (math.nan, math.nan))
    return band_assurance(lower, upper, *good)


def band_assurance(lower: float, upper: float, good_from: float, good_to: float) -> str:
    """Say whether a series will stay between two values; for the rest as :func:`assurance`.

    >>> [band_assurance(4, 6, *band) for band in ((3, 6), (7, 9), (5, 9))]
    ['haalt', 'haalt_niet', 'wisselend']
    """
    if any(math.isnan(value) for value in (lower, upper, good_from, good_to)):
        return "onbekend"
    if good_from <= lower and upper <= good_to:
        return "haalt"
    return "haalt_niet" if upper < good_from or lower > good_to else "wisselend"
