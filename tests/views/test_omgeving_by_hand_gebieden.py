"""Brussels beside Belgium, Flanders and Wallonia, read in data/raw by hand, for two quarters.

Each figure was looked up in the csv files on 2026-11-23: what was public on 14 February 2024 and 14 November 2026.
``23:`` and ``26:`` mark the rows of one quarter. A change of code that changes one must say why. A number that lies
exactly halfway is rounded away from nought: 36.05 and 59.15 are 36,1 and 59,2.
"""

from __future__ import annotations

import pytest

from analysis.paths import Project
from analysis.views import Report, omgeving
from tests.views.by_hand import EARLY, LATE, at, bare, shown, split

pytestmark = pytest.mark.xdist_group("omgeving-by-hand-gebieden")

FLATS = """
    2010 | 160.000 | 150.000 | 115.000 | 150.000
    2011 | 167.500 | 157.500 | 122.500 | 155.000
    2012 | 175.000 | 164.000 | 130.000 | 160.000
    2013 | 180.000 | 168.000 | 130.000 | 165.000
    2014 | 176.000 | 168.000 | 130.000 | 165.000
    2015 | 180.000 | 172.500 | 134.700 | 168.976
    2016 | 185.000 | 175.000 | 135.000 | 170.000
    2017 | 190.000 | 180.000 | 140.000 | 177.500
    2018 | 199.000 | 185.000 | 144.000 | 182.000
    2019 | 210.000 | 195.000 | 148.000 | 190.000
    2020 | 228.000 | 210.000 | 155.000 | 204.000
    2021 | 240.000 | 220.000 | 165.000 | 219.000
    2022 | 254.000 | 235.000 | 175.000 | 230.000
    26: 2023 | 255.100 | 245.000 | 180.000 | 239.000
    26: 2024 | 260.000 | 250.000 | 175.000 | 243.000
"""
# Belgian figures before the first one of Brussels (2015, 2018, 2019) stay out, and the doubtful 37.3 of 2025
POVERTY = """
    2020 | 36,4 | 14,2 | 26,0 | 20,3
    2021 | 34,9 | 13,1 | 25,4 | 18,8
    2022 | 38,8 | – | – | 18,7
    26: 2024 | 37,3 | 12,9 | 21,8 | 18,2
    26: 2025 | – | – | – | 16,5
"""
UNEMPLOYMENT = """
    vierde kwartaal 2021 | 11,3 | 3,4 | 8,5 | 5,8
    eerste kwartaal 2022 | 11,3 | 2,8 | 8,4 | 5,4
    tweede kwartaal 2022 | 12,0 | 3,1 | 8,6 | 5,7
    derde kwartaal 2022 | 11,3 | 3,6 | 8,0 | 5,7
    vierde kwartaal 2022 | 11,5 | 3,3 | 8,5 | 5,7
    eerste kwartaal 2023 | 11,4 | 3,1 | 8,8 | 5,7
    tweede kwartaal 2023 | 11,3 | 3,3 | 7,9 | 5,5
    derde kwartaal 2023 | – | – | – | 5,6
    26: vierde kwartaal 2023 | 10,2 | 3,5 | 8,0 | 5,5
    26: eerste kwartaal 2024 | 11,9 | 3,7 | 7,7 | 5,8
    26: tweede kwartaal 2024 | 12,3 | 3,4 | 6,8 | 5,4
    26: derde kwartaal 2024 | 11,1 | 4,3 | 7,5 | 6,0
    26: vierde kwartaal 2024 | 12,3 | 3,8 | 8,0 | 5,9
    26: eerste kwartaal 2025 | 14,2 | 4,2 | 7,5 | 6,2
"""
# Belgium, Flanders and Wallonia beside Brussels: of the same period, else their last one before (its year is named)
BESIDE = """
    23: Mediaanprijs van een appartement per jaar | 254.000
    23: België 230.000; Vlaanderen 235.000; Wallonië 175.000
    23: Bevolking op 1 januari, Statbel | 1.222.637
    26: Mediaanprijs van een appartement per jaar | 260.000
    26: België 243.000; Vlaanderen 250.000; Wallonië 175.000
    26: Bevolking op 1 januari, Statbel | 1.255.834
    België 11.521.238 (2021); Vlaanderen 6.653.062 (2021); Wallonië 3.648.206 (2021)
    23: Fijn stof PM2,5 | 10,3
    23: België 9,6; Vlaanderen 11,0; Wallonië 6,9
    23: Werkloosheidsgraad 15-64 per kwartaal | 11,3
    23: België 5,5; Vlaanderen 3,3; Wallonië 7,9
    23: Werkzaamheidsgraad 15-64 per kwartaal | 59,9
    23: België 65,9; Vlaanderen 71,1; Wallonië 58,8
    23: Faillissementen | 1.776
    23: België 9.265; Vlaanderen 5.287; Wallonië 2.202
    23: Startende btw-plichtigen | 11.530
    23: België 107.567; Vlaanderen 70.195; Wallonië 25.842
    23: Levensverwachting bij geboorte, Statbel | 81,6
    23: België 80,8 (2020); Vlaanderen 82,6; Wallonië 80,0
    23: Risico op armoede of sociale uitsluiting | 38,8
    23: België 18,7; Vlaanderen 13,1 (2021); Wallonië 25,4 (2021)
    23: Risico op armoede of sociale uitsluiting | 38,8
    23: België 18,7; Vlaanderen 13,1 (2021); Wallonië 25,4 (2021)
    23: Digitale kwetsbaarheid 16-74 | 39
    23: België 46; Vlaanderen 46; Wallonië 49
    26: Werkloosheidsgraad 15-64 per kwartaal | 14,2
    26: België 6,2; Vlaanderen 4,2; Wallonië 7,5
    26: Werkzaamheidsgraad 15-64 per kwartaal | 56,9
    26: België 67,1; Vlaanderen 72,3; Wallonië 61,3
    26: Faillissementen | 2.184
    26: België 11.067 (2024); Vlaanderen 6.323 (2024); Wallonië 2.821 (2024)
    26: Startende btw-plichtigen | 10.544
    26: België 96.209; Vlaanderen 62.584; Wallonië 23.081
    26: Lokaal bestuur houdt rekening met burgers | 36,1
    26: België 25,4; Vlaanderen 22,9; Wallonië 26,2
    26: Lokaal bestuur behandelt klachten doeltreffend | 49,0
    26: België 44,7; Vlaanderen 46,6; Wallonië 39,7
    26: Levensverwachting bij geboorte, Statbel | 82,2
    26: België 82,3; Vlaanderen 83,2; Wallonië 80,6
    26: Risico op armoede of sociale uitsluiting | 37,3
    26: België 16,5; Vlaanderen 12,9 (2024); Wallonië 21,8 (2024)
    26: Risico op armoede of sociale uitsluiting | 37,3
    26: België 16,5; Vlaanderen 12,9 (2024); Wallonië 21,8 (2024)
    26: Digitale kwetsbaarheid 16-74 | 36
    26: België 40; Vlaanderen 46 (2021); Wallonië 49 (2021)
    26: Inspraak bij het lokale bestuur is mogelijk | 66,5
    26: België 59,2; Vlaanderen 54,6; Wallonië 65,0
    Afwezigheid bij gewestverkiezingen | 16,5
    Wallonië 13,4
    26: Inspraak bij het lokale bestuur is mogelijk | 66,5
    26: België 59,2; Vlaanderen 54,6; Wallonië 65,0
    26: Overheid werkt samen met het middenveld | 47,7
    26: België 43,2; Vlaanderen 43,9; Wallonië 40,2
    26: Verwachte toegang tot begrotingscijfers | 36,0
    26: België 24,7; Vlaanderen 23,6; Wallonië 23,0
    26: Corruptiebestrijding is doeltreffend | 28,8
    26: België 21,5; Vlaanderen 23,0; Wallonië 16,2
"""
CHALLENGES = (
    "leefkwaliteit",
    "milieu",
    "economie_werk",
    "mobiliteit",
    "vertrouwen_relaties",
    "klimaat_energie",
    "middelen",
    "mobiliteit_innovatie",
    "voeding",
    "gezondheid_welzijn",
    "participatie_inclusie",
    "begroting",
    "ambtenarij",
)
COURSES = {"apartment_price": FLATS, "poverty": POVERTY, "unemployment": UNEMPLOYMENT}


