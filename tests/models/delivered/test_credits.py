"""Credits beside progress: cases by hand, every verdict, and that nothing of the total is lost or made."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered import credits as model
from analysis.quarter import Quarter

NAN = math.nan
Q3 = Quarter(2026, 3)


def credit(
    code: str, paid: float, adjusted: float = NAN, quarter: str = "2026Q3", day: str = "2026-10-09"
) -> dict[str, object]:
    """A delivered row: 100 at first."""
    return {
        "code": code,
        "periode": "2026",
        "kwartaal": quarter,
        "bekend_op": pd.Timestamp(day),
        "begroot_initieel": 100.0,
        "begroot_aangepast": adjusted,
        "vastgelegd": paid,
        "vereffend": paid,
    }


def links(*rows: tuple[str, str, float]) -> pd.DataFrame:
    """Delivered shares of basisallocaties."""
    own = pd.DataFrame(rows, columns=["code", "doelstelling_code", "aandeel_pct"])
    return own.assign(soort="basisallocatie", kwartaal="2026Q3", bekend_op=pd.Timestamp("2026-10-09"))


def parts(rows: list[dict[str, object]], shares: pd.DataFrame) -> pd.DataFrame:
    """The credits divided, by part and objective."""
    return model.divided(model.of_year(pd.DataFrame(rows), Q3), shares).set_index(["deel", "code"])


def test_divided_by_hand() -> None:
    """A (200 after adjustment) for 3/4 to 1.1 and 1/4 outside the plan; B (100, not adjusted) wholly to 1.1.

    1.1: 150 + 100 = 250, paid 0.75 x 80 + 20 = 80, that is 32 %; outside: 50 and 20.
    """
    shares = links(("A", "1.1", 75.0), ("A", "", 25.0), ("B", "1.1", 100.0))
    found = parts([credit("A", 80.0, 200.0), credit("B", 20.0)], shares)
    assert found.index.tolist() == [("doelstelling", "1.1"), ("buiten_plan", ""), ("totaal", "")]
    assert found["krediet"].tolist() == [250.0, 50.0, 300.0]
    assert found["vereffend"].tolist() == [80.0, 20.0, 100.0]
    assert found["graad"].tolist() == pytest.approx([32.0, 40.0, 100 / 3])
    # 1.1 and the total rest on an initial credit too
    assert found["aangepast"].tolist() == [False, True, False]


def test_what_has_no_link_or_no_whole_shares_is_a_part_of_its_own() -> None:
    """Of A 90 % is told, of C 120 %: 10 - 20 = -10 is left; B serves nothing that anyone told of."""
    shares = links(("A", "1.1", 90.0), ("C", "1.1", 60.0), ("C", "1.2", 60.0))
    found = parts([credit("A", 10.0), credit("B", 20.0), credit("C", 30.0)], shares)
    assert found.loc[("zonder_band", ""), ["krediet", "codes"]].tolist() == [100.0, ("B",)]
    rest = found.loc[("rest", "")]
    assert (rest["krediet"], rest["codes"]) == (pytest.approx(-10.0), ("A", "C"))
    assert math.isnan(rest["graad"])


def test_an_unknown_amount_is_named_and_gives_no_rate() -> None:
    """The known part stands, but not as if it were the whole; the other objective is not touched."""
    shares = links(("A", "1.1", 100.0), ("B", "1.1", 50.0), ("B", "1.2", 50.0), ("C", "1.3", 100.0))
    found = parts([credit("A", 10.0), credit("B", NAN), credit("C", 40.0)], shares)
    own = found.loc[("doelstelling", "1.1")]
    assert (own["vereffend"], own["deels"], own["onbekend"]) == (10.0, ("vastgelegd", "vereffend"), ("B",))
    assert math.isnan(own["graad"])
    assert math.isnan(found.loc[("doelstelling", "1.2"), "vereffend"])
    assert found.loc[("doelstelling", "1.3"), "graad"] == 40.0
    assert found.loc[("totaal", ""), "onbekend"] == ("B",)


def test_a_link_without_an_amount_is_unknown() -> None:
    """A basisallocatie of which no credit was delivered makes its objective's rate unknown; it is not in the total."""
    found = parts([credit("A", 10.0)], links(("A", "1.1", 100.0), ("Z", "1.1", 100.0)))
    assert found.loc[("doelstelling", "1.1"), "onbekend"] == ("Z",)
    assert found.loc[("totaal", ""), "krediet"] == 100.0


