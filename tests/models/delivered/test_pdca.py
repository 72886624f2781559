"""Where an action stands in plan, do, check, act."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.models.delivered.pdca import BANDS, EVIDENCE, PHASES, PIECES, band, objectives, positions
from analysis.quarter import Quarter
from tests.models.delivered.frames import mijlpalen, plan, quarters, voortgang

QUARTER = Quarter(2026, 3)
AS_OF = dt.date(2026, 9, 30)
#: Planned and owned, on schedule as long as its end is not expected later.
PLAN = {"gepland_start": "2025-01-01", "gepland_einde": "2029-12-31", "trekker_rol": "directeur"}
DO = {**PLAN, "werkelijk_start": "2025-01-02", "voortgang_pct": 60}
REPORTED = {**DO, "eigen_status": "groen"}
LATE = {**REPORTED, "verwacht_einde": "2031-12-31"}
CORRECTED = {**LATE, "maatregel_stand": "uitgevoerd", "maatregel_effect": "gedeeltelijk"}


def one(*rows: dict[str, Any], milestones: list[dict[str, Any]] | None = None) -> pd.Series:
    """Return the position of action 1.1.1, of which the last row is of the report's quarter."""
    tables = voortgang(*quarters("2026Q3", *rows)), mijlpalen(*milestones or [])
    return positions(plan("1.1.1"), *tables, AS_OF, QUARTER).iloc[0]


# --- the bands of CAF 2020 --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("low", "high", "name"),
    [(0, 10, "geen"), (11, 30, "plan"), (31, 50, "do"), (51, 70, "check"), (71, 90, "act"), (91, 100, "volledig")],
)
def test_the_bands_are_those_of_caf(low: int, high: int, name: str) -> None:
    """CAF 2020 (EIPA): each whole score from the lower to the upper number of a band."""
    assert {band(score) for score in range(low, high + 1)} == {name}


def test_between_two_bands_lies_the_lower_one() -> None:
    """10.5 is not yet 11, nor is 10.999; 11 is."""
    assert [band(score) for score in (10.0, 10.5, 10.999, 11.0, 30.9, 90.99)] == [
        "geen",
        "geen",
        "geen",
        "plan",
        "plan",
        "act",
    ]


@pytest.mark.parametrize("score", [None, math.nan])
def test_no_score_is_unknown(score: float | None) -> None:
    """Unknown is no band."""
    assert band(score) == "onbekend"


@pytest.mark.parametrize("score", [-0.001, 100.001, math.inf, -math.inf, -1, 101])
def test_a_score_outside_the_scale_is_refused(score: float) -> None:
    """A score that cannot be is a mistake of whoever made it."""
    with pytest.raises(ValueError, match="between 0 and 100"):
        band(score)


@given(st.floats(0, 100), st.floats(0, 100))
def test_every_score_has_a_band_and_a_higher_one_no_lower_band(one: float, two: float) -> None:
    """Total over the reals from 0 to 100, and monotone."""
    low, high = (PHASES.index(band(score)) for score in sorted((one, two)))
    assert low <= high


# --- the position of an action ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "score", "phase"),
    [
        ([{}], 0, "geen"),
        ([{"trekker_rol": "directeur"}], 5, "geen"),
        ([{**DO, "trekker_rol": ""}], 5, "geen"),
        ([{**PLAN, "gepland_einde": "2024-12-31"}], 5, "geen"),
        ([PLAN], 30, "plan"),
        ([{**PLAN, "gepland_einde": "2025-01-01"}], 30, "plan"),
        ([{**PLAN, "voortgang_pct": 0}], 30, "plan"),
        ([{**PLAN, "werkelijk_start": "2026-10-01"}], 30, "plan"),
        ([{**PLAN, "voortgang_pct": 1}], 40.5, "do"),
        ([{**PLAN, "werkelijk_start": "2026-09-30"}], 40.5, "do"),
        ([DO], 50, "do"),
        ([REPORTED, REPORTED], 50, "do"),
        ([REPORTED, REPORTED, REPORTED], 60.5, "check"),
        ([LATE, LATE, LATE, {**CORRECTED, "maatregel_effect": ""}], 60.5, "check"),
        ([LATE, LATE, CORRECTED], 90, "act"),
        ([CORRECTED, LATE, LATE], 90, "act"),
        ([LATE, LATE, CORRECTED, REPORTED], 100, "volledig"),
        ([REPORTED, REPORTED, CORRECTED], 90, "act"),
        ([REPORTED, REPORTED, {**CORRECTED, "verwacht_einde": None}], 90, "act"),
        ([{**CORRECTED, "eigen_status": ""}, DO], 50, "do"),
    ],
)
def test_a_phase_is_reached_by_its_evidence(rows: list[dict[str, Any]], score: float, phase: str) -> None:
    """One step after the other: what comes later counts only when all before it is there."""
    found = one(*rows)
    assert (found["score"], found["fase"]) == (score, phase)


