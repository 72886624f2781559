"""The estimates of debt and balance, held against numbers that were read in data/raw by hand, for two quarters.

The tables were worked out from the csv files alone on 2026-11-23: which rows were public on the as-of date (14 February
2024 and 14 November 2026), which of several sources comes first, and each difference reckoned apart. ``23:`` and
``26:`` mark the rows of one quarter. A change of code that changes one must say why.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.figure import Figure
from analysis.paths import Project
from analysis.views import Report, personeel_budget
from tests.views.by_hand import EARLY, LATE, at, shown

pytestmark = pytest.mark.xdist_group("personeel-budget-by-hand-geld")

FORECASTS = """
    31 december 2016 | gerealiseerd | 2,69 | oktober 2017
    31 december 2018 | gerealiseerd | 3,40 | oktober 2019
    31 december 2019 | raming | 3,81 | november 2019
    31 december 2020 | gerealiseerd | 6,40 | november 2021
    31 december 2021 | gerealiseerd | 6,90 | oktober 2022
    31 december 2022 | gerealiseerd | 8,85 | oktober 2023
    2023 | raming | 10,00 | juli 2023
    2024 | raming | 11,40 | november 2023
    26: 2024 | raming | 11,50 | december 2024
    2025 | raming | 11,20 | juni 2020
    2025 | plan | 10,10 | juli 2021
    2027 | raming | 15,20 | september 2022
    2028 | raming | 17,00 | juli 2023
"""
# errors: 1,391 - 1,500 = -109, of 1,391 that is 7.84 %; 1,500 - 2,000 = -500 (33.33 %); 1,400 - 2,000 = -600 (42.86 %);
# 1,514.9 - 1,080.1 = 434.8 (28.70 %). Years ahead: from 31 October 2020 (61 days, 0.17) or 24 November (37 days, 0.10)
# to the end of 2020; 23 October 2020 to the end of 2021 (434 days, 1.19); 13 October 2021 to the end of 2022 and 2024
# (444 and 1,175 days: 1.22 and 3.22); 31 October and 30 November 2023 to the end of 2024 (427 and 397 days: 1.17, 1.09)
ERRORS = """
    26: # Geconsolideerde brutoschuld (Brussels Gewest)
    26: 2023 | raming | oktober 2024 ° | – | 14.500 | 13.300 | – | –
    # Vorderingensaldo (Brussels Gewest)
    2018 | initiële begroting | november 2019 | – | 0 | −437,3 | – | –
    2019 | initiële begroting | november 2020 | – | 0 | −611 | – | –
    2020 | raming | oktober 2020 | 0,2 | −1.500 | −1.234 | – | –
    2020 | raming | november 2020 | 0,1 | −1.800 | −1.234 | – | –
    2021 | initiële begroting | oktober 2020 | 1,2 | −1.500 | −1.391 | −109 | −7,8
    2021 | aangepaste begroting | oktober 2022 ° | – | −914 | −1.391 | – | –
    26: 2024 | initiële begroting | november 2025 ° | – | −1.080,1 | −1.514,9 | +434,8 | +28,7
    # Begrotingssaldo (Brussels Gewest)
    2022 | initiële begroting | oktober 2021 | 1,2 | −536 | −1.500 | – | –
    2022 | initiële begroting | oktober 2023 ° | – | −2.000 | −1.500 | −500 | −33,3
    26: 2024 | raming | oktober 2021 | 3,2 | −5,8 | −1.552 | – | –
    26: 2024 | initiële begroting | oktober 2023 ° | 1,2 | −450 | −1.552 | – | –
    26: 2024 | initiële begroting | november 2023 | 1,1 | −950 | −1.552 | – | –
    26: 2024 | raming | november 2025 ° | – | −1.600 | −1.552 | – | –
    # Netto te financieren saldo (diensten van de Brusselse Regering)
    2020 | aangepaste begroting | november 2021 ° | – | −2.000 | −1.400 | −600 | −42,9
    26: 2024 | aangepaste begroting | november 2025 ° | – | −1.749,5 | −1.648,4 | – | –
