"""The three indicators of OPTIris."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.models.delivered.kpis import COLUMNS, KPIS, Codes, kpis, on_time
from analysis.models.intervals import wilson
from analysis.quarter import Quarter
from tests.models.delivered.frames import delivered, plan, voortgang

QUARTER = Quarter(2026, 3)
AS_OF = dt.date(2026, 9, 30)
CODES = Codes(proposals="P1", smart="P2", savings="P3", satisfied="P4", asked="P5")


def measured(code: str, value: float, period: str = "2026Q2", end: str = "2026-06-30", **row: Any) -> dict[str, Any]:
    """Return a measurement."""
    return {"meetpunt_code": code, "waarde": value, "periode": period, "periode_tot": end, **row}


def table(*rows: dict[str, Any], codes: Codes = CODES) -> pd.DataFrame:
    """Return the indicators out of these measurements, by name."""
    found = kpis(plan("1.1.1"), voortgang(), delivered("metingen", *rows), codes, AS_OF, QUARTER)
    return found.set_index("kpi")


def realised(*rows: dict[str, Any]) -> dict[str, object]:
    """Return KPI 2 of actions 1.1.1, 1.1.2 and so on, whose original planned end is 2026-06-30 unless told."""
    codes = [f"1.1.{number + 1}" for number in range(len(rows))]
    named = [
        {"actie_code": code, "gepland_start": "2026-01-01", "gepland_einde": "2026-06-30", **row}
        for code, row in zip(codes, rows, strict=True)
    ]
    return on_time(plan(*codes), voortgang(*named), AS_OF, QUARTER)


# --- the interval -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_that_of_the_literature(hits: int, n: int, low: float, high: float) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3 (the score method of Wilson)."""
    assert wilson(hits, n) == pytest.approx((low, high), abs=5e-5)


def test_a_share_of_nothing_has_no_interval() -> None:
    """And a share cannot be more than one, or less than nought."""
    assert all(math.isnan(bound) for bound in wilson(0, 0))
    for hits, n in ((2, 1), (-1, 3)):
        with pytest.raises(ValueError, match="no share"):
            wilson(hits, n)


@given(st.integers(0, 500), st.integers(1, 500))
def test_the_interval_holds_its_share(hits: int, n: int) -> None:
    """Within 0 and 1, around the share, and mirrored for the others."""
    if hits <= n:
        low, high = wilson(hits, n)
        assert 0 <= low <= hits / n + 1e-12
        assert hits / n - 1e-12 <= high <= 1
        assert wilson(n - hits, n) == pytest.approx((1 - high, 1 - low))


# --- KPI 2: actions realised on time ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "hits", "n", "unknown"),
    [
        ({"werkelijk_einde": "2026-06-30"}, 1, 1, 0),
        ({"werkelijk_einde": "2026-06-30", "voortgang_pct": 100}, 1, 1, 0),
        ({"werkelijk_einde": "2026-07-01"}, 0, 1, 0),
        ({"werkelijk_einde": "2026-06-01", "voortgang_pct": 90}, 0, 1, 0),
        ({"voortgang_pct": 90}, 0, 1, 0),
        ({"eigen_status": "stopgezet", "werkelijk_einde": "2026-05-01"}, 0, 1, 0),
        ({"eigen_status": "overgenomen"}, 0, 1, 0),
        ({"voortgang_pct": 100}, 0, 1, 1),
        ({"voortgang_pct": 100, "werkelijk_einde": "2026-10-01"}, 0, 1, 1),
        ({"eigen_status": "voltooid"}, 0, 1, 1),
        ({"voortgang_pct": 50, "kwartaal": "2026Q1"}, 0, 1, 1),
        ({"gepland_einde": None, "werkelijk_einde": "2026-06-01"}, 0, 1, 1),
        ({"gepland_einde": "2026-12-31", "werkelijk_einde": "2026-06-01"}, 1, 1, 0),
        ({"gepland_einde": "2026-12-31", "voortgang_pct": 60}, 0, 0, 0),
        ({"gepland_einde": "2026-09-30", "voortgang_pct": 99}, 0, 0, 0),
        ({"gepland_einde": None, "voortgang_pct": 60}, 0, 0, 0),
    ],
)
def test_what_counts_as_on_time(row: dict[str, Any], hits: int, n: int, unknown: int) -> None:
    """In the whole: the original end is over, or it is completed. On time: realised by then. Else late, or unknown."""
    found = realised(row)
    assert (found["teller"], found["noemer"], found["onbekend"]) == (hits, n, unknown)


