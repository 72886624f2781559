"""Will a meetpunt reach its target: the growth that is needed against the growth that there is.

Method: progress towards a target as Eurostat measures it. R is the growth per year since the base, divided by the
growth per year that leads from the base to the target on the target date: 1 is just in time, below nought is the wrong
way. For ``hoger`` and ``lager`` the growth is that of compound interest (CAGR) where base and target are positive, else
linear. For ``band`` (between two values) and ``stabiel`` (within a tolerance round a value), it is the linear decrease
of the distance to the band. The statuses:

======================  ================================================================
``bereikt``             the latest value meets the target
``op_koers``            R >= .95
``te_traag``            R >= .60
``veel_te_traag``       R >= 0
``verkeerde_richting``  R < 0, or the base met the target and the latest value does not
``gemist``              a value of the target date or later does not meet the target
``onbekend``            it cannot be said; the rule says why
======================  ================================================================

The score turns R into -5 to 5: 1.30 and more is 5, .95 is 2.5, .60 is 0, -.60 and less is -5, linear in between.

What the method leaves open is decided here:

* A value on the target meets it, and so does one on the edge of the band.
* Where growth is compound, a value of nought or less has lost all, -100 % a year: a better value never has a lower R.
* A period stands for its last day; one that still runs stands for the as-of date.
* A value older than two intervals of its frequency (a year, where that is not known) says nothing of today
  (``verouderd``). But a missed target stays missed: silence does not mend it.
* When the target date is over and was not measured yet, nobody knows whether the target was met (``voor_streefdatum``),
  unless the latest value met it already.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
from dateutil.relativedelta import relativedelta

from analysis.models.delivered.latest import latest

DIRECTIONS = ("hoger", "lager", "band", "stabiel")
UNKNOWN = "onbekend"
#: From the best to the worst, by what the latest value is against the target.
STATUSES = ("bereikt", "op_koers", "te_traag", "veel_te_traag", "verkeerde_richting", "gemist", UNKNOWN)
#: What decided: the target; growth of one kind; that the base met the target; the target date. Then why it is unknown.
RULES = (
    *("streefwaarde", "groei", "lineair", "afstand", "basis_voldeed", "streefdatum"),
    *("geen_richting", "geen_streefwaarde", "geen_meting", "meting_voor_basis", "verouderd", "voor_streefdatum"),
    *("geen_basis", "een_meting", "geen_streefdatum"),
)
#: From which R on each status holds, the best first.
BANDS = (("op_koers", 0.95), ("te_traag", 0.60), ("veel_te_traag", 0.0), ("verkeerde_richting", -math.inf))
#: R and the score that it gets.
SCORES = ((-0.60, -5.0), (0.60, 0.0), (0.95, 2.5), (1.30, 5.0))
#: Months between two measurements.
INTERVALS = {"maand": 1, "kwartaal": 3, "halfjaar": 6, "jaar": 12}
#: Beyond this an R says no more than this.
FARTHEST = 1000.0

COLUMNS = (
    *("meetpunt_code", "doelstelling_code", "richting", "status", "regel", "laatste_waarde", "laatste_periode"),
    *("leeftijd_dagen", "R", "score", "nodig", "verwacht", "drempel", "inputs"),
)
_SAME = 1e-9

Row = dict[Hashable, Any]


@dataclass(frozen=True)
class Aim:
    """What a meetpunt has to reach, from where and when; NaN and None are unknown."""

    direction: str  # one of DIRECTIONS
    low: float  # the lowest value that is good; minus infinity where none is too low
    high: float  # the highest value that is good; infinity where none is too high
    base: float = math.nan
    base_day: dt.date | None = None
    target_day: dt.date | None = None

    def shortfall(self, value: float) -> float:
        """Return how far a value is from the good ones; nought or less is good."""
        return max(self.low - value, value - self.high)

    @property
    def based(self) -> bool:
        """Whether it is known where it comes from."""
        return self.base_day is not None and math.isfinite(self.base)

    @property
    def compound(self) -> bool:
        """Whether growth is that of compound interest."""
        goal = {"hoger": self.low, "lager": self.high}.get(self.direction, 0.0)
        return self.base > 0 and goal > 0

    def edge(self, value: float) -> float:
        """Return the good value that is nearest to one that is not; NaN where that has no sense."""
        if value < self.low or self.direction == "hoger":
            return self.low
        return self.high if value > self.high or self.direction == "lager" else math.nan


@dataclass(frozen=True)
class Verdict:
    """The status of a meetpunt with what it rests on (see :func:`meetpunt_status`)."""

    status: str
    regel: str
    R: float = math.nan
    score: float = math.nan
    nodig: float = math.nan
    verwacht: float = math.nan
    drempel: tuple[float, ...] = ()


def score(ratio: float) -> float:
    """Return the score of R, -5 to 5; NaN stays NaN.

    >>> [score(ratio) for ratio in (2, 1.30, 0.95, 0.60, 0, -0.60, -9)]
    [5.0, 5.0, 2.5, 0.0, -2.5, -5.0, -5.0]
    """
    ratios, scores = zip(*SCORES, strict=True)
    return float(np.interp(ratio, ratios, scores))


def judge(aim: Aim, value: float, day: dt.date | None, as_of: dt.date, *, months: int = 12) -> Verdict:
    """Give a value exactly one status.

    Args:
        aim: what has to be reached.
        value: the latest value; NaN without one.
        day: the day for which it stands.
        as_of: the day on which the report looks.
        months: between two measurements.

    >>> aim = Aim("hoger", 20.0, math.inf, 10.0, dt.date(2020, 12, 31), dt.date(2030, 12, 31))
    >>> verdicts = [judge(aim, value, dt.date(2025, 12, 31), dt.date(2026, 2, 14)) for value in (9, 11, 12, 14, 15, 20)]
    >>> [verdict.status for verdict in verdicts]
    ['verkeerde_richting', 'veel_te_traag', 'veel_te_traag', 'op_koers', 'op_koers', 'bereikt']
    """
    rule = _unknown(aim, value, day)
    if rule or day is None:
        return Verdict(UNKNOWN, rule)
    status, rule = _settled(aim, value, day, as_of, day + relativedelta(months=2 * months))
    if status == UNKNOWN:
        return Verdict(UNKNOWN, rule)
    ratio = _ratio(aim, value, day)
    drempel: tuple[float, ...] = (aim.low, aim.high)
    if not status:
        place = next(place for place, (_, least) in enumerate(BANDS) if ratio >= least - _SAME)
        status, drempel = BANDS[place][0], (BANDS[place][1], BANDS[place - 1][1] if place else math.inf)
    points = 5.0 if status == "bereikt" else -5.0 if aim.based and aim.shortfall(aim.base) <= 0 else score(ratio)
    return Verdict(status, rule, ratio, points, *_path(aim, value, day), drempel)


def _unknown(aim: Aim, value: float, day: dt.date | None) -> str:
    """Return why nothing can be said of a value, "" where something can."""
    tests = (
        (aim.direction not in DIRECTIONS, "geen_richting"),
        (not aim.low <= aim.high or -aim.low == aim.high == math.inf, "geen_streefwaarde"),
        (day is None or not math.isfinite(value), "geen_meting"),
        (day is not None and aim.base_day is not None and day < aim.base_day, "meting_voor_basis"),
    )
    return next((rule for failed, rule in tests if failed), "")


def _settled(aim: Aim, value: float, day: dt.date, as_of: dt.date, fresh_until: dt.date) -> tuple[str, str]:
    """Return the status that needs no growth, and its rule; without one "" and the kind of growth that decides."""
    good, target = aim.shortfall(value) <= 0, aim.target_day
    tests = (
        (target is not None and day >= target and not good, "gemist", "streefdatum"),
        (fresh_until < as_of, UNKNOWN, "verouderd"),
        (good, "bereikt", "streefwaarde"),
        (target is not None and target < as_of, UNKNOWN, "voor_streefdatum"),
        (not aim.based, UNKNOWN, "geen_basis"),
        (day == aim.base_day, UNKNOWN, "een_meting"),
        (aim.based and aim.shortfall(aim.base) <= 0, "verkeerde_richting", "basis_voldeed"),
        (target is None, UNKNOWN, "geen_streefdatum"),
    )
    growth = "groei" if aim.compound else ("afstand" if aim.direction in ("band", "stabiel") else "lineair")
    return next(((status, rule) for holds, status, rule in tests if holds), ("", growth))


def _years(start: dt.date | None, end: dt.date | None) -> float:
    """Return the years between two days; the ends of two years are whole years apart. NaN where one is unknown."""
    if start is None or end is None:
        return math.nan
    places = [day.year + day.timetuple().tm_yday / (365 + calendar.isleap(day.year)) for day in (start, end)]
    return places[1] - places[0]


def _ratio(aim: Aim, value: float, day: dt.date) -> float:
    """Return R; NaN where no growth is needed, or where a date or the base is unknown."""
    past, whole = _years(aim.base_day, day), _years(aim.base_day, aim.target_day)
    if not (aim.based and past > 0 and whole > 0 and aim.shortfall(aim.base) > 0):
        return math.nan
    if aim.compound:
        ratio = (_growth(value, aim.base, past) if value > 0 else -1.0) / _growth(aim.edge(aim.base), aim.base, whole)
        return max(-FARTHEST, min(FARTHEST, ratio))
    # exact, so that no difference of two numbers is endless or lost
    edges = [(Fraction(edge), sign) for edge, sign in ((aim.low, 1), (aim.high, -1)) if math.isfinite(edge)]
    before, now = (max(sign * (edge - Fraction(place)) for edge, sign in edges) for place in (aim.base, value))
    exact = (before - now) / before * Fraction(whole / past)
    return float(exact) if abs(exact) < FARTHEST else (FARTHEST if now < before else -FARTHEST)


def _growth(value: float, base: float, years: float) -> float:
    """Return the compound growth per year from one positive value to another."""
    step = (value - base) / base
    log = math.log1p(step) if abs(step) < 0.5 else math.log(value) - math.log(base)
    return math.expm1(min(log / years, 700.0))


def _path(aim: Aim, value: float, day: dt.date) -> tuple[float, float]:
    """Return what the path to the target asks on the day, and what the value is on the target date if it goes on."""
    past, whole = _years(aim.base_day, day), _years(aim.base_day, aim.target_day)
    if not (aim.based and whole > 0):
        return math.nan, math.nan
    ahead = aim.shortfall(aim.base) > 0
    needed = _between(aim, aim.edge(aim.base), min(past / whole, 1.0)) if ahead else aim.edge(value)
    return needed, _between(aim, value, whole / past) if 0 < past < whole else math.nan


def _between(aim: Aim, value: float, share: float) -> float:
    """Return where growth from the base to a value is after a share of the time; NaN for a number that is too large."""
    try:
        grown = aim.base * (value / aim.base) ** share if aim.compound and value > 0 else math.nan
    except OverflowError:
        return math.nan
    found = aim.base + (value - aim.base) * share if math.isnan(grown) else grown
    return found if math.isfinite(found) else math.nan


def meetpunt_status(meetpunten: pd.DataFrame, metingen: pd.DataFrame, as_of: dt.date) -> pd.DataFrame:
    """Give each meetpunt exactly one status.

    Args:
        meetpunten: all deliveries: ``meetpunt_code``, ``doelstelling_code``, ``richting``, ``frequentie``, and base and
            target (``basis_waarde``, ``basis_periode_tot``, ``streef_waarde``, ``streef_onder``, ``streef_boven``,
            ``streef_periode_tot``; their ``_periode`` is only passed on).
        metingen: all deliveries: ``meetpunt_code``, ``periode``, ``periode_van``, ``periode_tot``, ``waarde``.
        as_of: the day on which the report looks.

    Returns:
        One row per meetpunt, in the order of its code: ``status``, ``regel`` (one of :data:`RULES`), ``laatste_waarde``
        and ``laatste_periode`` (of the last period that has begun and has a value; NaN and ""), ``leeftijd_dagen``,
        ``R``, ``score``, ``nodig`` (what the path of constant growth asked on the day of the latest value),
        ``verwacht`` (the value on the target date, if it goes on), ``drempel`` (tuple from-to: of R where growth
        decided, else of the good values; empty where unknown) and ``inputs`` (dict: base, target, latest value). In
        the unit of the meetpunt; NaN where it cannot be said.
    """
    newest = _newest(metingen, as_of)
    points = latest(meetpunten, ["meetpunt_code"]).to_dict("records")
    rows = [_row(point, newest.get(point["meetpunt_code"], {}), as_of) for point in points]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _newest(metingen: pd.DataFrame, as_of: dt.date) -> dict[str, Row]:
    """Return per meetpunt the value of its last period; of two that end together the longer one says more."""
    begun = metingen[metingen["periode_van"] <= pd.Timestamp(as_of)]
    rows = latest(begun, ["meetpunt_code", "periode"])
    rows = rows[rows["waarde"].notna() & rows["periode_tot"].notna()]
    in_time = rows.assign(_length=rows["periode_tot"] - rows["periode_van"]).sort_values(["periode_tot", "_length"])
    last = in_time.drop_duplicates("meetpunt_code", keep="last").drop(columns="_length")
    return {str(row["meetpunt_code"]): row for row in last.to_dict("records")}


def _row(point: Row, measured: Row, as_of: dt.date) -> dict[str, object]:
    value = float(measured.get("waarde", math.nan))
    day = min(measured["periode_tot"].date(), as_of) if measured else None
    verdict = judge(_aim(point), value, day, as_of, months=INTERVALS.get(point["frequentie"], 12))
    last = {"laatste_waarde": value, "laatste_periode": str(measured.get("periode", ""))}
    inputs = {name: found for name, found in point.items() if str(name).startswith(("basis", "streef", "freq"))} | last
    age = math.nan if day is None else float((as_of - day).days)
    own = {str(name): value for name, value in point.items() if name in COLUMNS}
    return own | vars(verdict) | last | {"leeftijd_dagen": age, "inputs": inputs}


def _aim(point: Row) -> Aim:
    """Return what a row of ``meetpunten`` asks; the good values are NaN where they are not known."""
    names = ("streef_waarde", "streef_onder", "streef_boven")
    target, low, high = (float(point[name]) if math.isfinite(point[name]) else math.nan for name in names)
    good = {
        "hoger": (target, math.inf),
        "lager": (-math.inf, target),
        "band": (-math.inf if math.isnan(low) else low, math.inf if math.isnan(high) else high),
        "stabiel": (target if math.isnan(low) else low, target if math.isnan(high) else high),
    }.get(point["richting"], (math.nan, math.nan))
    ends = (point["basis_periode_tot"], point["streef_periode_tot"])
    days = [end.date() if isinstance(end, pd.Timestamp) else None for end in ends]
    return Aim(str(point["richting"]), *good, float(point["basis_waarde"]), *days)
