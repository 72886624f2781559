"""All indicators of the environment together: how many moved the good way, and how many did not."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import indicators
from analysis.views.omgeving import data, text
from analysis.views.report import Report, in_every_language

#: In the order in which the table shows them.
_VERDICTS = ("slecht", "goed", "gelijk")


@in_every_language
def movements(report: Report) -> Figure:
    """Return how many of the linked indicators moved the good way, and how many did not."""
    words, env, links = report.words, data.look(report), data.linked(report)
    rows = data.current(report, links["indicator"].tolist())
    columns = (
        Column(words.t("Which way it moved")),
        Column(words.t("Number of indicators"), "number"),
        Column(words.t("Which (period of the latest figure)")),
    )
    cells = [(name, words.number(len(own)), _which(report, env, own)) for name, own in _moved(report, rows) if len(own)]
    rest = rows[~rows["oordeel"].isin(_VERDICTS)]
    if len(rest):
        cells.append((words.t("No verdict, or no figure"), words.number(len(rest)), _reasons(report, rest)))
    measured = rows[rows["waarde"].notna()]
    return Figure(
        "omgeving-beweging",
        "table",
        title=movement_title(report.words, rows),
        subtitle=words.t("All indicators linked to a challenge; latest known figure against the one before"),
        grid=Grid(columns, tuple(cells)),
        origins=report.origins(measured, data.earlier(measured), links),
        notes=(
            *data.borrowed(report),
            *_movement_notes(report, rows),
            *report.dating_notes(measured),
        ),
    )


def _moved(report: Report, rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    words = report.words
    names = (words.t("The wrong way"), words.t("The good way"), words.t("No change"))
    return [(name, rows[rows["oordeel"] == code]) for name, code in zip(names, _VERDICTS, strict=True)]


def _reasons(report: Report, rows: pd.DataFrame) -> str:
    """Say why there is no verdict, with how many indicators each reason holds for; the tables below name them."""
    words = report.words
    why = {
        "een_meting": words.t("only one comparable measurement"),
        "richting": words.t("neither up nor down is good in itself"),
        "seizoen": words.t("two seasons of one year"),
        "ander_gebied": words.t("only a Belgian figure"),
        "te_controleren": words.t("still to be checked"),
        "elders": words.t("see the chapter on staff and budget"),
        "onbekend": words.t("no figure known yet"),
    }
    count = rows["reden"].value_counts()
    told = [
        words.t("{reason} ({n})", reason=reason, n=words.number(int(count[code])))
        for code, reason in why.items()
        if code in count
    ]
    return words.joined(told)


def _which(report: Report, env: data.Environment, rows: pd.DataFrame) -> str:
    words, told = report.words, []
    for _, row in rows.iterrows():
        label = env.label(row["indicator"])
        told.append(words.t("{label} ({period})", label=label, period=text.brief(words, row)))
    return words.joined(told)


def movement_title(words: Words, rows: pd.DataFrame) -> str:
    """Say how many indicators moved the good way and how many the wrong way.

    Args:
        words: the language.
        rows: a row per indicator with ``waarde`` (NaN when unknown) and ``oordeel``.
    """
    count = rows["oordeel"].value_counts()
    if rows["waarde"].notna().sum() == 0:
        return words.t("No indicator of the environment was known on this date")
    good, bad = int(count.get("goed", 0)), int(count.get("slecht", 0))
    return words.t(
        "Of {total} indicators {good}, {bad} the wrong way; {rest} without a verdict or change",
        total=words.number(len(rows)),
        good=words.tn("{n} moves the good way", "{n} move the good way", good),
        bad=words.number(bad),
        rest=words.number(len(rows) - good - bad),
    )


def _movement_notes(report: Report, rows: pd.DataFrame) -> list[str]:
    words, known = report.words, rows[rows["waarde"].notna()]
    old = sum(indicators.is_old(end, report.as_of) for end in known["periode_tot"])
    then = data.current(report.earlier(), rows["indicator"].tolist())
    new = (rows["periode"] != then["periode"]) | (rows["waarde"] != then["waarde"])
    fresh = int((new & rows["waarde"].notna()).sum())
    notes = [
        words.tn(
            "{n} indicator has a newer figure than in the report of the quarter before.",
            "{n} indicators have a newer figure than in the report of the quarter before.",
            fresh,
        ),
        words.t(
            "The good direction is set per series. A month or quarter is compared with the same "
            "one of an earlier year where there is one."
        ),
        words.t(
            "A table below has no column for Belgium and other regions, or for official targets, where none "
            "is known for its indicators."
        ),
    ]
    if old:
        notes.append(
            words.tn(
                "{n} latest figure is about a period that ended more than three years ago.",
                "{n} latest figures are about a period that ended more than three years ago.",
                old,
            )
        )
    return notes
