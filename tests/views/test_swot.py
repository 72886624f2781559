"""The chapter SWOT on the real data."""

from __future__ import annotations

import pytest

from analysis.paths import Project
from analysis.views import Report, swot

VIEWS = [swot.items, swot.per_group, swot.unanswered, swot.objectives]


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q2", "2024Q4", "2026Q3"])
def test_every_view_has_a_message_and_origins_in_every_quarter(project: Project, quarter: str, language: str) -> None:
    """Nothing crashes, and every figure says that the links are Krachtlijn's own."""
    report = Report(quarter, language, project=project)
    for view in VIEWS:
        figure = view(report)
        assert figure.title
        assert "krachtlijn-koppeling" in {origin.bron_id for origin in figure.origins}
        assert any("Krachtlijn" in note for note in figure.notes)


@pytest.mark.parametrize("plan", ["actiris-mandaat", "hr-begeleiding-2018"])
def test_a_plan_without_swot_says_so(project: Project, plan: str) -> None:
    """One sentence in place of an empty table."""
    report = Report("2026Q3", "fr", plan, project=project)
    assert {view(report).kind for view in VIEWS} == {"sentences"}


def test_all_items_are_shown_in_their_four_groups(project: Project) -> None:
    """5 + 9 + 7 + 10 items, each once."""
    grid = swot.items(Report("2026Q3", "nl", project=project)).grid
    assert grid
    assert list(grid.groups) == [0, 5, 14, 21]
    assert len({row[0].split()[0] for row in grid.rows}) == 31


def test_the_figures_agree_on_what_is_unanswered(project: Project) -> None:
    """The table of items, the chart and the list count the same."""
    report = Report("2026Q3", "fr", project=project)
    items, chart, unanswered = (view(report).grid for view in (swot.items, swot.per_group, swot.unanswered))
    assert items
    assert chart
    assert unanswered
    without = [row[0] for row in items.rows if row[1] == "–"]
    assert without == [row[0] for row in unanswered.rows]
    assert sum(int(row[-1]) for row in chart.rows) == len(without)
    assert sum(int(cell) for row in chart.rows for cell in row[1:]) == len(items.rows)


def test_progress_grows_with_what_is_known(project: Project) -> None:
    """The same actions, but fewer of them show progress in an earlier report."""
    early, late = (swot.items(Report(quarter, "nl", project=project)).grid for quarter in ("2021Q3", "2026Q3"))
    assert early
    assert late
    pairs = [(one[1].split(" van "), two[1].split(" van ")) for one, two in zip(early.rows, late.rows, strict=True)]
    counted = [(one, two) for one, two in pairs if one != ["–"]]
    assert all(one[1] == two[1] and int(one[0]) <= int(two[0]) for one, two in counted)
    assert any(int(one[0]) < int(two[0]) for one, two in counted)
