"""What is kept apart: series with another definition, and figures for which sources give different values."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import indicators, sources
from analysis.views.facts import decimals, period_of, place_name
from analysis.views.omgeving import data, text
from analysis.views.report import Report, in_every_language, sources_by_id


@in_every_language
def definitions(report: Report) -> Figure:
    """Return the series that look alike but count something else, per family of the register.

    Only families that hold an indicator of a challenge and at least two series with a Brussels
    figure: there a mistake could be made.
    """
    words, env = report.words, data.look(report)
    leaders = data.linked(report)["indicator"].tolist()
    rows = _families(env, leaders)
    if rows.empty:
        known = words.t("No two series with different definitions are known yet.")
        return Figure("omgeving-definities", "sentences", title=known, sentences=(known,))
    columns = (
        Column(words.t("Series (unit)")),
        Column(words.t("Latest Brussels figure"), "number"),
        Column(words.t("Figure about")),
        Column(words.t("What is counted")),
    )
    return Figure(
        "omgeving-definities",
        "table",
        title=words.tn(
            "{total} series look alike but count differently, in {n} family: they are never joined",
            "{total} series look alike but count differently, in {n} families: they are never joined",
            rows["definitiegroep"].nunique(),
            total=words.number(len(rows)),
        ),
        subtitle=words.t("Series with another definition, precision or population; latest known Brussels figure"),
        grid=Grid(columns, _series_cells(words, env, rows), _family_names(words, env, rows)),
        reference=True,
        origins=report.origins(rows, env.register.loc[rows["indicator"]]),
        notes=report.dating_notes(rows),
    )


def _families(env: data.Environment, leaders: list[str]) -> pd.DataFrame:
    """Return the latest Brussels figures of the families, those linked to a challenge first."""
    family = env.register["definitiegroep"]
    wanted = list(dict.fromkeys(family.get(code, "") for code in leaders))
    newest = env.newest[env.newest["geo"] == indicators.HOME]
    rows = newest.assign(definitiegroep=newest["indicator"].map(family))
    rows = rows[rows["definitiegroep"].isin([code for code in wanted if code])]
    size = rows.groupby("definitiegroep")["indicator"].transform("nunique")
    place = rows["definitiegroep"].map({code: number for number, code in enumerate(wanted)})
    lead = rows["indicator"].map({code: number for number, code in enumerate(leaders)})
    rows = rows.assign(_place=place, _lead=lead.fillna(len(leaders)))[size > 1]
    ordered = rows.sort_values(["_place", "_lead", "indicator"], kind="stable")
    return ordered.reset_index(drop=True)


def _series_cells(words: Words, env: data.Environment, rows: pd.DataFrame) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            *_series_value(words, env.label(row["indicator"]), row),
            text.doubted_period(words, row),
            str(env.register.at[row["indicator"], "definitie"]),
        )
        for _, row in rows.iterrows()
    )


def _series_value(words: Words, label: str, row: pd.Series) -> tuple[str, str]:
    """Return a series' name and its figure; a % or euro stands at the figure, another unit at the name."""
    unit = str(row["eenheid"])
    value = text.amount(words, row["waarde"], unit, decimals(unit, row["waarde"]))
    return (label if unit.startswith("%") or unit == "EUR" else text.named(words, label, unit)), value


def _family_names(words: Words, env: data.Environment, rows: pd.DataFrame) -> dict[int, str]:
    """Name each family after its first indicator: the register holds only codes for them."""
    first = rows[~rows.duplicated("definitiegroep")]
    return {
        int(str(number)): words.t("Related to: {label}", label=env.label(row["indicator"]))
        for number, row in first.iterrows()
    }


@in_every_language
def conflicts(report: Report) -> Figure:
    """Return the figures for which sources give different values, with the one that is shown."""
    words, env = report.words, data.look(report)
    disputed = sources.conflicts(env.everything, data.KEY)
    columns = (
        Column(words.t("Disputed figure")),
        Column(words.t("Shown here")),
        Column(words.t("Other sources say")),
    )
    groups = disputed.groupby(data.KEY, sort=False)
    cells = tuple(_conflict_cells(report, env, rows) for _, rows in groups)
    title = words.tn(
        "For {n} figure the sources give different values",
        "For {n} figures the sources give different values",
        len(cells),
    )
    return Figure(
        "omgeving-conflicten",
        "table",
        title=title if cells else words.t("No sources are known to give different values"),
        subtitle=words.t("All figures are kept; the source with the best rank is shown"),
        grid=Grid(columns, cells),
        reference=True,
        origins=report.origins(disputed, report.now.table("bron_soorten")),
        notes=_vintage_notes(words, env),
    )


def _conflict_cells(report: Report, env: data.Environment, rows: pd.DataFrame) -> tuple[str, str, str]:
    words, shown = report.words, rows[rows["getoond"]].iloc[0]
    publisher = sources_by_id(report.now)["uitgever"]
    unit = str(shown["eenheid"])
    places = decimals(unit, *rows["waarde"])
    said = [
        words.t("{number}: {publisher}", number=words.number(row["waarde"], places), publisher=name)
        for (_, row), name in zip(rows.iterrows(), rows["bron_id"].map(publisher), strict=True)
    ]
    own = [one for one, is_shown in zip(said, rows["getoond"], strict=True) if is_shown]
    others = [one for one, is_shown in zip(said, rows["getoond"], strict=True) if not is_shown]
    label = text.named(words, env.label(shown["indicator"]), unit)
    place = words.t(
        "{figure}, {area}, {period}",
        figure=label,
        area=place_name(words, shown["geo"]),
        period=period_of(words, shown),
    )
    return place, own[0], words.joined(others)


def _vintage_notes(words: Words, env: data.Environment) -> tuple[str, ...]:
    """Say how much of the table is a later version, and how the sources are ranked."""
    rule = env.everything["bekend_regel"]
    revised = int((rule == "herziene_reeks").sum())
    notes = [
        words.t(
            "Rank: official source, copy of an official series, document at the source, press "
            "that cites the Court of Audit or the National Accounts Institute, other press, "
            "second hand, political, other. Then a known date of publication, then the youngest."
        )
    ]
    if revised:
        notes.append(
            words.tn(
                "{n} of the {total} known figures comes from a later version of its series.",
                "{n} of the {total} known figures come from a later version of their series.",
                revised,
                total=words.number(len(rule)),
            )
        )
    return tuple(notes)
