"""What is measured: each part is a function from a setting to raw figures."""

from __future__ import annotations

import contextlib
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from analysis.paths import Project
from benchmarks import copies, ways
from benchmarks.clock import environment, in_turn, program, python, run

#: The quarter of the parts that make one.
QUARTER = "2026Q3"
#: The quarters that stand for all when plain commands are measured: early, middle, late, last.
SAMPLE = ("2021Q3", "2023Q1", "2024Q4", "2026Q3")


@dataclass(frozen=True)
class Setting:
    """How to measure.

    Attributes:
        project: what is copied and measured; nothing in it is touched.
        repeats: how often each way runs.
        quick: a try: fewer quarters, rows and plans.
        peers: install other tools, and measure them too.
    """

    project: Project
    repeats: int
    quick: bool
    peers: bool = False


def quarter(setting: Setting) -> dict[str, Any]:
    """One quarter, cold, in both languages, in every way."""
    with copies.copied(setting.project) as root, ways.peers(setting.peers) as peers:
        return {"ways": in_turn(ways.of_quarter(root, QUARTER, peers), setting.repeats, f"quarter {QUARTER}")}


def unchanged(setting: Setting) -> dict[str, Any]:
    """The same quarter again: nothing changed, one notebook changed, one table changed."""
    turn = iter(range(1, 1_000_000))
    with copies.copied(setting.project) as root:
        ways.report(root, QUARTER)

        def after(change: Callable[[Path, int], None]) -> float:
            change(root, next(turn))
            return ways.report(root, QUARTER).seconds

        return {
            "ways": in_turn(
                {
                    "nothing changed": lambda: ways.report(root, QUARTER).seconds,
                    "one notebook changed": lambda: after(copies.change_notebook),
                    "one table changed": lambda: after(copies.change_table),
                },
                setting.repeats,
                f"again {QUARTER}",
            )
        }


def every(setting: Setting) -> dict[str, Any]:
    """All quarters in both languages, against plain commands on some of them."""
    sample = SAMPLE[-1:] if setting.quick else SAMPLE
    asked = SAMPLE if setting.quick else ("--all",)
    with copies.copied(setting.project) as root:
        plain = {name: lambda name=name: ways.commands(root, name) for name in sample}
        taken = in_turn(
            {**plain, ways.OURS: lambda: ways.report(root, *asked, "--no-cache").seconds}, setting.repeats, "all"
        )
        made = len(list((root / "reports").glob("[0-9]*/manifest.json")))
    return {"quarters": made, "plain": {name: taken[name] for name in sample}, "ours": taken[ways.OURS]}


def dask(setting: Setting) -> dict[str, Any]:
    """The notebooks of some quarters on a cluster of one worker and of two."""
    with copies.copied(setting.project) as root:
        found = sorted(path.stem for path in (root / "params").glob("[0-9]*.yaml"))
        asked = SAMPLE if setting.quick else tuple(found)
        results: dict[str, dict[str, list[float]]] = {"cold": {}, "warm": {}}
        for _ in range(setting.repeats):
            for workers in (1, 2):
                for state, seconds in _on_cluster(root, asked, workers).items():
                    click.echo(f"  dask, {workers} workers, {state} ... {seconds:.2f}", err=True)
                    results[state].setdefault(str(workers), []).append(seconds)
    return {"quarters": len(asked), **results}


def _on_cluster(root: Path, quarters: tuple[str, ...], workers: int) -> dict[str, float]:
    with _cluster(root, workers) as address:
        shutil.rmtree(root / ".out", ignore_errors=True)
        told = run(python("benchmarks.cluster", address, str(root / ".out"), *quarters), root).output
    lines = [line.split() for line in told.splitlines() if line.startswith(("cold ", "warm "))]
    return {state: float(seconds) for state, seconds in lines}


@contextmanager
def _cluster(root: Path, workers: int) -> Iterator[str]:
    """Open a Dask cluster on this machine, by the commands that the documentation gives."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    worker = ["worker", address, "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard"]
    with contextlib.ExitStack() as stack:
        for command in (scheduler, *[worker] * workers):
            stack.enter_context(_service([program("dask"), *command], root))
        run(python("benchmarks.awaited", address, str(workers)), root)
        yield address


@contextmanager
def _service(command: list[str], root: Path) -> Iterator[None]:
    """Keep a process running; it is told to end, and ended."""
    process = subprocess.Popen(  # noqa: S603 - Dask's own commands
        command,
        cwd=root,
        env=environment(root),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def growth(setting: Setting) -> dict[str, Any]:
    """More rows, and more plans, all of them fictitious; the intake apart."""
    return {"rows": _more_rows(setting), "plans": _more_plans(setting)}


def _more_rows(setting: Setting) -> list[dict[str, Any]]:
    found = []
    for times in (1, 10) if setting.quick else (1, 10, 100):
        with copies.copied(setting.project) as root:
            rows = copies.multiply_rows(root, times)
            steps = {
                "intake": lambda root=root: run([program("krachtlijn"), "intake", "--force"], root).seconds,
                "report": lambda root=root: ways.report(root, QUARTER, "--no-cache").seconds,
            }
            measure = in_turn if times == 1 else _tried  # with nothing to compare with there is no result
            found.append({"times": times, "rows": rows, **measure(steps, setting.repeats, f"{rows} rows")})
    return found


def _more_plans(setting: Setting) -> list[dict[str, Any]]:
    found = []
    for count in (1, 3) if setting.quick else (1, 10, 100):
        with copies.copied(setting.project) as root:
            codes = copies.add_plans(root, count)
            run([program("krachtlijn"), "intake"], root)
            given = [word for code in codes for word in ("--plan", code)]
            step = {"report": lambda root=root, given=given: ways.report(root, QUARTER, "--no-cache", *given).seconds}
            found.append({"plans": count, **_tried(step, setting.repeats, f"{count} plans")})
    return found


def _tried(steps: dict[str, Callable[[], float]], repeats: int, what: str) -> dict[str, Any]:
    """Measure something that may be too much; that it was is a result too."""
    try:
        return in_turn(steps, repeats, what)
    except click.ClickException as fault:
        click.echo(f"failed: {fault.message}", err=True)
        return {
            "failed": "failed: its command ended " + fault.message.splitlines()[0].rpartition(" ended ")[2].rstrip(":")
        }


def memory(setting: Setting) -> dict[str, Any]:
    """The most that all processes hold together, for one quarter and for many."""
    many = SAMPLE if setting.quick else ("--all",)
    with copies.copied(setting.project) as root:
        one = [ways.report(root, QUARTER, "--no-cache", looking=True).peak for _ in range(setting.repeats)]
        all_of_them = ways.report(root, *many, "--no-cache", looking=True).peak
        made = len(list((root / "reports").glob("[0-9]*/manifest.json")))
    return {"one quarter": one, "many quarters": [all_of_them], "quarters": made}


def size(setting: Setting) -> dict[str, Any]:
    """Bytes of the report, and of its heaviest drawing."""
    from benchmarks.weight import drawings

    with copies.copied(setting.project) as root:
        ways.report(root, QUARTER)
        pages = {path.stem[-2:]: path for path in sorted((root / "reports" / QUARTER).glob("rapport-??.html"))}
        return {
            language: {"bytes": path.stat().st_size, "drawings": drawings(path.read_text(encoding="utf-8"))}
            for language, path in pages.items()
        }


PARTS: dict[str, Callable[[Setting], dict[str, Any]]] = {
    "quarter": quarter,
    "unchanged": unchanged,
    "all": every,
    "dask": dask,
    "growth": growth,
    "memory": memory,
    "size": size,
}
