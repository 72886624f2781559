"""What the latest figure of an indicator is, how it moved, and what stands beside it.

All functions take *shown* facts: one row per figure, as :func:`analysis.models.sources.best` picks
them. Two rules keep apart what must not be joined:

* year, quarter and month rows of one series are never compared with each other (``periode_soort``);
* a row that was counted in another way (``methode``, from the table ``reeksbreuken``) is compared
  only with its like.

A month or quarter is compared with the same month or quarter of an earlier year where there is
one; a change within one year between two seasons is shown but not judged.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable
from typing import Any

import pandas as pd

HOME = "BE10"
BESIDE = ("BE", "BE2", "BE3")
#: The precisions in which a season shows.
SEASONAL = ("maand", "kwartaal")
#: How far back the same season is looked for.
SEASON_YEARS = 3
#: A figure whose period ended longer ago than this is old.
OLD_YEARS = 3

VERDICTS = ("goed", "slecht", "gelijk", "geen")
REASONS = ("onbekend", "ander_gebied", "te_controleren", "elders", "richting", "een_meting", "seizoen")

#: Columns that :func:`latest` adds to those of the facts.
CHANGE = (
    "vorige_periode",
    "vorige_van",
    "vorige_tot",
    "vorige_waarde",
    "vorige_bron_id",
    "verandering",
    "verandering_pct",
    "vorige_conflicten",
    "seizoen",
    "andere_methode",
)

#: Columns that facts may have, with what holds where they do not.
_MARKS: dict[str, str | bool | int] = {"methode": "", "te_controleren": False, "elders": False, "conflicten": 0}
#: What is looked at to compare two figures of one series.
_COMPARED = [
    *("indicator", "geo", "periode", "periode_van", "periode_tot", "periode_soort", "waarde", "eenheid", "bron_id"),
    *_MARKS,
]
#: What two figures share that may stand beside each other.
_LIKE = ("indicator", "methode", "periode_soort", "eenheid")
_APPROXIMATE = r"raming|ongeveer|zowat|iets meer|bijna|afgerond|prognose|geen realisatie"
_POINTS = ("%", "score", "procentpunt")

#: A row of a table by the names of its columns: going through these is many times faster than through Series.
Row = dict[Hashable, Any]


def approximate(facts: pd.DataFrame) -> pd.Series:
    """Say of each row whether its note calls it rounded, estimated or budgeted."""
    text = facts["opmerking"].fillna("").astype(str)
    return text.str.contains(_APPROXIMATE, case=False, regex=True).astype(bool)


def latest(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the latest figure per indicator and area, with what it is compared with.

    Args:
        facts: shown rows with ``indicator``, ``geo``, ``periode``, ``periode_van``, ``periode_tot``,
            ``periode_soort``, ``waarde``, ``eenheid``, ``bron_id`` and maybe ``methode``,
            ``te_controleren``, ``elders`` and ``conflicten``. Rows without a period are left out:
            nobody can say how recent they are.

    Returns:
        The latest row of each indicator and area, in the precision that has the most recent period,
        with ``vorige_periode``, ``vorige_van``, ``vorige_tot``, ``vorige_waarde``,
        ``vorige_bron_id``, ``verandering`` (in the unit; percentage points for a unit in %),
        ``verandering_pct`` (relative, % of the earlier amount; NaN for rates, scores and ages),
        ``vorige_conflicten`` (how many sources give another earlier value), ``seizoen`` (the two
        periods lie in different seasons of one year) and ``andere_methode`` (there are earlier
        figures, but all counted otherwise). No change where the figure or the earlier one is to be
        checked, nor for series that another chapter judges.

    >>> facts = pd.DataFrame({"indicator": "x", "geo": "BE10", "periode": ["2023", "2024"],
    ...     "periode_van": pd.to_datetime(["2023-01-01", "2024-01-01"]),
    ...     "periode_tot": pd.to_datetime(["2023-12-31", "2024-12-31"]), "periode_soort": "jaar",
    ...     "waarde": [200.0, 210.0], "eenheid": "personen", "bron_id": "b"})
    >>> latest(facts)[["verandering", "verandering_pct"]].iloc[0].tolist()
    [10.0, 5.0]
    """
    dated = _marked(facts[facts["periode_tot"].notna()])
    series: dict[tuple[str, str], list[Row]] = {key: [] for key in zip(dated["indicator"], dated["geo"], strict=True)}
    # a year and a month may end on the same day: the longer period says more
    in_time = dated.assign(_length=dated["periode_tot"] - dated["periode_van"])
    in_time = in_time.sort_values(["periode_tot", "_length"], kind="stable").reset_index(drop=True)
    for row in in_time[_COMPARED].assign(_place=in_time.index).to_dict("records"):
        series[row["indicator"], row["geo"]].append(row)
    newest = in_time.iloc[[own[-1]["_place"] for own in series.values()]].drop(columns="_length")
    changes = pd.DataFrame([_change_of(own) for own in series.values()], columns=list(CHANGE))
    return pd.concat([newest.reset_index(drop=True), changes], axis=1)


