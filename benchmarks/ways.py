"""Ways to make the reports of a quarter, Dutch and French, out of the same notebooks; each returns its seconds."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from benchmarks.clock import Ran, program, python, run
from benchmarks.plain import tasks

Way = Callable[[], float]

PLAIN = "papermill and nbconvert, a command each"
ONE = "their API, one process"
POOL = "their API, a pool of 2"
OURS = "krachtlijn report --no-cache"
LIMIT = "bare execution (the limit)"
CACHE = "jupyter-cache, 2 at a time"
PLOOMBER = "ploomber, 2 at a time"


def commands(root: Path, quarter: str) -> float:
    """Run `papermill` and `jupyter nbconvert`, once per notebook and language, one after the other."""
    seconds = 0.0
    with tempfile.TemporaryDirectory() as name:
        for notebook, _, language, out in tasks(root, quarter, Path(name)):
            done = out / f"{notebook.stem}-{language}.ipynb"
            parameters = ["-p", "quarter", quarter, "-p", "language", language]
            papermill = [program("papermill"), str(notebook), str(done), *parameters, "--no-progress-bar"]
            seconds += run(papermill, root).seconds
            seconds += run([program("jupyter"), "nbconvert", "--to", "html", str(done)], root).seconds
    return seconds


def script(root: Path, module: str, *arguments: str, first: bool = True) -> float:
    """Run a module of this folder, which fills a folder."""
    with tempfile.TemporaryDirectory() as name:
        given = (name, *arguments) if first else (arguments[0], name, *arguments[1:])
        return run(python(f"benchmarks.{module}", *given), root).seconds


def report(root: Path, *arguments: str, looking: bool = False) -> Ran:
    """Run `krachtlijn report`."""
    return run([program("krachtlijn"), "report", *arguments], root, looking=looking)


def of_quarter(root: Path, quarter: str, peers: Path | None) -> dict[str, Way]:
    """Return all ways to make one quarter cold.

    Args:
        root: a copy of the project.
        quarter: such as 2026Q3.
        peers: the Python that has the peers; None to leave them out.
    """
    ways: dict[str, Way] = {
        PLAIN: lambda: commands(root, quarter),
        ONE: lambda: script(root, "plain", quarter, "1"),
        POOL: lambda: script(root, "plain", quarter, "2"),
        OURS: lambda: report(root, quarter, "--no-cache").seconds,
        LIMIT: lambda: script(root, "limit", quarter),
    }
    if peers is not None:
        ways[CACHE] = lambda: _peer(peers, root, "jupyter-cache", quarter)
        ways[PLOOMBER] = lambda: _peer(peers, root, "ploomber", quarter)
    return ways


def _peer(interpreter: Path, root: Path, tool: str, quarter: str) -> float:
    with tempfile.TemporaryDirectory() as name:
        command = [str(interpreter), "-m", "benchmarks.peers", tool, name, quarter]
        # nbconvert's templates and the kernel are those of this environment
        return run(command, root, own={"JUPYTER_PATH": str(Path(sys.prefix) / "share" / "jupyter")}).seconds


@contextmanager
def peers(wanted: bool) -> Iterator[Path | None]:  # noqa: FBT001 - one switch, named at the only call
    """Install the peers in an environment of their own, which sees this one's packages; it is gone afterwards."""
    if not wanted:
        click.echo("  jupyter-cache and ploomber are left out; --peers installs them for the time of the run", err=True)
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="krachtlijn-peers-") as name:
        click.echo("  installing jupyter-cache and ploomber in an environment of their own", err=True)
        venv.create(name, with_pip=True)
        own, theirs = Path(name) / "bin" / "python", _packages(Path(name))
        below = next(path for path in sys.path if path.endswith("site-packages"))
        (theirs / "zz-below.pth").write_text(f"import site; site.addsitedir({below!r})\n", encoding="utf-8")
        install = [str(own), "-m", "pip", "install", "--quiet", "--quiet", "--disable-pip-version-check"]
        environment = {key: value for key, value in os.environ.items() if not key.startswith("PYTHON")}
        subprocess.run([*install, "jupyter-cache", "ploomber"], check=True, env=environment)  # noqa: S603
        yield own


def _packages(room: Path) -> Path:
    return next((room / "lib").glob("python*/site-packages"))
