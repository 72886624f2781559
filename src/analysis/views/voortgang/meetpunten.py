"""The meetpunten: where each stands against the path to its target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from analysis.figure import Column, Figure, Grid
from analysis.language import Words
from analysis.models.delivered.trajectory import STATUSES
from analysis.views.report import Report, in_every_language
from analysis.views.theme import GAUGE_SIGNS
from analysis.views.voortgang import common
from analysis.views.voortgang.meetpunten_panelen import kept, shown, spec
from analysis.views.voortgang.meetpunten_reeks import Gauge, gauges_of


@in_every_language
def gauges(report: Report) -> Figure:
    """Chart: a panel per meetpunt with its measurements, the path from base to target, and the target."""
    if none := common.nothing(report, "voortgang-meetpunten", "metingen"):
        return none
    words, every = report.words, gauges_of(report)
    measured = [gauge for gauge in every if len(gauge.points)]
    if not measured:
        return Figure("voortgang-meetpunten", "absent", words.t("No meetpunt has been measured"))
    drawn = shown(measured, STATUSES)
    told = [_told(report, gauge) for gauge in drawn]
    return Figure(
        id="voortgang-meetpunten",
        kind="chart",
        title=gauges_title(words, [gauge.status for gauge in every]),
        subtitle=words.t(
            "Per meetpunt, in its own unit and on its own scale: measured (line, the last value in bold), the straight "
            "path from base to target (dashes) and the target (square; a bar where it is a range)"
        ),
        alt=words.t("A panel per meetpunt. {values}", values=" ".join(told)),
        grid=_grid(report, drawn),
        spec=spec(report, drawn),
        origins=common.origins(report),
        notes=common.notes(report, _legend(words, drawn), *_left_out(report, every, measured, drawn)),
    )


def status_words(words: Words) -> dict[str, str]:
    """Return the word for each status of a meetpunt, the best first."""
    return {
        "bereikt": words.t("gauge: reached"),
        "op_koers": words.t("gauge: on track"),
        "te_traag": words.t("gauge: too slow"),
        "veel_te_traag": words.t("gauge: far too slow"),
        "verkeerde_richting": words.t("gauge: wrong direction"),
        "gemist": words.t("gauge: missed"),
        "onbekend": words.t("gauge: unknown"),
    }


def gauges_title(words: Words, statuses: Sequence[str]) -> str:
    """Count the meetpunten by status, the best first.

    Args:
        words: the language.
        statuses: of each meetpunt.
    """
    n = Counter(statuses)
    counted = {
        "bereikt": words.tn("gauge: {n} reached", "gauges: {n} reached", n["bereikt"]),
        "op_koers": words.tn("gauge: {n} on track", "gauges: {n} on track", n["op_koers"]),
        "te_traag": words.tn("gauge: {n} too slow", "gauges: {n} too slow", n["te_traag"]),
        "veel_te_traag": words.tn("gauge: {n} far too slow", "gauges: {n} far too slow", n["veel_te_traag"]),
        "verkeerde_richting": words.tn(
            "gauge: {n} in the wrong direction", "gauges: {n} in the wrong direction", n["verkeerde_richting"]
        ),
        "gemist": words.tn("gauge: {n} missed", "gauges: {n} missed", n["gemist"]),
        "onbekend": words.tn("gauge: {n} unknown", "gauges: {n} unknown", n["onbekend"]),
    }
    told = [counted[code] for code in STATUSES if n[code]]
    return words.tn("Of {n} meetpunt: {parts}", "Of {n} meetpunten: {parts}", len(statuses), parts=words.list(told))


def _told(report: Report, gauge: Gauge) -> str:
    words = report.words
    return words.t(
        "{name}: {value}, target {target}, {status}.",
        name=gauge.label(report),
        value=gauge.written(words, gauge.points["waarde"].iloc[-1]),
        target=gauge.target(words),
        status=status_words(words)[gauge.status],
    )


def _grid(report: Report, drawn: Sequence[Gauge]) -> Grid:
    """Return the measurements that are drawn, of one meetpunt after the other: side by side they fit no screen."""
    words = report.words
    rows: list[tuple[str, str]] = []
    groups: dict[int, str] = {}
    for gauge in drawn:
        groups[len(rows)] = gauge.label(report)
        for point in gauge.points.tail(kept(drawn)).to_dict("records"):
            period = words.period(point["periode_van"], point["periode_tot"], str(point["periode_soort"]))
            rows.append((period, gauge.written(words, point["waarde"])))
    return Grid((Column(words.t("Period")), Column(words.t("Value"), "number")), tuple(rows), groups)


def _legend(words: Words, drawn: Sequence[Gauge]) -> str:
    """Say what the signs in the headings stand for."""
    names, own = status_words(words), {gauge.status for gauge in drawn}
    return words.t(
        "Signs: {signs}.", signs=", ".join(f"{GAUGE_SIGNS[code]} {names[code]}" for code in STATUSES if code in own)
    )


def _left_out(
    report: Report, every: Sequence[Gauge], measured: Sequence[Gauge], drawn: Sequence[Gauge]
) -> tuple[str, ...]:
    """Say which meetpunten and measurements are not in the chart."""
    words, most = report.words, kept(drawn)
    silent, more = len(every) - len(measured), len(measured) - len(drawn)
    cut = any(len(gauge.points) > most for gauge in drawn)
    told = (
        (silent, words.tn("{n} meetpunt has no measurement yet.", "{n} meetpunten have no measurement yet.", silent)),
        (
            more,
            words.tn(
                "{n} meetpunt is not drawn, for want of room: those of the worst status are.",
                "{n} meetpunten are not drawn, for want of room: those of the worst status are.",
                more,
            ),
        ),
        (cut, words.t("Of each meetpunt the {n} youngest measurements are drawn.", n=words.number(most))),
    )
    return tuple(text for holds, text in told if holds)
