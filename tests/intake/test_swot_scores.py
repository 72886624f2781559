"""Scores of a SWOT and comparisons of its items: faults by sheet and cell, and the form in which poll tools export."""

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
from analysis.deliveries import RECEIVED
from analysis.intake import ensure, poll
from analysis.intake.receive import receive
from analysis.intake.sheets import Sheet
from analysis.intake.state import Outcome
from analysis.intake.template import template
from analysis.paths import Project
from analysis.quarter import Quarter
from analysis.views import Report, voortgang

PLAN, QUARTER, DAY = "gob-2021-2026", Quarter(2026, 2), dt.date(2026, 7, 20)
Rows = Sequence[Sequence[object]]
SCORES = ["beoordelaar", "swot_code", "belang", "prestatie", "urgentie", "kans"]
PAIRS = ["beoordelaar", "links", "rechts", "waarde"]
WHO = "diensthoofd-1"


@pytest.fixture
def sandbox(sandbox: Project, project: Project) -> Project:
    """The sandbox with all other tables taken in already."""
    shutil.copytree(project.processed, sandbox.processed, dirs_exist_ok=True)
    return sandbox


@pytest.fixture
def hand_in(sandbox: Project, tmp_path: Path) -> Any:
    """Hand in a workbook and take it in; return what became of it."""

    def made(sheets: Mapping[str, Rows], plan: str = PLAN) -> Outcome:
        book = Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
        book.save(tmp_path / "swot.xlsx")
        receive(sandbox, [tmp_path / "swot.xlsx"], plan, QUARTER, DAY)
        return ensure(sandbox)

    return made


def of(project: Project, name: str) -> pd.DataFrame:
    """Return a delivered table."""
    return Catalog(project).delivered(name, PLAN)


def aside(project: Project, name: str) -> pd.DataFrame:
    """Return what was set aside of a table."""
    return pd.read_csv(deliveries.room(project, RECEIVED) / "quarantaine" / f"{name}.csv", encoding="utf-8-sig")


SOUND_SCORE = [WHO, "S2", 4, 3, None, None]
BAD_SCORES: dict[str, tuple[Rows, str, str]] = {
    "a score of 6": ([[WHO, "S1", 6, 3, 2, None]], "cell C2, column 'belang'", "lies outside 1 to 5"),
    "a score of 0": ([[WHO, "T10", 3, 3, 2, 0]], "cell F2, column 'kans'", "lies outside 1 to 5"),
    "an unknown item": ([[WHO, "S9", 3, 3, 2, None]], "cell B2, column 'swot_code'", "no row of 'swot' has this"),
    "no score at all": ([[WHO, "S1"]], "cell C2, column 'belang'", "the row has no score"),
    "nobody who gives it": ([[None, "S1", 3]], "cell A2, column 'beoordelaar'", "may not be empty"),
    "a word for a score": ([[WHO, "S1", "veel"]], "cell C2, column 'belang'", "a number is expected"),
}


@pytest.mark.parametrize("case", BAD_SCORES)
def test_a_bad_score_is_named_and_set_aside(case: str, sandbox: Project, hand_in: Any) -> None:
    """The other rows of the sheet are kept, and the quarantine holds the row as it came."""
    rows, place, reason = BAD_SCORES[case]
    outcome = hand_in({"swot_scores": [SCORES, *rows, SOUND_SCORE]})
    (fault,) = outcome.faults
    assert f"sheet 'swot_scores', {place}" in fault
    assert reason in fault
    assert of(sandbox, "swot_scores")["swot_code"].tolist() == ["S2"]
    assert len(aside(sandbox, "swot_scores")) == 1