def _marked(facts: pd.DataFrame) -> pd.DataFrame:
    return facts.assign(**{name: value for name, value in _MARKS.items() if name not in facts})


def _change_of(series: list[Row]) -> dict[str, Any]:
    """Return how the latest row of one series, given in time, differs from the one before."""
    now = series[-1]
    same = [
        row
        for row in series
        if row["periode_soort"] == now["periode_soort"]
        and row["eenheid"] == now["eenheid"]
        and row["periode_tot"] < now["periode_tot"]
    ]
    like = [row for row in same if row["methode"] == now["methode"]]
    sure = [row for row in like if not (row["te_controleren"] or row["elders"] or now["te_controleren"])]
    change = _change(now, sure)
    change["andere_methode"] = bool(same and not like)
    return change


def _change(now: Row, earlier: list[Row]) -> dict[str, Any]:
    if not earlier:
        nothing = dict.fromkeys(CHANGE, float("nan"))
        return (
            nothing
            | {"vorige_periode": "", "vorige_bron_id": "", "vorige_conflicten": 0, "seizoen": False}
            | {
                "vorige_van": pd.NaT,
                "vorige_tot": pd.NaT,
            }
        )
    before = _reference(now, earlier)
    change = float(now["waarde"] - before["waarde"])
    relative = _is_amount(str(now["eenheid"])) and before["waarde"] != 0
    return {
        "vorige_periode": before["periode"],
        "vorige_van": before["periode_van"],
        "vorige_tot": before["periode_tot"],
        "vorige_waarde": before["waarde"],
        "vorige_bron_id": before["bron_id"],
        "vorige_conflicten": before["conflicten"],
        "verandering": change,
        "verandering_pct": 100 * change / abs(before["waarde"]) if relative else float("nan"),
        "seizoen": _other_season(now, before),
    }


def _reference(now: Row, earlier: list[Row]) -> Row:
    """Return the same season of an earlier year, else the period right before."""
    if now["periode_soort"] in SEASONAL:
        for years in range(1, SEASON_YEARS + 1):
            then = now["periode_van"] - pd.DateOffset(years=years)
            same_season = [row for row in earlier if row["periode_van"] == then]
            if same_season:
                return same_season[-1]
    return earlier[-1]


def _other_season(now: Row, before: Row) -> bool:
    """Two seasons less than a year apart: the difference may be nothing but the season."""
    days = (now["periode_van"] - before["periode_van"]).days
    return bool(now["periode_soort"] in SEASONAL and days < 360)


def _is_amount(unit: str) -> bool:
    return not unit.startswith(_POINTS) and unit != "jaar"


def one_per_indicator(rows: pd.DataFrame, indicators: list[str]) -> pd.DataFrame:
    """Return one row per indicator, in the given order: Brussels, else Belgium, else nothing known.

    Args:
        rows: the result of :func:`latest`.
        indicators: codes, in the order in which they are shown.

    Returns:
        As many rows as codes; where nothing is known, ``geo`` and ``periode`` are "" and ``waarde``
        is NaN.
    """
    order = {HOME: 0} | {geo: place for place, geo in enumerate(BESIDE, 1)}
    by_home = rows.assign(_order=rows["geo"].map(order)).sort_values("_order", kind="stable")
    first = by_home.drop_duplicates("indicator").set_index("indicator")
    shown = first.reindex(indicators).drop(columns="_order").reset_index(names="indicator")
    texts = [name for name in ("geo", "periode", "eenheid", "bron_id") if name in shown]
    return shown.assign(**{name: shown[name].fillna("").astype(str) for name in texts})


