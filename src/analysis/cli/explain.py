"""``krachtlijn explain``: from a figure of the report to its rows, its tables and its sources."""

from __future__ import annotations

import json
from collections.abc import Sequence

import click

from analysis.cli.intake import take_in
from analysis.cli.options import with_deliveries
from analysis.deliveries import Which
from analysis.params import LANGUAGES, settle
from analysis.paths import Project
from analysis.quarter import Quarter, calendar_today


def a_number(_context: click.Context, _option: click.Parameter, value: str) -> int | None:
    """Accept a number of rows, or all."""
    if value == "all":
        return None
    if not value.isdecimal() or int(value) < 1:
        raise click.BadParameter("a whole number from 1, or all")
    return int(value)


@click.command()
@click.argument("figure")
@click.option("--quarter", help="Such as 2026Q3; by default the latest quarter that is over.")
@click.option("--language", type=click.Choice(LANGUAGES), default="nl", show_default=True, help="Of the report.")
@click.option("--plan", help="The code of a plan in data/raw/plannen; by default that of the parameters.")
@click.option("--as-of", "as_of", metavar="DATE", help="Look at the world as known on this day (YYYY-MM-DD).")
@with_deliveries
@click.option(
    "--rows",
    metavar="N|all",
    default="10",
    show_default=True,
    callback=a_number,
    help="So many rows of the figure's table, and so many of its sources.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON, for another program.")
def explain(
    figure: str,
    quarter: str | None,
    language: str,
    plan: str | None,
    as_of: str | None,
    deliveries: Which | None,
    rows: int | None,
    as_json: bool,
) -> None:
    """Say where FIGURE comes from: its cell, its table, the tables and models behind it, its sources and their rows.

    FIGURE is the figure's id in the report, such as directieraad-boordtabel, or its last part when that is clear. Which
    tables its cell opened is recorded by running it; the rows of each source in these tables are named by file and row.
    """
    project = Project.find()
    name = quarter or str(Quarter.latest_complete(calendar_today()))
    run = settle(project, name, plan=plan, as_of=as_of, languages=[language], deliveries=deliveries)
    take_in(project, run.deliveries)
    from analysis.build import explain as room  # loads the views: only when there is something to explain

    told = room.explain(project, run, figure, lambda table: places(project, table))
    if as_json:
        click.echo(json.dumps(room.as_json(told, rows), indent=1, ensure_ascii=False))
        return
    for line in room.lines(told, rows):
        click.echo(line)


def places(project: Project, table: str) -> Sequence[tuple[str, int]]:
    """Return the delivered file and row of each row of a processed table: all that were read, less the quarantine."""
    from analysis.catalog import Catalog
    from analysis.intake.reader import FILE, ROW, read

    catalog = Catalog(project)
    aside = catalog.quarantine()
    out = set(aside.loc[aside["tabel"] == table, ["bestand", "rij"]].itertuples(index=False, name=None))
    rows = read(project, catalog.package.tables[table]).rows
    places = [(str(file), int(row)) for file, row in zip(rows[FILE], rows[ROW], strict=True)]
    return [place for place in places if place not in out]
