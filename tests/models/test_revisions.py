"""Figures revised afterwards: exactly the planted one is found."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from analysis.models.revisions import contradicted, definition, new_estimates, revised

KEY = ["reeks", "periode"]


def facts(*rows: tuple[str, str, float, str, float], kind: str = "gerealiseerd") -> pd.DataFrame:
    """Return facts: series, period, value, source, rank; each source publishes on its own day."""
    table = pd.DataFrame(rows, columns=["reeks", "periode", "waarde", "bron_id", "rang"])
    days = pd.to_datetime([f"2026-01-{place + 1:02d}" for place in range(len(rows))])
    return table.assign(soort=kind, bekend_op=days, gepubliceerd_tot=days)


BEFORE = facts(("schuld", "2023", 13.0, "krant", 4), ("schuld", "2024", 14.0, "rekenhof", 1))


def plus(*rows: tuple[str, str, float, str, float]) -> pd.DataFrame:
    """Return what was known, and new rows of later days."""
    old = list(BEFORE[["reeks", "periode", "waarde", "bron_id", "rang"]].itertuples(index=False, name=None))
    return facts(*old, *rows)


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (("schuld", "2023", 13.3, "rekenhof", 1), ("2023", 13.0, 13.3, "betere_bron")),
        (("schuld", "2023", 13.3, "andere krant", 4), ("2023", 13.0, 13.3, "jongere_bron")),
        (("schuld", "2023", 13.0, "rekenhof", 1), ("2023", 13.0, 13.0, "bevestigd")),
    ],
)
def test_the_planted_revision_is_found_with_its_reason(new: Any, expected: tuple[object, ...]) -> None:
    """One new row changes one shown figure: that one, from what to what, and why."""
    found = revised(plus(new), BEFORE, KEY)
    assert found[["periode", "was", "waarde", "reden"]].to_numpy().tolist() == [list(expected)]
    assert found["verschil"].tolist() == [pytest.approx(new[2] - 13.0)]


@pytest.mark.parametrize(
    "new",
    [
        ("schuld", "2025", 15.0, "rekenhof", 1),  # another period
        ("saldo", "2023", 13.3, "rekenhof", 1),  # another series
        ("schuld", "2024", 15.0, "krant", 4),  # a source of lower rank
        ("schuld", "2023", 13.0, "andere krant", 4),  # the same value of the same kind of source
    ],
)
def test_what_replaces_nothing_is_no_revision(new: Any) -> None:
    """A new figure, a weaker source or a repetition leaves what was shown as it was."""
    assert revised(plus(new), BEFORE, KEY).empty


def test_a_weaker_source_with_another_value_is_counted_as_a_contradiction() -> None:
    """The shown value stays; that somebody now says otherwise is not hidden."""
    now = plus(("schuld", "2024", 15.0, "krant", 4))
    assert contradicted(now, BEFORE, KEY)["periode"].tolist() == ["2024"]
    assert contradicted(BEFORE, BEFORE, KEY).empty


def test_a_new_estimate_replaces_nothing() -> None:
    """It stands beside the former one, and is not among the revisions."""
    before = facts(("schuld", "2028", 17.0, "cerpe", 5), kind="raming")
    now = facts(("schuld", "2028", 17.0, "cerpe", 5), ("schuld", "2028", 19.0, "bureau", 5), kind="raming")
    assert revised(now, before, KEY).empty
    found = new_estimates(now, before, KEY)
    assert found[["was", "waarde", "reden"]].to_numpy().tolist() == [[17.0, 19.0, "nieuwe_raming"]]
    assert new_estimates(now, now, KEY).empty


def test_a_rating_changes_without_a_difference_in_numbers() -> None:
    """Text is compared as text."""
    before, now = (facts(("rating", "2026", 0, "s", 1)).assign(waarde=[value]) for value in ("AA-", "A+"))
    found = revised(now, before, KEY)
    assert found[["was", "waarde"]].to_numpy().tolist() == [["AA-", "A+"]]
    assert found["verschil"].isna().all()


def test_nothing_known_before_is_nothing_revised() -> None:
    """The first report of all has no revisions."""
    assert revised(BEFORE, BEFORE.iloc[:0], KEY).empty


@pytest.mark.parametrize(
    ("series", "unit", "note", "expected"),
    [
        ("vorderingensaldo", "pct", "Saldo als % van het bruto regionaal product", "bruto regionaal product"),
        ("begrotingssaldo", "EUR_mln", "Excl. strategische investeringen", "zonder_strategisch"),
        ("schuldgraad", "pct", "dus ander ontvangstenbegrip", "dus ander ontvangstenbegrip"),
        ("directe_schuld", "EUR_mln", "Zelfde begrip, afgerond", ""),
    ],
)  # fmt: skip
def test_a_note_can_say_that_a_row_counts_something_else(series: str, unit: str, note: str, expected: str) -> None:
    """Such rows are never compared with the others."""
    rows = pd.DataFrame({"reeks": [series], "eenheid": [unit], "opmerking": [note]})
    assert definition(rows).tolist() == [expected]
