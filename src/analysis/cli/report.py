"""``krachtlijn report``: make the reports of one quarter or of many."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from analysis.build.stamp import Asked, Stamps
from analysis.cli.options import a_reason, by_role, with_deliveries
from analysis.errors import KrachtlijnError
from analysis.languages import LANGUAGES
from analysis.paths import Project
from analysis.quarter import Quarter, calendar_today

#: Between the first and the last quarter of a range.
_TO = ".."


@click.command()
@click.argument("quarters", nargs=-1, metavar="[QUARTER]...")
@click.option("--all", "every", is_flag=True, help="Every quarter that has a parameter file and is over.")
@click.option(
    "--language",
    "languages",
    type=click.Choice(LANGUAGES),
    multiple=True,
    help="Only this language (may be given more than once); by default those of the parameters.",
)
@click.option(
    "--plan",
    "plans",
    multiple=True,
    help="The code of a plan in data/raw/plannen (may be given more than once); by default that of the parameters.",
)
@click.option("--as-of", "as_of", metavar="DATE", help="Look at the world as known on this day (YYYY-MM-DD).")
@with_deliveries
@click.option("--interactive", is_flag=True, help="Also make an edition with live charts (it holds a script).")
@click.option("--pdf", is_flag=True, help="Also print a PDF, with an installed Chromium, Chrome or Edge.")
@click.option("--allow-quarantine", is_flag=True, help="Make the report although rows are in quarantine.")
@click.option("--reissue", metavar="REASON", callback=a_reason, help="Make a frozen report again, and why.")
@click.option("--no-cache", is_flag=True, help="Run every notebook, whatever earlier runs have made.")
@click.option("--scheduler", metavar="ADDRESS", help="Run the notebooks on a Dask cluster, such as tcp://host:8786.")
@by_role("makes it, for the record of the run")
def report(
    quarters: tuple[str, ...],
    every: bool,
    plans: tuple[str, ...],
    allow_quarantine: bool,
    **options: Any,  # noqa: ANN401 - all others, each of its own kind
) -> None:
    """Make the report of each QUARTER (2026Q3, or a range 2021Q3..2026Q3; by default the latest that is over).

    Takes in changed data first, runs all notebooks in all languages, and publishes reports/QUARTER/rapport-nl.html and
    rapport-fr.html, with what else was asked for, only when all of it succeeded. What has not changed since the last
    run is not made again. A quarter that fails leaves the others alone; reports/mislukt/index.html tells what failed.

    The report of another plan than the parameters' own stands in reports/PLAN/QUARTER/; one with example deliveries in
    reports/voorbeelden/QUARTER/, and says on each page that it is fictitious. The page reports/index.html,
    which links to all reports, is made again. A frozen report (krachtlijn freeze) is made again only with --reissue:
    the frozen edition is then kept in reports/uitgaven/.
    """
    project = Project.find()
    wanted = _quarters(project, quarters, every=every)
    asked = [Asked(quarter, plan) for plan in dict.fromkeys(plans) or ("",) for quarter in wanted]
    options["languages"] = list(dict.fromkeys(options["languages"]))
    stamps = Stamps(project, options | {"role": "", "scheduler": ""})
    stamps.look(asked)
    left = [one for one in asked if options["no_cache"] or options["reissue"] or not _stands(stamps, one)]
    if left:
        from analysis.build.kernels import begin_early

        if not options["scheduler"]:
            begin_early(project.notebooks)
        from analysis.cli.making import make

        if not make(stamps, left, options, allow_quarantine=allow_quarantine):
            raise click.exceptions.Exit(1)


def _quarters(project: Project, given: Sequence[str], *, every: bool) -> list[Quarter]:
    """Return the quarters that were asked for, each once, in their order."""
    if every:
        if given:
            raise click.UsageError("give quarters or --all, not both")
        names = sorted(path.stem for path in project.params.glob("[0-9]*.yaml"))
        today = calendar_today()
        return [quarter for quarter in map(Quarter.parse, names) if quarter.end < today]
    found = [quarter for text in given for quarter in _range(text)]
    return list(dict.fromkeys(found)) or [Quarter.latest_complete(calendar_today())]


def _range(text: str) -> list[Quarter]:
    if _TO not in text:
        return [Quarter.parse(text)]
    first, last = (Quarter.parse(part) for part in text.split(_TO, 1))
    if last < first:
        raise KrachtlijnError(f"the range {text} ends before it begins", do=f"write it as {last}{_TO}{first}")
    found = [first]
    while found[-1] < last:
        found.append(found[-1].next())
    return found


def _stands(stamps: Stamps, one: Asked) -> bool:
    """Say that a report needs no making, and name its files."""
    files = stamps.standing(one)
    for path in files:
        click.echo(f"{stamps.project.show(path)} (unchanged)")
    return bool(files)
