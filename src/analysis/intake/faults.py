"""A fault in a row: named by file, row, column and rule, with what to do about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fault:
    """Why a row goes into quarantine.

    ``row`` counts the lines of the file as an editor or a spreadsheet does: the header is row 1.
    """

    table: str
    file: str
    row: int
    column: str
    value: str
    rule: str
    reason: str
    do: str

    def __str__(self) -> str:
        shown = self.value if len(self.value) <= 60 else self.value[:57] + "..."
        return f"{self.file}, row {self.row}, column '{self.column}': {self.reason} (found '{shown}'); {self.do}"
