"""Where each objective stands in time: how far behind, at which pace, and the end that follows from it.

The plan and each krachtlijn stand in it too, with figures of their own work as a whole, not an average of objectives.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered import earned
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, verloop_stand
from analysis.views.voortgang.kansen import short

#: Behind by this many quarters or more is worth a word in the title.
BEHIND = 1
#: So many objectives are named that are equally far behind.
NAMED = 3


@in_every_language
def schedule(report: Report) -> Figure:
    """Table: per objective, krachtlijn and plan how far it is behind or ahead, its pace, and the end that follows."""
    if none := common.nothing(report, "voortgang-verdiende-planning", "voortgang", "plan_acties"):
        return none
    words, table = report.words, verloop_stand.standing(report, "doelstelling")
    above = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id))
    table = table.merge(above, left_on="code", right_on="doelstelling_code")
    cells, groups = _rows(report, table)
    columns = (
        Column(standing.level(report, "doelstelling")),
        Column(words.t("Ahead (+) or behind (−), in months"), "number"),
        Column(words.t("Pace (SPI(t))"), "number"),
        Column(words.t("Planned end")),
        Column(words.t("End at this pace"), lead=True),
    )
    return Figure(
        id="voortgang-verdiende-planning",
        kind="table",
        title=schedule_title(words, table),
        subtitle=words.t(
            "Per objective and for the plan as a whole, at the end of {quarter}, against the planning first delivered",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, cells, groups),
        origins=common.origins(report),
        notes=common.notes(
            report,
            words.t(
                "Pace, or SPI(t), the schedule performance index in time: 1 is as fast as planned; 0.8 means that in "
                "ten months the work was done for which eight were planned."
            ),
            words.t("The end at this pace supposes that the pace so far continues; it is no promise of the owners."),
            words.t(
                "The row of a larger whole is reckoned over all its work together; it is no average of the rows "
                "below it."
            ),
            *verloop_stand.stopped_note(report),
        ),
    )


def schedule_title(words: Words, table: pd.DataFrame) -> str:
    """Say how many objectives are well behind, and which one is furthest.

    Args:
        words: the language.
        table: ``code``, ``sv`` (quarters, NaN unknown) and ``klaar``.
    """
    late = table[(table["sv"] <= -BEHIND) & ~table["klaar"]].sort_values("sv", kind="stable")
    total = words.number(len(table))
    if late.empty:
        return words.t("None of the {total} objectives is known to run three months or more behind", total=total)
    worst = late[late["sv"].map(verloop_stand.months) == verloop_stand.months(late["sv"].iloc[0])]
    return words.tn(
        "{n} of the {total} objectives runs three months or more behind; furthest is {codes}, by {months} months",
        "{n} of the {total} objectives run three months or more behind; furthest is {codes}, by {months} months",
        len(late),
        total=total,
        codes=standing.short_list(words, worst["code"].tolist(), NAMED),
        months=words.number(-verloop_stand.months(late["sv"].iloc[0])),
    )


def _rows(report: Report, table: pd.DataFrame) -> tuple[tuple[tuple[str, ...], ...], dict[int, str]]:
    """Return the plan first, then each krachtlijn as a whole before its objectives, and the headings above these."""
    words = report.words
    plan = next(standing.each(verloop_stand.standing(report, "plan")))
    wholes = _wholes(report)
    names = standing.krachtlijnen(report).set_index("krachtlijn_code")["label"]
    cells, groups = [_row(words, plan, words.t("The whole plan"))], dict[int, str]()
    for code, own in table.groupby("krachtlijn_code", sort=False):
        groups[len(cells)] = f"{code} {names[code]}".strip()
        cells.extend(wholes.get(str(code), []))
        cells.extend(_row(words, row, f"{row.code} {row.label}") for row in standing.each(own))
    return tuple(cells), groups


def _wholes(report: Report) -> dict[str, list[tuple[str, ...]]]:
    """Return the row of each krachtlijn, by its code; of a plan without any there is none."""
    if report.now.plan("krachtlijnen", report.plan_id).empty:
        return {}
    words, level = report.words, standing.level(report, "krachtlijn")
    return {
        row.code: [_row(words, row, words.t("{level} {code} as a whole", level=level, code=row.code))]
        for row in standing.each(verloop_stand.standing(report, "krachtlijn"))
    }


def _row(words: Words, row: Any, name: str) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    return (
        name,
        words.number(row.sv if pd.isna(row.sv) else verloop_stand.months(row.sv), sign=True),
        words.number(row.spi, 2),
        _quarter(words, row.einde_gepland),
        _end(words, row),
    )


def _quarter(words: Words, text: str) -> str:
    return UNKNOWN_SIGN if text == earned.UNKNOWN else short(words, text)


def _end(words: Words, row: Any) -> str:  # noqa: ANN401
    """Return the end that the pace leads to, or why there is none."""
    if row.klaar:
        all_of_it = row.bekend_aandeel >= 1
        done = words.t("done") if all_of_it else words.t("done as far as is known")
        return words.t("{verdict}: {quarter}", verdict=done, quarter=_quarter(words, row.einde_verwacht))
    if row.vroeg:
        return words.t("too early to tell")
    if row.regel == "niets_gepland":
        return verloop_stand.reasons(words)[row.regel]
    if row.regel:
        return words.t(
            "{verdict}: {reason}", verdict=words.t("end unknown"), reason=verloop_stand.reasons(words)[row.regel]
        )
    return _quarter(words, row.einde_verwacht)
