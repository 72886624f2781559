"""What the figures on delivered staff share: the rows that count, by quarter, and how a quarter is written."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.figure import Figure
from analysis.models.delivered import staff, staff_signals
from analysis.models.delivered.status import until
from analysis.quarter import Quarter
from analysis.views.report import Report
from analysis.views.voortgang import common

TABLE = "personeel"


class Delivered(NamedTuple):
    """The delivered staff figures up to the quarter of the report.

    Attributes:
        known: those that count, see :func:`analysis.models.delivered.staff.counted`.
        whole: of the whole staff, a row per quarter, see :func:`analysis.models.delivered.staff.wholes`.
    """

    known: pd.DataFrame
    whole: pd.DataFrame

    @property
    def last(self) -> str:
        """The last quarter with any figure."""
        return str(self.known["kwartaal"].max())


def nothing(report: Report, figure: str, *series: str) -> Figure | None:
    """Return an absent figure where none of these series was delivered.

    Args:
        report: the report.
        figure: the id of the figure that cannot be shown.
        series: values of ``reeks``.
    """
    if not (none := common.nothing(report, figure, TABLE)):
        known = delivered(report).known
        none = None if known["reeks"].isin(series).any() else absent(report, figure)
    return none


def absent(report: Report, figure: str) -> Figure:
    """Return a figure that stays out of the report."""
    return Figure(id=figure, kind="absent", title=report.words.t("Nothing of this was delivered"))


def delivered(report: Report) -> Delivered:
    """Return the delivered staff figures of the plan's institution."""
    return _delivered(report.now, report.plan_id, report.quarter)


@once
def _delivered(catalog: Catalog, plan_id: str, quarter: Quarter) -> Delivered:
    known = staff.counted(until(catalog.delivered(TABLE, plan_id), quarter))
    return Delivered(known, staff.wholes(known))


def signals(report: Report) -> dict[str, staff_signals.Signals]:
    """Return the quarterly series in which a signal is looked for, by name, with at least two known values."""
    return _signals(report.now, report.plan_id, report.quarter)


@once
def _signals(catalog: Catalog, plan_id: str, quarter: Quarter) -> dict[str, staff_signals.Signals]:
    whole = _delivered(catalog, plan_id, quarter).whole
    series = {staff.CAME: whole[staff.CAME], staff.WENT: whole[staff.WENT], "verzuim": staff.absence(whole)["verzuim"]}
    return {name: staff_signals.signals(own) for name, own in series.items() if own.notna().sum() > 1}


def quarter_name(report: Report, quarter: str) -> str:
    """Write a quarter in the words of the report."""
    return report.words.quarter(Quarter.parse(quarter))
