"""Where what is said and what is delivered do not agree."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from analysis.models.delivered.contradictions import COLUMNS, KINDS, contradictions
from analysis.models.delivered.status import action_status
from analysis.quarter import Quarter
from tests.models.delivered.frames import mijlpalen, plan, quarters, voortgang

QUARTER = Quarter(2026, 3)
AS_OF = dt.date(2026, 9, 30)
#: Half of it is over on the day.
HALFWAY = {"gepland_start": "2026-06-22", "gepland_einde": "2027-01-08"}
GREEN = {"eigen_status": "groen", "voortgang_pct": 50, **HALFWAY}
DONE = {"eigen_status": "voltooid", "voortgang_pct": 100, "werkelijk_einde": "2026-09-01", **HALFWAY}


def found(
    *rows: dict[str, Any], milestones: list[dict[str, Any]] | None = None, evidence: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Return what contradicts itself in these rows; a row is of action 1.1.1 unless told."""
    table = voortgang(*rows)
    codes = sorted(table["actie_code"].unique())
    statuses = action_status(plan(*codes), table, AS_OF, QUARTER)
    return contradictions(statuses, table, mijlpalen(*milestones or []), AS_OF, QUARTER, evidence)


def kinds(*rows: dict[str, Any]) -> list[str]:
    """Return the kinds alone."""
    return found(*rows)["soort"].tolist()


@pytest.mark.parametrize(
    ("row", "kind", "said", "shown"),
    [
        ({**GREEN, "voortgang_pct": 10}, "groen_maar_rood", "groen", "rood"),
        ({**GREEN, "voortgang_pct": 30}, "groen_maar_oranje", "groen", "oranje"),
        ({**DONE, "voortgang_pct": 99}, "voltooid_onder_100", "voltooid", 99),
        ({**DONE, "werkelijk_einde": None}, "voltooid_zonder_einde", "voltooid", pd.NaT),
        ({**DONE, "werkelijk_einde": "2026-10-01"}, "voltooid_zonder_einde", "voltooid", pd.Timestamp("2026-10-01")),
        ({**GREEN, "verwacht_einde": "2027-01-23"}, "groen_maar_uitloop", "groen", 15),
        ({**GREEN, "werkelijk_einde": "2026-09-01"}, "einde_onder_100", pd.Timestamp("2026-09-01"), 50),
        ({**GREEN, "werkelijk_start": "2026-10-01"}, "voortgang_voor_start", 50, pd.Timestamp("2026-10-01")),
        ({**GREEN, "eigen_status": "niet_gestart"}, "voortgang_voor_start", 50, "niet_gestart"),
        (
            {"voortgang_pct": 1, "gepland_start": "2026-10-01", "gepland_einde": "2026-12-31"},
            "voortgang_voor_start",
            1,
            pd.Timestamp("2026-10-01"),
        ),
        ({**GREEN, "kwartaal": "2026Q1"}, "woord_verouderd", "groen", "2026Q1"),
    ],
)
def test_both_values_that_do_not_agree_are_given(row: dict[str, Any], kind: str, said: object, shown: object) -> None:
    """One row, one contradiction: what was said, what was found, and the quarter since which it stands."""
    table = found(row)
    assert table["soort"].tolist() == [kind]
    one = table.iloc[0]
    assert one["gezegd"] == said
    assert one["gevonden"] is shown or one["gevonden"] == shown  # NaT equals nothing, but there is only one
    assert one["sinds"] == one["kwartaal"] == row.get("kwartaal", "2026Q3")


def test_what_agrees_gives_no_row() -> None:
    """Green on schedule, completed with its end, red that is called red, and what has yet to start."""
    assert kinds(GREEN) == []
    assert kinds(DONE) == []
    assert kinds({**DONE, "werkelijk_einde": "2026-09-30"}) == []
    assert kinds({**GREEN, "werkelijk_start": "2026-09-30"}) == []
    assert kinds({**GREEN, "eigen_status": "rood", "voortgang_pct": 10}) == []
    later = {"eigen_status": "groen", "voortgang_pct": 0, "gepland_start": "2027-01-01", "gepland_einde": "2027-12-31"}
    assert kinds(*quarters("2026Q3", later, later, later)) == []
    assert kinds({**GREEN, "verwacht_einde": "2027-01-22"}) == []
    assert found().empty
    assert tuple(found().columns) == COLUMNS


def test_it_stands_since_the_first_quarter_of_an_unbroken_run() -> None:
    """Red under green in 2025Q4, called red in 2026Q1, red under green ever since: since 2026Q2."""
    long = {"gepland_start": "2025-01-01", "gepland_einde": "2026-12-31"}
    said = [{**long, "eigen_status": word, "voortgang_pct": 5 + at} for at, word in enumerate("grgg")]
    words = {"g": "groen", "r": "rood"}
    rows = quarters("2026Q3", *[{**row, "eigen_status": words[str(row["eigen_status"])]} for row in said])
    table = found(*rows)
    assert table[["soort", "sinds", "kwartaal"]].values.tolist() == [["groen_maar_rood", "2026Q2", "2026Q3"]]


