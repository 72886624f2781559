"""A table is read once for all forks, and never after it has changed."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from analysis import tables
from analysis.catalog import Catalog
from analysis.paths import Project
from analysis.schema import Package

#: A process that keeps the tables of a project before it forks, as the warm parent does, and looks again in the fork.
FORKS = """
import os, sys
from analysis import tables
from analysis.views import before_fork
before_fork()
from analysis.catalog import Catalog
from analysis.paths import Project
assert len(os.listdir("/proc/self/task")) <= 1 + {allocator}, "a thread"
kept = {{path: rows for path, (_, rows) in tables._KEPT.rows.items()}}
if os.fork() == 0:
    from analysis.build.kernels import opened
    opened.record(sys.argv[1], ())
    catalog = Catalog(Project.find())
    rows = catalog.table("budget")
    path = catalog.project.processed / "budget.parquet"
    assert tables.read(path) is kept[path]
    assert {{"bekend_op", "bekend_regel"}} <= set(rows)
    os._exit(0)
raise SystemExit(os.waitstatus_to_exitcode(os.wait()[1]))
"""


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what this process kept, before and after."""
    monkeypatch.setattr(tables, "_KEPT", tables._Kept())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A small table."""
    found = tmp_path / "een.parquet"
    pd.DataFrame({"naam": ["a", None], "waarde": [1, 2]}).to_parquet(found)
    return found


def test_a_table_is_what_pandas_reads(project: Project) -> None:
    """Every table of the project: the same values and types, with texts as Python's own."""
    for path in sorted(project.processed.glob("*.parquet")):
        with tables.light_texts():
            expected = pd.read_parquet(path)
        found = tables.read(path)
        pd.testing.assert_frame_equal(found, expected)
        texts = [kind for kind in found.dtypes if isinstance(kind, pd.StringDtype)]
        assert {kind.storage for kind in texts} <= {"python"}, path.name


def test_only_what_is_read_in_the_block_is_kept(path: Path) -> None:
    """Whoever does not fork keeps nothing in memory."""
    assert tables.read(path) is not tables.read(path)
    with tables.kept():
        first = tables.read(path)
    assert tables.read(path) is first


@pytest.mark.parametrize("how", ["written again", "replaced by one as long and as old", "touched"])
def test_a_changed_file_is_read_anew(path: Path, how: str) -> None:
    """The report never shows what a file held before."""
    with tables.kept():
        first = tables.read(path)
    if how == "touched":
        os.utime(path, ns=(1, 1))
    else:
        before, other = path.stat(), path.with_suffix(".new")
        pd.DataFrame({"naam": ["b", None], "waarde": [1, 2]}).to_parquet(other)
        os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns) if "as old" in how else (2, 2))
        other.replace(path)
    again = tables.read(path)
    assert again is not first
    assert again["naam"].iloc[0] == ("a" if how == "touched" else "b")


def test_days_are_worked_out_once_per_table_and_register(project: Project) -> None:
    """Kept with what they came from: another register or another day of collection gives other days."""
    declared = Package.load(project.raw / "datapackage.json")
    with tables.kept():
        facts, register = (tables.read(project.processed / f"{name}.parquet") for name in ("budget", "indicatoren"))
        first = tables.dated(facts, declared.tables["budget"], register, declared.collected)
    assert tables.dated(facts, declared.tables["budget"], register, declared.collected) is first
    earlier = tables.dated(facts, declared.tables["budget"], register, dt.date(2022, 1, 1))
    later = register.assign(vertraging_dagen=register["vertraging_dagen"] + 100)
    slower = tables.dated(facts, declared.tables["budget"], later, declared.collected)
    for other in (earlier, slower):
        assert other is not first
        assert (other["bekend_op"] != first["bekend_op"]).any()


def test_a_table_that_is_kept_again_leaves_no_days_of_the_former(project: Project) -> None:
    """The identity of a frame that is gone may be that of another one."""
    declared = Package.load(project.raw / "datapackage.json")
    path = project.processed / "budget.parquet"
    register = tables.read(project.processed / "indicatoren.parquet")
    with tables.kept():
        tables.dated(tables.read(path), declared.tables["budget"], register, declared.collected)
        tables._KEPT.rows[path] = ((), tables._KEPT.rows[path][1])  # as if the file had changed
        tables.read(path)
    assert not tables._KEPT.dated


@pytest.mark.skipif(sys.platform != "linux", reason="only there are kernels forked")
def test_a_fork_takes_what_is_kept_and_tells_that_it_opened_it(project: Project, tmp_path: Path) -> None:
    """No thread runs before the fork; the cache hears of each table that a notebook uses, read before or not."""
    note = tmp_path / "note"
    tasks = [(Path(task) / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
    code = FORKS.format(allocator=int("jemalloc_bg_thd" in tasks) or 1)
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    subprocess.run([sys.executable, "-c", code, note], cwd=project.root, env=environment, check=True)
    noted = note.read_text(encoding="utf-8")
    for name in ("budget", "indicatoren"):
        assert str(project.processed / f"{name}.parquet") in noted


def test_a_catalog_shows_the_same_from_what_is_kept(project: Project) -> None:
    """As of every day."""
    as_of = dt.date(2023, 3, 31)
    names = Package.load(project.raw / "datapackage.json").tables
    fresh = {name: Catalog(project, as_of).table(name) for name in names}
    with tables.kept():
        every = Catalog(project)
        for name in names:
            every.table(name)
    again = Catalog(project, as_of)
    for name in names:
        pd.testing.assert_frame_equal(again.table(name), fresh[name])
