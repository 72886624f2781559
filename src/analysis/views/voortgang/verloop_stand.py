"""Where the plan stands in time: what the earned schedule says of it, and the words that its figures share."""

from __future__ import annotations

import pandas as pd

from analysis.catalog import Catalog, once
from analysis.language import Words
from analysis.models.delivered import earned, rollup
from analysis.quarter import Quarter
from analysis.views.report import Report
from analysis.views.voortgang import common

#: Months in a quarter.
MONTHS = 3
#: As long as less than this share of the work was planned to be done, in %, a pace says nothing of the end.
EARLY = 20


def curves(report: Report, by: str) -> pd.DataFrame:
    """Return planned and earned value of each group, in the value's own unit and in % of the work."""
    rows = _model(report.now, report.plan_id, report.quarter, by)
    parts = {
        f"{name}_pct": 100 * rows[name] / rows["gewicht"].where(rows["gewicht"] > 0) for name in ("gepland", "verdiend")
    }
    return rows.assign(**parts)


@once
def _model(catalog: Catalog, plan_id: str, quarter: Quarter, by: str) -> pd.DataFrame:
    above = catalog.plan("plan_doelstellingen", plan_id)[["doelstelling_code", "krachtlijn_code"]]
    actions = catalog.plan("plan_acties", plan_id).merge(above, on="doelstelling_code", how="left")
    told = catalog.delivered("voortgang", plan_id)
    plan = catalog.plan("plannen", plan_id).iloc[0]
    first = Quarter.parse(told["kwartaal"].min()) if pd.isna(plan["van_van"]) else Quarter.of(plan["van_van"].date())
    last = quarter if pd.isna(plan["tot_tot"]) else Quarter.of(plan["tot_tot"].date())
    return earned.curves(told, actions, by, first, quarter, last)


def standing(report: Report, by: str) -> pd.DataFrame:
    """Return where each group stands in time; ``vroeg``: too early to say where its pace leads; ``klaar``: all done."""
    rows = curves(report, by)
    found = earned.schedule(rows)
    asked = rows[rows["kwartaal"] == str(report.quarter)].set_index("code")["gepland_pct"]
    early = found["code"].map(asked) < EARLY
    return found.assign(klaar=found["es"] >= found["pd"], vroeg=early & (found["es"] < found["pd"]))


def last(rows: pd.DataFrame) -> pd.Series:
    """Return the quarter that is reported on."""
    return rows[rows["bekend_aandeel"].notna()].iloc[-1]


def months(quarters: float) -> int:
    """Return quarters as whole months.

    >>> months(-4.56), months(0.1)
    (-14, 0)
    """
    return round(MONTHS * quarters)


def reasons(words: Words) -> dict[str, str]:
    """Return why no end can be told, see :data:`analysis.models.delivered.earned.RULES`."""
    return {
        "te_weinig_bekend": words.t("Of less than half of the work both planning and progress are known"),
        "niets_gepland": words.t("No planned work is left"),
        "niets_verdiend": words.t("Nothing has been done yet"),
        "te_ver": words.t("There is hardly any progress"),
    }


def stopped_note(report: Report) -> tuple[str, ...]:
    """Say that what was stopped or taken over is left out, with all that was planned for it."""
    n = int(common.statuses(report)["status"].isin(rollup.LEFT).sum())
    if not n:
        return ()
    return (
        report.words.tn(
            "{n} action that was stopped or taken over is left out, with its planning.",
            "{n} actions that were stopped or taken over are left out, with their planning.",
            n,
        ),
    )
