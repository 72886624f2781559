"""The made-up deliveries as files: complete, without a fault, and never mistaken for real ones."""

from __future__ import annotations

import json

import pytest
from openpyxl import load_workbook

from analysis import deliveries
from analysis.catalog import Catalog
from analysis.deliveries import EXAMPLES, RECEIVED
from analysis.examples import files
from analysis.paths import Project
from analysis.processed import summary_in

PLAN, MANDATE = "gob-2021-2026", "actiris-mandaat"


def test_every_quarter_of_both_plans_has_its_delivery(examples: Project) -> None:
    """21 quarters each, received before the as-of date of their report, with corrections that came later."""
    found = deliveries.found(examples, EXAMPLES)
    for plan in (PLAN, MANDATE):
        own = [one for one in found if one.plan == plan]
        assert len({one.quarter for one in own}) == 21
        firsts = {one.quarter: one for one in reversed(own)}
        assert all(one.received <= one.quarter.as_of(45) for one in firsts.values())
    assert len(found) == 44  # two corrections of the first plan


def test_nothing_of_them_is_set_aside(examples: Project) -> None:
    """What Krachtlijn makes passes its own intake, for every table."""
    summary = summary_in(deliveries.room(examples, EXAMPLES))
    assert summary["faults"] == []
    assert all(count["received"] for count in summary["tables"].values())


def test_they_never_stand_among_what_was_received(examples: Project) -> None:
    """Another folder, another catalog; each file says what it is."""
    assert deliveries.source(examples, EXAMPLES) != deliveries.source(examples, RECEIVED)
    assert Catalog(examples).delivered("voortgang", PLAN).empty
    names = {path.name for one in deliveries.found(examples, EXAMPLES) for path in one.folder.iterdir()}
    assert names == {"voorbeeld-fictief.xlsx", deliveries.RECEIPT}


def test_a_workbook_is_what_a_person_would_fill_in(examples: Project) -> None:
    """The sheets, the columns and the explanation of the template, with rows in them."""
    one = next(one for one in deliveries.found(examples, EXAMPLES) if one.plan == PLAN)
    book = load_workbook(one.folder / "voorbeeld-fictief.xlsx", read_only=True)
    assert {"toelichting", *deliveries.names(examples)} == set(book.sheetnames)
    assert (book["voortgang"].max_row or 0) > 80


def test_all_that_they_are_to_show_occurs(examples: Project) -> None:
    """Silence, re-planned dates, take-overs, corrections, eased targets, late and missed duties, open decisions."""
    told = Catalog(examples, None, EXAMPLES)
    progress = told.delivered("voortgang", PLAN)
    last = progress[progress["kwartaal"] == "2026Q3"]
    assert 101 - last["actie_code"].nunique() > 5
    assert progress.groupby("actie_code")["gepland_einde"].nunique().max() > 1
    assert {"overgenomen", "stopgezet", "voltooid", "groen", "rood"} <= set(progress["eigen_status"])
    assert progress.groupby(["kwartaal", "actie_code"])["levering"].nunique().max() == 2
    assert told.delivered("meetpunten", PLAN).groupby("meetpunt_code")["streef_waarde"].nunique().max() == 2
    assert {"open", "uitgevoerd"} == set(told.delivered("beslissingen", PLAN)["stand"])
    assert not told.delivered("uitvoeringen", MANDATE).empty
    shares = told.delivered("verbanden", PLAN).groupby(["levering", "soort", "code"])["aandeel_pct"].sum()
    assert (shares == 100).all()


def test_they_are_made_once_and_again_when_the_plan_changes(examples: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is written while they stand there as this code makes them."""
    written: list[str] = []
    monkeypatch.setattr(files, "_write", lambda *_: written.append("again"))
    files.ensure(examples, lambda *_: None)
    assert written == []


def test_the_gauges_name_objectives_that_exist(examples: Project) -> None:
    """A made-up meetpunt hangs on a real objective of its plan."""
    from analysis.examples.measured import gauges

    objectives = Catalog(examples).table("plan_doelstellingen")
    for plan in (PLAN, MANDATE):
        own = set(objectives.loc[objectives["plan_id"] == plan, "doelstelling_code"])
        assert {gauge.objective for gauge in gauges(plan)} <= own
        assert len(gauges(plan)) >= 8


def test_a_receipt_names_every_file(examples: Project) -> None:
    """So that a workbook that was changed by hand is refused, as with real deliveries."""
    one = deliveries.found(examples, EXAMPLES)[0]
    receipt = json.loads((one.folder / deliveries.RECEIPT).read_text(encoding="utf-8"))
    assert list(receipt["files"]) == [path.name for path in one.folder.iterdir() if path.suffix == ".xlsx"]
