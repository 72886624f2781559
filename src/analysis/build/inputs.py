"""What a report is made from, by checksum: data, parameters, notebooks, lock and code.

Paths are those inside the project's folder; the same inputs give the same answer in another folder, on another system.
"""

from __future__ import annotations

import hashlib
import platform
import sys
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis import deliveries
from analysis.deliveries import Which
from analysis.paths import Project
from analysis.processed import summary_in
from analysis.quarter import Quarter

if TYPE_CHECKING:
    from analysis.build.chapters import Chapter

LOCK = "requirements.lock"

_SOURCE = Path(__file__).resolve().parents[1]
_MADE_WITH = ("altair", "ipykernel", "krachtlijn", "nbconvert", "pandas", "papermill", "vl-convert-python")


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def raw(project: Project) -> dict[str, str]:
    """Return the checksum of each delivered file, and of the declaration of the tables."""
    handed_in = project.raw / deliveries.FOLDER
    received = [path for path in handed_in.rglob("*") if path.name[0] not in ".~"]
    files = {*project.raw.rglob("*.csv"), project.raw / "datapackage.json", *received}
    return _checksums(project, files)


def params(project: Project, quarter: Quarter) -> dict[str, str]:
    """Return the checksums of the files that the parameters of a quarter come from."""
    return _checksums(project, [project.params / "defaults.yaml", project.params / f"{quarter}.yaml"])


def notebooks(project: Project, chapters: Iterable[Chapter]) -> dict[str, str]:
    """Return the checksum of each notebook."""
    return _checksums(project, [chapter.path for chapter in chapters])


def lock(project: Project) -> dict[str, str]:
    """Return the checksum of the lock of the dependencies; nothing where there is no lock."""
    return _checksums(project, [project.root / LOCK])


def lock_sum(project: Project) -> str:
    """Return the checksum of the lock of the dependencies; empty where there is no lock."""
    return lock(project).get(LOCK, "")


def interpreter() -> str:
    """Return the Python, the system and the type of machine that this process runs on."""
    return f"{platform.python_version()} {sys.platform} {platform.machine()}"


def code() -> dict[str, str]:
    """Return the package's version, and the checksum of its code."""
    return {"version": _version("krachtlijn"), "sha256": code_sum()}


@cache
def code_sum() -> str:
    """Return one checksum over all files of the package as they were when first asked.

    A running process keeps the code that it began with, so asking again after an edit gives the same answer.

    >>> len(code_sum())
    64
    """
    return digest(_SOURCE)


def digest(folder: Path) -> str:
    r"""Return one checksum over a folder's files, by path and content.

    Ends of lines count as git stores them, so that a checkout on Windows has the same checksum. What Python, editors
    and desktops leave behind does not count.

    Args:
        folder: such as the package's own.
    """
    total = hashlib.sha256()
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    for name in sorted(name for name in files if not _is_litter(name)):
        content = files[name].read_bytes()
        stored = content if b"\0" in content else content.replace(b"\r\n", b"\n")
        total.update(f"{name}\n{len(stored)}\n".encode() + stored)
    return total.hexdigest()


def made_with() -> dict[str, str]:
    """Return the versions of Python and of the packages that decide what a report looks like."""
    return {"python": platform.python_version()} | {name: _version(name) for name in _MADE_WITH}


def of_data(project: Project, summary: dict[str, Any], which: Which) -> dict[str, Any]:
    """Return the intake's own mark of the data, and the checksum of each table that it made.

    Args:
        project: the project folder.
        summary: of the intake.
        which: the set of deliveries whose tables count too.
    """
    own = deliveries.room(project, which)
    delivered = summary_in(own).get("files", {})
    place = own.relative_to(project.processed).as_posix()
    files = summary.get("files", {}) | {f"{place}/{name}": digest for name, digest in delivered.items()}
    return {"digest": summary.get("digest"), "files": files}


def _is_litter(name: str) -> bool:
    *folders, file = name.split("/")
    hidden = any(part.startswith(".") or part == "__pycache__" for part in (*folders, file))
    return hidden or file.endswith((".pyc", ".pyo", "~", ".orig", ".rej")) or file in ("Thumbs.db", "desktop.ini")


def _checksums(project: Project, paths: Iterable[Path]) -> dict[str, str]:
    return {project.show(path): sha256(path) for path in sorted(paths) if path.is_file()}


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version  # 30 ms: only where versions are told

    try:
        return version(name)
    except PackageNotFoundError:  # the package itself, run from its source folder
        return "source"