def test_the_percentage_is_what_is_known_to_be_on_time() -> None:
    """One on time, one late, one of which the day is unknown, one that is not due: 1 of 3, at most 2 of 3."""
    found = realised(
        {"werkelijk_einde": "2026-06-01"},
        {"werkelijk_einde": "2026-07-01"},
        {"voortgang_pct": 100},
        {"gepland_einde": "2027-06-30", "voortgang_pct": 10},
    )
    assert found["waarde"] == pytest.approx(100 / 3)
    assert found["hoogstens"] == pytest.approx(200 / 3)
    low, high = wilson(1, 3)
    assert (found["onder"], found["boven"]) == pytest.approx((100 * low, 100 * high))
    assert (found["stand"], found["periode"]) == ("bekend", "2026Q3")


def test_re_planning_does_not_make_an_action_on_time() -> None:
    """Moved to December before it was over, done in September: late by the plan that was first."""
    rows = [
        {"kwartaal": "2026Q1", "gepland_einde": "2026-06-30"},
        {"gepland_einde": "2026-12-31", "werkelijk_einde": "2026-09-01"},
    ]
    found = on_time(plan("1.1.1"), voortgang(*rows), AS_OF, QUARTER)
    assert (found["teller"], found["noemer"]) == (0, 1)


def test_nothing_that_is_due_is_no_percentage() -> None:
    """Nought of nought is unknown, not nought."""
    found = realised({"gepland_einde": "2027-06-30", "voortgang_pct": 10})
    assert found["stand"] == "onbekend"
    assert math.isnan(float(str(found["waarde"])))


# --- KPI 1 and 3: what is measured ------------------------------------------------------------------------------------


def test_without_measurements_they_are_unknown() -> None:
    """No code, no measurement: five rows in the fixed order, and nothing is made up."""
    for found in (table(), table(measured("P1", 3), codes=Codes())):
        assert tuple(found.index) == KPIS
        assert found["stand"].tolist() == ["onbekend"] * 5
        assert found["waarde"].isna().all()
    assert list(table().reset_index().columns) == list(COLUMNS)


def test_shares_have_their_interval_where_their_number_is_known() -> None:
    """12 proposals of which 75 % SMART; 80 % of an unknown number of representatives is satisfied."""
    found = table(measured("P1", 12), measured("P2", 75), measured("P3", 1.5e6), measured("P4", 80))
    assert found["waarde"].fillna(-1).tolist() == [12, 75, 1.5e6, -1, 80]
    low, high = wilson(9, 12)
    shares = found[["teller", "noemer", "onder", "boven"]]
    assert shares.to_numpy()[1].tolist() == pytest.approx([9, 12, 100 * low, 100 * high])
    assert shares.isna().to_numpy()[4].all()
    asked = table(measured("P4", 80), measured("P5", 10))[["teller", "noemer", "stand", "periode"]]
    assert asked.to_numpy()[4].tolist() == [8, 10, "bekend", "2026Q2"]
    assert table(measured("P4", 100), measured("P5", 1))["noemer"]["3_tevredenheid"] == 1


def test_a_number_of_another_period_gives_no_interval() -> None:
    """75 % of this quarter's proposals says nothing of last quarter's twelve; nor do nought proposals."""
    other = table(measured("P1", 12, "2026Q1", "2026-03-31"), measured("P2", 75))
    assert other["waarde"]["1_kwaliteit"] == 75
    assert math.isnan(other["noemer"]["1_kwaliteit"])
    assert math.isnan(table(measured("P1", 0), measured("P2", 75))["noemer"]["1_kwaliteit"])


def test_the_youngest_period_that_is_over_counts_as_delivered_last() -> None:
    """A period that still runs does not count, an older one neither, nor one without a value; a correction replaces."""
    found = table(
        measured("P1", 5, "2026Q1", "2026-03-31"),
        measured("P1", 6, kwartaal="2026Q2"),
        measured("P1", 7),
        measured("P1", 9, "2026", "2026-12-31"),
        measured("P1", float("nan"), "2026-07", "2026-07-31"),
        measured("P1", 8, kwartaal="2026Q4"),
    )
    assert found[["waarde", "periode"]].iloc[0].to_list() == [7, "2026Q2"]
    assert table(measured("P1", 4, "2026Q3", "2026-09-30"))["waarde"]["1_voorstellen"] == 4


@pytest.mark.parametrize("value", [-1.0, 101.0])
def test_a_percentage_outside_its_scale_is_unknown(value: float) -> None:
    """It is not cut off to something that looks right."""
    assert table(measured("P4", value)).loc["3_tevredenheid", "stand"] == "onbekend"
