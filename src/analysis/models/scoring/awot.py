"""A'WOT: how much each item of the SWOT weighs in the whole.

Method: Kurttila, Pesonen, Kangas and Kajanus 2000, *Utilizing the analytic hierarchy process (AHP) in SWOT analysis*:
the weight of an item in the whole is the weight of its group times its weight within the group. Both come from pairwise
comparisons (:mod:`.ahp`). Weights that were printed are rounded: those of a set may differ from 1 in sum by
:data:`TOLERANCE`, that is ten weights of three decimals, and are then made to sum to 1.

**Where nobody compared in pairs** the same is done with scores of importance: within a group each item weighs in
proportion to its mean importance, and a group in proportion to that of its most important item, as in the article the
most important item of each group stands for the group in the comparison of groups. Such weights lie closer together
than those of comparisons do: on a scale of 1 to 5 no item can be more than five times another, and few raters call an
item a 1. Their order is that of the scores; a report must say of which kind the weights are. Both kinds may go together
(:func:`weights`): each set, the groups or the items of one group, has its weights out of comparisons or out of scores.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from analysis.models.swot import GROUPS

#: By how much the sum of a set of weights may differ from 1.
TOLERANCE = 0.005

WEIGHTS = ("swot_code", "groep", "gewicht_groep", "gewicht_binnen", "gewicht", "rang")

#: Rounding of a sum is no difference.
_SAME, _DECIMALS = 1e-9, 9


def global_weights(groups: Mapping[str, float], within: Mapping[str, Mapping[str, float]]) -> pd.DataFrame:
    """Return the weight of each item in the whole.

    Args:
        groups: the weight of each group (S, W, O, T); sum 1.
        within: for each of these the weight of each item within the group; sum 1.

    Returns:
        One row per item, in the order of the groups S, W, O, T and then as given: ``gewicht_groep``,
        ``gewicht_binnen``, their product ``gewicht`` (sum 1) and ``rang`` (1 is the heaviest; equals share the first of
        their ranks).

    Raises:
        ValueError: a set of weights is unknown, below 0 or does not sum to 1 within :data:`TOLERANCE`; the two do not
            name the same groups; or an item stands in two groups.

    >>> found = global_weights({"S": 0.6, "W": 0.4}, {"S": {"S1": 0.75, "S2": 0.25}, "W": {"W1": 1.0}})
    >>> found[["swot_code", "gewicht", "rang"]].round(3).values.tolist()
    [['S1', 0.45, 1], ['S2', 0.15, 3], ['W1', 0.4, 2]]
    """
    if set(groups) != set(within) or not set(groups) <= set(GROUPS):
        raise ValueError(f"groups of {', '.join(GROUPS)}, the same in both: {sorted(groups)}, {sorted(within)}")
    of_groups = _normal("the groups", groups)
    own = {group: _normal(f"group {group}", within[group]) for group in GROUPS if group in groups}
    rows = [(code, group, of_groups[group], weight) for group, items in own.items() for code, weight in items.items()]
    found = pd.DataFrame(rows, columns=list(WEIGHTS[:4]))
    twice = found.loc[found["swot_code"].duplicated(), "swot_code"].tolist()
    if twice:
        raise ValueError(f"an item stands in one group: {twice}")
    weight = found["gewicht_groep"] * found["gewicht_binnen"]
    rank = weight.round(_DECIMALS).rank(ascending=False, method="min").astype(int)
    return found.assign(gewicht=weight, rang=rank)


def weights(scores: pd.DataFrame, compared: Mapping[str, Mapping[str, float]]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Return the weight of each item in the whole: out of comparisons in pairs where there are, else of importance.

    Args:
        scores: as for :func:`local_weights`.
        compared: weights out of comparisons, sum 1: of the items of a group by its letter, and of the groups
            themselves by "". Those of the groups count where they are of all groups that have items with a weight.

    Returns:
        As :func:`global_weights`, and which of ``compared`` count: "" first. A group of which no importance is known
        counts only where the groups were compared.

    >>> scores = pd.DataFrame({"swot_code": ["S1", "S2", "W1"], "groep": ["S", "S", "W"], "belang": [3.0, 3.0, 3.0]})
    >>> found, used = weights(scores, {"S": {"S1": 0.9, "S2": 0.1}})
    >>> found["gewicht"].round(2).tolist(), used
    ([0.45, 0.05, 0.5], ('S',))
    """
    within: dict[str, Mapping[str, float]] = {**local_weights(scores)}
    within |= {group: compared[group] for group in GROUPS if group in compared}
    groups, used = group_weights(scores), [group for group in GROUPS if group in compared]
    if "" in compared and set(compared[""]) == set(within):
        return global_weights(compared[""], within), ("", *used)
    within = {group: within[group] for group in groups}
    return global_weights(groups, within), tuple(group for group in used if group in groups)


def _normal(name: str, weights: Mapping[str, float]) -> dict[str, float]:
    """Return a set of weights with sum 1.

    Raises:
        ValueError: they are no such set; the message names it.
    """
    total = math.fsum(weights.values())
    if not all(0 <= weight <= 1 + TOLERANCE for weight in weights.values()):
        raise ValueError(f"weights of {name} lie between 0 and 1: {dict(weights)}")
    if not abs(total - 1) <= TOLERANCE + _SAME:
        raise ValueError(f"weights of {name} sum to {total:.4f}, not to 1 (within {TOLERANCE})")
    return {code: weight / total for code, weight in weights.items()}


def local_weights(scores: pd.DataFrame) -> dict[str, dict[str, float]]:
    """Return the weight of each item within its group, in proportion to its mean importance.

    Args:
        scores: ``swot_code``, ``groep`` and ``belang`` (the mean, 1-5; NaN is unknown), one row per item, as
            :func:`~analysis.models.scoring.aggregate.score` returns them.

    Returns:
        As ``within`` of :func:`global_weights`, without items of unknown importance and groups that have no other.

    >>> local_weights(pd.DataFrame({"swot_code": ["S1", "S2", "W1"], "groep": ["S", "S", "W"], "belang": [4.0, 1, 2]}))
    {'S': {'S1': 0.8, 'S2': 0.2}, 'W': {'W1': 1.0}}
    """
    known = scores[scores["belang"].notna()]
    found: dict[str, dict[str, float]] = {}
    for group in GROUPS:
        own = known[known["groep"] == group]
        if len(own):
            shares = own["belang"] / own["belang"].sum()
            found[group] = dict(zip(own["swot_code"].tolist(), shares.tolist(), strict=True))
    return found


def group_weights(scores: pd.DataFrame) -> dict[str, float]:
    """Return the weight of each group, in proportion to the mean importance of its most important item.

    Args:
        scores: as for :func:`local_weights`.

    Returns:
        As ``groups`` of :func:`global_weights`, without groups of which no importance is known.

    >>> group_weights(pd.DataFrame({"swot_code": ["S1", "S2", "W1"], "groep": ["S", "S", "W"], "belang": [3.0, 1, 2]}))
    {'S': 0.6, 'W': 0.4}
    """
    known = scores[scores["belang"].notna()]
    most = known.groupby("groep")["belang"].max()
    return {group: float(most[group] / most.sum()) for group in GROUPS if group in most.index}
