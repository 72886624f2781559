from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from dataclasses import replace

import pytest

from analysis import build
from analysis.build import editions, overview
from analysis.build import freeze as frozen
from analysis.build.rooms import failures_room, is_plan, room_for, room_of
from analysis.errors import KrachtlijnError
from analysis.quarter import Quarter


@pytest.fixture
def filled(house, figure, monkeypatch):
    """A house with one chapter and a published report, on a fixed day."""
    house.add("10_omgeving", house.text("## Wie", "nl"), house.text("## Qui", "fr"), house.figure(figure()))
    house.build()
    for module in (editions, frozen):
        monkeypatch.setattr(module, "calendar_today", lambda: dt.date(2026, 11, 22))
    return house


@pytest.fixture
def room(filled):
    """Where its report stands."""
    return room_for(filled.project, filled.run)


def content_of(folder):
    """All files with their bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def record(folder, name="uitgave.json"):
    """What a record says."""
    return json.loads((folder / name).read_text(encoding="utf-8"))


def changed(house, name="20_swot"):
    """Make the next report another one."""
    house.add(name)
    return house


def test_a_frozen_report_is_not_replaced_without_a_reason(filled, room):
    """Before any notebook runs; the message says since when, by whom, and both ways on."""
    frozen.freeze(filled.project, room, "secretaris")
    before = content_of(room.folder)
    filled.calls.clear()
    with pytest.raises(KrachtlijnError, match="2026Q3 is frozen") as caught:
        changed(filled).build()
    assert caught.value.why == "frozen on 2026-11-22 by: secretaris"
    assert "--reissue" in caught.value.do
    assert "krachtlijn freeze --undo 2026Q3" in caught.value.do
    assert content_of(room.folder) == before
    assert [what for *_, what in filled.calls if what] == []
    assert not (filled.project.reports / ".work").exists()


def test_another_quarter_and_another_plan_are_not_frozen(filled, room):
    """The mark is about one report."""
    frozen.freeze(filled.project, room, "secretaris")
    assert filled.build(quarter=Quarter(2026, 2)).folder.name == "2026Q2"
    assert filled.build(plan="actiris-mandaat").folder.parent.name == "actiris-mandaat"


def test_a_reissue_keeps_the_frozen_edition_whole(filled, room):
    """With its manifest and what a person put there; the new one has the next number, the reason, and is frozen."""
    (room.folder / "nota.txt").write_text("van een mens", encoding="utf-8")
    frozen.freeze(filled.project, room, "secretaris")
    before = content_of(room.folder)
    changed(filled).build(reissue="nieuwe cijfers")
    kept = content_of(room.kept / "1")
    assert {name: kept[name] for name in before} == before
    assert set(kept) == {*before, "uitgave.json"}
    assert record(room.kept / "1") == {
        "number": 1,
        "frozen_on": "2026-11-22",
        "frozen_by": "secretaris",
        "replaced_on": "2026-11-22",
        "replaced_because": "nieuwe cijfers",
    }
    assert record(room.folder) == {"number": 2, "reason": "nieuwe cijfers", "issued_on": "2026-11-22"}
    assert record(room.folder, "bevroren.json") == {"frozen_on": "2026-11-22", "by": "secretaris"}
    assert "20_swot" in (room.folder / "manifest.json").read_text(encoding="utf-8")
    assert (room.folder / "nota.txt").is_file()


def test_earlier_editions_are_never_touched_again(filled, room):
    """However many follow; each says why it was made and why it was replaced."""
    frozen.freeze(filled.project, room, "secretaris")
    changed(filled).build(reissue="reden 1")
    first = content_of(room.kept / "1")
    changed(filled, "30_x").build(reissue="reden 2")
    assert content_of(room.kept / "1") == first
    second = record(room.kept / "2")
    assert (second["number"], second["reason"], second["replaced_because"]) == (2, "reden 1", "reden 2")
    assert record(room.folder)["number"] == 3
    assert editions.numbers(room.kept) == [1, 2]


def test_a_reissue_in_one_language_keeps_the_other(filled, room):
    """The new edition is as whole as any published report."""
    frozen.freeze(filled.project, room, "secretaris")
    french = (room.folder / "rapport-fr.html").read_bytes()
    changed(filled).build(reissue="enkel Nederlands", languages=("nl",))
    assert (room.folder / "rapport-fr.html").read_bytes() == french


def test_a_report_that_is_not_frozen_cannot_be_reissued(filled, room):
    """A reason for nothing is a mistake; it is told before any notebook runs."""
    with pytest.raises(KrachtlijnError, match="no frozen report of 2026Q3") as caught:
        filled.build(reissue="zomaar")
    assert caught.value.why == "what stands there is not frozen"
    with pytest.raises(KrachtlijnError, match="no frozen report") as caught:
        filled.build(quarter=Quarter(2026, 2), reissue="zomaar")
    assert caught.value.why == "nothing is published there"


def test_a_report_outside_the_reports_has_no_editions(filled, tmp_path):
    """There is no room to keep one in."""
    folder = tmp_path / "elders"
    folder.mkdir()
    editions.write(folder / editions.MARK, editions.Mark("2026-11-22", "x"))
    with pytest.raises(KrachtlijnError, match="no frozen report"):
        editions.admit(filled.project, room_for(filled.project, filled.run, folder), "zomaar")
    assert failures_room(filled.project, filled.run, folder) == folder / "mislukt"


def test_a_fault_after_the_exchange_leaves_neither_edition(filled, room, monkeypatch):
    """The frozen report stands as it stood, and nothing is kept of what was not replaced."""
    frozen.freeze(filled.project, room, "secretaris")
    before = content_of(filled.project.reports)

    def broken(_):
        raise OSError("full")

    monkeypatch.setattr(overview, "write", broken)
    with pytest.raises(OSError, match="full"):
        changed(filled).build(reissue="nieuwe cijfers")
    assert content_of(filled.project.reports) == before
    assert not (filled.project.reports / "uitgaven").exists()


def test_what_a_killed_run_kept_is_replaced_when_it_is_the_same(filled, room):
    """It was kept, but the report was not replaced: the next reissue has the number, and its own reason."""
    frozen.freeze(filled.project, room, "secretaris")
    before = content_of(room.folder)
    room.kept.mkdir(parents=True)
    with editions.claimed(filled.project, room, "afgebroken") as work:
        keeping = editions._keeping(room, work, "afgebroken", "2026-11-01")
        keeping.__enter__()
        del keeping  # as after a kill: nothing is undone
    changed(filled).build(reissue="nieuwe cijfers")
    assert editions.numbers(room.kept) == [1]
    assert record(room.kept / "1")["replaced_because"] == "nieuwe cijfers"
    kept = content_of(room.kept / "1")
    assert {name: kept[name] for name in before} == before


def test_a_number_that_is_taken_by_another_report_is_not_used_again(filled, room):
    """What is kept there stays as it is."""
    frozen.freeze(filled.project, room, "secretaris")
    (room.kept / "1").mkdir(parents=True)
    (room.kept / "1" / "rapport-nl.html").write_text("iets anders", encoding="utf-8")
    filled.build(reissue="nieuwe cijfers")
    assert content_of(room.kept / "1") == {"rapport-nl.html": b"iets anders"}
    assert record(room.kept / "2")["number"] == 2
    assert record(room.folder)["number"] == 3


def test_a_report_whose_folder_was_removed_goes_on_counting(filled, room):
    """Two editions never share a number."""
    frozen.freeze(filled.project, room, "secretaris")
    filled.build(reissue="nieuwe cijfers")
    for path in room.folder.iterdir():
        path.unlink()
    room.folder.rmdir()
    filled.build()
    assert record(room.folder) == {"number": 2, "issued_on": "2026-11-22"}


def test_the_mark_can_be_taken_away(filled, room):
    """Then the report is replaced like any other, and keeps its number."""
    frozen.freeze(filled.project, room, "secretaris")
    filled.build(reissue="nieuwe cijfers")
    frozen.unfreeze(filled.project, room)
    assert not (room.folder / "bevroren.json").exists()
    changed(filled).build()
    assert record(room.folder)["number"] == 2
    assert editions.numbers(room.kept) == [1]


def test_a_mark_that_cannot_be_read_still_counts(filled, room):
    """What was frozen does not thaw by damage."""
    (room.folder / "bevroren.json").write_text("{", encoding="utf-8")
    with pytest.raises(KrachtlijnError, match="is frozen") as caught:
        filled.build()
    assert caught.value.why == "the mark itself cannot be read"


@pytest.mark.parametrize("harm", ["rapport-fr.html", "manifest.json", None])
def test_only_what_was_published_is_frozen(filled, room, harm):
    """A file that is changed or gone, a manifest that cannot be read, or no report: refused, with what to do."""
    for path in [room.folder / harm] if harm else list(room.folder.iterdir()):
        path.write_text("x", encoding="utf-8") if harm else path.unlink()
    with pytest.raises(KrachtlijnError) as caught:
        frozen.freeze(filled.project, room, "secretaris")
    assert caught.value.do == "make the report first: krachtlijn report 2026Q3"
    assert (harm or "no report") in str(caught.value)
    assert not (room.folder / "bevroren.json").exists()


def test_what_is_frozen_or_not_already_is_told(filled, room):
    """A second freeze would hide the day of the first."""
    with pytest.raises(KrachtlijnError, match="2026Q3 is not frozen"):
        frozen.unfreeze(filled.project, room)
    frozen.freeze(filled.project, room, "secretaris")
    with pytest.raises(KrachtlijnError, match="frozen already"):
        frozen.freeze(filled.project, room, "ander")


def test_a_run_that_is_alive_keeps_all_others_off_its_quarter(filled, room):
    """A second run, and whoever would freeze what it replaces; another quarter is free."""
    with editions.claimed(filled.project, room):
        for wish in (filled.build, lambda: frozen.freeze(filled.project, room, "x")):
            with pytest.raises(KrachtlijnError, match="another run is at work on 2026Q3"):
                wish()
        filled.build(quarter=Quarter(2026, 2))
    filled.build()


def test_a_killed_run_holds_nobody_up(filled, room):
    """Nor does what it left: the next run removes it."""
    program = (
        "import sys, os, signal; from pathlib import Path; from analysis.build import editions, rooms;"
        "from analysis.paths import Project; from analysis.quarter import Quarter; p = Project(Path(sys.argv[1]));"
        "claim = editions.claimed(p, rooms.room_of(p, Quarter(2026, 3))); claim.__enter__(); os._exit(9)"
    )
    ended = subprocess.run([sys.executable, "-c", program, str(filled.project.root)], check=False)
    assert ended.returncode == 9
    assert (filled.project.reports / ".work").is_dir()
    filled.build()
    assert not (filled.project.reports / ".work").exists()


def test_each_report_has_its_own_rooms(filled):
    """A quarter's own, and that of another plan; a plan may not take the name of another folder."""
    quarter, reports = Quarter(2026, 3), filled.project.reports
    own = room_of(filled.project, quarter)
    assert own == room_of(filled.project, quarter, "gob-2021-2026")
    other = room_of(filled.project, quarter, "actiris-mandaat")
    assert other.folder == reports / "actiris-mandaat" / "2026Q3"
    assert (other.failures, other.kept) == (
        reports / "mislukt" / "2026Q3-actiris-mandaat",
        reports / "uitgaven" / "2026Q3-actiris-mandaat",
    )
    for name in ("mislukt", "uitgaven", "2026Q1", "../x", ".work"):
        assert not is_plan(name)
        with pytest.raises(KrachtlijnError, match="cannot be the name of a folder"):
            room_of(filled.project, quarter, name)


def test_the_page_tells_of_a_reissue(filled, room):
    """It is made in the same step."""
    frozen.freeze(filled.project, room, "secretaris")
    assert "Bevroren sinds 22 november 2026" in (filled.project.reports / "index.html").read_text(encoding="utf-8")
    changed(filled).build(reissue="nieuwe cijfers")
    page = (filled.project.reports / "index.html").read_text(encoding="utf-8")
    assert "uitgaven/2026Q3/1/rapport-nl.html" in page
    assert "Reden: nieuwe cijfers" in page


def test_a_failed_reissue_keeps_nothing(filled, room):
    """The notebooks come first."""
    frozen.freeze(filled.project, room, "secretaris")
    run = replace(filled.run, languages=("nl",))

    def stopped(jobs):
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        build.build(filled.project, run, executor=stopped, reissue="nieuwe cijfers")
    assert not room.kept.exists()
