"""How old the data are."""

import datetime as dt

import pandas as pd

from analysis.models import ages

AS_OF = dt.date(2026, 11, 14)


def facts(*lines):
    """Return facts out of (series, first day, last day, published, rule, derived)."""
    columns = ["reeks", "p_van", "p_tot", "gepubliceerd_tot", "bekend_regel", "gepubliceerd_afgeleid"]
    rows = pd.DataFrame(lines, columns=columns)
    return rows.assign(**{name: pd.to_datetime(rows[name]) for name in ("p_van", "p_tot", "gepubliceerd_tot")})


def test_a_period_that_is_not_over_is_not_the_youngest():
    """A budget for 2027 does not make the data young; it is counted apart."""
    age = ages.of_facts(
        facts(
            ("a", "2025-01-01", "2025-11-14", "2026-01-31", "gepubliceerd", "nee"),
            ("a", "2027-01-01", "2027-12-31", "2026-10-01", "gepubliceerd", "nee"),
        ),
        ["reeks"],
        "p",
        AS_OF,
    )
    assert (str(age.youngest.date()), round(age.months), age.ahead) == ("2025-11-14", 12, 1)


def test_only_a_day_that_a_source_gives_is_a_publication():
    """A later version of a series, a year alone and a day that the delivery derived are not."""
    age = ages.of_facts(
        facts(
            ("a", "2020-01-01", "2020-12-31", "2021-03-01", "gepubliceerd", "nee"),
            ("b", "2020-01-01", "2020-12-31", "2022-03-01", "gepubliceerd", "ja"),
            ("c", "2020-01-01", "2020-12-31", "2023-12-31", "jaar_bekend", "nee"),
            ("d", "2020-01-01", "2020-12-31", "2026-03-01", "herziene_reeks", "nee"),
        ),
        ["reeks"],
        "p",
        AS_OF,
    )
    assert str(age.published.date()) == "2021-03-01"


def test_a_series_is_old_by_its_latest_figure():
    """Three years to the day is not more than three years."""
    rows = facts(
        ("jong", "2015-01-01", "2015-12-31", None, "afgeleid", "nee"),
        ("jong", "2024-01-01", "2024-12-31", None, "afgeleid", "nee"),
        ("grens", "2023-11-14", "2023-11-14", None, "afgeleid", "nee"),
        ("oud", "2023-11-13", "2023-11-13", None, "afgeleid", "nee"),
    )
    age = ages.of_facts(rows, ["reeks"], "p", AS_OF)
    assert (age.series, age.old_series) == (3, 1)


def test_nothing_known_has_no_age():
    """No facts, or facts without a period: unknown, not nought."""
    for rows in (facts(), facts(("a", None, None, None, "levering", "nee"))):
        age = ages.of_facts(rows, ["reeks"], "p", AS_OF)
        assert (age.youngest, age.published, age.months, age.series) == (None, None, None, 0)
        assert ages.verdict(age.months) == "onbekend"


def test_a_year_of_publication_counts_from_its_first_day():
    """The age is never understated, and the year is not shown as a month; later publications do not count."""
    rows = pd.DataFrame(
        {
            "gepubliceerd_van": pd.to_datetime(["2021-07-01", "2026-01-01", "2027-01-01", None]),
            "gepubliceerd_soort": ["maand", "jaar", "maand", ""],
        }
    )
    age = ages.of_publication(rows, AS_OF)
    assert (str(age.published.date()), age.year_only, round(age.months), age.facts) == ("2026-01-01", True, 10, 4)
    assert ages.of_publication(rows.tail(1), AS_OF).months is None
