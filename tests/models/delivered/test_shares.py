"""Which budget lines and staff serve which objective."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.shares import INCOMPLETE, LINKS, OBJECTIVES, complete, links, per_objective, without_link

UNKNOWN = float("nan")


def shares(
    *rows: tuple[str, str, float], kind: str = "basisallocatie", quarter: str = "2026Q3", known: str = "2026-10-12"
) -> pd.DataFrame:
    """Build a delivery out of code, objective and share."""
    frame = pd.DataFrame(rows, columns=["code", "doelstelling_code", "aandeel_pct"]).astype({"aandeel_pct": float})
    return frame.assign(soort=kind, kwartaal=quarter, bekend_op=pd.Timestamp(known))


TWO = shares(("A", "1.1", 75), ("A", "1.2", 25), ("B", "1.1", 100))


def objective(rows: pd.DataFrame, amounts: Mapping[str, float] | None = None, code: str = "1.1") -> Any:
    """Return what serves one objective."""
    found = per_objective(rows, amounts).set_index("doelstelling_code")
    return found.loc[code]


@pytest.mark.parametrize(
    ("values", "ok"),
    [
        ((60, 40), True),
        ((33.33, 66.67), True),
        ((33.33, 33.33, 33.33), True),  # 99.99: just within the tolerance
        ((33.33, 33.33, 33.35), True),  # 100.01
        ((33.33, 33.33, 33.32), False),  # 99.98
        ((60, 40.02), False),
        ((100, 0), True),
        ((0,), False),
        ((150, -50), False),  # a share below nought is none
        ((60, UNKNOWN), False),
        ((100, UNKNOWN), False),
        ((UNKNOWN,), False),
    ],
)
def test_the_shares_of_a_code_are_a_hundred_percent(values: tuple[float, ...], ok: bool) -> None:
    """Within a hundredth of a point; what is incomplete is listed, with its sum where that is known."""
    rows = shares(*(("A", f"1.{number}", value) for number, value in enumerate(values)))
    assert links(rows)["som_ok"].tolist() == [ok] * len(values)
    found = complete(rows)
    assert len(found) == (0 if ok else 1)
    if not ok:
        assert found["doelstellingen"].iloc[0] == tuple(f"1.{number}" for number in range(len(values)))
        assert found["som_pct"].iloc[0] == pytest.approx(sum(values), nan_ok=True)


def test_one_code_may_be_of_two_kinds() -> None:
    """Budget lines and staff are counted apart."""
    rows = pd.concat([shares(("X", "1.1", 100)), shares(("X", "1.1", 50), ("Y", "1.1", 100), kind="personeel")])
    assert complete(rows)[["soort", "code", "som_pct"]].values.tolist() == [["personeel", "X", 50.0]]
    found = per_objective(rows)
    assert found["soort"].tolist() == ["basisallocatie", "personeel"]
    assert found["som_ok"].tolist() == [True, False]


def test_the_last_delivery_on_a_code_replaces_all_its_shares() -> None:
    """An objective that the code no longer serves does not linger; other codes stay as they were."""
    before = shares(("A", "1.1", 50), ("A", "1.2", 50), ("B", "1.2", 100), quarter="2026Q2", known="2026-07-10")
    late = shares(("A", "1.3", 100), quarter="2026Q2", known="2026-12-01")
    now = shares(("A", "1.1", 100))
    found = links(pd.concat([now, late, before]))
    assert found[["code", "doelstelling_code", "aandeel_pct"]].values.tolist() == [["A", "1.1", 100], ["B", "1.2", 100]]
    corrected = links(pd.concat([late, before]))
    assert corrected[["code", "doelstelling_code"]].values.tolist() == [["A", "1.3"], ["B", "1.2"]]


def test_an_objective_gets_its_share_of_each_amount() -> None:
    """1.1 has three quarters of 200 and all of 50, 1.2 one quarter of 200."""
    found = per_objective(TWO, {"A": 200, "B": 50})
    assert found["bedrag"].tolist() == [200, 50]
    assert found["codes"].tolist() == [("A", "B"), ("A",)]
    assert found["aantal"].tolist() == [2, 1]
    assert found["onbekend"].tolist() == [(), ()]


@pytest.mark.parametrize(
    ("amounts", "known", "unknown"),
    [({"A": 200}, 150, ("B",)), ({"A": 200, "B": UNKNOWN}, 150, ("B",)), ({}, UNKNOWN, ("A", "B"))],
)
def test_an_unknown_amount_makes_the_sum_unknown(
    amounts: dict[str, float], known: float, unknown: tuple[str, ...]
) -> None:
    """What is known is given beside it, and the codes that are not."""
    found = objective(TWO, amounts)
    assert pd.isna(found["bedrag"])
    assert found["bedrag_bekend"] == pytest.approx(known, nan_ok=True)
    assert found["onbekend"] == unknown


def test_without_amounts_all_amounts_are_unknown() -> None:
    """And the shares are still there."""
    found = per_objective(TWO)
    assert found["bedrag"].isna().all()
    assert found["som_ok"].all()


def test_an_unknown_share_makes_the_sum_unknown() -> None:
    """Whatever the amount, unless that is nought."""
    rows = shares(("A", "1.1", UNKNOWN), ("B", "1.1", 100))
    assert objective(rows, {"A": 10, "B": 5})["onbekend"] == ("A",)
    assert objective(rows, {"A": 0, "B": 5})["bedrag"] == 5


def test_nothing_of_an_unknown_amount_is_nothing() -> None:
    """A share of nought needs no amount."""
    assert objective(shares(("A", "1.1", 0), ("A", "1.2", 100), ("B", "1.1", 100)), {"B": 5})["bedrag"] == 5


def test_objectives_that_nothing_serves() -> None:
    """Per kind, in the order of the plan; a share of nought is no link, an unknown one is."""
    rows = shares(("A", "1.1", 100), ("A", "1.2", 0), ("B", "2.1", UNKNOWN))
    assert without_link(rows, ["2.1", "1.2", "1.1", "3.1"], "basisallocatie") == ["1.2", "3.1"]
    assert without_link(rows, ["1.1"], "personeel") == ["1.1"]
    assert without_link(rows.iloc[:0], ["1.1", "1.2"], "basisallocatie") == ["1.1", "1.2"]


def test_empty_tables_have_all_columns() -> None:
    """Without a delivery nothing is incomplete, and nothing is served."""
    none = TWO.iloc[:0]
    assert links(none).columns.tolist() == list(LINKS)
    assert per_objective(none, {"A": 1}).columns.tolist() == list(OBJECTIVES)
    assert complete(none).columns.tolist() == list(INCOMPLETE)


@given(st.lists(st.lists(st.integers(1, 100), min_size=1, max_size=6), min_size=1, max_size=5))
@settings(max_examples=50, deadline=None)
def test_whole_shares_give_away_every_amount_and_no_more(weights: list[list[int]]) -> None:
    """The amounts of the objectives add up to those of the codes, and every code is complete."""
    rows = [
        (f"C{code}", f"{place}", 100 * weight / sum(own))
        for code, own in enumerate(weights)
        for place, weight in enumerate(own)
    ]
    amounts = {f"C{code}": float(10 * code + 7) for code in range(len(weights))}
    assert complete(shares(*rows)).empty
    assert per_objective(shares(*rows), amounts)["bedrag"].sum() == pytest.approx(sum(amounts.values()))
