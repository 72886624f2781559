"""Money: from the initial budget over the adjusted one to what was realised."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import execution as model
from analysis.models.money import ADJUSTED, INITIAL, REALISED
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name
from analysis.views.personeel_budget.raming_fouten import definition_name, heading
from analysis.views.report import Report, in_every_language

#: Stands at a difference between amounts that two sources give.
_TWO = "‡"


@in_every_language
def execution(report: Report) -> Figure:
    """Show each budget at first, adjusted and realised, and the under-use that sources state."""
    name, words = "personeel_budget-execution", report.words
    facts = facts_of(report, *model.SERIES)
    spare = model.underuse(facts_of(report, model.UNDERUSE, model.EXPECTED_UNDERUSE))
    rows = model.stages(facts)
    if not len(rows) and not len(spare):
        title = words.t("No budget is known of which two stages can be set beside each other")
        return Figure(name, "absent", title=title)
    used = model.behind(facts)
    return Figure(
        name,
        "table",
        title=execution_title(words, rows),
        subtitle=words.t(
            "In millions of euro; for a balance negative = deficit. A row holds amounts that count alike; "
            "a dash is unknown"
        ),
        grid=_grid(report, rows, spare),
        origins=report.origins(used, spare),
        notes=(*_notes(words, rows, spare), *report.dating_notes(pd.concat([used, spare]))),
    )


def execution_title(words: Words, rows: pd.DataFrame) -> str:
    """Say of how many budgets with several stages the rate of execution can be computed.

    Args:
        words: the language.
        rows: from :func:`analysis.models.execution.stages`.
    """
    total = rows[["reeks", "entiteit", "jaar"]].drop_duplicates()
    if not len(total):
        return words.t("No budget is known of which two stages can be set beside each other")
    known = int(rows["graad"].notna().sum())
    values = {"total": words.number(len(total)), "known": words.number(known)}
    if not known:
        return words.tn(
            "Of the {n} budget with several known stages the execution rate cannot be computed",
            "Of none of the {n} budgets with several known stages can the execution rate be computed",
            len(total),
        )
    return words.tn(
        "Of {n} of the {total} budgets with several known stages the execution rate can be computed",
        "Of {n} of the {total} budgets with several known stages the execution rates can be computed",
        known,
        total=values["total"],
    )


def _grid(report: Report, rows: pd.DataFrame, spare: pd.DataFrame) -> Grid:
    words = report.words
    numbers = [
        *(kind_name(words, kind).capitalize() for kind in model.STAGES),
        words.t("Realised in % of the adjusted budget"),
        words.t("Realised minus the last budget"),
    ]
    cells: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for _, same in rows.groupby(["reeks", "entiteit"], sort=False):
        groups[len(cells)] = heading(report, same.iloc[0])
        cells += [_cells(words, row) for row in wording.records(same)]
    if len(spare):
        groups[len(cells)] = words.t("Under-use of credits, as sources state it")
        cells += [_spare_cells(words, row) for row in wording.records(spare)]
    texts = [words.t("Year"), *numbers, words.t("money: counted as")]
    return Grid(wording.columns(texts, numbers), tuple(cells), groups)


def _cells(words: Words, row: dict[str, Any]) -> tuple[str, ...]:
    difference = words.number(row["verschil"], _decimals(row), sign=True)
    two = f" {_TWO}" if row["verschil"] == row["verschil"] and not row["een_bron"] else ""
    return (
        str(row["jaar"]),
        *(wording.amount(words, row[kind]) for kind in model.STAGES),
        words.number(row["graad"], 1),
        difference + two,
        definition_name(words, row["begrip"]),
    )


def _decimals(row: dict[str, Any]) -> int:
    return int(any(row[kind] == row[kind] and not float(row[kind]).is_integer() for kind in model.STAGES))


def _spare_cells(words: Words, row: dict[str, Any]) -> tuple[str, ...]:
    amounts = (wording.amount(words, row["waarde"]) if row["soort"] == kind else UNKNOWN_SIGN for kind in model.STAGES)
    said = {
        INITIAL: words.t("expected in the initial budget"),
        ADJUSTED: words.t("expected in the adjusted budget"),
        REALISED: words.t("money: position within the year")
        if row["tussenstand"]
        else words.t("money: found afterwards"),
    }[row["soort"]]
    period = period_of(words, row)
    return (period, *amounts, UNKNOWN_SIGN, UNKNOWN_SIGN, said)


def _notes(words: Words, rows: pd.DataFrame, spare: pd.DataFrame) -> list[str]:
    notes = [
        words.t(
            "An execution rate is what was realised in % of the adjusted budget of the same figure, entity and "
            "definition. For a deficit, under 100 % means that it was smaller than budgeted."
        )
    ]
    if (rows["verschil"].notna() & ~rows["een_bron"]).any():
        notes.append(words.t("{sign} The budget and the realised amount come from two sources.", sign=_TWO))
    if len(spare):
        notes.append(
            words.t("Under-use is what a source calls so; it is not computed, and expected and found are not compared.")
        )
    return notes
