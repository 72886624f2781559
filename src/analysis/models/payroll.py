"""What a staff costs in the years to come: level, scale, seniority and index jumps, under scenarios.

The cost of a year is the sum over groups of full-time equivalents x the scale's salary at 100 % for their seniority x
the index coefficient x (1 + the supplements and contributions of their statute). What is decided here:

* **Seniority** grows by a year at each turn of the year; a scale pays the highest step that is not above it.
* **Index**: salaries at 100 % are multiplied by a coefficient, which each jump raises by its share from a month on.
  A year has the mean over its twelve months.
* **Outflow** is a share of every group, at the turn of the year; of those who left a share is replaced, in the same
  scale and statute, at the seniority of newcomers. Full-time equivalents are not rounded: they are expectations.
* **Nothing else moves**: no promotions, no merit, no change of working time. A scenario that needs these says so by
  another case.

Amounts are in euro, not rounded.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

#: The steps of a scale: years of seniority and salary per year at 100 %, in euro, the least seniority first.
Scale = tuple[tuple[int, float], ...]
COSTS = ("scenario", "jaar", "niveau", "vte", "kost")
TOTALS = ("scenario", "jaar", "vte", "kost", "verschil")
SENSITIVITIES = ("wat", "stap", "verschil", "aandeel")


class Group(NamedTuple):
    """Staff of one kind, in full-time equivalents."""

    niveau: str
    schaal: str
    statuut: str
    ancienniteit: int
    vte: float


@dataclass(frozen=True)
class Scenario:
    """What happens in the years to come.

    Attributes:
        naam: how it is called.
        sprongen: the first day of each month from which a jump raises salaries.
        uitstroom: share of the staff that leaves at each turn of the year (0-1).
        vervanging: share of these that is replaced (0 and more).
        ancienniteit_nieuw: seniority of newcomers, in years.
    """

    naam: str
    sprongen: tuple[dt.date, ...] = ()
    uitstroom: float = 0.0
    vervanging: float = 1.0
    ancienniteit_nieuw: int = 0


@dataclass(frozen=True)
class Case:
    """A staff with what it is paid.

    Attributes:
        van: the first year, to which the groups and the coefficient belong.
        tot: the last year.
        groepen: the staff in the first year.
        schalen: the scales by their name.
        coefficient: by which salaries at 100 % are multiplied at the start of the first year.
        sprong: share by which a jump raises them (0.02 is 2 %).
        toeslagen: per statute the supplements and contributions together, as a share of the salary.
        scenarios: the first one is that with which the others are compared.
    """

    van: int
    tot: int
    groepen: tuple[Group, ...]
    schalen: Mapping[str, Scale]
    coefficient: float
    sprong: float
    toeslagen: Mapping[str, float]
    scenarios: tuple[Scenario, ...]


def salary(scale: Scale, seniority: int) -> float:
    """Return the salary per year at 100 % (euro).

    Raises:
        ValueError: the scale begins at a higher seniority.

    >>> [salary(((0, 20000.0), (3, 21000.0)), years) for years in (0, 2, 3, 40)]
    [20000.0, 20000.0, 21000.0, 21000.0]
    """
    paid = [amount for years, amount in scale if years <= seniority]
    if not paid:
        raise ValueError(f"the scale begins at {scale[0][0]} years, not at {seniority}")
    return paid[-1]


def month_coefficient(case: Case, scenario: Scenario, year: int, month: int) -> float:
    """Return the index coefficient of a month.

    >>> case = Case(2026, 2027, (), {}, 2.0, 0.02, {}, ())
    >>> [month_coefficient(case, Scenario("x", (dt.date(2026, 7, 1),)), 2026, month) for month in (6, 7)]
    [2.0, 2.04]
    """
    jumps = sum(jump <= dt.date(year, month, 1) for jump in scenario.sprongen)
    return float(case.coefficient * (1 + case.sprong) ** jumps)


def coefficient(case: Case, scenario: Scenario, year: int) -> float:
    """Return the mean index coefficient of a year.

    >>> case = Case(2026, 2027, (), {}, 2.0, 0.02, {}, ())
    >>> round(coefficient(case, Scenario("x", (dt.date(2026, 7, 1),)), 2026), 9)  # half at 2.00, half at 2.04
    2.02
    """
    months = [month_coefficient(case, scenario, year, month) for month in range(1, 13)]
    return sum(months) / len(months)


def costs(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return the cost per year and level.

    Returns:
        :data:`COSTS`: ``vte`` (full-time equivalents) and ``kost`` (euro), levels in the order of the groups.

    >>> group = Group("A", "A1", "statutair", 0, 10.0)
    >>> case = Case(2026, 2026, (group,), {"A1": ((0, 20000.0),)}, 2.0, 0.02, {"statutair": 0.5}, ())
    >>> costs(case, Scenario("basis"))[["vte", "kost"]].values.tolist()
    [[10.0, 600000.0]]
    """
    levels, staff = list(dict.fromkeys(group.niveau for group in case.groepen)), list(case.groepen)
    rows: list[tuple[str, int, str, float, float]] = []
    for year in range(case.van, case.tot + 1):
        index = coefficient(case, scenario, year)
        for level in levels:
            own = [group for group in staff if group.niveau == level]
            cost = sum(group.vte * _yearly(case, group) for group in own) * index
            rows.append((scenario.naam, year, level, sum(group.vte for group in own), cost))
        staff = next_year(staff, scenario)
    return pd.DataFrame(rows, columns=list(COSTS))


