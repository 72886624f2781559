"""The units of the environment indicators, in the report's language."""

from __future__ import annotations

from analysis.language import Words


def unit(words: Words, code: str) -> str:
    """Write a unit; one that is not known here is shown as its source writes it.

    A test holds that every unit of the project's own data is known here.

    >>> unit(Words("fr"), "personen"), unit(Words("fr"), "bezoeken")
    ('personnes', 'bezoeken')
    """
    return (_people(words) | _shares(words) | _amounts(words)).get(code, code)


def _people(words: Words) -> dict[str, str]:
    """Shares of persons and households."""
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
    }


def _shares(words: Words) -> dict[str, str]:
    """Other shares, indices and scores."""
    return {
        "%": "%",
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
        "EUR per maand": words.t("unit: euro per month"),
        "GWh": "GWh",
        "KKS per inwoner": words.t("unit: purchasing power standard per inhabitant"),
        "aantal": words.t("unit: number"),
        "jaar": words.t("unit: years of age"),
        "kg per inwoner": words.t("unit: kg per inhabitant"),
        "miljard EUR": words.t("unit: billion euro"),
        "miljoen": words.t("unit: million"),
        "miljoen EUR": words.t("unit: million euro"),
        "miljoen km": words.t("unit: million km"),
        "ton": words.t("unit: tonnes"),
        "ton CO2-eq per inwoner": words.t("unit: tonnes of CO₂ equivalent per inhabitant"),
        "uur per bestuurder": words.t("unit: hours per driver"),
        "µg/m³": "µg/m³",
    }
