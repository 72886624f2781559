from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from analysis.build import drawing


def parsed(svg):
    """Return the drawing as elements; it is well-formed."""
    return ET.fromstring(svg)  # noqa: S314 - our own drawing


@pytest.fixture
def spec(figure):
    """The specification of the sample chart."""
    return figure().spec


def test_numbers_on_the_axis_follow_the_language(spec):
    """A thousand is 1.000 in Dutch and has a space in French."""
    spec["encoding"]["x"]["axis"] = {"format": ",.0f"}
    assert ">1.000<" in drawing.draw(spec, drawing.WIDE, "nl", "a")
    assert ">1\u00a0000<" in drawing.draw(spec, drawing.WIDE, "fr", "a")


def test_months_on_the_axis_follow_the_language(spec):
    """Dates have no English month names."""
    spec["data"]["values"] = [{"d": "2026-02-01", "n": 1}, {"d": "2026-05-01", "n": 2}]
    spec["encoding"]["y"] = {"field": "d", "type": "temporal", "axis": {"format": "%B"}}
    assert ">mars<" in drawing.draw(spec, drawing.WIDE, "fr", "a")
    assert ">maart<" in drawing.draw(spec, drawing.WIDE, "nl", "a")


def test_the_drawing_may_stand_under_a_strict_policy(spec):
    """No style attribute, no foreign label, nothing loaded, hidden from screen readers."""
    svg = drawing.draw(spec, drawing.WIDE, "nl", "a")
    root = parsed(svg)
    assert root.get("aria-hidden") == "true"
    names = {name for element in root.iter() for name in element.attrib}
    assert not names & {"style", "class", "role", "aria-label", "aria-roledescription"}
    assert "http" not in svg
    assert root.get("font-family") == drawing.FONTS


def test_coordinates_are_short(spec):
    """One decimal is enough on a screen; Vega writes fifteen."""
    root = parsed(drawing.draw(spec, drawing.WIDE, "nl", "a"))
    places = [element.get(name, "") for element in root.iter() for name in ("d", "transform")]
    assert any("." in place for place in places)
    assert not [place for place in places if re.search(r"\.\d\d", place)]


def test_both_sizes_are_as_wide_as_asked(spec):
    """The whole drawing, labels included, has the asked width."""
    widths = {parsed(drawing.draw(spec, width, "nl", "a")).get("width") for width in (680, 340)}
    assert widths == {"680", "340"}


def test_long_names_of_categories_are_broken_not_cut(spec):
    """A board member on a phone still reads the whole name."""
    name = "overgenomen door een hervorming van de instellingen"
    spec["data"]["values"][0]["s"] = name
    text = "".join(parsed(drawing.draw(spec, drawing.NARROW, "nl", "a")).itertext())
    assert "…" not in text
    assert all(word in text for word in name.split())


def test_ids_carry_the_prefix_and_references_follow():
    """Two drawings in one file never share an id."""
    clip = '<clipPath id="c1"><path d="M0,0h1"/></clipPath>'
    svg = f'<svg xmlns="x">{clip}<g clip-path="url(#c1)"><path d="M1,1"/></g></svg>'
    tidied = drawing.tidy(svg, "fig-w")
    assert 'id="fig-w-c1"' in tidied
    assert "url(#fig-w-c1)" in tidied


def test_the_specification_itself_is_left_alone(spec):
    """Drawing the narrow one does not change what the wide one is drawn from."""
    before = repr(spec)
    drawing.draw(spec, drawing.NARROW, "nl", "a")
    assert repr(spec) == before
