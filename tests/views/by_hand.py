"""How tables that were worked out by hand are written in a test, and held against what a view shows."""

from __future__ import annotations

import re

from analysis.figure import Figure

EARLY, LATE = "2023Q4", "2026Q3"
_MARKS = {EARLY: "23: ", LATE: "26: "}


def at(block: str, quarter: str) -> list[str]:
    """The lines of a block that hold for a quarter: ``23:`` and ``26:`` mark those that hold for one of the two."""
    lines = [" ".join(line.split()) for line in block.strip().splitlines()]
    others = tuple(mark for other, mark in _MARKS.items() if other != quarter)
    return [line.removeprefix(_MARKS[quarter]) for line in lines if not line.startswith(others)]


def shown(figure: Figure, columns: int) -> list[str]:
    """The cells of the first columns, row by row, below ``# `` and the heading of their group."""
    assert figure.grid is not None
    lines = []
    for number, row in enumerate(figure.grid.rows):
        if number in figure.grid.groups:
            lines.append(f"# {figure.grid.groups[number]}")
        lines.append(" | ".join(row[:columns]))
    return [line.replace("\N{NO-BREAK SPACE}", " ").strip() for line in lines]


def bare(lines: list[str]) -> list[str]:
    """The lines without the unit behind a name, and without brackets that hold no figure: publishers, reasons."""
    named = [line if line.startswith("#") else re.sub(r"^([^|(]*) \([^()|]*\)", r"\1", line) for line in lines]
    return [re.sub(r" \([^()\d]*\)", "", line) for line in named]


def split(lines: list[str], cells: int) -> list[str]:
    """The lines, the cells after the first ones on a line of their own."""
    parts = [line.split(" | ", cells) for line in lines]
    return [text for own in parts for text in (" | ".join(own[:cells]), *own[cells:])]