def _yearly(case: Case, group: Group) -> float:
    """Return what one full-time equivalent costs in a year at 100 %."""
    return salary(case.schalen[group.schaal], group.ancienniteit) * (1 + case.toeslagen[group.statuut])


def next_year(staff: list[Group], scenario: Scenario) -> list[Group]:
    """Return the staff after a turn of the year.

    >>> staff = [Group("A", "A1", "statutair", 9, 100.0)]
    >>> [(one.ancienniteit, one.vte) for one in next_year(staff, Scenario("x", uitstroom=0.1, vervanging=0.5))]
    [(10, 90.0), (0, 5.0)]
    """
    found: dict[tuple[str, str, str, int], float] = {}
    for group in staff:
        left = group.vte * scenario.uitstroom
        for seniority, vte in (
            (group.ancienniteit + 1, group.vte - left),
            (scenario.ancienniteit_nieuw, left * scenario.vervanging),
        ):
            key = (group.niveau, group.schaal, group.statuut, seniority)
            if vte:
                found[key] = found.get(key, 0.0) + vte
    return [Group(*key, vte) for key, vte in found.items()]


def totals(case: Case) -> pd.DataFrame:
    """Return the cost of every scenario per year, beside that of the first scenario.

    Returns:
        :data:`TOTALS`: ``verschil`` is the cost minus that of the first scenario (euro; negative is a saving).
    """
    found = pd.concat([costs(case, scenario) for scenario in case.scenarios], ignore_index=True)
    rows = found.groupby(["scenario", "jaar"], sort=False)[["vte", "kost"]].sum().reset_index()
    first = rows[rows["scenario"] == case.scenarios[0].naam].set_index("jaar")["kost"]
    return rows.assign(verschil=rows["kost"] - rows["jaar"].map(first))


def sensitivity(case: Case, scenario: Scenario) -> pd.DataFrame:
    """Return what the cost of all years together does when one assumption is another, the largest effect first.

    Returns:
        :data:`SENSITIVITIES`: ``wat`` (``sprong``, ``uitstroom``, ``vervanging``, ``toeslagen``, ``schalen``), ``stap``
        (how much it is changed; shares), ``verschil`` (euro) and ``aandeel`` (of the cost, share).
    """
    whole = float(costs(case, scenario)["kost"].sum())
    jump = dt.date(case.van, 1, 1)
    more = {name: share + 0.01 for name, share in case.toeslagen.items()}
    dearer = {name: tuple((years, 1.01 * amount) for years, amount in scale) for name, scale in case.schalen.items()}
    others = {
        ("sprong", case.sprong): (case, replace(scenario, sprongen=(*scenario.sprongen, jump))),
        ("uitstroom", 0.01): (case, replace(scenario, uitstroom=min(1.0, scenario.uitstroom + 0.01))),
        ("vervanging", -0.1): (case, replace(scenario, vervanging=max(0.0, scenario.vervanging - 0.1))),
        ("toeslagen", 0.01): (replace(case, toeslagen=more), scenario),
        ("schalen", 0.01): (replace(case, schalen=dearer), scenario),
    }
    rows = []
    for (name, step), (other, what_if) in others.items():
        change = float(costs(other, what_if)["kost"].sum()) - whole
        rows.append((name, step, change, change / whole if whole else float("nan")))
    found = pd.DataFrame(rows, columns=list(SENSITIVITIES))
    return found.sort_values("verschil", key=abs, ascending=False, kind="stable").reset_index(drop=True)
