"""What public surveys asked the people of Brussels, beside Belgium and the other regions."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import surveys as model
from analysis.models.indicators import HOME
from analysis.models.panels import LEVEL
from analysis.views.facts import decimals, period_of, place_name, unit_name
from analysis.views.omgeving import data
from analysis.views.report import Report, in_every_language

NAME = "omgeving-bevragingen"
#: In the order in which the areas stand in the table.
ORDER = (HOME, "BE2", "BE3", "BE")
#: Numbers of answers are rounded up to this; above the other they are only said to be above it.
TENS, MOST = 10, 100_000


@in_every_language
def public_surveys(report: Report) -> Figure:
    """Table: per survey question Brussels beside Belgium and the regions, and what their difference would take."""
    words, env = report.words, data.look(report)
    found = _ordered(model.surveys(env.facts))
    if found.empty:
        return Figure(NAME, "absent", title=words.t("No public survey has a known figure yet"))
    rows = found.assign(richting=found["indicator"].map(env.register["richting"]))
    used = env.only(rows["indicator"].tolist())
    shown = used.merge(rows[["indicator", "periode"]], on=["indicator", "periode"])
    return Figure(
        NAME,
        "table",
        title=surveys_title(words, rows),
        subtitle=words.t("Latest figure of each question, per survey; the surest difference with Belgium first")
        if rows["verschil"].notna().any()
        else words.t("Latest figure of each question, per survey"),
        grid=_grid(words, env, rows),
        origins=report.origins(shown, env.register.loc[rows["indicator"]]),
        notes=(*_notes(words, rows), *report.dating_notes(shown)),
        reference=True,
    )


def _ordered(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the questions: the survey with the latest fieldwork first, in it those of which Brussels differs most."""
    last = rows["veldwerk_tot"].fillna(rows["periode_tot"])
    sorted_by = rows.assign(_laatst=last, _alleen=rows["verschil"].isna(), _nodig=rows["nodig"].fillna(math.inf))
    keys = ["_laatst", "eenheid", "_alleen", "_nodig"]
    ordered = sorted_by.sort_values(keys, ascending=[False, True, True, True], kind="stable")
    return ordered.drop(columns=["_laatst", "_alleen", "_nodig"]).reset_index(drop=True)


def surveys_title(words: Words, rows: pd.DataFrame) -> str:
    """Say on how many questions Brussels answers more favourably than Belgium, and that chance cannot be ruled out.

    Args:
        words: the language.
        rows: ``verschil`` (Brussels minus Belgium, NaN when one is unknown) and ``richting`` (``hoger`` or ``lager`` is
            better; "" is neither).
    """
    both = rows[rows["verschil"].notna()]
    if both.empty:
        return words.tn(
            "The only survey question has no figure of both Brussels and Belgium",
            "None of the {n} survey questions has a figure of both Brussels and Belgium",
            len(rows),
        )
    way = both["richting"].map({"hoger": 1, "lager": -1}).fillna(0) * both["verschil"]
    better, worse = int((way > 0).sum()), int((way < 0).sum())
    told = words.tn(
        "On {better} of {n} question Brussels answers more favourably than Belgium, on {worse} less",
        "On {better} of {n} questions Brussels answers more favourably than Belgium, on {worse} less",
        len(both),
        better=words.number(better),
        worse=words.number(worse),
    )
    return words.joined([told, words.t("whether that is chance, the sources do not let one tell")])


def _grid(words: Words, env: data.Environment, rows: pd.DataFrame) -> Grid:
    columns = (
        Column(words.t("Survey question")),
        *(Column(words.t("area: Brussels, short") if a == HOME else place_name(words, a), "number") for a in ORDER),
        Column(words.t("Brussels minus Belgium (percentage points)"), "number"),
        Column(words.t("Answers needed in each"), "number"),
    )
    # without a pair there is nothing to stand in the last two
    columns = columns if rows["verschil"].notna().any() else columns[:-2]
    cells = tuple(_row(words, env, row)[: len(columns)] for _, row in rows.iterrows())
    heads = [_heading(words, row) for _, row in rows.iterrows()]
    firsts = {place: head for place, head in enumerate(heads) if not place or head != heads[place - 1]}
    return Grid(columns, cells, firsts)


