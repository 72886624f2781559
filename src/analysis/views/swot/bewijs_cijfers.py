"""The figures behind the items of the SWOT, out of the three tables of facts, in one form."""

from __future__ import annotations

import pandas as pd

from analysis.models import item_evidence as model
from analysis.models import money, people
from analysis.models.sources import best
from analysis.quarter import Quarter
from analysis.views.omgeving import data
from analysis.views.report import Report, ranked

#: Shares of the staff: series and ``onderdeel``, and what :func:`analysis.models.people.shares` calls them.
SHARES = {("telewerkers", "aandeel"): "telewerk", (people.STAFF, "statutair"): "statutair"}
_SHARE_UNIT = "% personeel"
#: ``getoond``: how a figure is written where its value is no number, such as a rating; else "".
_COLUMNS = [
    *model.SERIES,
    *model.ALIKE,
    *("periode_van", "periode_tot", "periode_soort", "waarde", "getoond", "bron_id", "bekend_regel"),
]


def links(report: Report) -> pd.DataFrame:
    """Return which series bears on which item, with ``label`` in the report's language."""
    return report.labelled(report.now.plan("swot_reeksen", report.plan_id))


def movements(report: Report) -> pd.DataFrame:
    """Return how the series behind each item moved, see :func:`analysis.models.item_evidence.moved`."""
    return report.labelled(model.moved(report.now.plan("swot_reeksen", report.plan_id), figures(report), eve(report)))


def compared(report: Report) -> pd.DataFrame:
    """Return the first and the last figure of each series, each once."""
    found, every = movements(report), figures(report)
    return every.iloc[sorted({*found["eerste"], *found["laatste"]} - {-1})]


def begins(report: Report, year: int) -> bool:
    """Say whether a movement is measured from a figure of that year."""
    found = movements(report)["eerste"]
    firsts = figures(report).iloc[found[found >= 0]]
    return bool((firsts["periode_tot"].dt.year == year).any())


def eve(report: Report) -> pd.Timestamp:
    """Return the last day before the plan; where the plan names no first year, that of the report's year."""
    start = report.now.plan("plannen", report.plan_id).iloc[0]["van"]
    year = report.quarter.year if pd.isna(start) else int(start)
    return pd.Timestamp(Quarter(year - 1, 4).end)


def figures(report: Report) -> pd.DataFrame:
    """Return the figures of the linked series; the places that :func:`movements` names are those of these rows."""
    readers = {"omgeving": _environment, "personeel": _staff, "budget": _money}
    found = []
    for table, series, entity, part in links(report)[model.SERIES].drop_duplicates().itertuples(index=False, name=None):
        rows = readers[table](report, series, entity, part)
        rows = rows.assign(tabel=table, reeks=series, entiteit=entity, onderdeel=part)
        written = rows.get("getoond", pd.Series("", index=rows.index, dtype=object))
        found.append(rows.assign(getoond=written)[_COLUMNS])
    filled = [rows for rows in found if len(rows)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=_COLUMNS)


def _environment(report: Report, series: str, area: str, _: str) -> pd.DataFrame:
    """What is still to be checked is no figure to compare with."""
    rows = data.look(report).only([series])
    rows = rows[(rows["geo"] == area) & ~rows["te_controleren"]]
    return rows.assign(telling=rows["methode"], precisie=rows["periode_soort"])


def _staff(report: Report, series: str, entity: str, part: str) -> pd.DataFrame:
    known = ranked(report.now, "personeel")
    if topic := SHARES.get((series, part)):
        rows = people.shares(known, entity)
        rows = rows[(rows["onderwerp"] == topic) & rows["aandeel"].notna()]
        rows = rows.assign(waarde=rows["aandeel"], eenheid=_SHARE_UNIT)
    elif series == people.STAFF:
        rows = people.staff_totals(known, entity)
    else:
        own = people.staff_by(known, entity, series, part)
        rows = own.assign(telling=people.counted_by(own))
    shown = best(rows[rows["periode_tot"].notna()], ["telling", "periode", "eenheid"])
    return shown.assign(precisie=shown["periode_soort"])


def _money(report: Report, series: str, entity: str, kind: str) -> pd.DataFrame:
    """Only years and positions at their end: a debt in the course of a year has tides of its own."""
    budget = ranked(report.now, "budget")
    budget = budget[(budget["entiteit"] == entity) & (budget["soort"] == kind)]
    if series == money.RATING:
        return _ratings(budget)
    rows = money.amounts(budget, (series,))
    shown = best(rows[(rows["periode_tot"].dt.month == 12) & (rows["periode_tot"].dt.day == 31)], money.KEY)
    return shown.assign(telling="", precisie="jaar")


def _ratings(budget: pd.DataFrame) -> pd.DataFrame:
    """Return the assessments as steps on the scale, the higher the better; where sources differ there is none."""
    grades = money.ratings(budget)
    sure = grades[(grades["ook"].map(len) == 0) & grades["trede"].notna()]
    return sure.assign(getoond=sure["waarde"], waarde=-sure["trede"].astype(float), telling="", precisie="")
