from __future__ import annotations

import contextlib
import json
import os
import shutil
from contextlib import contextmanager
from dataclasses import replace

import nbformat
import pytest

from analysis import build
from analysis.build import crate, manifest, verify
from analysis.build.execute import Outcome
from analysis.build.failure import Failure
from analysis.errors import KrachtlijnError
from tests.build.conftest import copy_jobs


@pytest.fixture
def filled(house, project, figure):
    """A house with one chapter, the delivered register of plans and another delivered file."""
    shutil.copytree(project.raw / "plannen", house.project.raw / "plannen")
    house.add("10_omgeving", house.text("## Wie", "nl"), house.text("## Qui", "fr"), house.figure(figure()))
    (house.project.raw / "acties").mkdir()
    (house.project.raw / "acties" / "acties.csv").write_text("a\n1\n", encoding="utf-8")
    return house


@contextmanager
def room_of(house):
    """A clean room; copied tables take the place of an intake."""
    with verify.clean_room(house.project) as room:
        shutil.copytree(house.project.processed, room.processed, dirs_exist_ok=True)
        yield room


def verdict_of(house, folder=None, executor=copy_jobs):
    """Make the report of the quarter again, without kernels."""

    def make(room, run, where, wish):
        return build.build(room, run, folder=where, wish=wish, executor=executor, use_cache=False)

    folder = folder or house.project.reports / "2026Q3"
    with room_of(house) as room:
        return verify.verify(room, folder, house.project.show(folder), make)


def states(verdict):
    """The state of each file."""
    return {file.name: file.state for file in verdict.files}


def everything(root):
    """All files of a project with their content."""
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_an_untouched_report_is_identical(filled):
    """Every page and the manifest to the byte, the record of the run by its checksums; the project stays as it was."""
    filled.build(wish=build.Wish(interactive=True))
    before = everything(filled.project.root)
    verdict = verdict_of(filled)
    assert verdict.is_identical
    assert verdict.inputs == ()
    assert states(verdict) == {
        "rapport-nl.html": "identical",
        "rapport-nl-interactief.html": "identical",
        "rapport-fr.html": "identical",
        "rapport-fr-interactif.html": "identical",
        "manifest.json": "identical",
        crate.NAME: "not made again",
    }
    assert everything(filled.project.root) == before


def test_the_clean_room_holds_nothing_that_was_made_and_is_removed(filled):
    """Neither tables nor reports nor caches come along; the room is gone afterwards, also after a fault."""
    filled.build()
    (filled.project.root / ".krachtlijn").mkdir(exist_ok=True)
    with verify.clean_room(filled.project) as room:
        assert list(room.processed.iterdir()) == []
        assert {path.name for path in room.root.iterdir()} == {"data", "notebooks", "params"}
        assert (room.raw / "acties" / "acties.csv").is_file()
    assert not room.root.exists()
    with contextlib.suppress(ZeroDivisionError), verify.clean_room(filled.project) as room:
        raise ZeroDivisionError
    assert not room.root.exists()


@pytest.mark.parametrize("cached", ["data/processed", ".krachtlijn"])
def test_what_an_earlier_run_left_is_never_taken(filled, cached):
    """A cache with other results, or with tables that nobody delivered, cannot make a changed report look right."""
    filled.build()
    seen = []

    def look(jobs):
        for job in jobs:
            seen.append((job.root, (job.root / cached / "planted").exists()))
            yield from copy_jobs([job])

    (filled.project.root / cached).mkdir(exist_ok=True)
    (filled.project.root / cached / "planted").write_text("x", encoding="utf-8")
    with verify.clean_room(filled.project) as room:
        for name in ("intake.json", "plannen.parquet"):
            shutil.copy(filled.project.processed / name, room.processed)
        folder = filled.project.reports / "2026Q3"
        verify.verify(room, folder, "x", lambda *order: build.build(*order[:2], folder=order[2], executor=look))
    assert seen
    assert not [root for root, planted in seen if planted or root == filled.project.root]


