"""A figure carries all that the report needs, and shows itself in JupyterLab."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from analysis.figure import MIME, Column, Figure, Grid, Origin, carrier_in

GRID = Grid((Column("Jaar"), Column("Personen", "number", "nl")), (("2020", "1.453"), ("2021", "–")), {0: "GOB"})
SPEC: dict[str, Any] = {"mark": "bar", "data": {"values": [{"a": 1}]}, "encoding": {"x": {"field": "a"}}}


def chart() -> Figure:
    """A small chart."""
    origin = Origin("b", "Titel", "Uitgever", "", "officieel")
    return Figure(
        "een", "chart", "Boodschap <1>", alt="Eén balk", grid=GRID, spec=SPEC, origins=(origin,), notes=("n",)
    )


def in_two_languages() -> Figure:
    """A small chart with its French one in it."""
    return replace(chart(), language="nl", others={"fr": replace(chart(), title="Message")})


def test_a_figure_survives_the_way_through_json() -> None:
    """What the notebook stores is what the report draws."""
    assert Figure.from_carrier(json.loads(json.dumps(chart().carrier()))) == chart()


def test_jupyterlab_shows_the_picture_with_its_message_and_sources() -> None:
    """The preview needs no style, no script and no network, and escapes what it shows."""
    bundle = chart()._repr_mimebundle_()
    assert bundle[MIME]["id"] == "een"
    assert "Boodschap &lt;1&gt;" in bundle["text/html"]
    assert 'src="data:image/png;base64,' in bundle["text/html"]
    assert "Uitgever, Titel" in bundle["text/html"]
    assert bundle["image/png"].startswith("iVBOR")


def test_a_figure_in_one_language_says_nothing_of_languages() -> None:
    """Its carrier is that of the figure alone."""
    assert not {"language", "others"} & set(chart().carrier())


def test_a_figure_in_several_languages_holds_the_figure_in_each() -> None:
    """Out of its carrier comes, for each language, what a run in that language alone gives; JSON keeps all of it."""
    content = json.loads(json.dumps(in_two_languages().carrier()))
    assert carrier_in(content, "nl") == json.loads(json.dumps(chart().carrier()))
    assert carrier_in(content, "fr") == json.loads(json.dumps(replace(chart(), title="Message").carrier()))
    assert Figure.from_carrier(content) == in_two_languages()


def test_a_language_that_a_figure_does_not_have_is_named() -> None:
    """A figure in one language is returned as it is: nobody wrote down which language that is."""
    with pytest.raises(ValueError, match="figure een is not in the language 'de', only in: nl, fr"):
        carrier_in(in_two_languages().carrier(), "de")
    assert carrier_in(chart().carrier(), "de") == chart().carrier()


def test_a_figure_in_several_languages_is_not_drawn_for_jupyterlab(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is for the build: the table of the first language stands in place of the picture."""
    monkeypatch.setattr("analysis.figure._png", lambda _: pytest.fail("a picture was drawn"))
    bundle = in_two_languages()._repr_mimebundle_()
    assert set(bundle) == {MIME, "text/html", "text/plain"}
    assert bundle[MIME]["others"]["fr"]["title"] == "Message"
    assert "Boodschap" in bundle["text/html"]
    assert "<td>1.453</td>" in bundle["text/html"]
    assert "<img" not in bundle["text/html"]


def test_jupyterlab_shows_a_table_with_its_groups() -> None:
    """Group headings span the table."""
    text = Figure("twee", "table", "T", grid=GRID)._repr_mimebundle_()["text/html"]
    assert '<th colspan="2">GOB</th>' in text
    assert "<td>1.453</td>" in text


@pytest.mark.parametrize("missing", ["alt", "spec", "grid"])
def test_a_chart_without_alternative_spec_or_data_is_refused(missing: str) -> None:
    """No chart reaches a reader who cannot see it without words."""
    parts: dict[str, Any] = {"alt": "a", "spec": SPEC, "grid": GRID}
    with pytest.raises(ValueError, match="a chart needs"):
        Figure("drie", "chart", "T", **(parts | {missing: None}))


def test_a_table_without_a_grid_is_refused() -> None:
    """An empty table figure is a fault of its view."""
    with pytest.raises(ValueError, match="a table needs"):
        Figure("vier", "table", "T")
