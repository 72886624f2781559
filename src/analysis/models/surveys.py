"""What the public surveys asked people's opinion on: who answered what where, and what a difference would take.

Sources give the shares and not the number of answers. So no difference can be tested; it can be said how many answers
would be needed to tell it from chance (:func:`analysis.models.panels.needed`).
"""

from __future__ import annotations

import math
import re

import pandas as pd

from analysis.models.indicators import BESIDE, HOME
from analysis.models.panels import needed

#: Units of what people answered, and the challenge whose figures are all of that kind.
UNITS, CHALLENGE = ("% respondenten", "score op 10"), "vertrouwen_relaties"
AREAS = (HOME, *BESIDE)
#: How a source's answers and fieldwork stand in a remark: ``antwoorden "Yes"; veldwerk 12/2023-4/2024``.
_ANSWERS, _FIELDWORK = (
    re.compile(r'antwoorden ((?:"[^"]+"(?: or )?)+)'),
    re.compile(r"veldwerk (\d{1,2})/(\d{4})-(\d{1,2})/(\d{4})"),
)
#: What figures share that stand in one row.
_LIKE = ["periode", "periode_soort", "eenheid", "methode"]


def surveys(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the latest figures of each survey question, the areas beside each other.

    Args:
        facts: shown rows: ``indicator``, ``uitdaging``, ``geo``, ``periode``, ``periode_van``, ``periode_tot``,
            ``periode_soort``, ``waarde``, ``eenheid``, ``methode``, ``opmerking``, ``ongeveer``, ``te_controleren``.

    Returns:
        A row per question: its ``indicator``, period, ``eenheid``, ``antwoorden`` (a tuple, as the source words them;
        empty when it does not say which it counts), ``veldwerk_van`` and ``veldwerk_tot`` (NaT when unknown),
        ``ongeveer``, a column per area of :data:`AREAS` (NaN when unknown), ``verschil`` (Brussels minus Belgium) and
        ``nodig`` (answers in each sample; NaN for what is no share, or has no difference to tell). The period is the
        latest one with a Brussels figure, else the latest one.
    """
    asked = facts["eenheid"].isin(UNITS) | (facts["uitdaging"] == CHALLENGE)
    own = facts[asked & ~facts["te_controleren"] & facts["periode_tot"].notna()]
    rows = [_question(rows) for _, rows in own.groupby("indicator", sort=False)]
    return pd.DataFrame(rows, columns=[*_COLUMNS, *AREAS, "verschil", "nodig"])


_COLUMNS = (
    *("indicator", "periode", "periode_van", "periode_tot", "periode_soort", "eenheid"),
    *("antwoorden", "veldwerk_van", "veldwerk_tot", "ongeveer"),
)


def _question(rows: pd.DataFrame) -> dict[str, object]:
    home = rows[rows["geo"] == HOME]
    last = (home if len(home) else rows).sort_values("periode_tot", kind="stable").iloc[-1]
    same = rows[(rows[_LIKE] == last[_LIKE]).all(axis=1)].drop_duplicates("geo").set_index("geo")
    values = {area: float(same["waarde"].get(area, math.nan)) for area in AREAS}
    begin, end = fieldwork(str(last["opmerking"])) or (pd.NaT, pd.NaT)
    said = {"antwoorden": answers(str(last["opmerking"])), "veldwerk_van": begin, "veldwerk_tot": end}
    compared = {"verschil": values[HOME] - values["BE"], "nodig": _needed(values, str(last["eenheid"]))}
    return {**{name: last[name] for name in _COLUMNS if name in last}, **said, **values, **compared}


def _needed(values: dict[str, float], unit: str) -> float:
    home, country = values[HOME], values["BE"]
    if math.isnan(home + country) or not unit.startswith("%") or home == country:
        return math.nan
    return needed(home / 100, country / 100)


def answers(remark: str) -> tuple[str, ...]:
    """Return which answers a figure counts, as the source words them.

    >>> answers('antwoorden "A lot" or "Some"; veldwerk 12/2023-4/2024'), answers("raming")
    (('A lot', 'Some'), ())
    """
    found = _ANSWERS.search(remark)
    return tuple(re.findall(r'"([^"]+)"', found[1])) if found else ()


def fieldwork(remark: str) -> tuple[pd.Timestamp, pd.Timestamp] | None:
    """Return the first and the last day of the months in which answers were collected; None when it is not said.

    >>> [str(day.date()) for day in fieldwork('antwoorden "Yes"; veldwerk 12/2023-4/2024') or ()]
    ['2023-12-01', '2024-04-30']
    """
    found = _FIELDWORK.search(remark)
    if not found:
        return None
    begin, begin_year, end, end_year = (int(number) for number in found.groups())
    return pd.Timestamp(begin_year, begin, 1), pd.Timestamp(end_year, end, 1) + pd.offsets.MonthEnd(0)
