"""Find a figure in the notebooks, and follow it to its tables, its sources and their rows."""

from __future__ import annotations

import csv
import difflib
import io
import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analysis import deliveries
from analysis.build.chapters import Chapter, is_prose, read_chapters, tags_of
from analysis.build.csv_text import csv_text
from analysis.build.explain.cells import Record, Shown, recording, shown
from analysis.build.plain import plain
from analysis.catalog import Catalog
from analysis.deliveries import FOLDER
from analysis.errors import KrachtlijnError
from analysis.figure import Figure, Origin
from analysis.language import Words
from analysis.params import Run
from analysis.paths import Project

#: For each row of a processed table, in its order, the delivered file and the row in it.
Places = Callable[[str], Sequence[tuple[str, int]]]

_CLOSEST = 5


@dataclass(frozen=True)
class Table:
    """A table that the cell opened, as known on a day.

    Attributes:
        name: of the table.
        title: what it holds.
        file: the processed table.
        as_of: the day.
        plan: the plan whose rows were asked for; empty for all.
        rows: how many rows the cell got.
    """

    name: str
    title: str
    file: str
    as_of: str
    plan: str
    rows: int


@dataclass(frozen=True)
class Rows:
    """Rows of one source in one table that the cell opened: how many, and where they were delivered."""

    table: str
    count: int
    places: tuple[str, ...]


@dataclass(frozen=True)
class Source:
    """A source that the figure names, with its rows in the tables that the cell opened."""

    origin: Origin
    rows: tuple[Rows, ...]


@dataclass(frozen=True)
class Explanation:
    """All that is known of where a figure comes from.

    Attributes:
        figure: as the report shows it.
        run: the settled parameters.
        chapter: the title of its chapter.
        notebook: its file.
        cell: the number of the cell, counted from 1.
        code: what stands in the cell.
        header: of the figure's own table, as in the CSV; empty when it has none.
        rows: of that table.
        tables: what the cell opened, in that order: recorded.
        models: the functions of the models that ran, by module: recorded; None when they could not be.
        sources: what the figure names.
    """

    figure: Figure
    run: Run
    chapter: str
    notebook: str
    cell: int
    code: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tables: tuple[Table, ...]
    models: Mapping[str, Sequence[str]] | None
    sources: tuple[Source, ...]


def explain(project: Project, run: Run, figure: str, places: Places) -> Explanation:
    """Follow a figure of a report to where it comes from.

    Args:
        project: the project folder, with its processed tables.
        run: the settled parameters; the first of its languages counts.
        figure: its id in the report, or the part after the chapter's name if only one figure ends so.
        places: says where the rows of a table were delivered.

    Raises:
        KrachtlijnError: there is no such figure, or a notebook cannot be run.
    """
    language = run.languages[0]
    parameters = {"quarter": str(run.quarter), "language": language, "plan": run.plan, "as_of": run.as_of.isoformat()}
    parameters["deliveries"] = run.deliveries
    found = _find(project, figure, parameters)
    with recording() as record:
        # again, from the start: what other cells left in memory would not be opened once more
        again = list(shown(project, found.chapter, parameters, only=found.number))
    one = next((own for own in again if own.number == found.number), found)
    own = Figure.from_carrier(plain(one.figure.carrier()))
    header, rows = _table(own, Words(language))
    return Explanation(
        figure=own,
        run=run,
        chapter=_title(found.chapter, language),
        notebook=project.show(found.chapter.path),
        cell=found.number,
        code=found.source,
        header=header,
        rows=rows,
        tables=tuple(_opened(project, record, language)),
        models=record.models,
        sources=tuple(_sources(own, record, places)),
    )


def _find(project: Project, figure: str, parameters: Mapping[str, Any]) -> Shown:
    """Run the notebooks until one shows the figure; the chapter that its id begins with comes first."""
    known: dict[str, Shown] = {}
    for chapter in sorted(read_chapters(project), key=lambda chapter: not _belongs(figure, chapter)):
        for one in shown(project, chapter, parameters):
            known.setdefault(one.figure.id, one)
            if one.figure.id == figure:
                return one
    ends = [own for own in known if own.endswith(f"-{figure}")]
    if len(ends) == 1:
        return known[ends[0]]
    raise _unknown(figure, known, ends)


def _belongs(figure: str, chapter: Chapter) -> bool:
    return figure.replace("_", "-").startswith(f"{chapter.id}-")


