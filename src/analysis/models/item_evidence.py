"""What series of figures say of an item of the SWOT since the plan began, and whether those who scored it say the same.

A series moved from its first figure since the eve of the plan to its last one. Only figures that are counted alike
(``telling``, unit, ``precisie`` of the period) are compared, and months and quarters only with the same season. Which
side favours the organisation, and whether the series measures the item itself (``rechtstreeks``) or something that goes
with it (``zijdelings``), is Krachtlijn's own reading (table ``swot_reeksen``). What goes with an item counts only where
nothing measures the item itself. A movement says nothing of its cause.

A rise of the score of a strength or an opportunity is a good thing, of a weakness or a threat a bad one. People and
figures are only compared where both have a side: no figure, figures that contradict each other, or a change of scores
within the spread of the raters, can neither confirm nor deny.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.models.indicators import SEASONAL

DIRECT, INDIRECT = "rechtstreeks", "zijdelings"
BETTER, WORSE, SAME = "beter", "slechter", "gelijk"
#: How a series moved for the organisation; ``geen_kant``: neither side is good in itself.
SIDES = (BETTER, WORSE, SAME, "geen_kant", "onbekend")
#: Why a movement is unknown.
REASONS = ("geen_cijfer", "een_meting", "seizoen")
#: What the series of an item say together.
VERDICTS = (BETTER, WORSE, SAME, "gemengd", "niets")
#: Whether people and figures say the same.
AGREEMENTS = ("eens", "oneens", "kan_niet_gezegd")

#: What names a series, and figures that are counted alike.
SERIES = ["tabel", "reeks", "entiteit", "onderdeel"]
ALIKE = ["telling", "precisie", "eenheid"]
_GOOD_IS_MORE = ("S", "O")
#: Figures that differ after this many decimals are the same.
_DECIMALS = 9


def moved(links: pd.DataFrame, figures: pd.DataFrame, eve: pd.Timestamp) -> pd.DataFrame:
    """Return how the series behind each link moved since the eve of the plan.

    Args:
        links: table ``swot_reeksen``: ``swot_code``, :data:`SERIES`, ``gunstig``, ``kracht``; other columns are kept.
        figures: one row per figure: :data:`SERIES`, :data:`ALIKE`, ``periode_van``, ``periode_tot``, ``waarde``.
        eve: the last day before the plan; a figure whose period ended earlier does not count.

    Returns:
        The links with ``eerste`` and ``laatste`` (the places of the two figures in ``figures``; -1 where there is
        none), ``tot`` (the day on which the last one's period ended; NaT), ``metingen`` (how many are counted alike,
        between and with these), ``verandering`` (in the unit; NaN where unknown), ``kant`` (one of :data:`SIDES`) and
        ``reden`` (one of :data:`REASONS`, or "").

    >>> links = pd.DataFrame({"swot_code": ["T5"], "tabel": ["budget"], "reeks": ["schuld"], "entiteit": ["BHG"],
    ...     "onderdeel": [""], "gunstig": ["lager"], "kracht": [DIRECT]})
    >>> years = pd.to_datetime(["2020-12-31", "2024-12-31"])
    >>> figures = links[SERIES].merge(pd.DataFrame({"periode_tot": years, "periode_van": years, "telling": "",
    ...     "precisie": "jaar", "eenheid": "EUR", "waarde": [8.0, 10.0]}), how="cross")
    >>> moved(links, figures, pd.Timestamp("2020-12-31"))[["metingen", "verandering", "kant"]].values.tolist()
    [[2, 2.0, 'slechter']]
    """
    recent = figures.reset_index(drop=True)
    recent = recent[recent["periode_tot"] >= eve].sort_values(["periode_tot", "periode_van"])
    by_series = dict(iter(recent.groupby(SERIES)))
    nothing = recent.iloc[:0]
    found = [_movement(by_series.get(key, nothing)) for key in zip(*(links[name] for name in SERIES), strict=True)]
    rows = links.reset_index(drop=True).join(
        pd.DataFrame(found, columns=["eerste", "laatste", "metingen", "verandering", "reden"])
    )
    sides = [_side(*own) for own in zip(rows["verandering"], rows["gunstig"], rows["reden"], strict=True)]
    ends = recent["periode_tot"].reindex(rows["laatste"])
    return rows.assign(kant=pd.Series(sides, dtype=object), tot=ends.to_numpy())


def _movement(rows: pd.DataFrame) -> tuple[int, int, int, float, str]:
    """Return the first and last figure that may be compared, given in time; of several ways to count the youngest."""
    if rows.empty:
        return -1, -1, 0, float("nan"), REASONS[0]
    pairs = [pair for _, own in rows.groupby(ALIKE, sort=False) if (pair := _pair(own))]
    if pairs:
        first, last, n = max(pairs, key=lambda pair: (rows.at[pair[1], "periode_tot"], pair[2]))
        values = rows["waarde"]
        return first, last, n, round(float(values[last]) - float(values[first]), _DECIMALS), ""
    only = rows.iloc[-1]
    alike = rows[(rows[ALIKE] == only[ALIKE]).all(axis=1)]
    return -1, int(rows.index[-1]), len(alike), float("nan"), REASONS[1] if len(alike) == 1 else REASONS[2]


def _pair(rows: pd.DataFrame) -> tuple[int, int, int] | None:
    """Return the first and the last of figures that are counted alike, and how many there are; None without two."""
    last, own = rows.iloc[-1], rows.drop_duplicates("periode_tot")
    if last["precisie"] in SEASONAL:
        own = own[own["periode_van"].dt.month == last["periode_van"].month]
    return (int(own.index[0]), int(own.index[-1]), len(own)) if len(own) > 1 else None


def _side(change: float, good: str, reason: str) -> str:
    if reason:
        return "onbekend"
    if good == "geen":
        return "geen_kant"
    if change == 0:
        return SAME
    return BETTER if (change > 0) == (good == "hoger") else WORSE


def per_item(items: pd.DataFrame, movements: pd.DataFrame) -> pd.DataFrame:
    """Return what the series of each item say together.

    Args:
        items: table ``swot``: ``swot_code``; other columns are kept.
        movements: the result of :func:`moved`.

    Returns:
        The items with ``reeksen`` (how many are linked), ``cijfers`` (one of :data:`VERDICTS`; ``niets``: no series
        with a side), ``kracht`` (of the series that decide; "" where none does) and ``tot`` (the last day of the
        youngest figure among these; NaT).

    >>> items = pd.DataFrame({"swot_code": ["T5", "T6"]})
    >>> found = pd.DataFrame({"swot_code": "T5", "kracht": [DIRECT, DIRECT, INDIRECT],
    ...     "kant": [WORSE, "onbekend", BETTER], "tot": pd.Timestamp("2024-12-31")})
    >>> per_item(items, found)[["swot_code", "cijfers", "kracht"]].values.tolist()
    [['T5', 'slechter', 'rechtstreeks'], ['T6', 'niets', '']]
    """
    own = [movements[movements["swot_code"] == code] for code in items["swot_code"]]
    told = pd.DataFrame([_together(rows) for rows in own], columns=["cijfers", "kracht", "tot"], index=items.index)
    return items.assign(reeksen=[len(rows) for rows in own], **told.astype({"tot": "datetime64[us]"}))


def _together(rows: pd.DataFrame) -> tuple[str, str, Any]:
    sided = rows[rows["kant"].isin((BETTER, WORSE, SAME))]
    for strength in (DIRECT, INDIRECT):
        own = sided[sided["kracht"] == strength]
        if len(own):
            sides = {str(side) for side in own["kant"]}
            known = sides - {SAME} or sides
            return (known.pop() if len(known) == 1 else "gemengd"), strength, own["tot"].max()
    return "niets", "", pd.NaT


def confronted(items: pd.DataFrame, changes: pd.DataFrame) -> pd.DataFrame:
    """Say of each item whether those who scored it and the figures say the same.

    Args:
        items: the result of :func:`per_item`.
        changes: the result of :func:`analysis.models.scoring.change.since`: ``swot_code``, ``verschil``, ``oordeel``.

    Returns:
        The items with ``verschil`` (points), ``oordeel``, ``mensen`` (:data:`SIDES`; ``onbekend`` where the scores
        do not say) and ``samen`` (one of :data:`AGREEMENTS`).

    >>> items = pd.DataFrame({"swot_code": ["T5"], "cijfers": ["slechter"]})
    >>> changes = pd.DataFrame({"swot_code": ["T5"], "verschil": [-1.0], "oordeel": ["gedaald"]})
    >>> confronted(items, changes)[["mensen", "samen"]].values.tolist()
    [['beter', 'oneens']]
    """
    rows = items.merge(changes[["swot_code", "verschil", "oordeel"]], on="swot_code", how="left")
    people = [_people(code, verdict) for code, verdict in zip(rows["swot_code"], rows["oordeel"], strict=True)]
    both = [_agreement(*sides) for sides in zip(people, rows["cijfers"], strict=True)]
    return rows.assign(mensen=people, samen=both)


def _people(code: str, verdict: Any) -> str:  # noqa: ANN401 - NaN where nobody scored the item twice
    if verdict not in ("gestegen", "gedaald"):
        return "onbekend"
    return BETTER if (verdict == "gestegen") == (code[:1] in _GOOD_IS_MORE) else WORSE


def _agreement(people: str, figures: str) -> str:
    sides = (BETTER, WORSE)
    if people not in sides or figures not in sides:
        return AGREEMENTS[2]
    return AGREEMENTS[0] if people == figures else AGREEMENTS[1]
