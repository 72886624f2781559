"""Assumptions: what Krachtlijn itself chose, why, and the limits that it uses."""

from __future__ import annotations

import pandas as pd

from analysis import asof
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN
from analysis.models import ages, boordtabel, changes, decisions, disagreement, indicators
from analysis.views.gegevens import wording
from analysis.views.omgeving import chart
from analysis.views.personeel_budget import aantal
from analysis.views.report import Report, in_every_language

_OWN = "eigen"
#: Tables of our own that are shown with their reasons, or hold no choice.
_ELSEWHERE = ("bronnen", "correcties")
#: Tables whose reasons are listed.
_REASONED = ("correcties", "doelen_datering")


@in_every_language
def choices(report: Report) -> Figure:
    """Table: the tables whose rows are Krachtlijn's own, and what each decides."""
    words, known = report.words, wording.known(report)
    sources = report.now.table("bronnen")
    own = set(sources.loc[sources["soort"] == _OWN, "bron_id"])
    found = {name: rows[rows["bron_id"].isin(own)] for name, rows in known.items() if "bron_id" in rows}
    found = {name: rows for name, rows in found.items() if len(rows) and name not in _ELSEWHERE}
    lines = tuple(
        (wording.title(report, name), words.number(len(rows)), _decides(report, name, rows))
        for name, rows in found.items()
    )
    total = sum(len(rows) for rows in found.values())
    return Figure(
        "gegevens-keuzes",
        "table",
        title=words.tn(
            "{n} row of the data is Krachtlijn’s own choice", "{n} rows of the data are Krachtlijn’s own choice", total
        ),
        subtitle=words.t("Number of rows as known on {date}, of all plans", date=words.date(report.as_of)),
        grid=Grid(
            wording.columns([words.t("Table")], [words.t("Known rows")], [words.t("What is chosen in it")]), lines
        ),
        origins=report.origins(*found.values()),
    )


def _decides(report: Report, table: str, rows: pd.DataFrame) -> str:
    words = report.words
    if table == "reeksbreuken":
        return words.tn(
            "Which figures of {n} series are counted otherwise than the rest, and never compared with it.",
            "Which figures of {n} series are counted otherwise than the rest, and never compared with them.",
            len(rows.drop_duplicates(["tabel", "reeks", "geo"])),
        )
    return {
        "bron_soorten": words.t("Which kind of source is shown first when figures differ."),
        "licenties": words.t("How the licence of a source is called in both languages."),
        "indicatoren": words.t("Name, good direction, usual delay and definition of each series."),
        "uitdaging_indicatoren": words.t("Which indicators show a challenge best."),
        "verversingen": words.t("Where Eurostat and Statbel publish a series, so that it can be brought up to date."),
        "doelen_datering": words.t("Since when an official target was known."),
        "swot_doelstellingen": words.t("Which objective answers an item of the SWOT."),
        "swot_uitdagingen": words.t("In which item of the SWOT a challenge comes back."),
        "swot_reeksen": words.t(
            "Which series of figures says something of an item of the SWOT, and which side is good."
        ),
        "actie_caf": words.t("To which criterion of the CAF an action contributes."),
        "bewijs_hervorming": words.t("Which event shows that a reform took over an action."),
    }.get(table, UNKNOWN_SIGN)


@in_every_language
def reasons(report: Report) -> Figure:
    """Table: the reasons behind corrections and behind the dating of official targets."""
    words, known = report.words, wording.known(report)
    parts = (
        (words.t("Corrected cells"), _corrected(report, known["correcties"])),
        (words.t("Since when official targets were known"), _targets(report, known["doelen_datering"])),
    )
    lines: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for heading, rows in parts:
        if rows:
            groups[len(lines)] = heading
            lines += rows
    sizes = [len(known[name]) for name in _REASONED]
    if not lines:
        said = words.t("No correction and no dating of a target counts on {date}.", date=words.date(report.as_of))
        return Figure("gegevens-redenen", "sentences", title=words.t("No reasons to give"), sentences=(said,))
    return Figure(
        "gegevens-redenen",
        "table",
        title=words.t(
            "{corrected} and {targets} rest on a reason of Krachtlijn",
            corrected=words.tn("{n} corrected cell", "{n} corrected cells", sizes[0]),
            targets=words.tn("the dating of {n} target", "the dating of {n} targets", sizes[1]),
        ),
        subtitle=words.t("Number of cells or targets, as known on {date}", date=words.date(report.as_of)),
        grid=Grid(
            (Column(words.t("Reason"), language="nl"), Column(words.t("Number"), "number"), Column(words.t("Where"))),
            tuple(lines),
            groups,
        ),
        origins=report.origins(*(known[name] for name in _REASONED)),
        notes=_reason_notes(report),
    )


