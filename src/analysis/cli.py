"""The command ``krachtlijn``: take in the data, make a quarter's report."""

from __future__ import annotations

import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
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
    _admit(project, _take_in(project), allow_quarantine=allow_quarantine)

    from analysis import build  # loads papermill and nbconvert: only when there is something to build

    # the browser is looked for before the notebooks run, not after
    wish = build.Wish(interactive=interactive, browser=build.find_browser() if pdf else "")
    usual = settle(project, name, as_of=as_of).plan
    folder = None if run.plan == usual else project.reports / str(run.quarter) / run.plan
    with _bar(f"report {run.quarter}") as progress:
        published = build.build(project, run, progress, folder=folder, wish=wish)
    for path in (*published.files, published.overview):
        if path:
            click.echo(project.show(path))


@cli.command()
def index() -> None:
    """Make reports/index.html again, out of the reports that stand there.

    Each new report does so by itself; this is for when a folder was removed or put back by hand.
    """
    from analysis.build import overview

    project = Project.find()
    click.echo(project.show(overview.write(project.reports)))


def _admit(project: Project, outcome: Outcome, *, allow_quarantine: bool) -> None:
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


def main() -> None:
    """Run the command; every fault ends in one clear message and an exit code that is not 0."""
    try:
        with _heeding_sigterm():
            sys.exit(cli(standalone_mode=False))
    except KrachtlijnError as fault:
        _stop(f"error: {fault}", 1)
    except click.ClickException as fault:
        fault.show()
        sys.exit(fault.exit_code)
    except (KeyboardInterrupt, click.exceptions.Abort):
        _stop("stopped; what was published before is untouched", 130)
    except _Ended:
        _stop("ended from outside; what was published before is untouched", 128 + signal.SIGTERM)
    except OSError as fault:
        _stop(f"error: {_no_access(fault)}", 1)
    except Exception as fault:  # noqa: BLE001 - the last net: a user never meets a traceback
        _stop(f"error: {_unexpected(fault)}", 70)


class _Ended(BaseException):
    """The system told this process to end."""


@contextmanager
def _heeding_sigterm() -> Iterator[None]:
    """End on SIGTERM as after Ctrl-C: with workers, browser and work folder gone before the process is."""

    def end(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise _Ended

    before = signal.signal(signal.SIGTERM, end)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


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
