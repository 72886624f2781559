"""How a movement is told: its kind, its field, what it was and what it is now."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.language import UNKNOWN_SIGN, Words
from analysis.period import Period
from analysis.views.voortgang import common, steering

#: Decimals of what has a unit of its own.
_DECIMALS = 2


def topics(words: Words) -> dict[str, str]:
    """Return what each kind is called."""
    return {
        "stil_gewijzigd": words.t("Changed without notice"),
        "status_slechter": words.t("Status: worse"),
        "verdwenen": words.t("Actions that are no longer delivered"),
        "doel_gewijzigd": words.t("Changed targets"),
        "herpland": words.t("Dates that moved"),
        "datum_gewist": words.t("Dates that were wiped"),
        "status_beter": words.t("Status: better"),
        "status_anders": words.t("Status: other"),
        "gewicht": words.t("Changed weights"),
        "trekker": words.t("Changed owners"),
        "mijlpaal_verdwenen": words.t("Milestones that are no longer delivered"),
        "mijlpaal_verschoven": words.t("Milestones that moved"),
        "verschenen": words.t("Actions that are delivered anew"),
        "mijlpaal_verschenen": words.t("New milestones"),
        "datum_ingevuld": words.t("Dates that were filled in"),
        "voortgang": words.t("Changed progress"),
    }


def row(words: Words, row: Any, name: str, status: str, part: str = "") -> tuple[str, ...]:  # noqa: ANN401 - itertuples
    """Return the cells of one movement.

    Args:
        words: the language.
        row: of :func:`analysis.models.delivered.movements.movements`.
        name: what the action or meetpunt is called.
        status: the computed status of the action now; "" for a meetpunt.
        part: what the milestone is called; "" where it is about none.
    """
    if row.veld == "mijlpaal_code":
        return name, _field(words, row, part), *_milestone_come_or_gone(words, row)
    if row.soort in ("verdwenen", "verschenen"):
        return name, words.t("changed: delivery"), *_come_or_gone(words, row, status)
    was, now = (value(words, row.veld, each) for each in (row.was, row.nu))
    return name, _field(words, row, part), was, _moved(words, row, now)


def _come_or_gone(words: Words, row: Any, status: str) -> tuple[str, str]:  # noqa: ANN401
    """Tell of what comes or goes when it was last delivered, and how it stands now."""
    there = words.t("not delivered") if row.soort == "verdwenen" else words.t("delivery: there")
    now = words.t("{told} ({shift})", told=there, shift=common.signed(words, status)) if status else there
    if not row.kwartaal_was:
        return words.t("never delivered"), now
    return words.t("last delivered on {quarter}", quarter=steering.quarter(words, row.kwartaal_was)), now


def _milestone_come_or_gone(words: Words, row: Any) -> tuple[str, str]:  # noqa: ANN401
    if row.soort == "mijlpaal_verschenen":
        return words.t("milestone: never delivered"), words.t("milestone: delivered")
    told = words.t("last delivered on {quarter}", quarter=steering.quarter(words, row.kwartaal_was))
    return told, words.t("milestone: not delivered")


def _field(words: Words, row: Any, part: str) -> str:  # noqa: ANN401
    """Name what changed; of what was changed in silence with the quarter or period that it is about."""
    told = fields(words)[row.veld]
    if row.soort == "stil_gewijzigd":
        about = period(words, row.onderdeel) if row.onderdeel else steering.quarter(words, row.kwartaal_nu)
        return words.t("{field} of {period}", field=told, period=about)
    return words.t("{field} “{label}”", field=told, label=part or row.onderdeel) if row.onderdeel else told


def _moved(words: Words, row: Any, told: str) -> str:  # noqa: ANN401
    """Add to a date how far it moved, and to progress by how many points."""
    if isinstance(row.was, pd.Timestamp) and isinstance(row.nu, pd.Timestamp):
        days = (row.nu - row.was).days
        time = steering.lasting(words, days)
        shift = words.t("{time} later", time=time) if days > 0 else words.t("{time} earlier", time=time)
        return words.t("{told} ({shift})", told=told, shift=shift)
    if row.veld == "voortgang_pct" and not (pd.isna(row.was) or pd.isna(row.nu)):
        points = words.number(row.nu - row.was, sign=True)
        return words.t("{told} ({shift})", told=told, shift=words.t("{n} points", n=points))
    return told


def fields(words: Words) -> dict[str, str]:
    """Return what each field is called."""
    return _of_action(words) | {
        "gepland": words.t("changed: planned date of milestone"),
        "mijlpaal_code": words.t("changed: milestone"),
        "richting": words.t("changed: good direction"),
        "basis_waarde": words.t("changed: base value"),
        "basis_periode": words.t("changed: base period"),
        "streef_waarde": words.t("changed: target value"),
        "streef_onder": words.t("changed: lower limit of the target"),
        "streef_boven": words.t("changed: upper limit of the target"),
        "streef_periode": words.t("changed: target period"),
        "waarde": words.t("changed: measurement"),
    }


def _of_action(words: Words) -> dict[str, str]:
    return {
        "status": words.t("changed: computed status"),
        "eigen_status": words.t("changed: own status"),
        "voortgang_pct": words.t("changed: progress"),
        "gewicht": words.t("changed: weight"),
        "trekker_rol": words.t("changed: owning role"),
        "gepland_start": words.t("changed: planned start"),
        "gepland_einde": words.t("changed: planned end"),
        "verwacht_start": words.t("changed: expected start"),
        "verwacht_einde": words.t("changed: expected end"),
        "werkelijk_start": words.t("changed: realised start"),
        "werkelijk_einde": words.t("changed: realised end"),
    }


def value(words: Words, field: str, found: Any) -> str:  # noqa: ANN401 - a number, text or date
    """Return what a field was or is, as the language writes it; a dash where it is unknown."""
    if found is None or found == "" or pd.isna(found):
        return UNKNOWN_SIGN
    if isinstance(found, pd.Timestamp):
        return words.date(found.date())
    if field == "status":
        return common.signed(words, found)
    if field == "eigen_status":
        return common.own_words(words)[found]
    if field == "voortgang_pct":
        return common.percent(words, found)
    if field == "richting":
        return directions(words)[found]
    if isinstance(found, float):
        return _number(words, found)
    return period(words, found) if field.endswith("_periode") else steering.role(words, str(found))


def _number(words: Words, found: float) -> str:
    """Write a number with no more decimals than it needs."""
    needed = next((n for n in range(_DECIMALS) if round(found, n) == round(found, _DECIMALS)), _DECIMALS)
    return words.number(found, needed)


def period(words: Words, text: str) -> str:
    """Write a period, which the intake has read before."""
    found = Period.parse(text)
    return words.period(found.start, found.end, found.precision) if found else UNKNOWN_SIGN


def directions(words: Words) -> dict[str, str]:
    """Return the word for each good direction of a meetpunt."""
    return {
        "hoger": words.t("direction: higher"),
        "lager": words.t("direction: lower"),
        "band": words.t("direction: within a band"),
        "stabiel": words.t("direction: stable"),
    }
