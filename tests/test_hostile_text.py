"""Whatever stands in a cell of the data, the report shows it as text: no element, link or formula is made of it."""

from __future__ import annotations

import base64
import csv
import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from playwright.sync_api import Page, sync_playwright

from analysis import build, deliveries
from analysis.build import forms
from analysis.build.execute import Executor
from analysis.build.plain import plain_text
from analysis.deliveries import EXAMPLES, RECEIVED, SETS, Which
from analysis.errors import KrachtlijnError
from analysis.intake import intake
from analysis.intake.run import CORRECTIONS
from analysis.params import LANGUAGES, settle
from analysis.paths import Project
from analysis.schema import Field, Package, Table

LONG = 10_000
MANY = 60

#: What stands in the cells; ``kwaad`` names each element and attribute that may never come to be.
TEXTS = (
    "<script kwaad>alert(1)</script>",
    '"><img kwaad src="x" onerror="alert(1)">',
    "'><kwaad-tag onclick='alert(1)'>",
    "x" * LONG,
    "lang woord " * (LONG // 11),
    '" kwaad="1" onmouseover="alert(1)',
    "</style></title></svg></textarea><kwaad-tag>",
    "&lt;kwaad-tag&gt; &amp; &#60;kwaad-tag&#62; ]]> <!-- -->",
    "[klik](javascript:alert(1)) ![p](https://kwaad.example/p.png) **vet** `code` # kop",
    '=HYPERLINK("https://kwaad.example";"klik")',
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\u202e=1+1\u202c",
    "{n} {0} {actions} {{ 7*7 }} {% raw %} %s %(n)s $1 \\1",
    "voor\u202ena\u202c \u2066een\u2067twee\u2069 \u200fdrie\u200e",
    "regel\r\neen\nregel twee\x0b\x1b[31m\x00",
)
#: What stands in the addresses of sources; none of them may become a link but the last one, and that one whole.
ADDRESSES = (
    "javascript:alert(1)",
    " JaVaScRiPt:alert(1)//https://kwaad.example",
    "java\tscript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//kwaad.example",
    'https://kwaad.example/"kwaad="1" onmouseover="alert(1)',
)
#: A fault in these stops the intake as a whole, see below.
STOPS_THE_INTAKE = ("tabel", "sleutel", "kolom")
#: Columns that the code selects by: an odd value in each row would leave nothing to show.
SELECTED_BY = ("eenheid", "instelling", "afkorting")


def is_free(table: Table, item: Field) -> bool:
    """Say whether a column takes any text: its declaration constrains nothing, and no key rests on it."""
    keys = {*table.primary_key, *(part for key in table.foreign_keys for part in key.fields)}
    return (
        item.type == "string"
        and not item.kind
        and not item.number_unless
        and not {"enum", "pattern"} & set(item.constraints)
        and (item.name not in keys or item.name == "gebeurtenis")
        and item.name != "bron_id"
    )


def is_free_key(table: Table, item: Field) -> bool:
    """Say whether a column is part of a key and takes any text that is new."""
    bound = {part for key in table.foreign_keys for part in key.fields}
    free = item.type == "string" and not item.kind and not {"enum", "pattern"} & set(item.constraints)
    return free and item.name in table.primary_key and item.name not in bound


@dataclass(frozen=True)
class Planted:
    """A hostile cell in a raw file: where, and whether the intake must refuse it."""

    file: str
    row: int
    column: str
    refused: bool


def planted(project: Project) -> list[Planted]:
    """Add rows to the raw files, each a copy of the first one with one cell that no rule of its column allows.

    A second row like a correction would be applied twice, so of ``correcties`` the first row itself gets the cell.
    """
    found = []
    for table in Package.load(project.raw / "datapackage.json").tables.values():
        path = project.raw / next((path for path in table.paths if "gob-2021-2026" in path), table.paths[0])
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, first, *rest = csv.reader(stream)
        line = len(path.read_text(encoding="utf-8-sig").splitlines())
        added = []
        for place, item in enumerate(table.fields):
            stops = table.name == CORRECTIONS and item.name in STOPS_THE_INTAKE
            circle = (table.name, item.name) == ("bron_soorten", "bron_id")  # not declared as a reference
            if is_free(table, item) or item.name not in header or stops or circle:
                continue
            cells = dict(zip(header, first, strict=True)) | {item.name: f"{TEXTS[place % 3]} «{table.name}»"}
            added.append([cells[name] for name in header])
            row = 2 if table.name == CORRECTIONS else line + len(added)
            found.append(Planted(project.show(path), row, item.name, not is_free_key(table, item)))
        rows = [*added, *rest] if table.name == CORRECTIONS else [first, *rest, *added]
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows([header, *rows])
    return found


def fill(project: Project) -> None:
    """Put hostile texts into every free column of every processed table."""
    for name, table in Package.load(project.raw / "datapackage.json").tables.items():
        path = project.processed / f"{name}.parquet"
        rows = pd.read_parquet(path)
        for item in table.fields:
            if is_free(table, item):
                rows[item.name] = [hostile(name, item.name, row, old) for row, old in enumerate(rows[item.name])]
        rows.to_parquet(path, index=False)


def fill_deliveries(project: Project) -> None:
    """Put hostile texts into every free column of what was delivered, the longest ones into the youngest rows."""
    package = Package.load(project.raw / "datapackage.json")
    for name, table in deliveries.declared(project, package).items():
        path = deliveries.room(project, EXAMPLES) / f"{name}.parquet"
        rows = pd.read_parquet(path)[::-1]
        for item in table.fields:
            if item.name not in deliveries.PLACE and is_free(table, item):
                rows[item.name] = [hostile(name, item.name, row, old) for row, old in enumerate(rows[item.name])]
        rows[::-1].to_parquet(path, index=False)


def hostile(table: str, column: str, row: int, old: str) -> str:
    """Return what a cell holds: one of the texts, and from which column it comes."""
    if column in SELECTED_BY and row % 4 < 3:
        return old
    if column == "url":
        return ADDRESSES[row % len(ADDRESSES)]
    text = TEXTS[row % len(TEXTS)]
    if len(text) >= LONG - 11 and row > MANY:
        text = TEXTS[0]  # some dozens of the longest are enough, and thousands take minutes
    return f"{text} «{table}.{column}» {row}"


#: Of the report with deliveries: the chapter of them, and page one; the other chapters are the same.
WITH_DELIVERIES = ("00_directieraad.ipynb", "45_voortgang.ipynb")


@pytest.fixture(scope="session")
def published(examples: Project, shared: Path, in_process: Executor) -> Callable[[Which], Path]:
    """Give the folder of a report on hostile data, without or with hostile deliveries: made once for all workers."""

    def publish(which: Which) -> Path:
        copy = Project(shared / f"hostile-{which}")
        with FileLock(shared / f"hostile-{which}.lock"):
            if not (copy.root / "planted.json").is_file():
                told = (_attack if which == RECEIVED else _attack_with_deliveries)(examples, copy)
                run = settle(copy, "2026Q3", deliveries=which)
                build.build(copy, run, executor=in_process, wish=build.Wish(interactive=True))
                (copy.root / "planted.json").write_text(json.dumps(told), encoding="utf-8")
        return copy.reports / ("2026Q3" if which == RECEIVED else "voorbeelden/2026Q3")

    return publish


def _attack(project: Project, copy: Project) -> list[object]:
    """Copy a project; the rows go through the intake, the texts into its tables. Return what was planted, and found."""
    for name in ("data/raw", "params", "notebooks"):
        shutil.copytree(project.root / name, copy.root / name)
    copy.processed.mkdir()
    rows = planted(copy)
    faults = intake(copy).faults
    fill(copy)
    return [[[row.file, row.row, row.column, row.refused] for row in rows], faults]


def _attack_with_deliveries(project: Project, copy: Project) -> list[object]:
    """Copy a project; the texts go into the tables of the intake and of the deliveries."""
    for name in ("data/raw", "params"):
        shutil.copytree(project.root / name, copy.root / name)
    shutil.copytree(project.processed, copy.processed, ignore=shutil.ignore_patterns("ontvangen"))
    copy.notebooks.mkdir()
    for name in WITH_DELIVERIES:
        shutil.copy(project.notebooks / name, copy.notebooks / name)
    fill(copy)
    fill_deliveries(copy)
    return [[], []]


@pytest.fixture(params=SETS)
def attacked(request: pytest.FixtureRequest, published: Callable[[Which], Path]) -> Path:
    """The folder of each report on hostile data."""
    return published(request.param)


def has_deliveries(folder: Path) -> bool:
    """Say which of the two reports this is."""
    return folder.parent.name == "voorbeelden"


@cache
def page_of(folder: Path, language: str) -> BeautifulSoup:
    """Return the report on hostile data in a language."""
    return BeautifulSoup((folder / f"rapport-{language}.html").read_text(encoding="utf-8"), "html.parser")


def shown(text: str) -> str:
    """Return a text as a reader sees it: without marks of direction, spaces and new lines alike."""
    return " ".join(plain_text(text).split())


def csv_files(page: BeautifulSoup) -> Iterator[list[list[str]]]:
    """Return the CSV files that ride along in a report."""
    for link in page.select('a[href^="data:text/csv"]'):
        content = base64.b64decode(str(link["href"]).split(",", 1)[1]).decode("utf-8-sig")
        yield list(csv.reader(io.StringIO(content, newline=""), delimiter=";"))


pytestmark = pytest.mark.slow
LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def test_the_intake_names_each_cell_that_breaks_a_rule(published: Callable[[Which], Path]) -> None:
    """In every column with a type, an enumeration, a pattern or a reference: file, row and column are told."""
    rows, faults = json.loads((published(RECEIVED).parents[1] / "planted.json").read_text(encoding="utf-8"))
    refused = [row for row in rows if row[3]]
    assert len(refused) > 120
    for file, number, column, _ in refused:
        own = [fault for fault in faults if fault.startswith(f"{file}, row {number}, column '")]
        assert any(column in fault.split("'")[1].split(", ") for fault in own), f"{file}, row {number}: {column}"


@pytest.mark.parametrize("column", STOPS_THE_INTAKE)
def test_a_correction_that_names_nothing_stops_the_intake(sandbox: Project, column: str) -> None:
    """A hostile table, key or column in a correction is named; it is neither applied nor passed over."""
    path = sandbox.raw / "correcties/correcties.csv"
    rows = pd.read_csv(path, dtype=str, keep_default_na=False)
    rows.loc[0, column] = TEXTS[1]
    rows.to_csv(path, index=False)
    with pytest.raises(KrachtlijnError) as caught:
        intake(sandbox)
    assert caught.value.where == f"data/raw/correcties/correcties.csv, row 2, column '{column}'"


@LANGUAGE
def test_no_element_and_no_attribute_comes_from_the_data(attacked: Path, language: str) -> None:
    """No script, picture, handler or style, none of the planted names, one style sheet, one policy."""
    page = page_of(attacked, language)
    assert not page.find_all(["script", "img", "iframe", "object", "embed", "form", "input", "base", "kwaad-tag"])
    names = {name for tag in page.find_all(True) for name in tag.attrs}
    assert not {name for name in names if name.startswith("on") or name in ("kwaad", "style", "srcdoc", "formaction")}
    assert [len(page.find_all(name)) for name in ("style", "title", "h1", "main")] == [1, 1, 1, 1]
    assert len(page.select("meta[http-equiv]")) == 1


@LANGUAGE
def test_the_interactive_edition_has_no_script_out_of_the_data(attacked: Path, language: str) -> None:
    """Its own two scripts, and as data what stood in the charts; the page over all reports has none."""
    page = BeautifulSoup((attacked / forms.interactive(language)).read_text(encoding="utf-8"), "html.parser")
    assert [script.get("type") for script in page.find_all("script")] == ["application/json", None]
    assert "<script kwaad>" in json.dumps(json.loads(page.find("script").string))
    reports = next(folder for folder in attacked.parents if folder.name == "reports")
    overview = BeautifulSoup((reports / "index.html").read_text(encoding="utf-8"), "html.parser")
    for one in (page, overview):
        assert not one.select("[kwaad], kwaad-tag, img, [onerror], [onclick], [onmouseover]")
    assert not overview.find("script")


@LANGUAGE
def test_no_link_comes_from_the_data(attacked: Path, language: str) -> None:
    """Only an address of the web becomes a link, whole; what else stands in that column stays text or away."""
    addresses = {str(link["href"]) for link in page_of(attacked, language).find_all(href=True)}
    inside = re.compile(r"#|rapport-|data:,$|data:text/csv;charset=utf-8;base64,[A-Za-z0-9+/=]+$")
    assert {one for one in addresses if not inside.match(one)} == {ADDRESSES[-1]}
    sources = [str(tag["src"]) for tag in page_of(attacked, language).find_all(src=True)]
    assert sources == []


#: Columns whose texts certainly stand in the report.
SHOWN = (
    "bronnen.titel",
    "bronnen.uitgever",
    "bewijs_acties.gebeurtenis",
    "indicatoren.label_{language}",
    "krachtlijnen.label_{language}",
    "omgeving.eenheid",
    "organisaties.label_{language}",
    "plan_acties.label_{language}",
    "plan_doelstellingen.label_{language}",
    "plannen.label_{language}",
    "swot.label_{language}",
    "uitdagingen.label_{language}",
)
SHOWN_OF_DELIVERIES = (
    "beslissingen.effect_{language}",
    "beslissingen.label_{language}",
    "beslissingen.rol",
    "meetpunten.eenheid",
    "meetpunten.label_{language}",
    "mijlpalen.label_{language}",
    "organisaties.afkorting",
    "plan_acties.label_{language}",
    "plan_doelstellingen.label_{language}",
    "voortgang.maatregel_{language}",
    "voortgang.maatregel_rol",
    "voortgang.opmerking_{language}",
    "voortgang.trekker_rol",
)


@LANGUAGE
def test_every_text_stands_in_the_report_as_it_is(attacked: Path, language: str) -> None:
    """Each text can be read, whole, from each column that the report shows."""
    told = " ".join(page_of(attacked, language).body.get_text(" ").split())
    assert [text[:40] for text in TEXTS if shown(text) not in told] == []
    columns = set(re.findall(r"«(\w+\.\w+)»", told))
    names = SHOWN_OF_DELIVERIES if has_deliveries(attacked) else SHOWN
    wanted = {name.format(language=language) for name in names}
    assert wanted <= columns


@LANGUAGE
def test_nothing_turns_the_direction_of_writing(attacked: Path, language: str) -> None:
    """No control of direction is left in the page or its CSV files, and no character that a page may not hold."""
    page = page_of(attacked, language)
    cells = [cell for content in csv_files(page) for row in content for cell in row]
    for text in [str(page), *cells]:
        assert not re.search("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]", text)
    assert "voorna eentwee drie" in page.body.get_text()
    assert "\ufffd[31m\ufffd" in page.body.get_text()


@LANGUAGE
def test_no_cell_of_a_csv_is_a_formula(attacked: Path, language: str) -> None:
    """A spreadsheet sees a text or a number in each cell, never something to calculate."""
    contents = list(csv_files(page_of(attacked, language)))
    cells = [cell for content in contents for row in content for cell in row]
    number = re.compile(r"[+-]?[\d.,\u202f\u00a0]+")
    starts = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF001 - full-width signs start a formula too
    found = [cell for cell in cells if cell.lstrip(" \u00a0\u200b\ufeff").startswith(starts)]
    assert [cell[:60] for cell in found if not number.fullmatch(cell)] == []
    assert len(contents) >= (20 if has_deliveries(attacked) else 40)
    for sign in ("'=HYPERLINK", "'+1+cmd", "'-2+3", "'@SUM", "'\t=1+1", "'=1+1"):
        assert any(cell.startswith(sign) for cell in cells), sign


FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    """A page of the browser that `make test` found."""
    named = os.environ.get("KRACHTLIJN_BROWSER")
    found = named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "no browser: run `make test`, or set KRACHTLIJN_BROWSER"
    with sync_playwright() as playwright:
        one = playwright.chromium.launch(
            executable_path=found, args=[*FLAGS, "--disable-component-update", "--disable-sync"]
        )
        yield one.new_context(offline=True).new_page()
        one.close()


@pytest.mark.browser
@pytest.mark.xdist_group("browser")
@LANGUAGE
@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_text_breaks_no_layout(attacked: Path, tab: Page, language: str, width: int) -> None:
    """The page does not scroll sideways, runs nothing, and no chart grows beyond a screen or two."""
    said: list[str] = []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("dialog", lambda dialog: said.append(dialog.message))
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto((attacked / f"rapport-{language}.html").as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    assert tab.locator("[kwaad], kwaad-tag, script, img, iframe, [onerror], [onclick], [onmouseover]").count() == 0
    heights = tab.evaluate(
        "[...document.querySelectorAll('figure svg')].map(one => one.getBoundingClientRect().height)"
    )
    assert max(heights) < 2000
    assert said == []
