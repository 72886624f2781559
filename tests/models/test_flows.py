"""Revenue, expenditure and interest: one perimeter and definition, and what may be compared."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.models import flows
from analysis.models.money import ESTIMATE, INITIAL, REALISED

COLUMNS = ["reeks", "entiteit", "jaar", "merk", "waarde"]


def rows(*given: tuple[str, str, int, str, float], half: bool = False) -> pd.DataFrame:
    """Figures of whole years, or of their first half."""
    own = pd.DataFrame(given, columns=COLUMNS)
    end = "-06-30" if half else "-12-31"
    years = own["jaar"].astype(str)
    return own.assign(
        periode_van=pd.to_datetime(years + "-01-01"),
        periode_tot=pd.to_datetime(years + end),
        periode_soort="halfjaar" if half else "jaar",
        bron_id="een",
    )


def interest(*given: tuple[int, str, float]) -> pd.DataFrame:
    """Interest of the Region."""
    return rows(*((flows.INTEREST, "BHG", *one) for one in given))


def test_every_figure_is_drawn_or_stands_aside() -> None:
    """Never both: another perimeter, another definition and half a year stand aside."""
    shown = pd.concat(
        [
            rows(
                (flows.REVENUE, "BHG", 2024, INITIAL, 5691.0),
                (flows.REVENUE, "BHG-DBHR", 2020, INITIAL, 4723.0),
                ("uitgaven_vastlegging", "BHG", 2024, INITIAL, 7000.0),
            ),
            rows((flows.EXPENDITURE, "BHG", 2024, REALISED, 3759.0), half=True),
        ],
        ignore_index=True,
    )
    drawn, aside = flows.drawn(shown), flows.aside(shown)
    assert drawn["waarde"].tolist() == [5691.0]
    assert sorted(aside["waarde"]) == [3759.0, 4723.0, 7000.0]


def test_interest_is_compared_between_realised_years_only() -> None:
    """The first with the last; an estimate is no end of it, and one year is no comparison."""
    pair = flows.multiple(interest((2016, REALISED, 91.0), (2024, REALISED, 399.0), (2029, ESTIMATE, 548.0)))
    assert pair is not None
    assert [one["jaar"] for one in pair] == [2016, 2024]
    assert flows.multiple(interest((2016, REALISED, 91.0), (2029, ESTIMATE, 548.0))) is None


def test_interest_of_two_sources_is_no_multiple() -> None:
    """The second may count the debt of the institutions too."""
    both = interest((2016, REALISED, 91.0), (2024, REALISED, 399.0)).assign(bron_id=["een", "ander"])
    assert flows.multiple(both) is None


@pytest.mark.parametrize(("year", "ahead"), [(2023, False), (2024, False), (2029, True)])
def test_an_estimate_looks_ahead_of_what_is_realised(year: int, ahead: bool) -> None:
    """One of a year that is over by now does not."""
    found = flows.furthest_estimate(interest((2024, REALISED, 399.0), (year, ESTIMATE, 548.0)))
    assert (found is not None) is ahead


def test_revenue_and_expenditure_are_set_beside_each_other_of_one_year() -> None:
    """The last year for which both were budgeted; without one, nothing."""
    own = rows(
        (flows.REVENUE, "BHG", 2024, INITIAL, 5691.0),
        (flows.EXPENDITURE, "BHG", 2024, INITIAL, 6990.0),
        (flows.EXPENDITURE, "BHG", 2026, INITIAL, 7613.0),
    )
    pair = flows.last_budget(own)
    assert pair is not None
    assert [one["waarde"] for one in pair] == [5691.0, 6990.0]
    assert flows.last_budget(own.iloc[1:]) is None


def test_a_share_needs_both_realised_in_one_year_and_perimeter() -> None:
    """400 of 5,000 is 8 %; another year, kind or perimeter gives none."""
    own = interest((2024, REALISED, 400.0))
    assert flows.share_of_revenue(pd.concat([own, rows((flows.REVENUE, "BHG", 2024, REALISED, 5000.0))]))[
        "aandeel"
    ].tolist() == [8.0]
    for other in (
        (flows.REVENUE, "BHG", 2023, REALISED, 5000.0),
        (flows.REVENUE, "BHG", 2024, INITIAL, 5000.0),
        (flows.REVENUE, "BHG-DBHR", 2024, REALISED, 5000.0),
    ):
        assert flows.share_of_revenue(pd.concat([own, rows(other)])).empty
