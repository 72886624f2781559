"""The scores of a SWOT as a poll tool exports them: one row per rater, one column per item, one sheet per question.

A sheet (or CSV file) ``swot_belang``, ``swot_prestatie``, ``swot_urgentie`` or ``swot_kans`` has a column
``beoordelaar``, and one column per item whose header begins with the item's code: ``S1``, ``W3. Beperkte middelen``.
All such sheets of one delivery become rows of ``swot_scores``, one per rater and item. Who reads a fault of such a row
is sent to the cell of the sheet that was delivered: a header that names no known item, a rater who stands there twice.
A rater's first line in one sheet belongs with the first one in another, the second with the second.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from analysis.intake.faults import Fault
from analysis.intake.sheets import Sheet, UnusableError

#: The table that the sheets become, its columns for the rater and for the item, and the question that each sheet asks.
TABLE, RATER, ITEM = "swot_scores", "beoordelaar", "swot_code"
SHEETS = {f"swot_{question}": question for question in ("belang", "prestatie", "urgentie", "kans")}

_CODE = re.compile(r"([SWOT]\d+)(?![A-Za-z0-9])", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """A cell of a poll.

    Attributes:
        file: as messages name it.
        sheet: that it stands in.
        row: number in the file.
        index: place in the row, from 0.
        text: what stands in it.
    """

    file: str
    sheet: Sheet
    row: int
    index: int
    text: str = ""

    @property
    def is_formula(self) -> bool:
        """Whether it is a formula without a value."""
        return (self.row, self.index) in self.sheet.formulas

    @property
    def part(self) -> str:
        """What tells it from all other cells of its file."""
        return f"{self.sheet.name} {self.index}"

    @property
    def rater(self) -> Cell:
        """The cell of its row that says whose score it is."""
        return Cell(self.file, self.sheet, self.row, _names(self.sheet).index(RATER))

    def told(self, fault: Fault) -> Fault:
        """Return a fault as one of this cell."""
        sheet, header = (self.sheet.name if self.sheet.is_workbook else ""), self.sheet.header[self.index]
        cell = self.sheet.cell(self.row, self.index)
        return replace(fault, file=self.file, row=self.row, column=header, sheet=sheet, cell=cell)


@dataclass
class Scored:
    """What one rater says of one item: the cells by question, the first one of them first."""

    rater: str
    item: str
    cells: dict[str, Cell] = field(default_factory=dict)

    @property
    def place(self) -> Cell:
        """The cell where the row counts as read."""
        return next(iter(self.cells.values()))

    @property
    def row(self) -> dict[str, str]:
        """The row of the table, as text; a question that was not asked is empty."""
        said = dict.fromkeys(SHEETS.values(), "") | {name: cell.text for name, cell in self.cells.items()}
        return {RATER: self.rater, ITEM: self.item} | said

    def faults(self) -> Iterator[Fault]:
        """Yield a fault for each cell, that of the rater too, whose formula has no value."""
        reason, do = "the formula has no value", "open the workbook in Excel and save it, or write the value itself"
        at = self.place
        for cell in (at.rater, *self.cells.values()):
            if cell.is_formula:
                column = next((name for name, own in self.cells.items() if own == cell), RATER)
                yield Fault(TABLE, at.file, at.row, column, "", "formula", reason, do, part=at.part)

    def at_cell(self, fault: Fault) -> Fault:
        """Return a fault of this row as one of the cell that was delivered."""
        columns = fault.column.split(", ")
        if RATER in columns:
            do = "give each rater one line, and two raters two pseudonyms" if fault.rule == "key" else fault.do
            return self.place.rater.told(replace(fault, value=self.rater, do=do))
        at = self.cells.get(columns[0])
        return at.told(fault) if at else replace(self.place, row=1).told(fault)


def unfit(sheet: Sheet) -> UnusableError | None:
    """Say why a sheet cannot be the answers to a poll; None when it can.

    >>> fault = unfit(Sheet("swot_belang", ("Beoordelaar", "S1 Team", "Leeftijd"), ()))
    >>> print(fault)
    the column 'Leeftijd' is no item
    """
    names = _names(sheet)
    if RATER not in names:
        do = "add it: a role or a pseudonym per row, never a name"
        return UnusableError(f"the column '{RATER}' is missing", do, sheet.name)
    for index, name in enumerate(names):
        if not name:
            shown = sheet.header[index]
            do = "begin its header with the code of an item, such as S1, or take it out"
            what = f"the column '{shown}' is no item" if shown else f"column {index + 1} has no header"
            return UnusableError(what, do, sheet.name)
        if names.count(name) > 1:
            return UnusableError(f"the column '{name}' stands there twice", "take one of the two out", sheet.name)
    if len(names) == 1:
        return UnusableError("no column is an item", "add a column per item, such as S1", sheet.name)
    return None


def scores(polls: Sequence[tuple[str, Sheet]]) -> list[Scored]:
    """Return what the sheets of a delivery say, one entry per rater and item; an empty cell says nothing.

    Args:
        polls: the sheets, each fit, with the name of its file.

    >>> belang = Sheet("swot_belang", ("beoordelaar", "S1", "S2"), ((2, ("a", "4", "")), (3, ("b", "5", "1"))))
    >>> kans = Sheet("swot_kans", ("beoordelaar", "S1 Team"), ((2, ("b", "3")),))
    >>> [one.row for one in scores([("x", belang), ("x", kans)])][1]
    {'beoordelaar': 'b', 'swot_code': 'S1', 'belang': '5', 'prestatie': '', 'urgentie': '', 'kans': '3'}
    """
    found: dict[tuple[int, str, str, str], Scored] = {}
    seen: Counter[tuple[str, str]] = Counter()
    for file, sheet in polls:
        names, question = _names(sheet), SHEETS[sheet.name.lower()]
        for row, cells in sheet.rows:
            rater = cells[names.index(RATER)]
            seen[question, rater] += 1
            for index in _answered(sheet, row, cells):
                at = Cell(file, sheet, row, index, cells[index])
                # whoever is not named cannot be found in another sheet
                key = (seen[question, rater], rater, names[index], "" if rater else question)
                found.setdefault(key, Scored(rater, names[index])).cells[question] = at
    return [found[key] for key in sorted(found, key=lambda key: key[0])]


def _answered(sheet: Sheet, row: int, cells: Sequence[str]) -> list[int]:
    """Return the places of the items on which a row says something."""
    own = [index for index, name in enumerate(_names(sheet)) if name != RATER]
    return [index for index in own if cells[index] or (row, index) in sheet.formulas]


def _names(sheet: Sheet) -> list[str]:
    """Return for each column the item that it is about, or ``beoordelaar``; empty where it is neither."""
    return [_name(text) for text in sheet.header]


def _name(header: str) -> str:
    """Return what a header names.

    >>> _name("W3. Beperkte middelen"), _name("s1"), _name("Beoordelaar"), _name("S1a"), _name("Tijdstip")
    ('W3', 'S1', 'beoordelaar', '', '')
    """
    if header.lower() == RATER:
        return RATER
    match = _CODE.match(header)
    return match[1].upper() if match else ""
