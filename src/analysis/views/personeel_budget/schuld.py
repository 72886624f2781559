"""Money: the direct debt beside the plan's path."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure
from analysis.language import Words
from analysis.models import money
from analysis.models.money import ESTIMATE, REALISED, PlanCheck
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import debt_grid, facts_of, kind_name, shown_rows
from analysis.views.report import Report, in_every_language
from analysis.views.theme import OUTLINE, PLAN, POINT, THICK, THIN, YEAR, base, fact_marks, hints, spec

_KINDS = (REALISED, ESTIMATE, PLAN)
#: Where a point's text stands: alignment, distance to the right and down, weight.
_PLACES: dict[str, tuple[str, int, int, str]] = {
    "above": ("center", 0, -14, "normal"),
    "below": ("center", 6, 15, "normal"),
    "left": ("right", 12, -14, "normal"),
    "right": ("left", 10, 0, "normal"),
    "named": ("right", 8, -15, "bold"),
    "named_low": ("left", -6, 18, "bold"),
    "plan_end": ("left", -6, 18, "bold"),
}
#: A point closer to the axis than this share of the width has its name to its right.
_NEAR = 0.4


@in_every_language
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
        title=debt_title(words, check),
        subtitle=_subtitle(words, check),
        alt=words.t("Points in time, in billions of euro. {items}.", items=_items(words, shown)),
        grid=debt_grid(report, shown),
        spec=spec(_debt_chart(words, shown), words, height=270),
        origins=report.origins(shown, rises),
        notes=(*_debt_notes(words, check), *_implied_notes(words, implied), *report.dating_notes(shown)),
    )


def debt_title(words: Words, check: PlanCheck) -> str:
    """Set what came, or else what has been estimated since, beside what the plan expected.

    The plan's year is compared with that same year only; of an earlier year it is at most said that the debt already
    lies above the plan's end, in the words of what it is: realised or estimated.
    """
    if check.target is None:
        return _unplanned(words, check)
    values = {"target": wording.billions(words, check.target["waarde"]), "year": check.target["jaar"]}
    if check.deviation is not None and check.realised is not None:
        return _reached(words, check.deviation, wording.billions(words, check.realised["waarde"]), values)
    if check.realised is not None:
        values |= {
            "value": wording.billions(words, check.realised["waarde"]),
            "date": period_of(words, check.realised),
        }
        if check.realised["waarde"] > check.target["waarde"]:
            return words.t(
                "Direct debt: {value} billion euro ({date}), above the {target} billion that the plan expected "
                "for {year}",
                **values,
            )
    if len(check.later) and (check.later["waarde"] > check.target["waarde"]).all():
        return words.t(
            "Direct debt: {estimate} billion euro estimated ({when}), above the {target} billion that the plan "
            "expected for {year}",
            estimate=_span(words, check.later["waarde"]),
            when=period_of(words, check.later.iloc[0]),
            **values,
        )
    return _path(words, check, values)


def _path(words: Words, check: PlanCheck, values: dict[str, Any]) -> str:
    """Say the last figure known beside the plan's end; the plan's own start where nothing younger is known."""
    start, realised = check.start, check.realised
    if start is not None and (realised is None or start["periode_tot"] > realised["periode_tot"]):
        values |= {"start": wording.billions(words, start["waarde"]), "date": period_of(words, start)}
        return words.t(
            "The plan sees the direct debt go from {start} billion euro ({date}) to {target} billion in {year}",
            **values,
        )
    if realised is None:
        return words.t(
            "Direct debt: no realised figure known yet; the plan expected {target} billion euro for {year}", **values
        )
    return words.t(
        "Direct debt: {value} billion euro ({date}); the plan expected {target} billion for {year}", **values
    )


def _unplanned(words: Words, check: PlanCheck) -> str:
    if check.realised is None:
        return words.t("Direct debt: no realised figure known yet, and this plan names no figure")
    return words.t(
        "Direct debt: {value} billion euro ({date}); this plan names no figure",
        value=wording.billions(words, check.realised["waarde"]),
        date=period_of(words, check.realised),
    )


def _reached(words: Words, deviation: float, value: str, values: dict[str, Any]) -> str:
    values |= {"value": value, "gap": words.number(abs(deviation) / 1000, 2)}
    if round(deviation / 1000, 2) > 0:
        return words.t(
            "Direct debt of {year}: {value} billion euro, {gap} more than the {target} of the plan",
            **values,
        )
    if round(deviation / 1000, 2) < 0:
        return words.t(
            "Direct debt of {year}: {value} billion euro, {gap} less than the {target} of the plan",
            **values,
        )
    return words.t("Direct debt of {year}: {value} billion euro, as the plan expected", **values)


def _span(words: Words, amounts: pd.Series) -> str:
    return wording.span(words, [wording.billions(words, value) for value in sorted(amounts)])


def _subtitle(words: Words, check: PlanCheck) -> str:
    if check.target is None or check.reached:
        return words.t("The Region’s direct debt in billions of euro; a year stands at its end")
    return words.t(
        "The Region’s direct debt in billions of euro; a year stands at its end. "
        "For {year} no realised figure is known yet",
        year=check.target["jaar"],
    )


def _items(words: Words, shown: pd.DataFrame) -> str:
    """Write all points, per kind."""
    items = []
    for kind in (kind for kind in _KINDS if kind in set(shown["merk"])):
        points = [
            words.t("{value} ({remark})", value=wording.billions(words, row["waarde"]), remark=period_of(words, row))
            for row in wording.records(shown[shown["merk"] == kind])
        ]
        items.append(words.t("{name}: {value}", name=kind_name(words, kind).capitalize(), value=words.list(points)))
    return words.joined(items)


def _debt_chart(words: Words, shown: pd.DataFrame) -> alt.LayerChart:
    rows, marks = _points(words, shown), fact_marks([*_KINDS])
    years = list(range(int(rows["x"].min()), int(rows["x"].max()) + 1, 2))
    axis = alt.Axis(format=YEAR, values=years, grid=False)
    x = alt.X("x:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=22))
    top = float(rows["mrd"].max()) * 1.12
    y = alt.Y("mrd:Q", title=None, axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0, top], nice=False))
    start = base(rows).encode(x=x, y=y)
    stroke = alt.Stroke("merk:N", legend=None, scale=marks["stroke"])
    is_plan, is_realised = alt.datum.merk == PLAN, alt.datum.merk == REALISED
    return wording.layered(
        start.transform_filter(is_realised & alt.datum.eind)
        .mark_line(strokeWidth=THICK)
        .encode(detail=alt.Detail("deel:N"), stroke=stroke),
        start.transform_filter(is_plan).mark_line(strokeWidth=THIN).encode(stroke=stroke),
        start.mark_point(filled=True, size=1.5 * POINT, strokeWidth=OUTLINE, opacity=1).encode(
            stroke=stroke,
            fill=alt.Fill("merk:N", legend=None, scale=marks["fill"]),
            shape=alt.Shape("merk:N", legend=None, scale=marks["shape"]),
        ),
        hints(start),
        *(
            _labels(rows[rows["plek"] == place].drop(columns="uitleg"), x, y, place)
            for place in _PLACES
            if (rows["plek"] == place).any()
        ),
    )


def _labels(rows: pd.DataFrame, x: alt.X, y: alt.Y, place: str) -> alt.Chart:
    align, dx, dy, weight = _PLACES[place]
    mark: dict[str, Any] = {"align": align, "dx": dx, "dy": dy, "fontWeight": weight}
    drawn: alt.Chart = base(rows).mark_text(**mark).encode(x=x, y=y, text=alt.Text("tekst:N"))
    return drawn


def _points(words: Words, shown: pd.DataFrame) -> pd.DataFrame:
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
    rows["tekst"] = _texts(words, rows)
    rows["uitleg"] = [
        wording.hint(
            words, kind_name(words, row["merk"]), wording.billions(words, row["waarde"]), period_of(words, row)
        )
        for row in wording.records(rows)
    ]
    return rows[["x", "mrd", "merk", "eind", "deel", "tekst", "plek", "uitleg"]]


def _texts(words: Words, rows: pd.DataFrame) -> list[str]:
    texts = []
    for row in wording.records(rows):
        same = rows[(rows["merk"] == row["merk"]) & (rows["x"] == row["x"])]["waarde"]
        value = wording.span(words, [wording.billions(words, value) for value in same])
        kind = kind_name(words, row["merk"])
        texts.append(words.t("{kind} {value}", kind=kind, value=value) if row["einde"] else value)
    return texts


def _places(rows: pd.DataFrame) -> list[str]:
    targets = set(rows.loc[(rows["merk"] == PLAN) & rows["einde"], "x"])
    realised = rows.loc[rows["merk"] == REALISED, "x"].max()
    stretch = ["merk", "eind", "deel"]
    inside = rows.duplicated(stretch) & rows.duplicated(stretch, keep="last") & (rows["merk"] == REALISED)
    hidden = inside | rows.duplicated(["merk", "x"], keep="last")
    several = rows.duplicated(["merk", "x"])
    # a name to the left of a point near the axis would run over it
    near = rows["x"] < rows["x"].min() + _NEAR * (rows["x"].max() - rows["x"].min())
    places = [
        "" if hide else _place(row, several=many, crowded=row["x"] in targets or row["x"] <= realised)
        for row, hide, many in zip(wording.records(rows), hidden, several, strict=True)
    ]
    return ["named_low" if place == "named" and low else place for place, low in zip(places, near, strict=True)]


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


def _debt_notes(words: Words, check: PlanCheck) -> list[str]:
    notes = [
        words.t(
            "Direct debt: what the Region itself borrowed, without its organisations and without "
            "guarantees. It is not the consolidated debt of the next figure."
        )
    ]
    if check.start is not None and check.target is not None:
        notes.append(
            words.t(
                "The plan's path: about {start} billion on {date}, {target} billion by {year}.",
                start=wording.billions(words, check.start["waarde"]),
                date=period_of(words, check.start),
                target=wording.billions(words, check.target["waarde"]),
                year=check.target["jaar"],
            )
        )
    return notes


def _implied_notes(words: Words, implied: pd.DataFrame) -> list[str]:
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
