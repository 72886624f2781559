"""``krachtlijn report``: make a quarter's report."""

from __future__ import annotations

import click

from analysis.cli.bar import bar
from analysis.cli.intake import admit, take_in
from analysis.params import LANGUAGES, settle
from analysis.paths import Project
from analysis.quarter import Quarter, calendar_today


@click.command()
@click.argument("quarter", required=False)
@click.option(
    "--language",
    "languages",
    type=click.Choice(LANGUAGES),
    multiple=True,
    help="Only this language (may be given more than once); by default those of the parameters.",
)
@click.option("--plan", help="The code of a plan in data/raw/plannen; by default that of the parameters.")
@click.option("--as-of", "as_of", metavar="DATE", help="Look at the world as known on this day (YYYY-MM-DD).")
@click.option("--interactive", is_flag=True, help="Also make an edition with live charts (it holds a script).")
@click.option("--pdf", is_flag=True, help="Also print a PDF, with an installed Chromium, Chrome or Edge.")
@click.option("--allow-quarantine", is_flag=True, help="Make the report although rows are in quarantine.")
def report(
    quarter: str | None,
    languages: tuple[str, ...],
    plan: str | None,
    as_of: str | None,
    interactive: bool,
    pdf: bool,
    allow_quarantine: bool,
) -> None:
    """Make the report of QUARTER (such as 2026Q3; by default the latest quarter that is over).

    Takes in changed data first, runs all notebooks in all languages, and publishes
    reports/QUARTER/rapport-nl.html and rapport-fr.html, with what else was asked for, only when all of it succeeded.
    The report of another plan than the parameters' own stands in a folder of that plan below it. The page
    reports/index.html, which links to all reports, is made again.
    """
    project = Project.find()
    name = quarter or str(Quarter.latest_complete(calendar_today()))
    run = settle(project, name, plan=plan, as_of=as_of, languages=list(dict.fromkeys(languages)) or None)
    admit(project, take_in(project), allow_quarantine=allow_quarantine)

    from analysis import build  # loads papermill and nbconvert: only when there is something to build

    # the browser is looked for before the notebooks run, not after
    wish = build.Wish(interactive=interactive, browser=build.find_browser() if pdf else "")
    usual = settle(project, name, as_of=as_of).plan
    folder = None if run.plan == usual else project.reports / str(run.quarter) / run.plan
    with bar(f"report {run.quarter}") as progress:
        published = build.build(project, run, progress, folder=folder, wish=wish)
    for path in (*published.files, published.overview):
        if path:
            click.echo(project.show(path))
