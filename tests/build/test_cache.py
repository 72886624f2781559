"""What is remembered of notebooks is used exactly as long as nothing that it depends on has changed."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import multiprocessing
import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from analysis import build, cli
from analysis.build import cache as caches
from analysis.build import inputs, shelf
from analysis.build.cache import Cache
from analysis.build.execute import Job, Outcome
from analysis.build.kernels.opened import Opened
from tests.build.conftest import RUN, House

NAMES = ("10_omgeving", "20_swot")


@dataclass
class Kitchen:
    """A house whose notebooks open files, and an executor that notes which of them it ran."""

    house: House
    touched: dict[str, Opened]
    ran: list[str] = field(default_factory=list)

    def __call__(self, jobs: Sequence[Job]):
        """Take the place of the kernels."""
        for job in jobs:
            self.ran.append(job.notebook.stem)
            shutil.copy(job.notebook, job.output)
            yield Outcome(job, opened=self.touched[job.notebook.stem])

    def build(self, **options):
        """Build with the cache; return which notebooks ran."""
        self.ran.clear()
        how = {"executor": self, "use_cache": True} | {
            key: options.pop(key) for key in ("use_cache",) if key in options
        }
        build.build(self.house.project, replace(RUN, **options), **how)
        return self.ran.copy()

    def why(self) -> dict[str, tuple[str, ...]]:
        """Return the reasons that the cache noted, by notebook."""
        return {one.notebook: one.reasons for one in caches.decisions(self.house.project)}

    @property
    def root(self) -> Path:
        """The project folder."""
        return self.house.project.root


@pytest.fixture
def kitchen(house):
    """Two chapters: one opens a table, a file of parameters and a folder, the other a table and a file not there."""
    for name in NAMES:
        house.add(name, house.code("1"))
    root = house.project.root
    (root / "data" / "raw" / "plannen").mkdir()
    for name in ("a", "b"):
        (root / "data" / "processed" / f"{name}.parquet").write_text(name, encoding="utf-8")
    first = Opened(
        frozenset({str(root / "data/processed/a.parquet"), str(root / "params/2026Q3.yaml")}),
        frozenset({str(root / "data/raw/plannen")}),
    )
    second = Opened(frozenset({str(root / "data/processed/b.parquet"), str(root / "extra.csv")}))
    made = Kitchen(house, dict(zip(NAMES, (first, second), strict=True)))
    assert made.build() == list(NAMES)
    assert made.why() == dict.fromkeys(NAMES, ("it has not run before",))
    return made


def write(path: Path, text: str) -> None:
    """Write a file as an editor does."""
    path.write_text(text, encoding="utf-8")


def test_nothing_changed_and_nothing_runs(kitchen):
    """The same report, from what is remembered."""
    pages = kitchen.house.project.reports / "2026Q3"
    before = (pages / "rapport-nl.html").read_bytes()
    assert kitchen.build() == []
    assert kitchen.why() == dict.fromkeys(NAMES, ())
    assert (pages / "rapport-nl.html").read_bytes() == before


CHANGES = {
    "data/processed/a.parquet": (["10_omgeving"], "data/processed/a.parquet changed"),
    "data/processed/b.parquet": (["20_swot"], "data/processed/b.parquet changed"),
    "params/2026Q3.yaml": (["10_omgeving"], "params/2026Q3.yaml changed"),
    "data/raw/plannen/new.csv": (["10_omgeving"], "the files in data/raw/plannen changed"),
    "extra.csv": (["20_swot"], "extra.csv changed"),
    "requirements.lock": (list(NAMES), "the lock changed"),
    "data/processed/other.parquet": ([], ""),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_file_reruns_what_opened_it_and_says_so(kitchen, name):
    """And nothing else; back to what it was, nothing has to run."""
    expected, reason = CHANGES[name]
    path = kitchen.root / name
    before = path.read_bytes() if path.exists() else None
    write(path, f"{before} changed")
    assert kitchen.build() == expected
    assert kitchen.why() == {one: (reason,) if one in expected else () for one in NAMES}
    assert kitchen.build() == []
    if before is None:
        path.unlink()
    else:
        path.write_bytes(before)
    assert kitchen.build() == []


def test_a_changed_notebook_reruns_alone(kitchen):
    """The others stay; back to what it was, it is remembered."""
    path = kitchen.house.project.notebooks / "20_swot.ipynb"
    before = path.read_bytes()
    kitchen.house.add("20_swot", kitchen.house.code("2"))
    assert kitchen.build() == ["20_swot"]
    assert kitchen.why()["20_swot"] == ("the notebook changed",)
    path.write_bytes(before)
    assert kitchen.build() == []


def test_a_changed_parameter_reruns_all(kitchen):
    """Another as-of date is another report of the same quarter."""
    assert sorted(kitchen.build(as_of=dt.date(2026, 11, 1))) == sorted(NAMES)
    assert kitchen.why() == dict.fromkeys(NAMES, ("the parameter as_of changed",))
    assert kitchen.build() == []


def test_another_plan_or_quarter_has_results_of_its_own(kitchen):
    """They do not push each other out."""
    assert kitchen.build(plan="actiris-mandaat") == list(NAMES)
    assert kitchen.build() == []
    assert kitchen.build(plan="actiris-mandaat") == []


@pytest.mark.parametrize("what", ["the package's code", "Python"])
def test_other_code_or_python_reruns_all(kitchen, monkeypatch, what):
    """A checksum over the whole package; the version and the machine."""
    if what == "Python":
        monkeypatch.setattr(inputs.platform, "python_version", lambda: "3.99.0")
    else:
        monkeypatch.setattr(inputs, "code_sum", lambda: "0" * 64)
    assert kitchen.build() == list(NAMES)
    assert kitchen.why() == dict.fromkeys(NAMES, (f"{what} changed",))
    monkeypatch.undo()
    assert kitchen.build() == []


def test_many_changes_are_counted(kitchen):
    """The first few are named."""
    for name in CHANGES:
        write(kitchen.root / name, "quarter: 2026Q3\n")
    kitchen.house.add("10_omgeving")
    assert sorted(kitchen.build(as_of=dt.date(2026, 11, 1))) == sorted(NAMES)
    reasons = kitchen.why()["10_omgeving"]
    assert reasons[:3] == ("the lock changed", "the notebook changed", "the parameter as_of changed")
    assert reasons[-1] == "1 more changed"


def test_without_the_cache_all_run_and_nothing_is_kept(kitchen):
    """As with the option --no-cache."""
    entries = sorted(shelf.files(kitchen.house.project.state / "cache"))
    assert kitchen.build(use_cache=False) == list(NAMES)
    assert sorted(shelf.files(kitchen.house.project.state / "cache")) == entries


def test_only_the_last_few_results_of_a_notebook_are_kept(kitchen):
    """The cache does not grow without end."""
    for number in range(6):
        write(kitchen.root / "extra.csv", str(number))
        assert kitchen.build() == ["20_swot"]
    slot = kitchen.house.project.state / "cache" / "notebooks" / RUN.plan / "2026Q3" / "20_swot"
    assert len(list(slot.rglob("*.json.gz"))) == caches.KEPT
    write(kitchen.root / "extra.csv", "3")
    assert kitchen.build() == []
    write(kitchen.root / "extra.csv", "0")
    assert kitchen.build() == ["20_swot"]


DAMAGES = {
    "empty": lambda _: b"",
    "half": lambda content: content[: len(content) // 2],
    "no gzip": lambda _: b"text",
    "no json": lambda _: gzip.compress(b"{"),
    "a list": lambda _: gzip.compress(b"[1]"),
    "a number": lambda _: gzip.compress(b"1"),
    "no text": lambda _: gzip.compress(b"\xff\xfe"),
    "flipped": lambda content: content[:40] + bytes([content[40] ^ 255]) + content[41:],
    "other kinds": lambda content: gzip.compress(
        json.dumps(json.loads(gzip.decompress(content)) | {"files": [1], "world": "x"}).encode()
    ),
    "no content": lambda content: gzip.compress(
        json.dumps(json.loads(gzip.decompress(content)) | {"executed": None}).encode()
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_result_is_made_again(kitchen, damage):
    """It is as if it had never been there."""
    for path in (kitchen.house.project.state / "cache" / "notebooks").rglob("*.json.gz"):
        path.write_bytes(DAMAGES[damage](path.read_bytes()))
    assert kitchen.build() == list(NAMES)
    assert kitchen.build() == []


def test_a_damaged_list_of_decisions_is_no_fault(kitchen):
    """It is only told, never used."""
    for content in ("", "[1]", '{"a": 1}', '[{"day": 1}]', "\x00"):
        write(kitchen.house.project.state / "cache" / "notebooks" / "besluiten.json", content)
        assert caches.decisions(kitchen.house.project) == []
        assert kitchen.build() == []


@pytest.mark.parametrize("place", ["data/processed/b.parquet", "notebooks/20_swot.ipynb"])
@pytest.mark.parametrize("moment", ["while it runs", "while others run"])
def test_what_changed_meanwhile_is_not_remembered(kitchen, place, moment):
    """Nobody knows which of the two contents the result is of; even if the old content comes back."""
    path = kitchen.root / place
    before = path.read_bytes()
    write(kitchen.root / "extra.csv", "so that it runs")
    write(kitchen.root / "data" / "processed" / "a.parquet", "so that it runs")

    def changing(jobs):
        for outcome in kitchen(jobs):
            if outcome.job.notebook.stem == ("20_swot" if moment == "while it runs" else "10_omgeving"):
                path.write_bytes(before.replace(b"Titel", b"Kop") + b"\n")
            yield outcome

    build.build(kitchen.house.project, RUN, executor=changing, use_cache=True)
    assert kitchen.build() == ["20_swot"]
    path.write_bytes(before)
    assert kitchen.build() == ["20_swot"]
    assert kitchen.build() == []


@pytest.mark.parametrize(
    "touched", [None, Opened(outside=frozenset({"another program"})), Opened(outside=frozenset({"it writes /x"}))]
)
def test_a_run_that_cannot_be_remembered_runs_each_time(kitchen, touched):
    """What it used could be different tomorrow, and nothing would tell."""
    kitchen.touched["20_swot"] = touched
    write(kitchen.root / "extra.csv", "so that it runs")
    assert [kitchen.build() for _ in range(3)] == [["20_swot"]] * 3


@pytest.mark.parametrize("word", ["pd.read_parquet('x')", "import duckdb", "import pyarrow.dataset"])
def test_a_notebook_that_reads_without_python_s_knowledge_runs_each_time(kitchen, word):
    """Libraries that open files themselves are known by their names."""
    kitchen.house.add("20_swot", kitchen.house.code(word))
    assert [kitchen.build() for _ in range(2)] == [["20_swot"]] * 2


def test_a_failed_run_is_not_remembered(kitchen):
    """It runs again."""
    from analysis.build.failure import Failure

    write(kitchen.root / "extra.csv", "so that it runs")

    def failing(jobs):
        for outcome in kitchen(jobs):
            yield replace(outcome, failure=Failure(message="no"))

    for _ in range(2):
        kitchen.ran.clear()
        with pytest.raises(build.NotebookFailed):
            build.build(kitchen.house.project, RUN, executor=failing, use_cache=True)
        assert kitchen.ran == ["20_swot"]


def test_a_project_in_another_folder_uses_the_same_results(kitchen, tmp_path_factory):
    """What is remembered names files inside the project, not on the machine."""
    other = tmp_path_factory.mktemp("other") / "house"
    shutil.copytree(kitchen.root, other)
    kitchen.house.project = type(kitchen.house.project)(other)
    assert kitchen.build() == []


def fill(root: Path, number: int) -> None:
    """Keep and look up results over and over."""
    from analysis.paths import Project

    project = Project(root)
    job = Job(root / "notebooks" / "10_omgeving.ipynb", ("nl", "fr"), {"quarter": "2026Q3"}, root / f"o{number}", root)
    shutil.copy(job.notebook, job.output)
    for turn in range(60):
        extra = root / f"file-{turn % 5}"
        Cache(project).keep(Outcome(job, opened=Opened(frozenset({str(extra)}))))
        verdict = Cache(project).look(job)
        Cache(project).note([verdict])
        assert json.loads(job.output.read_text(encoding="utf-8"))["cells"]


def test_two_runs_at_once_do_each_other_no_harm(kitchen):
    """Each file is whole at any moment; nobody stumbles over what another has just removed."""
    own = multiprocessing.get_context("spawn")
    runs = [own.Process(target=fill, args=(kitchen.root, number)) for number in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    assert [run.exitcode for run in runs] == [0, 0, 0]
    assert not list(kitchen.house.project.state.rglob(".unfinished-*"))
    assert kitchen.build() == []


def command(monkeypatch, root: Path, *words: str) -> int:
    """Run the command in the project's folder; return its exit code."""
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(root))
    monkeypatch.setattr("sys.argv", ["krachtlijn", "cache", *words])
    with pytest.raises(SystemExit) as end:
        cli.main()
    return int(end.value.code or 0)


