"""What in the environment a board must hear first this quarter: one topic, picked by rule.

===================  ======================================================================================
``doel_gemist``      an official target of the Region is newly missed in its year
``doel_bereikt``     an official target of the Region is newly reached
``gekanteld``        a newer figure moves the wrong way, where the one before moved the good way or not at all
``slechter``         a newer figure moves the wrong way; the one before did too, or had no verdict
``beter``            newer figures move the good way, none the wrong way
``zonder_oordeel``   there are newer figures, but none with a verdict
``niets``            no newer figure
===================  ======================================================================================

The first that applies is the topic; only indicators that are linked to a challenge count.
"""

from __future__ import annotations

import pandas as pd

from analysis.models.indicators import HOME

TOPICS = ("doel_gemist", "doel_bereikt", "gekanteld", "slechter", "beter", "zonder_oordeel", "niets")
_STATES = {"doel_gemist": "niet_bereikt", "doel_bereikt": "bereikt"}
_TARGET = ["indicator", "doeljaar", "bron_id"]
_ONE = ["indicator", "doeljaar", "doelwaarde"]


def newer(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the indicators whose latest figure is another one than in the previous report.

    Args:
        now: the result of :func:`analysis.models.indicators.judged`.
        before: the same in the previous report.

    Returns:
        Their rows of ``now`` with ``was_oordeel``, "" where no figure was known.
    """
    former = before.drop_duplicates("indicator").set_index("indicator").reindex(now["indicator"])
    other = now["periode"].to_numpy() != former["periode"].fillna("").to_numpy()
    other |= now["waarde"].to_numpy() != former["waarde"].to_numpy()
    was = former["oordeel"].where(former["waarde"].notna(), "").fillna("").to_numpy()
    found: pd.DataFrame = now.assign(was_oordeel=was)[other & now["waarde"].notna().to_numpy()]
    return found


def turned(now: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """Return the targets, known in both reports or only now, whose state is another one, with ``was_stand``.

    Args:
        now: the result of :func:`analysis.models.official_targets.distance_to_target`.
        before: the same in the previous report.
    """
    was = before[[*_TARGET, "stand"]].rename(columns={"stand": "was_stand"})
    both = now.merge(was, on=_TARGET, how="left").assign(was_stand=lambda rows: rows["was_stand"].fillna(""))
    return both[both["was_stand"] != both["stand"]].reset_index(drop=True)


def topic(figures: pd.DataFrame, targets: pd.DataFrame) -> tuple[str, pd.DataFrame]:
    """Return the topic and the rows that it is about.

    Args:
        figures: the result of :func:`newer`.
        targets: the result of :func:`turned`.
    """
    own = targets[targets["doelgebied"] == HOME].drop_duplicates(_ONE)
    for name, state in _STATES.items():
        if (own["stand"] == state).any():
            return name, own[own["stand"] == state]
    worse = figures[figures["oordeel"] == "slecht"]
    choices = {
        "gekanteld": worse[worse["was_oordeel"].isin(["goed", "gelijk"])],
        "slechter": worse,
        "beter": figures[figures["oordeel"] == "goed"],
        "zonder_oordeel": figures,
    }
    return next(((name, rows) for name, rows in choices.items() if len(rows)), ("niets", figures))
