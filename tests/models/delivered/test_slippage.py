"""Milestones: first planned against realised or expected."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.slippage import COLUMNS, STATES, slippage
from analysis.quarter import Quarter
from tests.models.delivered.frames import mijlpalen, quarters

QUARTER = Quarter(2026, 3)
AS_OF = dt.date(2026, 9, 30)


def one(*rows: dict[str, Any]) -> pd.Series:
    """Return what is found of the only milestone."""
    return slippage(mijlpalen(*rows), AS_OF, QUARTER).iloc[0]


@pytest.mark.parametrize(
    ("row", "state", "slip"),
    [
        ({"gepland": "2026-08-31", "gerealiseerd": "2026-09-10"}, "gerealiseerd_laat", 10),
        ({"gepland": "2026-08-31", "gerealiseerd": "2026-08-31"}, "gerealiseerd", 0),
        ({"gepland": "2026-08-31", "gerealiseerd": "2026-08-01"}, "gerealiseerd", -30),
        ({"gerealiseerd": "2026-08-01"}, "gerealiseerd", None),
        ({"gepland": "2026-08-31", "gerealiseerd": "2026-08-01", "kwartaal": "2025Q1"}, "gerealiseerd", -30),
        ({"gepland": "2026-08-31", "kwartaal": "2026Q1"}, "onbekend", None),
        ({"gepland": "2026-09-29"}, "te_laat", None),
        ({"gepland": "2026-08-31", "kwartaal": "2026Q2"}, "te_laat", None),
        ({"gepland": "2026-09-29", "gerealiseerd": "2026-09-30"}, "gerealiseerd_laat", 1),
        ({"gepland": "2026-12-30", "verwacht": "2026-12-31"}, "verschuift", 1),
        ({"gepland": "2026-08-31", "verwacht": "2026-12-31"}, "te_laat", 122),
        ({"gepland": "2026-09-20", "gerealiseerd": "2026-10-01"}, "te_laat", None),
        ({"gepland": "2026-09-30"}, "gepland", None),
        ({"gepland": "2026-12-01", "verwacht": "2026-12-31"}, "verschuift", 30),
        ({"gepland": "2026-12-31", "verwacht": "2026-12-31"}, "op_schema", 0),
        ({"verwacht": "2026-12-31"}, "onbekend", None),
        ({}, "onbekend", None),
    ],
)
def test_the_first_state_that_applies(row: dict[str, Any], state: str, slip: int | None) -> None:
    """On the day itself nothing is late, what comes after the day has not come yet, old silence is unknown."""
    found = one(row)
    assert found["stand"] == state
    assert found["uitloop_dagen"] == slip or (slip is None and pd.isna(found["uitloop_dagen"]))


@pytest.mark.parametrize(
    ("row", "state", "slip"),
    [
        ({"gepland": "2026-08-31", "verwacht": "2026-12-31"}, "vervallen", None),
        ({"gepland": "2026-12-31"}, "vervallen", None),
        ({"gepland": "2026-08-31", "kwartaal": "2025Q1"}, "vervallen", None),
        ({"gepland": "2026-08-31", "gerealiseerd": "2026-10-01"}, "vervallen", None),
        ({}, "vervallen", None),
        ({"gepland": "2026-08-31", "gerealiseerd": "2026-09-10"}, "gerealiseerd_laat", 10),
        ({"gepland": "2026-08-31", "gerealiseerd": "2026-08-31"}, "gerealiseerd", 0),
    ],
)
def test_a_milestone_of_an_action_that_left_is_not_late(row: dict[str, Any], state: str, slip: int | None) -> None:
    """Nobody waits for it any more, whatever was planned; what was realised stays so."""
    found = slippage(mijlpalen(row, {**row, "actie_code": "1.1.2"}), AS_OF, QUARTER, ["1.1.1"])
    first, other = found.iloc[0], found.iloc[1]
    assert first["stand"] == state
    assert first["uitloop_dagen"] == slip or (slip is None and pd.isna(first["uitloop_dagen"]))
    assert pd.isna(first["dagen_te_laat"])
    pd.testing.assert_series_equal(other.iloc[1:], one(row).iloc[1:], check_names=False)


def test_the_first_plan_is_the_one_that_counts() -> None:
    """Moved twice, back once: three moves; the days are those from the first date, whatever was planned in between."""
    dates = ("2026-06-30", "2026-12-31", "2026-12-31", "2026-06-30", "2026-10-31")
    found = one(*quarters("2026Q3", *[{"gepland": date} for date in dates]))
    assert found["oorspronkelijk"] == pd.Timestamp("2026-06-30")
    assert found[["stand", "herpland", "uitloop_dagen", "dagen_te_laat"]].tolist() == ["te_laat", 3, 123, 92]


def test_correcting_the_first_delivery_is_re_planning() -> None:
    """The first word stays the first, also when the quarter in which it was given is delivered again."""
    first = {"kwartaal": "2026Q2", "gepland": "2026-06-30", "bekend_op": "2026-07-10"}
    found = one(first, {**first, "gepland": "2026-12-31", "bekend_op": "2026-08-01"}, {"gepland": "2026-12-31"})
    assert found[["herpland", "uitloop_dagen"]].tolist() == [1, 184]


def test_a_date_that_comes_later_is_no_move() -> None:
    """Nothing was planned before, so nothing was moved; nor is a date that is left out for a quarter."""
    found = one(*quarters("2026Q3", {}, {"gepland": "2026-12-31"}, {}, {"gepland": "2026-12-31"}))
    assert found[["herpland", "oorspronkelijk"]].tolist() == [0, pd.Timestamp("2026-12-31")]


def test_each_milestone_has_one_row() -> None:
    """Codes repeat from action to action; quarters to come do not count; without rows all columns are there."""
    rows = [
        {"actie_code": "1.1.2"},
        {"mijlpaal_code": "M2", "kwartaal": "2026Q2"},
        {"kwartaal": "2026Q4", "gepland": "2026-01-01"},
        {},
    ]
    table = slippage(mijlpalen(*rows), AS_OF, QUARTER)
    assert table[["actie_code", "mijlpaal_code"]].values.tolist() == [["1.1.1", "M1"], ["1.1.1", "M2"], ["1.1.2", "M1"]]
    assert table["leeftijd_kwartalen"].tolist() == [0, 1, 0]
    assert table["stand"].tolist() == ["onbekend"] * 3
    assert table["herpland"].tolist() == [0, 0, 0]
    assert tuple(slippage(mijlpalen(), AS_OF, QUARTER).columns) == COLUMNS


days = st.none() | st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 31))


@given(
    st.lists(
        st.fixed_dictionaries(dict.fromkeys(("gepland", "verwacht", "gerealiseerd"), days)), min_size=1, max_size=8
    )
)
@settings(max_examples=25, deadline=None)
def test_every_milestone_has_one_state_and_silence_is_never_good(rows: list[dict[str, Any]]) -> None:
    """On schedule only what was planned and is expected; days late only of what is late."""
    named = [{**row, "mijlpaal_code": f"M{number}"} for number, row in enumerate(rows)]
    found = slippage(mijlpalen(*named), AS_OF, QUARTER)
    assert len(found) == len(rows)
    assert set(found["stand"]) <= set(STATES)
    good = found[found["stand"] == "op_schema"]
    assert good[["oorspronkelijk", "verwacht"]].notna().all(axis=None)
    assert (found["dagen_te_laat"].notna() == (found["stand"] == "te_laat")).all()
