"""What the environment keeps apart, read in data/raw by hand, for two quarters: other definitions, and sources.

Each line was looked up in the csv files on 2026-11-23: the latest figure of Brussels that was public on 14 February
2024 and 14 November 2026. ``23:`` and ``26:`` mark the rows of one quarter. A change of code that changes one must say
why.
"""

from __future__ import annotations

import pytest

from analysis.paths import Project
from analysis.views import Report, omgeving
from tests.views.by_hand import EARLY, LATE, at, bare, shown, split

pytestmark = pytest.mark.xdist_group("omgeving-by-hand-definities")

# of a year and a month that end on one day the year is shown: 14.7 in 2023, not 15.2 at the end of December
DEFINITIONS = """
    # Verwant met: Mediaanprijs van een appartement per jaar
    23: Mediaanprijs van een appartement per jaar | 254.000 euro | 2022
    23: Mediaanprijs van een huis | 500.000 euro | 2022
    23: Mediaanprijs van een appartement per kwartaal | 255.000 euro | 1e kw. 2023
    23: Mediaanprijs van een huis met 2 of 3 gevels per jaar | 491.000 euro | 2022
    23: Mediaanprijs van een huis met 2-3 gevels per kwartaal | 457.000 euro | 2e kw. 2023
    23: Mediaanprijs van een huis met 4 gevels | 1.150.000 euro | 2022
    26: Mediaanprijs van een appartement per jaar | 260.000 euro | 2024
    26: Mediaanprijs van een huis | 505.000 euro | 2024
    26: Mediaanprijs van een appartement per kwartaal | 274.550 euro | 3e kw. 2025
    26: Mediaanprijs van een huis met 2 of 3 gevels per jaar | 494.500 euro | 2024
    26: Mediaanprijs van een huis met 2-3 gevels per kwartaal | 525.000 euro | 3e kw. 2025 (anders geteld dan \
        vroegere cijfers)
    26: Mediaanprijs van een huis met 4 gevels | 1.100.000 euro | 2024
    # Verwant met: Vergunde nieuwe woningen per kwartaal
    23: Vergunde nieuwe woningen per kwartaal (aantal) | 672 | 3e kw. 2023
    23: Vergunde nieuwe woningen per jaar (aantal) | 3.622 | 2022
    26: Vergunde nieuwe woningen per kwartaal (aantal) | 447 | 1e kw. 2025
    26: Vergunde nieuwe woningen per jaar (aantal) | 1.867 | 2024
    # Verwant met: Inwoners met groen vlakbij
    Inwoners met groen vlakbij | 74 % | 2020
    Inwoners zonder toegang tot groen | 4 % | 2019
    Inwoners met onvoldoende toegang tot groen | 21 % | 2019
    Vegetatiebedekking | 52 % | 2020
    # Verwant met: Bevolking op 1 januari, Statbel
    23: Bevolking op 1 januari, Statbel (personen) | 1.222.637 | 2022
    26: Bevolking op 1 januari, Statbel (personen) | 1.255.834 | 2026
    Bevolking op 1 januari, Eurostat (personen) | 1.215.290 | 2019
    26: # Verwant met: Broeikasgasuitstoot tegenover 2005
    26: Broeikasgasuitstoot tegenover 2005 | −27 % | 2022
    26: Jaarlijkse verandering van de broeikasgasuitstoot | −0,8 % | 2018
    # Verwant met: Werkloosheidsgraad 15-64 per kwartaal
    23: Werkloosheidsgraad 15-64 per kwartaal | 11,3 % | 2e kw. 2023
    23: Niet-werkende werkzoekenden (personen) | 92.053 | december 2023
    26: Werkloosheidsgraad 15-64 per kwartaal | 14,2 % | 1e kw. 2025
    26: Niet-werkende werkzoekenden (personen) | 99.458 | augustus 2026
    Administratieve jeugdwerkloosheidsgraad | 25,3 % | september 2019
    23: Administratieve werkloosheidsgraad | 14,7 % | 2023
    23: Jeugdwerkloosheidsgraad 15-24 | 31,7 % | 2022
    26: Administratieve werkloosheidsgraad | 16 % | augustus 2026
    26: Jeugdwerkloosheidsgraad 15-24 | 23,6 % | 2024
    Niet-werkende werkzoekenden, jaargemiddelde (personen) | 88.979 | 2023
    Jonge niet-werkende werkzoekenden, jaargemiddelde (personen) | 8.847 | 2021
    23: Werkloosheidsgraad 15-64 per jaar | 11,5 % | 2022
    26: Werkloosheidsgraad 15-64 per jaar | 12,7 % | 2025
    Werkloosheidsgraad vanaf 15 jaar | 12,6 % | 2019
    Werkloosheidsgraad vanaf 15 jaar, mannen | 12,6 % | 2019
    Werkloosheidsgraad vanaf 15 jaar, vrouwen | 12,5 % | 2019
    23: Werkloosheidsgraad 25-54 | 10,3 % | 2022
    26: Werkloosheidsgraad 25-54 | 11 % | 2024
    # Verwant met: Werkzaamheidsgraad 15-64 per kwartaal
    23: Werkzaamheidsgraad 15-64 per kwartaal | 59,9 % | 2e kw. 2023
    23: Werkzaamheidsgraad 15-24 | 13,5 % | 2022
    23: Werkzaamheidsgraad 20-64 | 65,2 % | 2022
    23: Werkzaamheidsgraad 25-54 | 73,7 % | 2022
    26: Werkzaamheidsgraad 15-64 per kwartaal | 56,9 % | 1e kw. 2025
    26: Werkzaamheidsgraad 15-24 | 17,7 % | 2024
    26: Werkzaamheidsgraad 15-64 per jaar | 58,9 % | 2024
    26: Werkzaamheidsgraad 20-64 | 63,9 % | 2025
    26: Werkzaamheidsgraad 25-54 | 71,4 % | 2024
    # Verwant met: Faillissementen
    23: Faillissementen (aantal) | 1.776 | 2022
    23: Faillissementen in de bouw (aantal) | 332 | 2023
    23: Faillissementsindex bouw, twaalf maanden (index, januari 2008 = 100) | 211,5 | december 2023
    23: Faillissementsindex buiten de bouw, twaalf maanden (index, januari 2008 = 100) | 100,2 | december 2023
    26: Faillissementen (aantal) | 2.184 | 2025
    26: Faillissementen in de bouw (aantal) | 339 | 2025 (anders geteld dan vroegere cijfers)
    26: Faillissementsindex bouw, twaalf maanden (index, januari 2008 = 100) | 261,8 | oktober 2025
    26: Faillissementsindex buiten de bouw, twaalf maanden (index, januari 2008 = 100) | 128,0 | oktober 2025
    # Verwant met: Vertrouwen in de Brusselse regering
    Vertrouwen in de Brusselse regering | 25 % | 2018
    Vertrouwen in de gemeenten | 40 % | 2018
    26: Vertrouwen in de politie | 70,8 % | 2024
    26: Vertrouwen in de rechters | 71,2 % | 2024
    # Verwant met: Vergunde renovaties van woongebouwen per kwartaal
    23: Vergunde renovaties van woongebouwen per kwartaal (aantal) | 422 | 3e kw. 2023
    23: Vergunde renovaties van woongebouwen per jaar (aantal) | 2.061 | 2022
    26: Vergunde renovaties van woongebouwen per kwartaal (aantal) | 304 | 1e kw. 2025
    26: Vergunde renovaties van woongebouwen per jaar (aantal) | 1.355 | 2024
    # Verwant met: Huishoudelijk afval per inwoner
    Huishoudelijk afval per inwoner (kg per inwoner) | 282 | 2020
    Afval ingezameld door Net Brussel (ton) | 458.076 | 2020
    # Verwant met: Levensverwachting bij geboorte, Statbel
    23: Levensverwachting bij geboorte, Statbel (jaar) | 81,6 | 2022
    26: Levensverwachting bij geboorte, Statbel (jaar) | 82,2 | 2023
    Levensverwachting bij geboorte, Eurostat (jaar) | 81,5 | 2018
    Levensverwachting bij geboorte, mannen, Eurostat (jaar) | 79,1 | 2018
    Levensverwachting bij geboorte, vrouwen, Eurostat (jaar) | 83,7 | 2018
    # Verwant met: Risico op armoede of sociale uitsluiting
    23: Risico op armoede of sociale uitsluiting | 38,8 % | 2022
    26: Risico op armoede of sociale uitsluiting | 37,3 % | 2025 (te controleren)
    Armoede of sociale uitsluiting, oude definitie | 34,3 % | 2020
    Monetair armoederisico | 29,8 % | 2022
    # Verwant met: Geconsolideerde brutoschuld
    23: Geconsolideerde brutoschuld (miljard euro) | 9,5 | 2021
    26: Geconsolideerde brutoschuld (miljard euro) | 15,65 | 2024 (te controleren)
    Directe schuld van het Gewest (miljard euro) | 6,9 | 2021
    Verwachte directe schuld (miljard euro) | 10,1 | 2025
    Indirecte schuld van het Gewest (miljard euro) | 2,6 | 2021
    Totale gewestschuld volgens de pers (miljard euro) | 5,5 | 2018
    # Verwant met: Tekort volgens de regering
    23: Tekort volgens de regering (miljoen euro) | 900 | 2021
    26: Tekort volgens de regering (miljoen euro) | 1.241 | 2025
    Financieringssaldo volgens het plan (miljoen euro) | −1.234 | 2020
    26: Geraamd begrotingstekort (miljoen euro) | 957 | 2026
    Tekort volgens het INR (miljoen euro) | 1.400 | 2021
    Tekort volgens het Rekenhof (miljoen euro) | 912,2 | 2018
    26: # Verwant met: Personeel van de gewestelijke overheid
    26: Personeel van de gewestelijke overheid (personen) | 11.232 | 2023
    26: Personeel van de GOB volgens het parlement (personen) | 1.541 | 2018
"""
# 54 and 59 stand in two pages of one publisher, both of 2022: the first one in the data is shown
CONFLICTS = """
    Bruto binnenlands product van het Gewest, Brussels Gewest, 2010
    67.573: BISA | 69.086: Eurostat via een open onderwijsverzameling
    Faillissementen, Brussels Gewest, 2017
    2.639: Statistiek Vlaanderen | 2.698: Trends
    Levensverwachting bij geboorte, Eurostat, Brussels Gewest, 2010
    80,0: BISA | 80,2: Eurostat via een open onderwijsverzameling
    Aandeel gebouwen in de broeikasgasuitstoot, Brussels Gewest, 2019
    54: Leefmilieu Brussel | 59: Leefmilieu Brussel
    Gemiddelde huur, huurenquête, Brussels Gewest, 2017
    714: HLN | HLN | 700: Knack
    Risico op armoede of sociale uitsluiting, België, 2021
    18,8: HLN | 19,3: De Standaard
    26: Risico op armoede of sociale uitsluiting, België, 2024
    26: 18,2: Statbel | 18,3: BRF
    Armoede of sociale uitsluiting, oude definitie, Brussels Gewest, 2020
    34,3: Statbel | 33,3: Knack
    Monetair armoederisico, België, 2021
    12,7: HLN | 13,1: De Standaard
"""


