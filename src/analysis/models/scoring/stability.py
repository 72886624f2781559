"""How sure the order of items is: what other raters of the same kind might have said, or other weights have made of it.

The raters are drawn anew, with replacement, many times (the bootstrap of Efron 1979), and the items are ranked by the
mean of their scores in each draw; :func:`analysis.models.scoring.smaa.from_draws` counts the ranks. Who scores harshly
does so in all of a draw, so that the level of a rater moves all items alike. In a draw in which nobody scored an item,
it has its own mean of all raters.

Whether an order hangs on how much each question counts is another matter: :func:`weight_acceptability` draws the
weights of the questions uniformly (SMAA-2) and leaves the scores as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.models.scoring.estimate import HIGHEST, LOWEST
from analysis.models.scoring.smaa import acceptability, from_draws

Floats = NDArray[np.float64]


def rank_acceptability(rated: pd.DataFrame, items: Sequence[str], *, draws: int = 4000, seed: int = 0) -> Floats:
    """Return how likely each rank of each item is.

    Args:
        rated: the result of :func:`analysis.models.scoring.aggregate.rated`.
        items: the items that are ranked against each other, such as those of one group; each has a score.
        draws: number of draws.
        seed: same seed, same draws.

    Returns:
        Items x ranks, the heaviest first; rows and columns sum to 1.

    Raises:
        ValueError: nobody scored one of the items.

    >>> rated = pd.DataFrame({"beoordelaar": list("aabb"), "swot_code": ["W1", "W2"] * 2, "score": [4.0, 2, 5, 3]})
    >>> rank_acceptability(rated, ["W2", "W1"], draws=100).tolist()
    [[0.0, 1.0], [1.0, 0.0]]
    """
    table = rated.pivot(index="beoordelaar", columns="swot_code", values="score").reindex(columns=list(items))
    given = table.to_numpy(dtype=np.float64)
    given = given[~np.isnan(given).all(axis=1)]
    known = ~np.isnan(given)
    if not known.any(axis=0).all():
        raise ValueError("nobody scored one of the items")
    many = np.random.default_rng(seed).multinomial(len(given), np.full(len(given), 1 / len(given)), size=draws)
    counts, sums = many @ known, many @ np.where(known, given, 0.0)
    values: Floats = np.where(counts > 0, sums / np.maximum(counts, 1), np.nanmean(given, axis=0))
    return from_draws(values)


def weight_acceptability(
    scored: pd.DataFrame, questions: Sequence[str], *, draws: int = 20_000, seed: int = 0
) -> pd.DataFrame:
    """Return how likely each rank of each item is, whatever the weights of the questions.

    Args:
        scored: the items of one group, as :func:`analysis.models.scoring.aggregate.score` returns them.
        questions: those that count in the group; for weaknesses it is the lack of performance that counts.
        draws: number of draws.
        seed: same seed, same draws.

    Returns:
        A row per item with an answer to each question, by ``swot_code``, and a column per rank from 1; rows sum to 1.

    >>> scored = pd.DataFrame({"swot_code": ["W1", "W2"], "groep": "W", "belang": [4.0, 2.0], "prestatie": [5.0, 4.0]})
    >>> weight_acceptability(scored, ["belang", "prestatie"]).round(1).values.tolist()
    [[0.7, 0.3], [0.3, 0.7]]
    """
    values = scored.set_index("swot_code")[list(questions)].astype(float)
    if "prestatie" in questions and (scored["groep"] == "W").all():
        values = values.assign(prestatie=LOWEST + HIGHEST - values["prestatie"])
    known = values[values.notna().all(axis=1)]
    if known.empty or not len(questions):
        return pd.DataFrame(index=pd.Index([], name="swot_code"))
    ranks = acceptability(known.to_numpy(), draws=draws, seed=seed).ranks
    return pd.DataFrame(ranks, index=known.index, columns=range(1, len(known) + 1))
