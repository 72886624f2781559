"""The benchmark's own arithmetic and page; what it measures is run by hand, see benchmarks/README.md."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from analysis.intake import ensure
from analysis.paths import Project
from analysis.schema import Package
from benchmarks import build, clock, copies, page, record, summary, ways

ROOT = Path(__file__).resolve().parents[2]
RESULTS: dict[str, dict[str, Any]] = {
    "quarter": {"ways": {ways.PLAIN: [80.0, 90.0], ways.OURS: [4.0, 5.0], ways.LIMIT: [2.0, 2.0]}},
    "unchanged": {"ways": {"nothing changed": [0.2], "one notebook changed": [2.0], "one table changed": [5.0]}},
    "all": {"quarters": 21, "plain": {"2021Q3": [60.0], "2026Q3": [100.0]}, "ours": [42.0]},
    "dask": {"quarters": 21, "cold": {"1": [50.0], "2": [40.0]}, "warm": {"1": [48.0], "2": [30.0]}},
    "growth": {
        "rows": [
            {"times": 1, "rows": 4500, "intake": [4.0], "report": [4.0]},
            {"times": 10, "rows": 30000, "intake": [6.0], "report": [8.0]},
            {"times": 100, "rows": 260000, "failed": "failed: its command ended with code 1"},
        ],
        "plans": [{"plans": 1, "report": [4.0]}, {"plans": 10, "report": [30.0]}],
    },
    "memory": {"one quarter": [9e8], "many quarters": [1.6e9], "quarters": 21},
    "size": {"nl": {"bytes": 700_000, "drawings": {"count": 25, "bytes": 400_000, "heaviest": 30_000}}},
}


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A folder with the page's prose, and one entry per part."""
    (tmp_path / "build.md").write_text(f"before\n\n{page.BEGIN}\n{page.END}\n\nafter\n", encoding="utf-8")
    for part, results in RESULTS.items():
        record.append(tmp_path / "build.json", part, results, on=record.machine(), repeats=2, quick=part == "size")
    return tmp_path


def test_every_part_has_its_lines() -> None:
    """What is measured is shown."""
    assert set(summary.LINES) == set(build.PARTS) == set(RESULTS)


def test_the_page_is_made_of_what_was_measured(docs: Path) -> None:
    """Prose stays; tables hold medians, ratios, goals and verdicts; the chart is drawn."""
    told = CliRunner().invoke(build.main, ["page", "--docs", str(docs)])
    assert told.exit_code == 0, told.output
    text = (docs / "build.md").read_text(encoding="utf-8")
    assert text.startswith("before\n")
    assert text.endswith("after\n")
    assert f"| **{ways.OURS}** | 4.5 | 19.0 | 2.2 |" in text
    for words in (
        "40.0 times faster than plain commands, reckoned from 2 of them (28 min)",
        "| at least 12 times faster, at most 2 times the limit | 4.5 s; 19.0 times faster",
        "2.2 times the limit | missed |",
        "| at least 25 times faster | 42 s; 40.0 times",
        "| no more time per row | 8.0 s instead of 4.0 s; 0.27 ms per row instead of 0.89 ms | met |",
        "| no more time per plan | 30 s; 3.0 s per plan | met |",
        "| less than 0.30 s | 0.20 s | met |",
        "| at least 1.7 times | 1.60 times faster (48 s and 30 s) | missed |",
        "| less than 1.5 GB | 1.60 GB | missed |",
        "| 100 times the figures (260000 rows in all, 4500 before) |  | failed: its command ended with code 1 |",
        "700 kB, of which 25 drawings 400 kB",
        "(a try)",
    ):
        assert words in text, words
    assert (docs / "build.svg").read_text(encoding="utf-8").startswith("<svg")
    again = CliRunner().invoke(build.main, ["page", "--docs", str(docs)])
    assert again.exit_code == 0
    assert (docs / "build.md").read_text(encoding="utf-8") == text


