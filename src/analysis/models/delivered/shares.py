"""Which budget lines and staff serve which objective: the shares that are delivered, and what they amount to.

A basisallocatie or a group of staff serves one or more objectives, each with a share. Its shares are one whole: the
last delivery on it replaces all that was delivered before, so that an objective that it no longer serves does not
linger. A share or an amount that is not known makes every sum that it is part of unknown; but nothing of an unknown
amount, and any share of nothing, is nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import pandas as pd

#: Shares whose sum differs from 100 % by no more than this, in percentage points, are whole.
TOLERANCE = 0.01

LINKS = ("soort", "code", "doelstelling_code", "aandeel_pct", "som_pct", "som_ok")
OBJECTIVES = ("doelstelling_code", "soort", "codes", "aantal", "som_ok", "bedrag", "bedrag_bekend", "onbekend")
INCOMPLETE = ("soort", "code", "doelstellingen", "som_pct")

#: Sums of shares are not exact: this much is rounding.
_ROUNDING = 1e-9


def links(verbanden: pd.DataFrame) -> pd.DataFrame:
    """Return the shares that count now, each with the sum of its code.

    Args:
        verbanden: all deliveries: ``soort``, ``code``, ``doelstelling_code``, ``aandeel_pct`` (NaN is unknown),
            ``kwartaal``, ``bekend_op``.

    Returns:
        ``soort``, ``code``, ``doelstelling_code`` and ``aandeel_pct`` in the order of the first three; ``som_pct``, the
        sum of the shares of the code (NaN where one is unknown), and ``som_ok`` (bool): whether that is 100 %, without
        a share below nought.

    >>> rows = pd.DataFrame({"soort": "personeel", "code": "P1", "doelstelling_code": ["1.1", "1.2"],
    ...     "aandeel_pct": [60.0, 30.0], "kwartaal": "2026Q3", "bekend_op": pd.Timestamp("2026-10-12")})
    >>> links(rows)[["som_pct", "som_ok"]].values.tolist()
    [[90.0, False], [90.0, False]]
    """
    newest = verbanden.groupby(["soort", "code"])["kwartaal"].transform("max")
    rows = verbanden[verbanden["kwartaal"] == newest]
    last = rows.groupby(["soort", "code"])["bekend_op"].transform("max")
    rows = rows[rows["bekend_op"] == last].drop_duplicates(["soort", "code", "doelstelling_code"], keep="last")
    rows = rows.sort_values(["soort", "code", "doelstelling_code"], kind="stable").reset_index(drop=True)
    shares = rows["aandeel_pct"].groupby([rows["soort"], rows["code"]])
    total = shares.transform("sum").where(shares.transform("count") == shares.transform("size"))
    whole = ((total - 100).abs() <= TOLERANCE + _ROUNDING) & (shares.transform("min") >= 0)
    return rows.assign(som_pct=total, som_ok=whole)[list(LINKS)]


def per_objective(verbanden: pd.DataFrame, amounts: Mapping[str, float] | None = None) -> pd.DataFrame:
    """Return what serves each objective, and how much that is.

    Args:
        verbanden: as for :func:`links`.
        amounts: the amount of each code, in one unit; a code without one, or with NaN, is unknown.

    Returns:
        One row per objective and ``soort``, in that order: ``codes`` (tuple), their number ``aantal``, ``som_ok``
        (bool: the shares of each of them are 100 % together), ``bedrag``: the sum of share x amount (NaN where one is
        unknown), ``bedrag_bekend``: the same of what is known (NaN where nothing is), and ``onbekend`` (tuple: the
        codes whose share or amount is unknown). Where ``som_ok`` is false, the amounts do not add up to the whole.

    >>> rows = pd.DataFrame({"soort": "basisallocatie", "code": ["A", "A", "B"],
    ...     "doelstelling_code": ["1.1", "1.2", "1.1"], "aandeel_pct": [75.0, 25.0, 100.0],
    ...     "kwartaal": "2026Q3", "bekend_op": pd.Timestamp("2026-10-12")})
    >>> per_objective(rows, {"A": 200.0, "B": 50.0})[["doelstelling_code", "bedrag"]].values.tolist()
    [['1.1', 200.0], ['1.2', 50.0]]
    """
    rows = links(verbanden)
    amount = rows["code"].map(dict(amounts or {})).astype(float)
    part = (rows["aandeel_pct"] * amount / 100).mask((rows["aandeel_pct"] == 0) | (amount == 0), 0.0)
    groups = rows.assign(bedrag=part).groupby(["doelstelling_code", "soort"])
    return pd.DataFrame([_one(own) for _, own in groups], columns=list(OBJECTIVES))


def _one(rows: pd.DataFrame) -> dict[str, object]:
    """Return what serves one objective, out of its rows of one kind."""
    codes, amounts = rows["code"].tolist(), rows["bedrag"].tolist()
    known = [amount for amount in amounts if not math.isnan(amount)]
    return {
        **{name: rows[name].iloc[0] for name in ("doelstelling_code", "soort")},
        "codes": tuple(codes),
        "aantal": len(codes),
        "som_ok": bool(rows["som_ok"].all()),
        "bedrag": sum(amounts),
        "bedrag_bekend": sum(known) if known else math.nan,
        "onbekend": tuple(code for code, amount in zip(codes, amounts, strict=True) if math.isnan(amount)),
    }


def without_link(verbanden: pd.DataFrame, objectives: Iterable[str], kind: str) -> list[str]:
    """Return the objectives that nothing of one kind serves, in their order. A share of nought is no link.

    Args:
        verbanden: as for :func:`links`.
        objectives: codes of the plan.
        kind: ``basisallocatie`` or ``personeel``.
    """
    rows = links(verbanden)
    served = rows[(rows["soort"] == kind) & (rows["aandeel_pct"] != 0)]
    return [code for code in objectives if code not in set(served["doelstelling_code"])]


def complete(verbanden: pd.DataFrame) -> pd.DataFrame:
    """Return what still has to be completed: the codes whose shares are not 100 % together.

    Args:
        verbanden: as for :func:`links`.

    Returns:
        ``soort``, ``code``, ``doelstellingen`` (tuple) and ``som_pct`` (NaN where a share is unknown), in that order;
        no rows where all is complete.
    """
    rows = links(verbanden)
    found = [
        {
            "soort": kind,
            "code": code,
            "doelstellingen": tuple(own["doelstelling_code"]),
            "som_pct": own["som_pct"].iloc[0],
        }
        for (kind, code), own in rows[~rows["som_ok"]].groupby(["soort", "code"])
    ]
    return pd.DataFrame(found, columns=list(INCOMPLETE))
