"""Delivered staff: sums that hold, turnover and absence reckoned by hand, signals after the seasons are taken out."""

from __future__ import annotations

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered import cohorts, staff, staff_signals
from analysis.quarter import Quarter

QUARTERS = [f"{year}Q{number}" for year in range(2021, 2026) for number in range(1, 5)]


def whole(**series: list[float]) -> pd.DataFrame:
    """Return series of the whole staff, by quarter."""
    columns = [staff.STAFF, staff.FTE, staff.TELEWORKERS, staff.CAME, staff.WENT, staff.ILL, staff.WORKED]
    return pd.DataFrame(series, index=QUARTERS[: len(next(iter(series.values())))]).reindex(columns=columns)


def test_what_came_and_went_explains_the_change() -> None:
    """1000 + 30 - 20 is 1010; 1010 + 10 - 40 would be 980, but 985 were delivered: 5 are not explained."""
    found = staff.flows(whole(personeelsbestand=[1000.0, 1010, 985], instroom=[1.0, 30, 10], uitstroom=[2.0, 20, 40]))
    assert found["onverklaard"].tolist()[1:] == [0.0, 5.0]
    assert math.isnan(found["onverklaard"].iloc[0])


def test_turnover_is_that_of_four_quarters_on_the_mean_of_five_ends() -> None:
    """10 + 12 + 8 + 20 = 50 of (980 + 990 + 1000 + 1010 + 1020) / 5 = 1000: 5 %; Poisson on 50: 37.11 to 65.92."""
    known = whole(personeelsbestand=[980.0, 990, 1000, 1010, 1020], uitstroom=[99.0, 10, 12, 8, 20])
    last = staff.turnover(known).iloc[-1]
    assert (last["vertrokken"], last["gemiddeld"], last["verloop"]) == (50, 1000, 5)
    assert (last["onder"], last["boven"]) == (pytest.approx(3.711, abs=0.001), pytest.approx(6.592, abs=0.001))


def test_an_unknown_quarter_makes_the_year_unknown() -> None:
    """A quarter that nobody delivered is not taken for one without departures."""
    known = whole(personeelsbestand=[100.0] * 6, uitstroom=[1.0, 1, math.nan, 1, 1, 1])
    assert staff.turnover(known)["verloop"].isna().all()


def test_a_missing_quarter_has_a_row() -> None:
    """Else four rows would not be a year."""
    told = pd.DataFrame({"kwartaal": ["2024Q4", "2025Q2"], "waarde": [5.0, 6.0]})
    told = told.assign(reeks=staff.STAFF, dimensie="", categorie="")
    assert staff.wholes(told).index.tolist() == ["2024Q4", "2025Q1", "2025Q2"]


def test_absence_of_a_year_weighs_the_days() -> None:
    """100 of 1000 and 30 of 3000 days are 130 of 4000, which is 3.25 %, not the mean of 10 and 1."""
    known = whole(ziektedagen=[100.0, 30, 0, 0], werkdagen=[1000.0, 3000, 0, 0])
    assert staff.absence(known)["verzuim"].tolist()[:2] == [10, 1]
    found = staff.absence(whole(ziektedagen=[100.0, 30, 50, 20], werkdagen=[1000.0, 3000, 500, 500]))
    assert found["verzuim_jaar"].iloc[-1] == 4.0


def test_the_change_of_a_share_is_that_of_a_year() -> None:
    """10 of 40 against 12 of 60 a year before: 25 % and 20 %, 5 points more. What is new has no change."""
    rows = [("2024Q1", "", "", 60.0), ("2024Q1", "niveau", "A", 12.0), ("2025Q1", "", "", 40.0)]
    rows += [("2025Q1", "niveau", "A", 10.0), ("2025Q1", "niveau", "B", 30.0)]
    told = pd.DataFrame(rows, columns=["kwartaal", "dimensie", "categorie", "waarde"]).assign(reeks=staff.STAFF)
    found = staff.composition(told, "2025Q1").set_index("categorie")
    assert found.loc["A", ["aandeel", "verandering"]].tolist() == [25, 5]
    assert math.isnan(found.loc["B", "verandering"])


def test_a_season_is_no_signal_and_a_shift_is_one() -> None:
    """Winters of 9 and summers of 5 are usual; when every quarter lies 3 higher from 2024 on, that is not."""
    noise = [0.1, -0.1, 0.0, 0.2, -0.2, 0.1, 0.0, -0.1, 0.1, 0.0, -0.1, 0.2]
    steady = pd.Series([(9 if n % 4 in (0, 3) else 5) + noise[n % 12] for n in range(20)], index=QUARTERS)
    found = staff_signals.signals(steady)
    assert found.seasonal
    assert staff_signals.latest(found.points) == ""
    flat = pd.Series([5 + noise[n % 12] + (3 if n >= 12 else 0) for n in range(20)], index=QUARTERS)
    risen = staff_signals.signals(flat)
    assert not risen.seasonal
    assert (staff_signals.latest(risen.points), staff_signals.since(risen.points)) == ("hoger", "2024Q1")


def test_few_years_have_no_season() -> None:
    """Two winters that are worse may be chance."""
    found = staff_signals.signals(pd.Series([9.0, 5, 5, 9] * 2, index=QUARTERS[:8]))
    assert not found.seasonal
    assert math.isnan(found.chance)


def test_who_reaches_the_age_by_hand() -> None:
    """At the end of 2025 who is 55 to 59 was born from 1966 on, 60 to 64 from 1961, 65 and older in 1960 or before.

    Born in 1961, 1962 and 1963 one retires at 66: in 2027, 2028 and 2029; in 1964 and 1965 at 67: in 2031 and 2032. Of
    50 people, 10 of each year of birth. Who is 65 was born in 1960: 66 in 2026.
    """
    found = cohorts.projection({"55-59": 100.0, "60-64": 50.0, "65_plus": 6.0}, 156.0, Quarter(2025, 4))
    years = found.set_index("jaar")
    assert years.loc[2026].tolist() == [6, 6, 6]
    assert years.loc[2028].tolist() == [6, 26, 56]
    assert years.loc[2030].tolist() == [6, 36, 56]
    assert years.loc[2032].tolist() == [56, 56, 56]
    assert years.loc[2033].tolist() == [56, 76, 156]


def test_what_is_held_back_counts_in_the_upper_bound_only() -> None:
    """100 persons of which the bands name 93: the other 7 may all be old."""
    found = cohorts.projection({"30-34": 93.0}, 100.0, Quarter(2026, 3))
    assert found[["onder", "midden", "boven"]].drop_duplicates().values.tolist() == [[0, 0, 7]]


@settings(max_examples=50, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["25-29", "50-54", "55-59", "60-64", "65_plus"]), st.integers(5, 300), min_size=1),
    st.integers(1, 4),
)
def test_the_projection_never_falls_and_keeps_its_bounds(bands: dict[str, int], number: int) -> None:
    """Who has reached the age has reached it; the middle lies between the bounds; nobody is counted twice."""
    people, quarter = {name: float(n) for name, n in bands.items()}, Quarter(2026, number)
    found = cohorts.projection(people, float("nan"), quarter)
    assert (found.diff().dropna() >= -1e-9).all().all()
    assert (found["onder"] <= found["midden"] + 1e-9).all()
    assert (found["midden"] <= found["boven"] + 1e-9).all()
    assert found["boven"].max() <= sum(bands.values())
    early = cohorts.projection(people, float("nan"), quarter, cohorts.early)
    assert (early["midden"] >= found["midden"] - 1e-9).all()
