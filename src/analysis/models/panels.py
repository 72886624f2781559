"""Panels that are asked the same questions again: shares of favourable answers, and which differences chance explains.

Each share has the interval of Wilson. Two shares are compared by their difference with Newcombe's interval, a two-sided
test of equal shares, and Cohen's h. The test is Fisher's exact one where a count that equal shares would give is below
5 (Cochran 1954, Biometrics 10, 417-451), else the z test with the pooled share (its square is Pearson's chi-squared).
What is tested together is corrected together, by the step-down method of Holm (1979, Scandinavian Journal of Statistics
6, 65-70): the likelihood of even one false alarm stays below :data:`LEVEL`. A difference that is not shown is no proof
that there is none.

The two panels are independent samples. So are two waves of one panel here: a delivery counts answers and does not say
who answered. Where the same people answer twice, a test for pairs would find more.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.models.delivered.latest import history
from analysis.models.intervals import newcombe, wilson

PANELS = INTERNAL, EXTERNAL = "intern", "extern"
#: What names one figure of a wave.
KEY = ["vraag_code", "panel"]
#: Below this (corrected) likelihood under equal shares a difference is called shown.
LEVEL = 0.05
#: With fewer expected answers than this in a cell, the exact test.
FEW = 5
FISHER, POOLED = "fisher", "z"
#: From which Cohen's h on a difference has a word (Cohen 1988, Statistical Power Analysis, chapter 6).
SIZES = {"groot": 0.8, "middelgroot": 0.5, "klein": 0.2}
LESS = "kleiner"
#: What :func:`compared` returns.
TESTED = ("verschil", "onder", "boven", "toets", "p", "h", "grootte")


def shares(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the share of favourable answers of each question, panel and wave, with its interval.

    Args:
        rows: all deliveries of ``peilingen``: ``kwartaal`` (the wave), ``bekend_op``, ``vraag_code``, ``panel``,
            ``antwoorden``, ``gunstig``; a later delivery on a wave corrects it.

    Returns:
        The rows that count, by question (V2 before V10), panel (internal first) and wave, with ``aandeel``, ``onder``
        and ``boven`` (%).
    """
    known = history(rows, KEY)
    bounds = [wilson(hits, n) for hits, n in zip(known["gunstig"], known["antwoorden"], strict=True)]
    found = known.assign(
        aandeel=100 * known["gunstig"] / known["antwoorden"],
        onder=[100 * low for low, _ in bounds],
        boven=[100 * high for _, high in bounds],
        _vraag=known["vraag_code"].map(_natural),
        _panel=known["panel"].map(PANELS.index),
    )
    ordered = found.sort_values(["_vraag", "_panel", "kwartaal"], kind="stable")
    return ordered.drop(columns=["_vraag", "_panel"]).reset_index(drop=True)


