"""Executed notebooks -> the finished files of one language; runs in a process of its own, beside the notebooks."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
import json
import logging
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import wait as wait_for
from pathlib import Path
from types import FrameType
from typing import Any

from analysis import deliveries
from analysis.build import forms
from analysis.build.kernels import grammar
from analysis.build.order import Wish
from analysis.deliveries import RECEIVED
from analysis.errors import KrachtlijnError
from analysis.language import Words
from analysis.params import Language, Run
from analysis.paths import Project
from analysis.processed import no_intake, summary, summary_in

#: Seconds that a process gets to leave by itself.
GRACE = 10


@dataclass(frozen=True)
class Page:
    """A report in one language that is to be set.

    Attributes:
        project: the project folder.
        run: the settled parameters.
        wish: what to make beside the static report.
        language: of the page.
        executed: the executed notebook of each chapter, in their order.
        editions: languages in which the report stands beside this one.
        live_editions: those of them that have an interactive edition too.
        folder: where the finished files go.
        drawings: where drawings are remembered; None for nowhere.
    """

    project: Project
    run: Run
    wish: Wish
    language: Language
    executed: tuple[Path, ...]
    editions: tuple[str, ...]
    live_editions: tuple[str, ...]
    folder: Path
    drawings: Path | None = None


@dataclass(frozen=True)
class PageSet:
    """A page that was set: what it says of itself, and when it was made."""

    plan_label: str
    headline: str
    start: dt.datetime
    end: dt.datetime


@dataclass(frozen=True)
class Setting:
    """A page on its way.

    Attributes:
        page: what is to be set.
        future: its result, from another process; None to set it here, when its result is asked for.
    """

    page: Page
    future: Future[PageSet] | None

    def is_ready(self) -> bool:
        """Say whether asking for the result is of use now: it is there, or it is to be made here."""
        return self.future is None or self.future.done()

    def result(self) -> PageSet:
        """Return the page, when it is set."""
        return self.future.result() if self.future else set_page(self.page)


def set_page(page: Page) -> PageSet:
    """Set the report in one language, and write its files.

    Raises:
        KrachtlijnError: something in a notebook cannot be shown, or no PDF could be printed.
    """
    start = dt.datetime.now(dt.UTC)
    from analysis.build import export, pdf
    from analysis.build.chapters import read_chapters

    chapters = read_chapters(page.project)
    facts = _facts(page, chapters)
    edition = export.export(
        chapters, page.executed, page.language, facts, live=page.wish.interactive, drawings=page.drawings
    )
    main = page.folder / forms.html(page.language)
    main.write_bytes(edition.html.encode("utf-8"))
    if edition.live:
        (page.folder / forms.interactive(page.language)).write_bytes(edition.live.encode("utf-8"))
    if page.wish.browser:
        pdf.print_pdf(page.wish.browser, main, page.folder / forms.pdf(page.language))
    return PageSet(facts.plan, edition.headline, start, dt.datetime.now(dt.UTC))


def draw_ahead(executed: Path, languages: tuple[str, ...], room: Path) -> None:
    """Draw the charts of a notebook that has just run, while others still run; the page finds them drawn.

    Args:
        executed: the executed notebook.
        languages: in which its charts will be shown.
        room: where drawings are remembered.
    """
    from analysis.build import drawing, figures
    from analysis.figure import MIME, carrier_in

    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    contents = [output.get("data", {}).get(MIME) for cell in cells for output in cell.get("outputs", [])]
    for content, language in itertools.product(filter(None, contents), languages):
        with contextlib.suppress(KrachtlijnError):  # the page will tell
            spec = figures.figure_of(carrier_in(content, language), "").spec
            for width in (drawing.WIDE, drawing.NARROW) if spec else ():
                drawing.remembered(spec or {}, width, language, room)


def _facts(page: Page, chapters: Sequence[Any]) -> Any:  # noqa: ANN401 - export's Facts, which takes half a second to import
    from analysis.build.colophon import made_of
    from analysis.build.export import Facts
    from analysis.build.plain import plain_text

    counted = summary(page.project)
    delivered = summary_in(deliveries.room(page.project, page.run.deliveries))
    counts = [*_counts(counted), *_counts(delivered)]
    return Facts(
        run=page.run,
        plan=plain_text(_plan_label(page)),
        digest=str(counted["digest"]),
        kept=sum(count["kept"] for count in counts),
        quarantined=sum(count["quarantined"] for count in counts),
        editions=page.editions,
        live_editions=page.live_editions,
        made=made_of(page.project, page.run, chapters),
    )


def _counts(summed: dict[str, Any]) -> list[dict[str, int]]:
    return list(summed.get("tables", {}).values())


def _plan_label(page: Page) -> str:
    """Return the plan's name; read without pandas, which takes longer to import than all else here.

    With example deliveries it says so: the name stands in the title, at the head of each printed page, and on the page
    over all reports.
    """
    from pyarrow import parquet

    name, path = f"label_{page.language}", page.project.processed / "plannen.parquet"
    if not path.is_file():
        raise no_intake(page.project.show(path))
    plans = parquet.ParquetFile(path).read(columns=["plan_id", name]).to_pylist()
    label = next(str(plan[name]) for plan in plans if plan["plan_id"] == page.run.plan)
    if page.run.deliveries == RECEIVED:
        return label
    return Words(page.language).t("{plan} – fictitious example deliveries", plan=label)


class Here(Executor):
    """Does the work at once, in this process: for a single page, or a test."""

    def submit(self, fn: Any, /, *arguments: Any, **options: Any) -> Future[Any]:  # noqa: ANN401 - as the parent's
        """Call a function and return its result as a future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*arguments, **options))
        except Exception as fault:  # noqa: BLE001 - whoever asks for the result gets it
            future.set_exception(fault)
        return future


@contextmanager
def setters(count: int) -> Iterator[Executor]:
    """Open a pool of processes that set pages; they are gone on leaving, also after an error or Ctrl-C.

    Processes of their own, because drawing holds Python's lock; fresh ones, because a fork would copy the locks of this
    process's threads, but not the threads.
    """
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=context, initializer=_start)
    try:
        yield pool
    except BaseException:
        _end(pool, patience=0)
        raise
    _end(pool, patience=GRACE)


def warm_up() -> None:
    """Import what setting a page takes, and start the drawer, while the notebooks still run."""
    from analysis.build import drawing, export  # noqa: F401 - the import is the point

    drawing.warm_up()


def _end(pool: ProcessPoolExecutor, patience: float) -> None:
    """Let idle processes leave by themselves for so many seconds; end the others, and for certain."""
    processes = list((pool._processes or {}).values())
    pool.shutdown(wait=False, cancel_futures=True)
    for process in processes:
        if patience:
            process.join(timeout=patience)
        process.terminate()
    for process in processes:
        process.join(timeout=GRACE)
        if process.is_alive():  # its way out hangs
            process.kill()


def _start() -> None:
    """Prepare a process: Ctrl-C is the parent's business, and its end is this one's end.

    SIGTERM becomes an exception, so that a browser that prints is ended on the way out.
    """
    grammar.put_off()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, _leave)
    # one that is ended in the middle of its work has nothing to tell: the failure is told by the parent
    logging.getLogger("asyncio").setLevel(logging.CRITICAL + 1)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_follow, args=(parent.sentinel,), daemon=True).start()


def _leave(number: int, _frame: FrameType | None) -> None:
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def _follow(sentinel: int) -> None:
    wait_for([sentinel])
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os._exit(1)  # its way out hangs
