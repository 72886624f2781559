"""Whether a report that stands there is still the one that would be made: answered before anything heavy is imported.

A stamp notes all that a report was made of, and its files. As long as neither has changed by a byte, there is nothing
to do. It is about the report as a whole; :mod:`analysis.build.cache` is about each notebook.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.build import inputs
from analysis.files import write_whole
from analysis.paths import Project
from analysis.quarter import Quarter, calendar_today


@dataclass(frozen=True)
class Asked:
    """A report as it was asked for; ``plan`` is empty for the quarter's own."""

    quarter: Quarter
    plan: str = ""


@dataclass
class Stamps:
    """The stamps of one project, for one way of asking.

    Attributes:
        project: the project folder.
        asked: what the command was given besides the quarter and plan, such as its options.
    """

    project: Project
    asked: dict[str, Any]
    today: dt.date = field(default_factory=calendar_today)
    _params: dict[Quarter, dict[str, str]] = field(default_factory=dict)

    def look(self, asked: Sequence[Asked]) -> None:
        """Note what some reports are made of, before they are made: a change meanwhile makes them old, not new."""
        _ = self.world
        for one in asked:
            self._params.setdefault(one.quarter, inputs.params(self.project, one.quarter))

    @cached_property
    def world(self) -> dict[str, Any]:
        """What every report of this moment is made of, by checksum."""
        project = self.project
        notebooks = sorted(project.notebooks.glob("*.ipynb"))
        return {
            "code": inputs.code_sum(),
            "lock": inputs.lock_sum(project),
            "python": inputs.interpreter(),
            "raw": inputs.raw(project),
            "notebooks": {path.name: inputs.sha256(path) for path in notebooks if path.name[0] not in "_."},
        }

    def standing(self, one: Asked) -> list[Path]:
        """Return the files of a report that needs no making; nothing when it has to be made."""
        try:
            known = json.loads(self._path(one).read_text(encoding="utf-8"))
            files = {self.project.root / name: digest for name, digest in known["files"].items()}
            same = known["of"] == self._of(one) and known["day"] in ("", self.today.isoformat())
            if same and files and all(path.is_file() and inputs.sha256(path) == sum_ for path, sum_ in files.items()):
                return [self.project.root / name for name in known["shown"]]
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            pass  # no stamp, or none that can be read: the report is made
        return []

    def put(self, one: Asked, shown: list[Path], others: list[Path], *, provisional: bool) -> None:
        """Note that a report was made just now.

        Args:
            one: the report.
            shown: its files, in the order in which the command names them.
            others: files that belong to it and may not be gone either.
            provisional: it depends on the day on which it is made.
        """
        path = self._path(one)
        path.parent.mkdir(parents=True, exist_ok=True)
        content = {
            "of": self._of(one),
            "day": self.today.isoformat() if provisional else "",
            "files": {self.project.show(file): inputs.sha256(file) for file in (*shown, *others)},
            "shown": [self.project.show(file) for file in shown],
        }
        write_whole(path, json.dumps(content).encode("utf-8"))

    def _of(self, one: Asked) -> dict[str, Any]:
        self.look([one])
        content: dict[str, Any] = json.loads(json.dumps({**self.world, "asked": self.asked, "plan": one.plan}))
        return content | {"params": self._params[one.quarter]}

    def _path(self, one: Asked) -> Path:
        way = hashlib.sha256(json.dumps([self.asked, one.plan], sort_keys=True).encode("utf-8")).hexdigest()[:16]
        return self.project.state / "stamps" / f"{one.quarter}-{way}.json"
