"""Which rules the data keep."""

import pandas as pd

from analysis.models import quality
from analysis.schema import Field, Table


def rules(*lines):
    """Return the validation out of (table, kind, column, holds)."""
    return pd.DataFrame(lines, columns=["tabel", "regel", "kolom", "voldaan"])


def aside(*lines):
    """Return faults out of (table, file, row, column, kind)."""
    return pd.DataFrame(lines, columns=["tabel", "bestand", "rij", "kolom", "regel"])


def table(name, *fields, group="plan"):
    """Return a declaration."""
    return Table(name, name, "", (), fields, (), (), (), group=group)


TABLES = {"swot": table("swot", Field("groep", "string"), Field("volgnr", "integer"))}


def test_a_rule_that_the_validation_broke_counts_its_rows_once():
    """Two faults of one row by one rule are one row; the other rule of the column stays whole."""
    found = quality.rules(
        rules(("swot", "enum", "groep", False), ("swot", "required", "groep", True)),
        aside(("swot", "a.csv", 5, "groep", "enum"), ("swot", "a.csv", 5, "groep", "enum")),
        {},
    )
    assert found[["regel", "voldaan", "rijen"]].values.tolist() == [["enum", False, 1], ["required", True, 0]]


def test_the_reader_s_rules_are_rules_too():
    """A broken line and a text in a number column break a rule that the validation never saw."""
    faults = aside(("swot", "a.csv", 7, "volgnr", "cells"), ("swot", "a.csv", 8, "volgnr", "type"))
    found = quality.rules(rules(), faults, TABLES)
    assert found[["regel", "kolom", "voldaan", "rijen"]].values.tolist() == [
        ["cells", "", False, 1],
        ["type", "volgnr", False, 1],
    ]


def test_sums_per_table():
    """Rows known, rules judged and broken, rows set aside, cells corrected."""
    faults = aside(("swot", "a.csv", 8, "volgnr", "type"), ("swot", "a.csv", 8, "groep", "enum"))
    outcome = quality.rules(rules(("swot", "enum", "groep", False), ("swot", "key", "groep", True)), faults, TABLES)
    known = {"swot": pd.DataFrame({"groep": ["S", "W"]}), "correcties": pd.DataFrame({"tabel": ["swot", "elders"]})}
    row = quality.per_table(outcome, faults, known, TABLES).iloc[0]
    assert row.to_dict() == {
        "tabel": "swot",
        "groep": "plan",
        "rijen": 2,
        "regels": 4,
        "geschonden": 2,
        "quarantaine": 1,
        "verbeterd": 1,
    }


def test_kinds_stand_in_their_fixed_order():
    """The form comes first, whatever the order of the rules; an unknown kind comes last and is not lost."""
    found = quality.per_kind(
        rules(("a", "zz", "", True), ("a", "enum", "x", False), ("a", "key", "x", True), ("b", "enum", "x", True))
    )
    assert found.values.tolist() == [["key", 1, 0], ["enum", 2, 1], ["zz", 1, 0]]


def test_the_rule_that_costs_most_rows_comes_first():
    """Rules that hold are left out."""
    faults = aside(("a", "f", 2, "x", "enum"), ("a", "f", 3, "y", "enum"), ("a", "f", 4, "y", "enum"))
    outcome = quality.rules(
        rules(("a", "enum", "x", False), ("a", "enum", "y", False), ("a", "key", "x", True)), faults, {}
    )
    assert quality.broken(outcome)["kolom"].tolist() == ["y", "x"]
