"""Since when a target is known, whose it is, and how far the figure is from it."""

import datetime as dt

import pandas as pd
import pytest

from analysis.models import official_targets

COLLECTED = dt.date(2026, 10, 8)
NOW = dt.date(2026, 11, 14)
LOWER = pd.Series({"x": "lager"})
HIGHER = pd.Series({"x": "hoger"})


def targets(*lines):
    """Return targets out of (year, value, unit, note)."""
    rows = [
        {"indicator": "x", "doeljaar": year, "doelwaarde": value, "eenheid": unit, "basisjaar": base}
        | {"bron_id": f"b{number}", "opmerking": note}
        for number, (year, value, unit, base, note) in enumerate(lines)
    ]
    return pd.DataFrame(rows).astype({"doeljaar": "Int64", "basisjaar": "Int64"})


def dating(*days):
    """Return a date of publication per target, in their order."""
    return pd.DataFrame(
        {
            "doel_bron_id": [f"b{number}" for number in range(len(days))],
            "gepubliceerd_tot": pd.to_datetime(list(days)),
            "bron_id": "register",
        }
    )


def known(table, days, as_of=NOW):
    """Return the known targets of a table."""
    dates = dating(*days).assign(indicator="x", doeljaar=table["doeljaar"])
    return official_targets.known(table, dates, as_of, COLLECTED)


def figures(*lines):
    """Return shown yearly facts out of (geo, year, value, unit)."""
    return pd.DataFrame(
        {
            "indicator": "x",
            "geo": geo,
            "periode": str(year),
            "periode_van": pd.Timestamp(year, 1, 1),
            "periode_tot": pd.Timestamp(year, 12, 31),
            "periode_soort": "jaar",
            "waarde": float(value),
            "eenheid": unit,
            "bron_id": "meting",
        }
        for geo, year, value, unit in lines
    )


@pytest.mark.parametrize(
    ("year", "published", "since"),
    [
        (2030, "2021-12-31", dt.date(2021, 12, 31)),
        (2020, None, dt.date(2020, 1, 1)),
        (2030, None, COLLECTED),
        (None, None, COLLECTED),
        (2029, "2026-12-31", COLLECTED),
    ],
)
def test_a_target_is_known_from_its_date_and_not_before(year, published, since):
    """Publication, else the start of the target year, and at the latest the collection."""
    table = targets((year, 5.0, "%", None, ""))
    assert known(table, [published], since - dt.timedelta(days=1)).empty
    assert len(known(table, [published], since)) == 1


def test_whose_target_it_is_comes_from_its_unit_and_note():
    """A Belgian, a European and a guideline value are not targets of the Region."""
    table = targets(
        (2030, 1.0, "%", None, "ordonnantie"),
        (2030, 1.0, "% (België)", None, ""),
        (2030, 1.0, "%", None, "doel Europese pijler"),
        (2030, 1.0, "%", None, "gebruikt door Federaal Planbureau (advieswaarde WGO)"),
    )
    assert known(table, [None] * 4)["doelgebied"].tolist() == ["BE10", "BE", "EU", "advies"]


def test_two_targets_for_one_year_both_stay():
    """-40 and -47 are two rows, each with its own distance."""
    table = known(
        targets((2030, -40.0, "% t.o.v. basisjaar", 2005, ""), (2030, -47.0, "% t.o.v. basisjaar", 2005, "")),
        ["2021-12-31", "2023-05-31"],
    )
    found = official_targets.distance_to_target(table, figures(("BE10", 2022, -27, "% t.o.v. 2005")), LOWER, NOW)
    assert found["afstand"].tolist() == [13.0, 20.0]
    assert found["stand"].tolist() == ["nog_niet", "nog_niet"]


@pytest.mark.parametrize(
    ("direction", "value", "state"),
    [(HIGHER, 6, "bereikt"), (HIGHER, 4, "nog_niet"), (LOWER, 4, "bereikt"), (LOWER, 6, "nog_niet")],
)
def test_the_direction_decides_what_reached_means(direction, value, state):
    """A target of 5: more is reached where more is good, less where less is good."""
    table = known(targets((2030, 5.0, "%", None, "")), [None])
    found = official_targets.distance_to_target(table, figures(("BE10", 2024, value, "%")), direction, NOW)
    assert found["stand"].tolist() == [state]


def test_a_past_target_is_judged_on_its_own_year():
    """In 2020 it was missed; that 2023 reaches the value does not change that."""
    table = known(targets((2020, 50.0, "%", None, "")), [None])
    measured = figures(("BE10", 2020, 40, "%"), ("BE10", 2023, 55, "%"))
    found = official_targets.distance_to_target(table, measured, HIGHER, NOW).iloc[0]
    assert (found["periode"], found["afstand"], found["stand"]) == ("2020", -10.0, "niet_bereikt")
    assert found["voorbij"]


def test_a_past_target_that_was_not_measured_in_time_is_unknown():
    """The last figure is of 2014, the target of 2020: the distance then is given, no verdict."""
    table = known(targets((2020, 3.8, "%", None, "")), [None])
    found = official_targets.distance_to_target(table, figures(("BE10", 2014, 2.3, "%")), HIGHER, NOW).iloc[0]
    assert (found["stand"], found["reden"]) == ("onbekend", "voor_doeljaar")
    assert found["afstand"] == pytest.approx(-1.5)


def test_a_belgian_target_is_compared_with_belgium_only():
    """The Brussels figure stays out of it; without a Belgian figure nothing is known."""
    table = known(targets((2030, 10.8, "% (België)", None, "")), [None])
    both = figures(("BE10", 2025, 37.3, "%"), ("BE", 2025, 16.5, "%"))
    found = official_targets.distance_to_target(table, both, LOWER, NOW).iloc[0]
    assert (found["geo"], found["afstand"]) == ("BE", pytest.approx(5.7))
    alone = official_targets.distance_to_target(table, both.head(1), LOWER, NOW).iloc[0]
    assert (alone["stand"], alone["reden"]) == ("onbekend", "geen_meting")


@pytest.mark.parametrize(
    ("value", "unit", "reason"),
    [(None, "kwalitatief doel", "geen_getal"), (70.0, "% bevolking", "andere_eenheid")],
)
def test_what_cannot_be_compared_has_no_distance(value, unit, reason):
    """No number, or another unit than the indicator's."""
    table = known(targets((2029, value, unit, None, "")), [None])
    measured = figures(("BE10", 2025, 63.9, "% bevolking 20-64"))
    found = official_targets.distance_to_target(table, measured, HIGHER, NOW).iloc[0]
    assert found["reden"] == reason
    assert pd.isna(found["afstand"])


@pytest.mark.parametrize(
    ("mark", "reason"), [({"methode": "andere meting"}, "andere_methode"), ({"te_controleren": True}, "te_controleren")]
)
def test_a_figure_that_cannot_be_trusted_to_compare_has_no_distance(mark, reason):
    """Counted in another way than its series, or still to be checked: shown, but not measured against the target."""
    table = known(targets((2030, 5.0, "µg/m³", None, "")), ["2021-12-31"])
    facts = figures(("BE10", 2024, 7.4, "µg/m³")).assign(**mark)
    row = official_targets.distance_to_target(table, facts, LOWER, NOW).iloc[0]
    assert (row["waarde"], row["stand"], row["reden"]) == (7.4, "onbekend", reason)
    assert pd.isna(row["afstand"])
