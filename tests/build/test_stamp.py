"""A report that stands there is left alone exactly as long as nothing that it was made of has changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from analysis.build import inputs
from analysis.build.stamp import Asked, Stamps
from analysis.paths import Project
from analysis.quarter import Quarter

DAY = dt.date(2026, 11, 22)
ONE = Asked(Quarter(2026, 3))

FILES = {
    "data/raw/datapackage.json": "{}",
    "data/raw/plannen/plannen.csv": "plan_id",
    "params/defaults.yaml": "plan: x",
    "params/2026Q3.yaml": "quarter: 2026Q3",
    "params/2026Q2.yaml": "quarter: 2026Q2",
    "notebooks/10_omgeving.ipynb": "{}",
    "notebooks/_kladje.ipynb": "{}",
    "requirements.lock": "pandas==1",
    "reports/2026Q3/rapport-nl.html": "nl",
    "reports/2026Q3/manifest.json": "{}",
}


@pytest.fixture
def project(tmp_path):
    """A project in which a report was made just now."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    made = Project(tmp_path)
    put(made)
    return made


def stamps(project: Project, day: dt.date = DAY, **asked: object) -> Stamps:
    """What a new command knows."""
    return Stamps(project, {"languages": ["nl"], "pdf": False} | asked, day)


def put(project: Project, *, provisional: bool = False) -> None:
    """Note that a report was made."""
    folder = project.reports / "2026Q3"
    stamps(project).put(ONE, [folder / "rapport-nl.html"], [folder / "manifest.json"], provisional=provisional)


def stands(project: Project, **options: object) -> bool:
    """Say whether there is nothing to do."""
    return bool(stamps(project, **options).standing(ONE))


def test_an_unchanged_report_stands(project):
    """Its files are named, without those that merely belong to it; also on another day."""
    shown = [project.reports / "2026Q3" / "rapport-nl.html"]
    assert stamps(project).standing(ONE) == shown
    assert stamps(project, dt.date(2030, 1, 1)).standing(ONE) == shown


@pytest.mark.parametrize("name", sorted(set(FILES) - {"params/2026Q2.yaml", "notebooks/_kladje.ipynb"}))
@pytest.mark.parametrize("way", ["changed", "gone"])
def test_any_change_is_work(project, name, way):
    """An input, or a published file, that is not what it was by a byte; what it was, is no work again."""
    path = project.root / name
    if way == "gone":
        path.unlink()
    else:
        path.write_text(FILES[name] + " ", encoding="utf-8")
    assert not stands(project)
    path.write_text(FILES[name], encoding="utf-8")
    assert stands(project)


@pytest.mark.parametrize("name", ["params/2026Q2.yaml", "notebooks/_kladje.ipynb", "reports/README.md", "data/x.csv"])
def test_what_is_no_part_of_a_report_is_no_work(project, name):
    """Another quarter's parameters, a draft, a file beside the data."""
    (project.root / name).write_text("changed", encoding="utf-8")
    assert stands(project)


@pytest.mark.parametrize("name", ["data/raw/plannen/meer.csv", "notebooks/20_swot.ipynb"])
def test_a_new_input_is_work(project, name):
    """It was not there when the report was made."""
    (project.root / name).write_text("new", encoding="utf-8")
    assert not stands(project)


def test_other_code_or_python_is_work(project, monkeypatch):
    """The package's own files, and the version of Python."""
    with monkeypatch.context() as patch:
        patch.setattr(inputs, "code_sum", lambda: "0")
        assert not stands(project)
    with monkeypatch.context() as patch:
        patch.setattr(inputs.platform, "python_version", lambda: "3.99")
        assert not stands(project)
    assert stands(project)


def test_another_question_is_another_report(project):
    """Other options, another plan or another quarter have stamps of their own."""
    assert not stands(project, pdf=True)
    assert not stands(project, languages=["fr"])
    assert not stamps(project).standing(replace(ONE, plan="mars"))
    assert not stamps(project).standing(Asked(Quarter(2026, 2)))


def test_a_provisional_report_stands_for_a_day(project):
    """What is known may be more tomorrow."""
    put(project, provisional=True)
    assert stands(project)
    assert not stands(project, day=DAY + dt.timedelta(days=1))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"1", b'{"of": {}}', b"\xff", b"null"])
def test_a_damaged_stamp_is_work(project, content):
    """And no fault."""
    (found,) = (project.state / "stamps").iterdir()
    found.write_bytes(content)
    assert not stands(project)


@pytest.mark.parametrize("name", ["params/2026Q3.yaml", "data/raw/plannen/plannen.csv", "notebooks/10_omgeving.ipynb"])
def test_a_change_while_it_was_made_is_work(project, name):
    """The report may be of the one or of the other; so it is made again."""
    own = stamps(project)
    own.look([ONE])
    (project.root / name).write_text("changed meanwhile", encoding="utf-8")
    folder = project.reports / "2026Q3"
    own.put(ONE, [folder / "rapport-nl.html"], [folder / "manifest.json"], provisional=False)
    assert not stands(project)


def test_a_report_outside_the_project_is_told_by_its_whole_path(project, tmp_path_factory):
    """It stands as long as it is the same."""
    path = Path(tmp_path_factory.mktemp("elsewhere")) / "rapport.html"
    path.write_text("x", encoding="utf-8")
    stamps(project).put(ONE, [path], [], provisional=False)
    assert stamps(project).standing(ONE) == [path]
    path.unlink()
    assert not stands(project)
