"""Pairs of internal and external items, and what answers them."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.scoring.tows import ANSWERS, KINDS, PAIRS, pairs

UNKNOWN = float("nan")
NONE = pd.DataFrame({"swot_code": [], "doelstelling_code": []}, dtype=str)


def weighed(**weights: float) -> pd.DataFrame:
    """Return the weights of items."""
    return pd.DataFrame(
        {"swot_code": [*weights], "groep": [code[0] for code in weights], "gewicht": [*weights.values()]}
    )


def linked(*links: tuple[str, str]) -> pd.DataFrame:
    """Return which item is answered by which objective."""
    return pd.DataFrame(links, columns=["swot_code", "doelstelling_code"])


def test_each_internal_item_meets_each_external_one() -> None:
    """In four kinds; the joint weight is the product, the heaviest first."""
    found = pairs(weighed(S1=0.3, S2=0.1, W1=0.2, O1=0.3, T1=0.1), NONE)
    told = [(row["soort"], row["intern"], row["extern"]) for row in found.to_dict("records")]
    assert told == [
        *(("SO", "S1", "O1"), ("WO", "W1", "O1"), ("SO", "S2", "O1")),
        *(("ST", "S1", "T1"), ("WT", "W1", "T1"), ("ST", "S2", "T1")),
    ]
    assert found["gewicht"].tolist() == pytest.approx([0.09, 0.06, 0.03, 0.03, 0.02, 0.01])
    assert list(found.columns) == list(PAIRS)


@pytest.mark.parametrize(
    ("links", "both", "internal", "external", "answer"),
    [
        ((), (), (), (), "geen"),
        ((("W1", "1.1"),), (), ("1.1",), (), "een"),
        ((("T1", "1.1"),), (), (), ("1.1",), "een"),
        ((("W1", "1.1"), ("T1", "1.2")), (), ("1.1",), ("1.2",), "apart"),
        ((("W1", "1.1"), ("T1", "1.1")), ("1.1",), (), (), "samen"),
        ((("W1", "2.1"), ("W1", "1.1"), ("T1", "1.1"), ("T1", "3.1")), ("1.1",), ("2.1",), ("3.1",), "samen"),
        ((("W1", "1.1"), ("W1", "1.1"), ("S9", "1.1")), (), ("1.1",), (), "een"),  # said twice; of another item
    ],
)
def test_what_the_plan_does_about_a_pair(
    links: tuple[tuple[str, str], ...],
    both: tuple[str, ...],
    internal: tuple[str, ...],
    external: tuple[str, ...],
    answer,
) -> None:
    """One objective for both, one for each, for one of the two, or none."""
    (row,) = pairs(weighed(W1=0.5, T1=0.5), linked(*links)).to_dict("records")
    assert (row["samen"], row["intern_doelstellingen"], row["extern_doelstellingen"]) == (both, internal, external)
    assert row["antwoord"] == answer


def test_a_pair_of_unknown_weight_comes_last() -> None:
    """It is there, and not nought."""
    found = pairs(weighed(S1=UNKNOWN, W1=0.0, O1=0.5), NONE)
    assert found["intern"].tolist() == ["W1", "S1"]
    assert found["gewicht"].tolist() == pytest.approx([0, UNKNOWN], nan_ok=True)


@pytest.mark.parametrize("weights", [weighed(), weighed(S1=0.5, W1=0.5), weighed(T1=1.0)])
def test_without_one_side_there_are_no_pairs(weights: pd.DataFrame) -> None:
    """The columns are there."""
    found = pairs(weights, NONE)
    assert (len(found), list(found.columns)) == (0, list(PAIRS))


CODES = st.tuples(st.sampled_from("SWOT"), st.integers(1, 4)).map(lambda pair: f"{pair[0]}{pair[1]}")


@given(
    st.dictionaries(CODES, st.floats(0, 1), max_size=12),
    st.lists(st.tuples(CODES, st.sampled_from(["1.1", "1.2", "2.1"])), max_size=12),
    st.randoms(use_true_random=False),
)
@settings(max_examples=60, deadline=None)
def test_pairs_are_complete_whatever_the_order(weights: dict[str, float], links, random) -> None:
    """Each pair once, with both weights in it; its answer follows from its objectives; the unit does not matter."""
    found = pairs(weighed(**weights), linked(*links))
    inside, outside = ([code for code in weights if code[0] in groups] for groups in ("SW", "OT"))
    told = set(zip(found["intern"], found["extern"], strict=True))
    assert (len(found), told) == (len(inside) * len(outside), {(own, other) for own in inside for other in outside})
    assert found["gewicht"].sum() == pytest.approx(
        sum(weights[own] for own in inside) * sum(weights[o] for o in outside)
    )
    assert found["gewicht"].astype(float).round(9).is_monotonic_decreasing
    for row in found.to_dict("records"):
        assert KINDS[row["soort"]] == (row["intern"][0], row["extern"][0])
        assert row["antwoord"] in ANSWERS
        assert (row["antwoord"] == "samen") == (row["samen"] != ())
    mixed = pairs(weighed(**dict(random.sample([*weights.items()], len(weights)))), linked(*links))
    answers = {(row["intern"], row["extern"]): row["antwoord"] for row in mixed.to_dict("records")}
    assert answers == {(row["intern"], row["extern"]): row["antwoord"] for row in found.to_dict("records")}
