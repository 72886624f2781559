"""The challenges and their indicators: how many moved the good way, and each challenge's table."""

from __future__ import annotations

import pandas as pd

from analysis.errors import KrachtlijnError
from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models import indicators
from analysis.views.omgeving import data, text
from analysis.views.omgeving.targets import differing, target_cell
from analysis.views.report import Report


def movements(report: Report) -> Figure:
    """Return how many of the linked indicators moved the good way, and how many did not."""
    words, env, links = report.words, data.look(report), data.linked(report)
    rows = env.current(links["indicator"].tolist())
    columns = (
        Column(words.t("Which way it moved")),
        Column(words.t("Number of indicators"), "number"),
        Column(words.t("Which (period of the latest figure)")),
    )
    cells = [(name, words.number(len(own)), _which(report, env, own)) for name, own in _kinds(report, rows) if len(own)]
    measured = rows[rows["waarde"].notna()]
    return Figure(
        "omgeving-beweging",
        "table",
        title=_movement_title(report, rows),
        subtitle=words.t(
            "All indicators linked to a challenge; latest figure known on {date} against the one before",
            date=words.date(report.as_of),
        ),
        grid=Grid(columns, tuple(cells)),
        origins=report.origins(measured, _earlier(measured), links),
        notes=(
            *data.borrowed(report),
            *_movement_notes(report, rows),
            *report.dating_notes(measured),
        ),
    )


