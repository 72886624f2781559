"""The made-up staff: whoever is there came, whoever is gone left; what is built into it can be found."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.examples.files import SEED
from analysis.examples.staff import OLDEST, RISE, SHARES, staff_rows
from analysis.models.delivered import staff, staff_signals
from analysis.quarter import Quarter
from analysis.staff_categories import CATEGORIES

QUARTERS = [Quarter(year, number) for year in range(2021, 2027) for number in range(1, 5)][2:23]
CODES = ("bee", "bh", "bm", "bpl")


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Five years of a made-up staff."""
    return staff_rows(CODES, QUARTERS, SEED).assign(bekend_op=pd.Timestamp(2026, 11, 1))


def test_what_came_and_went_explains_every_change(rows: pd.DataFrame) -> None:
    """No quarter has people who appear or vanish."""
    found = staff.flows(staff.wholes(staff.counted(rows)))
    assert (found["onverklaard"].dropna() == 0).all()


def test_the_parts_are_the_whole(rows: pd.DataFrame) -> None:
    """Every dimension divides everybody, and names only categories that may be handed in."""
    people = rows[rows["reeks"] == staff.STAFF]
    whole = people[people["dimensie"] == ""].set_index("kwartaal")["waarde"]
    for dimension, own in people[people["dimensie"] != ""].groupby("dimensie"):
        assert own.groupby("kwartaal")["waarde"].sum().eq(whole).all()
        assert set(own["categorie"]) <= set(CATEGORIES.get(str(dimension), CODES))


def test_the_rise_of_departures_is_found_and_nothing_before_it(rows: pd.DataFrame) -> None:
    """The chart of who leaves sees the shift; a chart that ends before it sees none upward."""
    left = staff.wholes(staff.counted(rows))[staff.WENT]
    assert staff_signals.latest(staff_signals.signals(left).points) == "hoger"
    before = left[left.index < str(RISE)]
    assert "hoger" not in set(staff_signals.signals(before).points["teken"])


def test_illness_has_its_season(rows: pd.DataFrame) -> None:
    """Winter quarters lose more days; the season is found and taken out."""
    lost = staff.absence(staff.wholes(staff.counted(rows)))["verzuim"]
    assert staff_signals.signals(lost).seasonal


def test_the_shares_are_about_those_that_were_chosen(rows: pd.DataFrame) -> None:
    """Of some 1,450 persons, within five percentage points."""
    found = staff.composition(staff.counted(rows), "2026Q3").set_index(["dimensie", "categorie"])["aandeel"]
    for dimension, shares in SHARES.items():
        for category, share in zip(CATEGORIES[dimension], shares, strict=True):
            assert abs(found.get((dimension, category), 0.0) - 100 * share) < 5
    assert f"{OLDEST - 1}_plus" == "65_plus"


def test_same_seed_same_staff() -> None:
    """Another seed is another staff; no administrations are none."""
    first, again, other = (staff_rows(CODES, QUARTERS[:2], seed) for seed in (1, 1, 2))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)
    assert staff_rows((), QUARTERS, 1).empty
