"""Signal and noise in a series, and whether its target will be met."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.models.delivered.xmr import ASSURANCES, RULES, SIGNS, assurance, band_assurance, chart, limits

PUBLISHED = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
UNKNOWN = float("nan")


def charted(values: Sequence[float], direction: str = "hoger") -> pd.DataFrame:
    """Chart a series."""
    return chart(pd.DataFrame({"waarde": np.asarray(values, dtype=float)}), direction)


def noisy(*values: float) -> list[float]:
    """Return values after a stretch between 9 and 11 that holds the mean near 10 and the limits near 5 and 15."""
    return [9.0, 11.0] * 20 + list(values)


def test_the_published_limits() -> None:
    """Making Data Count's figures, with and without leaving out the odd moving ranges."""
    screened, all_in = limits(PUBLISHED), limits(PUBLISHED, screen=False)
    assert (screened.mean, screened.lower, screened.upper) == pytest.approx((1.944, -0.716, 4.604), abs=5e-4)
    assert (all_in.mean, all_in.lower, all_in.upper) == pytest.approx((1.944, -3.063, 6.952), abs=5e-4)
    assert charted(PUBLISHED)["buiten"].tolist() == [0, 0, 0, 0, 1, *[0] * 13]


def test_the_published_limits_in_a_larger_unit() -> None:
    """In hundreds: a hundredth of each."""
    found = limits([value / 100 for value in PUBLISHED])
    assert (found.lower, found.upper) == pytest.approx((-0.00716, 0.04604), abs=5e-6)


def test_ranges_are_left_out_once() -> None:
    """Of ranges of 1, 20 and 100 only the largest exceed 3.267 times the mean; without them 20 would too, but stays."""
    values = np.cumsum([0, 1, -1, 1, -1, 1, -1, 1, -1, 20, -20, 100, -100, 1, -1, 1, -1, 1, -1]).tolist()
    ranges = np.abs(np.diff(values))
    once = ranges[ranges <= 3.267 * ranges.mean()]
    assert (once > 3.267 * once.mean()).any()
    assert limits(values).moving_range == pytest.approx(once.mean())


@pytest.mark.parametrize(
    ("direction", "expected"),
    [("hoger", ["haalt_niet", "haalt", "wisselend"]), ("lager", ["haalt", "haalt_niet", "wisselend"])],
)
def test_the_published_assurance(direction: str, expected: list[str]) -> None:
    """Limits 1-3, 5-7 and 1-5 around a target of 4."""
    assert [assurance(*pair, direction, 4) for pair in ((1, 3), (5, 7), (1, 5))] == expected


@pytest.mark.parametrize(
    ("lower", "upper", "direction", "target", "expected"),
    [
        (4, 6, "hoger", 4, "haalt"),  # a value on the target meets it
        (2, 4, "hoger", 4, "wisselend"),
        (2, 4, "lager", 4, "haalt"),
        (4, 6, "lager", 4, "wisselend"),
        (4, 4, "hoger", 4, "haalt"),
        (4, 6, "stabiel", 4, "onbekend"),
        (4, 6, "hoger", UNKNOWN, "onbekend"),
        (UNKNOWN, UNKNOWN, "lager", 4, "onbekend"),
    ],
)
def test_assurance_on_the_edge(lower: float, upper: float, direction: str, target: float, expected: str) -> None:
    """A value on the target meets it; without limits, target or direction nothing is assured."""
    assert assurance(lower, upper, direction, target) == expected


@pytest.mark.parametrize(
    ("band", "expected"),
    [((4, 6), "haalt"), ((3, 7), "haalt"), ((5, 9), "wisselend"), ((6.5, 9), "haalt_niet"), ((1, 3), "haalt_niet")],
)
def test_a_series_stays_in_a_band_or_not(band: tuple[float, float], expected: str) -> None:
    """Limits 4-6."""
    assert band_assurance(4, 6, *band) == expected


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([1, 2, 3, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 1]),
        ([1, 2, 3, 4, 5, 6], [0] * 6),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([7, 6, 5, 4, 3, 2, 1], [0, 0, 0, 0, 0, 0, -1]),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0, 0, 0, 0, 0, 0, 0, 1, 0]),
        ([1, 2, 3, 4, 5, 6, 7, 8], [0, 0, 0, 0, 0, 0, 1, 1]),
        ([1, 2, 3, UNKNOWN, 4, 5, 6, 7], [0, 0, 0, 0, 0, 0, 0, 1]),
        ([0.1, 0.2, 0.1 + 0.2, 0.3, 0.4, 0.5, 0.6], [0] * 7),  # the third and fourth differ by rounding only
    ],
)
def test_a_trend_is_known_at_its_seventh_point(values: list[float], expected: list[int]) -> None:
    """The first three series are published; equal values end a trend, a missing value does not."""
    assert charted(values)["trend"].tolist() == expected


