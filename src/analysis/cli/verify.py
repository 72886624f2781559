"""``krachtlijn verify``: make a published report again, and compare it with what was published."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from analysis.cli.bar import bar
from analysis.cli.intake import take_in
from analysis.cli.options import with_deliveries
from analysis.deliveries import RECEIVED, Which
from analysis.errors import KrachtlijnError
from analysis.params import Run
from analysis.paths import Project
from analysis.quarter import Quarter

if TYPE_CHECKING:
    from analysis.build import Wish
    from analysis.build.verify import Builder, File, Input, Verdict

#: More differences than this in one file, or changed inputs, are counted, not listed.
SHOWN = 20


@click.command()
@click.argument("reports", nargs=-1, metavar="[REPORT]...")
@click.option("--plan", default="", help="The code of a plan, for reports that are named by their quarter.")
@with_deliveries
@click.option("--all", "every", is_flag=True, help="Every report that stands in reports/, without earlier editions.")
@click.option("--without-pdf", is_flag=True, help="Hold PDFs against their checksum only; needs no browser.")
def verify(reports: tuple[str, ...], plan: str, deliveries: Which | None, every: bool, without_pdf: bool) -> None:
    """Make each REPORT (a folder, or a quarter such as 2026Q3) again, and compare it byte for byte.

    Says which inputs have changed since, and for each file whether it is identical, or in which chapter and figure it
    differs. The work is done anew in a temporary folder, without any cache, and nothing in the project is touched. The
    exit code is 0 only when every file is identical.
    """
    project = Project.find()
    folders = _all(project) if every else [_folder(project, name, plan, deliveries or RECEIVED) for name in reports]
    if not folders:
        raise _nothing(project, every=every)
    from analysis.build import manifest  # loads nbconvert: only when there is something to compare
    from analysis.build import verify as again

    browser = "" if without_pdf else again.browser_for(project, folders)
    good = True
    with again.clean_room(project) as room:
        taken: set[Which] = set()
        for folder in folders:
            where = project.show(folder)
            known = list(again.changes(project, manifest.read(folder, where)))
            _say(told_inputs(where, known))  # what changed is told even when the report cannot be made again
            for which in manifest.deliveries_of(manifest.read(folder, where)["editions"].values()) - taken:
                take_in(room, which, force=not taken)
                taken.add(which)
            with bar(f"verify {where}") as shown:
                verdict = again.verify(room, folder, where, _builder(shown.progress), browser)
            _say(told(verdict, known))
            good = good and verdict.is_identical
    if not good:
        raise click.exceptions.Exit(1)


def _builder(progress: Callable[[int, int, str], None]) -> Builder:
    from analysis import build

    def make(room: Project, run: Run, folder: Path, wish: Wish) -> object:
        return build.build(room, run, progress, folder=folder, wish=wish, use_cache=False)

    return make


def _all(project: Project) -> list[Path]:
    """Return the folders of all current reports. Earlier editions were made of what has changed since."""
    from analysis.build import manifest, rooms

    places = sorted(path.parent for path in project.reports.rglob(manifest.NAME))
    aside = (rooms.FAILED, rooms.KEPT)
    parts = {place: place.relative_to(project.reports).parts for place in places}
    return [place for place in places if not any(part in aside or part.startswith(".") for part in parts[place])]


def _folder(project: Project, name: str, plan: str, which: Which) -> Path:
    """Return the folder that a person named: by its quarter, or as a path from here or from the project's folder."""
    from analysis.build import rooms

    if rooms.quarter_of(name):
        return rooms.room_of(project, Quarter.parse(name), plan, which).folder
    here, there = Path(name).resolve(), (project.root / name).resolve()
    return here if here.is_dir() or not there.is_dir() else there


def _nothing(project: Project, *, every: bool) -> KrachtlijnError:
    return KrachtlijnError(
        "there is no report to verify",
        where=project.show(project.reports) if every else "the command line",
        do="make one: krachtlijn report" if every else "name a quarter or a folder, or give --all",
    )


def told_inputs(where: str, found: Sequence[Input]) -> Iterator[str]:
    """Yield the lines that say which inputs of a report changed since it was made."""
    yield where
    yield "  inputs that changed since:" if found else "  every input is the one that it was made from"
    yield from _some([_input(one) for one in found])


def told(verdict: Verdict, known: Sequence[Input]) -> Iterator[str]:
    """Yield the lines that say what came of a report; ``known`` was told before the work began."""
    if not known and verdict.inputs:
        yield "  tables that the intake made otherwise, out of the same files:"
        yield from _some([_input(one) for one in verdict.inputs])
    for file in verdict.files:
        yield f"  {file.state:<15} {file.name}{_aside(file)}"
        # the manifest repeats what was told already, except where nothing else was
        if file.name != "manifest.json" or not (known or _others_differ(verdict)):
            yield from _some([f"{found.place}: {found.what}" for found in file.differences])
    good = "to the byte what was published" if verdict.is_identical else "NOT what was published"
    yield f"  {verdict.folder} is {good}"


def _others_differ(verdict: Verdict) -> bool:
    return any(file.differences for file in verdict.files if file.name != "manifest.json")


def _say(lines: Iterator[str]) -> None:
    for line in lines:
        click.echo(line)


def _some(lines: Sequence[str]) -> Iterator[str]:
    yield from (f"    {line}" for line in lines[:SHOWN])
    if len(lines) > SHOWN:
        yield f"    and {len(lines) - SHOWN} more"


def _input(found: Input) -> str:
    if not found.was:
        return f"new      {found.name}"
    if not found.now:
        return f"missing  {found.name}"
    return f"changed  {found.name} ({found.was} then, {found.now} now)"


def _aside(file: File) -> str:
    """Say what the state alone does not."""
    if file.state == "unknown":
        return " (the manifest does not know this file)"
    if not file.intact and file.state != "missing":
        return " (this file was changed after it was published)"
    if file.state != "not made again":
        return ""
    return " (its checksum is the manifest's)" if file.name.endswith(".pdf") else " (its checksums are the manifest's)"
