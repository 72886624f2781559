"""The one visual grammar: defined once, told without colour too, and large enough to read."""

from __future__ import annotations

import re
from pathlib import Path

import altair as alt
import pandas as pd
import pytest
from altair.utils.schemapi import SchemaValidationError

from analysis.language import Words
from analysis.views import theme

VIEWS = Path(theme.__file__).parent
MODULES = sorted(path for path in VIEWS.rglob("*.py") if path.name != "theme.py")
#: A colour typed by hand: six or three hexadecimal digits, or a name of CSS.
COLOUR = re.compile(r"""["']#[0-9A-Fa-f]{3,8}["']|["'](?:white|black|gr[ae]y|red|green|blue|orange|steelblue)["']""")
SIZE = re.compile(r"[fF]ont_?[sS]ize")

#: The card under a drawing in the light and in the dark.
CARDS = ("#FFFFFF", "#F4F6F8")


def brightness(colour: str) -> float:
    """Return the relative luminance of WCAG."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of WCAG, from 1 to 21."""
    dark, light = sorted((brightness(one), brightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(VIEWS).as_posix())
def test_no_view_types_a_colour_or_a_size_of_its_own(path: Path) -> None:
    """What is not taken from the theme would soon mean something else on another page."""
    text = path.read_text(encoding="utf-8")
    assert COLOUR.findall(text) == []
    assert SIZE.findall(text) == []


def test_the_search_for_typed_colours_finds_them() -> None:
    """The test above would fail on a colour or a size in a view."""
    assert COLOUR.search('mark_bar(fill="#12436D")')
    assert COLOUR.search("mark_point(fill='white')")
    assert SIZE.search("mark_text(fontSize=8)")


@pytest.mark.parametrize(
    "values",
    [theme.STATUS_SIGNS, theme.STATUS_COLOURS, theme.EVENT_SHAPES, theme.CERTAINTY_FILLS],
    ids=["signs", "status colours", "event shapes", "certainties"],
)
def test_each_meaning_looks_like_no_other(values: dict[str, str]) -> None:
    """Two statuses, kinds or certainties never share a mark."""
    assert len(set(values.values())) == len(values)


def test_kinds_of_figures_differ_without_colour() -> None:
    """Realised, budgeted, planned and estimated have a shape each; what is not yet money spent or voted is hollow."""
    marks = theme.FACTS
    assert len({mark.shape for mark in marks.values()}) == len(marks)
    assert {kind for kind, mark in marks.items() if mark.fill == theme.PAPER} == {"plan", "raming"}
    assert [kind for kind, mark in marks.items() if mark.dash != (1, 0)] == ["raming"]


@pytest.mark.parametrize("status", theme.STATUS_COLOURS)
def test_numbers_on_bars_can_be_read(status: str) -> None:
    """4.5 to 1 between a status's colour and the number that stands on it."""
    assert contrast(theme.STATUS_COLOURS[status], theme.STATUS_INKS[status]) >= 4.5


@pytest.mark.parametrize("card", CARDS)
def test_lines_can_be_seen_on_every_card(card: str) -> None:
    """3 to 1 for whatever carries a meaning as a line, an outline or a point."""
    for colour in (*theme.PALETTE, theme.BESIDE, theme.INK):
        assert contrast(colour, card) >= 3


def test_text_stays_nine_pixels_on_the_smallest_phone() -> None:
    """The narrow drawing shrinks from 340 to 258 pixels: 320, less the margins of the page and of the dark card."""
    sizes = [theme._CONFIG[part][size] for part, size in SIZES]
    assert min(sizes) * 258 / 340 >= 9


SIZES = [
    ("axis", "labelFontSize"),
    ("axis", "titleFontSize"),
    ("legend", "labelFontSize"),
    ("header", "labelFontSize"),
    ("text", "fontSize"),
]


def test_a_scale_follows_the_meaning_and_not_the_word() -> None:
    """Translated labels in another order keep their own colour."""
    scale = theme.scale({"b": "square", "a": "circle"}, {"a": "zeker", "b": "wellicht"}).to_dict()
    assert scale == {"domain": ["wellicht", "zeker"], "range": ["square", "circle"]}


def test_panels_keep_their_order_and_share_their_data() -> None:
    """A facet with as many columns as panels; the report makes fewer of them where there is no room."""
    rows = pd.DataFrame({"paneel": ["b", "a"], "x": [1, 2]})
    spec = theme.panels([alt.Chart().mark_point().encode(x="x:Q")], rows, ["b", "a"], Words("nl"), 100)
    assert (spec["columns"], spec["facet"]["sort"], spec["spec"]["height"]) == (2, ["b", "a"], 100)
    assert len(spec["datasets"]) == 1


def test_a_chart_that_is_not_valid_is_refused_when_it_is_finished() -> None:
    """Its parts are not checked one by one, but the whole is, once."""
    words = Words("nl")
    drawn = theme.base(pd.DataFrame({"x": [1]})).mark_bar().encode(x=alt.X("x:Q"))
    assert theme.spec(drawn, words)["config"]["view"]["stroke"] is None
    wrong = drawn.encode(y=alt.Y("x:Q", axis=alt.Axis(orient="midden")))
    with pytest.raises(SchemaValidationError, match="midden"):
        theme.spec(wrong, words)
    with pytest.raises(SchemaValidationError, match="midden"):
        theme.panels([wrong], pd.DataFrame({"x": [1], "paneel": ["a"]}), ["a"], words, 100)


def test_a_chart_in_other_words_is_checked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other texts and data are as valid; another form, or another value that is no text, is checked again."""
    monkeypatch.setattr(theme, "_VALID", set())
    checked: list[object] = []
    check = alt.Chart.validate
    monkeypatch.setattr(alt.Chart, "validate", lambda _, form: checked.append(form) or check(form))

    def make(title: str, kind: str = "N", size: float = 3, *, values: str = "a") -> None:
        rows = pd.DataFrame({"naam": [values], "waarde": [1]})
        scale = alt.Scale(domain=[values])
        x = alt.X(f"naam:{kind}", title=title, scale=scale, sort=[values])
        theme.spec(theme.base(rows).mark_point(size=size).encode(x=x), Words("nl"))

    make("Wie")
    make("Qui", values="b")
    assert len(checked) == 1
    make("Qui", kind="O")
    make("Qui", size=4)
    assert len(checked) == 3


def test_a_faulty_chart_is_refused_whatever_was_checked_before() -> None:
    """A fault in the second language only does not hide behind the first."""
    rows = pd.DataFrame({"x": [1]})

    def make(sort: str) -> None:
        theme.spec(theme.base(rows).mark_bar().encode(x=alt.X("x:O", sort=sort)), Words("fr"))

    make("descending")
    with pytest.raises(SchemaValidationError):
        make("aflopend")
