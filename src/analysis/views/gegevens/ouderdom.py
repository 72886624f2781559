"""How old the data are, table by table."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import UNKNOWN_SIGN
from analysis.models import ages as model
from analysis.models.ages import RECENT_MONTHS, Age
from analysis.models.indicators import OLD_YEARS
from analysis.views.gegevens import wording
from analysis.views.report import Report, in_every_language

#: Columns that tell sources, units or wordings apart, not what a series is about.
_NO_SERIES = ("bron_id", "datum", "gebeurtenis", "soort", "eenheid")


@in_every_language
def ages(report: Report) -> Figure:
    """Table: the tables with dates, the oldest first, and how many of their series are old."""
    words, known = report.words, wording.known(report)
    found = _facts(report) | _published(report, known)
    ordered = sorted(found.items(), key=lambda item: -(item[1].months if item[1].months is not None else float("inf")))
    heads = [words.t("Age (months)"), words.t("Series with an old latest figure")]
    return Figure(
        "gegevens-ouderdom",
        "table",
        title=_title(report, found),
        subtitle=words.t(
            "Months from the end of the youngest period to {date}, or from the youngest publication where rows "
            "have no period",
            date=words.date(report.as_of),
        ),
        grid=Grid(
            wording.columns(
                [words.t("Table")], heads, [words.t("Verdict"), words.t("Periods"), words.t("Youngest publication")]
            ),
            tuple(_cells(report, name, age) for name, age in ordered),
        ),
        origins=wording.own_origin(report),
        notes=_notes(report, found),
    )


def _facts(report: Report) -> dict[str, Age]:
    found = {}
    for name, table in report.now.package.tables.items():
        if table.series:
            series = [column for column in table.series if column not in _NO_SERIES]
            found[name] = model.of_facts(report.now.table(name), series, table.period, report.as_of)
    return found


def _published(report: Report, known: dict[str, pd.DataFrame]) -> dict[str, Age]:
    """Return the age of the plan that the report follows, and of the official targets."""
    plans = known["plannen"]
    return {
        "plannen": model.of_publication(plans[plans["plan_id"] == report.plan_id], report.as_of),
        "omgeving_doelen": model.of_publication(known["doelen_datering"], report.as_of),
    }


def _name(report: Report, table: str) -> str:
    """Of the plans only the one that the report follows has an age here."""
    if table != "plannen":
        return wording.title(report, table)
    plans = report.now.table("plannen")
    return report.label(plans[plans["plan_id"] == report.plan_id].iloc[0])


def _cells(report: Report, table: str, age: Age) -> tuple[str, ...]:
    words = report.words
    return (
        _name(report, table),
        words.number(age.months),
        words.t("{old} of {total} series", old=words.number(age.old_series), total=words.number(age.series))
        if age.series
        else UNKNOWN_SIGN,
        _verdict(report, age),
        _span(report, age),
        _publication(report, age),
    )


def _publication(report: Report, age: Age) -> str:
    words = report.words
    if age.published is None:
        return words.t("day unknown")
    return str(age.published.year) if age.year_only else words.month(age.published)


def _verdict(report: Report, age: Age) -> str:
    words = report.words
    return {
        "recent": words.t("age: recent"),
        "ouder": words.t("age: over a year"),
        "oud": words.t("age: old"),
        "onbekend": words.t("age: unknown"),
    }[model.verdict(age.months)]


def _span(report: Report, age: Age) -> str:
    words = report.words
    if age.oldest is None or age.youngest is None:
        return UNKNOWN_SIGN
    return words.t("from {first} to {last}", first=str(age.oldest.year), last=words.month(age.youngest))


def _title(report: Report, found: dict[str, Age]) -> str:
    words = report.words
    series, old = (sum(values) for values in zip(*((a.series, a.old_series) for a in found.values()), strict=True))
    if not series:
        return words.t("No dated fact is known yet")
    return words.t(
        "Of {old} of the {total} series the latest figure is more than {years} years old",
        old=words.number(old),
        total=words.number(series),
        years=words.number(OLD_YEARS),
    )


def _notes(report: Report, found: dict[str, Age]) -> tuple[str, ...]:
    words, package = report.words, report.now.package
    ahead = sum(age.ahead for age in found.values())
    notes = [
        words.t(
            "Recent: at most {months} months; old: more than {years} years. A series is one indicator of one area or "
            "organisation; of the evidence, one action.",
            months=words.number(RECENT_MONTHS),
            years=words.number(OLD_YEARS),
        )
    ]
    if ahead:
        notes.append(
            words.tn(
                "{n} fact about a period that is not over (plan, budget, estimate) does not count as the youngest.",
                "{n} facts about a period that is not over (plans, budgets, estimates) do not count as the youngest.",
                ahead,
            )
        )
    undated = words.number(len(package.tables) - len(found))
    if package.collected <= report.as_of:
        day = words.date(package.collected)
        notes.append(
            words.t("The other {n} tables have no dates: they are as collected up to {date}.", n=undated, date=day)
        )
    else:
        notes.append(words.t("The other {n} tables have no dates of their own.", n=undated))
    if package.refreshed and package.refreshed <= report.as_of:
        notes.append(
            words.t("Since then series were brought up to date, last on {date}.", date=words.date(package.refreshed))
        )
    return tuple(notes)
