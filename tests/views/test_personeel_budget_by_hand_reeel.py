"""What became of the budgets, and amounts in the prices of one year, reckoned by hand from data/raw, for two quarters.

The tables were worked out from the csv files alone on 2026-11-23. ``23:`` and ``26:`` mark the rows of one quarter. A
change of code that changes one must say why.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from analysis.figure import Figure
from analysis.paths import Project
from analysis.views import Report, personeel_budget
from tests.views.by_hand import EARLY, LATE, at, shown

pytestmark = pytest.mark.xdist_group("personeel-budget-by-hand-reeel")

# 1,400 / 2,000 = 70.0 %; 6,614.96 / 6,028.03 = 109.74 %, and their difference 586.93; realised minus the last budget:
# -1,391 + 1,500 = 109 (HLN gives the budget, the RTBF what came), -1,500 + 2,000 = 500, -1,514.9 + 1,080.1 = -434.8
EXECUTION = """
    # Vorderingensaldo (Brussels Gewest)
    2018 | – | – | −437,3 | – | – | geen
    2018 | 0 | – | – | – | – | na neutralisering
    2019 | – | – | −611 | – | – | geen
    2019 | 0 | – | – | – | – | na neutralisering
    2021 | −1.500 | – | −1.391 | – | +109 ‡ | geen
    2021 | – | −914 | – | – | – | na correcties
    2022 | −1.130 | −1.490 | – | – | – | geen
    26: 2024 | −1.080,1 | – | −1.514,9 | – | −434,8 | geen
    # Begrotingssaldo (Brussels Gewest)
    2022 | −2.000 | – | −1.500 | – | +500 | begrip niet vermeld
    2022 | −536 | – | – | – | – | zonder strategische investeringen
    26: 2024 | – | – | −1.552 | – | – | begrip niet vermeld
    26: 2024 | −950 | – | – | – | – | met strategische investeringen
    26: 2024 | −450 | – | – | – | – | zonder strategische investeringen
    # Netto te financieren saldo (diensten van de Brusselse Regering)
    2020 | – | −2.000 | −1.400 | 70,0 | +600 | geen
    26: 2024 | – | −1.749,5 | – | – | – | geen
    26: 2024 | – | – | −1.648,4 | – | – | zonder bepaalde verrichtingen
    # Ontvangsten van het Gewest (Brussels Gewest)
    2018 | 4.220 | – | – | – | – | geen
    2018 | – | – | 4.700 | – | – | ander begrip volgens de opmerking in de gegevens
    # Ontvangsten met leningen (diensten van de Brusselse Regering)
    2020 | – | 6.028,0 | 6.615,0 | 109,7 | +586,9 | geen
    # Vastleggingskredieten (diensten van de Brusselse Regering)
    2019 | 6.655,7 | 6.601,6 | – | – | – | geen
    # Vereffeningskredieten (diensten van de Brusselse Regering)
    2019 | 6.710,5 | 6.650,5 | – | – | – | geen
    # Onderbenutting van kredieten, zoals bronnen ze vermelden
    2019 | – | 210 | – | – | – | verwacht in de aangepaste begroting
    2021 | – | – | 500 | – | – | achteraf vastgesteld
    2022 | 220 | – | – | – | – | verwacht in de initiële begroting
    23 oktober 2023 | – | – | 166 | – | – | tussenstand in de loop van het jaar
    2023 | 210 | – | – | – | – | verwacht in de initiële begroting
    26: 2024 | – | – | 472 | – | – | achteraf vastgesteld
