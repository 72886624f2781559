"""Savings on a payroll: cases reckoned by hand, and what holds of every case.

One full-time equivalent of the case costs 22,000 x 2 x 1.5 = 66,000 with three years of seniority or more, and a
newcomer 20,000 x 2 x 1.5 = 60,000; at level B everyone costs 10,000 x 2 x 1.5 = 30,000.
"""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models import payroll, savings
from analysis.models.payroll import Case, Group, Scenario
from analysis.models.savings import TOGETHER, Measure, Review, Shift

HALF = Measure("half", 2027, vervanging={"A": 0.5})
LATER = Measure("later", 2027, uitstel={"A": 6})
LOWER = Measure("lager", 2027, eenmalig=20000.0, verschuiving={"A": Shift("B", "B", 0.5)})
FROZEN = Measure("vast", 2027, niet_geindexeerd={"statutair": 0.1})


def case(last: int = 2028, outflow: float = 0.1, jumps: tuple[dt.date, ...] = (), staff: float = 100.0) -> Case:
    """A hundred of level A, of whom a tenth leaves and is replaced."""
    scales = {"A": ((0, 20000.0), (3, 22000.0)), "B": ((0, 10000.0),)}
    group = Group("A", "A", "statutair", 5, staff)
    return Case(2026, last, (group,), scales, 2.0, 0.02, {"statutair": 0.5}, (Scenario("x", jumps, outflow),))


def review(*measures: Measure, wanted: float = 0.0, share: bool = False, **off: float) -> Review:
    """Measures against 2026."""
    return Review(2026, wanted, share, measures, off)


def net(own: Case, measure: Measure) -> list[float]:
    """What one measure saves in each year after 2026."""
    rows = savings.per_year(own, review(measure))
    return [round(value, 6) for value in rows.loc[rows["maatregel"] == measure.naam, "netto"]]


def test_fewer_replaced_by_hand() -> None:
    """2027: five fewer, 5 x 60,000. 2028: of 81 + 9 + 10 there are 81 + 4.5 + 4.75 (half of 9 + 0.5): 9.75 x 60,000."""
    assert net(case(), HALF) == [300000.0, 585000.0]


def test_a_measure_begins_with_its_first_year() -> None:
    """From 2028 on: nothing in 2027, and then the five of that year."""
    assert net(case(), Measure("x", 2028, vervanging={"A": 0.5})) == [0.0, 300000.0]


def test_later_hiring_by_hand() -> None:
    """Ten who are hired each year are not paid for half of it; the year after they are."""
    assert net(case(), LATER) == [300000.0, 300000.0]


def test_later_hiring_skips_the_months_before_a_jump() -> None:
    """Paid from July on at 2.04: saved is half a year at 2.00, 10 x 20,000 x 1.5 x 2.00 / 2."""
    assert net(case(2027, jumps=(dt.date(2027, 7, 1),)), LATER) == [300000.0]


def test_an_allowance_that_is_not_indexed_by_hand() -> None:
    """A tenth of 100 x 22,000 stays at 2.00; the index is 2.02 on average in 2027 and 2.04 in 2028."""
    assert net(case(outflow=0.0, jumps=(dt.date(2027, 7, 1),)), FROZEN) == [4400.0, 8800.0]


def test_a_jump_in_the_first_month_is_not_followed_and_one_before_it_is() -> None:
    """The coefficient that is kept is that of December before."""
    assert net(case(2027, 0.0, (dt.date(2027, 1, 1),)), FROZEN) == [8800.0]
    assert net(case(2027, 0.0, (dt.date(2026, 12, 1),)), FROZEN) == [0.0]


def test_a_level_lower_by_hand() -> None:
    """Five of ten come at B: 5 x (60,000 - 30,000), less 20,000 once; level A saves 300,000, level B costs 150,000."""
    assert net(case(2027), LOWER) == [130000.0]
    rows = savings.borne(case(2027), review(LOWER))
    own = rows[rows["maatregel"] == "lager"]
    assert own[["niveau", "bruto"]].values.tolist() == [["A", 300000.0], ["B", -150000.0]]


def test_a_one_off_cost_falls_once_and_the_cumulated_saving_goes_on() -> None:
    """Gross 150,000 and 292,500, of which 20,000 goes off once."""
    rows = savings.per_year(case(), review(LOWER))
    own = rows[rows["maatregel"] == "lager"]
    # 2028 without: 81 x 66,000 + 19 x 60,000; with: A 81 + 4.5 + 4.75 = 90.25, of 9 + 0.5 who left half came at A;
    # B 4.5 that stayed + 4.75 from A + 0.5 for those who left B. Saved: 9.75 x 60,000 - 9.75 x 30,000
    assert own["bruto"].round(6).tolist() == [150000.0, 292500.0]
    assert own["eenmalig"].tolist() == [20000.0, 0.0]
    assert own["cumulatief"].round(6).tolist() == [130000.0, 422500.0]