def test_a_rater_scores_an_item_once(sandbox: Project, hand_in: Any) -> None:
    """The first row stays; the message names the second one, and where the first stands."""
    outcome = hand_in({"swot_scores": [SCORES, SOUND_SCORE, [WHO, "S1", 2], [WHO, "S2", 5]]})
    (fault,) = outcome.faults
    assert "sheet 'swot_scores', cell A4" in fault
    assert "an earlier row has the same key" in fault
    assert f"found '{WHO} | S2'" in fault
    assert of(sandbox, "swot_scores")["belang"].tolist() == [4, 2]


BAD_PAIRS: dict[str, tuple[Rows, list[str], str]] = {
    "an item with itself": ([[WHO, "S1", "S1", 1]], ["C2"], "an item is compared with itself"),
    "a group with itself": ([[WHO, "T", "T", 1]], ["C2"], "an item is compared with itself"),
    "items of two groups": ([[WHO, "S1", "W1", 3]], ["C2"], "the two are not of one group"),
    "an item with a group": ([[WHO, "S1", "S", 3]], ["C2"], "the two are not of one group"),
    "an unknown item on the left": ([[WHO, "S9", "S1", 3]], ["B2"], "no row of 'swot' has this"),
    "an unknown item on the right": ([[WHO, "S1", "S9", 3]], ["C2"], "no row of 'swot' has this"),
    "no item": ([[WHO, "S1", None, 3]], ["C2"], "may not be empty"),
    "two directions that do not fit": (
        [[WHO, "S1", "S2", 3], [WHO, "S2", "S1", 0.5]],
        ["D2", "D3"],
        "the comparison in the other direction says otherwise",
    ),
    "a value of 12": ([[WHO, "S1", "S2", 12]], ["D2"], "lies outside 0.11 to 9"),
    "a division by nothing": ([[WHO, "S1", "S2", "1/0"]], ["D2"], "nothing can be divided by 0"),
    "a day that Excel made of 1/3": ([[WHO, "S1", "S2", dt.date(2026, 3, 1)]], ["D2"], "Excel made a day of a ratio"),
    "twice the same": ([[WHO, "W", "S", 3], [WHO, "W", "S", 3]], ["A3"], "an earlier row has the same key"),
}


@pytest.mark.parametrize("case", BAD_PAIRS)
def test_a_bad_comparison_is_named_and_set_aside(case: str, sandbox: Project, hand_in: Any) -> None:
    """Each with its cell, of a contradiction both; the sound ones are kept."""
    rows, cells, reason = BAD_PAIRS[case]
    outcome = hand_in({"swot_vergelijkingen": [PAIRS, *rows, [WHO, "S3", "S4", 2]]})
    assert len(outcome.faults) == len(cells)
    for fault, cell in zip(outcome.faults, cells, strict=True):
        assert f"sheet 'swot_vergelijkingen', cell {cell}," in fault
        assert reason in fault
    kept = of(sandbox, "swot_vergelijkingen")
    assert kept[["links", "rechts"]].to_numpy()[-1].tolist() == ["S3", "S4"]
    assert len(kept) + len(aside(sandbox, "swot_vergelijkingen")) == len(rows) + 1


@pytest.mark.parametrize(
    ("said", "value"),
    [("1/3", 1 / 3), ("1 / 9", 1 / 9), (0.33, 0.33), ("0.33", 0.33), (0.11, 0.11), (7, 7), ("9/1", 9), (1 / 9, 1 / 9)],
)
def test_a_ratio_may_be_written_in_several_ways(said: object, value: float, sandbox: Project, hand_in: Any) -> None:
    """As a division in a cell of text, or as a decimal number; rounded to two decimals it is still within the scale."""
    assert not hand_in({"swot_vergelijkingen": [PAIRS, [WHO, "S", "T", said]]}).faults
    assert of(sandbox, "swot_vergelijkingen")["waarde"].tolist() == [pytest.approx(value, abs=1e-11)]


