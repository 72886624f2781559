"""`krachtlijn verify` and `krachtlijn explain`: what a person sees, and the exit code."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from analysis.build import manifest, verify
from analysis.build.differences import Difference
from analysis.build.verify import File, Input, Verdict
from analysis.paths import Project
from tests.conftest import assert_clear, run

ROOT = Path(__file__).resolve().parents[1]
#: The module: the package holds a command of the same name.
command = import_module("analysis.cli.verify")


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, sandbox: Project) -> Project:
    """Stand in a project's folder of its own."""
    monkeypatch.chdir(sandbox.root)
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(sandbox.root))
    return sandbox


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        (["verify"], ["there is no report to verify", "name a quarter or a folder, or give --all"]),
        (["verify", "--all"], ["there is no report to verify", "krachtlijn report"]),
        (["verify", "2026Q3"], ["there is no published report", "reports/2026Q3", "no such folder"]),
        (["verify", "2026Q3", "--plan", "actiris-mandaat"], ["reports/actiris-mandaat/2026Q3"]),
        (["verify", "params"], ["there is no published report", "no manifest.json stands there"]),
        (["verify", "--fast"], ["No such option"]),
        (["explain"], ["Missing argument 'FIGURE'"]),
        (["explain", "x", "--quarter", "2026Q7"], ["'2026Q7' is not a quarter"]),
        (["explain", "x", "--language", "de"], ["'nl', 'fr'"]),
        (["explain", "x", "--rows", "few"], ["a whole number from 1, or all"]),
        (["explain", "x", "--rows", "0"], ["a whole number from 1, or all"]),
        (["explain", "x", "--plan", "mars"], ["the plan 'mars' is not known"]),
    ],
)
def test_a_mistake_on_the_command_line_is_one_clear_message(
    at: Project,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    words: list[str],
    signs: list[str],
) -> None:
    """What is wrong and what is allowed, no traceback, exit code not 0."""
    assert run(monkeypatch, *words) != 0
    assert_clear(capsys.readouterr().err, signs)


def test_a_damaged_manifest_is_told_before_the_work_begins(
    at: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The file is named, and nothing is made."""
    folder = at.reports / "2026Q3"
    folder.mkdir(parents=True)
    (folder / manifest.NAME).write_text("{", encoding="utf-8")
    assert run(monkeypatch, "verify", "reports/2026Q3") == 1
    said = capsys.readouterr()
    assert "the manifest of a report is damaged" in said.err
    assert "reports/2026Q3/manifest.json" in said.err
    assert said.out == ""


def test_all_reports_are_those_that_are_current(at: Project) -> None:
    """Quarters and other plans; no earlier edition, no failed notebook, no work folder, no drift."""
    for place in ("2026Q3", "plan/2026Q2", "uitgaven/2026Q3/1", "mislukt/2026Q1", ".work/x", "mijn/kopie/2026Q3"):
        (at.reports / place).mkdir(parents=True)
        (at.reports / place / manifest.NAME).write_text("{}", encoding="utf-8")
    found = [path.relative_to(at.reports).as_posix() for path in command._all(at)]
    assert found == ["2026Q3", "mijn/kopie/2026Q3", "plan/2026Q2"]


def test_the_verdict_is_told_in_words() -> None:
    """Changed inputs first; then each file, and under it where it differs; the last line says which it is."""
    changed = [Input("data/raw/a.csv", "1" * 12, "2" * 12), Input("data/raw/b.csv", "3" * 12, "")]
    assert list(command.told_inputs("reports/2026Q3", changed)) == [
        "reports/2026Q3",
        "  inputs that changed since:",
        "    changed  data/raw/a.csv (111111111111 then, 222222222222 now)",
        "    missing  data/raw/b.csv",
    ]
    found = tuple(Difference(f"chapter {number}", "published «a», made again «b»") for number in range(22))
    files = (File("rapport-nl.html", "differs", False, found), File("rapport-fr.html", "identical"))
    said = list(command.told(Verdict("reports/2026Q3", (), files), changed))
    assert said[0] == "  differs         rapport-nl.html (this file was changed after it was published)"
    assert said[1] == "    chapter 0: published «a», made again «b»"
    assert said[21] == "    and 2 more"
    assert said[22] == "  identical       rapport-fr.html"
    assert said[23] == "  reports/2026Q3 is NOT what was published"


@pytest.mark.parametrize(("state", "code"), [("identical", 0), ("differs", 1)])
def test_the_exit_code_says_whether_every_file_is_identical(
    at: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], state: str, code: int
) -> None:
    """Of several reports one that differs is enough."""
    for quarter in ("2026Q2", "2026Q3"):
        (at.reports / quarter).mkdir(parents=True)

    def judge(_room: Project, folder: Path, where: str, *_: object) -> Verdict:
        return Verdict(where, (), (File("rapport-nl.html", state if folder.name == "2026Q2" else "identical"),))

    monkeypatch.setattr(verify, "verify", judge)
    monkeypatch.setattr(verify, "changes", lambda *_: [])
    monkeypatch.setattr(manifest, "read", lambda *_: {"editions": {}})
    monkeypatch.setattr(command, "take_in", lambda *_, **__: None)
    (at.root / "notebooks").mkdir()
    assert run(monkeypatch, "verify", "2026Q2", "2026Q3") == code
    assert "reports/2026Q3 is to the byte what was published" in capsys.readouterr().out


@pytest.mark.slow
def test_a_report_is_verified_in_another_folder_locale_and_time_zone(sandbox: Project, tmp_path: Path) -> None:
    """Made here and made again there, with real kernels: identical, and not one file is left behind."""
    (sandbox.root / "notebooks").mkdir()
    shutil.copy(ROOT / "notebooks" / "20_swot.ipynb", sandbox.root / "notebooks")
    shutil.copy(ROOT / "requirements.lock", sandbox.root)
    assert krachtlijn(sandbox.root, "report", "2026Q3", TZ="Europe/Brussels").returncode == 0
    there = tmp_path / "elders" / "een kloon"
    shutil.copytree(sandbox.root, there, ignore=shutil.ignore_patterns("elders", "processed", ".krachtlijn"))
    (there / "data" / "processed").mkdir()
    before = everything(there)
    done = krachtlijn(there, "verify", "reports/2026Q3", TZ="Asia/Tokyo", LC_ALL="C", LANG="C")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("identical") == 3
    assert everything(there) == before


@pytest.mark.slow
def test_a_figure_is_explained_from_the_command_line(project: Project) -> None:
    """As text and as JSON, by the last part of its name too."""
    done = krachtlijn(
        project.root, "explain", "swot-groepen", "--quarter", "2026Q3", "--language", "fr", "--rows", "all"
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("swot-groepen (")
    assert "notebooks/20_swot.ipynb, cell 7:" in done.stdout
    assert "data/raw/swot/gob-2021-2026.csv:" in done.stdout
    done = krachtlijn(project.root, "explain", "groepen", "--quarter", "2026Q3", "--json")
    told = json.loads(done.stdout)
    assert told["figure"]["id"] == "swot-groepen"
    assert "swot" in [table["name"] for table in told["recorded"]["tables"]]


def krachtlijn(root: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, inside a project's folder."""
    settings = {"KRACHTLIJN_ROOT": str(root), **settings}
    program = [sys.executable, "-c", "from analysis.cli import main; main()", *words]
    return subprocess.run(
        program, cwd=root, env=os.environ | settings, capture_output=True, text=True, encoding="utf-8", check=False
    )


def everything(root: Path) -> dict[str, bytes]:
    """All files of a project with their content."""
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
