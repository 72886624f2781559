"""Trends, pace, targets and comparisons of the environment, reckoned by hand from data/raw, for two quarters.

The tables were worked out from the csv files alone on 2026-11-23: what was public on 14 February 2024 and 14 November
2026, pairs counted for Mann and Kendall, the slopes of all pairs put in order for Sen. ``23:`` and ``26:`` mark the
rows of one quarter. A change of code that changes one must say why. A number that lies exactly halfway is
rounded away from nought.
"""

from __future__ import annotations

import pytest

from analysis.paths import Project
from analysis.views import Report, omgeving
from tests.views.by_hand import EARLY, LATE, at, bare, shown

pytestmark = pytest.mark.xdist_group("omgeving-by-hand-reeksen")

# pairs that rise minus pairs that fall (of all pairs), and the chance of that. In 2023Q4: flats 42 of 45 (two ties;
# 0.02 %), slopes 11 and 35 of 45: 5,000 and 12,500; permits 72 of 180 pairs of one season (0.15 %); population all
# 45; starters 9 of 45 (48 %); rides -3 of 15 (72 %); renovations 41 of 180 (7.3 %); life expectancy 9 of 10, one tie
# (z = 8 / 3.958 = 2.02; 4.3 %), slope 0.0967; income 31 of 45 (0.6 %). In 2026Q3: flats 45 of 45; permits 56 of 180
# (1.4 %); population 36 of 36; job seekers in the only month with five years, December (88,317 in 2018, then 87,295,
# 87,075, 92,053 and 96,650 in 2025): 7 rise and 3 fall (48 %); starters -3 of 45; rides 0 of 28; renovations -13 of 180
# (59 %); life expectancy 14 of 15 with one tie (1.3 %), its lowest slope that counts (81.6 - 81.5) / 4 = 0.025.
# A place: Brussels among Flanders and Wallonia in the same period
TRENDS = """
    # Leefkwaliteit van de Brusselaars
    23: Mediaanprijs van een appartement per jaar | 10 (2013 tot 2022) | +9.000 (+5.000 tot +12.500) | stijgt | –
    23: Vergunde nieuwe woningen per kwartaal | 40 (2013 tot 2023) | +62,8 (+25,0 tot +96,4) | stijgt | –
    23: Bevolking op 1 januari, Statbel | 10 (2013 tot 2022) | +8.167 (+6.416 tot +9.128) | stijgt | –
    23: # Terugdringen van de aantasting van het milieu
    23: Fijn stof PM2,5 | 4 (2015 tot 2022) | – | te weinig cijfers | 2
    26: Mediaanprijs van een appartement per jaar | 10 (2015 tot 2024) | +10.000 (+7.550 tot +12.500) | stijgt | –
    26: Vergunde nieuwe woningen per kwartaal | 40 (2015 tot 2025) | +48,0 (+7,7 tot +86,0) | stijgt | –
    26: Bevolking op 1 januari, Statbel | 9 (2017 tot 2026) | +7.340 (+5.978 tot +8.884) | stijgt | –
    # Economische structuur en werkgelegenheid (SWOT: O5, T5; doelstellingen: 2.1, 3.4, 4.1)
    23: Werkloosheidsgraad 15-64 per kwartaal | 7 (2021 tot 2023) | – | te weinig cijfers | 3
    23: Werkzaamheidsgraad 15-64 per kwartaal | 7 (2021 tot 2023) | – | te weinig cijfers | 2
    23: Faillissementen | 2 (2017 tot 2022) | – | te weinig cijfers | 1
    23: Startende btw-plichtigen | 10 (2013 tot 2022) | +115 (−308 tot +381) | geen duidelijke trend | 3
    26: Werkloosheidsgraad 15-64 per kwartaal | 13 (2021 tot 2025) | – | te weinig cijfers | 3
    26: Werkzaamheidsgraad 15-64 per kwartaal | 13 (2021 tot 2025) | – | te weinig cijfers | 3
    26: Niet-werkende werkzoekenden | 5 (2018 tot 2025) | +1.744 (−341 tot +4.978) | geen duidelijke trend | –
    26: Startende btw-plichtigen | 10 (2014 tot 2023) | −18,6 (−325,4 tot +252,3) | geen duidelijke trend | 3
    # Mobiliteit binnen en buiten het Gewest
    23: Ritten met de MIVB | 6 (2017 tot 2022) | −19,9 (−86,7 tot +46,9) | geen duidelijke trend | –
    26: Ritten met de MIVB | 8 (2017 tot 2024) | −1,2 (−31,8 tot +39,4) | geen duidelijke trend | –
    26: # Duurzame relaties met partners en vertrouwen van de Brusselaars (SWOT: O3, T1; doelstellingen: 1.1, 1.2)
    26: Lokaal bestuur houdt rekening met burgers | 1 (2024) | – | te weinig cijfers | 1
    26: Lokaal bestuur behandelt klachten doeltreffend | 1 (2024) | – | te weinig cijfers | 1
    # Klimaat en energie
    23: Vergunde renovaties van woongebouwen per kwartaal | 40 (2013 tot 2023) | +4,8 (−0,8 tot +9,4) | geen \
        duidelijke trend | –
    26: Vergunde renovaties van woongebouwen per kwartaal | 40 (2015 tot 2025) | −2,8 (−12,3 tot +6,0) | geen \
        duidelijke trend | –
    # Gezondheid en welzijn
    23: Levensverwachting bij geboorte, Statbel | 5 (2014 tot 2022) | +0,10 (0,00 tot +0,30) | stijgt, beter | 2
    26: Levensverwachting bij geboorte, Statbel | 6 (2014 tot 2023) | +0,14 (+0,03 tot +0,30) | stijgt, beter | 2
    Beschikbaar inkomen per inwoner | 10 (2008 tot 2017) | +150 (+50 tot +200) | stijgt, beter | –
    # Participatieve en inclusieve maatschappij (SWOT: W5, T3; doelstellingen: 1.3, 4.2, 4.3)
    23: Digitale kwetsbaarheid 16-74 | 1 (2021) | – | te weinig cijfers | 1
    26: Inspraak bij het lokale bestuur is mogelijk | 1 (2024) | – | te weinig cijfers | 1
    26: # Participatief en inclusief beslissingsproces (SWOT: W5; doelstellingen: 1.3, 4.2, 4.3)
    26: Overheid werkt samen met het middenveld | 1 (2024) | – | te weinig cijfers | 1
    26: # Meer transparantie en versterkte controle (SWOT: T4; doelstellingen: 1.1, 3.3)
    26: Verwachte toegang tot begrotingscijfers | 1 (2024) | – | te weinig cijfers | 1
    26: Corruptiebestrijding is doeltreffend | 1 (2024) | – | te weinig cijfers | 1
"""
# -40 by 2030: 13 points in 8 years (1.625), so far 27 in the 17 years since 2005 (1.588), 98 % of that; -47: 20 in 8
# (64 %); -67: 40 in 18 (71 %); -90: 63 in 28 (71 %); deficit 957: 238 in 1 year, 541 in 2 (270.5), 957 in 3; poverty in
# Belgium 5.7 in 5 years, median slope of the 21 pairs of 2018 to 2025 -0.525 (46 %); neither work nor school 1.0 in 7
# years, -0.73 is the median of the 10 pairs of 14.4 (2015), 12.0 (2020), 10.1, 9.2 and 9.6 (2023); 2.2 in 7 years
PACE = """
    26: # Gewest
    26: Broeikasgasuitstoot tegenover 2005 | −27 (2022) | −40 tegen 2030 | −1,6 | −1,6 (sinds 2005) | op koers
    26: Broeikasgasuitstoot tegenover 2005 | −27 (2022) | −47 tegen 2030 | −2,5 | −1,6 (sinds 2005) | te traag
    26: Broeikasgasuitstoot tegenover 2005 | −27 (2022) | −67 tegen 2040 | −2,2 | −1,6 (sinds 2005) | te traag
    26: Broeikasgasuitstoot tegenover 2005 | −27 (2022) | −90 tegen 2050 | −2,3 | −1,6 (sinds 2005) | te traag
    26: Geraamd begrotingstekort | 957 (2026) | 719 tegen 2027 | −238 | – | onbekend
    26: Geraamd begrotingstekort | 957 (2026) | 416 tegen 2028 | −271 | – | onbekend
    26: Geraamd begrotingstekort | 957 (2026) | 0 tegen 2029 | −319 | – | onbekend
    26: # België, niet het Gewest
    26: Risico op armoede of sociale uitsluiting | 16,5 (2025) | 10,8 tegen 2030 | −1,1 | −0,5 (sinds 2018) | veel \
        te traag
    26: Jongeren 15-29 zonder werk, school of opleiding | 9,6 (2023) | 8,6 tegen 2030 | −0,14 | – | onbekend
    26: # Europa, niet het Gewest
    26: Jongeren 15-29 zonder werk, school of opleiding | 11,2 (2023) | 9,0 tegen 2030 | −0,31 | – | onbekend
"""
# in 2023Q4 targets for later years without a date were not yet known, nor how far emissions had fallen since 2005
TARGETS = """
    # Doelen van het Gewest
    23: Broeikasgasuitstoot tegenover 2005 | −40 tegen 2030 | – | – | onbekend
    23: Broeikasgasuitstoot tegenover 2005 | −47 tegen 2030 | – | – | onbekend
    23: Broeikasgasuitstoot tegenover 2005 | −67 tegen 2040 | – | – | onbekend
    23: Broeikasgasuitstoot tegenover 2005 | −90 tegen 2050 | – | – | onbekend
    26: Broeikasgasuitstoot tegenover 2005 | −40 tegen 2030 | −27 | 2022 | nog 13 procentpunt te gaan
    26: Broeikasgasuitstoot tegenover 2005 | −47 tegen 2030 | −27 | 2022 | nog 20 procentpunt te gaan
    26: Broeikasgasuitstoot tegenover 2005 | −67 tegen 2040 | −27 | 2022 | nog 40 procentpunt te gaan
    26: Broeikasgasuitstoot tegenover 2005 | −90 tegen 2050 | −27 | 2022 | nog 63 procentpunt te gaan
    Koolstofneutraliteit | – | – | – | doel zonder getal: geen afstand
    Aandeel hernieuwbare energie | 3,8 in 2020 | 2,3 | 2014 | onbekend (laatste meting 2014, toen 1,5 procentpunt te \
        kort)
    Selectieve inzameling | 50 in 2020 | 40 | 2020 | niet bereikt, 10 procentpunt te kort
    26: Inwoners met groen vlakbij | 100 | 74 | 2020 | nog 26 procentpunt te gaan
    26: Werkzaamheidsgraad 20-64 | 70,0 tegen 2029 | 63,9 | 2025 | onbekend
    26: Tevredenheid over de MIVB | 7,4 | 7,3 | 2023 | nog 0,1 te gaan
    26: Geraamd begrotingstekort | 719 tegen 2027 | 957 | 2026 | nog 238 te gaan
    26: Geraamd begrotingstekort | 416 tegen 2028 | 957 | 2026 | nog 541 te gaan
    26: Geraamd begrotingstekort | 0 tegen 2029 | 957 | 2026 | nog 957 te gaan
    26: # Belgische doelen, niet van het Gewest
    26: Risico op armoede of sociale uitsluiting | 10,8 tegen 2030 | 16,5 | 2025 | nog 5,7 procentpunt te gaan
    26: Jongeren 15-29 zonder werk, school of opleiding | 8,6 tegen 2030 | 9,6 | 2023 | nog 1,0 procentpunt te gaan
    26: # Europese doelen, niet van het Gewest
    26: Jongeren 15-29 zonder werk, school of opleiding | 9,0 tegen 2030 | 11,2 | 2023 | nog 2,2 procentpunt te gaan
    26: # Richtwaarden, geen doelen van het Gewest
    26: Fijn stof PM2,5 | 5,0 tegen 2030 | 7,4 | 2024 | onbekend
"""
# the counts of reasons add up with the three verdicts to 55: 8 + 7 + 2 + 38, and 11 + 6 + 1 + 37
MOVED = """
    23: De verkeerde kant op | 8
    23: Wachtlijst voor sociale huisvesting (2023)
    23: Fijn stof PM2,5 (2022)
    23: Niet-werkende werkzoekenden (december 2023)
    26: De verkeerde kant op | 11
    26: Wachtlijst voor sociale huisvesting (februari 2026)
    26: Werkloosheidsgraad 15-64 per kwartaal (1e kw. 2025)
    26: Werkzaamheidsgraad 15-64 per kwartaal (1e kw. 2025)
    26: Niet-werkende werkzoekenden (augustus 2026)
    26: Faillissementen (2025)
    26: Startende btw-plichtigen (2023)
    Finaal energieverbruik (2021)
    23: Vergunde renovaties van woongebouwen per kwartaal (3e kw. 2023)
    26: Vergunde renovaties van woongebouwen per kwartaal (1e kw. 2025)
    Huishoudelijk afval per inwoner (2020)
    23: Risico op armoede of sociale uitsluiting (2022)
    26: Dak- en thuislozen (2024)
    Afwezigheid bij gewestverkiezingen (2019)
    23: De goede kant op | 7
    23: Werkloosheidsgraad 15-64 per kwartaal (2e kw. 2023)
    23: Werkzaamheidsgraad 15-64 per kwartaal (2e kw. 2023)
    23: Faillissementen (2022)
    23: Startende btw-plichtigen (2022)
    23: Ritten met de MIVB (2022)
    26: De goede kant op | 6
    26: Ritten met de MIVB (2024)
    Afval ingezameld door Net Brussel (2020)
    26: Kilometers afgelegd door de MIVB (2023)
    26: Levensverwachting bij geboorte, Statbel (2023)
    Beschikbaar inkomen per inwoner (2017)
    23: Geen verandering | 2
    23: Tevredenheid over de MIVB (2021)
    23: Levensverwachting bij geboorte, Statbel (2022)
    23: Geen oordeel of geen cijfer | 38
    23: maar één vergelijkbare meting (10)
    23: omhoog noch omlaag is op zich goed (5)
    26: Digitale kwetsbaarheid 16-74 (2023)
    26: Geen verandering | 1
    26: Tevredenheid over de MIVB (2023)
    26: Geen oordeel of geen cijfer | 37
    26: maar één vergelijkbare meting (17)
    26: omhoog noch omlaag is op zich goed (10)
    enkel een Belgisch cijfer (3)
    26: te controleren (2)
    zie personeel en budget (5)
    23: nog geen cijfer bekend (15)
"""


