"""How far raters agree: on the order of the items (Kendall's W), and on the scores themselves (Krippendorff's alpha).

The two answer different questions. Raters of whom one scores all a point higher than the other have the same order
(W = 1) and do not give the same scores (alpha below 1).

**Kendall's W** (Kendall and Babington Smith 1939, *The problem of m rankings*; the correction for ties: Kendall 1948,
*Rank correlation methods*): ``W = 12 S / (m^2 (n^3 - n) - m T)`` for m raters and n items, where S is the sum of the
squared deviations of the items' rank sums and T the sum over raters and runs of t equal ranks of ``t^3 - t``. W is 1
where all have the same order, and 0 where the rank sums are equal. ``chi2 = m (n - 1) W``, with n - 1 degrees of
freedom, tests whether the raters agree at all; with fewer than eight items its p is approximate. Raters who score at
random have a W of 1/m on average, not of 0, so that W is worded only where p is below :data:`SIGNIFICANT`.

**Krippendorff's alpha** (Krippendorff 2011, *Computing Krippendorff's alpha-reliability*): ``alpha = 1 - Do / De``, the
disagreement that is observed within the items over that to be expected if values were dealt out to items by chance.
What a disagreement counts depends on the level: ``nominal`` (other is other), ``ordinal`` (how many values lie
between) or ``interval`` (the squared difference). Values may be missing: a value counts where an item has another one.

**In words.** Alpha by Krippendorff (2004, *Content analysis*, 2nd ed., p. 241): rely on .800 and more, draw tentative
conclusions only from .667. W by Schmidt (1997, *Managing Delphi surveys using nonparametric statistical techniques*):
.1 very weak, .3 weak, .5 moderate, .7 strong, .9 unusually strong; each word holds here from its value to the next.
Both are conventions.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy import special

Floats = NDArray[np.float64]

LEVELS = ("nominal", "ordinal", "interval")
#: Why there is no W; "" where there is one.
REASONS_W = ("", "te_weinig_beoordelaars", "te_weinig_items", "zonder_verschil")
#: Why there is no alpha; "" where there is one.
REASONS_ALPHA = ("", "geen_paar", "zonder_verschil")
#: From which alpha each verdict holds, the highest first; below the last one it is :data:`UNRELIABLE`.
ALPHA_FROM = {"betrouwbaar": 0.800, "voorlopig": 0.667}
UNRELIABLE = "onbetrouwbaar"
#: From which W each verdict holds, the highest first.
W_FROM = {"zeer_sterk": 0.9, "sterk": 0.7, "matig": 0.5, "zwak": 0.3, "zeer_zwak": 0.0}
#: An agreement with a p of this or more cannot be told from chance: :data:`BY_CHANCE`.
SIGNIFICANT = 0.05
BY_CHANCE, UNKNOWN = "toeval", "onbekend"

#: Rounding of a sum is no difference.
_SAME = 1e-9


@dataclass(frozen=True)
class Concordance:
    """How far raters have the same order. The first three and ``p`` are NaN where ``reden`` says why.

    Attributes:
        w: Kendall's W, 0 to 1, corrected for ties.
        s: sum of the squared deviations of the rank sums.
        chi2: the test statistic.
        df: its degrees of freedom.
        p: how likely a W this high would be if the raters had nothing in common (approximate).
        raters: how many raters scored something.
        items: how many items were scored by all of them; W is about these.
        left_out: how many items were not.
        reden: one of :data:`REASONS_W`.
    """

    w: float
    s: float
    chi2: float
    df: int
    p: float
    raters: int
    items: int
    left_out: int
    reden: str


@dataclass(frozen=True)
class Reliability:
    """How far raters give the same scores.

    Attributes:
        alpha: Krippendorff's alpha; 1 is the same scores, 0 is chance, below 0 is more apart than by chance. NaN where
            ``reden`` says why.
        level: one of :data:`LEVELS`.
        pairable: how many values count: those of units with at least two.
        units: how many units have at least two values.
        raters: how many raters gave a value that counts.
        reden: one of :data:`REASONS_ALPHA`.
    """

    alpha: float
    level: str
    pairable: int
    units: int
    raters: int
    reden: str


def wide(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """Return what each rater said of each item, as both measures take it.

    Args:
        rows: ``beoordelaar``, ``swot_code`` and ``column``; a rater once per item.
        column: such as ``belang``.

    Returns:
        A row per rater and a column per item; NaN where nothing was said.

    >>> rows = pd.DataFrame({"beoordelaar": list("aab"), "swot_code": ["S1", "W1", "S1"], "belang": [4.0, 2.0, 5.0]})
    >>> wide(rows, "belang").values.tolist()
    [[4.0, 2.0], [5.0, nan]]
    """
    return rows.pivot(index="beoordelaar", columns="swot_code", values=column).astype(float)


def kendall_w(scores: ArrayLike | pd.DataFrame) -> Concordance:
    """Return how far the raters put the items in the same order.

    Args:
        scores: raters x items, ranks or scores (equal ones share their ranks); NaN is unknown. Raters who scored
            nothing are no raters; items that one of the others did not score are left out.

    Raises:
        ValueError: the scores are no table, or one has no end.

    >>> found = kendall_w([[1, 2, 3, 4], [1, 2, 3, 4], [2, 1, 3, 4]])
    >>> round(found.w, 4), found.s, round(found.chi2, 2), found.df
    (0.9111, 41.0, 8.2, 3)
    """
    table = _table(scores)
    table = table[~np.isnan(table).all(axis=1)]
    known = table[:, ~np.isnan(table).any(axis=0)] if len(table) else table[:, :0]
    (raters, items), left_out = known.shape, table.shape[1] - known.shape[1]
    ranks = pd.DataFrame(known).rank(axis=1).to_numpy(dtype=np.float64)
    most = raters**2 * (items**3 - items) - raters * _ties(ranks)
    reason = "zonder_verschil" if most <= 0 else ""
    reason = "te_weinig_beoordelaars" if raters < 2 else "te_weinig_items" if items < 2 else reason
    df = max(items - 1, 0)
    if reason:
        return Concordance(math.nan, math.nan, math.nan, df, math.nan, raters, items, left_out, reason)
    s = float(((ranks.sum(axis=0) - raters * (items + 1) / 2) ** 2).sum())
    w = 12 * s / most
    chi2 = raters * df * w
    return Concordance(w, s, chi2, df, float(special.chdtrc(df, chi2)), raters, items, left_out, reason)


def _table(values: ArrayLike | pd.DataFrame) -> Floats:
    table = np.asarray(values, dtype=np.float64)
    if table.ndim != 2 or np.isinf(table).any():
        raise ValueError(f"raters x items, NaN where unknown: {table.shape}")
    return table


def _ties(ranks: Floats) -> int:
    """Return the sum of ``t^3 - t`` over the runs of t equal ranks of all raters."""
    runs = [np.unique(own, return_counts=True)[1].tolist() for own in ranks]
    return sum(length**3 - length for own in runs for length in own)


def krippendorff_alpha(values: ArrayLike | pd.DataFrame, level: str) -> Reliability:
    """Return how far the raters give the same values.

    Args:
        values: raters x units; NaN is missing.
        level: one of :data:`LEVELS`. Scores on a scale are ``ordinal``; ``interval`` takes the steps to be equal.

    Raises:
        ValueError: no such level; or the values are no table, or one has no end.

    >>> found = krippendorff_alpha([[1, 2, 3, 3], [1, 2, 3, float("nan")], [1, 2, 4, 3]], "ordinal")
    >>> round(found.alpha, 3), found.pairable
    (0.944, 11)
    """
    if level not in LEVELS:
        raise ValueError(f"'{level}' is none of {', '.join(LEVELS)}")
    table = _table(values)
    paired = table[:, (~np.isnan(table)).sum(axis=0) >= 2]
    known = ~np.isnan(paired)
    pairable, units, raters = int(known.sum()), paired.shape[1], int(known.any(axis=1).sum())
    kinds = np.unique(paired[known])
    if len(kinds) < 2:
        return Reliability(math.nan, level, pairable, units, raters, "zonder_verschil" if pairable else "geen_paar")
    counts = (paired[:, :, None] == kinds).sum(axis=0).astype(np.float64)
    together = counts.T @ (counts / (counts.sum(axis=1, keepdims=True) - 1))
    together -= np.diag((counts / (counts.sum(axis=1, keepdims=True) - 1)).sum(axis=0))
    total = counts.sum(axis=0)
    apart = _apart(level, kinds, total)
    observed, expected = (together * apart).sum(), (np.outer(total, total) * apart).sum() / (pairable - 1)
    return Reliability(float(1 - observed / expected), level, pairable, units, raters, "")


def _apart(level: str, kinds: Floats, total: Floats) -> Floats:
    """Return what a disagreement between each two kinds of values counts.

    Args:
        level: one of :data:`LEVELS`.
        kinds: the different values, from low to high.
        total: how often each is given.
    """
    if level == "nominal":
        return 1 - np.eye(len(kinds))
    # The values between two are counted from the middle of the one to the middle of the other.
    place = kinds if level == "interval" else total.cumsum() - total / 2
    squares: Floats = (place[:, None] - place[None, :]) ** 2
    return squares


def verdict(alpha: float) -> str:
    """Return what an alpha allows, after Krippendorff: a key of :data:`ALPHA_FROM`, or :data:`UNRELIABLE`.

    NaN is :data:`UNKNOWN`.

    >>> [verdict(alpha) for alpha in (0.8, 0.7, 0.667, 0.5, -0.1, float("nan"))]
    ['betrouwbaar', 'voorlopig', 'voorlopig', 'onbetrouwbaar', 'onbetrouwbaar', 'onbekend']
    """
    if math.isnan(alpha):
        return UNKNOWN
    return next((code for code, least in ALPHA_FROM.items() if alpha >= least - _SAME), UNRELIABLE)


def w_verdict(found: Concordance) -> str:
    """Return how strong an agreement is, after Schmidt: a key of :data:`W_FROM`.

    It is :data:`BY_CHANCE` where it cannot be told from chance, and :data:`UNKNOWN` without a W.

    >>> five, two = [1, 2, 3, 4, 5], [1, 2]
    >>> w_verdict(kendall_w([five, five, [1, 2, 3, 5, 4]])), w_verdict(kendall_w([two, two]))
    ('zeer_sterk', 'toeval')
    """
    if math.isnan(found.w):
        return UNKNOWN
    if found.p >= SIGNIFICANT:
        return BY_CHANCE
    return next(code for code, least in W_FROM.items() if found.w >= least - _SAME)
