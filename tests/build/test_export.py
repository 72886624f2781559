from __future__ import annotations

import base64
import datetime as dt
import hashlib
import re
from itertools import pairwise

import pytest
from bs4 import BeautifulSoup

from analysis.build.export import css_text


@pytest.fixture
def filled(house, figure):
    """A house with two chapters, one with a chart."""
    house.add("00_directieraad", house.text("## Nu\n\nTekst", "nl"), house.text("## Actuel\n\nTexte", "fr"))
    house.add("10_omgeving", house.text("## Wie", "nl"), house.text("## Qui", "fr"), house.figure(figure()))
    return house


def test_only_the_reports_own_language_is_left(filled):
    """A cell in the other language does not reach the file."""
    dutch, french = filled.html("nl"), filled.html("fr")
    assert "Tekst" in dutch
    assert "Texte" not in dutch
    assert "Texte" in french
    assert "Tekst" not in french
    assert '<html lang="fr">' in french


def test_no_code_is_shown(filled):
    """The board reads a report, not a notebook."""
    html = filled.html()
    assert "show()" not in html
    assert "quarter =" not in html


def test_the_policy_names_exactly_the_style_in_the_file(filled):
    """Changing one letter of the style by hand would switch it off."""
    html = filled.html()
    style = re.search(r"<style>(.*?)</style>", html, re.DOTALL)[1]
    hashed = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{hashed}'" in html.replace("&#39;", "'")
    assert "default-src 'none'" in html.replace("&#39;", "'")


def test_nothing_is_loaded_and_nothing_runs(filled):
    """No script, no style attribute, and no address but the sources, the other edition, and the CSV in the file."""
    page = BeautifulSoup(filled.html(), "html.parser")
    assert not page.find_all(["script", "iframe", "object", "embed"])
    assert not page.select("[style], [onclick], [onload]")
    assert [link["href"] for link in page.find_all("link")] == ["data:,"]
    assert not [tag for tag in page.select("[src]") if not tag["src"].startswith("data:")]
    saved = [a for a in page.find_all("a") if a["href"].startswith("data:text/csv;")]
    assert all(a["download"].endswith(".csv") for a in saved)
    outside = {a["href"] for a in page.find_all("a") if not a["href"].startswith("#")} - {a["href"] for a in saved}
    assert outside == {"rapport-fr.html", "https://bisa.example/a?b=1&c=2"}
    assert "url(" not in page.find("style").text
    assert "@import" not in page.find("style").text


def test_the_outline_can_be_walked(filled):
    """One h1, no level skipped, one main, one footer, the skip link first, every link goes somewhere, ids once."""
    page = BeautifulSoup(filled.html(), "html.parser")
    levels = [int(tag.name[1]) for tag in page.find_all(re.compile(r"^h[1-6]$"))]
    assert levels.count(1) == 1
    assert all(below <= above + 1 for above, below in pairwise(levels))
    assert [len(page.find_all(name)) for name in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert page.body.find("a")["href"] == "#inhoud"
    ids = [tag["id"] for tag in page.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in page.select('a[href^="#"]')} <= set(ids)
    referred = {name for tag in page.select("[aria-labelledby]") for name in tag["aria-labelledby"].split()}
    assert referred <= set(ids)


def test_the_contents_list_chapters_and_their_sections(filled):
    """The contents are the headings of the text, in order; the front page, right above them, is one entry."""
    page = BeautifulSoup(filled.html(), "html.parser")
    assert [a["href"] for a in page.select("nav a")] == [
        "#directieraad",
        "#omgeving",
        "#omgeving-wie",
        "#bronnen",
    ]


def test_a_provisional_report_says_so_on_every_page(filled):
    """In the masthead above the front page, at the top of each further chapter, in the title, on each printed page."""
    html = filled.html("fr", provisional=True, as_of=dt.date(2026, 10, 1))
    page = BeautifulSoup(html, "html.parser")
    assert "provisoire" in page.title.text
    assert page.select_one("header .provisional")
    front, *others = page.select(".chapter")
    assert "page-one" in front["class"]
    assert len(others) >= 2
    assert all(chapter.select_one(".provisional") for chapter in others)
    assert '@top-right { content: "Provisoire"' in html
    assert page.body["class"] == ["draft"]


def test_a_final_report_has_no_mark_of_a_provisional_one(filled):
    """The word stands nowhere, not even on paper."""
    html = filled.html("fr")
    assert "rovisoire" not in html
    assert '@top-right { content: ""' in html


def test_rows_in_quarantine_are_told_to_the_reader(filled, summary):
    """A report with data missing says how many rows."""
    assert "Geen enkele rij" in filled.html()
    summary(tables={"budget": {"received": 9, "kept": 7, "quarantined": 2, "corrected": 0}})
    html = filled.html()
    assert "2 rijen zijn wegens een fout opzijgezet" in html
    assert "behield 7 rijen" in html


def test_a_chapter_in_one_language_stands_in_both_reports_with_a_notice(filled):
    """A strategist's own Dutch notebook is not lost for the French reader, and its language is marked."""
    filled.add("60_eigen_werk", filled.text("Mijn analyse", "nl"), title=False)
    french = BeautifulSoup(filled.html("fr"), "html.parser")
    assert french.select_one("#eigen-werk").text == "Eigen werk"
    assert french.select_one('div[lang="nl"]').text == "Mijn analyse"
    assert french.select_one(".notice").text == "Le texte de ce chapitre n’existe qu’en néerlandais."
    assert not BeautifulSoup(filled.html("nl"), "html.parser").select(".notice")


def test_a_running_head_cannot_break_out_of_the_style():
    """A plan may be called anything."""
    assert css_text('"</style>') == '"\\22 \\3c /style\\3e "'


def test_a_report_without_all_rows_says_so_first(filled, summary):
    """A director sees in the masthead, not only at the end, that rows are missing."""
    assert "Onvolledig" not in filled.html()
    summary(tables={"omgeving": {"received": 9, "kept": 7, "quarantined": 2, "corrected": 0}})
    head = BeautifulSoup(filled.html(), "html.parser").header
    assert "Onvolledig 2 rijen" in head.select_one(".provisional").text
