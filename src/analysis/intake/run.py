"""The intake from beginning to end: read, correct, type, judge, keep or set aside, publish."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.intake import corrections, references, rules, small_groups, staff
from analysis.intake.cast import cast, too_late
from analysis.intake.faults import Fault
from analysis.intake.reader import FILE, PART, ROW, RawTable, read, refuse_strays
from analysis.intake.state import Outcome, Progress, digest, in_turn, silent
from analysis.paths import Project
from analysis.processed import QUARANTINE, SUMMARY, SUPPRESSED, VALIDATION
from analysis.schema import Package, Table
from analysis.spreadsheet import disarmed

if TYPE_CHECKING:
    from analysis.intake.expectations import Judge

CORRECTIONS = "correcties"
_FAULT_COLUMNS = {
    "_bestand": "file",
    "_rij": "row",
    "_kolom": "column",
    "_regel": "rule",
    "_reden": "reason",
}
_SHEET_COLUMNS = {"_blad": "sheet", "_cel": "cell"}


@dataclass(frozen=True)
class Sorted:
    """One table after the intake: what is kept, what is set aside and why, and the judgement.

    ``owners`` has for each fault the label of its row in ``aside``; ``suppressed`` counts the kept rows whose value
    would tell of a small group (:mod:`analysis.intake.small_groups`).
    """

    kept: pd.DataFrame
    aside: pd.DataFrame
    faults: tuple[Fault, ...]
    validation: dict[str, Any]
    corrected: int
    owners: tuple[int, ...] = ()
    suppressed: int = 0


def intake(project: Project, progress: Progress = silent) -> Outcome:
    """Validate all raw tables and publish them to ``data/processed``.

    Nothing is published before every table has been judged; a file that cannot be read at all leaves the processed
    tables as they were. A second run at the same time waits for the first.

    Raises:
        KrachtlijnError: a file as a whole is unusable, or a correction no longer fits.
    """
    with in_turn(project, progress):
        return work(project, progress)


def work(project: Project, progress: Progress) -> Outcome:
    """Do the work of :func:`intake`, while no other run does (see :func:`analysis.intake.state.in_turn`)."""
    package = Package.load(project.raw / "datapackage.json")
    before = digest(project)
    refuse_strays(project, package.tables)
    raw = {name: read(project, table) for name, table in package.tables.items()}
    corrections.check(raw[CORRECTIONS].rows, package.tables)
    from analysis.intake.expectations import (
        Judge,
    )  # takes seconds, so only when there is something to judge

    judge = Judge()
    done: dict[str, Sorted] = {}
    total = len(package.tables)
    for number, (name, table) in enumerate(package.tables.items()):
        progress(number, total, name)
        kept = {other: result.kept for other, result in done.items()}
        done[name] = guarded(name, sort(table, raw[name], raw[CORRECTIONS].rows, kept, judge, package.received))
    progress(total, total, "")
    return publish(project.processed, done, before)


def sort(
    table: Table, raw: RawTable, fixes: pd.DataFrame, kept: dict[str, pd.DataFrame], judge: Judge, received: dt.date
) -> Sorted:
    """Sort the rows of one table into kept and set aside.

    Every row that was read is in exactly one of the two.
    """
    rows, corrected = corrections.apply(raw.rows, table.name, fixes)
    typed, faults = cast(rows, table)
    faults = [*raw.faults, *faults, *too_late(rows, typed, table, received)]
    unreadable = _rows_of(rows, faults)
    sound = typed.drop(index=unreadable)
    checks = [*rules.of_package(table), *rules.own(table)]
    validation, broken = judge.judge(table.name, _judged(sound, table, kept | {table.name: sound}), checks)
    for check, labels in zip(checks, broken, strict=True):
        faults += [_fault(rows, table, check, label) for label in _later(rows, check, labels)]
    aside = _rows_of(rows, faults)
    places = _places(rows)
    owners = dict(zip(places[::-1], places.index[::-1], strict=True))
    return Sorted(
        kept=typed.drop(index=aside).reset_index(drop=True),
        aside=rows.loc[aside],
        faults=tuple(faults),
        validation=validation,
        corrected=corrected,
        owners=tuple(owners[fault.file, fault.row, fault.part] for fault in faults),
    )


def guarded(name: str, table: Sorted) -> Sorted:
    """Return the table without the numbers that would tell of a small group of persons."""
    if name != staff.TABLE:
        return table
    hide = small_groups.suppress_delivered if "levering" in table.kept else small_groups.suppress
    kept = hide(table.kept)
    hidden = int(kept[SUPPRESSED].sum())
    return replace(table, kept=kept, aside=small_groups.masked(table.aside), suppressed=hidden)


def _rows_of(rows: pd.DataFrame, faults: list[Fault]) -> pd.Index:
    places = {(fault.file, fault.row, fault.part) for fault in faults}
    return rows.index[_places(rows).isin(places)]


def _places(rows: pd.DataFrame) -> pd.Series:
    """Return what tells each row from all others: its file, its line there, and its part of the line."""
    return pd.Series(list(zip(rows[FILE], rows[ROW], rows[PART], strict=True)), index=rows.index, dtype=object)


def _judged(typed: pd.DataFrame, table: Table, kept: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the frame for the judge: empty texts count as missing; with what follows from several cells or tables."""
    frame = typed.replace({"": None})
    return frame.assign(**rules.helpers(table, frame, kept))


