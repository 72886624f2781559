"""The computed status of each action: one status, the rule that gave it, its inputs, and the age of the data.

The rules, in the order in which they are tried (:data:`RULES`); the first that applies gives the status:

====================  ==================  =============================================================================
status                rule                when
====================  ==================  =============================================================================
``onbekend``          geen_levering       no delivery names the action
``overgenomen``       overgenomen         its owner says that something else took it over
``stopgezet``         stopgezet           its owner says that it was stopped
``voltooid``          werkelijk_einde     a realised end on or before the day, and no progress below 100 % beside it
``voltooid``          honderd_procent     progress of 100 %
``onbekend``          stil                the youngest row is more than :data:`MAX_AGE_QUARTERS` quarter old
``onbekend``          geen_gegevens       neither progress nor any date
``onbekend``          einde_voor_start    the plan ends before it starts: it asks for nothing that can be measured
``rood``              einde_voorbij       the original end is over and the action is known not to be done
``rood``              uitloop             the end is more than :data:`RED_SLIP_DAYS` later than first planned
``rood``              niet_gestart        not started more than :data:`RED_START_DAYS` after the original start
``rood``              achterstand         more than :data:`ORANGE_POINTS` percentage points behind the original plan
``oranje``            uitloop             more than :data:`GREEN_SLIP_DAYS`
``oranje``            niet_gestart        not started after the original start
``oranje``            achterstand         more than :data:`GREEN_POINTS`
``nog_niet_gepland``  start_later         the original start has yet to come, and there is no progress
``groen``             op_schema           progress and both original dates are known, and nothing above applies
``onbekend``          geen_voortgang      no progress was given
``onbekend``          geen_plan           progress without the planned dates to judge it by
====================  ==================  =============================================================================

What is over needs no news, so silence is asked about only after it. All that makes an action red is tried before all
that makes it orange: more progress never gives a worse status. An owner's word alone ('groen', 'voltooid') gives none.

The *original* plan of an action is what was delivered first: re-planning does not make a delay go away.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.models.delivered.latest import history, latest
from analysis.quarter import Quarter

STATUSES = ("voltooid", "overgenomen", "stopgezet", "rood", "oranje", "groen", "nog_niet_gepland", "onbekend")
#: The statuses that can be compared, from worst to best; between the others there is no better or worse.
RANK = {"rood": 0, "oranje": 1, "groen": 2, "voltooid": 3}

#: Deliveries are quarterly: the one before the report's may still be all there is; what is older is silence.
MAX_AGE_QUARTERS = 1
#: Progress is an estimate, mostly in steps of five or ten: up to one step behind is no finding.
GREEN_POINTS = 10.0
#: More than a quarter of the whole action behind is not made up within a quarter.
ORANGE_POINTS = 25.0
#: A month: planned dates are mostly ends of months.
GREEN_SLIP_DAYS = 30
#: A quarter: from there the action ends in another report than was planned.
RED_SLIP_DAYS = 90
#: A quarter without a start: one whole report went by.
RED_START_DAYS = 90

DATES = ("gepland_start", "gepland_einde", "verwacht_start", "verwacht_einde", "werkelijk_start", "werkelijk_einde")
_INPUTS = ("oorspronkelijk_start", "oorspronkelijk_einde", "einde", "werkelijk_start", "werkelijk_einde")
_MEASURES = ("voortgang_pct", "verwacht_pct", "achterstand", "uitloop_dagen")
_ROW = ("gewicht", "kwartaal", "leeftijd_kwartalen")
FINDINGS = ("status", "regel", "gemeten", "drempel", "eigen_status", *_MEASURES, *_INPUTS, *_ROW)
_TEXTS = ("eigen_status", "kwartaal")
_NUMBERS = ("voortgang_pct", "gewicht")
#: The owner's words that say that an action is not done.
_OPEN_WORDS = ("niet_gestart", "groen", "oranje", "rood")


@dataclass(frozen=True)
class Rule:
    """One row of the table of rules.

    Attributes:
        status: the status that it gives.
        code: its name, the column ``regel``.
        applies: says of each row of facts whether it applies.
        measured: the fact that it compares; "" when it compares none.
        threshold: what it compares it with, in the fact's unit.
    """

    status: str
    code: str
    applies: Callable[[pd.DataFrame], pd.Series]
    measured: str = ""
    threshold: float = float("nan")


def _above(status: str, code: str, measured: str, threshold: float, only: str = "") -> Rule:
    """Return the rule that a fact is above its threshold, where the condition ``only`` holds."""
    return Rule(status, code, lambda f: (f[measured] > threshold) & (f[only] if only else True), measured, threshold)


RULES = (
    Rule("onbekend", "geen_levering", lambda f: f["kwartaal"] == ""),
    Rule("overgenomen", "overgenomen", lambda f: f["eigen_status"] == "overgenomen"),
    Rule("stopgezet", "stopgezet", lambda f: f["eigen_status"] == "stopgezet"),
    Rule("voltooid", "werkelijk_einde", lambda f: f["beeindigd"] & ~(f["voortgang_pct"] < 100)),
    Rule("voltooid", "honderd_procent", lambda f: f["voortgang_pct"] >= 100),
    _above("onbekend", "stil", "leeftijd_kwartalen", MAX_AGE_QUARTERS),
    Rule("onbekend", "geen_gegevens", lambda f: f["voortgang_pct"].isna() & f["zonder_datum"]),
    Rule("onbekend", "einde_voor_start", lambda f: f["oorspronkelijk_einde"] < f["oorspronkelijk_start"]),
    _above("rood", "einde_voorbij", "einde_dagen", 0, only="open"),
    _above("rood", "uitloop", "uitloop_dagen", RED_SLIP_DAYS),
    _above("rood", "niet_gestart", "start_dagen", RED_START_DAYS, only="niet_gestart"),
    _above("rood", "achterstand", "achterstand", ORANGE_POINTS),
    _above("oranje", "uitloop", "uitloop_dagen", GREEN_SLIP_DAYS),
    _above("oranje", "niet_gestart", "start_dagen", 0, only="niet_gestart"),
    _above("oranje", "achterstand", "achterstand", GREEN_POINTS),
    Rule("nog_niet_gepland", "start_later", lambda f: (f["start_dagen"] < 0) & ~(f["voortgang_pct"] > 0)),
    Rule("groen", "op_schema", lambda f: f["gepland"] & f["achterstand"].notna(), "achterstand", GREEN_POINTS),
    Rule("onbekend", "geen_voortgang", lambda f: f["voortgang_pct"].isna()),
    Rule("onbekend", "geen_plan", lambda f: f["kwartaal"] != ""),
)


def action_status(actions: pd.DataFrame, voortgang: pd.DataFrame, as_of: dt.date, quarter: Quarter) -> pd.DataFrame:
    """Give each action exactly one computed status.

    Args:
        actions: ``actie_code``; other columns are kept.
        voortgang: the table of that name, all deliveries of this plan that are known. What they say of quarters
            after ``quarter`` does not count.
        as_of: the day on which the plan is asked what should be done. Progress speaks of the last day of its quarter:
            a later day here asks for more than could be delivered.
        quarter: the quarter of the report; the age of the data counts from it.

    Returns:
        The actions with :data:`FINDINGS`: ``status``, ``regel``; ``gemeten`` and ``drempel``, what the rule compared
        with what (days, percentage points or quarters; NaN where it compares nothing); ``eigen_status`` (the owner's),
        ``voortgang_pct``, ``verwacht_pct`` (what the original dates ask for on the day), ``achterstand`` (percentage
        points behind; negative is ahead), ``uitloop_dagen`` (``einde`` minus the original end), the original dates,
        ``einde`` (the realised end, else the expected, else the re-planned one), the realised dates, ``gewicht``
        (1 where none was given), ``kwartaal`` of the row ("" without one), ``leeftijd_kwartalen`` (NaN without one).

    >>> row = {"actie_code": "1.1.1", "kwartaal": "2026Q3", "bekend_op": pd.Timestamp("2026-10-09"), "gewicht": 1.0,
    ...     "voortgang_pct": 40.0, "eigen_status": "groen", **dict.fromkeys(DATES, pd.NaT),
    ...     "gepland_start": pd.Timestamp("2026-01-01"), "gepland_einde": pd.Timestamp("2026-12-31")}
    >>> plan = pd.DataFrame({"actie_code": ["1.1.1", "1.1.2"]})
    >>> found = action_status(plan, pd.DataFrame([row]), dt.date(2026, 9, 30), Quarter(2026, 3))
    >>> found[["status", "regel", "achterstand"]].round(1).values.tolist()
    [['rood', 'achterstand', 34.7], ['onbekend', 'geen_levering', nan]]
    """
    rows = _typed(latest(until(voortgang, quarter), ["actie_code"])).merge(original_plan(voortgang, quarter))
    own = actions[["actie_code"]].astype(str).merge(rows, on="actie_code", how="left")
    own = own.assign(**{name: own[name].fillna("") for name in _TEXTS}, gewicht=own["gewicht"].fillna(1.0))
    own["leeftijd_kwartalen"] = _number(quarter) - quarter_numbers(own["kwartaal"])
    judged = _judge(own, pd.Series(pd.Timestamp(as_of), index=own.index))
    return pd.concat([actions.reset_index(drop=True), judged[list(FINDINGS)]], axis=1)


def status_history(voortgang: pd.DataFrame, as_of: dt.date, quarter: Quarter) -> pd.DataFrame:
    """Return what each quarter's row of each action gave: the same rules, each asked at the same point of its quarter.

    Args:
        voortgang: as for :func:`action_status`.
        as_of: the day of the report; the rows of an earlier quarter are asked so many quarters earlier.
        quarter: the quarter of the report; rows of later ones are left out.

    Returns:
        The rows that count for each quarter, as now known, in the order of action and quarter, with all columns of
        ``voortgang`` and :data:`FINDINGS`. No row is 'stil': a quarter without a delivery has no row.
    """
    rows = history(until(voortgang, quarter), ["actie_code"]).sort_values(["actie_code", "kwartaal"], kind="stable")
    own = _typed(rows, *rows.columns).merge(original_plan(voortgang, quarter))
    own = own.assign(gewicht=own["gewicht"].fillna(1.0), leeftijd_kwartalen=0.0)
    lag = pd.Timestamp(as_of) - pd.Timestamp(quarter.end)
    return _judge(own, quarter_ends(own["kwartaal"]) + lag)


def original_plan(voortgang: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """Return of each action the first planned dates that were ever delivered.

    A date that the first delivery left out is the first one that a later delivery gave.

    Returns:
        ``actie_code``, ``oorspronkelijk_start``, ``oorspronkelijk_einde`` (NaT when never given).

    >>> rows = pd.DataFrame({"actie_code": "1.1.1", "kwartaal": ["2026Q1", "2026Q2"],
    ...     "bekend_op": pd.to_datetime(["2026-04-10", "2026-07-09"]),
    ...     "gepland_start": pd.NaT, "gepland_einde": pd.to_datetime(["2026-12-31", "2027-06-30"])})
    >>> original_plan(rows, Quarter(2026, 3))["oorspronkelijk_einde"].dt.date.tolist()
    [datetime.date(2026, 12, 31)]
    """
    rows = until(voortgang, quarter).sort_values(["bekend_op", "kwartaal"], kind="stable")
    dates = rows.assign(**{name: pd.to_datetime(rows[name]) for name in ("gepland_start", "gepland_einde")})
    # groupby's first() is the first that is not empty
    first = dates.groupby("actie_code")[["gepland_start", "gepland_einde"]].first().reset_index()
    return first.set_axis(["actie_code", "oorspronkelijk_start", "oorspronkelijk_einde"], axis=1)


def until(rows: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """Return the rows that report on this quarter or an earlier one."""
    return rows[rows["kwartaal"] <= str(quarter)]


def quarter_numbers(quarters: pd.Series) -> pd.Series:
    """Return quarters such as 2026Q3 as numbers that rise by one per quarter; "" is NaN.

    >>> quarter_numbers(pd.Series(["2026Q1", "2025Q4", ""])).diff().tolist()
    [nan, -1.0, nan]
    """
    numbers = {text: float(_number(Quarter.parse(text))) for text in quarters.unique() if text}
    return quarters.map(numbers).astype(float)


def quarter_ends(quarters: pd.Series) -> pd.Series:
    """Return the last day of quarters such as 2026Q3."""
    ends = {text: pd.Timestamp(Quarter.parse(text).end) for text in quarters.unique()}
    return pd.to_datetime(quarters.map(ends))


def expected_pct(start: pd.Series, end: pd.Series, day: pd.Series) -> pd.Series:
    """Return the progress in % that a plan asks for on a day: linear from start to end.

    Without a start or an end it is known only after the end (100) or before the start (0). On its one day a plan of
    one day asks for 100. A plan that ends before it starts asks for nothing (NaN).

    >>> start, day, end = (pd.Series(pd.to_datetime([text])) for text in ("2026-01-01", "2026-07-02", "2027-01-01"))
    >>> expected_pct(start, end, day).round(1).tolist()
    [49.9]
    """
    length = (end - start).dt.days
    linear = 100.0 * (day - start).dt.days / length.where(length > 0)
    before = linear.mask(day <= start, 0.0).mask(day >= end, 100.0)
    return before.mask(end < start).astype(float)


def _number(quarter: Quarter) -> int:
    return 4 * quarter.year + quarter.number


def _typed(rows: pd.DataFrame, *keep: str) -> pd.DataFrame:
    """Return the columns that count, each of its own type also where a table is empty or a text is missing."""
    names = list(dict.fromkeys([*keep, "actie_code", *_TEXTS, *_NUMBERS, *DATES]))
    return rows[names].assign(
        **{name: rows[name].fillna("").astype(str) for name in ("actie_code", *_TEXTS)},
        **{name: rows[name].astype(float) for name in _NUMBERS},
        **{name: pd.to_datetime(rows[name]) for name in DATES},
    )


def _judge(rows: pd.DataFrame, day: pd.Series) -> pd.DataFrame:
    """Return the rows with what the first rule that applies says of them."""
    facts = _facts(rows, day)
    applies = np.column_stack([rule.applies(facts).to_numpy(bool) for rule in RULES])
    first = applies.argmax(axis=1)
    measured = np.column_stack([facts[rule.measured] if rule.measured else facts["niets"] for rule in RULES])
    judged = facts.assign(
        status=np.array([rule.status for rule in RULES], dtype=object)[first],
        regel=np.array([rule.code for rule in RULES], dtype=object)[first],
        gemeten=measured[np.arange(len(facts)), first],
        drempel=np.array([rule.threshold for rule in RULES])[first],
    )
    return judged[list(dict.fromkeys([*rows.columns, *FINDINGS]))]


def _facts(rows: pd.DataFrame, day: pd.Series) -> pd.DataFrame:
    """Return the rows with what the rules ask about."""
    start, end, progress = rows["oorspronkelijk_start"], rows["oorspronkelijk_einde"], rows["voortgang_pct"]
    expected, finish, ended = expected_pct(start, end, day), _finish(rows, day), rows["werkelijk_einde"] <= day
    zero = (progress == 0) | (progress.isna() & (rows["eigen_status"] == "niet_gestart"))
    return rows.assign(
        verwacht_pct=expected,
        achterstand=(expected - progress).round(6),  # so that a threshold is met exactly
        einde=finish,
        uitloop_dagen=_days(finish, end),
        einde_dagen=_days(day, end),
        start_dagen=_days(day, start),
        beeindigd=ended,
        gepland=start.notna() & end.notna(),
        zonder_datum=rows[[*DATES, "oorspronkelijk_start", "oorspronkelijk_einde"]].isna().all(axis=1),
        open=(progress < 100) | (progress.isna() & ~ended & rows["eigen_status"].isin(_OPEN_WORDS)),
        niet_gestart=zero & ~(rows["werkelijk_start"] <= day),
        niets=float("nan"),
    )


def _finish(rows: pd.DataFrame, day: pd.Series) -> pd.Series:
    """Return the end that now holds. A plan that nobody touched says nothing of the end that is expected."""
    replanned = rows["gepland_einde"].where(rows["gepland_einde"] != rows["oorspronkelijk_einde"])
    realised = rows["werkelijk_einde"].where(rows["werkelijk_einde"] <= day)
    return realised.fillna(rows["verwacht_einde"]).fillna(replanned)


def _days(later: pd.Series, earlier: pd.Series) -> pd.Series:
    return (later - earlier).dt.days.astype(float)
