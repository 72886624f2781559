"""Made-up credits of the basisallocaties: a budget a year, adjusted in autumn, committed and paid through the year."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from analysis.examples.measured import BUDGET_CODES
from analysis.examples.world import stream
from analysis.quarter import Quarter

#: The smallest and largest budget of a year, in euro; how much an adjustment moves it at most.
SMALLEST, LARGEST, ADJUSTED = 200_000, 4_000_000, 0.15
#: The share of the credit that is committed, and paid, by the end of each quarter but the last, at the usual pace.
COMMITTED, PAID = (0.35, 0.6, 0.8), (0.12, 0.35, 0.6)
#: The least and the most of a credit that is not paid at the end of the year; two thirds of it is committed by then.
UNDERUSE = (0.03, 0.12)
#: From this quarter of the year on the adjusted credit is known.
AUTUMN = 3


def credit_rows(quarters: Sequence[Quarter], seed: int) -> pd.DataFrame:
    """Return the table ``kredieten``, with ``kwartaal``.

    Args:
        quarters: of the deliveries.
        seed: same seed, same credits.
    """
    rows = [_row(code, quarter, *_year(code, quarter.year, seed)) for quarter in quarters for code in BUDGET_CODES]
    return pd.DataFrame(rows)


def _year(code: str, year: int, seed: int) -> tuple[float, float, float, float]:
    """Return the initial and adjusted credit of a year, its pace (1 is usual), and the share left at the end."""
    rng = stream(seed, f"credit-{code}")
    base = float(rng.uniform(SMALLEST, LARGEST))
    own = stream(seed, f"credit-{code}-{year}")
    initial = round(base * (1 + 0.03 * (year - 2021)), -3)
    adjusted = round(initial * (1 + float(own.uniform(-ADJUSTED, ADJUSTED))), -3)
    return initial, adjusted, float(own.uniform(0.75, 1.05)), float(own.uniform(*UNDERUSE))


def _row(code: str, quarter: Quarter, initial: float, adjusted: float, pace: float, left: float) -> dict[str, object]:
    known = adjusted if quarter.number >= AUTUMN else np.nan
    at = quarter.number - 1
    committed, paid = (1 - left / 3, 1 - left) if at == len(PAID) else (COMMITTED[at] * pace, PAID[at] * pace)
    base = adjusted if quarter.number >= AUTUMN else initial
    return {
        "kwartaal": str(quarter),
        "code": code,
        "periode": str(quarter.year),
        "begroot_initieel": initial,
        "begroot_aangepast": known,
        "vastgelegd": round(base * committed, -2),
        "vereffend": round(base * paid, -2),
    }
