"""What notebooks showed before, remembered by all that it depends on.

A result is kept under its slot (notebook, plan, quarter, languages) with everything that could change it: the notebook,
the parameters, the package's code, the lock, Python, and the content of exactly the files that the run opened. It is
used again only while all of these are the same; else the difference is the answer to "why did this run again?".
"""

from __future__ import annotations

import contextlib
import datetime as dt
import gzip
import hashlib
import json
import os
import re
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from analysis.build import inputs, shelf
from analysis.build.execute import Job, Outcome
from analysis.files import write_whole
from analysis.paths import Project

#: Changes when what is kept, or how, changes.
_FORM = "1"
#: Results per slot; the oldest goes first. More than one, so that going back to an earlier state costs nothing.
KEPT = 3
#: Of more changes than this only the first are named.
_NAMED = 4
#: The file with what was decided last.
_DECISIONS = "besluiten.json"
#: Libraries that open files without Python's knowledge.
_UNHEARD = re.compile(r"\b(read_parquet|read_feather|read_orc|pyarrow|duckdb|polars|sqlite3|h5py|netCDF4)\b")


@dataclass(frozen=True)
class Verdict:
    """What the cache says of a job.

    Attributes:
        job: the job.
        hit: whether its result was there, and stands at ``job.output`` now.
        reasons: why it has to run, in words; empty for a hit.
        alone: it is known that one language at a time is needed.
        opened: for a hit, the files that its run opened, see :func:`within`.
    """

    job: Job
    hit: bool
    reasons: tuple[str, ...] = ()
    alone: bool = False
    opened: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Decision:
    """What was decided of a notebook when its quarter was last made; no reasons mean that its result was used again."""

    day: str
    plan: str
    quarter: str
    notebook: str
    reasons: tuple[str, ...]


@dataclass
class Cache:
    """The results of one project, in ``.krachtlijn/cache/notebooks``.

    Attributes:
        project: the project folder.
    """

    project: Project
    _sums: dict[str, str] = field(default_factory=dict)
    _began: float = field(default_factory=time.time)

    @property
    def room(self) -> Path:
        """The folder of the results."""
        return self.project.state / "cache" / "notebooks"

    @cached_property
    def world(self) -> dict[str, str]:
        """What all results of this moment depend on."""
        return {
            "form": _FORM,
            "code": inputs.code_sum(),
            "lock": inputs.lock_sum(self.project),
            "python": inputs.interpreter(),
        }

    def look(self, job: Job) -> Verdict:
        """Look a job up; a result that still holds is put at ``job.output``."""
        entries = self._entries(job)
        for path, entry in entries:
            if not self._differences(job, entry):
                with contextlib.suppress(OSError):  # another run has just forgotten it
                    os.utime(path)
                if not entry["alone"]:
                    job.output.parent.mkdir(parents=True, exist_ok=True)
                    job.output.write_text(entry["executed"], encoding="utf-8")
                return Verdict(job, hit=not entry["alone"], alone=entry["alone"], opened=within(entry["files"]))
        newest = entries[0][1] if entries else None
        reasons = self._differences(job, newest) if newest else ["it has not run before"]
        return Verdict(job, hit=False, reasons=tuple(reasons))

    def note(self, verdicts: Sequence[Verdict]) -> None:
        """Remember what was decided of some jobs, for ``krachtlijn cache why``."""
        known = {(one.plan, one.quarter, one.notebook): one for one in decisions(self.project)}
        moment = dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M")
        for verdict in verdicts:
            plan, quarter, *_ = slot = (*_place(verdict.job)[:2], verdict.job.notebook.stem)
            reasons = () if verdict.hit else verdict.reasons or ("each language needs a run of its own",)
            known[slot] = Decision(moment, plan, quarter, slot[2], reasons)
        content = [asdict(known[slot]) for slot in sorted(known)]
        self.room.mkdir(parents=True, exist_ok=True)
        write_whole(self.room / _DECISIONS, json.dumps(content, ensure_ascii=False).encode("utf-8"))

    def keep(self, outcome: Outcome, *, alone: bool = False) -> str:
        """Remember a result.

        Args:
            outcome: a job that ended well.
            alone: what it showed does not serve all languages; that is remembered, and nothing else.

        Returns:
            why it was not remembered; empty when it was.
        """
        job, touched = outcome.job, outcome.opened
        if touched is None:
            return "what it opened could not be noted"
        unheard = _UNHEARD.search(job.notebook.read_text(encoding="utf-8"))
        # checksums are reckoned once, some of them before it ran: nothing may have changed since the first of them
        if any(_changed_since(path, self._began) for path in (str(job.notebook), *touched.files, *touched.folders)):
            return "a file changed while it ran"
        outside = [*sorted(touched.outside), *([f"{unheard[0]}, which cannot be noted"] if unheard else [])]
        if outside:
            return f"it uses {', '.join(outside)}"
        entry = {
            **self._known(job),
            "files": {self._name(path): self._sum(path) for path in sorted(touched.files)},
            "folders": {self._name(path): _listing(path) for path in sorted(touched.folders)},
            "seconds": outcome.seconds,
            "alone": alone,
            "executed": "" if alone else job.output.read_text(encoding="utf-8"),
        }
        content = json.dumps(entry, ensure_ascii=False, sort_keys=True).encode("utf-8")
        slot = self._slot(job)
        slot.mkdir(parents=True, exist_ok=True)
        write_whole(slot / f"{_sum_of(_without_result(entry))}.json.gz", gzip.compress(content, 1, mtime=0))
        for old in shelf.newest_first(slot)[KEPT:]:
            old.unlink(missing_ok=True)
        return ""

    def _known(self, job: Job) -> dict[str, Any]:
        """Return what a job's result depends on before it runs."""
        parameters = json.loads(json.dumps(job.parameters, default=str))
        return {"world": self.world, "notebook": self._sum(str(job.notebook)), "parameters": parameters}

    def _differences(self, job: Job, entry: dict[str, Any]) -> list[str]:
        """Say in words what is no longer as it was; nothing when all is."""
        now = self._known(job)
        words = {"form": "the cache's own form", "code": "the package's code", "lock": "the lock", "python": "Python"}
        found = [words[key] for key in words if entry["world"].get(key) != now["world"][key]]
        found += ["the notebook"] if entry["notebook"] != now["notebook"] else []
        names = {*entry["parameters"], *now["parameters"]}
        found += [
            f"the parameter {name}"
            for name in sorted(names)
            if entry["parameters"].get(name) != now["parameters"].get(name)
        ]
        found += [name for name, digest in entry["files"].items() if self._sum(self._path(name)) != digest]
        found += [
            f"the files in {name}" for name, digest in entry["folders"].items() if _listing(self._path(name)) != digest
        ]
        more = [f"{len(found) - _NAMED} more"] if len(found) > _NAMED else []
        return [f"{name} changed" for name in [*found[:_NAMED], *more]]

    def _entries(self, job: Job) -> list[tuple[Path, dict[str, Any]]]:
        """Return what is kept in a job's slot, the newest first; what cannot be read is taken away."""
        found = []
        for path in shelf.newest_first(self._slot(job)):
            entry = shelf.entry(path)
            if entry:
                found.append((path, entry))
            else:
                path.unlink(missing_ok=True)
        return found

    def _slot(self, job: Job) -> Path:
        return self.room.joinpath(*_place(job))

    def _sum(self, path: str) -> str:
        """Return a file's checksum, reckoned once per run; a file that is not there has a sum of its own."""
        if path not in self._sums:
            try:
                self._sums[path] = inputs.sha256(Path(path))
            except OSError:
                self._sums[path] = "absent"
        return self._sums[path]

    def _name(self, path: str) -> str:
        return self.project.show(Path(path))

    def _path(self, name: str) -> str:
        return str(self.project.root / name)