def test_two_directions_that_fit_are_kept(sandbox: Project, hand_in: Any) -> None:
    """0.33 goes with 3: rounding is no contradiction. Another rater may say otherwise."""
    rows = [[WHO, "S1", "S2", 3], [WHO, "S2", "S1", 0.33], ["diensthoofd-2", "S2", "S1", 5]]
    assert not hand_in({"swot_vergelijkingen": [PAIRS, *rows]}).faults
    assert len(of(sandbox, "swot_vergelijkingen")) == 3


WIDE: dict[str, Rows] = {
    "swot_belang": [
        ["Beoordelaar", "S1 Kwaliteit van de menselijke middelen", "W3. Beperkte middelen", "T10"],
        ["a", 4, 5, None],
        ["b", 3, None, 2],
    ],
    "swot_kans": [["beoordelaar", "T10 Telewerk", "O1"], ["b", 5, None], ["a", 1, 2]],
}


def test_a_poll_becomes_a_row_per_rater_and_item(sandbox: Project, hand_in: Any) -> None:
    """The sheets of a file are merged, whatever the order of their raters; an empty cell says nothing."""
    assert not hand_in(WIDE).faults
    found = of(sandbox, "swot_scores").set_index(["beoordelaar", "swot_code"])
    assert found["belang"].dropna().to_dict() == {("a", "S1"): 4, ("a", "W3"): 5, ("b", "S1"): 3, ("b", "T10"): 2}
    assert found["kans"].dropna().to_dict() == {("b", "T10"): 5, ("a", "T10"): 1, ("a", "O1"): 2}
    assert len(found) == 6
    assert (found["blad"]["b", "T10"], found["rij"]["b", "T10"]) == ("swot_belang", 3)


def test_both_forms_of_one_delivery_add_up(sandbox: Project, hand_in: Any) -> None:
    """Rows of the long form and of a poll stand on the same lines of one file, and are not mistaken for each other."""
    outcome = hand_in({"swot_scores": [SCORES, [WHO, "S1", 6], SOUND_SCORE], **WIDE})
    assert ["sheet 'swot_scores', cell C2" in fault for fault in outcome.faults] == [True]
    assert len(of(sandbox, "swot_scores")) == 7


def changed(sheet: str, row: int, column: int, value: object) -> dict[str, Rows]:
    """Return the poll with another value in a cell."""
    made = {name: [list(line) for line in rows] for name, rows in WIDE.items()}
    made[sheet][row][column] = value
    return dict(made)


BAD_POLLS: dict[str, tuple[dict[str, Rows], str, str, int]] = {
    "a score of 6": (
        changed("swot_belang", 1, 1, 6),
        "sheet 'swot_belang', cell B2, column 'S1 Kwaliteit van de menselijke middelen'",
        "lies outside 1 to 5 (found '6')",
        1,
    ),
    "a score of 6 on another line than in the first sheet": (
        changed("swot_kans", 2, 1, 6),
        "sheet 'swot_kans', cell B3, column 'T10 Telewerk'",
        "lies outside 1 to 5",
        1,
    ),
    "an unknown item": (
        changed("swot_belang", 0, 2, "W33. Iets anders"),
        "sheet 'swot_belang', cell C1, column 'W33. Iets anders'",
        "no row of 'swot' has this plan_id, swot_code (found 'W33')",
        1,
    ),
    "an unknown item of two raters": (
        changed("swot_belang", 0, 1, "S9"),
        "sheet 'swot_belang', cell B1, column 'S9'",
        "no row of 'swot' has this",
        2,
    ),
    "a rater twice": (
        changed("swot_belang", 2, 0, "a"),
        "sheet 'swot_belang', cell A3, column 'Beoordelaar'",
        "an earlier row has the same key (found 'a'); give each rater one line",
        2,
    ),
    "no rater": (
        changed("swot_belang", 1, 0, None),
        "sheet 'swot_belang', cell A2, column 'Beoordelaar'",
        "may not be empty",
        2,
    ),
    "a word": (changed("swot_kans", 1, 1, "zeker"), "sheet 'swot_kans', cell B2", "a number is expected", 1),
    "a formula that was never reckoned": (
        changed("swot_belang", 1, 2, "=2+2"),
        "sheet 'swot_belang', cell C2, column 'W3. Beperkte middelen'",
        "the formula has no value",
        1,
    ),
    "a formula for a rater": (
        changed("swot_belang", 1, 0, '="a"'),
        "sheet 'swot_belang', cell A2, column 'Beoordelaar'",
        "the formula has no value",
        2,
    ),
}


