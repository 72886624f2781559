"""The table behind a figure as a CSV file that rides along in the report itself.

Made for who opens it in Excel with Belgian settings: semicolons, a byte order mark, numbers without the separator of
thousands. A cell that a spreadsheet would take for a formula is disarmed.
"""

from __future__ import annotations

import base64
import csv
import io
import re

from babel import Locale

from analysis.figure import Align, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.spreadsheet import disarmed


def csv_text(grid: Grid, words: Words) -> str:
    r"""Return a grid as CSV; the headings of its groups become a first column.

    >>> from analysis.figure import Column
    >>> grid = Grid((Column("Jaar"), Column("Aantal", "number")), (("2021", "1.453,5"), ("=1+1", "–")))
    >>> csv_text(grid, Words("nl"))
    "Jaar;Aantal\r\n2021;1453,5\r\n'=1+1;\r\n"
    """
    stream = io.StringIO()
    writer = csv.writer(stream, delimiter=";")
    heading = [words.t("Group")] if grid.groups else []
    writer.writerow([disarmed(text) for text in [*heading, *(column.label for column in grid.columns)]])
    group = ""
    for number, row in enumerate(grid.rows):
        group = grid.groups.get(number, group)
        cells = [_cell(text, column.align, words) for text, column in zip(row, grid.columns, strict=True)]
        writer.writerow([disarmed(group), *cells] if grid.groups else cells)
    return stream.getvalue()


def csv_address(grid: Grid, words: Words) -> str:
    """Return the CSV as a ``data:`` address, with the mark by which Excel knows that it is UTF-8."""
    content = csv_text(grid, words).encode("utf-8-sig")
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(content).decode('ascii')}"


def _cell(text: str, align: Align, words: Words) -> str:
    if text == UNKNOWN_SIGN:
        return ""  # an empty cell is what a spreadsheet calls unknown
    return _plain_number(text, words.locale) or disarmed(text) if align == "number" else disarmed(text)


def _plain_number(text: str, locale: Locale) -> str:
    """Return a number without separators of thousands and with a plain minus; empty when it is not one number."""
    symbols = locale.number_symbols["latn"]
    bare = text.replace(symbols["group"], "").replace("\u2212", "-")
    return bare if re.fullmatch(rf"[+-]?\d+({re.escape(symbols['decimal'])}\d+)?", bare) else ""
