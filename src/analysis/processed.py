"""What the intake leaves in ``data/processed``, beside one Parquet file per table."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from analysis.errors import KrachtlijnError
from analysis.paths import Project

#: Written last by the intake: while it is there, the tables beside it belong together.
SUMMARY = "intake.json"
#: Folders of the intake's results beside the tables: one validation result per table, one file of rows set aside
#: per table that has any.
VALIDATION, QUARANTINE = "validatie", "quarantaine"
#: Marks the rows of a table whose value the intake took out, as it would tell of a small group of persons.
SUPPRESSED = "onderdrukt"


def summary(project: Project) -> dict[str, object]:
    """Return what the last intake counted.

    Raises:
        KrachtlijnError: there was none.
    """
    content = summary_in(project.processed)
    if not content:
        raise no_intake(project.show(project.processed / SUMMARY))
    return content


def summary_in(room: Path) -> dict[str, Any]:
    """Return what the last intake into a folder counted; empty when there was none."""
    path = room / SUMMARY
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return content


def no_intake(where: str) -> KrachtlijnError:
    """Return the error of a file of the intake's that is not there."""
    return KrachtlijnError("the processed tables are not there", where=where, do="run: krachtlijn intake")
