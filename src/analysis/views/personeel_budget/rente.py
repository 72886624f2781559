"""Interest beside revenue: the share where it can be reckoned, else that it is unknown and what sources publish."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from analysis.figure import Figure
from analysis.language import Words
from analysis.models import flows, money
from analysis.models.sources import best
from analysis.views.facts import period_of
from analysis.views.personeel_budget import wording
from analysis.views.personeel_budget.feiten import facts_of, kind_name, series_name, shown_rows
from analysis.views.report import Report, ranked

_PERCENT = "pct"


def with_shares(report: Report, figure: Figure) -> Figure:
    """Return the figure with notes on interest as a share, and their sources.

    Args:
        report: the report.
        figure: that of the interest.
    """
    shares = flows.share_of_revenue(shown_rows(facts_of(report, flows.INTEREST, flows.REVENUE)))
    told = _published(report)
    known = {origin.bron_id for origin in figure.origins}
    more = [origin for origin in report.origins(told) if origin.bron_id not in known]
    notes = (*figure.notes, share_note(report.words, shares), *_published_note(report, told))
    return replace(figure, origins=(*figure.origins, *more), notes=notes)


def share_note(words: Words, shares: pd.DataFrame) -> str:
    """Say what interest is of revenue, or that no year gives both.

    Args:
        words: the language.
        shares: from :func:`analysis.models.flows.share_of_revenue`.
    """
    if shares.empty:
        return words.t(
            "Interest as a share of revenue is unknown: of no year were both found as realised, in one perimeter."
        )
    items = [
        words.t("{year}: {share} %", year=row["jaar"], share=words.number(row["aandeel"], 1))
        for row in wording.records(shares)
    ]
    return words.t("Interest in % of the realised revenue: {items}.", items=words.joined(items))


def _published(report: Report) -> pd.DataFrame:
    """Return the shares that sources publish, the best of each year and kind."""
    rows = ranked(report.now, "budget")
    rows = rows[rows["reeks"].isin(flows.SHARES) & (rows["eenheid"] == _PERCENT) & rows["periode_tot"].notna()]
    shown = best(rows.assign(waarde=rows["waarde_getal"]), money.KEY)
    return shown.sort_values(["reeks", "periode_tot"], kind="stable")


def _published_note(report: Report, told: pd.DataFrame) -> tuple[str, ...]:
    words = report.words
    if told.empty:
        return ()
    items = [
        words.t(
            "{name} {year}: {value} % ({kind})",
            name=series_name(report, row["reeks"]),
            year=period_of(words, pd.Series(row)),
            value=words.number(row["waarde"], 2 if round(row["waarde"], 1) != row["waarde"] else 1),
            kind=kind_name(words, row["soort"]),
        )
        for row in wording.records(told)
    ]
    return (words.t("What sources publish, by a denominator of their own: {items}.", items=words.joined(items)),)
