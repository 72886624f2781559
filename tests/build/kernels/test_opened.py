"""What a notebook opens is noted by its kernel: nothing that could change its result is missed."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from analysis.build.execute import Job, run_jobs
from analysis.build.kernels import opened, warm
from analysis.build.kernels.opened import Opened
from tests.build.kernels.ways import book


@dataclass(frozen=True)
class Place:
    """A folder in which a program runs, with a temporary folder of its own elsewhere."""

    folder: Path
    temporary: Path

    def run(self, code: str, ignored: tuple[str, ...] = ()) -> Opened:
        """Run a program that notes what it opens; return that, by names inside the folder."""
        note = self.temporary.parent / "note"
        note.unlink(missing_ok=True)
        ignored = (*opened.ignored_folders(self.temporary.parent / "own"), *ignored)
        start = f"from analysis.build.kernels import opened\nopened.record({str(note)!r}, {ignored!r})\n"
        command = [sys.executable, "-c", start + code]
        environment = {"TMPDIR": str(self.temporary), "PATH": "/usr/bin:/bin"}
        subprocess.run(command, cwd=self.folder, env=environment, check=True, capture_output=True)
        found = opened.read(note)
        assert found is not None
        return Opened(*(frozenset(self._inside(one)) for one in (found.files, found.folders, found.outside)))

    def _inside(self, names: frozenset[str]) -> list[str]:
        return [name.replace(f"{self.folder}/", "") for name in names]


@pytest.fixture
def place(tmp_path):
    """A folder with a file in it."""
    for name in ("here", "temporary", "own"):
        (tmp_path / name).mkdir()
    (tmp_path / "here" / "table.csv").write_text("a\n1\n", encoding="utf-8")
    return Place(tmp_path / "here", tmp_path / "temporary")


READING = {
    "open": "open('table.csv').read()",
    "pathlib": "import pathlib; pathlib.Path('table.csv').read_text()",
    "os": "import os; os.read(os.open('table.csv', os.O_RDONLY), 9)",
    "bytes": "open(b'table.csv').read()",
    "pandas": "import pandas; pandas.read_csv('table.csv')",
    "fork": "import os\npid = os.fork()\nif not pid:\n    open('table.csv').read(); os._exit(0)\nos.waitpid(pid, 0)",
    "thread": "import threading; one = threading.Thread(target=open, args=('table.csv',)); one.start(); one.join()",
    "pool": "import multiprocessing as mp, linecache\n"
    "with mp.get_context('fork').Pool(1) as pool: pool.map(linecache.getlines, ['table.csv'])",
    "elsewhere": "import os; os.chdir('/'); open(%r).close()",
}


@pytest.mark.parametrize("way", READING)
def test_every_way_of_reading_is_noted(place, way):
    """However Python opens a file, also in a fork or a thread."""
    code = READING[way].replace("%r", repr(str(place.folder / "table.csv")))
    assert place.run(code).files == {"table.csv"}


def test_a_file_that_is_looked_for_in_vain_is_noted(place):
    """Once it is there, the result may be another one."""
    found = place.run("try:\n    open('not-there.csv')\nexcept OSError: pass")
    assert (found.files, found.outside) == ({"not-there.csv"}, set())


def test_a_folder_that_is_listed_is_noted(place):
    """A new file in it may change the result."""
    (place.folder / "raw").mkdir()
    ways = ("os.listdir('raw')", "list(os.scandir('raw'))", "list(pathlib.Path('raw').iterdir())")
    for way in (*ways, "glob.glob('raw/*.csv')", "list(pathlib.Path('raw').glob('*'))", "list(os.walk('raw'))"):
        assert place.run(f"import os, pathlib, glob; {way}").folders == {"raw"}, way


CHANGES = {
    "open('new.csv', 'w').close()": "new.csv",
    "open('table.csv', 'a').close()": "table.csv",
    "open('table.csv', 'r+').close()": "table.csv",
    "import os; os.open('new', os.O_CREAT | os.O_WRONLY)": "new",
    "import os; os.mkdir('folder')": "folder",
    "import os; os.remove('table.csv')": "table.csv",
    "import os; os.rename('table.csv', 'other.csv')": "other.csv",
    "import os; os.symlink('table.csv', 'link')": "link",
    "import pathlib; pathlib.Path('table.csv').unlink()": "table.csv",
    "import shutil; shutil.copyfile('table.csv', 'copy.csv')": "copy.csv",
}


@pytest.mark.parametrize("code", CHANGES)
def test_what_a_notebook_changes_is_noted(place, code):
    """A result that is taken from the cache would leave it undone."""
    assert place.run(code).outside == {f"it writes {CHANGES[code]}"}


OUTSIDE = {
    "import subprocess; subprocess.run(['true'])": "another program",
    "import os; os.system('true')": "another program",
    "import os; os.waitpid(os.posix_spawn('/bin/true', ['true'], {}), 0)": "another program",
    "import os; os.spawnlp(os.P_WAIT, 'true', 'true')": "another program",
    "import os; os.popen('true').read()": "another program",
    "import multiprocessing as mp; one = mp.get_context('spawn').Process(target=print); one.start(); one.join()": (
        "another program"
    ),
    "import socket\ntry:\n    socket.create_connection(('127.0.0.1', 9), 1)\nexcept OSError: pass": "the network",
    "import socket\ntry:\n    socket.getaddrinfo('localhost', 80)\nexcept OSError: pass": "the network",
    "import sqlite3; sqlite3.connect('file.db')": "a database",
}


@pytest.mark.parametrize("code", OUTSIDE, ids=lambda code: code[:40])
def test_what_goes_beyond_files_is_noted(place, code):
    """Programs, the network, databases: nobody knows what they would answer tomorrow."""
    assert place.run(code).outside == {OUTSIDE[code]}


HARMLESS = (
    "import tempfile; open(tempfile.mkstemp()[1], 'w').close()",
    "import tempfile, os; name = tempfile.mkdtemp(); open(name + '/x', 'w').close(); open(name + '/x').read()",
    "import tempfile\nwith tempfile.TemporaryDirectory() as name: open(name + '/x', 'w').close()",
    "import sqlite3; sqlite3.connect(':memory:')",
    "import platform; platform.uname(); platform.processor(); platform.platform()",
    "open('/dev/null', 'w').close(); open('/proc/self/stat').close(); open('/etc/hostname').close()",
    "import json, decimal, zoneinfo; zoneinfo.ZoneInfo('Europe/Brussels')",
    "import os; os.read(os.pipe()[0], 0); os.fdopen(os.dup(1))",
)


@pytest.mark.parametrize("code", HARMLESS, ids=lambda code: code[:40])
def test_what_changes_no_result_is_not_noted(place, code):
    """The system's own files, Python's, and what a notebook keeps in the temporary folder."""
    assert place.run(code) == Opened()


def test_a_module_beside_the_notebook_is_noted_by_its_source(place):
    """Also when Python finds its bytecode and does not open the source; bytecode that it writes is no matter."""
    (place.folder / "helper.py").write_text("x = 1\n", encoding="utf-8")
    code = "import sys; sys.dont_write_bytecode = False; sys.path.insert(0, ''); import helper"
    for _ in range(2):
        found = place.run(code)
        assert "helper.py" in found.files
        assert not [name for name in found.files if "__pycache__" in name]
        assert found.outside == set()
    assert (place.folder / "__pycache__").is_dir()


def test_lines_that_cannot_be_read_are_no_fault(place):
    """A kernel that was killed may leave half a line; then nothing is known of what it opened."""
    note = place.folder / "note"
    assert opened.read(note) is None
    note.write_text('["file", "/a"]\n["fi', encoding="utf-8")
    assert opened.read(note) is None


@pytest.mark.slow
@pytest.mark.xdist_group("kernels")
@pytest.mark.parametrize("kernels", ["", "plain"])
def test_kernels_note_what_a_notebook_opens(project, tmp_path, monkeypatch, kernels):
    """Warm ones and plain ones the same: a table through the catalog, the files of parameters, a fork's files."""
    monkeypatch.setenv(warm.VARIABLE, kernels)
    data = tmp_path / "data.txt"
    data.write_text("x", encoding="utf-8")
    cells = [
        "from analysis.catalog import Catalog\nfrom analysis.paths import Project\nimport os",
        "len(Catalog(Project.find()).table('plannen'))",
        f"pid = os.fork()\nif not pid:\n    open({str(data)!r}).read()\n    os._exit(0)\nos.waitpid(pid, 0)[1]",
        "os.listdir('params')",
        "import pandas as pd; pd.DataFrame({'a': [1]})",
    ]
    jobs = []
    for name, chosen in (
        ("full", cells),
        ("empty", cells[-1:]),
        ("outside", ["import subprocess; subprocess.run(['true'])"]),
    ):
        path = tmp_path / f"{name}.ipynb"
        nbformat.write(book(*chosen), path)
        jobs.append(Job(path, ("nl",), {}, tmp_path / "out" / path.name, project.root, 300))
    ended = {outcome.job.notebook.stem: outcome for outcome in run_jobs(jobs)}
    assert not [outcome.failure for outcome in ended.values() if outcome.failure]
    full = ended["full"].opened
    names = {project.show(Path(name)) for name in full.files}
    assert {"data/processed/plannen.parquet", "data/raw/datapackage.json", str(data)} <= names
    assert names <= {"data/processed/plannen.parquet", "data/raw/datapackage.json", str(data)}
    assert {project.show(Path(name)) for name in full.folders} == {"params"}
    assert full.outside == set()
    assert ended["empty"].opened == Opened()
    assert ended["outside"].opened.outside == {"another program"}
    assert not list((tmp_path / "out").glob("*.opened"))
