"""Where a warm kernel cannot be had, a plain one does the same work, and papermill's log says so."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

import nbformat
import papermill
import pytest

from analysis.build.execute import Job, end_kernels, run_jobs
from analysis.build.kernels import engine, warm
from analysis.build.kernels.child import Request
from tests.build.conftest import comes
from tests.build.kernels.ways import book

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("kernels"),
    pytest.mark.skipif(bool(warm.why_not()), reason="has no warm kernels"),
]

ASKS = "import os, sys; print(os.environ.get('SPY'), os.getppid() == {parent}, sys.orig_argv[2]); 6 * 7"


@pytest.fixture(autouse=True)
def _fresh():
    """Each test has a parent of its own, and leaves none."""
    warm.let_go()
    yield
    end_kernels()


@pytest.fixture
def run(tmp_path, caplog):
    """Run one cell through the engine; return what it prints and shows, and papermill's log."""

    def go(cell, kernel="python3", **options):
        notebook = book(cell)
        notebook.metadata.kernelspec.name = kernel
        nbformat.write(notebook, tmp_path / "in.ipynb")
        done = papermill.execute_notebook(
            str(tmp_path / "in.ipynb"),
            str(tmp_path / "out.ipynb"),
            engine_name=engine.NAME,
            progress_bar=False,
            **options,
        )
        outputs = done.cells[0].outputs
        told = [record.getMessage() for record in caplog.records if "plain kernel" in record.getMessage()]
        return outputs[0].text.split(), outputs[1].data["text/plain"], told

    return go


def test_a_kernel_is_forked_from_the_warm_parent(run):
    """The usual way: nothing is said."""
    parent = warm.shared()._process.pid
    assert run(ASKS.format(parent=parent)) == (["None", "True", "ipykernel_launcher"], "42", [])


def test_plain_kernels_can_be_asked_for(run, monkeypatch):
    """The variable forbids the warm parent; the kernel does the same."""
    monkeypatch.setenv(warm.VARIABLE, "plain")
    printed, shown, told = run(ASKS.format(parent=os.getpid()))
    assert (printed[1], shown) == ("True", "42")
    assert told == ["A plain kernel runs this notebook: KRACHTLIJN_KERNELS=plain"]
    assert warm._shared is None


def test_a_system_without_fork_has_plain_kernels(run, monkeypatch):
    """Such as Windows."""
    monkeypatch.setattr(warm.os, "fork", None)
    monkeypatch.delattr(warm.os, "fork")
    printed, shown, told = run(ASKS.format(parent=os.getpid()))
    assert (printed[1], shown, told) == ("True", "42", ["A plain kernel runs this notebook: this system cannot fork"])


def test_a_long_path_of_the_temporary_folder_is_no_fault(run, monkeypatch, tmp_path):
    """A socket's path may have about a hundred characters."""
    long = tmp_path / ("t" * 100)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    _, shown, told = run(ASKS.format(parent=0))
    assert shown == "42"
    assert "too long" in told[0]


