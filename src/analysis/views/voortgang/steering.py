"""What the tables on steering share: what the models find of loops, decisions and contradictions, and words for it.

Everything is judged on the last day of the report's quarter, as the statuses are.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models import evidence
from analysis.models.delivered import asks as asking
from analysis.models.delivered import contradictions as contradicting
from analysis.models.delivered import loop, rollup, slippage
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report
from analysis.views.voortgang import common

#: Up to a quarter a time is told in days, beyond it in months, of so many days.
_IN_DAYS, _MONTH = 92, 30.44


# --- what the models find ---


def loops(report: Report) -> pd.DataFrame:
    """Return the youngest loop of each action that ever deviated."""
    return _loops(report.now, report.plan_id, report.quarter).copy(deep=False)


def decisions(report: Report) -> pd.DataFrame:
    """Return what became of the board's own decisions."""
    return _decisions(report.now, report.plan_id, report.quarter).copy(deep=False)


def contradictions(report: Report) -> pd.DataFrame:
    """Return where an owner's word does not agree with the data; the public evidence is that of the as-of date."""
    return _contradictions(report.now, report.plan_id, report.quarter).copy(deep=False)


def asks(report: Report) -> pd.DataFrame:
    """Return what the board is asked, the most urgent first."""
    return _asks(report.now, report.plan_id, report.quarter).copy(deep=False)


def milestones(report: Report) -> pd.DataFrame:
    """Return how far each milestone has moved; those of actions that were stopped or taken over have lapsed."""
    return _milestones(report.now, report.plan_id, report.quarter).copy(deep=False)


