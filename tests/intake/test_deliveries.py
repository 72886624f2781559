"""Quarterly deliveries: kept as they came, faults named by sheet and cell, everything sound taken in."""

from __future__ import annotations

import datetime as dt
import io
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook, load_workbook

from analysis import deliveries
from analysis.catalog import Catalog
from analysis.deliveries import RECEIVED, Delivery
from analysis.errors import KrachtlijnError
from analysis.intake import ensure
from analysis.intake.receive import receive, withdraw
from analysis.intake.state import Outcome
from analysis.intake.template import template
from analysis.paths import Project
from analysis.quarter import Quarter

PLAN, QUARTER, DAY = "gob-2021-2026", Quarter(2026, 3), dt.date(2026, 10, 20)
Rows = Sequence[Sequence[object]]
SOUND: dict[str, Rows] = {
    "voortgang": [
        ["actie_code", "voortgang_pct", "eigen_status", "gepland_start", "gepland_einde"],
        ["1.1.1", 45, "groen", dt.date(2021, 9, 1), dt.date(2024, 12, 31)],
        ["1.1.2", 0.8, "oranje", dt.date(2022, 1, 1), dt.date(2026, 6, 30)],
    ]
}


def book(sheets: Mapping[str, Rows], path: Path) -> Path:
    """Write a workbook, a sheet per table."""
    made = Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    made.save(path)
    return path


@pytest.fixture
def sandbox(sandbox: Project, project: Project) -> Project:
    """The sandbox with all other tables taken in already."""
    shutil.copytree(project.processed, sandbox.processed, dirs_exist_ok=True)
    return sandbox


@pytest.fixture
def hand_in(sandbox: Project, tmp_path: Path) -> Any:
    """Hand in a workbook and take it in; return what became of it."""

    def made(sheets: Mapping[str, Rows], day: dt.date = DAY, quarter: Quarter = QUARTER) -> tuple[Outcome, Delivery]:
        delivery = receive(sandbox, [book(sheets, tmp_path / "athena.xlsx")], PLAN, quarter, day)
        return ensure(sandbox), delivery

    return made


def of(project: Project, name: str, as_of: dt.date | None = None) -> pd.DataFrame:
    """Return a delivered table."""
    return Catalog(project, as_of).delivered(name, PLAN)


def test_a_sound_delivery_is_taken_in_as_it_came(sandbox: Project, hand_in: Any) -> None:
    """Every row has its place, its delivery and the day from which it counts; columns that were left out are empty."""
    outcome, delivery = hand_in(SOUND)
    rows = of(sandbox, "voortgang")
    assert outcome.counts["leveringen/voortgang"]["kept"] == 2
    assert rows["voortgang_pct"].tolist() == [45, 0.8]
    assert rows["gepland_einde"].tolist() == [pd.Timestamp("2024-12-31"), pd.Timestamp("2026-06-30")]
    assert rows["verwacht_einde"].isna().all()
    assert (rows["opmerking_nl"] == "").all()
    place = rows[["levering", "kwartaal", "bekend_op", "blad", "rij"]].iloc[1].tolist()
    assert place == [delivery.id, "2026Q3", pd.Timestamp(DAY), "voortgang", 3]


def test_a_delivery_counts_from_the_day_on_which_it_came(sandbox: Project, hand_in: Any) -> None:
    """A report of before that day does not know it."""
    hand_in(SOUND)
    assert of(sandbox, "voortgang", DAY - dt.timedelta(days=1)).empty
    assert len(of(sandbox, "voortgang", DAY)) == 2


def test_without_deliveries_every_table_is_there_and_empty(sandbox: Project) -> None:
    """All tables may be missing; the columns are there."""
    ensure(sandbox)
    for name in deliveries.names(sandbox):
        rows = of(sandbox, name)
        assert rows.empty
        assert {"kwartaal", "bekend_op", "levering"} <= set(rows)