def test_a_trend_marks_its_seven_points() -> None:
    """The point before it is none of them; where a fall follows on a rise, the top belongs to the fall."""
    found = charted([5, 1, 2, 3, 4, 5, 6, 7, 3], "lager")
    assert ["trend" in rules for rules in found["regels"]] == [False] + [True] * 7 + [False]
    mountain = charted([0, 8] * 6 + [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]).tail(13)
    assert mountain["trend"].tolist() == [0] * 6 + [1] + [0] * 5 + [-1]
    assert mountain["teken"].tolist() == ["verbetering"] * 6 + ["verslechtering"] * 7


@pytest.mark.parametrize(("count", "true"), [(6, 0), (7, 1), (9, 3)])
def test_seven_on_one_side_is_a_shift(count: int, true: int) -> None:
    """It is known at the seventh point, and at each after it; all its points belong to it."""
    found = charted([10, 8] * 10 + [8] + ([11, 10.5] * 5)[:count])
    assert found["kant"].sum() == true
    assert sum("kant" in rules for rules in found["regels"]) == (count if true else 0)


def test_a_point_on_the_mean_ends_the_row() -> None:
    """Four above, one on the mean, three above, and as much below: the mean is 5."""
    values = [6.0, 6, 6, 6, 5, 6, 6, 6, 4, 4, 4, 4, 5, 4, 4, 4]
    assert limits(values).mean == 5
    assert not charted(values)["kant"].any()
    assert charted([value for value in values if value != 5])["kant"].tolist() == [0] * 6 + [1] + [0] * 6 + [-1]


def test_a_point_on_a_limit_is_not_outside() -> None:
    """The point moves the limits itself; put on the limit again and again, it ends where the two meet."""
    on_limit = 12.0
    for _ in range(200):
        on_limit = limits(noisy(on_limit)).upper
    assert limits(noisy(on_limit)).upper == pytest.approx(on_limit, rel=1e-12)
    assert charted(noisy(on_limit))["buiten"].iloc[-1] == 0
    assert charted(noisy(on_limit + 0.01))["buiten"].iloc[-1] == 1


@pytest.mark.parametrize(
    ("end", "true", "marked"),
    [
        ((14, 14), [0, 1], 2),  # both in the outer third
        ((14, 10, 14), [0, 0, 1], 2),  # the third may be anywhere
        ((14, 4.9, 14), [0, 0, 1], 2),
        ((14, 10, 10, 14), [0, 0, 0, 0], 0),  # too far apart
        ((14, 6, 10), [0, 0, 0], 0),  # not the same limit
        ((6, 6, 10), [0, -1, 0], 2),
        ((30, 14.9, 10), [0, 0, 0], 0),  # outside the limits is not near them
        ((14.9, 30, 14.9), [0, 0, 1], 2),
        ((-10, 14.9, 10), [0, 0, 0], 0),
        ((14, 14, 14), [0, 1, 1], 3),
    ],
)
def test_two_of_three_near_one_limit(end: tuple[float, ...], true: list[int], marked: int) -> None:
    """It is known at the second of the two; only the two are its points."""
    found = charted(noisy(*end))
    assert found["nabij"].tolist()[-len(end) :] == true
    assert sum("nabij" in rules for rules in found["regels"]) == marked


def test_the_outer_third_begins_at_two_thirds_of_the_way_to_the_limit() -> None:
    """A point just before that line and one just after it, each beside one that is certainly in the outer third."""
    for share, near in ((0.66, False), (0.67, True)):
        point = 13.0
        for _ in range(50):
            found = limits(noisy(14.5, point))
            point = found.mean + share * (found.upper - found.mean)
        assert (charted(noisy(14.5, point))["nabij"].iloc[-1] == 1) == near


def test_two_values_have_limits() -> None:
    """Their one moving range is the mean one, however small the unit."""
    found = limits([1.0, 1.1])
    assert (found.lower, found.upper) == pytest.approx((1.05 - 0.266, 1.05 + 0.266))


@given(st.lists(st.integers(-20, 20).map(float), max_size=25), st.sampled_from([0.001, 0.5, 1000.0]))
@settings(max_examples=50, deadline=None)
def test_the_unit_changes_nothing(values: list[float], factor: float) -> None:
    """A share in per mille has the same signals as in per cent."""
    assert charted(values)["regels"].tolist() == charted([value * factor for value in values])["regels"].tolist()


@pytest.mark.parametrize("value", [0.0, 5.0, 0.1, -3.3])
def test_a_series_without_variation_has_no_signal(value: float) -> None:
    """Its limits lie on its mean, and every point on them."""
    found = charted([value] * 15)
    assert found["ondergrens"].tolist() == pytest.approx([value] * 15)
    assert found["bovengrens"].tolist() == pytest.approx([value] * 15)
    assert not found[list(RULES)].any(axis=None)


