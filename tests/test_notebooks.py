"""The notebooks: both languages side by side, short cells, no outputs."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from analysis.build.chapters import read_chapters
from analysis.paths import Project

ROOT = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
#: Panels for JupyterLab: no chapters, but held to the same rules.
PANELS = sorted((ROOT / "notebooks" / "verkennen").glob("*.ipynb"))
EVERY = [*NOTEBOOKS, *PANELS]
PARAMETERS = ["quarter", "language", "plan", "as_of", "deliveries"]


def test_the_chapters_are_there() -> None:
    """The chapters of the report, in their order."""
    assert [path.stem for path in NOTEBOOKS] == [
        "00_directieraad",
        "05_veranderingen",
        "10_omgeving",
        "20_swot",
        "30_personeel_budget",
        "40_krachtlijnen",
        "45_voortgang",
        "90_gegevens",
    ]


def test_panels_are_no_chapters() -> None:
    """What is tried out in JupyterLab never comes into a report."""
    assert [path.stem for path in PANELS] == ["swot"]
    assert not {*PANELS} & {chapter.path for chapter in read_chapters(Project(ROOT))}


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_has_no_outputs(path: Path) -> None:
    """Outputs are made, not kept."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert "widgets" not in notebook.metadata
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_prose_stands_in_both_languages(path: Path) -> None:
    """Each Markdown cell is Dutch or French; both have the same headings, in the same order."""
    cells = [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    levels: dict[str, list[str]] = {"nl": [], "fr": []}
    for cell in cells:
        tags = [tag for tag in cell.metadata.get("tags", []) if tag in levels]
        assert len(tags) == 1, cell.source
        levels[tags[0]] += [line.split()[0] for line in cell.source.splitlines() if line.startswith("#")]
    assert levels["nl"] == levels["fr"]
    assert levels["nl"][0] == "#"
    assert levels["nl"].count("#") == 1


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_code_cells_only_call(path: Path) -> None:
    """No def, no loop, at most 8 lines."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 8
            kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
            assert not kinds & {ast.FunctionDef, ast.For, ast.While, ast.Lambda, ast.ListComp, ast.ClassDef}


@pytest.mark.parametrize("path", EVERY, ids=lambda path: path.stem)
def test_every_notebook_takes_the_same_parameters(path: Path) -> None:
    """One cell is tagged as parameters and names them all, so that plain papermill works."""
    cells = nbformat.read(path, as_version=4).cells
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    assert len(tagged) == 1
    names = [node.targets[0].id for node in ast.parse(tagged[0].source).body]
    assert names == PARAMETERS