HEAD = SOUND["voortgang"][0]
BAD: dict[str, tuple[dict[str, Rows], str, str]] = {
    "a progress of 130": (
        {"voortgang": [HEAD, ["1.1.1", 130, "groen", None, None], ["1.1.2", 20, "", None, None]]},
        "sheet 'voortgang', cell B2, column 'voortgang_pct'",
        "lies outside 0 to 100",
    ),
    "an end before its start": (
        {
            "voortgang": [
                HEAD,
                ["1.1.2", 20, "", None, None],
                ["1.1.1", 10, "", dt.date(2024, 1, 1), dt.date(2023, 1, 1)],
            ]
        },
        "sheet 'voortgang', cell E3, column 'gepland_einde'",
        "the end lies before the start",
    ),
    "an unknown action": (
        {"voortgang": [HEAD, ["9.9.9", 10, "", None, None], ["1.1.2", 20, "", None, None]]},
        "sheet 'voortgang', cell A2, column 'actie_code'",
        "no row of 'plan_acties' has this",
    ),
    "two rows for one action": (
        {"voortgang": [HEAD, ["1.1.2", 10, "", None, None], ["1.1.2", 20, "", None, None]]},
        "sheet 'voortgang', cell A3, column 'actie_code'",
        "an earlier row has the same key",
    ),
    "a text for a number": (
        {"voortgang": [HEAD, ["1.1.1", "bijna klaar", "", None, None], ["1.1.2", 20, "", None, None]]},
        "sheet 'voortgang', cell B2, column 'voortgang_pct'",
        "a number is expected",
    ),
    "an end that is still to come": (
        {
            "voortgang": [
                ["actie_code", "werkelijk_einde"],
                ["1.1.1", dt.date(2026, 11, 1)],
                ["1.1.2", dt.date(2026, 10, 20)],
            ]
        },
        "sheet 'voortgang', cell B2, column 'werkelijk_einde'",
        "after the day on which the delivery came",
    ),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_row_is_named_by_sheet_and_cell_and_set_aside(case: str, sandbox: Project, hand_in: Any) -> None:
    """The others of the sheet are kept, and the quarantine says sheet, cell and reason."""
    sheets, place, reason = BAD[case]
    outcome, _ = hand_in(sheets)
    (fault,) = outcome.faults
    assert place in fault
    assert reason in fault
    assert " | " not in fault  # of a key, what was delivered of it and nothing that the reader added
    assert of(sandbox, "voortgang")["actie_code"].tolist() == ["1.1.2"]
    room = deliveries.room(sandbox, RECEIVED) / "quarantaine" / "voortgang.csv"
    aside = pd.read_csv(room, encoding="utf-8-sig")
    assert aside[["_blad", "_cel"]].to_numpy().tolist() == [["voortgang", place.split("cell ")[1].split(",")[0]]]


def test_shares_that_are_together_96_percent_are_set_aside(sandbox: Project, hand_in: Any) -> None:
    """All rows of that code, each named; a code that is whole stays."""
    head = ["soort", "code", "doelstelling_code", "aandeel_pct"]
    rows = [["basisallocatie", "BA-1", "1.1", 60], ["basisallocatie", "BA-1", "1.2", 36], ["personeel", "P", "1.1", 90]]
    outcome, _ = hand_in({"verbanden": [head, *rows, ["personeel", "P", None, 10]]})
    assert ["cell D2" in fault or "cell D3" in fault for fault in outcome.faults] == [True, True]
    assert all("are together not 100 %" in fault for fault in outcome.faults)
    assert of(sandbox, "verbanden")["code"].unique().tolist() == ["P"]


WHOLE: dict[str, tuple[dict[str, Rows], str]] = {
    "a slip in a column's name": (
        {"voortgang": [["actie_code", "voortgangpct"], ["1.1.1", 10]]},
        "the column 'voortgangpct' is not known; call it 'voortgang_pct'",
    ),
    "a slip in a sheet's name": ({"vortgang": SOUND["voortgang"]}, "call it 'voortgang'"),
    "a required column that is missing": (
        {"voortgang": [["voortgang_pct"], [10]]},
        "the column 'actie_code' is missing",
    ),
    "a column that stands there twice": (
        {"voortgang": [["actie_code", "voortgang_pct", "voortgang_pct"], ["1.1.1", 10, 20]]},
        "stands there twice",
    ),
}


@pytest.mark.parametrize("case", WHOLE)
def test_a_sheet_that_cannot_be_read_is_set_aside_as_a_whole(case: str, sandbox: Project, hand_in: Any) -> None:
    """It counts as set aside, and the other sheets of the workbook are taken in."""
    sheets, said = WHOLE[case]
    outcome, _ = hand_in({**sheets, "bijdragen": [["actie_code", "organisatie_id"], ["1.1.1", "bcit"]]})
    assert said in outcome.faults[0]
    assert outcome.quarantined == 1
    assert of(sandbox, "voortgang").empty
    assert len(of(sandbox, "bijdragen")) == 1


def test_a_later_delivery_never_overwrites_an_earlier_one(sandbox: Project, hand_in: Any) -> None:
    """Both stand in the tables; a report of between the two knows the first only."""
    hand_in(SOUND)
    changed = [HEAD, ["1.1.1", 55, "groen", dt.date(2021, 9, 1), dt.date(2025, 6, 30)]]
    hand_in({"voortgang": changed}, dt.date(2026, 11, 2))
    assert len(of(sandbox, "voortgang")) == 3
    assert len(of(sandbox, "voortgang", dt.date(2026, 11, 1))) == 2
    same = receive_again(sandbox)
    assert "these files came before" in same


def receive_again(project: Project) -> str:
    """Hand in once more what came; return what is said of it."""
    first = deliveries.found(project, RECEIVED)[0]
    with pytest.raises(KrachtlijnError) as told:
        receive(project, [first.folder / "athena.xlsx"], PLAN, QUARTER, dt.date(2026, 11, 9))
    return str(told.value)


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "athena.xlsx").write_bytes(b"other"), "changed after it was received"),
        (lambda folder: (folder / "athena.xlsx").unlink(), "it is gone"),
        (lambda folder: (folder / "more.csv").write_text("a"), "not among the files that came"),
        (lambda folder: (folder / "ontvangst.json").unlink(), "no receipt that can be read"),
        (lambda folder: folder.rename(folder.with_name("2026Q3")), "not called as it should be"),
        (lambda folder: folder.parent.rename(folder.parent.with_name("other-plan")), "which is not known"),
    ],
)
def test_a_delivery_that_is_no_longer_as_it_came_is_refused(
    damage: Any, said: str, sandbox: Project, hand_in: Any
) -> None:
    """Whoever edits a delivery by hand is told where, and what to do; the tables stay as they were."""
    _, delivery = hand_in(SOUND)
    damage(delivery.folder)
    with pytest.raises(KrachtlijnError, match=said) as told:
        ensure(sandbox)
    assert told.value.where
    assert told.value.do
    assert len(of(sandbox, "voortgang")) == 2


