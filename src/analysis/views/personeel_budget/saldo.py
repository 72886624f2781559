"""Money: the balance by the rules of the European accounts, beside what was budgeted."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Figure
from analysis.language import Words
from analysis.models import money, notions
from analysis.models.money import INITIAL, REALISED
from analysis.views.personeel_budget import staven, wording
from analysis.views.personeel_budget.begrippen import SIGN, balance_grid, notion_notes
from analysis.views.personeel_budget.feiten import facts_of, notion_name
from analysis.views.report import Report, in_every_language
from analysis.views.theme import spec

_SERIES = money.BALANCES[0]


@in_every_language
def balance(report: Report) -> Figure:
    """Show per year what the balance was and what the initial budget said; the rest stands in the table."""
    name, words = "personeel_budget-balance", report.words
    facts = facts_of(report, _SERIES)
    if not len(facts):
        return wording.nothing(report, name, words.t("No figure on the balance was found"))
    rows = notions.behind(facts)
    content: dict[str, Any] = {
        "title": balance_title(words, rows),
        "subtitle": words.t("Balance of the Region by the European accounts, in millions of euro; negative = deficit"),
        "grid": balance_grid(report, facts, (_SERIES,)),
        "origins": report.origins(facts),
        "notes": (*notion_notes(report, rows[rows["soort"].isin((REALISED, INITIAL))]), *report.dating_notes(facts)),
    }
    drawn = _pairs(words, rows)
    if not len(drawn):
        return Figure(name, "table", **content)
    height = staven.PAIR_HEIGHT * drawn["naam"].nunique()
    chart = staven.pairs(drawn, [REALISED, INITIAL])
    return Figure(name, "chart", alt=staven.bars_alt(words, drawn), spec=spec(chart, words, height=height), **content)


def balance_title(words: Words, rows: pd.DataFrame) -> str:
    """Set the last realised balance against the initial budget, where one source gives both.

    Args:
        words: the language.
        rows: the rows of one series, from :func:`notions.behind`.
    """
    known = rows[rows["soort"] == REALISED]
    if not len(known):
        return words.t("The realised balance is not known yet")
    last = known.iloc[-1]
    values = {"value": words.number(last["waarde"]), "year": last["jaar"]}
    if last["begrip"]:
        notion = notion_name(words, last["begrip"])
        return words.t("The balance of {year} was {value} million euro ({notion})", notion=notion, **values)
    same = rows[rows["jaar"] == last["jaar"]]
    initial = same.loc[same["soort"] == INITIAL, "waarde"]
    if not notions.comparable(same):
        return words.t(
            "The balance of {year} was {value} million euro (ESA); no budget that counts alike is known", **values
        )
    return _gap_title(words, last["waarde"] - initial.iloc[-1], values)


def _gap_title(words: Words, gap: float, values: dict[str, Any]) -> str:
    values["gap"] = words.number(abs(gap))
    if round(gap) < 0:
        return words.t(
            "The balance of {year} was {value} million euro (ESA), {gap} million worse than the initial budget",
            **values,
        )
    if round(gap) > 0:
        return words.t(
            "The balance of {year} was {value} million euro (ESA), {gap} million better than the initial budget",
            **values,
        )
    return words.t("The balance of {year} was {value} million euro (ESA), as in the initial budget", **values)


def _pairs(words: Words, rows: pd.DataFrame) -> pd.DataFrame:
    """Return the bars of every year from the first to the last, also of a year without any figure."""
    shown = rows[rows["soort"].isin((REALISED, INITIAL))].drop_duplicates(["jaar", "soort"], keep="last")
    found = {(row["jaar"], row["soort"]): row for row in wording.records(shown)}
    drawn: list[tuple[str, str, float, str]] = []
    years = range(int(shown["jaar"].min()), int(shown["jaar"].max()) + 1) if len(shown) else range(0)
    for year in years:
        kinds = [kind for kind in (REALISED, INITIAL) if (year, kind) in found]
        same = [(kind, found[year, kind]) for kind in kinds]
        drawn += [(str(year), kind, row["waarde"], _text(words, kind, row)) for kind, row in same]
        if not same:
            drawn.append((str(year), REALISED, float("nan"), words.t("no figure found")))
    return pd.DataFrame(drawn, columns=["naam", "soort", "waarde", "tekst"])


def _text(words: Words, kind: str, row: dict[str, Any]) -> str:
    value = wording.amount(words, row["waarde"]) + (f" {SIGN}" if row["begrip"] else "")
    return words.t("realised {value}", value=value) if kind == REALISED else words.t("budgeted {value}", value=value)
