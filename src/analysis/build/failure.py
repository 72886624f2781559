"""What went wrong in a notebook, told by notebook, cell and line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.reader import NotJSONError

from analysis.build.chapters import is_prose, tags_of
from analysis.errors import KrachtlijnError

#: Cells that papermill adds; a person does not find them in the notebook.
ADDED = {"injected-parameters", "papermill-error-cell-tag"}

_COLOURS = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
_LINE = re.compile(r"Cell In\[\d+\], line (\d+)")
_FRAME = re.compile(r"^File (?P<file>.+?):(?P<line>\d+), in (?P<function>[\w<>]+)", re.MULTILINE)


@dataclass(frozen=True)
class Failure:
    """Why one notebook did not end well; plain data, so that it can come from another process.

    Attributes:
        cell: number of the cell, counted from 1 in the notebook as a person sees it; 0 when unknown.
        section: the heading above the cell.
        line: the line in the cell; 0 when unknown.
        code: the text of that line.
        message: the error in its own words.
        depth: where in the package the error arose, if not in the cell itself.
    """

    cell: int = 0
    section: str = ""
    line: int = 0
    code: str = ""
    message: str = ""
    depth: str = ""


class NotebookFailed(KrachtlijnError):  # noqa: N818 - it reads as the sentence that it is
    """A notebook raised an error, so nothing was published.

    Args:
        notebook: its path, as a person writes it.
        language: the language that it ran in.
        failure: what went wrong.
        kept: where the executed notebook stands.
    """

    def __init__(self, notebook: str, language: str, failure: Failure, kept: str) -> None:
        super().__init__(
            f"the notebook {notebook} failed ({language}); the published report is untouched",
            where=_place(notebook, failure),
            why="\n".join(part for part in (failure.message, failure.depth) if part),
            do=f"look at the notebook as it ran: {kept}" if kept else "run the notebook by hand in JupyterLab",
        )
        self.notebook, self.language, self.failure, self.kept = notebook, language, failure, kept

    def __reduce__(self) -> tuple[type, tuple[str, str, Failure, str]]:
        """Survive the way between processes: an exception is rebuilt from its arguments."""
        return type(self), (self.notebook, self.language, self.failure, self.kept)


def _place(notebook: str, failure: Failure) -> str:
    parts = [notebook]
    if failure.cell:
        parts.append(f"cell {failure.cell}" + (f" (under '{failure.section}')" if failure.section else ""))
    if failure.line:
        parts.append(f"line {failure.line}" + (f": {failure.code}" if failure.code else ""))
    return ", ".join(parts)


def diagnose(executed: Path, error: Exception, language: str) -> Failure:
    """Find out of an executed notebook which cell stopped it, and why.

    Args:
        executed: the notebook as papermill left it.
        error: what papermill raised; its words are used where the notebook holds no error output.
        language: of the headings that name the section.
    """
    plain = f"{type(error).__name__}: {_one_line(str(error))}"
    try:
        notebook = nbformat.read(executed, as_version=4)
    except (OSError, NotJSONError, nbformat.ValidationError):
        return Failure(message=plain)
    cells = [cell for cell in notebook.cells if not ADDED & set(tags_of(cell))]
    index = _stopped_at(cells)
    if index is None:
        return Failure(message=plain)
    return _explain(cells, index, plain, language)


def _stopped_at(cells: list[NotebookNode]) -> int | None:
    """Return the cell with an error output, else the last one that was begun (a dead kernel leaves no output)."""
    for index, cell in enumerate(cells):
        if _error_of(cell) is not None:
            return index
    begun = [index for index, cell in enumerate(cells) if cell.cell_type == "code" and _was_begun(cell)]
    return begun[-1] if begun else None


def _was_begun(cell: NotebookNode) -> bool:
    return bool(cell.metadata.get("papermill", {}).get("start_time"))


def _error_of(cell: NotebookNode) -> NotebookNode | None:
    return next((output for output in cell.get("outputs", []) if output.output_type == "error"), None)


def _explain(cells: list[NotebookNode], index: int, plain: str, language: str) -> Failure:
    error = _error_of(cells[index])
    section = _section(cells[:index], language)
    if error is None:
        return Failure(index + 1, section, message=plain)
    trace = _COLOURS.sub("", "\n".join(error.traceback))
    found = _LINE.search(trace)
    line = int(found[1]) if found else 0
    lines = cells[index].source.splitlines()
    code = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    return Failure(index + 1, section, line, code, _message(error), _depth(trace))


def _section(cells: list[NotebookNode], language: str) -> str:
    """Return the text of the nearest heading above, in the language that the reader of the message looks at."""
    for cell in reversed(cells):
        if is_prose(cell) and language in tags_of(cell):
            headings: list[str] = [
                line.lstrip("# ").strip() for line in cell.source.splitlines() if line.startswith("#")
            ]
            if headings:
                return headings[-1]
    return ""


def _message(error: NotebookNode) -> str:
    """Return the error's words; a fault of our own already says what, where and what to do."""
    name, value = str(error.ename), str(error.evalue)
    if name in {"KrachtlijnError", "NotebookFailed"}:
        return value
    return f"{name}: {_one_line(value)}" if value else name


def _depth(trace: str) -> str:
    frames = [match for match in _FRAME.finditer(trace) if "analysis" in Path(match["file"]).parts]
    if not frames:
        return ""
    last = frames[-1]
    inner = Path(last["file"]).parts
    file = Path(*inner[inner.index("analysis") :]).as_posix()
    return f"raised in {file}, line {last['line']}, {last['function']}"


def _one_line(text: str) -> str:
    lines = [line.strip() for line in _COLOURS.sub("", text).splitlines() if line.strip(" -")]
    return lines[0][:300] if lines else ""