def _unknown(figure: str, known: Mapping[str, Shown], ends: Sequence[str]) -> KrachtlijnError:
    tails = {own.partition("-")[2]: own for own in known}
    close = difflib.get_close_matches(figure, [*known, *tails], n=2 * _CLOSEST, cutoff=0.4)
    closest = list(dict.fromkeys([*ends, *(tails.get(own, own) for own in close)]))[:_CLOSEST]
    grouped = itertools.groupby(known.values(), key=lambda one: one.chapter.id)
    chapters = [f"{chapter}: {', '.join(one.figure.id for one in group)}" for chapter, group in grouped]
    return KrachtlijnError(
        f"{len(ends)} figures end in '{figure}'" if ends else f"the report has no figure '{figure}'",
        where="the command line",
        why=f"closest: {', '.join(closest)}" if closest else "no figure has a name like it",
        do="\n".join(["name one of these figures, chapter by chapter:", *chapters]),
    )


def _title(chapter: Chapter, language: str) -> str:
    """Return the title of a chapter in a language; without one, its name."""
    texts = [cell.source for cell in chapter.notebook.cells if is_prose(cell) and language in tags_of(cell)]
    first = texts[0].strip().splitlines()[0] if texts else ""
    return first.lstrip("# ") if first.startswith("#") else chapter.id


def _table(figure: Figure, words: Words) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return the figure's own table as its CSV holds it."""
    if not figure.grid:
        return (), ()
    header, *rows = csv.reader(io.StringIO(csv_text(figure.grid, words), newline=""), delimiter=";")
    return tuple(header), tuple(tuple(row) for row in rows)


def _opened(project: Project, record: Record, language: str) -> Iterator[Table]:
    for (name, as_of, plan), catalog in record.catalogs.items():
        file, title = _place(project, catalog, name, language)
        yield Table(name, title, file, as_of, plan, record.rows[name, as_of, plan])


def _place(project: Project, catalog: Catalog, name: str, language: str) -> tuple[str, str]:
    """Return the file of a table, and what it holds."""
    folder, _, own = name.rpartition("/")
    if not folder:
        return project.show(project.processed / f"{name}.parquet"), catalog.package.tables[name].title_in(language)
    known = deliveries.declared(project, catalog.package)
    title = known[own].title_in(language) if own in known else Words(language).t("Quarterly deliveries")
    return project.show(deliveries.room(project, catalog.which) / f"{own}.parquet"), title


def _sources(figure: Figure, record: Record, places: Places) -> Iterator[Source]:
    """Yield each source that the figure names, with its rows in the tables that were opened."""
    by_source: dict[str, list[Rows]] = {}
    for name in dict.fromkeys(name for name, *_ in record.catalogs if "/" not in name):  # deliveries are one source
        for bron_id, found in _rows_by_source(name, record, places).items():
            by_source.setdefault(bron_id, []).append(Rows(name, len(found), tuple(found)))
    for origin in figure.origins:
        own = by_source.get(origin.bron_id, [])
        yield Source(origin, tuple(own or (_delivered(record) if origin.bron_id.startswith(f"{FOLDER}-") else ())))


def _delivered(record: Record) -> Iterator[Rows]:
    """Yield the rows of each table of the deliveries, on the latest day on which it was opened."""
    latest = {name: key for key in sorted(record.catalogs, key=lambda key: key[1]) if "/" in (name := key[0])}
    for name, key in latest.items():
        rows = record.catalogs[key].delivered(name.rpartition("/")[2], key[2])
        if "bestand" in rows:
            places = zip(rows["bestand"], rows["rij"], strict=True)
            yield Rows(name, len(rows), tuple(f"{file}:{row}" for file, row in places))


def _rows_by_source(name: str, record: Record, places: Places) -> dict[str, list[str]]:
    """Return the places of a table's rows by source, as far as they were opened on the latest of its days."""
    day = max(as_of for table, as_of, _ in record.catalogs if table == name)
    opened = {
        plan: catalog for (table, as_of, plan), catalog in record.catalogs.items() if (table, as_of) == (name, day)
    }
    catalog: Catalog = next(iter(opened.values()))
    rows = catalog.table(name)
    if "bron_id" not in rows:
        return {}
    if "" not in opened:  # only rows of plans were asked for
        rows = rows[rows["plan_id"].isin(list(opened))]
    delivered, found = places(name), dict[str, list[str]]()
    for position, bron_id in zip(rows.index, rows["bron_id"], strict=True):
        file, row = delivered[position]
        found.setdefault(str(bron_id), []).append(f"{file}:{row}")
    return found
