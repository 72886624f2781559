"""Trends: published and hand-reckoned numbers, and what holds of every series."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.models import trend as model
from analysis.models.trend import Point, trend

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=5, max_size=14)


def years(values: list[float]) -> list[Point]:
    """A figure per year."""
    return [(2010.0 + place, value, 0) for place, value in enumerate(values)]


def test_the_exact_chances_are_those_of_kendalls_table() -> None:
    """Kendall's table of S: of n = 4, 5, 6, one-sided chance of S >= 6, 10, 15 is .042, .0083, .0014."""
    told = [sum(count for s, count in model._ways(n).items() if s >= most) for n, most in ((4, 6), (5, 10), (6, 15))]
    chances = [count / math.factorial(n) for count, n in zip(told, (4, 5, 6), strict=True)]
    assert [round(chance, 4) for chance in chances] == [0.0417, 0.0083, 0.0014]


def test_the_chances_count_every_order() -> None:
    """Of all 120 orders of five values, by hand and by the recursion."""
    counted: dict[int, int] = {}
    for order in permutations(range(5)):
        score = model._score(list(map(float, order)))
        counted[score] = counted.get(score, 0) + 1
    assert model._ways(5) == counted


def test_the_normal_chance_by_hand() -> None:
    """Twelve rising values: S = 66, variance 12 x 11 x 29 / 18 = 212.67, z = 65 / 14.583 = 4.457, p = .0000083."""
    found = trend(years([float(value) for value in range(12)]))
    assert model._variance(list(range(12))) == pytest.approx(212.6667, abs=1e-4)
    assert found.p == pytest.approx(8.3e-6, abs=2e-7)
    assert (found.verdict, found.slope) == ("stijgt", 1.0)


def test_ties_by_hand() -> None:
    """1 2 2 3 3 3: 6 x 5 x 17 = 510, less 2 x 1 x 9 = 18 and 3 x 2 x 11 = 66, over 18: 23.67."""
    assert model._variance([1.0, 2, 2, 3, 3, 3]) == pytest.approx(426 / 18)


def test_the_slope_is_the_median_of_all_pairs() -> None:
    """1 2 3 4 100: of ten slopes six are 1 (steps of one, two and three years), so the outlier is nothing."""
    assert trend(years([1.0, 2, 3, 4, 100])).slope == 1.0


def test_a_season_is_no_trend() -> None:
    """Summers that are always higher than winters, and nothing else, are no trend; a rise within each season is one."""
    waves = [(2015 + year + season / 4, 10.0 * season, season) for year in range(6) for season in range(4)]
    assert trend(waves).verdict == "geen_trend"
    rising = [(moment, value + (moment // 1 - 2015), season) for moment, value, season in waves]
    found = trend(rising)
    assert (found.verdict, found.slope) == ("stijgt", 1.0)


def test_few_figures_say_nothing() -> None:
    """Four that rise may be chance; a season with few figures leaves the others their say."""
    assert trend(years([1.0, 2, 3, 4])).verdict == "te_weinig"
    assert trend([]).verdict == "te_weinig"
    mixed = [*years([1.0, 2, 3, 4, 5]), (2011.5, 99.0, 6)]
    assert (trend(mixed).verdict, trend(mixed).n) == ("stijgt", 5)


def test_two_figures_of_one_moment_are_refused() -> None:
    """Their order is unknown."""
    with pytest.raises(ValueError, match="one moment"):
        trend([*years([1.0, 2, 3, 4, 5]), (2010.0, 7.0, 0)])


@given(VALUES)
def test_the_mirror_image_falls_as_fast(values: list[float]) -> None:
    """Backwards, or with the other sign, the same chance and the opposite slope."""
    own, back, under = trend(years(values)), trend(years(values[::-1])), trend(years([-value for value in values]))
    assert own.p == pytest.approx(back.p) == pytest.approx(under.p)
    assert own.slope == pytest.approx(-back.slope) == pytest.approx(-under.slope)
    other = {"stijgt": "daalt", "daalt": "stijgt"}
    assert back.verdict == under.verdict == other.get(own.verdict, own.verdict)


@given(VALUES, st.floats(0.1, 10), st.floats(-100, 100))
def test_scale_and_level_do_not_matter(values: list[float], factor: float, level: float) -> None:
    """In another unit the verdict is the same, and the slope is that in the other unit."""
    own, other = trend(years(values)), trend(years([round(factor * value + level, 9) for value in values]))
    assert own.verdict == other.verdict
    assert other.slope == pytest.approx(factor * own.slope, abs=1e-6)


@given(VALUES)
def test_the_slope_lies_in_its_interval(values: list[float]) -> None:
    """And a clear rise has a slope that is not negative."""
    found = trend(years(values))
    assert found.lower <= found.slope <= found.upper
    if found.verdict == "stijgt":
        assert found.slope >= 0


def test_a_flat_series_has_no_trend() -> None:
    """Nothing rises and nothing falls: the chance is one."""
    found = trend(years([3.0] * 8))
    assert (found.verdict, found.p, found.slope) == ("geen_trend", 1.0, 0.0)
