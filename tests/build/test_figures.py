from __future__ import annotations

import base64
import datetime as dt
import re
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup

from analysis.build.figures import Register, Setting, figure_html
from analysis.build.prose import Ids
from analysis.errors import KrachtlijnError
from analysis.figure import Column, Grid
from analysis.language import Words


def setting(language="nl"):
    """A file without figures."""
    return Setting(Words(language), dt.date(2026, 11, 14), Ids(), Register())


@pytest.fixture
def soup():
    """Draw a figure and parse it."""

    def make(figure, language="nl", level=4):
        html = figure_html(figure.carrier(), setting(language), level, "cell")
        return BeautifulSoup(html, "html.parser")

    return make


def test_a_chart_is_one_image_with_its_text_alternative(soup, figure):
    """A screen reader meets one image, named by its text alternative, and two drawings that it skips."""
    page = soup(figure())
    image = page.find("figure")
    assert image["role"] == "img"
    assert page.find(id=image["aria-labelledby"]).text == "Eén staaf."
    drawings = image.find_all("svg")
    assert len(drawings) == 2
    assert all(drawing["aria-hidden"] == "true" for drawing in drawings)


def test_the_message_stands_outside_the_image_at_its_level(soup, figure):
    """The title is a heading of the outline, not part of the drawing."""
    page = soup(figure(), level=5)
    assert page.find("h5").text == "Eén loopt"
    assert not page.find("figure").find("h5")


def test_the_data_behind_a_chart_are_a_table(soup, figure):
    """Numbers stand right, headers have a scope, and a group is a heading over its rows."""
    table = soup(figure()).select_one("details table")
    assert [th["scope"] for th in table.select("th")] == ["col", "col", "row", "rowgroup", "row"]
    assert [td.text for td in table.select("td.number")] == ["1.053,5", "2,0"]
    assert table.select_one("tr.group").text == "Rest"
    assert table.caption.text == "Eén loopt"


def test_only_sources_on_the_web_are_links(soup, figure):
    """A document without an address is named as a document, and nothing links to 'document:'."""
    sources = soup(figure()).select(".sources li")
    assert [item.text for item in sources] == ["BISA, Een & ander", "GOB, Het plan (document)"]
    assert [a["href"] for item in sources for a in item.select("a")] == ["https://bisa.example/a?b=1&c=2"]


def test_many_sources_are_folded_away_but_all_there(soup, figure):
    """A figure on forty sources does not push the next one off the screen."""
    origins = tuple(replace(figure().origins[0], title=f"Bron {number}") for number in range(6))
    page = soup(figure(origins=origins))
    assert page.select_one("details.sources summary").text == "6 bronnen"
    assert [item.text for item in page.select("details.sources li")] == [f"BISA, Bron {number}" for number in range(6)]
    assert page.select_one(".on-paper").text == "Bronnen [1–6]"


def test_a_source_keeps_its_number_through_the_report(figure):
    """The list at the end names each source once, in the order in which the figures cite them."""
    register = Register()
    first, second = figure().origins
    assert register.cite((first, first)) == [(1, first)]
    assert register.cite((second, first)) == [(2, second), (1, first)]
    listed = BeautifulSoup(register.html(Words("nl")), "html.parser").select("li")
    assert [item.text for item in listed] == ["BISA, Een & ander.", "GOB, Het plan (document)."]


def test_the_list_of_sources_gives_day_and_licence_where_known(figure):
    """A source's day of publication and licence stand beside it; of how many they are unknown is counted."""
    register = Register()
    known = replace(figure().origins[0], published="2024-03-01", licence="Open data")
    register.cite((known, figure().origins[1]))
    page = BeautifulSoup(register.html(Words("nl")), "html.parser")
    assert page.li.text == "BISA, Een & ander, 1 maart 2024. Licentie: Open data."
    assert "van 1 is de dag niet bekend, van 1 de licentie" in page.p.text


def test_a_figure_says_when_it_was_known_and_hands_over_its_data(soup, figure):
    """Under each figure: the as-of date, and its table as a CSV that needs no network."""
    foot = soup(figure()).select_one(".stand")
    assert foot.text.startswith("Stand van 14 november 2026")
    link = foot.a
    assert link["download"] == "proef-kaart.csv"
    content = base64.b64decode(link["href"].partition("base64,")[2]).decode("utf-8-sig")
    assert content.splitlines() == ["Groep;Status;Aantal", ";loopt;1053,5", "Rest;<geen spoor>;2,0"]
    assert soup(figure(kind="sentences", spec=None, grid=None)).select_one(".stand") is None


