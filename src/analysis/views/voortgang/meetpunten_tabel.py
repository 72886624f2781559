"""The table of the meetpunten: what each has to reach, where it stands, where it leads, and what is a signal."""

from __future__ import annotations

import math
from collections.abc import Sequence

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered import xmr
from analysis.views.facts import period_of
from analysis.views.report import Report, in_every_language
from analysis.views.theme import GAUGE_SIGNS
from analysis.views.voortgang import common
from analysis.views.voortgang.meetpunten import status_words
from analysis.views.voortgang.meetpunten_reeks import Gauge, Row, gauges_of

#: Of growth that is so many times what is needed only that is said.
MUCH = 2.0


@in_every_language
def gauge_table(report: Report) -> Figure:
    """Table: per meetpunt its target, last value, status by rule, outlook, and what an XmR chart finds."""
    if none := common.nothing(report, "voortgang-meetpunten-stand", "meetpunten"):
        return none
    words, every = report.words, gauges_of(report)
    columns = (
        Column(words.t("Meetpunt")),
        Column(words.t("Target")),
        Column(words.t("Last value")),
        Column(words.t("Status by rule"), lead=True),
        Column(words.t("Needed by now (unit of the meetpunt)"), "number"),
        Column(words.t("Expected on the target date"), "number"),
        Column(words.t("Signal in the series")),
    )
    return Figure(
        id="voortgang-meetpunten-stand",
        kind="table",
        title=signals_title(words, [_last_sign(gauge) for gauge in every if len(gauge.points) >= xmr.ENOUGH]),
        subtitle=words.t(
            "Values in the unit of each meetpunt. Needed by now: on the path of even growth from base to target; "
            "expected: if the growth since the base goes on"
        ),
        grid=Grid(columns, tuple(_row(report, gauge) for gauge in every), _groups(report, every)),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(report, every)),
    )


def signals_title(words: Words, signs: Sequence[str]) -> str:
    """Say how many series get better or worse beyond their usual noise.

    Args:
        words: the language.
        signs: what the last value of each series long enough for limits says, one of the model's ``SIGNS``.
    """
    if not signs:
        return words.t("No meetpunt has enough measurements yet to tell a signal from noise")
    better, worse, other = (signs.count(sign) for sign in ("verbetering", "verslechtering", "verandering"))
    told = (
        (better, words.tn("{n} gets better", "{n} get better", better)),
        (worse, words.tn("{n} gets worse", "{n} get worse", worse)),
        (other, words.tn("{n} changes", "{n} change", other)),
    )
    parts = [text for n, text in told if n]
    if not parts:
        return words.tn(
            "The last value of the {n} meetpunt stays within its usual noise",
            "The last values of all {n} meetpunten stay within their usual noise",
            len(signs),
        )
    return words.tn(
        "Of {n} meetpunt with enough measurements, {parts} beyond the usual noise",
        "Of {n} meetpunten with enough measurements, {parts} beyond the usual noise",
        len(signs),
        parts=words.list(parts),
    )


def _row(report: Report, gauge: Gauge) -> tuple[str, ...]:
    words, found = report.words, gauge.found
    return (
        gauge.label(report),
        _target(words, gauge),
        _last(words, gauge),
        _status(words, gauge),
        gauge.written(words, found["nodig"]),
        gauge.written(words, gauge.expected),
        _signal(words, gauge),
    )


def _target(words: Words, gauge: Gauge) -> str:
    """Write the direction, the target, and until when; what the target was at first, where it is another one now."""
    ways = {
        "hoger": words.t("higher is better"),
        "lager": words.t("lower is better"),
        "band": words.t("between two values"),
        "stabiel": words.t("stable"),
    }
    way = ways.get(str(gauge.row["richting"]), words.t("direction unknown"))
    now, first = (_dated(words, gauge, row) for row in (gauge.row, gauge.first))
    said = words.t("{target}, {way}", target=now, way=way)
    return words.t("{said}; at first {was}", said=said, was=first) if gauge.changed else said


def _dated(words: Words, gauge: Gauge, row: Row) -> str:
    """Write a target with its period."""
    when = words.period(row["streef_periode_van"], row["streef_periode_tot"], str(row["streef_periode_soort"]))
    return words.t("{text} ({period})", text=gauge.target(words, row), period=when)


