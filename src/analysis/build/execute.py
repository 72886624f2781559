"""Notebooks -> executed notebooks: each notebook in each language is a job for a worker process.

The rest of the build knows only :data:`Executor`. A faster way to run notebooks takes the place of :func:`run_jobs`
and nothing else changes.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from types import FrameType
from typing import Any

from analysis.build.failure import Failure, diagnose
from analysis.errors import KrachtlijnError

#: Seconds after which a cell is given up.
CELL_TIMEOUT = 600


@dataclass(frozen=True)
class Job:
    """One notebook to run in one language.

    Attributes:
        notebook: the file to run; it is never written to.
        language: the language of this run.
        parameters: what papermill fills in.
        output: where the executed notebook goes, also when it fails.
        root: the project folder; the kernel works there.
        cell_timeout: seconds after which a cell is given up.
    """

    notebook: Path
    language: str
    parameters: dict[str, Any]
    output: Path
    root: Path
    cell_timeout: int = CELL_TIMEOUT

    @property
    def label(self) -> str:
        """How progress and messages name this job."""
        return f"{self.notebook.stem} {self.language}"


@dataclass(frozen=True)
class Outcome:
    """How a job ended; ``failure`` is None when it ended well."""

    job: Job
    failure: Failure | None = None


#: Seconds that a worker gets to shut its kernel down.
GRACE = 10

#: Runs jobs and yields their outcomes as they end, in any order.
Executor = Callable[[Sequence[Job]], Iterator[Outcome]]


def run_jobs(jobs: Sequence[Job]) -> Iterator[Outcome]:
    """Run jobs on as many worker processes as there are processors.

    Raises:
        KrachtlijnError: a worker process was killed (out of memory, for instance).
    """
    with _workers(len(jobs)) as pool:
        running: set[Future[Outcome]] = {pool.submit(run_job, job) for job in jobs}
        while running:
            ended, running = wait(running, return_when=FIRST_COMPLETED)
            for future in ended:
                yield _result(future)


def _result(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool as fault:
        raise KrachtlijnError(
            "a worker process of the build was killed",
            why="often the machine ran out of memory",
            do="close other programs and run the command again",
        ) from fault


@contextmanager
def _workers(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Open a pool whose processes and kernels are gone on leaving, also after an error or Ctrl-C."""
    # Fresh processes, not forks: a fork copies the threads' locks of this process, but not its threads.
    context = multiprocessing.get_context("spawn")
    count = max(1, min(os.cpu_count() or 1, jobs))
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_start_worker)
    try:
        yield pool
    except BaseException:
        _end(pool, patience=0)
        raise
    _end(pool, patience=GRACE)


def _end(pool: ProcessPoolExecutor, patience: float) -> None:
    """Let idle workers leave by themselves for so many seconds; end the others, and for certain."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        if patience:
            process.join(timeout=patience)
        process.terminate()
    for process in processes:
        process.join(timeout=GRACE)
        if process.is_alive():  # its way out hangs
            process.kill()


def _start_worker() -> None:
    """Prepare a worker: Ctrl-C is the parent's business, and its end is the worker's end.

    SIGTERM becomes an exception, so that the kernel is shut down on the way out.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    # a worker that is ended in the middle of a cell has nothing to tell: the failure is told by the parent
    logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _leave(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def _follow(sentinel: int) -> None:
    wait_for([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)  # its way out hangs


def run_job(job: Job) -> Outcome:
    """Run one notebook through papermill in this process, on a kernel of its own.

    Returns:
        the outcome; an error in the notebook is a failure in it, not an exception.
    """
    import papermill  # 2 s: only in the workers
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillException

    from analysis.build.kernel import own_settings

    job.output.parent.mkdir(parents=True, exist_ok=True)
    try:
        with own_settings(job.root):
            papermill.execute_notebook(str(job.notebook), str(job.output), job.parameters, **_options(job))
    except (PapermillException, CellTimeoutError, DeadKernelError, RuntimeError) as fault:
        return Outcome(job, diagnose(job.output, fault, job.language))
    return Outcome(job)


def _options(job: Job) -> dict[str, Any]:
    from analysis.build.kernel import NATIVE, OwnInterpreter

    return {
        "kernel_name": NATIVE,
        "language": "python",
        "cwd": str(job.root),
        "progress_bar": False,
        "log_output": False,
        "execution_timeout": job.cell_timeout,
        "kernel_manager_class": OwnInterpreter,
        "extra_arguments": ["--log-level=ERROR"],
        "shutdown_kernel": "immediate",  # nothing in the kernel is worth waiting for
    }
