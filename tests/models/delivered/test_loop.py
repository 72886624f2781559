"""From a deviation to its cause, a measure, and what came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.loop import COLUMNS, DECISIONS, LOOPS, board_decisions, loops
from analysis.models.delivered.status import action_status
from analysis.quarter import Quarter
from tests.models.delivered.frames import delivered, plan, quarters, voortgang

QUARTER = Quarter(2026, 3)
AS_OF = dt.date(2026, 9, 30)
#: Behind, and not, whatever the quarter: a plan of ten years of which the owner says how much later it ends.
LATE = {"gepland_start": "2020-01-01", "gepland_einde": "2029-12-31", "voortgang_pct": 80}
GOOD = {**LATE, "verwacht_einde": "2029-12-31"}
RED = {**LATE, "verwacht_einde": "2030-12-31"}
ORANGE = {**LATE, "verwacht_einde": "2030-02-28"}
CAUSE = {"oorzaak": "personeel"}
MEASURE = {**CAUSE, "maatregel_nl": "werf aan"}
PLANNED = {**MEASURE, "maatregel_rol": "directeur", "maatregel_datum": "2026-12-31"}
CARRIED_OUT = {**PLANNED, "maatregel_stand": "uitgevoerd"}


def found(*rows: dict[str, Any]) -> pd.DataFrame:
    """Return the loops in these rows; a row is of action 1.1.1 unless told."""
    table = voortgang(*rows)
    statuses = action_status(plan(*sorted(table["actie_code"].unique())), table, AS_OF, QUARTER)
    return loops(statuses, table, AS_OF, QUARTER)


def one(*rows: dict[str, Any]) -> pd.Series:
    """Return the only loop of rows that end in the report's quarter."""
    return found(*quarters("2026Q3", *rows)).iloc[0]


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ({}, "geen_oorzaak"),
        (CAUSE, "geen_maatregel"),
        ({**PLANNED, "maatregel_stand": "vervallen"}, "geen_maatregel"),
        (MEASURE, "maatregel_zonder_rol_of_datum"),
        ({**PLANNED, "maatregel_rol": ""}, "maatregel_zonder_rol_of_datum"),
        ({**PLANNED, "maatregel_datum": None}, "maatregel_zonder_rol_of_datum"),
        ({**PLANNED, "maatregel_nl": "", "maatregel_fr": "recruter"}, "open"),
        (PLANNED, "open"),
        ({**PLANNED, "maatregel_datum": "2026-09-30"}, "open"),
        ({**PLANNED, "maatregel_datum": "2026-09-29"}, "te_laat"),
        (CARRIED_OUT, "uitgevoerd_zonder_effect"),
        ({**CARRIED_OUT, "maatregel_effect": "geen", "maatregel_rol": ""}, "uitgevoerd_zonder_effect"),
        ({**CARRIED_OUT, "maatregel_effect": "gedeeltelijk"}, "open"),
        ({**CARRIED_OUT, "maatregel_effect": "volledig", "maatregel_datum": "2026-01-01"}, "open"),
        ({**PLANNED, "oorzaak": ""}, "geen_oorzaak"),
    ],
)
def test_the_first_step_that_is_missing_is_the_state(row: dict[str, Any], state: str) -> None:
    """From deviation to cause to measure to role and date to effect; red or orange, in Dutch or in French."""
    for deviation in (RED, ORANGE):
        loop = one({**deviation, **row})
        assert (loop["lus"], loop["stap"]) == (state, state)
        assert loop[["sinds", "kwartalen_open", "eerder_goed", "gesloten_in"]].tolist() == ["2026Q3", 1, "", ""]


def test_a_loop_says_what_deviates_and_why() -> None:
    """The deviation with its rule and inputs, the cause, the measure and the quarter of the row."""
    loop = one(GOOD, {**RED, **PLANNED})
    assert loop[["afwijking", "regel", "gemeten", "drempel", "uitloop_dagen"]].tolist() == [
        "rood",
        "uitloop",
        365,
        90,
        365,
    ]
    assert loop[["oorzaak", "maatregel_nl", "maatregel_rol"]].tolist() == ["personeel", "werf aan", "directeur"]
    assert (loop["maatregel_datum"], loop["kwartaal"]) == (pd.Timestamp("2026-12-31"), "2026Q3")


