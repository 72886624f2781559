"""Completing a matrix of pairwise comparisons in which some were not made.

Method: Bozóki, Fülöp, Rónyai (2010), *On optimal completion of incomplete pairwise comparison matrices*. The missing
cells get the values with which the largest eigenvalue is smallest: those with which the whole is least inconsistent. In
the logarithms of the cells that is a convex problem, with one solution as soon as the comparisons connect all items.
Where they do not, the weights of one part can be doubled without contradicting anybody: there is no answer.

Solved with Newton's steps, from the completion by logarithmic least squares, which is already the answer where the
comparisons do not contradict each other. With right and left eigenvector w and v (v·w = 1) and missing cell (i, j), the
slope of the eigenvalue in the logarithm of the cell is ``v_i a_ij w_j - v_j a_ji w_i``; the curvature comes from the
reduced resolvent of the matrix.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Places = NDArray[np.intp]

#: Newton's steps at most; a handful is usual.
STEPS = 100
#: The logarithms of the missing cells are known when a step changes none of them by more.
_SMALL = 1e-10


@dataclass(frozen=True, eq=False)
class Principal:
    """The largest eigenvalue of a positive matrix with its eigenvectors.

    Attributes:
        value: the eigenvalue.
        right: the right eigenvector, sum 1.
        left: the left eigenvector; its product with the right one is 1.
    """

    value: float
    right: Floats
    left: Floats


def principal(matrix: Floats) -> Principal:
    """Return the largest eigenvalue of a positive matrix, and its eigenvectors.

    >>> found = principal(np.array([[1.0, 3.0], [1 / 3, 1.0]]))
    >>> round(found.value, 9), found.right.round(9).tolist()
    (2.0, [0.75, 0.25])
    """
    value, right = _largest(matrix)
    left = _largest(matrix.T)[1]
    right = right / right.sum()
    return Principal(value, right, left / (left @ right))


def _largest(matrix: Floats) -> tuple[float, Floats]:
    values, vectors = np.linalg.eig(matrix)
    place = int(np.argmax(values.real))
    return float(values[place].real), np.abs(vectors[:, place].real)


def parts(matrix: Floats) -> list[list[int]]:
    """Return the items that hang together through comparisons, directly or not: places, the first item's part first.

    Args:
        matrix: n x n; NaN is not compared. A pair may be given in one of its two cells.

    >>> unknown = float("nan")
    >>> parts(np.array([[1, unknown, 2], [unknown, 1, unknown], [0.5, unknown, 1]]))
    [[0, 2], [1]]
    """
    known, found, seen = ~np.isnan(matrix), [], np.zeros(len(matrix), dtype=bool)
    known |= known.T
    for place in range(len(matrix)):
        if not seen[place]:
            part = _reached(known, place)
            seen |= part
            found.append(np.flatnonzero(part).tolist())
    return found


def _reached(known: Flags, place: int) -> Flags:
    """Say of each item whether comparisons lead to it from the one at ``place``."""
    reached = np.zeros(len(known), dtype=bool)
    reached[place] = True
    while (wider := known[reached].any(axis=0) | reached).sum() > reached.sum():
        reached = wider
    return reached


def completed(matrix: Floats) -> Floats:
    """Return the matrix with each missing cell as it makes the whole least inconsistent.

    Args:
        matrix: n x n, positive and reciprocal; NaN in both cells of a pair is not compared.

    Raises:
        ValueError: the comparisons do not connect all items (see :func:`parts`).
        ArithmeticError: no solution within :data:`STEPS`.

    >>> unknown = float("nan")
    >>> completed(np.array([[1, 2, unknown], [1 / 2, 1, 3], [unknown, 1 / 3, 1]]))[0].round(9).tolist()
    [1.0, 2.0, 6.0]
    """
    missing = np.triu(np.isnan(matrix))
    if not missing.any():
        return matrix.copy()
    if len(parts(matrix)) > 1:
        raise ValueError("the comparisons do not connect all items")
    rows, columns = np.nonzero(missing)
    values = _least_squares(matrix)
    logs = values[rows] - values[columns]
    for _ in range(STEPS):
        found = principal(_filled(matrix, rows, columns, logs))
        logs, change = _stepped(matrix, rows, columns, logs, found)
        if change <= _SMALL:
            return _filled(matrix, rows, columns, logs)
    raise ArithmeticError(f"no completion of {len(rows)} missing comparisons within {STEPS} steps")


def _least_squares(matrix: Floats) -> Floats:
    """Return the logarithms of the weights that fit the known cells best, by least squares of logarithms; sum 0."""
    known = ~np.isnan(matrix)
    laplacian = np.diag(known.sum(axis=1)) - known
    sums = np.where(known, np.log(np.where(known, matrix, 1.0)), 0.0).sum(axis=1)
    # The constant makes the solution the one with sum 0.
    solved: Floats = np.linalg.solve(laplacian + 1.0, sums)
    return solved


def _filled(matrix: Floats, rows: Places, columns: Places, logs: Floats) -> Floats:
    """Return the matrix with these logarithms in the missing cells."""
    whole = matrix.copy()
    whole[rows, columns] = np.exp(logs)
    whole[columns, rows] = np.exp(-logs)
    return whole


def _stepped(matrix: Floats, rows: Places, columns: Places, logs: Floats, found: Principal) -> tuple[Floats, float]:
    """Return the logarithms after one of Newton's steps, halved until the eigenvalue falls; and the largest change."""
    slope, curve = _derivatives(_filled(matrix, rows, columns, logs), rows, columns, found)
    step = -np.linalg.solve(curve, slope)
    size = float(np.abs(step).max())
    # Near the solution the eigenvalue no longer tells two steps apart; the step itself still does.
    while size > 1e-6:
        tried = principal(_filled(matrix, rows, columns, logs + step)).value
        if tried <= found.value + 1e-4 * float(slope @ step):
            break
        step, size = step / 2, size / 2
    return logs + step, size


def _derivatives(whole: Floats, rows: Places, columns: Places, found: Principal) -> tuple[Floats, Floats]:
    """Return the first and second derivatives of the largest eigenvalue in the logarithms of these cells."""
    left, right, pairs = found.left, found.right, np.arange(len(rows))
    above, below = whole[rows, columns], whole[columns, rows]
    up, down = left[rows] * above * right[columns], left[columns] * below * right[rows]
    before, after = np.zeros((len(rows), len(whole))), np.zeros((len(whole), len(rows)))
    before[pairs, columns], before[pairs, rows] = left[rows] * above, -left[columns] * below
    after[rows, pairs], after[columns, pairs] = above * right[columns], -below * right[rows]
    projection = np.outer(right, left)
    resolvent = np.linalg.inv(found.value * np.eye(len(whole)) - whole + projection) - projection
    mixed = before @ resolvent @ after
    return up - down, np.diag(up + down) + mixed + mixed.T
