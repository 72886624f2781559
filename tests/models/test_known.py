"""Which rows of the registers count on the as-of date."""

import datetime as dt

import pandas as pd
import pytest

from analysis.models.known import as_known

FACTS = {"omgeving": "indicator", "bewijs_acties": "actie_code"}


def frame(columns, *lines):
    """Return a table."""
    return pd.DataFrame(lines, columns=columns.split())


@pytest.fixture
def tables():
    """Two known facts, with a row in each register that is about them and one that is not."""
    found = {
        "plannen": frame("plan_id gepubliceerd_tot bron_id", ("nu", pd.NaT, "p"), ("later", "2030-01-01", "p")),
        "swot": frame("plan_id bron_id", ("nu", "p"), ("later", "q")),
        "omgeving": frame("indicator geo periode bron_id", ("werkloos", "BE10", "2020", "a")),
        "bewijs_acties": frame("actie_code datum bron_id plan_id", ("1.1", "2021", "b", "nu")),
        "bewijs_hervorming": frame(
            "actie_code datum bewijs_bron_id bron_id", ("1.1", "2021", "b", "eigen"), ("1.2", "2026", "c", "eigen")
        ),
        "reeksbreuken": frame(
            "tabel reeks geo periode bron_id",
            ("omgeving", "werkloos", "BE10", "2020", "eigen"),
            ("omgeving", "werkloos", "BE10", "2024", "eigen"),
        ),
        "indicatoren": frame(
            "tabel reeks bron_id",
            ("omgeving", "werkloos", "eigen"),
            ("omgeving", "nieuw", "eigen"),
            ("bewijs_acties", "bewijs_acties", "eigen"),
        ),
        "omgeving_doelen": frame(
            "indicator doeljaar doelwaarde eenheid bron_id opmerking",
            ("lucht", 2030, 1.0, "%", "a", ""),
            ("lucht", 2040, 2.0, "%", "c", ""),
        ),
        "doelen_datering": frame(
            "indicator doeljaar doel_bron_id gepubliceerd_tot bron_id",
            ("lucht", 2030, "a", pd.Timestamp("2021-01-31"), "eigen"),
            ("lucht", 2040, "c", pd.Timestamp("2026-01-31"), "eigen"),
        ),
        "bronnen": frame(
            "bron_id licentie", *((code, f"licentie {code}") for code in ("a", "b", "c", "p", "q", "eigen"))
        ),
        "licenties": frame("licentie", ("licentie a",), ("licentie c",)),
        "correcties": frame(
            "tabel sleutel bron_id",
            ("omgeving", "indicator=werkloos;periode=2020", "eigen"),
            ("omgeving", "indicator=werkloos;periode=2024", "eigen"),
            ("bronnen", "bron_id=c", "eigen"),
        ),
    }
    found["plannen"] = found["plannen"].assign(gepubliceerd_tot=lambda t: pd.to_datetime(t["gepubliceerd_tot"]))
    return found


def known(tables):
    """Return the rows that count in August 2022."""
    return as_known(tables, FACTS, dt.date(2022, 8, 14), dt.date(2026, 10, 8))


@pytest.mark.parametrize(
    ("name", "column", "values"),
    [
        ("plannen", "plan_id", ["nu"]),
        ("swot", "plan_id", ["nu"]),
        ("bewijs_hervorming", "actie_code", ["1.1"]),
        ("reeksbreuken", "periode", ["2020"]),
        ("indicatoren", "reeks", ["werkloos", "bewijs_acties"]),
        ("omgeving_doelen", "doeljaar", [2030]),
        ("doelen_datering", "doeljaar", [2030]),
        ("bronnen", "bron_id", ["a", "b", "p", "eigen"]),
        ("licenties", "licentie", ["licentie a"]),
        ("correcties", "sleutel", ["indicator=werkloos;periode=2020"]),
    ],
)
def test_a_row_counts_once_what_it_is_about_is_known(tables, name, column, values):
    """What is about a later plan, figure, event, target or source does not count yet."""
    assert known(tables)[name][column].tolist() == values


def test_a_later_fact_with_all_that_comes_with_it_changes_nothing(tables):
    """The count of each table stays when later sources, series, breaks and corrections are delivered."""
    before = {name: len(rows) for name, rows in known(tables).items()}
    more = {
        "bronnen": ("nieuw", "licentie c"),
        "indicatoren": ("omgeving", "nieuwe_reeks", "eigen"),
        "reeksbreuken": ("omgeving", "nieuwe_reeks", "BE10", "2025", "eigen"),
        "correcties": ("omgeving", "indicator=nieuwe_reeks", "eigen"),
    }
    for name, row in more.items():
        tables[name].loc[len(tables[name])] = row
    assert {name: len(rows) for name, rows in known(tables).items()} == before
