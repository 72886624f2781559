"""Which folder of ``reports/`` holds what."""

from __future__ import annotations

import hashlib
import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from analysis.deliveries import EXAMPLES, RECEIVED, Which
from analysis.errors import KrachtlijnError
from analysis.params import Run, usual_plan
from analysis.paths import Project
from analysis.quarter import Quarter

#: Folders that are no plan's: notebooks that failed, and earlier editions of frozen quarters.
FAILED, KEPT = "mislukt", "uitgaven"
#: Before the plan, in the folder of reports that rest on fictitious deliveries: they never stand among the real ones.
FICTITIOUS = "voorbeelden"


@dataclass(frozen=True)
class Room:
    """Where one report stands, and what belongs to it.

    Attributes:
        name: for people and for its lock: the quarter, with the plan if that is not the quarter's own.
        words: the same as it is given to the command.
        folder: the published report.
        failures: its notebooks that failed.
        kept: its earlier editions, a folder each; None when the report does not stand among the others.
    """

    name: str
    words: str
    folder: Path
    failures: Path
    kept: Path | None = None

    @property
    def lock(self) -> str:
        """The name of the lock that a run holds while it makes this report."""
        place = hashlib.sha256(str(self.folder.resolve()).encode("utf-8")).hexdigest()[:16]
        return f"report-{self.name}" if self.kept else f"report-{place}"


def room_of(project: Project, quarter: Quarter, plan: str = "", which: Which = RECEIVED) -> Room:
    """Return where the report of a quarter stands.

    Args:
        project: the project folder.
        quarter: of the report.
        plan: its plan; by default the one of the quarter's parameters.
        which: the deliveries that it rests on.

    Raises:
        KrachtlijnError: the code of the plan cannot be the name of a folder of its own.
    """
    reports, own = project.reports, plan in ("", usual_plan(project, quarter))
    if not own:
        _refuse_taken(plan)
    parts = [FICTITIOUS] if which == EXAMPLES else []
    parts += [] if own else [plan]
    home = "-".join(parts)
    name = f"{quarter}-{home}" if home else str(quarter)
    words = str(quarter) if own else f"{quarter} --plan {plan}"
    words += f" --deliveries {which}" if which != RECEIVED else ""
    folder = reports / home / str(quarter)
    return Room(name, words, folder, reports / FAILED / name, reports / KEPT / name)


def room_for(project: Project, run: Run, folder: Path | None = None) -> Room:
    """Return where a run publishes.

    Args:
        project: the project folder.
        run: the settled parameters.
        folder: another folder than that of the quarter and plan.
    """
    room = room_of(project, run.quarter, run.plan, run.deliveries)
    if folder is None or folder.resolve() == room.folder.resolve():
        return room
    return Room(room.name, room.words, folder, folder / FAILED)


def failures_room(project: Project, run: Run, folder: Path | None = None) -> Path:
    """Return the folder for a run's notebooks that failed; see :func:`room_for`."""
    return room_for(project, run, folder).failures


def clear_failures(room: Room) -> None:
    """Remove what failed before: it is mended now."""
    shutil.rmtree(room.failures, ignore_errors=True)
    if room.kept:
        with suppress(OSError):  # other quarters have theirs in it, or there is none
            room.failures.parent.rmdir()


def is_plan(name: str) -> bool:
    """Say whether a folder of ``reports/`` with this name can be a plan's.

    >>> is_plan("actiris-mandaat"), is_plan("2026Q3"), is_plan("uitgaven"), is_plan(".work")
    (True, False, False, False)
    """
    return not (name in (FAILED, KEPT) or name.startswith(".") or quarter_of(name) or set(name) & set('/\\:*?"<>|'))


def quarter_of(name: str) -> Quarter | None:
    """Return the quarter that a folder is named after.

    >>> str(quarter_of("2026Q3")), quarter_of("2026Q3-oud")
    ('2026Q3', None)
    """
    try:
        return Quarter.parse(name)
    except KrachtlijnError:
        return None


def _refuse_taken(plan: str) -> None:
    if not is_plan(plan) or plan.split("-", maxsplit=1)[0] == FICTITIOUS:
        raise KrachtlijnError(
            f"the code of the plan '{plan}' cannot be the name of a folder",
            where="data/raw/plannen",
            why=f"in reports/ the folders of plans stand beside quarters, '{FAILED}', '{KEPT}' and '{FICTITIOUS}'",
            do="give the plan another code, such as gob-2021-2026",
        )
