"""Which figures of a series may not be compared: counted otherwise, doubtful, or judged elsewhere."""

from __future__ import annotations

import pandas as pd

#: Families of series whose rows mix estimates, results and scopes under one name. The chapter on
#: staff and budget tells them apart; here they get no change and no verdict.
ELSEWHERE = ("schuld", "saldo")

_KEY = ["indicator", "geo", "periode"]
#: A note that asks for a check, and the area that it names, if it names one.
_CHECK = r"te controleren"
_CHECKED_AREA = r"\b(BE\d*)\b[^;]*te controleren"


def methods(facts: pd.DataFrame, breaks: pd.DataFrame) -> pd.Series:
    """Name the way in which each figure was counted.

    Args:
        facts: rows with ``indicator``, ``geo`` and ``periode``.
        breaks: table ``reeksbreuken`` of these facts: ``reeks``, ``geo``, ``periode``,
            ``motivering``.

    Returns:
        The ``motivering`` of the break, "" for the main way of counting. Where all facts of an
        indicator were counted in one way, that is the main way: nothing else is known yet.

    >>> facts = pd.DataFrame({"indicator": "x", "geo": "BE", "periode": ["2018", "2023"]})
    >>> breaks = facts.tail(1).rename(columns={"indicator": "reeks"}).assign(motivering="enquête")
    >>> methods(facts, breaks).tolist(), methods(facts.tail(1), breaks).tolist()
    (['', 'enquête'], [''])
    """
    reasons = breaks.rename(columns={"reeks": "indicator"}).set_index(_KEY)["motivering"]
    keys = pd.MultiIndex.from_frame(facts[_KEY])
    named = pd.Series(reasons.reindex(keys).to_numpy(), index=facts.index, dtype=object).fillna("")
    ways = named.groupby(facts["indicator"]).transform("nunique")
    return named.where(ways > 1, "")


def to_check(facts: pd.DataFrame) -> pd.Series:
    """Say of each row whether its note calls the figure of its own area one to be checked.

    >>> note = "BE10 is hetzelfde getal als 2024, te controleren"
    >>> to_check(pd.DataFrame({"geo": ["BE10", "BE"], "opmerking": [note, note]})).tolist()
    [True, False]
    """
    text = facts["opmerking"].fillna("").astype(str)
    area = text.str.extract(_CHECKED_AREA, expand=False)
    asked = text.str.contains(_CHECK, regex=False).astype(bool)
    return asked & (area.isna() | (area == facts["geo"]))


def elsewhere(facts: pd.DataFrame, families: pd.Series) -> pd.Series:
    """Say of each row whether another chapter judges its series.

    Args:
        facts: rows with ``indicator``.
        families: ``definitiegroep`` on the index of indicator codes.
    """
    return facts["indicator"].map(families).isin(ELSEWHERE)