def _place(job: Job) -> tuple[str, str, str, str]:
    """Return plan, quarter, notebook and languages, fit for names of folders."""
    known = (job.parameters.get("plan"), job.parameters.get("quarter"), job.notebook.stem, "+".join(job.languages))
    plan, quarter, notebook, languages = (re.sub(r"[^\w.+-]", "_", str(part)) for part in known)
    return plan, quarter, notebook, languages


def decisions(project: Project) -> list[Decision]:
    """Return what was decided last of each notebook, quarter and plan."""
    try:
        path = project.state / "cache" / "notebooks" / _DECISIONS
        return [
            Decision(**one | {"reasons": tuple(one["reasons"])}) for one in json.loads(path.read_text(encoding="utf-8"))
        ]
    except (OSError, ValueError, TypeError, LookupError):
        return []


def within(files: Mapping[str, str]) -> dict[str, str]:
    """Return the files that are the project's own and there, with their checksums: what a manifest may tell.

    >>> within({"data/a.csv": "1", "/elsewhere/b.csv": "2", "params/c.yaml": "absent"})
    {'data/a.csv': '1'}
    """
    return {name: digest for name, digest in files.items() if not Path(name).is_absolute() and digest != "absent"}


def _without_result(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if key not in ("executed", "seconds")}


def _sum_of(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode("utf-8")).hexdigest()[:32]


def _changed_since(path: str, moment: float) -> bool:
    """Say whether a file changed after a moment; a program that copies can set its day back, but not the system's."""
    try:
        found = Path(path).stat()
    except OSError:
        return False
    return max(found.st_mtime, found.st_ctime if os.name != "nt" else 0.0) > moment


def _listing(folder: str) -> str:
    """Return a checksum of the names in a folder."""
    try:
        return _sum_of(sorted(path.name for path in Path(folder).iterdir()))
    except OSError:
        return "absent"
