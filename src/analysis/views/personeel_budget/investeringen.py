"""Money: the budget for strategic investments beside the plan's expectation."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.language import Words
from analysis.models import money
from analysis.models.money import INITIAL
from analysis.views.personeel_budget import staven, wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name
from analysis.views.report import Report, in_every_language
from analysis.views.theme import PLAN, spec


@in_every_language
def strategic_investments(report: Report) -> Figure:
    """Set the yearly budget for strategic investments beside the plan's expectation."""
    name, words = "personeel_budget-strategic_investments", report.words
    facts = facts_of(report, money.INVESTMENTS)
    wide = money.investments(facts)
    drawn = wide[wide[[money.INITIAL, "plan"]].notna().any(axis=1)]
    if not len(drawn):
        title = words.t("No figure on strategic investments was found")
        return wording.nothing(report, name, title)
    bars = _pairs(words, drawn)
    return Figure(
        name,
        "chart",
        title=investment_title(words, wide),
        subtitle=_subtitle(words, planned=bool(wide["plan"].notna().any())),
        alt=staven.bars_alt(words, bars),
        grid=_investment_grid(report, wide),
        spec=spec(staven.pairs(bars, [INITIAL, PLAN]), words, height=staven.PAIR_HEIGHT * len(drawn)),
        origins=report.origins(facts),
        notes=(*_investment_notes(report, facts, wide), *report.dating_notes(facts)),
    )


def _subtitle(words: Words, *, planned: bool) -> str:
    if not planned:
        return words.t("Strategic investments of the Region in millions of euro: the initial budget")
    return words.t(
        "Strategic investments of the Region in millions of euro: the initial budget and, below it, what the plan "
        "expected"
    )


def investment_title(words: Words, wide: pd.DataFrame) -> str:
    """Say in how many of the years that can be compared less was budgeted than the plan expected.

    Args:
        words: the language.
        wide: from :func:`money.investments`.
    """
    planned = wide[wide["plan"].notna()]
    if not len(planned):
        return words.t("This plan names no amount for strategic investments")
    compared = planned[planned["afwijking"].notna()]
    plan = words.number(planned["plan"].iloc[-1])
    if not len(compared):
        return words.t(
            "The plan expected about {plan} million a year for strategic investments; of those years "
            "no budget is known yet",
            plan=plan,
        )
    below, years = compared[compared["afwijking"] < 0], [str(year) for year in compared["jaar"]]
    if len(below) == len(compared):
        return words.t(
            "Less was budgeted for strategic investments than the plan’s {plan} million a year, in {years}",
            plan=plan,
            years=words.list(years),
        )
    if not len(below):
        return words.t(
            "At least the plan’s {plan} million a year was budgeted for strategic investments, in {years}",
            plan=plan,
            years=words.list(years),
        )
    return words.t(
        "In {below} of {n} years less was budgeted for strategic investments than the plan’s {plan} million",
        plan=plan,
        below=words.number(len(below)),
        n=words.number(len(compared)),
    )


def _pairs(words: Words, drawn: pd.DataFrame) -> pd.DataFrame:
    rows: list[tuple[str, str, float, str]] = []
    for row in wording.records(drawn):
        name, budget, plan = str(row["jaar"]), row[INITIAL], row["plan"]
        if pd.isna(budget):
            rows.append((name, INITIAL, float("nan"), words.t("budget unknown")))
        else:
            rows.append((name, INITIAL, budget, words.t("budgeted {value}", value=wording.amount(words, budget))))
        if not pd.isna(plan):
            rows.append((name, PLAN, plan, words.t("plan {value}", value=wording.amount(words, plan))))
    return pd.DataFrame(rows, columns=["naam", "soort", "waarde", "tekst"])


def _investment_grid(report: Report, wide: pd.DataFrame) -> Grid:
    words = report.words
    kinds = ["plan", *money.KINDS]
    numbers = [kind_name(words, kind).capitalize() for kind in kinds]
    rows = tuple(
        (str(row["jaar"]), *(wording.amount(words, row[kind]) for kind in kinds)) for row in wording.records(wide)
    )
    return Grid(wording.columns([words.t("Year"), *numbers], numbers), rows)


def _investment_notes(report: Report, facts: pd.DataFrame, wide: pd.DataFrame) -> tuple[str, ...]:
    words, notes = report.words, []
    if wide["plan"].notna().any():
        notes.append(
            words.t(
                "The plan says about {plan} million a year up to and including {year}; its first year "
                "is not named and is set at {first} here.",
                plan=words.number(wide["plan"].dropna().iloc[-1]),
                year=wide.loc[wide["plan"].notna(), "jaar"].max(),
                first=wide.loc[wide["plan"].notna(), "jaar"].min(),
            )
        )
    if not (facts["soort"] == money.REALISED).any():
        notes.append(words.t("What was really spent was not found for any year."))
    if wide[[money.ADJUSTED, money.ESTIMATE]].notna().any(axis=None):
        notes.append(words.t("Beside the initial budget: {items}.", items=words.list(_beside(words, wide))))
    return tuple(notes)


def _beside(words: Words, wide: pd.DataFrame) -> list[str]:
    """Write the amounts that the chart leaves out."""
    return [
        words.t(
            "{value} ({remark})",
            value=words.t("{kind} {value}", kind=kind_name(words, kind), value=wording.amount(words, row[kind])),
            remark=row["jaar"],
        )
        for kind in (money.ADJUSTED, money.ESTIMATE)
        for row in wording.records(wide[wide[kind].notna()])
    ]
