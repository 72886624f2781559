"""Notebooks -> the published report: run all, set all, and only then put the files in their place."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from analysis import translations
from analysis.build import interactive, overview, pdf
from analysis.build.chapters import Chapter, read_chapters
from analysis.build.execute import Executor, Job, Outcome, run_jobs
from analysis.build.export import Facts, export, file_name
from analysis.build.failure import NotebookFailed
from analysis.build.manifest import FORMS, NAME, Making, manifest, outdated, text_of
from analysis.build.place import in_place, work_folder
from analysis.build.plain import plain_text
from analysis.catalog import Catalog
from analysis.params import LANGUAGES, Run
from analysis.paths import Project

Progress = Callable[[int, int, str], None]

#: Where notebooks that failed are kept, inside the report's folder.
FAILED = "mislukt"


@dataclass(frozen=True)
class Published:
    """What a build published.

    Attributes:
        folder: the folder of the report.
        files: the report, one file per language and form.
        manifest: what they were made of.
        overview: the page that links to all reports; None when the report does not stand among them.
    """

    folder: Path
    files: tuple[Path, ...]
    manifest: Path
    overview: Path | None = None


@dataclass(frozen=True)
class Wish:
    """What is to be made beside the static report.

    Attributes:
        interactive: the edition with live charts.
        browser: the program that prints the PDF, see :func:`analysis.build.pdf.find_browser`; empty for no PDF.
    """

    interactive: bool = False
    browser: str = ""


def build(
    project: Project,
    run: Run,
    progress: Progress | None = None,
    *,
    folder: Path | None = None,
    executor: Executor = run_jobs,
    wish: Wish = Wish(),
) -> Published:
    """Run all notebooks in all languages of the run, and publish the report.

    Args:
        project: the project folder, with its processed tables.
        run: the settled parameters; ``run.languages`` says in which languages.
        progress: is told ``(done, total, what)`` as the work goes on.
        folder: where to publish; by default ``reports/<quarter>``.
        executor: runs the notebooks.
        wish: what to make beside the static report.

    Raises:
        NotebookFailed: a notebook raised an error; it is kept in ``mislukt`` and nothing was published.
        KrachtlijnError: a translation is not complete, or something in the notebooks cannot be shown; nothing was
            published.
    """
    translations.check(LANGUAGES)
    target = folder or project.reports / str(run.quarter)
    one = _Build(project, run, target, read_chapters(project), Catalog(project), progress or _silent, wish)
    with work_folder(project.reports) as work:
        executed = one.execute(work, executor)
        fresh = one.export(work, executed)
        return one.publish(fresh)


def _silent(*_: object) -> None:
    """Tell nobody."""


@dataclass
class _Build:
    """One build on its way; ``done`` counts its steps."""

    project: Project
    run: Run
    target: Path
    chapters: list[Chapter]
    catalog: Catalog
    progress: Progress
    wish: Wish
    done: int = 0
    told: dict[str, dict[str, str]] = field(default_factory=dict)

    def execute(self, work: Path, executor: Executor) -> dict[str, list[Path]]:
        """Run all jobs; return per language the executed notebooks in the order of the chapters."""
        jobs = {
            language: [self._job(chapter, language, work) for chapter in self.chapters]
            for language in self.run.languages
        }
        self._tell("")
        outcomes = cast("Generator[Outcome]", executor([job for group in jobs.values() for job in group]))
        with closing(outcomes):
            for outcome in outcomes:
                if outcome.failure:
                    raise self._failed(outcome)
                self.done += 1
                self._tell(outcome.job.label)
        return {language: [job.output for job in group] for language, group in jobs.items()}

    def export(self, work: Path, executed: dict[str, list[Path]]) -> Path:
        """Set the report in each language; return the folder with all that is to be published."""
        fresh = work / "fresh"
        fresh.mkdir()
        for language in self.run.languages:
            name, facts = file_name(language), self._facts(language)
            self._tell(name)
            edition = export(self.chapters, executed[language], language, facts, live=self.wish.interactive)
            self.told[language] = {"plan_label": facts.plan, "headline": edition.headline}
            (fresh / name).write_bytes(edition.html.encode("utf-8"))
            if edition.live:
                (fresh / interactive.file_name(language)).write_bytes(edition.live.encode("utf-8"))
            self.done += 1
            if self.wish.browser:
                self._tell(pdf.file_name(language))
                pdf.print_pdf(self.wish.browser, fresh / name, fresh / pdf.file_name(language))
                self.done += 1
        return fresh

    def publish(self, fresh: Path) -> Published:
        """Put all finished files in their place at once; the manifest and the page over all reports last."""
        making = Making(self.project, self.run, self.catalog.summary, self.chapters, self.told)
        content = manifest(making, fresh, self.target)
        made = [form(language) for language in self.run.languages for form in FORMS.values()]
        names = [name for name in made if (fresh / name).is_file()]
        (fresh / NAME).write_bytes(text_of(content).encode("utf-8"))
        self._tell(NAME)
        reports = self.project.reports
        with in_place(fresh, self.target, [*names, NAME], outdated(content, self.run.languages)):
            page = overview.write(reports) if self.target.is_relative_to(reports) else None
        shutil.rmtree(self.target / FAILED, ignore_errors=True)  # what failed before is mended now
        return Published(self.target, tuple(self.target / name for name in names), self.target / NAME, page)

    def _tell(self, what: str) -> None:
        steps = len(self.chapters) + (2 if self.wish.browser else 1)
        self.progress(self.done, steps * len(self.run.languages), what)

    def _job(self, chapter: Chapter, language: str, work: Path) -> Job:
        parameters: dict[str, Any] = {
            "quarter": str(self.run.quarter),
            "language": language,
            "plan": self.run.plan,
            "as_of": self.run.as_of.isoformat(),
        }
        output = work / f"{chapter.name}-{language}.ipynb"
        return Job(chapter.path, language, parameters, output, self.project.root)

    def _failed(self, outcome: Outcome) -> NotebookFailed:
        """Keep the executed notebook, and make the error that names it."""
        assert outcome.failure is not None  # noqa: S101 - the caller saw it
        kept = ""
        if outcome.job.output.is_file():
            room = self.target / FAILED
            room.mkdir(parents=True, exist_ok=True)
            copy = room / outcome.job.output.name
            shutil.copyfile(outcome.job.output, copy)
            kept = self.project.show(copy)
        return NotebookFailed(self.project.show(outcome.job.notebook), outcome.job.language, outcome.failure, kept)

    def _facts(self, language: str) -> Facts:
        plans = self.catalog.table("plannen")
        plan = plans[plans["plan_id"] == self.run.plan].iloc[0]
        counts = cast("dict[str, dict[str, int]]", self.catalog.summary.get("tables", {})).values()
        standing = [
            other for other in LANGUAGES if other in self.run.languages or (self.target / file_name(other)).is_file()
        ]
        return Facts(
            run=self.run,
            plan=plain_text(str(plan[f"label_{language}"])),
            digest=str(self.catalog.summary["digest"]),
            kept=sum(count["kept"] for count in counts),
            quarantined=sum(count["quarantined"] for count in counts),
            editions=tuple(standing),
            live_editions=tuple(other for other in standing if self._is_live(other)),
        )

    def _is_live(self, language: str) -> bool:
        """Say whether the report in a language will have an interactive edition beside it."""
        if language in self.run.languages:
            return self.wish.interactive
        return (self.target / interactive.file_name(language)).is_file()
