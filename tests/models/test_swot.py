"""The SWOT against the objectives and their actions."""

from __future__ import annotations

import pandas as pd

from analysis.models import swot


def items() -> pd.DataFrame:
    """Two strengths and a threat, not in order."""
    return pd.DataFrame({"swot_code": ["T1", "S2", "S1"], "groep": ["T", "S", "S"], "volgnr": [1, 2, 1]})


LINKS = pd.DataFrame({"swot_code": ["S1", "S1", "T1"], "doelstelling_code": ["1.1", "1.2", "1.1"]})
STATUSES = pd.DataFrame({"doelstelling_code": ["1.1", "1.1", "1.2"], "status": ["gestart", "vertraagd", "voltooid"]})


def test_progress_counts_the_actions_of_all_objectives_that_answer() -> None:
    """S1 has both objectives: 2 of 3 actions; T1 only the first: 1 of 2; S2 none."""
    found = swot.answers(items(), LINKS, STATUSES)
    assert found["swot_code"].tolist() == ["S1", "S2", "T1"]
    assert found[["vooruit", "acties"]].to_numpy().tolist() == [[2, 3], [0, 0], [1, 2]]
    assert found["beantwoord"].tolist() == [True, False, True]


def test_groups_without_items_count_nought() -> None:
    """All four groups are there, in their fixed order."""
    counts = swot.per_group(swot.answers(items(), LINKS, STATUSES))
    assert counts["groep"].tolist() == ["S", "W", "O", "T"]
    assert counts[["beantwoord", "onbeantwoord"]].to_numpy().tolist() == [[1, 1], [0, 0], [0, 0], [1, 0]]


def test_an_objective_may_answer_nothing() -> None:
    """Its list of items is empty, not missing."""
    plan = pd.DataFrame({"doelstelling_code": ["1.1", "9.9"]})
    assert swot.objectives(plan, LINKS)["items"].tolist() == [("S1", "T1"), ()]
