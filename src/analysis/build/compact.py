"""A drawing -> the same drawing in fewer bytes: what repeats is written once.

Vega repeats the outline of a symbol at each point, the style at each mark, and wraps all in groups that say nothing.
Here a repeated outline becomes one definition with uses, a style that all children of a group share stands at the
group, parallel rules become one path, and empty groups go. What is seen stays the same, and the same
drawing always gives the same bytes.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
import zlib
from collections import Counter

#: What children take over from their group (SVG's inherited presentation attributes that Vega writes).
_INHERITED = (
    "fill",
    "fill-opacity",
    "font-size",
    "font-style",
    "font-weight",
    "stroke",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-miterlimit",
    "stroke-opacity",
    "stroke-width",
    "text-anchor",
)
#: What holds without being said; written out by Vega all the same.
_DEFAULTS = {"opacity": "1", "stroke-width": "1", "text-anchor": "start", "font-weight": "normal"}
_TRANSLATION = re.compile(r"^translate\((-?[\d.]+),(-?[\d.]+)\)$")
#: An outline that stands in a drawing as often as this is defined once.
_REPEATED = 3


def compact(root: ET.Element, prefix: str) -> None:
    """Make a drawing smaller, in place.

    Args:
        root: the ``svg`` element; its numbers are already rounded.
        prefix: of this drawing alone; the ids of its definitions are made from it.

    >>> mark = '<path transform="translate(1,2)" d="M0,0h1" fill="red" />'
    >>> svg = ET.fromstring(f"<svg><g>{3 * mark}</g></svg>")
    >>> compact(svg, "a")
    >>> [element.tag for element in svg.iter()], svg[1].attrib
    (['svg', 'defs', 'path', 'g', 'use', 'use', 'use'], {'fill': 'red'})
    """
    for element in root.iter():
        _without_defaults(element, root)
        _placed(element)
    _join_rules(root)
    _define_repeated(root, prefix)
    _hoist(root)
    _unwrap(root)
    _dress(root)


def _without_defaults(element: ET.Element, root: ET.Element) -> None:
    """Take out what holds anyway; nothing above a mark says otherwise, as Vega styles each mark itself."""
    for name, value in _DEFAULTS.items():
        if element.tag != "g" and element is not root and element.get(name) == value:
            del element.attrib[name]
    size = element.get("font-size", "")
    if size.endswith("px"):
        element.set("font-size", size.removesuffix("px"))


def _shift(element: ET.Element) -> tuple[float, float] | None:
    """Return how far an element is moved; None where it is also turned or sized."""
    transform = element.get("transform")
    if transform is None:
        return 0.0, 0.0
    match = _TRANSLATION.match(transform)
    return (float(match[1]), float(match[2])) if match else None


def _number(value: float) -> str:
    return f"{round(value, 1) + 0.0:g}"


def _placed(element: ET.Element) -> None:
    """Write the place of a text of one line as x and y, and leave out a group's move by nothing."""
    shift = _shift(element)
    if element.tag == "g" and shift == (0.0, 0.0):
        element.attrib.pop("transform", None)
    if element.tag == "text" and len(element) == 0 and shift and not {"x", "y"} & set(element.attrib):
        element.attrib.pop("transform", None)
        style = dict(element.attrib)
        element.attrib.clear()
        element.attrib.update({"x": _number(shift[0]), "y": _number(shift[1])} | style)


# --- rules: many lines of one style are one path ---


def _join_rules(parent: ET.Element) -> None:
    for child in parent:
        _join_rules(child)
    lines = [child for child in parent if child.tag == "line"]
    if not lines or len(lines) != len(parent) or any(_shift(line) is None for line in lines):
        return
    styles = [_style_of(line) for line in lines]
    if all(style == styles[0] for style in styles):
        path = ET.Element("path", {"d": "".join(_segment(line) for line in lines)} | styles[0])
        parent[:] = [path]


