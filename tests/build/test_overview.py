from __future__ import annotations

import json
import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from bs4 import BeautifulSoup
from playwright.sync_api import sync_playwright

from analysis import build
from analysis.build import overview
from analysis.build.pdf import _FLAGS, find_browser

FORMS = ("rapport-nl.html", "rapport-nl-interactief.html", "rapport-fr.html", "rapport-fr-interactif.html")


@pytest.fixture
def reports(house, figure):
    """A folder with one report in two languages and two forms."""
    house.add("00_directieraad", house.figure(figure(title="Eén <b>op</b> 101 loopt", kind="sentences", spec=None)))
    house.build(wish=build.Wish(interactive=True))
    return house.project.reports


@pytest.fixture
def page(reports):
    """Make the page and read it."""

    def make():
        return BeautifulSoup(overview.write(reports).read_text(encoding="utf-8"), "html.parser")

    return make


def change(reports, folder="2026Q3", **entry):
    """Change what a manifest says of its Dutch report."""
    path = reports / folder / "manifest.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    content["editions"]["nl"] |= entry
    path.write_text(json.dumps(content), encoding="utf-8")


def links(page):
    """Where the page leads to."""
    return [link["href"] for link in page.find_all("a")]


def test_every_report_makes_the_page_again(house, reports):
    """It stands beside the folders of the quarters, and the build names it."""
    (reports / "index.html").unlink()
    assert house.build().overview == reports / "index.html"
    assert (reports / "index.html").is_file()
    assert {path.name for path in reports.iterdir()} == {"2026Q3", "index.html"}


def test_each_language_has_its_headline_and_a_link_to_each_form(page, reports):
    """The headline is the title of the report's first figure, of whatever kind; it is text, never markup."""
    made = page()
    entries = made.find_all(class_="entry")
    assert [entry["lang"] for entry in entries] == ["nl", "fr"]
    assert [entry.find(class_="headline").text for entry in entries] == ["Eén <b>op</b> 101 loopt"] * 2
    assert set(links(made)) == {f"2026Q3/{name}" for name in FORMS}
    assert all((reports / address).is_file() for address in links(made))


def test_quarters_stand_newest_first_and_other_plans_below_their_quarter(page, reports):
    """A year's end sorts as time does, and a plan of its own is named."""
    for quarter in ("2025Q4", "2026Q1"):
        shutil.copytree(reports / "2026Q3", reports / quarter)
    shutil.copytree(reports / "2026Q3", reports / "2026Q1" / "actiris-mandaat")
    change(reports, "2026Q1/actiris-mandaat", plan_label="Mandaat Actiris")
    made = page()
    assert [heading["id"] for heading in made.find_all("h2")] == ["2026Q3", "2026Q1", "2025Q4"]
    shelves = made.find("section", {"aria-labelledby": "2026Q1"}).find_all(class_="shelf")
    assert "Mandaat Actiris" in shelves[1].text
    assert "2026Q1/actiris-mandaat/rapport-nl.html" in links(shelves[1])


def test_a_provisional_report_is_marked(page, reports):
    """In the language of the report, beside its headline."""
    change(reports, provisional=True)
    dutch, french = page().find_all(class_="entry")
    assert "Voorlopig" in dutch.text
    assert "Provisoire" not in french.text


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda path: path.unlink(), "dit bestand is er niet meer"),
        (lambda path: path.write_text("x", encoding="utf-8"), "na de publicatie gewijzigd"),
    ],
)
def test_a_file_that_is_gone_or_changed_is_named_and_not_linked(page, reports, harm, words):
    """No link leads nowhere, or to something else than what was published; the other forms stay."""
    harm(reports / "2026Q3" / "rapport-nl.html")
    made = page()
    assert "2026Q3/rapport-nl.html" not in links(made)
    assert "2026Q3/rapport-nl-interactief.html" in links(made)
    assert words in made.find(class_="lost").text


@pytest.mark.parametrize("text", ["{", "[]", '{"editions": {"nl": {}}}', '{"editions": {"nl": {"files": 3}}}'])
def test_a_manifest_that_cannot_be_read_is_told(page, reports, text):
    """One damaged folder costs only its own place on the page."""
    shutil.copytree(reports / "2026Q3", reports / "2026Q1")
    (reports / "2026Q1" / "manifest.json").write_text(text, encoding="utf-8")
    made = page()
    section = made.find("section", {"aria-labelledby": "2026Q1"})
    assert "de map 2026Q1" in section.text
    assert "dossier 2026Q1" in section.text
    assert links(section) == []
    assert len(links(made)) == 6


def test_other_folders_are_no_quarters(page, reports):
    """What a person keeps beside the reports is left alone."""
    shutil.copytree(reports / "2026Q3", reports / "oud")
    (reports / "2026Q1").mkdir()
    assert [heading["id"] for heading in page().find_all("h2")] == ["2026Q3"]


def test_an_empty_folder_is_a_clear_page(tmp_path):
    """In both languages, and without a list."""
    made = BeautifulSoup(overview.write(tmp_path / "reports").read_text(encoding="utf-8"), "html.parser")
    assert made.find("h2").text == "Er is nog geen rapport Il n’y a pas encore de rapport"


def test_the_page_is_written_whole_or_not_at_all(reports, monkeypatch):
    """A fault half-way leaves the page that was there, and no other file."""
    before = (reports / "index.html").read_bytes()

    def broken(_):
        raise OSError("full")

    monkeypatch.setattr(overview, "html", broken)
    with pytest.raises(OSError, match="full"):
        overview.write(reports)
    assert (reports / "index.html").read_bytes() == before
    assert {path.name for path in reports.iterdir()} == {"2026Q3", "index.html"}


def test_the_page_has_one_h1_its_landmarks_and_a_strict_policy(page):
    """No script, nothing from outside, all addresses relative: it works from a file share."""
    made = page()
    assert [len(made.find_all(tag)) for tag in ("h1", "header", "main", "footer", "script")] == [1, 1, 1, 1, 0]
    policy = made.find("meta", {"http-equiv": "Content-Security-Policy"})["content"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src" not in policy
    assert not [address for address in links(made) if ":" in address or address.startswith("/")]
    assert {span["lang"] for span in made.find("h1").find_all("span")} == {"nl", "fr"}


def test_each_link_says_where_it_leads(page):
    """A list of links, as a screen reader gives it, tells language, quarter and plan apart."""
    names = [link.text for link in page().select(".forms a")]
    assert len(set(names)) == len(names)
    assert "PDF" not in names
    assert "derde kwartaal 2026" in names[0]


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_page_reads_well_in_a_browser(reports, width, scheme):
    """No rule of accessibility is broken, nothing runs off the side, the console says nothing."""
    change(reports, provisional=True)
    (reports / "2026Q3" / "rapport-fr.html").unlink()
    path = overview.write(reports)
    with sync_playwright() as playwright:
        own = [flag for flag in _FLAGS if "pdf" not in flag and "agent" not in flag]
        browser = playwright.chromium.launch(executable_path=find_browser(), args=own)
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
        heard = []
        page.on("console", lambda message: heard.append(message.text))
        page.goto(path.as_uri())
        assert heard == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page, options={"resultTypes": ["violations"]})
        assert found.violations_count == 0, found.generate_report()
        browser.close()
