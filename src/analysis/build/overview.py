"""The page over all reports: made only of what stands in ``reports/``, so that it can be made again at any time.

Both languages stand on one page. A file that is gone, or is not the one that was published, is named but not linked.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import tempfile
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any
from urllib.parse import quote

from analysis import lock
from analysis.build import editions, manifest
from analysis.build.editions import Issue, Mark
from analysis.build.export import NAMES, policy
from analysis.build.figures import TEMPLATES, environment
from analysis.build.plain import plain_text
from analysis.build.rooms import KEPT, is_plan, quarter_of
from analysis.language import Words
from analysis.params import LANGUAGES
from analysis.paths import Project
from analysis.quarter import Quarter

NAME = "index.html"

_UNFINISHED = ".index-"


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
class Edition:
    """One edition of a report in one language: its number and what is told of it; a day that is not known is empty."""

    number: str
    reason: str
    published: str
    replaced: str = ""
    frozen: str = ""
    forms: tuple[Form, ...] = ()
    unreadable: str = ""


@dataclass(frozen=True)
class Entry:
    """A report in one language; ``forms`` begins with the static one, and is empty when only earlier editions stand.

    ``frozen`` is None when it is not, and empty when the day is not known. ``edition`` is None for a first one.
    """

    words: Words
    name: str
    plan: str
    headline: str
    as_of: str
    provisional: bool
    forms: tuple[Form, ...]
    frozen: str | None = None
    edition: Edition | None = None
    earlier: tuple[Edition, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """All that stands there of one report; ``entries`` is empty when its manifest cannot be read."""

    folder: str
    entries: tuple[Entry, ...]


def renew(project: Project) -> Path:
    """Make the page anew after any other run that is at it, so that the last one has seen all reports."""
    with lock.in_turn(project, "index"):
        for left in project.reports.glob(f"{_UNFINISHED}*"):  # of a run that was killed
            left.unlink()
        return write(project.reports)


def write(reports: Path) -> Path:
    """Make the page anew, whole or not at all.

    Args:
        reports: the folder with one folder per quarter.
    """
    reports.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=reports, prefix=_UNFINISHED)
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
    places = sorted(_places(reports), key=lambda place: (-place[0].year, -place[0].number, place[1]))
    shelves = [(quarter, shelf) for quarter, plan in places if (shelf := _shelf(reports, quarter, plan))]
    quarters = [(quarter, [shelf for _, shelf in group]) for quarter, group in groupby(shelves, itemgetter(0))]
    style = "".join(
        (TEMPLATES / "krachtlijn" / name).read_text(encoding="utf-8") for name in ("style.css", "overview.css")
    )
    words = [Words(language) for language in LANGUAGES]
    template = environment().get_template("overview.html.j2")
    return template.render(quarters=quarters, words=words, style=style, policy=policy(style)).rstrip() + "\n"


def _places(reports: Path) -> set[tuple[Quarter, str]]:
    """Return each quarter of which anything may stand there, with the plan if that is not the quarter's own."""
    own = [(path.name, "") for path in _folders(reports)]
    others = [(path.name, plan.name) for plan in _folders(reports) if is_plan(plan.name) for path in _folders(plan)]
    kept = [(path.name[:6], path.name[7:]) for path in _folders(reports / KEPT)]
    return {(quarter, plan) for name, plan in (*own, *others, *kept) if (quarter := quarter_of(name))}


def _folders(room: Path) -> list[Path]:
    return sorted(path for path in room.iterdir() if path.is_dir()) if room.is_dir() else []


def _shelf(reports: Path, quarter: Quarter, plan: str) -> Shelf | None:
    """Return the report of a quarter and plan with its earlier editions; None when nothing of it is published."""
    folder = reports / plan / str(quarter)
    kept = reports / KEPT / (f"{quarter}-{plan}" if plan else str(quarter))
    numbers = [number for number in editions.numbers(kept) if (kept / str(number) / manifest.NAME).is_file()]
    there = (folder / manifest.NAME).is_file()
    if not there and not numbers:
        return None
    issue = editions.issue_of(folder) or Issue()
    if there:  # a run that was killed may have kept what is published still
        numbers = [number for number in numbers if number < issue.number]
    told = _told(folder if there else kept / str(numbers[-1]))
    entries = [_entry(reports, folder, language, told) for language in LANGUAGES if language in told]
    if there:
        entries = [_standing(entry, issue, editions.mark_of(folder)) for entry in entries]
    earlier = [kept / str(number) for number in reversed(numbers)]
    found = [replace(entry, earlier=tuple(_earlier(reports, path, entry) for path in earlier)) for entry in entries]
    return Shelf(folder.relative_to(reports).as_posix(), tuple(found))


def _told(folder: Path) -> dict[str, Any]:
    """Return what a manifest says of each language; nothing when it cannot be read, or says less than it must."""
    try:
        told = json.loads((folder / manifest.NAME).read_text(encoding="utf-8"))["editions"]
        found: dict[str, Any] = {language: told[language] for language in LANGUAGES if language in told}
        for entry in found.values():
            dt.date.fromisoformat(entry["as_of"])
            _ = entry["plan_label"], entry["headline"], entry["provisional"], entry["files"].items()
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}
    return found


def _entry(reports: Path, folder: Path, language: str, told: dict[str, Any]) -> Entry:
    words, own = Words(language), told[language]
    plan, headline = str(own["plan_label"]), str(own["headline"])
    forms = _forms(reports, folder, words, told) if folder.is_dir() else ()
    provisional = own["provisional"] is True
    return Entry(words, NAMES[language], plan, headline, _day(words, own["as_of"]), provisional, forms)


def _standing(entry: Entry, issue: Issue, mark: Mark | None) -> Entry:
    """Add what is told of the edition that is published now."""
    words = entry.words
    edition = Edition(str(issue.number), plain_text(issue.reason), _day(words, issue.issued_on))
    frozen = _day(words, mark.frozen_on) if mark else None
    return replace(entry, edition=edition if issue.number > 1 else None, frozen=frozen)


def _earlier(reports: Path, folder: Path, entry: Entry) -> Edition:
    """Return an earlier edition as the entry's language tells of it."""
    words, issue, told = entry.words, editions.issue_of(folder) or Issue(), _told(folder)
    return Edition(
        folder.name,
        plain_text(issue.reason),
        published=_day(words, issue.issued_on),
        replaced=_day(words, issue.replaced_on),
        frozen=_day(words, issue.frozen_on),
        forms=_forms(reports, folder, words, told),
        unreadable="" if told else folder.relative_to(reports).as_posix(),
    )


def _forms(reports: Path, folder: Path, words: Words, told: dict[str, Any]) -> tuple[Form, ...]:
    names = {kind: name_of(words.language) for kind, name_of in manifest.FORMS.items()}
    files = told.get(words.language, {}).get("files", {})
    found = {kind: name for kind, name in names.items() if name in files}
    return tuple(_form(kind, folder / name, files[name], reports, words) for kind, name in found.items())


def _day(words: Words, day: str) -> str:
    return words.date(dt.date.fromisoformat(day)) if day else ""


def _form(kind: str, path: Path, digest: str, reports: Path, words: Words) -> Form:
    address = quote(path.relative_to(reports).as_posix())
    if not path.is_file():
        return Form(kind, address, "", "gone")
    size = words.number(max(path.stat().st_size / 1e6, 0.1), 1)
    return Form(kind, address, size, "ok" if manifest.sha256(path) == digest else "changed")
