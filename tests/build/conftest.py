"""A small house with hand-made notebooks, and an executor that needs no kernel."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from analysis import build
from analysis.build.execute import Job, Outcome
from analysis.figure import MIME, Column, Figure, Grid, Origin
from analysis.params import Run
from analysis.paths import Project
from analysis.quarter import Quarter

PARAMETERS = 'quarter = "2026Q3"\nlanguage = "nl"\nplan = None\nas_of = None'

RUN = Run(Quarter(2026, 3), dt.date(2026, 11, 14), False, "gob-2021-2026", ("nl", "fr"), 45)


def bars(**changes: Any) -> Figure:
    """A chart with two bars, a grouped table behind it and two sources."""
    spec = {
        "data": {"values": [{"s": "loopt", "n": 1053.5}, {"s": "<geen spoor>", "n": 2}]},
        "mark": "bar",
        "encoding": {"x": {"field": "n", "type": "quantitative"}, "y": {"field": "s", "type": "nominal"}},
        "height": 80,
        "config": {"font": 'Arial, "Liberation Sans"'},
    }
    columns = (Column("Status"), Column("Aantal", "number"))
    grid = Grid(columns, (("loopt", "1.053,5"), ("<geen spoor>", "2,0")), {1: "Rest"})
    origins = (
        Origin("a", "Een & ander", "BISA", "https://bisa.example/a?b=1&c=2", "officieel"),
        Origin("b", "Het plan", "GOB", "document:plan", "brondocument"),
    )
    figure = Figure("proef-kaart", "chart", "Eén loopt", "Aantal", "Eén staaf.", grid, spec, origins=origins)
    return replace(figure, **changes)


@dataclass
class House:
    """A project folder to put notebooks into."""

    project: Project
    run: Run = RUN
    calls: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, name: str, *cells: nbformat.NotebookNode, title: bool = True) -> Path:
        """Write a notebook with a title in both languages, its parameters, and these cells."""
        titles = [self.text(f"# Titel {name}", "nl"), self.text(f"# Titre {name}", "fr")] if title else []
        first = self.code(PARAMETERS, tags=["parameters"])
        notebook = nbformat.v4.new_notebook(cells=[*titles, first, *cells])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        path = self.project.notebooks / f"{name}.ipynb"
        nbformat.write(notebook, path)
        return path

    @staticmethod
    def text(source: str, *tags: str) -> nbformat.NotebookNode:
        """A Markdown cell."""
        return nbformat.v4.new_markdown_cell(source, metadata={"tags": list(tags)})

    @staticmethod
    def code(source: str, outputs: Sequence[Any] = (), tags: Sequence[str] = ()) -> nbformat.NotebookNode:
        """A code cell, with the outputs that the quick executor shows."""
        made = [nbformat.from_dict(output) if "output_type" in output else shown(output) for output in outputs]
        return nbformat.v4.new_code_cell(source, outputs=made, metadata={"tags": list(tags)})

    def figure(self, figure: Figure) -> nbformat.NotebookNode:
        """A code cell that has shown a figure."""
        return self.code("show()", [{MIME: figure.carrier(), "text/plain": "..."}])

    def build(self, wish: build.Wish | None = None, reissue: str = "", **options: Any) -> build.Published:
        """Build with the outputs that the notebooks hold already, without a kernel."""
        run = replace(self.run, **options)
        options = {"executor": copy_jobs, "wish": wish or build.Wish(), "reissue": reissue}
        return build.build(self.project, run, lambda *call: self.calls.append(call), **options)

    def html(self, language: str = "nl", **options: Any) -> str:
        """Build without a kernel and return the report."""
        published = self.build(**options)
        return (published.folder / f"rapport-{language}.html").read_text(encoding="utf-8")


def shown(data: dict[str, Any]) -> nbformat.NotebookNode:
    """An output of a cell."""
    return nbformat.v4.new_output("display_data", data)


def copy_jobs(jobs: Sequence[Job]) -> Iterator[Outcome]:
    """Stand in for the kernels: a notebook is already as it would be after its run."""
    for job in jobs:
        shutil.copy(job.notebook, job.output)
        yield Outcome(job)


def comes(condition: Callable[[], object], seconds: float = 60) -> bool:
    """Wait until something is so; say whether it came to be."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.1)
    return False


@pytest.fixture
def house(project: Project, tmp_path: Path) -> House:
    """A project with parameters, the register of plans and a summary of the intake, but no notebooks."""
    for name in ("data/raw/datapackage.json", "data/processed/plannen.parquet", "data/processed/intake.json"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(project.root / name, tmp_path / name)
    shutil.copytree(project.params, tmp_path / "params")
    (tmp_path / "notebooks").mkdir()
    return House(Project(tmp_path))


@pytest.fixture
def figure() -> Callable[..., Figure]:
    """Make the sample chart, with changes."""
    return bars


@pytest.fixture
def summary(house: House) -> Callable[..., None]:
    """Change the intake's summary."""

    def change(**changes: Any) -> None:
        path = house.project.processed / "intake.json"
        path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")

    return change
