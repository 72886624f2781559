"""Whom a plan names, and which targets it sets."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.models import commitments


def parties() -> pd.DataFrame:
    """An administration that leads one action, a partner twice, one named in a title only."""
    return pd.DataFrame(
        {
            "actie_code": ["1.1.1", "1.1.1", "1.1.2", "1.1.2"],
            "organisatie_id": ["bit", "talent", "talent", "actiris"],
            "rol": ["trekker", "partner", "doelgroep", "partner"],
            "vindplaats": ["tabel, 1.1.1", "tabel, 1.1.1", "tabel, 1.1.2", "tabel, titel 1.1"],
        }
    )


def test_a_title_names_nobody_for_one_action() -> None:
    """Whoever stands only in the title of an objective is left out."""
    assert "actiris" not in set(commitments.named_for_actions(parties())["organisatie_id"])


def test_administrations_come_first_whatever_their_number() -> None:
    """Then the others; who is not named is not shown."""
    organisations = pd.DataFrame(
        {
            "organisatie_id": ["talent", "bit", "bm"],
            "soort": ["gewestelijke_overheidsdienst", "bestuur", "bestuur"],
        }
    )
    table = commitments.per_organisation(parties(), organisations)
    assert table[["organisatie_id", "acties", "trekker"]].to_numpy().tolist() == [["bit", 1, 1], ["talent", 2, 0]]


def test_a_target_is_past_only_when_its_year_is_over() -> None:
    """A target for 2026 is not past in November 2026; one without a year never is."""
    indicators = pd.DataFrame(
        {"doelstelling_code": ["D1"], "meetpunt_code": ["M1"], "label_nl": ["Meetpunt"], "label_fr": ["Indicateur"]}
    )
    values = pd.DataFrame(
        {
            "meetpunt_code": ["M1"] * 3,
            "label_nl": ["a", "b", "c"],
            "waarde": [100.0, None, 90.0],
            "tijdschema_soort": ["jaar", "jaar", "doorlopend"],
            "tijdschema_jaar": pd.array([2025, 2026, None], dtype="Int64"),
        }
    )
    rows = commitments.targets(indicators, values, dt.date(2026, 11, 14))
    assert rows["verstreken"].tolist() == [True, False, False]
    assert rows["becijferd"].tolist() == [True, False, True]
    assert rows["meetpunt_fr"].tolist() == ["Indicateur"] * 3
