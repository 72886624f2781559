"""Finished files go to their place all together or not at all, whatever happens in between."""

from __future__ import annotations

import shutil
import signal
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

_STOPS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def work_folder(reports: Path) -> Iterator[Path]:
    """Open a folder that nobody else uses, and remove it whatever happens."""
    room = reports / ".work"
    room.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=room))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if not any(room.iterdir()):
            room.rmdir()


@contextmanager
def in_place(fresh: Path, target: Path, names: Sequence[str], gone: Sequence[str] = ()) -> Iterator[None]:
    """Put files in their place and take outdated ones away, for as long as the block inside ends well.

    A fault (a file that another program holds open, a full disk) puts everything back as it was. Ctrl-C waits until
    all is done.

    Args:
        fresh: the folder with the new files, on the same disk.
        target: where they go.
        names: the new files, in the order in which they are put there.
        gone: files in the target that may not stay beside them.
    """
    target.mkdir(parents=True, exist_ok=True)
    kept = fresh / "before"
    kept.mkdir()
    with _undisturbed(), ExitStack() as undo:
        for name in [*names, *gone]:
            before = _copy(target / name, kept / name)
            undo.callback(_restore, before, target / name)
            if name in gone:
                (target / name).unlink(missing_ok=True)
            else:
                (fresh / name).replace(target / name)
        yield
        undo.pop_all()


def _copy(path: Path, to: Path) -> Path | None:
    return Path(shutil.copyfile(path, to)) if path.is_file() else None


def _restore(before: Path | None, path: Path) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    else:
        before.replace(path)


@contextmanager
def _undisturbed() -> Iterator[None]:
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
