"""The boordtabel of the objectives: one row each, with the worst action beside the average."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN
from analysis.models.delivered.rollup import LEFT, scaled
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.theme import PROGRESS_SIGNS
from analysis.views.voortgang import common
from analysis.views.voortgang.chances import chances, end_of, likelihood

LEVEL = "doelstelling_code"


@in_every_language
def boordtabel(report: Report) -> Figure:
    """Table: per objective its status, progress beside what the plan asks, its worst action, and its likelihood."""
    if none := common.nothing(report, "voortgang-boordtabel", "voortgang", "plan_acties"):
        return none
    words, table = report.words, _table(report)
    columns = (
        Column(standing.level(report, "doelstelling")),
        Column(words.t("Status by rule"), lead=True),
        Column(words.t("Progress (%)"), "number"),
        Column(words.t("Planned (%)"), "number"),
        Column(words.t("Worst action (points behind)")),
        Column(words.t("Change (points)")),
        Column(words.t("Likelihood by the end of {year} (%)", year=_year(report)), "number"),
    )
    cells = tuple(_row(report, row) for row in standing.each(table))
    return Figure(
        id="voortgang-boordtabel",
        kind="table",
        title=_title(report, table),
        subtitle=words.t(
            "Weighted average of the actions at the end of {quarter}; a range where actions are silent: whatever they "
            "turn out to be, the truth lies between",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, cells, _groups(report, table)),
        own_sheet=True,
        origins=common.origins(report),
        notes=common.notes(report, _legend(report)),
    )


def _table(report: Report) -> pd.DataFrame:
    """Return the objectives with what the plan asks, what they were last quarter, and their likelihood."""
    now = common.levels(report)
    own = now[now["niveau"] == LEVEL].merge(_asked(report.now, report.plan_id, report.quarter), on="code")
    before = common.levels(report.earlier())
    was = before.loc[before["niveau"] == LEVEL, ["code", "status", "gemiddelde", "dekking"]]
    own["weg"] = own["code"].map(_gone(common.statuses(report)))
    own = own.merge(was.add_prefix("was_").rename(columns={"was_code": "code"}), on="code", how="left")
    likely = chances(report, LEVEL)[["code", "kans", "acties", "voltooid"]].rename(columns={"acties": "blijft"})
    return own.merge(likely, on="code", how="left")


def _gone(statuses: pd.DataFrame) -> pd.Series:
    """Count per objective the actions that were stopped or taken over."""
    return statuses["status"].isin(LEFT).groupby(statuses[LEVEL]).sum()


@once
def _asked(catalog: Catalog, plan_id: str, quarter: Quarter) -> pd.DataFrame:
    """Return what the original plans of an objective's actions ask for, weighted; NaN where too few have one."""
    statuses = common.findings(catalog, plan_id, quarter)
    actions = pd.concat([catalog.plan("plan_acties", plan_id)[[LEVEL]], statuses], axis=1)
    rows = [(code, _average(own)) for code, own in actions.groupby(LEVEL, sort=False)]
    return pd.DataFrame(rows, columns=["code", "gevraagd"])


def _average(actions: pd.DataFrame) -> float:
    known = actions[actions["verwacht_pct"].notna()]
    weights = pd.Series(scaled(known["gewicht"].tolist()), index=known.index)
    return float((known["verwacht_pct"] * weights).sum() / weights.sum()) if len(known) == len(actions) else math.nan


def _row(report: Report, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    words = report.words
    labels = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id)).set_index(LEVEL)["label"]
    return (
        f"{row.code} {labels[row.code]}",
        _status(report, row),
        _progress(report, row),
        words.number(row.gevraagd),
        _worst(report, row),
        _moved(report, row),
        words.number(100) if 0 < row.blijft == row.voltooid else likelihood(words, row.kans),
    )


def _status(report: Report, row: Any) -> str:  # noqa: ANN401
    words, told = report.words, common.signed(report.words, row.status)
    reasons = {
        "te_weinig_bekend": words.t("too many actions are silent"),
        "niet_zeker_groen": words.t("green only if the silent actions are"),
    }
    why = [reasons[row.regel]] if row.regel in reasons else []
    if row.weg and row.status not in LEFT:
        why.append(words.tn("{n} action stopped or taken over", "{n} actions stopped or taken over", int(row.weg)))
    return words.t("{told}: {why}", told=told, why=", ".join(why)) if why else told


def _progress(report: Report, row: Any) -> str:  # noqa: ANN401
    words = report.words
    low, high = (words.number(value) for value in (row.onder, row.boven))
    return low if low == high else f"{low}–{high}"


def _worst(report: Report, row: Any) -> str:  # noqa: ANN401
    """Name the worst action with its status, and how far behind it is."""
    sign = PROGRESS_SIGNS[row.slechtste_status]
    behind = 0 if math.isnan(row.slechtste_achterstand) else round(row.slechtste_achterstand)
    told = f"{sign}\u00a0{row.slechtste}"  # the sign stays with its code
    return f"{told} ({report.words.number(behind)})" if behind > 0 else told


def _moved(report: Report, row: Any) -> str:  # noqa: ANN401
    """Say what changed: another status first, else how much progress, where both quarters know all."""
    words = report.words
    if not isinstance(row.was_status, str):
        return UNKNOWN_SIGN
    if row.was_status != row.status:
        return words.t("was {status}", status=common.signed(words, row.was_status))
    if min(row.dekking, row.was_dekking) < 1:
        return UNKNOWN_SIGN
    change = round(row.gemiddelde) - round(row.was_gemiddelde)
    if not change:
        return words.t("unchanged")
    return words.number(change, sign=True)


def _title(report: Report, table: pd.DataFrame) -> str:
    """Count the objectives by status, worst first."""
    n = table["status"].value_counts()
    words = report.words
    order = ("rood", "oranje", "onbekend", "groen", "voltooid", "overgenomen", "stopgezet", "nog_niet_gepland")
    told = [common.counted(words, code, int(n[code])) for code in order if code in n]
    return words.tn("Of {n} objective: {parts}", "Of {n} objectives: {parts}", len(table), parts=words.list(told))


def _groups(report: Report, table: pd.DataFrame) -> dict[int, str]:
    """Return the heading above the first objective of each krachtlijn, with its own roll-up."""
    above = report.now.plan("plan_doelstellingen", report.plan_id).set_index(LEVEL)["krachtlijn_code"]
    levels = common.levels(report)
    own = levels[levels["niveau"] == "krachtlijn_code"].set_index("code")["status"]
    codes = table["code"].map(above).reset_index(drop=True)
    firsts = codes.drop_duplicates()
    names = {code: standing.named_line(report, code) for code in firsts}
    told = {code: common.signed(report.words, own[code]) for code in firsts}
    return {
        int(str(place)): report.words.t("{name} – {status}", name=names[code], status=told[code])
        for place, code in firsts.items()
    }


def _year(report: Report) -> int:
    return end_of(report.now, report.plan_id, report.quarter).year


def _legend(report: Report) -> str:
    return report.words.t(
        "The status follows from progress and dates against what was first planned, not from the owner’s own word. "
        "Planned: what the first planning asked for by now. Change: of progress since last quarter, in percentage "
        "points; a dash where actions are silent. Likelihood: that all is done by then; a dash where an action is "
        "silent. What was stopped or taken over keeps its progress, and counts neither for the status nor for the "
        "likelihood."
    )
