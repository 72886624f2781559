"""A made-up staff: persons who are hired, grow older, work part-time, fall ill and leave, told once a quarter.

Each quarter the deliveries count those who are there: by administration, sex, statute, level, age, language role and
residence, with who came and who went. What came and went explains every change of the number. From :data:`RISE` on more
people leave: an XmR chart has to find that. Who is 66 leaves. The figures are fictitious; only their size is that of a
service of some 1,450 persons.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.examples.world import Floats, Numbers, stream
from analysis.quarter import Quarter
from analysis.staff_categories import AGES, CATEGORIES

#: Persons at the beginning, and how many are hired in a quarter on average.
START, HIRED = 1440, 30
#: Chance to leave in a quarter, from :data:`RISE` on too, and the age at which everyone leaves.
LEAVE, LEAVE_MORE, OLDEST = 0.016, 0.033, 66
RISE = Quarter(2025, 2)
#: Working days of a full-time person in a quarter, the share of them that illness takes, in winter more.
DAYS, ILL, WINTER = 55, 0.068, 0.012
#: Share of the staff that teleworks: regularly, now and then, on the move.
TELEWORK = (0.66, 0.15, 0.04)
#: How the people are divided over the categories of each dimension, in the order of CATEGORIES.
SHARES: dict[str, tuple[float, ...]] = {
    "geslacht": (0.52, 0.48, 0.0),
    "statuut": (0.66, 0.34),
    "niveau": (0.47, 0.22, 0.17, 0.138, 0.002),
    "taalrol": (0.76, 0.24),
    "woonplaats": (0.44, 0.34, 0.2, 0.02),
}
#: Who works how much, and how many do.
_FRACTIONS, _FRACTION_SHARES = (1.0, 0.8, 0.5), (0.8, 0.15, 0.05)
_TELEWORKERS, _STAFF = "telewerkers", "personeelsbestand"


@dataclass
class People:
    """Persons, one element each: age in years, working time, and the place of their category in each dimension."""

    age: Floats
    time: Floats
    places: dict[str, Numbers]

    def kept(self, stay: Numbers) -> People:
        """Return those at some places."""
        return People(self.age[stay], self.time[stay], {name: own[stay] for name, own in self.places.items()})

    def joined(self, others: People) -> People:
        """Return these and others."""
        places = {name: np.concatenate([own, others.places[name]]) for name, own in self.places.items()}
        return People(np.concatenate([self.age, others.age]), np.concatenate([self.time, others.time]), places)


def staff_rows(administrations: Sequence[str], quarters: Sequence[Quarter], seed: int) -> pd.DataFrame:
    """Return the table ``personeel``, with ``kwartaal``.

    Args:
        administrations: codes of the administrations among which the people are divided; none gives no rows.
        quarters: of the deliveries, in time.
        seed: same seed, same staff.

    >>> rows = staff_rows(["bee", "bh"], [Quarter(2021, 3), Quarter(2021, 4)], seed=1)
    >>> whole = rows[rows["dimensie"] == ""].pivot(index="kwartaal", columns="reeks", values="waarde")
    >>> first, last = whole["personeelsbestand"]
    >>> bool(last == first + whole["instroom"].iloc[1] - whole["uitstroom"].iloc[1])
    True
    """
    if not administrations:
        return pd.DataFrame(columns=["kwartaal", "reeks", "dimensie", "categorie", "waarde"])
    rng = stream(seed, "staff")
    shares = SHARES | {"bestuur": tuple(rng.dirichlet(np.full(len(administrations), 4.0)))}
    names = CATEGORIES | {"bestuur": tuple(administrations)}
    people, rows = _people(START, shares, rng, 20 + (OLDEST - 20) * rng.beta(2.2, 2.0, START)), []
    for quarter in quarters:
        came = _people(int(rng.poisson(HIRED)), shares, rng)
        stays = _stays(people, quarter, rng)
        gone = people.kept(np.flatnonzero(~stays))
        people = people.kept(np.flatnonzero(stays)).joined(came)
        people.age += 0.25
        told = _told(people, names, rng) | _moved(came, gone) | _days(people, names, quarter, rng)
        rows += [(str(quarter), *key, value) for key, value in told.items()]
    return pd.DataFrame(rows, columns=["kwartaal", "reeks", "dimensie", "categorie", "waarde"])


def _people(
    count: int, shares: dict[str, tuple[float, ...]], rng: np.random.Generator, age: Floats | None = None
) -> People:
    """Return new people; without ages they are of the age at which one is hired."""
    hired = np.clip(rng.normal(34, 8, count), 20, 60)
    time = rng.choice(_FRACTIONS, count, p=_FRACTION_SHARES)
    return People(hired if age is None else age, time, {n: rng.choice(len(s), count, p=s) for n, s in shares.items()})


def _stays(people: People, quarter: Quarter, rng: np.random.Generator) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    chance = LEAVE if quarter < RISE else LEAVE_MORE
    stays: np.ndarray[tuple[int], np.dtype[np.bool_]] = (rng.random(len(people.age)) >= chance) & (people.age < OLDEST)
    return stays


def _told(
    people: People, names: dict[str, tuple[str, ...]], rng: np.random.Generator
) -> dict[tuple[str, str, str], float]:
    """Return how many there are by each dimension, their full-time equivalents, and how many telework."""
    count = len(people.age)
    found = {(_STAFF, "", ""): float(count), ("vte", "", ""): round(float(people.time.sum()), 1)}
    parts = np.bincount(people.places["bestuur"], weights=people.time, minlength=len(names["bestuur"]))
    found |= {
        ("vte", "bestuur", name): round(float(n), 1) for name, n in zip(names["bestuur"], parts, strict=True) if n
    }
    for dimension, own in (*people.places.items(), ("leeftijd", _bands(people.age))):
        numbers = np.bincount(own, minlength=len(names[dimension]))
        found |= {(_STAFF, dimension, name): float(n) for name, n in zip(names[dimension], numbers, strict=True) if n}
    regimes = rng.multinomial(count, [*TELEWORK, 1 - sum(TELEWORK)])[:-1]
    found[_TELEWORKERS, "", ""] = float(regimes.sum())
    return found | {(_TELEWORKERS, "regime", name): float(n) for name, n in zip(names["regime"], regimes, strict=True)}


def _moved(came: People, gone: People) -> dict[tuple[str, str, str], float]:
    return {("instroom", "", ""): float(len(came.age)), ("uitstroom", "", ""): float(len(gone.age))}


def _days(
    people: People, names: dict[str, tuple[str, ...]], quarter: Quarter, rng: np.random.Generator
) -> dict[tuple[str, str, str], float]:
    """Return the days to be worked and those lost by illness, of all and by administration."""
    worked = people.time * DAYS
    share = ILL + WINTER * (1 if quarter.number in (1, 4) else -1)
    ill = rng.beta(0.25, 0.25 * (1 - share) / share, len(worked)) * worked
    found: dict[tuple[str, str, str], float] = {}
    for series, days in (("werkdagen", worked), ("ziektedagen", ill)):
        found[series, "", ""] = float(np.round(days.sum()))
        parts = np.bincount(people.places["bestuur"], weights=days, minlength=len(names["bestuur"]))
        found |= {(series, "bestuur", name): float(round(n)) for name, n in zip(names["bestuur"], parts, strict=True)}
    return found


def _bands(age: Floats) -> Numbers:
    """Return the place of each age among the bands."""
    places: Numbers = np.clip(age.astype(np.int64) // 5 - 4, 0, len(AGES) - 1)
    return places