@pytest.mark.parametrize("name", ["rapport-nl.html", "rapport-fr.html", "manifest.json"])
def test_a_file_that_was_changed_by_hand_is_found(filled, name):
    """A single byte is enough; the manifest cannot vouch for itself."""
    path = filled.build().folder / name
    path.write_bytes(path.read_bytes() + b"\n")
    verdict = verdict_of(filled)
    assert not verdict.is_identical
    assert states(verdict)[name] == "differs"
    assert next(file.differences for file in verdict.files if file.name == name)


def test_a_figure_whose_number_was_changed_is_named(filled, figure):
    """Chapter, figure, and the words before and after."""
    filled.build()
    path = filled.project.notebooks / "10_omgeving.ipynb"
    notebook = nbformat.read(path, 4)
    notebook.cells[-1].outputs[0].data["application/vnd.krachtlijn.figure+json"]["title"] = "Twee lopen"
    nbformat.write(notebook, path)
    verdict = verdict_of(filled)
    assert [one.name for one in verdict.inputs] == ["notebooks/10_omgeving.ipynb"]
    page = next(file for file in verdict.files if file.name == "rapport-nl.html")
    place = "chapter omgeving, figure proef-kaart"
    found = {one.place: one.what for one in page.differences}
    assert found[place] == "published «Eén loopt», made again «Twee lopen»"
    assert page.intact


@pytest.mark.parametrize(
    ("path", "content", "told"),
    [
        ("data/raw/acties/acties.csv", "a\n2\n", ("data/raw/acties/acties.csv", True, True)),
        ("data/raw/acties/acties.csv", None, ("data/raw/acties/acties.csv", True, False)),
        ("data/raw/acties/nieuw.csv", "a\n1\n", ("data/raw/acties/nieuw.csv", False, True)),
        ("requirements.lock", "x", ("requirements.lock", False, True)),
        ("notebooks/20_swot.ipynb", None, ("notebooks/20_swot.ipynb", True, False)),
    ],
)
def test_each_changed_input_is_named(filled, path, content, told):
    """Changed, gone or new; no other input is."""
    filled.add("20_swot")
    filled.build()
    where = filled.project.root / path
    if content is None:
        where.unlink()
    else:
        where.write_text(content, encoding="utf-8")
    verdict = verdict_of(filled)
    assert [(one.name, bool(one.was), bool(one.now)) for one in verdict.inputs] == [told]
    assert not verdict.is_identical


def test_other_code_is_named(filled, monkeypatch):
    """By the checksum over the package; the page says so in its last lines, so it differs too."""
    filled.build()
    monkeypatch.setattr("analysis.build.inputs.code", lambda: {"version": "0.1.0", "sha256": "f" * 64})
    verdict = verdict_of(filled)
    assert [one.name for one in verdict.inputs] == ["the code: sha256"]
    page = next(file for file in verdict.files if file.name == "rapport-nl.html")
    assert {one.place for one in page.differences} == {
        "the colophon",
        "chapter verantwoording-papier, text under verantwoording-papier",
    }


def test_the_manifest_s_own_parameters_count_whatever_the_files_say(filled):
    """As-of date, plan and languages come from the manifest, and a later clock makes nothing less provisional."""
    filled.run = replace(filled.run, provisional=True, as_of=filled.run.as_of.replace(day=10))
    filled.build(languages=("fr",))
    assert states(verdict_of(filled))["rapport-fr.html"] == "identical"
    assert verdict_of(filled).is_identical


def test_editions_of_several_runs_are_each_made_as_they_were(filled):
    """Dutch alone, then French beside it, then Dutch with live charts: each links to what stood there."""
    filled.build(languages=("nl",))
    filled.build(languages=("fr",))
    assert verdict_of(filled).is_identical
    filled.build(languages=("nl",), wish=build.Wish(interactive=True))
    assert verdict_of(filled).is_identical


