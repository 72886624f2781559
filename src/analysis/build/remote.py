"""The same jobs on a Dask cluster, for a region's worth of institutions: hundreds of plans and quarters.

Each worker runs in a checkout of the project of its own, or in a shared one, and sends its executed notebooks back; no
disk in common is needed. A worker whose code, lock, Python or data differ from the client's is refused: its numbers
would be other numbers. Dask schedules, moves work from workers that die, and drops what comes back twice.
"""

from __future__ import annotations

import platform
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis import deliveries
from analysis.build import inputs
from analysis.build.execute import Executor, Job, Outcome, run_job
from analysis.build.failure import Failure
from analysis.build.kernels import warm
from analysis.build.kernels.imports import imports_of
from analysis.build.kernels.opened import Opened
from analysis.deliveries import Which
from analysis.errors import KrachtlijnError
from analysis.paths import Project
from analysis.processed import summary, summary_in

#: Seconds to wait for a scheduler.
PATIENCE = 10
#: How often a notebook is given to a worker that turns out to differ, or dies with it, before it counts as failed.
TRIES = 3


@dataclass(frozen=True)
class Parcel:
    """A job on its way to a worker: no path of the client's machine is in it.

    Attributes:
        job: the job; its paths mean nothing over there.
        notebook: the notebook's path inside the project.
        mark: what the client works with, see :func:`mark_of`.
        modules: what all notebooks import, for the worker's warm parent.
    """

    job: Job
    notebook: str
    mark: dict[str, str]
    modules: tuple[str, ...]


@dataclass(frozen=True)
class Back:
    """What comes back.

    Attributes:
        executed: the executed notebook; empty when there is none.
        outcome: how the job ended; None when the worker refused it.
        refused: how the worker differs from the client.
    """

    executed: str = ""
    outcome: Outcome | None = None
    refused: tuple[str, ...] = ()


def mark_of(project: Project) -> dict[str, str]:
    """Return what decides the numbers of a run: code, lock, Python and data."""
    return {
        "code": inputs.code_sum(),
        "lock": inputs.lock_sum(project),
        "Python": platform.python_version(),
        "data": str(summary(project)["digest"]),
        "deliveries": ", ".join(_set_sum(project, which) for which in deliveries.SETS),
    }


def _set_sum(project: Project, which: Which) -> str:
    return str(summary_in(deliveries.room(project, which)).get("digest", ""))


@contextmanager
def cluster(project: Project, address: str) -> Iterator[Executor]:
    """Open an executor on a cluster.

    Args:
        project: the project folder.
        address: of the scheduler, such as ``tcp://host:8786``.

    Raises:
        KrachtlijnError: Dask is not installed, no scheduler answers, or a worker has other code or data.
    """
    try:
        from distributed import Client
    except ImportError as fault:
        raise KrachtlijnError(
            "Dask is not installed here", do="install the project with its extra 'dask', or leave --scheduler out"
        ) from fault
    try:
        client = Client(address, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as fault:
        raise KrachtlijnError(
            f"no Dask scheduler answers at {address}",
            why=str(fault).splitlines()[0] if str(fault) else type(fault).__name__,
            do="start one with: dask scheduler; and workers, in the project's folder, with: dask worker ADDRESS",
        ) from fault
    with client:
        _refuse_unlike(client, mark_of(project))
        yield lambda jobs: _run(client, project, jobs)


def _refuse_unlike(client: Any, mark: dict[str, str]) -> None:  # noqa: ANN401 - Dask's
    """Refuse a cluster with a worker that has other code or data: nobody could say which numbers came from where."""
    found: dict[str, Any] = client.run(differences, mark, on_error="return")
    unlike = [f"worker {name}: {_in_words(told)}" for name, told in sorted(found.items()) if told]
    if unlike or not found:
        raise KrachtlijnError(
            "the cluster cannot do this work",
            why="; ".join(unlike) or "it has no workers",
            do="start all workers in a checkout of the same version, with the same environment and data "
            "(krachtlijn intake), or in a folder that is shared with this machine",
        )


def _in_words(told: object) -> str:
    if isinstance(told, BaseException):
        return f"{type(told).__name__}: {told}"
    return f"it has another {', '.join(told)}" if isinstance(told, list | tuple) else str(told)


def differences(mark: dict[str, str]) -> list[str]:
    """Say, on a worker, in what it differs from the client."""
    own = mark_of(Project.find())
    return [name for name, value in mark.items() if own.get(name) != value]


def _run(client: Any, project: Project, jobs: Sequence[Job]) -> Iterator[Outcome]:  # noqa: ANN401
    """Give out jobs, and yield outcomes as they come back."""
    from distributed import as_completed

    mark, modules = mark_of(project), tuple(imports_of(job.notebook for job in jobs))
    parcels = [Parcel(job, project.show(job.notebook), mark, modules) for job in jobs]

    def give(parcel: Parcel) -> Any:  # noqa: ANN401 - a future of Dask's
        return client.submit(run_there, parcel, pure=False)

    given = {give(parcel): (parcel, 1) for parcel in parcels}
    waiting = as_completed(list(given), loop=client.loop)
    try:
        for future in waiting:
            parcel, tries = given.pop(future)
            back = _received(future)
            if back.outcome is None and tries < TRIES:
                again = give(parcel)
                given[again] = (parcel, tries + 1)
                waiting.add(again)
                continue
            yield _brought_home(parcel, back, project)
    finally:
        client.cancel(list(given))


def _received(future: Any) -> Back:  # noqa: ANN401 - a future of Dask's
    """Return what a worker sent; a worker that died too often with a job, or lost it, sent nothing."""
    from distributed import CancelledError, KilledWorker

    try:
        back: Back = future.result()
    except (KilledWorker, CancelledError, OSError) as fault:
        return Back(refused=(f"the workers that ran it died ({type(fault).__name__})",))
    return back


def _brought_home(parcel: Parcel, back: Back, project: Project) -> Outcome:
    """Put an executed notebook where the client looks for it."""
    if back.outcome is None:
        return Outcome(parcel.job, Failure(message=f"no worker could run it: {_in_words(list(back.refused))}"))
    if back.executed:
        parcel.job.output.parent.mkdir(parents=True, exist_ok=True)
        parcel.job.output.write_text(back.executed, encoding="utf-8")
    return replace(back.outcome, job=parcel.job, opened=_at(project.root, back.outcome.opened))


def _at(root: Path, opened: Opened | None) -> Opened | None:
    """Read the worker's paths, which came relative to its project, as the client's own."""
    if opened is None:
        return None
    return replace(
        opened,
        files=frozenset(str(root / name) for name in opened.files),
        folders=frozenset(str(root / name) for name in opened.folders),
    )


def run_there(parcel: Parcel) -> Back:
    """Run a job on a worker, in the worker's own project."""
    project = Project.find()
    unlike = differences(parcel.mark)
    if unlike:
        return Back(refused=tuple(unlike))
    if not warm.why_not():
        warm.shared(parcel.modules)
    with tempfile.TemporaryDirectory(prefix="krachtlijn-") as room:
        output = Path(room) / parcel.job.output.name
        job = replace(parcel.job, notebook=project.root / parcel.notebook, output=output, root=project.root)
        outcome = run_job(job)
        executed = output.read_text(encoding="utf-8") if output.is_file() else ""
    opened = outcome.opened and replace(
        outcome.opened,
        files=frozenset(project.show(Path(path)) for path in outcome.opened.files),
        folders=frozenset(project.show(Path(path)) for path in outcome.opened.folders),
    )
    return Back(executed, replace(outcome, opened=opened))
