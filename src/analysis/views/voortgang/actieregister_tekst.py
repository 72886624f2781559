"""The clauses of the register of actions: which rule gave a status, with what it measured against which limit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.language import Words
from analysis.models.delivered import forecast, status
from analysis.views.voortgang import common, steering

#: Of these colours the title tells the rules, the worst first.
TOLD = ("rood", "oranje")
#: The rules that count days, of which the limit is told in days too.
_IN_DAYS = ("einde_voorbij", "uitloop", "niet_gestart")
#: What is measured is told with so many decimals at most, where fewer would not show that it is above its limit.
_DECIMALS = 6


# --- the rule that gave a status ---


def reason(words: Words, row: Any) -> str:  # noqa: ANN401 - a row of itertuples
    """Say which rule gave an action its status, with what it measured and, in brackets, its limit.

    Args:
        words: the language.
        row: a row of :func:`analysis.models.delivered.status.action_status`.
    """
    if row.regel in _IN_DAYS:
        return _above(words, steering.deviation(words, row.regel, row.gemeten), _days(words, row.drempel))
    limit = words.number(row.drempel)
    if row.regel == "achterstand":
        return _above(words, _behind(words, _clearly(words, row.gemeten, row.drempel)), limit)
    if row.regel == "stil":
        return _above(words, words.t("the last delivery is {time} old", time=quarters(words, int(row.gemeten))), limit)
    if row.regel == "op_schema":
        return _on_schedule(words, row.gemeten, limit)
    return _plain(words, row)


def _above(words: Words, told: str, limit: str) -> str:
    """Add the limit that was passed; "" is none at all."""
    if not limit:
        return words.t("{told} (from the first day on)", told=told)
    return words.t("{told} (more than {limit})", told=told, limit=limit)


def _days(words: Words, limit: float) -> str:
    return words.tn("{n} day", "{n} days", round(limit)) if limit else ""


def _clearly(words: Words, measured: float, limit: float) -> str:
    """Write what is above its limit with as few decimals as show it."""
    enough = (decimals for decimals in range(_DECIMALS) if round(measured, decimals) > limit)
    return words.number(measured, next(enough, _DECIMALS))


def _behind(words: Words, points: str) -> str:
    return words.t("{points} points behind the original plan", points=points)


def _on_schedule(words: Words, behind: float, limit: str) -> str:
    points = round(behind)
    if not points:
        return words.t("on the original plan")
    if points < 0:
        return words.tn("{n} point ahead of the original plan", "{n} points ahead of the original plan", -points)
    told = words.tn("{n} point behind the first plan", "{n} points behind the first plan", points)
    return words.t("{told} (up to {limit})", told=told, limit=limit)


def _plain(words: Words, row: Any) -> str:  # noqa: ANN401
    """Return the words of a rule that compares nothing."""
    return {
        "geen_levering": words.t("never delivered"),
        "overgenomen": words.t("rule: taken over, says the owner"),
        "stopgezet": words.t("rule: stopped, says the owner"),
        "werkelijk_einde": words.t("ended on {date}", date=steering.day(words, row.werkelijk_einde)),
        "honderd_procent": words.t("{share} done as delivered", share=common.percent(words, row.voortgang_pct)),
        "geen_gegevens": words.t("neither progress nor any date delivered"),
        "einde_voor_start": words.t("the first planned end is before the first planned start"),
        "start_later": words.t(
            "first planned to start on {date}, no progress yet", date=steering.day(words, row.oorspronkelijk_start)
        ),
        "geen_voortgang": words.t("no progress delivered"),
        "geen_plan": words.t("the planned start or the planned end is missing"),
    }[str(row.regel)]


# --- the title ---


def title(words: Words, found: Mapping[tuple[str, str], int]) -> str:
    """Say why so many actions are red; without any, why they are orange; and of how many too little is known.

    Args:
        words: the language.
        found: number of actions by status and rule, as in :data:`analysis.models.delivered.status.RULES`.
    """
    total, silent = sum(found.values()), _number(found, "onbekend")
    if silent == total:
        return words.t("Of none of the {total} actions enough was delivered for a status", total=words.number(total))
    colour = next((one for one in TOLD if _number(found, one)), "")
    said = _why(words, found, colour, total)
    if not silent:
        return said
    return words.tn(
        "{said}; of {n} too little is known", "{said}; of {n} too little is known (more)", silent, said=said
    )


def _why(words: Words, found: Mapping[tuple[str, str], int], colour: str, total: int) -> str:
    n, whole = _number(found, colour), words.number(total)
    rules = [(one.code, found.get((colour, one.code), 0)) for one in status.RULES if one.status == colour]
    parts = words.list([_counted(words, code, many) for code, many in sorted(rules, key=lambda one: -one[1]) if many])
    if colour == "rood":
        return words.tn(
            "Why {n} of the {total} actions is red: {parts}",
            "Why {n} of the {total} actions are red: {parts}",
            n,
            total=whole,
            parts=parts,
        )
    if colour == "oranje":
        return words.tn(
            "Why {n} of the {total} actions is orange and none red: {parts}",
            "Why {n} of the {total} actions are orange and none red: {parts}",
            n,
            total=whole,
            parts=parts,
        )
    return words.t("None of the {total} actions is red or orange", total=whole)


def _number(found: Mapping[tuple[str, str], int], colour: str) -> int:
    return sum(many for (one, _), many in found.items() if one == colour)


def _counted(words: Words, rule: str, n: int) -> str:
    return {
        "einde_voorbij": words.tn("{n} not done at its first end", "{n} not done at their first end", n),
        "uitloop": words.tn("{n} with a later end", "{n} with a later end (more)", n),
        "niet_gestart": words.tn("{n} not started in time", "{n} not started in time (more)", n),
        "achterstand": words.tn("{n} too far behind", "{n} too far behind (more)", n),
    }[rule]


# --- the notes ---


def rules_notes(words: Words) -> tuple[str, str]:
    """Say how a status comes about, and beyond which limits an action is red, orange or unknown."""
    return (
        words.t(
            "Each action has the status of the first rule that applies to it, with its limit in brackets. Progress and "
            "dates are those that its owner delivered; the plan is what was delivered first, so that planning anew "
            "does not undo a delay. Of what was stopped or taken over, the owner’s word counts."
        ),
        words.t(
            "Red: not done after its first planned end, an end more than {red_slip} later, no start {red_start} after "
            "the first planned one, or more than {red_points} points behind. Orange: an end more than {orange_slip} "
            "later, no start after the first planned one, or more than {orange_points} points behind. Unknown: among "
            "others when the last delivery is more than {age} old.",
            red_slip=_days(words, status.RED_SLIP_DAYS),
            red_start=_days(words, status.RED_START_DAYS),
            red_points=words.number(status.ORANGE_POINTS),
            orange_slip=_days(words, status.GREEN_SLIP_DAYS),
            orange_points=words.number(status.GREEN_POINTS),
            age=quarters(words, status.MAX_AGE_QUARTERS),
        ),
    )


def quarters(words: Words, n: int) -> str:
    """Write a number of quarters."""
    return words.tn("time: {n} quarter", "time: {n} quarters", n)


def difference_note(words: Words, n: int) -> str:
    """Say of how many actions the owner gives another status than the rules."""
    told = words.tn(
        "Of {n} action the owner gives another status than the rules.",
        "Of {n} actions the owner gives another status than the rules.",
        n,
    )
    return words.t(
        "{told} Not compared are actions that the rules call unknown or not due yet, or that the owner calls not "
        "started.",
        told=told,
    )


def silence_notes(words: Words, reasons: Mapping[str, int]) -> tuple[str, ...]:
    """Say why actions have no likelihood.

    Args:
        words: the language.
        reasons: number of actions by ``reden``, see :data:`analysis.models.delivered.forecast.REASONS`.
    """
    told = {
        "te_kort": words.t(
            "No likelihood yet: a forecast needs the deliveries of at least {time}.",
            time=quarters(words, forecast.ENOUGH),
        ),
        "geen_doorstroom": words.t("No likelihood yet: no action has made any progress to forecast from."),
        "geen_meting": words.tn(
            "{n} action has no likelihood: its owner never gave a number.",
            "{n} actions have no likelihood: their owners never gave a number.",
            reasons.get("geen_meting", 0),
        ),
        "stil": words.tn(
            "{n} action has no likelihood: no number came for {time} or longer.",
            "{n} actions have no likelihood: no number came for {time} or longer.",
            reasons.get("stil", 0),
            time=quarters(words, forecast.SILENT),
        ),
    }
    return tuple(text for code, text in told.items() if reasons.get(code))
