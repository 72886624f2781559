"""Money: the three concepts of the balance, and where sources contradict each other."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Figure, Grid
from analysis.models import money
from analysis.models.sources import PRESS, PRESS_CITING_COURT, conflicts
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name
from analysis.views.report import Report

#: Series whose contradictions are listed: those of this chapter.
_DISPUTABLE = (money.DIRECT, money.CONSOLIDATED, *money.BALANCES)
#: The plan's own year for a balanced budget, in table ``documentcijfers``.
_BALANCE_YEAR = "plan-begrotingsevenwicht"


def balance(report: Report) -> Figure:
    """Show the balance per year under three concepts, a column per kind of figure."""
    name, words = "personeel_budget-balance", report.words
    facts = facts_of(report, *money.BALANCES)
    if not len(facts):
        return wording.nothing(report, name, words.t("No figure on the balance was found"))
    wide, year = money.per_year(facts), _balance_year(report)
    return Figure(
        name,
        "table",
        title=_balance_title(report, wide),
        subtitle=words.t(
            "Balance of the Region in millions of euro; negative = deficit; * = other sources differ; "
            "estimates as lowest to highest"
        ),
        grid=_balance_grid(report, wide),
        origins=report.origins(facts, year),
        notes=(*_balance_notes(report, facts, year), *report.dating_notes(facts)),
    )


def _balance_title(report: Report, wide: pd.DataFrame) -> str:
    words = report.words
    known = wide[(wide["reeks"] == money.BALANCES[0]) & wide[money.REALISED].notna()]
    if not len(known):
        return words.t("The realised balance is not known yet")
    last = known.iloc[-1]
    values = {"value": words.number(last[money.REALISED]), "year": last["jaar"]}
    gap = last[money.REALISED] - last[money.INITIAL]
    if pd.isna(gap):
        return words.t(
            "The balance of {year} was {value} million euro (ESA); the initial budget of that year is not known",
            **values,
        )
    values["gap"] = words.number(abs(gap))
    if gap < 0:
        return words.t(
            "The balance of {year} was {value} million euro (ESA), {gap} million worse than the initial budget",
            **values,
        )
    return words.t(
        "The balance of {year} was {value} million euro (ESA), {gap} million better than the initial budget",
        **values,
    )


def _balance_grid(report: Report, wide: pd.DataFrame) -> Grid:
    words = report.words
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for series in money.BALANCES:
        own = wide[wide["reeks"] == series]
        if len(own):
            groups[len(rows)] = _series_name(report, series)
        rows += [
            (str(row["jaar"]), *(_cell(report, row, kind) for kind in money.KINDS)) for row in wording.records(own)
        ]
    numbers = [kind_name(report, kind).capitalize() for kind in money.KINDS]
    return Grid(wording.columns([words.t("Year"), *numbers], numbers), tuple(rows), groups)


def _cell(report: Report, row: dict[str, Any], kind: str) -> str:
    words = report.words
    text = wording.amount(words, row[kind])
    if kind == money.ESTIMATE:
        return wording.span(words, [text, wording.amount(words, row["raming_hoog"])])
    return text + " *" if row[f"{kind}_conflicten"] else text


def _series_name(report: Report, series: str) -> str:
    return report.label(_register(report, series))


def _register(report: Report, series: str) -> pd.Series:
    known = report.now.table("indicatoren")
    return known[(known["tabel"] == "budget") & (known["reeks"] == series)].iloc[0]


def _balance_year(report: Report) -> pd.DataFrame:
    """Return the year in which the plan sees the budget balanced, once the plan is public."""
    figures, plans = report.now.plan("documentcijfers", report.plan_id), report.now.table("plannen")
    published = plans.loc[plans["plan_id"] == report.plan_id, "gepubliceerd_tot"]
    if not (published <= pd.Timestamp(report.as_of)).any():
        return figures.iloc[0:0]
    return figures[figures["cijfer_id"] == _BALANCE_YEAR]


def _balance_notes(report: Report, facts: pd.DataFrame, year: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    notes = [
        words.t("Three concepts, never compared with each other:"),
        *(
            words.t(
                "{name}: {definition}.",
                name=_series_name(report, series),
                # after the semicolon stands what a maker of figures must know, not their reader
                definition=_register(report, series)[f"definitie_{report.language}"].split(";")[0],
            )
            for series in money.BALANCES
        ),
    ]
    planned = [
        words.t("{label}: {year} (the plan).", label=row["label"], year=int(row["waarde"]))
        for row in wording.records(report.labelled(year))
    ]
    return (*notes, *_plan_notes(report, facts), *planned)


def _plan_notes(report: Report, facts: pd.DataFrame) -> list[str]:
    words = report.words
    return [
        words.t(
            "The {value} of {year} is the plan’s; it does not define the concept.",
            value=wording.amount(words, row["waarde"]),
            year=row["jaar"],
        )
        for row in wording.records(facts[facts["plan"] & (facts["soort"] == money.REALISED)])
    ]


def contradictions(report: Report) -> Figure:
    """List every figure on debt, balance and rating for which sources give several values."""
    name, words = "personeel_budget-contradictions", report.words
    known = wording.with_rank(report, report.now.table("budget"))
    grades = known[(known["reeks"] == money.RATING) & known["periode_tot"].notna()]
    facts = pd.concat([facts_of(report, *_DISPUTABLE), grades.assign(plan=False)])
    disputed = _in_order(conflicts(facts, money.KEY))
    count = int(disputed["getoond"].sum()) if len(disputed) else 0
    if not count:
        return wording.nothing(report, name, words.t("No two sources contradict each other"))
    return Figure(
        name,
        "table",
        title=words.tn(
            "For {n} figure on debt, balance or rating the sources give several values",
            "For {n} figures on debt, balance or rating the sources give several values",
            count,
        ),
        subtitle=words.t("Amounts in millions of euro; the value that the figures show stands first"),
        grid=_contradiction_grid(report, disputed),
        origins=report.origins(disputed),
        notes=(*_rank_notes(report), *report.dating_notes(disputed)),
    )


def _rank_notes(report: Report) -> tuple[str, ...]:
    words = report.words
    return (
        words.t(
            "Shown is the value whose source ranks best: official, copy of an official series, "
            "document, press that cites the Court of Audit or the National Accounts Institute, "
            "other press, secondary, political, other. Of equal "
            "ranks an exact date of publication goes before a derived one, then the youngest."
        ),
        words.t(
            "Estimates of one year may differ because they were made at different times: no choice is made, "
            "the figures show them all."
        ),
    )


def _in_order(disputed: pd.DataFrame) -> pd.DataFrame:
    """Sort by series, then what was realised, budgeted, estimated, then in time."""
    series, kinds = [*_DISPUTABLE, money.RATING], list(money.KINDS)
    order = disputed.assign(_series=disputed["reeks"].map(series.index), _kind=disputed["soort"].map(kinds.index))
    order = order.sort_values(["_series", "_kind", "periode_tot"], kind="stable")
    return order.drop(columns=["_series", "_kind"])


def _use(report: Report, row: pd.Series) -> str:
    """Say whether a value is the one shown; of estimates the figures show all."""
    words = report.words
    if row["soort"] == money.ESTIMATE:
        return words.t("all")
    return words.t("yes") if row["getoond"] else words.t("no")


def _heading(report: Report, row: pd.Series) -> str:
    words, series = report.words, _series_name(report, row["reeks"])
    if row["reeks"] == money.RATING:
        return words.t("{series}, {date}", series=series, date=_stand(report, row))
    kind = kind_name(report, row["soort"])
    return words.t("{series}, {date}, {kind}", series=series, date=_stand(report, row), kind=kind)


def _contradiction_grid(report: Report, disputed: pd.DataFrame) -> Grid:
    words = report.words
    rows: list[tuple[str, ...]] = []
    groups: dict[int, str] = {}
    for _, row in disputed.iterrows():
        if row["getoond"]:
            groups[len(rows)] = _heading(report, row)
        is_text = isinstance(row["waarde"], str)
        rows.append(
            (
                wording.source_name(report, row["bron_id"]),
                row["waarde"] if is_text else wording.amount(words, round(row["waarde"], 1)),
                _use(report, row),
                _rank(report, row),
                words.month(row["bekend_op"]),
            )
        )
    value = words.t("Value")
    texts = [words.t("Source of the figure"), value, words.t("Shown"), words.t("Kind of source (rank)")]
    return Grid(wording.columns([*texts, words.t("Known since")], [value]), tuple(rows), groups)


def _stand(report: Report, row: pd.Series) -> str:
    """A figure of a year and one of its last day are about the same position."""
    end = row["periode_tot"]
    return str(end.year) if (end.month, end.day) == (12, 31) else wording.when(report.words, row)


def _rank(report: Report, row: pd.Series) -> str:
    words, kinds = report.words, report.now.table("bron_soorten").set_index("soort")
    sources = report.now.table("bronnen").set_index("bron_id")["soort"]
    kind = sources[row["bron_id"]]
    if kind == PRESS and row["rang"] == PRESS_CITING_COURT:
        label = words.t("Press citing the Court of Audit or the National Accounts Institute")
    else:
        label = report.label(kinds.loc[kind])
    return words.t("{kind} ({rank})", kind=label, rank=wording.amount(words, row["rang"]))