def test_a_delivery_can_be_taken_back(sandbox: Project, hand_in: Any) -> None:
    """Nothing of it is lost, and the tables are as before."""
    _, delivery = hand_in(SOUND)
    kept = withdraw(sandbox, delivery)
    assert (kept / "athena.xlsx").is_file()
    ensure(sandbox)
    assert of(sandbox, "voortgang").empty


def test_percentages_dates_and_formulas_of_excel(sandbox: Project, tmp_path: Path) -> None:
    """A cell that shows 45 % is 45; a formula that was never reckoned is a fault, not an empty cell."""
    made = Workbook()
    sheet = made.worksheets[0]
    sheet.title = "voortgang"
    for row in (["actie_code", "voortgang_pct"], ["1.1.1", 0.45], ["1.1.2", "=40+5"], ["1.1.3", 0.29], ["1.1.4", 7]):
        sheet.append(row)
    sheet["B2"].number_format = sheet["B4"].number_format = "0%"
    made.save(tmp_path / "a.xlsx")
    receive(sandbox, [tmp_path / "a.xlsx"], PLAN, QUARTER, DAY)
    (fault,) = ensure(sandbox).faults
    assert "cell B3" in fault
    assert "the formula has no value" in fault
    assert of(sandbox, "voortgang")["voortgang_pct"].tolist() == [45, 29, 7]


