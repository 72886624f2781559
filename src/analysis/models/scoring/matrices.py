"""IFE and EFE: one figure for how strong the organisation is inside, and for how well it responds to what is outside.

Method: David, *Strategic management*: the internal factor evaluation of strengths and weaknesses and the external one
of opportunities and threats. Each item has a weight (all together 1) and a rating from 1 to 4: strengths 3 (minor) or 4
(major), weaknesses 1 (major) or 2 (minor), opportunities and threats by the response of the organisation: 1 poor, 2
average, 3 above average, 4 superior. The total, sum of weight x rating, lies between 1 and 4; :data:`AVERAGE` is
average. A broken rule is told (:class:`Broken`), for the chapter to tell it too; it is no error here.

**Out of raters' scores** (:func:`ratings`) an item weighs in proportion to its mean importance, in its matrix. The
rating follows from the mean performance on the scale of 1 to 5, with the same bounds for all:

* strengths: 4 from a mean of 4, else 3; weaknesses: 1 up to a mean of 2, else 2;
* opportunities and threats: 1 up to 2, 2 up to 3 (the middle of the scale is an average response), 3 below 4, and 4
  from 4.

A strength on which the organisation performs badly is still rated 3, and a weakness on which it performs well 2: the
matrix takes the group of an item as given.

**What is unknown is left out**, never nought: the weights of the others then sum to 1, and the number left out is told.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

#: The groups of each matrix.
MATRICES = {"IFE": ("S", "W"), "EFE": ("O", "T")}
#: The least and the largest rating of each group.
BOUNDS = {"S": (3.0, 4.0), "W": (1.0, 2.0), "O": (1.0, 4.0), "T": (1.0, 4.0)}
#: An average total.
AVERAGE = 2.5
#: By how much the sum of the weights may differ from 1.
TOLERANCE = 0.005
#: Rules of the matrix as a whole and of each item.
RULES = ("som_gewichten", "gewicht_bereik", "waardering_sterkte", "waardering_zwakte", "waardering_bereik", "onbekend")
STANDINGS = ("boven", "gemiddeld", "onder", "onbekend")

RATINGS = ("swot_code", "groep", "matrix", "weight", "rating")

_RATING_RULE = {"S": "waardering_sterkte", "W": "waardering_zwakte"}
#: Rounding is no difference.
_SAME = 1e-9


@dataclass(frozen=True)
class Broken:
    """A rule that a matrix or one of its items breaks.

    Attributes:
        regel: one of :data:`RULES`.
        swot_code: the item; "" for the matrix as a whole.
        waarde: the weight, rating or sum that breaks it; NaN where something is unknown.
    """

    regel: str
    swot_code: str
    waarde: float


@dataclass(frozen=True)
class Evaluation:
    """A matrix with its total.

    Attributes:
        soort: ``IFE`` or ``EFE``; "" without items.
        total: sum of weight x rating; NaN where nothing is known.
        items: how many items it is of.
        left_out: how many items are not in it, as their weight or rating is unknown.
        broken: the rules that are broken, those of the whole first, then by item.
    """

    soort: str
    total: float
    items: int
    left_out: int
    broken: tuple[Broken, ...]

    @property
    def stand(self) -> str:
        """How the total, to two decimals, lies to :data:`AVERAGE`: one of :data:`STANDINGS`."""
        if math.isnan(self.total):
            return "onbekend"
        apart = round(self.total, 2) - AVERAGE
        return "gemiddeld" if abs(apart) < _SAME else "boven" if apart > 0 else "onder"


def evaluate(rows: pd.DataFrame) -> Evaluation:
    """Return the total of a matrix, and which rules it breaks.

    Args:
        rows: the items of one matrix: ``swot_code``, ``groep`` (S and W, or O and T), ``weight`` and ``rating`` (NaN is
            unknown). A rating may be a mean, such as 3.4.

    Returns:
        The total. Where items are left out, as something of them is unknown, the weights of the others are made to sum
        to 1; else the weights are taken as they are, even where they break a rule.

    Raises:
        ValueError: the groups are not those of one matrix.

    >>> rows = pd.DataFrame({"swot_code": ["S1", "W1"], "groep": ["S", "W"], "weight": [0.6, 0.4]})
    >>> found = evaluate(rows.assign(rating=[4.0, 3.0]))
    >>> round(found.total, 2), found.stand, found.broken
    (3.6, 'boven', (Broken(regel='waardering_zwakte', swot_code='W1', waarde=3.0),))
    """
    groups = set(rows["groep"])
    kind = next((name for name, own in MATRICES.items() if groups <= set(own)), None)
    if kind is None:
        raise ValueError(f"items of one matrix, {MATRICES}: {sorted(groups)}")
    known = rows[rows["weight"].notna() & rows["rating"].notna()]
    left_out = len(rows) - len(known)
    whole = float(known["weight"].sum()) if left_out else 1.0
    total = float((known["weight"] * known["rating"]).sum()) / whole if len(known) and whole else math.nan
    return Evaluation(kind if groups else "", total, len(known), left_out, _broken(rows))


def _broken(rows: pd.DataFrame) -> tuple[Broken, ...]:
    """Return the rules that are broken: of all known weights together, then of each item."""
    weights = rows["weight"].dropna()
    total = float(weights.sum())
    whole = [Broken("som_gewichten", "", total)] if len(weights) and abs(total - 1) > TOLERANCE + _SAME else []
    own = zip(rows["swot_code"], rows["groep"], rows["weight"], rows["rating"], strict=True)
    return (*whole, *(broken for item in own for broken in _broken_by(*item)))


def _broken_by(code: str, group: str, weight: float, rating: float) -> list[Broken]:
    found = [Broken("onbekend", code, math.nan)] if math.isnan(weight) or math.isnan(rating) else []
    if weight < 0 or weight > 1:
        found.append(Broken("gewicht_bereik", code, float(weight)))
    least, most = BOUNDS[group]
    if rating < least - _SAME or rating > most + _SAME:
        found.append(Broken(_RATING_RULE.get(group, "waardering_bereik"), code, float(rating)))
    return found


def ratings(aggregated: pd.DataFrame) -> pd.DataFrame:
    """Return weight and rating of each item out of the raters' scores.

    Args:
        aggregated: ``swot_code``, ``groep``, ``belang`` and ``prestatie`` (means, 1-5; NaN is unknown), one row per
            item, as :func:`~analysis.models.scoring.aggregate.score` returns them.

    Returns:
        The items in their order: ``matrix`` (``IFE`` or ``EFE``), ``weight`` (sum 1 in each matrix) and ``rating``
        (1-4); both NaN where importance or performance is unknown.

    >>> scores = pd.DataFrame({"swot_code": ["S1", "W1", "O1"], "groep": ["S", "W", "O"], "belang": [4.0, 1, 5],
    ...     "prestatie": [4.2, 2.5, 3.0]})
    >>> ratings(scores)[["matrix", "weight", "rating"]].values.tolist()
    [['IFE', 0.8, 4.0], ['IFE', 0.2, 2.0], ['EFE', 1.0, 2.0]]
    """
    kind = aggregated["groep"].map({group: name for name, own in MATRICES.items() for group in own})
    pairs = zip(aggregated["groep"], aggregated["prestatie"], strict=True)
    rating = pd.Series([_rating(group, mean) for group, mean in pairs], index=aggregated.index, dtype=float)
    weighed = aggregated["belang"].astype(float).where(rating.notna())
    weight = weighed / weighed.groupby(kind).transform("sum")
    known = weight.notna()
    return aggregated.assign(matrix=kind, weight=weight, rating=rating.where(known))[list(RATINGS)]


def _rating(group: str, mean: float) -> float:
    """Return the rating that a mean performance gives."""
    if math.isnan(mean):
        return math.nan
    above = [mean > 2 + _SAME, mean > 3 + _SAME, mean >= 4 - _SAME]
    least, most = BOUNDS[group]
    return min(max(1.0 + sum(above), least), most)
