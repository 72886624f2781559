"""The figures on the environment, held against numbers that were read in data/raw by eye, for two quarters.

Each line is an indicator that is linked to a challenge: the latest figure that was public, the one it is compared with
(where there is one that may be compared), and whether that is good or bad. They were looked up in the raw files on
2026-11-23, with the rules of the as-of date and of the sources at hand. A change of code that changes one must say why.
"""

from __future__ import annotations

import math

import pandas as pd
import pytest

from analysis.paths import Project
from analysis.views import Report, omgeving
from analysis.views.omgeving import data

pytestmark = pytest.mark.xdist_group("omgeving-by-hand")

EARLY = """
    wachtlijst_sociale_huisvesting | BE10 2023 53801 | 2013 36500 | slecht
    woningprijs_appartement_mediaan | BE10 2022 254000 | 2021 240000 | -
    vergunde_nieuwe_woningen_kwartaal | BE10 2023Q3 672 | 2022Q3 1001 | -
    toegang_groen_nabij | BE10 2020 74
    bevolking | BE10 2022 1222637 | 2021 1219970 | -
    broeikasgasuitstoot | onbekend
    fijn_stof_pm25 | BE10 2022 10.3 | 2020 9.4 | slecht
    aandeel_gebouwen_broeikasgas | BE10 2020 55 | 2019 54 | -
    werkloosheidsgraad_15_64 | BE10 2023Q2 11.3 | 2022Q2 12 | goed
    werkzaamheidsgraad_15_64 | BE10 2023Q2 59.9 | 2022Q2 59.5 | goed
    nwwz | BE10 2023-12 92053 | 2022-12 87075 | slecht
    faillissementen | BE10 2022 1776 | 2017 2639 | goed
    btw_starters | BE10 2022 11530 | 2021 10453 | goed
    mivb_ritten | BE10 2022 338 | 2021 273.8 | goed
    modal_split_auto | BE10 2022 27
    modal_split_fiets | BE10 2022 8.6
    mivb_tevredenheid | BE10 2021 7.3 | 2020 7.3 | gelijk
    vertrouwen_brusselse_regering | BE10 2018 25
    vertrouwen_gemeenten | BE10 2018 40
    lokaal_bestuur_houdt_rekening_met_burgers | onbekend
    lokaal_bestuur_klachten_doeltreffend | onbekend
    finaal_energieverbruik | BE10 2021 18404.56 | 2020 17625 | slecht
    vergunde_renovaties_woongebouwen_kwartaal | BE10 2023Q3 422 | 2022Q3 434 | slecht
    aandeel_hernieuwbare_energie | BE10 2014 2.3
    huishoudelijk_afval_per_inwoner | BE10 2020 282 | 2017 272 | slecht
    selectieve_inzameling | BE10 2020 40
    afval_ingezameld_net_brussel | BE10 2020 458076 | 2017 487077 | goed
    aandeel_transport_broeikasgas | BE10 2020 24
    mivb_afgelegde_km | BE10 2022 52.7
    gebruikers_voedselhulp | BE10 2015 32000
    subsidie_voedselhulp_ggc | onbekend
    aanbevolen_groenten | BE 2018 38
    overgewicht | BE 2018 49.3
    levensverwachting_geboorte_statbel | BE10 2022 81.6 | 2019 81.6 | gelijk
    armoede_of_sociale_uitsluiting | BE10 2022 38.8 | 2021 34.9 | slecht
    beschikbaar_inkomen_per_inwoner | BE10 2017 16900 | 2016 16600 | goed
    digitale_kwetsbaarheid_16_74 | BE10 2021 39
    dak_en_thuislozen | onbekend
    inspraak_lokaal_bestuur_mogelijk | onbekend
    afwezigheid_gewestverkiezing | BE10 2019 16.54 | 2014 16.38 | slecht
    geconsolideerde_brutoschuld | BE10 2021 9.5
    tekort_regering | BE10 2021 900
    directe_schuld | BE10 2021 6.9
    intrestlasten | onbekend
    gezondheidsindex_kwartaal | BE 2023Q4 128.793 | 2022Q4 127.75 | -
    financieringssaldo | BE10 2020 -1234
    begroting_tekort_raming | onbekend
    begroting_uitgaven | onbekend
    directe_schuld_prognose | BE10 2025 10.1
    personeel_gewestelijke_overheid | onbekend
    aandeel_statutair | onbekend
    aandeel_woonachtig_in_gewest | onbekend
    overheid_werkt_samen_met_middenveld | onbekend
    toegang_begrotingscijfers_waarschijnlijk | onbekend
    corruptiebestrijding_overheid_doeltreffend | onbekend
"""
LATE = """
    wachtlijst_sociale_huisvesting | BE10 2026-02 62234 | 2025-01 55572 | slecht
    woningprijs_appartement_mediaan | BE10 2024 260000 | 2023 255100 | -
    vergunde_nieuwe_woningen_kwartaal | BE10 2025Q1 447 | 2024Q1 948 | -
    toegang_groen_nabij | BE10 2020 74
    bevolking | BE10 2026 1255834 | 2025 1255795 | -
    broeikasgasuitstoot | BE10 2022 -27
    fijn_stof_pm25 | BE10 2024 7.4
    aandeel_gebouwen_broeikasgas | BE10 2020 55 | 2019 54 | -
    werkloosheidsgraad_15_64 | BE10 2025Q1 14.2 | 2024Q1 11.9 | slecht
    werkzaamheidsgraad_15_64 | BE10 2025Q1 56.9 | 2024Q1 58.3 | slecht
    nwwz | BE10 2026-08 99458 | 2023-08 90222 | slecht
    faillissementen | BE10 2025 2184 | 2024 1923 | slecht
    btw_starters | BE10 2023 10544 | 2022 11530 | slecht
    mivb_ritten | BE10 2024 401.9 | 2023 375.8 | goed
    modal_split_auto | BE10 2022 27
    modal_split_fiets | BE10 2022 8.6
    mivb_tevredenheid | BE10 2023 7.3 | 2021 7.3 | gelijk
    vertrouwen_brusselse_regering | BE10 2018 25
    vertrouwen_gemeenten | BE10 2018 40
    lokaal_bestuur_houdt_rekening_met_burgers | BE10 2024 36.05
    lokaal_bestuur_klachten_doeltreffend | BE10 2024 48.99
    finaal_energieverbruik | BE10 2021 18404.56 | 2020 17625 | slecht
    vergunde_renovaties_woongebouwen_kwartaal | BE10 2025Q1 304 | 2024Q1 394 | slecht
    aandeel_hernieuwbare_energie | BE10 2014 2.3
    huishoudelijk_afval_per_inwoner | BE10 2020 282 | 2017 272 | slecht
    selectieve_inzameling | BE10 2020 40
    afval_ingezameld_net_brussel | BE10 2020 458076 | 2017 487077 | goed
    aandeel_transport_broeikasgas | BE10 2020 24
    mivb_afgelegde_km | BE10 2023 53.5 | 2022 52.7 | goed
    gebruikers_voedselhulp | BE10 2024 90000
    subsidie_voedselhulp_ggc | BE10 2024 762722 | 2019 120000 | -
    aanbevolen_groenten | BE 2018 38
    overgewicht | BE 2023 49
    levensverwachting_geboorte_statbel | BE10 2023 82.2 | 2022 81.6 | goed
    armoede_of_sociale_uitsluiting | BE10 2025 37.3
    beschikbaar_inkomen_per_inwoner | BE10 2017 16900 | 2016 16600 | goed
    digitale_kwetsbaarheid_16_74 | BE10 2023 36 | 2021 39 | goed
    dak_en_thuislozen | BE10 2024 9777 | 2022 7134 | slecht
    inspraak_lokaal_bestuur_mogelijk | BE10 2024 66.54
    afwezigheid_gewestverkiezing | BE10 2019 16.54 | 2014 16.38 | slecht
    geconsolideerde_brutoschuld | BE10 2024 15.65
    tekort_regering | BE10 2025 1241
    directe_schuld | BE10 2021 6.9
    intrestlasten | BE10 2024 399
    gezondheidsindex_kwartaal | BE 2025Q4 136.313 | 2023Q4 128.793 | -
    financieringssaldo | BE10 2020 -1234
    begroting_tekort_raming | BE10 2026 957
    begroting_uitgaven | BE10 2026 7613
    directe_schuld_prognose | BE10 2025 10.1
    personeel_gewestelijke_overheid | BE10 2023 11232
    aandeel_statutair | BE10 2023 48
    aandeel_woonachtig_in_gewest | BE10 2023 52.2
    overheid_werkt_samen_met_middenveld | BE10 2024 47.67
    toegang_begrotingscijfers_waarschijnlijk | BE10 2024 36.04
    corruptiebestrijding_overheid_doeltreffend | BE10 2024 28.83
"""


