"""What the raters together say of each item of the SWOT, and how far that is certain.

**Per question** (importance, performance, urgency, probability; 1 to 5) the mean and median over the raters who
answered it, with the interval of :mod:`.estimate`. What was not answered is left out; it is never nought.

**The combined score** of an item by one rater is the geometric mean of these, so that it is on the scale of 1 to 5
whatever their number, and an item is only heavy if all of them are:

* strengths: importance and performance; weaknesses: importance and 6 - performance. Importance-performance analysis
  (Martilla and James 1977; used on a SWOT by Phadermrod, Crowder and Wills 2019, *Importance-performance analysis
  based SWOT analysis*): what is important and done well is to be kept up, what is important and done badly comes first.
  A workshop that asked for urgency in the place of performance has importance and urgency.
* opportunities and threats: importance and probability (Kotler's matrices of opportunities and of threats, in
  *Marketing management*), and urgency, where it was asked, as the third.

A question counts in a group where it was *asked*: at least half of the rows of the group that give an importance answer
it (:func:`asked`). A rater who did not answer a question that counts has no combined score of that item; the mean of
other questions would be something else. Without importance there is none. The score of an item is the mean over its
raters. Leaving raters out does not change which questions count.

**Weights of the questions**, where they are given, make it a weighted geometric mean: only their proportions matter. A
question of weight 0 is left out, with its gaps; a group of which every question that counts weighs 0 has no scores.

**Does the ranking hang on how raters use the scale?** ``score_z`` is the mean of the combined scores after each rater's
were standardised (mean 0, standard deviation 1, over the items that the rater scored), with its own rank. A rater who
scores all alike says nothing of the order, and has none.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import astuple

import numpy as np
import pandas as pd

from analysis.models.scoring.estimate import HIGHEST, LOWEST, estimate
from analysis.models.swot import GROUPS

QUESTIONS = ("belang", "prestatie", "urgentie", "kans")
#: A question was asked in a group if at least this share of its rows with an importance answers it.
ASKED = 0.5
#: A rater with fewer answers to a question does not score all alike.
FLAT_FROM = 3

#: The measures of each question and of the combined score, after the name of which they come.
MEASURES = ("_n", "", "_mediaan", "_se", "_onder", "_boven")
MEASURED = (*QUESTIONS, "score")
ITEMS = (
    *("swot_code", "groep", "beoordelaars"),
    *(f"{name}{measure}" for name in MEASURED for measure in MEASURES),
    *("score_z", "rang", "rang_groep", "rang_z"),
)
RATED = ("beoordelaar", "swot_code", "groep", *QUESTIONS, "score", "z")
RATERS = ("beoordelaar", "items", "belang", "spreiding", "vlakke_vragen", "vlak")

#: Which questions count in each group.
Factors = Mapping[str, tuple[str, ...]]
#: How much each question weighs; only their proportions matter.
Weights = Mapping[str, float]

#: Scores that differ after this many decimals are the same: means are not exact.
_DECIMALS = 9


def asked(rows: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Return which questions count in the combined score of each group; none where importance was not asked.

    Args:
        rows: the scores of one moment, as for :func:`rated`.

    >>> rows = pd.DataFrame({"beoordelaar": "a", "swot_code": ["S1", "O1"], "belang": [4.0, 3.0],
    ...     "prestatie": [2.0, 2.0], "urgentie": [5.0, 5.0], "kans": [float("nan"), 2.0]})
    >>> asked(rows)
    {'S': ('belang', 'prestatie'), 'W': (), 'O': ('belang', 'kans', 'urgentie'), 'T': ()}
    """
    known = _checked(rows)
    return {group: _asked(known[known["groep"] == group], group) for group in GROUPS}


def _asked(rows: pd.DataFrame, group: str) -> tuple[str, ...]:
    weighed = rows[rows["belang"].notna()]
    if weighed.empty:
        return ()
    answered = weighed[list(QUESTIONS)].notna().mean() >= ASKED
    if group in ("S", "W"):
        second = [name for name in ("prestatie", "urgentie") if answered[name]][:1]
    else:
        second = [name for name in ("kans", "urgentie") if answered[name]]
    return ("belang", *second)


