"""Notebooks -> executed notebooks: papermill runs each on a kernel of its own, a few at a time.

The rest of the build knows only :data:`Executor`: another way to run notebooks takes the place of :func:`run_jobs` and
nothing else changes (:mod:`analysis.build.remote` is one).
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.build.failure import Failure, diagnose
from analysis.build.kernels import opened
from analysis.build.kernels.imports import imports_of
from analysis.build.kernels.opened import Opened

#: Seconds after which a cell is given up.
CELL_TIMEOUT = 600


@dataclass(frozen=True)
class Job:
    """One notebook to run.

    Attributes:
        notebook: the file to run; it is never written to.
        languages: that its outputs serve; the first is that of messages.
        parameters: what papermill fills in.
        output: where the executed notebook goes, also when it fails.
        root: the project folder; the kernel works there.
        cell_timeout: seconds after which a cell is given up.
    """

    notebook: Path
    languages: tuple[str, ...]
    parameters: dict[str, Any]
    output: Path
    root: Path
    cell_timeout: int = CELL_TIMEOUT

    @property
    def label(self) -> str:
        """How progress and messages name this job.

        >>> Job(Path("20_swot.ipynb"), ("nl", "fr"), {"quarter": "2026Q3"}, Path(), Path()).label
        '2026Q3 20_swot'
        """
        words = [self.parameters.get("quarter"), self.notebook.stem, *self.languages[: len(self.languages) == 1]]
        return " ".join(str(word) for word in words if word)


@dataclass(frozen=True)
class Outcome:
    """How a job ended.

    Attributes:
        job: the job.
        failure: what went wrong; None when it ended well.
        opened: what the notebook read; None when the kernel could not note it.
        seconds: that it took.
    """

    job: Job
    failure: Failure | None = None
    opened: Opened | None = None
    seconds: float = 0.0


#: Runs jobs and yields their outcomes as they end, in any order.
Executor = Callable[[Sequence[Job]], Iterator[Outcome]]


def run_jobs(jobs: Sequence[Job]) -> Iterator[Outcome]:
    """Run jobs, one per processor at a time; each kernel is a process, so here threads are enough.

    Whoever stops asking for outcomes (an error, Ctrl-C) ends what still runs.
    """
    from analysis.build.kernels import warm

    if not warm.why_not():
        warm.shared(imports_of(job.notebook for job in jobs))
    pool = ThreadPoolExecutor(max(1, min(workers(), len(jobs))), thread_name_prefix="notebook")
    running: set[Future[Outcome]] = set()
    try:
        running = {pool.submit(run_job, job) for job in jobs}
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        end_kernels()
        while not all(future.done() for future in running):  # one may have been starting its kernel just then
            time.sleep(0.05)
            end_kernels()
        pool.shutdown(wait=True)


def workers() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def end_kernels() -> None:
    """End all kernels that this process started, and the warm parent."""
    from analysis.build.kernels import manager, warm

    manager.end_all()
    warm.let_go()


def run_job(job: Job) -> Outcome:
    """Run one notebook through papermill in this process, on a kernel of its own.

    Returns:
        the outcome; an error in the notebook is a failure in it, not an exception.
    """
    from analysis.build.kernels import grammar

    grammar.put_off()
    import papermill  # half a second: only where notebooks run
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from nbformat import ValidationError
    from papermill.exceptions import PapermillException

    job.output.parent.mkdir(parents=True, exist_ok=True)
    note, start = job.output.with_suffix(".opened"), time.perf_counter()
    failure = None
    try:
        papermill.execute_notebook(str(job.notebook), str(job.output), job.parameters, **_options(job, note))
    except (PapermillException, CellTimeoutError, DeadKernelError, ValidationError, RuntimeError) as fault:
        failure = diagnose(job.output, fault, job.languages[0])
    finally:
        _close_loop()
    seen = opened.read(note)
    note.unlink(missing_ok=True)
    return Outcome(job, failure, seen, round(time.perf_counter() - start, 3))


def _close_loop() -> None:
    """Close the event loop that nbclient opens in each thread and leaves open, with what still waits in it."""
    from jupyter_core.utils import ensure_event_loop

    loop = ensure_event_loop()
    if loop.is_running() or threading.current_thread() is threading.main_thread():
        return
    waiting = asyncio.all_tasks(loop)
    for task in waiting:
        task.cancel()
    loop.run_until_complete(asyncio.gather(*waiting, return_exceptions=True))
    loop.close()
    asyncio.set_event_loop(None)


def _options(job: Job, note: Path) -> dict[str, Any]:
    from analysis.build.kernels import engine, manager

    return {
        "engine_name": engine.NAME,
        "kernel_name": manager.NATIVE,
        "language": "python",
        "progress_bar": False,
        "log_output": False,
        "request_save_on_cell_execute": False,  # once at the end is enough
        "execution_timeout": job.cell_timeout,
        "extra_arguments": ["--log-level=ERROR"],
        "shutdown_kernel": "immediate",  # nothing in the kernel is worth waiting for
        "resources": {"metadata": {"path": str(job.root)}},  # not papermill's cwd: that moves the whole process
        "kept": str(job.output),
        "note": str(note),
    }
