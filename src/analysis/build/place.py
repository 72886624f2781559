"""A folder with finished files goes to its place whole or not at all.

That holds whatever happens in between: a fault, Ctrl-C, or the end of the process without warning.
"""

from __future__ import annotations

import secrets
import shutil
import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock

from analysis.build import swap

_STOPS = (signal.SIGINT, signal.SIGTERM)

#: Where runs work, inside the folder of the reports: one folder each, and beside it a lock that tells that it is alive.
WORK = ".work"


@contextmanager
def work_folder(reports: Path, target: Path | None = None) -> Iterator[Path]:
    """Open a folder that nobody else uses, and remove it whatever happens; what killed runs left goes first.

    Args:
        reports: where the work is done, on the disk of the place where it goes.
        target: the place where it goes, held by this run alone: an exchange there that a killed run left half-way is
            finished when this returns.
    """
    tidy(reports, target)
    work = reports / WORK / secrets.token_hex(4)
    lock = _held(work)
    try:
        work.mkdir()
        yield work
    finally:
        _cleared(work, lock)


def tidy(reports: Path, target: Path | None = None) -> None:
    """Finish what killed runs left half-way, and remove what they left behind; a run that is alive keeps its folder.

    Args:
        reports: the folder of the reports.
        target: a place that this run alone holds: an exchange there is another run's to repair at most, and is waited
            for.
    """
    room = reports / WORK
    for name in sorted({path.name.removesuffix(".lock") for path in _inside(room)}):
        work = room / name
        lock = FileLock(room / f"{name}.lock")
        awaited = target is not None and swap.journalled(work)[0] == target.resolve()
        try:
            lock.acquire(timeout=-1 if awaited else 0)
        except OSError:  # it is alive (a time-out), or another run has removed it just now
            continue
        swap.repair(work)
        _cleared(work, lock)
    with suppress(OSError):  # there is none, or a run stands in it
        room.rmdir()


@contextmanager
def in_place(fresh: Path, target: Path, names: Sequence[str], gone: Sequence[str] = ()) -> Iterator[None]:
    """Put a complete new folder in the place of the published one, for as long as the block inside ends well.

    The new folder holds the new files and all that stands in the published one, less what may not stay. It takes the
    other's place in one step. A fault in the block puts the other back. Ctrl-C waits until all is done.

    Args:
        fresh: the folder with the new files, inside the work folder of this run.
        target: the published folder; need not be there yet.
        names: the new files.
        gone: files in the published folder that may not stay.
    """
    target = target.resolve()
    target.parent.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        near = fresh.stat().st_dev == target.parent.stat().st_dev
        work = fresh.parent if near else stack.enter_context(work_folder(target.parent))
        new = _assembled(work, fresh, target, names, gone)
        with undisturbed(), ExitStack() as undo:
            there = target.is_dir()
            swap.exchange(work, new, target)
            undo.callback(_back, work, new, target, there=there)
            yield
            undo.pop_all()


def settled(folder: Path) -> None:
    """Let all files of a folder reach the disk."""
    for path in [*folder.rglob("*"), folder]:
        if not path.is_symlink() and (path.is_file() or path.is_dir()):
            swap.settle(path)


def _assembled(work: Path, fresh: Path, target: Path, names: Sequence[str], gone: Sequence[str]) -> Path:
    """Return the complete new folder, down to the disk."""
    new = work / "new"
    new.mkdir()
    if target.is_dir():
        shutil.copymode(target, new)
    for path in _inside(target):
        if path.name in (*names, *gone):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, new / path.name, symlinks=True)
        else:
            shutil.copy2(path, new / path.name, follow_symlinks=False)
    for name in names:
        shutil.move(fresh / name, new / name)
    settled(new)
    return new


def _back(work: Path, old: Path, target: Path, *, there: bool) -> None:
    """Undo an exchange."""
    if there:
        swap.exchange(work, old, target)
    else:
        target.rename(old)


def _inside(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _held(work: Path) -> FileLock:
    """Take the lock that tells that a work folder's run is alive, before the folder is there."""
    lock = FileLock(work.with_name(f"{work.name}.lock"))
    while True:
        work.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileNotFoundError):  # another run has just removed the empty room
            lock.acquire()
            return lock


def _cleared(work: Path, lock: FileLock) -> None:
    """Remove a work folder; its lock goes last, and the room with the last of them."""
    shutil.rmtree(work, ignore_errors=True)
    lock.release()
    with suppress(OSError):  # another run has taken it to look, or stands in the room
        Path(lock.lock_file).unlink(missing_ok=True)
        work.parent.rmdir()


@contextmanager
def undisturbed() -> Iterator[None]:
    """Hold back a wish to stop until the block has ended; only the main thread hears of one."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    heard: list[int] = []
    before = {number: signal.signal(number, lambda which, _: heard.append(which)) for number in _STOPS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    if heard:
        signal.raise_signal(heard[0])  # now to whom it was meant for
