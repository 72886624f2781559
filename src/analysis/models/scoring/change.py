"""What changed in the raters' scores between two moments, and whether that can be said.

Two differences are given for each item:

* *paired*: the mean over the raters who scored it at both moments of what each changed, with the t-interval of
  :func:`~analysis.models.scoring.estimate.estimate`; it does not hang on who was there.
* *unpaired*: the mean of all raters now less that of all raters then, with Welch's interval (Welch 1947, *The
  generalization of 'Student's' problem when several different population variances are involved*). Who was there
  only once counts too, so that another composition of the group may look like a change.

The verdict goes by the paired one where at least two raters (one, where a moment has no more), and at least
:data:`PAIRED_FROM` of those of the moment with the fewest, scored the item twice, else by the unpaired one:
``methode`` says which. It is ``kan_niet_gezegd`` where the interval holds 0, and where there is none (fewer than two
raters). That is not "nothing changed".

* As in :mod:`.aggregate`, standard deviations are taken to be at least that of rounding to whole points (for a
  difference of two scores sqrt(2) times as much): two raters who both go up a point prove nothing.
* The combined score is made of the questions that were asked at both moments (:func:`asked_at_both`).
* At 95 % about one in twenty items that did not change will seem to have; of 31 items that is one or two.
* A rise is a rise of the score: of a weakness or a threat that is no good news.
"""

from __future__ import annotations

import math
from collections.abc import Collection

import pandas as pd

from analysis.models.scoring.aggregate import MEASURED, asked, place, rated
from analysis.models.scoring.estimate import GRAIN, HIGHEST, LOWEST, estimate, quantile
from analysis.models.swot import GROUPS

#: The verdict goes by the raters who scored twice if they are at least this share of those of the smaller moment.
PAIRED_FROM = 0.5
VERDICTS = ("gestegen", "gedaald", "kan_niet_gezegd")
METHODS = ("gepaard", "ongepaard", "")

_DIFFERENCE = ("verschil", "onder", "boven")
CHANGES = (
    *("swot_code", "groep", "eerder", "nu", "n_eerder", "n_nu", "n_gepaard"),
    *(f"{method}_{name}" for method in METHODS[:2] for name in _DIFFERENCE),
    *("methode", *_DIFFERENCE, "oordeel"),
    *("rang_eerder", "rang_nu", "rang_verschil"),
)

_SCALE = (LOWEST - HIGHEST, HIGHEST - LOWEST)
#: Scores that differ after this many decimals are the same.
_DECIMALS = 9
_UNKNOWN = (math.nan, math.nan, math.nan)

Difference = tuple[float, float, float]


