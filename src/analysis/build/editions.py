"""Frozen quarters and their editions: what the board has seen is never lost, and is replaced only with a reason."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, cast

from analysis import lock
from analysis.build import place, swap
from analysis.build.manifest import sha256
from analysis.build.rooms import Room
from analysis.errors import KrachtlijnError
from analysis.paths import Project
from analysis.quarter import calendar_today

#: In a folder with a report: that it is frozen; and which edition it is.
MARK, ISSUE = "bevroren.json", "uitgave.json"


@dataclass(frozen=True)
class Mark:
    """That a quarter is frozen; both are empty when the file cannot be read.

    Attributes:
        frozen_on: the day, as 2026-11-22.
        by: the role of who froze it.
    """

    frozen_on: str = ""
    by: str = ""


@dataclass(frozen=True)
class Issue:
    """Which edition of a quarter's report a folder holds.

    Attributes:
        number: 1 for the first.
        reason: why this edition was made; empty for the first.
        issued_on: the day on which it took the place of the one before; empty for the first.
        frozen_on: when it was frozen; this and the rest only of an earlier edition.
        frozen_by: the role of who froze it.
        replaced_on: when the next one took its place.
        replaced_because: why.
    """

    number: int = 1
    reason: str = ""
    issued_on: str = ""
    frozen_on: str = ""
    frozen_by: str = ""
    replaced_on: str = ""
    replaced_because: str = ""


@contextmanager
def claimed(project: Project, room: Room, reissue: str = "") -> Iterator[Path]:
    """Hold the place of a report for this run alone, and open a work folder to make it in.

    Args:
        project: the project folder.
        room: where the report will stand.
        reissue: why a frozen one is made again.

    Raises:
        KrachtlijnError: another run is making this report, or it may not be made (see :func:`admit`).
    """
    with (
        lock.alone(project, room.lock, room.name, project.show(room.folder)),
        place.work_folder(project.reports, room.folder) as work,
    ):
        admit(project, room, reissue)
        yield work


def admit(project: Project, room: Room, reissue: str = "") -> None:
    """Refuse to replace a frozen report without a reason, and to give a reason for one that is not frozen.

    Raises:
        KrachtlijnError: either is the case.
    """
    mark = mark_of(room.folder)
    if mark and not reissue:
        raise KrachtlijnError(
            f"{room.name} is frozen, so its report was not made again",
            where=project.show(room.folder / MARK),
            why=told(mark),
            do='give the reason with --reissue "...": the frozen edition is then kept beside the new one; '
            f"or take the mark away first: krachtlijn freeze --undo {room.words}",
        )
    if reissue and not (mark and room.kept):
        there = room.folder.is_dir()
        raise KrachtlijnError(
            f"there is no frozen report of {room.name} to reissue",
            where=project.show(room.folder),
            why="what stands there is not frozen" if there else "nothing is published there",
            do=f"leave --reissue out, or freeze the published report first: krachtlijn freeze {room.words}",
        )


@contextmanager
def published(
    room: Room, fresh: Path, names: Sequence[str], gone: Sequence[str] = (), reissue: str = ""
) -> Iterator[None]:
    """Publish finished files, for as long as the block inside ends well; a frozen edition is kept first.

    Args:
        room: where the report will stand; this run has claimed it.
        fresh: the folder with the new files, inside the work folder of this run.
        names: the new files.
        gone: files in the published folder that may not stay.
        reissue: why a frozen report is made again; empty for one that is not frozen.
    """
    today = calendar_today().isoformat()
    with ExitStack() as stack:
        own: list[str] = []
        if reissue:
            number = stack.enter_context(_keeping(room, fresh.parent, reissue, today))
            write(fresh / ISSUE, Issue(number + 1, reissue, today))
            write(fresh / MARK, replace(mark_of(room.folder) or Mark(), frozen_on=today))
            own = [ISSUE, MARK]
        elif not room.folder.is_dir() and (earlier := numbers(room.kept)):  # its folder was removed by hand
            write(fresh / ISSUE, Issue(max(earlier) + 1, issued_on=today))
            own = [ISSUE]
        stack.enter_context(place.in_place(fresh, room.folder, [*names, *own], gone))
        yield


@contextmanager
def _keeping(room: Room, work: Path, reason: str, today: str) -> Iterator[int]:
    """Keep the published edition, for as long as the block inside ends well; tell its number."""
    mark, issue = mark_of(room.folder) or Mark(), issue_of(room.folder) or Issue()
    kept = cast("Path", room.kept)  # a report that stands elsewhere was not admitted
    number = _number(kept, room.folder, issue)
    copy, target = work / "kept", kept / str(number)
    shutil.copytree(room.folder, copy, symlinks=True)
    kept_as = replace(issue, number=number, frozen_on=mark.frozen_on, frozen_by=mark.by)
    write(copy / ISSUE, replace(kept_as, replaced_on=today, replaced_because=reason))
    place.settled(copy)
    kept.mkdir(parents=True, exist_ok=True)
    before = target.is_dir()
    with ExitStack() as undo:
        swap.exchange(work, copy, target)
        if not before:
            undo.callback(_forget, target, work)
        yield number
        undo.pop_all()


def _number(kept: Path, folder: Path, issue: Issue) -> int:
    """Return the number under which the published edition is kept.

    That is its own. Under that number may stand what a run kept that was killed before the exchange; it is replaced if
    it is the same, and else stays.
    """
    found = numbers(kept)
    if issue.number not in found or _content(kept / str(issue.number)) == _content(folder):
        return issue.number
    return max(found) + 1


def _forget(target: Path, work: Path) -> None:
    target.rename(work / "forgotten")
    for folder in (target.parent, target.parent.parent):
        with suppress(OSError):  # other editions stand in it
            folder.rmdir()


def _content(folder: Path) -> dict[str, str]:
    """Return the checksum of each file, less the record of the edition itself."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: sha256(path) for name, path in files.items() if name != ISSUE}


