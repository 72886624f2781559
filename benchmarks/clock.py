"""Processes under the clock: how long one takes, and how much memory it and its children hold."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

#: Seconds after which a process is given up.
PATIENCE = 3 * 3600
#: Seconds between two looks at the memory.
_LOOK = 0.05
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ran:
    """A process that ended well.

    Attributes:
        seconds: from its start to its end, start-up included.
        peak: bytes that it and its children held at most; 0 where nobody looked.
        output: what it wrote.
    """

    seconds: float
    peak: int
    output: str


def run(command: Sequence[str], root: Path, *, looking: bool = False, own: Mapping[str, str] | None = None) -> Ran:
    """Run a command in a project folder, from its start to its end.

    Args:
        command: the program and its arguments.
        root: the project folder.
        looking: look at its memory too; that takes time of its own.
        own: variables of the environment, over the usual ones.

    Raises:
        click.ClickException: it did not end well; with its last lines.
    """
    with tempfile.TemporaryFile() as written:
        start = time.perf_counter()
        process = subprocess.Popen(  # noqa: S603 - the benchmark's own commands
            list(command),
            cwd=root,
            env=environment(root) | dict(own or {}),
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        with Scale(process.pid if looking else 0) as scale:
            code = _waited(process)
        seconds = time.perf_counter() - start
        written.seek(0)
        output = written.read().decode("utf-8", errors="replace")
    if code:
        last = "\n".join(output.splitlines()[-15:])
        raise click.ClickException(f"{' '.join(command)[:200]} ended with code {code}:\n{last}")
    return Ran(seconds, scale.peak, output)


def _waited(process: subprocess.Popen[bytes]) -> int:
    """Wait for a process; whatever interrupts this ends all that the process began."""
    try:
        return process.wait(timeout=PATIENCE)
    except BaseException:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(timeout=30)
        raise


def python(*arguments: str) -> list[str]:
    """Return the command for a module of this folder."""
    return [sys.executable, "-m", *arguments]


def program(name: str) -> str:
    """Return where a command of this environment stands."""
    return str(Path(sys.executable).parent / name)


def environment(root: Path) -> dict[str, str]:
    """Return the environment of a measured process: this project, nobody's own settings of Jupyter."""
    foreign = ("KRACHTLIJN_", "JUPYTER", "IPYTHON", "PYTHON")
    home = root / ".thuis"
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)} | {
        "KRACHTLIJN_ROOT": str(root),
        "PYTHONPATH": str(ROOT),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}",
        "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
        "JUPYTER_RUNTIME_DIR": str(home / "runtime"),
        "IPYTHONDIR": str(home / "ipython"),
    }


class Scale:
    """Looks at a process and its children, again and again, and remembers the most that they held together.

    The measure is PSS: memory that several processes share counts once, in equal parts. Forked kernels share most of
    theirs, so that the sum of resident sizes would count it many times.

    Args:
        pid: the process; 0 to look at nothing.
    """

    def __init__(self, pid: int) -> None:
        self.peak = 0
        self._pid = pid
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> Scale:
        if self._pid:
            self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        if self._pid:
            self._thread.join()

    def _look(self) -> None:
        while not self._ended.wait(_LOOK):
            self.peak = max(self.peak, sum(map(_pss, family(self._pid))))


def family(pid: int) -> list[int]:
    """Return a process and all that descend from it, as long as their parents live."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        children.setdefault(_parent(folder), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found


def _parent(folder: Path) -> int:
    try:
        after_name = (folder / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2]
        return int(after_name.split()[1])
    except (OSError, IndexError):
        return -1


def _pss(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:  # it has ended
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def in_turn(ways: Mapping[str, Callable[[], float]], repeats: int, what: str) -> dict[str, list[float]]:
    """Measure several ways in turn, A B A B, so that a slow minute of the machine meets all of them.

    Args:
        ways: by name, what runs a way once and returns its seconds.
        repeats: how often each runs.
        what: is told while it runs.
    """
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(1, repeats + 1):
        for name, way in ways.items():
            click.echo(f"  {what}, {number} of {repeats}: {name} ... ", nl=False, err=True)
            taken[name].append(round(way(), 3))
            click.echo(f"{taken[name][-1]:.2f}", err=True)
    return taken


def ratio(slow: Sequence[float], fast: Sequence[float]) -> float:
    """Return how many times faster one way is: the median over the pairs that ran one after the other.

    >>> ratio([10.0, 12.0, 90.0], [1.0, 1.0, 10.0])
    10.0
    """
    return statistics.median(a / b for a, b in zip(slow, fast, strict=True))
