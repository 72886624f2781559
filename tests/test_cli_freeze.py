"""``krachtlijn freeze`` and ``--reissue``: what a person sees, and the exit code."""

from __future__ import annotations

import json
import shutil

import pytest

from analysis import cli
from analysis.build.manifest import sha256
from analysis.cli.report import report as command
from analysis.paths import Project


@pytest.fixture
def at(project, tmp_path, monkeypatch):
    """Stand in a project with a published report of 2026Q3 and of another plan, and with what a build is asked for."""
    for name in ("data/raw/datapackage.json", "data/raw/plannen", "params"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (project.root / name).is_dir() else shutil.copy
        copy(project.root / name, tmp_path / name)
    for folder in ("2026Q3", "actiris-mandaat/2026Q3"):
        report = tmp_path / "reports" / folder / "rapport-nl.html"
        report.parent.mkdir(parents=True)
        report.write_text("x", encoding="utf-8")
        told = {"files": {report.name: sha256(report)}, "as_of": "2026-11-14", "provisional": False}
        editions = {"nl": {**told, "plan_label": "Plan", "headline": "Alles loopt"}}
        (report.parent / "manifest.json").write_text(json.dumps({"editions": editions}), encoding="utf-8")
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(tmp_path))
    monkeypatch.delenv("KRACHTLIJN_ROLE", raising=False)
    return Project(tmp_path)


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command as a shell would; return exit code, output and errors."""

    def call(*words):
        monkeypatch.setattr("sys.argv", ["krachtlijn", *words])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return call


def mark(project, folder="2026Q3"):
    """What the mark says."""
    return json.loads((project.reports / folder / "bevroren.json").read_text(encoding="utf-8"))


def test_freeze_marks_the_report_and_undo_takes_the_mark_away(at, run):
    """Both say what they did; the page over all reports follows."""
    code, said, _ = run("freeze", "2026Q3")
    assert code == 0
    assert said.startswith("reports/2026Q3 is frozen since 20")
    assert said.endswith("by: rapporteur\n")
    assert "Bevroren sinds" in (at.reports / "index.html").read_text(encoding="utf-8")
    assert run("freeze", "--undo", "2026Q3")[:2] == (0, "reports/2026Q3 is no longer frozen\n")
    assert "Bevroren sinds" not in (at.reports / "index.html").read_text(encoding="utf-8")


def test_the_role_can_be_given(at, run, monkeypatch):
    """On the command line, or once for all commands."""
    assert run("freeze", "2026Q3", "--by", "secretaris van de directieraad")[0] == 0
    assert mark(at)["by"] == "secretaris van de directieraad"
    monkeypatch.setenv("KRACHTLIJN_ROLE", "griffier")
    assert run("freeze", "2026Q3", "--plan", "actiris-mandaat")[0] == 0
    assert mark(at, "actiris-mandaat/2026Q3")["by"] == "griffier"


@pytest.mark.parametrize(
    ("words", "signs"),
    [
        (["freeze"], ["Missing argument 'QUARTER'"]),
        (["freeze", "2026Q5"], ["'2026Q5' is not a quarter"]),
        (["freeze", "2025Q1"], ["there is no report of 2025Q1 to freeze", "krachtlijn report 2025Q1"]),
        (["freeze", "2026Q3", "--plan", "uitgaven"], ["cannot be the name of a folder"]),
        (["freeze", "2026Q3", "--plan", "mars"], ["no report of 2026Q3-mars", "krachtlijn report 2026Q3 --plan mars"]),
        (["freeze", "--undo", "2026Q3"], ["2026Q3 is not frozen"]),
        (["freeze", "2026Q3", "--by", "jan@voorbeeld.be"], ["not the address of a person"]),
        (["freeze", "2026Q3", "--by", "x" * 61], ["one line of 1 to 60"]),
        (["report", "2026Q3", "--reissue", " "], ["one line of 1 to 300"]),
        (["report", "2026Q3", "--reissue", "een\u202efout"], ["without signs that do not show"]),
        (["report", "2026Q3", "--reissue", "een fout"], ["no frozen report of 2026Q3", "leave --reissue out"]),
    ],
)
def test_a_mistake_is_one_clear_message(at, run, words, signs):
    """What is wrong and what to do, no traceback, exit code not 0, nothing marked."""
    code, _, said = run(*words)
    assert code != 0
    assert [sign for sign in signs if sign not in said] == []
    assert "Traceback" not in said
    assert not (at.reports / "2026Q3" / "bevroren.json").exists()


def test_a_frozen_report_is_refused_before_data_and_notebooks(at, run):
    """The minute that these take is not spent; the message gives both ways on."""
    run("freeze", "2026Q3")
    code, _, said = run("report", "2026Q3")
    assert code == 1
    assert "2026Q3 is frozen" in said
    assert '--reissue "..."' in said
    assert not (at.root / "data" / "processed").exists()


def test_a_reason_is_one_line():
    """Line ends of a pasted text become spaces; without the option there is none."""
    given = command.make_context("report", ["2026Q3", "--reissue", "nieuwe cijfers\n van de dienst "])
    assert given.params["reissue"] == "nieuwe cijfers van de dienst"
    assert command.make_context("report", ["2026Q3"]).params["reissue"] == ""
