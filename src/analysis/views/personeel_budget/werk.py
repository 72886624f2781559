"""People: telework with its break, what the gathered sources do not give, and absence elsewhere."""

from __future__ import annotations

from typing import Any

import pandas as pd
from pandas.api.typing import NaTType

from analysis.figure import Figure, Grid
from analysis.language import UNKNOWN_SIGN
from analysis.models import people
from analysis.models.sources import best
from analysis.views.personeel_budget import wording
from analysis.views.report import Report
from analysis.views.theme import spec

#: Employers whose absence is published, each in its own measure.
_EMPLOYERS = ("FED", "VL")
#: How many years of absence elsewhere are shown per employer.
_ABSENCE_YEARS = 4
_STYLE = {
    people.WITH_MOBILE: "ander",
    people.WITHOUT_MOBILE: "een",
    people.UNSPECIFIED: "begroot_initieel",
}


def telework(report: Report) -> Figure:
    """Show the teleworkers as separate series: with and without those who work on the move."""
    name, words = "personeel_budget-telework", report.words
    rows = people.telework(report.now.table("personeel"), wording.institution(report))
    who = wording.institution_name(report)
    if not len(rows):
        title = words.t("{name}: no number of teleworkers was found", name=who)
        return wording.nothing(report, name, title)
    return Figure(
        name,
        "chart",
        title=_telework_title(report, rows),
        subtitle=words.t("{name}, number of teleworkers, and share of the staff", name=who),
        alt=words.t(
            "A bar per year in two separate series. {items}.",
            items=wording.joined(words, _telework_items(report, rows)),
        ),
        grid=_telework_grid(report, rows),
        spec=_telework_spec(report, rows),
        origins=report.origins(rows),
        notes=(*_telework_notes(report, rows), *report.dating_notes(rows)),
    )


def _telework_title(report: Report, rows: pd.DataFrame) -> str:
    words, last = report.words, rows.iloc[-1]
    values = {"value": words.number(last["waarde"]), "year": last["jaar"]}
    if pd.isna(last["aandeel"]):
        title = words.t("{value} people teleworked in {year}", **values)
    else:
        share = words.number(last["aandeel"], 1)
        title = words.t("{share} % of the staff teleworked in {year} ({value} people)", share=share, **values)
    years = people.counted_otherwise(rows)
    if not years:
        return title
    return words.tn(
        "{title}; the figure of {years} counts otherwise",
        "{title}; the figures of {years} count otherwise",
        len(years),
        title=title,
        years=words.list([str(year) for year in years]),
    )


def _scope(report: Report, scope: str) -> str:
    words = report.words
    return {
        people.WITH_MOBILE: words.t("with mobile work"),
        people.WITHOUT_MOBILE: words.t("without mobile work"),
        people.UNSPECIFIED: words.t("kinds not stated"),
    }[scope]


def _telework_items(report: Report, rows: pd.DataFrame) -> list[str]:
    words = report.words
    return [
        words.t(
            "{year}: {value} ({scope})",
            year=row["jaar"],
            value=words.number(row["waarde"]),
            scope=_scope(report, row["telling"]),
        )
        for row in wording.records(rows)
    ]


def _telework_spec(report: Report, rows: pd.DataFrame) -> dict[str, Any]:
    words, before = report.words, ""
    drawn: list[tuple[str, float, str, str]] = []
    for row in wording.records(rows):
        if row["telling"] != before:
            drawn.append((" " * (len(drawn) + 1), 0.0, _series_heading(report, row, before), "een"))
        share = words.t("{n} %", n=words.number(row["aandeel"], 1)) if row["aandeel"] > 0 else ""
        text = " = ".join(part for part in (words.number(row["waarde"]), share) if part)
        drawn.append((str(row["jaar"]), row["waarde"], text, _STYLE[row["telling"]]))
        before = row["telling"]
    frame = pd.DataFrame(drawn, columns=["naam", "waarde", "tekst", "soort"])
    return spec(wording.bars(frame), words, 30 * len(frame))


def _series_heading(report: Report, row: dict[str, Any], before: str) -> str:
    scope = _scope(report, row["telling"])
    return report.words.t("Break in the series: {scope}", scope=scope) if before else scope


def _telework_grid(report: Report, rows: pd.DataFrame) -> Grid:
    words = report.words
    numbers = [words.t("Teleworkers"), words.t("Total in the same source"), words.t("Share (%)")]
    texts = [words.t("Year"), words.t("Count"), *numbers]
    cells = tuple(
        (
            str(row["jaar"]),
            _scope(report, row["telling"]),
            words.number(row["waarde"]),
            words.number(row["totaal"]),
            words.number(row["aandeel"], 1),
        )
        for row in wording.records(rows)
    )
    return Grid(wording.columns(texts, numbers), cells)


def _telework_notes(report: Report, rows: pd.DataFrame) -> tuple[str, ...]:
    words, scopes, notes = report.words, set(rows["telling"]), []
    if {people.WITH_MOBILE, people.WITHOUT_MOBILE} <= scopes:
        notes.append(
            words.t(
                "Break: the older figure also counts people who work on the move, the annual reports "
                "name only occasional and structural telework. The two series are not compared."
            )
        )
    if rows["aandeel"].isna().any():
        notes.append(words.t("No share where the same source does not give the whole staff."))
    return tuple(notes)


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
        title=words.tn(
            "On {n} of {total} staff topics no figure was found in the gathered sources",
            "On {n} of {total} staff topics no figure was found in the gathered sources",
            unknown,
            total=len(topics),
        ),
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


def absence_elsewhere(report: Report) -> Figure:
    """Show absence at the federal and the Flemish government, each in its own measure."""
    name, words = "personeel_budget-absence_elsewhere", report.words
    known = people.absence(report.now.table("personeel"), _EMPLOYERS)
    shown = best(wording.with_rank(report, known), ["entiteit", "jaar", "eenheid"])
    shown = shown.sort_values(["entiteit", "jaar"]).groupby("entiteit").tail(_ABSENCE_YEARS)
    if not len(shown):
        return wording.nothing(report, name, words.t("No absence figures of other governments"))
    return Figure(
        name,
        "table",
        title=_absence_title(report, shown),
        subtitle=words.t("Absence through illness in %, the last years known"),
        grid=_absence_grid(report, shown),
        origins=report.origins(shown),
        notes=(
            words.t(
                "Each employer measures in its own way: federal sick days per 100 working days, "
                "Flemish sick days per available days. The levels cannot be ranked."
            ),
            *report.dating_notes(shown),
        ),
    )


def _absence_title(report: Report, shown: pd.DataFrame) -> str:
    words = report.words
    last = shown.drop_duplicates("entiteit", keep="last")
    latest = [
        words.t(
            "{employer} {share} % in {year}",
            employer=_employer(report, row["entiteit"]),
            share=words.number(row["waarde"], 1),
            year=row["jaar"],
        )
        for row in wording.records(last)
    ]
    return words.t("Absence elsewhere: {items}. It says nothing about the institution itself", items=words.list(latest))


def _employer(report: Report, code: str) -> str:
    words = report.words
    return {"FED": words.t("federal government"), "VL": words.t("Flemish government")}[code]


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