@pytest.fixture(scope="module")
def reports(project: Project) -> dict[str, Report]:
    """The report of each quarter."""
    return {quarter: Report(quarter, "nl", project=project) for quarter in (EARLY, LATE)}


@pytest.mark.parametrize("quarter", [EARLY, LATE])
def test_the_trends_are_those_counted_by_hand(reports: dict[str, Report], quarter: str) -> None:
    """How many figures of which years, the slope between its ends, the verdict and the place among the regions."""
    assert bare(shown(omgeving.trends(reports[quarter]), 5)) == at(TRENDS, quarter)


def test_the_pace_is_the_one_reckoned_by_hand(reports: dict[str, Report]) -> None:
    """What is left by the years that are left, beside the pace so far; in the early quarter no target asks for one."""
    assert bare(shown(omgeving.pace(reports[LATE]), 6)) == at(PACE, LATE)
    assert omgeving.pace(reports[EARLY]).grid is None


@pytest.mark.parametrize("quarter", [EARLY, LATE])
def test_the_distances_to_the_targets_are_those_reckoned_by_hand(reports: dict[str, Report], quarter: str) -> None:
    """Every official target that was known, with the figure beside it."""
    assert bare(shown(omgeving.targets(reports[quarter]), 5)) == at(TARGETS, quarter)


