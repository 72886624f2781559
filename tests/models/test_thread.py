"""The red thread: what stands behind each item and challenge, and what stands behind none."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.models import thread
from analysis.models.evidence import STATUSES

ITEMS = pd.DataFrame({"swot_code": ["W2", "S1", "W1"], "groep": ["W", "S", "W"], "volgnr": [2, 1, 1]})
ANSWERS = pd.DataFrame({"swot_code": ["W1", "W1", "S1"], "doelstelling_code": ["1.1", "1.2", "1.1"]})
RAISED = pd.DataFrame({"uitdaging_code": ["a", "a", "b"], "swot_code": ["W1", "S1", "W2"]})
ACTIONS = pd.DataFrame(
    {
        "actie_code": ["1.1.1", "1.1.2", "1.2.1", "1.3.1"],
        "doelstelling_code": ["1.1", "1.1", "1.2", "1.3"],
        "status": ["loopt", "geen_spoor", "voltooid", "voltooid"],
    }
)


def test_an_item_counts_the_actions_of_all_its_objectives() -> None:
    """In the order S, W, O, T; every action has one status, so the statuses add up."""
    found = thread.of_items(ITEMS, ANSWERS, RAISED, ACTIONS)
    assert found["swot_code"].tolist() == ["S1", "W1", "W2"]
    assert found["acties"].tolist() == [2, 3, 0]
    assert (found[list(STATUSES)].sum(axis=1) == found["acties"]).all()
    assert found["uitdagingen"].tolist() == [("a",), ("a",), ("b",)]
    assert found["doelstellingen"].tolist() == [("1.1",), ("1.1", "1.2"), ()]


@pytest.mark.parametrize(("group", "codes"), [("W", ["W2"]), ("S", ["S1"]), ("O", [])])
def test_what_no_completed_action_touches_is_named(group: str, codes: list[str]) -> None:
    """An item without any action is untouched too."""
    assert thread.untouched(thread.of_items(ITEMS, ANSWERS, RAISED, ACTIONS), group) == codes


def test_a_challenge_counts_an_action_once_however_many_items_lead_to_it() -> None:
    """Both items of a lead to 1.1."""
    known = pd.DataFrame({"uitdaging_code": ["a", "b", "c"]})
    found = thread.of_challenges(known, RAISED, ANSWERS, ACTIONS)
    assert found["acties"].tolist() == [3, 0, 0]
    assert found["voltooid"].tolist() == [1, 0, 0]
    assert found["items"].tolist() == [("W1", "S1"), ("W2",), ()]
    assert found["doelstellingen"].tolist() == [("1.1", "1.2"), (), ()]


def test_an_action_whose_objective_answers_nothing_is_loose() -> None:
    """It keeps all its columns."""
    assert thread.loose(ACTIONS, ANSWERS)["actie_code"].tolist() == ["1.3.1"]
