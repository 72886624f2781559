"""Credits per objective beside its progress: what is paid in the year, and how far the plan has come.

The credits of a year are those of the last quarter that was delivered for it; a basisallocatie that an earlier quarter
of that year names and this one does not is unknown. The credit in force is the adjusted one, or the initial one as long
as no adjustment is delivered. Amounts are divided by the shares of ``verbanden``; what has no link, what goes to no
objective, and what is left (or counted twice) where shares are not 100 %, are parts of their own: with them the parts
are the total.

Progress is over the plan and a credit is over one year, so neither is compared with the other but each with what is
expected of it at the time:

* **payment**: what is paid in % of the credit in force, minus the share of the year that has passed;
* **progress**: that of the actions minus what their original planning asks for by then, over the same actions: those
  that were not stopped nor taken over, and whose progress and planning are known.

====================  ================================================================================================
verdict               when
====================  ================================================================================================
``onbekend``          an amount is unknown, there is no credit, or less than ``KNOWN_SHARE`` of the weight is known
``te_vroeg``          less than :data:`EARLIEST` of the year has passed: a year's payments start late
``betaald_voor``      payment is more than :data:`APART` points further ahead than progress
``betaald_achter``    progress is more than :data:`APART` points further ahead than payment
``gelijk_op``         all else
====================  ================================================================================================

Years are not paid evenly, and some work costs nothing: a verdict is a question to ask. Amounts are in euro.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from analysis.models.delivered import shares
from analysis.models.delivered.latest import latest
from analysis.models.delivered.rollup import KNOWN_SHARE, LEFT, scaled
from analysis.models.delivered.status import until
from analysis.quarter import Quarter

KIND = "basisallocatie"
#: Payment and progress that differ by more than this, in percentage points, do not go together: a quarter of the whole,
#: as for the red of an action.
APART = 25.0
#: Before this share of the year payments tell little.
EARLIEST = 0.5
#: A smaller credit, in euro, is none.
CENT = 0.01

UNKNOWN, EARLY, AHEAD, BEHIND, EVEN = "onbekend", "te_vroeg", "betaald_voor", "betaald_achter", "gelijk_op"
#: The parts of the total: an objective, what goes to none, what has no link, what shares leave over, all.
OBJECTIVE, OUTSIDE, UNLINKED, REST, TOTAL = "doelstelling", "buiten_plan", "zonder_band", "rest", "totaal"

DELIVERED = ("begroot_initieel", "begroot_aangepast", "vastgelegd", "vereffend")
AMOUNTS = ("begroot_initieel", "krediet", "vastgelegd", "vereffend")
CREDITS = ("code", "kwartaal", *DELIVERED, "krediet", "aangepast")
PARTS = ("deel", "code", "codes", *AMOUNTS, "aangepast", "deels", "onbekend", "graad")
PROGRESS = ("code", "voortgang", "gevraagd", "bekend")
BESIDE = (*PARTS, *PROGRESS[1:], "betaling", "verschil", "oordeel")


def of_year(kredieten: pd.DataFrame, quarter: Quarter) -> pd.DataFrame:
    """Return the credits of the year of a quarter, as last delivered up to it.

    Args:
        kredieten: all deliveries: ``code``, ``periode`` (the year), ``kwartaal``, ``bekend_op``, :data:`DELIVERED`.
        quarter: the quarter of the report.

    Returns:
        :data:`CREDITS`, one row per basisallocatie, none when nothing was delivered for the year: ``kwartaal`` that is
        told of (the same for all), the amounts in euro (NaN is unknown), ``krediet`` (in force) and ``aangepast``
        (bool: that is the adjusted one).

    >>> rows = pd.DataFrame({"code": "A", "periode": "2026", "kwartaal": ["2026Q2", "2026Q3"],
    ...     "bekend_op": pd.to_datetime(["2026-07-09", "2026-10-09"]), "begroot_initieel": 100.0,
    ...     "begroot_aangepast": [float("nan"), 120.0], "vastgelegd": 50.0, "vereffend": [20.0, 60.0]})
    >>> [of_year(rows, Quarter(2026, number))["krediet"].tolist() for number in (1, 2, 3)]
    [[], [100.0], [120.0]]
    """
    rows = until(kredieten[kredieten["periode"] == str(quarter.year)], quarter)
    last = rows["kwartaal"].max() if len(rows) else ""
    own = latest(rows[rows["kwartaal"] == last], ["code"]).set_index("code")
    own = own.reindex(sorted(rows["code"].unique()))[list(DELIVERED)].astype(float).rename_axis("code").reset_index()
    adjusted = own["begroot_aangepast"].notna()
    credit = own["begroot_aangepast"].where(adjusted, own["begroot_initieel"])
    return own.assign(kwartaal=last, krediet=credit, aangepast=adjusted)[list(CREDITS)]


def elapsed(told: str, year: int) -> float:
    """Return the share of a year that has passed at the end of a quarter (0 before it, at most 1).

    >>> [elapsed(told, 2026) for told in ("2025Q4", "2026Q3", "2027Q1")]
    [0.0, 0.75, 1.0]
    """
    quarter = Quarter.parse(told)
    return min(max((quarter.year - year) + quarter.number / 4, 0.0), 1.0)


def divided(known: pd.DataFrame, verbanden: pd.DataFrame) -> pd.DataFrame:
    """Divide the credits over the objectives.

    Args:
        known: from :func:`of_year`.
        verbanden: all deliveries up to the quarter told of, as for :func:`analysis.models.delivered.shares.links`.

    Returns:
        :data:`PARTS`: a row per objective that a basisallocatie serves, then those of the other parts that there are,
        then the total. ``codes`` (tuple: the basisallocaties; of the rest those whose shares are not 100 %), the
        amounts (of what is known; NaN where nothing is), ``aangepast`` (bool: all adjusted), ``deels`` (tuple: the
        amounts of which a part is unknown), ``onbekend`` (tuple: the codes of which an amount or share is) and
        ``graad``, paid in % of the credit (NaN where one of both is not wholly known, or there is no credit).
    """
    links = shares.links(verbanden[verbanden["soort"] == KIND])
    links = links[links["aandeel_pct"] != 0]
    own = known.set_index("code")
    rows = [
        _part(OBJECTIVE if code else OUTSIDE, str(code), part, own) for code, part in links.groupby("doelstelling_code")
    ]
    rows.sort(key=lambda row: row["deel"] == OUTSIDE)
    loose = own.index[~own.index.isin(links["code"])]
    if len(loose):
        rows.append(_whole(UNLINKED, own.loc[loose]))
    rest = _rest(links, own)
    if rest["codes"] or any(rest[name] for name in AMOUNTS):
        rows.append(rest)
    return pd.DataFrame([*rows, _whole(TOTAL, own)], columns=list(PARTS))


def _part(part: str, code: str, links: pd.DataFrame, own: pd.DataFrame) -> dict[str, object]:
    """Return what the shares of one objective, or of none, amount to."""
    amounts = own.reindex(links["code"])[list(AMOUNTS)].mul(links["aandeel_pct"].to_numpy() / 100, axis=0)
    adjusted = own["aangepast"].reindex(links["code"]).fillna(False)
    return _row(part, code, tuple(links["code"]), amounts, adjusted)


def _whole(part: str, own: pd.DataFrame) -> dict[str, object]:
    return _row(part, "", tuple(own.index), own[list(AMOUNTS)], own["aangepast"])


def _rest(links: pd.DataFrame, own: pd.DataFrame) -> dict[str, object]:
    """Return what the known shares of the linked basisallocaties leave; negative where they count more than once."""
    given = links.groupby("code")["aandeel_pct"].sum()  # an unknown share gives nothing
    linked = own[own.index.isin(given.index)]
    amounts = linked[list(AMOUNTS)].mul(1 - given.reindex(linked.index) / 100, axis=0)
    broken = tuple(dict.fromkeys(links.loc[~links["som_ok"] & links["code"].isin(linked.index), "code"]))
    row = _row(REST, "", broken, amounts.fillna(0.0), linked["aangepast"])
    return row | {"graad": math.nan}


def _row(part: str, code: str, codes: tuple[str, ...], amounts: pd.DataFrame, adjusted: pd.Series) -> dict[str, object]:
    missing = amounts.isna()
    known: dict[str, float] = {str(name): amounts[name].sum(min_count=1) for name in AMOUNTS}
    partly = tuple(name for name in AMOUNTS if missing[name].any())
    whole = not {"krediet", "vereffend"} & set(partly) and known["krediet"] >= CENT
    asked = missing[["krediet", "vastgelegd", "vereffend"]].any(axis=1)
    return {
        "deel": part,
        "code": code,
        "codes": codes,
        **known,
        "aangepast": bool(adjusted.all()),
        "deels": partly,
        "onbekend": tuple(amounts.index[asked]),
        "graad": 100 * known["vereffend"] / known["krediet"] if whole else math.nan,
    }


def progress(findings: pd.DataFrame) -> pd.DataFrame:
    """Return how far the actions of each objective are, beside what was asked of the same actions.

    Args:
        findings: ``doelstelling_code`` and the result of :func:`analysis.models.delivered.status.action_status`.

    Returns:
        :data:`PROGRESS`: ``voortgang`` and ``gevraagd`` in % (NaN with less than ``KNOWN_SHARE`` of the weight known),
        ``bekend`` the share of the weight (0-1) that is known; what was stopped or taken over has no weight.
    """
    rows = [_progress(str(code), own) for code, own in findings.groupby("doelstelling_code", sort=False)]
    return pd.DataFrame(rows, columns=list(PROGRESS))


def _progress(code: str, actions: pd.DataFrame) -> tuple[str, float, float, float]:
    running = actions[~actions["status"].isin(LEFT)]
    if running.empty:
        return code, math.nan, math.nan, 0.0
    weights = pd.Series(scaled(running["gewicht"].tolist()), index=running.index)
    known = running["voortgang_pct"].notna() & running["verwacht_pct"].notna() & (running["regel"] != "stil")
    share = float(weights[known].sum() / weights.sum())
    if round(share, 9) < KNOWN_SHARE or not weights[known].sum() > 0:
        return code, math.nan, math.nan, share
    done, asked = (
        float((running.loc[known, name] * weights[known]).sum() / weights[known].sum())
        for name in ("voortgang_pct", "verwacht_pct")
    )
    return code, done, asked, share


def beside(parts: pd.DataFrame, known: pd.DataFrame, passed: float) -> pd.DataFrame:
    """Set the payments of each objective beside its progress.

    Args:
        parts: from :func:`divided`.
        known: from :func:`progress`, of the same quarter.
        passed: the share of the year that has passed, from :func:`elapsed`.

    Returns:
        :data:`BESIDE`: ``betaling`` (points ahead of the year; negative is behind), ``verschil`` (that minus the points
        by which progress is ahead of its planning) and ``oordeel``, of objectives only ("" for other parts).
    """
    rows = parts.merge(known, on="code", how="left")
    paid = rows["graad"] - 100 * passed
    apart = paid - (rows["voortgang"] - rows["gevraagd"])
    verdicts = [
        verdict(value, passed) if part == OBJECTIVE else "" for value, part in zip(apart, rows["deel"], strict=True)
    ]
    return rows.assign(betaling=paid, verschil=apart, oordeel=verdicts)[list(BESIDE)]


def verdict(apart: float, passed: float) -> str:
    """Say whether payment and progress go together.

    Args:
        apart: points by which payment is further ahead than progress; NaN is unknown.
        passed: the share of the year that has passed.

    >>> [verdict(apart, 0.75) for apart in (25.0, 25.1, -25.0, -25.1, math.nan)]
    ['gelijk_op', 'betaald_voor', 'gelijk_op', 'betaald_achter', 'onbekend']
    >>> verdict(90.0, 0.25)
    'te_vroeg'
    """
    if math.isnan(apart):
        return UNKNOWN
    if passed < EARLIEST:
        return EARLY
    return AHEAD if apart > APART else BEHIND if apart < -APART else EVEN


def counted(rows: pd.DataFrame) -> Mapping[str, int]:
    """Count the objectives by verdict, those without one too."""
    found = rows.loc[rows["deel"] == OBJECTIVE, "oordeel"].value_counts()
    return {name: int(found.get(name, 0)) for name in (AHEAD, BEHIND, EVEN, EARLY, UNKNOWN)}
