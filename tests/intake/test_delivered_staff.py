"""Staff that is delivered: each fault by sheet and cell, and no small group in what the intake writes."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from openpyxl import Workbook

from analysis import deliveries
from analysis.catalog import Catalog
from analysis.deliveries import RECEIVED
from analysis.intake import ensure, small_groups
from analysis.intake.receive import receive
from analysis.paths import Project
from analysis.processed import QUARANTINE, SUPPRESSED
from analysis.quarter import Quarter

PLAN = "gob-2021-2026"
HEAD = ["reeks", "dimensie", "categorie", "waarde"]
STAFF = [
    ["personeelsbestand", None, None, 60],
    ["personeelsbestand", "niveau", "A", 40],
    ["personeelsbestand", "niveau", "B", 9],
    ["personeelsbestand", "niveau", "C", 8],
    ["personeelsbestand", "niveau", "D", 3],
    ["ziektedagen", None, None, 200],
    ["ziektedagen", "niveau", "C", 31],
    ["ziektedagen", "niveau", "D", 77],
]


@pytest.fixture
def hand_in(sandbox: Project, project: Project, tmp_path: Path) -> Any:
    """Hand in sheets and take them in; return what became of it."""
    shutil.copytree(project.processed, sandbox.processed, dirs_exist_ok=True)

    def done(sheets: dict[str, Sequence[Sequence[object]]]) -> Any:
        book = Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        path = tmp_path / "levering.xlsx"
        book.save(path)
        receive(sandbox, [path], PLAN, Quarter(2026, 3), dt.date(2026, 10, 20))
        return ensure(sandbox)

    return done


def test_a_small_group_and_its_complement_stay_out_of_every_file(sandbox: Project, hand_in: Any) -> None:
    """3 of level D are held back with the 8 of level C, and the days of both; whoever reads all files finds neither."""
    assert hand_in({"personeel": [HEAD, *STAFF]}).faults == ()
    rows = Catalog(sandbox).delivered("personeel", PLAN)
    assert rows["waarde"].tolist() == [60, 40, 9, 200]
    hidden = Catalog(sandbox).held_back("personeel", PLAN)
    assert hidden[["reeks", "categorie"]].values.tolist() == [
        ["personeelsbestand", "C"],
        ["personeelsbestand", "D"],
        ["ziektedagen", "C"],
        ["ziektedagen", "D"],
    ]
    written = pd.read_parquet(deliveries.room(sandbox, RECEIVED) / "personeel.parquet")
    assert written.loc[written[SUPPRESSED], "waarde"].isna().all()


def test_a_correction_gives_nothing_away() -> None:
    """Of two deliveries on one quarter, what is small in either is held back in both."""
    first = pd.DataFrame(
        {
            "reeks": small_groups.STAFF,
            "dimensie": ["", "statuut", "statuut", "statuut"],
            "categorie": ["", "a", "b", "c"],
        }
    ).assign(plan_id=PLAN, kwartaal="2026Q3", levering="one", waarde=[30.0, 20, 6, 4])
    second = first.assign(levering="two", waarde=[31.0, 20, 6, 5])
    found = small_groups.suppress_delivered(pd.concat([first, second], ignore_index=True))
    hidden = found[found[SUPPRESSED]]
    assert set(hidden["levering"]) == {"one", "two"}
    assert "c" in set(hidden["categorie"])
    assert hidden.groupby("levering")["categorie"].nunique().tolist() == [2, 2]


FAULTS: dict[str, list[tuple[list[object], str, str]]] = {
    "personeel": [
        (["personeelsbestand", "niveau", "F", 9], "C10", "the dimension has no such category"),
        (["personeelsbestand", None, "A", 9], "C11", "the whole has neither"),
        (["instroom", "regime", "mobiel", 9], "C12", "the series has no such dimension"),
        (["overuren", None, None, 9], "A13", "allowed are"),
        (["vte", None, None, -1], "D14", "outside"),
        (["personeelsbestand", None, None, 61], "A15", "has it first"),
    ],
    "peilingen": [
        (["V1", "Vraag", "Question", "intern", 400, 401], "F2", "more answers are favourable"),
        (["V2", "Vraag", "Question", "intern", 4, 1], "E3", "outside"),
        (["V3", "Vraag", "Question", "buren", 400, 1], "D4", "allowed are"),
    ],
    "kredieten": [
        (["BA1", "2026Q3", 5, 5, 5, 5], "B2", "the form is"),
        (["BA2", "2026", -5, 5, 5, 5], "C3", "outside"),
    ],
}
HEADS = {
    "personeel": [HEAD, *STAFF],
    "peilingen": [["vraag_code", "label_nl", "label_fr", "panel", "antwoorden", "gunstig"]],
    "kredieten": [["code", "periode", "begroot_initieel", "begroot_aangepast", "vastgelegd", "vereffend"]],
}


def test_each_fault_is_named_by_sheet_and_cell(sandbox: Project, hand_in: Any) -> None:
    """A bad row is set aside with where it stands and why; the number of people in it is written nowhere."""
    outcome = hand_in({name: [*HEADS[name], *(row for row, _, _ in bad)] for name, bad in FAULTS.items()})
    assert len(outcome.faults) == sum(map(len, FAULTS.values()))
    for name, bad in FAULTS.items():
        for _, cell, said in bad:
            (told,) = [fault for fault in outcome.faults if f"sheet '{name}', cell {cell}," in fault]
            assert said in told
    aside = pd.read_csv(deliveries.room(sandbox, RECEIVED) / QUARANTINE / "personeel.csv", dtype=str)
    assert aside["waarde"].isna().all()
