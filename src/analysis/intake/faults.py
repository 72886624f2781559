"""A fault in a row: named by file, row, column and rule, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Why a row goes into quarantine.

    ``row`` counts the lines of the file as an editor or a spreadsheet does: the header is row 1. ``sheet`` and ``cell``
    are those of a workbook, and empty for a text file. ``part`` says which row of the line it is, where the line of a
    sheet holds several rows of the table.
    """

    table: str
    file: str
    row: int
    column: str
    value: str
    rule: str
    reason: str
    do: str
    sheet: str = ""
    cell: str = ""
    part: str = ""

    @property
    def place(self) -> str:
        """Where to look: the file and row, or the sheet and cell of a workbook; the column by its name."""
        at = f"sheet '{self.sheet}', cell {self.cell}" if self.sheet else f"row {self.row}"
        return f"{self.file}, {at}" + (f", column '{self.column}'" if self.column else "")

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
        found = f" (found '{shown}')" if self.column else ""
        return f"{self.place}: {self.reason}{found}; {self.do}"
