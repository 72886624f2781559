"""``krachtlijn refresh``: the public series as Eurostat and Statbel give them today."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analysis.cli.bar import bar
from analysis.paths import Project
from analysis.quarter import calendar_today

if TYPE_CHECKING:
    from analysis.refresh import Outcome
    from analysis.refresh.compare import News

#: More revised figures than this are counted, not listed.
_SHOWN = 3


@click.command()
@click.option("--only", multiple=True, metavar="SERIES", help="Only this series, by its code; may be given repeatedly.")
@click.option("--dry-run", is_flag=True, help="Ask and compare, but write nothing.")
@click.option("--timeout", type=click.FloatRange(min=1), default=30, show_default=True, help="Seconds for one answer.")
@click.option(
    "--eurostat", metavar="URL", envvar="KRACHTLIJN_EUROSTAT", help="Ask a mirror of Eurostat's statistics API."
)
@click.option("--bestat", metavar="URL", envvar="KRACHTLIJN_BESTAT", help="Ask a mirror of the views of be.STAT.")
def refresh(only: tuple[str, ...], dry_run: bool, timeout: float, eurostat: str | None, bestat: str | None) -> None:
    """Bring the series of data/raw/verversingen up to date from Eurostat and be.STAT; needs the internet.

    What is new, or other than the newest known figure, is written as new files of today in data/raw/omgeving and
    data/raw/bronnen; what was published earlier stays, and reports as of an earlier day do not change. A series with a
    fault is named and left as it was; the exit code is then 1.
    """
    from analysis.refresh import BASES, Limits  # loads pandas
    from analysis.refresh import refresh as bring_up_to_date

    project = Project.find()
    given = {"eurostat": eurostat, "bestat": bestat}
    bases = {name: given[name] or base for name, base in BASES.items()}
    with bar("refresh") as shown:
        outcome = bring_up_to_date(
            project,
            calendar_today(),
            shown.progress,
            only=only,
            bases=bases,
            limits=Limits(timeout=timeout),
            dry=dry_run,
        )
    _tell(project, outcome)


def _tell(project: Project, outcome: Outcome) -> None:
    """Say what came in per series; faults end with exit code 1."""
    for one in outcome.found:
        click.echo(f"  {one.link.series} {one.link.geo}: {_in_words(one)}")
    figures = sum(len(one.figures) for one in outcome.news)
    sure = f"{len(outcome.found)} series read, {len(outcome.faults)} with a fault, {figures} figures to bring in"
    done = f"written to {project.show(outcome.written)}" if outcome.written else "nothing was written"
    click.echo(f"{sure}; {done}")
    for fault in outcome.faults:
        click.echo(f"\nfault: {fault}", err=True)
    if outcome.faults:
        raise click.exceptions.Exit(1)


def _in_words(one: News) -> str:
    """Return what is new in a series, what was revised, and what its provider warns of."""
    parts = [f"{len(one.fresh)} new ({', '.join(sorted(one.fresh)[-_SHOWN:])})"] if one.fresh else []
    changes = [f"{period}: {was:f} -> {now:f}" for period, (was, now) in sorted(one.revised.items())[-_SHOWN:]]
    parts += [f"{len(one.revised)} revised ({', '.join(changes)})"] if changes else []
    if one.breaks:
        parts.append(f"counted otherwise from {', '.join(one.breaks)} on, says the provider: see data/raw/reeksbreuken")
    return "; ".join(parts) or "nothing new"
