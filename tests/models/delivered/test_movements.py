"""Quarter against quarter: what a delivery changed, said aloud or in silence."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest

from analysis.models.delivered.movements import COLUMNS, KINDS, TARGETS, movements
from analysis.quarter import Quarter
from tests.models.delivered.frames import delivered, quarters

QUARTER = Quarter(2026, 3)
AS_OF = dt.date(2026, 11, 14)  # 45 days after the quarter: the report before looked on 14 August
#: On schedule in every quarter of these tests.
BASE = {"voortgang_pct": 50, "gepland_start": "2026-01-01", "gepland_einde": "2028-12-31", "eigen_status": "groen"}
NAN = float("nan")


def found(**tables: list[dict[str, Any]]) -> pd.DataFrame:
    """Return the movements in these tables; those that are not named are empty."""
    names = ("voortgang", "mijlpalen", "meetpunten", "metingen")
    progress, milestones, points, values = (delivered(name, *tables.get(name, [])) for name in names)
    return movements(progress, milestones, points, values, AS_OF, QUARTER)


def between(was: dict[str, Any], now: dict[str, Any]) -> list[list[object]]:
    """Return kind, field and both values of what moved between two quarters' rows of one action."""
    table = found(voortgang=quarters("2026Q3", {**BASE, **was}, {**BASE, **now}))
    assert (table["kwartaal_was"] == "2026Q2").all()
    assert (table["kwartaal_nu"] == "2026Q3").all()
    plain = table[~table["veld"].eq("status")]
    return plain[["soort", "veld", "was", "nu"]].values.tolist()


JUNE, JULY = pd.Timestamp("2027-06-30"), pd.Timestamp("2027-07-31")


@pytest.mark.parametrize(
    ("field", "was", "now", "kind"),
    [
        ("voortgang_pct", 50.0, 55.0, "voortgang"),
        ("voortgang_pct", 50.0, 45.0, "voortgang"),
        ("gewicht", 1.0, 2.0, "gewicht"),
        ("gewicht", 2.0, 1.0, "gewicht"),
        ("trekker_rol", "directeur", "adjunct", "trekker"),
        ("trekker_rol", "directeur", "", "trekker"),
        ("gepland_einde", JUNE, JULY, "herpland"),
        ("verwacht_start", JULY, JUNE, "herpland"),
        ("eigen_status", "groen", "rood", "status_slechter"),
        ("eigen_status", "oranje", "groen", "status_beter"),
        ("eigen_status", "groen", "stopgezet", "status_anders"),
        ("eigen_status", "groen", "", "status_anders"),
    ],
)
def test_each_field_moves_as_its_own_kind(field: str, was: object, now: object, kind: str) -> None:
    """What was and what is, of the field alone."""
    assert between({field: was}, {field: now}) == [[kind, field, was, now]]


def test_a_date_that_is_given_or_wiped_is_told_apart_from_one_that_moved() -> None:
    """Both say less, or more, than a move."""
    given = between({"verwacht_einde": None}, {"verwacht_einde": JUNE})
    wiped = between({"verwacht_einde": JUNE}, {"verwacht_einde": None})
    assert [row[0] for row in (*given, *wiped)] == ["datum_ingevuld", "datum_gewist"]


@pytest.mark.parametrize(
    "same", [{}, {"gewicht": 1.0}, {"verwacht_einde": None}, {"opmerking_nl": "ander woord"}, {"rij": 9}]
)
def test_what_does_not_move_gives_no_row(same: dict[str, Any]) -> None:
    """Two unknown values are the same, and an unknown weight is one."""
    assert between({}, same) == []


def test_the_computed_status_moves_too() -> None:
    """At 60 % on schedule in summer, at 65 % behind in autumn: the owner's word stays, the status does not."""
    short = {**BASE, "gepland_einde": "2026-12-31"}
    table = found(voortgang=quarters("2026Q3", {**short, "voortgang_pct": 60}, {**short, "voortgang_pct": 65}))
    assert table[["soort", "veld", "was", "nu"]].values.tolist() == [
        ["status_slechter", "status", "groen", "oranje"],
        ["voortgang", "voortgang_pct", 60, 65],
    ]


def test_the_row_before_may_be_older() -> None:
    """An action that was silent for a quarter is compared with what it said last, and is told to be back."""
    rows = [
        {**BASE, "kwartaal": "2026Q1", "voortgang_pct": 20},
        {**BASE, "kwartaal": "2026Q2", "actie_code": "1.1.2"},
        {**BASE, "kwartaal": "2026Q3", "voortgang_pct": 90},
        {**BASE, "kwartaal": "2026Q3", "actie_code": "1.1.2"},
    ]
    table = found(voortgang=rows)
    assert set(table["code"]) == {"1.1.1"}
    assert table[["soort", "was", "nu", "kwartaal_was", "kwartaal_nu"]].values.tolist() == [
        ["voortgang", 20, 90, "2026Q1", "2026Q3"],
        ["verschenen", "", "1.1.1", "2026Q1", "2026Q3"],
    ]


