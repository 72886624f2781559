"""Money: the consolidated gross debt."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Figure
from analysis.language import Words
from analysis.models import money
from analysis.models.money import ESTIMATE, REALISED
from analysis.views.personeel_budget import staven, wording
from analysis.views.personeel_budget.feiten import debt_grid, facts_of, kind_name, shown_rows
from analysis.views.report import Report, in_every_language
from analysis.views.theme import spec


@in_every_language
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
        title=consolidated_title(words, shown),
        subtitle=words.t("Consolidated gross debt of the Region, in billions of euro, at year's end"),
        alt=staven.bars_alt(words, bars),
        grid=debt_grid(report, shown),
        spec=spec(staven.bars(bars), words, height=23 * len(bars)),
        origins=report.origins(shown),
        notes=(*_consolidated_notes(report, shown), *report.dating_notes(shown)),
    )


def consolidated_title(words: Words, shown: pd.DataFrame) -> str:
    """Say the last realised debt and the furthest estimate beyond it; sources differ too much for a rise or a fall.

    Args:
        words: the language.
        shown: from :func:`feiten.shown_rows`.
    """
    realised = shown[shown["merk"] == REALISED]
    if not len(realised):
        return words.t("Of the consolidated debt no realised figure is known yet")
    last = realised.iloc[-1]
    values = {"value": wording.billions(words, last["waarde"]), "year": last["jaar"]}
    later = shown[(shown["merk"] == ESTIMATE) & (shown["jaar"] > last["jaar"])]
    if not len(later):
        return words.t("The consolidated debt was {value} billion euro at the end of {year}", **values)
    furthest = later[later["jaar"] == later["jaar"].max()]
    texts = [wording.billions(words, value) for value in sorted(furthest["waarde"])]
    return words.t(
        "The consolidated debt was {value} billion euro at the end of {year}; {estimate} billion estimated for {later}",
        later=furthest["jaar"].iloc[0],
        estimate=wording.span(words, texts),
        **values,
    )


def _debt_bars(report: Report, shown: pd.DataFrame) -> pd.DataFrame:
    """One bar per year: what was realised, else the highest estimate with the span in its text."""
    order = shown["merk"].map({REALISED: 0, ESTIMATE: 1})
    rows = shown.assign(order=order).dropna(subset=["order"])
    rows = rows.sort_values(["jaar", "order", "waarde"], ascending=[True, True, False])
    drawn: list[tuple[str, float, str, str]] = []
    year = None
    for row in wording.records(rows.drop_duplicates("jaar")):
        if year is not None and row["jaar"] > year + 1:
            drawn.append(_gap(report.words, year + 1, row["jaar"] - 1))
        year = row["jaar"]
        drawn.append((str(year), row["waarde"] / 1000, _bar_text(report.words, rows, row), row["merk"]))
    return pd.DataFrame(drawn, columns=["naam", "waarde", "tekst", "soort"])


def _gap(words: Words, first: int, last: int) -> tuple[str, float, str, str]:
    """Return a row without a bar for years without a figure: the bars before and after are no neighbours."""
    years = str(first) if first == last else words.t("{low} to {high}", low=first, high=last)
    return years, 0.0, words.t("no figure found"), REALISED


def _bar_text(words: Words, rows: pd.DataFrame, bar: dict[str, Any]) -> str:
    same = rows[(rows["jaar"] == bar["jaar"]) & (rows["merk"] == bar["merk"])]
    values = [wording.billions(words, value) for value in sorted(same["waarde"])]
    text = wording.span(words, values)
    if bar["merk"] == ESTIMATE:
        return words.t("{value} ({remark})", value=text, remark=kind_name(words, ESTIMATE))
    if money.other_perimeter(same).any():
        return words.t("{value} ({remark})", value=text, remark=words.t("other perimeter"))
    return text + " *" if bar["conflicten"] else text


def _consolidated_notes(report: Report, shown: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    notes = [
        words.t(
            "Direct debt plus the debt of the consolidated organisations. Sources do not always count the same "
            "organisations, so no growth rate is given."
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
                "* For {years} the sources give several values; they stand at the end of this chapter.",
                years=years,
            )
        )
    return tuple(notes)
