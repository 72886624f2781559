"""The latest figure of an indicator, its change, its neighbours, its verdict."""

import datetime as dt

import pandas as pd
import pytest

from analysis.models import indicators
from analysis.period import Period

UP = pd.Series({"werk": "hoger", "rente": "lager", "prijs": "geen"})


def facts(*lines):
    """Return shown facts out of (indicator, geo, period, value[, unit[, note]])."""
    rows = []
    for indicator, geo, period, value, *rest in lines:
        parsed = Period.parse(period)
        rows.append(
            {
                "indicator": indicator,
                "geo": geo,
                "periode": period,
                "periode_van": pd.Timestamp(parsed.start),
                "periode_tot": pd.Timestamp(parsed.end),
                "periode_soort": parsed.precision,
                "waarde": float(value),
                "eenheid": rest[0] if rest else "personen",
                "bron_id": "b",
                "opmerking": rest[1] if len(rest) > 1 else "",
            }
        )
    return pd.DataFrame(rows)


def only(table):
    """Return the one row of a table."""
    assert len(table) == 1
    return table.iloc[0]


def test_the_latest_period_is_compared_with_the_one_before():
    """In whatever order the rows stand; the change is in the unit and relative."""
    row = only(
        indicators.latest(
            facts(("werk", "BE10", "2024", 210), ("werk", "BE10", "2022", 100), ("werk", "BE10", "2023", 200))
        )
    )
    assert (row["periode"], row["vorige_periode"]) == ("2024", "2023")
    assert (row["verandering"], row["verandering_pct"]) == (10.0, 5.0)


def test_a_rate_changes_in_percentage_points_only():
    """A change of 2 points on 10 % is not shown as a rise of 20 %."""
    row = only(indicators.latest(facts(("werk", "BE10", "2023", 10, "%"), ("werk", "BE10", "2024", 12, "%"))))
    assert row["verandering"] == 2.0
    assert pd.isna(row["verandering_pct"])


def test_year_and_month_rows_are_never_mixed():
    """The month is the latest; the year before it is not its earlier value."""
    row = only(indicators.latest(facts(("werk", "BE10", "2024", 100), ("werk", "BE10", "2025-02", 120))))
    assert row["periode"] == "2025-02"
    assert pd.isna(row["verandering"])


def test_a_year_wins_from_its_own_last_month():
    """Both end on one day; the year says more."""
    row = only(indicators.latest(facts(("werk", "BE10", "2024", 100), ("werk", "BE10", "2024-12", 120))))
    assert row["periode"] == "2024"


def test_a_quarter_is_compared_with_the_same_quarter_of_an_earlier_year():
    """Not with the quarter before it: that would measure the season."""
    row = only(
        indicators.latest(
            facts(("werk", "BE10", "2024Q1", 50), ("werk", "BE10", "2024Q4", 90), ("werk", "BE10", "2025Q1", 60))
        )
    )
    assert (row["vorige_periode"], row["verandering"], row["seizoen"]) == ("2024Q1", 10.0, False)


def test_two_seasons_of_one_year_are_marked():
    """Without the same quarter of an earlier year the change is shown and marked."""
    row = only(indicators.latest(facts(("werk", "BE10", "2024Q4", 90), ("werk", "BE10", "2025Q1", 60))))
    assert (row["verandering"], row["seizoen"]) == (-30.0, True)


def test_figures_on_either_side_of_a_break_are_never_compared():
    """A figure counted in another way has no change, and says that earlier ones were counted otherwise."""
    known = facts(("rente", "BE10", "2022", 10), ("rente", "BE10", "2024", 7))
    row = only(indicators.latest(known.assign(methode=["", "andere meting"])))
    assert (row["waarde"], row["andere_methode"]) == (7.0, True)
    assert pd.isna(row["verandering"])


def test_a_break_in_between_is_stepped_over():
    """After one odd year the series goes on: 2024 is compared with 2022, not with the odd 2023."""
    known = facts(("rente", "BE10", "2022", 10), ("rente", "BE10", "2023", 2), ("rente", "BE10", "2024", 7))
    row = only(indicators.latest(known.assign(methode=["", "andere meting", ""])))
    assert (row["vorige_periode"], row["verandering"], row["andere_methode"]) == ("2022", -3.0, False)


def test_neighbours_are_counted_in_the_same_way():
    """Another method in Brussels is not set beside the usual method in Belgium."""
    known = facts(("rente", "BE10", "2024", 7), ("rente", "BE", "2024", 9), ("rente", "BE2", "2024", 8))
    known = known.assign(methode=["andere meting", "", "andere meting"])
    rows = indicators.one_per_indicator(indicators.latest(known), ["rente"])
    assert indicators.comparison(rows, known)["geo"].tolist() == ["BE2"]


@pytest.mark.parametrize("checked", [[False, True], [True, False]])
def test_a_figure_to_be_checked_takes_no_part_in_a_change(checked):
    """Neither as the latest figure nor as the earlier one."""
    known = facts(("werk", "BE10", "2023", 1), ("werk", "BE10", "2024", 1))
    row = only(indicators.latest(known.assign(te_controleren=checked)))
    assert pd.isna(row["verandering"])