def _style_of(line: ET.Element) -> dict[str, str]:
    return {name: value for name, value in line.attrib.items() if name not in {"transform", "x1", "y1", "x2", "y2"}}


def _segment(line: ET.Element) -> str:
    x, y = _shift(line) or (0.0, 0.0)
    x1, y1, x2, y2 = (float(line.get(name, "0")) for name in ("x1", "y1", "x2", "y2"))
    start = f"M{_number(x + x1)},{_number(y + y1)}"
    if y1 == y2:
        return f"{start}h{_number(x2 - x1)}"
    if x1 == x2:
        return f"{start}v{_number(y2 - y1)}"
    return f"{start}l{_number(x2 - x1)},{_number(y2 - y1)}"


# --- outlines that repeat ---


def _define_repeated(root: ET.Element, prefix: str) -> None:
    outlines = Counter(path.get("d", "") for path in root.iter("path") if path.get("id") is None and _shift(path))
    repeated = [outline for outline, count in outlines.items() if count >= _REPEATED]
    # each mark repeats the name, so it is short; the prefix itself would be a third of the drawing
    short = f"m{zlib.crc32(prefix.encode()):x}"
    names = {outline: f"{short}-{number}" for number, outline in enumerate(repeated, 1)}
    for path in list(root.iter("path")):
        shift, name = _shift(path), names.get(path.get("d", ""))
        if shift is None or name is None or path.get("id") is not None:
            continue
        style = {key: value for key, value in path.attrib.items() if key not in {"d", "transform"}}
        place = {"x": _number(shift[0]), "y": _number(shift[1])}
        path.tag, path.attrib = "use", {"href": f"#{name}"} | place | style
    if names:
        definitions = ET.Element("defs")
        definitions.extend(ET.Element("path", {"id": name, "d": outline}) for outline, name in names.items())
        root.insert(0, definitions)


# --- styles that a group shares ---


def _hoist(group: ET.Element) -> None:
    """Write at the group what most of its children say, where all of them say something."""
    for child in group:
        if child.tag in {"g", "text"}:
            _hoist(child)
    if group.tag not in {"g", "svg"}:
        return
    drawn = [child for child in group if child.tag not in {"defs", "clipPath"}]
    for name in _INHERITED if len(drawn) > 1 else ():
        values = Counter(child.get(name) for child in drawn)
        if None in values or len(values) == len(drawn) > 1:
            continue
        common = values.most_common(1)[0][0]
        for child in drawn:
            if child.get(name) == common:
                del child.attrib[name]
        group.set(name, str(common))


# --- groups that say nothing ---


def _unwrap(parent: ET.Element) -> None:
    """Put the children of a group that says nothing, or that holds one thing only, in the group's own place."""
    for child in list(parent):
        _unwrap(child)
    kept: list[ET.Element] = []
    for child in parent:
        if child.tag != "g" or (child.attrib and not _absorbed(child)):
            kept.append(child)
        else:
            kept.extend(child)
    parent[:] = kept


def _absorbed(group: ET.Element) -> bool:
    """Give what a group says to its only child; say whether that was possible."""
    if len(group) != 1 or not set(group.attrib) <= {"transform", *_INHERITED}:
        return False
    child, outer = group[0], _shift(group)
    inner = _shift(child)
    if outer is None or inner is None or child.get("clip-path"):
        return False
    moved = (outer[0] + inner[0], outer[1] + inner[1])
    for name in set(group.attrib) - {"transform"} - set(child.attrib):
        child.set(name, group.attrib[name])
    if group.get("transform") is not None:
        child.set("transform", f"translate({_number(moved[0])},{_number(moved[1])})")
    return True


def _dress(root: ET.Element) -> None:
    """Put the attributes in one order: a set has none, and the same drawing must give the same bytes."""
    for element in root.iter():
        first = [name for name in element.attrib if name not in _INHERITED]
        rest = [name for name in _INHERITED if name in element.attrib]
        element.attrib = {name: element.attrib[name] for name in (*first, *rest)}