"""
# the health index of a year is the mean of its twelve months: 101.4542 in 2015, 105.4883 in 2017, 108.9242 in 2019,
# 109.9967 in 2020, 112.2067 in 2021, 122.5883 in 2022, 127.8950 in 2023 and 135.5842 in 2025; of 2018 no month is in
# the data and of 2024 one; 2016 has two months, but grew by 2.09 %: 101.4542 x 1.0209 = 103.5746.
# So 2020 is 109.9967 / 127.8950 = 86.0 with 2023 as 100, and 6,400 of then is 6,400 x 127.8950 / 109.9967 = 7,441
REAL = """
    # Directe schuld van het Gewest (Brussels Gewest)
    23: 2016 | 2.688,0 | 81,0 | 3.319 | geen
    26: 2016 | 2.688,0 | 76,4 | 3.519 | geen
    2018 | 3.400 * | – | – | geen
    23: 2020 | 6.400 | 86,0 | 7.441 | geen
    26: 2020 | 6.400 | 81,1 | 7.889 | geen
    28 februari 2021 | 6.000 | – | – | geen
    23: 2021 | 6.900 | 87,7 | 7.865 | geen
    23: 2022 | 8.850 | 95,9 | 9.233 | geen
    26: 2021 | 6.900 | 82,8 | 8.338 | geen
    26: 2022 | 8.850 | 90,4 | 9.788 | geen
    # Geconsolideerde brutoschuld (Brussels Gewest)
    23: 2015 | 4.700 | 79,3 | 5.925 | geen
    23: 2017 | 4.120 | 82,5 | 4.995 | andere perimeter
    26: 2015 | 4.700 | 74,8 | 6.281 | geen
    26: 2016 | 4.600 | 76,4 | 6.022 | geen
    26: 2017 | 4.120 | 77,8 | 5.295 | andere perimeter
    2018 | 5.200 * | – | – | geen
    23: 2019 | 5.400 | 85,2 | 6.340 | geen
    23: 2020 | 8.900 | 86,0 | 10.348 | geen
    23: 2021 | 9.500 | 87,7 | 10.828 | geen
    23: 2022 | 11.500 | 95,9 | 11.998 | geen
    26: 2019 | 5.400 * | 80,3 | 6.722 | geen
    26: 2020 | 8.900 | 81,1 | 10.970 | geen
    26: 2021 | 9.500 | 82,8 | 11.479 | geen
    26: 2022 | 11.500 | 90,4 | 12.719 | geen
    26: 2023 | 13.300 * | 94,3 | 14.100 | geen
    26: 2024 | 15.600 * | – | – | geen
    # Vorderingensaldo (Brussels Gewest)
    2018 | −437,3 | – | – | geen
    23: 2019 | −611 | 85,2 | −717 | geen
    23: 2020 | −1.234 | 86,0 | −1.435 | begrip niet vermeld
    23: 2021 | −1.391 | 87,7 | −1.585 | geen
    26: 2019 | −611 | 80,3 | −761 | geen
    26: 2020 | −1.234 | 81,1 | −1.521 | begrip niet vermeld
    26: 2021 | −1.391 | 82,8 | −1.681 | geen
    26: 2024 | −1.514,9 | – | – | geen
    # Begrotingssaldo (Brussels Gewest)
    23: 2022 | −1.500 | 95,9 | −1.565 | begrip niet vermeld
    26: 2022 | −1.500 | 90,4 | −1.659 | begrip niet vermeld
    26: 2024 | −1.552 | – | – | begrip niet vermeld
    # Netto te financieren saldo (diensten van de Brusselse Regering)
    2018 | −599,5 | – | – | geen
    2018 | −912,2 | – | – | na correcties
    23: 2019 | −1.100 | 85,2 | −1.292 | geen
    23: 2020 | −1.400 | 86,0 | −1.628 | geen
    26: 2019 | −1.100 | 80,3 | −1.369 | geen
    26: 2020 | −1.400 | 81,1 | −1.726 | geen
    26: 2024 | −1.648,4 | – | – | zonder bepaalde verrichtingen
    # Rente-uitgaven (Brussels Gewest)
    23: 2022 | 145 | 95,9 | 151 | geen
    26: 2016 | 91 | 76,4 | 119 | geen
    26: 2022 | 145 | 90,4 | 160 | geen
    26: 2024 | 399 | – | – | geen
    # Ontvangsten van het Gewest (Brussels Gewest)
    2018 | 4.700 | – | – | ander begrip volgens de opmerking in de gegevens
"""
# the columns that are compared, and their rows
TABLES = {"execution": (7, EXECUTION), "real_terms": (5, REAL)}


@pytest.fixture(scope="module")
def table(project: Project) -> Callable[[str, str], Figure]:
    """A table of a quarter by the name of its view."""
    reports = {quarter: Report(quarter, "nl", project=project) for quarter in (EARLY, LATE)}
    return lambda quarter, name: getattr(personeel_budget, name)(reports[quarter])


@pytest.mark.parametrize("quarter", [EARLY, LATE])
@pytest.mark.parametrize("name", TABLES)
def test_the_table_holds_what_was_reckoned_by_hand(
    table: Callable[[str, str], Figure], quarter: str, name: str
) -> None:
    """Row by row, in order and below the right heading, nothing more and nothing less."""
    columns, block = TABLES[name]
    assert shown(table(quarter, name), columns) == at(block, quarter)


@pytest.mark.parametrize(
    ("quarter", "name", "said"),
    [
        (EARLY, "execution", "Van 2 van de 10 begrotingscijfers"),
        (LATE, "execution", "Van 2 van de 13 begrotingscijfers"),
        (EARLY, "real_terms", "8,85 miljard euro, is 9,23 miljard in prijzen van 2023"),
        (LATE, "real_terms", "8,85 miljard euro, is 9,79 miljard in prijzen van 2025"),  # x 135.5842 / 122.5883
    ],
)
def test_the_title_says_what_the_numbers_say(
    table: Callable[[str, str], Figure], quarter: str, name: str, said: str
) -> None:
    """Counted and reckoned by hand."""
    assert said in table(quarter, name).title.replace("\N{NO-BREAK SPACE}", " ")
