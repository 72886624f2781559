"""Read the delivered files of a table as text, each row with its file and row number.

What is wrong with a file as a whole (missing, empty, other encoding, separator or columns) stops the intake with one
message. What is wrong with one row becomes a :class:`Fault` for that row.
"""

from __future__ import annotations

import csv
import io
import string
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.deliveries import FOLDER
from analysis.errors import KrachtlijnError
from analysis.intake.faults import Fault
from analysis.paths import Project
from analysis.schema import Table

#: Columns that the reader adds: where a row was read, and which part of its line it is, where it is not the whole.
FILE, ROW, PART = "_bestand", "_rij", "_deel"
#: A message names at most this many files.
_NAMED = 5


@dataclass(frozen=True)
class RawTable:
    """All rows of a table as text, and the faults of rows that could not be read.

    ``rows`` has the declared columns plus ``_bestand``, ``_rij`` and ``_deel``; rows with a fault of their own are in
    it too.
    """

    rows: pd.DataFrame
    faults: tuple[Fault, ...]


def read(project: Project, table: Table) -> RawTable:
    """Read all files of a table.

    Raises:
        KrachtlijnError: a file is missing, empty, or not in the declared encoding, separator or columns.
    """
    frames, faults = [], []
    for path in table.paths:
        rows, own = _read_file(project, project.raw / path, table)
        frames.append(rows)
        faults += own
    return RawTable(pd.concat(frames, ignore_index=True), tuple(faults))


def refuse_strays(project: Project, tables: Mapping[str, Table]) -> None:
    """See that every file in ``data/raw`` is named by the data package: another one would never be read.

    What desktops and editors leave behind (names that begin with a dot or ``~``, ``Thumbs.db``) and notes in Markdown
    may lie there. Deliveries have a folder and receipts of their own.

    Raises:
        KrachtlijnError: naming the files that nobody declared.
    """
    declared = {(project.raw / path).resolve() for table in tables.values() for path in table.paths}
    declared.add((project.raw / "datapackage.json").resolve())
    found = (path for path in sorted(project.raw.rglob("*")) if path.is_file())
    strays = [path for path in found if path.resolve() not in declared and not _is_litter(path, project.raw)]
    if strays:
        raise KrachtlijnError(
            "a file in data/raw is not named in the data package, so it would not be read",
            where=", ".join(project.show(path) for path in strays[:_NAMED]) + (" …" if len(strays) > _NAMED else ""),
            why="only what data/raw/datapackage.json declares is validated",
            do="add it to the path of its resource in data/raw/datapackage.json, or take it out of data/raw",
        )


def _is_litter(path: Path, raw: Path) -> bool:
    hidden = any(part.startswith((".", "~")) for part in path.relative_to(raw).parts)
    ours = hidden or path.relative_to(raw).parts[0] == FOLDER
    return ours or path.suffix.lower() == ".md" or path.name in ("Thumbs.db", "desktop.ini")


def _read_file(project: Project, path: Path, table: Table) -> tuple[pd.DataFrame, list[Fault]]:
    where = project.show(path)
    text = _decode(_bytes(path, where), table, where)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=table.delimiter, strict=True)
        header = next(reader)
        _check_header(header, table, where, text)
        lines, records, faults = _records(reader, header, table, where)
    except csv.Error as fault:
        raise KrachtlijnError(
            "a CSV file cannot be read",
            where=where,
            why=str(fault),
            do="check the quotation marks near the end",
        ) from fault
    if not records:
        raise KrachtlijnError(
            "a table is empty",
            where=f"{where}, row 1",
            why="the file holds column names but not one row",
            do="deliver the table again; the processed tables stay as they were",
        )
    frame = pd.DataFrame(records, columns=header, dtype=object)[list(table.columns)]
    frame[FILE], frame[ROW], frame[PART] = where, lines, ""
    return frame, faults


def _bytes(path: Path, where: str) -> bytes:
    if not path.is_file():
        raise KrachtlijnError(
            "a file of the data package is missing",
            where=where,
            why="data/raw/datapackage.json names it, but it is not there",
            do="put the file back, or take its path out of the data package",
        )
    content = path.read_bytes()
    if not content.strip():
        raise KrachtlijnError(
            "a file is empty",
            where=f"{where}, row 1",
            why="it holds not even the column names",
            do="deliver the file again; the processed tables stay as they were",
        )
    return content


