"""Copies of the project in a temporary folder, to publish in, to change, and to fill with fictitious rows and plans."""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat

from analysis.paths import Project
from benchmarks import clock

#: The tables with figures; one row of each is one figure.
FIGURES = {"omgeving": "indicator", "budget": "reeks", "personeel": "reeks"}
#: What is copied of the project; reports and remembered results are not.
_PARTS = ("data", "notebooks", "params", "requirements.lock")

Row = dict[str, str]


@contextmanager
def copied(project: Project) -> Iterator[Path]:
    """Copy a project, its data taken in; the copy is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="krachtlijn-benchmark-") as name:
        root = Path(name) / "project"
        root.mkdir()
        for part in _PARTS:
            source = project.root / part
            (shutil.copytree if source.is_dir() else shutil.copy2)(source, root / part)
        (root / "reports").mkdir()
        clock.run([clock.program("krachtlijn"), "intake"], root)
        yield root


def change_table(root: Path, turn: int) -> None:
    """Change one cell of one table: a remark of the table ``omgeving``."""
    path = root / "data" / "raw" / "omgeving" / "omgeving.csv"

    def change(rows: list[Row]) -> list[Row]:
        return [rows[0] | {"opmerking": f"proefwijziging {turn}"}, *rows[1:]]

    rewrite(path, change)


def change_notebook(root: Path, turn: int) -> None:
    """Change one code cell of one notebook: a comment more."""
    path = root / "notebooks" / "20_swot.ipynb"
    notebook = nbformat.read(path, as_version=4)
    last = [cell for cell in notebook.cells if cell.cell_type == "code"][-1]
    last.source = f"# {turn}\n{last.source}"
    nbformat.write(notebook, path)


def rewrite(path: Path, change: Callable[[list[Row]], list[Row]]) -> int:
    """Write a CSV file again, its rows changed; return how many rows it has now."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    changed = change(rows)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(changed)
    return len(changed)


def multiply_rows(root: Path, times: int) -> int:
    """Multiply the figures, in place: each copy is a fictitious series of its own, so that the intake accepts it.

    Returns:
        how many rows all tables have now.
    """
    for table, key in FIGURES.items():
        for path in sorted((root / "data" / "raw" / table).glob("*.csv")):
            rewrite(path, lambda rows, key=key: [*rows, *_fictitious(rows, key, times)])  # type: ignore[misc]

    def register(rows: list[Row]) -> list[Row]:
        own = [row for row in rows if row["tabel"] in FIGURES]
        return [*rows, *_fictitious(own, "reeks", times)]

    rewrite(root / "data" / "raw" / "indicatoren" / "indicatoren.csv", register)
    return rows_of(root)


def rows_of(root: Path) -> int:
    """Return how many rows all tables have."""
    count = 0
    for path in (root / "data" / "raw").rglob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            count += sum(1 for _ in csv.DictReader(stream))
    return count


def _fictitious(rows: list[Row], key: str, times: int) -> list[Row]:
    """Copy rows under other codes; remarks stay behind, and so does what ties several series together."""
    blank = {name: "" for name in ("opmerking", "definitiegroep") if rows and name in rows[0]}
    return [row | blank | {key: f"{row[key]}_fictief{number}"} for number in range(1, times) for row in rows]


def add_plans(root: Path, count: int) -> list[str]:
    """Add fictitious plans, in place: copies of the project's own plan under other codes.

    Returns:
        the codes of ``count`` plans, the own one first.
    """
    own = _own_plan(root)
    codes = [own, *(f"fictief-{number}" for number in range(1, count))]
    package: dict[str, Any] = json.loads((root / "data" / "raw" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        paths = resource["path"] if isinstance(resource["path"], list) else [resource["path"]]
        for path in paths:
            rewrite(root / "data" / "raw" / path, lambda rows: [*rows, *_plans(rows, own, codes[1:])])
    return codes


def _own_plan(root: Path) -> str:
    import yaml

    return str(yaml.safe_load((root / "params" / "defaults.yaml").read_text(encoding="utf-8"))["plan"])


def _plans(rows: list[Row], own: str, codes: list[str]) -> list[Row]:
    if not rows or "plan_id" not in rows[0]:
        return []
    copies = [row | {"plan_id": code} for code in codes for row in rows if row["plan_id"] == own]
    if "cijfer_id" in rows[0]:
        copies = [row | {"cijfer_id": f"{row['cijfer_id']}-{row['plan_id']}"} for row in copies]
    return copies