def test_actions_come_and_go() -> None:
    """Against the last quarter that was delivered; what was gone before is not gone again."""
    rows = [
        {**BASE, "kwartaal": "2025Q4", "actie_code": "1.1.9"},
        {**BASE, "kwartaal": "2026Q1", "actie_code": "1.1.1"},
        {**BASE, "kwartaal": "2026Q1", "actie_code": "1.1.2"},
        {**BASE, "kwartaal": "2026Q3", "actie_code": "1.1.2"},
        {**BASE, "kwartaal": "2026Q3", "actie_code": "1.1.3"},
    ]
    table = found(voortgang=rows)
    moves = table[table["soort"].isin(["verdwenen", "verschenen"])]
    assert moves[["soort", "code", "was", "nu", "kwartaal_was", "kwartaal_nu"]].values.tolist() == [
        ["verdwenen", "1.1.1", "1.1.1", "", "2026Q1", ""],
        ["verschenen", "1.1.3", "", "1.1.3", "", "2026Q3"],
    ]


def test_silence_and_a_beginning_are_no_movement() -> None:
    """Nothing delivered for the quarter, or nothing before it: there is nothing to compare."""
    assert found(voortgang=[{**BASE, "kwartaal": "2026Q2"}]).empty
    assert found(voortgang=[BASE]).empty
    assert found(voortgang=[BASE, {**BASE, "kwartaal": "2026Q4", "voortgang_pct": 90}]).empty
    assert tuple(found().columns) == COLUMNS


def test_an_earlier_quarter_that_changed_in_silence() -> None:
    """What was reported for 2026Q2 when the board last looked, and what is now said to have been so."""
    first = {**BASE, "kwartaal": "2026Q2", "bekend_op": "2026-07-10", "gepland_einde": JUNE}
    again = {**first, "bekend_op": "2026-10-10", "voortgang_pct": 49, "gepland_einde": JULY}
    table = found(voortgang=[first, again, {**BASE, "voortgang_pct": 49, "gepland_einde": JULY}])
    assert table[["soort", "veld", "was", "nu", "kwartaal_was", "kwartaal_nu"]].values.tolist() == [
        ["stil_gewijzigd", "voortgang_pct", 50, 49, "2026Q2", "2026Q2"],
        ["stil_gewijzigd", "gepland_einde", JUNE, JULY, "2026Q2", "2026Q2"],
    ]


def test_a_correction_that_the_board_saw_is_not_silent() -> None:
    """Corrected before the previous report, or to the same value, or of this very quarter: nothing was hidden."""
    first = {**BASE, "kwartaal": "2026Q2", "bekend_op": "2026-07-10"}
    seen = {**first, "bekend_op": "2026-08-14", "voortgang_pct": 30}
    same = {**first, "bekend_op": "2026-10-10", "gewicht": 1.0}
    own = {**BASE, "bekend_op": "2026-10-12", "voortgang_pct": 30}
    assert "stil_gewijzigd" not in set(found(voortgang=[first, seen, own])["soort"])
    assert "stil_gewijzigd" not in set(found(voortgang=[first, same, own])["soort"])
    early = {**BASE, "bekend_op": "2026-08-01"}
    assert "stil_gewijzigd" not in set(found(voortgang=[first, early, own])["soort"])
    assert "stil_gewijzigd" in set(found(voortgang=[first, {**seen, "bekend_op": "2026-08-15"}, own])["soort"])


def test_what_was_is_what_the_board_last_saw() -> None:
    """Of three values for one quarter: not the first, but the one that was known on the day of the previous report."""
    row = {**BASE, "kwartaal": "2026Q2", "bekend_op": "2026-07-10", "gewicht": 1.0}
    seen = {**row, "bekend_op": "2026-08-14", "gewicht": 2.0}
    now = {**row, "bekend_op": "2026-10-10", "gewicht": 3.0}
    table = found(voortgang=[row, seen, now])
    assert table[["soort", "veld", "was", "nu"]].values.tolist() == [["stil_gewijzigd", "gewicht", 2, 3]]


def test_a_quarter_that_was_never_reported_is_not_changed() -> None:
    """A delivery that comes late fills a silence."""
    late = {**BASE, "kwartaal": "2026Q1", "bekend_op": "2026-10-10"}
    known = {**BASE, "kwartaal": "2026Q2"}
    assert found(voortgang=[late, known, BASE]).empty


def test_a_measurement_that_changed_in_silence() -> None:
    """The same period of the same meetpunt with another value in a later delivery; a new period is news, no change."""
    first = {"kwartaal": "2026Q2", "periode": "2025", "waarde": 10.0}
    rows = [first, {**first, "kwartaal": "2026Q3", "waarde": 8.0}, {"periode": "2026", "waarde": 3.0}]
    table = found(metingen=rows)
    assert table.values.tolist() == [["stil_gewijzigd", "P1", "2025", "waarde", 10, 8, "2026Q2", "2026Q3"]]
    assert found(metingen=[first, {**first, "kwartaal": "2026Q3"}]).empty
    assert found(metingen=[first, {**first, "kwartaal": "2026Q3", "meetpunt_code": "P2", "waarde": 1.0}]).empty
    unknown = {**first, "waarde": NAN}
    assert found(metingen=[unknown, {**unknown, "kwartaal": "2026Q3"}]).empty


