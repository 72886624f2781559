"""What was measured, on what machine, in one JSON file: each run of a part is an entry, and none is ever changed."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from analysis.files import write_whole

_LIBRARIES = ("krachtlijn", "papermill", "nbconvert", "nbclient", "ipykernel", "pandas", "altair", "distributed")


def append(path: Path, part: str, results: dict[str, Any], *, on: dict[str, Any], repeats: int, quick: bool) -> None:
    """Add an entry to a file; the file is made when it is not there.

    Args:
        path: the JSON file.
        part: what was measured.
        results: the raw figures.
        on: the machine, as :func:`machine` saw it before the first measurement.
        repeats: how often each way ran.
        quick: it was a try: fewer quarters, or a machine that was busy.
    """
    entry = {
        "part": part,
        "date": dt.datetime.now().astimezone().strftime("%Y-%m-%d %H:%M"),
        "quick": quick,
        "repeats": repeats,
        "machine": on,
        "versions": versions(),
        "results": results,
    }
    content = json.dumps([*entries(path), entry], indent=1, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content.encode("utf-8"))


def entries(path: Path) -> list[dict[str, Any]]:
    """Return all entries of a file, the oldest first."""
    found: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else []
    return found


def latest(found: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return the last entry of each part; one that is not quick goes before those that are.

    >>> latest([{"part": "a", "quick": False, "n": 1}, {"part": "a", "quick": True, "n": 2}])["a"]["n"]
    1
    """
    ordered = [entry for quick in (True, False) for entry in found if entry["quick"] is quick]
    return {entry["part"]: entry for entry in ordered}


def machine() -> dict[str, Any]:
    """Return what decides how fast this machine is, and how busy it is now; nothing that says whose it is."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "cpu": _after_colon(Path("/proc/cpuinfo"), "model name") or platform.machine(),
        "memory_gb": round(int((_after_colon(Path("/proc/meminfo"), "MemTotal") or "0 kB").split()[0]) / 1024**2, 1),
        "load": round(os.getloadavg()[0], 1),
    }


def _after_colon(path: Path, key: str) -> str:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith(key)), "")


def versions() -> dict[str, str]:
    """Return the system, and the versions of Python and the libraries that the ways use."""
    return {"python": platform.python_version(), "system": platform.system()} | {
        name: found for name in _LIBRARIES if (found := _version(name))
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
