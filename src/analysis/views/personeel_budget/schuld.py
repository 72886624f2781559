"""Money: the direct debt beside the plan's path."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure
from analysis.models import money
from analysis.models.money import ESTIMATE, REALISED, PlanCheck
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import PLAN, debt_grid, facts_of, kind_name, shown_rows
from analysis.views.report import Report
from analysis.views.theme import INK, PALETTE, base, spec

_KINDS = (REALISED, ESTIMATE, PLAN)
_COLOURS = (PALETTE[0], PALETTE[3], PALETTE[2])
_SHAPES = ("circle", "diamond", "square")
#: Where a point's text stands: alignment, distance to the right and down, weight.
_PLACES: dict[str, tuple[str, int, int, str]] = {
    "above": ("center", 0, -14, "normal"),
    "below": ("center", 6, 15, "normal"),
    "left": ("right", 12, -14, "normal"),
    "right": ("left", 10, 0, "normal"),
    "named": ("right", 8, -15, "bold"),
    "plan_end": ("left", -6, 18, "bold"),
}


def direct_debt(report: Report) -> Figure:
    """Show the direct debt: realised, estimated, and the plan's path, never in one line."""
    name, words = "personeel_budget-direct_debt", report.words
    facts = facts_of(report, money.DIRECT)
    if not len(facts):
        title = words.t("No figure on the direct debt of the Region was found")
        return wording.nothing(report, name, title)
    check, shown = money.plan_check(facts), shown_rows(facts)
    rises, implied = _rises(report, shown)
    return Figure(
        name,
        "chart",
        title=_debt_title(report, check),
        subtitle=_subtitle(report, check),
        alt=words.t(
            "Points in time: circles are realised, diamonds estimated, squares the plan's. {title}",
            title=_debt_title(report, check),
        ),
        grid=debt_grid(report, shown),
        spec=spec(_debt_chart(report, shown), words, height=320),
        origins=report.origins(shown, rises),
        notes=(*_debt_notes(report, check, implied), *report.dating_notes(shown)),
    )


def _debt_title(report: Report, check: PlanCheck) -> str:
    parts = [*_expected(report, check), *_realised(report, check), *_estimated(report, check)]
    return report.words.t("Direct debt in billions of euro: {items}", items=wording.joined(report.words, parts))


def _subtitle(report: Report, check: PlanCheck) -> str:
    words = report.words
    if check.target is None or check.reached:
        return words.t("The Region’s direct debt; a year stands at its end")
    return words.t(
        "The Region’s direct debt; a year stands at its end. For {year} no realised figure is known yet",
        year=check.target["jaar"],
    )


def _expected(report: Report, check: PlanCheck) -> list[str]:
    words = report.words
    if check.target is None:
        return [words.t("this plan names no figure")]
    value, year = wording.billions(words, check.target["waarde"]), check.target["jaar"]
    return [words.t("plan {value} for {year}", value=value, year=year)]


def _realised(report: Report, check: PlanCheck) -> list[str]:
    words = report.words
    if check.realised is None:
        return [words.t("no realised figure known yet")]
    value = wording.billions(words, check.realised["waarde"])
    if check.deviation is None:
        date = wording.when(words, check.realised)
        return [words.t("last realised {value} ({date})", value=value, date=date)]
    gap = words.number(check.deviation / 1000, 2, sign=True)
    return [words.t("realised {value} ({gap})", value=value, gap=gap)]


def _estimated(report: Report, check: PlanCheck) -> list[str]:
    words = report.words
    if not len(check.later):
        return []
    values = wording.span(words, [wording.billions(words, value) for value in sorted(check.later["waarde"])])
    date = wording.when(words, check.later.iloc[0])
    return [words.t("since then estimated {values} ({date})", values=values, date=date)]


def _debt_chart(report: Report, shown: pd.DataFrame) -> alt.LayerChart:
    rows = _points(report, shown)
    years = list(range(int(rows["x"].min()), int(rows["x"].max()) + 1, 2))
    x = alt.X(
        "x:Q",
        title=None,
        axis=alt.Axis(format="d", values=years, grid=False),
        scale=alt.Scale(zero=False, nice=False, padding=22),
    )
    top = float(rows["mrd"].max()) * 1.12
    y = alt.Y("mrd:Q", title=None, axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0, top], nice=False))
    colours = alt.Scale(domain=[*_KINDS], range=[*_COLOURS])
    start = base(rows).encode(x=x, y=y, color=alt.Color("merk:N", legend=None, scale=colours))
    is_plan, is_realised = alt.datum.merk == PLAN, alt.datum.merk == REALISED
    shape = alt.Shape("merk:N", legend=None, scale=alt.Scale(domain=[*_KINDS], range=[*_SHAPES]))
    return wording.layered(
        start.transform_filter(is_realised & alt.datum.eind).mark_line().encode(detail="deel:N"),
        start.transform_filter(is_plan).mark_line(strokeDash=[5, 4], strokeWidth=2),
        start.transform_filter(is_realised).mark_point(filled=True, size=80, opacity=1),
        start.transform_filter(~is_realised)
        .mark_point(filled=True, fill="white", size=90, strokeWidth=2, opacity=1)
        .encode(shape=shape, stroke=alt.Stroke("merk:N", legend=None, scale=colours)),
        *(_labels(rows[rows["plek"] == place], x, y, place) for place in _PLACES if (rows["plek"] == place).any()),
    )


