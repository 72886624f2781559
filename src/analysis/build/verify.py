"""A published report, made again from its inputs and compared with itself, byte for byte.

It is made in a clean room: a copy of the delivered data, the parameters and the notebooks in a temporary folder, where
the intake and every notebook run anew. So no cache and no earlier result can stand in for the work, and nothing is left
behind in the project.
"""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from analysis.build import crate, inputs, manifest, pdf, workplan
from analysis.build.chapters import read_chapters
from analysis.build.differences import Difference, differences
from analysis.build.failure import NotebookFailed
from analysis.build.manifest import FORMS
from analysis.build.order import Wish
from analysis.catalog import Catalog
from analysis.errors import KrachtlijnError
from analysis.params import LANGUAGES, Language, Run, settle
from analysis.paths import Project
from analysis.quarter import Quarter

#: Makes a report: the project, the run, the folder, what is to be made beside the static report.
Builder = Callable[[Project, Run, Path, Wish], object]


@dataclass(frozen=True)
class Input:
    """An input that is not what it was; ``was`` and ``now`` are short, and empty where there was or is none."""

    name: str
    was: str
    now: str


@dataclass(frozen=True)
class File:
    """A published file beside the one that was made again.

    Attributes:
        name: the file.
        state: ``identical``, ``differs``, ``missing``, ``unknown`` (in the folder, but not in the manifest) or ``not
            made again``.
        intact: it is still the file that was published.
        differences: where it differs.
    """

    name: str
    state: str
    intact: bool = True
    differences: tuple[Difference, ...] = ()

    @property
    def is_good(self) -> bool:
        """Whether nothing is wrong with it."""
        return self.intact and self.state in ("identical", "not made again")


@dataclass(frozen=True)
class Verdict:
    """What came of one report: which inputs changed since, and each of its files."""

    folder: str
    inputs: tuple[Input, ...]
    files: tuple[File, ...]

    @property
    def is_identical(self) -> bool:
        """Whether every file was made again to the byte."""
        return all(file.is_good for file in self.files)


@contextmanager
def clean_room(project: Project) -> Iterator[Project]:
    """Open a copy of what a report is made from, without anything that was made; it is removed whatever happens."""
    with TemporaryDirectory(prefix="krachtlijn-verify-", ignore_cleanup_errors=True) as name:
        room = Project(Path(name).resolve())
        made = shutil.ignore_patterns(project.processed.name, ".ipynb_checkpoints", "__pycache__")
        for folder in (project.root / "data", project.params, project.notebooks):
            shutil.copytree(folder, room.root / project.show(folder), ignore=made)
        room.processed.mkdir(parents=True)
        if (project.root / inputs.LOCK).is_file():
            shutil.copy(project.root / inputs.LOCK, room.root)
        yield room


def browser_for(project: Project, folders: Iterable[Path]) -> str:
    """Return the browser that prints the PDFs of these reports again; empty when none of them has a PDF.

    Raises:
        KrachtlijnError: a manifest is damaged, or there is a PDF and no browser.
    """
    contents = [manifest.read(folder, project.show(folder)) for folder in folders]
    names = [name for content in contents for entry in content["editions"].values() for name in entry["files"]]
    if not any(name.endswith(".pdf") for name in names):
        return ""
    try:
        return pdf.find_browser()
    except KrachtlijnError as fault:
        do = f"set {pdf.NAMED} to Chromium, Chrome or Edge, or give --without-pdf"
        raise KrachtlijnError("no browser can print the PDF again", where=fault.where, why=fault.why, do=do) from fault


def verify(room: Project, folder: Path, where: str, build: Builder, browser: str = "") -> Verdict:
    """Make a report again and compare it.

    Args:
        room: a clean room in which the intake has run.
        folder: where the published report stands.
        where: this folder, as a person writes it.
        build: makes a report, without any cache.
        browser: prints the PDF again; empty when PDFs are only held against their checksum.

    Raises:
        KrachtlijnError: the manifest is damaged, or the report cannot be made again at all.
    """
    content = manifest.read(folder, where)
    changed = tuple(changes(room, content)) or tuple(_tables(room, content))
    with TemporaryDirectory(dir=room.root, prefix="again-", ignore_cleanup_errors=True) as name:
        made = _again(room, content, Path(name), where, _Maker(build, browser))
        files = [_compare(folder, made, file, digest) for file, digest in _named(content, browser).items()]
        text = manifest.text_of({**content, "editions": _entries(made, content, browser)}).encode("utf-8")
        (Path(name) / manifest.NAME).write_bytes(text)
        files.append(_compare(folder, {manifest.NAME: Path(name)}, manifest.NAME, None))
    return Verdict(where, changed, (*files, *_unmade(folder, content, browser), *_strangers(folder, content)))


