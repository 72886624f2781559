"""Eurostat's statistics API: one dataset, filtered to one series, as JSON-stat 2.0.

Method: the JSON-stat 2.0 standard (Badosa, json-stat.org) and Eurostat's description of its statistics API. A figure
stands at the place that its categories have in the cube; each dimension but time must hold the one category that was
asked for, so that every place is a period.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote, urlencode

from analysis.refresh.answer import Answer, changed, empty, number, parsed
from analysis.refresh.links import Link

TIME = "time"
_PERIOD = re.compile(r"(\d{4})(?:-?(?:Q([1-4])|S([12])|(\d{2})))?", re.ASCII)


def address(base: str, link: Link) -> str:
    """Return where the figures of a series are asked for.

    >>> address("https://host/data", Link("a", "BE", "eurostat", "demo_r_d2jan", {"geo": "BE", "sex": "T"}))
    'https://host/data/demo_r_d2jan?format=JSON&lang=EN&geo=BE&sex=T'
    """
    return f"{base.rstrip('/')}/{quote(link.dataset)}?{urlencode({'format': 'JSON', 'lang': 'EN', **link.filters})}"


def page(base: str, link: Link) -> str:  # noqa: ARG001 - as that of the other provider
    """Return where a person reads the dataset."""
    return f"https://ec.europa.eu/eurostat/databrowser/view/{quote(link.dataset)}/default/table"


def read(content: bytes, link: Link) -> Answer:
    """Read an answer.

    Args:
        content: as it came.
        link: the series; its filters name a category of each dimension.

    Raises:
        KrachtlijnError: it is cut off or has another form: a dimension less or more, another unit, a text in place of
            a number, or nothing.
    """
    cube = parsed(content, link)
    _refuse_messages(cube, link)
    sizes = _sizes(cube, link)
    for name, wanted in link.filters.items():
        _check_one(cube, name, wanted, link)
    wide = [name for name, size in sizes.items() if size > 1 and name not in (TIME, *link.filters)]
    if wide:
        raise changed(link, f"the dimension '{wide[0]}' has several categories", "add it to the filters of this row")
    periods = {place: code for code, place in _places(cube, TIME, link).items()}
    figures = {
        _period(_at(periods, place, link), link): number(value, _at(periods, place, link), link)
        for place, value in _cells(cube.get("value"), link)
    }
    if not figures:
        raise empty(link)
    return Answer(figures, _flags(cube, periods, link), _updated(cube.get("updated")))


def _refuse_messages(cube: dict[str, Any], link: Link) -> None:
    for name in ("error", "warning"):
        if name in cube:
            raise changed(link, f"it is a message: {str(cube[name])[:200]}", "try again later; else check the filters")
    if cube.get("class") != "dataset":
        raise changed(link, f"its class is {str(cube.get('class'))[:40]!r}, not a dataset of JSON-stat 2.0")


def _sizes(cube: dict[str, Any], link: Link) -> dict[str, int]:
    """Return the dimensions with how many categories each has; all that was asked for are there."""
    names, sizes = cube.get("id"), cube.get("size")
    if not isinstance(names, list) or not isinstance(sizes, list) or len(names) != len(sizes):
        raise changed(link, "it does not say which dimensions it has ('id' and 'size')")
    for name in (*link.filters, TIME):
        if name not in names:
            raise changed(link, f"the dimension '{name}' is missing")
    return {str(name): int(number(size, str(name), link)) for name, size in zip(names, sizes, strict=True)}


def _check_one(cube: dict[str, Any], name: str, wanted: str, link: Link) -> None:
    """A dimension holds what was asked for and nothing else; an empty answer holds nothing, and is told as such."""
    found = list(_places(cube, name, link))
    if found and found != [wanted]:
        raise changed(link, f"'{name}' is {', '.join(found)[:80]} where {wanted} was asked for")


def _places(cube: dict[str, Any], name: str, link: Link) -> dict[str, int]:
    """Return the categories of a dimension with their places; an index may be left out where there is one."""
    try:
        category = cube["dimension"][name]["category"]
        index = category.get("index", list(category.get("label", {})))
        if isinstance(index, list):
            return {str(code): place for place, code in enumerate(index)}
        return {str(code): int(place) for code, place in index.items()}
    except (LookupError, TypeError, AttributeError, ValueError) as fault:
        raise changed(link, f"the dimension '{name}' does not say which categories it has") from fault


def _cells(values: object, link: Link) -> Iterator[tuple[int, object]]:
    """Yield each figure with its place: a list with every place, or an object with those that are known."""
    if isinstance(values, list):
        yield from ((place, value) for place, value in enumerate(values) if value is not None)
    elif isinstance(values, dict) and all(str(place).isdecimal() for place in values):
        yield from ((int(place), value) for place, value in values.items() if value is not None)
    else:
        raise changed(link, "its figures ('value') are neither a list nor an object")


def _at(periods: Mapping[int, str], place: int, link: Link) -> str:
    if place not in periods:
        raise changed(link, f"it holds a figure at place {place}, where it names no period")
    return periods[place]


def _period(code: str, link: Link) -> str:
    """Return a period as we write it: 2025, 2025Q3, 2025H1, 2025-09."""
    match = _PERIOD.fullmatch(code)
    if not match:
        raise changed(link, f"'{code[:40]}' is no period that we know")
    year, quarter, half, month = match.groups()
    return f"{year}Q{quarter}" if quarter else f"{year}H{half}" if half else f"{year}-{month}" if month else year


def _flags(cube: dict[str, Any], periods: Mapping[int, str], link: Link) -> dict[str, str]:
    """Return what Eurostat says of single figures: b a break, e estimated, p provisional, u of low reliability."""
    status = cube.get("status") or {}
    known = ((int(place), str(flag)) for place, flag in status.items()) if isinstance(status, dict) else ()
    return {_period(periods[place], link): flag for place, flag in known if place in periods and flag}


def _updated(text: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(str(text)[:10])
    except ValueError:
        return None