def test_a_file_that_is_gone_or_unknown_is_told(filled):
    """The report is whole, or it is not the one that was published."""
    folder = filled.build().folder
    (folder / "rapport-nl.html").unlink()
    (folder / crate.NAME).unlink()
    (folder / "rapport-kopie.html").write_text("x", encoding="utf-8")
    verdict = verdict_of(filled)
    assert not verdict.is_identical
    told = {"rapport-nl.html": "missing", crate.NAME: "missing", "rapport-kopie.html": "unknown"}
    assert told.items() <= states(verdict).items()
    assert states(verdict)["rapport-fr.html"] == "identical"


def test_a_pdf_is_held_against_its_checksum_without_a_browser(filled):
    """Untouched it does not count against the report; changed it does."""
    folder = filled.build().folder
    content = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    (folder / "rapport-nl.pdf").write_bytes(b"%PDF")
    digest = manifest.sha256(folder / "rapport-nl.pdf")
    content["editions"]["nl"]["files"]["rapport-nl.pdf"] = digest
    (folder / manifest.NAME).write_text(manifest.text_of(content), encoding="utf-8")
    record = json.loads((folder / crate.NAME).read_text(encoding="utf-8"))
    for part in record["@graph"]:
        if part["@id"] == manifest.NAME:
            part["sha256"] = manifest.sha256(folder / manifest.NAME)
    record["@graph"].append({"@id": "rapport-nl.pdf", "sha256": digest})
    (folder / crate.NAME).write_text(json.dumps(record), encoding="utf-8")
    assert verdict_of(filled).is_identical
    (folder / "rapport-nl.pdf").write_bytes(b"%PDF-")
    verdict = verdict_of(filled)
    assert states(verdict)["rapport-nl.pdf"] == "not made again"
    assert not verdict.is_identical


def test_a_record_of_another_run_is_found(filled):
    """It tells of files with other checksums than those that stand there."""
    folder = filled.build().folder
    record = (folder / crate.NAME).read_text(encoding="utf-8")
    other = record.replace(manifest.sha256(folder / "rapport-nl.html"), "0" * 64)
    (folder / crate.NAME).write_text(other, encoding="utf-8")
    verdict = verdict_of(filled)
    found = next(file for file in verdict.files if file.name == crate.NAME)
    assert [one.place for one in found.differences] == ["rapport-nl.html"]
    assert not verdict.is_identical


def test_a_notebook_that_fails_now_is_one_clear_message(filled):
    """The kept notebook is gone with the room, so the message names the cell and the command that keeps one."""
    filled.build()

    def failing(jobs):
        jobs[0].output.write_bytes(jobs[0].notebook.read_bytes())
        yield Outcome(jobs[0], Failure(5, "Wie", 2, "x = 1 / 0", "ZeroDivisionError: division by zero"))

    with pytest.raises(KrachtlijnError, match="reports/2026Q3 cannot be made again") as caught:
        verdict_of(filled, executor=failing)
    assert "10_omgeving.ipynb, cell 5" in caught.value.where
    assert "krachtlijn report 2026Q3" in caught.value.do


def test_a_plan_that_is_no_longer_known_is_one_clear_message(filled):
    """The manifest names a plan; the register of plans decides."""
    folder = filled.build().folder
    text = (folder / manifest.NAME).read_text(encoding="utf-8")
    (folder / manifest.NAME).write_text(text.replace("gob-2021-2026", "mars"), encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="the plan 'mars' is not known"):
        verdict_of(filled)


def test_a_missing_browser_is_told_before_the_work_begins(filled, monkeypatch):
    """Only when there is a PDF; the message says how to go on without one."""
    folder = filled.build().folder
    monkeypatch.setitem(os.environ, "KRACHTLIJN_BROWSER", "/nowhere/browser")
    assert verify.browser_for(filled.project, [folder]) == ""
    content = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))
    content["editions"]["nl"]["files"]["rapport-nl.pdf"] = "0" * 64
    (folder / manifest.NAME).write_text(manifest.text_of(content), encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="no browser can print") as caught:
        verify.browser_for(filled.project, [folder])
    assert "--without-pdf" in caught.value.do
