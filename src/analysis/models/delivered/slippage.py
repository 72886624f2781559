"""Milestones: the date that was first planned against the one on which they came, or are expected.

The states, in the order in which they are tried; the first that applies is the one:

======================  ==========================================================================================
``gerealiseerd_laat``   realised after the date that was first planned
``gerealiseerd``        realised on that date or before it, or without any planned date
``vervallen``           not realised, and its action was stopped or taken over: nobody waits for it any more
``onbekend``            not realised, and the youngest row is more than one quarter old: it may have been since
``te_laat``             not realised on the day, and the first planned date is over
``verschuift``          expected, or planned anew, after the date that was first planned
``op_schema``           expected on that date or before it
``gepland``             to come; nothing is said of when it is expected
``onbekend``            no planned date
======================  ==========================================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

import numpy as np
import pandas as pd

from analysis.models.delivered.latest import history
from analysis.models.delivered.status import MAX_AGE_QUARTERS, quarter_numbers, until
from analysis.quarter import Quarter

STATES = (
    *("te_laat", "verschuift", "gerealiseerd_laat", "op_schema", "gepland", "gerealiseerd", "vervallen"),
    "onbekend",
)
COLUMNS = (
    "actie_code",
    "mijlpaal_code",
    "label_nl",
    "label_fr",
    "stand",
    "oorspronkelijk",
    "gepland",
    "verwacht",
    "gerealiseerd",
    "uitloop_dagen",
    "dagen_te_laat",
    "herpland",
    "kwartaal",
    "leeftijd_kwartalen",
)
_KEY = ["actie_code", "mijlpaal_code"]
_DATES = ("gepland", "verwacht", "gerealiseerd")


def slippage(mijlpalen: pd.DataFrame, as_of: dt.date, quarter: Quarter, left: Collection[str] = ()) -> pd.DataFrame:
    """Return how far each milestone has moved.

    Args:
        mijlpalen: the table of that name, all deliveries.
        as_of: the day of the report.
        quarter: the quarter of the report; rows of later ones do not count.
        left: codes of the actions that were stopped or taken over.

    Returns:
        One row per milestone, in the order of its codes: labels, ``stand`` (see the module), ``oorspronkelijk`` (the
        planned date that was delivered first), ``gepland``, ``verwacht``, ``gerealiseerd`` (as they are now; a realised
        date after the day does not count), ``uitloop_dagen`` (realised, else expected, else planned anew, minus
        first planned; negative is early, NaN is unknown or lapsed), ``dagen_te_laat`` (days that an unrealised
        milestone is over its first planned date; NaN when it is not, when that is unknown, or when it has lapsed),
        ``herpland`` (how often the planned date moved), ``kwartaal`` of the row, ``leeftijd_kwartalen``.

    >>> dates = {"label_nl": "", "label_fr": "", "verwacht": pd.NaT, "gerealiseerd": pd.NaT}
    >>> rows = pd.DataFrame([{"actie_code": "1.1.1", "mijlpaal_code": "M1", "kwartaal": quarter, **dates,
    ...     "bekend_op": pd.Timestamp(known), "gepland": pd.Timestamp(planned)} for quarter, known, planned in
    ...     [("2026Q2", "2026-07-10", "2026-08-31"), ("2026Q3", "2026-10-10", "2026-12-31")]])
    >>> found = slippage(rows, dt.date(2026, 9, 30), Quarter(2026, 3))
    >>> found[["stand", "uitloop_dagen", "dagen_te_laat", "herpland"]].values.tolist()
    [['te_laat', 122.0, 30.0, 1]]
    """
    rows = until(mijlpalen, quarter)
    rows = rows.assign(**{name: pd.to_datetime(rows[name]) for name in _DATES})
    first = rows.sort_values(["bekend_op", "kwartaal"], kind="stable").groupby(_KEY)["gepland"].first()
    known = history(rows, _KEY).merge(first.rename("oorspronkelijk").reset_index(), on=_KEY)
    moved = _moves(known)
    last = known.drop_duplicates(_KEY, keep="last").sort_values(_KEY, kind="stable").reset_index(drop=True)
    age = 4 * quarter.year + quarter.number - quarter_numbers(last["kwartaal"])
    counts = last.merge(moved.reset_index(), on=_KEY, how="left")["herpland"].fillna(0).astype(int)
    facts = last.assign(leeftijd_kwartalen=age, herpland=counts, weg=last["actie_code"].isin(left))
    return _judge(facts, pd.Timestamp(as_of))[list(COLUMNS)]


def _moves(known: pd.DataFrame) -> pd.Series:
    """Return per milestone how often its planned date moved, from the first delivered one on."""
    dated = known[known["gepland"].notna()]
    before = dated.groupby(_KEY)["gepland"].shift().fillna(dated["oorspronkelijk"])
    return dated.assign(herpland=dated["gepland"] != before).groupby(_KEY)["herpland"].sum()


def _judge(rows: pd.DataFrame, day: pd.Timestamp) -> pd.DataFrame:
    done = rows["gerealiseerd"].where(rows["gerealiseerd"] <= day)
    first = rows["oorspronkelijk"]
    replanned = rows["gepland"].where(rows["gepland"] != first)
    lapsed = rows["weg"] & done.isna()
    slip = (done.fillna(rows["verwacht"]).fillna(replanned) - first).dt.days.astype(float).mask(lapsed)
    over = (day - first).dt.days.astype(float)
    stale = rows["leeftijd_kwartalen"] > MAX_AGE_QUARTERS
    late = done.isna() & ~lapsed & ~stale & (over > 0)
    tried = [
        (done.notna() & (slip > 0), "gerealiseerd_laat"),
        (done.notna(), "gerealiseerd"),
        (lapsed, "vervallen"),
        (stale, "onbekend"),
        (late, "te_laat"),
        (slip > 0, "verschuift"),
        (slip <= 0, "op_schema"),
        (first.notna(), "gepland"),
    ]
    state = np.select([applies.to_numpy(bool) for applies, _ in tried], [name for _, name in tried], "onbekend")
    return rows.assign(gerealiseerd=done, uitloop_dagen=slip, dagen_te_laat=over.where(late), stand=state)
