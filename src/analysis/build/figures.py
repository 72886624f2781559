"""A figure's JSON in a notebook's output -> the figure as the report prints it."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from analysis.build import drawing
from analysis.build.csv_text import csv_address
from analysis.build.plain import drawable, is_unbroken, plain
from analysis.build.prose import Ids
from analysis.errors import KrachtlijnError
from analysis.figure import Column, Figure, Grid, Origin
from analysis.language import Words
from analysis.period import Period

TEMPLATES = Path(__file__).parent / "template"

#: More sources than this stand folded away on the screen.
LISTED_ORIGINS = 3

#: A chart of more rows than this would publish the cases themselves rather than a summary of them.
DISCLOSED_ROWS = 500
#: What both drawings of a chart may take together, in bytes; a mail gateway weighs the whole file.
DRAWN_BYTES = 25_000


#: The width and the height of a drawing.
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Drawings:
    """A chart, drawn for a wide and for a narrow page."""

    wide: str
    narrow: str

    @property
    def is_tall(self) -> bool:
        """Whether it is higher than wide, and takes a sheet of paper for itself."""
        found = _SIZE.search(self.wide)
        return found is not None and float(found[2]) > float(found[1])


@dataclass(frozen=True)
class Block:
    """Rows of a table under one heading; ``heading`` is empty for rows before the first one."""

    heading: str
    rows: tuple[tuple[str, ...], ...]


@cache
def environment() -> Environment:
    """Return the Jinja environment of the report's parts; everything is escaped unless marked as HTML."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES / "krachtlijn"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["unbroken"] = is_unbroken
    made.filters["led"] = led
    return made


def led(text: str) -> tuple[str, str]:
    """Part a verdict from its reason.

    >>> led("▲ late: 1.3.3; more"), led("? too little known")
    (('▲ late', ': 1.3.3; more'), ('? too little known', ''))
    """
    verdict = re.split("[\u00a0 ]?[:;]", text, maxsplit=1)[0]
    return verdict, text[len(verdict) :]


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
        sources = [(origin, published(origin, words)) for origin in self._numbers]
        return template.render(sources=sources, words=words, t=words.t) if sources else ""


def ranges(numbers: list[int]) -> str:
    """Write numbers of sources shortly, for paper.

    >>> ranges([4, 1, 2, 3, 9, 8])
    '[1–4], [8], [9]'
    """
    ordered = sorted(numbers)
    runs = [
        [number for _, number in run]
        for _, run in itertools.groupby(enumerate(ordered), key=lambda pair: pair[1] - pair[0])
    ]
    written = [[f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run] for run in runs]
    return ", ".join(f"[{text}]" for run in written for text in run)


def published(origin: Origin, words: Words) -> str:
    """Return when a source was published, no more precisely than the facts say; empty when unknown.

    >>> published(Origin("a", "", "", "", "", published="2024-03"), Words("nl"))
    'maart 2024'
    """
    period = Period.parse(origin.published)
    return words.period(period.start, period.end, period.precision) if period else ""


@dataclass(frozen=True)
class Setting:
    """What all figures of one file share: its language, its as-of date, its ids and its sources.

    ``charts`` gathers the specification of each chart by the id of its figure, for the interactive edition;
    ``drawings`` is the folder that remembers drawings.
    """

    words: Words
    as_of: dt.date
    ids: Ids
    register: Register
    charts: dict[str, dict[str, Any]] = field(default_factory=dict)
    drawings: Path | None = None


def figure_html(content: dict[str, Any], setting: Setting, level: int, where: str) -> str:
    """Return the HTML of a figure.

    Args:
        content: the figure as its carrier, see :mod:`analysis.figure`.
        setting: the file that it goes into.
        level: the level of its heading.
        where: the cell, for messages.

    Raises:
        KrachtlijnError: the carrier is not a figure; a chart has no text alternative, discloses too many rows or is
            too heavy.
    """
    figure = figure_of(content, where)
    own, words = setting.ids.claim(figure.id), setting.words
    rows = figure.grid and figure.grid.rows
    origins = setting.register.cite(figure.origins)
    if figure.spec:
        setting.charts[own] = figure.spec
    return (
        environment()
        .get_template("figure.html.j2")
        .render(
            figure=figure,
            id=own,
            level=level,
            words=words,
            t=words.t,
            as_of=words.date(setting.as_of),
            drawings=_drawings(figure, setting, own, where) if figure.spec else None,
            blocks=blocks(figure.grid) if figure.grid and rows else (),
            csv=csv_address(figure.grid, words) if figure.grid and rows else "",
            stacked=is_stacked(figure.grid.columns) if figure.grid else False,
            origins=origins,
            numbers=ranges([number for number, _ in origins]),
            listed=LISTED_ORIGINS,
        )
    )


def figure_of(content: dict[str, Any], where: str) -> Figure:
    """Return the figure of a carrier, as it is drawn and printed.

    Args:
        content: the carrier in one language.
        where: the cell, for messages.

    Raises:
        KrachtlijnError: the carrier is not a figure, or a chart has no text alternative.
    """
    try:
        figure = Figure.from_carrier(plain(content | {"spec": drawable(content["spec"])}))
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


def _drawings(figure: Figure, setting: Setting, own: str, where: str) -> Drawings:
    spec = figure.spec or {}
    if disclosed_rows(spec) > DISCLOSED_ROWS:
        raise KrachtlijnError(
            "a chart holds more rows than it may disclose",
            where=f"{where}, figure {figure.id}",
            why=f"{disclosed_rows(spec)} rows, and at most {DISCLOSED_ROWS} may leave the house with a report",
            do="summarise the table before it goes into the chart",
        )
    language, room = setting.words.language, setting.drawings
    wide, narrow = ((drawing.WIDE, f"{own}-w"), (drawing.NARROW, f"{own}-n"))
    drawn = Drawings(*(drawing.draw(spec, width, language, prefix, room) for width, prefix in (wide, narrow)))
    weight = len((drawn.wide + drawn.narrow).encode())
    if weight > DRAWN_BYTES:
        raise KrachtlijnError(
            "a chart is too heavy for the report",
            where=f"{where}, figure {figure.id}",
            why=f"its drawings take {weight} bytes, and at most {DRAWN_BYTES} are allowed",
            do="draw fewer marks, or summarise the table further",
        )
    return drawn


def disclosed_rows(spec: object) -> int:
    """Count the rows of data in a specification, in all its parts.

    >>> disclosed_rows({"datasets": {"a": [{}, {}]}, "layer": [{"data": {"values": [{}]}}]})
    3
    """
    if isinstance(spec, list):
        return sum(disclosed_rows(part) for part in spec)
    if not isinstance(spec, dict):
        return 0
    own = [*spec.get("datasets", {}).values(), (spec.get("data") or {}).get("values", [])]
    return sum(len(rows) for rows in own) + sum(
        disclosed_rows(part) for name, part in spec.items() if name not in ("datasets", "data")
    )


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
