"""What measures on a payroll save, in the spirit of a spending review: each against no policy change, and together.

**No policy change** is the first scenario of the case: the same staff (who leaves is replaced), a year of seniority at
each turn of the year, the index. A saving is the cost without the measure minus the cost with it: in euro of the year
itself, negative where a measure costs money. What is decided here:

* **Replacement**: at the turn into the year from which the measure holds, and each later one, a share of those who left
  is replaced, by the level of the post that fell free.
* **Later hiring**: who is hired at a turn of the year begins so many months later and is not paid until then; seniority
  grows as if they had begun at the turn.
* **Allowances that are not indexed** keep the coefficient of December before the measure begins; seniority still raises
  them. Contributions that are due on an allowance are not followed.
* **A level lower**: a share of those who are hired comes in another level and scale, with the statute of the post.
* Of two measures of one kind on one level the one that begins last counts. A one-off cost falls in the first year.
* **Together** is not the sum: measures take from each other, and that overlap is given, never left out.
* **A range** changes one assumption at a time, in the baseline and with the measure alike: ``index`` multiplies the
  coefficient of all years after the base year, ``uitstroom`` is added to the share that leaves.

The wanted saving is one per year, in each year after the base year. Amounts are in euro, not rounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import pandas as pd

from analysis.models.payroll import Case, Group, Scenario, month_coefficient, salary

#: The row of all measures together.
TOGETHER = ""
YEARS = ("maatregel", "jaar", "bruto", "eenmalig", "netto", "cumulatief")
BORNE = ("maatregel", "niveau", "bruto")
GAPS = ("jaar", "gewenst", "netto", "overlap", "tekort")
RANGES = ("maatregel", "wat", "stap", "laag", "midden", "hoog")
MONTHS = 12


class Shift(NamedTuple):
    """Who is hired for a post of one level comes, for a share (0-1), in another."""

    naar: str
    schaal: str
    aandeel: float


@dataclass(frozen=True)
class Measure:
    """One measure; what it does not change stays empty.

    Attributes:
        naam: how it is called.
        vanaf: the first year in which it holds.
        eenmalig: what it costs once, in that year (euro).
        vervanging: per level the share of those who leave that is replaced (0-1).
        uitstel: per level how many months later is hired (1-12).
        niet_geindexeerd: per statute the allowances that are not indexed, as a share of the salary.
        verschuiving: per level where a share of those who are hired comes instead.
    """

    naam: str
    vanaf: int
    eenmalig: float = 0.0
    vervanging: Mapping[str, float] = field(default_factory=dict)
    uitstel: Mapping[str, int] = field(default_factory=dict)
    niet_geindexeerd: Mapping[str, float] = field(default_factory=dict)
    verschuiving: Mapping[str, Shift] = field(default_factory=dict)


@dataclass(frozen=True)
class Review:
    """What is to be saved, and how.

    Attributes:
        basisjaar: the year against which a wanted share is taken; measures begin later.
        gewenst: the saving wanted per year: euro, or a share (0-1) of the cost of the base year.
        als_aandeel: whether ``gewenst`` is a share.
        maatregelen: the measures.
        onzeker: ``index`` and ``uitstroom``, by how much each may be off (shares), as far as stated.
    """

    basisjaar: int
    gewenst: float
    als_aandeel: bool
    maatregelen: tuple[Measure, ...]
    onzeker: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class _World:
    """A case with one scenario, and an index that is off by a share after a year."""

    case: Case
    scenario: Scenario
    after: int
    index: float = 0.0

    def month(self, year: int, month: int) -> float:
        off = 1 + self.index if year > self.after else 1.0
        return month_coefficient(self.case, self.scenario, year, month) * off


#: Groups, and how many months of their first year they are not there yet.
_Staff = list[tuple[Group, int]]


def costs(
    case: Case, review: Review, measures: Sequence[Measure], index: float = 0.0, outflow: float = 0.0
) -> dict[tuple[int, str], float]:
    """Return the cost by year and level (euro) of the first scenario with some measures.

    Args:
        case: the case.
        review: of which only the base year counts.
        measures: those that hold; none is the baseline.
        index: by which share the coefficient is off after the base year.
        outflow: what is added to the share that leaves.

    >>> group = Group("A", "A1", "statutair", 0, 10.0)
    >>> scale, leaving = {"A1": ((0, 20000.0),)}, Scenario("x", uitstroom=0.1)
    >>> case = Case(2026, 2027, (group,), scale, 2.0, 0.02, {"statutair": 0.5}, (leaving,))
    >>> none = Measure("geen vervanging", 2027, vervanging={"A": 0.0})
    >>> costs(case, Review(2026, 0.0, False, ()), [none])  # 10 x 60,000; then nine
    {(2026, 'A'): 600000.0, (2027, 'A'): 540000.0}
    """
    first = case.scenarios[0]
    left = min(1.0, max(0.0, first.uitstroom + outflow))
    world = _World(case, replace(first, uitstroom=left), review.basisjaar, index)
    held = sorted(measures, key=lambda one: one.vanaf)  # of two on one level the last to begin counts
    staff: _Staff = [(group, 0) for group in case.groepen]
    levels = dict.fromkeys(group.niveau for group in case.groepen)
    # a year or a level in which nobody is left costs nothing
    found = {(year, level): 0.0 for year in range(case.van, case.tot + 1) for level in levels}
    for year in range(case.van, case.tot + 1):
        own = [one for one in held if one.vanaf <= year]
        if year > case.van:
            staff = _turn(staff, world.scenario, own)
        for group, absent in staff:
            key = (year, group.niveau)
            found[key] = found.get(key, 0.0) + _cost(world, group, absent, year, own)
    return found


def _cost(world: _World, group: Group, absent: int, year: int, measures: list[Measure]) -> float:
    """Return what a group costs in a year of which it misses the first months."""
    months = [world.month(year, month) for month in range(absent + 1, MONTHS + 1)]
    yearly = group.vte * salary(world.case.schalen[group.schaal], group.ancienniteit)
    cost = yearly * (1 + world.case.toeslagen[group.statuut]) * sum(months) / MONTHS
    for one in measures:
        if share := one.niet_geindexeerd.get(group.statuut, 0.0):
            kept = world.month(one.vanaf - 1, MONTHS)
            cost -= yearly * share * sum(month - kept for month in months) / MONTHS
    return cost


def _turn(staff: _Staff, scenario: Scenario, measures: list[Measure]) -> _Staff:
    """Return the staff after a turn of the year, with what the measures do to those who come."""
    found: dict[tuple[str, str, str, int, int], float] = {}
    for group, _ in staff:
        left = group.vte * scenario.uitstroom
        stays = group._replace(ancienniteit=group.ancienniteit + 1, vte=group.vte - left)
        for own, absent in [(stays, 0), *_hired(group, left, scenario, measures)]:
            key = (*own[:4], absent)
            if own.vte:
                found[key] = found.get(key, 0.0) + own.vte
    return [(Group(*key[:4], vte), key[4]) for key, vte in found.items()]


def _hired(group: Group, left: float, scenario: Scenario, measures: list[Measure]) -> _Staff:
    """Return who comes for those who left a group."""
    share, absent, shift = scenario.vervanging, 0, Shift(group.niveau, group.schaal, 0.0)
    for one in measures:
        share = one.vervanging.get(group.niveau, share)
        absent = one.uitstel.get(group.niveau, absent)
        shift = one.verschuiving.get(group.niveau, shift)
    came = group._replace(ancienniteit=scenario.ancienniteit_nieuw, vte=left * share)
    other = came._replace(niveau=shift.naar, schaal=shift.schaal, vte=came.vte * shift.aandeel)
    return [(came._replace(vte=came.vte - other.vte), absent), (other, absent)]


def wanted(case: Case, review: Review) -> float:
    """Return the saving that is wanted per year (euro)."""
    if not review.als_aandeel:
        return review.gewenst
    return review.gewenst * _by(costs(case, review, []), 0)[review.basisjaar]


def _by(found: Mapping[tuple[int, str], float], place: int) -> dict[object, float]:
    """Return the sums of costs by year (place 0) or by level (1)."""
    sums: dict[object, float] = {}
    for key, cost in found.items():
        sums[key[place]] = sums.get(key[place], 0.0) + cost
    return sums


def per_year(case: Case, review: Review, index: float = 0.0, outflow: float = 0.0) -> pd.DataFrame:
    """Return what each measure saves per year, alone, and what all save together.

    Args:
        case: the case.
        review: the measures.
        index: as for :func:`costs`.
        outflow: as for :func:`costs`.

    Returns:
        :data:`YEARS`, the measures in their order and then :data:`TOGETHER`; the years after the base year. ``bruto``
        is the saving, ``eenmalig`` the one-off cost, ``netto`` what remains, ``cumulatief`` that since the base year.
    """
    none = _by(costs(case, review, [], index, outflow), 0)
    years = range(review.basisjaar + 1, case.tot + 1)
    rows: list[tuple[str, int, float, float, float, float]] = []
    for name, own in _sets(review):
        cost, total = _by(costs(case, review, own, index, outflow), 0), 0.0
        for year in years:
            gross, once = none[year] - cost[year], sum(one.eenmalig for one in own if one.vanaf == year)
            total += gross - once
            rows.append((name, year, gross, once, gross - once, total))
    return pd.DataFrame(rows, columns=list(YEARS))


def _sets(review: Review) -> list[tuple[str, list[Measure]]]:
    """Return each measure alone, and all together."""
    return [*((one.naam, [one]) for one in review.maatregelen), (TOGETHER, list(review.maatregelen))]


def borne(case: Case, review: Review) -> pd.DataFrame:
    """Return at which level each measure saves, all years together: who bears it.

    Returns:
        :data:`BORNE`: levels in the order of the staff; ``bruto`` is negative where a level costs more, such as the one
        to which posts move. One-off costs belong to no level.
    """
    none, rows = _by(costs(case, review, []), 1), list[tuple[str, str, float]]()
    levels = list(dict.fromkeys(group.niveau for group in case.groepen))
    for name, own in _sets(review):
        cost = _by(costs(case, review, own), 1)
        shown = dict.fromkeys([*levels, *map(str, cost)])
        rows += [(name, level, none.get(level, 0.0) - cost.get(level, 0.0)) for level in shown]
    return pd.DataFrame(rows, columns=list(BORNE))


def gaps(case: Case, review: Review) -> pd.DataFrame:
    """Return per year what all measures together leave to be found.

    Returns:
        :data:`GAPS`: ``gewenst``, ``netto`` of all together, ``overlap`` (what the measures would save one by one minus
        what they save together), and ``tekort``: wanted minus net (negative: more than was wanted).
    """
    rows, want = per_year(case, review), wanted(case, review)
    alone = rows[rows["maatregel"] != TOGETHER].groupby("jaar")["bruto"].sum()
    own = rows[rows["maatregel"] == TOGETHER].assign(gewenst=want, tekort=lambda found: want - found["netto"])
    own["overlap"] = own["jaar"].map(alone).fillna(0.0) - own["bruto"]
    return own[list(GAPS)].reset_index(drop=True)


def ranges(case: Case, review: Review) -> pd.DataFrame:
    """Return between what the net saving of all years lies when one assumption is off by what the review states.

    Returns:
        :data:`RANGES`, per measure and then of all together: ``wat`` (``index`` or ``uitstroom``), ``stap`` (share),
        ``laag`` and ``hoog`` (with the assumption lower, higher and as it is, whichever is least and most), ``midden``.
    """
    middle, rows = _net(per_year(case, review)), list[tuple[str, str, float, float, float, float]]()
    for what, step in review.onzeker.items():
        off = [(way * step, 0.0) if what == "index" else (0.0, way * step) for way in (-1, 1)]
        others = [_net(per_year(case, review, *one)) for one in off]
        for name, value in middle.items():
            found = [value, *(other[name] for other in others)]
            rows.append((name, what, step, min(found), value, max(found)))
    return pd.DataFrame(rows, columns=list(RANGES))


def _net(rows: pd.DataFrame) -> dict[str, float]:
    """Return the net saving of all years together, by measure."""
    sums = rows.groupby("maatregel", sort=False)["netto"].sum()
    return dict(zip(sums.index.astype(str), sums.astype(float), strict=True))
