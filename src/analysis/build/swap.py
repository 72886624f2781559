"""Two folders change places in one step of the system; where it has none, in steps that the next run can finish."""

from __future__ import annotations

import ctypes
import errno
import json
import os
import sys
from pathlib import Path

#: What the system says when it, or this file system, has no such step.
_UNABLE = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EXDEV}

_AT_FDCWD = -100  # Linux: a path counts from the working folder
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux, RENAME_SWAP of macOS

#: In a work folder: where the exchange is going on; and the folder that has to wait meanwhile.
JOURNAL, ASIDE = "journal.json", "aside"


def exchange(work: Path, new: Path, target: Path) -> None:
    """Put a folder in the place of another; the other is then where the folder was.

    Args:
        work: the folder of this run, for the journal.
        new: the folder to put in place, inside ``work``.
        target: its place, on the same disk; nothing needs to stand there.

    Raises:
        OSError: the system refuses it; both folders are where they were.
    """
    if not target.is_dir():
        new.rename(target)
    elif not at_once(new, target):
        _in_steps(work, new, target)
    for folder in (target.parent, new.parent):
        settle(folder)


def at_once(one: Path, other: Path) -> bool:
    """Exchange two folders in one step of the system; say False when there is no such step here."""
    known = _step()
    if known is None:
        return False
    if known(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _UNABLE:
        return False
    raise OSError(code, os.strerror(code), str(other))


def repair(work: Path) -> None:
    """Finish an exchange that a killed run left half-way: its target stands there again, whole.

    Args:
        work: the folder of the killed run.
    """
    target, new = journalled(work)
    if target is None or new is None or target.exists():
        return
    for whole in (new, work / ASIDE):
        if whole.is_dir():
            whole.rename(target)
            settle(target.parent)
            return


def journalled(work: Path) -> tuple[Path, Path] | tuple[None, None]:
    """Return which place an unfinished exchange is about, and the folder that was to come there."""
    try:
        content = json.loads((work / JOURNAL).read_text(encoding="utf-8"))
        return Path(os.path.normpath(work / content["target"])), work / content["new"]
    except (OSError, ValueError, LookupError, TypeError):  # none, or one that was never finished: nothing moved yet
        return None, None


def settle(path: Path) -> None:
    """Let a file, or the names in a folder, reach the disk."""
    if path.is_dir():
        if os.name == "nt":  # has no such thing for folders
            return
        handle = os.open(path, os.O_RDONLY)
    else:
        handle = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _in_steps(work: Path, new: Path, target: Path) -> None:
    """Exchange two folders by renaming; for a moment the place is empty, and the journal says what belongs there."""
    note = {"target": os.path.relpath(target, work), "new": os.path.relpath(new, work)}
    (work / JOURNAL).write_text(json.dumps(note), encoding="utf-8")
    settle(work / JOURNAL)
    settle(work)
    aside = work / ASIDE
    target.rename(aside)
    try:
        new.rename(target)
    except OSError:
        aside.rename(target)
        raise
    aside.rename(new)
    (work / JOURNAL).unlink()


class _Step:
    """The system's call that exchanges two paths."""

    def __init__(self, name: str, *, from_here: bool) -> None:
        self.call = getattr(ctypes.CDLL(None, use_errno=True), name)
        self.from_here = from_here

    def __call__(self, one: bytes, other: bytes) -> int:
        """Return 0 when it is done."""
        if self.from_here:
            return int(self.call(_AT_FDCWD, one, _AT_FDCWD, other, ctypes.c_uint(_EXCHANGE)))
        return int(self.call(one, other, ctypes.c_uint(_EXCHANGE)))


def _step() -> _Step | None:
    try:
        if sys.platform == "linux":
            return _Step("renameat2", from_here=True)
        if sys.platform == "darwin":
            return _Step("renamex_np", from_here=False)
    except (AttributeError, OSError):  # a C library without it
        pass
    return None