def test_the_command_tells_how_much_there_is(kitchen, monkeypatch, capsys):
    """Results and bytes of notebooks and of drawings, as they are on the disk; the list of decisions is no result."""
    drawings = kitchen.house.project.state / "cache" / "drawings"
    drawings.mkdir()
    (drawings / "a.svg.gz").write_bytes(b"x")
    assert command(monkeypatch, kitchen.root, "size") == 0
    lines = capsys.readouterr().out.splitlines()
    found = {line.split()[0]: int(line.split()[1]) for line in lines}
    assert found == {"notebooks": 2, "drawings": 1}
    assert ".krachtlijn/cache/notebooks" in lines[0]


def test_the_command_tells_why(kitchen, monkeypatch, capsys):
    """Of each notebook of the last run, for all quarters or one."""
    write(kitchen.root / "extra.csv", "1")
    kitchen.build()
    assert command(monkeypatch, kitchen.root, "why") == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("  ", 1)[1].split(None, 2) for line in lines] == [
        ["2026Q3", "10_omgeving", "used again"],
        ["2026Q3", "20_swot", "extra.csv changed"],
    ]
    assert command(monkeypatch, kitchen.root, "why", "2021Q1") == 0
    assert capsys.readouterr().out == "no run is remembered of 2021Q1\n"


def test_the_command_forgets(kitchen, monkeypatch, capsys):
    """What was not used for so many days; nought days forget all."""
    old = 1_600_000_000
    results = sorted((kitchen.house.project.state / "cache" / "notebooks").rglob("*.json.gz"))
    os.utime(results[0], (old, old))
    assert command(monkeypatch, kitchen.root, "prune") == 0
    assert capsys.readouterr().out.startswith("1 results forgotten")
    assert [path.exists() for path in results] == [False, True]
    assert kitchen.build() == ["10_omgeving"]
    assert command(monkeypatch, kitchen.root, "prune", "--days", "0") == 0
    assert not list(shelf.files(kitchen.house.project.state / "cache"))
    assert kitchen.build() == list(NAMES)


def test_a_result_that_is_used_is_not_forgotten(kitchen, monkeypatch):
    """Its day is that of its last use."""
    old = 1_600_000_000
    for path in (kitchen.house.project.state / "cache" / "notebooks").rglob("*.json.gz"):
        os.utime(path, (old, old))
    kitchen.build()
    command(monkeypatch, kitchen.root, "prune")
    assert kitchen.build() == []
