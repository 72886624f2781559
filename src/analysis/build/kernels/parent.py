"""The warm parent: a process with one thread that imports what notebooks import, and forks a kernel per request.

It runs as ``python -m analysis.build.kernels.parent ADDRESS MODULE...``. Each kernel is one connection to ADDRESS: its
request comes as a line of JSON, its process id and its end go back the same way. Whoever closes the connection ends the
kernel. When standard input ends, so do all kernels and the parent, and the folder that holds ADDRESS is removed.
"""

from __future__ import annotations

import contextlib
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from analysis.build.kernels.child import Request, become_kernel
from analysis.build.kernels.preload import preload


def main(arguments: Sequence[str]) -> Request | None:
    """Serve kernels until standard input ends.

    Args:
        arguments: the address and the modules to import; when a first try showed something, the number of the open
            listener goes before them.

    Returns:
        nothing in the parent, at the end; in each fork at once the kernel that it is to become. So a kernel has no
        more frames below it than a plain one, and a recursion in it goes as deep.
    """
    again = arguments[0].isdecimal()
    address, modules = Path(arguments[again]), arguments[again + 1 :]
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started this process
    del sys.path[0]  # the folder of ``-m``, which a kernel does not have either
    listener = _listener(address, arguments[0] if again else "")
    if not preload(modules, one_by_one=again):
        os.set_inheritable(listener.fileno(), True)
        command = [sys.executable, "-m", f"{__package__}.parent", str(listener.fileno()), *arguments]
        os.execv(sys.executable, command)  # noqa: S606 - this very program
    parent, born = Parent(listener), None
    try:
        born = parent.serve()
    finally:
        if not born:
            shutil.rmtree(address.parent, ignore_errors=True)
    return born


def _listener(address: Path, number: str) -> socket.socket:
    if number:
        return socket.socket(socket.AF_UNIX, fileno=int(number))
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(address))
    listener.listen(128)
    return listener


#: A thread of the memory allocator that some builds of Python or Arrow bring; it takes care of forks itself.
_HARMLESS = {"jemalloc_bg_thd"}


def threads() -> int:
    """Return how many threads this process has that a fork would leave behind, those of libraries included."""
    names = []
    with contextlib.suppress(OSError):  # a system without this folder, or a thread that just ended
        names = [(task / "comm").read_text().strip() for task in Path("/proc/self/task").iterdir()]
    return max(threading.active_count(), len([name for name in names if name not in _HARMLESS])) - 1


class Parent:
    """The kernels of this process, each by its connection and its process id."""

    def __init__(self, listener: socket.socket) -> None:
        self.listener = listener
        self.selector = selectors.DefaultSelector()
        self.kernels: dict[int, socket.socket] = {}

    def serve(self) -> Request | None:
        """Fork, reap and end kernels until standard input ends; a fork returns what it is to become."""
        woken, waker = socket.socketpair()
        for end in (woken, waker):
            end.setblocking(False)
        signal.set_wakeup_fd(waker.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for source in (self.listener, woken, sys.stdin):
            self.selector.register(source, selectors.EVENT_READ)
        sources: set[Any] = set()
        while sys.stdin not in sources:
            sources = {key.fileobj for key, _ in self.selector.select()}
            for source in sources - {sys.stdin}:
                born = self._serve(source, woken)
                if born:
                    return born
        self.end_all()
        return None

    def _serve(self, source: socket.socket, woken: socket.socket) -> Request | None:
        if source is self.listener:
            return self.admit()
        if source is woken:
            woken.recv(4096)
            self.reap()
        else:
            self.hang_up(source)
        return None

    def admit(self) -> Request | None:
        """Take a request and fork; without a request in five seconds the caller is not one of ours."""
        line, _ = self.listener.accept()
        line.settimeout(5)
        try:
            with line.makefile("rb") as stream:
                asked = json.loads(stream.readline())
        except (OSError, ValueError):
            line.close()
            return None
        refused = f"{threads()} threads of libraries run in the warm parent" if threads() else ""
        if not refused:  # a fork would copy their locks, and not them
            try:
                return self.fork(line, Request.of(asked))
            except OSError as fault:  # no room for one more process
                refused = f"the warm parent cannot fork: {fault}"
        self._tell(line, {"refused": refused})
        line.close()
        return None

    def fork(self, line: socket.socket, request: Request) -> Request | None:
        """Start a kernel for a connection; the fork gets what it is to become."""
        pid = os.fork()
        if pid == 0:
            signal.set_wakeup_fd(-1)
            self.selector.close()
            for other in (*self.kernels.values(), line, self.listener):
                other.close()
            return request
        self.kernels[pid] = line
        self.selector.register(line, selectors.EVENT_READ, pid)
        self._tell(line, {"pid": pid})
        return None

    def reap(self) -> None:
        """Tell of each kernel that ended how it did."""
        for pid in list(self.kernels):
            done, status = os.waitpid(pid, os.WNOHANG)
            if done:
                line = self.kernels.pop(pid)
                with contextlib.suppress(KeyError):  # nobody asks for it any more
                    self.selector.unregister(line)
                self._tell(line, {"status": os.waitstatus_to_exitcode(status)})
                line.close()

    def hang_up(self, line: socket.socket) -> None:
        """Nobody asks for this kernel any more: end it, and what it started."""
        self.selector.unregister(line)
        for pid, own in self.kernels.items():
            if own is line:
                _kill(pid)

    def end_all(self) -> None:
        """End all kernels."""
        for pid in self.kernels:
            _kill(pid)
        for pid in self.kernels:
            os.waitpid(pid, 0)

    @staticmethod
    def _tell(line: socket.socket, content: dict[str, object]) -> None:
        with contextlib.suppress(OSError):  # nobody listens any more
            line.sendall((json.dumps(content) + "\n").encode("utf-8"))


def _kill(pid: int) -> None:
    for kill in (os.killpg, os.kill):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            kill(pid, signal.SIGKILL)


if __name__ == "__main__":
    wanted = main(sys.argv[1:])
    if wanted:
        become_kernel(wanted)
