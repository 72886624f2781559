"""What the board is asked: the most urgent kind of each action, its own decisions, and what fits on a page."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.asks import COLUMNS, KINDS, LONG_QUARTERS, asks, shortlist
from analysis.models.delivered.contradictions import contradictions
from analysis.models.delivered.loop import board_decisions, loops
from analysis.models.delivered.rollup import LEFT
from analysis.models.delivered.slippage import slippage
from analysis.models.delivered.status import action_status
from analysis.quarter import Quarter
from tests.models.delivered.frames import delivered, mijlpalen, plan, quarters, voortgang

QUARTER, AS_OF = Quarter(2026, 3), dt.date(2026, 9, 30)
#: A plan of ten years, of which 67 % should be done: 20 points behind is orange, 40 is red.
TEN_YEARS = {"gepland_start": "2020-01-01", "gepland_einde": "2029-12-31", "eigen_status": "oranje"}
GREEN, ORANGE, RED = ({**TEN_YEARS, "voortgang_pct": value} for value in (70, 50, 30))
MEASURE = {"oorzaak": "budget", "maatregel_nl": "werf aan", "maatregel_rol": "directeur"}
RUNNING = {**MEASURE, "maatregel_datum": "2026-12-31", "maatregel_stand": "open"}
DONE = {**MEASURE, "maatregel_datum": "2026-06-30", "maatregel_stand": "uitgevoerd"}
#: Over since the end of 2025, and known not to be done.
OVER = {**TEN_YEARS, "gepland_einde": "2025-12-31", "voortgang_pct": 90, **RUNNING}


def found(
    *rows: dict[str, Any],
    milestones: tuple[dict[str, Any], ...] = (),
    decisions: tuple[dict[str, Any], ...] = (),
    codes: tuple[str, ...] = ("1.1.1",),
) -> pd.DataFrame:
    """Return what is asked of a plan of these actions; a row is of 1.1.1 and the report's quarter unless told."""
    table, later = voortgang(*rows), mijlpalen(*milestones)
    statuses = action_status(plan(*codes), table, AS_OF, QUARTER)
    return asks(
        statuses,
        table,
        loops(statuses, table, AS_OF, QUARTER),
        board_decisions(delivered("beslissingen", *decisions), AS_OF, QUARTER),
        contradictions(statuses, table, later, AS_OF, QUARTER),
        slippage(later, AS_OF, QUARTER, statuses.loc[statuses["status"].isin(LEFT), "actie_code"].tolist()),
        QUARTER,
    )


def kinds(*rows: dict[str, Any], **more: Any) -> list[str]:
    """Return the kinds of :func:`found`."""
    return found(*rows, **more)["soort"].tolist()


def decision(**cells: Any) -> dict[str, Any]:
    """Return an open decision on action 1.1.1, its deadline a quarter before the day."""
    usual = {"datum": "2026-01-15", "tegen": "2026-06-30", "stand": "open", "actie_code": "1.1.1", "label_nl": "Doe"}
    return {**usual, **cells}


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ({**GREEN, "eigen_status": "groen"}, []),
        ({**RED, **RUNNING}, []),
        ({**RED, **DONE, "maatregel_effect": "geen"}, ["zonder_effect"]),
        ({**RED, **DONE, "maatregel_effect": "gedeeltelijk"}, []),
        ({**RED, **RUNNING, "verwacht_einde": "2030-03-31"}, []),
        ({**RED, **RUNNING, "verwacht_einde": "2030-04-01"}, ["einde_bevestigen"]),
        (OVER, ["einde_ontbreekt"]),
        ({**OVER, "verwacht_einde": "2026-09-30"}, ["einde_ontbreekt"]),
        ({**OVER, "gepland_einde": "2026-09-30", "voortgang_pct": 60}, []),
        ({**OVER, "gepland_einde": "2026-08-31", "verwacht_einde": "2026-10-31"}, []),
        ({**OVER, "verwacht_einde": "2026-10-01"}, ["einde_bevestigen"]),
        ({**RED, **MEASURE, "maatregel_datum": "2026-09-29"}, ["maatregel_te_laat"]),
        ({**RED, **RUNNING, "eigen_status": "groen"}, ["tegenspraak"]),
        ({**GREEN, "eigen_status": "voltooid"}, ["tegenspraak"]),
        (RED, ["maatregel_ontbreekt"]),
        (ORANGE, ["maatregel_ontbreekt"]),
        ({**RED, **MEASURE}, ["maatregel_ontbreekt"]),
        ({**RED, "kwartaal": "2026Q2"}, ["maatregel_ontbreekt"]),
        ({**RED, "kwartaal": "2026Q1"}, ["stil"]),
        ({**RED, "kwartaal": "2026Q1", "eigen_status": "voltooid", "voortgang_pct": 100}, []),
        ({**RED, "eigen_status": "stopgezet"}, []),
    ],
)
def test_each_kind_has_its_own_ground_and_threshold(row: dict[str, Any], expected: list[str]) -> None:
    """A deviation that is being dealt with is not asked about, nor is what is done, stopped or well."""
    assert kinds(row) == expected


