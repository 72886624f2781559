"""Where each objective stands in time: how far behind, at which pace, and the end that follows from it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered import earned
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, verloop_stand

#: Behind by this many quarters or more is worth a word in the title.
BEHIND = 1
#: So many objectives are named that are equally far behind.
NAMED = 3


@in_every_language
def schedule(report: Report) -> Figure:
    """Table: per objective how far it is behind or ahead, its pace, and the end that follows from it."""
    if none := common.nothing(report, "voortgang-verdiende-planning", "voortgang", "plan_acties"):
        return none
    words, table = report.words, verloop_stand.standing(report, "doelstelling")
    above = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id))
    table = table.merge(above, left_on="code", right_on="doelstelling_code")
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
            "Per objective, at the end of {quarter}, against the planning that was first delivered",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, tuple(_row(words, row) for row in standing.each(table)), _groups(report, table)),
        origins=common.origins(report),
        notes=common.notes(
            report,
            words.t(
                "Pace, or SPI(t), the schedule performance index in time: 1 is as fast as planned; 0.8 means that in "
                "ten months the work was done for which eight were planned."
            ),
            words.t("The end at this pace supposes that the pace so far continues; it is no promise of the owners."),
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


def _row(words: Words, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    return (
        f"{row.code} {row.label}",
        words.number(row.sv if pd.isna(row.sv) else verloop_stand.months(row.sv), sign=True),
        words.number(row.spi, 2),
        _quarter(words, row.einde_gepland),
        _end(words, row),
    )


def _quarter(words: Words, text: str) -> str:
    return UNKNOWN_SIGN if text == earned.UNKNOWN else words.quarter(Quarter.parse(text))


def _end(words: Words, row: Any) -> str:  # noqa: ANN401
    """Return the end that the pace leads to, or why there is none."""
    if row.klaar:
        all_of_it = row.bekend_aandeel >= 1
        done = words.t("done") if all_of_it else words.t("done as far as is known")
        return words.t("{verdict}: {quarter}", verdict=done, quarter=_quarter(words, row.einde_verwacht))
    if row.vroeg:
        return words.t("too early to tell")
    if row.regel:
        return words.t(
            "{verdict}: {reason}", verdict=words.t("end unknown"), reason=verloop_stand.reasons(words)[row.regel]
        )
    return _quarter(words, row.einde_verwacht)


def _groups(report: Report, table: pd.DataFrame) -> dict[int, str]:
    """Return the heading above the first objective of each krachtlijn."""
    lines = standing.krachtlijnen(report).set_index("krachtlijn_code")["label"]
    firsts = table.reset_index(drop=True).drop_duplicates("krachtlijn_code")["krachtlijn_code"]
    return {int(str(place)): f"{code} {lines[code]}".strip() for place, code in firsts.items()}
