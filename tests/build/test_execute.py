"""Real kernels: slow, so few notebooks do much."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from analysis import build
from analysis.build.execute import Job, run_jobs
from tests.build.conftest import comes

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("kernels")]

FIGURE = """\
from analysis.figure import Column, Figure, Grid, Origin
spec = {"data": {"values": [{"n": 1}]}, "mark": "bar", "encoding": {"x": {"field": "n", "type": "quantitative"}}}
Figure("echt", "chart", f"Titel {language}", alt="Eén", grid=Grid((Column("s"),), (("a",),)), spec=spec)"""

SURROUNDINGS = """\
import os, sys
print(quarter, language, plan, as_of)
print("own interpreter", sys.executable == os.environ["EXPECTED_PYTHON"])
print("own root", os.path.samefile(os.environ["KRACHTLIJN_ROOT"], os.getcwd()))
print("user start-up", "SPY" in dir())
print("order", list({"a", "b", "c", "d", "e", "f"}), hash("x"))"""


@pytest.fixture
def hostile(tmp_path_factory, monkeypatch):
    """A machine with another kernel called python3, and a user with a start-up script."""
    other = tmp_path_factory.mktemp("other")
    (other / "kernels" / "python3").mkdir(parents=True)
    spec = '{"argv": ["/bin/false", "{connection_file}"], "display_name": "Other", "language": "python"}'
    (other / "kernels" / "python3" / "kernel.json").write_text(spec, encoding="utf-8")
    startup = other / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "spy.py").write_text("SPY = 1\n", encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(other))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    monkeypatch.setenv("IPYTHONDIR", str(other))
    monkeypatch.setenv("EXPECTED_PYTHON", sys.executable)


def test_a_report_is_built_from_running_notebooks_and_again_the_same(house, hostile):
    """Real kernels get the parameters and nothing of the user's own; a second build gives the same bytes."""
    house.add("10_echt", house.code(SURROUNDINGS), house.code(FIGURE))
    original = (house.project.notebooks / "10_echt.ipynb").read_bytes()
    first = build.build(house.project, house.run)
    pages = [path.read_text(encoding="utf-8") for path in first.files]
    assert "2026Q3 nl gob-2021-2026 2026-11-14\nown interpreter True\nown root True\nuser start-up False" in pages[0]
    assert "2026Q3 fr gob-2021-2026 2026-11-14" in pages[1]
    assert ">Titel fr</h3>" in pages[1]
    again = build.build(house.project, replace(house.run, languages=("fr",)))
    assert [path.read_text(encoding="utf-8") for path in again.files] == pages[1:]
    assert (house.project.notebooks / "10_echt.ipynb").read_bytes() == original
    assert not (house.project.reports / ".work").exists()


FAULTS = {
    "error": "x = 1\n\ny = x / 0",
    "syntax": "x = 1\ny = = 2",
    "own": "from analysis.errors import KrachtlijnError\nraise KrachtlijnError('leeg', where='tabel', do='vul aan')",
    "deep": "from analysis.quarter import Quarter\nQuarter.parse('x')",
    "death": "import os\nos._exit(9)",
    "slow": "import time\ntime.sleep(60)",
    "fine": "1",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """Each fault in a notebook of its own, run in one go: name -> outcome."""
    room = tmp_path_factory.mktemp("faults")
    jobs = [_job(room, name, code) for name, code in FAULTS.items()]
    return {outcome.job.notebook.stem: outcome for outcome in run_jobs(jobs)}


def _job(room: Path, name: str, code: str) -> Job:
    text = [
        nbformat.v4.new_markdown_cell(source, metadata={"tags": [language]})
        for language, source in (("nl", "# Deel"), ("fr", "# Partie"))
    ]
    parameters = nbformat.v4.new_code_cell("quarter = None", metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[*text, parameters, nbformat.v4.new_code_cell(code)])
    path = room / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return Job(
        path, ("fr",), {"quarter": "2026Q3"}, room / "out" / path.name, room, cell_timeout=4 if name == "slow" else 60
    )


@pytest.mark.parametrize(
    ("name", "line", "message"),
    [
        ("error", 3, "ZeroDivisionError: division by zero"),
        ("syntax", 2, "SyntaxError: invalid syntax"),
        ("own", 2, "leeg\n  where: tabel\n  do:    vul aan"),
        ("deep", 2, "'x' is not a quarter"),
        ("death", 0, "DeadKernelError"),
        ("slow", 0, "CellTimeoutError"),
    ],
)
def test_a_fault_is_told_by_cell_line_and_its_own_words(outcomes, name, line, message):
    """Whatever stops a notebook, its cell is named as a person counts them, under its heading."""
    failure = outcomes[name].failure
    assert (failure.cell, failure.section, failure.line) == (4, "Partie", line)
    assert message in failure.message
    assert failure.code == (FAULTS[name].splitlines()[line - 1] if line else "")


def test_an_error_inside_the_package_says_where_it_arose(outcomes):
    """The cell only calls; the fault is deeper."""
    assert outcomes["deep"].failure.depth.startswith("raised in analysis/quarter.py, line ")


def test_a_failed_run_leaves_a_notebook_to_look_at(outcomes):
    """Also when the kernel died."""
    assert all(outcome.job.output.is_file() for outcome in outcomes.values())


def test_a_notebook_beside_failing_ones_ends_well(outcomes):
    """One notebook's fault is not another's."""
    assert outcomes["fine"].failure is None


WAIT = "import os, time\nopen(os.environ['MARK'], 'w').write(str(os.getpid()))\ntime.sleep(120)"

SCRIPT = """\
import datetime as dt, sys
from pathlib import Path
from analysis import build
from analysis.params import Run
from analysis.paths import Project
from analysis.quarter import Quarter

if __name__ == "__main__":
    run = Run(Quarter(2026, 3), dt.date(2026, 11, 14), False, "gob-2021-2026", ("nl",), 45)
    try:
        build.build(Project(Path(sys.argv[1])), run)
    except KeyboardInterrupt:
        sys.exit(130)
"""


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT for one process")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_stopped_build_leaves_the_report_and_no_kernel(house, tmp_path, number):
    """Ctrl-C, or a killed build: what was published stays, and no kernel runs on."""
    house.add("10_traag", house.code("1"))
    before = house.build(languages=("nl",)).files[0].read_bytes()
    house.add("10_traag", house.code(WAIT))
    mark = tmp_path / "mark"
    script = tmp_path / "stop.py"
    script.write_text(SCRIPT, encoding="utf-8")
    environment = os.environ | {"MARK": str(mark)}
    process = subprocess.Popen([sys.executable, script, house.project.root], env=environment)
    assert comes(lambda: mark.is_file() and mark.read_text(), 60), "the notebook never started"
    process.send_signal(number)
    assert process.wait(timeout=30) == (130 if number == signal.SIGINT else -signal.SIGKILL)
    assert comes(lambda: not _alive(int(mark.read_text())), 20), "the kernel runs on"
    assert (house.project.reports / "2026Q3" / "rapport-nl.html").read_bytes() == before
    if number == signal.SIGINT:
        assert not (house.project.reports / ".work").exists()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    status = Path(f"/proc/{pid}/stat")
    return not (status.exists() and status.read_text().rsplit(")", 1)[1].split()[0] == "Z")
