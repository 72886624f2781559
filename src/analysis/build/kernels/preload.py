"""Importing beforehand what notebooks import, so that a notebook cannot tell: what an import shows, it shows there.

A module that warns or prints while it is imported does so in the cell that imports it. Imported beforehand it would be
silent, so such a module is left for the notebook to import.
"""

from __future__ import annotations

import builtins
import contextlib
import gc
import importlib.util
import io
import itertools
import os
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import Any

from analysis.build.kernels import grammar

#: What every kernel imports before its first cell. What these show, nobody sees: a kernel has no notebook yet.
ALWAYS = (
    "ctypes",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "tornado.platform.asyncio",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "sqlite3",
)


def preload(modules: Sequence[str], *, one_by_one: bool = False) -> bool:
    """Import modules as a notebook would; one that cannot be imported is left for the notebook to complain of.

    Args:
        modules: the names of modules; also of things in modules.
        one_by_one: try each in a fork first, and leave out what shows something.

    Returns:
        whether nothing was shown; else this process is spoilt, and a fresh one has to try them one by one.
    """
    grammar.put_off()
    with _heard():
        for name in ALWAYS:
            _import(name)
    threading._counter = itertools.count(1).__next__  # type: ignore[attr-defined]  # the names of threads begin anew
    with _as_in_a_notebook(), _heard() as heard:
        for name in modules:
            if not one_by_one or _is_silent(name):
                _import(name)
                _prepare(name)
        silent = one_by_one or not heard()
    gc.collect()
    gc.freeze()  # nothing of this is garbage, and looking would copy its pages in each kernel
    return silent


def _import(name: str) -> None:
    """Import a module as a cell does: what is deprecated warns only there, and a cell is called ``__main__``."""
    if _is_there(name):
        with contextlib.suppress(BaseException):  # whatever it is, the notebook meets it
            exec(f"import {name}", {"__name__": "__main__"})  # noqa: S102 - the words that a cell would have


def _prepare(name: str) -> None:
    """Let a module do beforehand what each process would do once: its function ``before_fork``, if it has one."""
    prepare = getattr(sys.modules.get(name), "before_fork", None)
    if prepare is not None:
        with contextlib.suppress(BaseException):  # as above
            prepare()


def _is_there(name: str) -> bool:
    """Say whether a name is that of a module; ``from module import thing`` gives names of other things too."""
    try:
        return all(part.isidentifier() for part in name.split(".")) and importlib.util.find_spec(name) is not None
    except Exception:  # noqa: BLE001 - to find a module, those around it are imported: as above
        return False


def _is_silent(name: str) -> bool:
    """Import a module in a fork; say whether it showed nothing."""
    pid = os.fork()
    if pid == 0:
        with _heard() as heard:
            _import(name)
            os._exit(bool(heard()))
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


@contextlib.contextmanager
def _heard() -> Iterator[Any]:
    """Catch all that goes to the two streams of this process; yield what tells how many bytes that were."""
    with tempfile.TemporaryFile() as caught:
        kept = [os.dup(number) for number in (1, 2)]
        for number in (1, 2):
            os.dup2(caught.fileno(), number)
        try:
            yield lambda: os.fstat(caught.fileno()).st_size
        finally:
            for number, copy in zip((1, 2), kept, strict=True):
                os.dup2(copy, number)
                os.close(copy)


class _Relay(io.TextIOBase):
    """Writes to whatever the stream is at that moment: who keeps it while it is imported, writes to the kernel's."""

    encoding = "UTF-8"  # a kernel's

    def __init__(self, name: str) -> None:
        self._name = name

    def write(self, text: str) -> int:
        """Write, and at once."""
        stream = getattr(sys, self._name)
        stream = getattr(sys, f"__{self._name}__") if stream is self else stream
        count = stream.write(text)
        stream.flush()
        return int(count)

    def fileno(self) -> int:
        """Return the system's number of the stream."""
        return {"stdout": 1, "stderr": 2}[self._name]


@contextlib.contextmanager
def _as_in_a_notebook() -> Iterator[None]:
    """Let libraries that look for a kernel while they are imported (pandas sets its display by it) find one."""
    streams = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = _Relay("stdout"), _Relay("stderr")
    name = "get_ipython"
    setattr(builtins, name, lambda: SimpleNamespace(kernel=True, config={}, __class__=SimpleNamespace))
    try:
        yield
    finally:
        delattr(builtins, name)
        sys.stdout, sys.stderr = streams
