"""One page over all notebooks that failed: which cell and line, with which parameters, and how to see it happen again.

It is made only of what stands in ``reports/mislukt``, so that a later run that mends one quarter leaves the others on
it, and the last one that is mended takes the page away.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.build import rooms
from analysis.build.order import Failed, Result
from analysis.files import write_whole
from analysis.paths import Project

PAGE = "index.html"
_RECORD = "mislukt.json"


def keep(results: Sequence[Result]) -> None:
    """Note the failures of some reports, each beside its notebooks; what was refused has not failed."""
    for result in results:
        room = result.order.room
        if result.refused or not (result.failed or result.fault):
            continue
        room.failures.mkdir(parents=True, exist_ok=True)
        now = {Path(one.kept).name for one in result.failed}
        for path in room.failures.glob("*.ipynb"):
            if path.name not in now:  # it failed in an earlier run
                path.unlink()
        content = {
            "name": room.name,
            "fault": str(result.fault) if result.fault else "",
            "failed": [asdict(one) | {"again": command(one)} for one in result.failed],
        }
        write_whole(room.failures / _RECORD, json.dumps(content, ensure_ascii=False, default=str).encode("utf-8"))


def renew(project: Project) -> Path | None:
    """Make the page anew; without any failure left it goes.

    Returns:
        the page; None when there is nothing to tell.
    """
    room = project.reports / rooms.FAILED
    records = [found for path in sorted(room.glob(f"*/{_RECORD}")) if (found := _read(path))]
    if records:
        write_whole(room / PAGE, _html(records).encode("utf-8"))
        return room / PAGE
    (room / PAGE).unlink(missing_ok=True)
    if room.is_dir() and not any(room.iterdir()):
        room.rmdir()
    return None


def command(failed: Failed) -> str:
    """Return the command that runs a notebook again, alone and with its parameters.

    >>> from analysis.build.failure import Failure
    >>> command(Failed("notebooks/20_swot.ipynb", "nl", {"quarter": "2026Q3"}, Failure(), ""))
    'papermill notebooks/20_swot.ipynb again.ipynb -p quarter 2026Q3'
    """
    words = ["papermill", failed.notebook, "again.ipynb"]
    for name, value in failed.parameters.items():
        words += ["-p", name, str(value)]
    return shlex.join(words)


def _read(path: Path) -> dict[str, Any] | None:
    """Return a record; nothing when it is damaged."""
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _ = content["name"], content["fault"]
        for one in content["failed"]:
            _ = one["notebook"], one["again"], one["kept"], one["parameters"].items(), one["failure"]["message"]
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return None
    return content


def _html(records: list[dict[str, Any]]) -> str:
    from analysis.build.export import policy
    from analysis.build.figures import TEMPLATES, environment

    style = "".join(
        (TEMPLATES / "krachtlijn" / name).read_text(encoding="utf-8") for name in ("style.css", "failures.css")
    )
    template = environment().get_template("failures.html.j2")
    return template.render(records=records, style=style, policy=policy(style)).rstrip() + "\n"
