"""Planned against done in time: the course of the whole plan."""

from __future__ import annotations

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, verloop_beeld, verloop_stand


@in_every_language
def curve(report: Report) -> Figure:
    """Chart: planned and earned value of the whole plan per quarter, and the end at this pace."""
    if none := common.nothing(report, "voortgang-verloop", "voortgang", "plan_acties"):
        return none
    words, rows = report.words, verloop_stand.curves(report, "plan")
    now = verloop_stand.standing(report, "plan").iloc[0]
    if pd.isna(now["es"]):
        return _unknown(report, now)
    title = curve_title(words, *_told(now))
    planned, done = (common.percent(words, verloop_stand.last(rows)[name]) for name in ("gepland_pct", "verdiend_pct"))
    return Figure(
        id="voortgang-verloop",
        kind="chart",
        title=title,
        subtitle=words.t(
            "Share of the plan’s work, weighted by action, in %: done as delivered until {quarter}, and planned as "
            "first delivered",
            quarter=words.quarter(report.quarter),
        ),
        alt=words.t(
            "Two rising lines. By now {planned} of the work was planned and {done} is done. {title}.",
            planned=planned,
            done=done,
            title=title,
        ),
        grid=_curve_grid(words, rows),
        spec=verloop_beeld.picture(words, rows, now, _gap(words, now)),
        origins=common.origins(report),
        notes=_notes(report, now),
    )


def _notes(report: Report, now: pd.Series) -> tuple[str, ...]:
    words = report.words
    return common.notes(
        report,
        words.t(
            "How many months: what is done now should by the planning have been done at an earlier moment; the "
            "time since then is the delay."
        ),
        words.t(
            "Compared are the actions whose planning and present progress are known: {share} of the weight. In "
            "quarters on which less was delivered, the line of what was done is too low.",
            share=common.percent(words, 100 * now["bekend_aandeel"]),
        ),
        *verloop_stand.stopped_note(report),
        *_early_note(words, now),
    )


def _told(now: pd.Series) -> tuple[int, str, str, str]:
    """Return what the title needs of where the plan stands."""
    state = "klaar" if now["klaar"] else "vroeg" if now["vroeg"] else now["regel"]
    return verloop_stand.months(now["sv"]), str(now["einde_gepland"]), str(now["einde_verwacht"]), str(state)


def curve_title(words: Words, ahead: int, planned: str, expected: str, state: str) -> str:
    """Say how far the plan is behind, and when it ends at this pace.

    Args:
        words: the language.
        ahead: in months; negative is behind.
        planned: the quarter in which it was to end.
        expected: that in which it ends at this pace.
        state: ``klaar``, ``vroeg`` (too early for an end), "", or why there is no end, see
            :data:`analysis.models.delivered.earned.RULES`.
    """
    if state == "klaar":
        return _done(words, ahead)
    said = words.t("The plan runs on its original schedule")
    if ahead < 0:
        said = words.tn(
            "The plan runs {n} month behind its original schedule",
            "The plan runs {n} months behind its original schedule",
            -ahead,
        )
    elif ahead > 0:
        said = words.tn(
            "The plan runs {n} month ahead of its original schedule",
            "The plan runs {n} months ahead of its original schedule",
            ahead,
        )
    if state == "vroeg":
        return words.t("{said}; it is too early to tell when it ends", said=said)
    if state:
        return words.t("{said}; at this pace no end is in sight", said=said)
    quarters = {name: words.quarter(Quarter.parse(text)) for name, text in (("end", expected), ("planned", planned))}
    if expected == planned:
        return words.t("{said}; at this pace it ends as planned in {planned}", said=said, planned=quarters["planned"])
    return words.t("{said}; at this pace it ends in {end} instead of {planned}", said=said, **quarters)


def _done(words: Words, ahead: int) -> str:
    if ahead >= 0:
        return words.t("All that was planned and is known is done, in time")
    return words.tn(
        "All that was planned and is known is done, {n} month later than planned",
        "All that was planned and is known is done, {n} months later than planned",
        -ahead,
    )


def _gap(words: Words, now: pd.Series) -> str:
    """Say what the distance between the two lines is; "" where there is none."""
    ahead = verloop_stand.months(now["sv"])
    if ahead < 0:
        return words.tn("{n} month behind", "{n} months behind", -ahead)
    return words.tn("{n} month ahead", "{n} months ahead", ahead) if ahead else ""


def _unknown(report: Report, now: pd.Series) -> Figure:
    words = report.words
    return Figure(
        id="voortgang-verloop",
        kind="sentences",
        title=words.t("How far the plan is in time cannot be told"),
        sentences=(words.t("The reason: {reason}.", reason=verloop_stand.reasons(words)[now["regel"]]),),
        origins=common.origins(report),
        notes=common.notes(report, *verloop_stand.stopped_note(report)),
    )


def _early_note(words: Words, now: pd.Series) -> tuple[str, ...]:
    if not now["vroeg"]:
        return ()
    said = words.t(
        "Too early: less than {share} of the work was to be done by now.",
        share=common.percent(words, verloop_stand.EARLY),
    )
    return (said,)


def _curve_grid(words: Words, rows: pd.DataFrame) -> Grid:
    columns = (
        Column(words.t("Quarter")),
        Column(words.t("Planned (% of the work)"), "number"),
        Column(words.t("Done (% of the work)"), "number"),
        Column(words.t("Known (% of the weight)"), "number"),
    )
    cells = tuple(
        (
            words.quarter(Quarter.parse(row.kwartaal)),
            words.number(row.gepland_pct, 1),
            words.number(row.verdiend_pct, 1),
            words.number(100 * row.bekend_aandeel),
        )
        for row in standing.each(rows)
    )
    return Grid(columns, cells)
