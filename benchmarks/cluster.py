"""The client of a Dask cluster on this machine: runs the notebooks of some quarters there, and prints the seconds.

``python -m benchmarks.cluster ADDRESS OUT QUARTER...`` runs them twice: the first time the workers still import.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.build.kernels import grammar

if TYPE_CHECKING:
    from analysis.build.execute import Job
    from analysis.paths import Project


def main(address: str, out: Path, quarters: Sequence[str]) -> None:
    """Run all notebooks of some quarters on a cluster, and say how long that took."""
    from analysis.build import remote
    from analysis.paths import Project

    project = Project.find()
    with remote.cluster(project, address) as executor:
        for name in ("cold", "warm"):
            jobs = _jobs(project, quarters, out / name)
            start = time.perf_counter()
            failed = [outcome for outcome in executor(jobs) if outcome.failure]
            click.echo(f"{name} {time.perf_counter() - start:.3f}")
            if failed:
                raise SystemExit(f"{failed[0].job.label}: {failed[0].failure}")


def _jobs(project: Project, quarters: Sequence[str], out: Path) -> list[Job]:
    """Return what the build itself would give out."""
    from analysis.build.chapters import read_chapters
    from analysis.build.order import Order
    from analysis.build.publish import Build
    from analysis.build.rooms import room_for
    from analysis.params import settle

    chapters = read_chapters(project)
    found: list[Job] = []
    for quarter in quarters:
        run = settle(project, quarter)
        order = Order(run, room_for(project, run))
        found += Build(project, order, chapters, {}, out / quarter).jobs()
    return found


if __name__ == "__main__":
    grammar.put_off()
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3:])
