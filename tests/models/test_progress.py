"""Statuses rolled up, and what is late or taken over."""

from __future__ import annotations

import pandas as pd

from analysis.models import progress


def statuses() -> pd.DataFrame:
    """Three actions under two objectives; the second has two events, the third none."""
    return pd.DataFrame(
        {
            "actie_code": ["1.1.1", "1.1.2", "1.2.1"],
            "doelstelling_code": ["1.1", "1.1", "1.2"],
            "status": ["vertraagd", "loopt", "geen_spoor"],
            "laatste": pd.to_datetime(["2024-01-01", "2025-12-31", None]),
            "laatste_van": pd.to_datetime(["2024-01-01", "2025-01-01", None]),
            "laatste_soort": ["dag", "jaar", ""],
            "leeftijd_dagen": [731, 61, None],
        }
    )


def events() -> pd.DataFrame:
    """Two delays of the first action, a delay and then progress of the second."""
    days = pd.to_datetime(["2023-01-01", "2024-01-01", "2022-01-01", "2025-01-01"])
    return pd.DataFrame(
        {
            "actie_code": ["1.1.1", "1.1.1", "1.1.2", "1.1.2"],
            "soort": ["vertraging", "vertraging", "vertraging", "mijlpaal"],
            "datum": [str(day.date()) for day in days],
            "datum_van": days,
            "datum_tot": days,
            "datum_soort": "dag",
            "gebeurtenis": ["eerste", "tweede", "oude", "goede"],
            "overname": False,
            "bron_id": ["a", "b", "c", "d"],
        }
    )


def test_counts_add_up_per_group() -> None:
    """Every action stands in one column of its group; late is not progress."""
    counts = progress.count(statuses(), "doelstelling_code")
    assert counts["acties"].tolist() == [2, 1]
    assert counts["vooruit"].tolist() == [1, 0]
    assert counts[["vertraagd", "loopt", "geen_spoor"]].to_numpy().tolist() == [[1, 1, 0], [0, 0, 1]]


def test_an_objective_is_as_young_as_its_youngest_action() -> None:
    """The age is that of its youngest event; an objective without evidence has no age."""
    table = progress.objectives(statuses())
    assert table["laatste_soort"].tolist() == ["jaar", ""]
    assert table["leeftijd_dagen"].iloc[0] == 61
    assert pd.isna(table["leeftijd_dagen"].iloc[1])


def test_exactly_two_years_is_not_more_than_two_years() -> None:
    """And what has no evidence has no age at all."""
    assert progress.older_than(statuses(), 730) == 1
    assert progress.older_than(statuses(), 731) == 0


def test_late_says_since_when_and_what_is_known_last() -> None:
    """The first standing delay gives the date, the last one the event."""
    late = progress.late(statuses(), events())
    assert late["actie_code"].tolist() == ["1.1.1"]
    assert late["sinds_van"].tolist() == [pd.Timestamp("2023-01-01")]
    assert late["gebeurtenis"].tolist() == ["tweede"]


def test_nothing_late_is_an_empty_table_with_the_same_columns() -> None:
    """So that a view can join it to others."""
    none = progress.late(statuses().tail(1), events())
    assert none.empty
    assert "sinds_van" in none


def test_recovered_is_the_delay_of_what_moves_again() -> None:
    """A delay of an action that is late now is not recovered."""
    assert progress.recovered(statuses(), events())["gebeurtenis"].tolist() == ["oude"]


def test_taken_over_names_the_reform_and_the_source_of_the_link() -> None:
    """The link belongs to one event: same action, date and source."""
    shown = events().assign(overname=[False, True, False, False])
    taken = statuses().assign(status=["overgenomen", "loopt", "geen_spoor"])
    reforms = pd.DataFrame(
        {
            "actie_code": ["1.1.1"],
            "datum": ["2024-01-01"],
            "bewijs_bron_id": ["b"],
            "hervorming_nl": ["Nieuwe dienst"],
            "hervorming_fr": ["Nouveau service"],
            "bron_id": ["eigen"],
        }
    )
    found = progress.taken_over(taken, shown, reforms).iloc[0]
    assert (found["gebeurtenis"], found["hervorming_fr"], found["koppeling_bron_id"]) == (
        "tweede",
        "Nouveau service",
        "eigen",
    )
