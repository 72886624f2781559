"""A chart's specification -> SVG that may stand inline in the report.

Vega's own labels are English, its ids come from a counter, and its coordinates have fifteen decimals: all that is
mended here. The strict policy of the file forbids style attributes; vl-convert writes none, and none is let through.
"""

from __future__ import annotations

import contextlib
import copy
import gzip
import hashlib
import json
import os
import re
import xml.etree.ElementTree as ET
import zlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal

import vl_convert
from babel import Locale
from babel.dates import get_day_names, get_month_names

from analysis.build.compact import compact
from analysis.files import write_whole
from analysis.language import LOCALES

#: Drawn twice: for a desk or paper, and for a phone. The style shows one of them.
WIDE, NARROW = 680, 340

#: The first that a machine has; written once per drawing.
FONTS = "Arial, 'Liberation Sans', Helvetica, sans-serif"

#: Characters per line of a category's label beside the axis.
_LABEL = {WIDE: 34, NARROW: 18}

_DROPPED = {"class", "role", "pointer-events", "style", "aria-label", "aria-roledescription", "aria-hidden"}
_DECIMALS = re.compile(r"-?\d+\.\d+(?:e-?\d+)?")
_GEOMETRY = {"d", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width", "height", "viewBox"}


def draw(spec: dict[str, Any], width: int, language: str, prefix: str, room: Path | None = None) -> str:
    """Draw a chart as SVG.

    Args:
        spec: the Vega-Lite specification (a single view or layers).
        width: of the whole drawing, in pixels.
        language: for numbers and names of months on the axes.
        prefix: goes before each id in the drawing, so that no two drawings share one.
        room: a folder that remembers drawings; None to draw anew.
    """
    return tidy(remembered(spec, width, language, room) if room else _drawn(spec, width, language), prefix)


def remembered(spec: dict[str, Any], width: int, language: str, room: Path) -> str:
    """Return a drawing as it came from the drawer, out of a folder that remembers it from now on; see :func:`draw`."""
    path = room / f"{_mark(spec, width, language)}.svg.gz"
    with contextlib.suppress(OSError, EOFError, UnicodeDecodeError, zlib.error):
        known = gzip.decompress(path.read_bytes()).decode("utf-8")
        os.utime(path)  # it is of use: pruning looks at this
        return known
    drawn = _drawn(spec, width, language)
    room.mkdir(parents=True, exist_ok=True)
    write_whole(path, gzip.compress(drawn.encode("utf-8"), 1, mtime=0))
    return drawn


def warm_up() -> None:
    """Start the drawer, which takes most of the time of the first drawing."""
    vl_convert.vegalite_to_svg({"mark": "bar", "data": {"values": [{"a": 1}]}})


def _drawn(spec: dict[str, Any], width: int, language: str) -> str:
    sized = fit(_seen(spec), width)
    sized["config"]["aria"] = False  # its labels are taken out anyway: a tenth of the time
    number, time = format_locales(language)
    drawn: str = vl_convert.vegalite_to_svg(sized, format_locale=number, time_format_locale=time)
    return drawn


def _mark(spec: dict[str, Any], width: int, language: str) -> str:
    """Return a checksum of all that a drawing depends on: the chart, the page, the drawer, and this code."""
    content = json.dumps([spec, width, language, _drawer()], sort_keys=True)
    return hashlib.sha256(content.encode("utf-8")).hexdigest()[:40]


@cache
def _drawer() -> list[str]:
    return [version("vl-convert-python"), hashlib.sha256(Path(__file__).read_bytes()).hexdigest()]


def _seen(view: dict[str, Any]) -> dict[str, Any]:
    """Leave out the layers that only answer to a pointer: unseen, they would still ask for room."""
    found = dict(view)
    if "layer" in view:
        found["layer"] = [_seen(layer) for layer in view["layer"] if not _unseen(layer)]
    if "spec" in view:
        found["spec"] = _seen(view["spec"])
    return found


def _unseen(layer: dict[str, Any]) -> bool:
    mark = layer.get("mark")
    return isinstance(mark, dict) and mark.get("opacity") == 0


def fit(spec: dict[str, Any], width: int) -> dict[str, Any]:
    """Return a specification as it is drawn at a width; the interactive edition draws the same."""
    data = spec.get("datasets")
    sized = copy.deepcopy(spec, {id(data): data})  # all but the data, of which no part is changed
    sized["background"] = None  # the card under the drawing has its own colour, also in the dark
    sized.setdefault("config", {})["background"] = None
    if "facet" in sized:
        _fit_panels(sized, width)
        return sized
    sized["width"] = width
    sized.setdefault("autosize", {"type": "fit-x", "contains": "padding"})
    for encoding in _encodings(sized):
        _wrap_labels(encoding, _LABEL[width])
    return sized


def _fit_panels(sized: dict[str, Any], width: int) -> None:
    """Give the panels of small multiples the width that makes the whole as wide as asked.

    Side by side where there is room, else in two columns. Vega-Lite cannot fit them itself, and how much room the
    axis takes is only known once it is drawn: so it is drawn, measured and corrected.
    """
    columns = sized["columns"] if width == WIDE else min(2, sized["columns"])
    sized["columns"] = columns
    sized["spec"]["width"] = width / columns - 2 * columns
    drawn = float(ET.fromstring(vl_convert.vegalite_to_svg(sized)).get("width", width))  # noqa: S314 - our own drawing
    sized["spec"]["width"] = round(sized["spec"]["width"] + (width - drawn) / columns, 2)


def _encodings(view: dict[str, Any]) -> list[dict[str, Any]]:
    found = [view["encoding"]] if "encoding" in view else []
    return found + [encoding for layer in view.get("layer", []) for encoding in _encodings(layer)]


def _wrap_labels(encoding: dict[str, Any], characters: int) -> None:
    """Break long names of categories over lines; Vega would cut them off."""
    channel = encoding.get("y", {})
    if channel.get("type") not in {"nominal", "ordinal"} or channel.get("axis", {}) is None:
        return
    axis = channel.setdefault("axis", {})
    if "labelExpr" not in axis and "format" not in axis and "timeUnit" not in channel:
        pattern = f"regexp('(.{{1,{characters}}})(\\\\s+|$)', 'g')"
        axis["labelExpr"] = f"split(trim(replace(datum.label, {pattern}, '$1\\n')), '\\n')"
        axis["labelLimit"] = 0


@cache
def format_locales(language: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return d3's locales for numbers and dates out of Babel's CLDR.

    >>> format_locales("fr")[1]["shortMonths"][1], format_locales("nl")[0]["decimal"]
    ('févr.', ',')
    """
    locale = Locale.parse(LOCALES[language])
    symbols = locale.number_symbols["latn"]
    number = {
        "decimal": symbols["decimal"],
        "thousands": symbols["group"].replace("\u202f", "\u00a0"),
        "grouping": [3],
        "currency": ["", "\u00a0€"],
    }
    return number, {"dateTime": "%A %e %B %Y %X", "date": "%d/%m/%Y", "time": "%H:%M:%S", "periods": ["AM", "PM"]} | {
        "days": _days(locale, "wide"),
        "shortDays": _days(locale, "abbreviated"),
        "months": list(get_month_names("wide", locale=locale).values()),
        "shortMonths": list(get_month_names("abbreviated", locale=locale).values()),
    }


def _days(locale: Locale, width: Literal["wide", "abbreviated"]) -> list[str]:
    """Return the days as d3 counts them, from Sunday; Babel counts from Monday."""
    names = get_day_names(width, locale=locale)
    return [names[day] for day in (6, 0, 1, 2, 3, 4, 5)]


def tidy(svg: str, prefix: str) -> str:
    """Make a drawing fit to stand inline: no foreign names, no labels, own ids, short numbers.

    >>> tidy('<svg xmlns="http://www.w3.org/2000/svg"><path id="p" style="x" d="M0.123,5" /></svg>', "a")
    ... # doctest: +ELLIPSIS
    '<svg aria-hidden="true" ...><path id="a-p" d="M0.1,5"/></svg>'
    """
    root = ET.fromstring(re.sub(r'\s(xmlns(:\w+)?)="[^"]*"', "", svg).replace("xlink:href", "href"))  # noqa: S314
    _prune(root)
    for element in root.iter():
        _clean(element, prefix)
    compact(root, prefix)
    root.attrib.pop("version", None)
    root.attrib.update({"aria-hidden": "true", "focusable": "false", "font-family": FONTS})
    return ET.tostring(root, encoding="unicode").replace(" />", "/>")  # in a text > is written &gt;


def _prune(parent: ET.Element) -> None:
    """Take out what draws nothing: hidden labels, empty paths, invisible backgrounds."""
    for child in list(parent):
        _prune(child)
        empty = child.tag in {"g", "defs", "text"} and len(child) == 0 and not child.text
        if empty or child.get("opacity") == "0" or child.get("display") == "none" or _draws_nothing(child):
            parent.remove(child)


def _draws_nothing(element: ET.Element) -> bool:
    if element.tag != "path":
        return False
    painted = {"fill", "stroke"} & set(element.attrib)
    return not element.get("d") or (element.get("class") in {"background", "foreground"} and not painted)


def _clean(element: ET.Element, prefix: str) -> None:
    for name in _DROPPED & set(element.attrib):
        del element.attrib[name]
    for name, value in element.attrib.items():
        if name == "id":
            element.set(name, f"{prefix}-{value}")
        elif name in _GEOMETRY:
            element.set(name, _DECIMALS.sub(_rounded, value))
        elif "url(#" in value or (name == "href" and value.startswith("#")):
            element.set(name, value.replace("#", f"#{prefix}-"))
    if element.get("opacity") == "1":
        del element.attrib["opacity"]
    element.attrib.pop("font-family", None)


def _rounded(match: re.Match[str]) -> str:
    return f"{round(float(match[0]), 1) + 0.0:g}" if abs(float(match[0])) < 100_000 else match[0]
