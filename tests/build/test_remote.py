"""A real scheduler and real workers on this machine: slow, so one cluster serves all tests."""

from __future__ import annotations

import sys
from dataclasses import replace

import nbformat
import pytest

from analysis.build import remote
from analysis.build.execute import Job
from analysis.errors import KrachtlijnError
from analysis.processed import SUMMARY

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kernels")]

#: Kills the worker: the kernel's parent is the warm parent, and its parent is the worker.
KILL = """\
import os, signal
parent = int(open(f"/proc/{os.getppid()}/stat").read().rsplit(")", 1)[1].split()[1])
os.kill(parent, signal.SIGKILL)"""


@pytest.fixture(scope="module")
def there(project, tmp_path_factory):
    """A project with a few notebooks, in which the workers stand too."""
    root = tmp_path_factory.mktemp("there")
    (root / "notebooks").mkdir()
    (root / "params").mkdir()
    for name in ("data/raw/datapackage.json", f"data/processed/{SUMMARY}"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes((project.root / name).read_bytes())
    (root / "data" / "extra.csv").write_text("a\n1\n", encoding="utf-8")
    sources = {"fine": "print(open('data/extra.csv').read())", "error": "1 / 0", "deadly": KILL}
    for name, source in sources.items():
        parameters = nbformat.v4.new_code_cell("quarter = None", metadata={"tags": ["parameters"]})
        notebook = nbformat.v4.new_notebook(cells=[parameters, nbformat.v4.new_code_cell(source)])
        nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
    return type(project)(root)


@pytest.fixture(scope="module")
def address(there):
    """The address of a scheduler with two workers that give up a job when a worker dies with it once."""
    if sys.platform != "linux":
        pytest.skip("the tests of dying workers read /proc")
    import dask
    from distributed import LocalCluster

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address=None,
            env={"KRACHTLIJN_ROOT": str(there.root)},
        ) as local,
    ):
        yield local.scheduler_address


def job(there, room, name):
    """The run of a notebook."""
    path = there.notebooks / f"{name}.ipynb"
    return Job(path, ("nl",), {"quarter": "2026Q3"}, room / path.name, there.root)


def outcomes(there, address, jobs):
    """Run jobs on the cluster; return the outcomes by notebook."""
    with remote.cluster(there, address) as executor:
        return {outcome.job.notebook.stem: outcome for outcome in executor(jobs)}


def test_notebooks_run_there_and_come_back(there, address, tmp_path):
    """The executed notebook stands where the client looks, and what it opened is told as the client's own paths."""
    found = outcomes(there, address, [job(there, tmp_path, "fine"), job(there, tmp_path, "error")])
    assert found["fine"].failure is None
    cell = nbformat.read(tmp_path / "fine.ipynb", as_version=4).cells[-1]
    assert cell.outputs[0].text == "a\n1\n\n"
    assert found["fine"].opened.files == {str(there.root / "data" / "extra.csv")}
    assert found["error"].failure.message == "ZeroDivisionError: division by zero"
    assert (tmp_path / "error.ipynb").is_file()


def test_a_notebook_that_kills_its_workers_fails_and_the_others_do_not(there, address, tmp_path):
    """It is tried again elsewhere, and then told; the cluster goes on."""
    found = outcomes(there, address, [job(there, tmp_path, "deadly"), job(there, tmp_path, "fine")])
    assert "died" in found["deadly"].failure.message
    assert found["fine"].failure is None


def test_workers_with_other_code_or_data_get_no_work(there, address, monkeypatch):
    """What differs is named; a report of numbers from two versions is never made."""
    mark = remote.mark_of(there)
    monkeypatch.setattr(remote, "mark_of", lambda _: mark | {"code": "another", "data": "other"})
    with (
        pytest.raises(KrachtlijnError, match="the cluster cannot do this work") as caught,
        remote.cluster(there, address),
    ):
        pass
    assert "it has another code, data" in caught.value.why


def test_a_worker_that_differs_later_refuses(there, tmp_path, monkeypatch):
    """One that joined after the client looked compares for itself."""
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(there.root))
    parcel = remote.Parcel(job(there, tmp_path, "fine"), "notebooks/fine.ipynb", remote.mark_of(there), ())
    assert remote.run_there(replace(parcel, mark=parcel.mark | {"lock": "another"})).refused == ("lock",)


def test_no_scheduler_is_told(there):
    """The message says how to start one."""
    with (
        pytest.raises(KrachtlijnError, match="no Dask scheduler") as caught,
        remote.cluster(there, "tcp://127.0.0.1:9"),
    ):
        pass
    assert "dask scheduler" in caught.value.do


def test_without_dask_the_message_says_what_to_install(there, monkeypatch):
    """It is an extra: most reports are made on one machine."""
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(KrachtlijnError, match="Dask is not installed"), remote.cluster(there, "tcp://127.0.0.1:9"):
        pass
