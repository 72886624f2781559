"""Handing in a delivery on the command line: what a person sees, and the exit code."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from openpyxl import Workbook

from analysis import deliveries
from analysis.deliveries import RECEIVED
from analysis.paths import Project
from tests.conftest import assert_clear, run

ROWS = [["actie_code", "voortgang_pct"], ["1.1.1", 45], ["1.1.2", 130]]


@pytest.fixture
def place(sandbox: Project, project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project with all other tables taken in, and we stand in it."""
    shutil.copytree(project.processed, sandbox.processed, dirs_exist_ok=True)
    monkeypatch.chdir(sandbox.root)
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(sandbox.root))
    return sandbox


def book(path: Path, rows: list[list[object]]) -> Path:
    """Write a workbook with a sheet of progress."""
    made = Workbook()
    made.worksheets[0].title = "voortgang"
    for row in rows:
        made.worksheets[0].append(row)
    made.save(path)
    return path


def test_a_delivery_is_kept_and_its_faults_are_told(
    place: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 1 and the cell by its name, as long as something was set aside; the rest is in."""
    path = book(tmp_path / "athena.xlsx", ROWS)
    assert run(monkeypatch, "receive", str(path), "--quarter", "2026Q3", "--on", "2026-10-20") == 1
    said = capsys.readouterr()
    assert "data/raw/leveringen/gob-2021-2026/2026Q3_2026-10-20: 1 file kept" in said.out
    assert "sheet 'voortgang', cell B3, column 'voortgang_pct'" in said.err
    assert "data/processed/leveringen/received/quarantaine" in said.err
    assert len(deliveries.found(place, RECEIVED)) == 1


def test_a_report_is_not_made_with_rows_set_aside_unless_it_is_asked_for(
    place: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The board does not read a report from which rows are missing without anybody having decided so."""
    path = book(tmp_path / "athena.xlsx", ROWS)
    run(monkeypatch, "receive", str(path), "--quarter", "2026Q3", "--on", "2026-10-20")
    capsys.readouterr()
    assert run(monkeypatch, "report", "2026Q3") == 1
    assert "1 rows are in quarantine, so the report was not made" in capsys.readouterr().err
    assert not (place.reports / "2026Q3").exists()


def test_the_last_delivery_can_be_taken_back(
    place: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its files stand where the message says; a second time there is nothing to take back."""
    path = book(tmp_path / "athena.xlsx", ROWS[:2])
    assert run(monkeypatch, "receive", str(path), "--quarter", "2026Q3", "--on", "2026-10-20") == 0
    assert run(monkeypatch, "receive", "--undo", "--quarter", "2026Q3") == 0
    kept = place.root / capsys.readouterr().out.strip().rsplit(" ", 1)[-1]
    assert (kept / "athena.xlsx").is_file()
    assert not deliveries.found(place, RECEIVED)
    assert run(monkeypatch, "receive", "--undo", "--quarter", "2026Q3") == 1
    assert_clear(capsys.readouterr().err, ["there is no delivery of gob-2021-2026 on 2026Q3"])


def test_a_template_is_written_once(
    place: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that is there is never overwritten."""
    path = tmp_path / "sjabloon.xlsx"
    assert run(monkeypatch, "receive", "--template", str(path)) == 0
    before = path.read_bytes()
    assert run(monkeypatch, "receive", "--template", str(path)) == 1
    assert path.read_bytes() == before
    assert_clear(capsys.readouterr().err, ["there is a file already"])


TOMORROW = str(dt.datetime.now(dt.UTC).astimezone().date() + dt.timedelta(days=2))


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        ([], ["give the files of a delivery"]),
        (["nowhere.xlsx"], ["there is no such file", "nowhere.xlsx"]),
        (["params/defaults.yaml"], ["none of these files holds tables", ".xlsx or .csv"]),
        (["a.xlsx", "--quarter", "2026"], ["'2026' is not a quarter"]),
        (["a.xlsx", "--on", "gisteren"], ["'gisteren' is not a day", "2026-10-20"]),
        (["a.xlsx", "--on", TOMORROW], ["lies in the future"]),
        (["a.xlsx", "--plan", "mars"], ["the plan 'mars' is not known"]),
        (["--template", "a.csv"], ["a template is an Excel workbook"]),
        (["--template", "nowhere/a.xlsx"], ["there is no such folder"]),
        (["a.xlsx", "a.xlsx"], ["two files are called 'a.xlsx'"]),
    ],
)
def test_a_mistake_is_one_clear_message(
    place: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    signs: list[str],
) -> None:
    """What is wrong and what to do; nothing is kept."""
    book(place.root / "a.xlsx", ROWS)
    assert run(monkeypatch, "receive", *words) != 0
    assert_clear(capsys.readouterr().err, signs)
    assert not deliveries.found(place, RECEIVED)
