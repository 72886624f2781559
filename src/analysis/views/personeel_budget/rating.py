"""Money: the Region's rating by Standard & Poor's."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import money
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.report import Report, in_every_language, ranked


@in_every_language
def rating(report: Report) -> Figure:
    """List the stretches in which the assessments found give one grade, the youngest first."""
    name, words = "personeel_budget-rating", report.words
    known = ranked(report.now, "budget")
    grades = money.ratings(known)
    if not len(grades):
        return wording.nothing(report, name, words.t("No rating of the Region was found"))
    every = known[(known["reeks"] == money.RATING) & known["periode_tot"].notna()]
    return Figure(
        name,
        "table",
        title=rating_title(words, grades),
        subtitle=words.t("Long-term rating of the Region by Standard & Poor’s, the youngest first"),
        grid=_grid(report, grades),
        origins=report.origins(every),
        notes=(*_notes(words, grades), *report.dating_notes(every)),
    )


def rating_title(words: Words, grades: pd.DataFrame) -> str:
    """Say the last grade found, and how it moved since the first; a doubtful grade is no fact.

    Args:
        words: the language.
        grades: from :func:`money.ratings`, at least one row.
    """
    first, last = grades.iloc[0], grades.iloc[-1]
    values = {"grade": _grade(words, last), "date": period_of(words, last)}
    if last["ook"]:
        return words.t("Standard & Poor’s on the Region, last found ({date}): {grade}, sources differ", **values)
    if len(grades) > 1 and grades["waarde"].nunique() == 1 and not grades["ook"].map(len).any():
        return words.t(
            "Standard & Poor’s gave the Region {grade} in all {n} assessments found, from {start} to {date}",
            n=words.number(len(grades)),
            start=period_of(words, first),
            **values,
        )
    # a doubtful grade is no start to count notches from
    steps = float("nan") if first["ook"] else last["trede"] - first["trede"]
    if steps != steps or steps == 0:
        return words.t("Standard & Poor’s last gave the Region {grade} ({date})", **values)
    return _moved(words, int(steps), values | {"first": _grade(words, first), "start": period_of(words, first)})


def _moved(words: Words, steps: int, values: dict[str, str]) -> str:
    if steps > 0:
        return words.tn(
            "Standard & Poor’s last gave the Region {grade} ({date}): {n} notch below the {first} of {start}",
            "Standard & Poor’s last gave the Region {grade} ({date}): {n} notches below the {first} of {start}",
            steps,
            **values,
        )
    return words.tn(
        "Standard & Poor’s last gave the Region {grade} ({date}): {n} notch above the {first} of {start}",
        "Standard & Poor’s last gave the Region {grade} ({date}): {n} notches above the {first} of {start}",
        -steps,
        **values,
    )


def _grade(words: Words, row: pd.Series) -> str:
    """Write all grades that the sources give for one assessment, the best first."""
    grades: list[str] = sorted({row["waarde"], *row["ook"]}, key=money.SCALE.index) if row["ook"] else [row["waarde"]]
    text, *others = [wording.grade(grade) for grade in grades]
    for other in others:
        text = words.t("{text} or {other}", text=text, other=other)
    return text


def _grid(report: Report, grades: pd.DataFrame) -> Grid:
    words = report.words
    texts = [words.t("Grade"), words.t("Assessments found"), words.t("Source of the figure")]
    rows = []
    for run in reversed(money.runs(grades)):
        dates = [period_of(words, row) for row in wording.records(run)]
        sources = dict.fromkeys(wording.source_name(report, bron_id) for bron_id in run["bron_id"])
        rows.append((_grade(words, run.iloc[-1]), words.list(dates), words.list(list(sources))))
    return Grid(wording.columns(texts, []), tuple(rows))


def _notes(words: Words, grades: pd.DataFrame) -> list[str]:
    notes = [words.t("Only assessments that the gathered sources name are listed; S&P may have published others.")]
    if grades["ook"].map(len).any():
        notes.append(
            words.t("Two grades: another source, or the note in the data, gives the other one. Neither is certain.")
        )
    return notes
