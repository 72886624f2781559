"""What the end of a report tells of its making: what went in, and how to check it. Never a clock time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from analysis.build import inputs
from analysis.build.chapters import Chapter
from analysis.build.rooms import room_of
from analysis.params import Run
from analysis.paths import Project

#: So many signs of a checksum tell two files apart, and can still be read out.
SHORT = 16


@dataclass(frozen=True)
class Made:
    """What a report was made of, as its own last lines show it.

    Attributes:
        version: of the program.
        code: the short checksum of its files.
        lock: the short checksum of the lock of its libraries; empty where there is none.
        files: how many files of data and parameters went in.
        notebooks: the name of each notebook with its short checksum, in the order of the chapters.
        report: the report as `krachtlijn verify` takes it.
    """

    version: str
    code: str
    lock: str
    files: int
    notebooks: tuple[tuple[str, str], ...]
    report: str


def made_of(project: Project, run: Run, chapters: Sequence[Chapter]) -> Made:
    """Return what a report is made of.

    Args:
        project: the project folder.
        run: the settled parameters.
        chapters: of the report, in order.
    """
    code, locks = inputs.code(), inputs.lock(project).values()
    files = inputs.raw(project) | inputs.params(project, run.quarter)
    hashed = inputs.notebooks(project, chapters)
    return Made(
        version=code["version"],
        code=code["sha256"][:SHORT],
        lock=next(iter(locks), "")[:SHORT],
        files=len(files),
        notebooks=tuple((Path(path).stem, digest[:SHORT]) for path, digest in hashed.items()),
        report=room_of(project, run.quarter, run.plan, run.deliveries).words,
    )
