"""``krachtlijn cache``: what is remembered of earlier runs, and why it did not do for a later one."""

from __future__ import annotations

import click

from analysis.paths import Project


@click.group()
def cache() -> None:
    """Look at what earlier runs made, which later ones use while nothing it depends on has changed.

    It stands in .krachtlijn/cache and may be deleted at any time: the next run makes it again.
    """


@cache.command()
def size() -> None:
    """Say how much is remembered, and where."""
    from analysis.build import shelf

    project = Project.find()
    for kind in ("notebooks", "drawings"):
        room = project.state / "cache" / kind
        count, total = shelf.size(room)
        click.echo(f"{kind:<10}{count:>7} results{total / 1e6:>9.1f} MB   {project.show(room)}")


@cache.command()
@click.option("--days", default=30.0, show_default=True, help="Keep what was used within so many days; 0 forgets all.")
def prune(days: float) -> None:
    """Forget what was not used for a while; the next run makes again what it needs."""
    from analysis.build import shelf

    project = Project.find()
    count, total = shelf.prune(project.state / "cache", days)
    click.echo(f"{count} results forgotten, {total / 1e6:.1f} MB")


@cache.command()
@click.argument("quarter", required=False)
def why(quarter: str | None) -> None:
    """Say of each notebook of the last runs (of QUARTER, or all) why it ran, or that its earlier result was used."""
    from analysis.build import cache as kept

    project = Project.find()
    lines = [line for line in kept.decisions(project) if quarter in (None, line.quarter)]
    for line in lines:
        click.echo(f"{line.day}  {line.quarter} {line.notebook:<22} {'; '.join(line.reasons) or 'used again'}")
    if not lines:
        click.echo("no run is remembered" + (f" of {quarter}" if quarter else ""))
