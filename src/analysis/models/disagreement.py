"""Figures with several values: which differ by rounding only, which by their nature, and which contradict each other.

Every figure with several values is in exactly one class:

==============  ==================================================================================================
``afronding``   the values are the same once they are written as precisely as the least precise one
``raming``      estimates of one figure, made at different times
``begrip``      one source gives several values, or the notes name another notion, or shares of something else
``tegenspraak`` the rest: sources that contradict each other, as far as the data say
==============  ==================================================================================================
"""

from __future__ import annotations

import math
import re

import pandas as pd

from analysis.models import notions
from analysis.models.money import ESTIMATE
from analysis.models.sources import conflicts

CLASSES = ("afronding", "raming", "begrip", "tegenspraak")
#: Kinds of sources whose figure is an official one.
OFFICIAL = ("officieel", "kopie_van_officiele_reeks")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
#: What a note says that a share is of: two shares of something else cannot contradict each other.
_SHARE_OF = r"% van (?:de |het )?([^,;(]+)"
#: Of a round number at least this many digits count: 3,400 may be 3,364, but 1,000 is not 1,453.
ROUND_DIGITS = 2


def classified(facts: pd.DataFrame, key: list[str], value: str = "waarde") -> pd.DataFrame:
    """Return one row per figure with several values.

    Args:
        facts: rows with ``rang``, ``bron_id``, the columns of ``key`` and ``value``, and maybe ``soort`` and
            ``opmerking`` (see :func:`analysis.models.sources.conflicts`).
        key: the columns that together say what a figure is about.
        value: the column of the values; texts that are no number (a rating) are never a matter of rounding.

    Returns:
        The shown row of each figure with ``klasse`` (one of :data:`CLASSES`), ``ander`` and ``ander_bron_id`` (the
        value furthest from the shown one, and its source) and ``verschil`` (their difference as a share of the larger
        one, 0 to 2; NaN for texts).
    """
    disputed = conflicts(_with_notion(facts), key, value)
    found = [_one(rows, value) for _, rows in disputed.groupby(key, sort=False, dropna=False)]
    columns = [*disputed.columns, "klasse", "ander", "ander_bron_id", "verschil"]
    return pd.DataFrame(found, columns=columns).reset_index(drop=True)


def _with_notion(facts: pd.DataFrame) -> pd.DataFrame:
    return notions.with_notion(facts) if "reeks" in facts else facts.assign(begrip="")


def _one(rows: pd.DataFrame, value: str) -> dict[str, object]:
    shown = rows[rows["getoond"]].iloc[0]
    sizes = [difference(str(shown[value]), str(other)) for other in rows[value]]
    far = max(range(len(sizes)), key=lambda place: (_size(sizes[place]), str(rows[value].iloc[place]) != shown[value]))
    other = rows.iloc[far]
    return {str(name): shown[name] for name in rows.columns} | {
        "klasse": _class(rows, value),
        "ander": other[value],
        "ander_bron_id": other["bron_id"],
        "verschil": sizes[far],
    }


def _class(rows: pd.DataFrame, value: str) -> str:
    if "soort" in rows and rows["soort"].iloc[0] == ESTIMATE:
        return "raming"
    first = str(rows.loc[rows["getoond"], value].iloc[0])
    if all(same_when_rounded(first, str(other)) for other in rows[value]):
        return "afronding"
    return "begrip" if notions.difference(rows) or _other_share(rows) else "tegenspraak"


def _other_share(rows: pd.DataFrame) -> bool:
    if "opmerking" not in rows:
        return False
    of = rows["opmerking"].fillna("").astype(str).str.extract(_SHARE_OF, expand=False).str.strip()
    return bool(of.nunique() > 1)


def difference(one: str, other: str) -> float:
    """Return the difference of two values as a share of the larger one; NaN unless both are numbers.

    >>> difference("80", "100"), difference("-5", "5"), difference("AA", "AA-")
    (0.2, 2.0, nan)
    """
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return float("nan")
    largest = max(abs(float(one)), abs(float(other)))
    return abs(float(one) - float(other)) / largest if largest else 0.0


def _size(share: float) -> float:
    return -1.0 if math.isnan(share) else share


def same_when_rounded(one: str, other: str) -> bool:
    """Say whether two values are equal once written as precisely as the least precise of them.

    >>> [same_when_rounded(*pair) for pair in (("80.0", "80.2"), ("3400", "3364"), ("54.4", "54.5"), ("1000", "1453"))]
    [True, True, False, False]
    """
    if not (_NUMBER.fullmatch(one) and _NUMBER.fullmatch(other)):
        return one == other
    step = max(_step(one), _step(other))
    return abs(float(one) - float(other)) <= step / 2 + 1e-9


def _step(text: str) -> float:
    """Return the size of the last digit that counts: 0.1 for 5.4, 100 for 3400, 1 for 80."""
    whole, _, part = text.lstrip("+-").partition(".")
    part = part.rstrip("0")
    if part:
        return float(10.0 ** -len(part))
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(10 ** max(0, min(zeros, len(whole) - ROUND_DIGITS)))