def _later(rows: pd.DataFrame, check: rules.Rule, labels: list[int]) -> list[int]:
    """Of rows that share a key, the first stays; all others are set aside."""
    if check.name not in ("key", "unique"):
        return labels
    columns = check.kwargs.get("column_list") or [check.kwargs["column"]]
    twice = rows.loc[labels, columns].duplicated(keep="first")
    return list(twice.index[twice])


def _fault(rows: pd.DataFrame, table: Table, check: rules.Rule, label: int) -> Fault:
    columns = [name for name in check.column.split(", ") if name in rows]
    value = references.JOINT.join(str(rows.at[label, name]) for name in columns)
    first = columns[0] if columns else check.column
    do = check.do
    if check.name == "key":
        same = (rows[columns] == rows.loc[label, columns]).all(axis=1)
        do = f"row {rows.loc[same, ROW].iloc[0]} of {rows.loc[same, FILE].iloc[0]} has it first: {do}"
    return Fault(
        table=table.name,
        file=str(rows.at[label, FILE]),
        row=int(str(rows.at[label, ROW])),
        column=check.column or first,
        value=value,
        rule=check.name,
        reason=check.reason,
        do=do,
        part=str(rows.at[label, PART]),
    )


def publish(
    room: Path, done: dict[str, Sorted], raw_digest: str, others: Mapping[str, pd.DataFrame] | None = None
) -> Outcome:
    """Write everything beside the old tables, then move it into place; the summary comes last.

    Args:
        room: the folder of the tables.
        done: what became of each table.
        raw_digest: of all that decided it.
        others: tables that the intake itself made.
    """
    staging = room / ".next"
    shutil.rmtree(staging, ignore_errors=True)
    for part in (staging, staging / QUARANTINE, staging / VALIDATION):
        part.mkdir(parents=True)
    for name, table in done.items():
        _write(staging, name, table)
    for name, rows in (others or {}).items():
        rows.to_parquet(staging / f"{name}.parquet", index=False)
    summary = _summary(done, raw_digest, staging)
    (room / SUMMARY).unlink(missing_ok=True)
    _move(staging, room)
    temporary = room / f".{SUMMARY}"
    temporary.write_text(json.dumps(summary, indent=1, ensure_ascii=False), encoding="utf-8")
    temporary.replace(room / SUMMARY)
    return Outcome(summary["tables"], tuple(summary["faults"]), fresh=True)


def _write(staging: Path, name: str, table: Sorted) -> None:
    table.kept.to_parquet(staging / f"{name}.parquet", index=False)
    content = json.dumps(table.validation, indent=1, ensure_ascii=False, default=str)
    (staging / VALIDATION / f"{name}.json").write_text(content, encoding="utf-8")
    if len(table.aside):
        _with_reasons(table).to_csv(staging / QUARANTINE / f"{name}.csv", index=False, encoding="utf-8-sig")


def _with_reasons(table: Sorted) -> pd.DataFrame:
    """Return one line per fault, its reason before the row as it was delivered; formulas are disarmed."""
    named = _FAULT_COLUMNS | (_SHEET_COLUMNS if any(fault.sheet for fault in table.faults) else {})
    reasons = pd.DataFrame([{key: getattr(f, name) for key, name in named.items()} for f in table.faults])
    rows = table.aside.loc[list(table.owners)].drop(columns=[FILE, ROW, PART]).reset_index(drop=True)
    return pd.concat([reasons, rows], axis=1).map(lambda value: disarmed(value) if isinstance(value, str) else value)


def _summary(done: dict[str, Sorted], raw_digest: str, staging: Path) -> dict[str, Any]:
    tables = {
        name: {
            "received": len(table.kept) + len(table.aside),
            "kept": len(table.kept),
            "quarantined": len(table.aside),
            "corrected": table.corrected,
            "suppressed": table.suppressed,
        }
        for name, table in done.items()
    }
    # one cell that spoils several rows is told once
    faults = list(dict.fromkeys(str(fault) for table in done.values() for fault in table.faults))
    results = [*sorted(staging.glob(f"{VALIDATION}/*")), *sorted(staging.glob(f"{QUARANTINE}/*"))]
    return {
        "digest": raw_digest,
        "tables": tables,
        "faults": faults,
        "files": _hashes(staging, sorted(staging.glob("*.parquet"))),
        "results": _hashes(staging, results),
    }


def _hashes(room: Path, paths: list[Path]) -> dict[str, str]:
    return {path.relative_to(room).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def _move(staging: Path, room: Path) -> None:
    for old in [*room.glob("*.parquet"), room / QUARANTINE, room / VALIDATION]:
        shutil.rmtree(old) if old.is_dir() else old.unlink(missing_ok=True)
    for path in staging.iterdir():
        path.replace(room / path.name)
    staging.rmdir()
