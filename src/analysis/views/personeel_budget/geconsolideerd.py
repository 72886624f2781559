"""Money: the consolidated gross debt."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Figure
from analysis.models import money
from analysis.models.money import ESTIMATE, REALISED
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import debt_grid, facts_of, kind_name, shown_rows
from analysis.views.report import Report
from analysis.views.theme import spec


def consolidated_debt(report: Report) -> Figure:
    """Show the consolidated gross debt per year; what is only estimated is outlined."""
    name, words = "personeel_budget-consolidated_debt", report.words
    facts = facts_of(report, money.CONSOLIDATED)
    if not len(facts):
        title = words.t("No figure on the consolidated debt of the Region was found")
        return wording.nothing(report, name, title)
    shown = shown_rows(facts)
    bars = _debt_bars(report, shown)
    return Figure(
        name,
        "chart",
        title=_consolidated_title(report, shown),
        subtitle=words.t("Consolidated gross debt of the Region, in billions of euro, at year's end"),
        alt=wording.bars_alt(words, bars),
        grid=debt_grid(report, shown),
        spec=spec(wording.bars(bars), words, height=27 * len(bars)),
        origins=report.origins(shown),
        notes=(*_consolidated_notes(report, shown), *report.dating_notes(shown)),
    )


def _consolidated_title(report: Report, shown: pd.DataFrame) -> str:
    words = report.words
    realised = shown[shown["merk"] == REALISED]
    if not len(realised):
        return words.t("Of the consolidated debt no realised figure is known yet")
    last = realised.iloc[-1]
    return words.t(
        "The consolidated debt was {value} billion at the end of {year}",
        value=wording.billions(words, last["waarde"]),
        year=last["jaar"],
    )


def _debt_bars(report: Report, shown: pd.DataFrame) -> pd.DataFrame:
    """One bar per year: what was realised, else the highest estimate with the span in its text."""
    order = shown["merk"].map({REALISED: 0, ESTIMATE: 1})
    rows = shown.assign(order=order).dropna(subset=["order"])
    rows = rows.sort_values(["jaar", "order", "waarde"], ascending=[True, True, False])
    one = rows.drop_duplicates("jaar")
    texts = [_bar_text(report, rows, row) for row in wording.records(one)]
    style = one["merk"].mask(money.other_perimeter(one), "ander")
    drawn = pd.DataFrame({"naam": one["jaar"].astype(str), "waarde": one["waarde"] / 1000})
    return drawn.assign(tekst=texts, soort=style)


def _bar_text(report: Report, rows: pd.DataFrame, bar: dict[str, Any]) -> str:
    words = report.words
    same = rows[(rows["jaar"] == bar["jaar"]) & (rows["merk"] == bar["merk"])]
    values = [wording.billions(words, value) for value in sorted(same["waarde"])]
    text = wording.span(words, values)
    if bar["merk"] == ESTIMATE:
        return words.t("{value} ({remark})", value=text, remark=kind_name(report, ESTIMATE))
    if money.other_perimeter(same).any():
        return words.t("{value} ({remark})", value=text, remark=words.t("other perimeter"))
    return text + " *" if bar["conflicten"] else text


def _consolidated_notes(report: Report, shown: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    notes = [
        words.t(
            "Direct debt plus the debt of the consolidated organisations. Sources count different "
            "organisations: the bars stand side by side, a growth rate between them is not given."
        )
    ]
    if money.other_perimeter(shown).any():
        notes.append(
            words.t(
                "Other perimeter: by the note in the data this figure does not count the same as the "
                "series of the Court of Audit."
            )
        )
    disputed = shown[shown["conflicten"] > 0]
    if len(disputed):
        years = words.list([str(year) for year in dict.fromkeys(disputed["jaar"])])
        notes.append(
            words.t(
                "* For {years} the sources give several values; see the table of figures with several values.",
                years=years,
            )
        )
    return tuple(notes)
