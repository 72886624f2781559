"""How much each item weighs in the whole."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.scoring.aggregate import score
from analysis.models.scoring.awot import TOLERANCE, global_weights, group_weights, local_weights, weights

UNKNOWN = float("nan")
OF_GROUPS = {"S": 0.398, "W": 0.174, "O": 0.180, "T": 0.249}
WITHIN = {
    "S": [0.292, 0.262, 0.120, 0.119, 0.116, 0.091],
    "W": [0.342, 0.185, 0.184, 0.169, 0.120],
    "O": [0.308, 0.221, 0.196, 0.145, 0.129],
    "T": [0.311, 0.185, 0.160, 0.101, 0.088, 0.082, 0.072],
}
PUBLISHED = {
    "S": [0.116, 0.104, 0.048, 0.047, 0.046, 0.036],
    "W": [0.059, 0.032, 0.032, 0.029, 0.021],
    "O": [0.055, 0.040, 0.035, 0.026, 0.023],
    "T": [0.077, 0.046, 0.040, 0.025, 0.022, 0.021, 0.018],
}


def coded(weights: dict[str, list[float]]) -> dict[str, dict[str, float]]:
    """Return weights by the codes of items."""
    return {group: {f"{group}{place}": weight for place, weight in enumerate(own, 1)} for group, own in weights.items()}


def test_the_published_weights() -> None:
    """Silva Fennica, article 7763 (methods.md, A'WOT), to its tolerance of .001."""
    found = global_weights(OF_GROUPS, coded(WITHIN)).set_index("swot_code")["gewicht"]
    published = {code: weight for own in coded(PUBLISHED).values() for code, weight in own.items()}
    assert found.to_dict() == pytest.approx(published, abs=1e-3)
    assert found.sum() == pytest.approx(1)


def test_items_come_by_group_with_their_rank() -> None:
    """S, W, O, T, whatever the order given; equals share the first of their ranks."""
    found = global_weights({"T": 0.5, "S": 0.5}, {"T": {"T2": 0.5, "T1": 0.5}, "S": {"S1": 0.9, "S2": 0.1}})
    assert found["swot_code"].tolist() == ["S1", "S2", "T2", "T1"]
    assert found["rang"].tolist() == [1, 4, 2, 2]
    assert found["gewicht_groep"].tolist() == [0.5] * 4
    assert found["gewicht_binnen"].tolist() == [0.9, 0.1, 0.5, 0.5]


SETS = st.dictionaries(
    st.sampled_from("SWOT"),
    st.tuples(st.floats(0.1, 10), st.lists(st.floats(0.1, 10), min_size=1, max_size=8)),
    min_size=1,
)


def shares(values: list[float]) -> list[float]:
    """Return values with sum 1."""
    return [value / sum(values) for value in values]


@given(SETS)
@settings(max_examples=50, deadline=None)
def test_weights_sum_to_one_and_to_those_of_the_groups(sets: dict[str, tuple[float, list[float]]]) -> None:
    """A group weighs as much as its items together."""
    groups = dict(zip(sets, shares([weight for weight, _ in sets.values()]), strict=True))
    found = global_weights(groups, coded({group: shares(own) for group, (_, own) in sets.items()}))
    assert found["gewicht"].sum() == pytest.approx(1)
    assert found.groupby("groep")["gewicht"].sum().to_dict() == pytest.approx(groups)


@pytest.mark.parametrize("off", [TOLERANCE, -TOLERANCE])
def test_rounded_weights_are_taken(off: float) -> None:
    """Up to the tolerance, and made to sum to 1; a set beyond it is refused by name."""
    rounded = {"S": {"S1": 0.5 + off, "S2": 0.5}}
    assert global_weights({"S": 1.0}, rounded)["gewicht"].sum() == pytest.approx(1)
    with pytest.raises(ValueError, match=r"group S sum to"):
        global_weights({"S": 1.0}, {"S": {"S1": 0.5 + 1.1 * off, "S2": 0.5}})
    with pytest.raises(ValueError, match=r"the groups sum to"):
        global_weights({"S": 0.5 + 1.1 * off, "W": 0.5}, {"S": {"S1": 1.0}, "W": {"W1": 1.0}})


@pytest.mark.parametrize(
    ("groups", "within", "message"),
    [
        ({"S": 1.0}, {"S": {}}, "sum to 0"),
        ({"S": 1.0}, {"S": {"S1": 1.2, "S2": -0.2}}, "between 0 and 1"),
        ({"S": 1.0}, {"S": {"S1": UNKNOWN}}, "between 0 and 1"),
        ({"S": 0.5, "W": 0.5}, {"S": {"S1": 1.0}}, "the same in both"),
        ({"S": 1.0}, {"S": {"S1": 1.0}, "W": {"W1": 1.0}}, "the same in both"),
        ({"X": 1.0}, {"X": {"X1": 1.0}}, "groups of S, W, O, T"),
        ({"S": 0.5, "W": 0.5}, {"S": {"S1": 1.0}, "W": {"S1": 1.0}}, "in one group"),
    ],
)
def test_what_are_no_weights_is_refused(groups: dict[str, float], within: dict, message: str) -> None:
    """Each message says which set, or which item."""
    with pytest.raises(ValueError, match=message):
        global_weights(groups, within)


# --- out of scores ----------------------------------------------------------------------------------------------------


def test_scores_of_importance_give_weights_too() -> None:
    """In proportion to the means within the group, and to the most important item of each group."""
    rows = pd.DataFrame(
        [
            *(("a", "S1", 5.0), ("b", "S1", 3.0), ("a", "S2", 1.0), ("b", "S3", UNKNOWN)),
            *(("a", "W1", 2.0), ("a", "T1", UNKNOWN)),
        ],
        columns=["beoordelaar", "swot_code", "belang"],
    )
    scores = score(rows)
    assert local_weights(scores) == {"S": {"S1": 0.8, "S2": 0.2}, "W": {"W1": 1.0}}
    assert group_weights(scores) == pytest.approx({"S": 2 / 3, "W": 1 / 3})
    found = global_weights(group_weights(scores), local_weights(scores))
    assert found.set_index("swot_code")["gewicht"].to_dict() == pytest.approx({"S1": 8 / 15, "S2": 2 / 15, "W1": 1 / 3})


MEANS = st.lists(st.tuples(st.sampled_from("SWOT"), st.floats(1, 5) | st.just(UNKNOWN)), max_size=20)


@given(MEANS, st.sampled_from([0.1, 3.0]))
@settings(max_examples=50, deadline=None)
def test_weights_out_of_scores_can_always_be_used(means: list[tuple[str, float]], factor: float) -> None:
    """Each known item has a weight, in the order of the scores; the unit of these does not matter."""
    codes = [f"{group}{place}" for place, (group, _) in enumerate(means)]
    scores = pd.DataFrame({"swot_code": codes, "groep": [group for group, _ in means], "belang": [m for _, m in means]})
    scores = scores.astype({"belang": float})
    known = scores[scores["belang"].notna()]
    other = scores.assign(belang=scores["belang"] * factor)
    assert {code for own in local_weights(scores).values() for code in own} == set(known["swot_code"])
    assert group_weights(other) == pytest.approx(group_weights(scores))
    if len(known):
        found = global_weights(group_weights(scores), local_weights(scores)).set_index("swot_code")
        assert found["gewicht"].sum() == pytest.approx(1)
        again = global_weights(group_weights(other), local_weights(other)).set_index("swot_code")
        assert again["gewicht"].to_dict() == pytest.approx(found["gewicht"].to_dict())


SCORED = pd.DataFrame({"swot_code": ["S1", "S2", "W1", "W2"], "groep": list("SSWW"), "belang": [3.0, 1.0, 4.0, 4.0]})


def test_comparisons_take_the_place_of_importance_where_there_are() -> None:
    """Of a group, of the groups themselves, of both, of none."""
    own, whole = {"S": {"S1": 0.9, "S2": 0.1}}, {"": {"S": 0.2, "W": 0.8}}
    by_importance, used = weights(SCORED, {})
    assert used == ()
    assert by_importance["gewicht"].tolist() == pytest.approx([9 / 28, 3 / 28, 2 / 7, 2 / 7])
    one, used = weights(SCORED, own)
    assert used == ("S",)
    assert one["gewicht"].tolist() == pytest.approx([0.9 * 3 / 7, 0.1 * 3 / 7, 2 / 7, 2 / 7])
    other, used = weights(SCORED, whole)
    assert used == ("",)
    assert other["gewicht"].tolist() == pytest.approx([0.15, 0.05, 0.4, 0.4])
    both, used = weights(SCORED, whole | own)
    assert used == ("", "S")
    assert both["gewicht"].tolist() == pytest.approx([0.18, 0.02, 0.4, 0.4])


def test_comparisons_of_other_groups_than_there_are_do_not_count() -> None:
    """Nothing is known of opportunities; of threats items were compared, but not their group with others."""
    found, used = weights(SCORED, {"": {"S": 0.5, "W": 0.25, "O": 0.25}, "T": {"T1": 0.5, "T2": 0.5}})
    assert used == ()
    assert found["swot_code"].tolist() == SCORED["swot_code"].tolist()


def test_a_compared_group_without_importance_counts_where_groups_were_compared() -> None:
    """Then both its own weight and those of its items are known."""
    compared = {"": {"S": 0.5, "W": 0.25, "T": 0.25}, "T": {"T1": 0.5, "T2": 0.5}}
    found, used = weights(SCORED, compared)
    assert used == ("", "T")
    assert found.set_index("swot_code")["gewicht"][["T1", "T2"]].tolist() == [0.125, 0.125]


@given(SETS, st.data())
@settings(deadline=None, max_examples=50)
def test_any_mixture_sums_to_1(given_sets: dict[str, tuple[float, list[float]]], data: st.DataObject) -> None:
    """Whichever of the sets were compared; a set that was compared has exactly those weights."""
    rows = [(f"{group}{place}", group, 3.0) for group, (_, own) in given_sets.items() for place in range(len(own))]
    scored = pd.DataFrame(rows, columns=["swot_code", "groep", "belang"])
    compared = {
        group: {f"{group}{place}": share for place, share in enumerate(shares(own))}
        for group, (_, own) in given_sets.items()
    }
    compared[""] = dict(zip(given_sets, shares([weight for weight, _ in given_sets.values()]), strict=True))
    chosen = data.draw(st.sets(st.sampled_from(sorted(compared))))
    found, used = weights(scored, {name: compared[name] for name in chosen})
    assert set(used) == chosen
    assert found["gewicht"].sum() == pytest.approx(1)
    for group in chosen - {""}:
        own = found[found["groep"] == group].set_index("swot_code")["gewicht_binnen"]
        assert own.to_dict() == pytest.approx(compared[group])
