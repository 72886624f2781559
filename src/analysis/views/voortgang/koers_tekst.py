"""The message of the course: which krachtlijn advanced most, how far the plan came, or where it stands."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from analysis.language import Words
from analysis.models.delivered.rollup import KNOWN_SHARE, WHOLE
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.voortgang import common

#: So many krachtlijnen are named that advanced as much.
NAMED = 3


@dataclass(frozen=True)
class Told:
    """What the title needs.

    Attributes:
        quarter: the last that was delivered.
        average, low, high: of the plan in it, in %; the average is NaN when nothing is known.
        back: quarters over which is compared; 0 for none.
        gain: of the plan, in points; NaN when too little is known both then and now.
        lines: the same of each krachtlijn.
    """

    quarter: Quarter
    average: float
    low: float
    high: float
    back: int
    gain: float
    lines: dict[str, float]


def told(rows: pd.DataFrame, gained: pd.DataFrame) -> Told:
    """Return what the title needs; a gain of which less than :data:`KNOWN_SHARE` is known counts as unknown."""
    now = rows[rows["code"] == WHOLE].iloc[-1]
    known = gained["winst"].astype(float).where(gained["aandeel"].astype(float) >= KNOWN_SHARE)
    by_code = dict(zip(gained["code"], known, strict=True))
    return Told(
        Quarter.parse(now["kwartaal"]),
        average=float(now["gemiddelde"]),
        low=float(now["onder"]),
        high=float(now["boven"]),
        back=int(gained["kwartalen"].iloc[0]) if len(gained) else 0,
        gain=by_code.pop(WHOLE, float("nan")),
        lines=by_code,
    )


def course_title(words: Words, found: Told) -> str:
    """Say which krachtlijn advanced most and which least; else how much the plan did, or where it stands."""
    if pd.isna(found.average):
        return words.t("Of no action is the progress known at the end of {quarter}", quarter=_quarter(words, found))
    if not found.back:
        return _standing(words, found)
    if pd.isna(found.gain):
        return words.tn(
            "How far the plan came in {n} quarter cannot be told: of too few actions is progress known then and now",
            "How far the plan came in {n} quarters cannot be told: of too few actions is progress known then and now",
            found.back,
        )
    known = {code: gain for code, gain in found.lines.items() if not math.isnan(gain)}
    points = {code: round(gain) for code, gain in known.items()}
    if len(points) < max(len(found.lines), 2) or max(points.values()) <= 0:
        return _whole(words, found)
    return _most_and_least(words, found.back, points)


def _quarter(words: Words, found: Told) -> str:
    return words.quarter(found.quarter)


def _standing(words: Words, found: Told) -> str:
    """Say where the plan is, and between which bounds if actions are silent."""
    average, low, high = (common.percent(words, value) for value in (found.average, found.low, found.high))
    said = words.t(
        "At the end of {quarter} the plan stands at {average} on average",
        quarter=_quarter(words, found),
        average=average,
    )
    if low == high:
        return said
    return words.t("{said}; with the silent actions it is {low} to {high}", said=said, low=low, high=high)


def _whole(words: Words, found: Told) -> str:
    """Say how far the plan came, of the actions known then and now."""
    gain = round(found.gain)
    span = words.tn("In {n} quarter", "In {n} quarters", found.back)
    if gain == 0:
        return words.t("{span}, as far as is known, the plan did not advance", span=span)
    if gain > 0:
        return words.tn(
            "{span}, as far as is known, the plan advanced by {n} point",
            "{span}, as far as is known, the plan advanced by {n} points",
            gain,
            span=span,
        )
    return words.tn(
        "{span}, as far as is known, the plan fell back by {n} point",
        "{span}, as far as is known, the plan fell back by {n} points",
        -gain,
        span=span,
    )


def _most_and_least(words: Words, back: int, points: dict[str, int]) -> str:
    """Say which krachtlijn advanced most, and which least."""
    most, least = max(points.values()), min(points.values())
    span = words.tn("In {n} quarter", "In {n} quarters", back)
    if most == least:
        return words.tn(
            "{span}, as far as is known, every krachtlijn advanced by {n} point",
            "{span}, as far as is known, every krachtlijn advanced by {n} points",
            most,
            span=span,
        )
    first, last = ([code for code, gain in points.items() if gain == value] for value in (most, least))
    return words.tn(
        "{span}, as far as is known, {most} advanced most ({gain}) and {least} least ({less})",
        "{span}, as far as is known, {most} advanced most ({gain}) and {least} least ({less}) (more)",
        len(first),
        span=span,
        most=_named(words, first),
        gain=_points(words, most),
        least=_named(words, last),
        less=_points(words, least),
    )


def _named(words: Words, codes: list[str]) -> str:
    """Return krachtlijnen by their codes, within a sentence."""
    listed = standing.short_list(words, codes, NAMED)
    return words.tn("the krachtlijn {codes}", "the krachtlijnen {codes}", len(codes), codes=listed)


def _points(words: Words, gain: float) -> str:
    n = round(gain)
    return words.tn("{told} point", "{told} points", abs(n), told=words.number(n, sign=True))