def test_milestones_that_are_judged_are_a_check() -> None:
    """Planned, and said when it came or is expected; both kinds of check together are the top of the band."""
    judged = {"gepland": "2026-06-30", "gerealiseerd": "2026-07-15"}
    assert one(DO, milestones=[judged])[["score", "check_mijlpaal", "check_tijdig"]].tolist() == [60.5, True, False]
    assert one(REPORTED, REPORTED, REPORTED, milestones=[judged])["score"] == 70
    assert one(DO, milestones=[{"gepland": "2026-06-30", "verwacht": "2026-12-31"}])["fase"] == "check"
    assert one(DO, milestones=[{"gepland": "2026-06-30"}])["fase"] == "do"
    assert one(DO, milestones=[{**judged, "actie_code": "1.1.2"}])["fase"] == "do"
    assert one(DO, milestones=[{**judged, "kwartaal": "2026Q4"}])["fase"] == "do"


def test_reported_in_time_means_the_first_delivery_of_each_of_three_quarters() -> None:
    """A day too late, a quarter left out or an empty status breaks the habit; a later correction does not."""
    assert one(REPORTED, {**REPORTED, "bekend_op": "2026-08-14"}, REPORTED)["check_tijdig"]
    assert not one(REPORTED, {**REPORTED, "bekend_op": "2026-08-15"}, REPORTED)["check_tijdig"]
    assert not one(REPORTED, {**REPORTED, "eigen_status": ""}, REPORTED)["check_tijdig"]
    assert not one(REPORTED, REPORTED, {**REPORTED, "kwartaal": "2025Q4"}, REPORTED)["check_tijdig"]
    again = {**REPORTED, "kwartaal": "2026Q2", "bekend_op": "2026-10-01"}
    table = voortgang(*quarters("2026Q3", REPORTED, REPORTED, REPORTED), again)
    assert positions(plan("1.1.1"), table, mijlpalen(), AS_OF, QUARTER)["check_tijdig"].tolist() == [True]


def test_the_evidence_stands_beside_the_score() -> None:
    """Each piece by itself, also where an earlier phase is missing and it does not count."""
    found = one({**DO, "trekker_rol": ""})
    assert [piece for piece in PIECES if found[piece]] == ["plan_datums", "do_gestart", "do_voortgang"]
    assert tuple(phase for phase, *_ in EVIDENCE) == PHASES[1:] == tuple(name for _, name in BANDS[-2::-1])


@pytest.mark.parametrize(
    ("own", "more"), [("act", True), ("check", True), ("do", False), ("plan", False), ("", False), ("?", False)]
)
def test_the_owner_s_word_stands_beside_what_is_shown(own: str, more: bool) -> None:
    """A claim of a later phase than the evidence shows is marked; a modest one, or none, is not."""
    found = one({**DO, "pdca_fase": own})
    assert found[["fase", "eigen_fase", "eigen_hoger"]].tolist() == ["do", own, more]


def test_silence_is_unknown() -> None:
    """Without a row, or with one from half a year ago, there is no score, whatever the owner said."""
    rows = [
        {**DO, "actie_code": "1.1.2", "kwartaal": "2026Q1", "pdca_fase": "act"},
        {**DO, "actie_code": "1.1.3", "kwartaal": "2026Q2"},
        {**DO, "actie_code": "1.1.4", "kwartaal": "2025Q1", "voortgang_pct": 100},
    ]
    found = positions(plan("1.1.1", "1.1.2", "1.1.3", "1.1.4"), voortgang(*rows), mijlpalen(), AS_OF, QUARTER)
    assert found["fase"].tolist() == ["onbekend", "onbekend", "do", "do"]
    assert found["kwartaal"].tolist() == ["", "2026Q1", "2026Q2", "2025Q1"]
    assert not found["eigen_hoger"].any()
    assert positions(plan(), voortgang(), mijlpalen(), AS_OF, QUARTER).empty


# --- the position of an objective -------------------------------------------------------------------------------------


def test_an_objective_stands_where_its_weakest_action_stands() -> None:
    """The lowest score; with an unknown one it is at most that, and nought is nought whatever the unknown is."""
    found = pd.DataFrame(
        {
            "doelstelling_code": ["1.1", "1.1", "1.2", "1.2", "1.3", "1.3", "1.4"],
            "score": [70.0, 30.0, 70.0, None, 0.0, None, None],
        }
    )
    table = objectives(found, "doelstelling_code").set_index("doelstelling_code")
    assert table["fase"].tolist() == ["plan", "onbekend", "geen", "onbekend"]
    assert table["hoogstens"].fillna(-1).tolist() == [30, 70, 0, -1]
    assert table["score"].fillna(-1).tolist() == [30, -1, 0, -1]
    assert table[["acties", "bekend"]].values.tolist() == [[2, 2], [2, 1], [2, 1], [1, 0]]