def test_entries_are_added_and_never_changed(docs: Path) -> None:
    """A new run leaves the old ones; no entry names the machine."""
    before = record.entries(docs / "build.json")
    record.append(docs / "build.json", "size", {}, on=record.machine(), repeats=1, quick=False)
    after = record.entries(docs / "build.json")
    assert after[:-1] == before
    assert record.latest(after)["size"]["results"] == {}
    node = os.uname().nodename if hasattr(os, "uname") else ""
    assert not node or node not in json.dumps([entry["machine"] for entry in after])


def test_the_page_in_docs_has_its_marks() -> None:
    """The command could not fill it otherwise."""
    assert page.filled((ROOT / "docs" / "build.md").read_text(encoding="utf-8"), "new")


def test_a_faulty_call_is_told() -> None:
    """Unknown parts and impossible counts are refused before anything runs; nothing measured is said."""
    for words in (["nonsense"], ["size", "--repeats", "0"]):
        assert CliRunner().invoke(build.main, words).exit_code == 2


def test_nothing_measured_makes_no_page(tmp_path: Path) -> None:
    """An empty table would look like a result."""
    told = CliRunner().invoke(build.main, ["page", "--docs", str(tmp_path)])
    assert told.exit_code == 1
    assert "nothing was measured yet" in told.output


def test_it_runs_as_a_module() -> None:
    """The command in the README starts."""
    told = subprocess.run(
        [sys.executable, "-m", "benchmarks.build", "--help"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert told.returncode == 0
    assert "quarter, unchanged, all, dask, growth, memory, size" in told.stdout


def test_a_process_is_timed_to_its_end(tmp_path: Path) -> None:
    """Children count in its memory; what it wrote is kept; a failure is told with its last words."""
    code = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'b = bytearray(80_000_000); import time;"
    ran = clock.run([sys.executable, "-c", code + " time.sleep(1)']); print('done')"], tmp_path, looking=True)
    assert ran.seconds >= 1
    assert ran.output == "done\n"
    assert not Path("/proc/self/smaps_rollup").exists() or ran.peak > 80_000_000
    with pytest.raises(click.ClickException, match="last words"):
        clock.run([sys.executable, "-c", "raise SystemExit('last words')"], tmp_path)


def test_ways_take_turns() -> None:
    """A slow minute of the machine meets all of them."""
    order: list[str] = []
    ran = {name: lambda name=name: order.append(name) or time.perf_counter() for name in "ab"}
    assert [len(times) for times in clock.in_turn(ran, 2, "it").values()] == [2, 2]
    assert order == ["a", "b", "a", "b"]


@pytest.fixture
def copy(sandbox: Project) -> Path:
    """A copy of the data to fill with fictitious rows and plans."""
    shutil.copytree(ROOT / "notebooks", sandbox.root / "notebooks")
    return sandbox.root


@pytest.mark.slow
def test_fictitious_rows_and_plans_pass_the_intake(copy: Path) -> None:
    """They are rows like any other: no row is set aside, and every table of figures grew."""
    before = copies.rows_of(copy)
    rows, codes = copies.multiply_rows(copy, 2), copies.add_plans(copy, 3)
    assert before * 1.4 < rows < before * 2
    assert len(set(codes)) == 3
    outcome = ensure(Project(copy))
    assert outcome.quarantined == 0, outcome.faults[:3]
    assert set(copies.FIGURES) <= set(Package.load(copy / "data" / "raw" / "datapackage.json").tables)


def test_changes_change_one_thing(copy: Path) -> None:
    """One cell of one table, one cell of one notebook; each turn another."""
    table, notebook = copy / "data" / "raw" / "omgeving" / "omgeving.csv", copy / "notebooks" / "20_swot.ipynb"
    seen = set()
    for turn in (1, 2):
        copies.change_table(copy, turn)
        copies.change_notebook(copy, turn)
        seen.add((table.read_bytes(), notebook.read_bytes()))
        with table.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert rows[0]["opmerking"] == f"proefwijziging {turn}"
    assert len(seen) == 2
