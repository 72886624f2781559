"""The panel without a browser: what is chosen shows at once, can be undone, and never ends in a traceback."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

from analysis.errors import KrachtlijnError
from analysis.explore import source, swot
from analysis.explore.panel import Panel
from analysis.explore.scoring import START
from analysis.paths import Project

pytestmark = pytest.mark.xdist_group("explore")


def opened(project: Project, deliveries: str | None = "examples", language: str = "nl", **parameters: str) -> Panel:
    """Return a panel on a project."""
    return Panel(source.Asked(parameters.pop("quarter", "2026Q3"), project=project, **parameters), language, deliveries)


def told(panel: Panel) -> str:
    """Return the words on top, without marks."""
    return unescape(re.sub(r"<[^>]+>", " ", panel.controls.heading.value))


def shown(panel: Panel) -> str:
    """Return all that the panel shows."""
    return panel.controls.heading.value + panel.controls.pictures.value + panel.controls.tables.value


def test_a_slider_changes_the_ranking_and_the_button_puts_it_back(examples: Project) -> None:
    """Ticks too; the group that is looked at stays."""
    panel = opened(examples)
    controls = panel.controls
    controls.group.value = "W"
    start = shown(panel)
    assert "Dit is de rangorde van het rapport" in told(panel)
    controls.weights["belang"].value = 10
    assert panel.outcome is not None
    assert panel.outcome.changed
    assert "Met deze keuzes staat W2" in told(panel)
    first, *_ = controls.raters.values()
    first.value = False
    assert "tellen er 9 mee" in told(panel)
    assert controls.weights["kans"].disabled  # is not asked of weaknesses
    controls.back.click()
    assert shown(panel) == start
    assert (controls.weights["belang"].value, first.value, controls.group.value) == (START, True, "W")


def test_the_panel_speaks_both_languages(examples: Project) -> None:
    """What was chosen stays when the language changes."""
    panel = opened(examples, language="fr")
    assert "Voici le classement du rapport" in told(panel)
    panel.controls.weights["belang"].value = 0
    panel.controls.language.value = "nl"
    assert "Voici" not in shown(panel)
    assert panel.controls.weights["belang"].value == 0
    assert panel.controls.weights["belang"].description == "belang"
    assert "Alle groepen" in [name for name, _ in panel.controls.group.options]


def test_another_moment_lists_its_own_raters(examples: Project) -> None:
    """Who was left out stays out, where they scored then too."""
    panel = opened(examples)
    assert [code for _, code in panel.controls.moment.options] == ["2026Q2", "2024Q2", "2022Q4"]
    panel.controls.raters["diensthoofd-1"].value = False
    panel.controls.moment.value = "2022Q4"
    assert len(panel.controls.raters) == 9
    assert not panel.controls.raters["diensthoofd-1"].value
    assert "vierde kwartaal 2022 tellen er 8 mee" in told(panel)


def test_examples_are_fictitious_wherever_they_show(examples: Project) -> None:
    """On top, and at each picture and table."""
    panel = opened(examples)
    assert "Fictief" in told(panel)
    for part in (panel.controls.pictures.value, panel.controls.tables.value):
        assert part.count("<h4>") == part.count("(fictieve voorbeelden)</h4>") == 4


def test_without_scores_it_says_what_to_do(examples: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose the examples, or hand scores in; there is nothing to change, and the examples can be chosen."""
    of_report = source.moments
    monkeypatch.setattr(
        source, "moments", lambda report: {} if report.run.deliveries == "received" else of_report(report)
    )
    panel = opened(examples, None)
    assert panel.outcome is None
    assert "Er zijn geen scores" in told(panel)
    assert "krachtlijn receive" in told(panel)
    assert panel.controls.group.layout.display == "none"
    panel.controls.weights["belang"].value = 3
    panel.controls.deliveries.value = "examples"
    assert panel.controls.group.layout.display is None
    assert "Dit is de rangorde van het rapport" in told(panel)
    panel.controls.deliveries.value = "received"
    assert "Er zijn geen scores" in told(panel)


@pytest.mark.parametrize(
    ("parameters", "sign"),
    [
        ({"quarter": "2026Q9"}, "is not a quarter"),
        ({"deliveries": "voorbeelden"}, "allowed for 'deliveries'"),
        ({"plan": "geen"}, "the plan 'geen' is not known"),
        ({"plan": "actiris-mandaat"}, "geen SWOT"),
    ],
)
def test_what_cannot_be_shown_is_told(examples: Project, parameters: dict[str, str], sign: str) -> None:
    """A parameter that is not accepted, a plan without a SWOT: in the panel, not as a traceback."""
    panel = opened(examples, **parameters)
    assert sign in told(panel)
    panel.controls.language.value = "fr"
    panel.controls.back.click()
    assert panel.outcome is None


def test_tables_that_are_missing_are_made_first(examples: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a command; what goes wrong is told, and the other set can still be chosen."""
    asked: list[str] = []

    def fails(project: Project, which: str) -> None:
        asked.append(which)
        raise KrachtlijnError("a file is broken", do="mend it")

    monkeypatch.setattr(source, "is_there", lambda *asked_for: asked_for[1] != "examples")
    monkeypatch.setattr(source, "supply", fails)
    panel = opened(examples)
    assert asked == ["examples"]
    assert "mend it" in told(panel)
    monkeypatch.setattr(source, "is_there", lambda *_: True)
    panel.controls.deliveries.value = "received"
    panel.controls.deliveries.value = "examples"
    assert "Dit is de rangorde van het rapport" in told(panel)


@pytest.mark.parametrize(("which", "made"), [("examples", ["files", "intake"]), ("received", ["intake"])])
def test_examples_are_made_before_they_are_taken_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, which: str, made: list[str]
) -> None:
    """What was received is only taken in."""
    steps: list[str] = []
    monkeypatch.setattr("analysis.examples.files.ensure", lambda *_: steps.append("files"))
    monkeypatch.setattr("analysis.intake.ensure", lambda *_, **__: steps.append("intake"))
    assert not source.is_there(Project(tmp_path), which)
    source.supply(Project(tmp_path), which)
    assert steps == made


def test_the_box_is_what_a_cell_shows(examples: Project) -> None:
    """All widgets, under one style."""
    box = swot("2026Q3", "nl", deliveries="examples", project=examples)
    assert "krachtlijn" in box._dom_classes
    assert ".krachtlijn" in box.children[0].value


def test_the_notebook_runs_with_and_without_examples(examples: Project) -> None:
    """On a kernel, as JupyterLab does: each time a panel and no traceback, nothing else."""
    path = examples.notebooks / "verkennen" / "swot.ipynb"
    notebook = nbformat.read(path, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    again = [nbformat.v4.new_code_cell('deliveries = "examples"'), nbformat.v4.new_code_cell(code[-1].source)]
    notebook.cells += again
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(path.parent)}}).execute()
    for cell in (code[-1], again[-1]):
        assert ["application/vnd.jupyter.widget-view+json" in output.get("data", {}) for output in cell.outputs] == [
            True
        ]
