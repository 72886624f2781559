"""Which figures may not be compared."""

import pandas as pd

from analysis.models import breaks


def facts(*lines):
    """Return facts out of (indicator, area, period, note)."""
    return pd.DataFrame(lines, columns=["indicator", "geo", "periode", "opmerking"])


def table(*lines):
    """Return breaks out of (series, area, period, reason)."""
    return pd.DataFrame(lines, columns=["reeks", "geo", "periode", "motivering"])


def test_only_the_named_figure_is_set_apart():
    """The same period of another area or another indicator keeps the main way of counting."""
    known = facts(
        ("x", "BE10", "2019", ""), ("x", "BE10", "2020", ""), ("x", "BE", "2020", ""), ("y", "BE10", "2020", "")
    )
    found = breaks.methods(known, table(("x", "BE10", "2020", "enkel wegvervoer")))
    assert found.tolist() == ["", "enkel wegvervoer", "", ""]


def test_a_series_known_in_one_way_only_has_no_break_yet():
    """Before the second survey is public, the first one is the series."""
    known = facts(("x", "BE10", "2010", ""))
    assert breaks.methods(known, table(("x", "BE10", "2010", "enquête van 2010"))).tolist() == [""]


def test_no_breaks_and_no_facts_are_no_problem():
    """Empty tables give the main way, or nothing."""
    assert breaks.methods(facts(("x", "BE", "2020", "")), table()).tolist() == [""]
    assert breaks.methods(facts(), table(("x", "BE", "2020", "anders"))).empty


def test_a_note_about_another_area_does_not_mark_this_one():
    """The note stands on both rows, but it doubts Brussels only."""
    note = "BE10 is hetzelfde getal als 2024, te controleren"
    known = facts(
        ("x", "BE10", "2025", note), ("x", "BE", "2025", note), ("y", "BE", "2025", "afbakening te controleren")
    )
    assert breaks.to_check(known).tolist() == [True, False, True]


def test_debt_and_balance_are_judged_elsewhere():
    """The family of the series decides."""
    families = pd.Series({"x": "schuld", "y": "saldo", "z": "", "w": "armoede"})
    known = facts(*((code, "BE10", "2024", "") for code in "xyzw"))
    assert breaks.elsewhere(known, families).tolist() == [True, True, False, False]
