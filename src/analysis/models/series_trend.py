"""The trend of each indicator, its place among the regions, and the pace that its official target still asks for.

A trend is that of figures of one way of counting, of at most :data:`WINDOW` years (see :mod:`analysis.models.trend`):
of whole years where there are enough, else of the precision of the latest figure. The pace of a target is what is left
divided by the years that are left; it is set against the slope of the trend. Of a figure that is itself a change since
a base year ("% t.o.v. 2005") the pace so far is that since the base year, where it is nought by definition.
"""

from __future__ import annotations

import math
import re
from dataclasses import asdict

import pandas as pd

from analysis.models.delivered.trajectory import BANDS
from analysis.models.indicators import HOME, SEASONAL, Row
from analysis.models.trend import LEAST, VERDICTS, Point, Trend, trend

#: So many years, up to the latest figure, count.
WINDOW = 10
#: Regions whose figures are ranked.
REGIONS = (HOME, "BE2", "BE3")
_SINCE_BASE = re.compile(r"% t\.o\.v\. (\d{4})")
_LIKE = ["periode_soort", "eenheid", "methode"]

TRENDS = ("indicator", "verdict", "n", "p", "slope", "lower", "upper", "van", "tot", "eenheid", "oordeel")
PACES = ("nodig", "tempo", "basis", "verhouding", "stand_tempo")


def trends(facts: pd.DataFrame, indicators: list[str], directions: pd.Series, area: str = HOME) -> pd.DataFrame:
    """Return the trend of each indicator in one area.

    Args:
        facts: shown rows with ``indicator``, ``geo``, ``periode_van``, ``periode_tot``, ``periode_soort``, ``waarde``,
            ``eenheid``, ``methode`` and ``te_controleren``; what is still to be checked does not count.
        indicators: codes, in the order in which they are shown.
        directions: ``hoger``, ``lager`` or ``geen`` on the index of indicator codes.
        area: code of the area.

    Returns:
        :data:`TRENDS`: that of :class:`analysis.models.trend.Trend`, ``van`` and ``tot`` (years of the first and the
        last figure that count; 0 without any), ``eenheid``, and ``oordeel`` (``goed``, ``slecht``, or ``geen``).

    >>> facts = pd.DataFrame({"indicator": "x", "geo": "BE10", "periode_soort": "jaar", "eenheid": "%", "methode": "",
    ...     "te_controleren": False, "periode_van": pd.to_datetime([f"{year}-01-01" for year in range(2018, 2024)]),
    ...     "periode_tot": pd.to_datetime([f"{year}-12-31" for year in range(2018, 2024)]),
    ...     "waarde": [1.0, 2, 3, 4, 5, 6]})
    >>> trends(facts, ["x"], pd.Series({"x": "lager"}))[["verdict", "slope", "oordeel"]].values.tolist()
    [['stijgt', 1.0, 'slecht']]
    """
    known = facts[(facts["geo"] == area) & facts["indicator"].isin(indicators)]
    known = known[~known["te_controleren"].astype(bool) & known["periode_tot"].notna()]
    by_code = dict(iter(known.groupby("indicator")))
    rows = [_row(code, by_code.get(code, known.iloc[:0]), str(directions.get(code, "geen"))) for code in indicators]
    return pd.DataFrame(rows, columns=list(TRENDS))


def _row(code: str, rows: pd.DataFrame, direction: str) -> dict[str, object]:
    used = _comparable(rows)
    found = trend(_points(used)) if len(used) else Trend("te_weinig", 0)
    ends = _counted(used)["periode_tot"].dt.year
    return {
        "indicator": code,
        **asdict(found),
        "van": int(ends.min()) if len(used) else 0,
        "tot": int(ends.max()) if len(used) else 0,
        "eenheid": str(used["eenheid"].iloc[-1]) if len(used) else "",
        "oordeel": _verdict(found.verdict, direction),
    }


