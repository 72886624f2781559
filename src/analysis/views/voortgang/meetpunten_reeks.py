"""A meetpunt with all that is known of it: its definition, what it was at first, its measurements, its status."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.language import Words
from analysis.models.delivered import trajectory, xmr
from analysis.models.delivered.latest import latest
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views.facts import decimals, short_unit
from analysis.views.report import Report

#: What says which target a meetpunt has.
TARGET = ("richting", "streef_waarde", "streef_onder", "streef_boven", "streef_periode")
#: With less history than this (days) a growth is not carried on to the target date.
ENOUGH_DAYS = 360

Row = dict[Hashable, Any]


@dataclass(frozen=True)
class Gauge:
    """A meetpunt.

    Attributes:
        row: its definition as delivered last, see the table ``meetpunten``.
        first: its definition as delivered first.
        found: its status, see :func:`analysis.models.delivered.trajectory.meetpunt_status`.
        points: its measurements in time, of one precision: ``periode_van``, ``periode_tot``, ``periode_soort`` and
            ``waarde``.
    """

    row: Row
    first: Row
    found: Row
    points: pd.DataFrame

    @property
    def code(self) -> str:
        """Its code."""
        return str(self.row["meetpunt_code"])

    @property
    def status(self) -> str:
        """One of :data:`analysis.models.delivered.trajectory.STATUSES`."""
        return str(self.found["status"])

    @property
    def band(self) -> bool:
        """Whether the good values lie between two."""
        return self.row["richting"] in ("band", "stabiel")

    @property
    def goal(self) -> float:
        """The target that the path leads to; of a band its edge that is nearest to the base. NaN unknown."""
        value, low, high, base = (
            float(self.row[name]) for name in ("streef_waarde", "streef_onder", "streef_boven", "basis_waarde")
        )
        if not self.band or math.isnan(low) or math.isnan(high):
            return value
        return value if math.isnan(base) else min(max(base, low), high)

    @property
    def changed(self) -> bool:
        """Whether its target is another one than at first."""
        pairs = ((self.row[name], self.first[name]) for name in TARGET)
        return any(now != then and not (_empty(now) and _empty(then)) for now, then in pairs)

    @cached_property
    def places(self) -> int:
        """Decimals that its values need."""
        names = ("basis_waarde", "streef_waarde", "streef_onder", "streef_boven")
        given = [float(row[name]) for row in (self.row, self.first) for name in names]
        return decimals(str(self.row["eenheid"]), *given, *self.points["waarde"])

    @property
    def expected(self) -> float:
        """Where the growth leads by the target date; NaN with too little history.

        A count does not fall below nought, nor does a percentage leave 0 to 100.
        """
        value, history = float(self.found["verwacht"]), self.points["periode_tot"] - self.row["basis_periode_tot"]
        # of a base without a day it is unknown (NaT), which is not long enough
        if not (history >= pd.Timedelta(days=ENOUGH_DAYS)).any():
            return math.nan
        unit = str(self.row["eenheid"])
        if unit == "%":
            return min(max(value, 0.0), 100.0)
        return max(value, 0.0) if unit == "aantal" else value

    @cached_property
    def signals(self) -> pd.DataFrame:
        """Its measurements with the findings of an XmR chart, see :func:`analysis.models.delivered.xmr.chart`."""
        return xmr.chart(self.points, str(self.row["richting"]))

    @property
    def assurance(self) -> str:
        """Whether it meets its target if nothing changes: one of :data:`analysis.models.delivered.xmr.ASSURANCES`."""
        if self.signals.empty:
            return "onbekend"
        low, high = (float(self.signals[name].iloc[-1]) for name in ("ondergrens", "bovengrens"))
        if self.band:
            return xmr.band_assurance(low, high, float(self.row["streef_onder"]), float(self.row["streef_boven"]))
        return xmr.assurance(low, high, str(self.row["richting"]), float(self.row["streef_waarde"]))

    def label(self, report: Report) -> str:
        """Return its label with its unit; a count has none."""
        unit = unit_of(report.words, str(self.row["eenheid"]))
        name = str(self.row[f"label_{report.language}"])
        return report.words.t("label: {name} ({unit})", name=name, unit=unit) if unit else name

    def written(self, words: Words, value: float) -> str:
        """Write one of its values, without the unit."""
        return words.number(float(value), self.places)

    def target(self, words: Words, row: Row | None = None) -> str:
        """Write what it has to reach; a dash where that is not known.

        Args:
            words: the language.
            row: its definition; by default the last one.
        """
        row = self.row if row is None else row
        given = [float(row[name]) for name in ("streef_waarde", "streef_onder", "streef_boven")]
        places = decimals(str(row["eenheid"]), *given)
        value, low, high = (words.number(number, places) for number in given)
        if self.band:
            return value if math.isnan(given[1]) or math.isnan(given[2]) else f"{low}–{high}"
        sign = {"hoger": "≥", "lager": "≤"}.get(str(row["richting"]), "")
        return f"{sign} {value}".strip() if not math.isnan(given[0]) else value


def _empty(value: Any) -> bool:  # noqa: ANN401 - a cell of a table
    return value is None or value == "" or bool(pd.isna(value))


def unit_of(words: Words, unit: str) -> str:
    """Write the unit of a delivered meetpunt; "" for a count. One that is not known here is as it was delivered.

    >>> [unit_of(Words("fr"), unit) for unit in ("dagen", "%", "aantal", "kWh/m²")]
    ['jours', '%', '', 'kWh/m²']
    """
    known = {
        "dagen": words.t("unit: days"),
        "niveau": words.t("unit: level"),
        "op 10": words.t("unit: out of 10"),
    }
    return known[unit] if unit in known else short_unit(words, unit)


def gauges_of(report: Report) -> tuple[Gauge, ...]:
    """Return the meetpunten of the plan, in the order of its objectives."""
    return _gauges(report.now, report.plan_id, report.quarter)


@once
def _gauges(catalog: Catalog, plan_id: str, quarter: Quarter) -> tuple[Gauge, ...]:
    told = until(catalog.delivered("meetpunten", plan_id), quarter)
    measured = until(catalog.delivered("metingen", plan_id), quarter)
    first = told.sort_values(["kwartaal", "bekend_op"], kind="stable").drop_duplicates("meetpunt_code")
    found = _by_code(trajectory.meetpunt_status(told, measured, quarter.end))
    series = _series(measured, quarter.end)
    none = measured.iloc[:0][["periode_van", "periode_tot", "periode_soort", "waarde"]]
    firsts, lasts = _by_code(first), _by_code(latest(told, ["meetpunt_code"]))
    order = {
        code: place for place, code in enumerate(catalog.plan("plan_doelstellingen", plan_id)["doelstelling_code"])
    }
    codes = sorted(lasts, key=lambda code: (order.get(lasts[code]["doelstelling_code"], len(order)), code))
    return tuple(Gauge(lasts[code], firsts[code], found[code], series.get(code, none)) for code in codes)


def _by_code(rows: pd.DataFrame) -> dict[str, Row]:
    return {str(row["meetpunt_code"]): row for row in rows.to_dict("records")}


def _series(measured: pd.DataFrame, day: dt.date) -> dict[str, pd.DataFrame]:
    """Return the measurements of each meetpunt in time, as delivered last, of the precision of the last one."""
    rows = latest(measured[measured["periode_van"] <= pd.Timestamp(day)], ["meetpunt_code", "periode"])
    rows = rows[rows["waarde"].notna() & rows["periode_tot"].notna()].sort_values("periode_tot", kind="stable")
    names = ["periode_van", "periode_tot", "periode_soort", "waarde"]
    return {
        str(code): own.loc[own["periode_soort"] == own["periode_soort"].iloc[-1], names].reset_index(drop=True)
        for code, own in rows.groupby("meetpunt_code")
    }
