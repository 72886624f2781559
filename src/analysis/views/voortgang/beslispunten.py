"""What needs a decision of the board now, as :mod:`analysis.models.delivered.asks` finds it in the deliveries."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.figure import Column, Figure, Grid
from analysis.language import UNKNOWN_SIGN, Words
from analysis.models.delivered.asks import shortlist
from analysis.quarter import Quarter
from analysis.views import standing
from analysis.views.report import Report, in_every_language
from analysis.views.voortgang import beslispunten_tekst, common, steering

#: The kinds that stand since a day; the others stand since a quarter.
BY_DAY = (
    "beslissing_te_laat",
    "einde_ontbreekt",
    "maatregel_te_laat",
    "mijlpaal_te_laat",
    "beslissing_zonder_doel",
    "beslissing_zonder_tegen",
)


@in_every_language
def asks(report: Report) -> Figure:
    """Table: what the board is asked to decide, the most urgent first: why, what exactly, of whom and since when."""
    if none := common.nothing(report, "voortgang-beslispunten", "voortgang", "beslissingen"):
        return none
    words, found = report.words, steering.asks(report)
    if found.empty:
        return _nothing(report)
    short = shortlist(found)
    columns = (
        Column(words.t("Action or objective")),
        Column(words.t("Why")),
        Column(words.t("Decision that is asked")),
        Column(words.t("Role concerned")),
        Column(words.t("Since")),
    )
    rows = tuple(_row(report, row, steering.names(report)) for row in standing.each(short))
    return Figure(
        id="voortgang-beslispunten",
        kind="table",
        title=title(words, str(found["soort"].iloc[0]), _counts(found)),
        subtitle=subtitle(words, len(short), len(found), words.quarter(report.quarter)),
        grid=Grid(columns, rows, _groups(words, short, found)),
        origins=common.origins(report),
        notes=common.notes(report, beslispunten_tekst.rules(words)),
    )


def _counts(found: pd.DataFrame) -> dict[str, int]:
    return {str(kind): int(n) for kind, n in found["soort"].value_counts().items()}


def _nothing(report: Report) -> Figure:
    return Figure(
        id="voortgang-beslispunten",
        kind="sentences",
        title=report.words.t("The rules find nothing on which the board must decide this quarter"),
        origins=common.origins(report),
        notes=common.notes(report, beslispunten_tekst.rules(report.words)),
    )


def title(words: Words, first: str, counts: dict[str, int]) -> str:
    """Say how much is asked of the board, and what first.

    Args:
        words: the language.
        first: the most urgent kind.
        counts: how many of each kind.
    """
    return words.tn(
        "{n} point asks for a decision of the board: {topic}",
        "{n} points ask for a decision of the board; most urgent: {topic}",
        sum(counts.values()),
        topic=topic(words, first, counts[first]),
    )


def subtitle(words: Words, shown: int, total: int, quarter: str) -> str:
    """Say what is shown, by which rules, of which quarter."""
    if shown == total:
        return words.t("Found by fixed rules in the deliveries up to {quarter}; the most urgent first", quarter=quarter)
    return words.t(
        "Found by fixed rules in the deliveries up to {quarter}; the most urgent first. {shown} of the {total} points "
        "are shown, of each kind the heaviest",
        quarter=quarter,
        shown=words.number(shown),
        total=words.number(total),
    )


def topic(words: Words, kind: str, n: int) -> str:
    """Say how many of one kind there are."""
    return (_board_topics(words, n) | _owner_topics(words, n))[kind]


def _board_topics(words: Words, n: int) -> dict[str, str]:
    return {
        "beslissing_te_laat": words.tn(
            "{n} decision of its own over its deadline", "{n} decisions of its own over their deadline", n
        ),
        "doorgaan_of_stoppen": words.tn(
            "{n} red action that deviates for two years or longer and is far behind",
            "{n} red actions that deviate for two years or longer and are far behind",
            n,
        ),
        "teruggekomen": words.tn(
            "{n} deviation that was settled and is back", "{n} deviations that were settled and are back", n
        ),
        "zonder_effect": words.tn(
            "{n} measure carried out without effect", "{n} measures carried out without effect", n
        ),
        "einde_bevestigen": words.tn("{n} new end to confirm", "{n} new ends to confirm", n),
        "beslissing_zonder_doel": words.tn(
            "{n} open decision on an action that is over", "{n} open decisions on actions that are over", n
        ),
        "beslissing_zonder_tegen": words.tn(
            "{n} open decision without a deadline", "{n} open decisions without a deadline", n
        ),
    }


def _owner_topics(words: Words, n: int) -> dict[str, str]:
    return {
        "einde_ontbreekt": words.tn(
            "{n} action over its end, without a new one", "{n} actions over their end, without a new one", n
        ),
        "maatregel_te_laat": words.tn("{n} measure over its date", "{n} measures over their date", n),
        "tegenspraak": words.tn(
            "{n} action of which word and data contradict each other",
            "{n} actions of which word and data contradict each other",
            n,
        ),
        "maatregel_ontbreekt": words.tn(
            "{n} deviation without cause, measure, role or date",
            "{n} deviations without cause, measure, role or date",
            n,
        ),
        "stil": words.tn("{n} action of which nothing is delivered", "{n} actions of which nothing is delivered", n),
        "mijlpaal_te_laat": words.tn(
            "{n} action with a milestone over its date", "{n} actions with a milestone over its date", n
        ),
    }


def _groups(words: Words, short: pd.DataFrame, found: pd.DataFrame) -> dict[int, str]:
    """Return the heading above each kind: how many there are, and how many of them stand below it."""
    total, here = found["soort"].value_counts(), short["soort"].value_counts()
    groups = {}
    for place, kind in short["soort"].drop_duplicates().items():
        said = topic(words, kind, int(total[kind]))
        if here[kind] < total[kind]:
            said = words.t("{topic}, of which {n} here", topic=said, n=words.number(int(here[kind])))
        groups[int(str(place))] = said
    return groups


def _row(report: Report, row: Any, names: dict[str, str]) -> tuple[str, ...]:  # noqa: ANN401 - a row of itertuples
    words, about = report.words, row.actie_code or row.doelstelling_code
    who = row.rol or (row.maatregel_rol if row.soort in ("zonder_effect", "maatregel_te_laat") else row.trekker_rol)
    return (
        names.get(about, about) or steering.told_in(report, row, "label"),
        beslispunten_tekst.reason(report, row),
        beslispunten_tekst.asked(report.words, row),
        steering.role(words, who) or UNKNOWN_SIGN,
        _since(words, row),
    )


def _since(words: Words, row: Any) -> str:  # noqa: ANN401
    if pd.isna(row.begin):
        return UNKNOWN_SIGN
    if row.soort in BY_DAY:
        return words.date(row.begin.date())
    quarter = Quarter.of(row.begin.date())
    # silence begins after the last delivery
    return words.quarter(quarter.next() if row.soort == "stil" else quarter)
