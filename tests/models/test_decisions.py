"""Which decisions the rules ask."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.models.decisions import KINDS, asked

AS_OF = dt.date(2026, 1, 1)


def actions(**status: str) -> pd.DataFrame:
    """Return actions by code, all with evidence of a month ago."""
    return pd.DataFrame({"actie_code": list(status), "status": list(status.values()), "leeftijd_dagen": 30})


def test_what_is_late_taken_over_or_silent_is_asked_in_that_order() -> None:
    """Each kind once, with its own actions; what runs with fresh evidence asks nothing."""
    rows = actions(a="loopt", b="geen_spoor", c="vertraagd", d="overgenomen", e="gestart")
    rows.loc[4, "leeftijd_dagen"] = 731
    found = asked(rows, None, 2, AS_OF)
    assert [ask.kind for ask in found] == list(KINDS[1:])
    assert [ask.n for ask in found] == [1, 1, 1, 1, 2]
    assert [list(ask.actions["actie_code"]) for ask in found] == [["c"], ["d"], ["e"], ["b"], []]


def test_the_end_of_the_plan_is_asked_in_its_last_year_and_after() -> None:
    """From four quarters before the end on; what is completed needs no decision."""
    rows = actions(a="loopt", b="voltooid")
    ends = {dt.date(2025, 12, 31): 1, dt.date(2026, 12, 31): 1, dt.date(2027, 1, 2): 0}
    for end, n in ends.items():
        assert [(ask.kind, ask.n) for ask in asked(rows, end, 0, AS_OF)] == [("plan_loopt_af", 1)] * n, end


def test_a_completed_plan_asks_nothing() -> None:
    """Also when it is over; and a plan without actions and targets asks nothing either."""
    assert asked(actions(a="voltooid"), dt.date(2025, 12, 31), 0, AS_OF) == []
    assert asked(actions().astype({"leeftijd_dagen": float}), dt.date(2025, 12, 31), 0, AS_OF) == []