def asked_at_both(earlier: pd.DataFrame, now: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return which questions count in the combined score of each group at both moments.

    Args:
        earlier: as for :func:`since`.
        now: as for :func:`since`.
    """
    then, later = asked(earlier), asked(now)
    return {group: tuple(name for name in then[group] if name in later[group]) for group in GROUPS}


def since(
    earlier: pd.DataFrame, now: pd.DataFrame, *, question: str = "score", without: Collection[str] = ()
) -> pd.DataFrame:
    """Return what changed in each item.

    Args:
        earlier: ``swot_scores`` of the earlier moment, as for :func:`~analysis.models.scoring.aggregate.rated`.
        now: those of the later one.
        question: ``score`` (the combined one) or one of the questions.
        without: raters to leave out, at both moments.

    Returns:
        One row per item of either, by group and number: the means ``eerder`` and ``nu`` with their number of raters
        ``n_eerder``, ``n_nu``, and that of raters who scored it twice, ``n_gepaard``; ``gepaard_verschil`` and
        ``ongepaard_verschil`` (points) with ``_onder`` and ``_boven``, the ends of their intervals; ``methode`` (one of
        :data:`METHODS`; "" where an item was not scored at both moments), and of that method ``verschil``, ``onder``,
        ``boven`` and ``oordeel`` (one of :data:`VERDICTS`); ``rang_eerder`` and ``rang_nu`` among the items that were
        scored at both moments (1 is the highest; equals share the first of their ranks), and ``rang_verschil``: how
        many places it rose. NaN is unknown.

    Raises:
        ValueError: no such question; or as :func:`~analysis.models.scoring.aggregate.rated`.

    >>> rows = pd.DataFrame({"beoordelaar": list("abcd"), "swot_code": "W1", "belang": [2.0, 3, 2, 3]})
    >>> found = since(rows, rows.assign(belang=[4.0, 5, 4, 4]), question="belang").iloc[0]
    >>> found[["verschil", "onder", "boven"]].astype(float).round(2).tolist(), found["methode"], found["oordeel"]
    ([1.75, 0.95, 2.55], 'gepaard', 'gestegen')
    """
    if question not in MEASURED:
        raise ValueError(f"'{question}' is none of {', '.join(MEASURED)}")
    factors = asked_at_both(earlier, now)
    moments = [rated(rows, factors=factors, without=without) for rows in (earlier, now)]
    values = [{str(code): own for code, own in _per_item(rows, question)} for rows in moments]
    codes = sorted({*earlier["swot_code"], *now["swot_code"]}, key=place)
    nobody = pd.Series(dtype=float)
    rows = [_item(code, *(own.get(code, nobody) for own in values)) for code in codes]
    found = pd.DataFrame(rows, columns=list(CHANGES[:-3]))
    both = found[["eerder", "nu"]].astype(float).round(_DECIMALS)
    ranks = both[both.notna().all(axis=1)].rank(ascending=False, method="min").reindex(found.index)
    return found.assign(rang_eerder=ranks["eerder"], rang_nu=ranks["nu"], rang_verschil=ranks["eerder"] - ranks["nu"])


def _per_item(rows: pd.DataFrame, question: str) -> list[tuple[object, pd.Series]]:
    """Return for each item what each rater scored."""
    known = rows[rows[question].notna()].set_index("beoordelaar")
    return list(known.groupby("swot_code")[question])


def unpaired(earlier: Collection[float], now: Collection[float]) -> Difference:
    """Return the difference of two means of different raters, with the ends of Welch's interval.

    Args:
        earlier: a score per rater (1-5).
        now: the same, later.

    Returns:
        NaN for the difference where a side has no scores, and for the ends where a side has fewer than two.

    >>> [round(value, 3) for value in unpaired([1, 2, 3], [3, 5, 4])]
    [2.0, -0.267, 4.0]
    """
    sides = [estimate(own) for own in (earlier, now)]
    difference = sides[1].mean - sides[0].mean
    if min(side.n for side in sides) < 2:
        return difference, math.nan, math.nan
    squares = [max(side.se**2, GRAIN**2 / side.n) for side in sides]
    df = sum(squares) ** 2 / sum(square**2 / (side.n - 1) for square, side in zip(squares, sides, strict=True))
    half = quantile(df) * math.sqrt(sum(squares))
    return difference, max(difference - half, _SCALE[0]), min(difference + half, _SCALE[1])


def _item(code: str, earlier: pd.Series, now: pd.Series) -> dict[str, object]:
    pairs = (now - earlier).dropna()
    paired = estimate(pairs.tolist(), grain=math.sqrt(2) * GRAIN, scale=_SCALE)
    differences = {
        "gepaard": (paired.mean, paired.lower, paired.upper),
        "ongepaard": unpaired(earlier.tolist(), now.tolist()),
    }
    method = _method(min(len(earlier), len(now)), len(pairs))
    chosen = differences.get(method, _UNKNOWN)
    found: dict[str, object] = {"swot_code": code, "groep": code[:1], "eerder": earlier.mean(), "nu": now.mean()}
    found |= {"n_eerder": len(earlier), "n_nu": len(now), "n_gepaard": len(pairs), "methode": method}
    for name, own in differences.items():
        found |= zip([f"{name}_{part}" for part in _DIFFERENCE], own, strict=True)
    return {**found, **dict(zip(_DIFFERENCE, chosen, strict=True)), "oordeel": _verdict(chosen)}


def _method(fewest: int, pairs: int) -> str:
    """Return by which difference the verdict goes.

    Args:
        fewest: the raters of the moment with the fewest.
        pairs: the raters of both moments.
    """
    if not fewest:
        return ""
    return "gepaard" if pairs >= max(min(2, fewest), PAIRED_FROM * fewest) else "ongepaard"


def _verdict(difference: Difference) -> str:
    """Say what can be said of a difference with the ends of its interval."""
    _, lower, upper = difference
    return "gestegen" if lower > 0 else "gedaald" if upper < 0 else "kan_niet_gezegd"
