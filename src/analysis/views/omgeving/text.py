"""How the figure of an indicator is written: value, unit, period, change, neighbours, marks."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from analysis.asof import DERIVED_RULES
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import indicators
from analysis.quarter import Quarter
from analysis.views.facts import period_of, place_name, unit_name


def verdict(words: Words, code: str) -> str:
    """Write which way a figure moved; "" where it did not, or where nobody can tell."""
    return {"goed": words.t("moved: better"), "slecht": words.t("moved: worse")}.get(code, "")


def named(words: Words, label: str, unit_code: str) -> str:
    """Write an indicator's label with its unit."""
    return words.t("{label} ({unit})", label=label, unit=unit_name(words, unit_code))


#: Stands at a period whose figure was dated by a rule, or that may have been revised since.
DATED = "°"


def brief(words: Words, row: pd.Series, name: str = "periode") -> str:
    """Write the period of a row shortly, for a table; the arguments are those of :func:`period_of`."""
    if row["periode_soort"] != "kwartaal" or pd.isna(row[f"{name}_tot"]):
        return period_of(words, row, name)
    quarter = Quarter.of(row[f"{name}_van"].date())
    return words.t("quarter {number} of {year}, in short", number=quarter.number, year=quarter.year)


def is_dated_later(rule: object) -> bool:
    """Say whether a figure's day of publication is derived, or the figure may have been revised since."""
    return rule in DERIVED_RULES


def dated(words: Words, row: pd.Series) -> str:
    """Write the period of a figure shortly, with a sign where its date is derived or it may be revised."""
    told = brief(words, row)
    return words.t("{period} {sign}", period=told, sign=DATED) if is_dated_later(row["bekend_regel"]) else told


def doubted_period(words: Words, row: pd.Series) -> str:
    """Write the period of a latest figure, and what holds for that one figure of its series."""
    told = brief(words, row)
    if row["te_controleren"]:
        return words.t("{text} ({mark})", text=told, mark=words.t("still to be checked"))
    if row["andere_methode"]:
        mark = words.t("counted differently than earlier figures")
        return words.t("{text} ({mark})", text=told, mark=mark)
    return told


def since(words: Words, row: pd.Series) -> str:
    """Write with which period the figure is compared."""
    return words.t("change since {period}", period=brief(words, row, "vorige"))


def amount(words: Words, value: float, unit_code: str, places: int) -> str:
    """Write a value with the short sign of its unit, for use in a sentence."""
    number = words.number(value, places)
    if unit_code.startswith("%"):
        return words.t("rate of {number} %", number=number)
    if unit_code == "EUR":
        return words.t("amount of {number} euro", number=number)
    return number


def change(words: Words, row: pd.Series, places: int) -> str:
    """Write the change with its unit or its relative size, without the period."""
    if pd.isna(row["verandering"]):
        return UNKNOWN_SIGN
    if row["verandering"] == 0:
        return words.t("no change")
    number = words.number(row["verandering"], places, sign=True)
    if str(row["eenheid"]).startswith("%"):
        return points(words, row["verandering"], number)
    if pd.isna(row["verandering_pct"]):
        return number
    relative = words.number(row["verandering_pct"], 1, sign=True)
    return words.t("{number} ({relative} %)", number=number, relative=relative)


def points(words: Words, value: float, number: str) -> str:
    """Write a difference between two percentages (French counts less than two as one)."""
    if abs(value) < 2:
        return words.t("{number} percentage point", number=number)
    return words.t("{number} percentage points", number=number)


def change_cell(words: Words, row: pd.Series, places: int) -> str:
    """Write the change, since when, and whether that is better or worse."""
    if pd.isna(row["verandering"]):
        return UNKNOWN_SIGN
    text = words.t("{change} {since}", change=change(words, row, places), since=since(words, row))
    told = verdict(words, str(row["oordeel"]))
    text = words.t("{text}: {verdict}", text=text, verdict=told) if told else text
    return words.t("{text} (sources differ)", text=text) if row["vorige_conflicten"] > 0 else text


def beside_cell(words: Words, row: pd.Series, neighbours: pd.DataFrame, places: int) -> str:
    """Write Belgium and the other regions; another period than the row's own is named."""
    own = neighbours[neighbours["indicator"] == row["indicator"]]
    texts = []
    for _, other in own.iterrows():
        name, value = place_name(words, other["geo"]), words.number(other["waarde"], places)
        text = words.t("{area} {value}", area=name, value=value)
        if not other["zelfde_periode"]:
            text = words.t("{text} ({period})", text=text, period=brief(words, other))
        texts.append(text)
    return words.joined(texts)


def marks(words: Words, row: pd.Series, as_of: dt.date) -> list[str]:
    """Write what a reader must know about a row: its age, its source, how it was counted."""
    if pd.isna(row["waarde"]):
        return [words.t("no figure known yet")]
    return [text for holds, text in _sayings(words, row, as_of) if holds]


def _sayings(words: Words, row: pd.Series, as_of: dt.date) -> list[tuple[bool, str]]:
    years = indicators.age_years(row["periode_tot"], as_of)
    previous = row["vorige_bron_id"]
    return [
        (row["geo"] != indicators.HOME, words.t("only a Belgian figure")),
        (
            indicators.is_old(row["periode_tot"], as_of),
            words.tn("old: {n} year", "old: {n} years", years),
        ),
        (bool(row["te_controleren"]), words.t("still to be checked")),
        (bool(row["elders"]), words.t("see the chapter on staff and budget")),
        (row["tweede_hand"], words.t("source at second hand")),
        (row["ongeveer"], words.t("estimated or rounded")),
        (row["conflicten"] > 0, words.t("sources give different values")),
        (bool(row["andere_methode"]), words.t("counted differently than earlier figures")),
        (previous not in ("", row["bron_id"]), words.t("earlier figure from another source")),
        (bool(row["seizoen"]), words.t("other season: no verdict")),
    ]
