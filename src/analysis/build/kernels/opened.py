"""Which files a notebook reads, noted by the kernel itself: nothing is guessed, and no call is forgotten.

Python tells an audit hook of every file that it opens and every folder that it lists. What cannot be noted (another
program, the network, a file that is written) is noted as just that: such a run has no place in the cache.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_WRITES = os.O_WRONLY | os.O_RDWR
#: What goes beyond files: its result may be another one tomorrow.
_OUTSIDE = {
    "sqlite3.connect": "a database",
    "socket.connect": "the network",
    "socket.getaddrinfo": "the network",
    "subprocess.Popen": "another program",
    "os.system": "another program",
    "os.exec": "another program",
    "os.posix_spawn": "another program",
}
#: Their start is told to nobody, but not that they are imported for it.
_STARTERS = {
    "multiprocessing.popen_spawn_posix",
    "multiprocessing.popen_spawn_win32",
    "multiprocessing.popen_forkserver",
}
#: What changes a folder: which of the arguments is the path that changes, and which the open folder that it is in.
_CHANGES = {
    "os.remove": (0, 1),
    "os.rename": (1, 3),
    "os.mkdir": (0, 2),
    "os.rmdir": (0, 1),
    "os.link": (1, 3),
    "os.symlink": (1, 2),
    "os.truncate": (0, 0),
}
#: Told of, but no reason for doubt: Python's module platform asks for the processor; a database in memory.
_HARMLESS = {"uname", ":memory:"}
_BYTECODE = os.path.join(os.sep, "__pycache__", "")  # noqa: PTH118


@dataclass(frozen=True)
class Opened:
    """What one run of a notebook touched.

    Readers that open files without Python's knowledge (Arrow given a path, a database) are not heard;
    :meth:`analysis.catalog.Catalog.table` opens its files through Python.

    Attributes:
        files: paths that were read, or looked for in vain.
        folders: paths that were listed.
        outside: what it used besides files, in words; such a run cannot be remembered.
    """

    files: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()


def record(path: str, ignored: tuple[str, ...]) -> None:
    """Note from now on, in this process and its forks, what is opened.

    Args:
        path: the file to note it in, one line of JSON each.
        ignored: folders (ending in a separator) whose files are no data: Python's own, temporary ones.
    """
    stream = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    seen: set[tuple[str, str]] = set()

    def note(kind: str, name: str) -> None:
        if (kind, name) not in seen:
            seen.add((kind, name))
            os.write(stream, (json.dumps([kind, name]) + "\n").encode("utf-8"))

    hearers = _hearers(note, _Files(note, ignored))

    def listen(event: str, arguments: tuple[object, ...]) -> None:
        hearer = hearers.get(event)
        if hearer:
            hearer(arguments)

    sys.addaudithook(listen)


def _hearers(note: Callable[[str, str], None], files: _Files) -> dict[str, Callable[[tuple[Any, ...]], None]]:
    """Return what is to be done at each event."""
    listed = {event: lambda arguments: files.listed(arguments[0]) for event in ("os.listdir", "os.scandir")}
    changed = {event: lambda told, at=at: files.changed(*(told[one] for one in at)) for event, at in _CHANGES.items()}

    def outside(word: str) -> Callable[[tuple[Any, ...]], None]:
        return lambda arguments: None if arguments[0] in _HARMLESS else note("outside", word)

    def imported(arguments: tuple[Any, ...]) -> None:
        if arguments[0] in _STARTERS:
            note("outside", "another program")

    beyond = {event: outside(word) for event, word in _OUTSIDE.items()}
    return {"open": files.opened, "import": imported} | listed | changed | beyond


@dataclass
class _Files:
    """Tells files that are data from all others; what a process writes to the temporary folder is its own affair."""

    note: Callable[[str, str], None]
    ignored: tuple[str, ...]
    temporary: str = field(default_factory=lambda: os.path.join(os.path.realpath(tempfile.gettempdir()), ""))  # noqa: PTH118
    own: set[str] = field(default_factory=set)

    def opened(self, arguments: tuple[object, ...]) -> None:
        if _is_writing(arguments):
            self.changed(arguments[0])
            return
        path = _path(arguments[0], self.ignored)
        if path and path not in self.own:
            self.note("file", _source(path))

    def changed(self, name: object, folder: object = None) -> None:
        path = _path(_inside(folder, name), self.ignored)
        if not path or _BYTECODE in os.path.join(path, "") or path in self.own:  # noqa: PTH118 - as below
            return
        if path.startswith(self.temporary):
            self.own.add(path)
        else:
            self.note("written", path)

    def listed(self, name: object) -> None:
        path = _path("." if name is None else name, self.ignored)
        if path:
            self.note("folder", path)


def _is_writing(arguments: tuple[object, ...]) -> bool:
    mode, flags = arguments[1], arguments[2]
    if isinstance(mode, str):
        return bool(set(mode) & set("wax+"))
    return isinstance(flags, int) and bool(flags & _WRITES)


def _inside(folder: object, name: object) -> object:
    """Return the path of what stands in an open folder; Python tells -1 for the working folder."""
    if isinstance(folder, int) and folder >= 0 and isinstance(name, str):
        with contextlib.suppress(OSError):  # a system without this folder
            return os.path.join(os.readlink(f"/proc/self/fd/{folder}"), name)  # noqa: PTH115, PTH118 - as below
    return name


def _source(path: str) -> str:
    """Return the source of bytecode: Python reads the one and, of the other, only looks at the day and the length."""
    folder, _, name = path.rpartition(_BYTECODE)
    return os.path.join(folder, f"{name.split('.')[0]}.py") if folder else path  # noqa: PTH118 - called for every file


def _path(name: object, ignored: tuple[str, ...]) -> str:
    """Return the absolute path, or nothing for what is no data (a descriptor, a device, Python's own files)."""
    if isinstance(name, bytes):
        name = os.fsdecode(name)
    if not isinstance(name, str):
        return ""
    path = os.path.abspath(name)  # noqa: PTH100 - called for every file, and pathlib would open an import
    return "" if path.startswith(ignored) else path


def ignored_folders(*own: Path) -> tuple[str, ...]:
    """Return the folders whose files are no data: those of Python, of the system, of this package, and these."""
    package = Path(__file__).resolve().parents[2]
    found = [str(package), sys.prefix, sys.base_prefix, "/proc", "/dev", "/sys", "/etc", "/usr", *map(str, own)]
    return tuple(sorted({os.path.join(os.path.abspath(path), "") for path in found}))  # noqa: PTH100, PTH118


@dataclass
class _Gathered:
    files: set[str] = field(default_factory=set)
    folders: set[str] = field(default_factory=set)
    outside: set[str] = field(default_factory=set)


def read(path: Path) -> Opened | None:
    """Return what was noted in a file; None when nothing was (the kernel could not note, or not to the end)."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    except (OSError, ValueError):
        return None
    found = _Gathered()
    for kind, name in lines:
        {"file": found.files, "folder": found.folders}.get(kind, found.outside).add(
            f"it writes {name}" if kind == "written" else name
        )
    return Opened(frozenset(found.files), frozenset(found.folders), frozenset(found.outside))