def judged(rows: pd.DataFrame, directions: pd.Series) -> pd.DataFrame:
    """Say of each row whether it moved the good way.

    Args:
        rows: the result of :func:`one_per_indicator`.
        directions: ``hoger``, ``lager`` or ``geen`` on the index of indicator codes.

    Returns:
        The rows with ``oordeel`` (one of :data:`VERDICTS`) and ``reden``: why there is no verdict
        (one of :data:`REASONS`), "" where there is one.
    """
    found = [_verdict(row, str(directions.get(row["indicator"], "geen"))) for row in rows.to_dict("records")]
    return rows.assign(
        oordeel=pd.Series([verdict for verdict, _ in found], index=rows.index, dtype=object),
        reden=pd.Series([reason for _, reason in found], index=rows.index, dtype=object),
    )


def _verdict(row: Row, direction: str) -> tuple[str, str]:
    tests = (
        (pd.isna(row["waarde"]), "onbekend"),
        (row["geo"] != HOME, "ander_gebied"),
        (bool(row["te_controleren"]), "te_controleren"),
        (bool(row["elders"]), "elders"),
        (direction == "geen", "richting"),
        (pd.isna(row["verandering"]), "een_meting"),
        (bool(row["seizoen"]), "seizoen"),
    )
    for failed, reason in tests:
        if failed:
            return "geen", reason
    if row["verandering"] == 0:
        return "gelijk", ""
    return ("goed" if (row["verandering"] > 0) == (direction == "hoger") else "slecht"), ""


def comparison(rows: pd.DataFrame, facts: pd.DataFrame) -> pd.DataFrame:
    """Return Belgium and the other regions beside the Brussels figures.

    Args:
        rows: Brussels rows of :func:`one_per_indicator`; rows of another area get nothing beside them.
        facts: shown rows, as for :func:`latest`.

    Returns:
        Per indicator and area that has one: ``indicator``, ``geo``, ``waarde``, ``periode``,
        ``periode_van``, ``periode_tot``, ``periode_soort``, ``bron_id``, ``bekend_regel`` (when the
        facts have it) and ``zelfde_periode``. The same period in the same precision and unit, counted in
        the same way, else the most recent one before it; never a later one.
    """
    near = _marked(facts[facts["geo"].isin(BESIDE) & facts["indicator"].isin(rows["indicator"])])
    near = near.sort_values("periode_tot", kind="stable")
    # per kind of figure and area the places of its rows in `near`, in time, with the end of their periods
    ends: dict[tuple[str, ...], list[tuple[int, pd.Timestamp]]] = {}
    for place, (*key, end) in enumerate(near[[*_LIKE, "geo", "periode_tot"]].itertuples(index=False, name=None)):
        ends.setdefault(tuple(key), []).append((place, end))
    places, same_period = [], []
    for row in rows[rows["geo"] == HOME].to_dict("records"):
        for geo in BESIDE:
            like = ends.get((*(row[name] for name in _LIKE), geo), [])
            known = [(place, end) for place, end in like if end <= row["periode_tot"]]
            places += [place for place, _ in known[-1:]]
            same_period += [end == row["periode_tot"] for _, end in known[-1:]]
    if not places:
        return facts.iloc[0:0].assign(zelfde_periode=pd.Series(dtype=bool))
    return near.iloc[places].reset_index(drop=True).assign(zelfde_periode=same_period)


def age_years(period_end: pd.Timestamp, as_of: dt.date) -> int:
    """Return the whole years since a period ended (0 for a period that is not over).

    >>> age_years(pd.Timestamp("2020-12-31"), dt.date(2026, 11, 14))
    5
    """
    days = (pd.Timestamp(as_of) - period_end).days
    return max(0, int(days / 365.25))


def is_old(period_end: pd.Timestamp, as_of: dt.date) -> bool:
    """Say whether a period ended more than :data:`OLD_YEARS` years before the as-of date."""
    return bool(period_end + pd.DateOffset(years=OLD_YEARS) < pd.Timestamp(as_of))