@pytest.mark.parametrize(("mark", "reason"), [("te_controleren", "te_controleren"), ("elders", "elders")])
def test_doubtful_figures_and_those_judged_elsewhere_have_no_verdict(mark, reason):
    """The reason says which of the two it is, and no change is given."""
    known = facts(("werk", "BE10", "2023", 1), ("werk", "BE10", "2024", 2)).assign(**{mark: True})
    rows = indicators.one_per_indicator(indicators.latest(known), ["werk"])
    row = only(indicators.judged(rows, UP))
    assert (row["oordeel"], row["reden"]) == ("geen", reason)
    assert pd.isna(row["verandering"])


def test_a_disputed_earlier_figure_is_counted():
    """Two sources differ on 2023: the change since then says so."""
    known = facts(("werk", "BE10", "2023", 1), ("werk", "BE10", "2024", 2)).assign(conflicten=[1, 0])
    assert only(indicators.latest(known))["vorige_conflicten"] == 1


def test_brussels_comes_first_then_belgium_then_nothing():
    """One row per indicator, in the order that is asked for; unknown is NaN, not nought."""
    rows = indicators.latest(facts(("werk", "BE", "2024", 1), ("werk", "BE10", "2020", 2), ("rente", "BE", "2024", 3)))
    shown = indicators.one_per_indicator(rows, ["prijs", "rente", "werk"])
    assert shown["geo"].tolist() == ["", "BE", "BE10"]
    assert shown["waarde"].isna().tolist() == [True, False, False]


@pytest.mark.parametrize(
    ("lines", "verdict"),
    [
        ([("werk", "BE10", "2023", 1), ("werk", "BE10", "2024", 2)], ("goed", "")),
        ([("rente", "BE10", "2023", 1), ("rente", "BE10", "2024", 2)], ("slecht", "")),
        ([("werk", "BE10", "2023", 2), ("werk", "BE10", "2024", 2)], ("gelijk", "")),
        ([("prijs", "BE10", "2023", 1), ("prijs", "BE10", "2024", 2)], ("geen", "richting")),
        ([("werk", "BE10", "2024", 2)], ("geen", "een_meting")),
        ([("werk", "BE", "2023", 1), ("werk", "BE", "2024", 2)], ("geen", "ander_gebied")),
        ([("werk", "BE10", "2023Q3", 1), ("werk", "BE10", "2023Q4", 2)], ("geen", "seizoen")),
    ],
)
def test_a_verdict_needs_a_direction_and_two_brussels_figures(lines, verdict):
    """The good direction comes from the register; what cannot be judged says why."""
    rows = indicators.one_per_indicator(indicators.latest(facts(*lines)), [lines[0][0]])
    row = only(indicators.judged(rows, UP))
    assert (row["oordeel"], row["reden"]) == verdict


def test_an_unknown_indicator_has_no_verdict():
    """Silence is unknown, never good."""
    rows = indicators.one_per_indicator(indicators.latest(facts(("werk", "BE10", "2024", 1))), ["rente"])
    assert only(indicators.judged(rows, UP))["reden"] == "onbekend"


def test_neighbours_are_of_the_same_period_else_the_last_one_before_it():
    """Belgium has 2024, Flanders only 2022, Wallonia only a later year."""
    known = facts(
        ("werk", "BE10", "2024", 1),
        ("werk", "BE", "2024", 2),
        ("werk", "BE", "2023", 9),
        ("werk", "BE2", "2022", 3),
        ("werk", "BE3", "2025", 4),
    )
    rows = indicators.one_per_indicator(indicators.latest(known), ["werk"])
    beside = indicators.comparison(rows, known)
    assert beside[["geo", "periode", "zelfde_periode"]].values.tolist() == [
        ["BE", "2024", True],
        ["BE2", "2022", False],
    ]


def test_neighbours_have_the_same_precision_and_unit():
    """A Belgian month does not stand beside a Brussels year, nor persons beside a rate."""
    known = facts(("werk", "BE10", "2024", 1, "%"), ("werk", "BE", "2024-12", 2, "%"), ("werk", "BE2", "2024", 3))
    rows = indicators.one_per_indicator(indicators.latest(known), ["werk"])
    assert indicators.comparison(rows, known).empty


def test_a_figure_is_old_after_three_years():
    """Counted from the end of its period to the as-of date."""
    end = pd.Timestamp("2022-12-31")
    assert not indicators.is_old(end, dt.date(2025, 12, 31))
    assert indicators.is_old(end, dt.date(2026, 1, 1))
    assert indicators.age_years(pd.Timestamp("2030-12-31"), dt.date(2026, 1, 1)) == 0


def test_notes_tell_rounded_from_exact():
    """An estimate is marked as such; a plain note is not."""
    known = facts(("werk", "BE10", "2024", 1, "%", "raming van de bron"), ("werk", "BE", "2024", 1, "%", "EU-SILC"))
    assert indicators.approximate(known).tolist() == [True, False]
