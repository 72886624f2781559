"""The three indicators of OPTIris: proposals, actions in time, satisfaction."""

from __future__ import annotations

import math
import re
from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered import kpis as model
from analysis.period import Period
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common

#: Shares are written in %; the others are numbers.
SHARES = ("1_kwaliteit", "2_op_tijd", "3_tevredenheid")


@in_every_language
def kpis(report: Report) -> Figure:
    """Table: the indicators with their parts and their interval, or why they are unknown."""
    if none := common.nothing(report, "voortgang-optiris", "voortgang", "metingen"):
        return none
    words, rows = report.words, _kpis(report.now, report.plan_id, report.quarter)
    columns = (
        Column(words.t("OPTIris indicator")),
        Column(words.t("KPI value"), "number"),
        Column(words.t("Counted")),
        Column(words.t("95 % interval (%)")),
        Column(words.t("Period")),
        Column(words.t("What it rests on")),
    )
    return Figure(
        id="voortgang-optiris",
        kind="table",
        title=kpis_title(words, dict(zip(rows["kpi"], rows["waarde"], strict=True))),
        subtitle=words.t(
            "The indicators of OPTIris, as the mandate of Actiris words them; measured periods up to {quarter}",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, tuple(_row(report, row) for row in standing.each(rows)), _groups(words)),
        origins=common.origins(report, _definitions(report.now, report.plan_id)),
        notes=common.notes(
            report,
            words.t(
                "Interval: Wilson, 95 %; of all actions of a plan it says how much a few of them weigh. In time: "
                "realised on the first planned end or before it; what is unknown counts in the whole, not as in time."
            ),
        ),
    )


def kpis_title(words: Words, values: dict[str, float]) -> str:
    """Say what is known of each of the three indicators, and how many are unknown.

    Args:
        words: the language.
        values: by the codes of the model; NaN unknown.
    """
    proposals, in_time, satisfied = (values[name] for name in ("1_voorstellen", "2_op_tijd", "3_tevredenheid"))
    parts = []
    if not math.isnan(proposals):
        n = round(proposals)
        parts.append(words.tn("{n} proposal submitted", "{n} proposals submitted", n))
    if not math.isnan(in_time):
        parts.append(words.t("{share} of the actions in time", share=common.percent(words, in_time, 1)))
    if not math.isnan(satisfied):
        parts.append(words.t("{share} satisfied", share=common.percent(words, satisfied, 1)))
    lacking = 3 - sum(any(not math.isnan(value) for name, value in values.items() if name[0] == one) for one in "123")
    if lacking:
        parts.append(words.tn("{n} of the three KPIs is unknown", "{n} of the three KPIs are unknown", lacking))
    return words.t("OPTIris: {parts}", parts=words.list(parts))


def _definitions(catalog: Catalog, plan_id: str) -> pd.DataFrame:
    """Return the meetpunten that the plan itself calls a KPI."""
    known = catalog.plan("meetpunten", plan_id)
    return known[known["soort"] == "kpi"]


def codes(catalog: Catalog, plan_id: str) -> model.Codes:
    """Return which meetpunt of the plan measures which indicator: its KPIs, by the number that their codes end with."""
    ends = ((re.search(r"(\d+)$", code), code) for code in _definitions(catalog, plan_id)["meetpunt_code"])
    by_number = {match[1]: str(code) for match, code in ends if match}
    return model.Codes(proposals=by_number.get("1", ""), satisfied=by_number.get("3", ""))


@once
def _kpis(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    return model.kpis(
        catalog.plan("plan_acties", plan_id),
        catalog.delivered("voortgang", plan_id),
        catalog.delivered("metingen", plan_id),
        codes(catalog, plan_id),
        quarter.end,
        quarter,
    )


def _names(words: Words) -> dict[str, str]:
    return {
        "1_voorstellen": words.t("Proposals submitted to the government (number)"),
        "1_kwaliteit": words.t("Proposals that are SMART (%)"),
        "1_besparingen": words.t("Savings realised (unit of the meetpunt)"),
        "2_op_tijd": words.t("Actions realised in time (%)"),
        "3_tevredenheid": words.t("Representatives of the government who are satisfied (%)"),
    }


def _groups(words: Words) -> dict[int, str]:
    return {
        0: words.t("KPI 1: proposals for optimisation"),
        3: words.t("KPI 2: actions in time"),
        4: words.t("KPI 3: satisfaction"),
    }


def _row(report: Report, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    words = report.words
    period = Period.parse(row.periode)
    when = words.period(period.start, period.end, period.precision) if period else UNKNOWN_SIGN
    if row.stand == "onbekend":
        unknown = (UNKNOWN_SIGN,) * 2
        return _names(words)[row.kpi], words.t("KPI unknown"), *unknown, when, _why(report, row.kpi)
    value = words.number(row.waarde, 1 if row.kpi in SHARES else int(row.waarde % 1 > 0))
    return (
        _names(words)[row.kpi],
        value,
        _counted(words, row),
        UNKNOWN_SIGN if math.isnan(row.onder) else f"{words.number(row.onder, 1)}–{words.number(row.boven, 1)}",
        when,
        _basis(words, row),
    )


def _counted(words: Words, row: Any) -> str:  # noqa: ANN401
    if math.isnan(row.noemer):
        return UNKNOWN_SIGN
    return words.t("{n} of {total}", n=words.number(row.teller), total=words.number(row.noemer))


def _basis(words: Words, row: Any) -> str:  # noqa: ANN401
    """Say where a known indicator comes from, and how far it may be off."""
    if row.kpi != "2_op_tijd":
        own = words.t("measured by the owner of the plan")
        lacking = row.kpi in SHARES and math.isnan(row.noemer)
        why = words.t("no interval: how many answered was not delivered")
        return words.t("{told}; {text}", told=own, text=why) if lacking else own
    told = words.t("actions whose first planned end is over, or that are completed")
    if not row.onbekend:
        return told
    most = words.tn(
        "{n} of them is unknown, so at most {share}",
        "{n} of them are unknown, so at most {share}",
        int(row.onbekend),
        share=common.percent(words, row.hoogstens, 1),
    )
    return words.t("{told}; {text}", told=told, text=most)


def _why(report: Report, kpi: str) -> str:
    """Say why an indicator is unknown."""
    words, known = report.words, codes(report.now, report.plan_id)
    if kpi == "2_op_tijd":
        if report.now.plan("plan_acties", report.plan_id).empty:
            return words.t("the plan has no register of actions")
        return words.t("the planned end of no action is over, and none is completed")
    code = {"1_voorstellen": known.proposals, "3_tevredenheid": known.satisfied}.get(kpi, "")
    if not code:
        return words.t("no meetpunt of the plan measures it")
    return words.t("meetpunt {code} was not measured yet", code=code)
