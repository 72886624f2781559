"""The command ``krachtlijn``: take in the data, make a quarter's report."""

from __future__ import annotations

import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from tqdm import tqdm

from analysis.errors import KrachtlijnError
from analysis.params import LANGUAGES, settle
from analysis.paths import Project
from analysis.quarter import Quarter, calendar_today

if TYPE_CHECKING:
    from analysis.intake import Outcome

#: More faults than this are counted, not listed; the quarantine holds them all.
SHOWN_FAULTS = 20


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="krachtlijn")
def cli() -> None:
    """Krachtlijn: from a strategic plan's data to the quarterly report for its board.

    Run it anywhere inside the project's folder.
    """


@cli.command()
@click.option("--force", is_flag=True, help="Run even when no raw file changed since the last intake.")
def intake(force: bool) -> None:
    """Validate data/raw and write data/processed.

    Rows with a fault go to data/processed/quarantaine, each with its reason; all others are kept. The exit code is 1
    when anything was set aside.
    """
    project = Project.find()
    outcome = _take_in(project, force=force)
    for name, count in outcome.counts.items():
        aside = f", {count['quarantined']} in quarantine" if count["quarantined"] else ""
        fixed = f", {count['corrected']} corrected" if count["corrected"] else ""
        click.echo(f"  {name:<24}{count['received']:>6} received {count['kept']:>6} kept{aside}{fixed}")
    click.echo(_intake_line(project, outcome))
    if outcome.quarantined:
        _show_faults(project, outcome)
        raise click.exceptions.Exit(1)


@cli.command()
@click.argument("quarter", required=False)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    help="Only this language; by default those of the parameters.",
)
@click.option("--plan", help="The code of a plan in data/raw/plannen; by default that of the parameters.")
@click.option("--as-of", "as_of", metavar="DATE", help="Look at the world as known on this day (YYYY-MM-DD).")
@click.option("--allow-quarantine", is_flag=True, help="Make the report although rows are in quarantine.")
def report(
    quarter: str | None,
    language: str | None,
    plan: str | None,
    as_of: str | None,
    allow_quarantine: bool,
) -> None:
    """Make the report of QUARTER (such as 2026Q3; by default the latest quarter that is over).

    Takes in changed data first, runs all notebooks in all languages, and publishes
    reports/QUARTER/rapport-nl.html and rapport-fr.html only when every notebook succeeded. The report of another plan
    than the parameters' own stands in a folder of that plan below it.
    """
    project = Project.find()
    name = quarter or str(Quarter.latest_complete(calendar_today()))
    languages = [language] if language else None
    run = settle(project, name, plan=plan, as_of=as_of, languages=languages)
    outcome = _take_in(project)
    click.echo(_intake_line(project, outcome))
    if outcome.quarantined:
        _show_faults(project, outcome)
        if not allow_quarantine:
            raise KrachtlijnError(
                f"{outcome.quarantined} rows are in quarantine, so the report was not made",
                where=project.show(project.processed / "quarantaine"),
                why="the board would read a report from which these rows are missing",
                do="mend the rows above, or run again with --allow-quarantine; the report will then count them",
            )
    from analysis import (
        build,
    )  # loads papermill and nbconvert: only when there is something to build

    usual = settle(project, name, as_of=as_of).plan
    folder = None if run.plan == usual else project.reports / str(run.quarter) / run.plan
    with _bar(f"report {run.quarter}") as progress:
        published = build.build(project, run, progress, folder=folder)
    for path in published.files:
        click.echo(project.show(path))


def main() -> None:
    """Run the command; every fault ends in one clear message and an exit code that is not 0."""
    try:
        sys.exit(cli(standalone_mode=False))
    except KrachtlijnError as fault:
        _stop(f"error: {fault}", 1)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except (KeyboardInterrupt, click.exceptions.Abort):
        _stop("stopped; what was published before is untouched", 130)
    except OSError as fault:
        _stop(f"error: {_no_access(fault)}", 1)
    except Exception as fault:  # noqa: BLE001 - the last net: a user never meets a traceback
        _stop(f"error: {_unexpected(fault)}", 70)


def _take_in(project: Project, *, force: bool = False) -> Outcome:
    from analysis import intake as intake_room  # loads pandas: only when there is data to take in

    with _bar("intake") as progress:
        return (intake_room.intake if force else intake_room.ensure)(project, progress)


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


@contextmanager
def _bar(title: str) -> Iterator[Callable[[int, int, str], None]]:
    """Show a progress bar on a terminal; in a log, nothing but what the command prints itself."""
    with tqdm(desc=title, disable=None, leave=False, bar_format="{desc} {bar:30} {n}/{total} {postfix}") as bar:

        def progress(done: int, total: int, what: str) -> None:
            bar.total, bar.n = total, done
            bar.set_postfix_str(what, refresh=True)

        yield progress


def _no_access(fault: OSError) -> KrachtlijnError:
    return KrachtlijnError(
        "a file or folder cannot be read or written",
        where=str(fault.filename or ""),
        why=fault.strerror or str(fault),
        do="check that it is there, the rights on it, and the space on the disk; nothing was published",
    )


def _unexpected(fault: Exception) -> KrachtlijnError:
    with tempfile.NamedTemporaryFile("w", prefix="krachtlijn-", suffix=".log", delete=False, encoding="utf-8") as log:
        log.write(traceback.format_exc())
    return KrachtlijnError(
        "an unexpected fault in Krachtlijn itself",
        why=f"{type(fault).__name__}: {str(fault).splitlines()[0] if str(fault) else ''}",
        do=f"send {Path(log.name)} to the maintainers; nothing was published",
    )


def _stop(message: str, code: int) -> None:
    click.echo(message, err=True)
    sys.exit(code)
