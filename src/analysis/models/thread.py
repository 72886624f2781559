"""The red thread through the plan: challenge, item of the SWOT, objective, action, progress, read both ways.

An action stands for an item when its objective answers it (table ``swot_doelstellingen``), and an item for a challenge
when it is the same matter (``swot_uitdagingen``). Both are Krachtlijn's own reading. One action may stand for several
items: counts of items do not add up to the actions of the plan.
"""

from __future__ import annotations

import pandas as pd

from analysis.models.evidence import STATUSES
from analysis.models.swot import GROUPS

#: What no longer needs an action of the plan; "finished" is only the first of these.
FINISHED = "voltooid"
_BY_CHALLENGE = ("items", "doelstellingen", "acties", "voltooid")


def of_items(
    items: pd.DataFrame, objectives: pd.DataFrame, challenges: pd.DataFrame, statuses: pd.DataFrame
) -> pd.DataFrame:
    """Return what stands behind each item.

    Args:
        items: table ``swot``: ``swot_code``, ``groep``, ``volgnr``; other columns are kept.
        objectives: table ``swot_doelstellingen``: ``swot_code``, ``doelstelling_code``.
        challenges: table ``swot_uitdagingen``: ``uitdaging_code``, ``swot_code``.
        statuses: the actions with ``actie_code``, ``doelstelling_code`` and ``status``.

    Returns:
        The items in the order S, W, O, T, with ``uitdagingen`` and ``doelstellingen`` (tuples of codes), a number of
        actions per status (:data:`analysis.models.evidence.STATUSES`) and ``acties`` (all of these).

    >>> items = pd.DataFrame({"swot_code": ["T1", "W1"], "groep": ["T", "W"], "volgnr": [1, 1]})
    >>> answers = pd.DataFrame({"swot_code": ["W1"], "doelstelling_code": ["1.1"]})
    >>> raised = pd.DataFrame({"uitdaging_code": ["a", "b"], "swot_code": ["W1", "T1"]})
    >>> rows = pd.DataFrame({"actie_code": ["1.1.1"], "doelstelling_code": ["1.1"], "status": ["voltooid"]})
    >>> of_items(items, answers, raised, rows)[["swot_code", "uitdagingen", "acties", "voltooid"]].values.tolist()
    [['W1', ('a',), 1, 1], ['T1', ('b',), 0, 0]]
    """
    answered = objectives.groupby("swot_code")["doelstelling_code"].agg(tuple)
    raised = challenges.groupby("swot_code")["uitdaging_code"].agg(tuple)
    order = items.assign(_groep=items["groep"].map(GROUPS.index)).sort_values(["_groep", "volgnr"])
    found = order.drop(columns="_groep").reset_index(drop=True)
    codes = found["swot_code"]
    behind = objectives.merge(statuses, on="doelstelling_code")
    counts = pd.crosstab(behind["swot_code"], behind["status"]).reindex(index=codes, columns=STATUSES, fill_value=0)
    return found.assign(
        uitdagingen=[raised.get(code, ()) for code in codes],
        doelstellingen=[answered.get(code, ()) for code in codes],
        **{status: counts[status].to_numpy(dtype=int) for status in STATUSES},
        acties=counts.sum(axis=1).to_numpy(dtype=int),
    )


def of_challenges(
    challenges: pd.DataFrame, links: pd.DataFrame, objectives: pd.DataFrame, statuses: pd.DataFrame
) -> pd.DataFrame:
    """Return what follows from each challenge.

    Args:
        challenges: table ``uitdagingen``: ``uitdaging_code``; other columns are kept.
        links: table ``swot_uitdagingen``: ``uitdaging_code``, ``swot_code``.
        objectives: table ``swot_doelstellingen``: ``swot_code``, ``doelstelling_code``.
        statuses: the actions with ``actie_code``, ``doelstelling_code`` and ``status``.

    Returns:
        The challenges in their order, with ``items`` and ``doelstellingen`` (tuples of codes, each once), ``acties``
        (number, each once) and ``voltooid`` (how many of them are completed).
    """
    found = []
    for code in challenges["uitdaging_code"]:
        own = links.loc[links["uitdaging_code"] == code, "swot_code"]
        answers = objectives.loc[objectives["swot_code"].isin(own), "doelstelling_code"]
        actions = statuses[statuses["doelstelling_code"].isin(answers)]
        done = int((actions["status"] == FINISHED).sum())
        found.append((tuple(own), tuple(sorted(set(answers))), len(actions), done))
    rows = pd.DataFrame(found, columns=list(_BY_CHALLENGE), index=challenges.index)
    return pd.concat([challenges, rows], axis=1)


def untouched(found: pd.DataFrame, group: str) -> list[str]:
    """Return the items of a group of which no action is completed.

    Args:
        found: the result of :func:`of_items`.
        group: ``S``, ``W``, ``O`` or ``T``.
    """
    own = found[(found["groep"] == group) & (found[FINISHED] == 0)]
    return [str(code) for code in own["swot_code"]]


def loose(statuses: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """Return the actions that stand for no item: their objective answers none.

    Args:
        statuses: the actions with ``doelstelling_code``; other columns are kept.
        objectives: table ``swot_doelstellingen``.
    """
    return statuses[~statuses["doelstelling_code"].isin(objectives["doelstelling_code"])].reset_index(drop=True)
