"""``krachtlijn index``: the page over all reports."""

from __future__ import annotations

import click

from analysis.paths import Project


@click.command()
def index() -> None:
    """Make reports/index.html again, out of the reports that stand there.

    Each new report does so by itself; this is for when a folder was removed or put back by hand. What a run left
    half-way that ended without warning is finished or removed first.
    """
    from analysis.build import overview, place

    project = Project.find()
    place.tidy(project.reports)
    click.echo(project.show(overview.renew(project)))
