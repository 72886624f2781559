"""Executed notebooks -> one notebook per language, with only what a reader of the report may see."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from analysis.build.chapters import Chapter, is_prose, tags_of
from analysis.figure import MIME, carrier_in

#: A cell with its number in the notebook.
Place = tuple[int, NotebookNode]
#: Where a cell of the merged notebook keeps which chapter it came from.
KEY = "krachtlijn"


def merge(chapters: Sequence[Chapter], executed: Sequence[Path], language: str) -> NotebookNode:
    """Join executed notebooks into one, chapter after chapter.

    Markdown in other languages is left out, and so are code cells without outputs and raw cells. A notebook whose
    prose is in another language only keeps that prose: better read in the other language than missing in silence.
    A section (from a ``##`` to the next) in which all figures are absent is left out with its prose.

    Args:
        chapters: the chapters, in order.
        executed: the executed notebook of each.
        language: the language of the report.
    """
    merged: NotebookNode = nbformat.v4.new_notebook()
    for chapter, path in zip(chapters, executed, strict=True):
        spoken = spoken_language(chapter, language)
        cells = nbformat.read(path, as_version=4).cells
        merged.cells += [_kept(cell, number, chapter, language) for number, cell in _shown(cells, spoken)]
    return merged


def spoken_language(chapter: Chapter, language: str) -> str:
    """Return the language in which a chapter's prose is shown: the report's, else the only one that there is."""
    languages = chapter.languages()
    return language if language in languages or not languages else languages[0]


def _shown(cells: Sequence[NotebookNode], language: str) -> list[Place]:
    """Return the cells to show, each with its number in the notebook as a person sees it."""
    own = [cell for cell in cells if "injected-parameters" not in tags_of(cell)]
    shown = [
        (number, cell)
        for number, cell in enumerate(own, start=1)
        if (is_prose(cell) and language in tags_of(cell)) or (cell.cell_type == "code" and cell.outputs)
    ]
    return [place for section in _sections(shown) for place in _present(section)]


def _sections(shown: Sequence[Place]) -> list[list[Place]]:
    """Cut cells into sections; the first one is what stands before any section, with the chapter's title."""
    found: list[list[Place]] = [[]]
    for number, cell in shown:
        if cell.cell_type == "markdown" and cell.source.lstrip().startswith("## "):
            found.append([])
        found[-1].append((number, cell))
    return found


def _present(section: list[Place]) -> list[Place]:
    """Leave absent figures out of a section, and its prose too when nothing else is left to show."""
    kept = [(number, cell) for number, cell in section if not _is_absent(cell)]
    shows = any(cell.cell_type == "code" for _, cell in kept)
    title = section[0][1].source if section else ""
    return kept if shows or len(kept) == len(section) or not title.lstrip().startswith("## ") else []


def _is_absent(cell: NotebookNode) -> bool:
    """Say whether a cell showed an absent figure and nothing else."""
    carriers = [output.get("data", {}).get(MIME, {}) for output in cell.get("outputs", [])]
    return bool(carriers) and all(carrier.get("kind") == "absent" for carrier in carriers)


def _kept(cell: NotebookNode, number: int, chapter: Chapter, language: str) -> NotebookNode:
    place = {"chapter": chapter.id, "number": number, "notebook": chapter.path.name}
    cell.metadata = NotebookNode({**cell.metadata, KEY: place})
    if cell.cell_type == "code":
        cell.source = ""
        for output in cell.outputs:
            if MIME in output.get("data", {}):  # one run may have shown it in all languages
                output.data[MIME] = _Carrier(carrier_in(output.data[MIME], language))
    return cell


class _Carrier(NotebookNode):
    """A figure that no step changes: nbconvert first copies the whole notebook, which takes as long as setting it."""

    def __deepcopy__(self, memo: dict[int, object]) -> _Carrier:
        return self
