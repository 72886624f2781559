"""Where the staff lives: the share that lives in the Brussels Region, by employer and day, never across a perimeter.

The staff of an institution of a year in which departments that left still counted is another staff. The plan tells
which years those are (:func:`analysis.models.people.staff_totals`).
"""

from __future__ import annotations

import pandas as pd

from analysis.models import people

IN_BRUSSELS, AT_HIRING = "woonplaats_brussel", "woonplaats_brussel_bij_aanwerving"
LANGUAGE, ELSEWHERE = "taalrol", "woonplaats"
#: Series that one share of the residents of Brussels stands in.
_REGION = "BHG"


def own_shares(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return the shares of the institution's staff that live in the Region, in time, with their perimeter.

    Args:
        staff: table ``personeel``.
        institution: value of ``entiteit``.

    Returns:
        The rows with ``jaar`` and ``vroeger`` (bool: departments that left later still counted).

    >>> staff = pd.DataFrame({"reeks": ["personeelsbestand", "woonplaats_brussel"], "entiteit": "GOB",
    ...     "dimensie": ["perimeter", "woonplaats"], "categorie": ["herberekend", "BHG"], "waarde": [1249.0, 44.95],
    ...     "bron_id": "x", "periode_tot": pd.to_datetime(["2015-12-31", "2015-08-31"])})
    >>> own_shares(staff, "GOB")[["jaar", "waarde", "vroeger"]].values.tolist()
    [[2015, 44.95, True]]
    """
    rows = people.staff_by(staff, institution, IN_BRUSSELS, ELSEWHERE)
    totals = people.staff_totals(staff, institution)
    former = set(totals.loc[totals["telling"].isin((people.FORMER, people.RECALCULATED)), "jaar"])
    rows = rows.assign(jaar=rows["periode_tot"].dt.year)
    return rows.assign(vroeger=rows["jaar"].isin(former)).sort_values("periode_tot", kind="stable")


def other_shares(staff: pd.DataFrame, institution: str) -> pd.DataFrame:
    """Return what is known of residence and language role beside :func:`own_shares`, by employer in time.

    Shares of the staff only: the numbers of persons behind them are left out.
    """
    topic = staff["reeks"].isin((IN_BRUSSELS, AT_HIRING, LANGUAGE, ELSEWHERE)) & (staff["eenheid"] == "pct")
    own = (staff["entiteit"] == institution) & (staff["reeks"] == IN_BRUSSELS)
    rows = staff[topic & ~own]
    return rows.sort_values(["entiteit", "reeks", "periode_tot", "categorie"], kind="stable")


def same_perimeter(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the shares with the perimeter of the last one.

    Args:
        rows: from :func:`own_shares`, at least one.
    """
    found: pd.DataFrame = rows[rows["vroeger"] == rows["vroeger"].iloc[-1]]
    return found
