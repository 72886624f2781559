"""The register of all actions: the computed status of each, the rule that gave it, and all that it rests on."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered.latest import latest
from analysis.models.delivered.rollup import LEFT
from analysis.models.delivered.status import until
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import actieregister_tekst, common, steering
from analysis.views.voortgang.chances import PLAN_REASONS, end_of, ending, forecast_of, likelihood
from analysis.views.voortgang.kansen import short
from analysis.views.voortgang.pdca import phase_words, positions

KEY = "actie_code"
#: Nothing is to be forecast of an action that is over; what left the plan has no end any more either.
OVER = ("voltooid", *LEFT)
#: The statuses that both an owner and the rules can give.
COMPARED = (*OVER, "rood", "oranje", "groen")
#: What is taken from the delivery that counts, from the forecast and from the PDCA position.
_DELIVERED = ("gepland_einde", "verwacht_einde", "opmerking_nl", "opmerking_fr")
_FORECAST = ("kans_gepland", "kans_verwacht", "kans_einde", "reden")
_POSITION = ("score", "fase", "eigen_fase", "eigen_hoger")


@in_every_language
def register(report: Report) -> Figure:
    """Table: every action with its status, why it has it, what its owner says, its dates, likelihood and phase."""
    if none := common.nothing(report, "voortgang-register", "voortgang", "plan_acties"):
        return none
    words, found = report.words, table(report)
    return Figure(
        id="voortgang-register",
        kind="table",
        title=actieregister_tekst.title(words, Counter(zip(found["status"], found["regel"], strict=True))),
        subtitle=words.t(
            "Computed status of each action at the end of {quarter}: the rule that decides it and the data behind it",
            quarter=words.quarter(report.quarter),
        ),
        grid=_grid(report, found),
        origins=common.origins(report),
        notes=common.notes(report, *_notes(report, found)),
        reference=True,
    )


def table(report: Report) -> pd.DataFrame:
    """Return the actions in the order of the plan, with the findings on their status and what the table adds.

    Returns:
        See :func:`analysis.views.voortgang.common.statuses`, with of the delivery that counts ``gepland_einde``,
        ``verwacht_einde``, ``opmerking_nl`` and ``opmerking_fr``; ``kans_gepland``, ``kans_verwacht``, ``kans_einde``
        and ``reden`` of the forecast (``reden`` is missing where nothing is to be forecast); ``score``, ``fase``,
        ``eigen_fase`` and ``eigen_hoger`` of the PDCA position.
    """
    told = latest(until(common.rows(report, "voortgang"), report.quarter), [KEY])
    chances = forecast_of(report.now, report.plan_id, report.quarter).acties
    parts = ((told, _DELIVERED), (chances, _FORECAST), (positions(report), _POSITION))
    found = common.statuses(report)
    for rows, names in parts:
        found = found.merge(rows[[KEY, *names]], on=KEY, how="left")
    return found.assign(**{name: found[name].fillna("") for name in _DELIVERED if name.startswith("opmerking")})


def _grid(report: Report, found: pd.DataFrame) -> Grid:
    words, names = report.words, steering.names(report)
    columns = (
        Column(standing.level(report, "actie")),
        Column(words.t("Status, and its rule"), lead=True),
        Column(words.t("Word of the owner")),
        Column(words.t("Done (%)"), "number"),
        Column(words.t("Plan (%)"), "number"),
        Column(words.t("End: first planned, and now")),
        Column(words.t("PDCA")),
    )
    cells = tuple((names[row.actie_code], *_cells(report, row)) for row in standing.each(found))
    return Grid(columns, cells, _groups(report, found))


def _cells(report: Report, row: Any) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    """Return what stands behind an action."""
    words = report.words
    return (
        _status(words, row),
        _owner(report, row),
        words.number(row.voortgang_pct),
        words.number(row.verwacht_pct),
        _ends(report, row),
        _phase(words, row),
    )


def _status(words: Words, row: Any) -> str:  # noqa: ANN401
    told = common.signed(words, row.status)
    return words.t("{told}: {why}", told=told, why=actieregister_tekst.reason(words, row))


def _owner(report: Report, row: Any) -> str:  # noqa: ANN401
    """Return the owner's own status, of which quarter where that is not this one, and what the owner adds to it."""
    words, told = report.words, common.own_words(report.words)[row.eigen_status]
    if row.kwartaal and row.leeftijd_kwartalen:
        told = words.t(
            "{told} ({quarter}, {time} old)",
            told=told,
            quarter=short(words, row.kwartaal),
            time=actieregister_tekst.quarters(words, int(row.leeftijd_kwartalen)),
        )
    remark = steering.told_in(report, row, "opmerking")
    if not remark:
        return told
    if not getattr(row, f"opmerking_{report.language}"):  # the owner gave it in another language only
        remark = words.t("{remark} (untranslated)", remark=remark)
    return words.joined([told, remark])


