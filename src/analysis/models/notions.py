"""Which notion of a figure its note names, and which figures of one year are related, not equal.

The rows of one series need not count alike: before or after neutralisation or corrections, with or
without the strategic investments. Only the free note (``opmerking``) says so.
"""

from __future__ import annotations

import re

import pandas as pd

from analysis.models.money import BALANCES, CONSOLIDATED, DIRECT, ESTIMATE, INITIAL, KEY, REALISED
from analysis.models.sources import best

UNSTATED = "begrip_onbekend"
#: Notions with the words of a note that name them; the first that fits counts.
NOTIONS = {
    "voor_correcties": r"vóór \w*correcties",
    "na_neutralisering": r"neutraliser",
    "na_correcties": r"\bna [\w -]*correcties|correctie door",
    "met_strategisch": r"incl\. strategische",
    "zonder_strategisch": r"excl\. strategische",
    "zonder_verrichtingen": r"(?:zonder|excl\.)[^;(]*verrichtingen",
    UNSTATED: r"preciseert niet|definitie niet vermeld|zelfde begrip als|niet vergelijkbaar",
}
#: Series whose realised figures and later estimates for one year and entity are set beside each other.
FAMILIES = {DIRECT: DIRECT, CONSOLIDATED: CONSOLIDATED} | dict.fromkeys(BALANCES, "saldo")

SAME_SOURCE, OTHER_NOTION = "zelfde_bron", "ander_begrip"


def notion(note: str) -> str:
    """Return the notion that a note names, empty when it names none.

    >>> notion("Begroot na neutralisering 472 mln"), notion("Afgerond")
    ('na_neutralisering', '')
    """
    found = (name for name, pattern in NOTIONS.items() if re.search(pattern, note, re.IGNORECASE))
    return next(found, "")


def with_notion(facts: pd.DataFrame) -> pd.DataFrame:
    """Add ``begrip``: the notion of each row of a balance; other series have none."""
    named = [
        notion(note) if series in BALANCES else ""
        for series, note in zip(facts["reeks"], facts["opmerking"].fillna(""), strict=True)
    ]
    return facts.assign(begrip=pd.Series(named, index=facts.index, dtype=object))


def behind(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows behind a table per year: the best of each figure and every estimate.

    Args:
        facts: ranked rows from :func:`analysis.models.money.amounts`.

    Returns:
        The rows with ``begrip``, in time.
    """
    estimate = facts["soort"] == ESTIMATE
    rows = pd.concat([best(facts[~estimate], KEY), facts[estimate]])
    return with_notion(rows).sort_values("periode_tot", kind="stable")


def comparable(rows: pd.DataFrame) -> bool:
    """Say whether what was realised may be set against the initial budget.

    Only when one source gives both and its notes name no notion of their own.

    Args:
        rows: the rows of one series and year, from :func:`behind`.
    """
    pair = rows[rows["soort"].isin((REALISED, INITIAL))]
    both = set(pair["soort"]) == {REALISED, INITIAL}
    return both and pair["bron_id"].nunique() == 1 and not (pair["begrip"] != "").any()


def difference(rows: pd.DataFrame) -> str:
    """Say why several values of one figure need not contradict each other; empty when unknown.

    Args:
        rows: the rows of one figure, from :func:`with_notion`.
    """
    if rows["bron_id"].nunique() == 1:
        return SAME_SOURCE
    return OTHER_NOTION if rows["begrip"].nunique() > 1 else ""


def related(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the figures on one outcome that stand in another series or are of another kind.

    An outcome is what was realised in a year, or what was still estimated after its end. Rows of
    another entity count something else and stay apart.

    Args:
        facts: ranked rows of the debts and balances, from :func:`analysis.models.money.amounts`.

    Returns:
        The rows, with ``familie``, ``begrip`` and ``getoond`` (the row that the figures use), by
        family and year; realised first. Only where the values of two series or kinds differ.
    """
    afterwards = (facts["soort"] == ESTIMATE) & (facts["bekend_op"] > facts["periode_tot"])
    rows = with_notion(facts[(facts["soort"] == REALISED) | afterwards])
    rows = rows.assign(familie=rows["reeks"].map(FAMILIES), teken=rows["reeks"] + rows["soort"])
    rows = rows.assign(getoond=rows.index.isin(behind(rows).index))
    groups = rows.groupby(["familie", "entiteit", "jaar"])
    several = (groups["teken"].transform("nunique") > 1) & (groups["waarde"].transform("nunique") > 1)
    order = ["familie", "entiteit", "jaar", "soort", "reeks"]
    chosen = rows[several].sort_values(order, ascending=[True, True, True, True, False], kind="stable")
    return chosen.drop(columns="teken")
