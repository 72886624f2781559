"""Official targets beside the figures: since when each was known, and how far the figure is from it.

A distance is computed only where the target and the indicator have the same unit, and where the
figure was counted as the rest of its series and is not still to be checked. A target for
Belgium is compared with the Belgian figure, never with that of Brussels. Several targets for one
indicator all stay: nobody here decides which one counts.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from analysis.models.indicators import HOME, Row, latest

#: Whose target it is: of the Region, of Belgium, of Europe, or a guideline value.
AREAS = ("BE10", "BE", "EU", "advies")
STATES = ("bereikt", "nog_niet", "niet_bereikt", "onbekend")
REASONS = (
    "geen_getal",
    "geen_meting",
    "andere_eenheid",
    "andere_methode",
    "te_controleren",
    "geen_richting",
    "voor_doeljaar",
)

_BELGIAN = " (België)"
_KEY = ["indicator", "doeljaar", "bron_id"]


def known(targets: pd.DataFrame, dating: pd.DataFrame, as_of: dt.date, collected: dt.date) -> pd.DataFrame:
    """Return the targets known on the as-of date, with ``bekend_op`` and ``doelgebied``.

    A target is known from the end of its (partial) date of publication; without one from the start
    of the year that it aims at; and at the latest on the day on which the data were collected, for
    by then it was in hand.

    Args:
        targets: table ``omgeving_doelen``.
        dating: table ``doelen_datering``.
        as_of: the day on which the report looks.
        collected: the day on which the data were collected.

    >>> targets = pd.DataFrame({"indicator": ["x"], "doeljaar": [2030], "doelwaarde": [5.0],
    ...     "eenheid": ["%"], "bron_id": ["b"], "opmerking": [""]})
    >>> dating = pd.DataFrame({"indicator": ["x"], "doeljaar": [2030], "doel_bron_id": ["b"],
    ...     "gepubliceerd_tot": [pd.Timestamp("2021-12-31")]})
    >>> [len(known(targets, dating, day, dt.date(2026, 10, 8)))
    ...  for day in (dt.date(2021, 11, 14), dt.date(2022, 2, 14))]
    [0, 1]
    """
    # the dating has a source of its own: what counts here is the source of the target
    dates = dating.drop(columns="bron_id", errors="ignore").rename(columns={"doel_bron_id": "bron_id"})
    # a target without a target year is matched on the rest of its key
    left, right = (frame.assign(doeljaar=_year(frame)) for frame in (targets, dates))
    merged = left.merge(right[[*_KEY, "gepubliceerd_tot"]].drop_duplicates(_KEY), on=_KEY, how="left")
    year = merged["doeljaar"].astype(str).where(merged["doeljaar"] > 0)
    start = pd.to_datetime(year, format="%Y")
    day = merged["gepubliceerd_tot"].fillna(start).fillna(pd.Timestamp(collected))
    day = day.where(day < pd.Timestamp(collected), pd.Timestamp(collected))
    merged = merged.assign(bekend_op=day, doelgebied=_area(merged))
    return merged[merged["bekend_op"] <= pd.Timestamp(as_of)].reset_index(drop=True)


def _year(frame: pd.DataFrame) -> pd.Series:
    """Return the target year as a number; 0 where the source names none."""
    return pd.to_numeric(frame["doeljaar"]).astype("Float64").fillna(0).astype(int)


def _area(targets: pd.DataFrame) -> pd.Series:
    note = targets["opmerking"].fillna("").astype(str)
    area = pd.Series(HOME, index=targets.index, dtype=object)
    area = area.mask(note.str.contains(r"WGO|Federaal Planbureau"), "advies")
    area = area.mask(note.str.contains(r"Europese"), "EU")
    return area.mask(targets["eenheid"].str.endswith(_BELGIAN), "BE")


def distance_to_target(
    targets: pd.DataFrame, facts: pd.DataFrame, directions: pd.Series, as_of: dt.date
) -> pd.DataFrame:
    """Put the figure beside each target, with the distance and whether it is reached.

    Args:
        targets: the result of :func:`known`.
        facts: shown rows, as for :func:`analysis.models.indicators.latest`.
        directions: ``hoger``, ``lager`` or ``geen`` on the index of indicator codes.
        as_of: the day on which the report looks; a target year before its year is past.

    Returns:
        One row per target with ``geo``, ``waarde``, ``periode``, ``periode_van``, ``periode_tot``,
        ``periode_soort`` and ``meet_bron_id`` of the figure (that of the target year where the
        year is past and was measured, else the latest), ``afstand`` (figure minus target, in the
        unit; NaN where they cannot be compared), ``stand`` (one of :data:`STATES`), ``reden`` (why
        it is unknown or has no distance, one of :data:`REASONS`, else "") and ``voorbij`` (bool).
    """
    mine = facts[facts["indicator"].isin(targets["indicator"])]
    newest = latest(mine)
    figures = _figures(mine, newest)
    found = [_one(target, figures, directions, as_of) for target in targets.to_dict("records")]
    columns = ["geo", "waarde", "periode", "periode_van", "periode_tot", "periode_soort"]
    columns += ["meet_bron_id", "afstand", "stand", "reden", "voorbij"]
    added = pd.DataFrame(found, columns=columns, index=targets.index)
    return pd.concat([targets, added], axis=1)


def _figures(facts: pd.DataFrame, newest: pd.DataFrame) -> dict[tuple[Any, ...], Row]:
    """Return the figure of each indicator, area and year, and under year 0 the latest figure."""
    years = facts[facts["periode_soort"] == "jaar"].to_dict("records")
    found: dict[tuple[Any, ...], Row] = {(row["indicator"], row["geo"], row["periode_tot"].year): row for row in years}
    return found | {(row["indicator"], row["geo"], 0): row for row in newest.to_dict("records")}


def _one(target: Row, figures: dict[tuple[Any, ...], Row], directions: pd.Series, as_of: dt.date) -> dict[str, Any]:
    geo = "BE" if target["doelgebied"] == "BE" else HOME
    past = 0 < target["doeljaar"] < as_of.year
    latest_figure = figures.get((target["indicator"], geo, 0))
    of_year = figures.get((target["indicator"], geo, target["doeljaar"])) if past else None
    figure = of_year or latest_figure
    direction = str(directions.get(target["indicator"], "geen"))
    base: dict[str, Any] = {"geo": geo, "voorbij": bool(past), "afstand": float("nan")}
    base |= {"stand": "onbekend", "waarde": float("nan"), "periode": "", "periode_soort": ""}
    if figure is not None:
        base |= {str(name): value for name, value in figure.items() if str(name).startswith("periode")}
        base |= {"waarde": figure["waarde"], "meet_bron_id": figure["bron_id"]}
    reason = _incomparable(target, figure, direction)
    if figure is None or reason:
        return base | {"reden": reason}
    distance = float(figure["waarde"] - target["doelwaarde"])
    if past and figure["periode_tot"].year < target["doeljaar"]:
        return base | {"afstand": distance, "reden": "voor_doeljaar"}
    reached = distance >= 0 if direction == "hoger" else distance <= 0
    missed = "niet_bereikt" if past else "nog_niet"
    return base | {"afstand": distance, "stand": "bereikt" if reached else missed, "reden": ""}


def _incomparable(target: Row, figure: Row | None, direction: str) -> str:
    """Return why no distance can be given, "" where one can."""
    if pd.isna(target["doelwaarde"]):
        return "geen_getal"
    if figure is None:
        return "geen_meting"
    if target_unit(target) != figure["eenheid"]:
        return "andere_eenheid"
    if figure.get("methode", "") != "":
        return "andere_methode"
    if bool(figure.get("te_controleren", False)):
        return "te_controleren"
    return "geen_richting" if direction == "geen" else ""


def target_unit(target: pd.Series | Row) -> str:
    """Return the unit of a target in the words of the indicator's.

    >>> target_unit(pd.Series({"eenheid": "% t.o.v. basisjaar", "basisjaar": 2005}))
    '% t.o.v. 2005'
    """
    unit = str(target["eenheid"]).removesuffix(_BELGIAN)
    base = target["basisjaar"]
    return unit if pd.isna(base) else unit.replace("basisjaar", str(int(base)))