"""
# a month counts from its last day: 30 November 2019 to 31 December 2019 is 31 days (0.08 years), and so on
OPEN = """
    # Directe schuld van het Gewest (Brussels Gewest)
    2019 | raming | november 2019 ° | 0,1 | 3.809 | geen
    2023 | raming | juli 2023 | 0,5 | 10.000 | geen
    2024 | raming | november 2023 ° | 1,1 | 11.400 | geen
    26: 2024 | raming | december 2024 ° | 0,0 | 11.500 | geen
    2025 | raming | juni 2020 | 5,6 | 11.200 | geen
    2025 | plan | juli 2021 | 4,4 | 10.100 | geen
    2027 | raming | september 2022 | 5,3 | 15.200 | geen
    2028 | raming | juli 2023 | 5,5 | 17.000 | geen
    26: # Geconsolideerde brutoschuld (Brussels Gewest)
    26: 2025 | raming | juni 2025 | 0,6 | 16.130 | geen
    26: 2029 | raming | oktober 2026 ° | 3,2 | 22.200 | geen
    # Vorderingensaldo (Brussels Gewest)
    2022 | initiële begroting | juni 2022 | 0,5 | −1.130 | geen
    2022 | aangepaste begroting | juni 2022 | 0,5 | −1.490 | geen
    # Begrotingssaldo (Brussels Gewest)
    2021 | raming | oktober 2021 | 0,2 | −1.000 | zonder strategische investeringen
    2023 | raming | oktober 2021 | 2,2 | −359 | zonder strategische investeringen
    2023 | initiële begroting | december 2022 | 1,0 | −1.124 | vóór correcties
    2023 | initiële begroting | december 2022 | 1,0 | −485 | na correcties
    23: 2024 | raming | oktober 2021 | 3,2 | −5,8 | zonder strategische investeringen
    23: 2024 | initiële begroting | oktober 2023 ° | 1,2 | −450 | zonder strategische investeringen
    23: 2024 | initiële begroting | november 2023 | 1,1 | −950 | met strategische investeringen
    26: 2025 | raming | juni 2025 | 0,6 | −1.426 | begrip niet vermeld
    26: 2025 | raming | december 2025 ° | 0,0 | −1.600 | begrip niet vermeld
    26: 2025 | raming | februari 2026 | – | −1.241 | begrip niet vermeld
    26: 2026 | raming | december 2025 ° | 1,0 | −1.000 | begrip niet vermeld
    26: 2026 | initiële begroting | maart 2026 | 0,8 | −957 | zonder bepaalde verrichtingen
    26: 2027 | raming | oktober 2026 | 1,2 | −719 | begrip niet vermeld
    26: 2028 | raming | oktober 2026 | 2,2 | −416 | begrip niet vermeld
"""
# a related figure is one on the same outcome of another kind or series; what was estimated before its end is no outcome
COURT = "Pers naar het Rekenhof of het INR (3,5)"
SEVERAL = f"""
    # Directe schuld van het Gewest, 2018, gerealiseerd
    Brussel Financiën en Begroting | 3.400 | ja | Officiële bron (1) | oktober 2019
    RTL/Belga | 3.364 | nee | {COURT} | november 2019
    Le Vif/Belga | 3.365 | nee | Pers (4) | november 2019
    GOC/CRD | 3.400 | nee | Politieke bron (6) | januari 2024
    26: # Directe schuld van het Gewest, 2024, raming
    26: Trends-Tendances/Belga | 11.400 | alle | Pers (4) | november 2023
    26: GOC/CRD | 11.500 | alle | Politieke bron (6) | december 2024
    # Directe schuld van het Gewest, 2025, raming
    Strategisch plan GOB 2021-2026 | 10.100 | alle | Brondocument (3) | juli 2021
    HLN | 11.200 | alle | Pers (4) | juni 2020
    # Geconsolideerde brutoschuld, 2018, gerealiseerd
    Brussel Financiën en Begroting | 5.200 | ja | Officiële bron (1) | november 2019
    De Tijd | 5.500 | nee | {COURT} | november 2019
    26: # Geconsolideerde brutoschuld, 2019, gerealiseerd
    26: BRUZZ (opinie) | 5.400 | ja | Pers (4) | november 2020
    26: The Brussels Times/De Tijd | 6.400 | nee | Pers (4) | oktober 2025
    26: # Geconsolideerde brutoschuld, 2023, gerealiseerd
    26: BX1/Belga | 13.300 | ja | {COURT} | oktober 2024
    26: Trends-Tendances | 13.000 | nee | Pers (4) | maart 2024
    26: # Geconsolideerde brutoschuld, 2024, gerealiseerd
    26: BX1 | 15.600 | ja | {COURT} | november 2025
    26: Brussels Governance Monitor | 15.650 | nee | Secundaire bron (5) | februari 2026
    # Vorderingensaldo, 2020, raming
    BRUZZ (opinie) | −1.800 | alle | Pers (4) | november 2020
    RTBF | −1.500 | alle | Pers (4) | oktober 2020
    # Begrotingssaldo, 2022, initiële begroting (begrip verschilt of is niet vermeld)
    BRUZZ (zonder strategische investeringen) | −536 | ja | Pers (4) | oktober 2021
    BX1/Belga (begrip niet vermeld) | −2.000 | nee | Pers (4) | oktober 2023
    # Begrotingssaldo, 2023, initiële begroting (één bron geeft meerdere waarden)
    RTL/Belga (vóór correcties) | −1.124 | ja | Pers (4) | december 2022
    RTL/Belga (na correcties) | −485 | nee | Pers (4) | december 2022
    # Begrotingssaldo, 2024, initiële begroting (begrip verschilt of is niet vermeld)
    Le Vif (met strategische investeringen) | −950 | ja | Pers (4) | november 2023
    BX1 (zonder strategische investeringen) | −450 | nee | Pers (4) | oktober 2023
    26: # Begrotingssaldo, 2024, raming (begrip verschilt of is niet vermeld)
    26: BRUZZ (zonder strategische investeringen) | −5,8 | alle | Pers (4) | oktober 2021
    26: 21news/Sudinfo | −1.600 | alle | Pers (4) | november 2025
    26: # Begrotingssaldo, 2025, raming
    26: brief.news | −1.426 | alle | Pers (4) | juni 2025
    26: The Brussels Times | −1.600 | alle | Pers (4) | december 2025
    26: Brussels Governance Monitor | −1.241 | alle | Secundaire bron (5) | februari 2026
    # Netto te financieren saldo, 2018, gerealiseerd (één bron geeft meerdere waarden)
    RTL/Belga (na correcties) | −912,2 | ja | {COURT} | november 2019
    RTL/Belga | −599,5 | nee | Pers (4) | november 2019
    # Kredietbeoordeling door Standard & Poor’s, 23 september 2022
    BRUZZ | AA | ja | Pers (4) | september 2022
    Cabinet Gatz | AA− | nee | Politieke bron (6) | september 2022
    26: # Verwante cijfers voor 2023
    26: Geconsolideerde brutoschuld, gerealiseerd: BX1/Belga | 13.300 | ja | {COURT} | oktober 2024
    26: Geconsolideerde brutoschuld, gerealiseerd: Trends-Tendances | 13.000 | nee | Pers (4) | maart 2024
    26: Geconsolideerde brutoschuld, raming: 21news/Sudinfo | 14.500 | alle | Pers (4) | oktober 2024
    26: # Verwante cijfers voor 2024
    26: Vorderingensaldo, gerealiseerd: BX1 | −1.514,9 | ja | {COURT} | november 2025
    26: Begrotingssaldo, gerealiseerd: Brussels Governance Monitor | −1.552 | ja | Secundaire bron (5) | oktober 2026
    26: Begrotingssaldo, raming: 21news/Sudinfo | −1.600 | alle | Pers (4) | november 2025
