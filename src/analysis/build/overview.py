"""The page over all reports: made only of what stands in ``reports/``, so that it can be made again at any time.

Both languages stand on one page. A file that is gone, or is not the one that was published, is named but not linked.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis.build import manifest
from analysis.build.export import NAMES, policy
from analysis.build.figures import TEMPLATES, environment
from analysis.errors import KrachtlijnError
from analysis.language import Words
from analysis.params import LANGUAGES
from analysis.quarter import Quarter

NAME = "index.html"


@dataclass(frozen=True)
class Form:
    """One file of a report.

    Attributes:
        kind: a key of :data:`analysis.build.manifest.FORMS`.
        address: relative to the page.
        size: in millions of bytes, as it is shown.
        state: ``ok``, ``gone`` or ``changed``.
    """

    kind: str
    address: str
    size: str
    state: str


@dataclass(frozen=True)
class Entry:
    """A report in one language; ``forms`` begins with the static one."""

    words: Words
    name: str
    plan: str
    headline: str
    as_of: str
    provisional: bool
    forms: tuple[Form, ...]


@dataclass(frozen=True)
class Shelf:
    """All reports of one folder; ``entries`` is empty when its manifest cannot be read."""

    folder: str
    entries: tuple[Entry, ...]


def write(reports: Path) -> Path:
    """Make the page anew, whole or not at all.

    Args:
        reports: the folder with one folder per quarter.
    """
    reports.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=reports, prefix=".index-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(html(reports).encode("utf-8"))
        Path(name).chmod(0o644)  # the one above is for nobody else to read
        Path(name).replace(reports / NAME)
    finally:
        Path(name).unlink(missing_ok=True)
    return reports / NAME


def html(reports: Path) -> str:
    """Return the page: all quarters, the newest first."""
    folders = sorted(((quarter, path) for path in _folders(reports) if (quarter := _quarter(path))), reverse=True)
    quarters = [(quarter, shelves) for quarter, path in folders if (shelves := _shelves(reports, path))]
    style = "".join(
        (TEMPLATES / "krachtlijn" / name).read_text(encoding="utf-8") for name in ("style.css", "overview.css")
    )
    words = [Words(language) for language in LANGUAGES]
    template = environment().get_template("overview.html.j2")
    return template.render(quarters=quarters, words=words, style=style, policy=policy(style)).rstrip() + "\n"


def _folders(room: Path) -> list[Path]:
    return sorted(path for path in room.iterdir() if path.is_dir() and not path.name.startswith("."))


def _quarter(folder: Path) -> Quarter | None:
    try:
        return Quarter.parse(folder.name)
    except KrachtlijnError:
        return None


def _shelves(reports: Path, folder: Path) -> list[Shelf]:
    """Return the quarter's own report and, in folders below it, those of other plans."""
    found = [path for path in (folder, *_folders(folder)) if (path / manifest.NAME).is_file()]
    return [_shelf(reports, path) for path in found]


def _shelf(reports: Path, folder: Path) -> Shelf:
    place = folder.relative_to(reports).as_posix()
    try:
        editions = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))["editions"]
        entries = tuple(
            _entry(reports, folder, language, editions[language]) for language in LANGUAGES if language in editions
        )
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return Shelf(place, ())
    return Shelf(place, entries)


def _entry(reports: Path, folder: Path, language: str, told: dict[str, Any]) -> Entry:
    words = Words(language)
    names = {kind: name_of(language) for kind, name_of in manifest.FORMS.items()}
    forms = [
        _form(kind, folder / name, told["files"][name], reports, words)
        for kind, name in names.items()
        if name in told["files"]
    ]
    as_of = words.date(dt.date.fromisoformat(told["as_of"]))
    plan, headline = str(told["plan_label"]), str(told["headline"])
    return Entry(words, NAMES[language], plan, headline, as_of, told["provisional"] is True, tuple(forms))


def _form(kind: str, path: Path, digest: str, reports: Path, words: Words) -> Form:
    address = quote(path.relative_to(reports).as_posix())
    if not path.is_file():
        return Form(kind, address, "", "gone")
    size = words.number(max(path.stat().st_size / 1e6, 0.1), 1)
    return Form(kind, address, size, "ok" if manifest.sha256(path) == digest else "changed")
