"""The files of the cache: read with distrust, counted, and thrown away."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from pathlib import Path
from typing import Any

#: What an entry holds, and of which kind.
_KINDS = {
    "world": dict,
    "notebook": str,
    "parameters": dict,
    "files": dict,
    "folders": dict,
    "alone": bool,
    "executed": str,
}


def entry(path: Path) -> dict[str, Any]:
    """Return what a file of the cache holds; nothing when that is damaged."""
    try:
        found = json.loads(gzip.decompress(path.read_bytes()))
        sound = all(isinstance(found[name], kind) for name, kind in _KINDS.items())
    except (OSError, ValueError, EOFError, TypeError, LookupError, zlib.error):
        return {}
    return found if sound else {}


def newest_first(slot: Path) -> list[Path]:
    """Return the files of a slot; another run may remove some meanwhile."""
    days = {path: _day_of(path) for path in slot.glob("*.json.gz")}
    return sorted(days, key=lambda path: days[path], reverse=True)


def _day_of(path: Path) -> float:
    """Return when a file was last used; one that is no longer there was used long ago."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def files(room: Path) -> list[Path]:
    """Return all results that a cache holds, drawings included."""
    return [path for path in room.rglob("*.gz") if path.is_file()]


def size(room: Path) -> tuple[int, int]:
    """Return how many results a cache holds, and their bytes."""
    found = files(room)
    return len(found), sum(map(_bytes_of, found))


def prune(room: Path, days: float) -> tuple[int, int]:
    """Take away what was not used for so many days; return how many results that were, and their bytes.

    What killed runs left half written goes with it, and with all results also the list of decisions.
    """
    limit = time.time() - days * 86_400
    old = [path for path in files(room) if _day_of(path) < limit]
    total = sum(map(_bytes_of, old))
    for path in [*old, *(path for path in room.rglob("*") if path.is_file() and _day_of(path) < limit)]:
        path.unlink(missing_ok=True)
    return len(old), total


def _bytes_of(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
