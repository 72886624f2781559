"""Figures on fewer than five persons: neither they, nor what would give them away, reach ``data/processed``.

A **cell** is a number of persons of one series, employer and period: the whole, or one category of one dimension. Cells
add up: the categories of a dimension (and what they leave over) to the whole, a crossing of two dimensions to each of
these. A share counts as the cell that it is a share of, since share and whole give the number back.

Cells under :data:`LIMIT` are suppressed first. Whoever knows the published cells and how cells add up can then bound
every other, from what it can be at least to what it can be at most (a linear programme). As long as that most is under
the limit for one of the small cells, the smallest published cell that it adds up with is suppressed too, and at last
the whole. This is secondary cell suppression as in Hundepool and others 2012, *Statistical disclosure control*, chapter
4, by its simplest way of choosing: the smallest complement first.

A row stays, without its value: what is known to be suppressed is not the same as what is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from analysis.intake import staff
from analysis.intake.staff import PERSONS
from analysis.processed import SUPPRESSED

#: A cell of fewer persons is suppressed.
LIMIT = 5
SHARE = "pct"
STAFF = "personeelsbestand"
#: Of which number of persons a series is the share.
SHARE_OF = {
    "telewerkaandeel": "telewerkers",
    "personeelsaandeel": STAFF,
    "woonplaats": STAFF,
    "woonplaats_brussel": STAFF,
    "personen_met_handicap_aandeel": "personen_met_handicap",
}
#: Dimensions that cross two others; a category names one of each, the first up to the first ``_``.
CROSSED = {"geslacht_regime": ("geslacht", "regime")}
#: Dimensions whose categories are other ways to count the whole.
NO_PARTS = ("perimeter",)

#: A dimension and a category of it; the whole is ("", "").
Cell = tuple[str, str]
WHOLE: Cell = ("", "")
_REST = "\N{HORIZONTAL ELLIPSIS}"
#: Shares are published to this many percentage points at worst.
_ROUNDED = 0.005
_USED = ["reeks", "entiteit", "periode", "dimensie", "categorie", "waarde", "eenheid", "bron_id"]


class Figure(NamedTuple):
    """A row: its label in the table, its cell, and whether it is a share (%) of that cell or a number of persons."""

    label: int
    cell: Cell
    value: float
    share: bool
    source: str


@dataclass
class System:
    """The cells of one series, employer and period.

    Attributes:
        values: what each cell holds; several wholes, where sources differ, are ``("", <number>)``.
        hidden: the cells that are not published.
        slack: how many persons a value may be off, as it was reckoned from a share.
    """

    values: dict[Cell, float]
    hidden: set[Cell] = field(default_factory=set)
    slack: dict[Cell, float] = field(default_factory=dict)

    def sums(self) -> list[tuple[tuple[Cell, ...], Cell]]:
        """Return which cells add up to which, as far as their values agree with that."""
        wholes = [cell for cell in self.values if cell[0] == ""]
        found = [(self.parts(name), whole) for name in self.dimensions() for whole in wholes]
        for name, sides in CROSSED.items():
            own = [cell for cell in self.parts(name) if cell[1] != _REST]
            for place, side in enumerate(sides):
                for category in dict.fromkeys(cell[1].split("_", 1)[place] for cell in own):
                    parts = tuple(cell for cell in own if cell[1].split("_", 1)[place] == category)
                    if (side, category) in self.values:
                        found.append((parts, (side, category)))
        return [(parts, whole) for parts, whole in found if abs(self.left(parts, whole)) <= self.tolerance(parts)]

    def dimensions(self) -> list[str]:
        """Return the dimensions whose categories are parts of the whole."""
        return [name for name in dict.fromkeys(name for name, _ in self.values) if name not in ("", *NO_PARTS)]

    def parts(self, dimension: str) -> tuple[Cell, ...]:
        """Return the categories of a dimension."""
        return tuple(cell for cell in self.values if cell[0] == dimension)

    def left(self, parts: tuple[Cell, ...], whole: Cell) -> float:
        """Return how many persons of a whole are in none of the parts."""
        return self.values[whole] - sum(self.values[cell] for cell in parts)

    def tolerance(self, parts: tuple[Cell, ...]) -> float:
        """Return by how much a sum may be off."""
        return 0.5 + sum(self.slack.get(cell, 0.0) for cell in parts)


def suppress(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the rows with the values of small groups, and of what would give them away, taken out.

    Args:
        rows: ``reeks``, ``entiteit``, ``periode``, ``dimensie``, ``categorie``, ``waarde``, ``eenheid``, ``bron_id``;
            other columns are kept.

    Returns:
        The rows with :data:`analysis.processed.SUPPRESSED`; where it is true, ``waarde`` is NaN.

    >>> rows = pd.DataFrame({"reeks": STAFF, "entiteit": "X", "periode": "2024", "dimensie": ["", "niveau", "niveau",
    ...     "niveau"], "categorie": ["", "A", "B", "C"], "waarde": [40.0, 3, 30, 7], "eenheid": PERSONS, "bron_id": ""})
    >>> suppress(rows)["waarde"].tolist()
    [40.0, nan, 30.0, nan]
    """
    counted = rows["eenheid"].isin((PERSONS, SHARE)) & rows["waarde"].notna()
    systems: dict[tuple[str, str, str], list[Figure]] = {}
    for label, *names, value, unit, source in rows.loc[counted, _USED].itertuples(name=None):
        series, employer, period, dimension, category = map(str, names)
        figure = Figure(label, (dimension, category), float(value), unit == SHARE, str(source))
        systems.setdefault((SHARE_OF.get(series, series), employer, period), []).append(figure)
    hide = pd.Series(False, index=rows.index)
    for (family, employer, period), own in systems.items():
        hidden = _hidden(own, whole=own if family == STAFF else systems.get((STAFF, employer, period), []))
        hide |= hide.index.isin([figure.label for figure in own if figure.cell in hidden])
    return rows.assign(**{SUPPRESSED: hide, "waarde": rows["waarde"].mask(hide)})


