"""Money: how far budgets and estimates of debt and balance were from what came, and which ones still wait."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import vintages
from analysis.models.money import REALISED
from analysis.models.vintages import CHECKED, FAVOURABLE, OPEN, UNFAVOURABLE
from analysis.views.facts import place_name
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name, notion_name, series_name
from analysis.views.report import Report, in_every_language
from analysis.views.theme import PLAN

#: Stands at a day that the source does not give.
DERIVED = "°"

#: The headers, those of numbers once more; and how a row is written.
_Columns = tuple[list[str], list[str]]
_Cells = Callable[[Words, dict[str, Any]], tuple[str, ...]]


@in_every_language
def forecast_errors(report: Report) -> Figure:
    """List the budgets and estimates of years with a realised figure, each with its error where both count alike."""
    name, words = "personeel_budget-forecast_errors", report.words
    facts = facts_of(report, *vintages.SERIES)
    made = vintages.vintages(facts)
    rows = made[made["staat"] != OPEN]
    if not len(rows):
        title = words.t("Of no budget or estimate of debt or balance is a realised figure known yet")
        return Figure(name, "absent", title=title)
    return Figure(
        name,
        "table",
        title=errors_title(words, made),
        subtitle=words.t(
            "Debt and balance in millions of euro; a balance below nought is a deficit; error = budget or estimate "
            "minus realised; {sign} = derived day",
            sign=DERIVED,
        ),
        grid=_grid(report, rows, _error_columns(words), _error_cells),
        origins=(*report.origins(rows, rows[["gerealiseerd_bron"]].set_axis(["bron_id"], axis=1)),),
        notes=(*_error_notes(report, made), *report.dating_notes(pd.concat([rows, _outcomes(facts, rows)]))),
    )


def _outcomes(facts: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the realised figures that stand beside vintages, each once."""
    names = ["reeks", "entiteit", "jaar", "bron_id", "waarde"]
    beside = rows[["reeks", "entiteit", "jaar", "gerealiseerd_bron", "gerealiseerd"]].set_axis(names, axis=1)
    realised = facts[facts["soort"] == REALISED]
    keys, wanted = (pd.MultiIndex.from_frame(table[names]) for table in (realised, beside))
    return realised[keys.isin(wanted)]


@in_every_language
def open_forecasts(report: Report) -> Figure:
    """List the budgets and estimates of debt and balance whose year has no realised figure yet, to look up."""
    name, words = "personeel_budget-open_forecasts", report.words
    made = vintages.vintages(facts_of(report, *vintages.SERIES))
    rows = made[made["staat"] == OPEN]
    if not len(rows):
        return Figure(name, "absent", title=words.t("No budget or estimate of debt or balance waits for its outcome"))
    return Figure(
        name,
        "table",
        title=words.tn(
            "{n} budget or estimate of debt or balance waits for a realised figure, for {last}",
            "{n} budgets and estimates of debt and balance wait for a realised figure, the furthest for {last}",
            len(rows),
            last=int(rows["jaar"].max()),
        ),
        subtitle=words.t(
            "Debt and balance in millions of euro; a balance below nought is a deficit; {sign} = derived day",
            sign=DERIVED,
        ),
        grid=_grid(report, rows, _open_columns(words), _open_cells),
        origins=report.origins(rows),
        notes=(_day_note(words), *report.dating_notes(rows)),
        reference=True,
    )


def errors_title(words: Words, made: pd.DataFrame) -> str:
    """Say how many could be checked, and to which side they erred.

    Args:
        words: the language.
        made: from :func:`vintages.vintages`.
    """
    checked = made[made["staat"] == CHECKED]
    if not len(checked):
        return words.tn(
            "The {n} budget or estimate of debt and balance cannot be checked against a figure that counts alike",
            "None of the {n} budgets and estimates of debt and balance can be checked against a figure that counts "
            "alike",
            len(made),
        )
    sides = checked["oordeel"].value_counts()
    return words.tn(
        "Of {total} budgets and estimates of debt and balance {n} can be checked: {good} too favourable, "
        "{bad} too unfavourable",
        "Of {total} budgets and estimates of debt and balance {n} can be checked: {good} were too favourable, "
        "{bad} too unfavourable",
        len(checked),
        total=words.number(len(made)),
        good=words.number(int(sides.get(FAVOURABLE, 0))),
        bad=words.number(int(sides.get(UNFAVOURABLE, 0))),
    )


