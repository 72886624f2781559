"""What the deliveries say, in two lines on page one."""

from __future__ import annotations

import math

from analysis.figure import Figure
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common
from analysis.views.voortgang.chances import EDGE, chances, end_of

#: The statuses that the line counts before what is completed, worst first; what is silent comes after them.
COLOURS = ("rood", "oranje", "groen")


@in_every_language
def delivered(report: Report) -> Figure:
    """Sentences: how many actions stand how by their deliveries, and how likely it is that the plan ends in time."""
    if none := common.nothing(report, "directieraad-leveringen", "voortgang", "plan_acties"):
        return none
    words, status = report.words, common.statuses(report)["status"]
    counts = [common.counted(words, code, int((status == code).sum())) for code in COLOURS]
    counts.append(standing.counted(words, "voltooid", int((status == "voltooid").sum())))
    return Figure(
        id="directieraad-leveringen",
        kind="sentences",
        title=words.t("By the deliveries: {counts}", counts=words.list(counts)),
        sentences=(_silent(report, int((status == "onbekend").sum()), len(status)), _likelihood(report)),
        origins=common.origins(report),
        notes=common.notes(report),
    )


def _silent(report: Report, n: int, total: int) -> str:
    words = report.words
    return words.tn(
        "Of {n} of the {total} actions too little was delivered to say. The worst of each objective stands in the "
        "boordtabel of the chapter on progress.",
        "Of {n} of the {total} actions too little was delivered to say. The worst of each objective stands in the "
        "boordtabel of the chapter on progress (actions).",
        n,
        total=words.number(total),
    )


def _likelihood(report: Report) -> str:
    words, plan = report.words, chances(report, "").iloc[0]
    end = end_of(report.now, report.plan_id, report.quarter)
    if plan["hoogstens"] < EDGE:
        return words.t("The likelihood that all of it is done by the end of {year} is less than 1 %.", year=end.year)
    if math.isnan(plan["kans"]) and plan["zonder"] and plan["hoogstens"] < 1:
        return words.t(
            "The likelihood that all of it is done by the end of {year} is at most {chance}; of silent actions none "
            "can be given.",
            year=end.year,
            chance=common.percent(words, 100 * plan["hoogstens"]),
        )
    if math.isnan(plan["kans"]):
        return words.t("What was delivered cannot carry a likelihood for the plan as a whole.")
    return words.t(
        "The likelihood that all of it is done by the end of {year} is {chance}.",
        year=end.year,
        chance=common.percent(words, 100 * plan["kans"]),
    )
