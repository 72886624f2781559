"""The files of a delivery as sheets of text: the sheets of an Excel workbook, or CSV files.

A cell of Excel becomes the text that a CSV would hold: 2026-10-20, 45, 0.5; a share that is shown as 45 % becomes 45.
What is wrong with a sheet as a whole is said by :class:`UnusableError`; who reads the delivery sets that sheet aside.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

#: The kinds of files that a delivery may hold.
WORKBOOK, TEXT = ".xlsx", ".csv"
#: Sheets that explain; nothing is read from them.
EXPLAINING = ("toelichting", "codes", "uitleg", "lees mij", "explication", "lisez-moi")


class UnusableError(Exception):
    """A file or sheet that cannot be read as a table.

    Args:
        what: the fault in a few words.
        do: how to mend it.
        sheet: its name; empty for a whole file.
    """

    def __init__(self, what: str, do: str, sheet: str = "") -> None:
        super().__init__(what)
        self.what, self.do, self.sheet = what, do, sheet


@dataclass(frozen=True)
class Sheet:
    """One sheet: its name, its columns in their order, and its rows with their numbers in the file.

    ``formulas`` are cells whose formula has no value: whoever saved the file did not let it be reckoned.
    """

    name: str
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    formulas: tuple[tuple[int, int], ...] = ()
    is_workbook: bool = False

    def cell(self, row: int, column: int) -> str:
        """Return how a spreadsheet calls a cell; nothing for a text file.

        >>> Sheet("voortgang", ("a",), (), is_workbook=True).cell(7, 2)
        'C7'
        """
        if not self.is_workbook:
            return ""
        from openpyxl.utils import get_column_letter

        return f"{get_column_letter(column + 1)}{row}"


def sheets(path: Path) -> Iterator[Sheet | UnusableError]:
    """Yield the sheets of a file, or why one of them cannot be read.

    Args:
        path: an Excel workbook or a CSV file; the name of a CSV is that of its sheet.
    """
    try:
        yield from _workbook(path) if path.suffix.lower() == WORKBOOK else _text(path)
    except UnusableError as fault:
        yield fault


def _workbook(path: Path) -> Iterator[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # styles and validations of Excel's that openpyxl does not know: none is data
        values, written = _opened(path, data_only=True), _opened(path, data_only=False)
        for sheet in values.worksheets:
            name = str(sheet.title).strip()
            if name.lower() in EXPLAINING or name.startswith("_"):
                continue
            yield _sheet(name, list(sheet.iter_rows()), list(written[sheet.title].iter_rows()))
        values.close()
        written.close()


def _opened(path: Path, *, data_only: bool) -> Any:  # noqa: ANN401 - openpyxl's workbook
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        return load_workbook(io.BytesIO(path.read_bytes()), data_only=data_only)
    except (InvalidFileException, BadZipFile, KeyError, ValueError, OSError) as fault:
        what = f"it is no Excel workbook, or it is damaged or protected by a password ({type(fault).__name__})"
        raise UnusableError(
            what, "open it in Excel and save it as 'Excel Workbook (*.xlsx)', without a password"
        ) from fault


def _sheet(name: str, values: list[tuple[Any, ...]], written: list[tuple[Any, ...]]) -> Sheet:
    """Turn the cells of one sheet into text; empty rows and empty columns at the end are left out."""
    header = [_as_text(cell) for cell in values[0]] if values else []
    while header and not header[-1]:
        header.pop()
    rows, formulas = [], []
    for number, (row, source) in enumerate(zip(values[1:], written[1:], strict=True), start=2):
        texts = tuple(_as_text(cell) for cell in row[: len(header)])
        own = [index for index, cell in enumerate(source[: len(header)]) if _is_formula(cell) and not texts[index]]
        formulas += [(number, index) for index in own]
        if any(texts) or own:
            rows.append((number, texts))
    return Sheet(name, tuple(header), tuple(rows), tuple(formulas), is_workbook=True)


def _is_formula(cell: Any) -> bool:  # noqa: ANN401 - a cell of openpyxl's
    return str(cell.data_type) == "f"


def _as_text(cell: Any) -> str:  # noqa: ANN401 - a cell of openpyxl's
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(sep=" ")
    if isinstance(value, int | float):
        percent = "%" in str(cell.number_format).split('"')[0]
        return _number(float(value) * 100 if percent else float(value))
    return str(value).strip()


def _number(value: float) -> str:
    """Write a number without the noise of binary fractions.

    >>> _number(0.29 * 100), _number(45.0), _number(1e-7)
    ('29', '45', '0.0000001')
    """
    return f"{Decimal(f'{value:.12g}').normalize():f}"


def _text(path: Path) -> Iterator[Sheet]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise UnusableError("it is not written in UTF-8", "save it as 'CSV UTF-8 (comma delimited)'") from fault
    try:
        reader = csv.reader(io.StringIO(text, newline=""), strict=True)
        header = tuple(cell.strip() for cell in next(reader, []))
        if len(header) == 1 and ";" in header[0]:
            raise UnusableError("its columns are separated by semicolons", "save it as 'CSV UTF-8 (comma delimited)'")
        rows, start = [], 2
        for record in reader:
            if any(cell.strip() for cell in record):
                rows.append((start, _fitted(record, header, start)))
            start = reader.line_num + 1
    except csv.Error as fault:
        raise UnusableError(f"it is no CSV: {fault}", "check the quotation marks near the end") from fault
    yield Sheet(path.stem, header, tuple(rows))


def _fitted(record: list[str], header: tuple[str, ...], row: int) -> tuple[str, ...]:
    if len(record) > len(header):
        what = f"row {row} has {len(record)} cells instead of {len(header)}"
        raise UnusableError(what, "put a text that holds a comma between quotation marks")
    return tuple(cell.strip() for cell in record) + ("",) * (len(header) - len(record))
