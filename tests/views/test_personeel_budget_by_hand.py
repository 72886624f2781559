"""The figures on people and money, held against numbers that were read in data/raw by eye, for two quarters.

Each block holds the cells of a table as a reader sees them: what was looked up row by row in the raw files on
2026-11-23, and shares and sums that were reckoned by hand from these. A change of code that changes one must say why.
"""

from __future__ import annotations

import pytest

from analysis.paths import Project
from analysis.views import Report, personeel_budget

pytestmark = pytest.mark.xdist_group("personeel-budget-by-hand")
EARLY, LATE = "2023Q4", "2026Q3"


def rows(block: str) -> list[tuple[str, ...]]:
    """A block of text as the cells of a table."""
    return [tuple(cell.strip() for cell in line.split("|")) for line in block.strip().splitlines()]


STAFF = """
    31 december 2015 | vroegere perimeter | 1.675
    31 december 2015 | herberekend | 1.249
    31 december 2016 | vroegere perimeter | 1.785
    31 december 2016 | herberekend | 1.276
    31 december 2017 | vroegere perimeter | 1.773
    31 december 2017 | herberekend | 1.330
    2018 | andere telling | 1.541 *
    31 december 2018 | werkelijk | 1.400 *
    december 2019 | andere telling | 1.455 *
    31 december 2019 | werkelijk | 1.454 *
    31 augustus 2020 | andere telling | 1.456
    2020 | jaarverslagen | 1.452 *
    31 december 2020 | werkelijk | 1.453 *
    2021 | jaarverslagen | 1.466
    2022 | jaarverslagen | 1.518
"""
STAFF_LATE = """
    juli 2019 tot juni 2024 | andere telling | 1.481
    – | andere telling | meer dan 1.600
"""
ADMINISTRATIONS = """
    Brussel Mobiliteit | 420 | 28,9
    Brussel Synergie, HR en Facilities | 341 | 23,5
    Brussel Economie en Werkgelegenheid | 237 | 16,3
    Brussel Financiën en Begroting | 135 | 9,3
    Brussel Huisvesting | 123 | 8,5
    Brussel Plaatselijke Besturen | 104 | 7,2
    Brussels International | 60 | 4,1
    Brussel Connect IT | 33 | 2,3
    Totaal | 1.453 | 100,0
"""
PROFILE = """
    2020 | 64,5 | 937 | 1.452
    2021 | 67,0 | 982 | 1.466
    2022 | 69,6 | 1.056 | 1.518
    2018 | 50,7 | 781 | 1.541
    2020 | 52,4 | 761 | 1.452
    2021 | 51,7 | 758 | 1.466
    2022 | 51,8 | 786 | 1.518
    2018 | – | 1.369 | –
    2020 | 86,4 | 1.255 | 1.452
    2021 | 82,8 | 1.214 | 1.466
    2022 | 84,1 | 1.276 | 1.518
"""
NOT_FOUND = """
    Gemiddelde leeftijd | 43,4 jaar | 2022
    Nieuwe personeelsleden in het jaar | 162 personen | 2018
    Uitstroom | – | –
    Ziekteverzuim | – | –
    Voltijdse equivalenten | – | –
    Personeel per niveau | – | –
    Personeel per leeftijdsgroep | – | –
    Brussel Mobiliteit | 483 vte | 2017
"""
NOT_FOUND_LATE = "Brussel Plaatselijke Besturen | 100 vte | 2024"
BALANCE = """
    2018 | −437,3 | 0 † | – | –
    2019 | −611 | 0 † | – | –
    2020 | −1.234 † | – | – | −1.800 tot −1.500
    2021 | −1.391 | −1.500 | −914 † | –
    2022 | – | −1.130 | −1.490 | –
"""
BALANCE_LATE = "2024 | −1.514,9 | −1.080,1 | – | –"
BUDGET_BALANCE = """
    2021 | – | – | – | −1.000 †
    2022 | −1.500 † | −536 † * | – | –
    2023 | – | −1.124 † * | – | −359 †
    2024 | – | −950 † * | – | −5,8 †
"""
BUDGET_BALANCE_LATE = """
    2021 | – | – | – | −1.000 †
    2022 | −1.500 † | −536 † * | – | –
    2023 | – | −1.124 † * | – | −359 †
    2024 | −1.552 | −950 † * | – | −1.600 tot −5,8 †
    2025 | – | – | – | −1.600 tot −1.241
    2026 | – | −957 † | – | −1.000
    2027 | – | – | – | −719
    2028 | – | – | – | −416
"""
NET_BALANCE = """
    2018 | −912,2 † * | – | – | –
    2019 | −1.100 | – | – | –
    2020 | −1.400 | – | −2.000 | –
"""
NET_BALANCE_LATE = "2024 | −1.648,4 † | – | −1.749,5 | –"
INVESTMENTS = """
    2018 | – | – | 275 | 349 | –
    2019 | – | – | 472 | – | 460
    2020 | – | – | 500 | – | –
    2021 | 500 | – | – | – | –
    2022 | 500 | – | 400 | – | –
    2023 | 500 | – | 428,9 | – | –
    2024 | 500 | – | 360 | – | –
"""
DIRECT_DEBT = """
    31 december 2016 | gerealiseerd | 2,69
    31 december 2018 | gerealiseerd | 3,40
    31 december 2019 | raming | 3,81
    31 december 2020 | gerealiseerd | 6,40
    28 februari 2021 | plan | 6,00
    31 december 2021 | gerealiseerd | 6,90
    juni 2022 | raming | 6,80
    31 december 2022 | gerealiseerd | 8,85
    2023 | raming | 10,00
    2024 | raming | 11,40
    2025 | raming | 11,20
    2025 | plan | 10,10
    2027 | raming | 15,20
    2028 | raming | 17,00
"""
DIRECT_DEBT_LATE = DIRECT_DEBT.replace("11,40\n", "11,40\n    2024 | raming | 11,50\n")
CONSOLIDATED = """
    31 december 2015 | gerealiseerd | 4,70
    31 december 2017 | gerealiseerd | 4,12
    31 december 2018 | gerealiseerd | 5,20
    31 december 2019 | gerealiseerd | 5,40
    31 december 2020 | gerealiseerd | 8,90
    31 december 2021 | gerealiseerd | 9,50
    31 december 2022 | gerealiseerd | 11,50
"""
CONSOLIDATED_LATE = (
    CONSOLIDATED.replace("4,70\n", "4,70\n    31 december 2016 | gerealiseerd | 4,60\n").rstrip()
    + """
    31 december 2023 | gerealiseerd | 13,30
    31 december 2023 | raming | 14,50
    31 december 2024 | gerealiseerd | 15,60
    2025 | raming | 16,13
    2029 | raming | 22,20
"""
)
RATING = """
    AA of AA− | 23 september 2022, 24 maart 2023 en 22 september 2023
    AA | januari 2016, juli 2016, februari 2017, maart 2018 en 2018
"""
RATING_LATE = f"""
    A | 13 juni 2025, oktober 2025, 27 maart 2026 en 28 september 2026
    A+ | maart 2024
{RATING.strip()}
"""
# of 2014 to 2020 and 2022: mean 6.25875, mean of the 7 steps 0.25143, 2.66 times that 0.6688: 5.59 to 6.93
# of the Flemish years from 2014 on (the ten before 2020): 6.81 7.05 7.54 8.21 7.54; mean 7.43, mean step 0.5175
ABSENCE = """
    Federale overheid | 2018 | 6,58 | 5,6 tot 6,9
    Federale overheid | 2019 | 6,57 | 5,6 tot 6,9
    Federale overheid | 2020 | 6,23 | 5,6 tot 6,9
    Federale overheid | 2022 | 6,63 | 5,6 tot 6,9
    Vlaamse overheid | 2015 | 7,05 | 6,1 tot 8,8
    Vlaamse overheid | 2016 | 7,54 | 6,1 tot 8,8
    Vlaamse overheid | 2019 | 8,21 | 6,1 tot 8,8
    Vlaamse overheid | 2020 | 7,54 | 6,1 tot 8,8
    Actiris | 2019 | 11,60 | –
    Instellingen van openbaar nut van het Brussels Gewest | 2016 | 7,68 | –
    Ambtenarij van het Brussels Gewest | 2016 | 5,06 | –
    Centrum voor Informatica voor het Brusselse Gewest | 2016 | 11,00 | –
    Innoviris | 2016 | 11,74 | –
    MIVB | 2016 | 8,40 | –
    Privésector | 2016 | 7,26 | –
    Waalse overheid | 2016 | 8,60 | –
    Wallonië en Franse Gemeenschap | 2017 | 8,38 | –
    Citydev.brussels | 2020 | 5,44 | –
    Parking.brussels | 2016 | 11,37 | –
    Talent.brussels | 2019 | 4,70 | –
"""
# with 2023: mean 6.30889, mean of the 8 steps 0.23, 2.66 times that 0.6118: 5.70 to 6.92
ABSENCE_LATE = (
    ABSENCE.replace("    Federale overheid | 2018 | 6,58 | 5,6 tot 6,9\n", "")
    .replace("6,63 | 5,6 tot 6,9\n", "6,63 | 5,6 tot 6,9\n    Federale overheid | 2023 | 6,71 | 5,7 tot 6,9\n")
    .replace("5,6 tot 6,9", "5,7 tot 6,9")
)
RESIDENCE = """
    31 augustus 2015 | woont in het Brussels Gewest | 45,0
    31 augustus 2016 | woont in het Brussels Gewest | 45,5
    31 augustus 2017 | woont in het Brussels Gewest | 43,5
    31 augustus 2018 | woont in het Brussels Gewest | 43,1
    31 augustus 2019 | woont in het Brussels Gewest | 44,3
    31 augustus 2020 | woont in het Brussels Gewest | 43,3
"""
# 54.4 and 54.5 stand in one press release of 2016; the 4 persons of Net Brussel who lived abroad in 2021 are held back,
# and with them the 361 of Wallonia (12.66 %), which would give them away
RESIDENCE_ELSEWHERE = """
    31 december 2017 | woont in het Brussels Gewest | 56,2
    2016 | woont in het Brussels Gewest | 54,4
    2016 | woont in het Brussels Gewest | 54,5
    2015 | woonde in het Brussels Gewest bij de aanwerving | 67,3
    januari 2014 tot augustus 2020 | woonde in het Brussels Gewest bij de aanwerving | 53,2
    31 december 2019 | woont in het Brussels Gewest | 64,8
    31 december 2019 | woont in het Vlaams Gewest | 22,0
    31 december 2019 | woont in het Waals Gewest | 13,0
    31 december 2019 | woont in het buitenland | 0,2
    30 september 2021 | woont in het Brussels Gewest | 65,6
    30 september 2021 | woont in het Vlaams Gewest | 21,6
"""
RESIDENCE_LATE = """
    2023 | Franse taalrol | 83,1
    2023 | Nederlandse taalrol | 16,9
    2023 | woont in Vlaams- of Waals-Brabant | 28,0
    31 december 2017 | woont in het Brussels Gewest | 56,2
    2023 | woont in het Brussels Gewest | 52,2
"""

