"""Three courses over time that matter to the board: unemployment, the price of a flat, poverty."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Figure
from analysis.language import Words
from analysis.models import indicators
from analysis.views import theme
from analysis.views.facts import decimals, period_of, place_name, unit_name
from analysis.views.omgeving import chart, data, text
from analysis.views.report import Report, in_every_language


@in_every_language
def unemployment(report: Report) -> Figure:
    """Return the unemployment rate 15-64 of the labour force survey, per quarter."""
    words = report.words
    note = words.t(
        "Labour force survey; registered job seekers (Actiris) are another definition and do not "
        "stand in this chart. A quarterly survey figure has a margin of error."
    )
    subject = words.t("The Brussels unemployment rate")
    return course(report, "omgeving-werkloosheid", subject, "werkloosheidsgraad_15_64", "kwartaal", note)


@in_every_language
def apartment_price(report: Report) -> Figure:
    """Return the median price of a flat, per year."""
    words = report.words
    note = words.t("Current prices, not corrected for inflation; houses are not included.")
    subject = words.t("The median price of a Brussels flat")
    return course(report, "omgeving-woningprijs", subject, "woningprijs_appartement_mediaan", "jaar", note)


@in_every_language
def poverty(report: Report) -> Figure:
    """Return the risk of poverty or social exclusion, in the definition of Europe 2030."""
    words = report.words
    note = words.t(
        "Definition of Europe 2030 only; figures in the definition of Europe 2020 are another "
        "series. A survey: small differences between years say little."
    )
    subject = words.t("The Brussels risk of poverty or social exclusion")
    return course(report, "omgeving-armoede", subject, "armoede_of_sociale_uitsluiting", "jaar", note)


def course(report: Report, name: str, subject: str, indicator: str, precision: str, note: str) -> Figure:
    """Return the panels of one indicator; sentences where a line would have too few points.

    Args:
        report: the report.
        name: the id of the figure.
        subject: what the title speaks of, as the subject of its sentence.
        indicator: its code.
        precision: ``jaar`` or ``kwartaal``; figures in another precision stay out.
        note: what a reader must know of this indicator.
    """
    words, env = report.words, data.look(report)
    rows, doubtful = _course_rows(env, indicator, precision)
    current = indicators.one_per_indicator(indicators.latest(rows), [indicator]).iloc[0]
    if not len(rows) or current["geo"] != indicators.HOME:
        said = words.t("On {date} no figure was public.", date=words.date(report.as_of))
        title = words.t("{subject} is not known yet", subject=subject)
        return Figure(name, "sentences", title=title, sentences=(said,), notes=(note,))
    rows = rows[rows["eenheid"] == current["eenheid"]]  # a line never mixes units
    places = decimals(str(current["eenheid"]), *rows["waarde"])
    beside = _beside(report, rows, places)
    shared: dict[str, Any] = {
        "title": course_title(words, subject, current, _belgium(current, rows), places),
        "origins": report.origins(rows),
    }
    notes = (note, *_doubtful_notes(report, doubtful), *report.dating_notes(rows))
    if not chart.enough(rows):
        few = words.t("Too few measurements are known for a chart.")
        sentences = (words.t("{area_values}.", area_values=beside), few)
        subtitle = _measure(report, env, indicator, rows)
        return Figure(name, "sentences", subtitle=subtitle, sentences=sentences, notes=notes, **shared)
    return Figure(
        name,
        "chart",
        subtitle=words.t(
            "{measure}. A panel per area: the thick line is the area, the thin line Brussels",
            measure=_measure(report, env, indicator, rows),
        ),
        alt=words.t("{title}. Latest figure per area: {values}.", title=shared["title"], values=beside),
        grid=chart.grid(rows, words, str(current["eenheid"]), places),
        spec=chart.spec(rows, words, places),
        notes=(*notes, *_gap_note(report, rows)),
        **shared,
    )


def _course_rows(env: data.Environment, indicator: str, precision: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the figures of a course, and those that stay out because they are still to be checked."""
    rows = env.only([indicator])
    rows = rows[rows["periode_soort"] == precision]
    doubtful, rows = rows[rows["te_controleren"]], rows[~rows["te_controleren"]]
    # before the first Brussels figure there is nothing to compare with
    first = rows.loc[rows["geo"] == indicators.HOME, "periode_van"].min()
    return rows[rows["periode_van"] >= first], doubtful


