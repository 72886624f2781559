"""New vintages in place: checked as the intake will, then written whole, and named in the data package last."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd

from analysis import lock
from analysis.errors import KrachtlijnError
from analysis.files import write_whole
from analysis.paths import Project
from analysis.refresh.compare import News
from analysis.schema import Package, Table

FACTS, SOURCES = "omgeving", "bronnen"
#: How the files of a refresh begin; what follows is its day, and from the second one of a day its number.
PREFIX = "verversing-"
_DECLARATION = "datapackage.json"
_PUBLISHERS = {"eurostat": "Eurostat", "bestat": "Statbel"}
_TITLES = {"eurostat": "Eurostat", "bestat": "be.STAT"}
_LICENCES = {
    "eurostat": "Eurostat: hergebruik met bronvermelding (CC BY 4.0, Besluit 2011/833/EU)",
    "bestat": "Statbel (open data/be.STAT): hergebruik toegestaan met bronvermelding; "
    "exacte licentietekst niet nagelezen",
}

_NO_CORRECTIONS = pd.DataFrame(columns=["tabel"])

Rows = list[dict[str, str]]


def put_in_place(project: Project, found: Sequence[News], day: dt.date, pages: Mapping[str, str]) -> Path:
    """Write what came in as new files beside the old ones; all of it or nothing.

    Args:
        project: the project folder.
        found: per series what is new.
        day: of the answers; the figures count as known from then.
        pages: per dataset where a person reads it.

    Returns:
        The file with the figures.

    Raises:
        KrachtlijnError: a row would not pass the intake; then nothing is written.
    """
    stamp = _stamp(project, day)
    rows = {SOURCES: _sources(found, stamp, pages), FACTS: _facts(found, stamp, day)}
    package = Package.load(project.raw / _DECLARATION)
    content = {name: _csv(package.tables[name], own) for name, own in rows.items()}
    _check(project, package, content, day)
    with lock.in_turn(project, "intake"):
        _write(project, content, stamp, day)
    return project.raw / FACTS / f"{PREFIX}{stamp}.csv"


def source_id(found: News, stamp: str) -> str:
    """Return the code of the source: its provider, dataset and day; what another day says is another source."""
    return f"{found.link.provider}-{found.link.dataset}-{stamp}"


def _facts(found: Sequence[News], stamp: str, day: dt.date) -> Rows:
    return [
        {
            "indicator": one.link.series,
            "uitdaging": one.challenge,
            "geo": one.link.geo,
            "periode": period,
            "waarde": f"{value:f}",
            "eenheid": one.link.unit,
            "bron_id": source_id(one, stamp),
            "gepubliceerd": day.isoformat(),
            "gepubliceerd_afgeleid": "nee",
            "vindplaats": _place(one),
            "opmerking": _note(one, period),
        }
        for one in found
        for period, value in one.figures.items()
    ]


def _place(one: News) -> str:
    asked = "; ".join(f"{name}={value}" for name, value in one.link.filters.items())
    column = f"kolom {one.link.value}" if one.link.value else ""
    return "; ".join(part for part in (column, asked) if part)


def _note(one: News, period: str) -> str:
    """Return when the provider last changed the dataset, what it says of the figure, and what it replaces."""
    updated = f"dataset bijgewerkt op {one.answer.updated}" if one.answer.updated else ""
    flag = f"vlag {one.answer.flags[period]}" if period in one.answer.flags else ""
    before = f"herziet {one.revised[period][0]:f}" if period in one.revised else ""
    return "; ".join(part for part in (updated, flag, before) if part)


def _sources(found: Sequence[News], stamp: str, pages: Mapping[str, str]) -> Rows:
    rows = {
        source_id(one, stamp): {
            "bron_id": source_id(one, stamp),
            "titel": f"{_TITLES[one.link.provider]}: {one.link.dataset}, antwoord van {stamp}",
            "uitgever": _PUBLISHERS[one.link.provider],
            "soort": "officieel",
            "url": pages[one.link.dataset],
            "licentie": _LICENCES[one.link.provider],
        }
        for one in found
    }
    return list(rows.values())


def _csv(table: Table, rows: Rows) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, table.columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8")


def _check(project: Project, package: Package, content: Mapping[str, bytes], day: dt.date) -> None:
    """Let the intake judge the new rows as its own, in a folder beside the project.

    What they refer to is read from the project as it was delivered. Rows with a fault would only be set aside later, so
    a refresh that makes them is wrong as a whole.
    """
    from analysis.intake import reader, run
    from analysis.intake.expectations import Judge  # takes seconds, so only when there is something to judge

    others = {key.table for name in content for key in package.tables[name].foreign_keys} - {""}
    kept = {name: reader.read(project, package.tables[name]).rows for name in others}
    judge = Judge()
    with tempfile.TemporaryDirectory() as folder:
        beside = Project(Path(folder))
        for name, whole in content.items():
            (beside.raw / name).mkdir(parents=True)
            (beside.raw / name / "new.csv").write_bytes(whole)
            table = replace(package.tables[name], paths=(f"{name}/new.csv",))
            raw = reader.read(beside, table)
            result = run.sort(table, raw, _NO_CORRECTIONS, kept, judge, day)
            if result.faults:
                raise KrachtlijnError(
                    f"the refresh was not written: {len(result.aside)} of its rows would go into quarantine",
                    where=name,
                    why="\n".join(str(fault) for fault in result.faults[:5]),
                    do="tell us; until then leave the series out with --only",
                )
            kept[name] = pd.concat([kept[name], result.kept]) if name in kept else result.kept


def _stamp(project: Project, day: dt.date) -> str:
    """Return the day, with a number when there was a refresh on it already."""
    named = {path for table in Package.load(project.raw / _DECLARATION).tables.values() for path in table.paths}
    stamps = (day.isoformat() if number == 1 else f"{day}-{number}" for number in range(1, 1000))
    return next(stamp for stamp in stamps if f"{FACTS}/{PREFIX}{stamp}.csv" not in named)


def sweep(project: Project) -> None:
    """Take away files of a refresh that was ended before it named them: they never counted, and stop the intake."""
    package = Package.load(project.raw / _DECLARATION)
    for name in (FACTS, SOURCES):
        for path in (project.raw / name).glob(f"{PREFIX}*.csv"):
            if f"{name}/{path.name}" not in package.tables[name].paths:
                path.unlink()


def _write(project: Project, content: Mapping[str, bytes], stamp: str, day: dt.date) -> None:
    """Write the files, then the declaration that makes them count; what cannot be finished is taken away again."""
    files = {name: f"{name}/{PREFIX}{stamp}.csv" for name in content}
    declaration = project.raw / _DECLARATION
    text = named(declaration.read_text(encoding="utf-8"), files, day)
    try:
        for name, whole in content.items():
            write_whole(project.raw / files[name], whole)
        write_whole(declaration, text.encode("utf-8"))
    except BaseException:
        for path in files.values():
            (project.raw / path).unlink(missing_ok=True)
        raise


def named(text: str, files: Mapping[str, str], day: dt.date) -> str:
    """Return the data package with one more file per table, and the day of the refresh.

    Its form stays as it is, so that a person sees what changed and nothing else.

    Args:
        text: of ``datapackage.json``.
        files: per table the path of its new file.
        day: becomes ``krachtlijn:refreshed``.

    >>> was = '{"krachtlijn:collected": "2026-10-08", "resources": [{"name": "a", "path": "a/b.csv"}]}'
    >>> json.loads(named(was, {"a": "a/c.csv"}, dt.date(2026, 11, 23)))["resources"][0]["path"]
    ['a/b.csv', 'a/c.csv']
    """
    wanted = json.loads(text)
    for resource in wanted["resources"]:
        if resource["name"] in files:
            old = resource["path"]
            resource["path"] = [*([old] if isinstance(old, str) else old), files[resource["name"]]]
    wanted["krachtlijn:refreshed"] = day.isoformat()
    edited = _edited(text, wanted, set(files))
    return edited if _parses_to(edited, wanted) else json.dumps(wanted, indent=2, ensure_ascii=False) + "\n"


def _edited(text: str, wanted: dict[str, Any], tables: set[str]) -> str:
    for resource in wanted["resources"]:
        if resource["name"] in tables:
            text = _with_value(text, text.find(f'"name": "{resource["name"]}"'), "path", resource["path"])
    if '"krachtlijn:refreshed"' in text:
        return _with_value(text, 0, "krachtlijn:refreshed", wanted["krachtlijn:refreshed"])
    day = wanted["krachtlijn:refreshed"]
    return text.replace('"krachtlijn:collected"', f'"krachtlijn:refreshed": "{day}",\n  "krachtlijn:collected"', 1)


def _with_value(text: str, start: int, key: str, value: object) -> str:
    """Return the text with another value of the first such property from a place on."""
    sign = f'"{key}": '
    begin = text.find(sign, max(start, 0)) + len(sign)
    _, end = json.JSONDecoder().raw_decode(text, begin)
    return text[:begin] + json.dumps(value, ensure_ascii=False) + text[end:]


def _parses_to(text: str, wanted: object) -> bool:
    try:
        return bool(json.loads(text) == wanted)
    except ValueError:
        return False
