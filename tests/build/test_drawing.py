from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import altair as alt
import pandas as pd
import pytest

from analysis.build import drawing
from analysis.language import Words
from analysis.views import theme


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


@pytest.fixture
def panels():
    """Four small multiples with an axis of long numbers."""
    rows = pd.DataFrame({"paneel": list("abcd") * 2, "x": [1] * 4 + [2] * 4, "n": [100_000] * 8})
    mark = alt.Chart().mark_line().encode(x="x:Q", y="n:Q")
    return theme.panels([mark], rows, list("abcd"), Words("nl"), 100)


@pytest.mark.parametrize(("width", "columns"), [(drawing.WIDE, 4), (drawing.NARROW, 2)])
def test_panels_fill_the_width_in_as_many_columns_as_fit(panels, width, columns):
    """Side by side on a desk, two by two on a phone; axes and headings included in the width."""
    drawn = parsed(drawing.draw(panels, width, "nl", "a"))
    assert float(drawn.get("width")) == pytest.approx(width, abs=1.5)
    assert drawing.fit(panels, width)["columns"] == columns
    headings = [element.text for element in drawn.iter("text") if element.text in set("abcd")]
    assert headings == list("abcd")


def test_one_panel_is_no_column_too_many():
    """A chart of one area fills the phone on its own."""
    rows = pd.DataFrame({"paneel": ["a", "a"], "x": [1, 2]})
    one = theme.panels([alt.Chart().mark_point().encode(x="x:Q")], rows, ["a"], Words("nl"), 100)
    assert drawing.fit(one, drawing.NARROW)["columns"] == 1


def test_marks_that_repeat_are_all_drawn(spec):
    """As many marks as rows, though their outline is written once."""
    spec["data"]["values"] = [{"s": str(number), "n": number} for number in range(1, 31)]
    spec["mark"] = {"type": "point", "filled": True}
    drawn = drawing.draw(spec, drawing.WIDE, "nl", "a")
    assert len(list(parsed(drawn).iter("use"))) == 30


def test_drawing_twice_gives_the_same_bytes(spec, panels):
    """The report is byte-identical when it is built again."""
    for content in (spec, panels):
        assert drawing.draw(content, drawing.NARROW, "fr", "a") == drawing.draw(content, drawing.NARROW, "fr", "a")


def test_what_only_answers_to_a_pointer_takes_no_room(panels):
    """The unseen points of the interactive edition change nothing in the drawing."""
    plain = drawing.draw(panels, drawing.WIDE, "nl", "a")
    panels["spec"]["layer"].append({"mark": {"type": "point", "opacity": 0, "size": 900}, "encoding": {}})
    assert drawing.draw(panels, drawing.WIDE, "nl", "a") == plain
    assert len(panels["spec"]["layer"]) == 2
