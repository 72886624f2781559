from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest

from analysis import intake, lock
from analysis.errors import KrachtlijnError
from analysis.intake import run
from analysis.paths import Project

#: Holds a lock until it is killed.
HOLDER = """
import sys, time
from pathlib import Path
from analysis import intake, lock
from analysis.paths import Project
with lock.alone(Project(Path(sys.argv[1])), "report-2026Q3", "2026Q3", "reports/2026Q3"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def place(tmp_path):
    """A folder to lock in."""
    return Project(tmp_path)


@pytest.fixture
def holder(place):
    """Another process that holds the lock of 2026Q3."""
    command = [sys.executable, "-c", HOLDER, str(place.root)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "held\n"
        yield process
        process.kill()


def take(place, name="2026Q3"):
    """Hold the lock of a quarter."""
    return lock.alone(place, f"report-{name}", name, f"reports/{name}")


def test_a_second_run_is_refused_at_once(place, holder):
    """The message names the quarter, the process that is at it, since when, and what to do."""
    with pytest.raises(KrachtlijnError) as caught, take(place):
        pass
    assert "another run is at work on 2026Q3" in caught.value.what
    assert caught.value.where == "reports/2026Q3"
    assert f"process {holder.pid} has been at it since " in caught.value.why
    assert f"stop it (process {holder.pid})" in caught.value.do


def test_another_quarter_runs_freely(place, holder):
    """Only what two runs would both write is locked."""
    with take(place, "2026Q2"):
        pass


def test_the_lock_of_a_killed_run_is_free(place, holder):
    """Nobody has to remove anything by hand."""
    holder.kill()
    holder.wait()
    with take(place):
        pass


def test_a_lock_is_free_again_after_a_fault(place):
    """However the block ends; nobody is named any more."""
    with pytest.raises(ZeroDivisionError), take(place):
        raise ZeroDivisionError
    with take(place):
        assert f'"process": {os.getpid()}' in (place.state / "locks" / "report-2026Q3.json").read_text()
    assert [path.name for path in (place.state / "locks").iterdir()] == ["report-2026Q3.lock"]


def test_a_holder_that_is_not_known_is_not_named(place, holder):
    """In the moment between the lock and the note beside it; the refusal stands."""
    (place.state / "locks" / "report-2026Q3.json").unlink()
    with pytest.raises(KrachtlijnError, match="another run is at work") as caught, take(place):
        pass
    assert "process" not in str(caught.value)


def test_who_takes_a_turn_waits_and_says_so(place):
    """The second begins when the first has ended, and was told once that it waits."""
    order, begun, told = [], threading.Event(), threading.Event()

    def first():
        with lock.in_turn(place, "index"):
            begun.set()
            told.wait(10)
            order.append("first")

    thread = threading.Thread(target=first)
    thread.start()
    begun.wait(10)
    with lock.in_turn(place, "index", lambda: (order.append("waiting"), told.set())):
        order.append("second")
    thread.join()
    assert order == ["waiting", "first", "second"]


def test_two_intakes_at_once_do_one_intake(sandbox, monkeypatch):
    """The second waits, finds the data taken in, and spoils nothing."""
    done, begun, waits, results = [], threading.Event(), threading.Event(), []

    def slow(project, progress):
        done.append("in")
        begun.set()
        waits.wait(10)
        done.append("out")
        return intake.Outcome({}, (), fresh=True)

    known = intake.Outcome({}, (), fresh=False)
    monkeypatch.setattr(run, "work", slow)
    monkeypatch.setattr(intake, "unchanged", lambda _: known if done[-1:] == ["out"] else None)
    monkeypatch.setattr(intake, "unchanged_set", lambda *_: known)  # no delivery came
    threads = [threading.Thread(target=lambda: results.append(intake.ensure(sandbox)))]
    threads[0].start()
    begun.wait(10)
    said = []
    results.append(intake.ensure(sandbox, lambda *step: (said.append(step[2]), waits.set())))
    threads[0].join()
    assert done == ["in", "out"]
    assert said == ["waiting for another intake"]
    assert sorted(result.fresh for result in results) == [False, True]