@pytest.mark.parametrize("case", BAD_POLLS)
def test_a_fault_in_a_poll_is_named_by_the_cell_that_was_delivered(case: str, sandbox: Project, hand_in: Any) -> None:
    """One cell is told once, however many scores it spoils; the quarantine holds each of these, the tables all else."""
    sheets, place, reason, rows = BAD_POLLS[case]
    outcome = hand_in(sheets)
    (fault,) = outcome.faults
    assert place in fault
    assert reason in fault
    assert outcome.quarantined == rows
    found = aside(sandbox, "swot_scores")
    assert len(found) == rows
    assert set(found["_cel"]) == {place.split("cell ")[1].split(",")[0]}
    told = [value for name in poll.SHEETS.values() for value in (*found[name], *of(sandbox, "swot_scores")[name])]
    cells = [value for lines in sheets.values() for line in lines[1:] for value in line[1:]]
    assert sum(pd.notna(value) for value in told) == sum(
        value is not None and not str(value).startswith("=") for value in cells
    )


NO_POLLS: dict[str, tuple[Rows, str]] = {
    "a column that is no item": (
        [["beoordelaar", "S1", "Tijdstempel"], ["a", 4, "9:41"]],
        "the column 'Tijdstempel' is no item; begin its header with the code of an item, such as S1, or take it out",
    ),
    "a column without a header": ([["beoordelaar", None, "S1"], ["a", 3, 4]], "column 2 has no header"),
    "no raters": ([["wie", "S1"], ["a", 4]], "the column 'beoordelaar' is missing"),
    "an item twice": ([["beoordelaar", "S1 Team", "S1 Ploeg"], ["a", 4, 5]], "the column 'S1' stands there twice"),
    "no items": ([["beoordelaar"], ["a"]], "no column is an item"),
    "an empty sheet": ([], "the column 'beoordelaar' is missing"),
}


@pytest.mark.parametrize("case", NO_POLLS)
def test_a_sheet_that_is_no_poll_is_set_aside_as_a_whole(case: str, sandbox: Project, hand_in: Any) -> None:
    """It is named as the sheet that it is, and the others are taken in."""
    rows, said = NO_POLLS[case]
    outcome = hand_in({"swot_scores": [SCORES, SOUND_SCORE], "swot_belang": rows, "swot_kans": WIDE["swot_kans"]})
    (fault,) = outcome.faults
    assert "sheet 'swot_belang', cell A1" in fault
    assert said in fault
    assert outcome.quarantined == 1
    assert len(of(sandbox, "swot_scores")) == 4


def test_two_sheets_that_are_no_polls_are_told_each(sandbox: Project, hand_in: Any) -> None:
    """The quarantine has one line for each of them."""
    bad = [["wie", "S1"], ["a", 4]]
    outcome = hand_in({"swot_belang": bad, "swot_kans": bad})
    assert len(outcome.faults) == outcome.quarantined == len(aside(sandbox, "swot_scores")) == 2


def test_a_slip_in_the_name_of_a_poll_is_answered_with_its_name(hand_in: Any) -> None:
    """As with the other sheets."""
    (fault,) = hand_in({"swot_belangen": WIDE["swot_belang"]}).faults
    assert "no table is called 'swot_belangen'; call it 'swot_belang'" in fault


