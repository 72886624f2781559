"""Which cells a reader sees: sections of which every figure is absent are left out."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from analysis.deliveries import EXAMPLES
from analysis.figure import Figure

ABSENT = Figure("proef-weg", "absent", "Niets geleverd")


def headings(html):
    """Return the sections of the report."""
    return [tag.get_text() for tag in BeautifulSoup(html, "html.parser").select("main h3")]


def test_a_section_that_has_nothing_to_show_is_left_out_with_its_prose(house, figure):
    """So a chapter tells only of what was delivered; the sections around it stay."""
    house.add(
        "00_a",
        house.text("## Eerst\n\nTekst een", "nl"),
        house.figure(figure()),
        house.text("## Leeg\n\nTekst leeg", "nl"),
        house.text("## Vide\n\nTexte vide", "fr"),
        house.figure(ABSENT),
        house.figure(ABSENT),
        house.text("## Laatst\n\nTekst drie", "nl"),
    )
    html = house.html()
    assert "Leeg" not in headings(html)
    assert "Tekst leeg" not in html
    assert "Niets geleverd" not in html
    assert [title for title in headings(html) if title in ("Eerst", "Laatst")] == ["Eerst", "Laatst"]
    assert "Texte vide" not in house.html("fr")


@pytest.mark.parametrize("order", [0, 1])
def test_a_section_with_something_to_show_stays(order, house, figure):
    """Only the absent figure goes."""
    cells = [house.figure(figure()), house.figure(ABSENT)]
    house.add("00_a", house.text("## Samen\n\nTekst", "nl"), *(cells if order else reversed(cells)))
    html = house.html()
    assert "Samen" in headings(html)
    assert "proef-kaart" in html
    assert "proef-weg" not in html


def test_a_chapter_keeps_its_title_when_all_is_absent(house, figure):
    """The chapter itself was asked for; what stands before its first section stays."""
    house.add("00_a", house.figure(figure()))
    house.add("10_b", house.text("Inleiding", "nl"), house.figure(ABSENT))
    html = house.html()
    assert "Titel 10_b" in html
    assert "Inleiding" in html


def test_a_report_with_made_up_deliveries_says_so_on_every_page(house, figure):
    """On the screen at the head of each chapter; on paper at the head of each page and across it."""
    house.add("00_a", house.figure(figure()))
    house.add("10_b", house.figure(figure(id="proef-b")))
    page = BeautifulSoup(house.html("nl", deliveries=EXAMPLES), "html.parser")
    chapters = page.select("main .chapter:not(.page-one)")
    assert chapters
    assert all("Fictief" in chapter.select_one(".provisional").get_text() for chapter in chapters)
    assert "Fictief" in page.select_one("header .provisional").get_text()
    assert "draft" in page.body["class"]
    style = page.find("style").text
    assert style.count('"Fictief"') >= 2
    assert "fictieve voorbeeldleveringen" in page.title.get_text()
    assert "Fictief" not in house.html("nl")


def test_a_report_with_made_up_deliveries_never_stands_among_the_real_ones(house, figure):
    """It has a folder of its own, and the page over all reports names it as what it is."""
    house.add("00_a", house.figure(figure()))
    real, made_up = house.build(), house.build(deliveries=EXAMPLES)
    assert real.folder.relative_to(house.project.reports).as_posix() == "2026Q3"
    assert made_up.folder.relative_to(house.project.reports).as_posix() == "voorbeelden/2026Q3"
    overview = made_up.overview.read_text(encoding="utf-8")
    assert "fictieve voorbeeldleveringen" in overview
    assert "livraisons d’exemple fictives" in overview
