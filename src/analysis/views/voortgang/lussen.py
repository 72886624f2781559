"""The decision loop: from each deviation to its cause, measure, owner and effect."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered.loop import LOOPS
from analysis.models.delivered.rollup import WORST_FIRST
from analysis.models.delivered.status import MAX_AGE_QUARTERS, quarter_numbers
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import common, steering

#: A table with more rows than this is one to look things up in.
MOST = 25
#: The states in which something is missing that the rules on beheerscontrole ask for.
INCOMPLETE = ("geen_oorzaak", "geen_maatregel", "maatregel_zonder_rol_of_datum")


@in_every_language
def loops(report: Report) -> Figure:
    """Table: of each action that deviates now the cause, the measure, who does it by when, and what came of it."""
    if none := common.nothing(report, "voortgang-lussen", "voortgang", "plan_acties"):
        return none
    words, found = report.words, steering.loops(report)
    own = _open(found)
    message = loops_title(
        words, len(own), int(own["stap"].isin(INCOMPLETE).sum()), int((own["lus"] == "heropend").sum())
    )
    notes = common.notes(report, *closed_notes(words, len(found) - len(own)), *_role_notes(report))
    if own.empty:
        return Figure("voortgang-lussen", "sentences", message, origins=common.origins(report), notes=notes)
    columns = (
        Column(standing.level(report, "actie")),
        Column(words.t("Deviation"), lead=True),
        Column(words.t("Cause")),
        Column(words.t("Measure and effect")),
        Column(words.t("Role and date")),
        Column(words.t("Quarters open"), "number"),
    )
    names = steering.names(report)
    return Figure(
        id="voortgang-lussen",
        kind="table",
        title=message,
        subtitle=words.t(
            "Deviation, cause, measure, role and effect of each action that is red or orange at the end of {quarter}, "
            "or was when it was last delivered",
            quarter=words.quarter(report.quarter),
        ),
        grid=Grid(columns, tuple(_row(report, row, names) for row in standing.each(own)), _groups(words, own)),
        origins=common.origins(report),
        notes=notes,
        reference=len(own) > MOST,
    )


def _open(found: pd.DataFrame) -> pd.DataFrame:
    """Return the loops that are open, by state, red before orange, the longest first."""
    own = found[found["lus"] != "gesloten"]
    keys = {"_lus": own["lus"].map(LOOPS.index), "_ernst": own["afwijking"].map(WORST_FIRST.index)}
    order = own.assign(**keys, _duur=-own["kwartalen_open"].astype(float))
    return order.sort_values(["_lus", "_ernst", "_duur"], kind="stable").reset_index(drop=True)


def loops_title(words: Words, total: int, missing: int, again: int) -> str:
    """Say how many deviations are open, of how many cause, measure, role or date is missing, how many came back.

    Args:
        words: the language.
        total: the open loops.
        missing: of these, without cause, measure, role or date.
        again: of these, reopened.
    """
    if not total:
        return words.t("No deviation is open")
    said = words.tn("{n} deviation is open", "{n} deviations are open", total)
    if missing:
        lacks = words.tn(
            "{n} lacks a cause, a measure, a role or a date", "{n} lack a cause, a measure, a role or a date", missing
        )
    else:
        lacks = words.t("none lacks a cause, a measure, a role or a date")
    back = [words.tn("{n} was settled before", "{n} were settled before", again)] if again else []
    return words.t("{said}: {parts}", said=said, parts=words.list([*back, lacks]))


def closed_notes(words: Words, closed: int) -> tuple[str, ...]:
    """Say how many loops are closed, which the table leaves out."""
    if not closed:
        return ()
    return (
        words.tn(
            "{n} action deviated in an earlier quarter and no longer does; it is not in this table.",
            "{n} actions deviated in an earlier quarter and no longer do; they are not in this table.",
            closed,
        ),
    )


def _role_notes(report: Report) -> tuple[str, ...]:
    note = report.words.t("Roles are named as the delivery names them; no persons.")
    return (note,)


def _row(report: Report, row: Any, names: dict[str, str]) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    words = report.words
    return (
        names[row.actie_code],
        _deviation(words, row, report.quarter),
        steering.causes(words)[row.oorzaak],
        _measure(report, row),
        _who(words, row.maatregel_rol, row.maatregel_datum),
        words.number(row.kwartalen_open),
    )


def _deviation(words: Words, row: Any, now: Quarter) -> str:  # noqa: ANN401
    told = common.signed(words, row.afwijking)
    measured = steering.deviation(words, row.regel, row.gemeten)
    parts = [words.t("{told}: {why}", told=told, why=measured) if measured else told]
    if row.eerder_goed:
        parts.append(words.t("settled in {quarter}, and back", quarter=steering.quarter(words, row.eerder_goed)))
    if _is_old(row.kwartaal, now):
        parts.append(words.t("last delivered on {quarter}", quarter=steering.quarter(words, row.kwartaal)))
    return words.joined(parts)


def _is_old(delivered: str, now: Quarter) -> bool:
    """Say whether a row is so old that nothing is known of today."""
    numbers = quarter_numbers(pd.Series([delivered, str(now)]))
    return bool(numbers[1] - numbers[0] > MAX_AGE_QUARTERS)


def _measure(report: Report, row: Any) -> str:  # noqa: ANN401
    words, measure = report.words, steering.told_in(report, row, "maatregel")
    if not measure:
        return words.t("measure: none")
    states = {
        "uitgevoerd": words.t("{measure} (carried out)", measure=measure),
        "vervallen": words.t("{measure} (dropped)", measure=measure),
    }
    told, effect = states.get(row.maatregel_stand, measure), _effect(words, row)
    return words.t("{measure}; effect: {effect}", measure=told, effect=effect) if effect else told


def _who(words: Words, role: str, date: Any) -> str:  # noqa: ANN401
    known = [steering.role(words, role)] if role else []
    known += [] if pd.isna(date) else [words.date(date.date())]
    return ", ".join(known) or UNKNOWN_SIGN


def _effect(words: Words, row: Any) -> str:  # noqa: ANN401
    """Say what the measure did; nothing where the owner does not tell."""
    return {
        "": "",
        "geen": words.t("effect: none"),
        "gedeeltelijk": words.t("effect: partial"),
        "volledig": words.t("effect: full"),
    }[row.maatregel_effect]


def _groups(words: Words, own: pd.DataFrame) -> dict[int, str]:
    headings = {
        "heropend": words.t("Reopened: it was settled, and deviates again or still"),
        "te_laat": words.t("The measure is over its date"),
        "uitgevoerd_zonder_effect": words.t("The measure was carried out, without effect"),
        "geen_oorzaak": words.t("No cause is named"),
        "geen_maatregel": words.t("No measure is taken"),
        "maatregel_zonder_rol_of_datum": words.t("The measure has no role or no date"),
        "open": words.t("A measure runs"),
    }
    return steering.headed(words, own["lus"], headings)