def _labels(rows: pd.DataFrame, x: alt.X, y: alt.Y, place: str) -> alt.Chart:
    align, dx, dy, weight = _PLACES[place]
    mark: dict[str, Any] = {"align": align, "dx": dx, "dy": dy, "fontWeight": weight, "color": INK}
    drawn: alt.Chart = base(rows).mark_text(**mark).encode(x=x, y=y, text="tekst:N")
    return drawn


def _points(report: Report, shown: pd.DataFrame) -> pd.DataFrame:
    """Give each point its place, its stretch of line, its text and where that stands.

    Several estimates for one day are all drawn; the highest carries the text of all. Within a stretch
    of realised years only the first and the last carry a text, so that texts do not overlap.
    """
    rows = shown.assign(x=money.position(shown["periode_tot"]), mrd=shown["waarde"] / 1000)
    rows = rows.sort_values(["x", "mrd"], kind="stable")
    # a figure within a year is a mark beside the line of the year ends, not a point of it
    rows["eind"] = rows["x"] % 1 == 0
    rows["deel"] = pd.concat([money.unbroken(part) for _, part in rows.groupby(["merk", "eind"])])
    rows["einde"] = ~rows.duplicated("merk", keep="last")
    rows["plek"] = _places(rows)
    rows["tekst"] = _texts(report, rows)
    return rows[["x", "mrd", "merk", "eind", "deel", "tekst", "plek"]]


def _texts(report: Report, rows: pd.DataFrame) -> list[str]:
    words, texts = report.words, []
    for row in wording.records(rows):
        same = rows[(rows["merk"] == row["merk"]) & (rows["x"] == row["x"])]["waarde"]
        value = wording.span(words, [wording.billions(words, value) for value in same])
        kind = kind_name(report, row["merk"])
        texts.append(words.t("{kind} {value}", kind=kind, value=value) if row["einde"] else value)
    return texts


def _places(rows: pd.DataFrame) -> list[str]:
    targets = set(rows.loc[(rows["merk"] == PLAN) & rows["einde"], "x"])
    realised = rows.loc[rows["merk"] == REALISED, "x"].max()
    stretch = ["merk", "eind", "deel"]
    inside = rows.duplicated(stretch) & rows.duplicated(stretch, keep="last") & (rows["merk"] == REALISED)
    hidden = inside | rows.duplicated(["merk", "x"], keep="last")
    several = rows.duplicated(["merk", "x"])
    return [
        "" if hide else _place(row, several=many, crowded=row["x"] in targets or row["x"] <= realised)
        for row, hide, many in zip(wording.records(rows), hidden, several, strict=True)
    ]


def _place(row: dict[str, Any], *, several: bool, crowded: bool) -> str:
    if row["merk"] == PLAN:
        return "plan_end" if row["einde"] else "below"
    if row["einde"]:
        return "named"
    if row["merk"] == REALISED:
        return "above"
    if not float(row["x"]).is_integer():
        return "below"
    if crowded:
        return "right"
    return "left" if several else "above"


def _rises(report: Report, shown: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the published rises, and what they imply where that differs from the level shown."""
    rises = facts_of(report, money.DIRECT_RISE)
    realised = shown[(shown["merk"] == REALISED) & (shown["periode_tot"].dt.day_of_year >= 365)]
    implied = money.implied_levels(realised.drop_duplicates("jaar", keep="last"), rises)
    return implied, implied


def _debt_notes(report: Report, check: PlanCheck, implied: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    notes = [
        words.t(
            "Direct debt: what the Region itself borrowed, without its organisations and without "
            "guarantees. It is not the consolidated debt of the next figure."
        ),
        words.t("No line crosses a year without a figure; estimates are never joined to each other."),
    ]
    if check.start is not None and check.target is not None:
        notes.append(
            words.t(
                "The plan's path: about {start} billion on {date}, {target} billion by {year}.",
                start=wording.billions(words, check.start["waarde"]),
                date=wording.when(words, check.start),
                target=wording.billions(words, check.target["waarde"]),
                year=check.target["jaar"],
            )
        )
    return (*notes, *_implied_notes(report, implied))


def _implied_notes(report: Report, implied: pd.DataFrame) -> list[str]:
    words = report.words
    return [
        words.t(
            "The sources say that the debt rose by {rise} billion in {year}. That fits "
            "{implied} billion a year earlier, not the {level} billion shown.",
            rise=wording.billions(words, row["stijging"]),
            year=row["jaar"],
            implied=wording.billions(words, row["afgeleid"]),
            level=wording.billions(words, row["vermeld"]),
        )
        for row in wording.records(implied)
    ]