def test_a_completed_action_has_no_open_milestones() -> None:
    """They are counted as they are known now, also when they came, or went, in a delivery after the action's last."""
    done = {**DONE, "kwartaal": "2026Q1", "werkelijk_einde": "2026-03-01"}
    open_one = {"kwartaal": "2026Q1", "mijlpaal_code": "M1"}
    closed = {**open_one, "kwartaal": "2026Q3", "gerealiseerd": "2026-08-01"}
    other = {"kwartaal": "2026Q1", "mijlpaal_code": "M2", "gerealiseerd": "2026-01-01"}
    table = found(done, milestones=[open_one, other])
    assert table[["soort", "gezegd", "gevonden", "sinds"]].values.tolist() == [
        ["voltooid_open_mijlpaal", "voltooid", 1, "2026Q1"]
    ]
    assert found(done, milestones=[open_one, closed, other]).empty
    assert len(found(done, milestones=[open_one, {**closed, "gerealiseerd": "2026-10-05"}])) == 1
    assert found(done, milestones=[open_one, {**closed, "gerealiseerd": "2026-09-30"}]).empty
    assert found(done, milestones=[{**open_one, "actie_code": "1.1.2"}]).empty


@pytest.mark.parametrize("word", ["stopgezet", "overgenomen"])
def test_an_open_milestone_of_what_left_contradicts_nothing(word: str) -> None:
    """Not even where it was called completed before."""
    late = {"kwartaal": "2026Q2", "gepland": "2025-01-31"}
    rows = [{**DONE, "kwartaal": "2026Q2"}, {**DONE, "eigen_status": word}]
    assert "voltooid_open_mijlpaal" not in set(found(*rows, milestones=[late])["soort"])
    assert "voltooid_open_mijlpaal" in set(found(rows[0], milestones=[late])["soort"])


def test_completed_without_a_public_trace() -> None:
    """Only where public evidence is kept and names the action, and only when it shows nothing at all."""
    none = pd.DataFrame({"actie_code": ["1.1.1"], "status": ["geen_spoor"]})
    assert found(DONE, evidence=none)[["soort", "gezegd", "gevonden"]].values.tolist() == [
        ["voltooid_zonder_bewijs", "voltooid", "geen_spoor"]
    ]
    assert found(DONE, evidence=none.assign(status="loopt")).empty
    assert found(DONE, evidence=none.assign(actie_code="1.1.2")).empty
    assert found({**DONE, "eigen_status": "groen"}, evidence=none)["gezegd"].tolist() == ["voltooid"]


def test_progress_that_stands_still_under_green() -> None:
    """Three delivered quarters at 50 %; two are none, nor three that are called orange or moved in between."""
    slow = {"eigen_status": "groen", "gepland_start": "2025-01-01", "gepland_einde": "2028-12-31", "voortgang_pct": 50}
    still = found(*quarters("2026Q3", {**slow, "voortgang_pct": 40}, slow, slow, slow))
    assert still[["soort", "gevonden", "sinds"]].values.tolist() == [["groen_maar_stilstand", 3, "2026Q1"]]
    assert kinds(*quarters("2026Q3", slow, slow)) == []
    assert kinds(*quarters("2026Q3", slow, slow, {**slow, "eigen_status": "oranje"})) == []
    assert kinds(*quarters("2026Q3", slow, slow, slow, {**slow, "voortgang_pct": 51})) == []
    assert kinds(*quarters("2026Q3", slow, {**slow, "voortgang_pct": 49}, slow, slow)) == []
    assert kinds(*quarters("2026Q3", *[{**slow, "voortgang_pct": 100}] * 3)) == []


def test_the_standstill_of_one_action_is_not_that_of_the_next() -> None:
    """Two actions with the same progress, one after the other in the table."""
    slow = {"eigen_status": "groen", "gepland_start": "2025-01-01", "gepland_einde": "2028-12-31", "voortgang_pct": 50}
    first = quarters("2026Q3", slow, slow)
    second = [{**row, "actie_code": "1.1.2"} for row in first]
    assert kinds(*first, *second) == []


def test_progress_that_went_back_stays_until_it_is_made_up() -> None:
    """From 50 to 30, then 40: still below what was once reported, since the quarter of the fall."""
    fell = [{**GREEN, "eigen_status": "", "voortgang_pct": value} for value in (50, 30, 45)]
    table = found(*quarters("2026Q3", *fell))
    assert table.values.tolist() == [["1.1.1", "teruggevallen", 50, 45, "2026Q2", "2026Q3"]]
    assert kinds(*quarters("2026Q3", *fell, {**GREEN, "eigen_status": ""})) == []


