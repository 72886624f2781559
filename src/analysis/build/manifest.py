"""What a published report was made of, so that it can be made again and checked.

The manifest is the part of a run's record that the same inputs make again to the letter; when, how long and on what
machine stands in :mod:`analysis.build.crate`.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analysis.build import inputs
from analysis.build.chapters import Chapter
from analysis.build.forms import FORMS
from analysis.build.inputs import sha256
from analysis.deliveries import RECEIVED, Which
from analysis.errors import KrachtlijnError
from analysis.params import Run
from analysis.paths import Project
from analysis.quarter import Quarter

__all__ = ["FORMS", "NAME", "Making", "is_intact", "manifest", "outdated", "read", "sha256", "text_of"]

NAME = "manifest.json"


#: What each edition says, and of what kind it is: without any of these it cannot be made again.
_KINDS: dict[str, type] = {
    **dict.fromkeys(("plan", "plan_label", "headline", "as_of"), str),
    **dict.fromkeys(("files", "code", "lock", "made_with", "params", "notebooks", "raw", "data"), dict),
    "publication_lag_days": int,
    "provisional": bool,
    "beside": list,
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
        opened: per notebook the checksums of the files that it opened, by path; None when nobody watched.
    """

    project: Project
    run: Run
    data: dict[str, object]
    chapters: Sequence[Chapter]
    told: dict[str, dict[str, str]]
    opened: Mapping[str, Mapping[str, str]] | None = None


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
    standing, made_of = _standing(target), _made_of(making)
    new: dict[str, Any] = {
        language: {"files": _files(language, standing.get(language, {}), fresh, target), **told, **made_of}
        for language, told in making.told.items()
    }
    editions = dict(sorted((standing | new).items()))
    for language in making.told:
        editions[language]["beside"] = _beside(language, editions)
    return {"quarter": str(making.run.quarter), "editions": editions}


def _beside(language: str, editions: dict[str, Any]) -> list[str]:
    """Return the files in other languages that this edition links to: it shows them, so it is made of them too."""
    names = {form(other) for other in editions if other != language for form in (FORMS["html"], FORMS["interactive"])}
    return sorted(names & {name for entry in editions.values() for name in entry["files"]})


def deliveries_of(entries: Iterable[Mapping[str, Any]]) -> set[Which]:
    """Return the sets of deliveries that some editions rest on; one of before there were any does not say."""
    return {entry.get("deliveries", RECEIVED) for entry in entries}


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


def _made_of(making: Making) -> dict[str, Any]:
    project, run = making.project, making.run
    opened = {name: dict(sorted(files.items())) for name, files in sorted((making.opened or {}).items())}
    return {
        "as_of": run.as_of.isoformat(),
        "provisional": run.provisional,
        "plan": run.plan,
        "publication_lag_days": run.publication_lag_days,
        "deliveries": run.deliveries,
        "code": inputs.code(),
        "lock": inputs.lock(project),
        "made_with": inputs.made_with(),
        "params": inputs.params(project, run.quarter),
        "notebooks": inputs.notebooks(project, making.chapters),
        "raw": inputs.raw(project),
        "data": inputs.of_data(project, making.data, run.deliveries),
        **({"opened": opened} if making.opened is not None else {}),
    }


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


def read(folder: Path, where: str) -> dict[str, Any]:
    """Return the manifest of a published report.

    Args:
        folder: where the report stands.
        where: the folder as a person writes it.

    Raises:
        KrachtlijnError: there is none, or it is damaged.
    """
    path = folder / NAME
    if not path.is_file():
        raise KrachtlijnError(
            "there is no published report",
            where=where,
            why=f"no {NAME} stands there" if folder.is_dir() else "there is no such folder",
            do="name a quarter, or a folder that `krachtlijn report` made",
        )
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        _check(content)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, KrachtlijnError) as fault:
        raise KrachtlijnError(
            "the manifest of a report is damaged, or of another version",
            where=f"{where}/{NAME}",
            why=fault.what if isinstance(fault, KrachtlijnError) else f"{type(fault).__name__}: {fault}",
            do="restore it from a copy, or make the report again: krachtlijn report",
        ) from fault
    return content


def _check(content: dict[str, Any]) -> None:
    """See that all stands there by which a report can be made again; the first that does not is the error."""
    Quarter.parse(content["quarter"])
    if not content["editions"]:
        raise ValueError("it holds no edition")
    for entry in content["editions"].values():
        dt.date.fromisoformat(entry["as_of"])
        for key, kind in _KINDS.items():
            if not isinstance(entry[key], kind):
                raise TypeError(f"'{key}' is not what it should be")
