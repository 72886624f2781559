"""Making reports for a person at a terminal: what is asked becomes orders, what comes of them is told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import click

from analysis.build import editions, failures, pages, pdf, series
from analysis.build.cache import Cache
from analysis.build.execute import Executor, run_jobs, workers
from analysis.build.failure import NotebookFailed
from analysis.build.order import Order, Result, Wish
from analysis.build.rooms import room_for
from analysis.build.stamp import Asked, Stamps
from analysis.cli.bar import Bar, bar
from analysis.cli.intake import admit, take_in
from analysis.errors import KrachtlijnError
from analysis.params import settle
from analysis.paths import Project


def make(stamps: Stamps, asked: Sequence[Asked], options: dict[str, Any], *, allow_quarantine: bool) -> bool:
    """Make reports, and tell of each as it ends.

    Args:
        stamps: where a report that was made is noted.
        asked: the reports.
        options: those of the command.
        allow_quarantine: go on although rows are in quarantine.

    Returns:
        whether all were published.

    Raises:
        KrachtlijnError: nothing was begun; or the only report that was asked for was not published.
    """
    project = stamps.project
    runs = [settle(project, str(one.quarter), **_overrides(one, options)) for one in asked]
    rooms = [room_for(project, run) for run in runs]
    if len(asked) == 1:  # before the time that data and notebooks take, not after; the build looks again
        editions.admit(project, rooms[0], options["reissue"])
    for which in dict.fromkeys(run.deliveries for run in runs):
        admit(project, take_in(project, which), allow_quarantine=allow_quarantine)
    # the browser is looked for before the notebooks run, not after
    wish = Wish(interactive=options["interactive"], browser=pdf.find_browser() if options["pdf"] else "")
    orders = [
        Order(run, room, wish, options["reissue"], options["role"]) for run, room in zip(runs, rooms, strict=True)
    ]
    with bar(orders[0].room.name if len(orders) == 1 else f"{len(orders)} reports", timed=len(orders) > 1) as shown:
        results = list(_told(stamps, dict(zip(orders, asked, strict=True)), options, shown))
    return _closed(project, results)


def _overrides(one: Asked, options: dict[str, Any]) -> dict[str, Any]:
    own = {name: options[name] or None for name in ("as_of", "languages", "deliveries")}
    return {"plan": one.plan or None, **own}


def _told(stamps: Stamps, orders: dict[Order, Asked], options: dict[str, Any], shown: Bar) -> Iterator[Result]:
    """Make all orders; note and tell of each."""
    project = stamps.project
    cache = None if options["no_cache"] else Cache(project)
    with ExitStack() as stack:
        count = max(1, workers() // 2)  # drawing and setting take about half as long as the notebooks
        pool = stack.enter_context(pages.setters(count))
        for _ in range(count):
            pool.submit(pages.warm_up)
        executor = _executor(project, options["scheduler"], stack)
        for result in series.make(project, list(orders), shown.progress, executor=executor, setters=pool, cache=cache):
            made = result.published
            if made:
                provisional = result.order.run.provisional
                stamps.put(orders[result.order], list(made.files), [made.manifest], provisional=provisional)
            elif len(orders) > 1:
                shown.say(f"{result.order.room.name} failed: {_first(result).what}")
            for path in made.files if made else ():
                shown.say(project.show(path))
            yield result


def _executor(project: Project, scheduler: str | None, stack: ExitStack) -> Executor:
    if not scheduler:
        return run_jobs
    from analysis.build.remote import cluster

    return stack.enter_context(cluster(project, scheduler))


def _closed(project: Project, results: Sequence[Result]) -> bool:
    """Name the pages over all reports and over all failures; a single fault is told in full."""
    failures.keep(results)
    page = failures.renew(project)
    overviews = {result.published.overview for result in results if result.published} - {None}
    for path in overviews:
        click.echo(project.show(path))  # type: ignore[arg-type]
    bad = [result for result in results if not result.published]
    if len(results) == 1 and bad:
        raise _first(bad[0])
    if bad:
        where = f"; {project.show(page)} tells what" if page else ""
        click.echo(f"{len(bad)} of {len(results)} reports failed{where}", err=True)
    return not bad


def _first(result: Result) -> KrachtlijnError:
    """Return the first thing that went wrong."""
    if result.failed:
        one = result.failed[0]
        return NotebookFailed(one.notebook, one.language, one.failure, one.kept)
    return result.fault or KrachtlijnError("the report was not made")
