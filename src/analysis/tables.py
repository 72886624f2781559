"""The tables that the intake leaves, as frames; what a process reads before it forks, its forks need not read again."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pandas as pd

from analysis import asof
from analysis.errors import KrachtlijnError
from analysis.schema import Table


def light_texts() -> AbstractContextManager[None]:
    """Let pandas hold the texts that it makes in this block as Python's own objects instead of Arrow's.

    The values are the same. Tables of some thousand rows are taken apart and put together much faster so: a figure
    takes four fifths of the time.

    >>> with light_texts():
    ...     pd.Series(["a"]).dtype.storage
    'python'
    """
    return pd.option_context("mode.string_storage", "python")


@dataclass
class _Kept:
    """What was read for the forks: frames by file, with what the file was like; dated frames by what they came from."""

    keeping: bool = False
    rows: dict[Path, tuple[tuple[int, ...], pd.DataFrame]] = field(default_factory=dict)
    dated: dict[tuple[int, int, str, dt.date], pd.DataFrame] = field(default_factory=dict)

    def keep(self, path: Path, mark: tuple[int, ...], rows: pd.DataFrame) -> None:
        """Keep what a file holds, in place of what it held before; that frame goes, and its identity is free again."""
        if path in self.rows:
            self.dated.clear()
        self.rows[path] = mark, rows

    def holds(self, frame: pd.DataFrame) -> bool:
        """Say whether a frame is one of these: only then will nothing else ever have its identity."""
        return any(frame is rows for _, rows in self.rows.values())


_KEPT = _Kept()


@contextmanager
def kept() -> Iterator[None]:
    """Keep what is read in this block, for the processes that are forked from this one afterwards.

    A file that is another by then is read anew. No thread is started, so that forking stays safe.
    """
    _KEPT.keeping = True
    try:
        yield
    finally:
        _KEPT.keeping = False


def read(path: Path) -> pd.DataFrame:
    """Return the rows of one Parquet file; the frame is shared, so whoever changes it takes a copy first.

    The file is opened by Python, even when it was read before: so what notes opened files hears of it.

    Raises:
        OSError: it cannot be opened.
    """
    with path.open("rb") as stream:
        mark = _mark(stream)
        known = _KEPT.rows.get(path)
        if known and known[0] == mark:
            return known[1]
        rows = _frame(stream)
    if _KEPT.keeping:
        _KEPT.keep(path, mark, rows)
    return rows


def _mark(stream: IO[bytes]) -> tuple[int, ...]:
    found = os.fstat(stream.fileno())
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _frame(stream: IO[bytes]) -> pd.DataFrame:
    """Read in this thread alone: for a small table that takes half the time, and it leaves no thread behind."""
    from pyarrow import parquet

    with light_texts():
        frame: pd.DataFrame = (
            parquet.ParquetFile(stream, pre_buffer=False).read(use_threads=False).to_pandas(use_threads=False)
        )
    return frame


def dated(rows: pd.DataFrame, declared: Table, register: pd.DataFrame, collected: dt.date) -> pd.DataFrame:
    """Add to a table of dated facts on which day each became known: ``bekend_op`` and ``bekend_regel``.

    Args:
        rows: the table, as :func:`read` returns it.
        declared: its declaration, with the columns that name a series and the period.
        register: the table ``indicatoren``, with the usual lag per series.
        collected: no derived day is later than this one.

    Raises:
        KrachtlijnError: a series has no usual lag.
    """
    key = (id(rows), id(register), declared.name, collected)
    found = _KEPT.dated.get(key)
    if found is None:
        found = _dated(rows, declared, register, collected)
    if _KEPT.keeping and _KEPT.holds(rows) and _KEPT.holds(register):
        _KEPT.dated[key] = found
    return found


def _dated(rows: pd.DataFrame, declared: Table, register: pd.DataFrame, collected: dt.date) -> pd.DataFrame:
    """Apply the as-of rule; the usual lag is that of the series, else that of its table as a whole."""
    usual = register.set_index(["tabel", "reeks"])["vertraging_dagen"]
    keys = pd.MultiIndex.from_arrays([[declared.name] * len(rows), rows[declared.series[0]]])
    lag = pd.Series(usual.reindex(keys).to_numpy(dtype=float), index=rows.index)
    lag = lag.fillna(usual.get((declared.name, declared.name), float("nan")))
    if lag.isna().any():
        unknown = sorted(set(rows.loc[lag.isna(), declared.series[0]]))
        raise KrachtlijnError(
            "series without a usual publication lag",
            where="data/raw/indicatoren",
            why=f"{declared.name}: {', '.join(unknown)}",
            do="add a row for each series",
        )
    names = {f"{declared.period}_{part}": f"periode_{part}" for part in ("van", "tot")}
    found = asof.known_on(rows.rename(columns=names), lag, list(declared.series), collected)
    return found.rename(columns={ours: theirs for theirs, ours in names.items()})
