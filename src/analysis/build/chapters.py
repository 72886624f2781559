"""The chapters of a report: every notebook in ``notebooks/``, read and checked before any kernel starts."""

from __future__ import annotations

import ast
import json
import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.build.kernels.imports import tree_of
from analysis.errors import KrachtlijnError
from analysis.params import LANGUAGES
from analysis.paths import Project

#: The tag that papermill looks for.
PARAMETERS = "parameters"


@dataclass(frozen=True)
class Chapter:
    """A notebook that is a chapter of the report.

    Attributes:
        path: the notebook's file.
        notebook: its content, of nbformat 4.5.
    """

    path: Path
    notebook: NotebookNode

    @property
    def name(self) -> str:
        """The file's name without its ending, such as ``10_omgeving``."""
        return self.path.stem

    @property
    def id(self) -> str:
        """The name without its number, fit for an anchor: ``10_omgeving`` is ``omgeving``."""
        return re.sub(r"[^a-z0-9]+", "-", re.sub(r"^\d+[_-]*", "", self.name).lower()).strip("-") or self.name

    def languages(self) -> tuple[str, ...]:
        """Return the languages that the prose is written in."""
        tags = {tag for cell in self.notebook.cells if is_prose(cell) for tag in tags_of(cell)}
        return tuple(language for language in LANGUAGES if language in tags)


def leaves_language_to_report(chapter: Chapter) -> bool:
    """Say whether a notebook does nothing with its parameter ``language`` but hand it to ``Report(...)``.

    Such a notebook may run once for all languages, as far as its own code goes; whether each of its outputs serves all
    languages is seen when it has run.
    """
    code = [cell for cell in chapter.notebook.cells if cell.cell_type == "code" and PARAMETERS not in tags_of(cell)]
    trees = [tree_of(cell.source) for cell in code]
    return all(tree is not None and _leaves_it(tree) for tree in trees)


def _leaves_it(tree: ast.Module) -> bool:
    nodes = list(ast.walk(tree))
    handed = [
        argument
        for node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Report"
        for argument in (*node.args, *(keyword.value for keyword in node.keywords))
    ]
    names = [node for node in nodes if isinstance(node, ast.Name) and node.id in _TELLING]
    return all(node.id == "language" and node in handed for node in names)


#: Names through which a cell could come by the language.
_TELLING = {"language", "globals", "locals", "vars", "eval", "exec", "get_ipython"}


def tags_of(cell: NotebookNode) -> list[str]:
    """Return the tags of a cell; a cell without tags has an empty list."""
    return list(cell.metadata.get("tags", []))


def is_prose(cell: NotebookNode) -> bool:
    """Say whether a cell holds text for the reader (an empty cell, as JupyterLab leaves behind, does not)."""
    return bool(cell.cell_type == "markdown" and cell.source.strip())


def read_chapters(project: Project) -> list[Chapter]:
    """Read and check all chapters, in the order of their names.

    Files whose name starts with ``_`` or ``.`` are drafts and stay out.

    Raises:
        KrachtlijnError: there is no notebook, or one cannot be a chapter; the message says which cell and why.
    """
    paths = sorted(path for path in project.notebooks.glob("*.ipynb") if path.name[0] not in "_.")
    if not paths:
        where = project.show(project.notebooks)
        raise KrachtlijnError("there are no notebooks to report on", where=where, do="restore them from git")
    chapters = [Chapter(path, _read(path, project.show(path))) for path in paths]
    for chapter in chapters:
        _check(chapter, project.show(chapter.path))
    _check_ids(project, chapters)
    return chapters


def _read(path: Path, where: str) -> NotebookNode:
    try:
        text = path.read_text(encoding="utf-8")
        content: object = json.loads(text)
    except ValueError as fault:  # also bytes that are not UTF-8
        raise _unreadable(where, f"it is not valid JSON: {fault}") from fault
    if not isinstance(content, dict) or not {"cells", "nbformat"} <= set(content):
        raise _unreadable(where, "it is JSON, but not a notebook of Jupyter 4 or newer")
    with warnings.catch_warnings():  # older notebooks lack cell ids: nbformat adds them and warns of it
        warnings.simplefilter("ignore")
        try:
            notebook: NotebookNode = nbformat.reads(text, as_version=4)
            nbformat.validate(notebook)
        except (nbformat.ValidationError, AttributeError, KeyError, TypeError, ValueError) as fault:
            reason = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
            raise _unreadable(where, f"it breaks the notebook format: {reason}") from fault
    return notebook


def _unreadable(where: str, why: str) -> KrachtlijnError:
    return KrachtlijnError(
        "a notebook cannot be read", where=where, why=why, do="open and save it in JupyterLab, or restore it from git"
    )


def _check(chapter: Chapter, where: str) -> None:
    cells = chapter.notebook.cells
    if not any(cell.cell_type == "code" and PARAMETERS in tags_of(cell) for cell in cells):
        raise KrachtlijnError(
            "a notebook has no cell for its parameters",
            where=where,
            why=f"no code cell carries the tag '{PARAMETERS}'",
            do=f"add a code cell with quarter, language, plan and as_of, and give it the tag '{PARAMETERS}'",
        )
    for number, cell in enumerate(cells, start=1):
        if is_prose(cell) and not set(tags_of(cell)) & set(LANGUAGES):
            raise KrachtlijnError(
                "a text cell does not say in which language it is",
                where=f"{where}, cell {number}: {cell.source.strip().splitlines()[0][:60]}",
                why=f"its tags are: {', '.join(tags_of(cell)) or 'none'}",
                do=f"give the cell the tag {' or '.join(LANGUAGES)} (in JupyterLab: the gears at the top right)",
            )


def _check_ids(project: Project, chapters: list[Chapter]) -> None:
    seen: dict[str, Chapter] = {}
    for chapter in chapters:
        if chapter.id in seen:
            raise KrachtlijnError(
                f"two notebooks would be the chapter '{chapter.id}'",
                where=f"{project.show(seen[chapter.id].path)} and {project.show(chapter.path)}",
                do="rename one; a name that starts with _ keeps a notebook out of the report",
            )
        seen[chapter.id] = chapter
