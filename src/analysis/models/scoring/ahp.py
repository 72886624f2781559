"""AHP: weights from pairwise comparisons, and whether these contradict each other.

Method: Saaty's analytic hierarchy process (1980; 2008, *Decision making with the analytic hierarchy process*). A
judgement says how many times as important one item is as another, from 1/9 to 9. The weights are the principal
eigenvector of the matrix of judgements. Its eigenvalue lambda is n where nothing contradicts, and more where something
does: consistency index ``CI = (lambda - n) / (n - 1)``, consistency ratio ``CR = CI / RI``, where RI is the mean CI of
random judgements. A CR below :data:`ACCEPTABLE` is accepted.

**Random index.** The published tables differ, so the table is named (:data:`RANDOM_INDEX`):

* ``saaty``: up to n = 10 the newer table of Saaty (Saaty and Tran 2007, *On the invalidity of fuzzifying numerical
  judgments*); from 11 to 15 Alonso and Lamata 2006 (*Consistency in the analytic hierarchy process: a new approach*:
  100,000 random matrices of each size), rounded; up to 10 the two agree to .01;
* ``saaty-1980``: the table of the book of 1980, from fewer matrices: 1.48 for n = 12 is as it was printed.

Beyond n = 15 there is no published value here, and CR is NaN. One or two items cannot contradict each other: CR is 0.

**Missing judgements** are completed (:mod:`.ahp_missing`). Two things follow that a report has to say:

* The random index is that of complete matrices, as in the published example. With fewer judgements there is less to
  contradict, so the CR of an incomplete matrix is too mild (Ágoston and Csató 2022, *Inconsistency thresholds for
  incomplete pairwise comparison matrices*). Where n items have n - 1 judgements (``checkable`` is False) there is
  nothing to contradict at all, and a CR of 0 is no merit.
* Where the judgements do not connect all items there are no weights: ``reden`` is ``niet_verbonden``, all figures are
  NaN, and :func:`~analysis.models.scoring.ahp_missing.parts` says which items hang together.

**The most inconsistent judgement** (Saaty 2003, *Decision-making with the AHP: why is the principal eigenvector
necessary*) is the one that deviates most from the ratio of the weights. What the other judgements suggest in its place
is the completion of the matrix without it; that may lie outside the scale of 1/9 to 9. A judgement about which no other
says anything is never the one.

**Several raters** are aggregated by the geometric mean of their judgements of a pair, the only mean that keeps the
matrix reciprocal (Aczél and Saaty 1983); each rater who judged the pair counts once.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.models.scoring.ahp_missing import Floats, completed, parts, principal

#: Mean consistency index of random matrices of 3 to 15 items, by the number of items.
RANDOM_INDEX = {
    name: dict(enumerate(values, start=3))
    for name, values in {
        "saaty": (0.52, 0.89, 1.11, 1.25, 1.35, 1.40, 1.45, 1.49, 1.51, 1.54, 1.56, 1.57, 1.58),
        "saaty-1980": (0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59),
    }.items()
}
#: A consistency ratio below this is accepted.
ACCEPTABLE = 0.10
#: Why there are no weights; "" where there are.
REASONS = ("", "niet_verbonden")

#: A judgement that deviates less (in logarithm) does not deviate: judgements such as 1/3 are not exact.
_SAME = 1e-6


@dataclass(frozen=True, eq=False)
class Weighed:
    """What a matrix of pairwise comparisons says.

    Attributes:
        weights: weight of each item, sum 1.
        lambda_max: the largest eigenvalue.
        ci: consistency index; 0 is consistent.
        cr: consistency ratio; NaN without a random index.
        complete: whether each pair was judged.
        matrix: n x n, with what was missing completed.
        judged: number of pairs that were judged.
        reden: why the figures are NaN (one of :data:`REASONS`); "" where they are not.
    """

    weights: Floats
    lambda_max: float
    ci: float
    cr: float
    complete: bool
    matrix: Floats
    judged: int
    reden: str

    @property
    def checkable(self) -> bool:
        """Whether there are weights, and enough judgements for one to contradict another."""
        return not self.reden and self.judged >= len(self.weights)

    @property
    def acceptable(self) -> bool:
        """Whether the judgements contradict each other little enough; no where that is unknown."""
        return self.cr < ACCEPTABLE


@dataclass(frozen=True)
class Judgement:
    """The most inconsistent judgement.

    Attributes:
        left: place of the item that was judged the more important (or as important).
        right: place of the other.
        given: how many times as important; 1 or more.
        suggested: how many times, by all other judgements; below 1 says that ``right`` is the more important.
        deviation: what was given, over the ratio of the weights, or the other way round: 1 or more.
        cr: the consistency ratio with what is suggested.
    """

    left: int
    right: int
    given: float
    suggested: float
    deviation: float
    cr: float


def weigh(matrix: Floats, *, random_index: str = "saaty") -> Weighed:
    """Return the weights of the items and how consistent the judgements are.

    Args:
        matrix: n x n: how many times as important the item of the row is as that of the column; NaN is not compared.
            The diagonal is 1. A pair may be given in one of its two cells.
        random_index: one of :data:`RANDOM_INDEX`.

    Raises:
        ValueError: no such random index; or the matrix has no items, is not square, not positive, not 1 on the
            diagonal, or not reciprocal.

    >>> unknown = float("nan")
    >>> found = weigh(np.array([[1, 1, 5, 2], [1, 1, 3, 4], [1 / 5, 1 / 3, 1, unknown], [1 / 2, 1 / 4, unknown, 1]]))
    >>> found.weights.round(4).tolist(), round(found.cr, 4), found.complete
    ([0.3738, 0.392, 0.0985, 0.1357], 0.0346, False)
    """
    if random_index not in RANDOM_INDEX:
        raise ValueError(f"'{random_index}' is none of {', '.join(RANDOM_INDEX)}")
    given = _both_ways(np.asarray(matrix, dtype=np.float64))
    size, judged = len(given), _judged(given)
    if len(parts(given)) > 1:
        nothing = np.full(size, math.nan)
        return Weighed(nothing, math.nan, math.nan, math.nan, False, given, judged, "niet_verbonden")
    whole = completed(given)
    found = principal(whole)
    value = max(found.value, float(size))  # below n by rounding only
    index = (value - size) / (size - 1) if size > 2 else 0.0
    ratio = index / RANDOM_INDEX[random_index].get(size, math.nan) if size > 2 else 0.0
    return Weighed(found.right, value, index, ratio, not np.isnan(given).any(), whole, judged, "")


def _judged(given: Floats) -> int:
    return int((~np.isnan(given[np.triu_indices(len(given), 1)])).sum())


def _both_ways(matrix: Floats) -> Floats:
    """Return the matrix with both cells of each judged pair.

    Raises:
        ValueError: it is no matrix of pairwise comparisons.
    """
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not len(matrix):
        raise ValueError(f"a matrix of comparisons is square: {matrix.shape}")
    if not ((matrix > 0) & np.isfinite(matrix) | np.isnan(matrix)).all():
        raise ValueError("a judgement is more than 0 and has an end")
    product = np.abs(np.log(matrix) + np.log(matrix.T))
    if not (np.abs(np.diag(matrix) - 1) <= _SAME).all() or (product > _SAME).any():
        row, column = np.unravel_index(np.argmax(np.nan_to_num(product)), product.shape)
        raise ValueError(f"not 1 on the diagonal, or not reciprocal at ({row}, {column})")
    return np.where(np.isnan(matrix), 1 / matrix.T, matrix)


def worst(matrix: Floats, result: Weighed, *, random_index: str = "saaty") -> Judgement | None:
    """Return the most inconsistent judgement; None where nothing contradicts, or where there are no weights.

    Of judgements that deviate equally the first in the order of the items is taken.

    Args:
        matrix: the judgements, as in :func:`weigh`.
        result: what :func:`weigh` said of them.
        random_index: one of :data:`RANDOM_INDEX`.

    >>> matrix = np.array([[1, 2, 4, 8], [1 / 2, 1, 2, 1 / 4], [1 / 4, 1 / 2, 1, 2], [1 / 8, 4, 1 / 2, 1]])
    >>> found = worst(matrix, weigh(matrix))
    >>> found.left, found.right, round(found.given, 6), round(found.suggested, 6), round(found.cr, 6)
    (3, 1, 4.0, 0.25, 0.0)
    """
    if result.reden:
        return None
    given = _both_ways(np.asarray(matrix, dtype=np.float64))
    ratios = np.log(given) - np.log(result.weights)[:, None] + np.log(result.weights)[None, :]
    deviations = np.abs(np.nan_to_num(np.triu(ratios, 1)))
    # Rounded, for the order of the items to decide between equals.
    for place in np.argsort(-deviations.round(9), axis=None, kind="stable"):
        row, column = divmod(int(place), len(given))
        if deviations[row, column] <= _SAME:
            return None
        left, right = (row, column) if given[row, column] >= 1 else (column, row)
        without = given.copy()
        without[left, right] = without[right, left] = math.nan
        others = weigh(without, random_index=random_index)
        if not others.reden:
            far = math.exp(deviations[row, column])
            return Judgement(left, right, float(given[left, right]), float(others.matrix[left, right]), far, others.cr)
    return None


def matrix_of(comparisons: pd.DataFrame, items: Sequence[str]) -> Floats:
    """Return the matrix of what one or more raters compared.

    A rater who judged a pair more than once, or both ways, has the geometric mean of it. Rows of other items, of an
    item with itself, and without a value say nothing here.

    Args:
        comparisons: ``links``, ``rechts`` (items), ``waarde`` (how many times as important ``links`` is as ``rechts``;
            NaN is not compared), and ``beoordelaar``, where there is more than one.
        items: the items, in the order of the rows and columns.

    Returns:
        n x n, reciprocal, 1 on the diagonal; NaN where nobody compared the pair.

    Raises:
        ValueError: a value is 0 or less or has no end, or an item stands twice in ``items``.

    >>> rows = pd.DataFrame({"links": ["S1", "S2"], "rechts": ["S2", "S1"], "waarde": [8.0, 0.5],
    ...     "beoordelaar": ["a", "b"]})
    >>> matrix_of(rows, ["S1", "S2", "S3"]).round(6).tolist()
    [[1.0, 4.0, nan], [0.25, 1.0, nan], [nan, nan, 1.0]]
    """
    if len(set(items)) < len(items):
        raise ValueError(f"an item stands twice: {', '.join(items)}")
    places = {item: place for place, item in enumerate(items)}
    left, right = (comparisons[name].map(places).astype(float) for name in ("links", "rechts"))
    value, raters = comparisons["waarde"].astype(float), comparisons.get("beoordelaar")
    rows = pd.DataFrame({"left": left, "right": right, "log": value, "rater": 0 if raters is None else raters})
    rows = rows[rows[["left", "right", "log"]].notna().all(axis=1) & (left != right)]
    if not rows["log"].between(0, math.inf, inclusive="neither").all():
        raise ValueError("a judgement is more than 0 and has an end")
    return np.exp(_mean_logs(rows.assign(log=np.log(rows["log"])), len(items)))


def _mean_logs(rows: pd.DataFrame, size: int) -> Floats:
    """Return per pair the mean of the raters' means."""
    turned = rows["left"] > rows["right"]
    low, high = rows[["left", "right"]].min(axis=1), rows[["left", "right"]].max(axis=1)
    one_way = rows.assign(low=low.astype(int), high=high.astype(int), log=rows["log"].where(~turned, -rows["log"]))
    of_rater = one_way.groupby(["low", "high", "rater"], dropna=False)["log"].mean().reset_index()
    pairs = of_rater.groupby(["low", "high"])["log"].mean().reset_index()
    logs = np.full((size, size), math.nan)
    np.fill_diagonal(logs, 0.0)
    logs[pairs["low"], pairs["high"]] = pairs["log"]
    logs[pairs["high"], pairs["low"]] = -pairs["log"]
    return logs
