"""People: how many live in the Region that they work for, and the language roles."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import residence as model
from analysis.models.money import REALISED
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.report import Report, in_every_language
from analysis.views.theme import FACTS, POINT, THICK, WHOLE, YEAR, base, hints, spec

NAME = "personeel_budget-woonplaats"


@in_every_language
def residence(report: Report) -> Figure:
    """Show the share of the staff that lives in the Region, and what other employers say of residence and language."""
    words, who = report.words, wording.institution(report)
    staff = report.now.table("personeel")
    own, others = model.own_shares(staff, who), model.other_shares(staff, who)
    if not len(own) and not len(others):
        return wording.nothing(report, NAME, words.t("No figure on residence or language role was found"))
    content: dict[str, Any] = {
        "title": residence_title(words, own),
        "subtitle": words.t(
            "{name}, share of the staff that lives in the Brussels Region, in %; the axis does not begin at 0",
            name=wording.institution_name(report),
        ),
        "grid": _grid(report, own, others),
        "origins": report.origins(own, others),
        "notes": (*_notes(words, own, others), *report.dating_notes(pd.concat([own, others]))),
    }
    if len(own) < 2:
        return Figure(NAME, "table", **content)
    return Figure(
        NAME,
        "chart",
        alt=words.t("A line of the share that lives in the Region. {items}.", items=_items(words, own)),
        spec=spec(_chart(words, own), words, height=220),
        **content,
    )


def residence_title(words: Words, own: pd.DataFrame) -> str:
    """Say which share lives in the Region, and how that changed within the same perimeter.

    Args:
        words: the language.
        own: from :func:`analysis.models.residence.own_shares`.
    """
    if not len(own):
        return words.t("Where the staff lives was not found; other employers say it of theirs")
    alike = model.same_perimeter(own)
    first, last = alike.iloc[0], alike.iloc[-1]
    values = {
        "share": words.number(last["waarde"], 1),
        "date": period_of(words, last),
        "change": words.number(abs(round(last["waarde"] - first["waarde"], 1)), 1),
        "first": period_of(words, first),
    }
    change = round(float(last["waarde"] - first["waarde"]), 1)
    if first["jaar"] == last["jaar"]:
        return words.t("{share} % of the staff lived in the Region ({date})", **values)
    if change > 0:
        return words.tn(
            "{share} % of the staff lived in the Region ({date}), {change} point more than {first}",
            "{share} % of the staff lived in the Region ({date}), {change} points more than {first}",
            int(abs(change)),
            **values,
        )
    if change < 0:
        return words.tn(
            "{share} % of the staff lived in the Region ({date}), {change} point less than {first}",
            "{share} % of the staff lived in the Region ({date}), {change} points less than {first}",
            int(abs(change)),
            **values,
        )
    return words.t("{share} % of the staff lived in the Region ({date}), as on {first}", **values)


def _items(words: Words, own: pd.DataFrame) -> str:
    return words.joined(
        [
            words.t("{share} % on {date}", share=words.number(row["waarde"], 1), date=period_of(words, pd.Series(row)))
            for row in wording.records(own)
        ]
    )


def _grid(report: Report, own: pd.DataFrame, others: pd.DataFrame) -> Grid:
    words, groups = report.words, {}
    cells: list[tuple[str, ...]] = []
    for former, rows in own.groupby("vroeger", sort=False):
        groups[len(cells)] = _perimeter(report, former=bool(former))
        cells += [_cells(report, row, words.t("lives in the Brussels Region")) for row in wording.records(rows)]
    for employer, rows in others.groupby("entiteit", sort=False):
        groups[len(cells)] = _employer(report, str(employer))
        cells += [_cells(report, row, _topic(words, row)) for row in wording.records(rows)]
    share = words.t("Share (%)")
    heads = [words.t("Counted on"), words.t("What"), share, words.t("Source of the figure")]
    return Grid(wording.columns(heads, [share]), tuple(cells), groups)


def _perimeter(report: Report, *, former: bool) -> str:
    words, name = report.words, wording.institution_name(report)
    if former:
        return words.t("{name}, with departments that left later", name=name)
    return words.t("{name}, in its present form", name=name)


def _employer(report: Report, code: str) -> str:
    """Name an employer; the wider circle of regional employers by what it holds."""
    words = report.words
    known = {
        wording.institution(report): words.t(
            "{name}, people hired in the period", name=wording.institution_name(report)
        ),
        "BHG_ambtenarij_ruim": words.t("Employers of the Region, in a wide sense (with MIVB and others)"),
    }
    return known.get(code) or wording.employer(report, code)


def _topic(words: Words, row: dict[str, Any]) -> str:
    if row["reeks"] == model.LANGUAGE:
        return words.t("language role: French") if row["categorie"] == "FR" else words.t("language role: Dutch")
    if row["reeks"] == model.AT_HIRING:
        return words.t("lived in the Brussels Region when hired")
    known = {
        "BHG": words.t("lives in the Brussels Region"),
        "VL": words.t("lives in the Flemish Region"),
        "WAL": words.t("lives in the Walloon Region"),
        "buitenland": words.t("lives abroad"),
        "Vlaams-Brabant_en_Waals-Brabant": words.t("lives in Flemish or Walloon Brabant"),
    }
    return known.get(str(row["categorie"]), str(row["categorie"]))


def _cells(report: Report, row: dict[str, Any], what: str) -> tuple[str, ...]:
    words = report.words
    return (
        period_of(words, pd.Series(row)),
        what,
        words.number(row["waarde"], 1),
        wording.source_name(report, row["bron_id"]),
    )


def _notes(words: Words, own: pd.DataFrame, others: pd.DataFrame) -> list[str]:
    notes = []
    if own["vroeger"].nunique() > 1:
        notes.append(
            words.t(
                "The line is broken where departments left the institution: before and after, the staff is not the "
                "same. Earlier shares without those departments were not found."
            )
        )
    if len(others):
        notes.append(
            words.t("Other employers count in their own way and over another perimeter: they are no yardstick.")
        )
    if (others["reeks"] == model.LANGUAGE).any():
        notes.append(
            words.t(
                "The source leaves open whether the language roles are those of the whole staff or of who lives around "
                "Brussels only."
            )
        )
    return notes


def _chart(words: Words, own: pd.DataFrame) -> alt.LayerChart:
    rows = own[["jaar", "waarde", "vroeger"]].reset_index(drop=True)
    rows["x"] = [day.year + day.day_of_year / 366 for day in own["periode_tot"]]
    falls = own.groupby("vroeger")["waarde"].diff() < 0
    rows["lager"] = (
        falls.to_numpy()
        | (own["vroeger"] != own["vroeger"].shift(1)).to_numpy() & (own["waarde"].shift(-1) > own["waarde"]).to_numpy()
    )
    rows["tekst"] = [words.number(value, 1) for value in rows["waarde"]]
    rows["uitleg"] = [
        words.t("{value} ({remark})", value=words.t("{share} %", share=text), remark=period_of(words, row))
        for text, (_, row) in zip(rows["tekst"], own.iterrows(), strict=True)
    ]
    years = list(range(int(rows["jaar"].min()), int(rows["jaar"].max()) + 2))
    x = alt.X("x:Q", title=None, axis=alt.Axis(format=YEAR, values=years, grid=False))
    x = x.scale(zero=False, nice=False, padding=34)
    y = alt.Y("waarde:Q", title=None, axis=alt.Axis(format=WHOLE, tickCount=4), scale=alt.Scale(zero=False, padding=26))
    start, realised = base(rows).encode(x=x, y=y), FACTS[REALISED].line
    return wording.layered(
        start.mark_line(color=realised, strokeWidth=THICK).encode(detail=alt.Detail("vroeger:N")),
        start.mark_point(color=realised, size=POINT, filled=True, opacity=1),
        start.transform_filter(~alt.datum.lager).mark_text(dy=-13).encode(text=alt.Text("tekst:N")),
        start.transform_filter(alt.datum.lager).mark_text(dy=15).encode(text=alt.Text("tekst:N")),
        hints(start),
    )