@pytest.fixture(scope="module")
def reports(project: Project) -> dict[str, Report]:
    """The report of each quarter."""
    return {quarter: Report(quarter, "nl", project=project) for quarter in (EARLY, LATE)}


@pytest.mark.parametrize("quarter", [EARLY, LATE])
@pytest.mark.parametrize("name", COURSES)
def test_the_course_of_every_area_is_the_one_read_by_hand(reports: dict[str, Report], quarter: str, name: str) -> None:
    """Brussels, Flanders, Wallonia and Belgium, period by period."""
    assert shown(getattr(omgeving, name)(reports[quarter]), 5) == at(COURSES[name], quarter)


@pytest.mark.parametrize("quarter", [EARLY, LATE])
def test_what_stands_beside_brussels_was_read_by_hand(reports: dict[str, Report], quarter: str) -> None:
    """In the tables of all challenges, in their order: the figure of Brussels, and those of the other areas."""
    lines = [line for code in CHALLENGES for line in _beside(reports[quarter], code)]
    assert split(bare(lines), 2) == at(BESIDE, quarter)


@pytest.mark.parametrize(
    ("quarter", "name", "said"),
    [
        (EARLY, "unemployment", "van 12,0 % (tweede kwartaal 2022) tot 11,3 % (tweede kwartaal 2023); België: 5,5 %"),
        (LATE, "poverty", "van 38,8 % (2022) tot 37,3 % (2024); België: 18,2 %"),
        (LATE, "apartment_price", "van 255.100 euro (2023) tot 260.000 euro (2024); België: 243.000 euro"),
    ],
)
def test_the_title_says_what_the_numbers_say(reports: dict[str, Report], quarter: str, name: str, said: str) -> None:
    """From where to where Brussels went, and Belgium beside it."""
    title: str = getattr(omgeving, name)(reports[quarter]).title
    assert said in title.replace("\N{NO-BREAK SPACE}", " ")


def _beside(report: Report, code: str) -> list[str]:
    grid = omgeving.challenge(report, code).grid
    assert grid is not None
    place = [number for number, column in enumerate(grid.columns) if column.label.startswith("België")]
    return [f"{row[0]} | {row[1]} | {row[other]}" for other in place for row in grid.rows if row[other] != "–"]
