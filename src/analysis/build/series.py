"""Orders -> published reports: one plan over all of them, so that notebooks, drawing and setting overlap."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import BrokenExecutor, wait
from concurrent.futures import Executor as Pool
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from analysis import translations
from analysis.build import editions, inputs, pages
from analysis.build.cache import Cache, Verdict, within
from analysis.build.chapters import Chapter, read_chapters
from analysis.build.execute import Executor, Job, Outcome, run_jobs
from analysis.build.failure import NotebookFailed
from analysis.build.kernels.opened import Opened
from analysis.build.order import Order, Published, Result, Wish
from analysis.build.pages import Setting
from analysis.build.publish import Build
from analysis.build.rooms import room_for
from analysis.errors import KrachtlijnError
from analysis.figure import serves
from analysis.params import LANGUAGES, Run
from analysis.paths import Project
from analysis.processed import summary

#: Is told how much is done, of how much, and of what.
Progress = Callable[[int, int, str], None]


def build(
    project: Project,
    run: Run,
    progress: Progress | None = None,
    *,
    folder: Path | None = None,
    executor: Executor = run_jobs,
    wish: Wish | None = None,
    reissue: str = "",
    use_cache: bool = False,
) -> Published:
    """Make one report, in all languages of the run, and publish it.

    Args:
        project: the project folder, with its processed tables.
        run: the settled parameters; ``run.languages`` says in which languages.
        progress: is told ``(done, total, what)`` as the work goes on.
        folder: where to publish; by default ``reports/<quarter>``, or ``reports/<plan>/<quarter>`` for another plan
            than the quarter's own.
        executor: runs the notebooks.
        wish: what to make beside the static report.
        reissue: why a frozen report is made again; the frozen edition is kept.
        use_cache: take what an earlier run made of the same inputs, and remember what this one makes.

    Raises:
        NotebookFailed: a notebook raised an error; it is kept in ``reports/mislukt`` and nothing was published.
        KrachtlijnError: a translation is not complete, or something in the notebooks cannot be shown, another run is
            making this report, or it is frozen; nothing was published.
    """
    order = Order(run, room_for(project, run, folder), wish or Wish(), reissue)
    cache = Cache(project) if use_cache else None
    result = next(make(project, [order], progress, executor=executor, cache=cache))
    if result.published:
        return result.published
    if result.failed:
        first = result.failed[0]
        raise NotebookFailed(first.notebook, first.language, first.failure, first.kept)
    raise cast("KrachtlijnError", result.fault)


def make(
    project: Project,
    orders: Sequence[Order],
    progress: Progress | None = None,
    *,
    executor: Executor = run_jobs,
    setters: Pool | None = None,
    cache: Cache | None = None,
) -> Iterator[Result]:
    """Make reports; tell of each as soon as it has ended. One that fails leaves the others alone.

    Args:
        project: the project folder, with its processed tables.
        orders: what to make.
        progress: is told ``(done, total, what)`` as the work goes on.
        executor: runs the notebooks.
        setters: sets the pages; by default this process, one after the other.
        cache: what earlier runs made; None to make everything anew.

    Raises:
        KrachtlijnError: a translation is not complete, or a notebook cannot be a chapter: nothing was begun. Or a
            process of the setters was killed.
    """
    translations.check(LANGUAGES)
    chapters = read_chapters(project)
    with ExitStack() as stack:
        series = _Series(project, chapters, cache, setters or pages.Here(), progress or _silent)
        for order in orders:
            series.begin(order, stack)
        try:
            yield from series.run(executor)
        except BrokenExecutor as fault:
            raise KrachtlijnError(
                "a process that sets the pages was killed",
                why="often the machine ran out of memory",
                do="close other programs and run the command again; what was published before is untouched",
            ) from fault


def _silent(*_: object) -> None:
    """Tell nobody."""


@dataclass
class _Series:
    """All reports on their way."""

    project: Project
    chapters: list[Chapter]
    cache: Cache | None
    setters: Pool
    progress: Progress
    builds: dict[int, Build] = field(default_factory=dict)
    claims: dict[int, ExitStack] = field(default_factory=dict)
    owners: dict[Path, int] = field(default_factory=dict)
    setting: dict[int, dict[str, Setting]] = field(default_factory=dict)
    ended: list[Result] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    done: int = 0
    total: int = 0

    def begin(self, order: Order, stack: ExitStack) -> None:
        """Claim the place of a report; one that may not be made has ended already."""
        number = len(self.builds)
        claim = stack.enter_context(ExitStack())
        try:
            work = claim.enter_context(editions.claimed(self.project, order.room, order.reissue))
            self.builds[number] = Build(self.project, order, self.chapters, summary(self.project), work)
        except KrachtlijnError as fault:
            claim.close()
            self.ended.append(Result(order, fault=fault, refused=True))
            return
        self.claims[number] = claim
        self.total += len(self.builds[number].jobs()) + len(order.run.languages)

    def run(self, executor: Executor) -> Iterator[Result]:
        """Run what the cache does not hold; tell of each report as soon as it has ended."""
        self._tell("")
        waiting = [job for number, build in self.builds.items() for job in self._looked_up(number, build.jobs())]
        self._note_decisions()
        yield from self._ended()
        while waiting:
            again: list[Job] = []
            with closing(cast("Generator[Outcome]", executor(waiting))) as outcomes:
                for outcome in outcomes:
                    again += self._take(outcome)
                    yield from self._ended()
            waiting = again
        while self.setting:
            self._publish(next(iter(self.setting)))
            yield from self._ended()

    def _looked_up(self, number: int, jobs: Sequence[Job]) -> list[Job]:
        """Take what the cache holds of some jobs; return the others."""
        left: list[Job] = []
        for job in jobs:
            self.owners[job.output] = number
            verdict = self.cache.look(job) if self.cache else None
            self.verdicts += [verdict] if verdict else []
            if verdict and verdict.hit:
                self._taken(number, Outcome(job), verdict.opened, reused=True)
            elif verdict and verdict.alone:
                left += self._apart(number, job)
            else:
                left.append(job)
        return left

    def _apart(self, number: int, job: Job) -> list[Job]:
        """Return what has to run in place of a job whose outputs do not serve all languages."""
        chapter = next(chapter for chapter in self.chapters if chapter.path == job.notebook)
        alone = self.builds[number].alone(chapter)
        self.total += len(alone) - 1
        return self._looked_up(number, alone)

    def _note_decisions(self) -> None:
        if self.cache:
            self.cache.note(self.verdicts)

    def _take(self, outcome: Outcome) -> list[Job]:
        """Take in an outcome; return what has to run again, because its outputs do not serve all languages."""
        number, job = self.owners[outcome.job.output], outcome.job
        alone = len(job.languages) > 1 and not outcome.failure and not _serves_all(job)
        if self.cache and not outcome.failure:
            self.cache.keep(outcome, alone=alone)
        if alone:
            return self._apart(number, job)
        self._taken(number, outcome, self._sums(outcome.opened))
        return []

    def _sums(self, opened: Opened | None) -> dict[str, str]:
        """Return the checksums of what a notebook opened."""
        paths = {self.project.show(Path(path)): Path(path) for path in sorted(opened.files if opened else ())}
        return within({name: inputs.sha256(path) for name, path in paths.items() if path.is_file()})

    def _taken(self, number: int, outcome: Outcome, opened: dict[str, str], *, reused: bool = False) -> None:
        build = self.builds[number]
        build.take(outcome, opened, reused=reused)
        self.done += 1
        self._tell(outcome.job.label)
        if not (reused or outcome.failure):
            build.draw(outcome, self.setters, self._drawings(build))
        if not build.is_complete():
            return
        if build.failed:
            self._end(number, None)
        else:
            self.setting[number] = build.pages(self.setters, self._drawings(build), alone=len(self.builds) == 1)

    def _drawings(self, build: Build) -> Path:
        """Return the folder that remembers drawings: for all runs, or without a cache for this report only."""
        return self.project.state / "cache" / "drawings" if self.cache else build.work / "drawings"

    def _publish(self, number: int) -> None:
        """Put a report in its place, when its pages are set."""
        build, set_now = self.builds[number], self.setting.pop(number)
        try:
            wait(build.drawn)
            for language, setting in sorted(set_now.items(), key=lambda pair: pair[1].future is not None):
                build.tell(language, setting.result())  # the one that is set here first: the other is on its way
                self.done += 1
                self._tell(f"{build.order.room.name} {language}")
            self._end(number, build.publish())
        except KrachtlijnError as fault:
            self._end(number, None, fault)

    def _ended(self) -> Iterator[Result]:
        """Publish what is ready, and tell of what has ended."""
        ready = [number for number, found in self.setting.items() if all(page.is_ready() for page in found.values())]
        for number in ready:
            self._publish(number)
        while self.ended:
            yield self.ended.pop(0)

    def _end(self, number: int, published: Published | None, fault: KrachtlijnError | None = None) -> None:
        build = self.builds[number]
        self.claims.pop(number).close()
        self.ended.append(Result(build.order, published, tuple(build.failed), fault))

    def _tell(self, what: str) -> None:
        self.progress(self.done, self.total, what)


def _serves_all(job: Job) -> bool:
    """Say whether every output of an executed notebook serves all its languages."""
    notebook = json.loads(job.output.read_text(encoding="utf-8"))
    outputs = [output for cell in notebook["cells"] for output in cell.get("outputs", [])]
    return all(serves(output.get("data", {}), job.languages) for output in outputs)
