"""How likely it is that all is done in time: the forecast that figures of the chapter share, made once per report."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.language import Words
from analysis.models.delivered import backtest, forecast
from analysis.models.delivered.forecast_seen import ordinal, quarter_at
from analysis.models.delivered.latest import history
from analysis.models.delivered.rollup import LEFT
from analysis.quarter import Quarter
from analysis.views.report import Report
from analysis.views.voortgang import common

#: Draws of the forecast, and of each of the forecasts of past quarters against which it is judged.
DRAWS, PAST_DRAWS = 1000, 200
#: So many quarters ahead the forecast looks at least; what is done later has no date.
FURTHEST = 20
#: So many quarters ahead past forecasts are judged.
JUDGED = 8
#: Nearer to 0 or 1 than this a likelihood is not told closer: the draws say no more.
EDGE = 0.01
#: The data of the whole plan cannot carry a forecast; those of a group of its actions cannot.
PLAN_REASONS, GROUP_REASONS = ("te_kort", "geen_doorstroom"), ("zonder", "geen_acties")

#: A plan that is over is forecast so many quarters ahead.
AFTERWARDS = 4

COLUMNS = ("code", "kans", "p50", "p85", "reden")


@dataclass(frozen=True)
class Outlook:
    """How many actions are completed by the end of a quarter.

    Attributes:
        end: the quarter.
        total: actions of the plan.
        likely: completed by then, as likely more as fewer.
        low: only in 10 % of the draws there are fewer.
        high: only in 10 % of the draws there are more.
    """

    end: Quarter
    total: int
    likely: int
    low: int
    high: int


def chances(report: Report, level: str) -> pd.DataFrame:
    """Return how likely it is that all actions of a group are done, and when.

    Args:
        report: the report.
        level: ``doelstelling_code``, ``krachtlijn_code``, or "" for the plan.

    Returns:
        One row per group, in the order of the plan: ``code``, ``kans`` (0-1: that all its actions are done by the end
        of the plan; NaN when no forecast can be carried), ``p50`` and ``p85`` (the quarter by whose end they are; ""
        beyond :func:`furthest`), ``reden`` (one of :data:`PLAN_REASONS` or :data:`GROUP_REASONS`; "" with a forecast),
        ``acties`` (those that were stopped or taken over left out), ``voltooid``, ``zonder`` (without a forecast of
        their own), ``hoogstens`` (``kans`` cannot be more), ``gepland`` (the quarter in which the first plan of its
        actions ends; "" unknown) and ``kans_gepland``.
    """
    return _chances(report.now, report.plan_id, report.quarter, level).copy(deep=False)


def end_of(catalog: Catalog, plan_id: str, quarter: Quarter) -> Quarter:
    """Return the last quarter of the plan, or of the report's year where the plan does not say."""
    end = catalog.plan("plannen", plan_id)["tot_tot"].iloc[0]
    return Quarter(quarter.year, 4) if pd.isna(end) else Quarter.of(end.date())


def furthest(catalog: Catalog, plan_id: str, quarter: Quarter) -> Quarter:
    """Return the last quarter that the forecast looks at."""
    ahead = ordinal(end_of(catalog, plan_id, quarter)) - ordinal(quarter)
    return quarter_at(ordinal(quarter) + max(ahead, FURTHEST))


def ending(words: Words, quarter: Quarter) -> str:
    """Write the end of a quarter; the last one of a year is the end of that year."""
    if quarter.number == 4:
        return words.t("the end of {year}", year=quarter.year)
    return words.t("the end of {quarter}", quarter=words.quarter(quarter))


def likelihood(words: Words, chance: float) -> str:
    """Write a likelihood of what is not done yet in whole percents: the draws make nothing impossible, or certain.

    >>> [likelihood(Words("nl"), chance) for chance in (0.0, 0.137, 0.999, 1.0, float("nan"))]
    ['< 1', '14', '> 99', '> 99', '–']
    """
    if chance < EDGE:
        return words.t("less than {n}", n=words.number(100 * EDGE))
    if chance > 1 - EDGE:
        return words.t("more than {n}", n=words.number(100 - 100 * EDGE))
    return words.number(100 * chance)


