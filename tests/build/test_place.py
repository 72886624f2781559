from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from analysis.build import place, swap

#: Stands in a work folder until it is killed.
WORKER = """
import sys, time
from pathlib import Path
from analysis.build import place
with place.work_folder(Path(sys.argv[1])) as work:
    (work / "half").write_text("x")
    print(work.name, flush=True)
    time.sleep(60)
"""


@pytest.fixture
def reports(tmp_path):
    """A folder for reports, with one that is published."""
    folder = tmp_path / "reports"
    (folder / "2026Q3" / "bijlage").mkdir(parents=True)
    for name in ("nl", "fr", "bijlage/van een mens"):
        (folder / "2026Q3" / name).write_text("old", encoding="utf-8")
    return folder


@pytest.fixture(params=[True, False], ids=["in one step", "in steps"])
def way(request, monkeypatch):
    """Both ways to exchange two folders: in one step of the system, and where it has none."""
    if not request.param:
        monkeypatch.setattr(swap, "at_once", lambda *_: False)


@pytest.fixture
def worker(reports):
    """Another process that stands in a work folder."""
    command = [sys.executable, "-c", WORKER, str(reports)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process, reports / ".work" / process.stdout.readline().strip()
        process.kill()


def put(reports, target, *, gone=(), inside=lambda: None, **files):
    """Publish files with these contents."""
    with place.work_folder(reports) as work:
        fresh = work / "fresh"
        fresh.mkdir()
        for name, text in files.items():
            (fresh / name).write_text(text, encoding="utf-8")
        with place.in_place(fresh, target, list(files), gone):
            inside()


def content_of(folder):
    """All files with their contents."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in files}


def test_the_new_files_come_and_the_others_stay(reports, way):
    """What a person put there stays, what may not stay goes, and nothing else is left."""
    put(reports, reports / "2026Q3", gone=["fr", "pdf"], nl="new", json="new")
    assert content_of(reports) == {
        "2026Q3/nl": "new",
        "2026Q3/json": "new",
        "2026Q3/bijlage/van een mens": "old",
    }
    assert [path.name for path in reports.iterdir()] == ["2026Q3"]


def test_the_folder_is_another_one_as_a_whole(reports, way):
    """No file is written in the folder that people read from; the rights on it stay."""
    folder = reports / "2026Q3"
    folder.chmod(0o750)
    before = folder.stat()
    put(reports, folder, nl="new")
    assert folder.stat().st_ino != before.st_ino
    assert folder.stat().st_mode == before.st_mode


def test_a_first_report_needs_no_folder(reports, way):
    """Nor the folder of its plan."""
    put(reports, reports / "actiris" / "2026Q3", nl="new")
    assert content_of(reports / "actiris") == {"2026Q3/nl": "new"}


@pytest.mark.parametrize("name", ["2026Q3", "2026Q4"])
def test_a_fault_after_the_exchange_puts_the_old_one_back(reports, way, name):
    """Also when there was none."""
    before = content_of(reports)

    def broken():
        assert content_of(reports / name)["nl"] == "new"
        raise OSError("full")

    with pytest.raises(OSError, match="full"):
        put(reports, reports / name, inside=broken, nl="new")
    assert content_of(reports) == before
    assert [path.name for path in reports.iterdir()] == ["2026Q3"]


@pytest.mark.skipif(not hasattr(os, "symlink") or os.name == "nt", reason="needs links between folders")
def test_a_folder_that_is_a_link_stays_one(reports, way, tmp_path):
    """Reports may stand on a share."""
    (reports / "2026Q3").rename(tmp_path / "share")
    (reports / "2026Q3").symlink_to(tmp_path / "share")
    put(reports, reports / "2026Q3", nl="new")
    assert (reports / "2026Q3").is_symlink()
    assert content_of(tmp_path / "share")["nl"] == "new"


def test_this_system_exchanges_in_one_step(reports, tmp_path):
    """On Linux and macOS no moment exists in which the folder is not there."""
    if sys.platform not in ("linux", "darwin"):
        pytest.skip("this system has no such step")
    (tmp_path / "new").mkdir()
    assert swap.at_once(tmp_path / "new", reports / "2026Q3")
    assert content_of(tmp_path / "new")["nl"] == "old"


def test_a_fault_of_the_exchange_names_the_place(reports, tmp_path):
    """It is told as the fault that it is, not taken for a system that cannot exchange."""
    if sys.platform not in ("linux", "darwin"):
        pytest.skip("this system has no such step")
    with pytest.raises(FileNotFoundError, match="2026Q3"):
        swap.at_once(tmp_path / "nowhere", reports / "2026Q3")


@pytest.mark.parametrize(("kept", "expected"), [(["new", "aside"], "new"), (["aside"], "old"), ([], None)])
def test_an_exchange_that_stopped_half_way_is_finished(reports, tmp_path, kept, expected):
    """The new report if it is whole, which the journal says; else the old one."""
    work = reports / ".work" / "dead"
    work.mkdir(parents=True)
    (work / "journal.json").write_text('{"target": "../../2026Q3", "new": "new"}', encoding="utf-8")
    (reports / "2026Q3").rename(tmp_path / "away")
    for name in kept:
        (work / name).mkdir()
        (work / name / "nl").write_text("old" if name == "aside" else name, encoding="utf-8")
    place.tidy(reports)
    assert not (reports / ".work").exists()
    assert content_of(reports) == ({"2026Q3/nl": expected} if expected else {})


@pytest.mark.parametrize("journal", ["", "[]", '{"target": "../../2026Q3"}'])
def test_a_journal_that_was_not_finished_moves_nothing(reports, journal):
    """It is written before anything moves."""
    work = reports / ".work" / "dead"
    (work / "new").mkdir(parents=True)
    (work / "journal.json").write_text(journal, encoding="utf-8")
    before = content_of(reports / "2026Q3")
    place.tidy(reports)
    assert content_of(reports) == {f"2026Q3/{name}": text for name, text in before.items()}


def test_what_a_killed_run_left_goes_and_a_live_run_keeps_its_folder(reports, worker):
    """Its lock tells which is which."""
    process, work = worker
    place.tidy(reports)
    assert (work / "half").is_file()
    process.kill()
    process.wait()
    assert (work / "half").is_file()
    with place.work_folder(reports) as own:
        assert {path.name for path in (reports / ".work").iterdir()} == {own.name, f"{own.name}.lock"}
    assert not (reports / ".work").exists()


def test_two_runs_at_once_have_a_folder_each(reports):
    """The first to end leaves the other's alone."""
    with place.work_folder(reports) as one:
        with place.work_folder(reports) as other:
            assert one != other
        assert one.is_dir()
    assert not (reports / ".work").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_wish_to_stop_waits_for_the_end(number):
    """Then it goes to whom it was meant for."""
    heard = []
    before = signal.signal(number, lambda *_: heard.append("stop"))
    try:
        with place.undisturbed():
            signal.raise_signal(number)
            heard.append("done")
    finally:
        signal.signal(number, before)
    assert heard == ["done", "stop"]
