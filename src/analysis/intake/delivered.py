"""The deliveries of a set -> rows of text per table, each with its place; what cannot be read becomes a fault.

A delivery may leave out any table and any column that is not required. A sheet that cannot be read, or has a column
that nobody declared, is set aside as a whole: a column with a slip in its name would else be lost in silence.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from analysis.deliveries import FOLDER, PLACE, RECEIPT, TEMPLATES, Delivery
from analysis.errors import KrachtlijnError
from analysis.intake import poll
from analysis.intake.faults import Fault
from analysis.intake.reader import FILE, PART, ROW, RawTable
from analysis.intake.references import JOINT
from analysis.intake.sheets import TEXT, WORKBOOK, Sheet, UnusableError, sheets
from analysis.paths import Project
from analysis.schema import Table


@dataclass
class Collected:
    """What was read so far: rows and faults per table, and which cell each (file, table, row, column) is.

    ``polls`` are the sheets, each with its file, that a poll tool made for the delivery that is being read; ``asked``
    are the rows that came out of such sheets, by file, row and part.
    """

    rows: dict[str, list[dict[str, object]]] = field(default_factory=dict)
    faults: dict[str, list[Fault]] = field(default_factory=dict)
    sheets: dict[tuple[str, str], Sheet] = field(default_factory=dict)
    polls: list[tuple[str, Sheet]] = field(default_factory=list)
    asked: dict[tuple[str, int, str], poll.Scored] = field(default_factory=dict)

    def raw(self, table: Table) -> RawTable:
        """Return the rows of a table, and the faults of rows that could not be read."""
        columns = [*table.columns, FILE, ROW, PART]
        rows = pd.DataFrame(self.rows.get(table.name, []), columns=columns, dtype=object).fillna("")
        return RawTable(rows, tuple(self.faults.get(table.name, ())))

    def at_cell(self, fault: Fault) -> Fault:
        """Add sheet and cell to a fault, where its file is a workbook, and name only columns that were delivered."""
        if fault.sheet:
            return fault  # whoever found it knew the place
        names, parts = fault.column.split(", "), fault.value.split(JOINT)
        columns = [name for name in names if name not in PLACE]
        own = [part for name, part in zip(names, parts, strict=False) if name not in PLACE]
        value = JOINT.join(own) if len(names) == len(parts) else fault.value
        fault = replace(fault, column=", ".join(columns), value=value)
        if asked := self.asked.get((fault.file, fault.row, fault.part)):
            return asked.at_cell(fault)
        sheet = self.sheets.get((fault.file, fault.table))
        if sheet is None or not sheet.is_workbook:
            return fault
        index = _index(sheet, columns[0]) if columns else 0
        return replace(fault, sheet=sheet.name, cell=sheet.cell(fault.row, index))


def collect(project: Project, deliveries: Sequence[Delivery], tables: Mapping[str, Table]) -> Collected:
    """Read all deliveries.

    Raises:
        KrachtlijnError: a delivery has no receipt, or is no longer as it came.
    """
    found = Collected()
    for delivery in deliveries:
        for name in _intact(project, delivery):
            _read(project, delivery, delivery.folder / name, tables, found)
        _take_polls(delivery, found)
    return found


def _intact(project: Project, delivery: Delivery) -> list[str]:
    """Return the names of the files that came; each is there, and is the one that came."""
    receipt = delivery.folder / RECEIPT
    try:
        files: dict[str, str] = json.loads(receipt.read_text(encoding="utf-8"))["files"]
    except (OSError, ValueError, LookupError, TypeError) as fault:
        raise KrachtlijnError(
            "a delivery has no receipt that can be read",
            where=project.show(receipt),
            why="nobody could say whether its files are still those that came",
            do="take the folder away and hand its files in with: krachtlijn receive",
        ) from fault
    there = {path.name for path in delivery.folder.iterdir() if path.is_file() and path.name[0] not in ".~"}
    for name in sorted((there | files.keys()) - {RECEIPT}):
        path = delivery.folder / name
        sum_ = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "gone"
        if sum_ != files.get(name):
            raise KrachtlijnError(
                "a delivery is no longer as it came",
                where=project.show(path),
                why="it was not among the files that came"
                if name not in files
                else "it is gone"
                if sum_ == "gone"
                else "it was changed after it was received",
                do="put back the file as it came; hand in a correction as a delivery of its own: krachtlijn receive",
            )
    return sorted(files)


def _read(project: Project, delivery: Delivery, path: Path, tables: Mapping[str, Table], found: Collected) -> None:
    where = project.show(path)
    if path.suffix.lower() not in (WORKBOOK, TEXT):
        return  # a letter or a note that came with it
    for sheet in sheets(path):
        if isinstance(sheet, UnusableError):
            _set_aside(delivery, where, sheet, next(iter(tables)), found)
            continue
        if sheet.name.lower() in poll.SHEETS:
            fault = poll.unfit(sheet)
            _set_aside(delivery, where, fault, poll.TABLE, found)
            found.polls += [] if fault else [(where, sheet)]
            continue
        table = tables.get(sheet.name.lower())
        fault = _unfit(sheet, table, tables)
        if fault or table is None:
            _set_aside(delivery, where, fault, table.name if table else next(iter(tables)), found)
            continue
        found.sheets[where, table.name] = sheet
        _take(delivery, where, sheet, table, found)


def _unfit(sheet: Sheet, table: Table | None, tables: Mapping[str, Table]) -> UnusableError | None:
    """Say why a sheet cannot be a table of a delivery; None when it can."""
    if table is None:
        names = [*tables, *poll.SHEETS]
        like = get_close_matches(sheet.name.lower(), names, 1)
        do = f"call it '{like[0]}'" if like else f"call it one of: {', '.join(names)}; or begin its name with _"
        return UnusableError(f"no table is called '{sheet.name}'", do, sheet.name)
    own = [name for name in table.columns if name not in PLACE]
    unknown = [name for name in map(str.lower, sheet.header) if name not in own]
    missing = [item.name for item in table.fields if item.required and item.name not in map(str.lower, sheet.header)]
    twice = sorted({name for name in sheet.header if sheet.header.count(name) > 1})
    if unknown:
        like = get_close_matches(unknown[0], own, 1)
        do = f"call it '{like[0]}', or take it out" if like else f"allowed are: {', '.join(own)}"
        return UnusableError(f"the column '{unknown[0]}' is not known", do, sheet.name)
    if twice:
        return UnusableError(f"the column '{twice[0]}' stands there twice", "take one of the two out", sheet.name)
    if missing:
        do = f"add it: {FOLDER}/{TEMPLATES}/{table.name}.csv shows all columns"
        return UnusableError(f"the column '{missing[0]}' is missing", do, sheet.name)
    return None


def _index(sheet: Sheet, column: str) -> int:
    names = [name.lower() for name in sheet.header]
    return names.index(column) if column in names else 0


def _set_aside(delivery: Delivery, where: str, why: UnusableError | None, table: str, found: Collected) -> None:
    """Set a whole sheet or file aside; it counts as one row, because nobody knows how many it holds."""
    if why is None:
        return
    found.rows.setdefault(table, []).append(_place(delivery, why.sheet) | {FILE: where, ROW: 1, PART: why.sheet})
    cell = "A1" if why.sheet else ""
    fault = Fault(table, where, 1, "", "", "sheet", why.what, why.do, why.sheet, cell, why.sheet)
    found.faults.setdefault(table, []).append(fault)


def _place(delivery: Delivery, sheet: str) -> dict[str, object]:
    values = (delivery.plan, delivery.id, str(delivery.quarter), str(delivery.received), sheet)
    return dict(zip(PLACE, values, strict=True))


def _take(delivery: Delivery, where: str, sheet: Sheet, table: Table, found: Collected) -> None:
    names = [name.lower() for name in sheet.header]
    absent = dict.fromkeys((name for name in table.columns if name not in (*names, *PLACE)), "")
    place = _place(delivery, sheet.name)
    rows = found.rows.setdefault(table.name, [])
    for number, cells in sheet.rows:
        rows.append(place | absent | dict(zip(names, cells, strict=True)) | {FILE: where, ROW: number})
    found.faults.setdefault(table.name, []).extend(_unreckoned(where, sheet, table))


def _take_polls(delivery: Delivery, found: Collected) -> None:
    """Take what the polls of a delivery say together: one sheet asks one thing, and a row holds the answers to all."""
    for one in poll.scores(found.polls):
        at = one.place
        row = _place(delivery, at.sheet.name) | one.row | {FILE: at.file, ROW: at.row, PART: at.part}
        found.rows.setdefault(poll.TABLE, []).append(row)
        found.faults.setdefault(poll.TABLE, []).extend(one.faults())
        found.asked[at.file, at.row, at.part] = one
    found.polls.clear()


def _unreckoned(where: str, sheet: Sheet, table: Table) -> Iterator[Fault]:
    for row, index in sheet.formulas:
        reason, do = "the formula has no value", "open the workbook in Excel and save it, or write the value itself"
        cell = sheet.cell(row, index)
        yield Fault(table.name, where, row, sheet.header[index], "", "formula", reason, do, sheet.name, cell)