def _natural(code: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts numbers in a code by their size."""
    return tuple((int(digits or -1), text) for digits, text in re.findall(r"([0-9]+)|([^0-9]+)", code))


def between(known: pd.DataFrame) -> pd.DataFrame:
    """Compare the internal panel with the external one, per question, in the last wave in which both were asked.

    Args:
        known: from :func:`shares`.

    Returns:
        A row per question that both were asked in one wave: ``vraag_code``, ``kwartaal``, what :func:`compared` says of
        internal minus external, ``p_holm`` and ``oordeel`` (-1, 0 or 1, see :func:`corrected`).
    """
    rows = []
    for code, own in known.groupby("vraag_code", sort=False):
        waves = {panel: own[own["panel"] == panel].set_index("kwartaal") for panel in PANELS}
        both = waves[INTERNAL].index.intersection(waves[EXTERNAL].index)
        if len(both):
            first, other = (waves[panel].loc[max(both)] for panel in PANELS)
            rows.append({"vraag_code": code, "kwartaal": max(both), **_compared(first, other)})
    return corrected(pd.DataFrame(rows, columns=["vraag_code", "kwartaal", *TESTED]))


def since(known: pd.DataFrame) -> pd.DataFrame:
    """Compare the last wave of each panel with the one before it, per question.

    Args:
        known: from :func:`shares`.

    Returns:
        A row per question and panel that was asked twice: ``vraag_code``, ``panel``, ``kwartaal``, ``vorig_kwartaal``,
        what :func:`compared` says of the last wave minus the one before, ``p_holm`` and ``oordeel``.
    """
    rows = []
    for (code, panel), own in known.groupby(KEY, sort=False):
        if len(own) > 1:
            before, last = own.iloc[-2], own.iloc[-1]
            waves = {"kwartaal": last["kwartaal"], "vorig_kwartaal": before["kwartaal"]}
            rows.append({"vraag_code": code, "panel": panel, **waves, **_compared(last, before)})
    return corrected(pd.DataFrame(rows, columns=[*KEY, "kwartaal", "vorig_kwartaal", *TESTED]))


def _compared(first: pd.Series, other: pd.Series) -> dict[str, Any]:
    return compared(*(int(row[name]) for row in (first, other) for name in ("gunstig", "antwoorden")))


def compared(hits: int, n: int, other_hits: int, other_n: int) -> dict[str, Any]:
    """Compare two independent shares, each of at least one answer.

    Returns:
        ``verschil``, ``onder`` and ``boven`` (percentage points, the first minus the other, Newcombe), ``toets``
        (:data:`FISHER` or :data:`POOLED`), ``p`` (two-sided), ``h`` (Cohen's) and ``grootte`` (a key of :data:`SIZES`,
        or :data:`LESS`).

    >>> found = compared(56, 70, 48, 80)
    >>> [round(found[name], 2) for name in ("verschil", "onder", "boven", "h")], found["toets"], found["grootte"]
    ([20.0, 5.24, 33.39, 0.44], 'z', 'klein')
    """
    low, high = newcombe(hits, n, other_hits, other_n)
    test, p = two_sided(hits, n, other_hits, other_n)
    h = cohen_h(hits / n, other_hits / other_n)
    points = {"verschil": 100 * (hits / n - other_hits / other_n), "onder": 100 * low, "boven": 100 * high}
    return {**points, "toets": test, "p": p, "h": h, "grootte": size_of(h)}


def two_sided(hits: int, n: int, other_hits: int, other_n: int) -> tuple[str, float]:
    """Test whether two shares may be equal.

    Returns:
        Which test, and how likely equal shares give a table that is at least as far off.

    >>> two_sided(3, 4, 1, 4)[0], round(two_sided(3, 4, 1, 4)[1], 4)
    ('fisher', 0.4857)
    """
    good, total = hits + other_hits, n + other_n
    if min(n, other_n) * min(good, total - good) / total < FEW:
        from scipy.stats import fisher_exact  # takes a third of a second: only where there are few answers

        return FISHER, float(fisher_exact([[hits, n - hits], [other_hits, other_n - other_hits]]).pvalue)
    pooled = good / total
    error = math.sqrt(pooled * (1 - pooled) * (1 / n + 1 / other_n))
    return POOLED, math.erfc(abs(hits / n - other_hits / other_n) / error / math.sqrt(2))


def cohen_h(share: float, other: float) -> float:
    """Return Cohen's h: the difference of two shares on a scale on which a step is as hard to see everywhere.

    >>> round(cohen_h(0.5, 0.25), 3)
    0.524
    """
    return 2 * math.asin(math.sqrt(share)) - 2 * math.asin(math.sqrt(other))


def size_of(h: float) -> str:
    """Return the word for the size of an effect of two decimals, as it is written; :data:`LESS` below a small one.

    >>> [size_of(h) for h in (-0.85, 0.5, 0.196, 0.194)]
    ['groot', 'middelgroot', 'klein', 'kleiner']
    """
    return next((word for word, least in SIZES.items() if abs(round(h, 2)) >= least), LESS)


def corrected(tests: pd.DataFrame) -> pd.DataFrame:
    """Return tests with ``p_holm``, and ``oordeel``: 1 or -1 where that is below :data:`LEVEL`, by sign; else 0."""
    adjusted = np.array(holm(tests["p"].tolist()))
    sign = np.where(adjusted < LEVEL, np.sign(tests["verschil"].to_numpy(dtype=float)), 0)
    return tests.assign(p_holm=adjusted, oordeel=sign.astype(int))


def holm(p: Sequence[float]) -> list[float]:
    """Return the likelihoods of tests that are done together, corrected by Holm's step-down method.

    >>> [round(one, 3) for one in holm([0.01, 0.04, 0.03, 0.005])]
    [0.03, 0.06, 0.06, 0.02]
    """
    found, reached = [0.0] * len(p), 0.0
    for done, place in enumerate(sorted(range(len(p)), key=lambda place: p[place])):
        reached = max(reached, min(1.0, (len(p) - done) * p[place]))
        found[place] = reached
    return found


def needed(share: float, other: float, power: float = 0.8) -> float:
    """Return of how many answers each of two equally large samples must be to tell two shares from each other.

    The usual formula for the two-sided z test at :data:`LEVEL` (Fleiss, Levin and Paik 2003, Statistical Methods for
    Rates and Proportions, chapter 4, without the correction for continuity).

    Args:
        share: of the first, 0-1.
        other: of the other.
        power: how likely the test must be to find the difference.

    Returns:
        The number in each sample, not rounded; infinite for equal shares.

    >>> round(needed(0.50, 0.75, power=0.90), 1), needed(0.5, 0.5)
    (76.7, inf)
    """
    from scipy.special import ndtri

    if share == other:
        return math.inf
    mean = (share + other) / 2
    alike = float(ndtri(1 - LEVEL / 2)) * math.sqrt(2 * mean * (1 - mean))
    apart = float(ndtri(power)) * math.sqrt(share * (1 - share) + other * (1 - other))
    return ((alike + apart) / (share - other)) ** 2
