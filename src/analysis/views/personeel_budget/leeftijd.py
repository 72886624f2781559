"""People: how old they are, by bands of five years."""

from __future__ import annotations

import math
from typing import NamedTuple

import altair as alt
import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered import cohorts, staff
from analysis.quarter import Quarter
from analysis.staff_categories import AGES
from analysis.views import theme
from analysis.views.personeel_budget import mensen, wording
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common

NAME = "personeel_budget-leeftijd"
#: Height of a band in pixels; room for the texts beside the bars, as a share of the longest.
BAND, ROOM = 30, 0.5
#: The age from which the title counts.
OLD = "55-59"


class Ages(NamedTuple):
    """The ages that were delivered last.

    Attributes:
        quarter: at whose end.
        bands: persons by band, in the order of age; those held back are not in it.
        held: the bands that were held back.
        total: persons of all ages; NaN is unknown.
    """

    quarter: Quarter
    bands: dict[str, float]
    held: list[str]
    total: float


def known_ages(report: Report) -> Ages | None:
    """Return the ages that were delivered last; None where none were."""
    found = mensen.delivered(report)
    rows = found.known[(found.known["reeks"] == staff.STAFF) & (found.known["dimensie"] == "leeftijd")]
    if rows.empty:
        return None
    quarter = str(rows["kwartaal"].max())
    own = rows[rows["kwartaal"] == quarter].set_index("categorie")["waarde"]
    hidden = report.now.held_back(mensen.TABLE, report.plan_id)
    hidden = hidden[(hidden["kwartaal"] == quarter) & (hidden["dimensie"] == "leeftijd")]
    bands = {band: float(own[band]) for band in AGES if band in own.index}
    held = [band for band in AGES if band in set(hidden["categorie"])]
    return Ages(Quarter.parse(quarter), bands, held, float(found.whole[staff.STAFF][quarter]))


@in_every_language
def ages(report: Report) -> Figure:
    """Show how many people there are of each band of age."""
    if none := mensen.nothing(report, NAME, staff.STAFF):
        return none
    found = known_ages(report)
    if found is None:
        return mensen.absent(report, NAME)
    words = report.words
    rows = _age_rows(words, found)
    return Figure(
        NAME,
        "chart",
        title=age_title(words, found),
        subtitle=words.t(
            "{name}, number of people by age on {date}, as delivered",
            name=wording.institution_name(report),
            date=words.date(found.quarter.end),
        ),
        alt=words.t("Horizontal bars by age. {items}.", items=_pairs(words, rows)),
        grid=_age_grid(words, rows),
        spec=theme.spec(_bars(rows), words, height=BAND * len(rows)),
        origins=common.origins(report),
        notes=common.notes(report, *held_notes(words, found)),
    )


def age_title(words: Words, found: Ages) -> str:
    """Say how many are 55 or older, where that is known, and which band is the largest."""
    largest = max(found.bands, key=lambda band: found.bands[band])
    values = {"band": band_name(words, largest), "number": words.number(found.bands[largest])}
    old = AGES[AGES.index(OLD) :]
    if set(old) & set(found.held) or math.isnan(found.total):
        return words.t("{band} is the largest band of age: {number} people", **values)
    n = sum(found.bands.get(band, 0.0) for band in old)
    share = words.number(100 * n / found.total, 1)
    return words.t(
        "{share} % of the staff ({n}) is 55 or older; {band} is the largest band of age ({number})",
        share=share,
        n=words.number(n),
        **values,
    )


def band_name(words: Words, band: str) -> str:
    """Write a band of age."""
    if band == "tot_24":
        return words.t("up to 24 years")
    if band == "65_plus":
        return words.t("65 years and older")
    low, high = cohorts.ages(band)
    return words.t("{low} to {high} years", low=words.number(low), high=words.number(high))


def _age_rows(words: Words, found: Ages) -> pd.DataFrame:
    """Return a row per band, the oldest first, with what is written beside its bar."""
    rows = []
    for band in reversed([band for band in AGES if band in found.bands or band in found.held]):
        number = found.bands.get(band, math.nan)
        share = 100 * number / found.total
        told = words.t("held back") if band in found.held else words.number(number)
        if band not in found.held and not math.isnan(share):
            told = words.t("{value} ({remark})", value=told, remark=words.t("{share} %", share=words.number(share, 1)))
        rows.append((band_name(words, band), number, share, told))
    return pd.DataFrame(rows, columns=["naam", "waarde", "aandeel", "tekst"])


def _pairs(words: Words, rows: pd.DataFrame) -> str:
    return words.joined(
        [
            words.t("{name}: {value}", name=name, value=text)
            for name, text in zip(rows["naam"], rows["tekst"], strict=True)
        ]
    )


def _bars(rows: pd.DataFrame) -> alt.LayerChart:
    end = float(rows["waarde"].max()) * (1 + ROOM)
    y = alt.Y("naam:N", sort=list(rows["naam"]), title=None, axis=alt.Axis(ticks=False, domain=False, labelLimit=200))
    x = alt.X("waarde:Q", axis=None, scale=alt.Scale(domain=[0, end]))
    known = rows[rows["waarde"].notna()][["naam", "waarde"]]
    texts = rows.assign(waarde=rows["waarde"].fillna(0.0))[["naam", "waarde", "tekst"]]
    return wording.layered(
        theme.base(known).mark_bar(color=theme.MAIN).encode(x=x, y=y),
        theme.base(texts).mark_text(align="left", baseline="middle", dx=6).encode(x=x, y=y, text=alt.Text("tekst:N")),
    )


def _age_grid(words: Words, rows: pd.DataFrame) -> Grid:
    hidden = words.t("held back")
    cells = tuple(
        (
            row["naam"],
            hidden if row["tekst"] == hidden else words.number(row["waarde"]),
            words.number(row["aandeel"], 1),
        )
        for row in wording.records(rows)
    )
    return Grid(
        (Column(words.t("Age")), Column(words.t("People"), "number"), Column(words.t("Share (%)"), "number")), cells
    )


def held_notes(words: Words, found: Ages) -> list[str]:
    """Say which bands were held back, and why."""
    if not found.held:
        return []
    return [
        words.t(
            "Held back: fewer than five people, or what would tell how many they are: {items}.",
            items=words.list([band_name(words, band) for band in found.held]),
        )
    ]
