"""Figures that were shown otherwise in the previous report: revised, confirmed by a better source, estimated anew.

Two rows are about one figure when their key is the same (series, area or entity, period, kind, unit) and nothing says
that they count something else: see :func:`definition`. Of what was realised or budgeted one row is shown, picked by
:func:`analysis.models.sources.best`. Estimates are never chosen over each other, so a new one replaces nothing: it is
reported as a new estimate of the same figure.
"""

from __future__ import annotations

import re

import pandas as pd

from analysis.models.money import BALANCES, ESTIMATE
from analysis.models.notions import notion
from analysis.models.sources import best

#: Why another figure is shown: a better kind of source, a younger one of the same kind, the shown row is no longer
#: there, a better source says the same, or there is a new estimate.
REASONS = ("betere_bron", "jongere_bron", "weggevallen", "bevestigd", "nieuwe_raming")

_SHARE_OF = re.compile(r"% van (?:het |de )?([\w ]+)")
_OTHERWISE = re.compile(r"ander\w* \w*begrip|andere perimeter|definitie wijkt af|niet vergelijkbaar", re.IGNORECASE)
_WAS = ("waarde", "bron_id", "rang")


def definition(facts: pd.DataFrame) -> pd.Series:
    """Return what each row counts as far as its note says so; "" when it names nothing of its own.

    The notion of a balance, what a percentage is a share of, or the note itself when it says that the row counts
    otherwise.

    Args:
        facts: ``opmerking``, ``eenheid``, and ``reeks`` where the facts have one.

    >>> facts = pd.DataFrame({"opmerking": ["Saldo als % van de ontvangsten (KBC)", "Afgerond"], "eenheid": "pct"})
    >>> definition(facts).tolist()
    ['ontvangsten', '']
    """
    series = facts.get("reeks", pd.Series("", index=facts.index))
    rows = zip(series, facts["eenheid"], facts["opmerking"].fillna(""), strict=True)
    return pd.Series([_defined(*row) for row in rows], index=facts.index, dtype=object)


def _defined(series: str, unit: str, note: str) -> str:
    if _OTHERWISE.search(note):
        return note
    share = _SHARE_OF.search(note) if unit == "pct" else None
    if share:
        return share[1].strip()
    return notion(note) if series in BALANCES else ""


def revised(now: pd.DataFrame, before: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the figures whose shown value, or the kind of source behind it, differs from the previous report's.

    Args:
        now: all known rows with ``waarde``, ``rang``, the columns of ``key`` and those that
            :func:`analysis.models.sources.best` asks, maybe ``soort``.
        before: the same as known on the previous report's as-of date.
        key: the columns that together say what the figure is about.

    Returns:
        The rows shown now, with ``was``, ``was_bron_id``, ``was_rang``, ``verschil`` (now minus then, in the unit; NaN
        for what is no number) and ``reden`` (one of :data:`REASONS`).
    """
    shown, former = (best(_certain(rows), key) for rows in (now, before))
    was = former[[*key, *_WAS]].rename(columns={"waarde": "was", "bron_id": "was_bron_id", "rang": "was_rang"})
    both = shown.merge(was, on=key, how="inner")
    rows = zip(both["waarde"], both["was"], both["rang"], both["was_rang"], strict=True)
    reasons = [_reason(*row) for row in rows]
    both = both.assign(reden=pd.Series(reasons, index=both.index, dtype=object), verschil=_difference(both))
    return both[both["reden"] != ""].reset_index(drop=True)


def _certain(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["soort"] != ESTIMATE] if "soort" in rows else rows


def _difference(rows: pd.DataFrame) -> pd.Series:
    return pd.to_numeric(rows["waarde"], errors="coerce") - pd.to_numeric(rows["was"], errors="coerce")


def _reason(value: float | str, was: float | str, rank: float, was_rank: float) -> str:
    better = rank - was_rank
    if value == was or (pd.isna(value) and pd.isna(was)):
        return "bevestigd" if better < 0 else ""
    if better:
        return "betere_bron" if better < 0 else "weggevallen"
    return "jongere_bron"


def new_estimates(now: pd.DataFrame, before: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the latest new estimate of each figure that had another one before.

    Args:
        now: as for :func:`revised`, with ``soort`` and ``bekend_op``.
        before: as for :func:`revised`.
        key: as for :func:`revised`.

    Returns:
        As :func:`revised`; ``was`` is the latest estimate of the previous report, ``reden`` is ``nieuwe_raming``.
    """
    own, earlier = (rows[rows["soort"] == ESTIMATE].sort_values("bekend_op", kind="stable") for rows in (now, before))
    former = earlier.drop_duplicates(key, keep="last")
    was = former[[*key, *_WAS, "bekend_op"]].rename(
        columns={"waarde": "was", "bron_id": "was_bron_id", "rang": "was_rang", "bekend_op": "was_bekend_op"}
    )
    both = own.drop_duplicates(key, keep="last").merge(was, on=key, how="inner")
    newer = (both["bekend_op"] > both["was_bekend_op"]) & (both["waarde"] != both["was"])
    both = both.assign(reden="nieuwe_raming", verschil=_difference(both))[newer]
    return both.drop(columns="was_bekend_op").reset_index(drop=True)


def contradicted(now: pd.DataFrame, before: pd.DataFrame, key: list[str]) -> pd.DataFrame:
    """Return the shown rows whose value stayed, while more sources than before give another one."""
    shown, former = (best(_certain(rows), key) for rows in (now, before))
    was = former[[*key, "waarde", "conflicten"]].rename(columns={"waarde": "was", "conflicten": "was_conflicten"})
    both = shown.merge(was, on=key, how="inner")
    return both[(both["waarde"] == both["was"]) & (both["conflicten"] > both["was_conflicten"])].reset_index(drop=True)
