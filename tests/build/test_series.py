"""Many reports in one go: one that fails leaves the others alone, and the page of failures tells what failed."""

from __future__ import annotations

import json
import re
import shutil
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field, replace

import pytest

from analysis import cli
from analysis.build import failures, pages, series
from analysis.build.cache import Cache, decisions
from analysis.build.execute import Outcome
from analysis.build.failure import Failure
from analysis.build.kernels.opened import Opened
from analysis.build.order import Order
from analysis.build.rooms import room_for
from analysis.cli import making
from analysis.errors import KrachtlijnError
from analysis.figure import MIME
from analysis.quarter import Quarter
from tests.build.conftest import RUN, copy_jobs

FAILURE = Failure(5, "Wie", 2, "x = 1 / 0", "ZeroDivisionError: division by zero")
QUARTERS = (Quarter(2026, 1), Quarter(2026, 2), Quarter(2026, 3))


@dataclass
class Kitchen:
    """An executor that fails where it is told to, and notes what it ran."""

    failing: set[tuple[str, str]] = field(default_factory=set)
    ran: list[tuple[str, str, str]] = field(default_factory=list)

    def __call__(self, jobs):
        """Take the place of the kernels."""
        for job in jobs:
            quarter, name = str(job.parameters["quarter"]), job.notebook.stem
            self.ran.append((quarter, name, "+".join(job.languages)))
            shutil.copy(job.notebook, job.output)
            yield Outcome(job, FAILURE if (quarter, name) in self.failing else None, Opened())

    def taken(self):
        """Return what ran since it was asked last."""
        ran, self.ran = self.ran, []
        return ran


@pytest.fixture
def kitchen(house):
    """Two chapters that show the same in both languages."""
    for name in ("10_omgeving", "20_swot"):
        house.add(name, house.text("## Wie", "nl"), house.text("## Qui", "fr"), house.code("x = 1\nx = 1 / 0"))
    return Kitchen()


@pytest.fixture
def make(house, kitchen):
    """Make some quarters; return the results by quarter."""

    def go(*quarters, cache=True, **changes):
        runs = [replace(RUN, quarter=quarter, **changes) for quarter in quarters or QUARTERS]
        orders = [Order(run, room_for(house.project, run)) for run in runs]
        how = {"executor": kitchen, "cache": Cache(house.project) if cache else None}
        results = list(series.make(house.project, orders, **how))
        failures.keep(results)
        failures.renew(house.project)
        return {str(result.order.run.quarter): result for result in results}

    return go


def page_of(house):
    """The page of failures; nothing when there is none."""
    path = house.project.reports / "mislukt" / "index.html"
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def test_one_failing_report_leaves_the_others(house, kitchen, make):
    """They are published, whole; of the failing one nothing is."""
    kitchen.failing = {("2026Q2", "20_swot")}
    results = make()
    assert [bool(results[name].published) for name in ("2026Q1", "2026Q2", "2026Q3")] == [True, False, True]
    (failed,) = results["2026Q2"].failed
    assert (failed.notebook, failed.failure) == ("notebooks/20_swot.ipynb", FAILURE)
    reports = house.project.reports
    assert sorted(path.name for path in reports.iterdir()) == ["2026Q1", "2026Q3", "index.html", "mislukt"]
    assert sorted(path.name for path in (reports / "mislukt" / "2026Q2").iterdir()) == ["20_swot.ipynb", "mislukt.json"]


def test_a_rerun_continues_where_it_failed(house, kitchen, make):
    """Only what failed runs again."""
    kitchen.failing = {("2026Q2", "20_swot")}
    make()
    assert len(kitchen.taken()) == 6
    kitchen.failing.clear()
    results = make()
    assert kitchen.taken() == [("2026Q2", "20_swot", "nl+fr")]
    assert all(result.published for result in results.values())
    assert sum(not decision.reasons for decision in decisions(house.project)) == 5


def test_without_the_cache_all_runs_again(kitchen, make):
    """As with --no-cache."""
    for _ in range(2):
        make(cache=False)
        assert len(kitchen.taken()) == 6


def test_both_languages_come_from_one_run(house, kitchen, make):
    """Each notebook runs once per quarter; a report in one language uses what ran for both."""
    make(QUARTERS[2])
    assert kitchen.taken() == [("2026Q3", "10_omgeving", "nl+fr"), ("2026Q3", "20_swot", "nl+fr")]
    make(QUARTERS[2], languages=("fr",))
    assert kitchen.taken() == []


@pytest.mark.parametrize("code", ["print(language)", "globals()['language']", "title = f'{language}'"])
def test_a_notebook_that_uses_the_language_runs_once_per_language(house, kitchen, make, code):
    """What it does with it is its own affair."""
    house.add("20_swot", house.code(code))
    make(QUARTERS[2])
    assert kitchen.taken()[1:] == [("2026Q3", "20_swot", "nl"), ("2026Q3", "20_swot", "fr")]
    make(QUARTERS[2], languages=("fr",))
    assert kitchen.taken() == []


def test_outputs_in_one_language_make_a_notebook_run_for_each(house, kitchen, make, figure):
    """Seen when it has run; remembered, so that the next time it is known before."""
    house.add("20_swot", house.figure(figure()))
    make(QUARTERS[2])
    assert kitchen.taken()[1:] == [("2026Q3", "20_swot", way) for way in ("nl+fr", "nl", "fr")]
    make(QUARTERS[2])
    assert kitchen.taken() == []
    house.add("10_omgeving")
    make(QUARTERS[2])
    assert kitchen.taken() == [("2026Q3", "10_omgeving", "nl+fr")]