EXPECTED = {
    "staff": (STAFF, STAFF + STAFF_LATE.lstrip("\n")),
    "administrations": (ADMINISTRATIONS, ADMINISTRATIONS),
    "profile": (PROFILE, PROFILE),
    "not_found": (NOT_FOUND, NOT_FOUND + NOT_FOUND_LATE),
    "balance": (BALANCE, BALANCE + BALANCE_LATE),
    "balances": (
        BALANCE + BUDGET_BALANCE.lstrip("\n") + NET_BALANCE.lstrip("\n"),
        "\n".join([BALANCE.strip(), BALANCE_LATE, BUDGET_BALANCE_LATE.strip(), NET_BALANCE.strip(), NET_BALANCE_LATE]),
    ),
    "strategic_investments": (INVESTMENTS, INVESTMENTS),
    "direct_debt": (DIRECT_DEBT, DIRECT_DEBT_LATE),
    "consolidated_debt": (CONSOLIDATED, CONSOLIDATED_LATE),
    "rating": (RATING, RATING_LATE),
    "absence_elsewhere": (ABSENCE, ABSENCE_LATE),
    "residence": (
        RESIDENCE + RESIDENCE_ELSEWHERE.lstrip("\n"),
        RESIDENCE + RESIDENCE_LATE.lstrip("\n") + RESIDENCE_ELSEWHERE.partition("56,2\n")[2],
    ),
}


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("quarter", [EARLY, LATE])
def test_the_table_holds_what_was_read_in_the_raw_data(project: Project, quarter: str, name: str) -> None:
    """Row by row, in order, nothing more and nothing less; sources and days stand in the columns after these."""
    wanted = rows(EXPECTED[name][quarter == LATE])
    figure = getattr(personeel_budget, name)(Report(quarter, "nl", project=project))
    shown = [tuple(cell.replace("\N{NO-BREAK SPACE}", " ") for cell in row) for row in figure.grid.rows]
    assert [row[: len(wanted[0])] for row in shown] == wanted


@pytest.mark.parametrize(
    ("quarter", "name", "said"),
    [
        (EARLY, "staff", "tot 1.518 in 2022, tegenover 1.452 in 2020"),
        (LATE, "balance", "−1.515 miljoen euro, 435 miljoen slechter"),  # 1,514.9 - 1,080.1 = 434.8
        (LATE, "profile", "69,6 % in 2022, 5,0 procentpunt meer dan in 2020"),  # 69.57 - 64.53 = 5.04
        (EARLY, "direct_debt", "11,4 miljard euro (2024), meer dan de 10,1 miljard"),
        (LATE, "direct_debt", "11,4 tot 11,5 miljard euro (2024)"),
        (LATE, "consolidated_debt", "15,6 miljard euro eind 2024; voor 2029 is 22,2 miljard geraamd"),
        (LATE, "rating", "A (28 september 2026), 3 treden lager dan de AA"),  # AA, AA-, A+, A
    ],
)
def test_the_title_says_what_the_numbers_say(project: Project, quarter: str, name: str, said: str) -> None:
    """Differences in a title, reckoned by hand."""
    title = getattr(personeel_budget, name)(Report(quarter, "nl", project=project)).title
    assert said in title.replace("\N{NO-BREAK SPACE}", " ")
