"""What a published report was made of, so that it can be made again and checked."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from analysis.build.chapters import Chapter
from analysis.build.export import file_name
from analysis.params import Run
from analysis.paths import Project

NAME = "manifest.json"

_MADE_WITH = ("altair", "ipykernel", "krachtlijn", "nbconvert", "pandas", "papermill", "vl-convert-python")


def manifest(
    project: Project, run: Run, data: dict[str, object], chapters: Sequence[Chapter], fresh: Path, target: Path
) -> str:
    """Return the manifest as JSON, one entry per edition.

    It holds no clock time: the same inputs give the same manifest. An edition in another language that stays where it
    is keeps its own entry, as long as its file is the one that the entry describes.

    Args:
        project: the project folder.
        run: the settled parameters.
        data: the intake's summary.
        chapters: the chapters of the report.
        fresh: the folder with the new files.
        target: the folder where they will be published.
    """
    inputs = _inputs(project, run, data, chapters)
    new = {language: {"sha256": sha256(fresh / file_name(language)), **inputs} for language in run.languages}
    editions = dict(sorted((_standing(target) | new).items()))
    content = {"quarter": str(run.quarter), "editions": editions}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _inputs(project: Project, run: Run, data: dict[str, object], chapters: Sequence[Chapter]) -> dict[str, Any]:
    params = (project.params / "defaults.yaml", project.params / f"{run.quarter}.yaml")
    return {
        "as_of": run.as_of.isoformat(),
        "provisional": run.provisional,
        "plan": run.plan,
        "publication_lag_days": run.publication_lag_days,
        "data": {"digest": data.get("digest"), "files": data.get("files", {})},
        "params": {project.show(path): sha256(path) for path in params if path.is_file()},
        "notebooks": {project.show(chapter.path): sha256(chapter.path) for chapter in chapters},
        "made_with": {"python": platform.python_version()} | {name: _version(name) for name in _MADE_WITH},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # the package itself, run from its source folder
        return "source"


def _standing(target: Path) -> dict[str, Any]:
    """Return the entries of editions that are published and unchanged."""
    try:
        found: dict[str, Any] = json.loads((target / NAME).read_text(encoding="utf-8"))["editions"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    files = {language: target / file_name(language) for language in found}
    return {
        language: entry
        for language, entry in found.items()
        if files[language].is_file() and sha256(files[language]) == entry.get("sha256")
    }


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