def definition_name(words: Words, definition: str) -> str:
    """Return the words for a notion or perimeter of :func:`vintages.with_definition`, also for none."""
    own = {
        "": words.t("no notion of its own named"),
        vintages.OTHER_PERIMETER: words.t("other perimeter"),
        vintages.OTHER_NOTION: words.t("another concept, says the note in the data"),
    }
    return own[definition] if definition in own else notion_name(words, definition)


def heading(report: Report, row: pd.Series) -> str:
    """Return the heading above the figures of one series and entity (``reeks``, ``entiteit``)."""
    words = report.words
    services = {"BHG-DBHR": words.t("services of the Brussels Government")}
    entity = services.get(row["entiteit"]) or place_name(words, row["entiteit"])
    return words.t("{value} ({remark})", value=series_name(report, row["reeks"]), remark=entity)


def _grid(report: Report, made: pd.DataFrame, columns: _Columns, cells: _Cells) -> Grid:
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for _, same in made.groupby(["reeks", "entiteit"], sort=False):
        groups[len(rows)] = heading(report, same.iloc[0])
        rows += [cells(report.words, row) for row in wording.records(same)]
    return Grid(wording.columns(*columns), tuple(rows), groups)


def _vintage_columns(words: Words) -> _Columns:
    numbers = [words.t("money: years ahead"), words.t("money: budget or estimate")]
    return [words.t("Year"), words.t("Kind"), words.t("Known since"), *numbers], numbers


def _vintage_cells(words: Words, row: dict[str, Any]) -> tuple[str, ...]:
    return (
        str(row["jaar"]),
        kind_name(words, PLAN if row["plan"] else row["soort"]),
        words.month(row["bekend_op"]) + (f" {DERIVED}" if row["afgeleid"] else ""),
        words.number(row["vooruit"], 1),
        wording.amount(words, row["waarde"]),
    )


def _open_columns(words: Words) -> _Columns:
    texts, numbers = _vintage_columns(words)
    return [*texts, words.t("money: counted as")], numbers


def _open_cells(words: Words, row: dict[str, Any]) -> tuple[str, ...]:
    return (*_vintage_cells(words, row), definition_name(words, row["begrip"]))


def _error_columns(words: Words) -> _Columns:
    texts, numbers = _vintage_columns(words)
    more = [words.t("money: realised amount"), words.t("money: error"), words.t("money: error in %")]
    return [*texts, *more, words.t("money: why no error")], [*numbers, *more]


def _error_cells(words: Words, row: dict[str, Any]) -> tuple[str, ...]:
    tenths = int(not (float(row["waarde"]).is_integer() and float(row["gerealiseerd"]).is_integer()))
    return (
        *_vintage_cells(words, row),
        wording.amount(words, row["gerealiseerd"]),
        words.number(row["fout"], tenths, sign=True),
        words.number(row["fout_pct"], 1, sign=True),
        "" if row["staat"] == CHECKED else _otherwise(words, row),
    )


def _otherwise(words: Words, row: dict[str, Any]) -> str:
    """Say which of the two figures counts in a way of its own."""
    sides = (
        (kind_name(words, PLAN if row["plan"] else row["soort"]), row["begrip"]),
        (kind_name(words, "gerealiseerd"), row["gerealiseerd_begrip"]),
    )
    said = [words.t("{name}: {value}", name=name, value=definition_name(words, own)) for name, own in sides if own]
    return words.joined(said)


def _day_note(words: Words) -> str:
    return words.t(
        "When a budget or an estimate was made is not in the data: the day on which it became known stands for it. "
        "What became known only after its year has no years ahead."
    )


def _error_notes(report: Report, made: pd.DataFrame) -> list[str]:
    words = report.words
    notes = [
        words.t(
            "Too favourable: a debt put too low or a balance put too high. Error in %: of the size of the realised "
            "amount. No error is given where the two figures do not count alike."
        ),
        _day_note(words),
    ]
    means = vintages.means(made)
    if not len(means):
        notes.append(
            words.t(
                "No mean error is given: nowhere do {n} checked figures of one series and kind look equally far ahead.",
                n=vintages.ENOUGH,
            )
        )
    return [*notes, *(_mean(report, row) for row in wording.records(means))]


def _mean(report: Report, row: dict[str, Any]) -> str:
    words = report.words
    return words.t(
        "{series}, {kind}, {years} to {more} years ahead: mean error {error} million over {n} figures.",
        series=series_name(report, row["reeks"]),
        kind=kind_name(words, row["soort"]),
        years=int(row["horizon"]),
        more=int(row["horizon"]) + 1,
        error=words.number(row["fout"], sign=True),
        n=row["aantal"],
    )
