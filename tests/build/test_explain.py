from __future__ import annotations

import csv
import json
import re

import pytest

from analysis.build.explain import as_json, explain, lines
from analysis.build.explain.cells import recording, shown
from analysis.build.explain.lines import WIDTH
from analysis.catalog import Catalog
from analysis.cli.explain import places
from analysis.errors import KrachtlijnError
from analysis.params import settle
from analysis.paths import Project

MADE = "from analysis.figure import Column, Figure, Grid\nstart = 1"


def sentences(own, text="Een"):
    """A cell that shows a figure of one sentence."""
    return f'Figure("{own}", "sentences", "{text}", sentences=("{text}.",))'


@pytest.fixture
def small(house):
    """Two chapters, with a figure of the same last name in each."""
    house.add("10_eerste", house.code(MADE), house.code(sentences("eerste-kaart")), house.code(sentences("eerste-x")))
    house.add("20_tweede", house.code(MADE), house.code(sentences("tweede-kaart")), house.code(sentences("tweede-y")))
    return house


@pytest.fixture(scope="module")
def boordtabel(project):
    """The boordtabel of 2026Q3, followed to its sources."""
    run = settle(project, "2026Q3", languages=["nl"])
    return explain(project, run, "directieraad-boordtabel", lambda table: places(project, table))


def test_a_figure_is_found_with_its_cell_and_its_code(small):
    """By its id; chapter, notebook and the number of the cell as a person counts."""
    told = explain(small.project, small.run, "tweede-y", lambda _: [])
    assert (told.figure.title, told.chapter, told.notebook) == ("Een", "Titel 20_tweede", "notebooks/20_tweede.ipynb")
    assert (told.cell, told.code) == (6, sentences("tweede-y"))
    assert (told.tables, told.sources, told.header) == ((), (), ())


def test_the_last_part_of_a_name_will_do_when_it_is_clear(small):
    """`y` is `tweede-y`; `kaart` could be two figures, and both are named."""
    assert explain(small.project, small.run, "y", lambda _: []).figure.id == "tweede-y"
    with pytest.raises(KrachtlijnError, match="2 figures end in 'kaart'") as caught:
        explain(small.project, small.run, "kaart", lambda _: [])
    assert "eerste-kaart, tweede-kaart" in caught.value.why


def test_an_unknown_figure_is_one_clear_message(small):
    """The closest names, and all there are by chapter."""
    with pytest.raises(KrachtlijnError, match="the report has no figure 'eerste-kart'") as caught:
        explain(small.project, small.run, "eerste-kart", lambda _: [])
    assert caught.value.why.startswith("closest: eerste-kaart")
    assert "tweede: tweede-kaart, tweede-y" in caught.value.do


def test_a_cell_that_fails_is_named(small):
    """Notebook, cell, and the error in its own words."""
    small.add("05_stuk", small.code(MADE), small.code("1 / 0"))
    with pytest.raises(KrachtlijnError, match="a cell of a notebook ended in an error") as caught:
        explain(small.project, small.run, "y", lambda _: [])
    assert caught.value.where == "notebooks/05_stuk.ipynb, cell 5"
    assert "ZeroDivisionError" in caught.value.why


def test_only_the_cells_that_a_figure_needs_are_run_again(small, chapters_of):
    """A cell that binds a name may be needed; one that only shows something else is left out."""
    asked = sentences("derde-b")
    small.add("30_derde", small.code(MADE), small.code("1 / 0"), small.code("word = 'x'\nword"), small.code(asked))
    found = list(shown(small.project, chapters_of(small)["derde"], {}, only=7))
    assert [(one.number, one.figure.id) for one in found] == [(7, "derde-b")]


@pytest.fixture
def chapters_of():
    """Read a house's chapters by name."""
    from analysis.build.chapters import read_chapters

    return lambda house: {chapter.id: chapter for chapter in read_chapters(house.project)}


def test_what_the_catalog_opens_for_itself_is_not_recorded(project):
    """The register of sources behind every footer, and the usual lags, are not what a figure is made of."""
    catalog = Catalog(project, settle(project, "2026Q3").as_of)
    with recording() as record:
        rows = catalog.table("omgeving")
        catalog.origins(rows["bron_id"].head(1))
        catalog.plan("acties", "gob-2021-2026")
    assert list(record.rows) == [("omgeving", "2026-11-14", ""), ("acties", "2026-11-14", "gob-2021-2026")]
    assert record.rows["omgeving", "2026-11-14", ""] == len(rows)
    assert Catalog.table.__name__ == "table"


def test_a_fault_ends_the_recording_too(project):
    """The catalog is what it was."""
    before = Catalog.table
    with pytest.raises(ZeroDivisionError), recording():
        raise ZeroDivisionError
    assert Catalog.table is before


