"""Run the cells of a notebook in this process, and note which tables and models they enter."""

from __future__ import annotations

import ast
import contextlib
import cProfile
import io
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.build.chapters import PARAMETERS, Chapter, tags_of
from analysis.catalog import Catalog
from analysis.deliveries import FOLDER
from analysis.errors import KrachtlijnError
from analysis.figure import Figure
from analysis.paths import Project

_MODELS = Path(__file__).resolve().parents[2] / "models"


@dataclass(frozen=True)
class Shown:
    """A figure that a cell showed; ``number`` counts the cells as a person sees them."""

    chapter: Chapter
    number: int
    source: str
    figure: Figure


@dataclass
class Record:
    """What cells entered while they ran.

    Attributes:
        catalogs: the catalog by table, day and plan (empty for the whole table), in the order of opening.
        rows: how many rows each of them gave.
        models: the functions of the models by module; None when another profiler was at work.
    """

    catalogs: dict[tuple[str, str, str], Catalog] = field(default_factory=dict)
    rows: dict[tuple[str, str, str], int] = field(default_factory=dict)
    models: dict[str, list[str]] | None = None

    def note(self, catalog: Catalog, name: str, plan: str, rows: pd.DataFrame) -> None:
        """Note that a table was opened."""
        key = (name, str(catalog.as_of or ""), plan)
        self.catalogs[key], self.rows[key] = catalog, len(rows)


def shown(
    project: Project, chapter: Chapter, parameters: Mapping[str, Any], only: int | None = None
) -> Iterator[Shown]:
    """Run a notebook's code cells in order, and yield each figure that one shows.

    Args:
        project: the project that the notebook opens.
        chapter: the notebook.
        parameters: take the place of those in its own cell.
        only: leave out the cells that do nothing but show something else than this one.

    Raises:
        KrachtlijnError: a cell ended in an error.
    """
    space: dict[str, Any] = {"__name__": "__main__"}
    for number, cell in enumerate(chapter.notebook.cells, start=1):
        if cell.cell_type != "code" or (only not in (None, number) and _only_shows(cell.source)):
            continue
        with _standing_in(project):
            result = _result(cell.source, space, f"{project.show(chapter.path)}, cell {number}")
        if PARAMETERS in tags_of(cell):
            space |= parameters
        if isinstance(result, Figure):
            yield Shown(chapter, number, cell.source, result)


def _only_shows(source: str) -> bool:
    """Say whether a cell binds no name that a later cell could need.

    >>> _only_shows("view.chart(report)"), _only_shows("rows = view.rows(report)")
    (True, False)
    """
    try:
        return all(isinstance(part, ast.Expr) for part in ast.parse(source).body)
    except SyntaxError:
        return False  # it is run, and its error told


def _result(source: str, space: dict[str, Any], where: str) -> object:
    """Run a cell as Jupyter does; return the value of its last line when that is an expression."""
    try:
        tree = ast.parse(source)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(tree, where, "exec"), space)  # noqa: S102 - the project's own notebooks
            if not isinstance(last, ast.Expr):
                return None
            found: object = eval(compile(ast.Expression(last.value), where, "eval"), space)  # noqa: S307 - as above
            return found
    except KrachtlijnError:
        raise
    except Exception as fault:
        raise KrachtlijnError(
            "a cell of a notebook ended in an error",
            where=where,
            why=f"{type(fault).__name__}: {fault}",
            do="run `krachtlijn report` to see the notebook as it ran",
        ) from fault


@contextmanager
def _standing_in(project: Project) -> Iterator[None]:
    """Let a notebook find this project, whatever folder the command was given in."""
    before = os.environ.get("KRACHTLIJN_ROOT")
    os.environ["KRACHTLIJN_ROOT"] = str(project.root)
    try:
        yield
    finally:
        os.environ.pop("KRACHTLIJN_ROOT")
        if before is not None:
            os.environ["KRACHTLIJN_ROOT"] = before


@contextmanager
def recording() -> Iterator[Record]:
    """Note which tables are opened, as known on which day, and which models are entered, until the block ends.

    What the catalog opens for itself (the register of sources behind each footer, the usual lags) is left out.
    """
    record, table, plan, delivered = Record(), Catalog.table, Catalog.plan, Catalog.delivered

    def opened(catalog: Catalog, name: str) -> pd.DataFrame:
        rows = table(catalog, name)
        if not _is_catalog(sys._getframe(1).f_globals):
            record.note(catalog, name, "", rows)
        return rows

    def planned(catalog: Catalog, name: str, plan_id: str) -> pd.DataFrame:
        rows = plan(catalog, name, plan_id)
        if not _is_catalog(sys._getframe(1).f_globals):
            record.note(catalog, name, plan_id, rows)
        return rows

    def received(catalog: Catalog, name: str, plan_id: str) -> pd.DataFrame:
        rows = delivered(catalog, name, plan_id)
        record.note(catalog, f"{FOLDER}/{name}", plan_id, rows)
        return rows

    Catalog.table, Catalog.plan = opened, planned  # type: ignore[method-assign, assignment]
    Catalog.delivered = received  # type: ignore[method-assign, assignment]
    profile = cProfile.Profile()
    try:
        with contextlib.suppress(ValueError):  # another profiler is at work
            profile.enable()
            record.models = {}
        yield record
    finally:
        profile.disable()
        Catalog.table, Catalog.plan, Catalog.delivered = table, plan, delivered  # type: ignore[method-assign]
    if record.models is not None:
        record.models |= _entered(profile)


def _is_catalog(names: Mapping[str, Any]) -> bool:
    return names.get("__name__") == Catalog.__module__


def _entered(profile: cProfile.Profile) -> dict[str, list[str]]:
    """Return the public functions of the models that ran, by module."""
    found: dict[str, set[str]] = {}
    for entry in profile.getstats():
        code = entry.code
        if not isinstance(code, str) and Path(code.co_filename).is_relative_to(_MODELS) and code.co_name[0] not in "_<":
            found.setdefault(Path(code.co_filename).stem, set()).add(code.co_name)
    return {name: sorted(found[name]) for name in sorted(found)}