def test_a_table_of_reference_is_folded_away(soup, figure):
    """What is looked up rather than read does not stand in the way; its size is said."""
    page = soup(figure(kind="table", spec=None, reference=True))
    assert page.select_one("details.reference summary").text == "Toon de tabel van 2 rijen"
    assert page.select_one("details.reference table")
    assert not soup(figure(kind="table", spec=None)).select("details.reference")


def test_a_chart_that_would_disclose_single_cases_is_refused(figure):
    """501 rows behind one drawing are persons or files, not a summary of them."""
    rows = [{"s": str(number % 7), "n": number} for number in range(501)]
    with pytest.raises(KrachtlijnError, match="more rows than it may disclose"):
        figure_html(figure(spec=figure().spec | {"data": {"values": rows}}).carrier(), setting(), 4, "cell 3")


def test_a_chart_that_weighs_too_much_is_refused(figure):
    """Whoever mails the report never sends a chart of megabytes: the build says which one."""
    rows = [{"s": str(number), "n": number * 1.234567} for number in range(400)]
    mark = {"data": {"values": rows}, "mark": "point"}
    with pytest.raises(KrachtlijnError, match="too heavy") as caught:
        figure_html(figure(spec=figure().spec | mark).carrier(), setting(), 4, "cell 3")
    assert "proef-kaart" in str(caught.value)


def test_texts_are_texts(figure):
    """A label with < in it is shown, not run."""
    html = figure_html(figure(title="<script>x</script>").carrier(), setting(), 4, "cell")
    assert "<script" not in html
    assert "&lt;geen spoor&gt;" in html


def test_a_chart_without_a_text_alternative_is_refused(figure):
    """The export fails and says where, rather than publish an image that some cannot read."""
    content = figure().carrier() | {"alt": ""}
    with pytest.raises(KrachtlijnError) as caught:
        figure_html(content, setting(), 4, "notebooks/10_x.ipynb, cell 3")
    assert "10_x.ipynb, cell 3" in caught.value.where
    assert "text alternative" in str(caught.value)


def test_a_table_of_texts_becomes_cards_and_keeps_its_roles(soup, figure):
    """On a phone each cell names its column; for a screen reader it stays a table."""
    columns = (Column("Code"), Column("Doel"), Column("Acties (aantal)", "number"))
    grid = Grid(columns, (("1.1", "Een lang doel", "12"),))
    page = soup(figure(kind="table", spec=None, grid=grid))
    assert page.select_one(".rows table")["role"] == "table"
    assert [td["data-label"] for td in page.select("td")] == ["Doel", "Acties (aantal)"]
    assert not page.select(".scroll")


def test_a_verdict_stands_out_from_its_reason(soup, figure):
    """The eye that runs down the boordtabel meets the statuses; in French too, where a blank precedes the colon."""
    columns = (Column("Lijn"), Column("Status", lead=True))
    grid = Grid(columns, (("1", "▲ laat: 1.3.3"), ("2", "? onbekend"), ("3", "▲ retard\u00a0: 1.3.3")))
    cells = soup(figure(kind="table", spec=None, grid=grid)).select("td")
    assert [cell.strong.text for cell in cells] == ["▲ laat", "? onbekend", "▲ retard"]
    assert cells[0].text == "▲ laat: 1.3.3"


def test_a_table_of_numbers_scrolls_by_keyboard(soup, figure):
    """Whoever cannot swipe can reach the columns at the right."""
    page = soup(figure(kind="table", spec=None))
    region = page.select_one(".scroll")
    assert region["tabindex"] == "0"
    assert page.find(id=region["aria-labelledby"]).name == "caption"


def test_sentences_are_a_list_and_a_single_one_a_paragraph(soup, figure):
    """Computed statements are text, not a picture of text."""
    alone = figure(kind="sentences", spec=None, grid=None, sentences=("Een.",))
    assert soup(alone).select_one("p.sentence").text == "Een."
    two = figure(kind="sentences", spec=None, grid=None, sentences=("Een.", "Twee."))
    assert [item.text for item in soup(two).select(".sentences li")] == ["Een.", "Twee."]


def test_a_figure_shown_twice_has_its_own_ids(figure):
    """The board's chapter may repeat a figure of another chapter."""
    page = setting()
    both = "".join(figure_html(figure().carrier(), page, 4, "cell") for _ in range(2))
    found = re.findall(r' id="([^"]+)"', both)
    assert len(found) == len(set(found))
    assert "proef-kaart-2" in found


def test_the_words_around_a_figure_follow_the_language(soup, figure):
    """A French report has no Dutch button."""
    assert soup(figure(), "fr").select_one("details summary").text == "Les chiffres derrière ce graphique"
