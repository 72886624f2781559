"""Amounts in prices of one year: an example by hand, and what must hold for any index."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.models import deflate

YEARS = [2019, 2020, 2021]
#: As Statbel published them for Belgium, 2013 = 100; their sums are 1,319.96 and 1,346.48.
MONTHS_2020 = [109.72, 109.87, 109.96, 110.22, 110.10, 110.05, 110.16, 110.20, 109.78, 110.11, 109.91, 109.88]
MONTHS_2021 = [110.35, 110.39, 110.56, 110.93, 110.99, 111.31, 112.18, 112.74, 112.29, 113.94, 115.20, 115.60]

some_index = st.lists(st.floats(50, 200), min_size=3, max_size=3).map(lambda values: pd.Series(values, index=YEARS))
some_amounts = st.lists(st.floats(-1e5, 1e5), min_size=3, max_size=3).map(pd.Series)


def _months(year: int, values: list[float], **columns: object) -> pd.DataFrame:
    days = pd.to_datetime([f"{year}-{month + 1:02d}-28" for month in range(len(values))])
    row = {"indicator": deflate.MONTHLY, "geo": "BE", "eenheid": deflate.UNIT, "periode_soort": "maand"}
    return pd.DataFrame({"periode_tot": days, "waarde": values}).assign(**row | columns)


def _growth(year: int, value: float) -> pd.DataFrame:
    row = {"indicator": deflate.GROWTH, "eenheid": "%", "periode_soort": "jaar"}
    return _months(year, [value], **row)


def _yearly(*parts: pd.DataFrame) -> pd.DataFrame:
    return deflate.yearly(deflate.price_rows(pd.concat(parts, ignore_index=True)))


def test_the_debt_of_2020_in_prices_of_2021_by_hand() -> None:
    """1,319.96 / 12 = 109.9967 and 1,346.48 / 12 = 112.2067, so 6,400 x 1,346.48 / 1,319.96 = 6,528.59."""
    index = _yearly(_months(2020, MONTHS_2020), _months(2021, MONTHS_2021))
    assert index["index"].round(4).to_dict() == {2020: 109.9967, 2021: 112.2067}
    real = deflate.deflate(pd.Series([6400.0]), pd.Series([2020]), index["index"], 2021)
    assert real[0] == pytest.approx(6528.59, abs=0.005)


def test_eleven_months_are_no_year() -> None:
    """A year that lacks a month has no index, and an amount of it no real value."""
    index = _yearly(_months(2020, MONTHS_2020[:11]), _months(2021, MONTHS_2021))
    assert index.index.tolist() == [2021]
    assert deflate.deflate(pd.Series([6400.0]), pd.Series([2020]), index["index"], 2021).isna().all()


def test_a_month_told_twice_is_one_month() -> None:
    """Twelve rows of eleven months are no year either."""
    double = pd.concat([_months(2020, MONTHS_2020[:11]), _months(2020, MONTHS_2020[:1])])
    assert _yearly(double, _months(2021, MONTHS_2021)).index.tolist() == [2021]


def test_published_growth_carries_a_known_year_on() -> None:
    """100 and 2 % give 102, then 5 % gives 107.1; where the year before is unknown growth gives nothing."""
    index = _yearly(_months(2020, [100.0] * 12), _growth(2022, 5), _growth(2021, 2), _growth(2025, 3))
    assert index["index"].round(6).to_dict() == {2020: 100, 2021: 102, 2022: 107.1}
    assert index["uit"].tolist() == [deflate.FROM_MONTHS, deflate.FROM_GROWTH, deflate.FROM_GROWTH]


def test_twelve_months_go_before_growth() -> None:
    """Of a year with both, the months count."""
    index = _yearly(_months(2020, [100.0] * 12), _months(2021, [110.0] * 12), _growth(2021, 2))
    assert index.loc[2021].tolist() == [110.0, deflate.FROM_MONTHS]


@pytest.mark.parametrize(
    "columns",
    [{"geo": "BE10"}, {"eenheid": "index (2025=100)"}, {"indicator": "consumptieprijsindex"}],
    ids=["area", "base", "consumer prices"],
)
def test_another_index_is_never_mixed_in(columns: dict[str, str]) -> None:
    """Another area, another base of the publisher, and the whole basket are other indices."""
    assert _yearly(_months(2020, MONTHS_2020, **columns)).empty


def test_a_base_year_without_an_index_is_refused() -> None:
    """Prices of an unknown year cannot be the measure."""
    with pytest.raises(ValueError, match="2024"):
        deflate.rebase(pd.Series({2020: 110.0}), 2024)


@given(some_amounts, st.floats(1, 500), st.sampled_from(YEARS))
def test_a_constant_index_changes_nothing(amounts: pd.Series, level: float, base: int) -> None:
    """Where prices stand still, real is nominal."""
    real = deflate.deflate(amounts, pd.Series(YEARS), pd.Series(level, index=YEARS), base)
    assert real.tolist() == pytest.approx(amounts.tolist())


@given(some_amounts, some_index)
def test_another_base_scales_all_alike(amounts: pd.Series, index: pd.Series) -> None:
    """Prices of 2019 and of 2021 differ by one factor for every amount."""
    old, new = (deflate.deflate(amounts, pd.Series(YEARS), index, base) for base in (2019, 2021))
    assert new.tolist() == pytest.approx((old * index[2021] / index[2019]).tolist())


@given(some_amounts, some_index, st.sampled_from(YEARS))
def test_there_and_back(amounts: pd.Series, index: pd.Series, base: int) -> None:
    """Deflated and then by the inverse index again, an amount is what it was; the base year's never changes."""
    years = pd.Series(YEARS)
    real = deflate.deflate(amounts, years, index, base)
    assert deflate.deflate(real, years, 1 / index, base).tolist() == pytest.approx(amounts.tolist())
    assert real[years == base].tolist() == pytest.approx(amounts[years == base].tolist())
