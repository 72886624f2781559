"""No line of the chapters on the environment, people and money joins different kinds, perimeters or definitions.

The specifications of the charts are read, and every point of every line is looked up in ``data/raw`` by its value and
year: all points of a line must be figures of one series, counted in one way. What the charts themselves call their
points is not believed.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

import pytest

from analysis.figure import Column, Figure, Grid, Origin
from analysis.paths import Project
from analysis.views import Report, omgeving, personeel_budget

#: A way in which a figure was counted, and where it stands: (table, series, ...).
Way = tuple[str, ...]
#: What a figure of a spec is called where it is not the raw value itself, and by how much it was divided.
_SCALE = {"mrd": 1000.0}
#: Lines whose points are reckoned from several raw figures: what must be one and the same in each.
_RECKONED = {
    "personeel_budget-profile": ("onderwerp", "telling"),  # shares of staff
    "personeel_budget-beweging": ("paneel", "stuk"),  # delivered quarters, of which one is absence
    "personeel_budget-pensioen": (),  # one projection
}
#: Departments left the institution at the end of this year; until then its staff is another one.
_OTHER_PERIMETER = {"GOB": 2017}


class Line(NamedTuple):
    """The points of one line, in their order, with what each is measured on."""

    points: list[dict[str, Any]]
    x: str
    y: str


def lines(figure: Figure) -> Iterator[Line]:
    """Return every line that a chart draws, whatever it is called."""
    spec: dict[str, Any] = figure.spec or {}
    yield from _of(spec, spec, spec.get("data", {}), [], {})


def _of(
    node: dict[str, Any], spec: dict[str, Any], data: dict[str, Any], kept: list[str], above: dict[str, Any]
) -> Iterator[Line]:
    data, encoding = node.get("data", data), above | node.get("encoding", {})
    kept = [*kept, *(step["filter"] for step in node.get("transform", []) if "filter" in step)]
    mark = node.get("mark")
    if (mark.get("type") if isinstance(mark, dict) else mark) in ("line", "trail"):
        rows = spec.get("datasets", {}).get(data.get("name"), data.get("values", []))
        yield from _drawn([row for row in rows if all(_true(test, row) for test in kept)], encoding)
    parts = [*node.get("layer", []), *([node["spec"]] if isinstance(node.get("spec"), dict) else [])]
    for part in parts:
        yield from _of(part, spec, data, kept, encoding)


def _drawn(rows: list[dict[str, Any]], encoding: dict[str, Any]) -> Iterator[Line]:
    """Split the rows of a mark as Vega-Lite does: by everything that tells lines apart, and by the panel."""
    apart = ["paneel"]
    for channel in ("detail", "stroke", "color", "strokeDash"):
        named = encoding.get(channel, {})
        apart += [one["field"] for one in (named if isinstance(named, list) else [named]) if "field" in one]
    x, y = encoding["x"]["field"], encoding["y"]["field"]
    groups: dict[tuple[object, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        if row.get(y) is not None:
            groups[tuple(row.get(name) for name in apart)].append(row)
    for own in groups.values():
        if len(own) > 1:
            yield Line(sorted(own, key=lambda row: row[x]), x, y)


def _true(test: str, row: dict[str, Any]) -> bool:
    """Judge a filter of the specification, as far as the charts use them."""
    python = re.sub(r"!(?!=)", " not ", test.replace("===", "==").replace("&&", " and ").replace("||", " or "))
    python = re.sub(r"datum\.(\w+)", lambda name: f"row[{name[1]!r}]", python)
    return bool(eval(python, {"row": row}))  # noqa: S307 - the filters of our own charts


@cache
def _known(project: Project) -> list[tuple[float, int, Way]]:
    """Return all raw figures: value, year, and the way in which each was counted."""
    found = []
    breaks = {(row["reeks"], row["geo"], row["periode"]): row["motivering"] for row in _rows(project, "reeksbreuken")}
    for row in _rows(project, "omgeving"):
        reason = breaks.get((row["indicator"], row["geo"], row["periode"]), "")
        found += _figure(row, ("omgeving", row["indicator"], row["geo"], row["eenheid"], reason))
    for row in _rows(project, "budget"):
        found += _figure(row, ("budget", row["reeks"], row["entiteit"], row["soort"], row["eenheid"]))
    for row in _rows(project, "personeel"):
        year = _year(row["periode"])
        other = str(year <= _OTHER_PERIMETER.get(row["entiteit"], 0) and row["categorie"] != "herberekend")
        annual = str(row["bron_id"].startswith("jaarverslag-"))
        names = ("reeks", "entiteit", "dimensie", "categorie", "eenheid")
        found += _figure(row, ("personeel", *(row[name] for name in names), annual, other))
    return found


def _rows(project: Project, table: str) -> Iterator[dict[str, str]]:
    for path in sorted((project.raw / table).glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            yield from csv.DictReader(stream)


def _figure(row: dict[str, str], way: Way) -> list[tuple[float, int, Way]]:
    try:
        return [(float(row["waarde"]), _year(row["periode"]), way)]
    except ValueError:
        return []  # a grade is no number


def _year(period: str) -> int:
    return int(period[:4]) if period[:4].isdigit() else 0


def ways(project: Project, line: Line) -> set[Way]:
    """Return the ways of counting that hold for every point of a line; none when it joins what differs."""
    scale = _SCALE.get(line.y, 1.0)
    late = 0.0 if line.x == "jaar" else 1.0  # on an axis of days a year may be drawn at its end
    shared: set[Way] | None = None
    for point in line.points:
        value, when = float(point[line.y]) * scale, float(point[line.x])
        near = {
            way
            for known, year, way in _known(project)
            if abs(known - value) < 0.0051 * scale and abs(year - when) <= late
        }
        shared = near if shared is None else shared & near
    return shared or set()


def figures(report: Report) -> list[Figure]:
    """Return the charts of both chapters."""
    challenges = report.now.table("uitdagingen")
    codes = [
        code for code, above in zip(challenges["uitdaging_code"], challenges["hoort_bij"], strict=True) if not above
    ]
    views = [getattr(personeel_budget, name) for name in personeel_budget.__all__]
    views += [getattr(omgeving, name) for name in omgeving.__all__ if name != "challenge"]
    made = [view(report) for view in views] + [omgeving.challenge(report, code) for code in codes]
    return [figure for figure in made if figure.kind == "chart"]


@pytest.mark.parametrize("quarter", ["2021Q4", "2023Q4", "2026Q3"])
def test_no_line_joins_what_was_counted_otherwise(examples: Project, quarter: str) -> None:
    """Of each line there is one series, kind, perimeter and definition in the raw data that holds all its points."""
    drawn = 0
    for figure in figures(Report(quarter, "nl", deliveries="examples", project=examples)):
        for line in lines(figure):
            drawn += 1
            if figure.id in _RECKONED:
                same = [{point[name] for point in line.points} for name in _RECKONED[figure.id]]
                assert all(len(values) == 1 for values in same), figure.id
            elif {point.get("merk") for point in line.points} == {"plan"}:
                assert len(line.points) == 2  # the path of the plan: from where it began to what it aims at
            else:
                assert ways(examples, line), (figure.id, [(point[line.x], point[line.y]) for point in line.points])
    assert drawn >= 10


@pytest.mark.parametrize(
    ("points", "joined"),
    [
        ([(2018, 1400.0), (2019, 1454.0), (2020, 1453.0)], False),
        ([(2017, 1773.0), (2018, 1400.0)], True),  # departments left between the two
        ([(2019, 1454.0), (2021, 1466.0)], True),  # the plan's count and that of an annual report
        ([(2017, 1330.0), (2018, 1400.0)], True),  # recalculated and actual
        ([(2022, 8850.0), (2023, 10000.0)], True),  # direct debt: realised and estimated
        ([(2020, 6400.0), (2021, 6900.0), (2022, 8850.0)], False),
        ([(2019, 6400.0), (2020, 6400.0)], True),  # consolidated and direct debt
    ],
)
def test_the_check_tells_a_join_from_a_line(project: Project, points: list[tuple[int, float]], joined: bool) -> None:
    """Lines that would be wrong are found, by figures that stand in the raw data."""
    line = Line([{"jaar": year, "waarde": value} for year, value in points], "jaar", "waarde")
    assert bool(ways(project, line)) is not joined


def test_a_spec_is_read_as_it_is_drawn() -> None:
    """Filters, panels and details split lines; a mark that is no line is none."""
    rows = [{"x": n, "y": 1.0, "soort": "a" if n < 3 else "b", "eind": n != 1} for n in range(6)]
    shared = {"x": {"field": "x"}, "y": {"field": "y"}}
    layers = [
        {"mark": {"type": "line"}, "encoding": {"detail": {"field": "soort"}}, "transform": [{"filter": "datum.eind"}]},
        {"mark": "point"},
    ]
    spec = {"data": {"values": rows}, "encoding": shared, "layer": layers}
    grid = Grid((Column("x"),), (("1",),))
    figure = Figure("f-x", "chart", title="t", alt="a", spec=spec, grid=grid, origins=(Origin("o", "t", "u", "", "s"),))
    assert [[point["x"] for point in line.points] for line in lines(figure)] == [[0, 2], [3, 4, 5]]
