"""An explanation in words, for a terminal of 100 columns; and as JSON."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from analysis.build.explain.trace import Explanation, Rows, Source, Table

#: Columns of the terminal.
WIDTH = 100
#: So many places of a source's rows in one table are listed, unless all are asked for.
PLACES = 3

_INDENT = "    "
#: A table wider than the terminal is written row by row.
_GAP = "  "


def lines(told: Explanation, most: int | None) -> Iterator[str]:
    """Yield the lines that explain a figure.

    Args:
        told: the explanation.
        most: so many rows and sources at most; None for all.
    """
    figure, run = told.figure, told.run
    yield f"{figure.id} ({figure.kind})"
    for text in (figure.title, figure.subtitle, *figure.sentences, *figure.notes):
        yield from _wrapped(text)
    yield ""
    yield from _fact("Report", f"{run.quarter} in {run.languages[0]}, plan {run.plan}, as known on {run.as_of}")
    yield from _fact("Chapter", told.chapter)
    yield from _fact("Cell", f"{told.notebook}, cell {told.cell}:")
    yield from textwrap.indent(told.code, f"{_INDENT * 3}").splitlines()
    yield from _own_table(told, most)
    yield from _recorded(told)
    yield from _all_sources(told, most)


def as_json(told: Explanation, most: int | None) -> dict[str, Any]:
    """Return an explanation as plain JSON.

    Args:
        told: the explanation.
        most: so many rows, sources and places of each source's rows at most; None for all.
    """
    sources = [{**asdict(one.origin), "rows": [_row_json(rows, most) for rows in one.rows]} for one in told.sources]
    figure = {key: getattr(told.figure, key) for key in ("id", "kind", "title", "subtitle", "sentences", "notes")}
    run = {key: str(getattr(told.run, key)) for key in ("quarter", "plan", "as_of")}
    return {
        "figure": figure,
        "report": run | {"language": told.run.languages[0]},
        "chapter": told.chapter,
        "cell": {"notebook": told.notebook, "number": told.cell, "code": told.code},
        "table": {"header": told.header, "rows": told.rows[:most], "of": len(told.rows)},
        "recorded": {"tables": [asdict(table) for table in told.tables], "models": told.models},
        "sources": {
            "meaning": "rows of each source in the tables opened, known on the latest day of each; "
            "which of them this figure used is not recorded",
            "of": len(sources),
            "list": sources[:most],
        },
    }


def _row_json(rows: Rows, most: int | None) -> dict[str, Any]:
    return asdict(rows) | {"places": rows.places[:most]}


def _own_table(told: Explanation, most: int | None) -> Iterator[str]:
    yield ""
    if not told.header:
        yield from _fact("Table", "this figure has none")
        return
    shown = told.rows[:most]
    said = "all of them" if len(shown) == len(told.rows) else f"the first {len(shown)}; --rows all shows the rest"
    yield from _fact("Table", f"{_counted(len(told.rows), 'row')}, as in the CSV of the report; {said}")
    yield from textwrap.indent("\n".join(_set(told.header, shown)), _INDENT).splitlines()


def _set(header: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Set a table: side by side where it fits the terminal, else row by row."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= WIDTH - len(_INDENT):
        for row in (header, ["-" * width for width in widths], *rows):
            yield _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        return
    for number, row in enumerate(rows, start=1):
        for place, (name, cell) in enumerate(zip(header, row, strict=True)):
            start = f"{number:>3} " if place == 0 else _INDENT
            yield from textwrap.wrap(
                f"{name}: {cell}", WIDTH - len(_INDENT), initial_indent=start, subsequent_indent=_INDENT * 2
            )


def _recorded(told: Explanation) -> Iterator[str]:
    """Tell what is known for certain, because it was watched."""
    yield ""
    grouped: dict[tuple[str, str, str], list[Table]] = {}
    for table in told.tables:
        grouped.setdefault((table.file, table.title, table.plan), []).append(table)
    yield from _fact("Opened", f"{_counted(len(grouped), 'table')}, recorded while the cell ran; rows as known on:")
    for (file, title, plan), days in grouped.items():
        yield from _wrapped(f"{file}: {title}" + (f", plan {plan}" if plan else ""), hanging=_INDENT * 2)
        known = [f"{day.as_of or 'any day'} {_counted(day.rows, 'row')}" for day in days]
        yield from _wrapped("; ".join(known), _INDENT * 2, _INDENT * 2)
    yield ""
    if told.models is None:
        yield from _fact("Models", "not recorded: another profiler was at work")
        return
    modules = _counted(len(told.models), "module")
    yield from _fact("Models", f"{modules} of analysis.models, recorded while the cell ran:")
    for name, functions in told.models.items():
        yield from _wrapped(f"{name}: {', '.join(functions)}", hanging=_INDENT * 2)


def _all_sources(told: Explanation, most: int | None) -> Iterator[str]:
    yield ""
    shown = told.sources[:most]
    rest = len(told.sources) - len(shown)
    said = f"{len(told.sources)}, with the rows of each in the tables opened, as known on the latest day of each table."
    yield from _fact("Sources", f"{said} Which of these rows the figure used is not recorded.")
    for number, source in enumerate(shown, start=1):
        yield from _source(number, source, PLACES if most is not None else None)
    if rest:
        yield f"{_INDENT}and {rest} more; --rows all shows them"


def _source(number: int, source: Source, most: int | None) -> Iterator[str]:
    origin = source.origin
    yield from _wrapped(f"{number}. {origin.publisher}, {origin.title} [{origin.bron_id}]", hanging=_INDENT * 2)
    inner = _INDENT * 2
    facts = [origin.kind, origin.licence or "licence not known", origin.published or "day of publication not known"]
    yield f"{inner}{origin.url}"
    yield from _wrapped("; ".join(facts), inner, inner)
    for rows in source.rows:
        yield from _wrapped(
            f"{rows.table}: {_counted(rows.count, 'row')}: {_places(rows, most)}", inner, f"{inner}{_INDENT}"
        )
    if not source.rows:
        yield f"{inner}no row of this source in the tables opened: the view names it otherwise"


def _places(rows: Rows, most: int | None) -> str:
    """Write places in files, each file once.

    >>> _places(Rows("a", 4, ("a.csv:2", "a.csv:5", "b.csv:2", "b.csv:9")), 3)
    'a.csv:2, :5, b.csv:2 and 1 more'
    """
    split = [place.rpartition(":") for place in rows.places[:most]]
    files = [(file, [row for *_, row in group]) for file, group in itertools.groupby(split, key=lambda part: part[0])]
    text = ", ".join(f"{file}:{', :'.join(numbers)}" for file, numbers in files)
    rest = rows.count - len(split)
    return f"{text} and {rest} more" if rest else text


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _fact(name: str, text: str) -> Iterator[str]:
    inner = " " * 12
    yield from textwrap.wrap(f"{name:<12}{text}", WIDTH, subsequent_indent=inner, drop_whitespace=True)


def _wrapped(text: str, indent: str = _INDENT, hanging: str = _INDENT) -> Iterator[str]:
    yield from textwrap.wrap(
        text, WIDTH, initial_indent=indent, subsequent_indent=hanging, break_long_words=False, break_on_hyphens=False
    )