@once
def forecast_of(catalog: Catalog, plan_id: str, quarter: Quarter) -> forecast.Forecast:
    """Forecast each action of the plan that has actions."""
    told = history(catalog.delivered("voortgang", plan_id), ["actie_code"])
    actions, end = catalog.plan("plan_acties", plan_id), end_of(catalog, plan_id, quarter)
    ahead = ordinal(furthest(catalog, plan_id, quarter)) - ordinal(quarter)
    return forecast.per_action(told, actions, quarter, end=end, horizon=ahead, furthest=ahead, draws=DRAWS)


@once
def outlook(catalog: Catalog, plan_id: str, quarter: Quarter) -> Outlook:
    """Return the forecast for the end of the plan; of a plan that is over, for a year from now."""
    found, end = forecast_of(catalog, plan_id, quarter), end_of(catalog, plan_id, quarter)
    ahead = ordinal(end) - ordinal(quarter)
    rows = forecast.completed(found).to_dict("records")
    row = next(row for row in rows if row["vooruit"] == (ahead if ahead > 0 else AFTERWARDS))
    likely, low, high = (round(row[name]) for name in ("p50", "p10", "p90"))
    return Outlook(Quarter.parse(row["kwartaal"]), len(found.gezien.codes), likely, low, high)


@once
def record_of(catalog: Catalog, plan_id: str, quarter: Quarter) -> backtest.Judged:
    """Judge what the forecast would have said in each past quarter."""
    told, actions = catalog.delivered("voortgang", plan_id), catalog.plan("plan_acties", plan_id)
    return backtest.backtest(told, actions, quarter, horizon=JUDGED, draws=PAST_DRAWS)


@once
def _chances(catalog: Catalog, plan_id: str, quarter: Quarter, level: str) -> pd.DataFrame:
    actions = catalog.plan("plan_acties", plan_id)
    if actions.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    found, by = forecast_of(catalog, plan_id, quarter), _groups(catalog, plan_id, level)
    rows = forecast.roll_up(found, by)
    rows = rows.rename(columns={"groep": "code", "kans_hoogstens": "hoogstens"})
    reasons = found.acties["reden"]
    plan = next((reason for reason in PLAN_REASONS if (reasons == reason).any()), "")
    rows["reden"] = [_reason(plan, *pair) for pair in zip(rows["zonder"], rows["acties"], strict=True)]
    return rows.merge(_by_plan(catalog, plan_id, quarter, by), on="code")


def _reason(plan: str, without: int, actions: int) -> str:
    """Return why there is no forecast of a group; "" when there is."""
    if not actions:
        return "geen_acties"
    return (plan or "zonder") if without else ""


def _groups(catalog: Catalog, plan_id: str, level: str) -> dict[str, str]:
    """Return the group of each action."""
    actions = catalog.plan("plan_acties", plan_id)
    above = catalog.plan("plan_doelstellingen", plan_id)[["doelstelling_code", "krachtlijn_code"]]
    own = actions.merge(above, on="doelstelling_code", how="left").assign(**{"": ""})
    return dict(zip(own["actie_code"], own[level], strict=True))


def _by_plan(catalog: Catalog, plan_id: str, quarter: Quarter, by: Mapping[str, str]) -> pd.DataFrame:
    """Return when the first plan of each group ends, and how likely it is to be done by then."""
    found, last = forecast_of(catalog, plan_id, quarter), furthest(catalog, plan_id, quarter)
    actions = catalog.plan("plan_acties", plan_id)["actie_code"]
    ends = common.findings(catalog, plan_id, quarter).assign(actie_code=actions)
    ends = ends[~ends["status"].isin(LEFT)]
    rows = []
    for code in dict.fromkeys(by.values()):
        inside = {action: group for action, group in by.items() if group == code}
        days = ends.loc[ends["actie_code"].isin(inside), "oorspronkelijk_einde"]
        if days.empty or days.isna().any():
            rows.append((code, "", math.nan))
            continue
        end = Quarter.of(days.max().date())
        known = end <= last
        chance = forecast.roll_up(replace(found, einde=end), inside)["kans"].iloc[0] if known else math.nan
        rows.append((code, str(end), chance))
    return pd.DataFrame(rows, columns=["code", "gepland", "kans_gepland"])
