"""A figure's JSON in a notebook's output -> the figure as the report prints it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.build import drawing
from analysis.build.prose import Ids
from analysis.errors import KrachtlijnError
from analysis.figure import Column, Figure, Grid, Origin
from analysis.language import Words

TEMPLATES = Path(__file__).parent / "template"

#: More sources than this stand folded away on the screen.
LISTED_ORIGINS = 3


@dataclass(frozen=True)
class Drawings:
    """A chart, drawn for a wide and for a narrow page."""

    wide: str
    narrow: str


@dataclass(frozen=True)
class Block:
    """Rows of a table under one heading; ``heading`` is empty for rows before the first one."""

    heading: str
    rows: tuple[tuple[str, ...], ...]


@cache
def environment() -> Environment:
    """Return the Jinja environment of the report's parts; everything is escaped unless marked as HTML."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES / "krachtlijn"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Register:
    """The sources of the whole report, numbered as they come by."""

    def __init__(self) -> None:
        self._numbers: dict[Origin, int] = {}

    def cite(self, origins: tuple[Origin, ...]) -> list[tuple[int, Origin]]:
        """Return sources with their numbers in the report, each once."""
        unique = dict.fromkeys(origins)
        return [(self._numbers.setdefault(origin, len(self._numbers) + 1), origin) for origin in unique]

    def html(self, words: Words) -> str:
        """Return the list of all sources, or nothing when no figure had any."""
        template = environment().get_template("bibliography.html.j2")
        return template.render(origins=list(self._numbers), t=words.t) if self._numbers else ""


@dataclass(frozen=True)
class Setting:
    """What all figures of one file share: its language, its ids and its sources."""

    words: Words
    ids: Ids
    register: Register


def figure_html(content: dict[str, Any], setting: Setting, level: int, where: str) -> str:
    """Return the HTML of a figure.

    Args:
        content: the figure as its carrier, see :mod:`analysis.figure`.
        setting: the file that it goes into.
        level: the level of its heading.
        where: the cell, for messages.

    Raises:
        KrachtlijnError: the carrier is not a figure; a chart without a text alternative is none.
    """
    figure = _figure(content, where)
    own, words = setting.ids.claim(figure.id), setting.words
    return (
        environment()
        .get_template("figure.html.j2")
        .render(
            figure=figure,
            id=own,
            level=level,
            words=words,
            t=words.t,
            drawings=_drawings(figure, words.language, own) if figure.spec else None,
            blocks=blocks(figure.grid) if figure.grid and figure.grid.rows else (),
            stacked=is_stacked(figure.grid.columns) if figure.grid else False,
            origins=setting.register.cite(figure.origins),
            listed=LISTED_ORIGINS,
        )
    )


def _figure(content: dict[str, Any], where: str) -> Figure:
    try:
        figure = Figure.from_carrier(content)
    except (KeyError, TypeError, ValueError) as fault:
        raise KrachtlijnError(
            "a figure cannot be shown", where=where, why=str(fault), do="make it with analysis.figure.Figure"
        ) from fault
    if figure.kind == "chart" and not figure.alt.strip():
        raise KrachtlijnError(
            "a chart has no text alternative",
            where=f"{where}, figure {figure.id}",
            do="say in 'alt' what the chart shows, with its main numbers",
        )
    return figure


def _drawings(figure: Figure, language: str, own: str) -> Drawings:
    spec = figure.spec or {}
    wide, narrow = ((drawing.WIDE, f"{own}-w"), (drawing.NARROW, f"{own}-n"))
    return Drawings(drawing.draw(spec, wide[0], language, wide[1]), drawing.draw(spec, narrow[0], language, narrow[1]))


def blocks(grid: Grid) -> tuple[Block, ...]:
    """Cut a grid into the blocks that its ``groups`` name.

    >>> grid = Grid((Column("a"),), (("1",), ("2",), ("3",)), {1: "later"})
    >>> [(block.heading, len(block.rows)) for block in blocks(grid)]
    [('', 1), ('later', 2)]
    """
    starts = sorted({0, *grid.groups})
    ends = [*starts[1:], len(grid.rows)]
    cut = (Block(grid.groups.get(start, ""), grid.rows[start:end]) for start, end in zip(starts, ends, strict=True))
    return tuple(block for block in cut if block.rows or block.heading)


def is_stacked(columns: tuple[Column, ...]) -> bool:
    """Say whether the table's rows become cards on a phone.

    Long texts side by side cannot be read there; a few columns of numbers can.
    """
    return len(columns) > 4 or (len(columns) > 2 and sum(column.align == "text" for column in columns) > 1)
