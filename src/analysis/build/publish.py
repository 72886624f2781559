"""Notebooks -> the published report: run all, set all, and only then put the files in their place."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from analysis.build.chapters import Chapter, read_chapters
from analysis.build.execute import Executor, Job, Outcome, run_jobs
from analysis.build.export import Facts, export, file_name
from analysis.build.failure import NotebookFailed
from analysis.build.manifest import NAME, manifest
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
        files: the report, one file per language.
        manifest: what they were made of.
    """

    folder: Path
    files: tuple[Path, ...]
    manifest: Path


def build(
    project: Project,
    run: Run,
    progress: Progress | None = None,
    *,
    folder: Path | None = None,
    executor: Executor = run_jobs,
) -> Published:
    """Run all notebooks in all languages of the run, and publish the report.

    Args:
        project: the project folder, with its processed tables.
        run: the settled parameters; ``run.languages`` says in which languages.
        progress: is told ``(done, total, what)`` as the work goes on.
        folder: where to publish; by default ``reports/<quarter>``.
        executor: runs the notebooks.

    Raises:
        NotebookFailed: a notebook raised an error; it is kept in ``mislukt`` and nothing was published.
        KrachtlijnError: something in the notebooks cannot be shown; nothing was published.
    """
    target = folder or project.reports / str(run.quarter)
    one = _Build(project, run, target, read_chapters(project), Catalog(project), progress or _silent)
    with _work_folder(project.reports) as work:
        executed = one.execute(work, executor)
        fresh = one.export(work, executed)
        return _put(fresh, target, [file_name(language) for language in run.languages])


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
    done: int = 0

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
            self._tell(file_name(language))
            html = export(self.chapters, executed[language], language, self._facts(language))
            (fresh / file_name(language)).write_bytes(html.encode("utf-8"))
            self.done += 1
        content = manifest(self.project, self.run, self.catalog.summary, self.chapters, fresh, self.target)
        (fresh / NAME).write_bytes(content.encode("utf-8"))
        self._tell(NAME)
        return fresh

    def _tell(self, what: str) -> None:
        self.progress(self.done, (len(self.chapters) + 1) * len(self.run.languages), what)

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
            plan=str(plan[f"label_{language}"]),
            digest=str(self.catalog.summary["digest"]),
            kept=sum(count["kept"] for count in counts),
            quarantined=sum(count["quarantined"] for count in counts),
            editions=tuple(standing),
        )


@contextmanager
def _work_folder(reports: Path) -> Iterator[Path]:
    """Open a folder that nobody else uses, and remove it whatever happens."""
    room = reports / ".work"
    room.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=room))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if not any(room.iterdir()):
            room.rmdir()


def _put(fresh: Path, target: Path, names: Sequence[str]) -> Published:
    """Move finished files to their place, each at once; the manifest last."""
    target.mkdir(parents=True, exist_ok=True)
    for name in [*names, NAME]:
        (fresh / name).replace(target / name)
    shutil.rmtree(target / FAILED, ignore_errors=True)  # what failed before is mended now
    return Published(target, tuple(target / name for name in names), target / NAME)