def test_the_page_tells_all_that_is_needed(house, kitchen, make):
    """Notebook, cell, line, parameters, error, and the command that shows it again."""
    kitchen.failing = {("2026Q2", "20_swot"), ("2026Q3", "10_omgeving")}
    make()
    page = page_of(house)
    text = re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])
    for words in (
        "2026Q2",
        "notebooks/20_swot.ipynb",
        "5, under “Wie”",
        "x = 1 / 0",
        "ZeroDivisionError: division by zero",
        "quarter = 2026Q2",
        "as_of = 2026-11-14",
        "language = nl+fr",
        "reports/mislukt/2026Q2/20_swot.ipynb",
        "papermill notebooks/20_swot.ipynb again.ipynb -p quarter 2026Q2 -p language nl+fr -p plan gob-2021-2026",
        "2026Q3",
        "notebooks/10_omgeving.ipynb",
    ):
        assert words in text, words
    assert "2026Q1" not in text
    assert "<script" not in page


def test_the_page_goes_away_piece_by_piece(house, kitchen, make):
    """A quarter that is mended leaves it; the last one takes it away with its folder."""
    kitchen.failing = {("2026Q2", "20_swot"), ("2026Q3", "10_omgeving")}
    make()
    kitchen.failing = {("2026Q3", "10_omgeving")}
    make(QUARTERS[1])
    assert "2026Q2" not in page_of(house)
    assert "2026Q3" in page_of(house)
    kitchen.failing.clear()
    make(QUARTERS[2])
    assert not (house.project.reports / "mislukt").exists()


def test_another_failure_takes_the_place_of_the_first(house, kitchen, make):
    """What failed before, and does not now, is no longer told of; its notebook is gone too."""
    kitchen.failing = {("2026Q2", "20_swot")}
    make(QUARTERS[1], cache=False)
    kitchen.failing = {("2026Q2", "10_omgeving")}
    make(QUARTERS[1], cache=False)
    assert "10_omgeving" in page_of(house)
    assert "20_swot" not in page_of(house)
    room = house.project.reports / "mislukt" / "2026Q2"
    assert sorted(path.name for path in room.iterdir()) == ["10_omgeving.ipynb", "mislukt.json"]


def test_a_fault_besides_the_notebooks_is_told_too(house, make, figure):
    """Something that cannot be shown, after all notebooks ended well."""
    broken = house.figure(figure())
    broken.outputs[0].data[MIME]["alt"] = " "
    house.add("20_swot", broken)
    results = make(QUARTERS[2])
    assert "text alternative" in str(results["2026Q3"].fault)
    assert "text alternative" in page_of(house)


def test_hostile_words_are_shown_as_they_are(house, make, kitchen):
    """What an error says may look like markup."""
    house.add("20_swot <b>", house.code("1"))
    kitchen.failing = {("2026Q3", "20_swot <b>")}
    make(QUARTERS[2])
    assert "20_swot &lt;b&gt;" in page_of(house)
    assert "20_swot <b>" not in page_of(house)
    assert "&#39;notebooks/20_swot &lt;b&gt;.ipynb&#39;" in page_of(house)


def test_a_damaged_record_is_left_out(house, make, kitchen):
    """The page is about what can be read."""
    kitchen.failing = {("2026Q2", "20_swot"), ("2026Q3", "20_swot")}
    make(*QUARTERS[1:])
    for content in ("{", "[]", "1", '{"name": 1}', '{"name": "x", "fault": "", "failed": [1]}'):
        (house.project.reports / "mislukt" / "2026Q2" / "mislukt.json").write_text(content, encoding="utf-8")
        failures.renew(house.project)
        assert "2026Q3" in page_of(house)


def test_the_command_fails_and_names_the_page(project, house, kitchen, monkeypatch, capsys):
    """Exit code 1 for a series in which one failed; the others are named. Mended, the code is 0."""
    from analysis.build.pages import Here

    kitchen.failing = {("2026Q2", "20_swot")}
    shutil.copytree(project.raw / "plannen", house.project.raw / "plannen")
    monkeypatch.setenv("KRACHTLIJN_ROOT", str(house.project.root))
    monkeypatch.setattr(making, "run_jobs", kitchen)
    monkeypatch.setattr(making, "take_in", lambda _: None)
    monkeypatch.setattr(making, "admit", lambda *_, **__: None)
    monkeypatch.setattr(making.pages, "warm_up", lambda: None)
    monkeypatch.setattr(making.pages, "setters", lambda _: Here())
    monkeypatch.setattr("sys.argv", ["krachtlijn", "report", "2026Q1..2026Q3"])
    codes = []
    for _ in range(2):
        with pytest.raises(SystemExit) as end:
            cli.main()
        codes.append(int(end.value.code or 0))
        kitchen.failing.clear()
    told = capsys.readouterr()
    assert codes == [1, 0], told
    assert "1 of 3 reports failed; reports/mislukt/index.html tells what" in told.err
    assert "reports/2026Q3/rapport-nl.html" in told.out
    assert "reports/2026Q1/rapport-nl.html (unchanged)" in told.out
    assert not (house.project.reports / "mislukt").exists()
    assert json.loads((house.project.reports / "2026Q2" / "manifest.json").read_text(encoding="utf-8"))


def test_a_setter_that_is_killed_is_told(house, figure):
    """The machine ran out of memory, say: one message, and nothing was published."""
    house.add("10_omgeving", house.figure(figure()))

    class Dying(pages.Here):
        def submit(self, *_, **__):
            raise BrokenProcessPool

    order = Order(house.run, room_for(house.project, house.run))
    with pytest.raises(KrachtlijnError, match="sets the pages was killed"):
        list(series.make(house.project, [order], executor=copy_jobs, setters=Dying()))
    assert not (house.project.reports / "2026Q3").exists()