def line(row: pd.Series) -> str:
    """What is known of an indicator, as the blocks above write it."""
    if math.isnan(row["waarde"]):
        return f"{row['indicator']} | onbekend"
    told = f"{row['indicator']} | {row['geo']} {row['periode']} {row['waarde']:.10g}"
    if math.isnan(row["vorige_waarde"]):
        return told
    verdict = "-" if row["oordeel"] == "geen" else row["oordeel"]
    return f"{told} | {row['vorige_periode']} {row['vorige_waarde']:.10g} | {verdict}"


@pytest.mark.parametrize(("quarter", "block"), [("2023Q4", EARLY), ("2026Q3", LATE)])
def test_the_figures_are_those_that_were_read_in_the_raw_data(project: Project, quarter: str, block: str) -> None:
    """Every linked indicator, in order, nothing more and nothing less."""
    report = Report(quarter, "nl", project=project)
    found = data.current(report, data.linked(report)["indicator"].tolist())
    assert [line(row) for _, row in found.iterrows()] == [text.strip() for text in block.strip().splitlines()]


def test_the_tables_show_these_figures(project: Project) -> None:
    """A few cells as a reader sees them: the cell of the figure, its period and the change, reckoned by hand."""
    report = Report("2026Q3", "nl", project=project)
    cells = {row[0].split(" (")[0]: row for code in ("economie_werk", "leefkwaliteit") for row in _rows(report, code)}
    unemployment = cells["Werkloosheidsgraad 15-64 per kwartaal"]
    assert unemployment[1] == "14,2"
    assert "+2,3" in unemployment[3]  # 14.2 - 11.9
    assert "slechter" in unemployment[3]
    waiting = cells["Wachtlijst voor sociale huisvesting"]
    assert waiting[1] == "62.234"
    assert "+6.662 (+12,0" in waiting[3].replace("\N{NO-BREAK SPACE}", " ")  # 62,234 - 55,572; 6,662 / 55,572


def _rows(report: Report, code: str) -> tuple[tuple[str, ...], ...]:
    grid = omgeving.challenge(report, code).grid
    assert grid is not None
    return grid.rows
