"""Payroll: cases reckoned by hand, and what holds of every case."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.models.payroll import Case, Group, Scenario, coefficient, costs, next_year, salary, sensitivity, totals

A = ((0, 20000.0), (3, 22000.0))
B = ((0, 10000.0),)
STILL = Scenario("stil")


def case(*groups: Group, last: int = 2026, scenarios: tuple[Scenario, ...] = (STILL,)) -> Case:
    """Salaries times two, jumps of 2 %, half as much again for a statutory and a quarter for a contractual."""
    rates = {"statutair": 0.5, "contractueel": 0.25}
    return Case(2026, last, groups, {"A": A, "B": B}, 2.0, 0.02, rates, scenarios)


def test_a_year_by_hand() -> None:
    """10 x 22,000 x 2 x 1.5 = 660,000; 4 x 10,000 x 2 x 1.25 = 100,000."""
    found = costs(case(Group("A", "A", "statutair", 5, 10.0), Group("B", "B", "contractueel", 0, 4.0)), STILL)
    assert found[["niveau", "vte", "kost"]].values.tolist() == [["A", 10.0, 660000.0], ["B", 4.0, 100000.0]]


def test_seniority_grows_into_the_next_step() -> None:
    """Two years of seniority in 2026 are three in 2027: 20,000 becomes 22,000, times 2 x 1.5."""
    found = costs(case(Group("A", "A", "statutair", 2, 1.0), last=2027), STILL)
    assert found["kost"].tolist() == [60000.0, 66000.0]


def test_jumps_by_hand() -> None:
    """From October on 2.04: (9 x 2 + 3 x 2.04) / 12 = 2.01; a second one in January makes 2.0808 of the year after."""
    scenario = Scenario("x", (dt.date(2026, 10, 1), dt.date(2027, 1, 1)))
    own = case(last=2027)
    assert coefficient(own, scenario, 2026) == pytest.approx(2.01)
    assert coefficient(own, scenario, 2027) == pytest.approx(2.0808)


def test_outflow_and_replacement_by_hand() -> None:
    """Of 100, ten leave and five come at seniority 0: 90 x 22,000 + 5 x 20,000, times 2 x 1.5."""
    scenario = Scenario("x", uitstroom=0.1, vervanging=0.5)
    found = costs(case(Group("A", "A", "statutair", 7, 100.0), last=2027), scenario)
    assert found["vte"].tolist() == [100.0, 95.0]
    assert found["kost"].tolist() == [100 * 66000.0, 90 * 66000.0 + 5 * 60000.0]


def test_savings_are_against_the_first_scenario() -> None:
    """Nobody replaced: in the second year ten of 100 are gone, 660,000 less."""
    scenarios = (Scenario("alle", uitstroom=0.1, ancienniteit_nieuw=8), Scenario("geen", uitstroom=0.1, vervanging=0.0))
    found = totals(case(Group("A", "A", "statutair", 7, 100.0), last=2027, scenarios=scenarios))
    assert found["verschil"].round(6).tolist() == [0.0, 0.0, 0.0, -660000.0]


def test_a_scale_that_begins_later_is_refused() -> None:
    """No salary is made up."""
    with pytest.raises(ValueError, match="begins at 3"):
        salary(((3, 22000.0),), 2)


GROUPS = st.builds(
    Group,
    st.just("A"),
    st.just("A"),
    st.sampled_from(["statutair", "contractueel"]),
    st.integers(0, 30),
    st.floats(0, 500),
)
SCENARIOS = st.builds(Scenario, st.just("x"), st.just(()), st.floats(0, 1), st.floats(0, 1), st.integers(0, 20))


@given(st.lists(GROUPS, min_size=1, max_size=5), SCENARIOS)
def test_nobody_is_lost_or_made(groups: list[Group], scenario: Scenario) -> None:
    """After a turn of the year there are as many as stayed and came."""
    before, after = (sum(group.vte for group in own) for own in (groups, next_year(groups, scenario)))
    assert after == pytest.approx(before * (1 - scenario.uitstroom * (1 - scenario.vervanging)))


@given(st.lists(GROUPS, min_size=1, max_size=4), SCENARIOS, st.floats(0.5, 3))
def test_cost_is_in_proportion_to_staff_and_to_the_coefficient(
    groups: list[Group], scenario: Scenario, factor: float
) -> None:
    """Twice the staff, or twice the coefficient, costs twice as much."""
    own = case(*groups, last=2028)
    whole = costs(own, scenario)["kost"].sum()
    more = case(*(group._replace(vte=factor * group.vte) for group in groups), last=2028)
    assert costs(more, scenario)["kost"].sum() == pytest.approx(factor * whole)
    assert costs(replace(own, coefficient=factor * 2.0), scenario)["kost"].sum() == pytest.approx(factor * whole)


def test_one_per_cent_dearer_scales_cost_one_per_cent_more() -> None:
    """And the effects come with the largest first; one more jump is 2 % of all years."""
    found = sensitivity(case(Group("A", "A", "statutair", 5, 10.0), last=2030), STILL).set_index("wat")
    assert found.loc["schalen", "aandeel"] == pytest.approx(0.01)
    assert found.loc["sprong", "aandeel"] == pytest.approx(0.02)
    assert found.loc["toeslagen", "aandeel"] == pytest.approx(0.01 / 1.5)
    assert found["verschil"].abs().is_monotonic_decreasing
