"""``krachtlijn freeze``: what the board has seen is replaced only with a reason."""

from __future__ import annotations

import click

from analysis.cli.options import by_role
from analysis.paths import Project
from analysis.quarter import Quarter


@click.command()
@click.argument("quarter")
@click.option("--plan", default="", help="The code of a plan; by default that of the quarter's parameters.")
@by_role("freezes it")
@click.option("--undo", is_flag=True, help="Take the mark away: the next report replaces this one.")
def freeze(quarter: str, plan: str, role: str, undo: bool) -> None:
    """Freeze the published report of QUARTER (such as 2026Q3): the board has seen it.

    From then on krachtlijn report refuses to replace it, unless --reissue gives a reason; the frozen edition is then
    kept whole in reports/uitgaven/, and reports/index.html lists both.
    """
    from analysis.build import freeze as frozen
    from analysis.build.rooms import room_of

    project = Project.find()
    room = room_of(project, Quarter.parse(quarter), plan)
    if undo:
        frozen.unfreeze(project, room)
        click.echo(f"{project.show(room.folder)} is no longer frozen")
    else:
        mark = frozen.freeze(project, room, role)
        click.echo(f"{project.show(room.folder)} is frozen since {mark.frozen_on}, by: {mark.by}")