def test_only_actions_that_deviated_have_a_loop() -> None:
    """Not one that is on schedule, unknown, or outside the plan; without rows all columns are there."""
    assert found({**GOOD}, {"actie_code": "1.1.2"}).empty
    assert tuple(found().columns) == COLUMNS
    table = voortgang({**RED, "actie_code": "9.9.9"})
    assert loops(action_status(plan("1.1.1"), table, AS_OF, QUARTER), table, AS_OF, QUARTER).empty
    assert loops(action_status(plan(), table, AS_OF, QUARTER), table, AS_OF, QUARTER).empty


def test_a_loop_is_open_since_the_deviation_began() -> None:
    """Orange counts as much as red, and a quarter of which nothing is known does not end it."""
    assert one(GOOD, RED, ORANGE, RED)[["sinds", "kwartalen_open"]].tolist() == ["2026Q1", 3]
    silent = [row for row in quarters("2026Q3", GOOD, RED, RED, RED) if row["kwartaal"] != "2026Q2"]
    assert found(*silent).iloc[0][["sinds", "kwartalen_open"]].tolist() == ["2026Q1", 3]
    unknown = {"kwartaal": "2026Q2", "actie_code": "1.1.1"}
    assert found(*silent, unknown).iloc[0][["sinds", "kwartalen_open"]].tolist() == ["2026Q1", 3]


def test_a_loop_closes_when_the_deviation_is_gone() -> None:
    """Back on schedule, completed or stopped; it was open until the quarter before."""
    loop = one(GOOD, RED, RED, GOOD, GOOD)
    assert loop[["lus", "sinds", "kwartalen_open", "gesloten_in"]].tolist() == ["gesloten", "2025Q4", 2, "2026Q2"]
    assert loop["afwijking"] == "rood"
    assert one(RED, {**LATE, "voortgang_pct": 100})["lus"] == "gesloten"
    assert one(RED, {**RED, "eigen_status": "stopgezet"})["lus"] == "gesloten"


def test_silence_does_not_close_a_loop() -> None:
    """Nothing was delivered for half a year: it is still open, and the row says how old it is."""
    rows = quarters("2026Q1", GOOD, {**RED, **PLANNED, "maatregel_datum": "2026-06-30"})
    loop = found(*rows).iloc[0]
    assert loop[["lus", "kwartalen_open", "kwartaal"]].tolist() == ["te_laat", 3, "2026Q1"]


def test_a_deviation_of_today_opens_a_loop_also_without_a_new_row() -> None:
    """On schedule a quarter ago, past its end today: the loop is of this quarter, out of the row of the last."""
    row = {"gepland_start": "2026-01-01", "gepland_einde": "2026-09-29", "voortgang_pct": 90, "kwartaal": "2026Q2"}
    loop = found({**row, **CAUSE}).iloc[0]
    assert loop[["lus", "regel", "sinds", "kwartalen_open", "kwartaal"]].tolist() == [
        "geen_maatregel",
        "einde_voorbij",
        "2026Q3",
        1,
        "2026Q2",
    ]


def test_a_loop_that_comes_back_is_reopened() -> None:
    """Closed in 2026Q1, red again now: reopened, with the step that is missing this time."""
    loop = one(RED, GOOD, GOOD, {**RED, **CAUSE})
    assert loop[["lus", "stap", "eerder_goed"]].tolist() == ["heropend", "geen_maatregel", "2026Q1"]
    assert loop[["sinds", "kwartalen_open"]].tolist() == ["2026Q3", 1]


def test_a_deviation_after_more_than_a_year_is_a_new_one() -> None:
    """Four quarters after it closed it is the same; five after, another."""
    assert one(RED, GOOD, GOOD, GOOD, GOOD, RED)["lus"] == "heropend"
    assert one(RED, GOOD, GOOD, GOOD, GOOD, GOOD, RED)["lus"] == "geen_oorzaak"


def test_a_measure_that_was_called_effective_must_be() -> None:
    """Reported as fully effective, and a quarter later the deviation still stands."""
    effective = {**RED, **CARRIED_OUT, "maatregel_effect": "volledig"}
    loop = one(effective, {**RED, **PLANNED})
    assert loop[["lus", "stap", "eerder_goed", "kwartalen_open"]].tolist() == ["heropend", "open", "2026Q2", 2]
    assert one({**effective, "maatregel_effect": "gedeeltelijk"}, {**RED, **PLANNED})["lus"] == "open"
    assert one(effective, GOOD)["lus"] == "gesloten"


