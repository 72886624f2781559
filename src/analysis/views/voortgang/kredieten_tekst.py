"""What the table and the chart of the credits say in words: their message, and the rule behind it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from analysis.language import Words
from analysis.models.delivered import credits as model
from analysis.views import standing
from analysis.views.voortgang import common

#: A title names no more objectives than this.
NAMED = 3


def title(words: Words, year: int, paid: float, counts: Mapping[str, int]) -> str:
    """Say what is paid of all credits, and for how many objectives that does not go with their progress.

    Args:
        words: the language.
        year: of the credits.
        paid: in % of all credits; NaN is unknown.
        counts: the objectives by verdict, from :func:`analysis.models.delivered.credits.counted`.
    """
    said = words.t("What is paid of the credits of {year} is not wholly known", year=year)
    if paid == paid:
        said = words.t("{share} of the credits of {year} is paid", share=common.percent(words, paid), year=year)
    ahead, behind, even = (counts[name] for name in (model.AHEAD, model.BEHIND, model.EVEN))
    if not ahead + behind + even:
        early = words.t("it is too early in the year to set that beside progress")
        none = words.t("of no objective can that be set beside progress")
        return words.joined([said, early if counts[model.EARLY] else none])
    parts = []
    if ahead:
        parts.append(
            words.tn("payments of {n} objective are far ahead", "payments of {n} objectives are far ahead", ahead)
        )
    if behind:
        more = words.tn("payments of {n} objective are far behind", "payments of {n} objectives are far behind", behind)
        parts.append(more)
    if not parts:
        parts.append(
            words.tn(
                "payments and progress go together for the {n} objective that can be compared",
                "payments and progress go together for the {n} objectives that can be compared",
                even,
            )
        )
    return words.joined([said, *parts])


def chart_title(words: Words, rows: pd.DataFrame, passed: float, paid: float) -> str:
    """Say for which objective payment and progress lie furthest apart; else how much is paid at that time.

    Args:
        words: the language.
        rows: objectives, ``code``, ``verschil`` and ``oordeel`` from :func:`analysis.models.delivered.credits.beside`.
        passed: the share of the year that has passed.
        paid: in % of all credits; NaN is unknown.
    """
    compared = rows[rows["oordeel"].isin((model.AHEAD, model.BEHIND, model.EVEN))]
    if compared.empty:
        return words.t(
            "Of the year {share} has passed, of the credits {paid} is paid",
            share=common.percent(words, 100 * passed),
            paid=common.percent(words, paid),
        )
    apart = compared["verschil"].abs().round()
    codes = compared.loc[apart == apart.max(), "code"].tolist()
    return words.tn(
        "Payment and progress lie furthest apart for {codes}: {n} point",
        "Payment and progress lie furthest apart for {codes}: {n} points",
        int(apart.max()),
        codes=standing.short_list(words, codes, NAMED),
    )


def rule(words: Words) -> tuple[str, ...]:
    """Return the notes that say when payment and progress do not go together."""
    return (
        words.t(
            "Payment is held against the share of the year that has passed, progress against what the original "
            "planning asks for by then. Far ahead or behind: the two differ by more than {points} points. Before "
            "{share} of the year nothing is compared.",
            points=words.number(model.APART),
            share=common.percent(words, 100 * model.EARLIEST),
        ),
        words.t(
            "A year is not paid evenly, and some work costs nothing: a difference is a question to ask. Progress is "
            "that of the actions whose progress and planning are known, without those that were stopped or taken over."
        ),
    )
