"""People: how many of today's staff reach the age of retirement in the coming years."""

from __future__ import annotations

import math

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered import cohorts, staff
from analysis.views import theme
from analysis.views.personeel_budget import mensen, wording
from analysis.views.personeel_budget.leeftijd import held_notes, known_ages
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common

NAME = "personeel_budget-pensioen"
#: Height of the chart in pixels, and how many years ahead the title looks.
HEIGHT, AHEAD = 240, 5


@in_every_language
def retirements(report: Report) -> Figure:
    """Show how many of today's staff reach the age of retirement by the end of each coming year."""
    if none := mensen.nothing(report, NAME, staff.STAFF):
        return none
    found = known_ages(report)
    if found is None:
        return mensen.absent(report, NAME)
    words = report.words
    legal, early = (
        cohorts.projection(found.bands, found.total, found.quarter, age) for age in (cohorts.legal, cohorts.early)
    )
    return Figure(
        NAME,
        "chart",
        title=retirement_title(words, legal, found.total),
        subtitle=words.t(
            "{name}: people of {date} who have reached the age of retirement by the end of each year, cumulated; a "
            "projection, not a forecast of departures",
            name=wording.institution_name(report),
            date=words.date(found.quarter.end),
        ),
        alt=words.t("A rising line within its bounds. {items}.", items=_projected(words, legal)),
        grid=_retirement_grid(words, legal, early),
        spec=theme.spec(_fan(words, legal), words, height=HEIGHT),
        origins=common.origins(report),
        notes=common.notes(report, *_assumptions(words), *held_notes(words, found)),
    )


def retirement_title(words: Words, legal: pd.DataFrame, total: float) -> str:
    """Say how many reach the legal age within some years, between which bounds, and what share that is.

    Args:
        words: the language.
        legal: from :func:`analysis.models.delivered.cohorts.projection`.
        total: persons of all ages; NaN is unknown.
    """
    row = legal.iloc[AHEAD - 1]
    values = {
        "year": int(row["jaar"]),
        "low": words.number(row["onder"]),
        "high": words.number(row["boven"]),
        "n": words.number(row["midden"]),
    }
    if math.isnan(total):
        return words.t(
            "By the end of {year} about {n} people ({low} to {high}) reach the legal age of retirement", **values
        )
    share = words.number(100 * row["midden"] / total)
    return words.t(
        "By the end of {year} about {n} people ({low} to {high}) reach the legal age of retirement, {share} % of the "
        "staff",
        share=share,
        **values,
    )


def _projected(words: Words, rows: pd.DataFrame) -> str:
    items = []
    for row in wording.records(rows.iloc[[0, AHEAD - 1, -1]]):
        low, middle, high = (words.number(row[name]) for name in ("onder", "midden", "boven"))
        items.append(
            words.t("{year}: {value} ({low} to {high})", year=int(row["jaar"]), value=middle, low=low, high=high)
        )
    return words.joined(items)


def _retirement_grid(words: Words, legal: pd.DataFrame, early: pd.DataFrame) -> Grid:
    names = ("onder", "midden", "boven")
    cells = tuple(
        (
            str(int(one["jaar"])),
            *(words.number(one[name]) for name in names),
            *(words.number(two[name]) for name in names),
        )
        for one, two in zip(wording.records(legal), wording.records(early), strict=True)
    )
    heads = [
        words.t("Legal age: at least"),
        words.t("evenly spread"),
        words.t("at most"),
        words.t("From {age} on: at least", age=words.number(cohorts.EARLY)),
        words.t("evenly spread"),
        words.t("at most"),
    ]
    return Grid((Column(words.t("End of")), *(Column(head, "number") for head in heads)), cells)


def _fan(words: Words, legal: pd.DataFrame) -> alt.LayerChart:
    rows = legal.assign(
        tekst=[words.number(value) for value in legal["midden"]],
        uitleg=[
            words.t(
                "{year}: {value} ({low} to {high})",
                year=int(row["jaar"]),
                value=words.number(row["midden"]),
                low=words.number(row["onder"]),
                high=words.number(row["boven"]),
            )
            for row in wording.records(legal)
        ],
    )
    x = alt.X(
        "jaar:Q",
        title=None,
        scale=alt.Scale(zero=False, nice=False, padding=22),
        axis=alt.Axis(format=theme.YEAR, values=list(rows["jaar"]), grid=False, labelOverlap="greedy"),
    )
    y = alt.Y("midden:Q", title=None, axis=alt.Axis(format=theme.WHOLE, tickCount=5))
    start = theme.base(rows).encode(x=x, y=y)
    return wording.layered(
        theme.base(rows).mark_area(color=theme.LIGHT, opacity=1).encode(x=x, y=alt.Y("onder:Q"), y2="boven:Q"),
        start.mark_line(color=theme.MAIN, strokeDash=theme.FORECAST.dash, strokeWidth=theme.THICK),
        start.transform_filter(alt.datum.jaar % 2 == int(rows["jaar"].iloc[-1]) % 2)
        .mark_text(dy=-9, fontWeight="bold")
        .encode(text=alt.Text("tekst:N")),
        theme.hints(start),
    )


def _assumptions(words: Words) -> list[str]:
    ages = dict(cohorts.LEGAL)
    return [
        words.t(
            "Assumed: the legal age by year of birth ({first} before 1960, {second} from 1960, {third} from 1964 on; "
            "law of 10 August 2015), nobody comes, nobody leaves for another reason, nobody stays on. In the table "
            "also as if everyone left at {age}, which the law allows after a long career only.",
            first=words.number(ages[0]),
            second=words.number(ages[1960]),
            third=words.number(ages[1964]),
            age=words.number(cohorts.EARLY),
        ),
        words.t(
            "Only bands of five years are known: the bounds hold wherever people stand in their band; the dashed line "
            "spreads them evenly over it."
        ),
    ]