def test_after_two_years_far_behind_the_question_is_whether_to_go_on() -> None:
    """Not a quarter earlier, and not when little is left to do, whatever measure runs."""
    rows = quarters("2026Q3", *[{**RED, **RUNNING}] * LONG_QUARTERS)
    asked = found(*rows).iloc[0]
    assert asked[["soort", "aantal", "begin"]].tolist() == [
        "doorgaan_of_stoppen",
        LONG_QUARTERS,
        pd.Timestamp("2024-12-31"),
    ]
    assert kinds(*rows[1:]) == []
    assert kinds(*quarters("2026Q3", *[{**OVER, "verwacht_einde": "2026-12-31"}] * 3)) == ["einde_bevestigen"]


def test_what_came_back_needs_another_measure_unless_one_runs() -> None:
    """It had gone, or its measure was said to have worked."""
    assert kinds(*quarters("2026Q3", RED, GREEN, RED)) == ["teruggekomen"]
    later = {**GREEN, "verwacht_einde": "2030-03-31"}
    assert kinds(*quarters("2026Q3", later, GREEN, later)) == ["teruggekomen"]
    assert kinds(*quarters("2026Q3", later, GREEN, {**later, **RUNNING})) == []
    worked = {**RED, **DONE, "maatregel_effect": "volledig"}
    assert kinds(*quarters("2026Q3", worked, worked)) == ["teruggekomen"]


def test_an_action_that_nobody_ever_delivered_is_silent_since_no_known_day() -> None:
    """Unknown stays unknown; it stands after those of which the last delivery is known."""
    asked = found({**RED, "kwartaal": "2025Q4"}, codes=("1.1.1", "1.1.2"))
    assert asked[["soort", "actie_code"]].values.tolist() == [["stil", "1.1.1"], ["stil", "1.1.2"]]
    assert asked["begin"].tolist() == [pd.Timestamp("2025-12-31"), pd.NaT]
    assert pd.isna(asked["aantal"].iloc[1])


@pytest.mark.parametrize("word", ["stopgezet", "overgenomen"])
def test_nobody_asks_about_a_milestone_of_an_action_that_left(word: str) -> None:
    """It is not late any more: not even counted as such."""
    late = ({"gepland": "2025-01-31"},)
    assert found({**GREEN, "eigen_status": word}, milestones=late).empty
    assert found({**GREEN, "eigen_status": "groen"}, milestones=late)["mijlpalen"].tolist() == [1]


@pytest.mark.parametrize(("day", "expected"), [("2026-08-31", []), ("2026-08-30", ["mijlpaal_te_laat"])])
def test_a_late_milestone_is_asked_about_after_a_month(day: str, expected: list[str]) -> None:
    """Only of an action of which nothing worse is to be asked."""
    good = {**GREEN, "eigen_status": "groen"}
    assert kinds(good, milestones=({"gepland": day},)) == expected
    assert kinds(RED, milestones=({"gepland": day},)) == ["maatregel_ontbreekt"]


def test_late_milestones_are_counted_with_the_oldest_date() -> None:
    """By the dates that were first planned."""
    late = ({"gepland": "2026-05-31"}, {"gepland": "2026-03-31", "mijlpaal_code": "M2"})
    asked = found({**GREEN, "eigen_status": "groen"}, milestones=late).iloc[0]
    assert asked[["aantal", "begin"]].tolist() == [2, pd.Timestamp("2026-03-31")]


