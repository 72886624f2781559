"""The red thread in the chapter on the SWOT: one picture and two tables that agree with the data."""

from __future__ import annotations

import pytest

from analysis.language import Words
from analysis.paths import Project
from analysis.views import Report, standing, swot
from analysis.views.swot.rode_draad import challenges_title, thread_title

NL = Words("nl")


@pytest.fixture(scope="module")
def report(project: Project) -> Report:
    """The real report, in both languages."""
    return Report("2026Q3", "nl+fr", project=project)


@pytest.mark.parametrize("name", ["thread", "challenges", "loose"])
def test_each_is_a_whole_figure_in_both_languages(report: Report, name: str) -> None:
    """With its sources, and the note that the links are our own."""
    figure = getattr(swot, name)(report)
    for one in (figure, *figure.others.values()):
        assert one.title
        assert one.grid.rows
        assert any("Krachtlijn" in note for note in one.notes)
    assert any(origin.bron_id == "krachtlijn-koppeling" for origin in figure.origins)


def test_loose_and_answering_actions_are_all_actions(report: Report) -> None:
    """No action is lost between the picture and the table of loose ones."""
    own = report.in_language("nl")
    total, loose = len(standing.statuses(own)), swot.loose(own)
    behind = {code for row in swot.thread(own).grid.rows for code in row[2].split(", ")}
    answering = standing.statuses(own)["doelstelling_code"].isin(behind).sum()
    assert len(loose.grid.rows) + answering == total


@pytest.mark.parametrize(
    ("untouched", "loose", "said"),
    [
        ([], 0, "Elke zwakte is aangepakt door een actie waarvan de voltooiing openbaar is; elke actie beantwoordt"),
        (
            ["W1"],
            1,
            "Achter 1 van de 9 zwaktes staat geen enkele actie waarvan de voltooiing openbaar is (W1); 1 actie",
        ),
        (["W1", "W2"], 2, "openbaar is (W1 en W2); 2 acties beantwoorden geen enkel item"),
    ],
)
def test_the_title_of_the_thread_counts_right(untouched: list[str], loose: int, said: str) -> None:
    """None, one and more."""
    assert said in thread_title(NL, untouched, 9, loose)


def test_the_title_of_the_challenges_counts_right() -> None:
    """None, one and more."""
    told = [challenges_title(NL, 35, n) for n in (0, 1, 2)]
    assert told[0] == "Elke uitdaging komt in de SWOT terug"
    assert told[1].startswith("1 van de 35 uitdagingen komt ")
    assert told[2].startswith("2 van de 35 uitdagingen komen ")


def test_a_plan_without_swot_says_so(project: Project) -> None:
    """The mandate has none."""
    other = Report("2026Q3", "nl", plan="actiris-mandaat", project=project)
    assert {getattr(swot, name)(other).kind for name in ("thread", "challenges", "loose")} == {"sentences"}