@pytest.mark.parametrize("field", TARGETS)
def test_a_changed_target_is_told(field: str) -> None:
    """Target, base and good direction: lowering the bar is not reaching it."""
    was: object = 10.0 if field.endswith(("waarde", "onder", "boven")) else "2026"
    now: object = 8.0 if was == 10.0 else "2027"
    table = found(meetpunten=quarters("2026Q3", {field: was}, {field: now}))
    assert table[["soort", "code", "veld", "was", "nu"]].values.tolist() == [["doel_gewijzigd", "P1", field, was, now]]
    assert found(meetpunten=quarters("2026Q3", {field: was}, {field: was})).empty


def test_a_new_meetpunt_changes_no_target() -> None:
    """Nor does one that is no longer delivered."""
    old = {"meetpunt_code": "P2", "kwartaal": "2026Q2", "streef_waarde": 5.0}
    points = [*quarters("2026Q3", {"streef_waarde": 8.0}, {"streef_waarde": 8.0}), old]
    assert found(meetpunten=[*points, {"meetpunt_code": "P3", "streef_waarde": 1.0}]).empty


def test_milestones_move_come_and_go() -> None:
    """As long as their action is delivered; of an action that is not, nothing is told but that."""
    own = {"kwartaal": "2026Q2", "gepland": JUNE}
    rows = [
        {**own, "mijlpaal_code": "M1"},
        {**own, "mijlpaal_code": "M2"},
        {**own, "mijlpaal_code": "M4", "actie_code": "1.1.2"},
        {"mijlpaal_code": "M1", "gepland": JULY},
        {"mijlpaal_code": "M3", "gepland": JULY},
    ]
    actions = [*quarters("2026Q3", BASE, BASE), {**BASE, "kwartaal": "2026Q2", "actie_code": "1.1.2"}]
    table = found(voortgang=actions, mijlpalen=rows)
    moves = table[table["soort"].str.startswith("mijlpaal")]
    assert moves[["soort", "code", "onderdeel", "veld", "was", "nu"]].values.tolist() == [
        ["mijlpaal_verschoven", "1.1.1", "M1", "gepland", JUNE, JULY],
        ["mijlpaal_verdwenen", "1.1.1", "M2", "mijlpaal_code", "M2", ""],
        ["mijlpaal_verschenen", "1.1.1", "M3", "mijlpaal_code", "", "M3"],
    ]


def test_a_milestone_is_new_once_however_long_its_action_was_silent() -> None:
    """An action that skips a quarter brings back its milestones: moved, gone, or as they were, and one is new."""
    own = {"kwartaal": "2026Q1", "gepland": JUNE}
    before = [{**own, "mijlpaal_code": code} for code in ("M1", "M2", "M3")]
    other = {"kwartaal": "2026Q2", "gepland": JUNE, "actie_code": "1.1.2"}
    now = [{"mijlpaal_code": "M1", "gepland": JUNE}, {"mijlpaal_code": "M2", "gepland": JULY}, {"mijlpaal_code": "M4"}]
    actions = [{**BASE, "kwartaal": "2026Q1"}, {**BASE, "kwartaal": "2026Q2", "actie_code": "1.1.2"}, BASE]
    table = found(voortgang=actions, mijlpalen=[*before, other, *now])
    moves = table[table["soort"].str.startswith("mijlpaal")]
    assert moves[["soort", "onderdeel", "kwartaal_was"]].values.tolist() == [
        ["mijlpaal_verschoven", "M2", "2026Q1"],
        ["mijlpaal_verdwenen", "M3", "2026Q1"],
        ["mijlpaal_verschenen", "M4", ""],
    ]


def test_a_milestone_is_gone_once() -> None:
    """What a delivery of its action left out was told then; that it is back is no news of a new one."""
    told = quarters("2026Q3", BASE, BASE, BASE)
    rows = [
        {"kwartaal": "2026Q1", "gepland": JUNE},
        *quarters("2026Q3", *[{"mijlpaal_code": "M2", "gepland": JUNE}] * 3),
    ]
    assert "mijlpaal_verdwenen" not in set(found(voortgang=told, mijlpalen=rows)["soort"])
    back = found(voortgang=told, mijlpalen=[*rows, {"gepland": JUNE}])
    assert "mijlpaal_verschenen" not in set(back["soort"])


def test_movements_come_in_the_fixed_order() -> None:
    """By kind, then by code; every kind that is given stands in the list."""
    rows = [
        *quarters("2026Q3", {**BASE, "actie_code": "1.1.2", "trekker_rol": "a"}, {**BASE, "actie_code": "1.1.2"}),
        *quarters("2026Q3", {**BASE, "verwacht_einde": JUNE}, {**BASE, "verwacht_einde": JULY, "trekker_rol": "b"}),
    ]
    table = found(voortgang=rows)
    places = [KINDS.index(kind) for kind in table["soort"]]
    assert places == sorted(places)
    assert table.loc[table["soort"] == "trekker", "code"].tolist() == ["1.1.1", "1.1.2"]
