"""Absence: what stands beside what, and how wide a small service's interval is."""

from __future__ import annotations

import math

import pandas as pd

from analysis.models import absence


def rates(values: dict[int, float], measure: str = absence.WORKING) -> pd.DataFrame:
    """Return yearly rates of one employer."""
    return pd.DataFrame({"jaar": list(values), "waarde": list(values.values()), "maat": measure})


def test_years_before_the_last_ten_widen_no_range() -> None:
    """6.0 and 6.2 by turns: 2.66 times a step of 0.2 around 6.08; what happened in 2001 does not count."""
    known = {2019 + n: 6.0 + 0.2 * (n % 2) for n in range(5)}
    assert absence.usual(rates({2001: 20.0} | known)) == absence.usual(rates(known)) == (5.548, 6.612)


def test_no_range_without_a_measure_or_enough_years() -> None:
    """Who does not say how absence is measured may have measured otherwise each year."""
    known = {2019 + n: 6.0 + 0.2 * (n % 2) for n in range(5)}
    for rows in (rates(known, absence.UNSTATED), rates(dict(list(known.items())[:4]))):
        assert all(math.isnan(bound) for bound in absence.usual(rows))


def test_a_small_service_has_a_wide_interval() -> None:
    """4.7 % of 70 people may be anything from 1.7 to 12.4 %; of 7,000 from 4.2 to 5.2 %; of an unknown number, unknown.

    By hand for 70: z²/n = 3.8415 / 70 = .05488; (.047 + .02744) / 1.05488 = .07057, give or take .05372.
    """
    assert [round(bound, 1) for bound in absence.widest(4.7, 70)] == [1.7, 12.4]
    assert [round(bound, 1) for bound in absence.widest(4.7, 7000)] == [4.2, 5.2]
    assert all(math.isnan(bound) for bound in absence.widest(4.7, math.nan))