@pytest.mark.parametrize("quarter", [EARLY, LATE])
def test_the_movements_are_those_counted_by_hand(reports: dict[str, Report], quarter: str) -> None:
    """How many indicators moved which way, and which."""
    grid = omgeving.movements(reports[quarter]).grid
    assert grid is not None
    lines = [line for way, count, which in grid.rows for line in (f"{way} | {count}", *which.split("; "))]
    assert lines == at(MOVED, quarter)


@pytest.mark.parametrize(
    ("quarter", "name", "said"),
    [
        (EARLY, "trends", "5 van de 8 indicatoren met genoeg cijfers"),
        (LATE, "trends", "5 van de 9 indicatoren met genoeg cijfers"),
        (EARLY, "pace", "Geen enkel officieel doel vraagt een tempo"),
        (LATE, "pace", "Naar 1 van de 10 open doelen gaat het snel genoeg; naar 4 te traag, van 5"),
        (EARLY, "targets", "7 officiële doelen"),
        (LATE, "targets", "12 nog niet bereikt, 1 niet bereikt in het doeljaar en 4 onbekend"),
        (EARLY, "movements", "Van 55 indicatoren gaan er 7 de goede kant op, 8 de verkeerde kant; bij 40"),
        (LATE, "movements", "Van 55 indicatoren gaan er 6 de goede kant op, 11 de verkeerde kant; bij 38"),
    ],
)
def test_the_title_says_what_the_numbers_say(reports: dict[str, Report], quarter: str, name: str, said: str) -> None:
    """Counted and reckoned by hand."""
    title: str = getattr(omgeving, name)(reports[quarter]).title
    assert said in title.replace("\N{NO-BREAK SPACE}", " ")