def _checked(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the scores with their group.

    Raises:
        ValueError: a rater scored an item twice, a code has no group, or a score lies outside the scale.
    """
    known = rows.reindex(columns=["beoordelaar", "swot_code", *QUESTIONS]).reset_index(drop=True)
    known = known.astype(dict.fromkeys(QUESTIONS, float))
    twice = known[known.duplicated(["beoordelaar", "swot_code"])]
    if len(twice):
        raise ValueError(f"a rater scores an item once: {twice.iloc[0, :2].tolist()}")
    group = known["swot_code"].astype(str).str[:1]
    if not group.isin(GROUPS).all():
        raise ValueError(f"the code of an item begins with its group: {known.loc[~group.isin(GROUPS), 'swot_code']}")
    scores = known[list(QUESTIONS)]
    if ((scores < LOWEST) | (scores > HIGHEST)).any(axis=None):
        raise ValueError(f"scores lie between {LOWEST} and {HIGHEST}")
    return known.assign(groep=group)


def rated(
    rows: pd.DataFrame,
    *,
    factors: Factors | None = None,
    without: Collection[str] = (),
    weights: Weights | None = None,
) -> pd.DataFrame:
    """Return the scores with the combined score of each rater and item.

    Args:
        rows: ``swot_scores`` of one moment: ``beoordelaar``, ``swot_code`` and :data:`QUESTIONS` (1-5; NaN is not
            answered; a column that is not there was not answered).
        factors: which questions count in each group; without it, those of :func:`asked`.
        without: raters to leave out; others are ignored.
        weights: of each question that counts, 0 or more; without it, all weigh the same.

    Returns:
        :data:`RATED`: the scores as they were given, ``score`` (1-5, NaN where a question that counts was not answered)
        and ``z``, the same standardised per rater (NaN for a rater with one item, or who scores all alike).

    Raises:
        ValueError: a rater scored an item twice, a code has no group, a score lies outside the scale, a question that
            counts has no weight, or the weights are unknown, below 0 or all 0.

    >>> rows = pd.DataFrame({"beoordelaar": "a", "swot_code": ["S1", "W1"], "belang": [4.0, 4.0], "prestatie": 4.0})
    >>> rated(rows)["score"].round(3).tolist()
    [4.0, 2.828]
    >>> rated(rows, weights={"belang": 3, "prestatie": 1})["score"].round(3).tolist()
    [4.0, 3.364]
    """
    used = asked(rows) if factors is None else factors
    weighed = _weighed(used, weights)
    known = _checked(rows)
    known = known[~known["beoordelaar"].isin([*without])].reset_index(drop=True)
    score = pd.Series(np.nan, index=known.index, dtype=float)
    for group, names in used.items():
        own = known.loc[known["groep"] == group, list(names)]
        if group == "W" and "prestatie" in names:
            own = own.assign(prestatie=LOWEST + HIGHEST - own["prestatie"])
        if len(weighed[group]):
            powers = own[weighed[group].index] ** weighed[group]
            score[own.index] = powers.prod(axis=1, skipna=False) ** (1 / weighed[group].sum())
    scores = score.groupby(known["beoordelaar"])
    alike = scores.transform("max") == scores.transform("min")
    z = ((score - scores.transform("mean")) / scores.transform("std")).mask(alike)
    return known.assign(score=score, z=z)[list(RATED)]


def _weighed(factors: Factors, weights: Weights | None) -> dict[str, pd.Series]:
    """Return the weight of each question that counts in each group and does not weigh 0; the heaviest weighs 1.

    Raises:
        ValueError: as :func:`rated`.
    """
    given = dict.fromkeys(QUESTIONS, 1.0) if weights is None else dict(weights)
    missing = {name for names in factors.values() for name in names} - set(given)
    if missing:
        raise ValueError(f"a question that counts has a weight: {', '.join(sorted(missing))}")
    if not all(0 <= weight < math.inf for weight in given.values()) or not any(given.values()):
        raise ValueError(f"weights are known, 0 or more, and not all 0: {given}")
    every = pd.Series(given, dtype=float)
    own = {group: every[list(names)] for group, names in factors.items()}
    return {group: known[known > 0] / known.max() for group, known in own.items()}


def score(
    rows: pd.DataFrame,
    *,
    factors: Factors | None = None,
    without: Collection[str] = (),
    weights: Weights | None = None,
) -> pd.DataFrame:
    """Return what the raters together say of each item.

    Args:
        rows: as for :func:`rated`.
        factors: as for :func:`rated`.
        without: raters to leave out.
        weights: as for :func:`rated`.

    Returns:
        One row per item of ``rows``, by group and number: ``groep``, ``beoordelaars`` (how many answered something),
        for each of :data:`MEASURED` its :data:`MEASURES` (number of raters, mean, median, standard error and interval;
        such as ``belang_n``, ``belang``, ``belang_mediaan``, ``belang_se``, ``belang_onder``, ``belang_boven``),
        ``score_z``, ``rang`` and ``rang_groep`` by ``score`` (1 is the heaviest; equals share the first of their
        ranks), over all items and within the group, and ``rang_z`` by ``score_z``. NaN is unknown.

    Raises:
        ValueError: as :func:`rated`.

    >>> rows = pd.DataFrame({"beoordelaar": ["a", "b", "a"], "swot_code": ["S1", "S1", "W1"], "belang": [4.0, 5, 2],
    ...     "prestatie": [4.0, 5, 4]})
    >>> score(rows)[["swot_code", "score_n", "score", "rang"]].values.tolist()
    [['S1', 2, 4.5, 1.0], ['W1', 1, 2.0, 2.0]]
    """
    known = rated(rows, factors=factors, without=without, weights=weights)
    return together(known, rows["swot_code"].unique())


def together(known: pd.DataFrame, codes: Iterable[str]) -> pd.DataFrame:
    """Return what the raters together say of each item, as :func:`score`, out of the result of :func:`rated`.

    Args:
        known: the scores with the combined score of each rater and item.
        codes: the items, those that none of these raters scored too.
    """
    own = dict(iter(known.groupby("swot_code")))
    items = [_item(code, own.get(code, known.iloc[:0])) for code in sorted(codes, key=place)]
    found = pd.DataFrame(items, columns=[name for name in ITEMS if not name.startswith("rang")])
    scores = found[["score", "score_z"]].astype(float).round(_DECIMALS)
    ranks = scores.rank(ascending=False, method="min")
    within = scores["score"].groupby(found["groep"]).rank(ascending=False, method="min")
    return found.assign(rang=ranks["score"], rang_groep=within, rang_z=ranks["score_z"])


def place(code: str) -> tuple[int, int, str]:
    """Return where an item stands in the order of groups and numbers.

    >>> sorted(["T1", "S10", "S2"], key=place)
    ['S2', 'S10', 'T1']
    """
    group, number = code[:1], code[1:]
    return GROUPS.index(group) if group in GROUPS else len(GROUPS), int(number) if number.isdecimal() else 0, code


def _item(code: str, rows: pd.DataFrame) -> dict[str, object]:
    found: dict[str, object] = {"swot_code": code, "groep": code[:1]}
    found["beoordelaars"] = int(rows[list(QUESTIONS)].notna().any(axis=1).sum())
    for name in MEASURED:
        found |= zip([f"{name}{measure}" for measure in MEASURES], astuple(estimate(rows[name].tolist())), strict=True)
    return {**found, "score_z": float(rows["z"].mean())}


def raters(rows: pd.DataFrame) -> pd.DataFrame:
    """Return how each rater uses the scale.

    Args:
        rows: as for :func:`rated`.

    Returns:
        One row per rater, by name: ``items`` (how many), ``belang`` (the mean importance given), ``spreiding`` (its
        standard deviation; NaN with fewer than two), ``vlakke_vragen`` (tuple: the questions with at least
        :data:`FLAT_FROM` answers that are all the same) and ``vlak`` (bool: those are all questions with so many).

    >>> items = {"beoordelaar": "a", "swot_code": ["S1", "S2", "S3"]}
    >>> rows = pd.DataFrame({**items, "belang": 3.0, "prestatie": [1.0, 2, 1]})
    >>> raters(rows)[["vlakke_vragen", "vlak"]].values.tolist()
    [[('belang',), False]]
    """
    known = _checked(rows)
    return pd.DataFrame([_rater(str(name), own) for name, own in known.groupby("beoordelaar")], columns=list(RATERS))


def _rater(name: str, rows: pd.DataFrame) -> dict[str, object]:
    many = [question for question in QUESTIONS if rows[question].count() >= FLAT_FROM]
    flat = tuple(question for question in many if rows[question].nunique() == 1)
    return {
        "beoordelaar": name,
        "items": int(rows[list(QUESTIONS)].notna().any(axis=1).sum()),
        "belang": float(rows["belang"].mean()),
        "spreiding": float(rows["belang"].std()),
        "vlakke_vragen": flat,
        "vlak": bool(many) and len(flat) == len(many),
    }
