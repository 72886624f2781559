"""Made-up scores of a SWOT: raters with a severity of their own around a truth that is known, and their comparisons.

Every item has a true importance, performance, urgency and (an opportunity or a threat) probability, evenly spread so
that the true ranking is known; a few items move between the moments. A rater scores all items higher or lower than
another, with noise, and leaves a cell empty now and then. One scores everything alike; some are absent at a moment.
At the last moment four of them compare the groups, and the weaknesses, in pairs; one of these is quite inconsistent.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np
import pandas as pd

from analysis.examples.world import Flags, Floats, stream
from analysis.quarter import Quarter

MOMENTS = (Quarter(2022, 4), Quarter(2024, 2), Quarter(2026, 2))
#: The moment whose scores are delivered as a poll tool exports them.
WIDE = MOMENTS[1]
#: Roles with a number: who scores is never named.
RATERS = (
    "adviseur-directeur-1",
    "adviseur-directeur-2",
    "afdelingshoofd-1",
    "afdelingshoofd-2",
    "diensthoofd-1",
    "diensthoofd-2",
    "diensthoofd-3",
    "programmamanager-1",
    "projectleider-1",
    "projectleider-2",
)
#: Scores everything alike.
FLAT = "projectleider-2"
#: Who was not there.
ABSENT = {MOMENTS[0]: ("diensthoofd-3",), MOMENTS[1]: ("afdelingshoofd-2", "projectleider-1"), MOMENTS[2]: ()}
#: Who compares in pairs, and who of them is inconsistent.
COMPARE = ("adviseur-directeur-1", "afdelingshoofd-1", "diensthoofd-1", "projectleider-1")
INCONSISTENT = "projectleider-1"
#: The group whose items are compared in pairs, and all groups.
COMPARED, GROUPS = "W", ("S", "W", "O", "T")

QUESTIONS = ("belang", "prestatie", "urgentie", "kans")
LOW, HIGH, FLAT_SCORE = 1, 5, 3
#: The lowest and highest true mean; between them the items are evenly spread.
SPREAD = (1.8, 4.5)
#: How much better strengths are done, and how much worse weaknesses, than chance would have it.
PERFORM = {"S": 0.8, "W": -0.8}
#: How many items move between two moments, and how far.
MOVERS, MOVE = 4, 1.0
#: Deviation of severity between raters, and of a score of one rater; chance that a cell is left empty.
SEVERITY, NOISE, EMPTY = 0.35, 0.6, 0.04
#: Deviation of the logarithm of a comparison, and of one of the rater who is inconsistent.
CONSISTENT, CONFUSED = 0.3, 1.1
#: How steeply the weight of groups, and of items, follows their importance.
STEEP = (2.0, 0.6)
#: How many comparisons of items the last rater leaves out.
LEFT_OUT = 3


#: The rows of a sheet.
Lines = list[list[object]]


def truth(items: Sequence[str], seed: int) -> pd.DataFrame:
    """Return what is true of each item at each moment.

    Args:
        items: their codes, which begin with the letter of the group.
        seed: same seed, same truth.

    Returns:
        ``kwartaal``, ``swot_code``, the true mean of each question (1-5; ``kans`` missing for strengths and
        weaknesses), and ``verschoven``: some of them differ from those of the moment before.

    >>> found = truth(["S1", "W1", "O1", "T1", "T2"], seed=7)
    >>> found["kwartaal"].unique().tolist(), int(found["kans"].notna().sum())
    (['2022Q4', '2024Q2', '2026Q2'], 9)
    """
    rng, count, moments = stream(seed, "swot-truth"), len(items), []
    lean = np.array([PERFORM.get(code[0], 0.0) for code in items])
    now = {name: _spread(rng.random(count) + lean * (name == "prestatie")) for name in QUESTIONS}
    outside = np.array([code[0] in "OT" for code in items], dtype=bool)
    for number, quarter in enumerate(MOMENTS):
        moved = np.zeros(count, dtype=bool)
        if number:
            now, moved = _moved(now, count, rng)
        known = {name: np.where(outside, values, np.nan) if name == "kans" else values for name, values in now.items()}
        own = {"kwartaal": str(quarter), "swot_code": list(items), **known, "verschoven": moved}
        moments.append(pd.DataFrame(own))
    return pd.concat(moments, ignore_index=True)


def _spread(order: Floats) -> Floats:
    """Return evenly spaced true means, in this order."""
    levels: Floats = np.linspace(*SPREAD, len(order))[order.argsort().argsort()]
    return levels


def _moved(now: Mapping[str, Floats], count: int, rng: np.random.Generator) -> tuple[dict[str, Floats], Flags]:
    """Move a few items away from the nearer end of the scale: importance and performance both."""
    chosen = np.isin(np.arange(count), rng.choice(count, min(MOVERS, count), replace=False))
    middle = sum(SPREAD) / 2
    moving = {name: values + chosen * np.where(values < middle, MOVE, -MOVE) for name, values in now.items()}
    return dict(now) | {name: moving[name] for name in ("belang", "prestatie")}, chosen


def score_rows(items: Sequence[str], seed: int) -> pd.DataFrame:
    """Return the table ``swot_scores`` of all moments, with ``kwartaal``; what a rater leaves empty is missing.

    Args:
        items: their codes.
        seed: same seed, same rows.
    """
    true = truth(items, seed)
    severity = dict(zip(RATERS, stream(seed, "swot-severity").normal(0, SEVERITY, len(RATERS)), strict=True))
    found = [
        _scored(true[true["kwartaal"] == str(quarter)], rater, severity[rater], stream(seed, f"swot-{quarter}-{rater}"))
        for quarter in MOMENTS
        for rater in RATERS
        if rater not in ABSENT[quarter]
    ]
    rows = pd.concat(found, ignore_index=True)
    return rows.dropna(subset=list(QUESTIONS), how="all").reset_index(drop=True)


def _scored(true: pd.DataFrame, rater: str, severity: float, rng: np.random.Generator) -> pd.DataFrame:
    """Return the scores of one rater at one moment: whole numbers, some left out."""
    means = true[list(QUESTIONS)].to_numpy()
    noisy = means + severity + rng.normal(0, NOISE, means.shape)
    said = np.where(np.isnan(means), np.nan, FLAT_SCORE) if rater == FLAT else np.round(noisy).clip(LOW, HIGH)
    said = np.where(rng.random(means.shape) < EMPTY, np.nan, said)
    own = true[["kwartaal", "swot_code"]].reset_index(drop=True).assign(beoordelaar=rater)
    return pd.concat([own, pd.DataFrame(said, columns=list(QUESTIONS))], axis=1)


def poll_sheets(rows: pd.DataFrame, labels: Mapping[str, str]) -> dict[str, Lines]:
    """Return scores of one moment as a poll tool exports them: a sheet per question, a row per rater.

    Args:
        rows: of ``swot_scores``.
        labels: of the items, by their code, in the order of the columns.
    """
    sheets: dict[str, Lines] = {}
    for question in QUESTIONS:
        table = rows.pivot(index="beoordelaar", columns="swot_code", values=question).dropna(axis=1, how="all")
        codes = [code for code in labels if code in table]
        head: list[object] = ["beoordelaar", *(f"{code} {labels[code]}" for code in codes)]
        lines = [
            [rater, *map(_cell, values)] for rater, values in zip(table.index, table[codes].to_numpy(), strict=True)
        ]
        sheets[f"swot_{question}"] = [head, *lines]
    return sheets


def _cell(value: float) -> int | None:
    return None if np.isnan(value) else int(value)


def weights(items: Sequence[str], seed: int) -> dict[str, float]:
    """Return how much each group, and each item of the group that is compared, truly weighs at the last moment.

    Weights follow true importance; those of the groups are together 1, and those of the items too.
    """
    last = truth(items, seed).loc[lambda rows: rows["kwartaal"] == str(MOMENTS[-1])].set_index("swot_code")["belang"]
    groups = last.groupby([code[0] for code in last.index]).mean()
    parts = (groups, last[[code for code in items if code[0] == COMPARED]])
    heavy = [np.exp(steep * part) for steep, part in zip(STEEP, parts, strict=True)]
    return {str(code): float(value) for part in heavy for code, value in (part / part.sum()).items()}


def comparison_rows(items: Sequence[str], seed: int) -> pd.DataFrame:
    """Return the table ``swot_vergelijkingen`` of the last moment, with ``kwartaal``.

    Each pair is compared in one direction; below 1 the value is written as 1/3.

    Args:
        items: their codes.
        seed: same seed, same rows.
    """
    heavy, rows = weights(items, seed), []
    own = [code for code in items if code[0] == COMPARED]
    pairs = [*combinations([code for code in GROUPS if code in heavy], 2), *combinations(own, 2)]
    for rater in COMPARE:
        rng = stream(seed, f"swot-pairs-{rater}")
        deviation = CONFUSED if rater == INCONSISTENT else CONSISTENT
        left_out = set(rng.choice(len(pairs), LEFT_OUT, replace=False)) if rater == COMPARE[1] else set()
        for number, (left, right) in enumerate(pairs):
            ratio = heavy[left] / heavy[right] * np.exp(rng.normal(0, deviation))
            if number not in left_out:
                rows.append((str(MOMENTS[-1]), rater, left, right, _written(ratio)))
    return pd.DataFrame(rows, columns=["kwartaal", "beoordelaar", "links", "rechts", "waarde"])


def _written(ratio: float) -> int | str:
    """Return a ratio on the scale of 1 to 9, as a person writes it.

    >>> _written(2.8), _written(0.3), _written(40), _written(0.9)
    (3, '1/3', 9, 1)
    """
    whole = int(np.clip(round(max(ratio, 1 / ratio)), 1, 9))
    return whole if ratio >= 1 or whole == 1 else f"1/{whole}"
