"""Intervals of shares: of one, and of the difference between two.

Both are score intervals: they stay between 0 and 1 (-1 and 1), and hold with few answers and with shares near the
ends, where the usual "share plus or minus two standard errors" does not. Wilson (1927, JASA 22, 209-212), which Brown,
Cai and DasGupta (2001, Statistical Science 16, 101-133) advise for small numbers; Newcombe (1998, Statistics in
Medicine 17, 873-890), method 10, which joins the Wilson intervals of the two shares.
"""

from __future__ import annotations

import math

#: The two-sided 95 % point of the normal distribution.
Z_95 = 1.959963984540054


def wilson(hits: float, n: float, z: float = Z_95) -> tuple[float, float]:
    """Return the interval of Wilson of a share, as two shares; of nothing it is unknown (NaN).

    Raises:
        ValueError: fewer hits than none, or more than there are.

    >>> tuple(round(bound, 4) for bound in wilson(81, 263))
    (0.2553, 0.3662)
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    if n == 0:
        return math.nan, math.nan
    share, spread = hits / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * math.sqrt(share * (1 - share) / n + spread / n / 4) / (1 + spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def newcombe(hits: float, n: float, other_hits: float, other_n: float, z: float = Z_95) -> tuple[float, float]:
    """Return Newcombe's interval of a share minus the share of another, independent sample; of nothing it is unknown.

    Raises:
        ValueError: as :func:`wilson`.

    >>> tuple(round(bound, 4) for bound in newcombe(56, 70, 48, 80))
    (0.0524, 0.3339)
    """
    (low, high), (other_low, other_high) = wilson(hits, n, z), wilson(other_hits, other_n, z)
    if n == 0 or other_n == 0:
        return math.nan, math.nan
    share, other = hits / n, other_hits / other_n
    below, above = math.hypot(share - low, other_high - other), math.hypot(high - share, other - other_low)
    return share - other - below, share - other + above
