"""The third sentence of the message: what matters most in the environment and the budget this quarter.

Its first half is the topic that :mod:`analysis.models.attention` picks; its second half sets the Region's direct debt
beside the plan's path, where the plan has one.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from analysis.models import attention, money
from analysis.models.money import PlanCheck
from analysis.models.official_targets import target_unit
from analysis.views import standing
from analysis.views.facts import decimals, period_of, with_unit
from analysis.views.omgeving import data, text
from analysis.views.omgeving.targets import aim
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of
from analysis.views.report import Report

#: A sentence names at most so many indicators; the chapter after this one has them all.
NAMED = 1


@dataclass(frozen=True)
class Outside:
    """The sentence, and the rows (``bron_id``) on which it rests."""

    text: str
    rows: tuple[pd.DataFrame, ...]


def outside(report: Report) -> Outside:
    """Return the sentence on environment and budget."""
    words, (environment, rows) = report.words, _environment(report)
    debt, facts = _debt(report)
    told = words.t("{environment}; {debt}", environment=environment, debt=debt) if debt else environment
    return Outside(words.t("{text}.", text=told), (rows, facts))


def _environment(report: Report) -> tuple[str, pd.DataFrame]:
    """Return what the topic says, and its rows."""
    words, earlier = report.words, report.earlier()
    env, codes = data.look(report), data.linked(report)["indicator"].tolist()
    figures = attention.newer(data.current(report, codes), data.current(earlier, codes))
    targets = attention.turned(data.targets(report), data.targets(earlier))
    topic, rows = attention.topic(figures, targets)
    if topic.startswith("doel"):
        which = [_target(report, env, row) for _, row in rows.iterrows()]
        measured = rows.assign(bron_id=rows["meet_bron_id"])
        return on_targets(report, topic, which), pd.concat([rows, measured])
    which = [_figure(report, env, row) for _, row in rows.iterrows()]
    if topic == "niets":
        return words.t("No newer figure on the environment became known"), rows
    return on_figures(report, topic, which), rows


def on_targets(report: Report, topic: str, which: list[str]) -> str:
    """Say which official targets were newly missed or reached."""
    words, listed = report.words, standing.short_list(report.words, which, NAMED)
    if topic == "doel_gemist":
        return words.tn(
            "{n} official target newly missed: {which}", "{n} official targets newly missed: {which}", len(which),
            which=listed,
        )  # fmt: skip
    return words.tn(
        "{n} official target newly reached: {which}", "{n} official targets newly reached: {which}", len(which),
        which=listed,
    )  # fmt: skip


def on_figures(report: Report, topic: str, which: list[str]) -> str:
    """Say which figures the topic is about."""
    words, n, listed = report.words, len(which), standing.short_list(report.words, which, NAMED)
    return {
        "gekanteld": words.tn(
            "{n} indicator turned the wrong way: {which}", "{n} indicators turned the wrong way: {which}", n,
            which=listed,
        ),
        "slechter": words.tn(
            "{n} new figure goes the wrong way again: {which}", "{n} new figures go the wrong way again: {which}", n,
            which=listed,
        ),
        "beter": words.tn(
            "{n} new figure goes the good way, none the wrong way: {which}",
            "{n} new figures go the good way, none the wrong way: {which}",
            n,
            which=listed,
        ),
        "zonder_oordeel": words.tn(
            "{n} new figure, without a verdict: {which}", "{n} new figures, none with a verdict: {which}", n,
            which=listed,
        ),
    }[topic]  # fmt: skip


def _target(report: Report, env: data.Environment, row: pd.Series) -> str:
    words, code = report.words, str(row["indicator"])
    places = decimals(str(row["eenheid"]), row["doelwaarde"], row["waarde"])
    return words.t(
        "{label}, {aim}, measured {value}",
        label=text.named(words, env.label(code), target_unit(row)),
        aim=aim(words, row),
        value=words.number(row["waarde"], places),
    )


def _figure(report: Report, env: data.Environment, row: pd.Series) -> str:
    """Write an indicator with its figure: 'label (12,3 % in 2024)'."""
    words = report.words
    value = with_unit(words, row["waarde"], str(row["eenheid"]))
    when = period_of(words, row)
    return words.t("{label} ({value}, {period})", label=env.label(row["indicator"]), value=value, period=when)


def _debt(report: Report) -> tuple[str, pd.DataFrame]:
    """Set the direct debt beside the plan's path; nothing where the plan names no figure."""
    facts = facts_of(report, money.DIRECT)
    check = money.plan_check(facts)
    if check.target is None:
        return "", facts.iloc[:0]
    used = [row.to_frame().T for row in (check.target, check.realised) if row is not None]
    return on_debt(report, check, check.target), pd.concat([*used, check.later])


def on_debt(report: Report, check: PlanCheck, target: pd.Series) -> str:
    """Set what is known of the direct debt beside what the plan expects (``target``)."""
    words = report.words
    plan = {"plan": wording.billions(words, target["waarde"]), "year": str(target["jaar"])}
    if check.deviation is not None and check.realised is not None:
        return words.t(
            "the direct debt of {year} was {value} billion euro, the plan expected {plan}",
            value=wording.billions(words, check.realised["waarde"]),
            **plan,
        )
    if len(check.later):
        values = wording.span(words, [wording.billions(words, value) for value in sorted(check.later["waarde"])])
        return words.t(
            "the direct debt is estimated at {values} billion euro ({period}), the plan expected {plan} for {year}",
            values=values,
            period=period_of(words, check.later.iloc[0]),
            **plan,
        )
    if check.realised is None:
        return words.t("no figure on the direct debt is known beside the plan’s {plan} billion euro for {year}", **plan)
    return words.t(
        "the direct debt was {value} billion euro ({period}), the plan expects {plan} for {year}",
        value=wording.billions(words, check.realised["waarde"]),
        period=period_of(words, check.realised),
        **plan,
    )
