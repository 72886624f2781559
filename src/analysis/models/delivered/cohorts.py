"""Who reaches the age of retirement, year by year, out of the ages of today: a cohort projection without new people.

Only bands of five years are known. Where exactly people stand in their band is not, so that each year has bounds: as if
everybody stood at the young end, or at the old end, of each band. Between them lies the even spread over the band. Who
leaves for another reason, comes, or stays on is not in it. Bands that were held back (small groups) count in the upper
bound only, with what the whole leaves over for them.

The legal age of retirement follows the year of birth (Belgian law of 10 August 2015): 65 before 1960, 66 from 1960,
67 from 1964 on.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from analysis.quarter import Quarter

#: From which year of birth on which legal age of retirement holds.
LEGAL = ((0, 65), (1960, 66), (1964, 67))
#: The age from which one may leave early, after a long career: the least that the law allows.
EARLY = 63
#: How many years are looked ahead.
YEARS = 10
#: The age of those in the band without an upper end, at the least and at the most.
_OPEN = {"65_plus": (65, 70), "tot_24": (18, 24)}

Age = Callable[[int], int]


def legal(birth: int) -> int:
    """Return the legal age of retirement of who was born in a year.

    >>> [legal(year) for year in (1959, 1960, 1963, 1964)]
    [65, 66, 66, 67]
    """
    return next(age for start, age in reversed(LEGAL) if birth >= start)


def early(birth: int) -> int:  # noqa: ARG001 - called as `legal` is
    """Return the earliest age of retirement, which is the same for all."""
    return EARLY


def projection(bands: dict[str, float], total: float, quarter: Quarter, age: Age = legal) -> pd.DataFrame:
    """Return how many have reached the age of retirement by the end of each coming year, cumulated.

    Args:
        bands: persons by band of age (``60-64``, ``65_plus``) at the end of a quarter.
        total: persons of all ages; NaN is unknown. What the bands leave over for it was held back.
        quarter: at whose end these are the ages.
        age: gives the age of retirement for a year of birth.

    Returns:
        ``jaar`` (the coming :data:`YEARS` years), ``onder``, ``midden`` and ``boven`` (persons who have reached the
        age, those who had it already among them).

    >>> found = projection({"60-64": 50.0, "30-34": 100.0}, 150.0, Quarter(2026, 4))
    >>> found[found["jaar"].isin([2027, 2029, 2031])].values.tolist()
    [[2027.0, 0.0, 0.0, 0.0], [2029.0, 0.0, 20.0, 50.0], [2031.0, 0.0, 30.0, 50.0]]
    """
    left = total - sum(bands.values())
    held = 0.0 if math.isnan(left) else max(left, 0.0)
    rows = []
    for coming in range(quarter.year + 1, quarter.year + YEARS + 1):
        shares = {band: reached(band, quarter, coming, age) for band in bands}
        low = sum(n for band, n in bands.items() if shares[band] == 1)
        high = sum(n for band, n in bands.items() if shares[band] > 0)
        middle = sum(n * shares[band] for band, n in bands.items())
        rows.append((coming, float(low), float(middle), float(high + held)))
    return pd.DataFrame(rows, columns=["jaar", "onder", "midden", "boven"])


def reached(band: str, quarter: Quarter, coming: int, age: Age) -> float:
    """Return which share of a band has reached the age of retirement by a coming year, birthdays evenly spread.

    Before the end of a year, some of those of one age were born a year earlier than others.

    >>> [reached("60-64", Quarter(2026, number), 2029, legal) for number in (4, 2)]
    [0.4, 0.5]
    """
    low, high = ages(band)
    earlier = (4 - quarter.number) / 4
    births = [
        (quarter.year - own - back, part)
        for own in range(low, high + 1)
        for back, part in ((0, 1 - earlier), (1, earlier))
        if part
    ]
    return sum(part for birth, part in births if birth + age(birth) <= coming) / (high - low + 1)


def ages(band: str) -> tuple[int, int]:
    """Return the youngest and the oldest age of a band.

    >>> ages("25-29"), ages("65_plus")
    ((25, 29), (65, 70))
    """
    if band in _OPEN:
        return _OPEN[band]
    low, high = band.split("-")
    return int(low), int(high)