def test_polls_in_csv_files_are_merged_over_the_files(sandbox: Project, tmp_path: Path) -> None:
    """A file per question; a fault names the file and the line in which it stands, not those of the first file."""
    (tmp_path / "swot_belang.csv").write_text("beoordelaar,S1 Team,W3\na,4,5\nb,2,3\n", encoding="utf-8")
    (tmp_path / "swot_kans.csv").write_text("beoordelaar,S1,O1\nx,2,2\nb,6,3\na,1,4\n", encoding="utf-8")
    receive(sandbox, [tmp_path / "swot_belang.csv", tmp_path / "swot_kans.csv"], PLAN, QUARTER, DAY)
    (fault,) = ensure(sandbox).faults
    assert "swot_kans.csv, row 3, column 'S1': the value lies outside" in fault
    found = of(sandbox, "swot_scores").set_index(["beoordelaar", "swot_code"])
    assert (found["belang"]["a", "S1"], found["kans"]["a", "S1"]) == (4, 1)
    assert sorted(found.index) == [
        ("a", "O1"),
        ("a", "S1"),
        ("a", "W3"),
        ("b", "O1"),
        ("b", "W3"),
        ("x", "O1"),
        ("x", "S1"),
    ]
    (line,) = aside(sandbox, "swot_scores").to_dict("records")
    assert (line["_rij"], line["belang"], line["kans"]) == (3, 2, 6)


def test_a_rater_twice_in_every_sheet_keeps_lines_together() -> None:
    """The second line of a rater in one sheet belongs with the second in another."""
    sheets = [(name, (("a", "1"), ("b", "2"), ("a", "3"))) for name in ("swot_belang", "swot_kans")]
    polls = [
        ("x", Sheet(name, ("beoordelaar", "S1"), tuple(enumerate(rows, start=2)), is_workbook=True))
        for name, rows in sheets
    ]
    found = [(one.rater, one.row["belang"], one.row["kans"]) for one in poll.scores(polls)]
    assert found == [("a", "1", "1"), ("b", "2", "2"), ("a", "3", "3")]


def test_a_delivery_of_scores_alone_leaves_the_chapter_on_progress_whole(sandbox: Project, hand_in: Any) -> None:
    """Every figure of it can be made: there is a delivery, and nothing in it is about progress."""
    assert not hand_in(WIDE).faults
    report = Report("2026Q3", "nl", project=sandbox)
    made = {name: getattr(voortgang, name)(report) for name in voortgang.__all__}
    assert "alleen scores van de SWOT" in made["received"].sentences[0]
    assert {figure.kind for name, figure in made.items() if name != "received"} == {"absent"}


def test_a_plan_without_a_swot_takes_no_scores(hand_in: Any) -> None:
    """None of its items is known; the letters of the groups are the same for every plan."""
    sheets = {"swot_scores": [SCORES, SOUND_SCORE], "swot_vergelijkingen": [PAIRS, [WHO, "S", "W", 2]]}
    (fault,) = hand_in(sheets, plan="actiris-mandaat").faults
    assert "no row of 'swot' has this" in fault


def test_the_template_asks_for_scores_and_lists_the_items(sandbox: Project) -> None:
    """Both sheets with their columns; a ratio typed there stays a number, and the codes are explained."""
    book = load_workbook(io.BytesIO(template(sandbox, PLAN)))
    assert [cell.value for cell in book["swot_scores"][1]] == SCORES
    assert [cell.value for cell in book["swot_vergelijkingen"][1]] == PAIRS
    assert book["swot_vergelijkingen"].column_dimensions["D"].number_format == "# ?/?"
    codes = {row[1]: row[2] for row in book["codes"].iter_rows(min_row=2, values_only=True) if row[0] == "swot_code"}
    assert len(codes) == 31
    assert codes["W3"] == "Beperkte middelen"
    told = {row[:2]: row[4] for row in book["toelichting"].iter_rows(min_row=2, values_only=True)}
    assert told["swot_vergelijkingen", "waarde"] == "nombre ou fraction (3, 1/3)"
