"""Locks between runs: two commands at once never work on the same thing.

The system lets a lock go when its process ends, however it ends; a lock of a killed run holds nobody up.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from analysis.errors import KrachtlijnError
from analysis.paths import Project


@contextmanager
def alone(project: Project, name: str, what: str, where: str) -> Iterator[None]:
    """Do something that no other run may do at the same time; a second run is refused at once.

    Args:
        project: the project folder.
        name: of the lock; runs with another name go on freely.
        what: the thing that both would do, for the message.
        where: the folder that both would write.

    Raises:
        KrachtlijnError: another run is at it; the message says which process, and since when.
    """
    path = _path(project, name)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = _holder(path)
        raise KrachtlijnError(
            f"another run is at work on {what}, so this one was not started",
            where=where,
            why=f"process {who['process']} has been at it since {who['since']}" if who else "",
            do=f"wait until it is done, or stop it{_by_id(who)}; other quarters can be made meanwhile",
        ) from None
    try:
        with _told(path):
            yield
    finally:
        lock.release()


@contextmanager
def in_turn(project: Project, name: str, waiting: Callable[[], object] = lambda: None) -> Iterator[None]:
    """Do something that takes a moment, after another run that is at it.

    Args:
        project: the project folder.
        name: of the lock.
        waiting: is called once when there is another run to wait for.
    """
    path = _path(project, name)
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _path(project: Project, name: str) -> Path:
    room = project.state / "locks"
    room.mkdir(parents=True, exist_ok=True)
    return room / f"{name}.lock"


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Say who holds a lock, in a file beside it: Windows lets nobody read the locked one."""
    since = dt.datetime.now(dt.UTC).astimezone().strftime("%H:%M on %Y-%m-%d")
    note = path.with_suffix(".json")
    note.write_text(json.dumps({"process": os.getpid(), "since": since}), encoding="utf-8")
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def _holder(path: Path) -> dict[str, str]:
    """Return who holds a lock; empty in the moment in which that is not written yet."""
    try:
        content = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
        return {"process": str(content["process"]), "since": str(content["since"])}
    except (OSError, ValueError, LookupError, TypeError):
        return {}


def _by_id(who: dict[str, str]) -> str:
    return f" (process {who['process']})" if who else ""
