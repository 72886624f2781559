"""The chapter krachtlijnen on the real data."""

from __future__ import annotations

import json
import re

import pytest

from analysis.models.evidence import STATUSES
from analysis.paths import Project
from analysis.views import Report, krachtlijnen, standing
from analysis.views.theme import STATUS_COLOURS, STATUS_SIGNS

VIEWS = [getattr(krachtlijnen, name) for name in krachtlijnen.__all__]
QUARTERS = ["2021Q3", "2022Q2", "2024Q4", "2026Q3"]
#: What French puts before double punctuation is a space that does not break.
BREAKABLE = re.compile(r"\S [:;?!%»]|« ")


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", QUARTERS)
def test_every_view_has_a_message_and_origins_in_every_quarter(project: Project, quarter: str, language: str) -> None:
    """Nothing crashes, no title is empty, no place in a message is left open."""
    report = Report(quarter, language, project=project)
    for view in VIEWS:
        figure = view(report)
        assert figure.title, view.__name__
        assert figure.origins, figure.id
        texts = [figure.title, figure.subtitle, figure.alt, *figure.sentences, *figure.notes]
        assert not [text for text in texts if "{" in text or "nan" in text.split() or "NaT" in text]
        if language == "fr":
            assert not [text for text in texts if BREAKABLE.search(text)]


@pytest.mark.parametrize("plan", ["actiris-mandaat", "hr-begeleiding-2018"])
def test_every_view_speaks_of_any_plan(project: Project, plan: str) -> None:
    """A plan without actions, or without evidence, gets a sentence in place of a failure."""
    report = Report("2026Q3", "fr", plan, project=project)
    assert all(view(report).title for view in VIEWS)


@pytest.mark.parametrize("quarter", QUARTERS)
def test_the_statuses_add_up_to_the_plan(project: Project, quarter: str) -> None:
    """101 actions, each in one column of the chart's table and once in the register."""
    report = Report(quarter, "nl", project=project)
    grid = krachtlijnen.status_per_krachtlijn(report).grid
    assert grid
    assert sum(int(cell) for row in grid.rows for cell in row[1:-1]) == 101
    assert sum(int(row[-1]) for row in grid.rows) == 101
    register = krachtlijnen.register(report).grid
    assert register
    assert len(register.rows) == 101
    assert len(register.groups) == 20


def test_an_earlier_report_knows_less(project: Project) -> None:
    """What became known in October 2026 takes over two actions in 2026Q3, and not in 2026Q2."""
    now = standing.statuses(Report("2026Q3", "nl", project=project))
    before = standing.statuses(Report("2026Q2", "nl", project=project))
    assert (now["status"] == "overgenomen").sum() == 2
    assert (before["status"] == "overgenomen").sum() == 0


def test_signs_and_colours_tell_all_statuses_apart() -> None:
    """Each status has its own sign, so that colour is never alone."""
    assert set(STATUS_SIGNS) == set(STATUS_COLOURS) == set(STATUSES)
    assert len(set(STATUS_SIGNS.values())) == len(STATUSES)


def test_the_time_line_shows_every_event_once(project: Project) -> None:
    """As many signs in the drawing as events in its table."""
    report = Report("2026Q3", "nl", project=project)
    figure = krachtlijnen.timeline(report)
    assert figure.spec
    assert figure.grid
    (signs,) = figure.spec["datasets"].values()
    assert len(signs) == len(standing.events(report)) == sum(int(row[3]) for row in figure.grid.rows)


def test_a_drawing_holds_only_what_it_shows(project: Project) -> None:
    """No text of an event, no source, no code of an action leaks into a chart."""
    report = Report("2026Q3", "nl", project=project)
    for view in (krachtlijnen.timeline, krachtlijnen.status_per_krachtlijn):
        assert "bron_id" not in json.dumps(view(report).spec)


def test_french_readers_are_told_that_events_are_in_dutch(project: Project) -> None:
    """Nothing is translated in silence; Dutch readers need no such note."""
    note = "néerlandais"
    french = krachtlijnen.recent_events(Report("2026Q3", "fr", project=project))
    dutch = krachtlijnen.recent_events(Report("2026Q3", "nl", project=project))
    assert any(note in text for text in french.notes)
    assert len(french.notes) == len(dutch.notes) + 1


def test_a_year_stays_a_year(project: Project) -> None:
    """A date is written no more precisely than its source did."""
    rows = krachtlijnen.recent_events(Report("2026Q3", "nl", project=project)).grid
    assert rows
    assert {"2025", "november 2025", "5 juni 2026"} <= {row[0] for row in rows.rows}


def test_targets_are_those_of_the_plan(project: Project) -> None:
    """The mandate of Actiris has 34 targets; the GOB's plan says that it has none."""
    actiris = krachtlijnen.targets(Report("2026Q3", "nl", "actiris-mandaat", project=project))
    assert actiris.grid
    assert len(actiris.grid.rows) == 34
    assert "≥ 90\u00a0%" in {row[2] for row in actiris.grid.rows}
    assert krachtlijnen.targets(Report("2026Q3", "nl", project=project)).kind == "sentences"
