"""The intake of a set of quarterly deliveries: read, type, judge, keep or set aside, publish.

All deliveries of a set are judged together, so that a table is judged once however many quarters there are. A bad row
is set aside; everything else is kept, and no delivery can stop another one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd

from analysis import deliveries
from analysis.deliveries import Delivery, Which
from analysis.errors import KrachtlijnError
from analysis.intake.cast import cast
from analysis.intake.delivered import Collected, collect
from analysis.intake.run import Sorted, guarded, publish, sort
from analysis.intake.state import Outcome, Progress, digest_of_set, of_set
from analysis.params import known_plans
from analysis.paths import Project
from analysis.schema import Package, Table

if TYPE_CHECKING:
    from analysis.intake.expectations import Judge

#: A delivery is corrected by a later one, never here.
_NO_CORRECTIONS = pd.DataFrame(columns=["tabel"])


def work(project: Project, which: Which, progress: Progress) -> Outcome:
    """Validate the deliveries of a set and publish their tables.

    Args:
        project: the project folder, with its processed tables.
        which: the set.
        progress: is told how far it is.

    Raises:
        KrachtlijnError: a delivery is not as it was received, or is about a plan that nobody knows.
    """
    package = Package.load(project.raw / deliveries.DECLARATION)
    tables = deliveries.declared(project, package)
    before = digest_of_set(project, which)
    found = deliveries.found(project, which)
    _refuse_unknown_plans(project, found)
    collected = collect(project, found, tables)
    done = _judged(project, tables, collected, package, progress)
    room = deliveries.room(project, which)
    room.mkdir(parents=True, exist_ok=True)
    return of_set(publish(room, done, before, {deliveries.REGISTER: _register(found, done)}))


def _judged(
    project: Project, tables: dict[str, Table], collected: Collected, package: Package, progress: Progress
) -> dict[str, Sorted]:
    """Judge table by table; where nothing was delivered there is nothing to judge."""
    judge: Judge | None = None
    kept = {name: pd.read_parquet(project.processed / f"{name}.parquet") for name in _referred(tables)}
    done: dict[str, Sorted] = {}
    for number, (name, table) in enumerate(tables.items()):
        raw = collected.raw(table)
        if raw.rows.empty:
            done[name] = Sorted(cast(raw.rows, table)[0], raw.rows, (), {"results": []}, corrected=0)
            continue
        if judge is None:
            from analysis.intake.expectations import Judge  # takes seconds

            judge = Judge()
        progress(number, len(tables), name)
        others = kept | {other: result.kept for other, result in done.items()}
        result = sort(table, raw, _NO_CORRECTIONS, others, judge, package.collected)
        done[name] = replace(guarded(name, result), faults=tuple(collected.at_cell(fault) for fault in result.faults))
    progress(len(tables), len(tables), "")
    return done


def _referred(tables: dict[str, Table]) -> set[str]:
    """Return the tables outside the deliveries to which these refer."""
    return {key.table for table in tables.values() for key in table.foreign_keys} - tables.keys()


def _refuse_unknown_plans(project: Project, found: list[Delivery]) -> None:
    plans = known_plans(project)
    for delivery in found:
        if delivery.plan not in plans:
            raise KrachtlijnError(
                f"a delivery is about the plan '{delivery.plan}', which is not known",
                where=project.show(delivery.folder),
                do=f"hand it in for one of: {', '.join(plans)}; or add the plan to data/raw/plannen",
            )


def _register(found: list[Delivery], done: dict[str, Sorted]) -> pd.DataFrame:
    """Return one row per delivery: what it is, and how many rows of it were kept and set aside."""
    kept = pd.concat([result.kept["levering"] for result in done.values()]).value_counts()
    aside = pd.concat([result.aside["levering"] for result in done.values()]).value_counts()
    rows = [
        (
            one.plan,
            one.id,
            str(one.quarter),
            pd.Timestamp(one.received),
            int(kept.get(one.id, 0)),
            int(aside.get(one.id, 0)),
        )
        for one in found
    ]
    columns = ["plan_id", "levering", "kwartaal", "ontvangen", "behouden", "apart"]
    table = pd.DataFrame(rows, columns=columns).astype({"behouden": int, "apart": int})
    return table.astype(dict.fromkeys(columns[:3], object) | {"ontvangen": "datetime64[us]"})
