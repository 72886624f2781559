"""``krachtlijn intake``: validate what was received; the other commands begin with the same step."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from analysis.cli.bar import bar
from analysis.cli.options import with_deliveries
from analysis.deliveries import EXAMPLES, RECEIVED, SETS, Which, room, source
from analysis.errors import KrachtlijnError
from analysis.paths import Project
from analysis.processed import QUARANTINE

if TYPE_CHECKING:
    from analysis.intake import Outcome

#: More faults than this are counted, not listed; the quarantine holds them all.
SHOWN_FAULTS = 20


@click.command()
@click.option("--force", is_flag=True, help="Run even when no raw file changed since the last intake.")
@with_deliveries
def intake(force: bool, deliveries: Which | None) -> None:
    """Validate data/raw and write data/processed.

    Rows with a fault go to data/processed/quarantaine, each with its reason; all others are kept. The exit code is 1
    when anything was set aside. Quarterly deliveries stand in data/processed/leveringen.
    """
    project = Project.find()
    tell(project, take_in(project, deliveries or RECEIVED, force=force))


def tell(project: Project, outcome: Outcome, only: str = "") -> None:
    """Say what became of each table; faults end with exit code 1.

    Args:
        project: the project folder.
        outcome: of the intake.
        only: tell only of faults whose place holds this text, and of no table.
    """
    for name, count in outcome.counts.items() if not only else ():
        aside = f", {count['quarantined']} in quarantine" if count["quarantined"] else ""
        fixed = f", {count['corrected']} corrected" if count["corrected"] else ""
        few = f", {count['suppressed']} without its number: small groups" if count["suppressed"] else ""
        click.echo(f"  {name:<24}{count['received']:>6} received {count['kept']:>6} kept{aside}{fixed}{few}")
    click.echo(_intake_line(project, outcome))
    faults = [fault for fault in outcome.faults if only in fault]
    if faults:
        _show_faults(project, faults)
        raise click.exceptions.Exit(1)


def take_in(project: Project, deliveries: Which = RECEIVED, *, force: bool = False) -> Outcome:
    """Bring data/processed up to date with data/raw, and with a set of deliveries; examples are made first."""
    from analysis import intake as intake_room  # loads pandas: only when there is data to take in

    with bar("intake") as shown:
        if deliveries == EXAMPLES:
            from analysis.examples.files import ensure as make_examples

            make_examples(project, shown.progress)
        return (intake_room.intake if force else intake_room.ensure)(project, shown.progress, deliveries)


def admit(project: Project, outcome: Outcome, *, allow_quarantine: bool) -> None:
    """Say what was taken in, and refuse to go on without rows that were set aside."""
    click.echo(_intake_line(project, outcome))
    if not outcome.quarantined:
        return
    _show_faults(project, outcome.faults)
    if not allow_quarantine:
        raise KrachtlijnError(
            f"{outcome.quarantined} rows are in quarantine, so the report was not made",
            where=" and ".join(_quarantines(project, outcome.faults)),
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


def _show_faults(project: Project, faults: Sequence[str]) -> None:
    for fault in faults[:SHOWN_FAULTS]:
        click.echo(f"quarantine: {fault}", err=True)
    more = len(faults) - SHOWN_FAULTS
    if more > 0:
        click.echo(f"quarantine: and {more} more faults", err=True)
    rooms = " and ".join(_quarantines(project, faults))
    click.echo(f"All rows that were set aside stand with their reasons in {rooms}.", err=True)


def _quarantines(project: Project, faults: Sequence[str]) -> list[str]:
    return sorted({_quarantine_of(project, fault) for fault in faults})


def _quarantine_of(project: Project, fault: str) -> str:
    """Return the folder in which the row of a fault stands."""
    own = [project.processed, *(room(project, which) for which in SETS)]
    homes = [project.raw, *(source(project, which) for which in SETS)]
    inside = [place for place, home in zip(own, homes, strict=True) if fault.startswith(project.show(home))]
    return project.show(inside[-1] / QUARANTINE)
