"""The first chapter: computed sentences on what moved, what is late, what is unknown."""

from __future__ import annotations

import pytest

from analysis.paths import Project
from analysis.views import Report, directieraad
from analysis.views.standing import statuses

VIEWS = (directieraad.moved, directieraad.late, directieraad.unknown)


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q2", "2024Q4", "2026Q3"])
def test_every_quarter_has_its_three_messages(project: Project, quarter: str, language: str) -> None:
    """No quarter fails, and each message is one sentence without a place left to fill in."""
    report = Report(quarter, language, project=project)
    for view in VIEWS:
        figure = view(report)
        assert figure.title
        assert "{" not in figure.title + "".join(figure.sentences)


def test_the_count_of_unknown_actions_is_that_of_the_register(project: Project) -> None:
    """The number in the message is counted, not typed."""
    report = Report("2026Q3", "nl", project=project)
    without = (statuses(report)["status"] == "geen_spoor").sum()
    assert directieraad.unknown(report).title.startswith(f"Van {without} van de 101 acties")


def test_what_moved_is_the_difference_with_the_previous_report(project: Project) -> None:
    """The actions named are exactly those whose status differs from one quarter ago."""
    report = Report("2026Q3", "nl", project=project)
    now, before = statuses(report).set_index("actie_code"), statuses(report.earlier()).set_index("actie_code")
    changed = now.index[now["status"] != before["status"]]
    figure = directieraad.moved(report)
    assert len(changed) > 0
    assert figure.title.startswith(str(len(changed)))
    assert all(code in " ".join(figure.sentences) for code in changed)
    assert figure.origins


def test_the_chapter_fits_on_one_screen(project: Project) -> None:
    """At most a dozen sentences, whatever the quarter."""
    for quarter in sorted(path.stem for path in project.params.glob("2*.yaml")):
        report = Report(quarter, "nl", project=project)
        assert sum(len(view(report).sentences) for view in VIEWS) <= 12, quarter


def test_a_plan_without_actions_says_so(project: Project) -> None:
    """The mandate has meetpunten in place of actions."""
    report = Report("2026Q3", "fr", plan="actiris-mandaat", project=project)
    for view in VIEWS:
        assert "ne compte pas d’actions" in view(report).title
