"""What series say of an item of the SWOT: only like is compared, direct goes before indirect, unknown stays unknown."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.models import item_evidence as model
from analysis.models.item_evidence import DIRECT, INDIRECT, SERIES

EVE = pd.Timestamp("2020-12-31")


def link(good: str = "hoger", strength: str = DIRECT, code: str = "W1") -> pd.DataFrame:
    """One link to one series."""
    own = {"swot_code": code, "tabel": "personeel", "reeks": "x", "entiteit": "GOB", "onderdeel": ""}
    return pd.DataFrame([own | {"gunstig": good, "kracht": strength}])


def years(values: Sequence[tuple[str, float]], counting: str = "a", kind: str = "jaar") -> pd.DataFrame:
    """Figures of that series: the last day of their period and their value."""
    ends = pd.to_datetime([end for end, _ in values])
    rows = pd.DataFrame({"periode_van": ends, "periode_tot": ends, "waarde": [value for _, value in values]})
    own = link()[SERIES].iloc[0].to_dict() | {"telling": counting, "precisie": kind, "eenheid": "personen"}
    return rows.assign(**own)


def one(links: pd.DataFrame, *figures: pd.DataFrame) -> pd.Series:
    """The only movement."""
    empty = years([]).astype({"waarde": float})
    return model.moved(links, pd.concat(figures) if figures else empty, EVE).iloc[0]


def test_the_eve_of_the_plan_counts_and_what_was_before_does_not() -> None:
    """The year that ended on the eve is the beginning."""
    found = one(link(), years([("2019-12-31", 9), ("2020-12-31", 5), ("2022-12-31", 7)]))
    assert (found["verandering"], found["metingen"], found["kant"]) == (2, 2, "beter")


@pytest.mark.parametrize(
    ("good", "last", "side"),
    [
        ("hoger", 6, "beter"),
        ("lager", 6, "slechter"),
        ("lager", 4, "beter"),
        ("hoger", 5, "gelijk"),
        ("geen", 6, "geen_kant"),
    ],
)
def test_the_good_side_decides(good: str, last: float, side: str) -> None:
    """Up is good or bad as the link says, and neither where it says neither."""
    assert one(link(good), years([("2021-12-31", 5), ("2024-12-31", last)]))["kant"] == side


def test_no_figure_and_one_figure_are_unknown() -> None:
    """Of nothing, and of one measurement, no movement is told, and it is said which of the two."""
    none, single = one(link()), one(link(), years([("2018-12-31", 4), ("2022-12-31", 5)]))
    assert (none["kant"], none["reden"], none["laatste"]) == ("onbekend", "geen_cijfer", -1)
    assert (single["kant"], single["reden"], single["metingen"]) == ("onbekend", "een_meting", 1)


def test_two_ways_to_count_are_never_one_movement() -> None:
    """The youngest pair that is counted alike is compared; a later figure of another kind is not."""
    found = one(link(), years([("2021-12-31", 5), ("2022-12-31", 6)]), years([("2024-12-31", 1)], counting="b"))
    assert (found["verandering"], found["kant"]) == (1, "beter")
    split = one(link(), years([("2021-12-31", 5)]), years([("2024-12-31", 1)], counting="b"))
    assert split["reden"] == "een_meting"


def test_a_month_is_compared_with_the_same_month() -> None:
    """Winter and summer are not compared; where the month has no like, it is said."""
    months = [("2021-01-31", 9), ("2021-06-30", 5), ("2024-06-30", 6)]
    starts = years(months, kind="maand").assign(periode_van=pd.to_datetime(["2021-01-01", "2021-06-01", "2024-06-01"]))
    assert one(link(), starts)["verandering"] == 1
    alone = starts.iloc[[0, 1]]
    assert one(link(), alone)["reden"] == "seizoen"


def test_what_goes_with_an_item_counts_only_where_nothing_measures_it() -> None:
    """A direct series decides alone; without a known one the indirect do, and that is told."""
    items = pd.DataFrame({"swot_code": ["W1"]})
    rows = pd.DataFrame({"swot_code": "W1", "kracht": [DIRECT, INDIRECT], "kant": ["slechter", "beter"]})
    rows = rows.assign(tot=pd.to_datetime(["2022-12-31", "2025-12-31"]))
    assert model.per_item(items, rows).iloc[0][["cijfers", "kracht"]].tolist() == ["slechter", DIRECT]
    assert model.per_item(items, rows)["tot"].tolist() == [pd.Timestamp("2022-12-31")]
    unknown = rows.assign(kant=["onbekend", "beter"])
    assert model.per_item(items, unknown).iloc[0][["cijfers", "kracht"]].tolist() == ["beter", INDIRECT]


@given(st.lists(st.sampled_from(model.SIDES), max_size=6), st.randoms())
def test_the_order_of_series_does_not_matter(sides: list[str], order_by: random.Random) -> None:
    """Better and worse at once is mixed; a series that stood still contradicts nobody."""
    items = pd.DataFrame({"swot_code": ["W1"]})
    shuffled = [*sides]
    order_by.shuffle(shuffled)
    told = [
        model.per_item(items, pd.DataFrame({"swot_code": "W1", "kracht": DIRECT, "kant": order, "tot": EVE}))
        for order in (sides, shuffled)
    ]
    assert told[0]["cijfers"].tolist() == told[1]["cijfers"].tolist()
    both = {"beter", "slechter"} <= set(sides)
    assert (told[0]["cijfers"].iloc[0] == "gemengd") == both


@pytest.mark.parametrize(
    ("code", "verdict", "figures", "together"),
    [
        ("W1", "gestegen", "beter", "oneens"),
        ("W1", "gestegen", "slechter", "eens"),
        ("S1", "gestegen", "beter", "eens"),
        ("O1", "gedaald", "beter", "oneens"),
        ("T1", "gedaald", "beter", "eens"),
        ("T1", "kan_niet_gezegd", "beter", "kan_niet_gezegd"),
        ("T1", "gedaald", "gemengd", "kan_niet_gezegd"),
        ("T1", "gedaald", "niets", "kan_niet_gezegd"),
    ],
)
def test_people_and_figures_are_set_against_each_other(code: str, verdict: str, figures: str, together: str) -> None:
    """A heavier weakness is bad news, a heavier strength good; without two sides nothing is told."""
    items = pd.DataFrame({"swot_code": [code], "cijfers": [figures]})
    changes = pd.DataFrame({"swot_code": [code], "verschil": [1.0], "oordeel": [verdict]})
    assert model.confronted(items, changes)["samen"].tolist() == [together]


def test_an_item_that_nobody_scored_twice_says_nothing() -> None:
    """No change is not an agreement."""
    items = pd.DataFrame({"swot_code": ["W1"], "cijfers": ["beter"]})
    changes = pd.DataFrame({"swot_code": ["S1"], "verschil": [1.0], "oordeel": ["gestegen"]})
    assert model.confronted(items, changes)["samen"].tolist() == ["kan_niet_gezegd"]