@pytest.mark.parametrize(
    ("cells", "status", "expected"),
    [
        ({}, "groen", ["beslissing_te_laat"]),
        ({"tegen": "2026-09-30"}, "groen", []),
        ({"tegen": None}, "groen", ["beslissing_zonder_tegen"]),
        ({"stand": "ingetrokken"}, "groen", []),
        ({"stand": "uitgevoerd", "uitgevoerd_op": "2026-07-01"}, "groen", []),
        ({}, "stopgezet", ["beslissing_zonder_doel"]),
        ({"tegen": "2026-12-31"}, "stopgezet", ["beslissing_zonder_doel"]),
        ({"tegen": None}, "overgenomen", ["beslissing_zonder_doel"]),
        ({"stand": "uitgevoerd", "uitgevoerd_op": "2026-07-01"}, "stopgezet", []),
        ({"actie_code": "", "doelstelling_code": "1.1"}, "stopgezet", ["beslissing_te_laat"]),
    ],
)
def test_the_board_comes_back_to_its_own_decisions(cells: dict[str, Any], status: str, expected: list[str]) -> None:
    """Over the deadline, without one, or on an action that is over; one on an objective has no action."""
    row = {**GREEN, "eigen_status": status}
    assert kinds(row, decisions=(decision(**cells),)) == expected


def test_a_decision_is_told_with_its_deadline_and_role() -> None:
    """What a view needs to say which decision it is."""
    asked = found({**GREEN, "eigen_status": "groen"}, decisions=(decision(rol="directeur"),)).iloc[0]
    names = ["beslissing_code", "label_nl", "rol", "aantal", "begin", "status"]
    assert asked[names].tolist() == ["B1", "Doe", "directeur", 92, pd.Timestamp("2026-06-30"), "groen"]


def test_red_comes_before_orange_and_the_longest_first() -> None:
    """Within one kind."""
    rows = [
        *quarters("2026Q3", *[{**ORANGE, "actie_code": "1.1.1"}] * 3),
        *quarters("2026Q3", *[{**RED, "actie_code": "1.1.2"}] * 1),
        *quarters("2026Q3", *[{**RED, "actie_code": "1.1.3"}] * 2),
    ]
    asked = found(*rows, codes=("1.1.1", "1.1.2", "1.1.3"))
    assert asked["actie_code"].tolist() == ["1.1.3", "1.1.2", "1.1.1"]


def test_nothing_is_asked_of_a_plan_without_actions_or_decisions() -> None:
    """All columns are there for a view."""
    nothing = found(codes=())
    assert nothing.empty
    assert list(nothing.columns) == list(COLUMNS)
    assert shortlist(nothing).empty


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "voortgang_pct": st.sampled_from([None, 0.0, 40.0, 95.0, 100.0]),
                "eigen_status": st.sampled_from(["", "niet_gestart", "groen", "rood", "voltooid", "stopgezet"]),
                "gepland_einde": st.sampled_from([None, "2025-12-31", "2029-12-31"]),
                "verwacht_einde": st.sampled_from([None, "2026-12-31", "2031-12-31"]),
                "gepland_start": st.sampled_from([None, "2020-01-01", "2027-01-01"]),
                "oorzaak": st.sampled_from(["", "budget"]),
                "maatregel_nl": st.sampled_from(["", "werf aan"]),
                "kwartaal": st.sampled_from(["2025Q4", "2026Q2", "2026Q3"]),
            }
        ),
        min_size=1,
        max_size=6,
    )
)
def test_an_action_is_asked_about_at_most_once_in_the_order_of_the_kinds(rows: list[dict[str, Any]]) -> None:
    """Whatever was delivered; nothing is asked of what is over, except that its word does not hold."""
    codes = tuple(f"1.1.{place}" for place in range(len(rows)))
    asked = found(*({**row, "actie_code": code} for row, code in zip(rows, codes, strict=True)), codes=codes)
    assert asked["actie_code"].is_unique
    assert asked["soort"].map(KINDS.index).is_monotonic_increasing
    over = asked[asked["status"].isin(["voltooid", "stopgezet"])]
    assert set(over["soort"]) <= {"tegenspraak"}


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from(KINDS), max_size=40),
    st.integers(min_value=1, max_value=20),
    st.integers(min_value=1, max_value=5),
)
def test_the_short_list_shows_each_kind_before_it_repeats_one(names: list[str], most: int, of_kind: int) -> None:
    """As many as fit, in the order in which they stood; a kind is left out only where there is no room for it."""
    table = pd.DataFrame({"soort": sorted(names, key=KINDS.index), "plaats": range(len(names))})
    short = shortlist(table, most, of_kind)
    assert len(short) == min(most, len(names))
    assert short["plaats"].is_monotonic_increasing
    assert short["soort"].nunique() == min(most, len(set(names)))
    left = table[~table["plaats"].isin(short["plaats"])]["soort"]
    crowded = short["soort"].value_counts()
    assert all(crowded[kind] <= of_kind or set(left) <= {*crowded[crowded >= of_kind].index} for kind in crowded.index)
