"""The made-up survey: what is true of it is found back, and what is not true is not."""

from __future__ import annotations

import pandas as pd

from analysis.examples.files import SEED
from analysis.examples.panels import QUESTIONS, SIZE, TRUTH, WAVES, panel_rows
from analysis.models.panels import between, shares, since
from analysis.quarter import Quarter


def told(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """What the models say of the survey: between the panels, and since the wave before."""
    known = shares(panel_rows(WAVES, seed).assign(bekend_op=pd.Timestamp("2026-08-01")))
    return between(known).set_index("vraag_code"), since(known).set_index(["vraag_code", "panel"])


def test_the_shown_example_finds_the_truth() -> None:
    """V2 and V6 differ, each another way, and nothing else; only V1 changed, and it rose."""
    panels, waves = told(SEED)
    assert panels.loc[panels["oordeel"] != 0, "oordeel"].to_dict() == {"V2": 1, "V6": -1}
    assert {code for code, _ in waves.index[waves["oordeel"] != 0]} == {"V1"}
    assert set(waves.loc[waves["oordeel"] != 0, "oordeel"]) == {1}


def test_other_draws_of_the_same_truth_find_it_too() -> None:
    """Of 40 surveys nearly all find what is there, and hardly one finds what is not: one in twenty by design."""
    draws = [told(seed) for seed in range(40)]
    real = [sum(panels.at[code, "oordeel"] == way for panels, _ in draws) for code, way in (("V2", 1), ("V6", -1))]
    rises = sum(waves.loc["V1", "oordeel"].max() == 1 for _, waves in draws)
    alike = ["V1", "V3", "V5"]
    false_alarms = sum(any(panels.loc[alike, "oordeel"] != 0) for panels, _ in draws)
    assert min(*real, rises) >= 38
    assert false_alarms <= 4


def test_it_is_the_panel_of_the_document_with_fewer_answers() -> None:
    """Two panels of 500, six questions in both languages, three waves; less than all answer, each wave another part."""
    rows = panel_rows(WAVES, SEED)
    assert len(rows) == 3 * 6 * 2
    assert set(rows["vraag_code"]) == set(QUESTIONS) == set(TRUTH)
    assert rows["antwoorden"].between(0.55 * SIZE, 0.95 * SIZE).all()
    there = rows.groupby(["panel", "kwartaal"])["antwoorden"].max()
    assert there.nunique() == 6
    assert (rows["label_nl"] != rows["label_fr"]).all()


def test_a_plan_that_is_followed_for_longer_begins_with_the_same_answers() -> None:
    """Waves do not depend on each other's draws; a quarter without a wave has no row."""
    first = panel_rows([Quarter(2022, 4), Quarter(2023, 1)], SEED)
    every = panel_rows(WAVES, SEED)
    assert first.equals(every[every["kwartaal"] == "2022Q4"].reset_index(drop=True))