def _reason_notes(report: Report) -> tuple[str, ...]:
    words = report.words
    told = words.t("What a corrected cell held before is not repeated: it may be the name of a private person.")
    dutch = words.t("The reasons stand in the data in Dutch only.")
    return (told, *([dutch] if report.language != "nl" else []))


def _corrected(report: Report, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    found = rows.groupby("reden", sort=False)
    ordered = sorted(found, key=lambda item: -len(item[1]))
    return [
        (str(reason), report.words.number(len(own)), _joined(report, [wording.title(report, t) for t in own["tabel"]]))
        for reason, own in ordered
    ]


def _targets(report: Report, rows: pd.DataFrame) -> list[tuple[str, ...]]:
    register = report.labelled(report.now.table("indicatoren"))
    labels = register[register["tabel"] == "omgeving"].set_index("reeks")["label"]
    ordered = sorted(rows.groupby("motivering", sort=False), key=lambda item: -len(item[1]))
    return [
        (str(reason), report.words.number(len(own)), _joined(report, [labels[code] for code in own["indicator"]]))
        for reason, own in ordered
    ]


def _joined(report: Report, names: list[str]) -> str:
    return report.words.joined(list(dict.fromkeys(names)))


@in_every_language
def thresholds(report: Report) -> Figure:
    """Table: the limits that the report's rules use, as they stand in the code and the parameters."""
    words = report.words
    lines = tuple((text, words.number(value), unit) for text, value, unit in _limits(report))
    return Figure(
        "gegevens-drempels",
        "table",
        title=words.tn(
            "{n} limit decides what this report says", "{n} limits decide what this report says", len(lines)
        ),
        subtitle=words.t("The values with which this report was made"),
        grid=Grid(wording.columns([words.t("Limit")], [words.t("Limit value")], [words.t("Limit unit")]), lines),
        origins=wording.own_origin(report),
        notes=(_lags(report),),
    )


def _limits(report: Report) -> list[tuple[str, int, str]]:
    words = report.words
    days, months, years = words.t("days"), words.t("months"), words.t("years")
    after = (report.as_of - report.quarter.end).days
    return [
        (
            words.t("The report looks at the world so long after its quarter"),
            after,
            days,
        ),
        (words.t("An action under way without news for longer is silent"), changes.SILENT_DAYS, days),
        (
            words.t("With a trace of fewer actions too little is known of a krachtlijn"),
            round(100 * boordtabel.KNOWN_SHARE),
            "%",
        ),
        (
            words.t("From so long before its end a plan asks what comes next"),
            decisions.END_QUARTERS,
            words.t("quarters"),
        ),
        (words.t("A figure or table that is older is old"), indicators.OLD_YEARS, years),
        (words.t("A table that is older is no longer recent"), ages.RECENT_MONTHS, months),
        (words.t("So far back the same season is looked for"), indicators.SEASON_YEARS, years),
        (
            words.t("So many periods with one publication date are a later version of a series"),
            asof.SNAPSHOT_PERIODS,
            words.t("periods"),
        ),
        (words.t("With fewer measurements no line is drawn"), chart.MINIMUM, words.t("measurements")),
        (words.t("A larger difference in staff may be another perimeter"), round(100 * aantal.PERIMETER_GAP), "%"),
        (words.t("So many digits of a round number count"), disagreement.ROUND_DIGITS, words.t("digits")),
    ]


def _lags(report: Report) -> str:
    words, lags = report.words, wording.known(report)["indicatoren"]["vertraging_dagen"].dropna()
    return words.t(
        "The usual delay between a period and its publication is set per series: from {low} to {high} days, "
        "half of them at most {middle}.",
        low=words.number(int(lags.min())),
        high=words.number(int(lags.max())),
        middle=words.number(float(lags.median())),
    )
