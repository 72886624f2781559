"""Give each column its declared type; what does not fit becomes a fault of that cell.

A column of kind ``period`` keeps its text and gains ``<name>_van``, ``<name>_tot`` (dates) and ``<name>_soort``
(its precision). A text column that holds numbers except in some rows gains ``<name>_getal``.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.intake.faults import Fault
from analysis.intake.reader import FILE, PART, ROW
from analysis.period import Period
from analysis.schema import PUBLISHED, Field, Table

#: Digits are those of ASCII: others look the same or nothing like it, and were never meant as they are read.
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_LARGEST = 2**63 - 1
#: A number of kind ``ratio`` may be written so; Excel takes 1/3 for the first of March, unless the cell is a text.
_RATIO = re.compile(r"(\d+)\s*/\s*(\d+)", re.ASCII)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_KINDS = {"period": "a period", "ratio": "a number or a ratio such as 1/3"}


def cast(rows: pd.DataFrame, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    """Type all columns of a table of texts.

    Returns:
        The typed table on the index of ``rows`` (cells with a fault are missing in it) with the place of each row in
        ``bestand`` and ``rij``, and the faults.
    """
    columns: dict[str, pd.Series] = {}
    faults: list[Fault] = []
    for item in table.fields:
        made, bad = _column(rows, item)
        columns |= made
        faults += [_fault(rows, table, item, index, reason) for index, reason in bad.items()]
    place = {"bestand": rows[FILE], "rij": rows[ROW]}
    return pd.DataFrame(columns, index=rows.index).assign(**table.constants, **place), faults


def too_late(rows: pd.DataFrame, typed: pd.DataFrame, table: Table, received: dt.date) -> list[Fault]:
    """Return the rows whose publication lies after the day on which the data were collected: nobody could know them.

    Args:
        rows: the table as text.
        typed: the same rows from :func:`cast`, on the same index.
        table: the declaration.
        received: the last day on which data came, see :attr:`analysis.schema.Package.received`.
    """
    if PUBLISHED not in table.columns or table.field(PUBLISHED).kind != "period":
        return []
    late = typed.index[typed[f"{PUBLISHED}_van"] > pd.Timestamp(received)]
    return [
        Fault(
            table=table.name,
            file=str(rows.at[index, FILE]),
            row=int(str(rows.at[index, ROW])),
            column=PUBLISHED,
            value=str(rows.at[index, PUBLISHED]),
            rule="collected",
            reason=f"published after the data were collected ({received})",
            do="correct the date, or raise krachtlijn:collected in data/raw/datapackage.json",
        )
        for index in late
    ]


def _column(rows: pd.DataFrame, item: Field) -> tuple[dict[str, pd.Series], dict[int, str]]:
    texts = rows[item.name]
    if item.kind == "period":
        return _periods(texts, item.name)
    if item.number_unless:
        (other, value), *_ = item.number_unless.items()
        plain = texts.where(rows[other] != value, "")
        numbers, bad = _cells(plain, lambda text: _number(text, item))
        return {item.name: texts, f"{item.name}_getal": numbers.astype("float64")}, bad
    readers: dict[str, tuple[Callable[[str], object], Any]] = {
        "number": (lambda text: _number(text, item), "float64"),
        "integer": (_integer, "Int64"),
        "year": (_integer, "Int64"),
        "date": (dt.date.fromisoformat, "datetime64[us]"),
    }
    if item.type not in readers:
        return {item.name: texts}, {}
    reader, dtype = readers[item.type]
    values, bad = _cells(texts, reader)
    return {item.name: values.astype(dtype)}, bad


def _cells(texts: pd.Series, reader: Callable[[str], object]) -> tuple[pd.Series, dict[int, str]]:
    values: dict[int, object] = {}
    bad: dict[int, str] = {}
    for index, text in texts.items():
        try:
            values[index] = reader(text) if text else None  # type: ignore[index]
        except ValueError as fault:
            values[index], bad[index] = None, str(fault)  # type: ignore[index]
    return pd.Series(values, index=texts.index, dtype=object), bad


def _periods(texts: pd.Series, name: str) -> tuple[dict[str, pd.Series], dict[int, str]]:
    periods, bad = _cells(texts, Period.parse)
    part = {
        "van": periods.map(lambda period: period.start if period else None),
        "tot": periods.map(lambda period: period.end if period else None),
    }
    made = {f"{name}_{key}": pd.to_datetime(values).astype("datetime64[us]") for key, values in part.items()}
    precision = periods.map(lambda period: period.precision if period else "")
    return {name: texts, **made, f"{name}_soort": precision.astype(object)}, bad


def _number(text: str, item: Field) -> float:
    if item.kind == "ratio" and (match := _RATIO.fullmatch(text)):
        return _ratio(int(match[1]), int(match[2]))
    plain = text.replace(item.group_char, "") if item.group_char else text
    plain = plain.replace(item.decimal_char, ".") if item.decimal_char != "." else plain
    if not _NUMBER.fullmatch(plain):
        hint = " (a decimal comma?)" if re.fullmatch(r"[+-]?\d+,\d+", text) else ""
        if item.kind == "ratio" and _DAY.fullmatch(text):
            hint = " (Excel made a day of a ratio: format the column as text, then write 1/3 again)"
        raise ValueError(f"a number is expected{hint}")
    value = float(plain)
    if not math.isfinite(value):
        raise ValueError("the number is too large to be one")
    return value


def _ratio(above: int, below: int) -> float:
    if not below:
        raise ValueError("a number is expected, and nothing can be divided by 0")
    try:
        return above / below
    except OverflowError:
        raise ValueError("the number is too large to be one") from None


def _integer(text: str) -> int:
    if not _WHOLE.fullmatch(text):
        raise ValueError("a whole number is expected")
    value = int(text)
    if abs(value) > _LARGEST:
        raise ValueError("the number is too large to be one")
    return value


def _fault(rows: pd.DataFrame, table: Table, item: Field, index: int, reason: str) -> Fault:
    expected = _KINDS.get(item.kind, f"type {item.type}")
    return Fault(
        table=table.name,
        file=str(rows.at[index, FILE]),
        row=int(str(rows.at[index, ROW])),
        column=item.name,
        value=str(rows.at[index, item.name]),
        rule="type",
        reason=reason,
        do=f"the column '{item.name}' holds {expected}: correct the cell at its source",
        part=str(rows.at[index, PART]),
    )
