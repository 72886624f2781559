"""Money: the budget for strategic investments beside the plan's expectation."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from analysis.figure import Figure, Grid
from analysis.models import money
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name
from analysis.views.report import Report
from analysis.views.theme import PALETTE, PAPER, base, spec


def strategic_investments(report: Report) -> Figure:
    """Set the yearly budget for strategic investments beside the plan's expectation."""
    name, words = "personeel_budget-strategic_investments", report.words
    facts = facts_of(report, money.INVESTMENTS)
    wide = money.investments(facts)
    drawn = wide[wide[[money.INITIAL, "plan"]].notna().any(axis=1)]
    if not len(drawn):
        title = words.t("No figure on strategic investments was found")
        return wording.nothing(report, name, title)
    return Figure(
        name,
        "chart",
        title=_investment_title(report, wide),
        subtitle=words.t(
            "Strategic investments in millions of euro per year: initial budget (solid) and the "
            "plan’s expectation (outlined)"
        ),
        alt=wording.bars_alt(words, _investment_bars(report, drawn)),
        grid=_investment_grid(report, wide),
        spec=spec(_investment_chart(_investment_bars(report, drawn)), words, height=36 * len(drawn)),
        origins=report.origins(facts),
        notes=(*_investment_notes(report, facts, wide), *report.dating_notes(facts)),
    )


def _investment_title(report: Report, wide: pd.DataFrame) -> str:
    words = report.words
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
    return words.tn(
        "Strategic investments: the budget stayed below the plan’s {plan} million in {below} of the "
        "{n} year that can be compared",
        "Strategic investments: the budget stayed below the plan’s {plan} million in {below} of the "
        "{n} years that can be compared",
        len(compared),
        plan=plan,
        below=int((compared["afwijking"] < 0).sum()),
    )


def _investment_text(report: Report, row: dict[str, Any]) -> str:
    words = report.words
    if pd.isna(row["plan"]):
        return wording.amount(words, row[money.INITIAL])
    budget = words.t("unknown") if pd.isna(row[money.INITIAL]) else ""
    return words.t(
        "{budget} (plan {plan})",
        budget=budget or wording.amount(words, row[money.INITIAL]),
        plan=wording.amount(words, row["plan"]),
    )


def _investment_bars(report: Report, drawn: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "naam": drawn["jaar"].astype(str),
            "begroot": drawn[money.INITIAL],
            "plan": drawn["plan"],
            "einde": drawn[[money.INITIAL, "plan"]].max(axis=1),
            "tekst": [_investment_text(report, row) for row in wording.records(drawn)],
        }
    )


def _investment_chart(rows: pd.DataFrame) -> alt.LayerChart:
    scale = alt.Scale(domain=[0, float(rows["einde"].max()) * 1.75])
    y = alt.Y("naam:O", sort=list(rows["naam"]), title=None, axis=wording.AXIS)
    start = base(rows).encode(y=y)
    plan = base(rows[rows["plan"].notna()]).encode(y=y)
    budget = base(rows[rows["begroot"].notna()]).encode(y=y)
    x = alt.X("begroot:Q", axis=None, scale=scale)
    return wording.layered(
        plan.mark_bar(size=24, fill=PAPER, stroke=PALETTE[2], strokeWidth=1.5).encode(
            x=alt.X("plan:Q", axis=None, scale=scale)
        ),
        budget.mark_bar(size=12, color=PALETTE[1]).encode(x=x),
        start.mark_text(align="left", dx=6).encode(x=alt.X("einde:Q", axis=None), text="tekst:N"),
    )


def _investment_grid(report: Report, wide: pd.DataFrame) -> Grid:
    words = report.words
    kinds = ["plan", *money.KINDS]
    numbers = [kind_name(report, kind).capitalize() for kind in kinds]
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
        notes.append(words.t("Adjusted budgets and estimates stand in the table only."))
    return tuple(notes)