def _decode(content: bytes, table: Table, where: str) -> str:
    encoding = "utf-8-sig" if table.encoding.lower() in ("utf-8", "utf8") else table.encoding
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as fault:
        before = content[: fault.start]
        row = before.count(b"\n") + 1
        raise KrachtlijnError(
            f"a file is not written in {table.encoding}",
            where=f"{where}, row {row}, column {_column_at(content, fault.start, table)}",
            why=_encoding_signs(content, fault.start),
            do="save it as 'CSV UTF-8 (comma delimited)', or declare its encoding, dialect and decimalChar"
            " in data/raw/datapackage.json",
        ) from fault
    if "\0" in text:
        raise KrachtlijnError(
            "a file holds a NUL, which no text does",
            where=f"{where}, row {text[: text.index(chr(0))].count(chr(10)) + 1}",
            why="it is damaged, or written in UTF-16, or no CSV at all",
            do="save it as 'CSV UTF-8 (comma delimited)'",
        )
    return text


def _column_at(content: bytes, position: int, table: Table) -> str:
    """Name the column in which a byte stands, with the separator that the file itself uses."""
    start = content.rfind(b"\n", 0, position) + 1
    separator = _separator(content.split(b"\n", 1)[0].decode("latin-1"), table)
    line = content[start:position].decode("latin-1")
    index = len(next(csv.reader([line], delimiter=separator), [""])) - 1
    header = content.split(b"\n", 1)[0].decode("latin-1").strip("\r").split(separator)
    return f"'{header[index]}'" if 0 <= index < len(header) else f"{index + 1}"


def _encoding_signs(content: bytes, position: int) -> str:
    """Say all that is unusual about the file at once, so that it needs to be saved only one more time."""
    first_line = content.split(b"\n", 1)[0].decode("latin-1")
    letter = content[position : position + 1].decode("cp1252", errors="replace")
    signs = [f"the byte {content[position]:#04x} is no UTF-8 (in Windows-1252 it is '{letter}')"]
    if first_line.count(";") > first_line.count(","):
        signs.append("the columns are separated by semicolons instead of commas")
        signs.append(_decimal_sign(content.decode("cp1252", errors="replace"), ";"))
    return "; ".join(sign for sign in signs if sign)


def _separator(first_line: str, table: Table) -> str:
    return max((table.delimiter, ";", "\t", ","), key=first_line.count)


def _check_header(header: list[str], table: Table, where: str, text: str) -> None:
    missing = [name for name in table.columns if name not in header]
    extra = [name for name in header if name not in table.columns]
    twice = sorted({name for name in header if header.count(name) > 1})
    if not (missing or extra or twice):
        return
    first_line = text.split("\n", 1)[0].strip("\r")
    used = _separator(first_line, table)
    if used != table.delimiter and first_line.count(used):
        raise KrachtlijnError(
            f"the columns are separated by '{used}' instead of '{table.delimiter}'",
            where=f"{where}, row 1, column 1",
            why=f"the first row reads: {first_line[:80]}" + _after("; ", _decimal_sign(text, used)),
            do="save it as 'CSV UTF-8 (comma delimited)' with decimal points, or declare its dialect and decimalChar"
            " in data/raw/datapackage.json",
        )
    signs = [
        f"missing: {', '.join(missing)}" if missing else "",
        f"not declared: {', '.join(extra)}" if extra else "",
        f"twice: {', '.join(twice)}" if twice else "",
    ]
    raise KrachtlijnError(
        "the columns of a file are not those of its table",
        where=f"{where}, row 1, column '{(extra or twice or missing)[0]}'",
        why="; ".join(sign for sign in signs if sign),
        do=f"use exactly these columns: {', '.join(table.columns)}",
    )


def _decimal_sign(text: str, separator: str) -> str:
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    for number, row in enumerate(rows, start=1):
        for index, cell in enumerate(row):
            whole, comma, part = cell.strip().lstrip("-").partition(",")
            if comma and whole.isdigit() and part.isdigit():
                return f"row {number}, column {string.ascii_uppercase[index % 26]} has a decimal comma: {cell}"
    return ""


def _after(joint: str, text: str) -> str:
    return joint + text if text else ""


def _records(
    reader: object, header: list[str], table: Table, where: str
) -> tuple[list[int], list[list[str]], list[Fault]]:
    lines: list[int] = []
    records: list[list[str]] = []
    faults: list[Fault] = []
    start = 2
    for record in reader:  # type: ignore[attr-defined]
        if record:
            lines.append(start)
            records.append([cell.strip() for cell in (record + [""] * len(header))[: len(header)]])
            if len(record) != len(header):
                faults.append(_ragged(record, header, table, where, start))
        start = reader.line_num + 1  # type: ignore[attr-defined]
    return lines, records, faults


def _ragged(record: list[str], header: list[str], table: Table, where: str, row: int) -> Fault:
    column = header[len(record)] if len(record) < len(header) else header[-1]
    return Fault(
        table=table.name,
        file=where,
        row=row,
        column=column,
        value=table.delimiter.join(record),
        rule="cells",
        reason=f"the row has {len(record)} cells instead of {len(header)}",
        do="a text that holds a separator stands between quotation marks",
    )