def test_one_step_in_a_flat_series_is_the_only_signal_outside() -> None:
    """Leaving out its one range would leave limits without width, outside which every point lies."""
    assert charted([5.0] * 9 + [9])["buiten"].tolist() == [0] * 9 + [1]


@pytest.mark.parametrize(("count", "provisional"), [(11, True), (12, False)])
def test_limits_of_few_points_are_provisional(count: int, provisional: bool) -> None:
    """Only known values count."""
    found = charted([*PUBLISHED[:count], UNKNOWN])
    assert found["voorlopig"].tolist() == [provisional] * (count + 1)


@pytest.mark.parametrize("values", [[], [3.0], [UNKNOWN], [UNKNOWN, 3.0]])
def test_too_few_values_have_no_limits_and_no_signal(values: list[float]) -> None:
    """Neither fails; all columns are there."""
    found = charted(values)
    assert len(found) == len(values)
    assert found["bovengrens"].isna().all()
    assert found["teken"].tolist() == [""] * len(values)
    assert math.isnan(limits(values).moving_range)


def test_an_unknown_value_has_no_signal_and_moves_nothing() -> None:
    """Nor does an endless one; the other columns and the index stay."""
    rows = pd.DataFrame(
        {"waarde": [1.0, UNKNOWN, 2, 1, math.inf, 2, 10], "periode": list("abcdefg")}, index=range(3, 10)
    )
    found = chart(rows, "lager")
    known = chart(rows.drop(index=[4, 7]), "lager")
    assert found["periode"].tolist() == rows["periode"].tolist()
    assert found.loc[[4, 7], "regels"].tolist() == [(), ()]
    pd.testing.assert_frame_equal(found.drop(index=[4, 7]), known)


@pytest.mark.parametrize(
    ("direction", "sign"),
    [("hoger", "verbetering"), ("lager", "verslechtering"), ("band", "verandering"), ("", "verandering")],
)
def test_what_a_signal_means_depends_on_the_good_direction(direction: str, sign: str) -> None:
    """The published odd point lies above; a series without good direction only changes."""
    found = charted([float(value) for value in PUBLISHED], direction)
    assert found["teken"].tolist() == [""] * 4 + [sign] + [""] * 13


def test_lower_is_better_where_the_plan_says_so() -> None:
    """The published series upside down: its odd point is good news."""
    assert charted([-value for value in PUBLISHED], "lager")["teken"].iloc[4] == "verbetering"


def test_a_point_outside_is_judged_by_where_it_is() -> None:
    """The first of a rise of seven lies below the limits: that is bad, though the rise is good."""
    found = charted([1, 2, 3, 4, 5, 6, 7])
    assert found["regels"].iloc[0] == ("buiten", "trend")
    assert found["teken"].iloc[0] == "verslechtering"


SERIES = st.lists(st.integers(-20, 20).map(float), max_size=25)


@given(SERIES)
@settings(max_examples=50, deadline=None)
def test_upside_down_every_sign_turns(values: list[float]) -> None:
    """The rules know no up or down."""
    up, down = charted(values), charted([-value for value in values])
    assert up[list(RULES)].to_numpy().tolist() == (-down[list(RULES)]).to_numpy().tolist()
    swapped = {"verbetering": "verslechtering", "verslechtering": "verbetering", "": ""}
    assert up["teken"].map(swapped).tolist() == down["teken"].tolist()


@given(SERIES, st.integers(-1000, 1000))
@settings(max_examples=50, deadline=None)
def test_moving_a_series_moves_only_its_limits(values: list[float], shift: int) -> None:
    """Where a series lies says nothing of its noise."""
    here, there = charted(values), charted([value + shift for value in values])
    assert here["regels"].tolist() == there["regels"].tolist()
    assert (here["bovengrens"] + shift).tolist() == pytest.approx(there["bovengrens"].tolist(), nan_ok=True)


@given(SERIES)
@settings(max_examples=50, deadline=None)
def test_every_point_has_one_sign_and_it_has_a_rule(values: list[float]) -> None:
    """Where a rule comes true the point is one of its points; without a rule there is no sign."""
    found = charted(values)
    for row in found.to_dict("records"):
        assert row["teken"] in SIGNS
        assert (row["teken"] == "") == (row["regels"] == ())
        assert {name for name in RULES if row[name]} <= set(row["regels"])


@given(st.floats(-50, 50), st.floats(0, 50), st.floats(-50, 50))
@settings(max_examples=50, deadline=None)
def test_assurance_is_one_of_three_and_mirrors(lower: float, width: float, target: float) -> None:
    """Upside down, higher is lower."""
    found = assurance(lower, lower + width, "hoger", target)
    assert found in ASSURANCES[:3]
    assert found == assurance(-(lower + width), -lower, "lager", -target)