def test_together_is_not_the_sum_by_hand() -> None:
    """Of five newcomers half a year is not paid: 5 x 60,000 + 5 x 30,000; alone it is twice 300,000."""
    found = savings.gaps(case(2027), review(HALF, LATER, wanted=0.05, share=True)).iloc[0]
    assert found["netto"] == pytest.approx(450000.0)
    assert found["overlap"] == pytest.approx(150000.0)
    # 5 % of 100 x 66,000
    assert found["gewenst"] == pytest.approx(330000.0)
    assert found["tekort"] == pytest.approx(-120000.0)


def test_a_wanted_amount_is_taken_as_it_is() -> None:
    """Half a million wanted, 300,000 found."""
    found = savings.gaps(case(2027), review(HALF, wanted=500000.0)).iloc[0]
    assert found["tekort"] == pytest.approx(200000.0)


def test_ranges_by_hand() -> None:
    """A saving of 3,000,000 x the outflow, of which 10 % is 5 points off; in proportion to the index, 2 % off."""
    rows = savings.ranges(case(2027), review(HALF, index=0.02, uitstroom=0.05)).set_index(["maatregel", "wat"])
    for name in ("half", TOGETHER):
        assert rows.loc[(name, "index"), ["laag", "midden", "hoog"]].tolist() == pytest.approx([294e3, 300e3, 306e3])
        assert rows.loc[(name, "uitstroom"), ["laag", "midden", "hoog"]].tolist() == pytest.approx(
            [150e3, 300e3, 450e3]
        )


def test_of_two_measures_on_one_level_the_last_to_begin_counts() -> None:
    """Half from 2027, nobody from 2028, in either order."""
    none = Measure("geen", 2028, vervanging={"A": 0.0})
    for measures in ((HALF, none), (none, HALF)):
        rows = savings.per_year(case(), review(*measures))
        # 2028: 81 x 66,000 + 4.5 x 60,000 are left, of 81 x 66,000 + 19 x 60,000
        found = rows.loc[rows["maatregel"] == TOGETHER, "netto"].round(6).tolist()
        assert found == [300000.0, 870000.0]


MEASURES = st.builds(
    Measure,
    naam=st.text("abc", min_size=1),
    vanaf=st.integers(2027, 2029),
    eenmalig=st.floats(0, 1e5),
    vervanging=st.dictionaries(st.just("A"), st.floats(0, 1)),
    uitstel=st.dictionaries(st.just("A"), st.integers(1, 12)),
    niet_geindexeerd=st.dictionaries(st.just("statutair"), st.floats(0, 0.3)),
    verschuiving=st.dictionaries(st.just("A"), st.builds(Shift, st.just("B"), st.just("B"), st.floats(0, 1))),
)
CASES = st.builds(case, st.just(2029), st.floats(0, 1), st.just((dt.date(2027, 5, 1), dt.date(2028, 12, 1))))


@settings(max_examples=50)
@given(CASES)
def test_without_a_measure_it_costs_what_the_calculator_says(own: Case) -> None:
    """The baseline is the first scenario, to the euro."""
    found = savings.costs(own, review(), [])
    known = payroll.costs(own, own.scenarios[0])
    for row in known.itertuples():
        assert found[row.jaar, row.niveau] == pytest.approx(row.kost)


@settings(max_examples=50, deadline=None)
@given(CASES, st.lists(MEASURES, min_size=1, max_size=3, unique_by=lambda one: one.naam))
def test_the_parts_are_the_whole(own: Case, measures: list[Measure]) -> None:
    """Who bears it adds up to what is saved; cumulated is the sum of the net; the gap completes what was wanted."""
    asked = review(*measures, wanted=1000.0)
    rows, levels, gaps = savings.per_year(own, asked), savings.borne(own, asked), savings.gaps(own, asked)
    for name, one in rows.groupby("maatregel"):
        assert levels.loc[levels["maatregel"] == name, "bruto"].sum() == pytest.approx(one["bruto"].sum(), abs=1e-4)
        assert one["cumulatief"].iloc[-1] == pytest.approx((one["bruto"] - one["eenmalig"]).sum(), abs=1e-4)
    assert (gaps["netto"] + gaps["tekort"]).tolist() == pytest.approx([1000.0] * 3, abs=1e-4)


@settings(max_examples=50)
@given(CASES, st.floats(0, 1), st.floats(0, 1))
def test_who_replaces_fewer_saves_no_less(own: Case, one: float, other: float) -> None:
    """In every year, whatever the outflow."""
    fewer, more = sorted((one, other))
    saved = [net(own, Measure("x", 2027, vervanging={"A": share})) for share in (fewer, more)]
    assert all(least >= most - 1e-3 for least, most in zip(*saved, strict=True))
