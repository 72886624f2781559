"""Money: the estimates of debt and balance made over the years, and how far each was from what came."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure
from analysis.language import Words
from analysis.models import money, vintages
from analysis.models.money import ESTIMATE, REALISED
from analysis.models.vintages import CHECKED, FAVOURABLE
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import debt_grid, facts_of, kind_name, shown_rows
from analysis.views.personeel_budget.raming_fouten import DERIVED
from analysis.views.report import Report, in_every_language
from analysis.views.theme import OUTLINE, PLAN, POINT, THICK, YEAR, base, fact_marks, hints, spec

#: Estimates for one year that lie closer than this share of the height have one text together.
_CLOSE = 0.05
#: As many years to its right a text needs, so that it does not run into the next mark on a phone.
_ROOM = 2
#: Where the text of a mark stands: alignment, distance to the right and down, weight.
_PLACES: dict[str, tuple[str, int, int, str]] = {
    "beside": ("left", 10, 0, "normal"),
    "before": ("right", -10, 0, "normal"),
    "above": ("center", 0, -14, "normal"),
    "named": ("right", 4, -16, "bold"),
}


@in_every_language
def forecasts(report: Report) -> Figure:
    """Show the direct debt as realised, and each estimate at the year that it was made for."""
    name, words = "personeel_budget-forecasts", report.words
    shown = _drawn_rows(report)
    made = vintages.vintages(facts_of(report, money.DIRECT))
    if not len(made) or not len(shown):
        title = words.t("No estimate of the direct debt of the Region was found")
        return Figure(name, "absent", title=title)
    return Figure(
        name,
        "chart",
        title=forecasts_title(words, made),
        subtitle=words.t(
            "Direct debt of the Region at year’s end, in billions of euro. Solid: realised. Hollow: an estimate for "
            "that year, with the year in which it became known (a square is the plan’s)"
        ),
        alt=words.t("Points in time, in billions of euro. {items}.", items=_described(words, shown)),
        grid=debt_grid(report, shown),
        spec=spec(_chart(words, shown), words, height=300),
        origins=report.origins(shown),
        notes=(*_chart_notes(report, made), *report.dating_notes(shown)),
    )


def forecasts_title(words: Words, made: pd.DataFrame) -> str:
    """Say how many estimates can be checked, and how many of those were too low.

    Args:
        words: the language.
        made: the vintages of one debt, from :func:`vintages.vintages`.
    """
    checked = made[made["staat"] == CHECKED]
    if not len(checked):
        return words.tn(
            "The {n} estimate of the direct debt cannot be checked yet: its year has no comparable realised figure",
            "None of the {n} estimates of the direct debt can be checked yet: their years have no comparable "
            "realised figure",
            len(made),
        )
    return words.tn(
        "{n} estimate of the direct debt can be checked ({low} was too low); {rest} cannot be checked (yet)",
        "Of {n} estimates of the direct debt that can be checked {low} were too low; {rest} cannot be checked (yet)",
        len(checked),
        low=words.number(int((checked["oordeel"] == FAVOURABLE).sum())),
        rest=words.number(len(made) - len(checked)),
    )


def _drawn_rows(report: Report) -> pd.DataFrame:
    """Return the realised positions at the end of a year and the estimates for one, the plan's own among them."""
    facts = facts_of(report, money.DIRECT)
    shown = shown_rows(facts[vintages.whole_years(facts)])
    return shown[shown["merk"].isin((REALISED, ESTIMATE, PLAN)) & ~(shown["plan"] & (shown["soort"] == REALISED))]


def _described(words: Words, shown: pd.DataFrame) -> str:
    items = []
    for row in wording.records(shown.sort_values(["periode_tot", "bekend_op"], kind="stable")):
        kind, value = kind_name(words, row["merk"]), wording.billions(words, row["waarde"])
        if row["merk"] == REALISED:
            items.append(words.t("{year}: {value} {kind}", year=row["jaar"], value=value, kind=kind))
        else:
            known = words.month(row["bekend_op"])
            items.append(
                words.t("{year}: {value} ({kind}, {known})", year=row["jaar"], value=value, kind=kind, known=known)
            )
    return words.joined(items)


def _chart(words: Words, shown: pd.DataFrame) -> alt.LayerChart:
    rows, marks = _points(words, shown), fact_marks([REALISED, ESTIMATE, PLAN])
    years = list(range(int(rows["jaar"].min()), int(rows["jaar"].max()) + 1, 2))
    axis = alt.Axis(format=YEAR, values=years, grid=False)
    x = alt.X("jaar:Q", title=None, axis=axis, scale=alt.Scale(zero=False, nice=False, padding=24))
    top = float(rows["mrd"].max()) * 1.12
    y = alt.Y("mrd:Q", title=None, axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0, top], nice=False))
    start = base(rows).encode(x=x, y=y)
    stroke = alt.Stroke("merk:N", legend=None, scale=marks["stroke"])
    return wording.layered(
        start.transform_filter(alt.datum.merk == REALISED)
        .mark_line(strokeWidth=THICK)
        .encode(detail=alt.Detail("deel:N"), stroke=stroke),
        start.mark_point(filled=True, size=1.5 * POINT, strokeWidth=OUTLINE, opacity=1).encode(
            stroke=stroke,
            fill=alt.Fill("merk:N", legend=None, scale=marks["fill"]),
            shape=alt.Shape("merk:N", legend=None, scale=marks["shape"]),
        ),
        hints(start),
        *(_labels(rows[rows["plek"] == place], x, y, place) for place in _PLACES if (rows["plek"] == place).any()),
    )


