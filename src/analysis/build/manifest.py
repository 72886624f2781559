"""What a published report was made of, so that it can be made again and checked."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from analysis.build import export, interactive, pdf
from analysis.build.chapters import Chapter
from analysis.params import Run
from analysis.paths import Project

NAME = "manifest.json"

_MADE_WITH = ("altair", "ipykernel", "krachtlijn", "nbconvert", "pandas", "papermill", "vl-convert-python")


#: The forms in which the report stands there in a language, and the name of each file.
FORMS: dict[str, Callable[[str], str]] = {
    "html": export.file_name,
    "interactive": interactive.file_name,
    "pdf": pdf.file_name,
}


@dataclass(frozen=True)
class Making:
    """One build, as the manifest tells of it.

    Attributes:
        project: the project folder.
        run: the settled parameters.
        data: the intake's summary.
        chapters: the chapters of the report.
        told: per language what the report says of itself: ``plan_label`` and ``headline``.
    """

    project: Project
    run: Run
    data: dict[str, object]
    chapters: Sequence[Chapter]
    told: dict[str, dict[str, str]]


def manifest(making: Making, fresh: Path, target: Path) -> dict[str, Any]:
    """Return what the manifest holds, one entry per language.

    It holds no clock time: the same inputs give the same manifest. A language that was not built keeps its own entry,
    as long as its file is the one that the entry describes. An interactive edition or PDF that was not made again keeps
    its place as long as the report beside it is the same to the letter; else it may not stay, and is not in ``files``.

    Args:
        making: the build.
        fresh: the folder with the new files.
        target: the folder where they will be published.
    """
    standing, inputs = _standing(target), _inputs(making)
    new = {
        language: {"files": _files(language, standing.get(language, {}), fresh, target), **told, **inputs}
        for language, told in making.told.items()
    }
    return {"quarter": str(making.run.quarter), "editions": dict(sorted((standing | new).items()))}


def text_of(content: dict[str, Any]) -> str:
    """Write a manifest."""
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def outdated(content: dict[str, Any], languages: Sequence[str]) -> list[str]:
    """Return the files of these languages that may not stay: what they show is no longer the report."""
    names = [(language, form(language)) for language in languages for form in FORMS.values()]
    return [name for language, name in names if name not in content["editions"][language]["files"]]


def _files(language: str, before: dict[str, Any], fresh: Path, target: Path) -> dict[str, str]:
    names = [form(language) for form in FORMS.values()]
    new = {name: sha256(fresh / name) for name in names if (fresh / name).is_file()}
    main, old = names[0], before.get("files", {})
    if old.get(main) != new[main]:
        return new
    kept = {name: old[name] for name in names if name not in new and is_intact(target / name, old.get(name))}
    return new | kept


def is_intact(path: Path, digest: object) -> bool:
    """Say whether a file is there and is the one with this checksum."""
    return path.is_file() and sha256(path) == digest


def _inputs(making: Making) -> dict[str, Any]:
    project, run, data = making.project, making.run, making.data
    params = (project.params / "defaults.yaml", project.params / f"{run.quarter}.yaml")
    return {
        "as_of": run.as_of.isoformat(),
        "provisional": run.provisional,
        "plan": run.plan,
        "publication_lag_days": run.publication_lag_days,
        "data": {"digest": data.get("digest"), "files": data.get("files", {})},
        "params": {project.show(path): sha256(path) for path in params if path.is_file()},
        "notebooks": {project.show(chapter.path): sha256(chapter.path) for chapter in making.chapters},
        "made_with": {"python": platform.python_version()} | {name: _version(name) for name in _MADE_WITH},
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:  # the package itself, run from its source folder
        return "source"


def _standing(target: Path) -> dict[str, Any]:
    """Return the entries of reports that are published and unchanged."""
    try:
        found: dict[str, Any] = json.loads((target / NAME).read_text(encoding="utf-8"))["editions"]
        names = {language: FORMS["html"](language) for language in found}
        return {
            language: entry
            for language, entry in found.items()
            if is_intact(target / names[language], entry["files"].get(names[language]))
        }
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def sha256(path: Path) -> str:
    """Return the checksum of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