def changes(project: Project, content: Mapping[str, Any]) -> Iterator[Input]:
    """Yield each input that is no longer what the manifest says, for all languages together.

    Args:
        project: the inputs as they are now.
        content: the manifest.
    """
    now = {
        "raw": inputs.raw(project),
        "params": inputs.params(project, Quarter.parse(content["quarter"])),
        "notebooks": inputs.notebooks(project, read_chapters(project)),
        "lock": inputs.lock(project),
        "code": inputs.code(),
        "made_with": inputs.made_with(),
    }
    found: dict[Input, None] = {}
    for entry in content["editions"].values():
        for group, names in now.items():
            found |= dict.fromkeys(_unlike(group, entry[group], names))
    yield from found


def _tables(room: Project, content: Mapping[str, Any]) -> Iterator[Input]:
    """Yield each table that the intake made otherwise; worth telling only when all that it is made from is the same."""
    made, place = Catalog(room).summary, f"{room.show(room.processed)}/{{}}"
    entries = content["editions"].values()
    now = [inputs.of_data(room, made, *manifest.deliveries_of([entry]))["files"] for entry in entries]
    found = (_unlike("data", entry["data"]["files"], own) for entry, own in zip(entries, now, strict=True))
    yield from dict.fromkeys(Input(place.format(one.name), one.was, one.now) for group in found for one in group)


def _unlike(group: str, was: Mapping[str, str], now: Mapping[str, str]) -> Iterator[Input]:
    said = {"code": "the code: {}", "made_with": "made with: {}"}.get(group, "{}")
    for name in sorted({*was, *now}):
        if was.get(name) != now.get(name):
            yield Input(said.format(name), *(str(side.get(name, ""))[:12] for side in (was, now)))


@dataclass(frozen=True)
class _Maker:
    """How reports are made here."""

    build: Builder
    browser: str

    def make(self, room: Project, run: Run, folder: Path, *, live: bool, paper: bool) -> None:
        self.build(room, run, folder, Wish(interactive=live, browser=self.browser if paper else ""))


def _again(room: Project, content: Mapping[str, Any], work: Path, where: str, maker: _Maker) -> dict[str, Path]:
    """Make all editions again, as they were made; return for each file the folder that it stands in."""
    runs = {language: _run(room, content, language) for language in LANGUAGES if language in content["editions"]}
    groups = [tuple(runs)] if _are_of_one_run(content, runs) else [(language,) for language in runs]
    found: dict[str, Path] = {}
    try:
        for group in groups:
            folder = work / "-".join(group)
            for other, live in _beside(content, group):  # the edition links to them, so they have to be there
                maker.make(room, replace(runs[group[0]], languages=(other,)), folder, live=live, paper=False)
            forms = {kind for language in group for kind in _forms(content, language)}
            run = replace(runs[group[0]], languages=group)
            maker.make(room, run, folder, live="interactive" in forms, paper="pdf" in forms)
            found |= {form(language): folder for language in group for form in FORMS.values()}
    except NotebookFailed as fault:
        do = f"run `krachtlijn report {content['quarter']}` to see it as it ran"
        raise KrachtlijnError(f"{where} cannot be made again", where=fault.where, why=fault.why, do=do) from fault
    return found


def _run(room: Project, content: Mapping[str, Any], language: Language) -> Run:
    """Settle the parameters that an edition was made with, whatever the clock and the parameter files say today."""
    entry = content["editions"][language]
    as_of = dt.date.fromisoformat(entry["as_of"])
    (which,) = manifest.deliveries_of([entry])
    given = {"plan": entry["plan"], "as_of": as_of, "languages": [language], "deliveries": which}
    run = settle(room, content["quarter"], dt.date.max, **given)
    return replace(run, provisional=entry["provisional"], publication_lag_days=entry["publication_lag_days"])


