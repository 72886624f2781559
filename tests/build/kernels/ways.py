"""The same notebook run in two ways: by papermill's own engine on a plain kernel, and by the engine ``krachtlijn``."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import papermill
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode

from analysis.build.execute import Job, _options
from analysis.build.kernels.warm import ONE_THREAD

#: What differs between any two runs: process ids, addresses in memory, colours' reset at line ends, random ids.
_RANDOM = [
    (re.compile(r"ipykernel_\d+"), "ipykernel_PID"),
    (re.compile(r"0x[0-9a-f]{6,}"), "0xADDRESS"),
    (re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}"), "UUID"),
    (re.compile(r"altair-viz-[0-9a-f]+"), "altair-viz-ID"),
]


@dataclass(frozen=True)
class Ran:
    """What became of a notebook: the notebook as it was left, and the kind of error that papermill raised."""

    notebook: NotebookNode
    error: str = ""

    @property
    def cells(self) -> list[dict[str, Any]]:
        """What each cell shows, without what is random."""
        return [told(cell) for cell in self.notebook.cells]


def told(cell: NotebookNode) -> dict[str, Any]:
    """Return all that a cell shows, without what differs between any two runs."""
    status = cell.metadata.get("papermill", {}).get("status", "")
    shown = {"source": cell.source, "status": status, "exception": cell.metadata.get("papermill", {}).get("exception")}
    if cell.cell_type == "code":
        shown |= {"count": cell.execution_count, "outputs": _without_chance(_joined(cell.outputs))}
    return shown


def _joined(outputs: list[NotebookNode]) -> list[dict[str, Any]]:
    """Join what one stream brought in several pieces: where it is cut is chance."""
    found: list[dict[str, Any]] = []
    for output in map(dict, outputs):
        if found and output["output_type"] == "stream" and found[-1].get("name") == output["name"]:
            found[-1]["text"] += output["text"]
        else:
            found.append(output)
    return found


def _without_chance(content: Any) -> Any:
    if isinstance(content, str):
        for pattern, word in _RANDOM:
            content = pattern.sub(word, content)
        return content
    if isinstance(content, dict):
        return {key: _without_chance(value) for key, value in content.items()}
    return [_without_chance(value) for value in content] if isinstance(content, list) else content


def book(*cells: str, tags: dict[int, list[str]] | None = None) -> NotebookNode:
    """A notebook with these cells of code."""
    made = [
        nbformat.v4.new_code_cell(source, metadata={"tags": (tags or {}).get(number, [])})
        for number, source in enumerate(cells)
    ]
    for number, cell in enumerate(made):
        cell["id"] = f"cell-{number}"
    spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return nbformat.v4.new_notebook(cells=made, metadata={"kernelspec": spec})


class PlainManager(AsyncKernelManager):
    """Jupyter's own; only the environment is told, which papermill has no option for."""

    given: dict[str, str]

    async def _async_pre_start_kernel(self, **options: Any) -> Any:
        return await super()._async_pre_start_kernel(**options | {"env": self.given})


def plain(job: Job, home: Path, *, save: bool = True) -> Ran:
    """Run a notebook as papermill does by itself, on the kernel that Jupyter calls ``python3``.

    Without saving after each cell it takes half the time, and leaves no notebook when the kernel dies.
    """
    home.mkdir(parents=True, exist_ok=True)
    given = os.environ | {
        "KRACHTLIJN_ROOT": str(job.root),
        "IPYTHONDIR": str(home),
        "JUPYTER_RUNTIME_DIR": str(home),
        "PYTHONHASHSEED": "0",
        "PYTHONIOENCODING": "utf-8",
        **dict.fromkeys(ONE_THREAD, "1"),
    }
    options = {
        "kernel_name": "python3",
        "kernel_manager_class": type("Manager", (PlainManager,), {"given": given}),
        "execution_timeout": job.cell_timeout,
        "request_save_on_cell_execute": save,
        "autosave_cell_every": 30 if save else 0,
        "resources": {"metadata": {"path": str(job.root)}},
    }
    return _ran(job, options)


def warm(job: Job, _home: Path, *, save: bool = True) -> Ran:
    """Run a notebook as the build does."""
    return _ran(job, _options(job, job.output.with_suffix(".opened")))


def _ran(job: Job, options: dict[str, Any]) -> Ran:
    job.output.parent.mkdir(parents=True, exist_ok=True)
    error = ""
    try:
        papermill.execute_notebook(
            str(job.notebook), str(job.output), job.parameters, **{"progress_bar": False, "log_output": False} | options
        )
    except Exception as fault:  # noqa: BLE001 - whatever it is, both ways have to raise it
        error = type(fault).__name__
    return Ran(nbformat.read(job.output, as_version=4) if job.output.is_file() else book(), error)


def both(jobs: dict[str, Job], room: Path, *, save: bool = True, at_once: int = 2) -> dict[str, tuple[Ran, Ran]]:
    """Run each notebook in both ways, some at a time: name -> as papermill does by itself, as the build does."""
    with ThreadPoolExecutor(at_once) as pool:
        found = {
            name: [
                pool.submit(way, _moved(job, room / way.__name__), room / "home" / name, save=save)
                for way in (plain, warm)
            ]
            for name, job in jobs.items()
        }
        return {name: (one.result(), other.result()) for name, (one, other) in found.items()}


def _moved(job: Job, room: Path) -> Job:
    return Job(job.notebook, job.languages, job.parameters, room / job.output.name, job.root, job.cell_timeout)


def differences(one: Ran, other: Ran) -> Iterator[str]:
    """Tell of each cell that is not the same in both."""
    if one.error != other.error:
        yield f"it ends with {one.error or 'no error'} in one and {other.error or 'no error'} in the other"
    if len(one.cells) != len(other.cells):
        yield f"{len(one.cells)} and {len(other.cells)} cells"
    for number, (left, right) in enumerate(zip(one.cells, other.cells, strict=False), start=1):
        for key in left:
            if left[key] != right.get(key):
                yield f"cell {number}, {key}:\n  {left[key]!r}\n  {right.get(key)!r}\n  of: {left['source'][:300]}"
    with contextlib.suppress(KeyError):
        if one.notebook.metadata["language_info"] != other.notebook.metadata["language_info"]:
            yield "language_info"
