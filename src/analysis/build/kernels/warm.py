"""This process's end of the line to the warm parent: start it, ask for kernels, let go of it."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from analysis.build.kernels.child import Request

#: Seconds that the parent gets to import everything.
PATIENCE = 120
#: The environment variable that forbids the warm parent when it says ``plain``.
VARIABLE = "KRACHTLIJN_KERNELS"

#: Characters that the path of the temporary folder may have, so that a kernel's sockets below it stay under 104.
_LONGEST = 60

#: Threads of libraries would keep the parent from forking. Plain kernels do without them too, since they change the
#: last digits of sums: figures must not depend on the number of processors.
ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS", "ARROW_NUM_THREADS")


class CannotForkError(RuntimeError):
    """The parent is not there, or would not fork; plain kernels do the same work."""


def why_not() -> str:
    """Return why this machine has no warm parent; empty when it can have one."""
    if os.environ.get(VARIABLE) == "plain":
        return f"{VARIABLE}=plain"
    if sys.platform == "darwin":
        return "macOS' own libraries do not survive a fork"
    if len(tempfile.gettempdir()) > _LONGEST:
        return "the path of the temporary folder is too long for sockets"
    return "" if hasattr(os, "fork") else "this system cannot fork"


class WarmParent:
    """A parent process that forks kernels; it ends with this process, however that ends.

    Args:
        modules: what it imports beforehand.
    """

    def __init__(self, modules: Sequence[str] = ()) -> None:
        self.home = Path(tempfile.mkdtemp(prefix="krachtlijn-"))
        self.owner = os.getpid()
        self._address = str(self.home / "parent")
        command = [sys.executable, "-m", f"{__package__}.parent", self._address, *modules]
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, this package
            command,
            stdin=subprocess.PIPE,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is heard here, not there
        )

    def kernel(self, request: Request) -> ForkedKernel:
        """Fork a kernel.

        Raises:
            CannotForkError: the parent has ended, or more than one thread runs in it.
        """
        line = self._connect()
        answer: dict[str, Any] = {}
        with contextlib.suppress(OSError):  # no answer: it has ended, or hangs
            line.settimeout(PATIENCE)
            line.sendall((json.dumps(asdict(request)) + "\n").encode("utf-8"))
            answer = _answer(line.makefile("rb").readline())
            line.settimeout(None)
        if "pid" not in answer:
            line.close()
            raise CannotForkError(str(answer.get("refused", "the warm parent has ended")))
        return ForkedKernel(int(answer["pid"]), line)

    def _connect(self) -> socket.socket:
        """Wait until the parent has imported everything; it listens from the start, and answers then."""
        end = time.monotonic() + PATIENCE
        while True:
            line = socket.socket(socket.AF_UNIX)
            with contextlib.suppress(OSError):  # it does not listen yet, or not any more
                line.connect(self._address)
                return line
            line.close()
            if self._process.poll() is not None or time.monotonic() > end:
                raise CannotForkError(f"the warm parent ended with code {self._process.poll()}")
            time.sleep(0.005)

    def close(self) -> None:
        """End all kernels and the parent."""
        if os.getpid() != self.owner:  # a fork of this process owns nothing
            return
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        shutil.rmtree(self.home, ignore_errors=True)


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONHASHSEED": "0", **dict.fromkeys(ONE_THREAD, "1")}


def _last_line(line: socket.socket) -> bytes:
    with line, contextlib.suppress(OSError):
        return line.makefile("rb").readline()
    return b""


def _answer(line: bytes) -> dict[str, Any]:
    try:
        content: dict[str, Any] = json.loads(line)
    except ValueError:
        return {}
    return content


class ForkedKernel:
    """A kernel that the parent forked, as jupyter_client expects a process to be (see :class:`subprocess.Popen`)."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int, line: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._line = line
        self._reading = threading.Lock()  # one thread waits for the end while another asks for it

    def poll(self) -> int | None:
        """Return how the kernel ended; None while it runs."""
        return self._hear(0)

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the kernel's end.

        Raises:
            subprocess.TimeoutExpired: it did not come in time.
        """
        status = self._hear(timeout)
        if status is None:
            raise subprocess.TimeoutExpired("kernel", timeout or 0)
        return status

    def _hear(self, patience: float | None) -> int | None:
        if self.returncode is None and self._has_spoken(patience):
            with self._reading:
                if self.returncode is None:
                    answer = _answer(_last_line(self._line))
                    self.returncode = int(answer.get("status", -signal.SIGKILL))  # no word: the parent is dead
        return self.returncode

    def _has_spoken(self, patience: float | None) -> bool:
        with contextlib.suppress(ValueError):  # another thread has just closed it
            return bool(select.select([self._line], [], [], patience)[0])
        return True

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the kernel has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End the kernel."""
        self.send_signal(signal.SIGKILL)


_lock = threading.Lock()
_shared: WarmParent | None = None


def shared(modules: Sequence[str] = ()) -> WarmParent:
    """Return this process's parent; the first who asks says what it imports. It ends with this process, or before."""
    global _shared  # noqa: PLW0603 - one per process is the point
    with _lock:
        if _shared is None or _shared.owner != os.getpid():
            _shared = WarmParent(modules)
            atexit.register(let_go)
        return _shared


def let_go() -> None:
    """End this process's parent, if it has one."""
    global _shared  # noqa: PLW0603 - as above
    with _lock:
        if _shared is not None:
            _shared.close()
            _shared = None
