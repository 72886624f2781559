"""The quarterly deliveries: what a plan's owners hand in, kept as it came, and the tables that the intake makes of it.

A delivery stands in ``data/raw/leveringen/<plan>/<quarter>_<day of reception>/`` and never changes again; a correction
is a later delivery on the same quarter. ``data/raw/leveringen/datapackage.json`` declares its tables; each of them may
be missing. What a report uses is one *set*: what was received, or the fictitious examples that Krachtlijn makes.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, get_args

from analysis.errors import KrachtlijnError
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.schema import Field, Package, Table

Which = Literal["received", "examples"]
#: The sets of deliveries that a report can be made with.
RECEIVED: Which = "received"
EXAMPLES: Which = "examples"
SETS: tuple[Which, ...] = get_args(Which)

#: The folder of the deliveries in ``data/raw``, and of their tables in ``data/processed``.
FOLDER = "leveringen"
#: The declaration of their tables.
DECLARATION = "datapackage.json"
#: In the folder of each delivery: which files came, with their checksums.
RECEIPT = "ontvangst.json"
#: The table over all deliveries, beside the declared ones.
REGISTER = "leveringen"
#: The folder with one empty CSV per table.
TEMPLATES = "sjabloon"

#: What the reader adds to each row, before its own columns.
PLACE = ("plan_id", "levering", "kwartaal", "ontvangen", "blad")

_NAME = re.compile(r"(?P<quarter>\d{4}Q[1-4])_(?P<day>\d{4}-\d{2}-\d{2})(?:_(?P<number>[2-9]|[1-9]\d+))?", re.ASCII)


@dataclass(frozen=True, order=True)
class Delivery:
    """One delivery.

    Attributes:
        plan: that it is about.
        quarter: on which it reports.
        received: the day on which it came; from then on a report may use it.
        number: 1, or more when several came on one day.
        folder: with its files and its receipt.
    """

    plan: str
    quarter: Quarter
    received: dt.date
    number: int
    folder: Path

    @property
    def id(self) -> str:
        """What tables call it: unique among all deliveries."""
        return f"{self.plan}/{self.folder.name}"


def folder_name(quarter: Quarter, received: dt.date, number: int = 1) -> str:
    """Return what the folder of a delivery is called.

    >>> folder_name(Quarter(2026, 3), dt.date(2026, 10, 20)), folder_name(Quarter(2026, 3), dt.date(2026, 10, 20), 2)
    ('2026Q3_2026-10-20', '2026Q3_2026-10-20_2')
    """
    return f"{quarter}_{received}" + (f"_{number}" if number > 1 else "")


def source(project: Project, which: Which) -> Path:
    """Return the folder with one folder per plan; it need not be there."""
    return project.raw / FOLDER if which == RECEIVED else project.processed / FOLDER / which / "ontvangen"


def room(project: Project, which: Which) -> Path:
    """Return the folder of a set's validated tables."""
    return project.processed / FOLDER / which


def found(project: Project, which: Which) -> list[Delivery]:
    """Return all deliveries of a set, the oldest reception first.

    Raises:
        KrachtlijnError: a folder is not called after a quarter and a day.
    """
    home = source(project, which)
    plans = [path for path in sorted(home.iterdir()) if path.is_dir()] if home.is_dir() else []
    folders = [
        folder
        for plan in plans
        if plan.name != TEMPLATES and plan.name[0] != "."
        for folder in sorted(plan.iterdir())
        if folder.is_dir() and folder.name[0] != "."
    ]
    deliveries = [_delivery(project, folder) for folder in folders]
    return sorted(deliveries, key=lambda one: (one.received, one.number, one.plan, one.quarter))


def _delivery(project: Project, folder: Path) -> Delivery:
    match = _NAME.fullmatch(folder.name)
    try:
        if match:
            day = dt.date.fromisoformat(match["day"])
            return Delivery(folder.parent.name, Quarter.parse(match["quarter"]), day, int(match["number"] or 1), folder)
    except ValueError:
        pass
    raise KrachtlijnError(
        "the folder of a delivery is not called as it should be",
        where=project.show(folder),
        why="it is called after its quarter and the day on which it came, such as 2026Q3_2026-10-20",
        do="take it away and hand its files in with: krachtlijn receive",
    )


def names(project: Project) -> list[str]:
    """Return the names of the tables of a delivery, as they are declared."""
    content = json.loads((project.raw / FOLDER / DECLARATION).read_text(encoding="utf-8"))
    return [str(resource["name"]) for resource in content["resources"]]


def declared(project: Project, package: Package) -> dict[str, Table]:
    """Return the tables of a delivery, each after those that it refers to.

    Beside what a delivery holds, every row says which plan it is about, in which delivery and sheet it came, on which
    quarter that reports, and when it was received; a key is unique within its delivery.

    Args:
        project: the project folder.
        package: the declaration of all other tables, to which these may refer.
    """
    own = Package.load(project.raw / FOLDER / DECLARATION, beside=package)
    return {name: _placed(table) for name, table in own.tables.items()}


def _placed(table: Table) -> Table:
    added = tuple(Field(name, "date" if name == "ontvangen" else "string") for name in PLACE)
    key = ("levering", *table.primary_key)
    return replace(table, fields=(*added, *table.fields), primary_key=key, may_be_empty=True)
