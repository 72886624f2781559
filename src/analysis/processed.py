"""What the intake leaves in ``data/processed``, beside one Parquet file per table."""

from __future__ import annotations

import json

from analysis.errors import KrachtlijnError
from analysis.paths import Project

#: Written last by the intake: while it is there, the tables beside it belong together.
SUMMARY = "intake.json"
#: Folders of the intake's results beside the tables: one validation result per table, one file of rows set aside
#: per table that has any.
VALIDATION, QUARANTINE = "validatie", "quarantaine"


def summary(project: Project) -> dict[str, object]:
    """Return what the last intake counted.

    Raises:
        KrachtlijnError: there was none.
    """
    path = project.processed / SUMMARY
    if not path.is_file():
        raise no_intake(project.show(path))
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def no_intake(where: str) -> KrachtlijnError:
    """Return the error of a file of the intake's that is not there."""
    return KrachtlijnError("the processed tables are not there", where=where, do="run: krachtlijn intake")
