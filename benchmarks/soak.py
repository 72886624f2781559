"""Builds in a row, and builds that are killed: what they leave behind.

    python -m benchmarks.soak runs 100     so many builds in one process, with the cache and without it in turn
    python -m benchmarks.soak kills 50     so many builds killed at a random moment, each followed by a whole one

Both work in a copy of the project with a temporary folder of its own, print figures, and end with 1 at a fault. They
look into ``/proc``, so they need Linux.
"""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click

from analysis.paths import Project
from benchmarks import clock, copies

QUARTER = "2026Q3"
#: The variable by which processes of a build are known, whatever became of their parents.
MARK = "KRACHTLIJN_SOAK"
#: Seconds that what a killed build started gets to end.
PATIENCE = 90
#: Files that are another in each run, because they tell of the run itself.
_OF_THE_RUN = {"ro-crate-metadata.json"}


@dataclass
class Soak:
    """A copy of the project, its temporary folder, and what was found so far."""

    root: Path
    temporary: Path
    mark: str = field(default_factory=lambda: uuid.uuid4().hex)
    faults: list[str] = field(default_factory=list)

    @property
    def environment(self) -> dict[str, str]:
        """Of the builds, which run a copy of the code: an edit meanwhile would be another report."""
        paths = os.pathsep.join([str(self.root / "src"), str(clock.ROOT)])
        own = {"TMPDIR": str(self.temporary), MARK: self.mark, "KRACHTLIJN_ROOT": str(self.root), "PYTHONPATH": paths}
        return os.environ | own

    def check(self, right: bool, what: str) -> None:  # noqa: FBT001 - reads as a sentence
        """Note and tell a fault."""
        if not right:
            self.faults.append(what)
            click.echo(f"FAULT: {what}", err=True)

    def processes(self) -> list[int]:
        """Return all processes of builds, besides this one."""
        return [pid for pid in _pids() if pid != os.getpid() and self._is_ours(pid)]

    def _is_ours(self, pid: int) -> bool:
        try:
            return f"{MARK}={self.mark}".encode() in Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            return False

    def litter(self) -> list[str]:
        """Return what stands in the temporary folder, and unfinished files in the project."""
        unfinished = [*self.root.rglob(".unfinished-*"), *self.root.glob("reports/.work*")]
        return sorted(path.name for path in [*self.temporary.iterdir(), *unfinished])

    def published(self) -> dict[str, str]:
        """Return the published files by checksum; a manifest that names other files is a fault."""
        folder = self.root / "reports" / QUARTER
        found = {path.name: _sum(path) for path in folder.iterdir()}
        told = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        for edition in told["editions"].values():
            for name, digest in edition["files"].items():
                self.check(found.get(name) == digest, f"{name} is not the file that the manifest names")
        return {name: digest for name, digest in found.items() if name not in _OF_THE_RUN}

    def report(self, *options: str) -> subprocess.Popen[bytes]:
        """Start a build."""
        command = [clock.program("krachtlijn"), "report", QUARTER, *options]
        return subprocess.Popen(  # noqa: S603 - the project's own command
            command, cwd=self.root, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )

    def whole(self, *options: str) -> float:
        """Build to the end; return the seconds that it took."""
        start = time.monotonic()
        process = self.report(*options)
        _, told = process.communicate()
        self.check(process.returncode == 0, f"a build ended with {process.returncode}: {told.decode()[-500:]}")
        return time.monotonic() - start


def _pids() -> list[int]:
    return [int(path.name) for path in Path("/proc").glob("[0-9]*")]


def _sum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _comes(condition: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.1)
    return True


@contextmanager
def _soaking() -> Iterator[Soak]:
    with copies.copied(Project.find()) as root, tempfile.TemporaryDirectory(prefix="soak-") as temporary:
        shutil.copytree(clock.ROOT / "src", root / "src", ignore=shutil.ignore_patterns("__pycache__"))
        soak = Soak(root, Path(temporary))
        yield soak
        click.echo(f"{len(soak.faults)} faults")
        if soak.faults:
            sys.exit(1)


@click.group()
def main() -> None:
    """Builds in a row, and builds that are killed: what they leave behind."""


@main.command()
@click.argument("count", type=int)
def runs(count: int) -> None:
    """Make COUNT builds of one quarter in one process; nothing may grow."""
    with _soaking() as soak:
        command = [sys.executable, "-m", "benchmarks.soak", "in-one-process", str(count)]
        ended = subprocess.run(command, cwd=soak.root, env=soak.environment, check=False)  # noqa: S603 - this very program
        soak.check(ended.returncode == 0, f"the builds ended with {ended.returncode}")
        soak.check(_comes(lambda: not soak.processes()), f"processes run on: {soak.processes()}")
        soak.check(not soak.litter(), f"left behind: {soak.litter()}")


