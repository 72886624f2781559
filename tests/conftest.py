"""Fixtures that several rooms share."""

from __future__ import annotations

import ast
import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest
from filelock import FileLock
from nbformat import NotebookNode

from analysis import cli
from analysis.build.execute import Executor, Job, Outcome
from analysis.deliveries import EXAMPLES
from analysis.examples import files
from analysis.figure import MIME, Figure
from analysis.intake import ensure
from analysis.paths import Project

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project itself, its data taken in once for all test workers."""
    checkout = Project(ROOT)
    shared = tmp_path_factory.getbasetemp().parent
    with FileLock(shared / "intake.lock"):
        ensure(checkout)
    return checkout


@pytest.fixture(scope="session")
def examples(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project itself, with the fictitious deliveries made and taken in once for all test workers."""
    with FileLock(tmp_path_factory.getbasetemp().parent / "examples.lock"):
        files.ensure(project, lambda *_: None)
        ensure(project, which=EXAMPLES)
    return project


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share; a next run has another one."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture
def sandbox(tmp_path: Path) -> Project:
    """A copy of the raw data and the parameters, to damage at will."""
    shutil.copytree(ROOT / "data" / "raw", tmp_path / "data" / "raw")
    shutil.copytree(ROOT / "params", tmp_path / "params")
    (tmp_path / "data" / "processed").mkdir()
    return Project(tmp_path)


@pytest.fixture(scope="session")
def in_process() -> Executor:
    """An executor for a build: runs notebooks in this process, cell by cell, without kernels."""
    return run_in_process


@pytest.fixture(scope="session")
def figures() -> Callable[..., dict[str, str]]:
    """Run all notebooks on a project in this process; return every figure that they show, as JSON by its id."""

    def run(project: Project, **parameters: Any) -> dict[str, str]:
        with project_at(project.root):
            ran = [executed(path, parameters) for path in sorted((ROOT / "notebooks").glob("*.ipynb"))]
        outputs = [output for notebook in ran for cell in notebook.cells for output in cell.get("outputs", [])]
        contents = [output.data[MIME] for output in outputs]
        return {content["id"]: json.dumps(content, sort_keys=True) for content in contents}

    return run


def run_in_process(jobs: Sequence[Job]) -> Iterator[Outcome]:
    """Take the place of the kernels."""
    for job in jobs:
        with project_at(job.root):
            nbformat.write(executed(job.notebook, job.parameters), job.output)
        yield Outcome(job)


def run(monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    """Run the command as a shell would, and return its exit code."""
    monkeypatch.setattr("sys.argv", ["krachtlijn", *words])
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def assert_clear(said: str, signs: Sequence[str]) -> None:
    """Hold that a message has all of these words, and is no traceback."""
    for sign in signs:
        assert sign in said
    assert "Traceback" not in said


@contextmanager
def project_at(root: Path) -> Iterator[None]:
    """Let notebooks find a project."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KRACHTLIJN_ROOT", str(root))
        yield


def executed(path: Path, parameters: dict[str, Any]) -> NotebookNode:
    """Return a notebook with the outputs of its code cells."""
    notebook: NotebookNode = nbformat.read(path, as_version=4)
    space: dict[str, object] = {}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = _outputs(cell, path.name, space)
            if "parameters" in cell.metadata.get("tags", []):
                space |= parameters
    return notebook


def _outputs(cell: NotebookNode, name: str, space: dict[str, object]) -> list[NotebookNode]:
    """Run a cell as Jupyter does: all its statements, and the value of the last one is shown."""
    tree = ast.parse(cell.source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, name, "exec"), space)  # noqa: S102 - the project's own notebooks
    if not isinstance(last, ast.Expr):
        return []
    result = eval(compile(ast.Expression(last.value), name, "eval"), space)  # noqa: S307 - as above
    assert isinstance(result, Figure), f"{name}: {cell.source}"
    # through JSON, as between a kernel and the build
    return [nbformat.v4.new_output("display_data", {MIME: json.loads(json.dumps(result.carrier()))})]
