"""The notion that a note names, and figures that are related but not equal."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.models import notions
from analysis.models.money import BALANCES, CONSOLIDATED, ESTIMATE, INITIAL, REALISED

ESA, BUDGET, _ = BALANCES


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("Begrotingsraming, na neutralisering van 349 mln", "na_neutralisering"),
        ("Regeringsraming na 968 mln positieve ESR-correcties", "na_correcties"),
        ("Na correcties (onderbenutting 210, strategisch 428,9)", "na_correcties"),
        ("Vóór begrotingscorrecties; bevestigd in DH", "voor_correcties"),
        ("definitie wijkt af van -450 (incl. strategische investeringen)", "met_strategisch"),
        ("Meerjarentraject, excl. strategische investeringen", "zonder_strategisch"),
        ("Zonder ca. 1 mld code 8-verrichtingen", "zonder_verrichtingen"),
        ("bron preciseert niet of het ESR is", notions.UNSTATED),
        ("Rekenhof 30e boek; zie conflict met -1.322", ""),
    ],
)
def test_a_note_names_its_notion(note: str, expected: str) -> None:
    """Neutralisation, corrections, investments and an unknown concept are told apart."""
    assert notions.notion(note) == expected


def _facts(*rows: tuple[str, int, float, str, str, str], known: str = "2024-06-30") -> pd.DataFrame:
    """One row per (series, year, value, kind, source, note), all of one entity."""
    names = ["reeks", "jaar", "waarde", "soort", "bron_id", "opmerking"]
    frame = pd.DataFrame(list(rows), columns=names)
    ends = pd.to_datetime(frame["jaar"].astype(str) + "-12-31")
    return frame.assign(entiteit="BHG", eenheid="EUR_mln", rang=1.0, periode_tot=ends, bekend_op=pd.Timestamp(known))


@pytest.mark.parametrize(
    ("source", "note", "expected"),
    [("a", "", True), ("b", "", False), ("a", "na neutralisering", False)],
)
def test_only_one_source_and_one_concept_are_compared(source: str, note: str, expected: bool) -> None:
    """Another source, or a notion named by the note, forbids a deviation."""
    facts = _facts((ESA, 2023, -600, REALISED, "a", ""), (ESA, 2023, 0, INITIAL, source, note))
    assert notions.comparable(notions.behind(facts)) is expected


def test_a_missing_budget_is_not_compared() -> None:
    """What was realised alone has nothing to be set against."""
    assert not notions.comparable(notions.behind(_facts((ESA, 2023, -600, REALISED, "a", ""))))


def test_the_difference_between_values_is_named() -> None:
    """One source comes first, then another notion; else the difference is unknown."""
    one = _facts((BUDGET, 2023, -1124, INITIAL, "a", ""), (BUDGET, 2023, -485, INITIAL, "a", "Na correcties"))
    assert notions.difference(notions.with_notion(one)) == notions.SAME_SOURCE
    two = notions.with_notion(one.assign(bron_id=["a", "b"]))
    assert notions.difference(two) == notions.OTHER_NOTION
    assert notions.difference(two.assign(begrip="")) == ""


def test_related_are_claims_on_one_outcome() -> None:
    """An estimate made after the year, or another balance; no forecast, other entity or single series."""
    facts = _facts(
        (CONSOLIDATED, 2023, 13300, REALISED, "a", ""),
        (CONSOLIDATED, 2023, 14500, ESTIMATE, "b", ""),
        (ESA, 2022, -1500, REALISED, "a", ""),
        (BUDGET, 2022, -1552, REALISED, "b", ""),
        (BUDGET, 2024, -5, ESTIMATE, "b", ""),
        (ESA, 2024, -9, REALISED, "a", ""),
    )
    found = notions.related(facts)
    assert found["waarde"].tolist() == [13300, 14500, -1500, -1552]
    assert notions.related(facts.assign(entiteit=list("abcdef"))).empty
    assert notions.related(facts.iloc[0:0]).empty