def test_csv_files_are_taken_in_too(sandbox: Project, tmp_path: Path) -> None:
    """A file called after its table; a semicolon is refused with what to do, and stops nothing else."""
    (tmp_path / "voortgang.csv").write_text("actie_code,voortgang_pct\n1.1.1,45\n1.1.2,130\n", encoding="utf-8")
    (tmp_path / "bijdragen.csv").write_text("actie_code;organisatie_id\n1.1.1;bcit\n", encoding="utf-8")
    receive(sandbox, [tmp_path / "voortgang.csv", tmp_path / "bijdragen.csv"], PLAN, QUARTER, DAY)
    faults = ensure(sandbox).faults
    assert any("voortgang.csv, row 3, column 'voortgang_pct'" in fault for fault in faults)
    assert any("bijdragen.csv" in fault and "semicolons" in fault for fault in faults)
    assert of(sandbox, "voortgang")["voortgang_pct"].tolist() == [45]


def test_a_file_that_is_no_workbook_stops_nothing(sandbox: Project, tmp_path: Path) -> None:
    """It is named with what to do; what came beside it is taken in."""
    (tmp_path / "a.xlsx").write_bytes(b"no workbook")
    book(SOUND, tmp_path / "b.xlsx")
    receive(sandbox, [tmp_path / "a.xlsx", tmp_path / "b.xlsx"], PLAN, QUARTER, DAY)
    (fault,) = ensure(sandbox).faults
    assert "a.xlsx" in fault
    assert "save it as" in fault
    assert len(of(sandbox, "voortgang")) == 2


def test_the_template_is_a_delivery_that_can_be_handed_in(sandbox: Project, tmp_path: Path) -> None:
    """It has a sheet per table with the declared columns, lists every action, and says what each column means."""
    content = template(sandbox, PLAN)
    made = load_workbook(io.BytesIO(content))
    assert set(made.sheetnames) == {"toelichting", "codes", *deliveries.names(sandbox)}
    assert made["voortgang"].max_row == 102
    assert made["voortgang"].data_validations.dataValidation
    told = {(row[0], row[1]) for row in made["toelichting"].iter_rows(min_row=2, values_only=True)}
    assert ("voortgang", "voortgang_pct") in told
    known = {row[:2] for row in made["codes"].iter_rows(min_row=2, values_only=True)}
    assert {("actie_code", "1.1.1"), ("doelstelling_code", "4.4"), ("organisatie_id", "actiris")} <= known
    (tmp_path / "leeg.xlsx").write_bytes(content)
    receive(sandbox, [tmp_path / "leeg.xlsx"], PLAN, QUARTER, DAY)
    assert not ensure(sandbox).faults
    assert of(sandbox, "voortgang")["voortgang_pct"].isna().all()


@pytest.mark.parametrize(
    ("plan", "quarter", "day", "said"),
    [
        ("none", QUARTER, DAY, "plan 'none' is not known"),
        (PLAN, Quarter(2027, 1), DAY, "nothing can be told of 2027Q1 yet"),
    ],
)
def test_what_cannot_be_a_delivery_is_refused(
    plan: str, quarter: Quarter, day: dt.date, said: str, sandbox: Project, tmp_path: Path
) -> None:
    """Nothing is kept of it."""
    path = book(SOUND, tmp_path / "athena.xlsx")
    with pytest.raises(KrachtlijnError, match=said):
        receive(sandbox, [path], plan, quarter, day)
    assert not deliveries.found(sandbox, RECEIVED)