def _last(words: Words, gauge: Gauge) -> str:
    if gauge.points.empty:
        return UNKNOWN_SIGN
    last = gauge.points.iloc[-1]
    return words.t("{text} ({period})", text=gauge.written(words, last["waarde"]), period=period_of(words, last))


def _status(words: Words, gauge: Gauge) -> str:
    """Write the status with its reason: the growth against what was needed, or why nothing can be said."""
    told = f"{GAUGE_SIGNS[gauge.status]} {status_words(words)[gauge.status]}"
    why = _reason(words, gauge)
    return words.t("{told}: {why}", told=told, why=why) if why else told


def _reason(words: Words, gauge: Gauge) -> str:
    ratio = float(gauge.found["R"])
    if gauge.found["regel"] in ("groei", "lineair", "afstand"):
        if ratio < 0:
            return words.t("away from the target since the base")
        if ratio > MUCH:
            return words.t("more than twice the growth that is needed")
        return words.t("{share} of the growth that is needed", share=common.percent(words, 100 * ratio))
    reasons = {
        "basis_voldeed": words.t("the base met the target, the last value does not"),
        "geen_richting": words.t("no direction was delivered"),
        "geen_streefwaarde": words.t("no target was delivered"),
        "geen_meting": words.t("no measurement was delivered"),
        "meting_voor_basis": words.t("the last value is older than the base"),
        "verouderd": words.t("the last value is too old"),
        "voor_streefdatum": words.t("the target date is over and was not measured"),
        "geen_basis": words.t("no base was delivered"),
        "een_meting": words.t("only the base was measured"),
        "geen_streefdatum": words.t("no target date was delivered"),
    }
    return reasons.get(str(gauge.found["regel"]), "")


def _last_sign(gauge: Gauge) -> str:
    """Return what the last value of a series says; "" is no signal."""
    return str(gauge.signals["teken"].iloc[-1])


def _signal(words: Words, gauge: Gauge) -> str:
    """Write what the series says: a signal, or else whether its noise meets the target as things are.

    A series with a signal is on the move, so its limits do not say where it goes; nor do limits of few points.
    """
    n = len(gauge.points)
    if n < xmr.RUN:
        return words.t("too few measurements ({n})", n=words.number(n))
    signs = {
        "verbetering": words.t("getting better"),
        "verslechtering": words.t("getting worse"),
        "verandering": words.t("changing"),
    }
    futures = {
        "haalt": words.t("meets the target as it is"),
        "haalt_niet": words.t("misses the target as it is"),
        "wisselend": words.t("now meets the target, now misses it"),
    }
    sign = _last_sign(gauge)
    said = signs.get(sign, words.t("no signal"))
    if n < xmr.ENOUGH:
        return words.t("{said} (provisional: {n} measurements)", said=said, n=words.number(n))
    future = "" if sign else futures.get(gauge.assurance, "")
    return words.t("{told}; {text}", told=said, text=future) if future else said


def _groups(report: Report, every: Sequence[Gauge]) -> dict[int, str]:
    """Return the heading above the first meetpunt of each objective."""
    labels = report.labelled(report.now.plan("plan_doelstellingen", report.plan_id)).set_index("doelstelling_code")[
        "label"
    ]
    groups, above = {}, ""
    for place, gauge in enumerate(every):
        code = str(gauge.row["doelstelling_code"])
        if code != above:
            groups[place] = f"{code} {labels.get(code, '')}".strip()
            above = code
    return groups


def _notes(report: Report, every: Sequence[Gauge]) -> tuple[str, ...]:
    words = report.words
    changed = [gauge.label(report) for gauge in every if gauge.changed]
    short = any(math.isnan(gauge.expected) and not math.isnan(float(gauge.found["verwacht"])) for gauge in every)
    told = (
        (
            changed,
            words.tn(
                "Since the first delivery the target of {n} meetpunt was changed: {names}. It is judged by the new "
                "one.",
                "Since the first delivery the targets of {n} meetpunten were changed: {names}. They are judged by the "
                "new ones.",
                len(changed),
                names=words.list(changed),
            ),
        ),
        (short, words.t("What is expected is only told from a year after the base on.")),
        (
            every,
            words.t(
                "Signal: a change larger than the usual noise of the series (XmR chart: limits at the mean ± 2.66 "
                "times the mean moving range; from {n} measurements on). Only of a series without one it is said "
                "whether it meets its target as it is.",
                n=words.number(xmr.ENOUGH),
            ),
        ),
    )
    return tuple(text for holds, text in told if holds)
