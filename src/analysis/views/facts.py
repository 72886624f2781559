"""How a row of the three tables of facts (environment, staff, budget) is written, for every chapter that shows one.

The tables write the same unit and the same place with codes of their own; a reader meets one word for each.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.language import UNKNOWN_SIGN, Words


def period_of(words: Words, row: Mapping[str, Any] | pd.Series, name: str = "periode") -> str:
    """Write the period of a row as precisely as its source does.

    Args:
        words: the language.
        row: holds ``<name>_van``, ``<name>_tot`` (NaT when unknown) and ``periode_soort``.
        name: ``periode`` or ``vorige``.

    >>> row = {"periode_soort": "maand", "periode_van": pd.Timestamp(2022, 6, 1),
    ...     "periode_tot": pd.Timestamp(2022, 6, 30)}
    >>> period_of(Words("nl"), row)
    'juni 2022'
    """
    return words.period(row[f"{name}_van"], row[f"{name}_tot"], str(row["periode_soort"]))


def place_name(words: Words, code: str) -> str:
    """Write whom a figure is about: an area, or an entity as the data names it.

    >>> place_name(Words("nl"), "BE2"), place_name(Words("nl"), "BHG"), place_name(Words("nl"), "Net_Brussel")
    ('Vlaanderen', 'Brussels Gewest', 'Net Brussel')
    """
    areas = {
        "BE10": words.t("area: Brussels Region"),
        "BHG": words.t("area: Brussels Region"),
        "BE": words.t("area: Belgium"),
        "BE2": words.t("area: Flanders"),
        "BE3": words.t("area: Wallonia"),
    }
    return areas.get(code, code.replace("_", " "))


def employer_name(words: Words, code: str) -> str:
    """Write the name of an employer, the other governments in full.

    Only for ``entiteit``: where people live, ``VL`` is Flanders.

    >>> employer_name(Words("nl"), "VL"), employer_name(Words("nl"), "GOB")
    ('Vlaamse overheid', 'GOB')
    """
    governments = {
        "FED": words.t("federal government"),
        "VL": words.t("Flemish government"),
        "WAL": words.t("Walloon government"),
        "WAL_FWB": words.t("Wallonia and the French Community"),
        "PRIVE": words.t("private sector"),
        "BHG_ION": words.t("public bodies of the Brussels Region"),
        "BHG_ambtenarij": words.t("civil service of the Brussels Region"),
        "MIVB": words.t("MIVB, public transport of Brussels"),
        "Net_Brussel": words.t("Net Brussel, cleanliness"),
        "citydev": words.t("citydev.brussels"),
        "parking.brussels": words.t("parking.brussels"),
    }
    return governments.get(code) or place_name(words, code)


def decimals(unit_code: str, *values: float) -> int:
    """Return how many decimals a row needs: none from a thousand on, else one (billions two).

    >>> decimals("% bevolking", 37.3, 16.54), decimals("personen", 62234.0, float("nan"))
    (1, 0)
    """
    known = [abs(float(value)) for value in values if not math.isnan(value)]
    if max(known, default=0) >= 1000 or all(value.is_integer() for value in known):
        return 0
    tenths = all(round(10 * value, 6).is_integer() for value in known)
    return 1 if tenths or not unit_code.startswith("miljard") else 2


def with_unit(words: Words, value: object, code: str) -> str:
    """Write a value with its unit; a text such as a rating as it is.

    >>> with_unit(Words("nl"), 54.31, "% bevolking"), with_unit(Words("nl"), "AA-", "rating")
    ('54,3 %', 'AA-')
    """
    try:
        known = float(str(value))
    except ValueError:
        return str(value)
    if math.isnan(known):
        return UNKNOWN_SIGN
    written, unit = words.number(known, decimals(code, known)), short_unit(words, code)
    return words.t("{number} {unit}", number=written, unit=unit) if unit else written


def short_unit(words: Words, code: str) -> str:
    """Write a unit as it stands behind a number; "" for a count or a grade.

    >>> [short_unit(Words("nl"), code) for code in ("% bevolking", "aantal", "EUR_mln")]
    ['%', '', 'miljoen euro']
    """
    if code in ("aantal", "rating"):
        return ""
    return "%" if code.startswith("%") else unit_name(words, code)


def unit_name(words: Words, code: str) -> str:
    """Write a unit in full; one that is not known here is shown as its source writes it.

    A test holds that every unit of the project's own data on the environment is known here.

    >>> unit_name(Words("fr"), "personen"), unit_name(Words("fr"), "werkplek_per_vte")
    ('personnes', 'werkplek per vte')
    """
    known = _people(words) | _shares(words) | _amounts(words)
    return known.get(code, code.replace("_", " "))


def _people(words: Words) -> dict[str, str]:
    """Persons and households, and shares of them."""
    return {
        "% beroepsbevolking": words.t("unit: % of the labour force"),
        "% beroepsbevolking 15-64": words.t("unit: % of the labour force aged 15-64"),
        "% bevolking": words.t("unit: % of the population"),
        "% bevolking 15-64": words.t("unit: % of the population aged 15-64"),
        "% bevolking 16-74": words.t("unit: % of the population aged 16-74"),
        "% bevolking 20-64": words.t("unit: % of the population aged 20-64"),
        "% huishoudens": words.t("unit: % of households"),
        "% huishoudens met internet": words.t("unit: % of households with internet"),
        "% ingeschreven kiezers": words.t("unit: % of registered voters"),
        "% inwoners": words.t("unit: % of inhabitants"),
        "% leeftijdsgroep": words.t("unit: % of the age group"),
        "% leerlingen": words.t("unit: % of pupils"),
        "% personeel": words.t("unit: % of staff"),
        "% respondenten": words.t("unit: % of respondents"),
        "% volwassenen": words.t("unit: % of adults"),
        "huishoudens": words.t("unit: households"),
        "per miljoen inwoners": words.t("unit: per million inhabitants"),
        "personen": words.t("unit: persons"),
        "personen getelde nacht": words.t("unit: persons on the night of the count"),
        "vte": words.t("unit: full-time equivalents"),
    }


def _shares(words: Words) -> dict[str, str]:
    """Other shares, indices and scores."""
    return {
        "%": "%",
        "pct": "%",
        "% bruto finaal verbruik": words.t("unit: % of gross final energy consumption"),
        "% directe uitstoot": words.t("unit: % of direct emissions"),
        "% ontvangsten": words.t("unit: % of receipts"),
        "% oppervlakte": words.t("unit: % of the surface"),
        "% ritten": words.t("unit: % of journeys"),
        "% t.o.v. 2005": words.t("unit: % compared with 2005"),
        "% t.o.v. vorig jaar": words.t("unit: % compared with the year before"),
        "% totale koolstofvoetafdruk": words.t("unit: % of the total carbon footprint"),
        "% totale ontvangsten": words.t("unit: % of total receipts"),
        "% uitgebrachte stemmen": words.t("unit: % of votes cast"),
        "% van cohorte": words.t("unit: % of the cohort"),
        "% verplaatsingen inwoners": words.t("unit: % of trips by inhabitants"),
        "index (1990=100)": words.t("unit: index, 1990 = 100"),
        "index (2013=100)": words.t("unit: index, 2013 = 100"),
        "index (jan 2008=100)": words.t("unit: index, January 2008 = 100"),
        "kwalitatief doel": words.t("unit: no number"),
        "procentpunt": words.t("unit: percentage points"),
        "score op 10": words.t("unit: score out of 10"),
    }


def _amounts(words: Words) -> dict[str, str]:
    """Money, weights, distances, years."""
    return {
        "EUR": words.t("unit: euro"),
        "eur": words.t("unit: euro"),
        "EUR per maand": words.t("unit: euro per month"),
        "GWh": "GWh",
        "KKS per inwoner": words.t("unit: purchasing power standard per inhabitant"),
        "aantal": words.t("unit: number"),
        "jaar": words.t("unit: years of age"),
        "kg per inwoner": words.t("unit: kg per inhabitant"),
        "miljard EUR": words.t("unit: billion euro"),
        "mrd_eur": words.t("unit: billion euro"),
        "miljoen": words.t("unit: million"),
        "miljoen EUR": words.t("unit: million euro"),
        "EUR_mln": words.t("unit: million euro"),
        "mln_eur": words.t("unit: million euro"),
        "miljoen km": words.t("unit: million km"),
        "ton": words.t("unit: tonnes"),
        "ton CO2-eq per inwoner": words.t("unit: tonnes of CO₂ equivalent per inhabitant"),
        "uur per bestuurder": words.t("unit: hours per driver"),
        "µg/m³": "µg/m³",
    }