def test_each_quarter_is_asked_as_late_as_its_report_was() -> None:
    """The end came a month after 2026Q2, within the 45 days of its report: it was no empty word, until it was wiped."""
    rows = quarters("2026Q3", {**DONE, "werkelijk_einde": "2026-08-01"}, {**DONE, "werkelijk_einde": None})
    table, day = voortgang(*rows), dt.date(2026, 11, 14)
    statuses = action_status(plan("1.1.1"), table, day, QUARTER)
    shown = contradictions(statuses, table, mijlpalen(), day, QUARTER)
    assert shown[["soort", "sinds"]].values.tolist() == [["voltooid_zonder_einde", "2026Q3"]]


def test_what_counts_now_is_asked_today() -> None:
    """A quarter ago the end was still to come and the milestone open; by the day of the report both have come."""
    rows = [{**DONE, "kwartaal": quarter, "werkelijk_einde": "2026-08-01"} for quarter in ("2026Q1", "2026Q2")]
    came = {"kwartaal": "2026Q3", "gerealiseerd": "2026-08-01"}
    assert found(*rows, milestones=[{"kwartaal": "2026Q1"}, came]).empty
    behind = found({**GREEN, "voortgang_pct": 30, "kwartaal": "2026Q2"})
    assert behind[["soort", "sinds"]].values.tolist() == [["groen_maar_oranje", "2026Q2"]]
    late = found({**GREEN, "verwacht_einde": "2027-01-25", "kwartaal": "2026Q2"})
    assert late["soort"].tolist() == ["groen_maar_uitloop"]


def test_an_old_row_says_nothing_of_today() -> None:
    """Of a row from two quarters ago only its age is told, and what it claims to have completed."""
    old = {**GREEN, "voortgang_pct": 10, "kwartaal": "2026Q1", "werkelijk_einde": "2026-03-01"}
    assert kinds(old) == ["woord_verouderd"]
    assert kinds({**old, "eigen_status": "voltooid"}) == ["voltooid_onder_100", "woord_verouderd"]
    assert kinds({**old, "eigen_status": "overgenomen"}) == []


def test_the_most_severe_comes_first_then_the_order_of_the_plan() -> None:
    """By kind, in the fixed order; actions keep their place, 1.1.10 after 1.1.9."""
    red = {**GREEN, "voortgang_pct": 10}
    rows = [
        {**GREEN, "actie_code": "1.1.9", "voortgang_pct": 30},
        {**red, "actie_code": "1.1.10", "verwacht_einde": "2027-12-31"},
        {**red, "actie_code": "1.1.9", "kwartaal": "2026Q2"},
        {**red, "actie_code": "1.1.11"},
    ]
    table = voortgang(*rows)
    statuses = action_status(plan("1.1.9", "1.1.10", "1.1.11"), table, AS_OF, QUARTER)
    shown = contradictions(statuses, table, mijlpalen(), AS_OF, QUARTER)
    assert shown[["actie_code", "soort"]].values.tolist() == [
        ["1.1.10", "groen_maar_rood"],
        ["1.1.11", "groen_maar_rood"],
        ["1.1.9", "groen_maar_oranje"],
        ["1.1.10", "groen_maar_uitloop"],
    ]


def test_what_the_plan_does_not_name_is_left_out() -> None:
    """A delivery may speak of an action of another plan."""
    table = voortgang({**GREEN, "voortgang_pct": 10, "actie_code": "9.9.9"})
    statuses = action_status(plan("1.1.1"), table, AS_OF, QUARTER)
    assert contradictions(statuses, table, mijlpalen(), AS_OF, QUARTER).empty


def test_every_kind_can_be_found() -> None:
    """The cases above reach each kind of the list."""
    long = {"gepland_start": "2025-01-01", "gepland_einde": "2028-12-31", "voortgang_pct": 50, "eigen_status": "groen"}
    rows = [
        {**GREEN, "voortgang_pct": 10, "actie_code": "1"},
        {**GREEN, "voortgang_pct": 30, "actie_code": "2"},
        {**DONE, "voortgang_pct": 90, "werkelijk_einde": None, "actie_code": "3"},
        *quarters("2026Q3", *[{**long, "actie_code": "4"}] * 3),
        *quarters("2026Q3", *[{**GREEN, "actie_code": "5", "voortgang_pct": value} for value in (60, 50)]),
        {**GREEN, "actie_code": "6", "verwacht_einde": "2027-12-31", "werkelijk_start": "2026-12-01"},
        {**GREEN, "actie_code": "7", "werkelijk_einde": "2026-09-01"},
        {**GREEN, "actie_code": "8", "kwartaal": "2026Q1"},
    ]
    public = pd.DataFrame({"actie_code": ["3"], "status": ["geen_spoor"]})
    shown = found(*rows, milestones=[{"actie_code": "3"}], evidence=public)
    assert set(shown["soort"]) == set(KINDS)
