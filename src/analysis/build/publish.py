"""One report on its way: which notebooks it needs, its pages, and its place among the published ones."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor as Pool
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from analysis.build import crate, editions, forms, overview, rooms
from analysis.build.chapters import Chapter, leaves_language_to_report
from analysis.build.crate import Step, Times
from analysis.build.execute import Job, Outcome
from analysis.build.manifest import NAME, Making, manifest, outdated, text_of
from analysis.build.order import Failed, Order, Published
from analysis.build.pages import Page, PageSet, Setting, draw_ahead, set_page
from analysis.deliveries import RECEIVED
from analysis.errors import KrachtlijnError
from analysis.languages import LANGUAGES
from analysis.paths import Project
from analysis.processed import summary


@dataclass
class Build:
    """One report on its way.

    Attributes:
        project: the project folder.
        order: what is wanted.
        chapters: of the report.
        data: the intake's summary.
        work: a folder of its own, claimed for as long as it is on its way.
        executed: per chapter and language the executed notebook.
        failed: the notebooks that did not end well.
        told: per language what the page says of itself.
    """

    project: Project
    order: Order
    chapters: Sequence[Chapter]
    data: dict[str, object]
    work: Path
    executed: dict[tuple[str, str], Path] = field(default_factory=dict)
    failed: list[Failed] = field(default_factory=list)
    opened: dict[str, dict[str, str]] = field(default_factory=dict)
    told: dict[str, dict[str, str]] = field(default_factory=dict)
    drawn: list[Future[None]] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    start: dt.datetime = field(default_factory=lambda: dt.datetime.now(dt.UTC))

    @property
    def fresh(self) -> Path:
        """The folder of the finished files."""
        return self.work / "fresh"

    def jobs(self) -> list[Job]:
        """Return the notebooks to run: once for all languages where the notebook leaves them to its report.

        The longest come first, so that none of them is left to run alone at the end.
        """
        longest = sorted(self.chapters, key=lambda chapter: -sum(c.cell_type == "code" for c in chapter.notebook.cells))
        return [job for chapter in longest for job in self._jobs_of(chapter)]

    def _jobs_of(self, chapter: Chapter) -> list[Job]:
        if leaves_language_to_report(chapter):
            return [self.job(chapter, LANGUAGES)]
        return self.alone(chapter)

    def alone(self, chapter: Chapter) -> list[Job]:
        """Return the runs of a notebook that shows each language something else."""
        return [self.job(chapter, (language,)) for language in self.order.run.languages]

    def job(self, chapter: Chapter, languages: tuple[str, ...]) -> Job:
        """Return the run of a notebook for some languages."""
        run = self.order.run
        parameters: dict[str, Any] = {
            "quarter": str(run.quarter),
            "language": "+".join(languages),
            "plan": run.plan,
            "as_of": run.as_of.isoformat(),
            # a notebook without this parameter is about what was received, as most reports are
            **({} if run.deliveries == RECEIVED else {"deliveries": run.deliveries}),
        }
        tail = f"-{languages[0]}" if len(languages) == 1 else ""
        output = self.work / f"{chapter.name}{tail}.ipynb"
        return Job(chapter.path, languages, parameters, output, self.project.root)

    def take(self, outcome: Outcome, opened: Mapping[str, str], *, reused: bool = False) -> None:
        """Take in how one of the notebooks ended.

        Args:
            outcome: how it ended.
            opened: the checksums of the files that it opened, by their path in the project.
            reused: it did not run; an earlier run's result was taken.
        """
        job, end = outcome.job, _now()
        self.opened.setdefault(self.project.show(job.notebook), {}).update(opened)
        took = dt.timedelta(seconds=outcome.seconds)
        filled = {name: str(value) for name, value in job.parameters.items()}
        self.steps.append(Step(job.notebook.stem, end - took, end, self.project.show(job.notebook), reused, filled))
        if outcome.failure:
            self.failed.append(self._failed(outcome))
        for language in job.languages:
            self.executed[job.notebook.stem, language] = job.output

    def is_complete(self) -> bool:
        """Say whether all notebooks have run, well or not."""
        wanted = {(chapter.name, language) for chapter in self.chapters for language in self.order.run.languages}
        return wanted <= set(self.executed)

    def draw(self, outcome: Outcome, setters: Pool, drawings: Path) -> None:
        """Begin to draw the charts of a notebook that has run, while others still run."""
        languages = tuple(one for one in outcome.job.languages if one in self.languages)
        self.drawn.append(setters.submit(draw_ahead, outcome.job.output, languages, drawings))

    def pages(self, setters: Pool, drawings: Path, *, alone: bool) -> dict[str, Setting]:
        """Begin to set the page of each language.

        Args:
            setters: the processes that set pages.
            drawings: where drawings are remembered.
            alone: it is the only report of this run, so this process would have nothing to do: it sets the last page
                itself, as soon as all charts are drawn.
        """
        self.fresh.mkdir()
        found = {language: self._page(language, drawings) for language in self.languages}
        here = self.languages[-1] if alone and len(self.languages) > 1 else ""
        return {
            language: Setting(page, None if language == here else setters.submit(set_page, page))
            for language, page in found.items()
        }

    def tell(self, language: str, page: PageSet) -> None:
        """Take in what a finished page says of itself."""
        self.told[language] = {"plan_label": page.plan_label, "headline": page.headline}
        self.steps.append(Step(forms.html(language), page.start, page.end))

    @property
    def languages(self) -> tuple[Any, ...]:
        """The languages that are made now."""
        return self.order.run.languages

    def _page(self, language: Any, drawings: Path) -> Page:  # noqa: ANN401 - a language of the run
        target, wish = self.order.room.folder, self.order.wish
        standing = [other for other in LANGUAGES if other in self.languages or (target / forms.html(other)).is_file()]
        live = [other for other in standing if self._is_live(other)]
        executed = tuple(self.executed[chapter.name, language] for chapter in self.chapters)
        return Page(
            self.project, self.order.run, wish, language, executed, tuple(standing), tuple(live), self.fresh, drawings
        )

    def _is_live(self, language: str) -> bool:
        """Say whether the report in a language will have an interactive edition beside it."""
        if language in self.languages:
            return self.order.wish.interactive
        return (self.order.room.folder / forms.interactive(language)).is_file()

    def publish(self) -> Published:
        """Put the report in its place, whole; then the page over all reports."""
        self._refuse_other_data()
        room, fresh = self.order.room, self.fresh
        told = {language: self.told[language] for language in self.languages}
        making = Making(self.project, self.order.run, self.data, self.chapters, told, self.opened or None)
        content = manifest(making, fresh, room.folder)
        made = [form(language) for language in self.languages for form in forms.FORMS.values()]
        names = [name for name in made if (fresh / name).is_file()]
        (fresh / NAME).write_bytes(text_of(content).encode("utf-8"))
        record = crate.write(fresh, making, Times(self.start, _now(), self.steps), self.order.role)
        gone = outdated(content, self.languages)
        with editions.published(room, fresh, [*names, NAME, *record], gone, self.order.reissue):
            among = room.folder.is_relative_to(self.project.reports)
            page = overview.renew(self.project) if among else None
        rooms.clear_failures(room)
        return Published(room.folder, tuple(room.folder / name for name in names), room.folder / NAME, page)

    def _refuse_other_data(self) -> None:
        """Refuse a report of which some notebooks saw other data than others."""
        if summary(self.project)["digest"] != self.data["digest"]:
            raise KrachtlijnError(
                f"the data changed while the report of {self.order.room.name} was made, so it was not published",
                where=self.project.show(self.project.processed),
                why="another run took in new data meanwhile",
                do="run the command again",
            )

    def _failed(self, outcome: Outcome) -> Failed:
        """Keep the executed notebook where a person can open it."""
        assert outcome.failure is not None  # noqa: S101 - the caller saw it
        kept, room = "", self.order.room.failures
        if outcome.job.output.is_file():
            room.mkdir(parents=True, exist_ok=True)
            copy = room / outcome.job.output.name
            shutil.copyfile(outcome.job.output, copy)
            kept = self.project.show(copy)
        job = outcome.job
        return Failed(self.project.show(job.notebook), "+".join(job.languages), job.parameters, outcome.failure, kept)


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
