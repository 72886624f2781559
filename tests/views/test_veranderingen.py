"""What changed since last quarter: every part, every quarter, and exactly what was planted."""

from __future__ import annotations

import pytest

from analysis.intake import intake
from analysis.models.changes import status_changes
from analysis.paths import Project
from analysis.views import Report, standing, veranderingen
from analysis.views.veranderingen import wording

VIEWS = (
    veranderingen.statuses,
    veranderingen.evidence,
    veranderingen.revised,
    veranderingen.figures,
    veranderingen.targets,
    veranderingen.sources,
)
#: A later press article and a document of the Court on the debt of 2022, which was known as 8,850 million.
PLANTED = "directe_schuld,BHG,2022-12-31,8888,EUR_mln,gerealiseerd,parlement-brussels-8ab7b6,2024-07-01,nee,p. 1,"


@pytest.mark.parametrize("language", ["nl", "fr"])
@pytest.mark.parametrize("quarter", ["2021Q3", "2022Q2", "2024Q4", "2026Q3"])
def test_every_part_of_every_quarter_is_a_table_or_one_sentence(project: Project, quarter: str, language: str) -> None:
    """No crash, no empty table, no more rows than a board reads; the two days are named."""
    report = Report(quarter, language, project=project)
    for view in VIEWS:
        figure = view(report)
        assert figure.title
        assert figure.origins
        if figure.kind == "table":
            assert figure.grid is not None
            assert 0 < len(figure.grid.rows) <= wording.MOST
            assert report.words.date(report.as_of) in figure.subtitle
            assert report.words.date(report.run.previous_as_of()) in figure.subtitle
            assert "{" not in str(figure.grid.rows)


@pytest.mark.parametrize("plan", ["actiris-mandaat", "hr-begeleiding-2018"])
def test_other_plans_get_clear_sentences(project: Project, plan: str) -> None:
    """A plan without actions, or without evidence, is compared as far as it can be."""
    for view in VIEWS:
        assert view(Report("2026Q3", "fr", plan=plan, project=project)).title


def test_the_moved_actions_are_those_of_the_statuses(project: Project) -> None:
    """Each with the event that did it, under the heading of its move."""
    report = Report("2026Q3", "nl", project=project)
    changed = status_changes(standing.statuses(report), standing.statuses(report.earlier()))
    figure = veranderingen.statuses(report)
    assert figure.grid is not None
    assert sorted(row[0].split()[0] for row in figure.grid.rows) == sorted(changed["actie_code"])
    assert all(row[4] not in ("", "–") for row in figure.grid.rows)
    assert len(figure.grid.groups) == changed["beweging"].nunique()


def test_a_quarter_without_moves_says_so_in_one_sentence(project: Project) -> None:
    """2025Q3: no status changed."""
    figure = veranderingen.statuses(Report("2025Q3", "nl", project=project))
    assert (figure.kind, figure.grid) == ("sentences", None)
    assert figure.title == "Geen enkele actie heeft een andere status dan vorig kwartaal"


def test_new_evidence_is_what_the_previous_report_did_not_know(project: Project) -> None:
    """The number in the title is the difference of the two registers."""
    report = Report("2024Q4", "nl", project=project)
    n = len(standing.events(report)) - len(standing.events(report.earlier()))
    assert n > 0
    assert veranderingen.evidence(report).title.startswith(f"{n} openbare gebeurtenissen")


def test_a_real_revision_is_found(project: Project) -> None:
    """2024Q3: the Court's 13.3 billion replaced a rounded 13 billion."""
    figure = veranderingen.revised(Report("2024Q3", "nl", project=project))
    assert figure.grid is not None
    assert [row[2:5] for row in figure.grid.rows] == [("13.000 miljoen euro", "13.300 miljoen euro", "+300")]


def test_figures_that_count_something_else_are_no_revision(project: Project) -> None:
    """2023Q4: the deficit with strategic investments does not revise the one without."""
    assert veranderingen.revised(Report("2023Q4", "nl", project=project)).kind == "sentences"


def test_a_target_beside_an_older_one_for_the_same_year_names_both(project: Project) -> None:
    """2023Q2: -47 % by 2030 came beside -40 %."""
    figure = veranderingen.targets(Report("2023Q2", "nl", project=project))
    assert figure.grid is not None
    assert [row[1:3] for row in figure.grid.rows] == [("−47 tegen 2030 (Gewest)", "−40 tegen 2030")]


def test_undated_targets_are_not_called_new(project: Project) -> None:
    """They stand in the report for the first time because they were collected then."""
    figure = veranderingen.targets(Report("2026Q3", "nl", project=project))
    assert "zonder datum" in figure.title
    assert "nieuw" not in figure.title


@pytest.mark.slow
def test_a_planted_revision_is_found_and_changes_no_earlier_report(project: Project, sandbox: Project) -> None:
    """One row, published on 1 July 2024: one more line in 2024Q2, the same to the letter in 2024Q1."""
    path = sandbox.raw / "budget" / "budget.csv"
    path.write_text(path.read_text(encoding="utf-8") + PLANTED + "\n", encoding="utf-8")
    assert intake(sandbox).quarantined == 0
    for view in VIEWS:
        before, after = (view(Report("2024Q1", "nl", project=place)) for place in (project, sandbox))
        assert after == before
    found = veranderingen.revised(Report("2024Q2", "nl", project=sandbox)).grid
    assert veranderingen.revised(Report("2024Q2", "nl", project=project)).grid is None
    assert found is not None
    assert [(row[0].split(",")[0], *row[2:5]) for row in found.rows] == [
        ("Directe schuld van het Gewest", "8.850 miljoen euro", "8.888 miljoen euro", "+38")
    ]