"""
# the columns that are compared, and their rows
TABLES = {
    "forecasts": (4, FORECASTS),
    "forecast_errors": (8, ERRORS),
    "open_forecasts": (6, OPEN),
    "several_values": (5, SEVERAL),
}


@pytest.fixture(scope="module")
def table(project: Project) -> Callable[[str, str], Figure]:
    """A table of a quarter by the name of its view."""
    reports = {quarter: Report(quarter, "nl", project=project) for quarter in (EARLY, LATE)}
    return lambda quarter, name: getattr(personeel_budget, name)(reports[quarter])


@pytest.mark.parametrize("quarter", [EARLY, LATE])
@pytest.mark.parametrize("name", TABLES)
def test_the_table_holds_what_was_worked_out_by_hand(
    table: Callable[[str, str], Figure], quarter: str, name: str
) -> None:
    """Row by row, in order and below the right heading, nothing more and nothing less."""
    columns, block = TABLES[name]
    assert shown(table(quarter, name), columns) == at(block, quarter)


@pytest.mark.parametrize(
    ("quarter", "name", "said"),
    [
        (EARLY, "forecasts", "Geen van de 7 ramingen"),
        (LATE, "forecasts", "Geen van de 8 ramingen"),
        (EARLY, "forecast_errors", "25 begrotingen en ramingen van schuld en saldo zijn er 3"),
        (EARLY, "forecast_errors", "3 te toetsen: 0 te gunstig, 3 te ongunstig"),
        (LATE, "forecast_errors", "39 begrotingen en ramingen van schuld en saldo zijn er 4"),
        (LATE, "forecast_errors", "4 te toetsen: 1 te gunstig, 3 te ongunstig"),
        (EARLY, "open_forecasts", "16 begrotingen en ramingen van schuld en saldo wachten"),  # 25 - 9
        (LATE, "open_forecasts", "23 begrotingen en ramingen van schuld en saldo wachten"),  # 39 - 16
        (EARLY, "several_values", "Voor 9 cijfers"),
        (LATE, "several_values", "Voor 15 cijfers"),
    ],
)
def test_the_title_counts_what_the_table_holds(
    table: Callable[[str, str], Figure], quarter: str, name: str, said: str
) -> None:
    """Counted by hand in the raw rows."""
    assert said in table(quarter, name).title.replace("\N{NO-BREAK SPACE}", " ")