@pytest.fixture(scope="module")
def reports(project: Project) -> dict[str, Report]:
    """The report of each quarter."""
    return {quarter: Report(quarter, "nl", project=project) for quarter in (EARLY, LATE)}


@pytest.mark.parametrize("quarter", [EARLY, LATE])
def test_the_series_that_look_alike_were_read_by_hand(reports: dict[str, Report], quarter: str) -> None:
    """Every family, each series with its latest figure and period."""
    assert shown(omgeving.definitions(reports[quarter]), 3) == at(DEFINITIONS, quarter)


@pytest.mark.parametrize("quarter", [EARLY, LATE])
def test_the_conflicts_were_read_by_hand(reports: dict[str, Report], quarter: str) -> None:
    """The figure that is shown, and what other sources say."""
    assert split(bare(shown(omgeving.conflicts(reports[quarter]), 3)), 1) == at(CONFLICTS, quarter)


@pytest.mark.parametrize(
    ("quarter", "name", "said"),
    [
        (EARLY, "definitions", "56 reeksen lijken op elkaar maar tellen anders, in 14 families"),
        (LATE, "definitions", "64 reeksen lijken op elkaar maar tellen anders, in 16 families"),
        (EARLY, "conflicts", "Bij 8 cijfers"),
        (LATE, "conflicts", "Bij 9 cijfers"),
    ],
)
def test_the_title_says_what_the_numbers_say(reports: dict[str, Report], quarter: str, name: str, said: str) -> None:
    """Counted by hand in the lines above."""
    title: str = getattr(omgeving, name)(reports[quarter]).title
    assert said in title.replace("\N{NO-BREAK SPACE}", " ")