def _comparable(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the figures that count: of one way of counting, years before other precisions where there are enough."""
    if rows.empty:
        return rows
    ordered = rows.sort_values(["periode_tot", "periode_van"])
    groups = [_recent(own).drop_duplicates("periode_tot") for _, own in ordered.groupby(_LIKE)]
    years = [own for own in groups if own["periode_soort"].iloc[0] == "jaar" and len(own) >= LEAST]
    longest: pd.DataFrame = max(years or groups, key=lambda own: (own["periode_tot"].iloc[-1], len(own)))
    return longest


def _recent(rows: pd.DataFrame) -> pd.DataFrame:
    recent: pd.DataFrame = rows[rows["periode_tot"] > rows["periode_tot"].iloc[-1] - pd.DateOffset(years=WINDOW)]
    return recent


def _counted(used: pd.DataFrame) -> pd.DataFrame:
    """Return the figures behind a trend: of seasonal ones those of seasons that have enough; all, where none has."""
    if used.empty or used["periode_soort"].iloc[0] not in SEASONAL:
        return used
    season = used["periode_van"].dt.month
    enough = season.groupby(season).transform("size") >= LEAST
    return used[enough] if enough.any() else used


def _points(rows: pd.DataFrame) -> list[Point]:
    seasonal = rows["periode_soort"].iloc[0] in SEASONAL
    starts, values = rows["periode_van"], rows["waarde"]
    return [
        (start.year + (start.month - 1) / 12, float(value), start.month if seasonal else 0)
        for start, value in zip(starts, values, strict=True)
    ]


def _verdict(verdict: str, direction: str) -> str:
    if verdict not in VERDICTS[:2] or direction == "geen":
        return "geen"
    return "goed" if (verdict == "stijgt") == (direction == "hoger") else "slecht"


def places(rows: pd.DataFrame, beside: pd.DataFrame, directions: pd.Series) -> pd.Series:
    """Return the place of the Region among the three regions, 1 is the best; NaN where one is unknown.

    Args:
        rows: Brussels rows with ``indicator``, ``geo`` and ``waarde``.
        beside: the result of :func:`analysis.models.indicators.comparison`.
        directions: ``hoger``, ``lager`` or ``geen`` on the index of indicator codes.

    Returns:
        A place on the index of the indicator codes; equals share the better one.
    """
    found = {}
    for code, value in rows.loc[rows["geo"] == HOME].set_index("indicator")["waarde"].items():
        own = beside[(beside["indicator"] == code) & beside["zelfde_periode"] & beside["geo"].isin(REGIONS)]
        direction = directions.get(str(code), "geen")
        if len(own) == len(REGIONS) - 1 and direction != "geen":
            better = own["waarde"] > value if direction == "hoger" else own["waarde"] < value
            found[str(code)] = 1 + int(better.sum())
    return pd.Series(found, dtype=float)


def paces(targets: pd.DataFrame, facts: pd.DataFrame, directions: pd.Series) -> pd.DataFrame:
    """Return what each official target still asks for per year, beside the pace so far.

    Args:
        targets: the result of :func:`analysis.models.official_targets.distance_to_target`; those that are not reached,
            can be compared with a figure, and have a year to come.
        facts: as for :func:`trends`.
        directions: as for :func:`trends`.

    Returns:
        The targets with :data:`PACES`: ``nodig`` and ``tempo`` (change per year, in the unit; NaN without a trend),
        ``basis`` (the year from which ``tempo`` is reckoned), ``verhouding`` (tempo by need; NaN) and ``stand_tempo``
        (that of :data:`analysis.models.delivered.trajectory.BANDS`, or ``onbekend``).
    """
    left = targets[(targets["stand"] == "nog_niet") & (targets["reden"] == "")]
    left = left[left["doeljaar"] > left["periode_tot"].dt.year].reset_index(drop=True)
    found = [_pace(row, facts, directions) for row in left.to_dict("records")]
    rows: pd.DataFrame = left.join(pd.DataFrame(found, columns=list(PACES)))
    return rows


def _pace(target: Row, facts: pd.DataFrame, directions: pd.Series) -> tuple[object, ...]:
    code, year = str(target["indicator"]), pd.Timestamp(str(target["periode_tot"])).year
    value, goal, end = (float(str(target[name])) for name in ("waarde", "doelwaarde", "doeljaar"))
    need = (goal - value) / (end - year)
    base = _SINCE_BASE.search(_unit(facts, code))
    if base:
        start = int(base.group(1))
        so_far = value / (year - start) if year > start else math.nan
    else:
        own = trends(facts, [code], directions, str(target["geo"])).iloc[0]
        so_far, start = float(own["slope"]), int(own["van"])
    ratio = so_far / need if need else math.nan
    state = "onbekend" if math.isnan(ratio) else next(name for name, least in BANDS if ratio >= least)
    return need, so_far, start, ratio, state


def _unit(facts: pd.DataFrame, code: str) -> str:
    own = facts.loc[facts["indicator"] == code, "eenheid"]
    return str(own.iloc[-1]) if len(own) else ""
