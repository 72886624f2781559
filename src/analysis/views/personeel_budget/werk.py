"""People: what the gathered sources do not give, and absence elsewhere."""

from __future__ import annotations

import pandas as pd
from pandas.api.typing import NaTType

from analysis.figure import Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import people
from analysis.models.sources import best
from analysis.views.facts import employer_name
from analysis.views.personeel_budget import wording
from analysis.views.report import Report, in_every_language

#: Employers whose absence is published, each in its own measure.
_EMPLOYERS = ("FED", "VL")
#: How many years of absence elsewhere are shown per employer.
_ABSENCE_YEARS = 4


@in_every_language
def not_found(report: Report) -> Figure:
    """Say of each topic that a board asks about whether a figure was found in the gathered sources."""
    words, own = report.words, wording.institution(report)
    known = report.now.table("personeel")
    topics = people.known_topics(known, own)
    unknown = int(topics["waarde"].isna().sum())
    single = _single_administrations(report, known)
    return Figure(
        "personeel_budget-not_found",
        "table",
        title=not_found_title(words, unknown, len(topics)),
        subtitle=words.t("{name}, latest figure found", name=wording.institution_name(report)),
        grid=_topic_grid(report, topics, single),
        origins=report.origins(topics, single),
        notes=(
            words.t(
                "{sign} = unknown: not found in the gathered (kept) sources. Of some sources only a part "
                "is kept: the figure may be public all the same. That says nothing about the level itself.",
                sign=UNKNOWN_SIGN,
            ),
        ),
    )


def not_found_title(words: Words, unknown: int, total: int) -> str:
    """Say how many topics have no figure; when none, that all have one."""
    if not unknown:
        return words.t(
            "On all {total} staff topics a figure was found in the gathered sources", total=words.number(total)
        )
    return words.tn(
        "On {n} of {total} staff topics no figure was found in the gathered sources",
        "On {n} of {total} staff topics no figure was found in the gathered sources",
        unknown,
        total=words.number(total),
    )


def _single_administrations(report: Report, known: pd.DataFrame) -> pd.DataFrame:
    """Full-time equivalents of single administrations: a part, not the whole institution."""
    organisations = report.now.table("organisaties")
    codes = organisations[organisations["soort"] == "bestuur"].assign(
        entiteit=lambda rows: rows["organisatie_id"].str.upper()
    )
    rows = known[(known["reeks"] == "vte") & (known["dimensie"] == "")]
    own = wording.institution(report) in set(known.loc[known["dimensie"] == "bestuur", "entiteit"])
    named = report.labelled(codes[["entiteit", "label_nl", "label_fr"]])
    return rows.merge(named, on="entiteit") if own else rows.iloc[0:0].assign(label="")


def _topic_grid(report: Report, topics: pd.DataFrame, single: pd.DataFrame) -> Grid:
    words = report.words
    rows = [
        (_topic(report, row["onderwerp"]), _figure(report, row["waarde"], row["eenheid"]), _year(row["periode_tot"]))
        for row in wording.records(topics)
    ]
    groups = {0: wording.institution_name(report)}
    if len(single):
        groups[len(rows)] = words.t("Single administrations: full-time equivalents")
    parts = [
        (row["label"], _figure(report, row["waarde"], row["eenheid"]), _year(row["periode_tot"]))
        for row in wording.records(single)
    ]
    figure = words.t("Latest figure")
    header = wording.columns([words.t("Topic"), figure, words.t("Year")], [figure])
    return Grid(header, (*rows, *parts), groups if len(single) else {})


def _topic(report: Report, topic: str) -> str:
    words = report.words
    return {
        "gemiddelde_leeftijd": words.t("Average age"),
        "instroom": words.t("New staff in the year"),
        "uitstroom": words.t("Departures"),
        "ziekteverzuim": words.t("Absence through illness"),
        "vte": words.t("Full-time equivalents"),
        "niveau": words.t("Staff per level"),
        "leeftijd": words.t("Staff per age band"),
    }[topic]


def _figure(report: Report, value: float, unit: str) -> str:
    if pd.isna(value):
        return UNKNOWN_SIGN
    words = report.words
    n = wording.amount(words, value)
    return {
        "jaar": words.t("{n} years", n=n),
        "personen": words.t("{n} people", n=n),
        "pct": words.t("{n} %", n=n),
        "vte": words.t("{n} FTE", n=n),
    }.get(unit, n)


def _year(day: pd.Timestamp | NaTType) -> str:
    return UNKNOWN_SIGN if pd.isna(day) else str(day.year)


@in_every_language
def absence_elsewhere(report: Report) -> Figure:
    """Show absence at the federal and the Flemish government, each in its own measure."""
    name, words = "personeel_budget-absence_elsewhere", report.words
    known = people.absence(report.now.table("personeel"), _EMPLOYERS)
    shown = best(report.ranked(known), ["entiteit", "jaar", "eenheid"])
    shown = shown.sort_values(["entiteit", "jaar"]).groupby("entiteit").tail(_ABSENCE_YEARS)
    if not len(shown):
        return wording.nothing(report, name, absence_title(words, shown))
    return Figure(
        name,
        "table",
        title=absence_title(words, shown),
        subtitle=words.t("Absence through illness in %, the last years known"),
        grid=_absence_grid(report, shown),
        origins=report.origins(shown),
        reference=True,
        notes=(
            words.t(
                "Each employer measures in its own way: federal sick days per 100 working days, "
                "Flemish sick days per available days. The levels cannot be ranked."
            ),
            *report.dating_notes(shown),
        ),
    )


def absence_title(words: Words, shown: pd.DataFrame) -> str:
    """Say how high absence was at each other employer in the last year known.

    Args:
        words: the language.
        shown: ``entiteit``, ``jaar`` and ``waarde``; per employer in time.
    """
    if not len(shown):
        return words.t("No absence figures of other governments")
    last = shown.drop_duplicates("entiteit", keep="last")
    latest = [
        words.t(
            "{employer} {share} % in {year}",
            employer=employer_name(words, row["entiteit"]),
            share=words.number(row["waarde"], 1),
            year=row["jaar"],
        )
        for row in wording.records(last)
    ]
    return words.t("Absence elsewhere: {items}. It says nothing about the institution itself", items=words.list(latest))


def _absence_grid(report: Report, shown: pd.DataFrame) -> Grid:
    words, groups = report.words, {}
    for place, code in enumerate(shown["entiteit"]):
        if code not in shown["entiteit"].iloc[:place].tolist():
            groups[place] = _measure(report, code)
    share = words.t("Absence (%)")
    cells = tuple(
        (str(row["jaar"]), words.number(row["waarde"], 2), wording.source_name(report, row["bron_id"]))
        for row in wording.records(shown)
    )
    header = wording.columns([words.t("Year"), share, words.t("Source of the figure")], [share])
    return Grid(header, cells, groups)


def _measure(report: Report, code: str) -> str:
    words = report.words
    return {
        "FED": words.t("Federal government: sick days per 100 working days (Medex)"),
        "VL": words.t("Flemish government: sick days per available days"),
    }[code]
