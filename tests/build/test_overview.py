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
    shutil.copytree(reports / "2026Q3", reports / "actiris-mandaat" / "2026Q1")
    change(reports, "actiris-mandaat/2026Q1", plan_label="Mandaat Actiris")
    made = page()
    assert [heading["id"] for heading in made.find_all("h2")] == ["2026Q3", "2026Q1", "2025Q4"]
    shelves = made.find("section", {"aria-labelledby": "2026Q1"}).find_all(class_="shelf")
    assert "Mandaat Actiris" in shelves[1].text
    assert "actiris-mandaat/2026Q1/rapport-nl.html" in links(shelves[1])


def test_a_quarter_may_have_a_report_of_another_plan_only(page, reports):
    """Its own report is not made up."""
    shutil.copytree(reports / "2026Q3", reports / "actiris-mandaat" / "2025Q4")
    section = page().find("section", {"aria-labelledby": "2025Q4"})
    assert len(section.find_all(class_="shelf")) == 1
    assert all(address.startswith("actiris-mandaat/2025Q4/") for address in links(section))


def frozen(reports, *earlier, folder="2026Q3", kept="2026Q3"):
    """Freeze a report, after as many earlier editions as reasons are given."""
    for number, reason in enumerate(earlier, start=1):
        room = reports / "uitgaven" / kept / str(number)
        shutil.copytree(reports / folder, room)
        before = {"reason": earlier[number - 2], "issued_on": f"2026-11-2{number}"} if number > 1 else {}
        days = {"frozen_on": "2026-11-20", "replaced_on": f"2026-12-0{number}", "replaced_because": reason}
        (room / "uitgave.json").write_text(json.dumps({"number": number, **before, **days}), encoding="utf-8")
    if earlier:
        now = {"number": len(earlier) + 1, "reason": earlier[-1], "issued_on": f"2026-12-0{len(earlier)}"}
        (reports / folder / "uitgave.json").write_text(json.dumps(now), encoding="utf-8")
    (reports / folder / "bevroren.json").write_text('{"frozen_on": "2026-12-04", "by": "x"}', encoding="utf-8")


def test_a_frozen_quarter_is_marked_in_both_languages(page, reports):
    """With the day; a first edition has no number."""
    frozen(reports)
    assert [mark.text for mark in page().select(".frozen")] == [
        "Bevroren sinds 4 december 2026",
        "Rapport figé depuis le 4 décembre 2026",
    ]
    assert page().find(class_="edition") is None


def test_editions_stand_newest_first_with_their_reason_and_days(page, reports):
    """Each says why it was made, and leads to its own files, which are told apart by their number."""
    frozen(reports, "een fout in <b>tabel 3</b>", "nieuwe cijfers")
    made = page()
    entry = made.find(class_="entry")
    assert entry.find(class_="edition").text == "Uitgave 3 · Gepubliceerd op 2 december 2026"
    reasons = [reason.text for reason in entry.find_all(class_="reason")]
    assert reasons == ["Reden: nieuwe cijfers", "Reden: een fout in <b>tabel 3</b>"]
    told = [one.find("p").text for one in entry.select(".earlier > li")]
    days = ("Gepubliceerd op 22 november 2026", "Bevroren op 20 november 2026", "Vervangen op 2 december 2026")
    assert told == [
        " · ".join(("Uitgave 2", *days)),
        "Uitgave 1 · Bevroren op 20 november 2026 · Vervangen op 1 december 2026",
    ]
    assert "Édition 1 · Figée le 20 novembre 2026 · Remplacée le 1er décembre 2026" in made.text
    assert {f"uitgaven/2026Q3/{number}/{name}" for number in (1, 2) for name in FORMS} < set(links(made))
    assert all((reports / address).is_file() for address in links(made))
    names = [link.text for link in made.select(".forms a")]
    assert len(set(names)) == len(names) == 12


def test_the_editions_of_another_plan_are_its_own(page, reports):
    """They stand below that plan's report."""
    shutil.copytree(reports / "2026Q3", reports / "actiris-mandaat" / "2026Q3")
    frozen(reports, "een fout", folder="actiris-mandaat/2026Q3", kept="2026Q3-actiris-mandaat")
    own, other = page().find_all(class_="shelf")
    assert own.find(class_="earlier") is None
    assert "uitgaven/2026Q3-actiris-mandaat/1/rapport-nl.html" in links(other)


def test_an_edition_that_is_published_still_is_no_earlier_one(page, reports):
    """A run that was killed between keeping it and replacing it leaves both."""
    frozen(reports, "een fout")
    (reports / "2026Q3" / "uitgave.json").unlink()
    assert page().find(class_="earlier") is None


def test_earlier_editions_stay_listed_when_the_report_is_gone(page, reports):
    """What the board has seen can be found, though nothing newer stands there."""
    frozen(reports, "een fout")
    shutil.rmtree(reports / "2026Q3")
    entry = page().find(class_="entry")
    assert links(entry.find(class_="headline")) == []
    assert links(entry) == ["uitgaven/2026Q3/1/rapport-nl.html", "uitgaven/2026Q3/1/rapport-nl-interactief.html"]


@pytest.mark.parametrize("text", ["{", "[]", '{"number": "2"}', '{"number": 2, "issued_on": "gisteren"}', "3", "{}"])
def test_damaged_marks_cost_only_what_they_say(page, reports, text):
    """A mark that cannot be read still marks; an edition without record is listed by its number."""
    frozen(reports, "een fout")
    for name in ("2026Q3/bevroren.json", "uitgaven/2026Q3/1/uitgave.json"):
        (reports / name).write_text(text, encoding="utf-8")
    entry = page().find(class_="entry")
    assert entry.find(class_="frozen").text == "Bevroren"
    assert entry.select_one(".earlier p").text == "Uitgave 1"
    assert "uitgaven/2026Q3/1/rapport-nl.html" in links(entry)


def test_an_earlier_edition_that_cannot_be_read_is_told(page, reports):
    """It is named, without links."""
    frozen(reports, "een fout")
    (reports / "uitgaven" / "2026Q3" / "1" / "manifest.json").write_text("{", encoding="utf-8")
    made = page()
    assert "de map uitgaven/2026Q3/1 staat, is niet leesbaar" in made.find(class_="lost").text
    assert set(links(made)) == {f"2026Q3/{name}" for name in FORMS}


def test_folders_of_an_earlier_layout_do_no_harm(page, reports):
    """A plan's report inside the quarter's folder, and a failed notebook there, are left alone."""
    shutil.copytree(reports / "2026Q3", reports / "2026Q3" / "actiris-mandaat")
    for name in ("mislukt", "mislukt/2026Q1", "2026Q3/mislukt", "uitgaven/2026Q3/x", "uitgaven/oud/1"):
        (reports / name).mkdir(parents=True)
    assert set(links(page())) == {f"2026Q3/{name}" for name in FORMS}


def test_the_page_is_made_after_any_other_run_that_makes_it(house, reports):
    """The last one has seen all reports; what a killed run left of it goes."""
    (reports / ".index-x").write_text("half", encoding="utf-8")
    overview.renew(house.project)
    assert {path.name for path in reports.iterdir()} == {"2026Q3", "index.html"}


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
    frozen(reports, "een fout in de tabel van de personeelsleden, gemeld door de dienst Begroting", "x" * 300)
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