def _ends(report: Report, row: Any) -> str:  # noqa: ANN401
    """Return the end that was planned first, the one that now holds where it is another, and the end of the plan."""
    words, told, now = report.words, _planned(report, row), _end(report, row)
    if now not in ("", UNKNOWN_SIGN) and row.einde != row.oorspronkelijk_einde:
        told = words.t("{planned}; now: {end}", planned=told, end=now)
    last = end_of(report.now, report.plan_id, report.quarter)
    chance = _chance(report, row, "kans_einde", pd.Timestamp(last.end))
    if not chance or math.isnan(row.kans_einde) or pd.Timestamp(last.end) in (row.gepland_einde, row.einde):
        return told
    return words.t("{told}; by {end}: {chance}", told=told, end=ending(words, last), chance=chance)


def _planned(report: Report, row: Any) -> str:  # noqa: ANN401
    """Return the end that was planned first, and the one that is planned now where that is another."""
    words, told = report.words, steering.day(report.words, row.oorspronkelijk_einde)
    if not pd.isna(row.gepland_einde) and row.gepland_einde != row.oorspronkelijk_einde:
        told = words.t("{told}; now planned: {date}", told=told, date=steering.day(words, row.gepland_einde))
    return _with(words, told, _chance(report, row, "kans_gepland", row.gepland_einde))


def _end(report: Report, row: Any) -> str:  # noqa: ANN401
    """Return the end that now holds, and how much later it is than what was planned first; none of what was left."""
    if row.status in LEFT:
        return ""
    words, told, days = report.words, steering.day(report.words, row.einde), row.uitloop_dagen
    shift = ""
    if not math.isnan(days) and days:
        time = steering.lasting(words, days)
        shift = words.t("{time} later", time=time) if days > 0 else words.t("{time} earlier", time=time)
    name = "kans_gepland" if pd.isna(row.verwacht_einde) else "kans_verwacht"
    return _with(words, told, shift, _chance(report, row, name, row.einde))


def _with(words: Words, told: str, *more: str) -> str:
    """Add what is known of a day, in brackets."""
    known = ", ".join(text for text in more if text)
    return words.t("{told} ({shift})", told=told, shift=known) if known else told


def _chance(report: Report, row: Any, name: str, end: Any) -> str:  # noqa: ANN401
    """Say how likely an action is done by an end; "" of one that is over itself, and of an end that is."""
    words, chance = report.words, getattr(row, name)
    if row.status in OVER or pd.isna(end) or end <= pd.Timestamp(report.quarter.end) or row.reden in PLAN_REASONS:
        return ""
    if math.isnan(chance):
        return words.t("likelihood unknown")
    return words.t("likelihood {n} %", n=likelihood(words, chance).replace(" ", "\N{NO-BREAK SPACE}"))


def _phase(words: Words, row: Any) -> str:  # noqa: ANN401
    """Return the phase with its position; the phase that the owner claims only where it is later."""
    named = phase_words(words)
    told = named[row.fase]
    if not math.isnan(row.score):
        told = words.t("{phase} ({score})", phase=told, score=words.number(row.score))
    claims = [words.t("its owner: {phase}", phase=named[row.eigen_fase])] if row.eigen_hoger else []
    return words.joined([told, *claims])


def _notes(report: Report, found: pd.DataFrame) -> tuple[str, ...]:
    words, reasons = report.words, found.loc[~found["status"].isin(OVER), "reden"]
    told = [
        *actieregister_tekst.rules_notes(words),
        actieregister_tekst.difference_note(words, differing(found)),
        words.t(
            "Done: progress as delivered; plan: what the original plan asked for by now. The end as it is now is the "
            "realised one, else the expected, else the re-planned one. PDCA: the phase with its position (0-100), by "
            "what the deliveries show."
        ),
    ]
    if (reasons == "").any():
        told.append(
            words.t(
                "Likelihood: to be done by that day, as forecast from the pace so far; only of a day that has yet to "
                "come."
            )
        )
    told += actieregister_tekst.silence_notes(words, Counter(reasons))
    if not (found[["opmerking_nl", "opmerking_fr"]] != "").any(axis=None):
        told.append(words.t("No owner adds a remark to a delivery that counts."))
    return tuple(told)


def differing(found: pd.DataFrame) -> int:
    """Count the actions of which the owner gives another status than the rules, where the two can be compared."""
    compared = found["eigen_status"].isin(COMPARED) & found["status"].isin(COMPARED)
    return int((compared & (found["eigen_status"] != found["status"])).sum())


def _groups(report: Report, found: pd.DataFrame) -> dict[int, str]:
    """Return the heading above the first action of each krachtlijn."""
    firsts = found["krachtlijn_code"].drop_duplicates()
    return {int(str(place)): standing.named_line(report, code) for place, code in firsts.items()}