def course_title(words: Words, subject: str, row: pd.Series, belgium: float, places: int) -> str:
    """Write the message: from where to where Brussels went, and Belgium beside it.

    Args:
        words: the language.
        subject: what is spoken of, as the subject of the sentence.
        row: the latest Brussels figure: ``waarde``, ``vorige_waarde``, ``verandering`` (NaN when there is
            nothing to compare with), ``seizoen`` (the earlier figure is of another season: nothing is said
            of it), ``eenheid``, ``periode_soort`` and the days of both periods.
        belgium: the Belgian figure of the same period; NaN when unknown.
        places: decimals.
    """
    unit = str(row["eenheid"])
    values = {
        "subject": subject,
        "value": text.amount(words, row["waarde"], unit, places),
        "period": period_of(words, row),
    }
    if pd.isna(row["verandering"]) or row["seizoen"]:
        said = words.t("{subject} was {value} ({period})", **values)
    else:
        values["earlier"] = text.amount(words, row["vorige_waarde"], unit, places)
        values["then"] = period_of(words, row, "vorige")
        said = _moved(words, float(row["verandering"]), values)
    if pd.isna(belgium):
        return said
    return words.t("{said}; {value} in Belgium", said=said, value=text.amount(words, belgium, unit, places))


def _moved(words: Words, change: float, values: dict[str, str]) -> str:
    if change > 0:
        return words.t("{subject} rose from {earlier} ({then}) to {value} ({period})", **values)
    if change < 0:
        return words.t("{subject} fell from {earlier} ({then}) to {value} ({period})", **values)
    return words.t("{subject} stayed at {value} ({then} and {period})", **values)


def _belgium(row: pd.Series, rows: pd.DataFrame) -> float:
    """Return the Belgian figure of the same period; NaN when there is none."""
    beside = indicators.comparison(row.to_frame().T, rows[rows["geo"] == "BE"])
    known = len(beside) and beside["zelfde_periode"].iloc[0]
    return float(beside["waarde"].iloc[0]) if known else float("nan")


def _measure(report: Report, env: data.Environment, indicator: str, rows: pd.DataFrame) -> str:
    words = report.words
    return words.t(
        "{unit}; {definition}",
        unit=unit_name(words, str(rows["eenheid"].iloc[0])),
        definition=str(env.register.at[indicator, "definitie"]),
    )


def _beside(report: Report, rows: pd.DataFrame, places: int) -> str:
    """Write the latest figure of each area, with its period."""
    words, told = report.words, []
    last = rows.sort_values("periode_tot").drop_duplicates("geo", keep="last")
    order = last["geo"].map({area: place for place, area in enumerate(theme.AREAS)})
    for _, row in last.assign(_order=order).sort_values("_order").iterrows():
        value = text.amount(words, row["waarde"], str(row["eenheid"]), places)
        when = period_of(words, row)
        name = place_name(words, row["geo"])
        told.append(words.t("{area} {value} ({period})", area=name, value=value, period=when))
    return words.joined(told)


def _doubtful_notes(report: Report, rows: pd.DataFrame) -> tuple[str, ...]:
    """Name the figures that are left out because they are still to be checked."""
    words = report.words
    return tuple(
        words.t(
            "Left out, still to be checked: {value} ({area}, {period}).",
            value=text.amount(words, row["waarde"], str(row["eenheid"]), 1),
            area=place_name(words, row["geo"]),
            period=period_of(words, row),
        )
        for _, row in rows.iterrows()
    )


def _gap_note(report: Report, rows: pd.DataFrame) -> tuple[str, ...]:
    """Say that the line is broken where a period is missing."""
    if not chart.has_gaps(rows):
        return ()
    return (report.words.t("Where a period is missing, the line is broken; a dot is a measurement on its own."),)