@main.command("in-one-process", hidden=True)
@click.argument("count", type=int)
def in_one_process(count: int) -> None:
    """Build over and over in this process, and look at what it holds after each."""
    from analysis.build import build
    from analysis.params import settle

    project = Project.find()
    soak = Soak(project.root, Path(tempfile.gettempdir()), os.environ[MARK])
    run = settle(project, QUARTER)
    start: dict[str, int] = {}
    pages = set()
    for number in range(1, count + 1):
        began = time.monotonic()
        build(project, run, use_cache=number % 2 == 0)
        took = time.monotonic() - began
        pages.add(json.dumps(soak.published()))
        held = _held(soak)
        start = start or held  # what the first one has imported stays
        click.echo(f"{number:>4}  {took:5.1f} s  " + "  ".join(f"{what} {held[what]}" for what in held))
        for what in ("processes", "descriptors", "threads", "litter"):
            soak.check(
                held[what] <= start[what], f"after {number} builds {what}: {held[what]}, after one {start[what]}"
            )
    soak.check(len(pages) == 1, f"{len(pages)} different reports of the same inputs")
    sys.exit(bool(soak.faults))


def _held(soak: Soak) -> dict[str, int]:
    """Count what this process holds, and what builds have left."""
    import gc

    gc.collect()  # event loops of threads that have ended
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    memory = next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmRSS"))
    return {
        "processes": len(soak.processes()),
        "descriptors": len(list(Path("/proc/self/fd").iterdir())),
        "threads": len(list(Path("/proc/self/task").iterdir())),
        "litter": len(soak.litter()),
        "megabytes": memory,
    }


@main.command()
@click.argument("count", type=int)
@click.option("--seed", type=int, default=None, help="Of the moments; by default another one each time.")
def kills(count: int, seed: int | None) -> None:
    """Kill COUNT builds at a random moment; each leaves the old report or the new one, and the next one is right."""
    seed = time.time_ns() % 10**6 if seed is None else seed
    chance = random.Random(seed)  # noqa: S311 - no secret
    with _soaking() as soak:
        expected, took = {}, 0.0
        for turn in (1, 2):
            copies.change_table(soak.root, turn)
            took = soak.whole("--no-cache")
            expected[turn] = soak.published()
        soak.check(expected[1] != expected[2], "both states of the data give the same report")
        ways = {"old": 0, "new": 0}
        for number in range(1, count + 1):
            found = _kill(soak, expected, 1 + number % 2, chance.uniform(0, took * 1.1), no_cache=chance.random() < 0.7)
            ways[found] = ways.get(found, 0) + 1
            click.echo(f"{number:>4}  {found}  {len(soak.faults)} faults", nl=True)
        click.echo(f"{count} kills within {took * 1.1:.1f} s, seed {seed}: {ways}")


def _kill(soak: Soak, expected: dict[int, dict[str, str]], turn: int, moment: float, *, no_cache: bool) -> str:
    """Kill a build of the other data, look at what is left, and build to the end; tell which report was left."""
    copies.change_table(soak.root, turn)
    options = ["--no-cache"] if no_cache else []
    process = soak.report(*options)
    try:
        process.wait(timeout=moment)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.communicate()
    told = f"killed after {moment:.2f} s {options}"
    left = _pages(soak.published())
    named = {which: _pages(content) == left for which, content in expected.items()}
    found = "new" if named[turn] else "old" if any(named.values()) else "neither"
    soak.check(found != "neither", f"{told}: half a report")
    soak.check(_comes(lambda: not soak.processes()), f"{told}: processes run on: {soak.processes()}")
    litter = [path.name for path in soak.temporary.iterdir()]
    soak.check(not litter, f"{told}: in the temporary folder: {litter}")
    soak.whole()
    next_one = soak.published()
    wrong = [name for name in expected[turn] if next_one.get(name) != expected[turn][name]]
    soak.check(not wrong, f"{told}: the next build is not right: {', '.join(wrong)}")
    soak.check(not soak.litter(), f"{told}, and after the next build: {soak.litter()}")
    return found


def _pages(files: dict[str, str]) -> dict[str, str]:
    """Return the pages; whether the manifest belongs to them is checked where they are read."""
    return {name: digest for name, digest in files.items() if name.endswith(".html")}


if __name__ == "__main__":
    main()