def test_the_tables_that_a_figure_opened_are_recorded_with_their_days(boordtabel):
    """The boordtabel looks at the evidence now, a quarter ago and a year ago; its models are known by name."""
    days = {table.as_of: table.rows for table in boordtabel.tables if table.name == "bewijs_acties"}
    assert list(days) == ["2026-11-14", "2026-08-14", "2025-11-14"]
    assert days["2026-11-14"] > days["2025-11-14"] > 0
    assert {table.plan for table in boordtabel.tables} == {"gob-2021-2026"}
    assert {"boordtabel", "evidence"} <= set(boordtabel.models)


def test_the_table_is_the_one_of_the_csv(boordtabel):
    """A row per krachtlijn and one for the whole, with the headers of the report."""
    assert boordtabel.header[0] == "Krachtlijn"
    assert len(boordtabel.rows) == 5
    assert boordtabel.cell == 7
    assert boordtabel.code == "directieraad.boordtabel(report)"


def test_every_place_holds_a_row_of_its_source(boordtabel, project):
    """File and row, as a spreadsheet counts, name the delivered row itself: its bron_id is the source's."""
    checked = 0
    for source in boordtabel.sources:
        for rows in source.rows:
            assert rows.count == len(rows.places) > 0
            for place in rows.places:
                path, _, row = place.rpartition(":")
                assert delivered(project.root / path, int(row))["bron_id"] == source.origin.bron_id, place
                checked += 1
    assert checked > 50


def test_every_source_of_the_footer_is_told(boordtabel):
    """As many as the figure names; those without a row in the tables opened are there too."""
    assert [source.origin for source in boordtabel.sources] == list(boordtabel.figure.origins)


def test_a_row_in_quarantine_is_no_place(project, monkeypatch):
    """The rows after it keep their own numbers: places are those of the kept rows, in their order."""
    whole = places(project, "swot")
    aside = Catalog(project).quarantine()
    aside.loc[0] = {"tabel": "swot", "bestand": whole[3][0], "rij": whole[3][1], "kolom": "x", "regel": "y"}
    monkeypatch.setattr(Catalog, "quarantine", lambda _: aside)
    assert places(project, "swot") == [*whole[:3], *whole[4:]]


@pytest.mark.parametrize("most", [1, 3, None])
def test_the_text_fits_a_terminal_and_says_what_it_left_out(boordtabel, most):
    """At most 100 columns, but for an address, which is never broken; what was recorded and what was not is said."""
    text = list(lines(boordtabel, most))
    assert [line for line in text if len(line) > WIDTH and "://" not in line] == []
    whole = "\n".join(text)
    assert "recorded while the cell ran" in whole
    assert "is not recorded." in " ".join(whole.split())
    assert ("--rows all" in whole) == (most is not None)


def test_the_json_holds_the_same(boordtabel):
    """For another program: nothing that JSON cannot hold, cut as the text is."""
    told = json.loads(json.dumps(as_json(boordtabel, 2)))
    assert told["figure"]["id"] == "directieraad-boordtabel"
    assert (len(told["table"]["rows"]), told["table"]["of"]) == (2, 5)
    assert told["report"] == {"quarter": "2026Q3", "plan": "gob-2021-2026", "as_of": "2026-11-14", "language": "nl"}
    assert "not recorded" in told["sources"]["meaning"]
    assert all(len(rows["places"]) <= 2 for source in told["sources"]["list"] for rows in source["rows"])


def delivered(path, row):
    """The row that begins on a line of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        reader = csv.reader(stream)
        header, start = next(reader), reader.line_num + 1
        for cells in reader:
            if start == row:
                return dict(zip(header, cells, strict=True))
            start = reader.line_num + 1
    raise AssertionError(f"{path.name} has no row {row}")


def test_a_figure_of_deliveries_leads_to_the_cells_that_came(examples: Project) -> None:
    """To the workbook and the row of each delivery; the tables opened are named with their files."""
    run = settle(examples, "2026Q3", languages=["nl"], deliveries="examples")
    told = explain(examples, run, "voortgang-leveringen", lambda table: places(examples, table))
    (source,) = told.sources
    assert source.origin.bron_id == "leveringen-examples-gob-2021-2026"
    assert {rows.table for rows in source.rows} == {"leveringen/voortgang"}
    assert source.rows[0].count == len(source.rows[0].places)
    assert re.fullmatch(r"data/processed/leveringen/examples/ontvangen/.+\.xlsx:\d+", source.rows[0].places[0])
    assert "data/processed/leveringen/examples/voortgang.parquet" in {table.file for table in told.tables}
