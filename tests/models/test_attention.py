"""What in the environment a board must hear first."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.models.attention import newer, topic, turned


def judged(**verdicts: str) -> pd.DataFrame:
    """Return indicators with a figure and a verdict."""
    names = list(verdicts)
    return pd.DataFrame({"indicator": names, "periode": "2024", "waarde": 1.0, "oordeel": list(verdicts.values())})


def targets(state: str, area: str = "BE10") -> pd.DataFrame:
    """Return one target in a state."""
    row = {"indicator": "x", "doeljaar": 2030, "bron_id": "b", "doelwaarde": 5.0, "doelgebied": area, "stand": state}
    return pd.DataFrame([row])


NO_TARGETS = targets("bereikt").iloc[:0]


def test_newer_is_another_period_or_another_value() -> None:
    """The same figure is no news; the former verdict comes along, "" where nothing was known."""
    now = judged(a="slecht", b="goed", c="goed", d="geen")
    before = judged(a="goed", b="goed", c="goed", d="geen")
    now.loc[0, "periode"] = "2025"
    now.loc[2, "waarde"] = 2.0
    before.loc[2, "waarde"] = float("nan")
    assert newer(now, before)[["indicator", "was_oordeel"]].to_numpy().tolist() == [["a", "goed"], ["c", ""]]


@pytest.mark.parametrize(
    ("verdicts", "was", "expected", "named"),
    [
        ({"a": "slecht", "b": "slecht"}, ["goed", "slecht"], "gekanteld", ["a"]),
        ({"a": "slecht", "b": "goed"}, ["slecht", "slecht"], "slechter", ["a"]),
        ({"a": "goed", "b": "geen"}, ["slecht", ""], "beter", ["a"]),
        ({"a": "gelijk"}, ["goed"], "zonder_oordeel", ["a"]),
        ({}, [], "niets", []),
    ],
)
def test_what_turned_for_the_worse_comes_first(
    verdicts: dict[str, str], was: list[str], expected: str, named: list[str]
) -> None:
    """Up, down, flat and unknown each have their topic, and name only the figures that it is about."""
    name, rows = topic(judged(**verdicts).assign(was_oordeel=was), NO_TARGETS.assign(was_stand=""))
    assert (name, rows["indicator"].tolist()) == (expected, named)


@pytest.mark.parametrize(
    ("state", "area", "expected"),
    [
        ("niet_bereikt", "BE10", "doel_gemist"),
        ("bereikt", "BE10", "doel_bereikt"),
        ("nog_niet", "BE10", "slechter"),
        ("niet_bereikt", "BE", "slechter"),
    ],
)
def test_a_target_of_the_region_goes_before_any_figure(state: str, area: str, expected: str) -> None:
    """Missed or reached: a target of Belgium is no target of the Region."""
    figures = judged(a="slecht").assign(was_oordeel="slecht")
    assert topic(figures, turned(targets(state, area), targets("onbekend", area)))[0] == expected


def test_a_target_that_stands_as_before_is_no_news() -> None:
    """Only another state counts; a target that was not known before counts with its state."""
    assert turned(targets("bereikt"), targets("bereikt")).empty
    assert turned(targets("bereikt"), NO_TARGETS)["was_stand"].tolist() == [""]
