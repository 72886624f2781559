"""Corrections are data: each with a reason, and a guard that trips when the source is mended."""

from __future__ import annotations

import hashlib
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from analysis.errors import KrachtlijnError
from analysis.intake.reader import FILE, ROW
from analysis.schema import Table

_HASHED = "sha256:"
_SHOWN = 60


def check(corrections: pd.DataFrame, tables: Mapping[str, Table]) -> None:
    """See that each correction names a table and columns that exist; one that does not would never be applied.

    Raises:
        KrachtlijnError: a correction names something else.
    """
    for correction in corrections.to_dict("records"):
        table = tables.get(correction["tabel"])
        if table is None:
            raise _lost(correction, "tabel", correction["tabel"], ", ".join(tables))
        named = [("kolom", correction["kolom"])]
        named += [("sleutel", part.partition("=")[0]) for part in correction["sleutel"].split(";")]
        for place, column in named:
            if column not in table.columns:
                raise _lost(correction, place, column, ", ".join(table.columns))


def _lost(correction: Mapping[Hashable, Any], place: str, found: str, allowed: str) -> KrachtlijnError:
    return KrachtlijnError(
        f"a correction names a {'table' if place == 'tabel' else 'column'} that does not exist",
        where=f"{correction[FILE]}, row {correction[ROW]}, column '{place}'",
        why=f"found '{found if len(found) <= _SHOWN else found[:_SHOWN] + '…'}'; there are: {allowed}",
        do="correct the cell, or remove the correction",
    )


def apply(rows: pd.DataFrame, table: str, corrections: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Apply the corrections of one table.

    Args:
        rows: the table as text.
        table: its name.
        corrections: ``tabel``, ``sleutel`` (``column=value`` pairs joined by ``;``), ``kolom``,
            ``oude_waarde`` (the text, or ``sha256:`` and its digest where the text itself may not be repeated),
            ``nieuwe_waarde``, ``reden``, and their place ``_bestand``, ``_rij``.

    Returns:
        The corrected rows and how many cells were changed.

    Raises:
        KrachtlijnError: no row has the key, or the cell no longer holds the old value.
    """
    rows = rows.copy()
    own = corrections[corrections["tabel"] == table]
    for correction in own.to_dict("records"):
        where = f"{correction[FILE]}, row {correction[ROW]}"
        # a key that stands twice is a fault of its own, which the judge names; both rows are corrected
        for index in _find(rows, correction["sleutel"], where):
            _guard(str(rows.at[index, correction["kolom"]]), correction["oude_waarde"], where)
            rows.at[index, correction["kolom"]] = correction["nieuwe_waarde"]
    return rows, len(own)


def _find(rows: pd.DataFrame, key: str, where: str) -> pd.Index:
    match = pd.Series(True, index=rows.index)
    for part in key.split(";"):
        column, _, value = part.partition("=")
        match &= rows[column] == value
    found = rows.index[match]
    if found.empty:
        raise KrachtlijnError(
            "a correction does not point at any row",
            where=f"{where}, column 'sleutel'",
            why=f"no row has {key}",
            do="correct the key, or remove the correction",
        )
    return found


def _guard(found: str, old: str, where: str) -> None:
    digest = _HASHED + hashlib.sha256(found.encode("utf-8")).hexdigest()
    if old not in (found, digest):
        raise KrachtlijnError(
            "a correction no longer fits: the source has changed",
            where=f"{where}, column 'oude_waarde'",
            why="the cell does not hold the value that was corrected",
            do="look at the delivered row; remove the correction if the source was mended",
        )