def numbers(kept: Path | None) -> list[int]:
    """Return the numbers of the earlier editions that are kept in a folder."""
    inside = [path.name for path in kept.iterdir() if path.is_dir()] if kept and kept.is_dir() else []
    return sorted(int(name) for name in inside if name.isdecimal() and name == str(int(name)))


def mark_of(folder: Path) -> Mark | None:
    """Return the mark of a frozen report; None when it is not frozen. One that cannot be read still counts."""
    path = folder / MARK
    return Mark(**_read(path, Mark())) if path.exists() else None


def issue_of(folder: Path) -> Issue | None:
    """Return which edition a folder holds; None when nothing, or nothing readable, says so."""
    path = folder / ISSUE
    found = _read(path, Issue()) if path.exists() else {}
    return Issue(**found) if found else None


def _read(path: Path, empty: Mark | Issue) -> dict[str, Any]:
    """Return what a file of ours says, each part of the right kind; nothing when any part is not."""
    wanted = asdict(empty)
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        found = {name: content[name] for name in wanted if name in content}
        days = [dt.date.fromisoformat(str(day)) for name, day in found.items() if name.endswith("_on") and day]
    except (OSError, ValueError, LookupError, TypeError):
        return {}
    whole = days and all(type(value) is type(wanted[name]) for name, value in found.items())
    return found if whole else {}


def write(path: Path, what: Mark | Issue) -> None:
    """Write a mark, or which edition a folder holds; what is empty is left out."""
    content = {name: value for name, value in asdict(what).items() if value}
    path.write_bytes((json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode("utf-8"))


def told(mark: Mark) -> str:
    """Say since when, and by which role."""
    return f"frozen on {mark.frozen_on} by: {mark.by}" if mark.frozen_on else "the mark itself cannot be read"
