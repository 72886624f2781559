"""Whether the last intake still holds: answered without pandas, because most runs have nothing to take in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from analysis import deliveries, lock
from analysis.deliveries import Which
from analysis.paths import Project
from analysis.processed import SUMMARY

#: Called before each step with: steps done, steps in all, what comes now.
Progress = Callable[[int, int, str], None]


def silent(done: int, total: int, what: str) -> None:
    """Tell nobody."""


@dataclass(frozen=True)
class Outcome:
    """What an intake did: per table the counts, all faults, and whether anything had to be done."""

    counts: dict[str, dict[str, int]]
    faults: tuple[str, ...]
    fresh: bool

    @property
    def quarantined(self) -> int:
        """Number of rows in quarantine."""
        return sum(count["quarantined"] for count in self.counts.values())

    def __add__(self, other: Outcome) -> Outcome:
        """Return both outcomes as one."""
        counts, faults = self.counts | other.counts, (*self.faults, *other.faults)
        return Outcome(counts, faults, self.fresh or other.fresh)


def unchanged(project: Project) -> Outcome | None:
    """Return the outcome of the last intake; None when there is none that still holds."""
    return standing(project.processed, digest(project))


def unchanged_set(project: Project, which: Which) -> Outcome | None:
    """Return the outcome of the last intake of a set of deliveries; None when there is none that still holds."""
    known = standing(deliveries.room(project, which), digest_of_set(project, which))
    return known and of_set(known)


def of_set(outcome: Outcome) -> Outcome:
    """Return the outcome of a set of deliveries with the tables that came, under names that no other table has."""
    received = {name: count for name, count in outcome.counts.items() if count["received"]}
    return replace(outcome, counts={f"{deliveries.FOLDER}/{name}": count for name, count in received.items()})


def standing(room: Path, digest: str) -> Outcome | None:
    """Return the outcome of the intake that left its tables in a folder; None when it no longer holds."""
    summary = _last(room)
    if summary and summary["digest"] == digest and not _damaged(room, summary):
        return Outcome(summary["tables"], tuple(summary["faults"]), fresh=False)
    return None


def in_turn(project: Project, progress: Progress) -> AbstractContextManager[None]:
    """Hold the processed tables for this run alone; another run is waited for."""
    return lock.in_turn(project, "intake", lambda: progress(0, 1, "waiting for another intake"))


def digest(project: Project) -> str:
    """Return one hash of all that decides the outcome: the raw files and the code of the intake."""
    room = Path(__file__).parent
    own = (path for path in project.raw.rglob("*.csv") if path.is_file())
    tables = [path for path in own if path.relative_to(project.raw).parts[0] != deliveries.FOLDER]
    files = [*tables, project.raw / "datapackage.json"]
    code = [*room.glob("*.py"), *(room.parent / f"{name}.py" for name in ("schema", "period", "spreadsheet"))]
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(path.relative_to(project.raw).as_posix().encode() + path.read_bytes())
    for path in sorted(code):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def digest_of_set(project: Project, which: Which) -> str:
    """Return one hash of all that decides what becomes of a set of deliveries: they, and all that they refer to."""
    home = deliveries.source(project, which)
    files = [path for path in home.rglob("*") if path.is_file() and path.name[0] not in ".~"] if home.is_dir() else []
    declaration = project.raw / deliveries.FOLDER / deliveries.DECLARATION
    total = hashlib.sha256(digest(project).encode() + declaration.read_bytes())
    for path in sorted(files):
        total.update(path.relative_to(home).as_posix().encode() + path.read_bytes())
    total.update((Path(__file__).parents[1] / "deliveries.py").read_bytes())
    return total.hexdigest()


def _last(room: Path) -> dict[str, Any] | None:
    path = room / SUMMARY
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(content, dict) and {"digest", "tables", "faults", "files", "results"} <= content.keys()
    return content if whole else None


def _damaged(room: Path, summary: dict[str, Any]) -> bool:
    """Whether a processed table, a validation result or a quarantine is gone or was changed by hand."""
    for name, expected in (summary["files"] | summary["results"]).items():
        path = room / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            return True
    return False