def suppress_delivered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return delivered staff figures with those of small groups taken out, as :func:`suppress` does.

    Two deliveries on one quarter are two sources. What is no number of persons (FTE, days) stays only where the number
    of persons that it is about is published.

    Args:
        rows: ``plan_id``, ``levering``, ``kwartaal``, ``reeks``, ``dimensie``, ``categorie``, ``waarde``.

    >>> rows = pd.DataFrame({"plan_id": "P", "levering": "a", "kwartaal": "2024Q1", "dimensie": ["", "niveau", "niveau",
    ...     "niveau"], "categorie": ["", "A", "B", "C"], "waarde": [40.0, 3, 30, 7]})
    >>> both = pd.concat([rows.assign(reeks=STAFF), rows.assign(reeks="vte")], ignore_index=True)
    >>> suppress_delivered(both)["waarde"].tolist()
    [40.0, nan, 30.0, nan, 40.0, nan, 30.0, nan]
    """
    names = {"entiteit": rows["plan_id"], "periode": rows["kwartaal"], "bron_id": rows["levering"]}
    found = suppress(rows.assign(**names, eenheid=staff.unit(rows["reeks"])))
    place = ["plan_id", "levering", "kwartaal", "dimensie", "categorie"]
    known = found.loc[(found["reeks"] == STAFF) & ~found[SUPPRESSED], place]
    told = pd.MultiIndex.from_frame(found[place]).isin(pd.MultiIndex.from_frame(known))
    hide = found[SUPPRESSED] | ((found["eenheid"] != PERSONS) & (found["dimensie"] != "") & ~told)
    return rows.assign(**{SUPPRESSED: hide, "waarde": rows["waarde"].mask(hide)})


def masked(aside: pd.DataFrame) -> pd.DataFrame:
    """Return rows that were set aside without their numbers: what they add up to is not known, and raw data hold them.

    Args:
        aside: rows as they were delivered, all texts; delivered tables without ``eenheid`` hold numbers only.
    """
    if "eenheid" not in aside:
        return aside.assign(waarde="")
    return aside.assign(waarde=aside["waarde"].mask(aside["eenheid"].isin((PERSONS, SHARE)), ""))


def _hidden(figures: list[Figure], whole: list[Figure]) -> set[Cell]:
    """Return what may not be published of a system: by any source alone, or by all together."""
    sources = dict.fromkeys(figure.source for figure in figures)
    alone = [[figure for figure in figures if figure.source == source] for source in sources]
    found: set[Cell] = set()
    for own in [figures, *(alone if len(alone) > 1 else [])]:
        found |= protect(_system(own, whole))
    return {cell if cell[0] else WHOLE for cell in found}


def _system(figures: list[Figure], whole: list[Figure]) -> System:
    """Return the cells of a system; where sources differ, the smallest number of a category counts.

    Args:
        figures: those of the system.
        whole: those of the whole staff, of which shares are shares.
    """
    shares = _least(figure for figure in figures if figure.share)
    counts = _least(figure for figure in figures if not figure.share and figure.cell != WHOLE)
    wholes = sorted({figure.value for figure in figures if not figure.share and figure.cell == WHOLE})
    implied = [100 * counts[cell] / share for cell, share in shares.items() if counts.get(cell) and share]
    base = next(iter([*sorted(one.value for one in whole if not one.share and one.cell == WHOLE), *implied]), 0.0)
    reckoned = {cell: share * base / 100 for cell, share in shares.items() if base and cell not in counts}
    if not wholes and implied:
        wholes = [float(round(implied[0]))]
    whole_cells = {("", str(number) if place else ""): number for place, number in enumerate(wholes)}
    slack = dict.fromkeys(reckoned, 0.5 + base * _ROUNDED / 100)
    return with_rests(System(reckoned | counts | whole_cells, slack=slack))


def _least(figures: Iterable[Figure]) -> dict[Cell, float]:
    found: dict[Cell, float] = {}
    for figure in figures:
        found[figure.cell] = min(figure.value, found.get(figure.cell, figure.value))
    return found


def with_rests(system: System) -> System:
    """Add to each dimension the persons whom no category names; they are never published.

    >>> found = with_rests(System({WHOLE: 10.0, ("statuut", "statutair"): 7.0}))
    >>> {cell[0]: value for cell, value in found.values.items() if cell in found.hidden}
    {'statuut': 3.0}
    """
    values = dict(system.values)
    for name in system.dimensions():
        parts = system.parts(name)
        left = [system.left(parts, whole) for whole in system.values if whole[0] == ""]
        if left and min(map(abs, left)) > system.tolerance(parts) and max(left) > 0:
            values[name, _REST] = min(number for number in left if number > 0)
    rests = {cell for cell in values if cell[1] == _REST}
    return System(values, system.hidden | rests, system.slack)


def protect(system: System) -> set[Cell]:
    """Return the cells of a system that may not be published, in the end also in ``system.hidden``.

    Args:
        system: its cells with their true values.
    """
    small = [cell for cell, value in system.values.items() if round(value) < LIMIT]
    if not small:
        return set()
    system.hidden.update(small)
    sums = system.sums()
    for cell in small:  # one that is safe stays so: what else is hidden only loosens its bounds
        while most(system, sums, cell) < LIMIT:
            near = {one for parts, whole in sums if cell in (*parts, whole) for one in (*parts, whole)}
            further = {one for parts, whole in sums for one in (*parts, whole)}
            choice = _smallest(system, near) or _smallest(system, further)
            if choice is None:
                break
            system.hidden.add(choice)
    return system.hidden


def _smallest(system: System, cells: Iterable[Cell]) -> Cell | None:
    """Return the smallest published cell; the whole comes last."""
    known = [cell for cell in cells if cell not in system.hidden]
    return min(known, key=lambda cell: (cell[0] == "", system.values[cell], cell), default=None)


def most(system: System, sums: list[tuple[tuple[Cell, ...], Cell]], cell: Cell) -> float:
    """Return the most persons that a hidden cell can hold for one who knows the published ones.

    Args:
        system: the cells.
        sums: which add up to which, see :meth:`System.sums`.
        cell: a hidden one.

    >>> system = with_rests(System({WHOLE: 10.0, ("statuut", "statutair"): 7.0, ("statuut", "contractueel"): 3.0}))
    >>> system.hidden.update([("statuut", "statutair"), ("statuut", "contractueel")])
    >>> most(system, system.sums(), ("statuut", "contractueel"))
    10.0
    """
    from scipy.optimize import linprog  # takes a third of a second: only where there is a small group

    unknown = sorted(system.hidden & system.values.keys())
    rows, right = [], []
    for parts, whole in sums:
        signs = dict.fromkeys(parts, 1.0) | {whole: -1.0}
        if system.hidden & signs.keys():
            rows.append([signs.get(one, 0.0) for one in unknown])
            right.append(-sum(sign * system.values[one] for one, sign in signs.items() if one not in system.hidden))
    if not rows:
        return float("inf")
    aim = -np.array([float(one == cell) for one in unknown])
    found = linprog(aim, A_eq=np.array(rows), b_eq=np.array(right), bounds=(0, None), method="highs")
    return float("inf") if found.x is None else float(round(-found.fun, 6))