def _are_of_one_run(content: Mapping[str, Any], runs: Mapping[Language, Run]) -> bool:
    """Say whether one run makes all editions as they are: with the same parameters, each linking to all others."""
    own = {replace(run, languages=()) for run in runs.values()}
    live = {"interactive" in _forms(content, language) for language in runs}
    linked = [dict(_beside(content, (language,))) for language in runs]
    whole = [dict.fromkeys((other for other in runs if other != language), next(iter(live))) for language in runs]
    return len(own) == len(live) == 1 and linked == whole


def _beside(content: Mapping[str, Any], group: tuple[Language, ...]) -> list[tuple[Language, bool]]:
    """Return the languages outside a group that its editions link to, and whether with live charts."""
    names = {name for language in group for name in content["editions"][language]["beside"]}
    others = [language for language in LANGUAGES if language not in group and FORMS["html"](language) in names]
    return [(language, FORMS["interactive"](language) in names) for language in others]


def _forms(content: Mapping[str, Any], language: str) -> set[str]:
    return {kind for kind, form in FORMS.items() if form(language) in content["editions"][language]["files"]}


def _named(content: Mapping[str, Any], browser: str) -> dict[str, str]:
    """Return the files to make again, with the checksums that they were published with."""
    files = {name: digest for entry in content["editions"].values() for name, digest in entry["files"].items()}
    return {name: digest for name, digest in files.items() if browser or not name.endswith(".pdf")}


def _compare(folder: Path, made: Mapping[str, Path], name: str, digest: str | None) -> File:
    published, again = folder / name, made[name] / name
    if not published.is_file():
        return File(name, "missing", intact=False)
    intact = digest is None or manifest.is_intact(published, digest)
    if not again.is_file():
        return File(name, "differs", intact, (Difference("the whole file", "was not made again"),))
    found = tuple(differences(published, again))
    return File(name, "differs" if found else "identical", intact, found)


def _entries(made: Mapping[str, Path], content: Mapping[str, Any], browser: str) -> dict[str, Any]:
    """Return the manifest's entries as they were made again; what was not printed again keeps its checksum."""
    found = {}
    for language, before in content["editions"].items():
        again = manifest.read(made[FORMS["html"](language)], "the report that was made again")["editions"][language]
        kept = {name: digest for name, digest in before["files"].items() if name not in _named(content, browser)}
        names = [name for name in before["files"] if name in again["files"] | kept]
        found[language] = again | {"files": {name: (again["files"] | kept)[name] for name in names}}
    return found


def _unmade(folder: Path, content: Mapping[str, Any], browser: str) -> Iterator[File]:
    """Yield what is held against its checksum only: PDFs without a browser, and the record of the run."""
    named = _named(content, browser)
    files = {name: digest for entry in content["editions"].values() for name, digest in entry["files"].items()}
    for name, digest in files.items():
        if name not in named:
            state = "not made again" if (folder / name).is_file() else "missing"
            yield File(name, state, manifest.is_intact(folder / name, digest))
    yield _record(folder / crate.NAME, files)


def _record(path: Path, files: Mapping[str, str]) -> File:
    """Hold the record of the run against the files that it tells of: times cannot be made again, checksums can."""
    beside = [path.with_name(name) for name in (manifest.NAME, workplan.NAME)]
    absent = [one.name for one in (path, *beside) if not one.is_file()]
    if absent:
        return File(absent[0], "missing", intact=False)
    files = {**files, **{one.name: manifest.sha256(one) for one in beside}}
    try:
        told = {part["@id"]: part.get("sha256") for part in json.loads(path.read_text(encoding="utf-8"))["@graph"]}
    except (ValueError, LookupError, TypeError, AttributeError):
        return File(crate.NAME, "differs", intact=False, differences=(Difference("the whole file", "is damaged"),))
    wrong = [name for name in files if told.get(name) != files[name]]
    found = tuple(Difference(name, "has another checksum in the record than in the manifest") for name in wrong)
    return File(crate.NAME, "differs" if wrong else "not made again", not wrong, found)


def _strangers(folder: Path, content: Mapping[str, Any]) -> Iterator[File]:
    """Yield reports in the folder that the manifest does not know: nobody can say what they were made of."""
    known = {name for entry in content["editions"].values() for name in entry["files"]}
    found = [path.name for path in sorted(folder.iterdir()) if path.suffix in (".html", ".pdf") and path.is_file()]
    yield from (File(name, "unknown", intact=False) for name in found if name not in known)