def test_the_last_quarter_and_its_correction_count() -> None:
    """What a quarter said is replaced by a correction of it; who is silent in the last quarter is unknown."""
    rows = [
        credit("A", 10.0, quarter="2026Q2", day="2026-07-09"),
        credit("B", 10.0, quarter="2026Q2", day="2026-07-09"),
        credit("A", 30.0),
        credit("A", 25.0, day="2026-11-02"),
    ]
    known = model.of_year(pd.DataFrame(rows), Q3)
    assert known["code"].tolist() == ["A", "B"]
    assert known["vereffend"].tolist() == pytest.approx([25.0, NAN], nan_ok=True)
    assert set(known["kwartaal"]) == {"2026Q3"}
    assert model.of_year(pd.DataFrame(rows), Quarter(2026, 2))["vereffend"].tolist() == [10.0, 10.0]
    assert model.of_year(pd.DataFrame(rows), Quarter(2027, 1)).empty


def action(
    code: str, done: float, asked: float, weight: float = 1.0, status: str = "groen", rule: str = ""
) -> dict[str, object]:
    """An action with its status."""
    return {
        "doelstelling_code": code,
        "voortgang_pct": done,
        "verwacht_pct": asked,
        "gewicht": weight,
        "status": status,
        "regel": rule,
    }


def test_progress_by_hand() -> None:
    """1.1: (3 x 40 + 1 x 80) / 4 = 50 against (3 x 60 + 1 x 100) / 4 = 70; what was stopped has no weight."""
    rows = [
        action("1.1", 40.0, 60.0, 3.0),
        action("1.1", 80.0, 100.0),
        action("1.1", 0.0, 100.0, 9.0, "stopgezet"),
        action("1.2", 10.0, 20.0),
        action("1.2", 90.0, 20.0, 2.0, "onbekend", "stil"),
        action("1.3", 0.0, 100.0, 1.0, "overgenomen"),
    ]
    found = model.progress(pd.DataFrame(rows)).set_index("code")
    assert found.loc["1.1"].tolist() == [50.0, 70.0, 1.0]
    # a third of the weight is known: too little
    assert found.loc["1.2"].tolist() == pytest.approx([NAN, NAN, 1 / 3], nan_ok=True)
    assert found.loc["1.3"].tolist() == pytest.approx([NAN, NAN, 0.0], nan_ok=True)


def judged(paid: float, done: float, asked: float, passed: float) -> tuple[float, str]:
    """The difference and the verdict on an objective with one basisallocatie of 100."""
    own = model.divided(model.of_year(pd.DataFrame([credit("A", paid)]), Q3), links(("A", "1.1", 100.0)))
    rows = model.beside(own, model.progress(pd.DataFrame([action("1.1", done, asked)])), passed)
    assert rows["oordeel"].tolist()[1:] == [""]
    return float(rows["verschil"].iloc[0]), str(rows["oordeel"].iloc[0])


def test_verdicts_by_hand() -> None:
    """At 3/4 of the year 75 % is expected: 85 paid is 10 ahead; with 40 of 70 done, progress is 30 behind: 40 apart."""
    assert judged(85.0, 40.0, 70.0, 0.75) == (40.0, model.AHEAD)
    assert judged(45.0, 70.0, 70.0, 0.75) == (-30.0, model.BEHIND)
    # both are 30 behind: they agree
    assert judged(45.0, 40.0, 70.0, 0.75) == (0.0, model.EVEN)
    assert judged(85.0, 40.0, 70.0, 0.25)[1] == model.EARLY
    assert judged(NAN, 40.0, 70.0, 0.75)[1] == model.UNKNOWN


CODES = ["A", "B", "C", "D"]
MONEY = st.one_of(st.just(NAN), st.floats(0, 1e7))
ROWS = st.lists(st.sampled_from(CODES), min_size=1, unique=True).flatmap(
    lambda codes: st.tuples(*(st.builds(credit, st.just(code), MONEY, MONEY) for code in codes))
)
SHARES = st.lists(
    st.tuples(
        st.sampled_from([*CODES, "Z"]), st.sampled_from(["", "1.1", "1.2"]), st.one_of(st.just(NAN), st.floats(0, 100))
    ),
    max_size=9,
)


@settings(max_examples=50, deadline=None)
@given(ROWS, SHARES)
def test_the_parts_are_the_total(rows: tuple[dict[str, object], ...], shares: list[tuple[str, str, float]]) -> None:
    """Whatever is linked, unknown, too much or too little: the parts add up to the known total, amount by amount."""
    own = parts(list(rows), links(*shares)).reset_index()
    whole = own["deel"] == model.TOTAL
    for name in model.AMOUNTS:
        total = own.loc[whole, name].iloc[0]
        delivered = pd.Series(
            [row["begroot_initieel"] if name == "begroot_initieel" else NAN for row in rows], dtype=float
        )
        if name in ("vastgelegd", "vereffend"):
            delivered = pd.Series([row[name] for row in rows], dtype=float)
        elif name == "krediet":
            delivered = pd.Series([row["begroot_aangepast"] for row in rows], dtype=float).fillna(100.0)
        assert total == pytest.approx(delivered.sum(min_count=1), nan_ok=True)
        assert own.loc[~whole, name].sum() == pytest.approx(delivered.sum(), abs=1e-3)
