"""People: what the gathered sources do not give."""

from __future__ import annotations

import pandas as pd
from pandas.api.typing import NaTType

from analysis.figure import Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import people
from analysis.views.personeel_budget import wording
from analysis.views.report import Report, in_every_language


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
            *_told_by_deliveries(report),
            words.t(
                "{sign} = unknown: not found in the gathered (kept) sources. Of some sources only a part "
                "is kept: the figure may be public all the same. That says nothing about the level itself.",
                sign=UNKNOWN_SIGN,
            ),
        ),
    )


def _told_by_deliveries(report: Report) -> tuple[str, ...]:
    """Say that the deliveries tell of staff what no public source does."""
    if not len(report.now.delivered("personeel", report.plan_id)):
        return ()
    return (report.words.t("What the staff department delivered stands further on, apart from these public figures."),)


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