def test_a_notebook_that_asks_for_another_kernel_gets_it(run, monkeypatch, tmp_path):
    """Its own kernel, started as papermill does."""
    folder = tmp_path / "jupyter" / "kernels" / "other"
    folder.mkdir(parents=True)
    argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Other", "language": "python", "env": {"SPY": "other"}}
    (folder / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    printed, shown, told = run(ASKS.format(parent=os.getpid()), kernel="other")
    assert (printed[:2], shown) == (["other", "True"], "42")
    assert told == ["A plain kernel runs this notebook: it asks for the kernel 'other'"]


def test_a_parent_that_refuses_is_done_without(run, monkeypatch, tmp_path):
    """A library that starts a thread while it is imported would hang a fork."""
    text = "import threading, time; threading.Thread(target=time.sleep, args=(600,), daemon=True).start()"
    (tmp_path / "threads_at_import.py").write_text(text, encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    warm.shared(["threads_at_import"])
    printed, shown, told = run(ASKS.format(parent=os.getpid()))
    assert (printed[1], shown) == ("True", "42")
    assert told == ["A plain kernel runs this notebook: 1 threads of libraries run in the warm parent"]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_parent_that_dies_is_done_without(run, number):
    """Whoever comes after it gets a plain kernel."""
    parent = warm.shared()
    assert run(ASKS.format(parent=parent._process.pid))[2] == []
    os.kill(parent._process.pid, number)
    parent._process.wait()
    printed, shown, told = run(ASKS.format(parent=os.getpid()))
    assert (printed[1], shown) == ("True", "42")
    assert told == [f"A plain kernel runs this notebook: the warm parent ended with code {-number}"]


def test_a_parent_that_cannot_be_started_is_done_without(run, monkeypatch):
    """Its modules cannot even be imported."""
    monkeypatch.setattr(warm, "__package__", "no.such.package")
    _, shown, told = run(ASKS.format(parent=0))
    assert shown == "42"
    assert told == ["A plain kernel runs this notebook: the warm parent ended with code 1"]


def test_the_death_of_the_parent_ends_its_kernels(tmp_path):
    """A kernel without a parent would run on unseen; the notebook fails, and the next one runs."""
    path = tmp_path / "long.ipynb"
    nbformat.write(book(f"open({str(tmp_path / 'mark')!r}, 'w').close()\nimport time; time.sleep(600)"), path)
    short = tmp_path / "short.ipynb"
    nbformat.write(book("1"), short)
    running = run_jobs([Job(one, ("nl",), {}, tmp_path / "out" / one.name, tmp_path, 300) for one in (path, short)])
    first = next(running)
    assert (first.job.notebook, first.failure) == (short, None)
    assert comes((tmp_path / "mark").exists)
    os.kill(warm.shared()._process.pid, signal.SIGKILL)
    second = next(running)
    assert "DeadKernelError" in second.failure.message
    assert not list(running)


def test_a_stopped_run_waits_for_no_notebook(tmp_path):
    """Also one whose kernel is just being forked is ended."""
    jobs = []
    for number in range(4):
        path = tmp_path / f"{number}.ipynb"
        nbformat.write(book("1" if number == 0 else "import time; time.sleep(600)"), path)
        jobs.append(Job(path, ("nl",), {}, tmp_path / "out" / path.name, tmp_path, 900))
    running = run_jobs(jobs)
    assert next(running).failure is None
    start = time.monotonic()
    running.close()
    assert time.monotonic() - start < 300
    assert warm._shared is None


def test_the_end_of_a_kernel_is_told_to_all_who_ask():
    """One thread waits for the end, another looks; both hear how it was."""
    from concurrent.futures import ThreadPoolExecutor

    for _ in range(10):
        request = Request(("-f", "/no/such/folder/connection.json"), "/", dict(os.environ))
        kernel = warm.shared().kernel(request)
        with ThreadPoolExecutor(3) as pool:
            waiting = [pool.submit(kernel.wait, 60) for _ in range(3)]
            kernel.kill()
            assert {one.result() for one in waiting} == {kernel.poll()}


COMMAND = [sys.executable, "-m", "papermill", "--engine", engine.NAME, "--no-progress-bar"]


def test_the_command_of_papermill_finds_the_engine_and_leaves_nothing(tmp_path):
    """No process, no folder, and what was registered for the end of the kernel has run."""
    done = tmp_path / "done"
    cells = f"import atexit, pathlib, os; atexit.register(pathlib.Path({str(done)!r}).touch); os.getppid()"
    nbformat.write(book(cells), tmp_path / "in.ipynb")
    mark = uuid.uuid4().hex
    with tempfile.TemporaryDirectory(prefix="t-") as temporary:
        environment = os.environ | {"TMPDIR": temporary, "SPY": mark}
        command = [*COMMAND, str(tmp_path / "in.ipynb"), str(tmp_path / "out.ipynb")]
        ended = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        assert ended.returncode == 0, ended.stderr
        assert "plain kernel" not in ended.stderr
        assert comes(lambda: not living(mark))
        assert os.listdir(temporary) == []  # noqa: PTH208 - all of it, hidden too
    assert done.exists()
    assert nbformat.read(tmp_path / "out.ipynb", 4).cells[0].execution_count == 1


def living(mark: str) -> list[int]:
    """Return the processes whose environment holds a mark."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if mark.encode() in (folder / "environ").read_bytes():
                found.append(int(folder.name))
        except OSError:
            continue
    return found


LOOKS_UP = """
import sys
from pathlib import Path
from analysis.build.execute import Job, run_jobs
from traitlets.traitlets import ClassBasedTraitType
import papermill

def found(self, name):
    raise SystemError(f"{name} is looked up while threads run")

ClassBasedTraitType._resolve_string = found
notebook, out = Path(sys.argv[1]), Path(sys.argv[2])
jobs = [Job(notebook, ("nl",), {}, out / f"{number}.ipynb", notebook.parent, 60) for number in range(2)]
for outcome in run_jobs(jobs):
    assert outcome.failure is None, outcome.failure
"""


@pytest.mark.parametrize("kernels", ["warm", "plain"])
def test_threads_look_no_class_up_together(tmp_path, kernels):
    """What a class names by a string is looked up at its first object; two threads that do so at once can fail."""
    path = tmp_path / "one.ipynb"
    nbformat.write(book("quarter = 1", tags={0: ["parameters"]}), path)
    environment = os.environ | {"KRACHTLIJN_KERNELS": "plain" if kernels == "plain" else ""}
    ended = subprocess.run(
        [sys.executable, "-c", LOOKS_UP, path, tmp_path / "out"], env=environment, capture_output=True, check=False
    )
    assert ended.returncode == 0, ended.stderr


@pytest.mark.parametrize("first", ["analysis.build.kernels.engine", "papermill", "analysis.build.kernels.provisioner"])
def test_whoever_is_imported_first_finds_the_engine(first):
    """It imports its engines while it is imported itself."""
    look = "from papermill.engines import papermill_engines; from analysis.build.kernels.engine import WarmEngine"
    program = f"import {first}; {look}; assert papermill_engines.get_engine('krachtlijn') is WarmEngine"
    subprocess.run([sys.executable, "-c", program], check=True)
