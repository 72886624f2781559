"""What the judge must know of scores and comparisons of a SWOT before it can judge a row: columns of its own.

A comparison says how many times as important ``links`` is as ``rechts``. Both are items of one group, or both are
groups, by their letter. Said in both directions, the two must be each other's reciprocal, within 2 %: 0.33 goes with 3.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

#: The groups, which a comparison may name in the place of an item.
GROUPS = ("S", "W", "O", "T")
#: The columns of which a row of scores fills at least one.
QUESTIONS = ("belang", "prestatie", "urgentie", "kans")
#: What a comparison can be that it may not be.
ITSELF, APART = "itself", "apart"
#: The product of a comparison and its reverse lies between these; the margin is that of rounding to two decimals.
PRODUCT = (0.98 - 1e-9, 1.02 + 1e-9)

_PAIR = ["links", "rechts"]
_WHO = ["levering", "beoordelaar"]
_NAMES_ONE = r"[SWOT]\d*"


def answers(rows: pd.DataFrame) -> pd.Series:
    """Return how many questions each row of scores answers.

    >>> answers(pd.DataFrame({"belang": [4.0, None], "prestatie": 3.0, "urgentie": None, "kans": None})).tolist()
    [2, 1]
    """
    return rows[list(QUESTIONS)].notna().sum(axis=1)


def fault_of_pair(rows: pd.DataFrame) -> pd.Series:
    """Return what is wrong with each comparison: ``itself``, ``apart`` (not of one group), or missing.

    A code that cannot be one is left to the rule about codes.

    >>> pairs = pd.DataFrame({"links": ["S1", "S1", "S1", "S", "X9"], "rechts": ["S1", "W2", "S2", "W", "S1"]})
    >>> fault_of_pair(pairs).tolist()
    ['itself', 'apart', nan, nan, nan]
    """
    left, right = (rows[side].fillna("").astype(str) for side in _PAIR)
    can_be = left.str.fullmatch(_NAMES_ONE) & right.str.fullmatch(_NAMES_ONE)
    both_groups = left.isin(GROUPS) & right.isin(GROUPS)
    one_group = (left.str[:1] == right.str[:1]) & ~left.isin(GROUPS) & ~right.isin(GROUPS)
    found = pd.Series(None, index=rows.index, dtype=object)
    found[can_be & ~both_groups & ~one_group] = APART
    found[(left == right) & (left != "")] = ITSELF
    return found


def product(rows: pd.DataFrame) -> pd.Series:
    """Return each comparison times its reverse by the same rater in the same delivery; missing where there is none.

    >>> pairs = pd.DataFrame({"levering": "a", "beoordelaar": "r", "links": ["S", "W"], "rechts": ["W", "S"]})
    >>> product(pairs.assign(waarde=[3.0, 0.33])).tolist()
    [0.99, 0.99]
    """
    own = rows[[*_WHO, *_PAIR, "waarde"]]
    sound = own[own["links"] != own["rechts"]].dropna().drop_duplicates([*_WHO, *_PAIR])
    reverse = sound.rename(columns={"links": "rechts", "rechts": "links", "waarde": "reverse"})
    joined = own.merge(reverse, on=[*_WHO, *_PAIR], how="left")
    return pd.Series(np.asarray(joined["waarde"] * joined["reverse"], dtype=float), index=rows.index).round(12)
