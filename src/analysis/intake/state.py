"""Whether the last intake still holds: answered without pandas, because most runs have nothing to take in."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis import lock
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


def unchanged(project: Project) -> Outcome | None:
    """Return the outcome of the last intake; None when there is none that still holds."""
    summary = _last(project)
    if summary and summary["digest"] == digest(project) and not _damaged(project, summary):
        return Outcome(summary["tables"], tuple(summary["faults"]), fresh=False)
    return None


def in_turn(project: Project, progress: Progress) -> AbstractContextManager[None]:
    """Hold the processed tables for this run alone; another run is waited for."""
    return lock.in_turn(project, "intake", lambda: progress(0, 1, "waiting for another intake"))


def digest(project: Project) -> str:
    """Return one hash of all that decides the outcome: the raw files and the code of the intake."""
    room = Path(__file__).parent
    files = [*(path for path in project.raw.rglob("*.csv") if path.is_file()), project.raw / "datapackage.json"]
    code = [*room.glob("*.py"), *(room.parent / f"{name}.py" for name in ("schema", "period", "spreadsheet"))]
    total = hashlib.sha256()
    for path in sorted(files):
        total.update(path.relative_to(project.raw).as_posix().encode() + path.read_bytes())
    for path in sorted(code):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def _last(project: Project) -> dict[str, Any] | None:
    path = project.processed / SUMMARY
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    whole = isinstance(content, dict) and {"digest", "tables", "faults", "files", "results"} <= content.keys()
    return content if whole else None


def _damaged(project: Project, summary: dict[str, Any]) -> bool:
    """Whether a processed table, a validation result or a quarantine is gone or was changed by hand."""
    for name, expected in (summary["files"] | summary["results"]).items():
        path = project.processed / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            return True
    return False
