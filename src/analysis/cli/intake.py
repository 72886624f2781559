"""``krachtlijn intake``: validate what was received; the other commands begin with the same step."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from analysis.cli.bar import bar
from analysis.errors import KrachtlijnError
from analysis.paths import Project

if TYPE_CHECKING:
    from analysis.intake import Outcome

#: More faults than this are counted, not listed; the quarantine holds them all.
SHOWN_FAULTS = 20


@click.command()
@click.option("--force", is_flag=True, help="Run even when no raw file changed since the last intake.")
def intake(force: bool) -> None:
    """Validate data/raw and write data/processed.

    Rows with a fault go to data/processed/quarantaine, each with its reason; all others are kept. The exit code is 1
    when anything was set aside.
    """
    project = Project.find()
    outcome = take_in(project, force=force)
    for name, count in outcome.counts.items():
        aside = f", {count['quarantined']} in quarantine" if count["quarantined"] else ""
        fixed = f", {count['corrected']} corrected" if count["corrected"] else ""
        click.echo(f"  {name:<24}{count['received']:>6} received {count['kept']:>6} kept{aside}{fixed}")
    click.echo(_intake_line(project, outcome))
    if outcome.quarantined:
        _show_faults(project, outcome)
        raise click.exceptions.Exit(1)


def take_in(project: Project, *, force: bool = False) -> Outcome:
    """Bring data/processed up to date with data/raw."""
    from analysis import intake as intake_room  # loads pandas: only when there is data to take in

    with bar("intake") as shown:
        return (intake_room.intake if force else intake_room.ensure)(project, shown.progress)


def admit(project: Project, outcome: Outcome, *, allow_quarantine: bool) -> None:
    """Say what was taken in, and refuse to go on without rows that were set aside."""
    click.echo(_intake_line(project, outcome))
    if not outcome.quarantined:
        return
    _show_faults(project, outcome)
    if not allow_quarantine:
        raise KrachtlijnError(
            f"{outcome.quarantined} rows are in quarantine, so the report was not made",
            where=project.show(project.processed / "quarantaine"),
            why="the board would read a report from which these rows are missing",
            do="mend the rows above, or run again with --allow-quarantine; the report will then count them",
        )


def _intake_line(project: Project, outcome: Outcome) -> str:
    totals = {key: sum(count[key] for count in outcome.counts.values()) for key in ("received", "kept", "quarantined")}
    state = "written to" if outcome.fresh else "unchanged in"
    return (
        f"{totals['received']} rows = {totals['kept']} kept + {totals['quarantined']} in quarantine, "
        f"{len(outcome.counts)} tables {state} {project.show(project.processed)}"
    )


def _show_faults(project: Project, outcome: Outcome) -> None:
    for fault in outcome.faults[:SHOWN_FAULTS]:
        click.echo(f"quarantine: {fault}", err=True)
    more = len(outcome.faults) - SHOWN_FAULTS
    if more > 0:
        click.echo(f"quarantine: and {more} more faults", err=True)
    room = project.show(project.processed / "quarantaine")
    click.echo(f"All rows that were set aside stand with their reasons in {room}.", err=True)
