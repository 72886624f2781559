"""Three courses over time that matter to the board: unemployment, the price of a flat, poverty."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure
from analysis.models import indicators
from analysis.views.omgeving import chart, data, text
from analysis.views.omgeving.units import unit as unit_text
from analysis.views.report import Report


def unemployment(report: Report) -> Figure:
    """Return the unemployment rate 15-64 of the labour force survey, per quarter."""
    note = report.words.t(
        "Labour force survey; registered job seekers (Actiris) are another definition and do not "
        "stand in this chart. A quarterly survey figure has a margin of error."
    )
    return course(report, "omgeving-werkloosheid", "werkloosheidsgraad_15_64", "kwartaal", note)


def apartment_price(report: Report) -> Figure:
    """Return the median price of a flat, per year."""
    note = report.words.t("Current prices, not corrected for inflation; houses are not included.")
    return course(report, "omgeving-woningprijs", "woningprijs_appartement_mediaan", "jaar", note)


def poverty(report: Report) -> Figure:
    """Return the risk of poverty or social exclusion, in the definition of Europe 2030."""
    note = report.words.t(
        "Definition of Europe 2030 only; figures in the definition of Europe 2020 are another "
        "series. A survey: small differences between years say little."
    )
    return course(report, "omgeving-armoede", "armoede_of_sociale_uitsluiting", "jaar", note)


def course(report: Report, name: str, indicator: str, precision: str, note: str) -> Figure:
    """Return the lines of one indicator; sentences where a line would have too few points."""
    words, env = report.words, data.look(report)
    rows = env.only([indicator])
    rows = rows[rows["periode_soort"] == precision]
    doubtful, rows = rows[rows["te_controleren"]], rows[~rows["te_controleren"]]
    # before the first Brussels figure there is nothing to compare with
    first = rows.loc[rows["geo"] == indicators.HOME, "periode_van"].min()
    rows = rows[rows["periode_van"] >= first]
    current = indicators.one_per_indicator(indicators.latest(rows), [indicator]).iloc[0]
    if not len(rows) or current["geo"] != indicators.HOME:
        known = words.t("{indicator}: no Brussels figure known yet", indicator=env.label(indicator))
        said = words.t("On {date} no figure was public.", date=words.date(report.as_of))
        return Figure(name, "sentences", title=known, sentences=(said,), notes=(note,))
    places = text.decimals(str(current["eenheid"]), *rows["waarde"])
    title, beside = _title(report, env, current, rows, places), _beside(report, rows, places)
    notes = (note, *_doubtful_notes(report, doubtful), *report.dating_notes(rows))
    if not chart.enough(rows):
        few = words.t("Too few measurements are known for a chart.")
        sentences = (words.t("{area_values}.", area_values=beside), few)
        return Figure(
            name,
            "sentences",
            title=title,
            subtitle=_subtitle(report, env, indicator, rows),
            sentences=sentences,
            origins=report.origins(rows),
            notes=notes,
        )
    return Figure(
        name,
        "chart",
        title=title,
        subtitle=_subtitle(report, env, indicator, rows),
        alt=words.t("{title}. Latest figure per area: {values}.", title=title, values=beside),
        grid=chart.grid(rows, words, str(current["eenheid"]), places),
        spec=chart.spec(rows, words, places),
        origins=report.origins(rows),
        notes=(*notes, *_gap_note(report, rows)),
    )


def _title(report: Report, env: data.Environment, row: pd.Series, rows: pd.DataFrame, places: int) -> str:
    """Write the message: the latest Brussels figure, its change, and Belgium beside it."""
    words = report.words
    value = text.amount(words, row["waarde"], str(row["eenheid"]), places)
    said = words.t(
        "{indicator}: {value} in the Region ({period})",
        indicator=env.label(row["indicator"]),
        value=value,
        period=text.period(words, row),
    )
    if pd.notna(row["verandering"]):
        moved = text.change(words, row, places)
        since = text.since(words, row)
        said = words.t("{said}, {change} {since}", said=said, change=moved, since=since)
    beside = indicators.comparison(row.to_frame().T, rows[rows["geo"] == "BE"])
    if len(beside) and beside["zelfde_periode"].iloc[0]:
        other = text.amount(words, float(beside["waarde"].iloc[0]), str(row["eenheid"]), places)
        said = words.t("{said}; {value} in Belgium", said=said, value=other)
    return said


def _subtitle(report: Report, env: data.Environment, indicator: str, rows: pd.DataFrame) -> str:
    words = report.words
    return words.t(
        "{unit}; {definition}; known on {date}",
        unit=unit_text(words, str(rows["eenheid"].iloc[0])),
        definition=str(env.register.at[indicator, "definitie"]),
        date=words.date(report.as_of),
    )


def _beside(report: Report, rows: pd.DataFrame, places: int) -> str:
    """Write the latest figure of each area, with its period."""
    words, told = report.words, []
    last = rows.sort_values("periode_tot").drop_duplicates("geo", keep="last")
    order = last["geo"].map({area: place for place, area in enumerate(chart.AREAS)})
    for _, row in last.assign(_order=order).sort_values("_order").iterrows():
        value = text.amount(words, row["waarde"], str(row["eenheid"]), places)
        when = text.period(words, row)
        name = text.geo(words, row["geo"])
        told.append(words.t("{area} {value} ({period})", area=name, value=value, period=when))
    return text.joined(words, told)


def _doubtful_notes(report: Report, rows: pd.DataFrame) -> tuple[str, ...]:
    """Name the figures that are left out because they are still to be checked."""
    words = report.words
    return tuple(
        words.t(
            "Left out, still to be checked: {value} ({area}, {period}).",
            value=text.amount(words, row["waarde"], str(row["eenheid"]), 1),
            area=text.geo(words, row["geo"]),
            period=text.period(words, row),
        )
        for _, row in rows.iterrows()
    )


def _gap_note(report: Report, rows: pd.DataFrame) -> tuple[str, ...]:
    """Say that the line is broken where a period is missing."""
    if not chart.has_gaps(rows):
        return ()
    return (report.words.t("Where a period is missing, the line is broken."),)
