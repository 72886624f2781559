"""The SWOT against the plan: which objectives answer which item, and how far their actions are.

The links are Krachtlijn's own reading of the plan (table ``swot_doelstellingen``).
"""

from __future__ import annotations

import pandas as pd

from analysis.models.progress import PROGRESS

GROUPS = ("S", "W", "O", "T")


def answers(items: pd.DataFrame, links: pd.DataFrame, statuses: pd.DataFrame) -> pd.DataFrame:
    """Return each item with the objectives that answer it and the progress of their actions.

    Args:
        items: table ``swot``: ``swot_code``, ``groep``, ``volgnr``; other columns are kept.
        links: table ``swot_doelstellingen``: ``swot_code``, ``doelstelling_code``.
        statuses: the actions with ``doelstelling_code`` and ``status``.

    Returns:
        The items in the order S, W, O, T, with ``doelstellingen`` (tuple of codes), ``beantwoord``
        (whether there is one), ``acties`` (of those objectives together) and ``vooruit`` (how many
        of these show public progress: completed, running or started).

    >>> items = pd.DataFrame({"swot_code": ["T1", "S1"], "groep": ["T", "S"], "volgnr": [1, 1]})
    >>> links = pd.DataFrame({"swot_code": ["S1"], "doelstelling_code": ["1.1"]})
    >>> done = pd.DataFrame({"doelstelling_code": ["1.1", "1.1"], "status": ["loopt", "geen_spoor"]})
    >>> answers(items, links, done)[["swot_code", "beantwoord", "vooruit", "acties"]].values
    array([['S1', True, 1, 2],
           ['T1', False, 0, 0]], dtype=object)
    """
    codes = links.groupby("swot_code")["doelstelling_code"].agg(tuple)
    found = [codes.get(code, ()) for code in items["swot_code"]]
    own = [statuses[statuses["doelstelling_code"].isin(some)] for some in found]
    rows = items.assign(
        doelstellingen=found,
        beantwoord=[len(some) > 0 for some in found],
        acties=[len(actions) for actions in own],
        vooruit=[int(actions["status"].isin(PROGRESS).sum()) for actions in own],
        _group=items["groep"].map({group: place for place, group in enumerate(GROUPS)}),
    )
    return rows.sort_values(["_group", "volgnr"]).drop(columns="_group").reset_index(drop=True)


def per_group(found: pd.DataFrame) -> pd.DataFrame:
    """Count per group the items that an objective answers, and those that none answers.

    Returns:
        Four rows: ``groep``, ``beantwoord``, ``onbeantwoord``, ``items``.
    """
    rows = []
    for group in GROUPS:
        own = found[found["groep"] == group]
        answered = int(own["beantwoord"].sum())
        rows.append((group, answered, len(own) - answered, len(own)))
    return pd.DataFrame(rows, columns=["groep", "beantwoord", "onbeantwoord", "items"])


def objectives(plan: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Return each objective with the items that it answers (``items``, a tuple of codes).

    Args:
        plan: ``doelstelling_code``; other columns are kept.
        links: ``swot_code``, ``doelstelling_code``.
    """
    codes = links.groupby("doelstelling_code")["swot_code"].agg(tuple)
    return plan.assign(items=[codes.get(code, ()) for code in plan["doelstelling_code"]])
