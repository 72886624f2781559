"""What a fork of the warm parent does: become the very kernel that ``python -m ipykernel_launcher`` would be."""

from __future__ import annotations

import contextlib
import importlib.util
import os
import random
import signal
import sys
import threading
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

#: Imported by the parent, it leaves in a kernel the traces that it leaves where a kernel imports it itself.
_DEBUGGER = "debugpy"


@dataclass(frozen=True)
class Request:
    """A kernel that somebody asks for.

    Attributes:
        argv: the arguments of the kernel, as after ``python -m ipykernel_launcher``.
        cwd: its working folder.
        env: its whole environment.
        opened: the file to note in what it opens; empty for none.
        ignored: folders whose files are not noted.
    """

    argv: tuple[str, ...]
    cwd: str
    env: dict[str, str]
    opened: str = ""
    ignored: tuple[str, ...] = ()

    @classmethod
    def of(cls, told: dict[str, Any]) -> Request:
        """Rebuild a request that came as JSON."""
        lists = {name: tuple(told[name]) for name in ("argv", "ignored")}
        return cls(**told | lists)


def become_kernel(request: Request) -> NoReturn:
    """Run a kernel in this process, which was forked a moment ago, and end it.

    Nothing of the parent is to be seen: the session, the signals, the folder, the environment, the arguments and the
    random numbers are those of a fresh process.
    """
    code = 1
    try:
        _start_afresh(request)
        app = _app(request.argv)
        app.initialize(list(request.argv))
        if _DEBUGGER in sys.modules:
            threading.Thread()  # debugpy makes one, which is never started; the next one has a higher number
        app.start()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:  # noqa: BLE001 - there is nobody else to tell
        traceback.print_exc(file=sys.__stderr__)  # as Python itself would, on its way out
    finally:  # never back into the parent's code
        _leave(code)


def _start_afresh(request: Request) -> None:
    parent = os.getppid()
    os.setsid()  # a group of its own: what it starts is killed with it
    _end_with_parent(parent)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE):
        signal.signal(number, _usual(number))
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)  # standard input is the parent's lifeline
    os.close(nothing)
    os.environ.clear()
    os.environ.update(request.env | {"JPY_PARENT_PID": str(parent)})
    if _DEBUGGER in sys.modules:
        os.environ.setdefault("PYDEVD_USE_FRAME_EVAL", "NO")
    os.chdir(request.cwd)
    _reseed()
    if request.opened:
        from analysis.build.kernels import opened

        opened.record(request.opened, request.ignored)


def _usual(number: signal.Signals) -> Any:  # noqa: ANN401 - a handler, as Python names its types
    """Return what a fresh Python does at a signal."""
    usual = {signal.SIGINT: signal.default_int_handler, signal.SIGPIPE: signal.SIG_IGN}
    return usual.get(number, signal.SIG_DFL)


def _end_with_parent(parent: int) -> None:
    """Have Linux kill this process when the parent dies, however it dies and whatever this process is doing."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() != parent:  # it died before the line above
            os._exit(1)


def _reseed() -> None:
    """Forks of one parent would otherwise draw the same numbers."""
    random.seed()
    numpy = sys.modules.get("numpy.random")
    if numpy is not None:
        numpy.seed()


def _app(argv: Sequence[str]) -> Any:  # noqa: ANN401 - ipykernel's own types are not told
    """Return the application that ipykernel's launcher would run."""
    from ipykernel.kernelapp import IPKernelApp

    launcher = importlib.util.find_spec("ipykernel_launcher")
    sys.argv = [str(launcher.origin) if launcher else "", *argv]
    sys.orig_argv[1:] = ["-m", "ipykernel_launcher", *argv]
    return IPKernelApp.instance(parent_handle=os.getppid())


def _leave(code: int) -> NoReturn:
    """End as Python does, up to the frames of the parent's code below this one."""
    import atexit

    with contextlib.suppress(BaseException):
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
    for stream in (sys.__stdout__, sys.__stderr__):
        with contextlib.suppress(BaseException):
            stream.flush()  # type: ignore[union-attr]
    os._exit(code)