# --- the board's decisions --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "state", "late"),
    [
        ({"stand": "open", "tegen": "2026-09-29"}, "te_laat", 1),
        ({"stand": "open", "tegen": "2026-09-30"}, "open", 0),
        ({"stand": "open", "tegen": "2026-12-31"}, "open", -92),
        ({"stand": "open"}, "zonder_termijn", None),
        ({"stand": "uitgevoerd", "tegen": "2026-06-30", "uitgevoerd_op": "2026-07-10"}, "uitgevoerd_zonder_effect", 10),
        ({"stand": "uitgevoerd", "effect_nl": "sneller"}, "uitgevoerd_met_effect", None),
        ({"stand": "uitgevoerd", "tegen": "2026-09-30", "uitgevoerd_op": "2026-09-30"}, "uitgevoerd_zonder_effect", 0),
        ({"stand": "uitgevoerd", "effect_fr": "plus vite"}, "uitgevoerd_met_effect", None),
        ({"stand": "uitgevoerd", "tegen": "2026-09-01", "uitgevoerd_op": "2026-10-01"}, "te_laat", 29),
        ({"stand": "ingetrokken", "tegen": "2026-01-01"}, "ingetrokken", None),
        ({"stand": ""}, "onbekend", None),
    ],
)
def test_what_became_of_a_decision(row: dict[str, Any], state: str, late: int | None) -> None:
    """Open, overdue, done with or without effect; what is to be done in the future is not done."""
    found = board_decisions(delivered("beslissingen", {"datum": "2026-02-01", **row}), AS_OF, QUARTER).iloc[0]
    assert found["lus"] == state
    assert found["dagen_te_laat"] == late or (late is None and pd.isna(found["dagen_te_laat"]))
    assert found["kwartalen_open"] == 3 or state not in DECISIONS[:3]


def test_the_youngest_row_of_a_decision_counts() -> None:
    """Taken, then carried out; a decision of after the day, and a row of a quarter to come, do not count."""
    rows = [
        {"kwartaal": "2026Q2", "stand": "open", "datum": "2026-05-01"},
        {"stand": "uitgevoerd", "datum": "2026-05-01", "effect_nl": "ja"},
        {"beslissing_code": "B2", "stand": "open", "datum": "2026-10-01"},
        {"beslissing_code": "B3", "stand": "open", "kwartaal": "2026Q4"},
    ]
    found = board_decisions(delivered("beslissingen", *rows), AS_OF, QUARTER)
    assert found[["beslissing_code", "lus"]].values.tolist() == [["B1", "uitgevoerd_met_effect"]]
    today = board_decisions(delivered("beslissingen", {"stand": "open", "datum": "2026-09-30"}), AS_OF, QUARTER)
    assert today["kwartalen_open"].tolist() == [1]
    after = delivered("beslissingen", {"stand": "open", "datum": "2026-10-05"})
    assert board_decisions(after, dt.date(2026, 11, 14), QUARTER)["kwartalen_open"].tolist() == [1]
    empty = board_decisions(delivered("beslissingen"), AS_OF, QUARTER)
    assert {"lus", "dagen_te_laat", "kwartalen_open"} <= set(empty)


# --- what holds of any history ----------------------------------------------------------------------------------------

any_row = st.builds(
    lambda state, step: {**state, **step},
    st.sampled_from([GOOD, RED, ORANGE, {"voortgang_pct": float("nan")}]),
    st.sampled_from([{}, CAUSE, MEASURE, PLANNED, CARRIED_OUT, {**CARRIED_OUT, "maatregel_effect": "volledig"}]),
)


@given(st.lists(any_row, min_size=1, max_size=8))
@settings(max_examples=20, deadline=None)
def test_every_deviation_has_one_loop_in_one_state(rows: list[dict[str, Any]]) -> None:
    """As long as the last thing known is a deviation the loop is open; it never is open longer than it is known."""
    table = found(*quarters("2026Q3", *rows))
    known = [row.get("verwacht_einde") for row in rows if row.get("verwacht_einde")]
    late = [end != GOOD["verwacht_einde"] for end in known]
    assert len(table) == any(late)
    if any(late):
        loop = table.iloc[0]
        assert loop["lus"] in LOOPS
        assert (loop["lus"] == "gesloten") == (not late[-1]) == bool(loop["gesloten_in"])
        assert 1 <= loop["kwartalen_open"] <= len(rows)
