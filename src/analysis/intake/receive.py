"""Handing in: files become a delivery, with a receipt, and are never written again."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis import deliveries
from analysis.deliveries import Delivery
from analysis.errors import KrachtlijnError
from analysis.intake.sheets import TEXT, WORKBOOK
from analysis.params import known_plans
from analysis.paths import Project
from analysis.quarter import Quarter

_KINDS = (WORKBOOK, TEXT)


def receive(project: Project, files: Sequence[Path], plan: str, quarter: Quarter, received: dt.date) -> Delivery:
    """Keep some files as a delivery: all of them or none.

    Args:
        project: the project folder.
        files: Excel workbooks and CSV files; what else is among them is kept too, and not read.
        plan: the plan that they are about.
        quarter: that they report on.
        received: the day on which they came.

    Raises:
        KrachtlijnError: a file is not there, none can be read as a table, two have one name, the plan is not known, the
            day lies before the end of the quarter, or the same files came before.
    """
    _refuse(project, files, plan, quarter, received)
    content = {path.name: path.read_bytes() for path in files}
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in sorted(content.items())}
    home = deliveries.source(project, deliveries.RECEIVED) / plan
    earlier = [one for one in deliveries.found(project, deliveries.RECEIVED) if one.plan == plan]
    _refuse_twice(project, earlier, quarter, sums)
    same_day = [one.number for one in earlier if (one.quarter, one.received) == (quarter, received)]
    number = max(same_day, default=0) + 1
    folder = home / deliveries.folder_name(quarter, received, number)
    write(folder, content, sums)
    return Delivery(plan, quarter, received, number, folder)


def write(folder: Path, content: Mapping[str, bytes], sums: Mapping[str, str] | None = None) -> None:
    """Write a delivery with its receipt, whole or not at all.

    Args:
        folder: of the delivery; it may not be there yet.
        content: its files.
        sums: their checksums, where they are known.
    """
    known = sums or {name: hashlib.sha256(data).hexdigest() for name, data in sorted(content.items())}
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".next-") as room:
        staging = Path(room) / "delivery"
        staging.mkdir()
        for name, data in content.items():
            (staging / name).write_bytes(data)
        receipt = json.dumps({"files": dict(known)}, indent=1, ensure_ascii=False) + "\n"
        (staging / deliveries.RECEIPT).write_text(receipt, encoding="utf-8")
        staging.rename(folder)


def withdraw(project: Project, delivery: Delivery) -> Path:
    """Take back a delivery that was handed in by mistake; its files move to where runs keep their state.

    Returns:
        where they stand now.
    """
    kept = project.state / "teruggenomen" / delivery.plan / delivery.folder.name
    shutil.rmtree(kept, ignore_errors=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(delivery.folder, kept)
    return kept


def _refuse(project: Project, files: Sequence[Path], plan: str, quarter: Quarter, received: dt.date) -> None:
    for path in files:
        if not path.is_file():
            raise KrachtlijnError("there is no such file", where=str(path), do="check its name")
        if path.name == deliveries.RECEIPT or path.name[0] in ".~":
            raise KrachtlijnError(
                "a file of a delivery cannot be called so", where=str(path), do="give it another name"
            )
    names = [path.name for path in files]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise KrachtlijnError(f"two files are called '{twice[0]}'", do="give one of them another name")
    if not any(path.suffix.lower() in _KINDS for path in files):
        kinds = " or ".join(_KINDS)
        raise KrachtlijnError(
            "none of these files holds tables", why=f"tables stand in {kinds}", do="hand in such a file"
        )
    if plan not in known_plans(project):
        allowed = f"allowed: {', '.join(known_plans(project))}"
        raise KrachtlijnError(f"the plan '{plan}' is not known", where="--plan", do=allowed)
    if received < quarter.start:
        why = f"the quarter begins on {quarter.start}, and the files came on {received}"
        raise KrachtlijnError(
            f"nothing can be told of {quarter} yet", where="--quarter", why=why, do="give its quarter"
        )


def _refuse_twice(project: Project, earlier: Sequence[Delivery], quarter: Quarter, sums: Mapping[str, str]) -> None:
    for one in earlier:
        receipt = one.folder / deliveries.RECEIPT
        if one.quarter == quarter and json.loads(receipt.read_text(encoding="utf-8"))["files"] == sums:
            raise KrachtlijnError(
                "these files came before", where=project.show(one.folder), do="nothing: they are taken in already"
            )