@once
def _statuses(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    actions = catalog.plan("plan_acties", plan_id)[["actie_code"]]
    return pd.concat([actions, common.findings(catalog, plan_id, quarter)], axis=1)


@once
def _loops(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    statuses = _statuses(catalog, plan_id, quarter)
    return loop.loops(statuses, catalog.delivered("voortgang", plan_id), quarter.end, quarter)


@once
def _decisions(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    return loop.board_decisions(catalog.delivered("beslissingen", plan_id), quarter.end, quarter)


@once
def _contradictions(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    told, milestones = (catalog.delivered(name, plan_id) for name in ("voortgang", "mijlpalen"))
    statuses, public = _statuses(catalog, plan_id, quarter), _public(catalog, plan_id)
    return contradicting.contradictions(statuses, told, milestones, quarter.end, quarter, public)


@once
def _public(catalog: Catalog, plan_id: str) -> pd.DataFrame | None:
    """Return the status that public evidence gives; None where nobody gathered any, which tells of no action."""
    actions, known = catalog.plan("plan_acties", plan_id), catalog.plan("bewijs_acties", plan_id)
    if known.empty or catalog.as_of is None:
        return None
    return evidence.action_status(actions, known, catalog.plan("bewijs_hervorming", plan_id), catalog.as_of)


@once
def _milestones(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    statuses = _statuses(catalog, plan_id, quarter)
    left = statuses.loc[statuses["status"].isin(rollup.LEFT), "actie_code"].tolist()
    return slippage.slippage(catalog.delivered("mijlpalen", plan_id), quarter.end, quarter, left)


@once
def _asks(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    return asking.asks(
        _statuses(catalog, plan_id, quarter),
        catalog.delivered("voortgang", plan_id),
        _loops(catalog, plan_id, quarter),
        _decisions(catalog, plan_id, quarter),
        _contradictions(catalog, plan_id, quarter),
        _milestones(catalog, plan_id, quarter),
        quarter,
    )


# --- names ---


def names(report: Report) -> dict[str, str]:
    """Return the code and label of each objective and action of the plan, by its code."""
    tables = (("plan_doelstellingen", "doelstelling_code"), ("plan_acties", "actie_code"))
    found: dict[str, str] = {}
    for table, code in tables:
        rows = report.labelled(report.now.plan(table, report.plan_id))
        found |= {own: f"{own} {label}" for own, label in zip(rows[code], rows["label"], strict=True)}
    return found


def headed(words: Words, states: pd.Series, headings: dict[str, str]) -> dict[int, str]:
    """Return the heading above the first row of each state, with the number of its rows."""
    counts, firsts = states.value_counts(), states.drop_duplicates()
    return {
        int(str(place)): words.t("{topic} ({n})", topic=headings[state], n=words.number(int(counts[state])))
        for place, state in firsts.items()
    }


def line_groups(report: Report, objectives: list[str]) -> dict[int, str]:
    """Return the heading above the first of these objectives of each krachtlijn."""
    lines = standing.krachtlijnen(report)
    labels = dict(zip(lines["krachtlijn_code"], lines["label"], strict=True))
    above = report.now.plan("plan_doelstellingen", report.plan_id).set_index("doelstelling_code")["krachtlijn_code"]
    firsts = pd.Series(objectives, dtype=object).map(above).drop_duplicates()
    return {int(str(place)): f"{code} {labels[code]}" for place, code in firsts.items() if code in labels}


def told_in(report: Report, row: Any, name: str) -> str:  # noqa: ANN401 - a row of itertuples
    """Return a text that a delivery gives per language (``name_nl``, ``name_fr``), else the one that it has."""
    texts = [str(getattr(row, f"{name}_{language}")) for language in (report.language, "nl", "fr")]
    return next((text for text in texts if text), "")


# --- words ---


def causes(words: Words) -> dict[str, str]:
    """Return the word for each cause of a deviation; none is a word too, so that it is seen to be missing."""
    return {
        "personeel": words.t("cause: staff"),
        "budget": words.t("cause: budget"),
        "leverancier": words.t("cause: supplier"),
        "afhankelijkheid": words.t("cause: depends on others"),
        "besluit": words.t("cause: a decision that did not come"),
        "regelgeving": words.t("cause: rules"),
        "techniek": words.t("cause: technology"),
        "hervorming": words.t("cause: reform"),
        "prioriteit": words.t("cause: other priorities"),
        "andere": words.t("cause: other"),
        "": words.t("cause: none named"),
    }


def role(words: Words, delivered: str) -> str:
    """Return the name of a role; one that is not among the usual ones stands as it was delivered."""
    usual = {
        "adviseur-directeur": words.t("role: adviser-director"),
        "afdelingshoofd": words.t("role: head of division"),
        "diensthoofd": words.t("role: head of service"),
        "programmamanager": words.t("role: programme manager"),
        "projectleider": words.t("role: project leader"),
    }
    return usual.get(delivered, delivered)


def lasting(words: Words, days: float) -> str:
    """Say how long a time is: in days up to a quarter, else in months."""
    if abs(days) <= _IN_DAYS:
        return words.tn("{n} day", "{n} days", round(abs(days)))
    return words.tn("{n} month", "{n} months", round(abs(days) / _MONTH))


def deviation(words: Words, rule: str, measured: float) -> str:
    """Say by how much an action deviates, by the rule that found it; "" for a rule that measures nothing."""
    if rule == "achterstand":
        return words.tn("{n} point behind the plan", "{n} points behind the plan", round(measured))
    if rule not in ("einde_voorbij", "uitloop", "niet_gestart"):
        return ""
    told = {
        "einde_voorbij": words.t("not done {time} after its first planned end", time=lasting(words, measured)),
        "uitloop": words.t("ends {time} later than first planned", time=lasting(words, measured)),
        "niet_gestart": words.t("not started {time} after its first planned start", time=lasting(words, measured)),
    }
    return told[rule]


def day(words: Words, date: Any) -> str:  # noqa: ANN401 - a date of pandas
    """Write a day; a dash where it is not known."""
    return UNKNOWN_SIGN if pd.isna(date) else words.date(date.date())


def quarter(words: Words, text: str) -> str:
    """Write a quarter such as 2026Q3; a dash where it is not known."""
    return words.quarter(Quarter.parse(text)) if text else UNKNOWN_SIGN
