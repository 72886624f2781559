"""How the rows of the three tables of facts are written: one word for a place or a unit, whatever its code."""

from __future__ import annotations

import pandas as pd
import pytest

from analysis.language import UNKNOWN_SIGN, Words
from analysis.paths import Project
from analysis.views import Report
from analysis.views.facts import employer_name, period_of, place_name, short_unit, unit_name, with_unit

NL, FR = Words("nl"), Words("fr")


def plain(text: str) -> str:
    """Return a text with ordinary spaces."""
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def row(start: str, end: str, precision: str, name: str = "periode") -> dict[str, object]:
    """Return a row about a period."""
    return {f"{name}_van": pd.Timestamp(start), f"{name}_tot": pd.Timestamp(end), "periode_soort": precision}


@pytest.mark.parametrize(
    ("period", "nl", "fr"),
    [
        (("2024-03-01", "2024-03-01", "dag"), "1 maart 2024", "1er mars 2024"),
        (("2024-03-01", "2024-03-31", "maand"), "maart 2024", "mars 2024"),
        (("2024-01-01", "2024-03-31", "kwartaal"), "eerste kwartaal 2024", "1er trimestre 2024"),
        (("2024-01-01", "2024-06-30", "halfjaar"), "januari 2024 tot juni 2024", "janvier 2024 à juin 2024"),
        (("2024-01-01", "2024-12-31", "jaar"), "2024", "2024"),
        (("2019-07-01", "2024-06-30", "interval"), "juli 2019 tot juni 2024", "juillet 2019 à juin 2024"),
    ],
    ids=lambda value: value[-1] if isinstance(value, tuple) else "",
)
def test_a_period_is_written_as_its_source_did(period: tuple[str, str, str], nl: str, fr: str) -> None:
    """No more precisely, and no less."""
    assert (period_of(NL, row(*period)), period_of(FR, row(*period))) == (nl, fr)


def test_the_period_before_is_written_alike() -> None:
    """A row that is compared holds two periods of one precision."""
    assert period_of(NL, row("2023-01-01", "2023-12-31", "jaar", "vorige"), "vorige") == "2023"


def test_a_period_that_nobody_knows_is_a_dash() -> None:
    """Also where a column holds no date at all."""
    unknown = {"periode_van": pd.NaT, "periode_tot": pd.NaT, "periode_soort": ""}
    assert period_of(NL, unknown) == NL.period(None, None, "jaar") == UNKNOWN_SIGN


@pytest.mark.parametrize(
    "codes",
    [("EUR_mln", "mln_eur", "miljoen EUR"), ("mrd_eur", "miljard EUR"), ("EUR", "eur"), ("pct", "%")],
    ids=lambda codes: codes[0],
)
def test_one_unit_has_one_word_in_every_table(codes: tuple[str, ...]) -> None:
    """The tables write it with codes of their own."""
    for words in (NL, FR):
        assert len({unit_name(words, code) for code in codes}) == 1
        assert unit_name(words, codes[0]) not in codes[:-1]


@pytest.mark.parametrize(
    ("value", "code", "text"),
    [
        (54.31, "% bevolking", "54,3 %"),
        (2.0, "pct", "2 %"),
        (1453, "personen", "1.453 personen"),
        (8.852, "miljard EUR", "8,85 miljard euro"),
        (-1514.9, "EUR_mln", "−1.515 miljoen euro"),
        (34.0, "aantal", "34"),
        ("AA-", "rating", "AA-"),
        ("117", "pct", "117 %"),
        (float("nan"), "pct", UNKNOWN_SIGN),
    ],
)
def test_a_value_carries_its_unit(value: object, code: str, text: str) -> None:
    """Short behind a number, none behind a count or a grade; what is not known has none."""
    assert plain(with_unit(NL, value, code)) == text


def test_a_unit_is_short_behind_a_number_and_whole_in_a_heading() -> None:
    """What a percentage is of stands once, where there is room."""
    assert (short_unit(NL, "% bevolking"), unit_name(NL, "% bevolking")) == ("%", "% van de bevolking")
    assert (short_unit(NL, "aantal"), unit_name(NL, "aantal")) == ("", "aantal")


def test_every_area_of_the_data_has_a_name(project: Project) -> None:
    """No code of an area reaches a reader, and no two areas share a name."""
    areas = sorted(set(Report("2026Q3", "nl", project=project).now.table("omgeving")["geo"]))
    for words in (NL, FR):
        assert len({place_name(words, area) for area in areas} - set(areas)) == len(areas)
        assert place_name(words, "BHG") == place_name(words, "BE10")


def test_a_government_is_an_employer_and_not_a_place() -> None:
    """``VL`` is the Flemish government among employers; where people live it stays as the data has it."""
    assert [employer_name(NL, code) for code in ("FED", "VL", "Net_Brussel", "BE2")] == [
        "federale overheid",
        "Vlaamse overheid",
        "Net Brussel",
        "Vlaanderen",
    ]
    assert place_name(NL, "VL") == "VL"
