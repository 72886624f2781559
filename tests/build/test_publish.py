from __future__ import annotations

import json
import shutil
import signal
from dataclasses import replace
from pathlib import Path

import pytest

from analysis import build
from analysis.build import crate, interactive, overview, swap, workplan
from analysis.build.execute import Outcome
from analysis.build.failure import Failure
from analysis.build.manifest import sha256
from analysis.errors import KrachtlijnError


@pytest.fixture
def filled(house, figure):
    """A house with one chapter."""
    house.add("10_omgeving", house.text("## Wie", "nl"), house.text("## Qui", "fr"), house.figure(figure()))
    return house


def content_of(folder):
    """All published files with their bytes."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_both_languages_and_the_manifest_are_published(filled):
    """The folder of the quarter holds the report and what it was made of."""
    published = filled.build()
    assert published.folder == filled.project.reports / "2026Q3"
    assert set(content_of(published.folder)) == {
        "rapport-nl.html",
        "rapport-fr.html",
        "manifest.json",
        workplan.NAME,
        crate.NAME,
    }
    assert [path.name for path in published.files] == ["rapport-nl.html", "rapport-fr.html"]


def test_the_same_inputs_give_the_same_bytes(filled):
    """No clock and no random id reaches a published file: static, interactive, manifest or overview.

    The record of the run is there to tell when it ran, and so is another each time.
    """
    reports, live = filled.project.reports, build.Wish(interactive=True)
    first = content_of(filled.build(wish=live).folder) | content_of(reports)
    assert {"rapport-nl.html", "rapport-nl-interactief.html", "manifest.json", "index.html"} <= set(first)
    assert first.pop(crate.NAME)
    shutil.rmtree(reports)
    interactive.script.cache_clear()
    again = content_of(filled.build(wish=live).folder) | content_of(reports)
    assert again.pop(crate.NAME)
    assert again == first


def test_the_manifest_tells_inputs_and_outputs(filled):
    """Each checksum is that of the file it names."""
    published = filled.build()
    entry = json.loads(published.manifest.read_text(encoding="utf-8"))["editions"]["fr"]
    assert entry["files"] == {"rapport-fr.html": sha256(published.folder / "rapport-fr.html")}
    assert entry["headline"] == "Eén loopt"
    assert entry["plan_label"].startswith("Plan stratégique")
    notebook = "notebooks/10_omgeving.ipynb"
    assert entry["notebooks"] == {notebook: sha256(filled.project.root / notebook)}
    assert entry["as_of"] == "2026-11-14"
    intake = json.loads((filled.project.processed / "intake.json").read_text(encoding="utf-8"))
    assert entry["data"] == {"digest": intake["digest"], "files": intake["files"]}
    assert {"python", "pandas", "papermill", "nbconvert", "altair"} <= set(entry["made_with"])


def test_one_language_leaves_the_other_and_its_entry_alone(filled):
    """The French report stays what it was, and the manifest still says what that is."""
    folder = filled.build().folder
    french = (folder / "rapport-fr.html").read_bytes()
    before = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["editions"]["fr"]
    filled.add("20_swot")
    filled.build(languages=("nl",))
    editions = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["editions"]
    assert (folder / "rapport-fr.html").read_bytes() == french
    assert editions["fr"] == before
    assert "notebooks/20_swot.ipynb" in editions["nl"]["notebooks"]


def test_a_single_edition_links_to_no_other(filled):
    """There is no link to a file that was never made."""
    assert "rapport-fr.html" not in filled.html("nl", languages=("nl",))


def test_another_plan_has_a_folder_of_its_own(filled):
    """The report of another plan does not take the place of the first plan's, nor stand inside it."""
    first = filled.build().folder
    assert filled.build(plan="actiris-mandaat").folder == filled.project.reports / "actiris-mandaat" / "2026Q3"
    assert set(content_of(first)) == {path.name for path in first.iterdir()}


def test_another_folder_can_be_asked_for(filled, tmp_path):
    """It holds the same report; the page over all reports does not name it."""
    folder = tmp_path / "elders" / "2026Q3"
    published = build.build(filled.project, filled.run, folder=folder, executor=_untouched)
    assert published.folder == folder
    assert (folder / "rapport-nl.html").is_file()


def test_a_failing_notebook_leaves_the_report_and_is_kept(filled):
    """What was published stays byte for byte; the failed run can be looked at; the work folder is gone."""
    before = content_of(filled.build().folder)
    with pytest.raises(build.NotebookFailed) as caught:
        build.build(filled.project, filled.run, executor=_failing)
    reports = filled.project.reports
    assert content_of(reports / "2026Q3") == before
    assert (reports / "mislukt" / "2026Q3" / "10_omgeving.ipynb").is_file()
    assert "reports/mislukt/2026Q3/10_omgeving.ipynb" in caught.value.do
    assert caught.value.where == "notebooks/10_omgeving.ipynb, cell 5 (under 'Wie'), line 2: x = 1 / 0"
    assert not (filled.project.reports / ".work").exists()


def test_a_build_that_fails_leaves_no_half_published_quarter(filled):
    """What failed does not stand in the folder of the quarter, which would then hold nothing else."""
    with pytest.raises(build.NotebookFailed):
        build.build(filled.project, filled.run, executor=_failing)
    assert [path.name for path in filled.project.reports.iterdir()] == ["mislukt"]


def test_a_build_that_succeeds_clears_what_failed_before(filled):
    """A mended notebook leaves no failed copy to wonder about; what failed of another plan stays."""
    for plan in ("gob-2021-2026", "actiris-mandaat"):
        with pytest.raises(build.NotebookFailed):
            build.build(filled.project, replace(filled.run, plan=plan), executor=_failing)
    filled.build()
    assert [path.name for path in (filled.project.reports / "mislukt").iterdir()] == ["2026Q3-actiris-mandaat"]
    filled.build(plan="actiris-mandaat")
    assert not (filled.project.reports / "mislukt").exists()