def _heading(words: Words, row: pd.Series) -> str:
    """Write when the answers were collected, and in which unit they are."""
    unit = unit_name(words, str(row["eenheid"]))
    if pd.isna(row["veldwerk_van"]):
        return words.t("Figure of {period}, {unit}", period=period_of(words, row), unit=unit)
    when = words.period(row["veldwerk_van"], row["veldwerk_tot"], "maanden")
    return words.t("Fieldwork {period}, {unit}", period=when, unit=unit)


def _row(words: Words, env: data.Environment, row: pd.Series) -> tuple[str, ...]:
    places = decimals(str(row["eenheid"]), *(row[area] for area in ORDER))
    return (
        _question(words, env, row),
        *(words.number(row[area], places) for area in ORDER),
        words.number(row["verschil"], 1, sign=True),
        how_many(words, row["nodig"]),
    )


def _question(words: Words, env: data.Environment, row: pd.Series) -> str:
    """Write what was asked, with the answers that count where the source says which."""
    told = env.label(row["indicator"])
    marks = [words.t("counted: {answers}", answers=_answers(words, row["antwoorden"]))] if row["antwoorden"] else []
    marks += [words.t("estimated or rounded")] if row["ongeveer"] else []
    return words.t("{text} ({mark})", text=told, mark=words.joined(marks)) if marks else told


def _answers(words: Words, said: tuple[str, ...]) -> str:
    """Write the answers that count; those that are not known here as the source words them."""
    known = {
        "A lot": words.t("answer: a lot"),
        "Some": words.t("answer: some"),
        "Agree": words.t("answer: agree"),
        "Strongly agree": words.t("answer: strongly agree"),
        "Likely": words.t("answer: likely"),
        "Very likely": words.t("answer: very likely"),
        "All of them": words.t("answer: all of them"),
        "Most of them": words.t("answer: most of them"),
        "Yes": words.t("answer: yes"),
    }
    told, *others = (known.get(answer, answer) for answer in said)
    for other in others:
        told = words.t("{answer} or {other}", answer=told, other=other)
    return told


def how_many(words: Words, n: float) -> str:
    """Write how many answers are needed, rounded up to tens; a dash where nothing is to be told apart."""
    if math.isnan(n):
        return UNKNOWN_SIGN
    if n > MOST:
        return words.t("more than {n} answers", n=words.number(MOST))
    return words.number(math.ceil(n / TENS) * TENS)


def _notes(words: Words, rows: pd.DataFrame) -> list[str]:
    notes = [
        words.t(
            "No source says how many people answered. So there is no interval and no test here, and no difference can "
            "be called real. Different surveys ask different questions: their levels cannot be compared."
        )
    ]
    wanted = rows["nodig"].dropna()
    if len(wanted):
        notes.append(_needed_note(words, wanted))
    return notes


def _needed_note(words: Words, wanted: pd.Series) -> str:
    fewest, most = (how_many(words, float(end)) for end in (wanted.min(), wanted.max()))
    values: dict[str, Any] = {"level": words.number(100 * LEVEL), "power": words.number(80)}
    told = words.t(
        "Needed: so many answers in each of two equally large samples would show the difference between Brussels and "
        "Belgium in {power} % of cases (two-sided test at {level} %); an order of magnitude, rounded up to tens, as if "
        "Brussels were not a part of Belgium.",
        **values,
    )
    if fewest == most:
        return told
    span = words.t("It runs from {fewest} to {most}.", fewest=fewest, most=most)
    return f"{told} {span}"
