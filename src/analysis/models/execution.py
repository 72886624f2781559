"""From the initial budget over the adjusted one to what was realised, of one figure that counts in one way.

A row holds one series, entity, year and notion, so two perimeters or definitions never meet in a rate. The rate of
execution is what was realised in % of the adjusted budget; it is not computed against an initial budget, nor between
amounts of opposite sign. Under-use is what a source says that it is, never a difference of ours. Millions of euro.
"""

from __future__ import annotations

import pandas as pd

from analysis.models import notions
from analysis.models.money import ADJUSTED, BALANCES, INITIAL, REALISED
from analysis.models.sources import best
from analysis.models.vintages import whole_years, with_definition

RECEIPTS = ("ontvangsten", "ontvangsten_incl_leningen")
EXPENDITURE = ("uitgaven", "uitgaven_vastlegging", "uitgaven_vereffening")
UNDERUSE, EXPECTED_UNDERUSE = "onderbenutting", "onderbenutting_verwacht"
SERIES = (*BALANCES, *RECEIPTS, *EXPENDITURE)
STAGES = (INITIAL, ADJUSTED, REALISED)

_FIGURE = ["reeks", "entiteit", "jaar"]
_ROW = [*_FIGURE, "begrip"]


def behind(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the rows behind the stages: the best of each kind and notion, with ``begrip``.

    Args:
        facts: ranked rows from :func:`analysis.models.money.amounts`.
    """
    rows = with_definition(facts[whole_years(facts) & facts["reeks"].isin(SERIES) & facts["soort"].isin(STAGES)])
    several = rows.groupby(_FIGURE)["soort"].transform("nunique") > 1
    return best(rows[several], [*_ROW, "soort"])


def stages(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the budgets of which at least two stages are known for the same year and entity.

    Args:
        facts: ranked rows from :func:`analysis.models.money.amounts`.

    Returns:
        One row per ``reeks``, ``entiteit``, ``jaar`` and ``begrip``, in the order of :data:`SERIES`: the three kinds
        in millions (NaN where no source gives one), ``graad`` (realised in % of the adjusted budget), ``verschil``
        (realised minus the last budget known, millions) and ``een_bron`` (bool: one source gives all).
    """
    wide = _wide(behind(facts))
    order = wide["reeks"].map({name: place for place, name in enumerate(SERIES)})
    return wide.assign(_order=order).sort_values(["_order", *_ROW[1:]]).drop(columns="_order").reset_index(drop=True)


def _wide(rows: pd.DataFrame) -> pd.DataFrame:
    shown = rows.set_index([*_ROW, "soort"])
    values = shown["waarde"].unstack("soort").reindex(columns=list(STAGES)).astype(float)
    makers = shown["bron_id"].groupby(level=_ROW).nunique() == 1
    return _compared(values.assign(een_bron=makers).reset_index())


def _compared(wide: pd.DataFrame) -> pd.DataFrame:
    """Compare what is alike; a notion that a source does not state is alike only within that source."""
    alike = (wide["begrip"] != notions.UNSTATED) | wide["een_bron"]
    budget = wide[ADJUSTED].fillna(wide[INITIAL]).where(alike)
    same_sign = (wide[REALISED] * wide[ADJUSTED]) > 0
    rate = 100 * wide[REALISED] / wide[ADJUSTED].where(alike & same_sign)
    return wide.assign(graad=rate, verschil=wide[REALISED] - budget)


def underuse(facts: pd.DataFrame) -> pd.DataFrame:
    """Return the under-use of credits that sources state: expected in a budget, or found afterwards.

    Args:
        facts: ranked rows from :func:`analysis.models.money.amounts`.

    Returns:
        The rows shown, in time, with ``tussenstand`` (bool: a position within the year, not its outcome).
    """
    rows = facts[facts["reeks"].isin((UNDERUSE, EXPECTED_UNDERUSE)) & facts["soort"].isin(STAGES)]
    shown = best(rows, ["reeks", "entiteit", "periode_tot", "soort"])
    return shown.assign(tussenstand=~whole_years(shown)).sort_values("periode_tot", kind="stable")
