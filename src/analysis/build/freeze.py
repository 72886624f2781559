"""A published report is frozen once the board has seen it: from then on it is replaced only with a reason."""

from __future__ import annotations

import json

from analysis import lock
from analysis.build import editions, manifest, overview, place, swap
from analysis.build.editions import MARK, Mark
from analysis.build.rooms import Room
from analysis.errors import KrachtlijnError
from analysis.paths import Project
from analysis.quarter import calendar_today


def freeze(project: Project, room: Room, by: str) -> Mark:
    """Mark a published report as frozen, and say so on the page over all reports.

    Args:
        project: the project folder.
        room: where the report stands.
        by: the role of who freezes it, never the name of a person.

    Raises:
        KrachtlijnError: nothing is published there, a file of it is not what was published, it is frozen already, or a
            run is at work on it.
    """
    with (
        lock.alone(project, room.lock, room.name, project.show(room.folder)),
        place.work_folder(project.reports, room.folder) as work,
    ):
        if found := editions.mark_of(room.folder):
            raise KrachtlijnError(
                f"{room.name} is frozen already",
                where=project.show(room.folder / MARK),
                why=editions.told(found),
                do=f"nothing needs to be done; krachtlijn freeze --undo {room.words} takes the mark away",
            )
        _refuse_damaged(project, room)
        mark = Mark(calendar_today().isoformat(), by)
        editions.write(work / MARK, mark)
        swap.settle(work / MARK)
        (work / MARK).replace(room.folder / MARK)
        swap.settle(room.folder)
        overview.renew(project)
        return mark


def unfreeze(project: Project, room: Room) -> None:
    """Take the mark of a frozen report away; the next run replaces it like any other.

    Raises:
        KrachtlijnError: it is not frozen, or a run is at work on it.
    """
    with (
        lock.alone(project, room.lock, room.name, project.show(room.folder)),
        place.work_folder(project.reports, room.folder),
    ):
        if editions.mark_of(room.folder) is None:
            raise KrachtlijnError(
                f"{room.name} is not frozen",
                where=project.show(room.folder),
                do="nothing needs to be done; krachtlijn report makes it again without --reissue",
            )
        (room.folder / MARK).unlink()
        overview.renew(project)


def _refuse_damaged(project: Project, room: Room) -> None:
    """Refuse to freeze what is not the published report."""
    again = f"make the report first: krachtlijn report {room.words}"
    try:
        told = json.loads((room.folder / manifest.NAME).read_text(encoding="utf-8"))["editions"]
        files = {name: digest for entry in told.values() for name, digest in entry["files"].items()}
    except FileNotFoundError as fault:
        where = project.show(room.folder)
        raise KrachtlijnError(f"there is no report of {room.name} to freeze", where=where, do=again) from fault
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as fault:
        where = project.show(room.folder / manifest.NAME)
        raise KrachtlijnError("the manifest of the report cannot be read", where=where, do=again) from fault
    changed = [name for name, digest in files.items() if not manifest.is_intact(room.folder / name, digest)]
    if changed or not files:
        raise KrachtlijnError(
            f"the report of {room.name} is not the one that was published, so it was not frozen",
            where=project.show(room.folder),
            why=f"changed or gone since: {', '.join(changed)}",
            do=again,
        )