def _earlier(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the sources of the figures that the latest ones are compared with."""
    earlier = rows.loc[rows["verandering"].notna(), ["vorige_bron_id"]]
    return earlier.rename(columns={"vorige_bron_id": "bron_id"})


def _kinds(report: Report, rows: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    words = report.words
    moved = {
        "goed": words.t("The good way"),
        "slecht": words.t("The wrong way"),
        "gelijk": words.t("No change"),
    }
    why = {
        "een_meting": words.t("No verdict: only one measurement"),
        "richting": words.t("No verdict: no direction is good or bad in itself"),
        "seizoen": words.t("No verdict: two seasons of one year"),
        "ander_gebied": words.t("No verdict: only a Belgian figure"),
        "te_controleren": words.t("No verdict: figure still to be checked"),
        "elders": words.t("No verdict here: see the chapter on staff and budget"),
        "onbekend": words.t("No figure known yet"),
    }
    found = [(name, rows[rows["oordeel"] == code]) for code, name in moved.items()]
    return found + [(name, rows[rows["reden"] == code]) for code, name in why.items()]


def _which(report: Report, env: data.Environment, rows: pd.DataFrame) -> str:
    words, told = report.words, []
    for _, row in rows.iterrows():
        label = env.label(row["indicator"])
        if pd.notna(row["waarde"]):
            when = text.period(words, row)
            label = words.t("{label} ({period})", label=label, period=when)
        told.append(label)
    return text.joined(words, told)


def _movement_title(report: Report, rows: pd.DataFrame) -> str:
    words, count = report.words, rows["oordeel"].value_counts()
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
    then = data.look(report, report.before).current(rows["indicator"].tolist())
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


def challenge(report: Report, code: str) -> Figure:
    """Return the indicators of one challenge (and of its sub-challenges) beside their targets.

    Args:
        report: the report.
        code: of a challenge at the top of the table ``uitdagingen``.

    Raises:
        KrachtlijnError: no such challenge.
    """
    words, env, mine = report.words, data.look(report), _challenge(report, code)
    links = data.linked(report, mine["uitdaging_code"].tolist())
    rows = env.current(links["indicator"].tolist())
    known = rows[rows["waarde"].notna()]
    beside = indicators.comparison(rows, env.facts)
    goals = data.targets(report, env)
    goals = goals[goals["indicator"].isin(rows["indicator"])]
    measured = goals[["meet_bron_id"]].rename(columns={"meet_bron_id": "bron_id"})
    return Figure(
        f"omgeving-{code.replace('_', '-')}",
        "table",
        title=_challenge_title(report, rows),
        subtitle=words.t(
            "{challenge}: latest figure for the Region known on {date}",
            challenge=mine["label"].iloc[0],
            date=words.date(report.as_of),
        ),
        grid=_challenge_grid(report, env, rows, beside, goals, _headings(mine, links)),
        origins=report.origins(known, _earlier(known), beside, goals, measured, links, mine, _broken(env, known)),
        notes=(
            *data.borrowed(report),
            *_challenge_notes(report, rows, beside, goals),
            *report.dating_notes(pd.concat([known, beside])),
        ),
    )


def _broken(env: data.Environment, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the breaks that decided what the rows are compared with."""
    return env.breaks[env.breaks["reeks"].isin(rows["indicator"])]


def _challenge(report: Report, code: str) -> pd.DataFrame:
    """Return a challenge and its sub-challenges."""
    every = data.challenges(report)
    top = every[every["hoort_bij"] == ""]["uitdaging_code"].tolist()
    if code not in top:
        raise KrachtlijnError(f"'{code}' is not a challenge", do=f"allowed: {', '.join(top)}")
    return pd.concat([every[every["uitdaging_code"] == code], every[every["hoort_bij"] == code]])


def _headings(mine: pd.DataFrame, links: pd.DataFrame) -> dict[int, str]:
    """Return the name of a sub-challenge above its first indicator."""
    labels = mine.set_index("uitdaging_code")["label"]
    first = links["uitdaging_code"].ne(links["uitdaging_code"].shift())
    head = mine["uitdaging_code"].iloc[0]
    codes = links.loc[first, "uitdaging_code"]
    return {int(str(row)): str(labels[code]) for row, code in codes.items() if code != head}


def _challenge_title(report: Report, rows: pd.DataFrame) -> str:
    words, count = report.words, rows["oordeel"].value_counts()
    unknown = int(rows["waarde"].isna().sum())
    if unknown == len(rows):
        return words.t("No indicator of this challenge has a known figure yet")
    good, bad, same = (int(count.get(code, 0)) for code in ("goed", "slecht", "gelijk"))
    without = int(count.get("geen", 0)) - unknown
    parts = [
        (good, words.tn("{n} got better", "{n} got better", good)),
        (bad, words.tn("{n} got worse", "{n} got worse", bad)),
        (same, words.tn("{n} did not change", "{n} did not change", same)),
        (without, words.tn("{n} without verdict", "{n} without verdict", without)),
        (unknown, words.tn("{n} not known yet", "{n} not known yet", unknown)),
    ]
    told = [part for number, part in parts if number]
    total = words.tn("{n} indicator", "{n} indicators", len(rows))
    return words.t("{indicators}: {parts}", indicators=total, parts=words.list(told))


def _challenge_grid(
    report: Report,
    env: data.Environment,
    rows: pd.DataFrame,
    beside: pd.DataFrame,
    goals: pd.DataFrame,
    headings: dict[int, str],
) -> Grid:
    """Return the table; a column in which nothing would stand is left out (a note says so)."""
    words = report.words
    columns = [
        Column(words.t("Indicator (unit)")),
        Column(words.t("Latest known figure"), "number"),
        Column(words.t("Figure about")),
        Column(words.t("Change since when")),
    ]
    columns += [Column(words.t("Belgium and other regions"))] if len(beside) else []
    columns += [Column(words.t("Official target and distance"))] if len(goals) else []
    columns += [Column(words.t("Keep in mind"))]
    cells = []
    for _, row in rows.iterrows():
        own = beside[beside["indicator"] == row["indicator"]]
        places = text.decimals(row["eenheid"], row["waarde"], row["verandering"], *own["waarde"])
        cell = [*_figure_cells(report, env, row, places)]
        cell += [text.beside_cell(words, row, own, places)] if len(beside) else []
        aims = goals[goals["indicator"] == row["indicator"]]
        cell += [target_cell(words, aims)] if len(goals) else []
        cells.append((*cell, text.marks(words, row, report.as_of)))
    return Grid(tuple(columns), tuple(cells), headings)


def _figure_cells(report: Report, env: data.Environment, row: pd.Series, places: int) -> tuple[str, str, str, str]:
    words, label = report.words, env.label(row["indicator"])
    return (
        text.named(words, label, row["eenheid"]) if row["eenheid"] else label,
        words.number(row["waarde"], places),
        _about(words, row),
        text.change_cell(words, row, places),
    )


def _about(words: Words, row: pd.Series) -> str:
    """Write the period, and the area where the figure is not that of the Region."""
    when = text.period(words, row)
    if row["geo"] in ("", indicators.HOME):
        return when
    return words.t("{period}, {area}", period=when, area=text.geo(words, row["geo"]))


def _challenge_notes(report: Report, rows: pd.DataFrame, beside: pd.DataFrame, goals: pd.DataFrame) -> tuple[str, ...]:
    words, notes = report.words, []
    if (rows["reden"] == "elders").any():
        notes.append(
            words.t(
                "Debt and balance: rows of one series differ in kind (estimate or result) or in "
                "scope, so no change is given. The chapter on staff and budget keeps them apart "
                "and may have a later figure."
            )
        )
    if beside.empty and rows["waarde"].notna().any():
        notes.append(words.t("No comparable figure for Belgium or another region is at hand."))
    if goals.empty:
        notes.append(words.t("No official target is known for these indicators."))
    if differing(goals):
        notes.append(words.t("All targets that sources name are shown, also where they differ."))
    return tuple(notes)
