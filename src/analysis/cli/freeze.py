"""``krachtlijn freeze``: what the board has seen is replaced only with a reason."""

from __future__ import annotations

import click

from analysis.paths import Project
from analysis.quarter import Quarter

#: Longer is no role or reason, but a text that belongs elsewhere; it stands on the page over all reports.
ROLE, REASON = 60, 300


def a_role(_context: click.Context, _option: click.Parameter, value: str) -> str:
    """Accept a role; an address of a person is none."""
    text = _line(value, ROLE)
    if "@" in text:
        raise click.BadParameter("a role, such as 'secretaris van de directieraad', not the address of a person")
    return text


def a_reason(_context: click.Context, _option: click.Parameter, value: str | None) -> str:
    """Accept a reason; none is an empty text."""
    return "" if value is None else _line(value, REASON)


def _line(value: str, length: int) -> str:
    text = " ".join(value.split())
    if not text or len(text) > length or not text.isprintable():
        raise click.BadParameter(f"one line of 1 to {length} characters, without signs that do not show")
    return text


@click.command()
@click.argument("quarter")
@click.option("--plan", default="", help="The code of a plan; by default that of the quarter's parameters.")
@click.option(
    "--by",
    metavar="ROLE",
    envvar="KRACHTLIJN_ROLE",
    default="rapporteur",
    show_default=True,
    callback=a_role,
    help="The role of who freezes it, never the name of a person.",
)
@click.option("--undo", is_flag=True, help="Take the mark away: the next report replaces this one.")
def freeze(quarter: str, plan: str, by: str, undo: bool) -> None:
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
        mark = frozen.freeze(project, room, by)
        click.echo(f"{project.show(room.folder)} is frozen since {mark.frozen_on}, by: {mark.by}")
