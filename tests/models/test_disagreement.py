"""Of which nature the differences between sources are."""

import math

import pandas as pd
import pytest

from analysis.models import disagreement


def facts(*lines):
    """Return facts out of (figure, value, source, rank, kind, note)."""
    return pd.DataFrame(lines, columns=["reeks", "waarde", "bron_id", "rang", "soort", "opmerking"])


def classes(rows):
    """Return the class of each figure."""
    found = disagreement.classified(rows, ["reeks", "soort"])
    return dict(zip(found["reeks"], found["klasse"], strict=True))


def test_every_figure_with_several_values_is_in_one_class():
    """Rounding, estimates, one source, another share, and what remains: a contradiction."""
    rows = facts(
        ("een_waarde", "5", "a", 1, "gerealiseerd", ""),
        ("een_waarde", "5", "b", 2, "gerealiseerd", ""),
        ("afgerond", "3400", "a", 1, "gerealiseerd", ""),
        ("afgerond", "3364", "b", 2, "gerealiseerd", ""),
        ("geraamd", "100", "a", 1, "raming", ""),
        ("geraamd", "150", "b", 2, "raming", ""),
        ("zelfde_bron", "1.5", "a", 1, "gerealiseerd", ""),
        ("zelfde_bron", "2.5", "a", 1, "gerealiseerd", ""),
        ("ander_deel", "-1.5", "a", 1, "gerealiseerd", "Saldo als % van het bruto product"),
        ("ander_deel", "-25.8", "b", 2, "gerealiseerd", "Saldo als % van de ontvangsten (KBC)"),
        ("strijdig", "54", "a", 1, "gerealiseerd", ""),
        ("strijdig", "59", "b", 2, "gerealiseerd", ""),
    )
    assert classes(rows) == {
        "afgerond": "afronding",
        "geraamd": "raming",
        "zelfde_bron": "begrip",
        "ander_deel": "begrip",
        "strijdig": "tegenspraak",
    }
    assert set(classes(rows).values()) == set(disagreement.CLASSES)


def test_the_shown_value_and_the_one_furthest_from_it():
    """The best source stands first; the difference is a share of the larger value."""
    rows = facts(
        ("x", "80", "b", 3, "gerealiseerd", ""),
        ("x", "100", "a", 1, "gerealiseerd", ""),
        ("x", "90", "c", 4, "gerealiseerd", ""),
    )
    found = disagreement.classified(rows, ["reeks"]).iloc[0]
    assert (found["waarde"], found["ander"], found["ander_bron_id"], found["verschil"]) == ("100", "80", "b", 0.2)


def test_a_grade_differs_without_a_size():
    """AA and AA- contradict each other; nobody can say by how many per cent."""
    rows = facts(("r", "AA", "a", 1, "gerealiseerd", ""), ("r", "AA-", "b", 2, "gerealiseerd", ""))
    found = disagreement.classified(rows, ["reeks"]).iloc[0]
    assert (found["klasse"], found["ander"]) == ("tegenspraak", "AA-")
    assert math.isnan(found["verschil"])


def test_no_conflicts_give_an_empty_table_with_its_columns():
    """An early quarter may know no figure twice."""
    found = disagreement.classified(facts(("x", "1", "a", 1, "gerealiseerd", "")), ["reeks"])
    assert found.empty
    assert {"klasse", "ander", "verschil", "bron_id"} <= set(found.columns)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("18.8", "19.3", False),
        ("80.0", "80.2", True),
        ("13300", "13000", True),
        ("5183", "4500", False),
        ("10", "14", False),
        ("10", "10.4", True),
        ("-1500", "1500", False),
        ("7.05", "7.04", False),
        ("0", "0.4", True),
    ],
)
def test_rounding(one, other, same):
    """Two values are the same when the more precise one rounds to the other; two digits always count."""
    assert disagreement.same_when_rounded(one, other) is same
    assert disagreement.same_when_rounded(other, one) is same
