"""``krachtlijn receive``: hand in a quarterly delivery; it is kept as it came."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from analysis.cli.intake import take_in, tell
from analysis.errors import KrachtlijnError
from analysis.files import write_whole
from analysis.params import usual_plan
from analysis.paths import Project
from analysis.quarter import Quarter, calendar_today

_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("files", nargs=-1, type=_FILE, metavar="[FILE]...")
@click.option(
    "--quarter", metavar="QUARTER", help="The quarter that the files report on; by default the last that is over."
)
@click.option("--plan", default="", help="The code of a plan in data/raw/plannen; by default that of the parameters.")
@click.option("--on", "day", metavar="DATE", help="The day on which they came (YYYY-MM-DD); by default today.")
@click.option("--template", type=_FILE, metavar="FILE", help="Write an empty workbook to fill in, and receive nothing.")
@click.option("--undo", is_flag=True, help="Take back the last delivery of this quarter and plan.")
def receive(
    files: tuple[Path, ...], quarter: str | None, plan: str, day: str | None, template: Path | None, undo: bool
) -> None:
    """Hand in the FILEs of a quarterly delivery: Excel workbooks, or CSV files called after their table.

    They are kept as they came in data/raw/leveringen/PLAN/QUARTER_DAY/ and never change again; a correction is a
    delivery of its own. Reports use them from the day on which they came. Rows with a fault are named by sheet and cell
    and set aside, all others are kept; the exit code is then 1.
    """
    project = Project.find()
    about = Quarter.parse(quarter, where="--quarter") if quarter else Quarter.latest_complete(calendar_today())
    own = plan or usual_plan(project, about)
    if template:
        _write_template(project, own, template)
    elif undo:
        _take_back(project, own, about)
    elif not files:
        raise click.UsageError("give the files of a delivery, or --template, or --undo")
    else:
        from analysis.intake.receive import receive as hand_in

        delivery = hand_in(project, files, own, about, _day(day))
        click.echo(f"{project.show(delivery.folder)}: {len(files)} file{'s' if len(files) > 1 else ''} kept")
        tell(project, take_in(project), only=f"/{delivery.folder.name}/")


def _day(text: str | None) -> dt.date:
    try:
        day = dt.date.fromisoformat(text) if text else calendar_today()
    except ValueError as fault:
        raise KrachtlijnError(f"'{text}' is not a day", where="--on", do="write it as 2026-10-20") from fault
    if day > calendar_today():
        raise KrachtlijnError(f"{day} lies in the future", where="--on", do="give the day on which the files came")
    return day


def _write_template(project: Project, plan: str, path: Path) -> None:
    from analysis.intake.template import template

    if path.suffix.lower() != ".xlsx":
        raise KrachtlijnError("a template is an Excel workbook", where=str(path), do="let its name end in .xlsx")
    if path.exists():
        raise KrachtlijnError("there is a file already", where=str(path), do="give another name, or take it away first")
    if not path.parent.is_dir():
        raise KrachtlijnError("there is no such folder", where=str(path.parent), do="make it first")
    write_whole(path, template(project, plan))
    click.echo(f"{path}: an empty delivery for {plan}")


def _take_back(project: Project, plan: str, quarter: Quarter) -> None:
    from analysis import deliveries
    from analysis.intake.receive import withdraw

    known = deliveries.found(project, deliveries.RECEIVED)
    own = [one for one in known if (one.plan, one.quarter) == (plan, quarter)]
    if not own:
        raise KrachtlijnError(f"there is no delivery of {plan} on {quarter}", do="name its quarter, and maybe its plan")
    kept = withdraw(project, own[-1])
    click.echo(f"{project.show(own[-1].folder)} is taken back; its files stand in {project.show(kept)}")