def test_a_figure_that_cannot_be_shown_leaves_the_report(filled, figure):
    """A fault in the export publishes neither language."""
    before = content_of(filled.build().folder)
    broken = filled.figure(figure())
    broken.outputs[0].data["application/vnd.krachtlijn.figure+json"]["alt"] = " "
    filled.add("20_swot", broken)
    with pytest.raises(KrachtlijnError, match="text alternative"):
        filled.build()
    assert content_of(filled.project.reports / "2026Q3") == before


def test_progress_is_told_step_by_step(filled):
    """The bar starts at nought and ends full."""
    filled.build()
    done, totals, told = zip(*filled.calls, strict=True)
    assert (done[0], done[-1]) == (0, totals[-1])
    assert list(done) == sorted(done)
    assert "2026Q3 10_omgeving nl" in told


def test_a_run_for_one_language_sets_that_language_only(filled):
    """The other language's page costs no time."""
    filled.build(languages=("fr",))
    assert not [told for *_, told in filled.calls if told.endswith(" nl")]


def test_an_interactive_edition_of_another_report_goes(filled, figure):
    """What was made beside the report stays as long as the report is the same; then it would tell another story."""
    folder = filled.build(wish=build.Wish(interactive=True)).folder
    live = folder / "rapport-nl-interactief.html"
    before = live.read_bytes()
    filled.build()
    assert live.read_bytes() == before
    assert live.name in files_of(folder, "nl")
    filled.add("20_swot", filled.figure(figure(id="ander")))
    filled.build(languages=("nl",))
    assert not live.exists()
    assert files_of(folder, "nl") == {"rapport-nl.html"}
    assert (folder / "rapport-fr-interactif.html").name in files_of(folder, "fr")


def test_a_damaged_interactive_edition_is_not_kept(filled):
    """A file that is not the one that was published has no place in the manifest."""
    folder = filled.build(wish=build.Wish(interactive=True)).folder
    (folder / "rapport-nl-interactief.html").write_text("x", encoding="utf-8")
    filled.build()
    assert files_of(folder, "nl") == {"rapport-nl.html"}
    assert not (folder / "rapport-nl-interactief.html").exists()


@pytest.mark.parametrize("stuck", ["2026Q3", "index.html"])
@pytest.mark.parametrize("at_once", [True, False])
def test_what_cannot_be_put_in_its_place_undoes_the_rest(filled, monkeypatch, stuck, at_once):
    """A report that another program holds open (Windows) never leaves half of the old and half of the new one."""
    folder = filled.build(wish=build.Wish(interactive=True)).folder
    before = content_of(folder) | content_of(filled.project.reports)
    filled.add("20_swot")
    if not at_once:
        monkeypatch.setattr(swap, "at_once", lambda *_: False)
    elif stuck == folder.name:
        monkeypatch.setattr(swap, "at_once", _refused)
    refuse_once(monkeypatch, (filled.project.reports / stuck,), "rename" if stuck == folder.name else "replace")
    with pytest.raises(PermissionError):
        filled.build()
    assert content_of(folder) | content_of(filled.project.reports) == before
    assert not (filled.project.reports / ".work").exists()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_wish_to_stop_waits_until_all_files_are_in_place(filled, monkeypatch, number):
    """Ctrl-C while the files go to their place leaves either all of the old report or all of the new one."""
    filled.build()
    filled.add("20_swot")
    heard = []
    before = signal.signal(number, lambda *_: heard.append(len(content_of(filled.project.reports / "2026Q3"))))
    write = overview.write
    monkeypatch.setattr(overview, "write", lambda reports: signal.raise_signal(number) or write(reports))
    try:
        published = filled.build()
        assert not heard or "20_swot" in published.manifest.read_text(encoding="utf-8")
    finally:
        signal.signal(number, before)
    assert heard == [5]  # all files of the new report
    assert "20_swot" in (published.folder / "rapport-nl.html").read_text(encoding="utf-8")


def test_an_interrupted_build_leaves_the_report(filled):
    """Ctrl-C in the middle changes nothing and leaves no work folder."""
    before = content_of(filled.build().folder)
    with pytest.raises(KeyboardInterrupt):
        build.build(filled.project, filled.run, executor=_interrupted)
    assert content_of(filled.project.reports / "2026Q3") == before
    assert not (filled.project.reports / ".work").exists()


def test_the_plan_of_the_run_names_the_report(filled):
    """Another plan is data: its name stands in the masthead."""
    assert "Strategische doelstellingen van het mandaat Actiris" in filled.html(plan="actiris-mandaat")


def _refused(*_):
    raise PermissionError(13, "in use")


def refuse_once(monkeypatch, stuck, way):
    """Refuse to rename to these places, once: what was moved has to be moved back after it."""
    real, left = getattr(Path, way), [1]

    def move(path, to):
        if to in stuck and left:
            left.clear()
            raise PermissionError(13, "in use", str(to))
        return real(path, to)

    monkeypatch.setattr(Path, way, move)


def files_of(folder, language):
    """The files that the manifest names for a language."""
    content = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return set(content["editions"][language]["files"])


def _untouched(jobs):
    for job in jobs:
        job.output.write_bytes(job.notebook.read_bytes())
        yield Outcome(job)


def _failing(jobs):
    jobs[0].output.write_bytes(jobs[0].notebook.read_bytes())
    yield Outcome(jobs[0], Failure(5, "Wie", 2, "x = 1 / 0", "ZeroDivisionError: division by zero"))


def _interrupted(jobs):
    yield from _untouched(jobs[:1])
    raise KeyboardInterrupt
