"""TOWS: which internal item goes with which external one, how much the pair weighs, and which objectives answer it.

Method: Weihrich 1982, *The TOWS matrix: a tool for situational analysis*: strengths to seize opportunities (SO), to
overcome weaknesses by seizing opportunities (WO), strengths against threats (ST), weaknesses that threats make
dangerous (WT). The joint weight of a pair is the product of the weights of its items in the whole (:mod:`.awot`). It
says how much both matter, not that they have to do with each other: that is for people to say. Where one objective of
the plan answers both, the plan has said so.
"""

from __future__ import annotations

import pandas as pd

#: The kinds of pairs, with the group of the internal and of the external item.
KINDS = {"SO": ("S", "O"), "WO": ("W", "O"), "ST": ("S", "T"), "WT": ("W", "T")}
#: What the plan does about a pair: one objective answers both items; both are answered, by different ones; one is;
#: none is.
ANSWERS = ("samen", "apart", "een", "geen")

PAIRS = ("soort", "intern", "extern", "gewicht", "samen", "intern_doelstellingen", "extern_doelstellingen", "antwoord")

#: Weights that differ after this many decimals are the same.
_DECIMALS = 12


def pairs(weights: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """Return all pairs of an internal and an external item, the heaviest first.

    Args:
        weights: ``swot_code``, ``groep`` and ``gewicht`` (of the whole; NaN is unknown), one row per item, as
            :func:`~analysis.models.scoring.awot.global_weights` returns them.
        objectives: table ``swot_doelstellingen``: ``swot_code``, ``doelstelling_code``; of one plan.

    Returns:
        One row per pair: ``soort`` (a key of :data:`KINDS`), ``intern`` and ``extern`` (codes of items), ``gewicht``
        (the product; NaN where one is unknown, and then last), ``samen`` (tuple: the objectives that answer both),
        ``intern_doelstellingen`` and ``extern_doelstellingen`` (tuples: those that answer only the one) and
        ``antwoord`` (one of :data:`ANSWERS`). Equal pairs are in the order of the items.

    >>> weights = pd.DataFrame({"swot_code": ["S1", "O1", "T1"], "groep": ["S", "O", "T"], "gewicht": [0.5, 0.2, 0.3]})
    >>> plan = pd.DataFrame({"swot_code": ["S1", "S1", "O1"], "doelstelling_code": ["1.1", "2.1", "1.1"]})
    >>> pairs(weights, plan)[["soort", "gewicht", "samen", "antwoord"]].values.tolist()
    [['ST', 0.15, (), 'een'], ['SO', 0.1, ('1.1',), 'samen']]
    """
    answered: dict[str, list[str]] = {}
    for code, objective in zip(objectives["swot_code"], objectives["doelstelling_code"], strict=True):
        answered.setdefault(code, []).append(objective)
    weight = dict(zip(weights["swot_code"], weights["gewicht"], strict=True))
    groups = {group: weights.loc[weights["groep"] == group, "swot_code"].tolist() for group in "SWOT"}
    rows = [
        {"soort": kind, "intern": own, "extern": other, "gewicht": weight[own] * weight[other]}
        | _answer(answered.get(own, []), answered.get(other, []))
        for kind, (internal, external) in KINDS.items()
        for own in groups[internal]
        for other in groups[external]
    ]
    found = pd.DataFrame(rows, columns=list(PAIRS))
    order = -found["gewicht"].astype(float).round(_DECIMALS)
    return found.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def _answer(internal: list[str], external: list[str]) -> dict[str, object]:
    """Return which objectives answer both items and which the one, each once and in their order."""
    both = tuple(code for code in dict.fromkeys(internal) if code in external)
    only = [tuple(code for code in dict.fromkeys(own) if code not in both) for own in (internal, external)]
    apart = {2: "apart", 1: "een", 0: "geen"}[sum(1 for own in only if own)]
    return {
        "samen": both,
        "intern_doelstellingen": only[0],
        "extern_doelstellingen": only[1],
        "antwoord": "samen" if both else apart,
    }