def _labels(rows: pd.DataFrame, x: alt.X, y: alt.Y, place: str) -> alt.Chart:
    align, dx, dy, weight = _PLACES[place]
    mark: dict[str, Any] = {"align": align, "dx": dx, "dy": dy, "fontWeight": weight, "baseline": "middle"}
    drawn: alt.Chart = base(rows[["jaar", "mrd", "tekst"]]).mark_text(**mark)
    return drawn.encode(x=x, y=y, text=alt.Text("tekst:N"))


def _points(words: Words, shown: pd.DataFrame) -> pd.DataFrame:
    """Give each point its stretch of line, its text and where that stands."""
    rows = shown.assign(mrd=shown["waarde"] / 1000, real=shown["merk"] == REALISED)
    rows = rows.sort_values(["jaar", "mrd"], kind="stable")
    rows["deel"] = pd.concat([money.unbroken(part) for _, part in rows.groupby("real")])
    rows["tekst"], rows["plek"] = _texts(words, rows)
    rows["uitleg"] = [_hint(words, row) for row in wording.records(rows)]
    return rows[["jaar", "mrd", "merk", "deel", "tekst", "plek", "uitleg"]]


def _hint(words: Words, row: dict[str, Any]) -> str:
    value, kind = wording.billions(words, row["waarde"]), kind_name(words, row["merk"])
    if row["merk"] == REALISED:
        return wording.hint(words, kind, value, str(row["jaar"]))
    known = words.t("for {year}, known since {known}", year=row["jaar"], known=words.month(row["bekend_op"]))
    return wording.hint(words, kind, value, known)


def _texts(words: Words, rows: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Write when each estimate was made (those that nearly touch have one text), and name the last realised point."""
    texts, places = [""] * len(rows), [""] * len(rows)
    near, last = _CLOSE * float(rows["mrd"].max()), int(rows["jaar"].max())
    points = wording.records(rows)
    realised = [place for place, row in enumerate(points) if row["real"]]
    if realised:
        end = points[realised[-1]]
        texts[realised[-1]] = f"{kind_name(words, REALISED)} {wording.billions(words, end['waarde'])}"
        places[realised[-1]] = "named"
    for together in _clusters(points, near):
        known = sorted(together, key=lambda place: points[place]["bekend_op"])
        texts[together[-1]] = ", ".join(_made_in(words, points[place]) for place in known)
        places[together[-1]] = "above" if len(together) > 1 else _beside(points, together[0], near, last)
    return texts, places


def _beside(points: list[dict[str, Any]], place: int, near: float, last: int) -> str:
    """Say on which side of a single estimate its text has room."""
    own = points[place]
    if own["jaar"] == last:
        return "before"
    crowded = (0 < row["jaar"] - own["jaar"] <= _ROOM and abs(row["mrd"] - own["mrd"]) < near for row in points)
    return "above" if any(crowded) else "beside"


def _clusters(points: list[dict[str, Any]], near: float) -> list[list[int]]:
    """Return the places of the estimates, together where they nearly touch (``points`` by year, from low to high)."""
    found: list[list[int]] = []
    for place, row in enumerate(points):
        if row["real"]:
            continue
        before = points[found[-1][-1]] if found else None
        if before and before["jaar"] == row["jaar"] and row["mrd"] - before["mrd"] < near:
            found[-1].append(place)
        else:
            found.append([place])
    return found


def _made_in(words: Words, row: dict[str, Any]) -> str:
    derived = vintages.day_derived(pd.DataFrame([row])).iloc[0]
    year = f"{row['bekend_op'].year}\N{NO-BREAK SPACE}{DERIVED}" if derived else str(row["bekend_op"].year)
    return words.t("{year} (plan)", year=year) if row["merk"] == PLAN else year


def _chart_notes(report: Report, made: pd.DataFrame) -> list[str]:
    words = report.words
    notes = [
        words.t(
            "When an estimate was made is not in the data: the day on which it became known stands for it; "
            "{sign} = that day is derived too.",
            sign=DERIVED,
        )
    ]
    facts = facts_of(report, money.DIRECT)
    aside = facts[~vintages.whole_years(facts) & (facts["soort"] == ESTIMATE)]
    notes += [
        words.t(
            "Not drawn: an estimate of {value} billion for {period}, which is no year’s end.",
            value=wording.billions(words, row["waarde"]),
            period=period_of(words, row),
        )
        for row in wording.records(aside)
    ]
    changed = vintages.revised(made)
    for year, same in changed.groupby("jaar"):
        steps = [
            words.t(
                "{value} ({remark})", value=wording.billions(words, row["waarde"]), remark=words.month(row["bekend_op"])
            )
            for row in wording.records(same)
        ]
        notes.append(words.t("Estimated more than once for {year}: {items}.", year=year, items=words.list(steps)))
    return notes
